"""A run is killed before, inside or after any step; the next run ends where one run would have.

Each crash is a child process that ends in `os._exit` at one call of one function, without any
clean-up. Then comes a rerun, of the same run id (as Airflow retries) or of a new one.
"""

import multiprocessing
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.files import private_salt, sha256_file
from cs_pipeline.records import RunRecord
from cs_pipeline.stages import upload
from tests.installation import QUICK, Installation

KILLED = 137
RUN, ANOTHER_RUN = "run-1", "run-2"


@dataclass(frozen=True)
class Crash:
    """The process ends `before` or `after` the `call`-th call of `function` of `place`."""

    when: Literal["before", "after"]
    place: str
    function: str
    call: int = 1

    def __str__(self) -> str:
        place = self.place.removeprefix("cs_pipeline.").replace(":", ".")
        return f"{self.when} call {self.call} of {place}.{self.function}"

    def install(self) -> None:
        module, _, name = self.place.partition(":")
        owner = getattr(import_module(module), name) if name else import_module(module)
        original, calls = getattr(owner, self.function), iter(range(1, 1000))

        def dying(*args: Any, **kwargs: Any) -> Any:
            is_last = next(calls) == self.call
            if is_last and self.when == "before":
                os._exit(KILLED)
            result = original(*args, **kwargs)
            if is_last:
                os._exit(KILLED)
            return result

        setattr(owner, self.function, dying)


STAGES, STORE = "cs_pipeline.stages", "cs_pipeline.registry.model_store:ModelStore"
INBOX, CLAIM = "cs_pipeline.intake.inbox.inbox", "cs_pipeline.intake.inbox.processing"
QUARANTINE, LEDGER = "cs_pipeline.quality.quarantine", "cs_pipeline.intake.inbox.ledger"
MERGE, VERSIONS = "cs_pipeline.dataset.merge", "cs_pipeline.dataset.versions"
TRAIN, RUNS = "cs_pipeline.training.fine_tune", "cs_pipeline.registry.runs"

DATA_CRASHES = [
    Crash("before", INBOX, "move_file"),
    Crash("after", INBOX, "move_file"),
    Crash("before", CLAIM, "_hashed"),
    Crash("after", STAGES, "collect"),
    Crash("before", f"{QUARANTINE}:Quarantine", "keep_export"),
    Crash("before", QUARANTINE, "move_file"),
    Crash("after", QUARANTINE, "move_file"),
    Crash("before", QUARANTINE, "write_refused_rows"),
    Crash("after", STAGES, "validate", call=3),
    Crash("before", "pyarrow.parquet", "write_table"),
    Crash("after", "pyarrow.parquet", "write_table"),
    Crash("after", STAGES, "mask", call=1),
    Crash("after", STAGES, "mask", call=2),
    Crash("before", MERGE, "assemble"),
    Crash("after", MERGE, "assemble"),
    Crash("before", f"{VERSIONS}:Versions", "switch_to"),
    Crash("after", VERSIONS, "point_symlink", call=1),
    Crash("after", VERSIONS, "point_symlink", call=2),
    Crash("after", f"{VERSIONS}:Versions", "switch_to"),
    Crash("before", LEDGER, "write_atomic", call=1),
    Crash("after", LEDGER, "write_atomic", call=1),
    Crash("after", LEDGER, "move_file", call=1),
    Crash("after", f"{LEDGER}:Ledger", "enter", call=2),
    Crash("after", STAGES, "merge"),
]
MODEL_CRASHES = [
    Crash("before", TRAIN, "appraise"),
    Crash("before", TRAIN, "write_atomic"),
    Crash("after", STAGES, "train"),
    Crash("after", RUNS, "write_atomic", call=1),
    Crash("after", RUNS, "write_atomic", call=2),
    Crash("after", STAGES, "gate"),
    Crash("before", "cs_pipeline.storage:FolderStore", "upload", call=2),
    Crash("after", STORE, "_upload"),
    Crash("before", STORE, "promote"),
    Crash("after", STORE, "promote"),
    Crash("before", f"{RUNS}:Runs", "save"),
    Crash("after", f"{RUNS}:Runs", "save"),
]


def data_steps(installation: Installation, run_id: str) -> None:
    """Everything up to the dataset, as the stages are called one after the other."""
    opened = stages.Installation(installation.settings)
    exports = stages.collect(opened, run_id=run_id)
    reports = [stages.validate(opened, export) for export in exports or []]
    shards = [stages.mask(opened, one.export) for one in reports if not one.quarantined]
    if shards or exports == []:
        stages.merge(opened, run_id=run_id, shards=shards)


def whole_way(installation: Installation, run_id: str) -> None:
    import torch

    torch.set_num_threads(1)
    run(installation, run_id)


def run(installation: Installation, run_id: str) -> RunRecord:
    """The whole way; the uploaded model is tried in this process, which saves seconds a run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upload, "_try_in_fresh_process", upload.check_model)
        return installation.run(run_id)


def crashing(steps: Any, installation: Installation, run_id: str, crash: Crash) -> None:
    crash.install()
    steps(installation, run_id)


def kill(steps: Any, installation: Installation, crash: Crash) -> None:
    """Run `steps` in a process of its own that dies at `crash`."""
    processes = multiprocessing.get_context("forkserver")
    child = processes.Process(target=crashing, args=(steps, installation, RUN, crash))
    child.start()
    child.join(timeout=120)
    assert child.exitcode == KILLED, f"the child did not come to {crash}: {child.exitcode}"


@pytest.fixture(scope="module", autouse=True)
def _heavy_libraries_loaded_once() -> None:
    """Children are forked from a server that has imported everything already."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(
        [
            "cs_pipeline.training.loop.trainer",
            "great_expectations.expectations",
            "openpyxl",
            "pandas",
        ]
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path) -> Installation:
    """One installation for all tests here: what lies in it is put back before each."""
    root = tmp_path_factory.mktemp("faults")
    settings = Settings.load(
        data_dir=root / "data-train", work_dir=root / "var", settle_seconds=0, **QUICK
    )
    return Installation(settings, tiny_base)


class Snapshot:
    """A copy of an installation's folders that can be put back."""

    def __init__(self, installation: Installation, copy: Path) -> None:
        self._settings, self._copy = installation.settings, copy
        for folder in self._folders():
            shutil.copytree(folder, copy / folder.name, symlinks=True)

    def _folders(self) -> Iterator[Path]:
        yield from (self._settings.data_dir, self._settings.work_dir)

    def restore(self) -> None:
        for folder in self._folders():
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(self._copy / folder.name, folder, symlinks=True)


@pytest.fixture(scope="module")
def dropped(place: Installation, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Two good exports, one of them with refused rows, and a bad file wait in the inbox.

    The installation has its salt, so that the same export gives the same shard in every test.
    """
    private_salt(place.settings.processed_dir)
    place.drop("april.xlsx", rows=130, seed=3)
    place.drop("march.xlsx", rows=60, seed=4, layout="turns")
    place.drop_bytes("bad.xlsx", b"no workbook")
    return Snapshot(place, tmp_path_factory.mktemp("dropped"))


@pytest.fixture(scope="module")
def merged(
    place: Installation, dropped: Snapshot, tmp_path_factory: pytest.TempPathFactory
) -> Snapshot:
    """The same, with the dataset made and no training yet."""
    dropped.restore()
    data_steps(place, RUN)
    return Snapshot(place, tmp_path_factory.mktemp("merged"))


def data_state(settings: Settings) -> dict[str, Any]:
    """What must be the same with and without a crash; names of runs and times may differ."""
    head = stages.Installation(settings).versions.current()
    return {
        "dataset": head and (head.version_id, head.sha256, head.shards),
        "csvs": {
            name: (settings.data_dir / name).read_bytes() for name in ("train.csv", "val.csv")
        },
        "versions": sorted(path.name for path in settings.datasets_dir.glob("[!.]*")),
        "ledger": sorted(
            (entry.sha256, entry.name, entry.rows)
            for entry in stages.Installation(settings).ledger.entries()
        ),
        "processed": {
            path.relative_to(settings.processed_dir).as_posix(): sha256_file(path)
            for path in settings.processed_dir.rglob("*.xlsx")
        },
        "shards": {path.name: sha256_file(path) for path in settings.shards_dir.glob("*.parquet")},
        "quarantine": sorted(path.name for path in settings.quarantine_dir.glob("[!.]*")),
        "inbox": sorted(Path(settings.inbox_uri).glob("[!.]*")),
        "processing": list(settings.processing_dir.rglob("*")),
        "unfinished datasets": list(settings.datasets_dir.glob(".building-*")),
    }


def model_state(installation: Installation) -> dict[str, Any]:
    live = installation.live()
    assert live is not None
    manifest = installation.store.manifest(live.version_id)
    return {
        "live dataset": (manifest.dataset_version, manifest.dataset_sha256),
        "previous": live.previous_version_id,
        "weights": {file.path: file.sha256 for file in manifest.files},
        "next run": run(installation, "run-after").status,
    }


@pytest.fixture(scope="module")
def undisturbed_data(place: Installation, merged: Snapshot) -> dict[str, Any]:
    merged.restore()
    return data_state(place.settings)


@pytest.fixture(scope="module")
def undisturbed_model(place: Installation, merged: Snapshot) -> dict[str, Any]:
    merged.restore()
    whole_way(place, RUN)
    return model_state(place)


def test_the_undisturbed_run_did_everything(undisturbed_data, undisturbed_model):
    assert len(undisturbed_data["shards"]) == len(undisturbed_data["ledger"]) == 2
    assert len(undisturbed_data["processed"]) == 2
    names = " ".join(undisturbed_data["quarantine"])
    assert "bad-" in names
    assert ".reason.json" in names
    assert "april-" in names
    assert "-refused.xlsx" in names
    left = ("inbox", "processing", "unfinished datasets")
    assert [undisturbed_data[name] for name in left] == [[], [], []]
    assert undisturbed_data["versions"][0].startswith("current")
    assert undisturbed_model["next run"] == "nothing_to_do"
    assert undisturbed_model["live dataset"] == undisturbed_data["dataset"][:2]


@pytest.mark.parametrize("crash", DATA_CRASHES, ids=str)
def test_no_data_is_lost_or_doubled(place, dropped, undisturbed_data, tmp_path, crash):
    dropped.restore()
    kill(data_steps, place, crash)
    crashed = Snapshot(place, tmp_path / "crashed")
    for rerun in (RUN, ANOTHER_RUN):
        crashed.restore()
        data_steps(place, rerun)
        assert data_state(place.settings) == undisturbed_data, rerun


@pytest.mark.parametrize("crash", MODEL_CRASHES, ids=str)
def test_the_same_model_goes_live(
    place, merged, undisturbed_data, undisturbed_model, tmp_path, crash
):
    merged.restore()
    kill(whole_way, place, crash)
    crashed = Snapshot(place, tmp_path / "crashed")
    for rerun in (RUN, ANOTHER_RUN):
        crashed.restore()
        whole_way(place, rerun)
        assert model_state(place) == undisturbed_model, rerun
        assert data_state(place.settings) == undisturbed_data, rerun


@pytest.mark.parametrize(
    "crash",
    [Crash("after", STAGES, "collect"), Crash("after", f"{VERSIONS}:Versions", "switch_to")],
    ids=str,
)
def test_a_run_that_died_early_goes_all_the_way_the_next_time(
    place, dropped, undisturbed_data, undisturbed_model, crash
):
    dropped.restore()
    kill(whole_way, place, crash)
    whole_way(place, ANOTHER_RUN)
    assert model_state(place) == undisturbed_model
    assert data_state(place.settings) == undisturbed_data


def test_an_export_that_comes_after_the_crash_is_trained_on_with_the_rest(place, dropped):
    dropped.restore()
    kill(whole_way, place, Crash("before", f"{VERSIONS}:Versions", "switch_to"))
    place.drop("may.xlsx", rows=60, seed=5)
    record = run(place, ANOTHER_RUN)
    assert record.status == "promoted"
    assert record.dataset.shards == 3
    assert len(stages.Installation(place.settings).ledger.entries()) == 3
    assert stages.Installation(place.settings).versions.current().sha256 == record.dataset.sha256
