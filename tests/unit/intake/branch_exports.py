"""Exports of branches and databases: templates sent, rooms at a time, lines cut, rows repeated."""

from collections.abc import Sequence
from pathlib import Path

from tests.unit.intake.call_centre_exports import (
    NAMES,
    Build,
    Pair,
    clock,
    delimited,
    said,
    workbook,
)

_TEMPLATES = ("[T-012] 배송 안내 템플릿", "[T-034] 환불 규정", "템플릿: 일반", "직접작성")


def what_was_sent_beside_its_template(path: Path) -> list[Pair]:
    """답변 names a template; what the customer read stands under 발송내용."""
    head = ("접수번호", "문의", "답변", "발송내용", "발송채널", "처리자")
    rows = [
        (f"R{n}", q, _TEMPLATES[n % 4], a, "알림톡", NAMES[n % 5])
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("발송이력", [head, *rows]))
    return said()


def what_was_sent_in_english(path: Path) -> list[Pair]:
    rows = [(n, q, f"macro_{n % 3}", a) for n, (q, a) in enumerate(said())]
    delimited(path, (("Ticket", "Question", "Answer", "Sent message"), *rows))
    return said()


def templates_alone(path: Path) -> None:
    """Only the template's name is known: nothing says what was answered."""
    rows = [(q, _TEMPLATES[n % 4], NAMES[n % 5]) for n, (q, _) in enumerate(said())]
    workbook(path, ("이력", [("문의", "답변", "처리자"), *rows]))


def answers_with_a_mark(path: Path) -> list[Pair]:
    """A code in brackets before every answer is part of what was sent."""
    rows = [(q, f"[T-0{n % 4}] {a}") for n, (q, a) in enumerate(said())]
    workbook(path, ("이력", [("문의", "답변"), *rows]))
    return [(q, f"[T-0{n % 4}] {a}") for n, (q, a) in enumerate(said())]


def an_answer_that_was_sent_later(path: Path) -> list[Pair]:
    """답변 holds sentences: what was sent about it besides is no other answer."""
    rows = [(q, a, f"{n}번 문의에 답변이 등록되었습니다.") for n, (q, a) in enumerate(said())]
    workbook(path, ("이력", [("문의", "답변", "발송문구"), *rows]))
    return said()


def headings_in_sentences(path: Path) -> list[Pair]:
    head = ("순번", "고객이 물어본 말", "우리가 답한 말", "담당")
    rows = [(n, q, a, NAMES[n % 5]) for n, (q, a) in enumerate(said())]
    workbook(path, ("3월", [("3월 고객 응대 기록",), (), head, *rows]))
    return said()


def headings_in_english_sentences(path: Path) -> list[Pair]:
    head = ("No.", "What the customer asked", "What we answered")
    delimited(path, (head, *((n, q, a) for n, (q, a) in enumerate(said()))))
    return said()


def headings_of_an_inspection(path: Path) -> None:
    """What was asked for and when somebody answered: neither is what anybody said."""
    rows = [(NAMES[n % 5], "전화", str(clock(n))) for n in range(24)]
    workbook(path, ("점검", [("문의한 고객", "문의한 방법", "답변한 시각"), *rows]))


def _rooms(rows_of: int = 3) -> list[tuple[str, str, str]]:
    """Rooms in which so many talk at a time: questions first, then their answers."""
    rows = []
    for first in range(0, len(said()), rows_of):
        some = list(enumerate(said()))[first : first + rows_of]
        rows += [(f"room-{n}", "손님", q) for n, (q, _) in some]
        rows += [(f"room-{n}", "매니저", a) for n, (_, a) in reversed(some)]
    return rows


def rooms_at_a_time(path: Path) -> list[Pair]:
    rows = [("26.3.2(월)", f"{clock(n, 1):%H:%M}", *row) for n, row in enumerate(_rooms())]
    workbook(path, ("채팅", [("일자", "시간", "상담방", "발신", "내용"), *rows]))
    return said()


def cut_lines(path: Path) -> list[Pair]:
    """A database's long texts, two rows an utterance, the last line first."""
    rows = []
    for n, pair in enumerate(said()):
        for turn, (role, text) in enumerate(zip(("고객", "상담원"), pair, strict=True), start=1):
            begins, ends = text.split(" ", 1)
            rows += [
                (f"2026{n:04}", turn, role, line, part) for line, part in ((2, ends), (1, begins))
            ]
    delimited(path, (("TICKET_NO", "TURN_NO", "ROLE_NM", "LINE_NO", "LINE_TEXT"), *rows), "cp949")
    return said()


def numbered_lines_that_are_utterances(path: Path) -> list[Pair]:
    """Both columns number whole utterances: one in the call, one in the file."""
    rows = [
        (f"C{n}", 2 * n + place, place + 1, role, text)
        for n, pair in enumerate(said())
        for place, (role, text) in enumerate(zip(("고객", "상담사"), pair, strict=True))
    ]
    head = ("통화ID", "라인", "발화순번", "화자", "발화내용")
    delimited(path, (head, *rows[::-1]))
    return said()


def _messages() -> list[tuple[str, int, str, str]]:
    return [
        (f"TK{n // 2}", 2 * (n % 2) + place, sender, text)
        for n, pair in enumerate(said())
        for place, (sender, text) in enumerate(zip(("고객", "상담사"), pair, strict=True))
    ]


def repeated_by_label(path: Path) -> list[Pair]:
    """Every ticket as often as it has labels, one time below the other."""
    rows = []
    for ticket in range(12):
        own = [row for row in _messages() if row[0] == f"TK{ticket}"]
        rows += [(*row, tag) for tag in ("vip", "모바일", "신규") for row in own]
    delimited(path, (("ticket_no", "msg_seq", "sender", "msg_body", "tag_name"), *rows), "utf-8")
    return said()


def said_twice_under_two_numbers(path: Path) -> list[Pair]:
    """The same words under another number were said again."""
    rows = [(0, "고객", said()[0][0]), (1, "상담사", "네, 고객님.")]
    rows += [(2, "고객", said()[1][0]), (3, "상담사", "네, 고객님.")]
    rows += [(4, "고객", said()[2][0]), (5, "상담사", said()[2][1])]
    delimited(path, (("ticket_no", "msg_seq", "sender", "msg_body"), *((7, *row) for row in rows)))
    return [(rows[place][2], rows[place + 1][2]) for place in (0, 2, 4)]


BRANCHES: Sequence[tuple[Build, str]] = (
    (what_was_sent_beside_its_template, "sent.xlsx"),
    (what_was_sent_in_english, "sent.csv"),
    (templates_alone, "templates.xlsx"),
    (answers_with_a_mark, "marks.xlsx"),
    (an_answer_that_was_sent_later, "later.xlsx"),
    (headings_in_sentences, "sentences.xlsx"),
    (headings_in_english_sentences, "sentences.csv"),
    (headings_of_an_inspection, "inspection.xlsx"),
    (rooms_at_a_time, "rooms.xlsx"),
    (cut_lines, "lines.csv"),
    (numbered_lines_that_are_utterances, "numbers.csv"),
    (repeated_by_label, "labels.csv"),
    (said_twice_under_two_numbers, "twice.csv"),
)
