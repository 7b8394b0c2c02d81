"""Listing a bucket, in the version that the store knows."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from cs_pipeline.config import S3Access
from cs_pipeline.storage.errors import UNSUPPORTED, code_of, status_of

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

_NEW, _OLD = "list_objects_v2", "list_objects"
# How stores without version 2 answer: NAVER Object Storage among them.
_UNKNOWN = UNSUPPORTED | {"InvalidArgument", "InvalidRequest", "MethodNotAllowed", "InvalidURI"}


class Listing:
    """Lists what a bucket holds; remembers which version the store knows."""

    def __init__(self, bucket: str, access: S3Access) -> None:
        self._bucket = bucket
        self._fixed = access.s3_list_version != "auto"
        self._operation = _OLD if access.s3_list_version == "1" else _NEW

    def items(self, client: "S3Client", prefix: str) -> list[dict[str, Any]]:
        """All objects below a prefix, as boto3 describes them, in any order.

        Raises:
            ClientError: the store refuses.
        """
        if self._operation == _NEW and not self._fixed:
            try:
                return list(self._pages(client, prefix))
            except _OldForm:
                self._operation = _OLD
            except ClientError as error:
                if code_of(error) not in _UNKNOWN and status_of(error) not in {405, 501}:
                    raise
                self._operation = _OLD
        return list(self._pages(client, prefix))

    def _pages(self, client: "S3Client", prefix: str) -> Iterator[dict[str, Any]]:
        paginator = client.get_paginator(self._operation)  # type: ignore[call-overload]
        for page in paginator.paginate(Bucket=self._bucket, Prefix=prefix):
            # A store that ignores the version answers in the old form, where boto3 would take the
            # first page for the last.
            if page.get("IsTruncated") and not self._says_how_to_go_on(page):
                raise _OldForm
            yield from page.get("Contents", [])

    def _says_how_to_go_on(self, page: dict[str, Any]) -> bool:
        return self._operation == _OLD or bool(page.get("NextContinuationToken"))


class _OldForm(Exception):
    """The store answers version 2 as if it were version 1."""
