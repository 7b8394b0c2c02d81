"""What a store does with conditional writes, found out by trying.

Some stores ignore the conditions and overwrite, some answer 501, some keep to them for one writer
and not for two at once. What was found out is remembered in one small object per store, so that
it is done once for each endpoint; an endpoint that was copied to is another one.
"""

import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Self

from botocore.exceptions import ClientError

from cs_pipeline.records import Record
from cs_pipeline.storage import wording
from cs_pipeline.storage.errors import LOST, MISSING, UNSUPPORTED, code_of, status_of
from cs_pipeline.storage.objects import Conditions

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

PROBES = ".probe/"
"""Below it, what a probe writes; all but the marker is deleted at once."""
MARKER = f"{PROBES}conditions.json"
"""What was found out."""

_RACES = 5
_TRIES = 3
_PATIENCE_SECONDS = 60
_REFUSED_AS_UNKNOWN = UNSUPPORTED | {"InvalidArgument", "InvalidRequest", "InvalidHeader"}


class Probed(Record):
    """Contents of the marker: what each endpoint of the store was found to keep to."""

    endpoints: dict[str, Conditions]
    probed_at: datetime

    @classmethod
    def including(cls, before: Self | None, endpoint: str, found: Conditions) -> Self:
        """With what was found now. What is known of an endpoint gets weaker, never stronger.

        Numbered objects stay the newest ones on a store that learned to compare and swap.
        """
        known = before.endpoints if before else {}
        weaker = min(found, known.get(endpoint, found), key=_strength)
        return cls(endpoints=known | {endpoint: weaker}, probed_at=datetime.now(UTC))

    @property
    def weakest(self) -> Conditions:
        """What all endpoints keep to."""
        return min(self.endpoints.values(), key=_strength)


def probe(
    client: "S3Client", bucket: str, prefix: str, *, uri: str, encryption: dict[str, Any]
) -> Conditions | None:
    """Try create-only and compare-and-swap, alone and with two writers at once.

    None: the store keeps to neither.

    Args:
        client: of the store.
        bucket: in which it lies.
        prefix: of its keys.
        uri: what it is called in errors.
        encryption: arguments of each write; a bucket may refuse what comes without.

    Raises:
        StorageError: time and again no writer wins.
        ClientError: the store cannot be written to at all.
    """
    prefix = f"{prefix}{PROBES}{secrets.token_hex(8)}-"
    trials = _Trials(client, bucket, prefix, uri, encryption)
    try:
        if not trials.keep_create_only():
            return None
        swaps = trials.keep_swaps()
    finally:
        trials.clean_up()
    return Conditions.COMPARE_AND_SWAP if swaps else Conditions.CREATE_ONLY


def clock_difference_seconds(client: "S3Client", **place: str) -> float | None:
    """How far the store's clock is ahead of this machine's, by the date of an answer."""
    asked = time.time()
    try:
        answer: Any = client.get_object(Bucket=place["Bucket"], Key=place["Key"])
    except ClientError as error:
        if code_of(error) not in MISSING:
            raise
        answer = error.response
    told = answer["ResponseMetadata"]["HTTPHeaders"].get("date")
    if not told:
        return None
    return parsedate_to_datetime(told).timestamp() - (asked + time.time()) / 2


def _strength(conditions: Conditions) -> int:
    return [Conditions.CREATE_ONLY, Conditions.COMPARE_AND_SWAP].index(conditions)


class _Outcome(Enum):
    WRITTEN = auto()
    REFUSED = auto()
    UNKNOWN_TO_STORE = auto()


class _Trials:
    """Writes of one probe, to keys of its own."""

    def __init__(
        self, client: "S3Client", bucket: str, prefix: str, uri: str, encryption: dict[str, Any]
    ) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix
        self._uri = uri
        self._encryption = encryption
        self._used: set[str] = set()

    def keep_create_only(self) -> bool:
        """Whether an object that is there is never written over by `If-None-Match: *`."""
        outcomes = [self._put("create", IfNoneMatch="*") for _ in range(2)]
        if outcomes != [_Outcome.WRITTEN, _Outcome.REFUSED]:
            return False
        return all(
            self._one_wins(f"create-race-{number}", IfNoneMatch="*") for number in range(_RACES)
        )

    def keep_swaps(self) -> bool:
        """Whether `If-Match` writes over what was read and over nothing else."""
        stale, now = self._etag("swap"), self._etag("swap")
        outcomes = [self._put("swap", IfMatch=etag) for etag in (stale, now)]
        if outcomes != [_Outcome.REFUSED, _Outcome.WRITTEN]:
            return False
        names = [f"swap-race-{number}" for number in range(_RACES)]
        return all(self._one_wins(name, IfMatch=self._etag(name)) for name in names)

    def clean_up(self) -> None:
        """Delete what was written; a key without that right leaves it."""
        for name in self._used:
            with suppress(ClientError):
                self._client.delete_object(**self._place(name))

    def _put(self, name: str, **condition: Any) -> _Outcome:
        """Write bytes of its own; done counts as written even if the answer was lost."""
        data = secrets.token_hex(16).encode()
        self._used.add(name)
        try:
            self._client.put_object(**self._place(name), Body=data, **self._encryption, **condition)
        except ClientError as error:
            code = code_of(error)
            if code in LOST | MISSING:
                return _Outcome.WRITTEN if self._holds(name, data) else _Outcome.REFUSED
            if code in _REFUSED_AS_UNKNOWN or status_of(error) == 501:
                return _Outcome.UNKNOWN_TO_STORE
            raise
        return _Outcome.WRITTEN

    def _one_wins(self, name: str, **condition: Any) -> bool:
        """Whether of two writers at once exactly one is let through.

        Raises:
            StorageError: time and again neither was.
        """
        start = threading.Barrier(2)

        def write(_: int) -> _Outcome:
            start.wait(_PATIENCE_SECONDS)
            return self._put(name, **condition)

        for _ in range(_TRIES):
            with ThreadPoolExecutor(2) as pool:
                outcomes = list(pool.map(write, range(2)))
            if outcomes != [_Outcome.REFUSED] * 2:
                return outcomes.count(_Outcome.WRITTEN) == 1
        raise wording.race_undecided(self._uri)

    def _etag(self, name: str) -> str:
        """The tag after one more unconditional write."""
        self._used.add(name)
        data = secrets.token_hex(16).encode()
        answer = self._client.put_object(**self._place(name), Body=data, **self._encryption)
        return answer["ETag"]

    def _holds(self, name: str, data: bytes) -> bool:
        try:
            return self._client.get_object(**self._place(name))["Body"].read() == data
        except ClientError as error:
            if code_of(error) in MISSING:
                return False
            raise

    def _place(self, name: str) -> dict[str, Any]:
        return {"Bucket": self._bucket, "Key": self._prefix + name}
