import errno
import hashlib
import multiprocessing
import os
import shutil
import stat
import time
import traceback
from pathlib import Path

import pytest
from pydantic import SecretStr

from cs_pipeline.config import Settings
from cs_pipeline.errors import ObjectNotFound, PointerConflict, SettingsError, StorageError
from cs_pipeline.files import (
    atomic_path,
    dataset_sha256,
    exclusive,
    move_file,
    point_symlink,
    private_folder,
    sha256_file,
    sweep_unfinished,
    write_atomic,
)
from cs_pipeline.storage import FolderStore, ObjectStore, S3Store, StoredObject, open_store

SECRET = "tiger-balm-9000"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("data", ["글자", "글자".encode()], ids=["text", "bytes"])
def test_a_file_is_written_whole(tmp_path, data):
    write_atomic(tmp_path / "new" / "file", data)
    assert (tmp_path / "new" / "file").read_text("utf-8") == "글자"
    assert names(tmp_path / "new") == ["file"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "file"
    target.write_text("old")

    def fail_halfway() -> None:
        with atomic_path(target) as temporary:
            temporary.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert target.read_text() == "old"
    assert names(tmp_path) == ["file"]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    target = tmp_path / "file"
    target.write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomic(target, "new")
    assert target.read_text() == "old"
    assert names(tmp_path) == ["file"]


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path):
    target = tmp_path / "file"
    target.write_text("old")
    with atomic_path(target) as temporary:
        temporary.write_text("new")
        assert temporary.parent == tmp_path
        assert target.read_text() == "old"
    assert target.read_text() == "new"


def test_a_private_folder_is_closed_to_others(tmp_path):
    folder = tmp_path / "a" / "b"
    assert private_folder(folder) == folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    private_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_sums(tmp_path):
    train, val = tmp_path / "train.csv", tmp_path / "val.csv"
    train.write_bytes(b"a")
    val.write_bytes(b"b")
    assert sha256_file(train) == hashlib.sha256(b"a").hexdigest()
    both = dataset_sha256(train, val)
    assert both == hashlib.sha256((sha256_file(train) + sha256_file(val)).encode()).hexdigest()
    assert dataset_sha256(val, train) != both


@pytest.mark.parametrize("before", ["nothing", "file", "link", "broken link"])
def test_a_link_is_replaced_in_one_step(tmp_path, before):
    link = tmp_path / "current"
    for name in ("v1", "v2"):
        (tmp_path / name).mkdir()
    if before == "file":
        link.write_text("in the way")
    elif before != "nothing":
        link.symlink_to("v1" if before == "link" else "gone")
    point_symlink(link, "v2")
    assert link.readlink() == Path("v2")
    assert names(tmp_path) == ["current", "v1", "v2"]


def test_a_link_is_never_missing_while_it_changes(tmp_path, monkeypatch):
    link = tmp_path / "current"
    point_symlink(link, "v1")
    seen = []
    replace = Path.replace

    def watched(self: Path, target: Path) -> Path:
        seen.append(str(link.readlink()))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    point_symlink(link, "v2")
    assert seen == ["v1"]
    assert link.readlink() == Path("v2")


def test_a_file_is_moved(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_text("content")
    assert move_file(source, target) is True
    assert names(tmp_path) == ["target"]
    assert move_file(source, target) is False
    assert target.read_text() == "content"


def test_a_file_is_moved_to_another_file_system(tmp_path, monkeypatch):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_text("content")

    def other_device(self: Path, target: Path) -> Path:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(Path, "rename", other_device)
    assert move_file(source, target) is True
    assert target.read_text() == "content"
    assert names(tmp_path) == ["target"]


@pytest.fixture
def folder(tmp_path):
    """A folder with a file in a folder, and a link out of it."""
    folder = tmp_path / "source"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "file").write_text("content")
    (folder / "link").symlink_to("/")
    return folder


@pytest.mark.parametrize("crosses", [False, True])
def test_a_folder_is_moved_whole_and_its_links_stay_links(tmp_path, monkeypatch, folder, crosses):
    rename, target = Path.rename, tmp_path / "target"

    def other_device(self: Path, target: Path) -> Path:
        if self == folder and folder.exists():
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, target)

    if crosses:
        monkeypatch.setattr(Path, "rename", other_device)
    assert move_file(folder, target) is True
    assert names(tmp_path) == ["target"]
    assert (target / "below" / "file").read_text() == "content"
    assert (target / "link").readlink() == Path("/")
    assert move_file(folder, target) is False


@pytest.mark.parametrize("step", ["copytree", "rmtree"])
def test_a_folder_that_a_crash_left_between_two_file_systems_arrives(
    tmp_path, monkeypatch, folder, step
):
    rename, target = Path.rename, tmp_path / "target"

    def other_device(self: Path, target: Path) -> Path:
        if self == folder:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, target)

    def no_room(path: Path, *arguments: object, **options: object) -> None:
        if path == folder:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "rename", other_device)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, step, no_room)
        with pytest.raises(OSError, match="No space"):
            move_file(folder, target)
    assert (folder / "below" / "file").read_text() == "content"
    assert move_file(folder, target) is True
    assert names(tmp_path) == ["target"]
    assert (target / "below" / "file").read_text() == "content"


def test_only_old_leftovers_of_our_own_are_swept(tmp_path):
    own = f".{'0a' * 16}.tmp"
    for name in (own, ".notes.tmp", f"{'0a' * 16}.tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / own / "file").write_text("content")
    (tmp_path / f".{'1b' * 16}.tmp").write_text("content")
    sweep_unfinished(tmp_path, older_than_seconds=60)
    assert len(names(tmp_path)) == 4
    sweep_unfinished(tmp_path, older_than_seconds=-1)
    assert names(tmp_path) == [".notes.tmp", f"{'0a' * 16}.tmp"]


def test_another_error_leaves_the_file_where_it_was(tmp_path, monkeypatch):
    source = tmp_path / "source"
    source.write_text("content")

    def denied(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "rename", denied)
    with pytest.raises(PermissionError):
        move_file(source, tmp_path / "target")
    assert names(tmp_path) == ["source"]


def _hold(lock: Path, note: Path, seconds: float) -> None:
    with exclusive(lock):
        note.write_text("locked")
        time.sleep(seconds)
        note.write_text("free")


def _hold_and_die(lock: Path, note: Path) -> None:
    with exclusive(lock):
        note.write_text("locked")
        os._exit(1)


def test_a_lock_is_held_by_one_process_at_a_time(tmp_path):
    lock, note = tmp_path / "deep" / ".lock", tmp_path / "note"
    child = multiprocessing.get_context("fork").Process(target=_hold, args=(lock, note, 0.5))
    child.start()
    while not note.exists() or not note.read_text():
        time.sleep(0.01)
    with exclusive(lock):
        assert note.read_text() == "free"
    child.join()
    assert child.exitcode == 0


def test_a_dead_process_holds_no_lock(tmp_path):
    lock, note = tmp_path / ".lock", tmp_path / "note"
    child = multiprocessing.get_context("fork").Process(target=_hold_and_die, args=(lock, note))
    child.start()
    child.join()
    assert note.read_text() == "locked"
    with exclusive(lock):
        pass


@pytest.fixture
def s3(settings: Settings, s3_endpoint: str, tmp_path: Path) -> Settings:
    return settings.model_copy(
        update={
            "s3_endpoint_url": s3_endpoint,
            "s3_access_key_id": SecretStr("test"),
            "s3_secret_access_key": SecretStr(SECRET),
        }
    )


@pytest.fixture(params=["folder", "s3", "seaweedfs", "s3 without a prefix"])
def store(request: pytest.FixtureRequest, s3: Settings, tmp_path: Path) -> ObjectStore:
    """Every kind of store, empty."""
    if request.param == "folder":
        return open_store(str(tmp_path / "store"), s3)
    if request.param == "s3":
        return open_store(f"s3://models/{tmp_path.name}/", s3)
    if request.param == "seaweedfs":
        real = Settings.load(**request.getfixturevalue("seaweedfs").settings())
        return open_store(f"s3://models/{tmp_path.name}", real)
    import boto3

    bucket = f"bucket-{abs(hash(tmp_path))}"
    boto3.client(
        "s3",
        endpoint_url=s3.s3_endpoint_url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    ).create_bucket(Bucket=bucket)
    return open_store(f"s3://{bucket}", s3)


def test_a_new_store_is_empty(store):
    assert store.list_objects() == []
    with pytest.raises(ObjectNotFound):
        store.read("live.json")


def test_objects_come_back_as_they_were(store, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"weights \x00\xff")
    store.upload(source, "v1/files/model.bin")
    store.upload(source, "v1/한글 이름.json")
    store.upload(source, "v2/model.bin")

    assert store.read("v1/files/model.bin")[0] == b"weights \x00\xff"
    store.download("v1/한글 이름.json", tmp_path / "new" / "copy")
    assert (tmp_path / "new" / "copy").read_bytes() == b"weights \x00\xff"
    assert store.list_objects() == [
        StoredObject("v1/files/model.bin", 10),
        StoredObject("v1/한글 이름.json", 10),
        StoredObject("v2/model.bin", 10),
    ]
    assert [item.key for item in store.list_objects("v2/")] == ["v2/model.bin"]
    assert store.list_objects("v3/") == []


def test_an_upload_replaces_and_a_delete_removes(store, tmp_path):
    source = tmp_path / "source"
    for content in (b"old", b"new"):
        source.write_bytes(content)
        store.upload(source, "a/b")
    assert store.read("a/b")[0] == b"new"
    store.delete("a/b")
    store.delete("a/b")
    assert store.list_objects() == []


def test_a_write_needs_the_state_that_was_read(store):
    first = store.write_if("live.json", b"1", expected_etag=None)
    assert store.read("live.json") == (b"1", first)
    second = store.write_if("live.json", b"2", expected_etag=first)
    assert store.read("live.json") == (b"2", second)
    for stale in (None, first):
        with pytest.raises(PointerConflict) as caught:
            store.write_if("live.json", b"3", expected_etag=stale)
        assert "live.json" in caught.value.words.ko
    assert store.read("live.json") == (b"2", second)


def test_a_write_onto_what_was_deleted_is_a_conflict_or_not_found(store):
    tag = store.write_if("live.json", b"1", expected_etag=None)
    store.delete("live.json")
    with pytest.raises((PointerConflict, ObjectNotFound)):
        store.write_if("live.json", b"2", expected_etag=tag)
    assert store.list_objects() == []


def test_a_missing_object_leaves_the_target_as_it_was(store, tmp_path):
    target = tmp_path / "target"
    target.write_text("old")
    with pytest.raises(ObjectNotFound) as caught:
        store.download("nothing", target)
    assert "nothing" in caught.value.words.en
    assert target.read_text() == "old"
    assert [name for name in names(tmp_path) if name.endswith(".tmp")] == []


@pytest.mark.parametrize("key", ["../outside", "a/../../outside", "/etc/passwd"])
def test_no_key_leads_out_of_a_folder(tmp_path, key):
    store = FolderStore(tmp_path / "store")
    source = tmp_path / "source"
    source.write_text("x")
    for attempt in (
        lambda: store.read(key),
        lambda: store.upload(source, key),
        lambda: store.download(key, tmp_path / "target"),
        lambda: store.write_if(key, b"x", expected_etag=None),
        lambda: store.delete(key),
    ):
        with pytest.raises(StorageError, match=r"store|저장소"):
            attempt()
    assert not (tmp_path / "outside").exists()


def test_unfinished_files_of_a_folder_are_no_objects(tmp_path):
    store = FolderStore(tmp_path)
    store.write_if("a", b"1", expected_etag=None)
    (tmp_path / ".half.tmp").write_text("x")
    assert [item.key for item in store.list_objects()] == ["a"]


def test_a_store_prefix_is_a_folder_and_not_a_beginning(s3, tmp_path):
    source = tmp_path / "source"
    source.write_text("x")
    open_store(f"s3://models/{tmp_path.name}-other", s3).upload(source, "a")
    assert open_store(f"s3://models/{tmp_path.name}", s3).list_objects() == []


def test_many_objects_are_all_listed(s3, tmp_path, monkeypatch):
    source = tmp_path / "source"
    source.write_text("x")
    store = S3Store(f"s3://models/{tmp_path.name}", s3)
    paginator = store._client.get_paginator("list_objects_v2")
    small = lambda **given: paginator.paginate(**given, PaginationConfig={"PageSize": 2})  # noqa: E731
    monkeypatch.setattr(
        store._client,
        "get_paginator",
        lambda _: type("Pages", (), {"paginate": staticmethod(small)}),
    )
    keys = [f"k{number}" for number in range(5)]
    for key in keys:
        store.upload(source, key)
    assert [item.key for item in store.list_objects()] == keys


@pytest.mark.parametrize("uri", ["gs://bucket", "https://host/x", "file:///x"])
def test_other_kinds_of_store_are_refused(settings, uri):
    with pytest.raises(SettingsError, match="s3://bucket/prefix"):
        open_store(uri, settings)


def test_an_address_without_a_bucket_is_refused(s3):
    with pytest.raises(SettingsError):
        open_store("s3://", s3)


def test_a_missing_bucket_is_a_storage_error_in_words(s3, tmp_path):
    store = open_store("s3://no-such-bucket-here/x", s3)
    source = tmp_path / "source"
    source.write_text("x")
    for attempt in (
        store.list_objects,
        lambda: store.read("a"),
        lambda: store.upload(source, "a"),
        lambda: store.write_if("a", b"x", expected_etag=None),
    ):
        with pytest.raises(StorageError) as caught:
            attempt()
        assert caught.value.exit_code == 5
        assert not isinstance(caught.value, ObjectNotFound)
        assert "s3://no-such-bucket-here/x" in caught.value.words.ko
        assert "NoSuchBucket" in caught.value.words.en or "S3UploadFailed" in caught.value.words.en
        assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_an_unreachable_store_is_a_storage_error_without_credentials(s3, monkeypatch):
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    nowhere = s3.model_copy(update={"s3_endpoint_url": "http://127.0.0.1:9"})
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)
    store = open_store("s3://models/x", nowhere)
    with pytest.raises(StorageError) as caught:
        store.read("a")
    assert caught.value.exit_code == 5
    assert "EndpointConnectionError" in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
