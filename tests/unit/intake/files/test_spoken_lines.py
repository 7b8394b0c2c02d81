"""Conversations as plain text."""

import io

import pytest

from cs_pipeline.intake.files.spoken_lines import is_spoken, spoken_rows

SPOKEN = "고객 : 언제 오나요?\n상담사 김: 내일 옵니다.\n오전에 전화드려요.\n\n[09:01] 고객: 왜요?\n"
SPOKEN += "[09:02] 상담사: 비가 와서요.\n챗봇: 상담이 끝났습니다."


def rows(text: str) -> list[list[str]]:
    found = list(spoken_rows(io.StringIO(text), text))
    assert [number for number, _ in found] == sorted({number for number, _ in found})
    return [cells for _, cells in found[1:]]


def test_each_line_is_an_utterance_and_blank_lines_part_conversations() -> None:
    assert is_spoken(SPOKEN)
    assert rows(SPOKEN) == [
        ["1", "고객", "언제 오나요?", ""],
        ["1", "상담사 김", "내일 옵니다.\n오전에 전화드려요.", ""],
        ["2", "고객", "왜요?", "09:01"],
        ["2", "상담사", "비가 와서요.", "09:02"],
        ["2", "챗봇", "상담이 끝났습니다.", ""],
    ]


def test_blank_lines_between_all_lines_part_nothing() -> None:
    spread = "고객: 언제요?\r\n\r\n상담사: 내일요.\r\n\r\n고객: 왜요?\r\n\r\n상담사: 비가 와서요."
    assert is_spoken(spread)
    assert [cells[0] for cells in rows(spread)] == ["1"] * 4


def test_rules_part_conversations_and_what_stands_on_top_is_a_heading() -> None:
    copied = "3월 민원 모음\n\n" + "".join(
        f"[{n}] 2026-03-0{n} / 한여름\n민원인 : {n}번 언제요?\n담당자 : 내일요.\n\n오전요.\n"
        "민원인: 네.\n-----\n"
        for n in (1, 2, 3)
    )
    assert is_spoken(copied)
    assert rows(copied) == [
        [str(n), who, said, ""]
        for n in (1, 2, 3)
        for who, said in (
            ("민원인", f"{n}번 언제요?"),
            ("담당자", "내일요.\n오전요."),
            ("민원인", "네."),
        )
    ]


def test_numbered_headings_below_blank_lines_are_none_of_the_conversation() -> None:
    copied = "\n".join(f"{n}. 접수\n고객: 언제요?\n상담사: 내일요.\n" for n in (1, 2, 3))
    assert is_spoken(copied)
    assert [cells[:3] for cells in rows(copied)] == [
        [str(n), *said] for n in (1, 2, 3) for said in (("고객", "언제요?"), ("상담사", "내일요."))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "질문,답변\n고객: 언제 오나요?,내일 옵니다\n" * 5,
        "고객: 하나\n고객: 둘\n고객: 셋\n고객: 넷",
        "주소: 서울\n전화: 02\n고객: 한여름\n상담사: 나래울\n비고: 없음\n메모: 없음",
        "고객: 언제요?\n상담사: 내일요.",
        "----\n고객: 언제요?\n안내문\n둘째\n----\n상담사: 내일요.\n셋째\n넷째\n----\n고객: 네",
        "",
    ],
)
def test_these_are_no_spoken_lines(text: str) -> None:
    assert not is_spoken(text)
