"""The one place where a client of S3 is made from the settings."""

from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from cs_pipeline.config import S3Access
from cs_pipeline.storage import wording

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

_TRIES = 5
_CONNECT_SECONDS = 10
_READ_SECONDS = 60


def s3_client(access: S3Access) -> "S3Client":
    """A client for the store that the settings name.

    boto3 retries what may pass; a write whose answer was lost is sent again, so that it can be
    refused because it had succeeded. `S3Store.write_if` knows of it.

    Raises:
        SettingsError: the file of certificate authorities is not there.
    """
    import boto3
    from botocore.config import Config

    if access.s3_ca_bundle and not access.s3_ca_bundle.is_file():
        raise wording.no_ca_bundle(access.s3_ca_bundle)
    return boto3.client(
        "s3",
        endpoint_url=access.s3_endpoint_url,
        region_name=access.s3_region,
        aws_access_key_id=_revealed(access.s3_access_key_id),
        aws_secret_access_key=_revealed(access.s3_secret_access_key),
        verify=str(access.s3_ca_bundle) if access.s3_ca_bundle else None,
        config=Config(
            retries={"mode": "standard", "max_attempts": _TRIES},
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
            request_checksum_calculation=access.s3_checksums,
            response_checksum_validation=access.s3_checksums,
            s3={"addressing_style": access.s3_addressing},
        ),
    )


def encryption(access: S3Access) -> dict[str, Any]:
    """Arguments of a write that ask for encryption."""
    if access.s3_sse == "none":
        return {}
    key = {"SSEKMSKeyId": access.s3_sse_kms_key} if access.s3_sse_kms_key else {}
    return {"ServerSideEncryption": access.s3_sse} | key


def _revealed(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None
