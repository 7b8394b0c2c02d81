"""A site's golden questions: reading them, and whether answers meet them."""

from pathlib import Path

import pytest

from cs_pipeline.errors import SettingsError
from cs_pipeline.golden import load_golden_questions, measured, meets, questions_sha256
from cs_pipeline.records import GoldenQuestion

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "golden-questions.example.yaml"


def masked(text: str) -> str:
    return text.replace("010-1234-5678", "#@전화번호#")


def load(tmp_path: Path, text: str) -> tuple[GoldenQuestion, ...]:
    path = tmp_path / "golden.yaml"
    path.write_text(text, encoding="utf-8")
    return load_golden_questions(path, masked)


def test_the_example_is_read() -> None:
    first, second = load_golden_questions(EXAMPLE, masked)
    assert first.question == "환불은 며칠 걸리나요?"
    assert first.must_contain == ("영업일",)
    assert first.must_not_contain == ("전액 보장", "무조건")
    assert len(second.context) == 2


def test_questions_and_context_are_masked(tmp_path: Path) -> None:
    (one,) = load(
        tmp_path,
        "questions:\n- question: 010-1234-5678로 전화 주세요\n  must_contain: ['#@전화번호#']\n"
        "  context: [010-1234-5678, 네]\n",
    )
    assert "1234" not in one.model_dump_json()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("questions: []", 1),
        ("questions:\n- must_contain: [a]", 2),
        ("questions:\n- question: 비밀\n", 2),
        ("questions:\n- question: ''\n  must_contain: [a]", 2),
        ("questions:\n- question: q\n  must_contain: []", 3),
        ("questions:\n- question: q\n  must_contain: 비밀", 3),
        ("questions:\n- question: q\n  비밀: [a]", 3),
        ("questions:\n- question: q\n  must_contain: [a]\n  context: [비밀]", 4),
        ("비밀: 1", 1),
        ("", 1),
    ],
)
def test_a_wrong_file_is_refused_with_its_line_and_no_value(tmp_path, text, line) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)
    assert f"line {line}" in caught.value.words.en
    assert "비밀" not in caught.value.words.ko + caught.value.words.en


def test_too_many_questions_are_refused(tmp_path: Path) -> None:
    many = "questions:\n" + "- {question: q, must_contain: [a]}\n" * 1001
    with pytest.raises(SettingsError, match=r"1,000"):
        load(tmp_path, many)


ASKED = GoldenQuestion(
    question="q", must_contain=("영업일", "2일"), must_not_contain=("전액 보장",)
)


@pytest.mark.parametrize(
    ("answer", "met"),
    [
        ("영업일 기준 2일입니다.", True),
        ("영업 일 기준\n２일입니다.", True),
        ("영업일 기준입니다.", False),
        ("영업일 2일, 전액보장합니다.", False),
        ("", False),
    ],
)
def test_neither_spaces_nor_width_count(answer: str, met: bool) -> None:
    assert meets(ASKED, answer) == met


def test_letter_case_does_not_count() -> None:
    assert meets(GoldenQuestion(question="q", must_contain=("VIP",)), "vip 회원")


def test_an_empty_answer_meets_nothing() -> None:
    assert not meets(GoldenQuestion(question="q", must_not_contain=("환불",)), " \n")


def questions(count: int) -> list[GoldenQuestion]:
    return [GoldenQuestion(question=str(one), must_contain=("예",)) for one in range(count)]


def test_what_the_live_model_meets_and_the_candidate_does_not_is_lost() -> None:
    found = measured(
        questions(4), ["예", "아니오", "아니오", "예"], ["예", "예", "아니오", "아니오"]
    )
    assert (found.questions, found.met, found.live_met) == (4, 2, 2)
    assert (found.missed, found.lost) == ((2, 3), (2,))


def test_without_a_live_model_nothing_is_lost() -> None:
    found = measured(questions(2), ["예", "아니오"], None)
    assert (found.live_met, found.lost) == (None, ())


def test_a_live_model_that_meets_none_counts_as_asked() -> None:
    assert measured(questions(2), ["예", "예"], ["", ""]).live_met == 0


def test_the_sum_changes_with_the_questions() -> None:
    assert questions_sha256(questions(2)) != questions_sha256(questions(3))
    assert questions_sha256(questions(2)) == questions_sha256(questions(2))
