"""A store that speaks S3."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError
from typing_extensions import override

from cs_pipeline.config import S3Access
from cs_pipeline.errors import ObjectNotFound, PointerConflict, StorageError, StoreDenied
from cs_pipeline.storage import wording
from cs_pipeline.storage.client import encryption, s3_client
from cs_pipeline.storage.errors import status_of, storage_errors
from cs_pipeline.storage.listing import Listing
from cs_pipeline.storage.objects import Conditions, ObjectStore, StoredObject, inside, writable
from cs_pipeline.storage.probe import MARKER, PROBES, Probed, clock_difference_seconds, probe
from cs_pipeline.storage.receiving import Answer, CutOff, receive

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

_READS = 5
_CHUNK_BYTES = 128 * 1024
_AWS = "AWS"


class S3Store(ObjectStore):
    """Objects below `s3://bucket/prefix`, on AWS or any store that speaks S3.

    What was found out about the store lies in `.probe/` below its root and is not listed.
    """

    def __init__(self, uri: str, access: S3Access) -> None:
        bucket, _, prefix = uri.removeprefix("s3://").partition("/")
        if not bucket:
            raise wording.no_bucket_named()
        self.uri = uri.rstrip("/")
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._client: S3Client = s3_client(access)
        self._listing = Listing(bucket, access)
        self._encryption = encryption(access)
        self._endpoint = access.s3_endpoint_url or _AWS
        self._probed: Probed | None = None
        self._relied_on: Conditions | None = None

    @override
    def list_objects(self, prefix: str = "") -> list[StoredObject]:
        with storage_errors(self.uri, prefix, "list"):
            items = self._listing.items(self._client, self._prefix + prefix)
        found = (
            StoredObject(item["Key"].removeprefix(self._prefix), item["Size"], item["LastModified"])
            for item in items
        )
        shown = (item for item in found if not item.key.startswith(PROBES))
        return sorted(shown, key=lambda item: item.key)

    @override
    def read(self, key: str) -> tuple[bytes, str]:
        for _ in range(_READS):  # boto3 does not try again once an answer has begun
            with storage_errors(self.uri, key, "read"):
                answer = self._client.get_object(**self._place(key))
            with suppress(BotoCoreError):
                return answer["Body"].read(), answer["ETag"]
        raise wording.cut_off(self.uri, key)

    @override
    def write_if(self, key: str, data: bytes, *, expected_etag: str | None) -> str:
        """The same; a write that was refused because it had succeeded unheard counts as done."""
        condition: dict[str, Any] = (
            {"IfMatch": expected_etag} if expected_etag is not None else {"IfNoneMatch": "*"}
        )
        place = self._place(writable(key))
        try:
            with storage_errors(self.uri, key, "write"):
                answer = self._client.put_object(
                    **place, Body=data, **self._encryption, **condition
                )
                return answer["ETag"]
        except (PointerConflict, ObjectNotFound):
            etag = self._etag_of(key, data)
            if etag is None:
                raise wording.changed_meanwhile(self.uri, key) from None
            return etag

    @override
    def upload(self, source: Path, key: str) -> None:
        """The same; large files go up in parts, which are given up when one of them fails."""
        place = self._place(writable(key))
        with storage_errors(self.uri, key, "write"):
            self._client.upload_file(str(source), **place, ExtraArgs=self._encryption)

    @override
    def download(self, key: str, target: Path) -> None:
        receive(_Download(self._client, self._place(key), self.uri, key), target)

    @override
    def delete(self, key: str) -> None:
        with storage_errors(self.uri, key, "delete"):
            self._client.delete_object(**self._place(key))

    @override
    def conditions(self) -> Conditions:
        """The same; who may not write relies on what others found out."""
        if self._relied_on is None:
            self._relied_on = self._known_or_probed()
        return self._relied_on

    @override
    def known_conditions(self) -> Conditions | None:
        probed = self._read_probed()
        return probed.weakest if probed else None

    def probe(self) -> Conditions:
        """Try the conditional writes, whatever is known of them, and remember the outcome.

        Raises:
            StorageError: the store keeps to none, or cannot be written to.
        """
        self._probed = self._relied_on = None
        with storage_errors(self.uri, PROBES, "write"):
            found = probe(
                self._client,
                self._bucket,
                self._prefix,
                uri=self.uri,
                encryption=self._encryption,
            )
            if found is None:  # whatever was known before does not hold any more
                self._client.delete_object(**self._place(MARKER))
                raise wording.ignores_conditions(self.uri)
            probed = Probed.including(self._read_probed(), self._endpoint, found)
            data = probed.model_dump_json(indent=2).encode()
            self._client.put_object(**self._place(MARKER), Body=data, **self._encryption)
        self._probed = probed
        return probed.weakest

    @property
    def asks_for_encryption(self) -> bool:
        """Whether writes carry a wish that some stores fail on."""
        return bool(self._encryption)

    def clock_difference_seconds(self) -> float | None:
        """How far the store's clock is ahead of this machine's; None: it does not say."""
        with storage_errors(self.uri, MARKER, "read"):
            return clock_difference_seconds(self._client, **self._place(MARKER))

    def _known_or_probed(self) -> Conditions:
        probed = self._read_probed()
        if probed and self._endpoint in probed.endpoints:
            return probed.weakest
        try:
            return self.probe()
        except StoreDenied:
            if probed is None:
                raise
            return probed.weakest

    def _place(self, key: str) -> dict[str, Any]:
        return {"Bucket": self._bucket, "Key": self._prefix + inside(key)}

    def _etag_of(self, key: str, data: bytes) -> str | None:
        """The tag of an object that holds exactly these bytes."""
        try:
            stored, etag = self.read(key)
        except ObjectNotFound:
            return None
        return etag if stored == data else None

    def _read_probed(self) -> Probed | None:
        if self._probed is None:
            try:
                self._probed = Probed.model_validate_json(self.read(MARKER)[0])
            except (ObjectNotFound, StoreDenied, ValidationError):
                return None
        return self._probed


class _Download:
    """An object of S3 to be received."""

    def __init__(self, client: "S3Client", place: dict[str, Any], uri: str, key: str) -> None:
        self.name = f"{uri}/{key}"
        self._client = client
        self._place = place
        self._uri = uri
        self._key = key

    def ask(self, first_byte: int) -> Answer:
        """From there on, or from the beginning where there is no such byte."""
        part: dict[str, Any] = {"Range": f"bytes={first_byte}-"} if first_byte else {}
        with storage_errors(self._uri, self._key, "read"):
            try:
                answer = self._client.get_object(**self._place, **part)
            except ClientError as error:
                if status_of(error) != 416:
                    raise
                answer = self._client.get_object(**self._place)
        # "bytes 100-199/200"; missing where the store sends the whole object.
        _, _, told = answer.get("ContentRange", "").partition(" ")
        first, _, _ = told.partition("-")
        start = int(first or 0)
        return Answer(
            etag=answer["ETag"],
            first_byte=start,
            size_bytes=start + answer["ContentLength"],
            chunks=self._chunks(answer["Body"]),
        )

    def given_up(self) -> StorageError:
        """The connection kept breaking."""
        return wording.cut_off(self._uri, self._key)

    @staticmethod
    def _chunks(body: Any) -> Iterator[bytes]:
        try:
            yield from body.iter_chunks(_CHUNK_BYTES)
        except BotoCoreError:
            raise CutOff from None
