"""An installation that 0.2.0 left behind goes on with this version, without a step in between.

`made_by_0_2_0/make_installation.py` tells what happened to it. It was made in another folder than
it is unpacked to: the folders that its records and reports name are for people and are not read.
"""

import hashlib
import io
import json
import re
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import torch
from typer.testing import CliRunner

from cs_pipeline.cli import app
from cs_pipeline.ops.children import ask_live

ARCHIVE = Path(__file__).parent / "made_by_0_2_0" / "installation.tar.xz"
WITHDRAWN, WITHDRAWN_ROWS = ("03-00002", "03-00039"), 2 + 3
"""Conversations of April that were withdrawn under 0.2.0."""
WITH_PHONE, PHONE = "03-00006", "010-2592-9431"
"""One that was not, and the number that its customer gave."""
LIMITS = {
    "MAX_EVAL_LOSS": 20,
    "MIN_IMPROVEMENT": -100,
    "MIN_VAL_ROWS": 1,
    "GENERATION_QUESTIONS": 2,
    "MIN_STOP_RATE": 0,
    "MAX_EMPTY_RATE": 1,
    "MIN_INFORMATION": -100,
    "MAX_REPETITION_RATE": 1,
    "LEAK_PROMPTS": 2,
    "LEAK_SAMPLES": 1,
    "MAX_BELOW_BEST": 100,
}
"""Settings under which a model that trained for a second may pass the gate."""


@dataclass(frozen=True)
class Site:
    """The unpacked installation and the command line of this version."""

    data: Path
    work: Path

    def __call__(self, *arguments: str, given: str = "") -> str:
        """What a command prints on stdout; it has to end well."""
        done = CliRunner().invoke(app, arguments, input=given)
        assert done.exit_code == 0, (done.output, done.exception)
        return done.stdout

    def drop(self, name: str, content: bytes) -> None:
        (self.data / "inbox" / name).write_bytes(content)

    def take_in(self, run_id: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Reports and shards of what waits in the inbox, once it is in the dataset."""
        reports = self("validate", given=self("collect", "--run-id", run_id))
        shards = self("shard", given=reports)
        self("merge", "--run-id", run_id, given=shards)
        return [*map(json.loads, reports.splitlines())], [*map(json.loads, shards.splitlines())]

    def manifest(self, number: int | None = None) -> dict[str, Any]:
        """The manifest of a dataset version; None: of the current one."""
        folder = "current" if number is None else f"d{number:04}-*"
        [path] = (self.data / "datasets").glob(f"{folder}/manifest.json")
        return json.loads(path.read_bytes())

    def shards(self) -> dict[str, dict[str, Any]]:
        """The shards of the current version by the name of their export."""
        return {shard["export_name"]: shard for shard in self.manifest()["shards"]}

    def export(self, name: str) -> Path:
        [path] = (self.data / "processed").glob(f"*/{name}")
        return path

    def csvs(self) -> str:
        return "".join((self.data / name).read_text("utf-8") for name in ("train.csv", "val.csv"))

    def live(self) -> dict[str, Any]:
        return json.loads((self.work / "model-store" / "live.json").read_bytes())

    def model_of(self, run_id: str) -> str:
        """The id of the version that a run uploaded."""
        return (self.work / "runs" / run_id / "train" / ".uploaded").read_text("ascii")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(tmp_path, filter="tar")
    torch.set_num_threads(1)  # enough for a model of this size
    site = Site(tmp_path / "data-train", tmp_path / "var")
    settings = {"DATA_DIR": site.data, "WORK_DIR": site.work, "SETTLE_SECONDS": 0, "LANG": "en"}
    for name, value in (settings | LIMITS).items():
        monkeypatch.setenv(f"CS_PIPELINE_{name}", str(value))
    return site


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def asked(workbook: Path, conversation: str) -> list[str]:
    """What is asked in a conversation of an export of utterances, greetings aside."""
    rows = openpyxl.load_workbook(workbook).worksheets[0].iter_rows(values_only=True)
    said = [text for number, _, who, text in rows if (number, who) == (conversation, "고객")]
    return [text for text in said if len(text) > len("빠른 답변 부탁드려요.")]


def resaved(workbook: Path) -> bytes:
    """The same cells in other bytes, as another export of the same day would be."""
    book, stream = openpyxl.load_workbook(workbook), io.BytesIO()
    book.properties.title = "again"
    book.save(stream)
    return stream.getvalue()


def test_its_runs_its_models_and_its_inbox_are_shown(site: Site):
    status = site("status")
    assert f"Live model: {site.model_of('run-2')}" in status
    assert f"previous {site.model_of('run-1')}" in status
    assert "trained on withdrawn data" in status
    history = re.findall(r"^(run-\d) .*(promoted|rejected|held)", status, re.MULTILINE)
    assert history == [
        ("run-4", "held"),
        ("run-3", "rejected"),
        ("run-2", "promoted"),
        ("run-1", "promoted"),
    ]
    assert re.search(r"run-2: A person's decision \(hold → promote\): ops", status)

    compared = json.loads(site("compare", "run-1", "run-2", "run-3", "run-4", "--json"))
    runs = compared["runs"]
    assert [run["verdict"] for run in runs.values()] == ["promote", "promote", "reject", "hold"]
    for run_id, run in runs.items():
        result = json.loads((site.work / "runs" / run_id / "train" / "result.json").read_bytes())
        assert run["dataset_version"] == result["dataset_version"]
        assert run["loss_nats_per_token"] == result["candidate"]["loss_nats_per_token"]
        assert run["learning_rate"] == result["recipe"]["learning_rate"]

    inbox = json.loads(site("inbox", "--json"))
    assert [item["name"] for item in inbox["refused_exports"]] == ["broken.xlsx"]
    # Of the three of march.xlsx one came back corrected; the others are refused with it.
    (refused,) = inbox["refused_rows"]
    assert refused["name"].startswith("march_corrected-")
    assert refused["rows"] == 2
    assert {item["name"] for item in inbox["processed"]} == set(site.shards())


def test_its_datasets_stand_and_come_back_to_the_byte(site: Site):
    first = site.manifest(1)
    log = site("dataset", "log", "--exports")
    assert all(site.manifest(number)["version_id"] in log for number in (1, 2, 3))
    assert f"march_corrected.xlsx ← {sha256(site.export('march.xlsx'))[:12]}" in log
    changes = site("dataset", "diff", "1").splitlines()[2:]
    assert [line.split()[:2] for line in changes] == [
        ["+", "april.xlsx"],
        ["+", "march_corrected.xlsx"],
    ]

    folder = site.data / "datasets" / first["version_id"]
    assert not (folder / "train.csv").exists()
    site("dataset", "rebuild", "1")
    sums = sha256(folder / "train.csv") + sha256(folder / "val.csv")
    assert hashlib.sha256(sums.encode()).hexdigest() == first["sha256"]
    site("dataset", "verify", "1")
    site("dataset", "verify")
    written = site.csvs()
    site("dataset", "rebuild")
    assert site.csvs() == written


def test_its_live_model_answers_and_goes_back_to_the_one_before(site: Site, tmp_path: Path):
    first, second = site.model_of("run-1"), site.model_of("run-2")
    assert second in site("pull", str(tmp_path / "model"))
    name, question, answer = site("chat", "--question", "배송은 언제 오나요?").splitlines()
    assert (name, question) == (f"Model {second}", "Q: 배송은 언제 오나요?")
    assert answer.startswith("A: ")
    heard = ask_live("배송은 언제 오나요?")  # as the operator's page does, in a process of its own
    assert (heard.version_id, heard.answers) == (second, (answer.removeprefix("A: "),))
    site("rollback", "--note", "back", "--by", "kim", "--yes")
    assert site.live() | {"moved_at": None} == {
        "version_id": first,
        "manifest_sha256": sha256(site.work / "model-store" / "versions" / first / "manifest.json"),
        "previous_version_id": second,
        "run_id": "run-1",
        "moved_at": None,
        "action": "rollback",
        "note": "back",
        "by": "kim",
        "move": 1,
    }


@pytest.mark.parametrize(("run_id", "how"), [("run-3", ["--override", "--yes"]), ("run-4", [])])
def test_its_candidates_may_still_be_promoted(site: Site, run_id: str, how: list[str]):
    candidate = site.model_of(run_id)
    site("promote", run_id, "--note", "checked", *how)
    assert site.live()["version_id"] == candidate
    assert "checked" in (site.work / "runs" / run_id / "report.html").read_text("utf-8")
    first, *rest = site("check-model", candidate).splitlines()
    assert first == f"{candidate}: answered 3 of 3 questions"
    assert rest == ["3 of the answers were empty."]  # so they were, and 0.2.0 did not say it


def test_what_it_processed_is_not_processed_again(site: Site):
    site.drop("once more.xlsx", site.export("march.xlsx").read_bytes())
    before = site.manifest()
    assert "Outcome: nothing to do" in site("run", "--run-id", "again")
    assert site.manifest() == before
    assert site.export("once more.xlsx").parent == site.export("march.xlsx").parent


def test_a_new_export_joins_what_it_learned_from(site: Site, tmp_path: Path):
    site("pull", str(tmp_path / "base"))
    options = ["--rows", "220", "--seed", "5"]
    site("sample-export", "--out", str(site.data / "inbox" / "may.xlsx"), *options)
    before, live = site.shards(), site.live()["version_id"]
    options = ["--base-model", str(tmp_path / "base"), "--epochs", "0.2"]
    printed = site("run", "--run-id", "run-5", *options)
    after = site.shards()
    assert after.keys() - before.keys() == {"may.xlsx"}
    assert before.items() <= after.items()
    written = site.csvs()
    site("dataset", "rebuild")
    assert site.csvs() == written
    # The export is compared with those before it, the candidate with the live model.
    run = json.loads((site.work / "runs" / "run-5" / "run.json").read_bytes())
    [report] = run["reports"]
    [drift] = [one for one in report["findings"] if one["expectation"] == "drift"]
    assert drift["measured"] is not None
    assert run["result"]["champion"]["version_id"] == live
    assert run["result"]["champion"]["problem"] is None
    assert "Outcome: promoted" in printed
    assert site.live()["previous_version_id"] == live


def test_the_rest_of_its_refused_rows_may_be_corrected(site: Site):
    [refused] = (site.data / "quarantine").glob("march_corrected-*-refused.xlsx")
    workbook = openpyxl.load_workbook(refused)
    page = workbook.worksheets[0]
    [column] = [cell.column for cell in page[1] if cell.value == "원본 E열"]
    page.cell(2, column).value = "포인트는 구매 확정 다음 날에 쌓입니다."
    workbook.save(site.data / "inbox" / refused.name)
    [report], [shard] = site.take_in("run-5")
    assert report["origin_sha256"] == sha256(site.export("march.xlsx"))
    assert (report["rows_read"], shard["rows"]) == (1, 1)
    assert "포인트는 구매 확정 다음 날에 쌓입니다." in site.csvs()


def test_its_rows_are_drawn_beside_their_source(site: Site):
    rows = sum(shard["rows"] for shard in site.manifest()["shards"])
    printed = site("pii-audit", "draw", "--rows", "60", "--with-source")
    assert f"Drew 60 of {rows} rows of {site.manifest()['version_id']}" in printed
    [path] = (site.data / "quarantine").glob("pii-audit-*.xlsx")
    drawn = openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2, values_only=True)
    pairs = [(question, source) for _, question, _, _, _, source, *_ in drawn]
    assert len(pairs) == 60
    assert all(source.startswith(question.split("#@")[0]) for question, source in pairs)
    assert sum("#@" in question and "#@" not in source for question, source in pairs) > 5


@pytest.mark.parametrize("how", ["conversation", "value"])
def test_a_conversation_can_be_taken_out(site: Site, how: str):
    question, _ = asked(site.export("april.xlsx"), WITH_PHONE)
    before = site.shards()["april.xlsx"]["rows"]
    assert question in site.csvs()
    if how == "conversation":
        printed = site("withdraw", "--conversation", WITH_PHONE, "--yes")
    else:
        digests = site("digest", given=f"{PHONE}\n").split()
        printed = site("withdraw", "--contains-digest", *digests, "--yes")
    assert "Withdrew 2 rows of 1 exports" in printed
    assert f"model {site.model_of('run-2')} <- live" in printed
    assert f"model {site.model_of('run-4')}" in printed
    assert site.shards()["april.xlsx"]["rows"] == before - 2
    assert question not in site.csvs()


def test_an_export_can_be_taken_out(site: Site):
    original = site.export("march.xlsx")
    printed = site("withdraw", "--export", "march.xlsx", "--yes")
    assert "of 2 exports" in printed  # and its correction
    assert f"model {site.model_of('run-1')}" in printed
    assert site.shards().keys() == {"april.xlsx"}
    assert not original.exists()
    assert not [*(site.data / "quarantine").glob("march*")]


def test_what_was_withdrawn_stays_out(site: Site):
    original, before = site.export("april.xlsx"), site.shards()
    processed = json.loads(original.with_name("ledger.json").read_bytes())
    assert before["april.xlsx"]["rows"] == processed["rows"] - WITHDRAWN_ROWS
    site.drop("april again.xlsx", resaved(original))
    site.take_in("run-5")
    after = site.shards()
    assert before.items() <= after.items()
    assert after["april again.xlsx"]["rows"] == before["april.xlsx"]["rows"]
    questions = [text for conversation in WITHDRAWN for text in asked(original, conversation)]
    assert len(questions) >= len(WITHDRAWN)
    assert not any(text in site.csvs() for text in questions)
