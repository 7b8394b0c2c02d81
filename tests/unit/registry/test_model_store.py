import json
from pathlib import Path
from typing import Any

import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import DamagedObject, ObjectNotFound, PointerConflict, StorageError
from cs_pipeline.files import sha256_file
from cs_pipeline.records import TrainResult
from cs_pipeline.registry.model_store import ModelStore
from cs_pipeline.storage import open_store
from tests.records import result
from tests.unit.registry.candidates import profile


@pytest.fixture(params=["folder", "s3"])
def store_settings(request: pytest.FixtureRequest) -> Settings:
    return request.getfixturevalue("settings" if request.param == "folder" else "s3_settings")


@pytest.fixture
def store(store_settings: Settings) -> ModelStore:
    return stages.Installation(store_settings).models


def checkpoint(folder: Path, weights: str, **changes: Any) -> TrainResult:
    (folder / "sub").mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_text(weights)
    (folder / "sub" / "extra.txt").write_text("x")
    files = {
        path.relative_to(folder).as_posix(): sha256_file(path)
        for path in folder.rglob("*")
        if path.is_file()
    }
    return result(checkpoint_files=files, **changes)


def publish(store: ModelStore, folder: Path, weights: str) -> str:
    return store.publish(folder, checkpoint(folder, weights))


def test_an_empty_store_has_no_live_model(store: ModelStore, tmp_path: Path) -> None:
    assert store.live() is None
    assert store.live_version() is None
    assert store.versions() == []
    with pytest.raises(ObjectNotFound):
        store.pull(tmp_path / "model")
    assert store.moves() == []


def test_a_published_version_goes_live_and_comes_back_whole(
    store: ModelStore, tmp_path: Path
) -> None:
    version_id = publish(store, tmp_path / "made", "one")
    assert store.live() is None
    model = store.promote(version_id, expected_live=None)
    assert model.version_id == version_id
    assert store.live_version() == model
    assert store.pull(tmp_path / "pulled") == version_id
    assert (tmp_path / "pulled" / "model.safetensors").read_text() == "one"
    assert (tmp_path / "pulled" / "sub" / "extra.txt").read_text() == "x"


def test_publishing_and_promoting_again_changes_nothing(store: ModelStore, tmp_path: Path) -> None:
    version_id = publish(store, tmp_path / "made", "one")
    first = store.promote(version_id, expected_live=None)
    assert publish(store, tmp_path / "made", "one") == version_id
    assert store.promote(version_id, expected_live=None) == first
    assert store.versions() == [version_id]


def test_every_move_is_kept_in_its_order(store: ModelStore, tmp_path: Path) -> None:
    one = publish(store, tmp_path / "one", "one")
    two = publish(store, tmp_path / "two", "two")
    store.promote(one, expected_live=None, by="gate")
    store.promote(two, expected_live=one, action="approve", by="kim")
    store.promote(one, expected_live=two, action="rollback", note="bad answers", by="lee")
    pointer = store.live()
    assert pointer is not None
    assert (pointer.action, pointer.note, pointer.previous_version_id) == (
        "rollback",
        "bad answers",
        two,
    )
    told = [(m.number, m.from_version, m.to_version, m.how, m.by) for m in store.moves()]
    assert told == [
        (1, None, one, "gate", "gate"),
        (2, one, two, "by_hand", "kim"),
        (3, two, one, "rollback", "lee"),
    ]
    store.promote(one, expected_live=two)
    assert len(store.moves()) == 3, "what is live already moves nothing"


def test_a_move_that_a_crash_left_out_is_there_all_the_same(
    store: ModelStore, store_settings: Settings, tmp_path: Path
) -> None:
    one, two = (publish(store, tmp_path / name, name) for name in ("one", "two"))
    store.promote(one, expected_live=None, by="gate")
    raw = open_store(store_settings.model_store_uri, store_settings)
    raw.delete("moves/00000001.json")
    assert [move.to_version for move in store.moves()] == [one]
    assert raw.list_objects("moves/") == [], "looking writes nothing"
    store.promote(two, expected_live=one, by="gate")
    assert [item.key for item in raw.list_objects("moves/")] == [
        "moves/00000001.json",
        "moves/00000002.json",
    ]


def test_a_pointer_that_was_restored_goes_on_with_numbers_of_its_own(
    store: ModelStore, store_settings: Settings, tmp_path: Path
) -> None:
    one, two = (publish(store, tmp_path / name, name) for name in ("one", "two"))
    store.promote(one, expected_live=None)
    raw = open_store(store_settings.model_store_uri, store_settings)
    kept, _ = raw.read("live.json")
    store.promote(two, expected_live=one)
    raw.write_if("live.json", kept, expected_etag=raw.read("live.json")[1])
    store.promote(two, expected_live=one, note="again")
    assert [(m.number, m.to_version, m.note) for m in store.moves()] == [
        (1, one, ""),
        (2, two, ""),
        (3, two, "again"),
    ]


def test_a_pointer_from_before_moves_were_kept_becomes_the_first_of_them(
    store: ModelStore, store_settings: Settings, tmp_path: Path
) -> None:
    one, two = (publish(store, tmp_path / name, name) for name in ("one", "two"))
    store.promote(one, expected_live=None)
    raw = open_store(store_settings.model_store_uri, store_settings)
    data, etag = raw.read("live.json")
    old = {k: v for k, v in json.loads(data).items() if k not in ("by", "move")}
    raw.write_if("live.json", json.dumps(old).encode(), expected_etag=etag)
    raw.delete("moves/00000001.json")
    store.promote(two, expected_live=one)
    assert [(move.number, move.to_version) for move in store.moves()] == [(0, one), (1, two)]


def test_a_pull_replaces_an_older_model_and_leaves_the_same_one(
    store: ModelStore, tmp_path: Path
) -> None:
    one = publish(store, tmp_path / "one", "one")
    two = publish(store, tmp_path / "two", "two")
    store.promote(one, expected_live=None)
    target = tmp_path / "serving"
    store.pull(target)
    inode = target.stat().st_ino
    store.pull(target)
    assert target.stat().st_ino == inode
    store.promote(two, expected_live=one)
    store.pull(target)
    assert (target / "model.safetensors").read_text() == "two"
    assert store.pull(tmp_path / "old", one) == one
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_promotion_over_another_live_model_than_the_judged_one_is_refused(
    store: ModelStore, tmp_path: Path
) -> None:
    one = publish(store, tmp_path / "one", "one")
    two = publish(store, tmp_path / "two", "two")
    store.promote(one, expected_live=None)
    with pytest.raises(PointerConflict):
        store.promote(two, expected_live=None)
    assert store.live().version_id == one


def test_of_two_writers_of_the_pointer_one_loses(
    store: ModelStore, store_settings: Settings, tmp_path: Path
) -> None:
    store.promote(publish(store, tmp_path / "one", "one"), expected_live=None)
    raw = open_store(store_settings.model_store_uri, store_settings)
    data, etag = raw.read("live.json")
    raw.write_if("live.json", data + b" ", expected_etag=etag)
    with pytest.raises(PointerConflict):
        raw.write_if("live.json", data, expected_etag=etag)
    with pytest.raises(PointerConflict):
        raw.write_if("live.json", data, expected_etag=None)


def test_tampered_bytes_are_never_pulled(
    store: ModelStore, store_settings: Settings, tmp_path: Path
) -> None:
    version_id = publish(store, tmp_path / "one", "one")
    store.promote(version_id, expected_live=None)
    raw = open_store(store_settings.model_store_uri, store_settings)
    (tmp_path / "evil").write_text("two")
    raw.upload(tmp_path / "evil", f"versions/{version_id}/files/model.safetensors")
    with pytest.raises(DamagedObject):
        store.pull(tmp_path / "pulled")
    assert not (tmp_path / "pulled").exists()


def test_a_tampered_manifest_is_noticed_through_the_pointer(
    store: ModelStore, store_settings: Settings, tmp_path: Path
) -> None:
    version_id = publish(store, tmp_path / "one", "one")
    store.promote(version_id, expected_live=None)
    raw = open_store(store_settings.model_store_uri, store_settings)
    key = f"versions/{version_id}/manifest.json"
    data, etag = raw.read(key)
    raw.write_if(key, data.replace(b'"base"', b'"evil"'), expected_etag=etag)
    with pytest.raises(DamagedObject):
        store.pull(tmp_path / "pulled")


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", "a/../../b"])
def test_a_manifest_that_points_outside_its_folder_is_refused(
    store: ModelStore, store_settings: Settings, tmp_path: Path, path: str
) -> None:
    version_id = publish(store, tmp_path / "one", "one")
    raw = open_store(store_settings.model_store_uri, store_settings)
    key = f"versions/{version_id}/manifest.json"
    data, etag = raw.read(key)
    manifest = json.loads(data)
    manifest["files"][0]["path"] = path
    raw.write_if(key, json.dumps(manifest).encode(), expected_etag=etag)
    with pytest.raises(DamagedObject):
        store.pull(tmp_path / "pulled", version_id)


def test_a_version_without_manifest_does_not_exist(
    store: ModelStore, store_settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "half").write_text("half")
    raw = open_store(store_settings.model_store_uri, store_settings)
    raw.upload(tmp_path / "half", "versions/m-half/files/model.safetensors")
    assert store.versions() == []
    with pytest.raises(ObjectNotFound):
        store.promote("m-half", expected_live=None)


def test_a_checkpoint_changed_after_training_is_not_published(
    store: ModelStore, tmp_path: Path
) -> None:
    trained = checkpoint(tmp_path / "one", "one")
    (tmp_path / "one" / "model.safetensors").write_text("changed")
    with pytest.raises(StorageError, match=r"model\.safetensors"):
        store.publish(tmp_path / "one", trained)
    assert store.versions() == []


def test_a_folder_that_holds_no_model_is_not_replaced(store: ModelStore, tmp_path: Path) -> None:
    store.promote(publish(store, tmp_path / "one", "one"), expected_live=None)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("precious")
    with pytest.raises(StorageError):
        store.pull(tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.doc").read_text() == "precious"


def test_a_discarded_version_is_gone_and_can_be_published_again(
    store: ModelStore, store_settings: Settings, tmp_path: Path
) -> None:
    version_id = publish(store, tmp_path / "one", "one")
    for _ in range(2):
        assert store.discard(version_id)
        raw = open_store(store_settings.model_store_uri, store_settings)
        assert (store.versions(), raw.list_objects()) == ([], [])
        with pytest.raises(ObjectNotFound):
            store.pull(tmp_path / "pulled", version_id)
    assert publish(store, tmp_path / "one", "one") == version_id
    assert store.pull(tmp_path / "pulled", version_id) == version_id


def test_what_is_live_or_was_before_is_not_discarded(store: ModelStore, tmp_path: Path) -> None:
    one, two, three = (publish(store, tmp_path / name, name) for name in ("one", "two", "three"))
    store.promote(one, expected_live=None)
    store.promote(two, expected_live=one)
    assert [store.discard(version_id) for version_id in (one, two, three)] == [False, False, True]
    assert sorted(store.versions()) == sorted([one, two])


def test_a_half_discarded_version_does_not_exist_and_is_finished_off(
    store: ModelStore, store_settings: Settings, tmp_path: Path
) -> None:
    one, two = publish(store, tmp_path / "one", "one"), publish(store, tmp_path / "two", "two")
    raw = open_store(store_settings.model_store_uri, store_settings)
    raw.delete(f"versions/{one}/manifest.json")  # as if it had died after the first deletion
    assert store.versions() == [two]
    assert store.discard(one)
    assert {item.key.split("/")[1] for item in raw.list_objects()} == {two}


def test_a_manifest_carries_what_was_measured(store: ModelStore, tmp_path: Path) -> None:
    trained = checkpoint(tmp_path / "one", "one", profile=profile(), licence="mit")
    manifest = store.manifest(store.publish(tmp_path / "one", trained))
    assert (manifest.profile, manifest.licence) == (profile(), "mit")


def test_a_manifest_from_before_the_measures_still_loads(
    store: ModelStore, store_settings: Settings, tmp_path: Path
) -> None:
    version_id = publish(store, tmp_path / "one", "one")
    raw = open_store(store_settings.model_store_uri, store_settings)
    key = f"versions/{version_id}/manifest.json"
    data, etag = raw.read(key)
    old = json.loads(data)
    for name in ("licence", "generation", "comparison", "profile"):
        del old[name]
    raw.write_if(key, json.dumps(old).encode(), expected_etag=etag)
    assert store.manifest(version_id).profile is None
    assert store.pull(tmp_path / "pulled", version_id) == version_id
