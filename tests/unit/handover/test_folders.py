"""A folder is in the store whole, or it is not there."""

from pathlib import Path

import pytest

from cs_pipeline.errors import DamagedObject, ObjectNotFound, StorageError
from cs_pipeline.handover.folders import check_room, fetch, manifest_of, put, read_manifest
from cs_pipeline.storage import FolderStore


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    folder = tmp_path / "here"
    folder.mkdir()
    for name in ("train.csv", "val.csv"):
        (folder / name).write_text(f"input,output\n{name},네\n" * 50, encoding="utf-8")
    return {path.name: path for path in folder.iterdir()}


def upload(store: FolderStore, files: dict[str, Path]) -> tuple[str, int]:
    return put(store, "datasets/d1", manifest_of("d1", files), files)


def test_what_was_put_is_fetched(store: FolderStore, files: dict[str, Path], tmp_path) -> None:
    sha256, uploaded = upload(store, files)
    manifest, found = read_manifest(store, "datasets/d1")
    assert (found, uploaded) == (sha256, manifest.size_bytes)
    fetch(store, "datasets/d1", manifest, tmp_path / "there")
    for name, path in files.items():
        assert (tmp_path / "there" / name).read_bytes() == path.read_bytes()


def test_it_is_uploaded_once(store: FolderStore, files: dict[str, Path]) -> None:
    first, _ = upload(store, files)
    assert upload(store, files) == (first, 0)


def test_the_manifest_comes_last(store: FolderStore, files: dict[str, Path]) -> None:
    class Dying(FolderStore):
        def upload(self, source: Path, key: str) -> None:
            if key.endswith("val.csv"):
                raise StorageError(ko="끊김", en="down")
            super().upload(source, key)

    with pytest.raises(StorageError):
        upload(Dying(store.root), files)
    with pytest.raises(ObjectNotFound):
        read_manifest(store, "datasets/d1")
    assert upload(store, files)[1] > 0
    read_manifest(store, "datasets/d1")


def test_a_file_that_is_cut_short_in_the_store_is_uploaded_again(
    store: FolderStore, files: dict[str, Path]
) -> None:
    first, _ = upload(store, files)
    cut = store.root / "datasets/d1/val.csv"
    cut.write_bytes(cut.read_bytes()[:10])
    assert upload(store, files) == (first, files["val.csv"].stat().st_size)
    assert cut.read_bytes() == files["val.csv"].read_bytes()


def test_a_name_that_is_taken_by_other_files_is_refused(
    store: FolderStore, files: dict[str, Path]
) -> None:
    upload(store, files)
    files["val.csv"].write_text("input,output\n", encoding="utf-8")
    with pytest.raises(StorageError, match=r"이미|already"):
        upload(store, files)


@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_a_damaged_file_is_not_left_on_the_disk(
    store: FolderStore, files: dict[str, Path], tmp_path: Path, damage: str
) -> None:
    upload(store, files)
    manifest, _ = read_manifest(store, "datasets/d1")
    stored = store.root / "datasets/d1/val.csv"
    data = stored.read_bytes()
    stored.write_bytes(data[:-5] if damage == "cut" else data[:-1] + b"!")
    with pytest.raises(DamagedObject, match=r"val\.csv"):
        fetch(store, "datasets/d1", manifest, tmp_path / "there")
    assert not (tmp_path / "there/val.csv").exists()


def test_what_is_there_and_right_is_not_fetched_again(
    store: FolderStore, files: dict[str, Path], tmp_path: Path
) -> None:
    upload(store, files)
    manifest, _ = read_manifest(store, "datasets/d1")
    fetch(store, "datasets/d1", manifest, tmp_path / "there")
    (store.root / "datasets/d1/train.csv").unlink()
    (tmp_path / "there/val.csv").write_bytes(b"half")
    fetch(store, "datasets/d1", manifest, tmp_path / "there")
    assert (tmp_path / "there/val.csv").read_bytes() == files["val.csv"].read_bytes()


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"name":"d1","files":[{"path":"../x"}]}'])
def test_an_unreadable_manifest_is_refused(store: FolderStore, content: bytes) -> None:
    store.write_if("datasets/d1/manifest.json", content, expected_etag=None)
    with pytest.raises(DamagedObject):
        read_manifest(store, "datasets/d1")


def test_no_room_is_told_before_anything_is_fetched(tmp_path: Path) -> None:
    check_room(tmp_path, 1)
    with pytest.raises(StorageError, match="CS_PIPELINE_SCRATCH"):
        check_room(tmp_path, 2**60)
