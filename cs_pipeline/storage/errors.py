"""What boto3 raises, as this library's errors: without request ids, addresses or credentials."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    NoCredentialsError,
    PartialCredentialsError,
    SSLError,
)

from cs_pipeline.errors import StorageError
from cs_pipeline.storage import wording
from cs_pipeline.storage.wording import Doing

MISSING = frozenset({"404", "NoSuchKey"})
LOST = frozenset({"412", "PreconditionFailed", "409", "ConditionalRequestConflict"})
UNSUPPORTED = frozenset(
    {"501", "NotImplemented", "NotSupported", "Unsupported", "UnsupportedOperation"}
)
_DENIED = frozenset({"403", "AccessDenied", "AllAccessDisabled", "AccountProblem", "Forbidden"})

# Codes of AWS, and those that compatible stores were seen to answer.
_TOLD: tuple[tuple[frozenset[str], Callable[[str, str], StorageError]], ...] = (
    (
        frozenset({"ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"}),
        wording.expired_key,
    ),
    (
        frozenset({"InvalidAccessKeyId", "InvalidToken", "InvalidSecurity", "UnauthorizedAccess"})
        | {"SignatureDoesNotMatch", "401", "Unauthorized", "NotSignedUp"},
        wording.wrong_key,
    ),
    (frozenset({"RequestTimeTooSkewed", "RequestExpired"}), wording.clock_off),
    (frozenset({"NoSuchBucket", "InvalidBucketName"}), wording.no_bucket),
    (
        frozenset({"PermanentRedirect", "AuthorizationHeaderMalformed", "301", "InvalidRegion"})
        | {"IllegalLocationConstraintException", "WrongEndpoint"},
        wording.wrong_region,
    ),
    (
        frozenset({"InvalidEncryptionAlgorithmError", "InvalidEncryptionMethod"})
        | {"ServerSideEncryptionConfigurationNotFoundError"},
        wording.encryption_refused,
    ),
)
_BUSY = frozenset(
    {"500", "502", "503", "504", "InternalError", "SlowDown", "ServiceUnavailable"}
    | {"RequestTimeout", "Busy", "TooManyRequests", "429"}
)


def code_of(error: ClientError) -> str:
    """The store's own word for what went wrong."""
    return str(error.response.get("Error", {}).get("Code", "unknown"))


def status_of(error: ClientError) -> int:
    """The HTTP status, 0 where there is none."""
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


@contextmanager
def storage_errors(uri: str, key: str, doing: Doing) -> Iterator[None]:
    """Turn boto's errors into this library's.

    Raises:
        ObjectNotFound: there is no such object.
        PointerConflict: a condition does not hold.
        StoreDenied: a right is missing.
        StorageError: all else, each with its own words.
    """
    from boto3.exceptions import Boto3Error

    try:
        yield
    except ClientError as error:
        raise _of_client(error, uri, key, doing) from None
    except BotoCoreError as error:
        raise _of_core(error, uri, key) from None
    except Boto3Error as error:
        # boto3 wraps what happened in an upload; the cause says more.
        cause = error.__cause__ or error.__context__
        if isinstance(cause, ClientError):
            raise _of_client(cause, uri, key, doing) from None
        raise wording.unreachable(uri, key, type(error).__name__) from None


def _of_client(error: ClientError, uri: str, key: str, doing: Doing) -> StorageError:
    code = code_of(error)
    for codes, told in _TOLD:
        if code in codes:
            return told(uri, code)
    if code.upper().startswith("KMS"):
        return wording.encryption_refused(uri, code)
    return _of_object(code, status_of(error), uri, key, doing)


def _of_object(code: str, status: int, uri: str, key: str, doing: Doing) -> StorageError:
    if code in MISSING:
        return wording.not_found(uri, key)
    if code in LOST:
        return wording.changed_meanwhile(uri, key)
    if code in _DENIED:
        return wording.denied(uri, key, doing, code)
    if code in UNSUPPORTED:
        return wording.not_implemented(uri, key, code)
    if code in _BUSY or status >= 500:
        return wording.busy(uri, key, code)
    return wording.unreachable(uri, key, code)


def _of_core(error: BotoCoreError, uri: str, key: str) -> StorageError:
    name = type(error).__name__
    if isinstance(error, NoCredentialsError | PartialCredentialsError | CredentialRetrievalError):
        return wording.no_key(uri, name)
    if isinstance(error, SSLError):
        return wording.untrusted(uri, name)
    return wording.unreachable(uri, key, name)
