import json
import os
import subprocess
import sys

import pytest

from cs_pipeline import cli, stages
from cs_pipeline.files import write_atomic
from cs_pipeline.records import GenerationMeasures, LeakReport, RunRecord, Verdict
from tests.records import result, score, throughput

GENERATION = {
    "questions": 10,
    "length_ratio": 1.0,
    "distinct_1": 0.5,
    "distinct_2": 0.5,
    "chrf": 30.0,
    "stop_rate": 0.9,
    "repetition_rate": 0.1,
    "empty_rate": 0.0,
}


def generation(**changes):
    return GenerationMeasures(**(GENERATION | changes))


def leak(**changes):
    values = {"prompts": 1, "samples": 1, "digests": 1, "exact_hits": 0, "suspicious": 0, "seed": 1}
    return LeakReport(**(values | changes))


@pytest.fixture
def keep(settings):
    """Leaves a run behind as the trainer and the gate do."""

    def keep(run_id, decision=None, **changes):
        trained = result(run_id=run_id, **changes)
        path = stages.Installation(settings).runs.train_folder(run_id) / "result.json"
        write_atomic(path, trained.model_dump_json())
        if decision:
            verdict = Verdict(
                run_id=run_id,
                decision=decision,
                dataset_version=trained.dataset_version,
                dataset_sha256=trained.dataset_sha256,
                reasons=(),
                decided_at=trained.finished_at,
            )
            stages.Installation(settings).runs.save_verdict(verdict)

    return keep


@pytest.fixture
def compare(settings, monkeypatch, capsys):
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(settings.work_dir))

    def call(*arguments, language="en"):
        monkeypatch.setenv("CS_PIPELINE_LANG", language)
        monkeypatch.setattr("sys.argv", ["cs-pipeline", "compare", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


def lines(out):
    """First words of each line -> the rest."""
    return {line[:20].strip(): line[20:].split() for line in out.splitlines()[1:]}


@pytest.fixture
def two(keep):
    keep(
        "full",
        "promote",
        candidate=score(2.0),
        recipe={"name": "kogpt2", "epochs": 3.0, "learning_rate": 5e-5, "batch_tokens": 4096},
        generation=generation(chrf=31.5, stop_rate=0.95),
        leak=leak(suspicious=2),
        throughput=throughput(train_seconds=1285.4, peak_gpu_bytes=3 * 2**30),
    )
    keep(
        "lora",
        "reject",
        candidate=score(1.5),
        base_model="larger",
        context_turns=3,
        recipe={"name": "korean-lora", "epochs": 2.0, "lora": {"rank": 16}},
        generation=generation(chrf=40.0, stop_rate=0.9),
        leak=leak(exact_hits=1),
        throughput=throughput(train_seconds=60.0, tokens_per_second=300_000.0),
        device="cuda (NVIDIA H200)",
    )


def test_figures_stand_side_by_side_and_the_best_is_marked(two, compare):
    code, out, err = compare("full", "lora")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].split() == ["full", "lora"]
    rows = lines(out)
    assert rows["Base model"] == ["base", "larger"]
    assert rows["Recipe"] == ["kogpt2", "korean-lora"]
    assert rows["Method"] == ["full", "LoRA", "r16"]
    assert rows["Tokens per step"] == ["4,096", "-"]
    assert rows["Context turns"] == ["-", "3"]
    assert rows["Verdict"] == ["promote", "reject"]
    assert rows["Nats per token"] == ["2.0000", "1.5000", "★"]
    assert rows["chrF"] == ["31.5", "40.0", "★"]
    assert rows["Answers that end"] == ["95.0%", "★", "90.0%"]
    assert rows["Empty answers"] == ["0.0%", "0.0%"]
    assert rows["Leak: masked values"] == ["0", "★", "1"]
    assert rows["Leak: suspicious"] == ["2", "0", "★"]
    assert rows["Training (s)"] == ["1,285.4", "60.0", "★"]
    assert rows["Tokens per second"] == ["100", "300,000", "★"]
    assert rows["GPU memory (GiB)"] == ["3.0", "-"]
    assert rows["Device"] == ["cpu", "cuda", "(NVIDIA", "H200)"]


def test_runs_are_named_as_other_commands_name_them(two, keep, compare, settings):
    keep("manual__2026-03-01", "hold")
    finished = result().finished_at
    for run_id in ("manual__2026-03-01", "manual__2026-04-01"):
        keep(run_id, "hold")
        record = RunRecord(run_id=run_id, status="held", finished_at=finished)
        stages.Installation(settings).runs.save(record)
    for names in (
        ("last", "full"),
        ("manual__2026-04", "full"),
        ("manual__2026-04", "full", "last"),
    ):
        code, out, _ = compare(*names)
        assert (code, out.splitlines()[0].split()) == (0, ["manual__2026-04-01", "full"])
    for wrong in (("full", "manual__2026"), ("full", "nobodys"), ("full", "full")):
        assert compare(*wrong)[0] == 2


def test_in_korean(two, compare):
    code, out, _ = compare("full", "lora", language="ko")
    assert code == 0
    for words in ("판정", "글자당 비트", "유출: 가린 값", "학습 시간"):
        assert words in out


def test_json_holds_every_figure(two, compare):
    code, out, _ = compare("full", "lora", "--json")
    report = json.loads(out)
    assert code == 0
    assert (report["same_dataset"], report["same_tokenizer"]) == (True, True)
    full, lora = report["runs"]["full"], report["runs"]["lora"]
    assert full.keys() == lora.keys()
    assert (full["loss_nats_per_token"], lora["loss_nats_per_token"]) == (2.0, 1.5)
    assert (lora["method"], lora["verdict"], full["peak_gpu_gib"]) == ("LoRA r16", "reject", 3.0)


def test_other_data_is_a_warning_and_nothing_is_best(keep, compare):
    keep("old", dataset_sha256="a" * 64)
    keep("new", dataset_sha256="b" * 64, candidate=score(1.0))
    code, out, err = compare("old", "new")
    assert code == 0
    assert "★" not in out
    assert "different datasets" in err
    assert json.loads(compare("old", "new", "--json")[1])["same_dataset"] is False


def test_other_tokenizers_are_compared_by_the_character(keep, compare):
    keep("one", tokenizer_sha256="a" * 64, candidate=score(2.0, characters=1000))
    keep("two", tokenizer_sha256="b" * 64, candidate=score(1.0, characters=250))
    _, out, err = compare("one", "two")
    rows = lines(out)
    assert rows["Nats per token"] == ["2.0000", "1.0000"]
    assert rows["Bits per character"][1] == "★"
    assert "tokenizers" in err


def test_a_run_without_a_result_has_its_place(two, settings, compare):
    stages.Installation(settings).runs.folder_of("failed").mkdir()
    code, out, err = compare("full", "failed")
    assert (code, err) == (0, "")
    assert lines(out)["Nats per token"] == ["2.0000", "-"]
    assert "★" not in out


def test_a_lost_loss_is_shown_and_never_best(two, keep, compare):
    keep("lost", candidate=score(float("nan")))
    _, out, _ = compare("full", "lora", "lost")
    assert lines(out)["Nats per token"] == ["2.0000", "1.5000", "★", "nan"]
    assert json.loads(compare("full", "lost", "--json")[1])["runs"]["lost"]["perplexity"] == "nan"


def test_run_ids_are_shown_as_they_are(keep, compare):
    ids = ["manual__2026-03-01T09:00:00+00:00_[bold]x", "scheduled__2026-03-02T03:00:00+09:00"]
    for run_id in ids:
        keep(run_id)
    assert compare(*ids)[1].splitlines()[0].split() == ids


@pytest.mark.parametrize("unknown", ["nobody", "", ".."])
def test_an_unknown_run_ends_with_exit_code_2(two, compare, unknown):
    code, out, err = compare("full", unknown)
    assert (code, out) == (2, "")
    assert unknown in err


@pytest.mark.parametrize("arguments", [["full"], ["full", "full"]])
def test_one_run_is_nothing_to_compare(two, compare, arguments):
    code, _, err = compare(*arguments)
    assert code == 2
    assert "two or more" in err


def test_a_damaged_result_is_named(two, settings, compare):
    (stages.Installation(settings).runs.train_folder("lora") / "result.json").write_text(
        "{", encoding="utf-8"
    )
    code, _, err = compare("full", "lora")
    assert code == 5
    assert "result.json" in err


def test_help_loads_no_heavy_library():
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom cs_pipeline.cli import app\n"
        "done = CliRunner().invoke(app, ['compare', '--help'])\n"
        "assert done.exit_code == 0 and '--json' in done.output, done.output\n"
        "heavy = {'torch', 'transformers', 'pandas', 'boto3', 'yaml', 'peft'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.returncode == 0, done.stderr
