from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer
from pydantic import SecretStr

from cs_pipeline.config import Settings
from cs_pipeline.errors import StorageError
from cs_pipeline.intake.inbox.inbox import StoreInbox
from cs_pipeline.storage import S3Store
from tests.unit.intake.inbox.claims import claim_exports, inbox_items, pending_exports


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def settings(tmp_path: Any, endpoint: str) -> Settings:
    return Settings(
        data_dir=tmp_path / "data",
        inbox="s3://exports/in/box",
        s3_endpoint_url=endpoint,
        s3_access_key_id=SecretStr("test"),
        s3_secret_access_key=SecretStr("test"),
        s3_region="us-east-1",
    )


@pytest.fixture
def bucket(endpoint: str) -> Iterator[Any]:
    s3 = boto3.resource(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    bucket = s3.create_bucket(Bucket="exports")
    for key in ["a.xlsx", "나.csv", "~$a.xlsx", ".keep", "c.tmp", "sub/d.xlsx", ""]:
        bucket.put_object(Key=f"in/box/{key}", Body=key.encode())
    bucket.put_object(Key="in/box-of-others/e.xlsx", Body=b"e")
    yield bucket
    bucket.objects.all().delete()
    bucket.delete()


def keys(bucket: Any) -> set[str]:
    return {item.key for item in bucket.objects.all()}


@pytest.mark.usefixtures("bucket")
def test_objects_of_the_prefix_are_pending(settings: Settings) -> None:
    found = pending_exports(settings)
    assert [(item.uri, item.size_bytes) for item in found] == [
        ("s3://exports/in/box/a.xlsx", 6),
        ("s3://exports/in/box/나.csv", len("나.csv".encode())),
    ]


def test_claimed_objects_are_on_disk_and_gone_from_the_inbox(
    settings: Settings, bucket: Any
) -> None:
    files = claim_exports(settings, run_key="run", mask_name=str)
    assert [file.name for file in files] == ["a.xlsx", "나.csv"]
    assert (settings.processing_dir / "run" / "a.xlsx").read_bytes() == b"a.xlsx"
    assert {"in/box/a.xlsx", "in/box/나.csv"}.isdisjoint(keys(bucket))
    assert {"in/box/sub/d.xlsx", "in/box-of-others/e.xlsx"} <= keys(bucket)
    assert claim_exports(settings, run_key="run", mask_name=str) == files


def test_a_crash_between_download_and_delete_doubles_nothing(
    settings: Settings, bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(self: S3Store, key: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(S3Store, "delete", crash)
        with pytest.raises(KeyboardInterrupt):
            claim_exports(settings, run_key="run", mask_name=str)
    assert "in/box/a.xlsx" in keys(bucket)
    files = claim_exports(settings, run_key="run", mask_name=str)
    assert [file.name for file in files] == ["a.xlsx", "나.csv"]


@pytest.mark.usefixtures("bucket")
def test_an_object_that_another_took_is_skipped(
    settings: Settings, bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = pending_exports(settings)
    bucket.Object("in/box/a.xlsx").delete()
    monkeypatch.setattr(StoreInbox, "pending", lambda _: found)
    files = claim_exports(settings, run_key="run", mask_name=str)
    assert [file.name for file in files] == ["나.csv"]


def test_a_missing_bucket_is_a_storage_error(settings: Settings) -> None:
    with pytest.raises(StorageError) as caught:
        pending_exports(settings)
    assert "s3://exports/in/box" in caught.value.words.en


@pytest.mark.usefixtures("bucket")
def test_all_that_lies_in_the_prefix_is_told(settings: Settings) -> None:
    items = inbox_items(settings)
    assert [(item.name, item.state) for item in items] == [
        (".keep", "hidden"),
        ("a.xlsx", "pending"),
        ("c.tmp", "unfinished"),
        ("sub", "folder"),
        ("~$a.xlsx", "lock_file"),
        ("나.csv", "pending"),
    ]
    assert [item.changed_at is None for item in items] == [False] * 3 + [True] + [False] * 2
