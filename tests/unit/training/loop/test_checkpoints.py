import json
import logging
import os
from pathlib import Path

import pytest

from cs_pipeline.errors import StorageError
from cs_pipeline.storage import FolderStore, open_store
from cs_pipeline.training.loop.checkpoints import Checkpoints


class Job:
    """A job that saves checkpoints with one file and a nested one."""

    def __init__(self, folder, store=None, *, job="job", run="run"):
        self.folder = folder
        self.checkpoints = Checkpoints(folder, run=run, job=job, store=store)

    def save(self, step, text="weights"):
        made = self.checkpoints.unfinished / "made"
        (made / "parts").mkdir(parents=True)
        (made / "weights").write_text(f"{text} {step}")
        (made / "parts" / "one").write_text("part")
        self.checkpoints.keep(made, step)
        return self

    def again(self, **changes):
        """The same job after a restart."""
        return Job(self.folder, **changes).checkpoints.latest()


@pytest.fixture
def store(tmp_path):
    return FolderStore(tmp_path / "store")


def visible(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_without_any_there_is_none(tmp_path):
    assert Job(tmp_path / "resume").checkpoints.latest() is None
    assert not (tmp_path / "resume").exists()


def test_only_the_newest_stays(tmp_path):
    job = Job(tmp_path).save(2).save(9).save(10)
    assert visible(tmp_path) == ["step-0000000010"]
    found = job.again()
    assert (found.step, found.folder.name) == (10, "step-0000000010")
    assert (found.folder / "weights").read_text() == "weights 10"
    assert (found.folder / "parts" / "one").read_text() == "part"


def test_a_step_can_be_saved_twice(tmp_path):
    job = Job(tmp_path).save(3, "old").save(3, "new")
    assert (job.again().folder / "weights").read_text() == "new 3"


def test_unfinished_one_is_removed(tmp_path):
    job = Job(tmp_path).save(1)
    torn = job.checkpoints.unfinished / "checkpoint-2"
    torn.mkdir(parents=True)
    assert job.again().step == 1
    assert not job.checkpoints.unfinished.exists()


def change_byte(folder):
    (folder / "weights").write_text("Weights 5")


def lose_file(folder):
    (folder / "parts" / "one").unlink()


def lose_manifest(folder):
    (folder / "manifest.json").unlink()


def tear_manifest(folder):
    path = folder / "manifest.json"
    path.write_bytes(path.read_bytes()[:20])


def list_for_manifest(folder):
    (folder / "manifest.json").write_text("[]")


def no_files(folder):
    (folder / "manifest.json").write_text('{"job": "job", "step": 5}')


DAMAGES = [change_byte, lose_file, lose_manifest, tear_manifest, list_for_manifest, no_files]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_newest_is_skipped_for_the_one_before(tmp_path, damage, caplog):
    job = Job(tmp_path / "a").save(5)
    Job(tmp_path / "b").save(4)
    (tmp_path / "b" / "step-0000000004").rename(tmp_path / "a" / "step-0000000004")
    damage(tmp_path / "a" / "step-0000000005")
    found = job.again()
    assert (found.step, (found.folder / "weights").read_text()) == (4, "weights 4")
    assert "step-0000000005" in caplog.text
    assert visible(tmp_path / "a") == ["step-0000000004"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_only_one_is_none(tmp_path, damage):
    job = Job(tmp_path).save(5)
    damage(tmp_path / "step-0000000005")
    assert job.again() is None
    assert visible(tmp_path) == []


def test_another_jobs_checkpoint_is_not_used(tmp_path, caplog):
    caplog.set_level(logging.INFO, logger="cs_pipeline.training")
    job = Job(tmp_path).save(5)
    assert job.again(job="another") is None
    assert "anew" in caplog.text
    assert job.again() is None, "it was removed"


def test_failed_save_leaves_the_one_before(tmp_path, monkeypatch):
    job = Job(tmp_path).save(1)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("cs_pipeline.training.loop.checkpoints.write_atomic", full)
        with pytest.raises(OSError, match="No space"):
            job.save(2)
    job.checkpoints.discard_unfinished()
    assert job.again().step == 1


def test_manifest_is_written_after_every_file_is_on_disk(tmp_path, monkeypatch):
    flushed = []
    original = os.fsync
    monkeypatch.setattr(
        os,
        "fsync",
        lambda handle: (
            flushed.append(str(Path(f"/proc/self/fd/{handle}").readlink())),
            original(handle),
        ),
    )
    Job(tmp_path).save(1)
    names = [path.rpartition("/")[2] for path in flushed]
    manifest = next(index for index, name in enumerate(names) if name.endswith(".tmp"))
    assert {"one", "weights"} <= set(names[:manifest])
    assert flushed[-1] == str(tmp_path)


def test_removed_when_the_run_is_done(tmp_path, store):
    job = Job(tmp_path / "resume", store).save(1)
    assert store.list_objects()
    job.checkpoints.remove()
    assert not (tmp_path / "resume").exists()
    assert store.list_objects() == []
    job.checkpoints.remove()


def test_the_store_holds_the_newest_only_and_gives_it_back(tmp_path, store):
    Job(tmp_path / "here", store).save(1).save(2)
    assert {key.key.split("/")[1] for key in store.list_objects()} == {"step-0000000002"}
    found = Job(tmp_path / "there").again(store=store)
    assert found.step == 2
    assert (found.folder / "parts" / "one").read_text() == "part"


def test_the_disk_goes_before_the_store(tmp_path, store):
    Job(tmp_path / "a", store).save(2)
    job = Job(tmp_path / "b").save(7)
    assert job.again(store=store).step == 7


@pytest.mark.parametrize("lost", ["weights", "manifest.json"])
def test_what_is_not_whole_in_the_store_is_not_used(tmp_path, store, lost):
    Job(tmp_path / "a", store).save(2)
    store.delete(f"run/step-0000000002/{lost}")
    assert Job(tmp_path / "b").again(store=store) is None
    assert visible(tmp_path / "b") == [] if (tmp_path / "b").exists() else True


def test_changed_object_in_the_store_is_not_used(tmp_path, store):
    Job(tmp_path / "a", store).save(2)
    (tmp_path / "false").write_text("weights 3")
    store.upload(tmp_path / "false", "run/step-0000000002/weights")
    assert Job(tmp_path / "b").again(store=store) is None


def test_manifest_that_points_outside_is_not_followed(tmp_path, store):
    outside = tmp_path / "secret"
    outside.write_text("secret")
    manifest = {"job": "job", "step": 2, "files": {"../../secret": "0" * 64}}
    (tmp_path / "manifest").write_text(json.dumps(manifest))
    store.upload(tmp_path / "manifest", "run/step-0000000002/manifest.json")
    assert Job(tmp_path / "b").again(store=store) is None
    assert outside.read_text() == "secret"


def test_runs_share_a_store(tmp_path, store):
    Job(tmp_path / "a", store, run="a", job="a").save(2)
    b = Job(tmp_path / "b", store, run="b", job="b").save(3)
    b.checkpoints.remove()
    assert Job(tmp_path / "c", store, run="a", job="a").checkpoints.latest().step == 2


def test_changed_recipe_does_not_take_the_stores_either(tmp_path, store):
    Job(tmp_path / "a", store).save(2)
    assert Job(tmp_path / "b").again(store=store, job="another") is None


class Unreachable(FolderStore):
    def upload(self, source, key):
        raise StorageError(ko="저장소", en="the store is away")


def test_store_that_cannot_be_written_to_costs_a_warning(tmp_path, caplog):
    job = Job(tmp_path / "a", Unreachable(tmp_path / "store")).save(2)
    assert "step-0000000002" in caplog.text
    assert job.again().step == 2


def test_failed_upload_leaves_the_stores_one_before(tmp_path, store, monkeypatch):
    job = Job(tmp_path / "a", store).save(1)
    upload = FolderStore.upload

    def fail_late(self, source, key):
        if "manifest" in key:
            raise StorageError(ko="저장소", en="the store is away")
        upload(self, source, key)

    with monkeypatch.context() as patched:
        patched.setattr(FolderStore, "upload", fail_late)
        job.save(2)
    assert Job(tmp_path / "b").again(store=store).step == 1


def test_s3(tmp_path, s3_settings):
    store = open_store(f"{s3_settings.model_store}/resume", s3_settings)
    Job(tmp_path / "a", store).save(1).save(2)
    found = Job(tmp_path / "b").again(store=store)
    assert (found.step, (found.folder / "weights").read_text()) == (2, "weights 2")
    Job(tmp_path / "a", store).checkpoints.remove()
    assert store.list_objects() == []
