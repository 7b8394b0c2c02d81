import json
import math
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cs_pipeline.config import RunOptions
from cs_pipeline.language import LANGUAGE_VARIABLE, Words
from cs_pipeline.placeholders import ENTITY_NAMES, PLACEHOLDERS
from cs_pipeline.recipe import Recipe
from cs_pipeline.records import (
    ChampionScore,
    DatasetVersion,
    ExportFile,
    Finding,
    MaskedShard,
    ModelVersion,
    Reason,
    RunRecord,
    Score,
    SheetReport,
    Throughput,
    TrainResult,
    ValidationReport,
    Verdict,
)
from cs_pipeline.training.report import draw_chart, eval_trend, read_points, write_report

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
RUN_ID = "manual__2026-03-02T03:00:00+00:00"
SHA = "ab12" * 16
HEADLINES = {
    "promoted": ("승격: 새 모델이 운영을 시작했습니다", "Promoted: the new model is live"),
    "rejected": ("거절: ", "Rejected: "),
    "held": ("승인 대기: ", "Held: "),
    "refused": ("파일 거부: ", "Refused: "),
    "nothing_to_do": ("할 일 없음: ", "Nothing to do: "),
    "failed": ("실패: ", "Failed: "),
}
NOT_A_FIGURE = re.compile(r"\b(None|nan|NaN|inf|Infinity|undefined)\b")


def export(name: str = "상담_3월.xlsx", sha256: str = SHA) -> ExportFile:
    return ExportFile(uri=f"/data/processing/{name}", name=name, sha256=sha256, size_bytes=1000)


def reports() -> tuple[ValidationReport, ...]:
    good = ValidationReport(
        export=export(),
        sheets=(
            SheetReport(name="3월", layout="qa", header_row=2, rows=1240, exchanges=1238),
            SheetReport(
                name="요약",
                layout="unread",
                note=Words(ko="제목 행이 없습니다.", en="No header row."),
            ),
        ),
        rows_read=1240,
        exchanges=1238,
        accepted=1204,
        refused={"empty_answer": 21, "too_long": 11, "odd_reason": 2},
        refused_uri="/data/quarantine/상담_3월-refused.xlsx",
        findings=(
            Finding(
                expectation="empty_answer",
                severity="warning",
                passed=False,
                words=Words(ko="답변이 빈 행: 21개", en="Rows without an answer: 21"),
            ),
            Finding(
                expectation="many_duplicates",
                severity="warning",
                passed=False,
                words=Words(ko="중복이 많습니다.", en="Many duplicates."),
            ),
            Finding(
                expectation="not_korean",
                severity="blocking",
                passed=True,
                words=Words(ko="한글 비율: 98%", en="Share of Hangul: 98%"),
            ),
        ),
    )
    return (good, quarantined())


def quarantined() -> ValidationReport:
    return ValidationReport(
        export=export("암호.xlsx", "cd34" * 16),
        quarantined="password_protected",
        words=Words(ko="암호가 걸려 있습니다.", en="Protected by a password."),
    )


def shard() -> MaskedShard:
    return MaskedShard(
        export=export(),
        uri="/data/shards/ab12.parquet",
        sha256=SHA,
        rows=1201,
        refused_rows=3,
        entity_counts={"PHONE": 310, "CARD": 12, "EMAIL": 45},
    )


def dataset() -> DatasetVersion:
    return DatasetVersion(
        version_id="20260302-ab12ab12",
        sha256=SHA,
        uri="/data/datasets/1",
        train_uri="/data/datasets/1/train.csv",
        val_uri="/data/datasets/1/val.csv",
        train_rows=10643,
        val_rows=1180,
        duplicates_removed=37,
        shards=4,
    )


def score(loss: float, rows: int = 1180) -> Score:
    return Score(rows=rows, nats=loss * 20000, scored_tokens=20000, characters=33000)


def result(loss: float = 3.1215, **changes: object) -> TrainResult:
    values: dict[str, object] = {
        "run_id": RUN_ID,
        "dataset_version": "20260302-ab12ab12",
        "dataset_sha256": SHA,
        "base_model": "skt/kogpt2-base-v2",
        "recipe": Recipe().model_dump(mode="json"),
        "checkpoint_uri": "/runs/1/train/checkpoint",
        "checkpoint_files": {},
        "tokenizer_sha256": "t1",
        "candidate": score(loss),
        "champion": ChampionScore(version_id="m-0007", tokenizer_sha256="t1", score=score(3.3)),
        "train_rows": 10643,
        "steps": 240,
        "train_loss_nats_per_token": 2.91,
        "throughput": Throughput(
            tokens=1_420_000,
            train_seconds=754.2,
            tokens_per_second=1883.4,
            padding_share=0.021,
            parameters=125_164_032,
        ),
        "device": "cpu",
        "started_at": NOON,
        "finished_at": NOON,
    }
    return TrainResult.model_validate(values | changes)


def verdict(decision: str, *reasons: Reason) -> Verdict:
    return Verdict.model_validate(
        {
            "run_id": RUN_ID,
            "decision": decision,
            "dataset_version": "20260302-ab12ab12",
            "dataset_sha256": SHA,
            "reasons": reasons,
            "decided_at": NOON,
        }
    )


SAME_RUN = Reason(
    rule="same_run", outcome="passed", words=Words(ko="이번 실행의 것입니다.", en="Of this run.")
)
BELOW = Reason(
    rule="below_limit",
    outcome="passed",
    measured=3.1215,
    limit=4.0,
    words=Words(ko="평가 손실 3.1215, 한도 4.0000.", en="Eval loss 3.1215, limit 4.0000."),
)
ABOVE = BELOW.model_copy(
    update={
        "outcome": "failed",
        "measured": 4.8,
        "words": Words(ko="평가 손실 4.8000, 한도 4.0000.", en="Eval loss 4.8000, limit 4.0000."),
    }
)
BETTER = Reason(
    rule="better_than_champion",
    outcome="passed",
    measured=0.1785,
    limit=0.0,
    words=Words(ko="운영 모델보다 낫습니다.", en="Better than the live model."),
)
BY_HAND = Reason(
    rule="promotion_is_automatic",
    outcome="hold",
    words=Words(ko="자동 승격이 꺼져 있습니다.", en="Automatic promotion is off."),
)


def model(previous: str | None = "m-0007") -> ModelVersion:
    return ModelVersion(
        version_id="m-0008",
        uri="/store/versions/m-0008",
        manifest_sha256=SHA,
        run_id=RUN_ID,
        dataset_version="20260302-ab12ab12",
        base_model="skt/kogpt2-base-v2",
        loss_nats_per_token=3.1215,
        previous_version_id=previous,
        promoted_at=NOON,
    )


def run(status: str, **parts: object) -> RunRecord:
    options = RunOptions(note="3월 정기 학습").model_dump(mode="json")
    return RunRecord.model_validate(
        {"run_id": RUN_ID, "status": status, "finished_at": NOON, "options": options} | parts
    )


def reached(status: str, **parts: object) -> RunRecord:
    """A run that got as far as a dataset."""
    return run(
        status, **({"reports": reports(), "shards": (shard(),), "dataset": dataset()} | parts)
    )


RUNS = {
    "promoted": reached(
        "promoted",
        result=result(),
        verdict=verdict("promote", SAME_RUN, BELOW, BETTER),
        model=model(),
    ),
    "first promoted": reached(
        "promoted",
        result=result(champion=None),
        verdict=verdict("promote", SAME_RUN, BELOW),
        model=model(previous=None),
    ),
    "rejected": reached("rejected", result=result(4.8), verdict=verdict("reject", ABOVE)),
    "held": reached("held", result=result(), verdict=verdict("hold", BELOW, BETTER, BY_HAND)),
    "refused": run("refused", reports=(quarantined(),)),
    "nothing_to_do": run("nothing_to_do"),
    "failed": run("failed"),
    "failed in training": reached("failed"),
    "failed to promote": reached("failed", result=result(), verdict=verdict("promote", BELOW)),
    "bare": RunRecord(run_id="r", status="failed", finished_at=NOON),
}


def curves(steps: int = 240) -> str:
    lines = []
    for step in range(0, steps + 1, 5):
        lines.append(
            {
                "step": max(step, 1),
                "epoch": step / steps * 3,
                "train_loss_nats_per_token": 2.9 + 5.1 * math.exp(-step / 40),
                "learning_rate": 5e-5 * min(step / 12, 0.5 + 0.5 * math.cos(step / steps * 3.14)),
                "gradient_norm": 1.2,
                "elapsed_seconds": step * 3.1,
            }
        )
        if step and step % 80 == 0:
            loss = 3.05 + 5 * math.exp(-step / 35)
            lines.append({"step": step, "epoch": step / 80, "eval_loss_nats_per_token": loss})
    return "".join(json.dumps(line) + "\n" for line in lines)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "metrics.jsonl").write_text(curves(), encoding="utf-8")
    return tmp_path


@pytest.fixture(params=["ko", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(LANGUAGE_VARIABLE, request.param)
    return request.param


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")


def page(record: RunRecord, folder: Path) -> str:
    return write_report(record, folder).read_text(encoding="utf-8")


def text_of(html: str) -> str:
    """What a reader sees: no style, no tags, single spaces."""
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("with_curves", [True, False])
def test_every_outcome_is_told(name, with_curves, language, folder):
    if not with_curves:
        (folder / "train" / "metrics.jsonl").unlink()
    html = page(RUNS[name], folder)
    assert html.startswith("<!doctype html>")
    assert f'<html lang="{language}">' in html
    ko, en = HEADLINES[RUNS[name].status]
    headline = text_of(re.search("<h1>.*?</h1>", html).group()).strip()
    assert headline.startswith(ko if language == "ko" else en)
    assert RUNS[name].run_id in html
    assert not NOT_A_FIGURE.search(text_of(html))
    assert ("<svg" in html) is with_curves


def test_languages_do_not_mix(folder, monkeypatch):
    record = RUNS["promoted"].model_copy(update={"options": {}, "reports": ()})
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")
    assert not re.search("[가-힣]", text_of(page(record, folder)))
    monkeypatch.setenv(LANGUAGE_VARIABLE, "ko")
    assert "Eval loss" not in page(record, folder)


@pytest.mark.parametrize(
    "shown",
    [
        "3.1215", "limit 4.0000", "+0.1785", "needs +0.0000", "12 min 34 s", "1,883", "1,240",
        "37 refused", "367", "phone 310", "e-mail 45", "no answer 21", "too long 11",
        "odd_reason 2", "still looks like personal data after masking 3", "Many duplicates.",
        "Sheet 요약: No header row.", "Protected by a password.", "상담_3월-refused.xlsx",
        "20260302-ab12ab12", "10,643", "1,180", "ab12ab12ab12", "Batch (tokens) 4096",
        "Learning rate (peak) 5e-5", "m-0008", "m-0007", "cs-pipeline rollback", "3월 정기 학습",
        "0.8785 under the limit", "little sign of memorising", "padding 2.1%",
    ],
)  # fmt: skip
def test_figures_of_a_promoted_run(shown, folder, english):
    assert shown in text_of(page(RUNS["promoted"], folder))


@pytest.mark.parametrize(
    "hidden",
    ["Rows without an answer: 21", "Share of Hangul", "over the limit", "uncertain", "Not reached"],
)
def test_what_a_promoted_run_need_not_say(hidden, folder, english):
    assert hidden not in text_of(page(RUNS["promoted"], folder))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("rejected", "0.8000 over the limit"),
        ("rejected", "Eval loss below the limit – Add conversations"),
        ("held", "cs-pipeline promote manual__2026-03-02T03:00:00+00:00 --note"),
        ("held", "Automatic promotion – Automatic promotion is off."),
        ("refused", "correct the files"),
        ("nothing_to_do", "run with force"),
        ("failed", "before a dataset was made"),
        ("failed in training", "training or the gate did not finish"),
        ("failed to promote", "The gate was passed, but the model was not promoted"),
        ("first promoted", "no live model to compare with"),
        ("first promoted", "first live model"),
    ],
)
def test_what_follows_from_the_outcome(name, shown, folder, english):
    assert shown in text_of(page(RUNS[name], folder))


def test_rollback_is_offered_only_when_there_is_something_to_go_back_to(folder, english):
    assert "cs-pipeline rollback" not in page(RUNS["first promoted"], folder)


def test_every_entity_type_has_a_name(folder, language):
    counts = dict.fromkeys(PLACEHOLDERS, 1)
    record = run(
        "failed", shards=(shard().model_copy(update={"entity_counts": counts}),), reports=reports()
    )
    shown = text_of(page(record, folder))
    assert not [kind for kind in PLACEHOLDERS if f" {kind} 1" in shown]
    assert all(f"{name} 1" in shown for name in ENTITY_NAMES.values())


def test_markup_in_names_stays_text(folder):
    attack = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    report = reports()[0].model_copy(
        update={"export": export(attack), "refused": {attack: 1}, "refused_uri": attack}
    )
    record = RUNS["held"].model_copy(
        update={
            "run_id": attack,
            "options": {"note": attack},
            "reports": (report, report.model_copy(update={"quarantined": attack, "words": None})),
            "shards": (shard().model_copy(update={"entity_counts": {attack: 1}}),),
            "result": result(recipe={attack: attack}, device=attack),
            "verdict": verdict(
                "hold", BY_HAND.model_copy(update={"words": Words(ko=attack, en=attack)})
            ),
        }
    )
    html = page(record, folder)
    assert "&lt;script&gt;alert(" in html
    assert "<script" not in html
    assert "<img" not in html


@pytest.mark.parametrize("name", RUNS)
def test_the_page_needs_nothing_but_itself(name, folder):
    html = page(RUNS[name], folder)
    assert not re.search(r"https?://|@import|url\(|<script|<link|<iframe|\ssrc=|\shref=", html)
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.json", "train"]


def test_writing_again_changes_nothing(folder):
    first = page(RUNS["promoted"], folder), (folder / "report.json").read_bytes()
    assert (page(RUNS["promoted"], folder), (folder / "report.json").read_bytes()) == first
    assert page(RUNS["rejected"], folder) != first[0]


def test_report_json_holds_the_figures(folder):
    write_report(RUNS["promoted"], folder)
    figures = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert figures["run"]["verdict"]["decision"] == "promote"
    assert figures["run"]["result"]["candidate"]["loss_nats_per_token"] == pytest.approx(3.1215)
    assert len(figures["curves"]) == 52


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_figures_that_are_no_numbers(bad, folder, language):
    reason = BELOW.model_copy(update={"measured": bad, "limit": bad})
    record = reached(
        "rejected",
        options={"max_eval_loss": bad},
        result=result(
            bad,
            recipe={"learning_rate": bad, "epochs": None, "seed": True, "base_model": ""},
            train_loss_nats_per_token=bad,
            throughput=Throughput(
                tokens=1,
                train_seconds=bad,
                tokens_per_second=bad,
                padding_share=bad,
                parameters=1,
            ),
            champion=ChampionScore(version_id="m", score=score(bad)),
        ),
        verdict=verdict("reject", reason, BETTER.model_copy(update={"measured": bad})),
    )
    html = page(record, folder)
    assert not NOT_A_FIGURE.search(text_of(html))
    assert '<span class="big bad">–</span>' not in html
    assert text_of(html).count("–") > 8
    json.loads((folder / "report.json").read_text("utf-8"), parse_constant=pytest.fail)


@pytest.mark.parametrize(
    "line",
    [
        "", "{", "null", "[1, 2]", '"step"', "{}", '{"step": 7}',
        '{"train_loss_nats_per_token": 1}',
        '{"step": NaN, "learning_rate": 1}', '{"step": 7, "learning_rate": "fast"}',
        '{"step": 7, "learning_rate": Infinity}', '{"step": true, "learning_rate": 1}',
        '{"step": 7, "learning_rate": 1' + "0" * 400 + "}", '{"step": 7, "learn',
    ],
)  # fmt: skip
def test_damaged_lines_are_ignored(line, tmp_path):
    metrics = tmp_path / "metrics.jsonl"
    good = {"step": 8, "train_loss_nats_per_token": 2.5}
    metrics.write_text(f"{line}\n{json.dumps(good)}\n{line}", encoding="utf-8")
    assert read_points(metrics) == [good]


def test_bytes_that_are_no_text_are_ignored(tmp_path):
    metrics = tmp_path / "metrics.jsonl"
    metrics.write_bytes(b'\xff\xfe\x00{"step"\n{"step": 3, "learning_rate": 0.5}\n')
    assert read_points(metrics) == [{"step": 3, "learning_rate": 0.5}]


def test_points_come_by_step(tmp_path):
    metrics = tmp_path / "metrics.jsonl"
    metrics.write_text('{"step": 9, "a": 1}\n{"step": 2, "a": 2, "b": NaN}\n', encoding="utf-8")
    assert read_points(metrics) == [{"step": 2, "a": 2}, {"step": 9, "a": 1}]
    assert read_points(tmp_path / "none.jsonl") == []


@pytest.mark.parametrize(
    ("values", "trend"),
    [
        ([], None),
        ([3.0], None),
        ([4.0, 3.5, 3.0], "falling"),
        ([4.0, 3.0, 2.99], "flat"),
        ([3.0, 3.0], "flat"),
        ([4.0, 3.0, 3.2], "rising"),
        ([3.0, 4.0, 3.5], "rising"),
    ],
)
def test_trend_of_the_eval_loss(values, trend):
    assert eval_trend(list(enumerate(values))) == trend


@pytest.mark.parametrize(
    "line",
    [
        [(0, 0)], [(1, 5e-5)], [(10, 3.0), (20, 3.0)], [(1, 8.1), (240, 2.9)], [(1, -1), (2, 1)],
        [(1, 1e-9), (5, 2e-9)], [(1, 1e6), (100000, 1e12)], [(1, 3.0), (2, 3.0000001)],
    ],
)  # fmt: skip
def test_curves_stay_inside_the_frame(line):
    chart = draw_chart({"train": line})
    assert all(57 <= x <= 427 and 33 <= y <= 223 for x, y in chart.lines["train"])
    for ticks in (chart.x_ticks, chart.y_ticks):
        assert 2 <= len(ticks) <= 8
        assert len({label for _, label in ticks}) == len(ticks)


def test_higher_loss_is_drawn_higher():
    (_, first), (_, last) = draw_chart({"train": [(1, 8.0), (10, 3.0)]}).lines["train"]
    assert first < last


def test_labels_are_round():
    chart = draw_chart({"rate": [(1, 0.0), (237, 4.9e-5)]})
    assert [label for _, label in chart.y_ticks] == ["0", "1e-5", "2e-5", "3e-5", "4e-5", "5e-5"]
    assert [label for _, label in chart.x_ticks] == ["0", "50", "100", "150", "200", "250"]


@pytest.mark.parametrize(
    ("limit", "drawn"), [(4.0, True), (8.5, True), (100.0, False), (None, False)]
)
def test_limit_is_drawn_when_it_is_near(limit, drawn):
    chart = draw_chart({"train": [(1, 8.0), (10, 3.0)]}, limit)
    assert (chart.limit is not None) is drawn


def test_no_points_no_chart():
    assert draw_chart({"train": [], "eval": []}) is None


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"train_loss_nats_per_token": 1.2}, "leans towards memorising"),
        ({"train_loss_nats_per_token": 3.3}, "train loss is -0.1785"),
        ({"candidate": score(3.1, rows=40)}, "With only 40 validation answers"),
    ],
)
def test_analysis_follows_the_figures(changes, shown, folder, english):
    quiet, loud = (
        text_of(page(RUNS["held"].model_copy(update={"result": result(**kind)}), folder))
        for kind in ({}, changes)
    )
    assert shown in loud
    assert shown not in quiet


def test_import_needs_no_torch():
    code = (
        "import sys, cs_pipeline.training.report;"
        "assert not {'torch', 'transformers', 'pandas', 'boto3'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
