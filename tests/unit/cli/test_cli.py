"""The command line as people and schedulers use it: words, pipes and exit codes."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from cs_pipeline import cli
from cs_pipeline.files import sha256_file
from cs_pipeline.records import DatasetVersion, ExportFile, MaskedShard, ValidationReport
from tests.unit.cli.terminal import Outcome

HEAVY = {
    *("torch", "transformers", "pandas", "pyarrow", "great_expectations"),
    *("boto3", "botocore", "openpyxl", "datasets", "airflow"),
}
SECRET = "tiger-balm-9000"
COMMANDS = {
    *("run", "collect", "validate", "shard", "merge", "train", "gate", "status", "promote"),
    *("history", "maintenance", "recompare", "withdraw", "digest"),
    *(
        "hold",
        "discard",
        "check-model",
        "rollback",
        "pull",
        "chat",
        "make-base",
        "inbox",
        "init",
        "mask",
    ),
    *("sample-export", "compare", "inspect", "doctor", "housekeep", "metrics", "notify"),
    "tune",
}


def in_a_shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cs_pipeline.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | environment,
    )


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from cs_pipeline.cli import main\n"
        "sys.argv = ['cs-pipeline', *sys.argv[1:]]\n"
        "try: main()\n"
        "except SystemExit as ended: assert not ended.code, ended.code\n"
        "print('\\nloaded:', *(name for name in sys.modules if '.' not in name))"
    )
    for arguments in (["--help"], ["run", "--help"], ["train", "--help"], ["chat", "--help"]):
        child = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        loaded = set(child.stdout.rpartition("loaded:")[2].split())
        assert "typer" in loaded
        assert loaded & HEAVY == set(), arguments


@pytest.mark.parametrize(
    ("language", "shown", "hidden"),
    [("en", "Make an earlier model live again", "되돌립니다"), ("ko", "되돌립니다", "Make the")],
)
def test_help_speaks_the_readers_language(language, shown, hidden):
    child = in_a_shell("rollback", "--help", CS_PIPELINE_LANG=language, COLUMNS="200")
    assert child.returncode == 0
    assert shown in child.stdout
    assert hidden not in child.stdout


def test_every_command_is_listed_with_its_purpose():
    listed = CliRunner().invoke(cli.app, ["--help"], env={"COLUMNS": "200"})
    assert listed.exit_code == 0
    words = set(listed.output.split())
    assert words >= COMMANDS
    assert {
        command.callback.__name__.replace("_", "-") for command in cli.app.registered_commands
    } == COMMANDS


@pytest.mark.parametrize(
    "arguments", [["no-such-command"], ["run", "--epochs", "many"], ["gate"], ["promote", "run-1"]]
)
def test_wrong_usage_is_2(arguments):
    assert CliRunner().invoke(cli.app, arguments).exit_code == 2


def test_mask_reads_lines_and_writes_lines(cs_pipeline):
    lines = ["제 번호는 010-7391-4826이에요.", "", "고객센터 1588-0000", "메일 a.b@example.com 로"]
    masked = cs_pipeline("mask", stdin="\n".join(lines) + "\n")
    assert masked.code == 0
    assert masked.out.splitlines() == [
        "제 번호는 #@전화번호#이에요.",
        "",
        "고객센터 1588-0000",
        "메일 #@이메일# 로",
    ]


@pytest.mark.parametrize("layout", ["qa", "turns"])
def test_a_sample_export_and_its_truth(cs_pipeline, tmp_path, layout):
    out, truth = tmp_path / "new" / "sample.xlsx", tmp_path / "truth.jsonl"
    arguments = ("--rows", "40", "--seed", "7", "--layout", layout, "--truth", str(truth))
    made = cs_pipeline("sample-export", "--out", str(out), *arguments)
    assert made.code == 0
    assert "40 exchanges" in made.out
    workbook = openpyxl.load_workbook(out, read_only=True)
    headings = list(workbook.worksheets[0].iter_rows(max_row=3, values_only=True))[-1]
    assert ("문의내용" in headings) == (layout == "qa")
    assert ("발화자" in headings) == (layout == "turns")
    facts = [json.loads(line) for line in truth.read_text("utf-8").splitlines()]
    assert any("entity_type" in fact for fact in facts)
    assert cs_pipeline("sample-export", "--out", str(out), "--rows", "0").code == 2


def test_init_makes_closed_folders(cs_pipeline, installation):
    for _ in range(2):
        ready = cs_pipeline("init")
        assert ready.code == 0
        assert str(installation.settings.inbox_uri) in ready.out
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in installation.settings.data_dir.iterdir()
    }
    closed = dict.fromkeys(("inbox", "processing", "processed", "quarantine"), 0o700)
    assert closed.items() <= modes.items()
    assert {"shards", "datasets"} <= modes.keys()


def test_the_steps_can_be_piped(cs_pipeline, installation):
    installation.drop("good.xlsx", rows=120)
    installation.drop_bytes("bad.xlsx", b"")

    collected = cs_pipeline("collect", "--run-id", "by-hand")
    exports = [ExportFile.model_validate_json(line) for line in collected.out.splitlines()]
    assert {export.name for export in exports} == {"good.xlsx", "bad.xlsx"}

    validated = cs_pipeline("validate", stdin=collected.out)
    reports = [ValidationReport.model_validate_json(line) for line in validated.out.splitlines()]
    assert {report.export.name: report.quarantined for report in reports} == {
        "bad.xlsx": "empty_file",
        "good.xlsx": None,
    }

    sharded = cs_pipeline("shard", stdin=validated.out)
    (shard,) = (MaskedShard.model_validate_json(line) for line in sharded.out.splitlines())
    assert sha256_file(Path(shard.uri)) == shard.sha256

    merged = cs_pipeline("merge", "--run-id", "by-hand", stdin=sharded.out)
    dataset = DatasetVersion.model_validate_json(merged.out)
    assert dataset.train_rows + dataset.val_rows + dataset.duplicates_removed == shard.rows
    assert {collected.code, validated.code, sharded.code, merged.code} == {0}
    assert not list(installation.settings.processing_dir.iterdir())

    out = installation.run_folder("by-hand") / "train"
    current = str(installation.settings.datasets_dir / "current")
    trained = cs_pipeline("train", "--run-id", "by-hand", "--dataset", current, "--out", str(out))
    assert trained.code == 0
    assert "eval loss" in trained.out
    result = json.loads((out / "result.json").read_bytes())
    assert result["base_model"] == str(installation.base)
    assert (result["recipe"]["epochs"], result["recipe"]["batch_tokens"]) == (1, 512)
    assert (result["dataset_version"], result["dataset_sha256"]) == (
        dataset.version_id,
        dataset.sha256,
    )

    refused = cs_pipeline("gate", "--run-id", "by-hand", "--max-eval-loss", "0.01")
    assert (refused.code, "reject" in refused.out) == (4, True)
    held = cs_pipeline("gate", "--run-id", "by-hand", "--no-auto-promote")
    assert (held.code, "hold" in held.out) == (4, True)
    passed = cs_pipeline("gate", "--run-id", "by-hand")
    assert (passed.code, "Verdict: promote" in passed.out) == (0, True)


def test_nothing_in_the_pipe_is_fine_until_the_dataset(cs_pipeline):
    assert cs_pipeline("collect", "--run-id", "r") == Outcome(0, "", "")
    assert cs_pipeline("validate") == Outcome(0, "", "")
    assert cs_pipeline("shard") == Outcome(0, "", "")
    empty = cs_pipeline("merge", "--run-id", "r")
    assert (empty.code, empty.out) == (3, "")
    assert "inbox" in empty.err


@pytest.mark.parametrize("command", [["validate"], ["shard"], ["merge", "--run-id", "r"]])
@pytest.mark.parametrize("line", ["{broken 010-7391-4826", '{"name": "010-7391-4826"}', "[]"])
def test_a_broken_line_is_told_by_its_number_alone(cs_pipeline, installation, command, line):
    export = ExportFile(uri="/nowhere/a.xlsx", name="a.xlsx", sha256="a" * 64, size_bytes=1)
    good = {
        "validate": export,
        "shard": ValidationReport(export=export, quarantined="empty_file"),
        "merge": MaskedShard(export=export, uri="/nowhere", sha256="b" * 64, rows=1),
    }[command[0]]
    first = good.model_dump_json() + "\n" if command[0] != "validate" else ""
    told = cs_pipeline(*command, stdin=first + line + "\n")
    assert told.code == 2
    assert f"Line {2 if first else 1} on stdin" in told.err
    assert "7391" not in told.out + told.err


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_wrong_setting_is_named_and_not_repeated(language):
    child = in_a_shell("status", CS_PIPELINE_LANG=language, CS_PIPELINE_EPOCHS=SECRET)
    assert child.returncode == 2
    assert "CS_PIPELINE_EPOCHS" in child.stderr
    assert ("Error:" in child.stderr) == (language == "en")
    assert ("오류:" in child.stderr) == (language == "ko")
    assert SECRET not in child.stdout + child.stderr
    assert "Traceback" not in child.stderr


def test_secrets_are_not_printed(tmp_path):
    child = in_a_shell(
        "status",
        CS_PIPELINE_LANG="en",
        CS_PIPELINE_DATA_DIR=str(tmp_path),
        CS_PIPELINE_WORK_DIR=str(tmp_path),
        CS_PIPELINE_MODEL_STORE="s3://models/x",
        CS_PIPELINE_S3_ENDPOINT_URL="http://127.0.0.1:9",
        CS_PIPELINE_S3_ACCESS_KEY_ID=f"id-{SECRET}",
        CS_PIPELINE_S3_SECRET_ACCESS_KEY=SECRET,
        AWS_MAX_ATTEMPTS="1",
    )
    assert child.returncode == 5
    assert "s3://models/x" in child.stderr
    assert SECRET not in child.stdout + child.stderr
    assert "Traceback" not in child.stderr


def test_a_run_from_start_to_rollback(cs_pipeline, installation, tmp_path, monkeypatch):
    nothing_yet = cs_pipeline("status")
    assert "none yet" in nothing_yet.out
    assert cs_pipeline("rollback").code == 2
    assert cs_pipeline("pull", str(tmp_path / "early")).code == 5

    installation.drop("march.xlsx", seed=1)
    assert "Pending exports: 1" in cs_pipeline("status").out
    first = cs_pipeline("run", "--run-id", "run-1")
    assert first.code == 0
    assert "Outcome: promoted" in first.out
    assert [line for line in first.err.splitlines() if line.startswith("▶")] == [
        f"▶ {step}" for step in ("collect", "validate", "mask", "merge", "train", "gate", "promote")
    ]
    one = installation.live().version_id
    assert installation.recorded("run-1").options["base_model"] == str(installation.base)

    again = cs_pipeline("run", "--run-id", "run-2")
    assert (again.code, "nothing to do" in again.out) == (0, True)

    only_one = cs_pipeline("rollback")
    assert only_one.code == 2
    assert "no sound earlier model" in only_one.err

    installation.drop("april.xlsx", seed=2)
    monkeypatch.setenv("CS_PIPELINE_MIN_IMPROVEMENT", "-5")
    assert cs_pipeline("run", "--note", "spring").code == 0
    two = installation.live().version_id
    assert two != one
    status = cs_pipeline("status").out
    assert f"Live model: {two}" in status
    assert f"previous {one}" in status
    assert {"run-1", "run-2"} <= set(status.split())

    back = cs_pipeline("rollback", "--note", "worse answers", "--yes")
    assert (back.code, one in back.out) == (0, True)
    live = installation.live()
    assert (live.version_id, live.action, live.note) == (one, "rollback", "worse answers")

    pulled = cs_pipeline("pull", str(tmp_path / "live"))
    assert (pulled.code, one in pulled.out) == (0, True)
    assert cs_pipeline("pull", str(tmp_path / "two"), "--version", two).code == 0
    weights = [tmp_path / name / "model.safetensors" for name in ("live", "two")]
    assert sha256_file(weights[0]) != sha256_file(weights[1])
    assert cs_pipeline("pull", str(tmp_path / "x"), "--version", "m0").code == 2
    assert cs_pipeline("pull", str(tmp_path / "first"), "--version", "1").code == 0

    moved = cs_pipeline("history")
    assert [line.split()[0] for line in moved.out.splitlines()[1:]] == ["1", "2", "3"]
    assert "Asia/Seoul" in moved.out
    assert "worse answers" in moved.out

    talk = cs_pipeline("chat", "-q", "배송은 언제 오나요?", "-q", "환불해 주세요.")
    assert talk.code == 0
    assert one in talk.out
    assert talk.out.count("\nA: ") == talk.out.count("Q: ") == 2


def test_refused_rejected_and_held_runs_differ_in_their_exit_codes(cs_pipeline, installation):
    installation.drop_bytes("bad.xlsx", b"")
    refused = cs_pipeline("run", "--run-id", "refused")
    assert refused.code == 3
    assert "Quarantined: bad.xlsx" in refused.out
    [page] = installation.settings.quality_dir.glob("*.html")
    assert f"bad.xlsx: what was checked -> {page}" in refused.out

    installation.drop("march.xlsx")
    rejected = cs_pipeline("run", "--run-id", "rejected", "--max-eval-loss", "0.01")
    assert rejected.code == 4
    assert "Verdict: reject" in rejected.out
    assert "limit 0.0100" in rejected.out
    by_hand = cs_pipeline("promote", "rejected", "--note", "I want it")
    assert by_hand.code == 4
    assert "reject" in by_hand.err
    assert installation.live() is None

    held = cs_pipeline("run", "--run-id", "held", "--force", "--no-auto-promote")
    assert held.code == 4
    assert "held for a person" in held.out
    approved = cs_pipeline("promote", "held", "--note", "looked at it")
    assert (approved.code, installation.live().version_id in approved.out) == (0, True)
    assert "looked at it" in cs_pipeline("status").out
    for unknown in (["promote", "unknown", "--note", "x"], ["gate", "--run-id", "unknown"]):
        assert cs_pipeline(*unknown).code == 2


def test_a_run_that_fails_tells_why_without_a_traceback(cs_pipeline, installation, tmp_path):
    assert cs_pipeline("run", "--force").code == 3
    installation.drop("march.xlsx")
    nowhere = cs_pipeline("run", "--run-id", "run-1", "--base-model", str(tmp_path / "nowhere"))
    assert nowhere.code == 2
    assert str(tmp_path / "nowhere") in nowhere.err
    assert "Traceback" not in nowhere.err
    assert installation.recorded("run-1").status == "failed"
    assert cs_pipeline("gate", "--run-id", "run-1").code == 1


def test_a_base_model_is_made_from_a_text(cs_pipeline, tmp_path):
    corpus = tmp_path / "corpus.txt"
    corpus.write_text("안녕하세요. 배송 문의입니다.\n", "utf-8")
    out = tmp_path / "base"
    made = cs_pipeline("make-base", str(out), "--corpus", str(corpus), "--vocab-size", "2800")
    assert (made.code, str(out) in made.out) == (0, True)
    assert {"config.json", "model.safetensors", "tokenizer.json"} <= {p.name for p in out.iterdir()}
    assert cs_pipeline("make-base", str(out), "--corpus", str(tmp_path / "none")).code == 2


def test_a_base_model_is_made_of_nothing_but_fictitious_conversations(cs_pipeline, tmp_path):
    made = cs_pipeline("make-base", str(tmp_path / "base"))
    assert made.code == 0
    words = (tmp_path / "base" / "tokenizer.json").read_text("utf-8")
    assert "배송" in words
    assert "010-" not in words
