"""Mails one below the other in a text file."""

import io

import pytest

from cs_pipeline.intake.files.mail_text import is_mails, mail_rows

ASKED = "From: a@x.kr\nTo: b@y.kr\nDate: 2026-03-02 09:03\nSubject: 배송\n\n언제 오나요?\n"
TOLD = "From: b@y.kr\nTo: a@x.kr\nDate: 2026-03-02 10:00\nSubject: Re: 배송\n\n내일 옵니다.\n"
SIGNS = "=" * 20 + "\n"


def rows(text: str) -> list[tuple[int, list[str]]]:
    assert is_mails(text)
    return list(mail_rows(io.StringIO(text), text))[1:]


def fields(text: str) -> list[tuple[str, str, str]]:
    """From whom, about what, and which words."""
    return [(cells[0], cells[3], cells[4]) for _, cells in rows(text)]


BOTH = [("a@x.kr", "배송", "언제 오나요?"), ("b@y.kr", "Re: 배송", "내일 옵니다.")]


def test_a_mails_row_is_that_of_its_first_line() -> None:
    assert rows(ASKED + SIGNS + TOLD) == [
        (1, ["a@x.kr", "b@y.kr", "2026-03-02 09:03", "배송", "언제 오나요?"]),
        (8, ["b@y.kr", "a@x.kr", "2026-03-02 10:00", "Re: 배송", "내일 옵니다."]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        ASKED + SIGNS + TOLD,
        SIGNS + ASKED + SIGNS + TOLD + SIGNS,
        "메일 보관함\n\n" + ASKED + SIGNS + TOLD,
        ASKED + "\n" + TOLD,
        (ASKED + "\n" + TOLD).replace("\n", "\r\n"),
        ASKED + "\n" + TOLD.replace("From", "보낸 사람 ").replace("To", "받는 사람 "),
    ],
)
def test_lines_of_signs_or_blank_lines_part_mails(text: str) -> None:
    assert fields(text) == BOTH


QUOTED = "From: a@x.kr\nTo: b@y.kr\nSent: 2026-03-02 09:03\nSubject: 배송\n\n언제 오나요?\n"


@pytest.mark.parametrize(
    "text",
    [
        ASKED + SIGNS + TOLD + "\n" + QUOTED,
        ASKED + SIGNS + TOLD + "_" * 32 + "\n" + QUOTED,
        ASKED + "\n" + TOLD + "\n-----Original Message-----\n\n" + QUOTED,
        ASKED + "\n" + TOLD + "\n" + QUOTED.replace("Subject: 배송\n", ""),
    ],
)
def test_a_mail_that_is_quoted_is_none_itself(text: str) -> None:
    found = fields(text)
    assert [sender for sender, *_ in found] == ["a@x.kr", "b@y.kr"]
    assert found[1][2].startswith("내일 옵니다.")


@pytest.mark.parametrize(
    "text",
    [
        ASKED,
        "From: 서울\nTo: 부산\n" * 5,
        "고객: 언제 오나요?\n상담사: 내일 옵니다.\n" * 5,
        "질문,답변\nFrom: 누구세요?,To: 저요\n" * 5,
        "From: a@x.kr\nSubject: 배송\n\n언제 오나요?\n\n" * 3,
        "",
    ],
)
def test_these_are_no_mails(text: str) -> None:
    assert not is_mails(text)
