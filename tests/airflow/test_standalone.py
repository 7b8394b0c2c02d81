"""The whole way in a real Airflow: scheduler, triggerer, API server and local executor.

One Airflow serves all scenarios, in the order in which they stand: each starts where the one
before ended, as days at a call centre do.
"""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any, Literal

import psutil
import pyarrow.parquet as pq
import pytest
from hostile_drop import LOCK_FILE, PASSWORD, SUBFOLDER, HostileDrop
from openpyxl import Workbook

from cs_airflow.wording import trainer_ended
from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.files import sha256_file
from cs_pipeline.records import RunRecord
from cs_pipeline.samples.conversations import draw_conversations
from cs_pipeline.samples.workbook import write_sample_export
from cs_pipeline.training.models.tiny_base import make_base
from standalone import StandaloneAirflow, free_port
from tests.installation import QUICK
from tests.unit.intake import workbooks

pytestmark = pytest.mark.standalone

# Fictitious values that are planted in every export below and must never be seen again.
CANARIES = ("010-7391-4826", "880713-1938475", "4539-1488-0343-6467", "kanari.vogel@example.com")


class Site:
    """A call centre's machine: an installation, its Airflow, and a person who drops files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        environment = {
            "CS_PIPELINE_DATA_DIR": str(root / "data-train"),
            "CS_PIPELINE_WORK_DIR": str(root / "var"),
            "CS_PIPELINE_BASE_MODEL": str(root / "base-model"),
            "CS_PIPELINE_EPOCHS": "1",
            "CS_PIPELINE_LEARNING_RATE": "0.005",
            **{f"CS_PIPELINE_{name}".upper(): str(value) for name, value in QUICK.items()},
            "CS_PIPELINE_MAX_EVAL_LOSS": "20",
            "CS_PIPELINE_MIN_IMPROVEMENT": "-20",
            "CS_PIPELINE_SETTLE_SECONDS": "1",
            "CS_PIPELINE_POLL_SECONDS": "1",
            "CS_PIPELINE_RETRAIN_CRON": "0 3 29 2 *",  # no run by the clock among the scenarios
            "CS_PIPELINE_LANG": "en",
            "CS_PIPELINE_EXPORT_PASSWORDS": json.dumps([PASSWORD]),
            "OMP_NUM_THREADS": "2",
            "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": "2",
        }
        self.settings = Settings.load(
            data_dir=root / "data-train", work_dir=root / "var", settle_seconds=1
        )
        self.airflow = StandaloneAirflow(root / "airflow", environment, port=free_port(18080))
        self.followed: set[str] = set()

    @property
    def inbox(self) -> Path:
        return Path(self.settings.inbox_uri)

    def make_export(self, seed: int, rows: int = 150) -> Path:
        """A sample export, made once: a workbook carries the time when it was saved."""
        path = self.root / f"export-{seed}.xlsx"
        if not path.exists():
            layout: Literal["qa", "turns"] = "qa" if seed % 2 else "turns"
            write_sample_export(path, rows=rows, seed=seed, layout=layout)
        return path

    def make_canary_export(self) -> Path:
        path = self.root / f"상담 {CANARIES[0]}.xlsx"
        workbook = Workbook()
        sheet = workbook.active
        sheet.title = f"김 {CANARIES[0]}"
        sheet.append(["문의", "답변"])
        for index, value in enumerate(CANARIES):
            sheet.append(
                [f"제 정보는 {value}이에요. {index}번 문의입니다.", "확인해 드리겠습니다."]
            )
            sheet.append([f"{index}번째 상품은 언제 오나요?", f"{value}로 안내해 드릴게요."])
            sheet.append([f"빈 답변 {value}", ""])
        workbook.save(path)
        return path

    def drop(self, path: Path) -> str:
        """Copy a file into the inbox, as a person does; returns the sha256 of its bytes."""
        shutil.copyfile(path, self.inbox / path.name)
        return sha256_file(path)

    def next_run(self, seconds: float = 120) -> str:
        """The id of the next run that no scenario has followed yet."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for run in self.airflow.runs():
                if run["dag_run_id"] not in self.followed:
                    self.followed.add(run["dag_run_id"])
                    return str(run["dag_run_id"])
            time.sleep(0.5)
        raise TimeoutError("no run was started")

    def finish(self, run_id: str) -> tuple[dict[str, Any], RunRecord]:
        """Wait for the end of a run; returns it and its record."""
        self.followed.add(run_id)
        run = self.airflow.wait_for_run(run_id, 600)
        record = stages.Installation(self.settings).runs.read(run_id)
        assert record is not None, self.states(run_id)
        return run, record

    def settle(self) -> None:
        """Wait until nothing is pending and every run has ended."""
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline:
            busy = [run for run in self.airflow.runs() if run["state"] in {"queued", "running"}]
            if not busy and not list(self.inbox.iterdir()):
                self.followed |= {run["dag_run_id"] for run in self.airflow.runs()}
                return
            time.sleep(1)
        raise TimeoutError("the runs did not end")

    def states(self, run_id: str) -> dict[str, list[str]]:
        """Task id -> states of its instances."""
        states: dict[str, list[str]] = {}
        for task in self.airflow.task_instances(run_id):
            states.setdefault(task["task_id"], []).append(task["state"])
        return states

    def pause(self, paused: bool) -> None:
        """Let no run of the DAG begin or go on, or let them again."""
        self.airflow.patch("dags/cs_retrain", {"is_paused": paused})

    def processes(self) -> list[int]:
        """Process ids of Airflow's components and of the executor's workers."""
        names = ("scheduler", "dag-processor", "triggerer")
        scheduler, *others = (self.airflow.component_pid(name) for name in names)
        workers = [child.pid for child in psutil.Process(scheduler).children()]
        return sorted([scheduler, *others, *workers])

    def trained_on(self) -> set[str]:
        """The sha256s of all exports in the dataset."""
        head = stages.Installation(self.settings).versions.current()
        return {shard.export_sha256 for shard in head.shards} if head else set()

    def live(self) -> str | None:
        pointer = stages.Installation(self.settings).models.live()
        return pointer.version_id if pointer else None


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    texts = [
        " ".join(part.text for part in side)
        for conversation in draw_conversations(Random(1), 300)
        for exchange in conversation
        for side in (exchange.question, exchange.answer)
    ]
    make_base(texts, site.root / "base-model", vocab_size=2816, width=64, positions=512)
    site.inbox.mkdir(parents=True)
    with site.airflow:
        yield site
    assert not orphans(site.root), "stopping Airflow left processes behind"


def orphans(root: Path) -> list[list[str]]:
    """Command lines of processes that still belong to the installation in `root`."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("AIRFLOW_HOME", "").startswith(str(root)):
                found.append(process.cmdline())
        except psutil.Error:
            continue
    return found


def listening(pid: int) -> set[tuple[str, int]]:
    """Addresses and ports on which a process and those that it started listen."""
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return {
        (connection.laddr.ip, connection.laddr.port)
        for process in family
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }


def test_nothing_but_the_api_listens_and_to_this_machine_alone(site: Site) -> None:
    leader = psutil.Process(site.airflow.component_pid("scheduler")).ppid()
    assert listening(leader) == {("127.0.0.1", site.airflow.port)}
    assert site.airflow.home.stat().st_mode & 0o777 == 0o700, "the admin's password lies there"


def test_a_dropped_export_ends_in_a_promoted_model(site: Site) -> None:
    dropped_at = time.time()
    sha256 = site.drop(site.make_export(1))
    run_id = site.next_run()
    run, record = site.finish(run_id)
    started_at = site.airflow.get(f"dags/cs_retrain/dagRuns/{run_id}")["start_date"]
    print(f"file drop {dropped_at:.0f}, run start {started_at}")
    assert run["run_type"] == "asset_triggered"
    assert run["state"] == "success"
    assert record.status == "promoted"
    assert record.model is not None
    assert site.live() == record.model.version_id
    assert [entry.sha256 for entry in stages.Installation(site.settings).ledger.entries()] == [
        sha256
    ]
    states = site.states(run_id)
    assert states["promote"] == states["record"] == ["success"]
    assert states["reject"] == states["hold"] == ["skipped"]


def test_the_run_shows_what_it_made(site: Site) -> None:
    events = site.airflow.get("assets/events", limit=100)["asset_events"]
    made = {event["name"]: event["extra"] for event in events}
    assert made["cs_live_model"]["version_id"] == site.live()
    assert made["cs_live_model"]["loss_nats_per_token"] > 0
    assert made["cs_dataset"]["train_rows"] > 0
    (mapped,) = [
        task
        for task in site.airflow.task_instances(site.airflow.runs()[0]["dag_run_id"])
        if task["task_id"] == "intake.validate"
    ]
    assert mapped["rendered_map_index"] == "export-1.xlsx"


def test_the_same_file_again_changes_nothing(site: Site) -> None:
    live, dataset = site.live(), stages.Installation(site.settings).versions.current()
    site.drop(site.make_export(1))
    run_id = site.next_run()
    run, record = site.finish(run_id)
    assert run["state"] == "success"
    assert record.status == "nothing_to_do"
    assert site.states(run_id)["collect"] == ["skipped"]
    assert site.live() == live
    assert stages.Installation(site.settings).versions.current() == dataset
    assert not list(site.inbox.iterdir())


def test_files_dropped_during_a_run_are_all_trained_on(site: Site) -> None:
    run_id = site.airflow.trigger(force=True, note="while files come")
    site.followed.add(run_id)
    wait_until(lambda: site.states(run_id).get("collect") == ["success"])
    dropped = {site.drop(site.make_export(seed)) for seed in (2, 3, 4)}
    site.finish(run_id)
    site.settle()
    head = stages.Installation(site.settings).versions.current()
    assert head is not None
    assert dropped <= {shard.export_sha256 for shard in head.shards}
    pointer = stages.Installation(site.settings).models.live_version()
    assert pointer is not None
    assert pointer.dataset_version == head.version_id


def test_hostile_files_are_refused_each_for_its_own_reason_and_harm_nothing(
    site: Site, tmp_path: Path
) -> None:
    drop = HostileDrop(tmp_path / "drop")
    processes, before = site.processes(), site.trained_on()
    site.pause(True)  # one run is to find everything, and an empty file settles for 10 seconds
    drop.into(site.inbox)
    wait_until(
        lambda: (
            len(stages.Installation(site.settings).inbox.pending())
            == len(drop.reasons) + len(drop.good)
        )
    )
    time.sleep(3)  # the watcher has seen them, too, while no run is made of what it says
    run_id = site.airflow.trigger()
    site.pause(False)
    run, record = site.finish(run_id)

    assert run["state"] == "success"
    assert record.status == "promoted"
    assert site.trained_on() - before == drop.good
    refused = {report.export.name: report.quarantined for report in record.reports}
    assert {name: reason for name, reason in refused.items() if reason} == drop.reasons
    assert site.states(run_id)["intake.validate"].count("skipped") == len(drop.reasons)
    assert_told_and_kept(site.settings.quarantine_dir, drop)
    assert {path.name for path in site.inbox.iterdir()} == {LOCK_FILE, SUBFOLDER}
    assert (site.inbox / SUBFOLDER / "3월.xlsx").exists()
    assert site.processes() == processes
    assert not readers(site)
    (site.inbox / LOCK_FILE).unlink()
    shutil.rmtree(site.inbox / SUBFOLDER)
    site.settle()


def assert_told_and_kept(quarantine: Path, drop: HostileDrop) -> None:
    """Each bad file lies there as it was dropped, with its own reason in both languages."""
    told = {path: json.loads(path.read_bytes()) for path in quarantine.glob("*.reason.json")}
    assert {reason["name"]: reason["reason"] for reason in told.values()} == drop.reasons
    for path, reason in told.items():
        name = reason["name"]
        assert name in reason["ko"]
        assert name in reason["en"]
        assert re.search("[가-힣]{2}.*요", reason["ko"].replace(name, ""))
        ours = re.sub(r"seen: .*?\. Columns", "", reason["en"].replace(name, ""))
        assert not re.search("[가-힣]", ours), "but for the file's own name and headings"
        place = path.with_name(path.name.removesuffix(".reason.json") + Path(name).suffix)
        if drop.is_folder(name):
            assert {item.name for item in place.iterdir()} == {"안의 파일.xlsx", "link"}
        else:
            assert sha256_file(place) == drop.sha256(name)


def test_a_rejected_candidate_is_no_failure_and_changes_nothing(site: Site) -> None:
    live = site.live()
    run, record = site.finish(site.airflow.trigger(force=True, max_eval_loss=0.001))
    states = site.states(run["dag_run_id"])
    assert run["state"] == "success"
    assert states["reject"] == ["success"]
    assert states["promote"] == states["hold"] == ["skipped"]
    assert record.status == "rejected"
    assert site.live() == live


def test_a_held_candidate_waits_for_a_person(site: Site) -> None:
    live = site.live()
    run, record = site.finish(site.airflow.trigger(force=True, auto_promote=False))
    assert site.states(run["dag_run_id"])["hold"] == ["success"]
    assert record.status == "held"
    assert site.live() == live
    command = [sys.executable, "-m", "cs_pipeline.cli", "promote", record.run_id, "--note", "fine"]
    subprocess.run(command, env=site.airflow.environment(), check=True)
    assert site.live() != live


def test_a_failing_trainer_is_a_red_run_with_a_record(site: Site) -> None:
    live = site.live()
    run, record = site.finish(site.airflow.trigger(force=True, base_model="/no/such/model"))
    states = site.states(run["dag_run_id"])
    assert run["state"] == "failed"
    assert states["train"] == ["failed"]
    assert states["gate"] == states["promote"] == ["upstream_failed"]
    assert states["record"] == ["success"]
    assert record.status == "failed"
    assert site.live() == live
    (train,) = [
        task
        for task in site.airflow.task_instances(run["dag_run_id"])
        if task["task_id"] == "train"
    ]
    assert train["try_number"] == 1
    log = task_log(site, run["dag_run_id"], "train", 1)
    assert "/no/such/model" in log
    sentence = trainer_ended(2).en
    assert sentence in log
    assert "Traceback" not in log.split(sentence)[0]


def test_a_killed_train_task_takes_its_trainer_with_it(site: Site) -> None:
    run_id = site.airflow.trigger(force=True, epochs=100)
    wait_until(lambda: trainers(site), seconds=90)
    wait_until(lambda: "loss" in task_log(site, run_id, "train", 1), seconds=60)
    path = f"dags/cs_retrain/dagRuns/{run_id}/taskInstances/train"
    site.airflow.patch(path, {"new_state": "failed"})
    wait_until(lambda: not trainers(site), seconds=60)
    run, record = site.finish(run_id)
    assert run["state"] == "failed"
    assert record.status == "failed"


def test_a_file_dropped_while_the_triggerer_is_dead_is_found_when_it_is_back(site: Site) -> None:
    site.settle()
    os.kill(site.airflow.component_pid("triggerer"), signal.SIGKILL)
    sha256 = site.drop(site.make_export(7))
    time.sleep(10)
    assert (site.inbox / "export-7.xlsx").exists()
    with (site.root / "triggerer.log").open("wb") as log:
        triggerer = subprocess.Popen(
            [Path(sys.executable).parent / "airflow", "triggerer"],
            env=site.airflow.environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _, record = site.finish(site.next_run(180))
        assert record.status == "promoted", record.verdict
        assert sha256 in {
            entry.sha256 for entry in stages.Installation(site.settings).ledger.entries()
        }
    finally:
        triggerer.send_signal(signal.SIGINT)
        triggerer.wait(30)


def test_planted_values_are_seen_nowhere_outside_the_restricted_folders(site: Site) -> None:
    """Last, over everything that all scenarios left: logs, XCom, shards, CSVs, models, reports."""
    site.drop(site.make_canary_export())
    time.sleep(2)  # no triggerer runs by now; a run by hand must not come before the file settled
    run_id = site.airflow.trigger()
    _, record = site.finish(run_id)
    site.settle()
    masked = {kind for shard in record.shards for kind in shard.entity_counts}
    assert masked >= {"PHONE", "RRN", "CARD", "EMAIL"}, "the canaries never went through"
    planted = [*CANARIES, workbooks.SECRET.split()[-1], PASSWORD]
    needles = [value.encode() for canary in planted for value in spellings(canary)]
    restricted = (site.settings.processed_dir, site.settings.quarantine_dir)
    searched = 0
    for path in site.root.rglob("*"):
        if path in set(site.root.iterdir()) or any(folder in path.parents for folder in restricted):
            continue
        name = path.name.encode()
        assert not [needle for needle in needles if needle in name], path
        if path.is_file() and not path.is_symlink():
            searched += 1
            data = readable_bytes(path)
            assert not [needle for needle in needles if needle in data], path
    assert searched > 100
    kept = b"".join(path.read_bytes() for path in site.settings.processed_dir.rglob("*.xlsx"))
    assert len(kept) > 0
    assert all(folder.stat().st_mode & 0o777 == 0o700 for folder in restricted)


def spellings(canary: str) -> set[str]:
    """A canary as planted and without its separators."""
    return {canary, re.sub(r"[-.@]", "", canary)}


def readable_bytes(path: Path) -> bytes:
    """The bytes of a file; a Parquet file's unpacked columns and a database's values too."""
    data = path.read_bytes()
    if path.suffix == ".parquet":
        data += repr(pq.read_table(path).to_pylist()).encode()
    if path.suffix == ".db":
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            data += "\n".join(database.iterdump()).encode()
    return data


def trainers(site: Site) -> list[int]:
    """Process ids of trainers of this installation."""
    return running(site, "cs_pipeline.cli", "train")


def readers(site: Site) -> list[int]:
    """Process ids of processes that read an export of this installation."""
    return running(site, "cs_pipeline.intake.files.workbook_reader")


def running(site: Site, *words: str) -> list[int]:
    """Process ids of this installation's processes with these words in their command line."""
    found = []
    for process in psutil.process_iter():
        try:
            line = process.cmdline()
            if {*words} <= {*line} and str(site.root) in str(line):
                found.append(process.pid)
        except psutil.Error:
            continue
    return found


def task_log(site: Site, run_id: str, task_id: str, attempt: int) -> str:
    path = (
        site.airflow.home
        / "logs/dag_id=cs_retrain"
        / f"run_id={run_id}"
        / f"task_id={task_id}"
        / f"attempt={attempt}.log"
    )
    return path.read_text(encoding="utf-8") if path.exists() else ""


def wait_until(condition: Callable[[], Any], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.5)
