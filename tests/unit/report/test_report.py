import json
import math
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from cs_pipeline.language import LANGUAGE_VARIABLE, Words
from cs_pipeline.masked.placeholders import ENTITY_NAMES, PLACEHOLDERS
from cs_pipeline.records import (
    ChampionScore,
    Override,
    RunRecord,
    SliceMeasures,
    Throughput,
)
from cs_pipeline.report import write_report
from cs_pipeline.report.figures import (
    data_figures,
    read_points,
    read_samples,
    vocabulary_shift,
)
from tests.unit.registry.candidates import content, interval
from tests.unit.report.report_runs import (
    BELOW,
    BETTER,
    BY_HAND,
    NOON,
    RUNS,
    comparison,
    curves,
    dataset,
    export,
    full_result,
    leak,
    profile,
    reached,
    reports,
    result,
    run,
    score,
    shard,
    verdict,
)

HEADLINES = {
    "promoted": ("승격: 새 모델이 운영을 시작했습니다", "Promoted: the new model is live"),
    "rejected": ("거절: ", "Rejected: "),
    "kept": ("유지: 차이 없음: ", "Kept: no difference: "),
    "held": ("승인 대기: ", "Held: "),
    "refused": ("파일 거절: ", "Refused: "),
    "nothing_to_do": ("할 일 없음: ", "Nothing to do: "),
    "failed": ("실패: ", "Failed: "),
}
NOT_A_FIGURE = re.compile(r"\b(None|nan|NaN|inf|Infinity|undefined)\b")


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


@pytest.fixture(scope="module")
def promoted(tmp_path_factory) -> str:
    """The text of a promoted run's page, in English."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "train").mkdir()
    (folder / "train" / "metrics.jsonl").write_text(curves(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(LANGUAGE_VARIABLE, "en")
        return text_of(page(RUNS["promoted"], folder))


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
        "What was checked: /data/quality/상담_3월.html",
        "20260302-ab12ab12", "10,643", "1,180", "ab12ab12ab12", "Batch (tokens) 4096",
        "Learning rate (peak) 5e-5", "m-0008", "m-0007", "cs-pipeline rollback", "3월 정기 학습",
        "0.8785 under the limit", "little sign of memorising", "Padding 2.1%",
    ],
)  # fmt: skip
def test_figures_of_a_promoted_run(shown, promoted):
    assert shown in promoted


@pytest.mark.parametrize(
    "hidden",
    ["Rows without an answer: 21", "Share of Hangul", "over the limit", "uncertain", "Not reached"],
)
def test_what_a_promoted_run_need_not_say(hidden, promoted):
    assert hidden not in promoted


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("rejected", "0.8000 over the limit"),
        ("rejected", "Eval loss below the limit – Add conversations"),
        ("kept", "There is no fault in the candidate"),
        ("kept", "= no difference"),
        ("held", "cs-pipeline promote manual__2026-03-02T03:00:00+00:00 --note"),
        ("held", "Automatic promotion – Automatic promotion is off."),
        ("refused", "correct the files"),
        ("nothing_to_do", "run with force"),
        ("failed", "before a dataset was made"),
        ("failed in training", "training or the gate did not finish"),
        (
            "failed in its pod",
            "Training pod – It ran out of memory. Raise CS_PIPELINE_POD_MEMORY_LIMIT",
        ),
        ("failed to promote", "The gate was passed, but the model was not promoted"),
        ("first promoted", "no live model to compare with"),
        ("first promoted", "first live model"),
    ],
)
def test_what_follows_from_the_outcome(name, shown, folder, english):
    assert shown in text_of(page(RUNS[name], folder))


def test_each_export_of_the_validation_rows_is_shown(folder, english):
    told = interval(1.25, 0.5, 2.0)
    parts = [
        SliceMeasures(
            export_sha256=name * 64,
            rows=rows,
            is_new=new,
            loss_nats_per_token=2.5,
            information=found,
        )
        for name, rows, new, found in (("a", 40, False, told), ("b", 5, True, None))
    ]
    measured = content(slices=tuple(parts))
    shown = text_of(page(reached("promoted", result=result(content=measured)), folder))
    assert "aaaaaaaaaaaa 40 2.5000 +1.25 +0.50 ~ +2.00" in " ".join(shown.split())
    assert "bbbbbbbbbbbb new 5 2.5000 too few rows" in " ".join(shown.split())


def test_the_report_says_what_the_interval_and_the_probe_cover(folder, english):
    report = leak(places=3000, places_asked=108)
    compared = interval(0.1, 0.05, 0.2)
    record = reached("promoted", result=result(leak=report, comparison=compared))
    shown = text_of(page(record, folder))
    assert "another seed of the training would give is not in it" in shown
    assert "108 / 3,000" in shown


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


def test_rows_of_a_refused_export_are_told_and_not_counted():
    good, refused = reports()
    refused = refused.model_copy(update={"rows_read": 500, "refused": {"empty_answer": 400}})
    figures = data_figures(run("failed", reports=(good, refused)))
    assert figures["rows_read"] == 1240
    assert figures["rows_refused"] == 34
    assert figures["refused"][1] == {"empty_answer": 400}


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
    assert not re.search(
        r"https?://|@import|url\((?!#)|<script|<link|<iframe|\ssrc=|\shref=(?!\"#)", html
    )
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
        "import sys, cs_pipeline.report;"
        "assert not {'torch', 'transformers', 'pandas', 'boto3', 'matplotlib', 'numpy'}"
        " & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


FULL = reached("held", result=full_result(), verdict=verdict("hold", BELOW, BETTER, BY_HAND))
PREVIOUS = dataset().model_copy(
    update={"version_id": "20260223-77fe01aa", "train_rows": 9643, "duplicates_removed": 12}
)


@pytest.mark.parametrize(
    "shown",
    [
        "95% interval +0.1500 to +0.2100", "The whole interval lies above 0",
        "same 1,180 validation answers, 2,000 resamples", "Perplexity lower is better 27.11 22.68",
        "chrF likeness to the real answers, higher is better 22.00 24.30 +2.30 better",
        "Ends by itself higher is better 96.9% 98.4% +1.5 pp better",
        "64 validation questions", "Answers sampled 960", "Masked values known 4,213",
        "Rows (train + validation) 10,823 11,823 +1,000", "Duplicates removed 12 37 +25",
        "Share of duplicates 21.0% 23.8% +2.8 pp", "Mean question (characters) 31.2 34.6 +3.4",
        "20260223-77fe01aa", "The words differ by 0.", "cc-by-nc-sa-4.0", "Speed 1,883 tokens/s",
    ],
)  # fmt: skip
def test_figures_of_a_run_in_which_everything_was_measured(shown, full_page):
    assert shown in full_page


@pytest.fixture(scope="module")
def full_page(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(LANGUAGE_VARIABLE, "en")
        path = write_report(FULL, folder, PREVIOUS, profile())
        return text_of(path.read_text(encoding="utf-8"))


def test_what_the_dataset_is_compared_with(tmp_path, english):
    def told(record, *previous):
        html = write_report(record, tmp_path, *previous).read_text(encoding="utf-8")
        return unescape(text_of(html))

    lonely = FULL.model_copy(update={"result": full_result(champion=None)})
    assert "Against the" not in told(lonely)
    assert "Rows (train + validation)" in told(lonely, PREVIOUS)
    assert "Against the live model's data" in told(FULL)
    assert "Rows (train + validation)" not in told(FULL)
    assert "are compared with the live model's data" in told(FULL, PREVIOUS)
    assert "the live model's data" not in told(FULL, PREVIOUS, profile())


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0.1, 0.2, "The whole interval lies above 0"),
        (-0.2, -0.1, "The whole interval lies below 0"),
        (-0.1, 0.1, "The interval holds 0"),
    ],
)
def test_the_interval_in_words(low, high, shown, tmp_path, english):
    record = FULL.model_copy(update={"result": full_result(comparison=comparison(low, high))})
    html = page(record, tmp_path)
    assert shown in text_of(html)
    assert "interval-title" in html


def test_figures_per_token_are_not_compared_between_tokenizers(tmp_path, english):
    champion = full_result().champion.model_copy(update={"tokenizer_sha256": "t2"})
    record = FULL.model_copy(update={"result": full_result(champion=champion)})
    shown = text_of(page(record, tmp_path))
    assert "have different tokenizers" in shown
    assert "Eval loss nats/token, lower is better 3.3000 3.1215 –" in shown
    assert re.search(r"Bits per character lower is better \S+ \S+ -0\.1\d+ better", shown)


def test_a_live_model_that_cannot_be_loaded(tmp_path, english):
    problem = Words(ko="파일이 손상되었습니다.", en="Its files are damaged.")
    champion = ChampionScore(version_id="m-0007", problem=problem)
    record = FULL.model_copy(update={"result": result(champion=champion)})
    assert "m-0007 could not be scored: Its files are damaged." in text_of(page(record, tmp_path))


def test_a_warning_and_unknown_rules(tmp_path, english):
    drift = BELOW.model_copy(update={"rule": "data_is_alike", "outcome": "warning"})
    odd = BELOW.model_copy(update={"rule": "odd_rule"})
    record = FULL.model_copy(update={"verdict": verdict("promote", drift, odd)})
    shown = text_of(page(record, tmp_path))
    assert "Data is alike ! warning" in shown
    assert "odd_rule ✓ passed" in shown


def test_who_overruled_the_gate_is_told(tmp_path, english):
    override = Override(
        decision="promote",
        previous="reject",
        version_id="m-0008",
        note="Read <b>all</b> answers.",
        by="kim",
        decided_at=NOON,
    )
    overruled = verdict("promote", BELOW).model_copy(update={"override": override})
    html = page(FULL.model_copy(update={"verdict": overruled}), tmp_path)
    assert "A person overruled the gate: reject → promote" in text_of(html)
    assert "Read &lt;b&gt;all&lt;/b&gt; answers." in html
    assert "overruled" not in text_of(page(FULL, tmp_path))


def test_a_leak_is_loud(tmp_path, english):
    found = leak(exact_hits=3, suspicious=12, by_kind={"PHONE": 9, "odd": 3})
    shown = text_of(page(FULL.model_copy(update={"result": full_result(leak=found)}), tmp_path))
    assert "Answers with a masked value 3" in shown
    assert "odd 3 phone 9" in shown
    assert "Do not use this model" in shown


def write_samples(folder: Path, samples: object) -> None:
    (folder / "train").mkdir(exist_ok=True)
    text = json.dumps(samples, ensure_ascii=True)
    (folder / "train" / "samples.json").write_text(text, encoding="utf-8")


def sample(**changes: object) -> dict[str, object]:
    texts = {"question": "언제 오나요?", "reference": "내일 옵니다.", "champion": "네."}
    return texts | {"candidate": "내일 도착합니다."} | changes


def test_answers_stand_side_by_side(tmp_path, language):
    write_samples(tmp_path, [sample(candidate="#@이름# 님,\n<i>내일</i> 옵니다.")])
    html = page(FULL, tmp_path)
    for text in ("언제 오나요?", "내일 옵니다.", "네.", "님,\n&lt;i&gt;내일&lt;/i&gt; 옵니다."):
        assert text in html
    assert '<span class="mask">#@이름#</span>' in html
    assert '<dl class="three">' in html


def test_what_was_said_before_stands_above_a_sample(tmp_path, language):
    context = ["환불은요?", "<b>#@이름# 님</b>, 신청하세요.", "", "네."]
    write_samples(tmp_path, [sample(context=context)])
    html = page(FULL, tmp_path)
    assert "&lt;b&gt;" in html
    assert html.index("환불은요?") < html.index("신청하세요.") < html.index("언제 오나요?")
    assert html.count('<li class="text" tabindex="0"><b>') == 4
    write_samples(tmp_path, [sample(context=[])])
    assert '<ol class="earlier' not in page(FULL, tmp_path)


def test_the_dataset_says_how_much_context_it_has(tmp_path, english):
    assert "Context turns" not in text_of(page(FULL, tmp_path))
    dataset = FULL.dataset.model_copy(update={"context_turns": 3})
    shown = text_of(page(FULL.model_copy(update={"dataset": dataset}), tmp_path))
    assert "Context turns 3 at most" in shown


def test_without_a_live_model_there_is_no_column_for_it(tmp_path, english):
    write_samples(tmp_path, [sample(champion=None), sample(question="둘째 질문")])
    assert '<dl class="three">' in page(FULL, tmp_path)
    write_samples(tmp_path, [sample(champion=None)])
    assert '<dl class="two">' in page(FULL, tmp_path)


def test_an_empty_answer_is_named(tmp_path, english):
    write_samples(tmp_path, [sample(champion="", candidate="")])
    html = page(FULL, tmp_path)
    assert '<dl class="three">' in html
    assert html.count("(empty answer)") == 2


def test_more_samples_than_the_page_takes(tmp_path, english):
    write_samples(tmp_path, [sample(question=f"질문{number}번") for number in range(40)])
    shown = text_of(page(FULL, tmp_path))
    assert "The first 12 of 40" in shown
    assert "질문11번" in shown
    assert "질문12번" not in shown


def test_signs_that_are_no_text_are_removed(tmp_path):
    dirty = "\ud800앞\x00\x1b[31m\u202e뒤\u200b\r\n끝 👩\u200d👧\x07 "
    write_samples(tmp_path, [sample(candidate=dirty)])
    (read,) = read_samples(tmp_path / "train" / "samples.json")
    assert read.candidate == "앞[31m뒤\n끝 👩\u200d👧"
    assert read.candidate in page(FULL, tmp_path)


@pytest.mark.parametrize(
    "samples",
    [
        *({}, None, 7, "text", [], [None, 7, [], {}]),
        *([sample(question=None)], [sample(candidate=1)]),
        *([sample(context=["네", 1])], [sample(context="네")]),
    ],
)
def test_damaged_samples_are_left_out(samples, tmp_path, english):
    write_samples(tmp_path, samples)
    assert read_samples(tmp_path / "train" / "samples.json") == []
    assert "Sample questions" not in page(FULL, tmp_path)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[[[["])
def test_a_damaged_file_of_samples_is_none(content, tmp_path):
    (tmp_path / "samples.json").write_bytes(content)
    assert read_samples(tmp_path / "samples.json") == []
    assert read_samples(tmp_path / "none.json") == []


def test_report_json_holds_changes_and_analysis(tmp_path):
    write_report(FULL, tmp_path, PREVIOUS, profile())
    figures = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {"name": "rows", "before": 10823, "now": 11823} in figures["dataset_changes"]
    assert figures["analysis"]["strengths"][0].keys() == {"ko", "en"}


def test_a_report_needs_no_curves_and_no_folder_of_the_trainer(tmp_path):
    html = page(FULL, tmp_path)
    assert html.count("<svg") == 1  # the interval


@pytest.mark.parametrize(
    ("before", "now", "shift"),
    [
        ((0.5, 0.5), (0.5, 0.5), 0.0),
        ((1.0, 0.0), (0.0, 1.0), 1.0),
        ((1.0,), (0.5, 0.5), None),
        ((), (), None),
    ],
)
def test_vocabulary_shift(before, now, shift):
    profiles = (profile(word_buckets=before), profile(word_buckets=now))
    assert vocabulary_shift(*profiles) == (None if shift is None else pytest.approx(shift))
    assert vocabulary_shift(None, profiles[1]) is None


def golden(**changes: object) -> dict[str, object]:
    entry = {
        "question": "환불은 며칠 걸리나요?",
        "must_contain": ["영업일"],
        "must_not_contain": ["무조건"],
        "context": [],
        "candidate": "#@이름# 님, <i>내일</i>",
        "met": False,
        "champion": "영업일 기준 2일입니다.",
        "champion_met": True,
    }
    return entry | changes


def write_golden(folder: Path, entries: object) -> None:
    (folder / "train").mkdir(parents=True, exist_ok=True)
    (folder / "train" / "golden.json").write_text(json.dumps(entries), encoding="utf-8")


def test_golden_questions_show_the_old_answer_beside_the_new(tmp_path, language):
    write_golden(tmp_path, [golden(), golden(met=True, champion_met=False, question="둘째 <b>")])
    html = page(reached("promoted"), tmp_path)
    shown = text_of(html)
    assert shown.index("영업일 기준 2일입니다.") < shown.index("내일")
    assert ("잃음" if language == "ko" else "lost") in shown
    assert ("2개 가운데 후보가 1개" if language == "ko" else "The candidate meets 1 of 2") in shown
    assert "<i>" not in html.split("#1")[1].split("</article>")[0]
    assert "둘째 <b>" not in html


def test_without_a_live_model_golden_questions_have_two_columns(tmp_path, english):
    write_golden(tmp_path, [golden(champion=None, champion_met=None)])
    section = page(reached("promoted"), tmp_path).split("Golden questions</h2>")[1]
    assert "Live model" not in section.split("</section>")[0]


@pytest.mark.parametrize("entries", [{}, [1], [{"question": "x"}], "x"])
def test_damaged_golden_answers_are_left_out(tmp_path, english, entries):
    write_golden(tmp_path, entries)
    assert "Golden questions</h2>" not in page(reached("promoted"), tmp_path)
