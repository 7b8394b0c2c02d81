import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cs_pipeline.language import Words
from cs_pipeline.quality import expectations, figures
from cs_pipeline.quality.expectations import QualityOutcome, check_exchanges
from cs_pipeline.quality.figures import figures_of
from cs_pipeline.quality.rules import load_rules
from cs_pipeline.records import Exchange, Finding

RULES = load_rules(max_text_characters=50)

SECRET = "비밀값 010-9999-0000"


def exchange(question: str, answer: str, row: int = 2) -> Exchange:
    return Exchange("상담", f"B{row}", f"D{row}", question, answer, original=(question, answer))


def numbered(count: int, question: str, answer: str) -> list[Exchange]:
    return [
        exchange(question.format(number), answer.format(number), number + 2)
        for number in range(count)
    ]


def check(exchanges: Sequence[Exchange]) -> QualityOutcome:
    return check_exchanges(exchanges, RULES)


def finding(outcome: QualityOutcome, reason: str) -> Finding:
    [found] = [item for item in outcome.findings if item.expectation == reason]
    return found


GOOD = numbered(20, "{}번 주문은 언제 오나요?", "{}번 주문은 내일 도착합니다.")


@pytest.mark.parametrize(
    ("question", "answer", "reason", "cell"),
    [
        ("", "네, 됩니다.", "empty_question", "B9"),
        (" \u3000", "네, 됩니다.", "empty_question", "B9"),
        ("되나요?", "", "empty_answer", "D9"),
        ("", "", "empty_question", "B9"),
        ("가" * 51, "네, 됩니다.", "too_long", "B9"),
        ("되나요?", "가" * 51, "too_long", "D9"),
        ("???", "네, 됩니다.", "no_text", "B9"),
        ("되나요?", "02-000-0000", "no_text", "D9"),
        ("되나요", " 되나요 ", "same_text", "B9"),
    ],
)
def test_a_bad_row_is_refused_with_reason_and_cell(
    question: str, answer: str, reason: str, cell: str
) -> None:
    bad = exchange(question, answer, 9)
    outcome = check([*GOOD[:10], bad, *GOOD[10:]])
    assert outcome.accepted == GOOD
    [row] = outcome.refused
    assert (row.sheet, row.cell, row.reason, row.original) == ("상담", cell, reason, bad.original)
    assert row.words.ko != row.words.en
    found = finding(outcome, reason)
    assert not found.passed
    assert found.severity == "warning"
    assert found.measured == pytest.approx(1 / 21)
    assert outcome.blocking is None


@pytest.mark.parametrize(
    ("question", "answer"),
    [("가" * 50, "나" * 50), ("ㅠㅠ", "네"), ("A/S 되나요", "iPhone OK"), ("되나요?", "되나요!")],
)
def test_an_odd_but_good_row_is_accepted(question: str, answer: str) -> None:
    outcome = check([*GOOD, exchange(question, answer)])
    assert len(outcome.accepted) == 21
    assert outcome.refused == []


def test_a_clean_export_passes_every_expectation() -> None:
    outcome = check(GOOD)
    assert [item.expectation for item in outcome.findings if not item.passed] == []
    assert {item.expectation for item in outcome.findings} == {
        *("empty_question", "empty_answer", "too_long", "no_text", "same_text"),
        *("columns_missing", "nothing_left", "mostly_refused", "many_duplicates"),
        *("not_korean", "columns_swapped", "answers_not_sentences", "staff_notes"),
    }


def test_an_export_in_another_script_is_blocked() -> None:
    outcome = check(numbered(10, "¾È³çÇÏ¼¼¿ä {}", "³×, ¾È³çÇÏ¼¼¿ä {}"))
    assert outcome.blocking is not None
    assert outcome.blocking.expectation == "not_korean"
    assert outcome.blocking.measured == 0
    assert outcome.blocking.limit == 0.3


def test_a_half_english_export_goes_on() -> None:
    mixed = [*GOOD[:5], *numbered(5, "where is order {}", "it comes tomorrow {}")]
    assert check(mixed).blocking is None


@pytest.mark.parametrize(
    "answers", [["김민지", "박서준"], ["완료", "처리"], ["네", "예.", "아니요"]]
)
def test_answers_that_are_no_sentences_are_blocked(answers: list[str]) -> None:
    rows = [replace(row, answer=answers[number % len(answers)]) for number, row in enumerate(GOOD)]
    blocking = check(rows).blocking
    assert blocking is not None
    assert blocking.expectation == "answers_not_sentences"


NOTES = (
    "택배사 확인 후 익일 도착 안내함",
    "분실등록 처리, 재발급 접수",
    "임시 비밀번호 문자 발송함.",
    "해지 부서 이관",
    "부재중이라 문자 남김",
    "환불 절차 안내드림",
    "어댑터 지급. 새 장비에 설치",
    "어제 백업본으로 복원.",
)


def test_notes_of_what_was_done_are_blocked() -> None:
    rows = [
        replace(row, question="배송 지연 문의", answer=f"{number}차 {NOTES[number % len(NOTES)]}")
        for number, row in enumerate(GOOD)
    ]
    blocking = check(rows).blocking
    assert blocking is not None
    assert (blocking.expectation, blocking.measured) == ("staff_notes", 1.0)


def test_notes_among_answers_do_not_stop_an_export() -> None:
    notes = [replace(row, answer=f"{row.answer_cell} {NOTES[0]}") for row in GOOD[:10]]
    assert check([*notes, *GOOD[10:]]).blocking is None


@pytest.mark.parametrize(
    "answer",
    [
        "분실 신고는 앱에서 접수해 주세요.",
        "환불은 3일 안에 처리됩니다",
        "네, 확인했어요^^",
        "아래에서 골라 주세요. A. 카드 B. 현금 문의",
        "3일 걸립니다. 행복센터 드림",
        "1588-0000",
        "안내가 필요하시면 말씀해 주십시오.",
    ],
)
def test_words_to_a_customer_are_no_notes(answer: str) -> None:
    rows = [replace(row, answer=f"{row.answer_cell}. {answer}") for row in GOOD]
    assert finding(check(rows), "staff_notes").measured == 0


def test_some_short_answers_among_others_go_on() -> None:
    short = [replace(row, answer="네") for row in GOOD[:10]]
    assert check([*short, *GOOD[10:]]).blocking is None
    polite = [replace(row, answer=f"네, {row.answer_cell}번은 됩니다") for row in GOOD]
    assert check(polite).blocking is None


def swapped(rows: Sequence[Exchange]) -> list[Exchange]:
    return [replace(row, question=row.answer, answer=row.question) for row in rows]


def test_swapped_columns_are_blocked_and_named() -> None:
    blocking = check(swapped(GOOD)).blocking
    assert blocking is not None
    assert blocking.expectation == "columns_swapped"
    assert "B열과 D열" in blocking.words.ko
    assert "columns B and D" in blocking.words.en


def test_swapped_speakers_are_named_as_such() -> None:
    rows = [replace(row, answer_cell="B1") for row in swapped(GOOD)]
    blocking = check(rows).blocking
    assert blocking is not None
    assert "발화자 열" in blocking.words.ko


@pytest.mark.parametrize(
    "rows",
    [
        swapped(GOOD[:19]),
        numbered(30, "{}번 환불하고 싶어요", "{}번은 고객센터로 문의해 주세요."),
        numbered(30, "{}번 되나요?", "{}번 고객님, 무엇을 도와드릴까요?"),
    ],
    ids=["too few rows", "agents ask politely", "both ask"],
)
def test_these_are_not_taken_for_swapped(rows: list[Exchange]) -> None:
    assert check(rows).blocking is None


def test_many_duplicates_are_a_warning() -> None:
    outcome = check([GOOD[0]] * 5)
    found = finding(outcome, "many_duplicates")
    assert (found.passed, found.severity, found.measured) == (False, "warning", 0.8)
    assert outcome.blocking is None
    assert len(outcome.accepted) == 5
    assert finding(check([GOOD[0]] * 2), "many_duplicates").passed


def test_many_refused_rows_are_a_warning_and_all_are_blocking() -> None:
    some = check([*GOOD[:3], exchange("", "네")])
    assert not finding(some, "mostly_refused").passed
    assert some.blocking is None
    every = check([exchange("", "네"), exchange("네", "")])
    assert every.blocking is not None
    assert every.blocking.expectation == "nothing_left"
    assert len(every.refused) == 2


def test_no_exchanges_at_all_leave_nothing() -> None:
    outcome = check([])
    assert outcome.blocking is not None
    assert outcome.blocking.expectation == "nothing_left"


def test_refused_rows_do_not_sway_the_judgement_of_the_rest() -> None:
    garbled = numbered(15, "{}", "no letters in the question {}")
    assert check([*GOOD[:10], *garbled]).blocking is None


def by_site(tmp_path: Path, rules: str, rows: Sequence[Exchange]) -> QualityOutcome:
    path = tmp_path / "site.yaml"
    path.write_text(f"rules:\n{rules}", encoding="utf-8")
    return check_exchanges(rows, load_rules(path, max_text_characters=50))


OWN_WORDS = "words: {ko: 답변이 짧습니다., en: The answer is short.}"


def test_a_site_makes_a_warning_critical_and_the_reverse(tmp_path: Path) -> None:
    strict = "- {reason: many_duplicates, max: 0.1, severity: critical}"
    stopped = by_site(tmp_path, strict, [*GOOD, *GOOD])
    assert stopped.blocking is not None
    assert stopped.blocking.expectation == "many_duplicates"
    assert (stopped.blocking.limit, stopped.blocking.measured) == (0.1, 0.5)
    assert stopped.blocking.limit_words == Words(ko="10% 이하", en="at most 10%")
    assert stopped.refusal is not None
    assert stopped.refusal.reason == "many_duplicates"
    mild = by_site(tmp_path, "- {reason: columns_swapped, severity: warning}", swapped(GOOD))
    assert (mild.blocking, mild.refusal) == (None, None)
    assert not finding(mild, "columns_swapped").passed


def test_a_rule_that_is_switched_off_neither_refuses_nor_is_told(tmp_path: Path) -> None:
    rows = [*GOOD, exchange("되나요", "되나요")]
    outcome = by_site(tmp_path, "- {reason: same_text, severity: off}", rows)
    assert outcome.accepted == rows
    assert "same_text" not in {item.expectation for item in outcome.findings}


def test_a_row_rule_that_is_critical_stops_the_export(tmp_path: Path) -> None:
    rule = "- {reason: empty_answer, severity: critical}"
    assert by_site(tmp_path, rule, GOOD).blocking is None
    outcome = by_site(tmp_path, rule, [*GOOD, exchange("되나요", "")])
    assert outcome.blocking is not None
    assert outcome.blocking.expectation == "empty_answer"
    assert "The whole file is refused".lower() in outcome.blocking.words.en
    assert len(outcome.refused) == 1


def test_a_sites_own_row_rule_refuses_with_its_own_words(tmp_path: Path) -> None:
    rule = f"- {{reason: short, judge: row, figures: [answer_letters], min: 3, {OWN_WORDS}}}"
    outcome = by_site(tmp_path, rule, [*GOOD, exchange("되나요?", "네"), exchange("되나요", "")])
    assert [row.reason for row in outcome.refused] == ["short", "empty_answer"]
    assert outcome.refused[0].words == Words(ko="답변이 짧습니다.", en="The answer is short.")
    assert outcome.refused[0].cell == "D2"
    assert finding(outcome, "short").words.en == "The answer is short: 1 row"


@pytest.mark.parametrize(("limit", "passed"), [("min: 16", True), ("above: 16", False)])
def test_a_sites_own_export_rule_judges_the_mean(tmp_path: Path, limit: str, passed: bool) -> None:
    rule = f"- {{reason: short, judge: export, figures: [answer_characters], {limit}, {OWN_WORDS}}}"
    rows = numbered(10, "{}번 되나요?", "네, 다음 주에는 돼요. {}.")
    found = finding(by_site(tmp_path, rule, rows), "short")
    assert (found.measured, found.limit, found.passed) == (16, 16, passed)
    said = {True: "within the limit", False: "The answer is short. (measured 16 characters"}
    assert said[passed] in found.words.en


def test_least_rows_keep_a_rule_from_small_exports(tmp_path: Path) -> None:
    rule = (
        "- {reason: short, judge: export, figures: [answer_characters], min: 99, least_rows: 20, "
        f"{OWN_WORDS}}}"
    )
    few = by_site(tmp_path, rule, GOOD[:19])
    assert "short" not in {item.expectation for item in few.findings}
    assert not finding(by_site(tmp_path, rule, GOOD), "short").passed


def test_without_any_letters_left_the_share_of_hangul_is_not_judged(tmp_path: Path) -> None:
    outcome = by_site(tmp_path, "- {reason: no_text, severity: off}", numbered(5, "{}?", "{}!"))
    assert "not_korean" not in {item.expectation for item in outcome.findings}
    assert len(outcome.accepted) == 5


LIKE = numbered(250, "{}번 주문은 언제 오나요?", "{}번 주문은 내일 도착합니다.")
UNLIKE = numbered(250, "{}번 보험 청구 서류가 무엇인지 궁금해요", "진단서와 영수증입니다 {}")


def beside(rows: Sequence[Exchange], *earlier: Sequence[Exchange]) -> QualityOutcome:
    profiles = [check_exchanges(one, RULES, earlier=()).profile for one in earlier]
    assert None not in profiles
    return check_exchanges(rows, RULES, earlier=profiles)  # type: ignore[arg-type]


def test_an_export_unlike_those_before_it_is_a_warning() -> None:
    outcome = beside(UNLIKE, LIKE, LIKE)
    found = finding(outcome, "drift")
    assert (found.passed, found.severity, found.figure) == (False, "warning", "drift")
    assert outcome.comparison is not None
    assert found.measured == outcome.comparison.parts.total > 0.6
    assert "쓰인 단어" in found.words.ko
    assert f"the words in use ({found.measured:.2f})" in found.words.en
    assert outcome.blocking is None


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            numbered(
                250,
                "{}번 주문은 언제 오나요?",
                "{}번 주문은 내일 도착합니다. 내일 도착합니다. 내일 도착합니다.",
            ),
            "of answers",
        ),
        (
            numbered(
                250,
                "{}번 주문은 언제 오나요? 주문은 언제 오나요? 주문은 언제 오나요?",
                "{}번 주문은 내일 도착합니다.",
            ),
            "of questions",
        ),
        (LIKE[:50] * 5, "the share of duplicates (0.0% -> 80.0%)"),
    ],
)
def test_the_part_that_drifted_most_is_named(rows: list[Exchange], says: str) -> None:
    assert says in finding(beside(rows, LIKE), "drift").words.en


def test_an_export_like_those_before_it_passes() -> None:
    found = finding(beside([*LIKE, exchange("", "네")], LIKE), "drift")
    assert found.passed
    assert found.measured == 0


@pytest.mark.parametrize("earlier", [[], [LIKE[:199]]])
def test_what_cannot_be_compared_is_not_judged(earlier: list[list[Exchange]]) -> None:
    outcome = beside(UNLIKE, *earlier)
    assert "drift" not in {item.expectation for item in outcome.findings}
    assert outcome.comparison is None
    assert outcome.profile is not None


def test_no_text_reaches_great_expectations_or_any_outcome(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frames = []
    validate = expectations._validate

    def watch(frame: object, suite: list[object]) -> list[object]:
        results = validate(frame, suite)  # type: ignore[arg-type]
        frames.append(f"{frame!r}{[item.to_json_dict() for item in results]!r}")
        return results

    monkeypatch.setattr(expectations, "_validate", watch)
    outcome = check([exchange(SECRET, SECRET), exchange("", SECRET), exchange(SECRET * 9, "네")])
    assert len(frames) == 2
    shown = "".join(frames) + repr(outcome) + repr(outcome.refused)
    assert "비밀값" not in shown
    assert "9999" not in shown


def test_figures_hold_numbers_only() -> None:
    frame = figures_of(
        [exchange("되나요?", "네 OK"), exchange("되나요?", "네 OK"), exchange("", "")]
    )
    assert tuple(frame.columns) == figures.COLUMNS
    assert {str(kind) for kind in frame.dtypes} == {"float64", "int32", "int8"}
    assert frame["hangul_share"].tolist()[:2] == [pytest.approx(4 / 6)] * 2
    assert frame["hangul_share"].isna().tolist() == [False, False, True]
    assert frame["is_duplicate"].tolist() == [0, 1, 0]
    assert frame["asks_more"].tolist() == [-1, -1, 0]


def test_figures_are_the_same_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [*GOOD, exchange("가\ud800😀ㅋ", "Ä ﾊ 1"), exchange("", ""), *GOOD]
    whole = figures_of(rows)
    monkeypatch.setattr(figures, "_CHUNK_ROWS", 7)
    assert figures_of(rows).equals(whole)
    assert whole["is_duplicate"].sum() == 20
    odd = whole.loc[20]
    assert (odd["question_characters"], odd["question_letters"], odd["answer_letters"]) == (4, 2, 2)
    assert odd["hangul_share"] == 0.5


def test_an_expectation_that_cannot_run_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    from cs_pipeline.errors import CsPipelineError

    monkeypatch.setattr(
        expectations, "figures_of", lambda rows: figures_of(rows).drop(columns="answer_letters")
    )
    with pytest.raises(CsPipelineError) as caught:
        check(GOOD)
    assert isinstance(caught.value.words, Words)


def test_nothing_is_left_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    before = set(os.environ)
    check(GOOD)
    assert list(tmp_path.iterdir()) == []
    assert set(os.environ) == before


def test_importing_the_room_loads_no_heavy_library() -> None:
    import subprocess
    import sys

    program = (
        "import sys, cs_pipeline.quality.expectations, cs_pipeline.quality.quarantine\n"
        "import cs_pipeline.intake.exchanges, cs_pipeline.intake.inbox.ledger\n"
        "heavy = {'pandas', 'great_expectations', 'openpyxl', 'python_calamine', 'boto3'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_few_rows_alone_are_not_judged_as_an_export() -> None:
    english = [exchange("Where is it?", "On its way, is it?", 2), exchange("되나요?", "", 3)]
    outcome = check_exchanges(english, RULES, rows_alone=True)
    assert outcome.blocking is None
    assert [row.reason for row in outcome.refused] == ["empty_answer"]
    assert {item.expectation for item in outcome.findings if not item.passed} == {"empty_answer"}


@pytest.mark.parametrize("rows", [[], [exchange("되나요?", "")]])
def test_rows_alone_are_refused_whole_when_none_is_left(rows: list[Exchange]) -> None:
    outcome = check_exchanges(rows, RULES, rows_alone=True)
    assert outcome.blocking is not None
    assert outcome.blocking.expectation == "nothing_left"
    assert len(outcome.refused) == len(rows)
