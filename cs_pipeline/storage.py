"""Object stores: a local folder or S3 behind one protocol. The only module that imports boto3."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import SecretStr
from typing_extensions import override

from cs_pipeline.config import Stores, is_s3
from cs_pipeline.errors import ObjectNotFound, PointerConflict, SettingsError, StorageError
from cs_pipeline.files import atomic_path, exclusive, sha256_file, write_atomic

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One listed object. `key` is relative to the store; `size_bytes` its length.

    `changed_at` is when it was last written, where the store says so.
    """

    key: str
    size_bytes: int
    changed_at: datetime | None = field(default=None, compare=False)


class ObjectStore(Protocol):
    """Named byte strings below one URI. Keys are relative POSIX paths."""

    uri: str

    def list_objects(self, prefix: str = "") -> list[StoredObject]:
        """Objects whose key starts with `prefix`, by key."""

    def read(self, key: str) -> tuple[bytes, str]:
        """Bytes and entity tag. Raises `ObjectNotFound`."""

    def write_if(self, key: str, data: bytes, *, expected_etag: str | None) -> str:
        """Write only if the object still has `expected_etag` (None: does not exist).

        Returns the new tag. Raises `PointerConflict` when somebody else was first.
        """

    def upload(self, source: Path, key: str) -> None:
        """Store the file `source`, replacing what is there."""

    def download(self, key: str, target: Path) -> None:
        """Write the object to `target` atomically. Raises `ObjectNotFound`."""

    def delete(self, key: str) -> None:
        """Remove the object; missing is fine."""


def open_store(uri: str, stores: Stores) -> ObjectStore:
    """The store at `uri`: a folder path or `s3://bucket/prefix`."""
    if is_s3(uri):
        return S3Store(uri, stores)
    if "://" in uri:
        raise SettingsError(
            ko=f"지원하지 않는 저장소 주소입니다: {uri.split('://', maxsplit=1)[0]}://. "
            "폴더 경로나 s3://bucket/prefix를 쓰세요.",
            en=f"Unsupported store address: {uri.split('://', maxsplit=1)[0]}://. "
            "Use a folder path or s3://bucket/prefix.",
        )
    return FolderStore(Path(uri))


class FolderStore(ObjectStore):
    """Objects as files below a folder; entity tags are sha256 sums."""

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().resolve()
        self.uri = str(self.root)

    def _path(self, key: str) -> Path:
        if PurePosixPath(key).is_absolute() or ".." in PurePosixPath(key).parts:
            raise StorageError(
                ko="저장소 밖을 가리키는 키입니다. 키를 확인하세요.",
                en="A key points outside the store. Check the key.",
            )
        return self.root / key

    @override
    def list_objects(self, prefix: str = "") -> list[StoredObject]:
        return sorted(
            (
                StoredObject(path.relative_to(self.root).as_posix(), path.stat().st_size)
                for path in self.root.rglob("*")
                if path.is_file()
                and not path.name.startswith(".")
                and path.relative_to(self.root).as_posix().startswith(prefix)
            ),
            key=lambda item: item.key,
        )

    @override
    def read(self, key: str) -> tuple[bytes, str]:
        try:
            data = self._path(key).read_bytes()
        except FileNotFoundError:
            raise _not_found(self.uri, key) from None
        return data, hashlib.sha256(data).hexdigest()

    @override
    def write_if(self, key: str, data: bytes, *, expected_etag: str | None) -> str:
        with exclusive(self.root / ".lock"):
            path = self._path(key)
            current = sha256_file(path) if path.exists() else None
            if current != expected_etag:
                raise _conflict(self.uri, key)
            write_atomic(path, data)
        return hashlib.sha256(data).hexdigest()

    @override
    def upload(self, source: Path, key: str) -> None:
        with atomic_path(self._path(key)) as temporary:
            shutil.copyfile(source, temporary)

    @override
    def download(self, key: str, target: Path) -> None:
        path = self._path(key)
        if not path.exists():
            raise _not_found(self.uri, key)
        with atomic_path(target) as temporary:
            shutil.copyfile(path, temporary)

    @override
    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)


class S3Store(ObjectStore):
    """Objects below `s3://bucket/prefix`, on AWS or any store that speaks S3."""

    def __init__(self, uri: str, stores: Stores) -> None:
        bucket, _, prefix = uri.removeprefix("s3://").partition("/")
        if not bucket:
            raise SettingsError(
                ko="s3:// 주소에 버킷 이름이 없습니다. s3://bucket/prefix 꼴로 쓰세요.",
                en="The s3:// address names no bucket. Write it as s3://bucket/prefix.",
            )
        self.uri = uri.rstrip("/")
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._client: S3Client = _s3_client(stores)

    @override
    def list_objects(self, prefix: str = "") -> list[StoredObject]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._prefix + prefix
        )
        with _storage_errors(self.uri, prefix):
            return [
                StoredObject(
                    item["Key"].removeprefix(self._prefix), item["Size"], item["LastModified"]
                )
                for page in pages
                for item in page.get("Contents", [])
            ]

    @override
    def read(self, key: str) -> tuple[bytes, str]:
        with _storage_errors(self.uri, key):
            answer = self._client.get_object(Bucket=self._bucket, Key=self._prefix + key)
            return answer["Body"].read(), answer["ETag"]

    @override
    def write_if(self, key: str, data: bytes, *, expected_etag: str | None) -> str:
        condition: dict[str, Any] = (
            {"IfMatch": expected_etag} if expected_etag is not None else {"IfNoneMatch": "*"}
        )
        with _storage_errors(self.uri, key):
            answer = self._client.put_object(
                Bucket=self._bucket, Key=self._prefix + key, Body=data, **condition
            )
            return answer["ETag"]

    @override
    def upload(self, source: Path, key: str) -> None:
        with _storage_errors(self.uri, key):
            self._client.upload_file(str(source), self._bucket, self._prefix + key)

    @override
    def download(self, key: str, target: Path) -> None:
        with _storage_errors(self.uri, key), atomic_path(target) as temporary:
            self._client.download_file(self._bucket, self._prefix + key, str(temporary))

    @override
    def delete(self, key: str) -> None:
        with _storage_errors(self.uri, key):
            self._client.delete_object(Bucket=self._bucket, Key=self._prefix + key)


def _s3_client(stores: Stores) -> "S3Client":
    import boto3
    from botocore.config import Config

    def reveal(secret: SecretStr | None) -> str | None:
        return secret.get_secret_value() if secret else None

    return boto3.client(
        "s3",
        endpoint_url=stores.s3_endpoint_url,
        region_name=stores.s3_region,
        aws_access_key_id=reveal(stores.s3_access_key_id),
        aws_secret_access_key=reveal(stores.s3_secret_access_key),
        config=Config(retries={"mode": "standard", "max_attempts": 5}, connect_timeout=10),
    )


@contextmanager
def _storage_errors(uri: str, key: str) -> Iterator[None]:
    """Turn boto's errors into this library's, without request ids or credentials."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "unknown")
        if code in {"404", "NoSuchKey"}:
            raise _not_found(uri, key) from None
        if code in {"412", "PreconditionFailed", "409", "ConditionalRequestConflict"}:
            raise _conflict(uri, key) from None
        raise _unreachable(uri, key, code) from None
    except (BotoCoreError, Boto3Error) as error:
        raise _unreachable(uri, key, type(error).__name__) from None


def _not_found(uri: str, key: str) -> ObjectNotFound:
    return ObjectNotFound(
        ko=f"{uri}에 {key} 객체가 없습니다. 저장소 주소를 확인하세요.",
        en=f"{uri} holds no object {key}. Check the store's address.",
    )


def _conflict(uri: str, key: str) -> PointerConflict:
    return PointerConflict(
        ko=f"{uri}의 {key} 객체를 다른 작업이 먼저 바꾸었습니다. 상태를 확인하고 다시 실행하세요.",
        en=f"{key} in {uri} was changed by someone else first. Check the status and run again.",
    )


def _unreachable(uri: str, key: str, code: str) -> StorageError:
    return StorageError(
        ko=f"{uri} 저장소 작업에 실패했습니다 ({key}: {code}). 주소, 권한, 네트워크를 확인하세요.",
        en=f"The store {uri} failed ({key}: {code}). Check its address, permissions and network.",
    )
