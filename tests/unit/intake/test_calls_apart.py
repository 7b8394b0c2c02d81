"""Calls and questions that only a line, a number or a merged cell tells apart."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from cs_pipeline.config import Settings
from cs_pipeline.intake.sheets.speakers import number_of
from cs_pipeline.intake.sheets.stand_ins import stands_in
from tests.unit.intake.call_centre_exports import (
    Build,
    Pair,
    Row,
    clock,
    delimited,
    said,
    workbook,
)
from tests.unit.intake.test_call_centre_exports import assert_as_expected

OPEN = frozenset({3, 9, 17})
"""Questions that nobody answers."""


def answered() -> list[Pair]:
    return [pair for n, pair in enumerate(said()) if n not in OPEN]


def _chats(over: tuple[str, str]) -> Build:
    """One chat below the other; only a line between them says that one is over."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            lines = [("상담원", "안녕하세요, 상담원입니다. 무엇을 도와드릴까요?"), ("고객", q)]
            lines += [] if n in OPEN else [("상담원", a)]
            at = clock(n)
            rows += [(at + timedelta(seconds=9 * step), *one) for step, one in enumerate(lines)]
            rows.append((at + timedelta(minutes=3), *over))
        workbook(path, ("대화", [("시각", "화자", "내용"), *rows]))
        return answered()

    return write


def _numbered(order: Iterable[str], day: int = 8) -> Build:
    """`Q1` to `Q8` of a day, and their answers; the numbers begin anew each day."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for start in range(0, 24, day):
            for side in order:
                for n in range(start, start + day):
                    if side in ("both", "q"):
                        rows.append((f"Q{n - start + 1}", said()[n][0]))
                    if side in ("both", "a") and n not in OPEN:
                        rows.append((f"A{n - start + 1}", said()[n][1]))
        workbook(path, ("메모", [("구분", "내용"), *rows]))
        return answered()

    return write


def rooms_of_line(path: Path) -> list[Pair]:
    """Chats of LINE, one file pasted below the other, all of one day."""
    lines: list[str] = []
    for n, (q, a) in enumerate(said()):
        lines += ["[LINE] 고객님과의 대화", "저장 시간: 2026/03/20 18:00", "", "2026/03/02(월)"]
        lines += [f"{9 + n // 6:02}:{n % 6}0\t고객\t{q}"]
        lines += [] if n in OPEN else [f"{9 + n // 6:02}:{n % 6}2\t상담사\t{a}"]
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")
    return answered()


def rooms_of_kakaotalk(path: Path) -> list[Pair]:
    """Chats of KakaoTalk for computers, one file pasted below the other."""
    lines: list[str] = []
    for n, (q, a) in enumerate(said()):
        lines += ["고객 님과 카카오톡 대화", "저장한 날짜 : 2026-03-20 18:00:11", ""]
        lines += [
            "--------------- 2026년 3월 2일 월요일 ---------------",
            f"[고객] [오전 9:{n:02}] {q}",
        ]
        lines += [] if n in OPEN else [f"[상담사] [오전 9:{n + 20:02}] {a}"]
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")
    return answered()


def _messages(modules: Iterable[tuple[str, str]]) -> Build:
    """Text messages of which a column says which program sent them."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = [("일시", "발신번호", "수신번호", "구분", "발송모듈", "내용")]
        for n, (q, a) in enumerate(said()):
            phone, at = f"010-0000-{2000 + n}", clock(n)
            rows.append((at, phone, "1588-0000", "MO", "-", q))
            rows += [(at + timedelta(minutes=1), "1588-0000", phone, "MT", *one) for one in modules]
            rows.append((at + timedelta(minutes=2), "1588-0000", phone, "MT", "CS", a))
        delimited(path, rows, delimiter="\t")
        return said()

    return write


def one_answer_for_several_wordings(path: Path) -> list[Pair]:
    """The cells of an answer and of its number are merged over two wordings of a question."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["번호", "고객 질문", "답변", "비고"])
    pairs: list[Pair] = []
    for n, (q, a) in enumerate(said()):
        wordings = (q, f"{q} 빨리 알려 주세요.")
        sheet.append([n + 1, wordings[0], a])
        sheet.append([None, wordings[1]])
        for column in "AC":
            sheet.merge_cells(f"{column}{2 * n + 2}:{column}{2 * n + 3}")
        pairs += [(one, a) for one in wordings]
    book.save(path)
    return pairs


def _columns(headings: tuple[str, ...], order: tuple[int, ...], *, read: bool) -> Build:
    def write(path: Path) -> list[Pair] | None:
        pairs = said()
        rows = [[n, *((*pairs[n], *pairs[n + 1])[side] for side in order)] for n in range(0, 24, 2)]
        workbook(path, ("문의", [("번호", *headings), *rows]))
        return pairs if read else None

    return write


def _log(head: tuple[str, ...], sides: tuple[tuple[str, ...], ...]) -> Build:
    """A chat log in which names stand beside roles, or a mark before those of agents."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, pair in enumerate(said()):
            for step, (cells, text) in enumerate(zip(sides, pair, strict=True)):
                named = [cell.format(n=chr(ord("가") + n)) for cell in cells]
                rows.append((f"CH{n:05}", clock(n) + timedelta(seconds=40 * step), *named, text))
        workbook(path, ("메시지", [head, *rows]))
        return said()

    return write


def _cells(form: str, *, read: bool) -> Build:
    """Question, answer and what was done about it in one cell."""

    def write(path: Path) -> list[Pair] | None:
        rows = [
            (n, form.format(q) if n in OPEN else form.format(q) + f"\n[답변] {a}\n[조치] 전산 등록")
            for n, (q, a) in enumerate(said())
        ]
        workbook(path, ("일지", [("번호", "상담내용"), *rows]))
        return answered() if read else None

    return write


EXPORTS: dict[str, tuple[Build, str]] = {
    "sections of a cell": (_cells("[문의] {}", read=True), "a.xlsx"),
    "sections in words": (_cells("【고객 문의】 {}", read=True), "a.xlsx"),
    "what is in brackets": (_cells("[배송] {}", read=False), "a.xlsx"),
    "roles beside names": (
        _log(
            ("상담ID", "일시", "발신구분", "발신자", "메시지"),
            (("고객", "유성{n}"), ("상담사", "정다솜")),
        ),
        "a.xlsx",
    ),
    "roles behind names": (
        _log(
            ("채팅방번호", "보낸시각", "보낸이", "보낸이유형", "내용"),
            (("홍경{n}", "고객"), ("박지훈", "상담원")),
        ),
        "a.xlsx",
    ),
    "a mark before agents": (
        _log(("대화방", "시간", "작성자", "내용"), (("문보{n}",), ("[CS]정다솜",))),
        "a.xlsx",
    ),
    "a line says it is over": (_chats(("시스템", "상담이 종료되었습니다.")), "a.xlsx"),
    "another line": (_chats(("시스템", "Chat has ended")), "a.xlsx"),
    "answers below all questions": (_numbered(("q", "a")), "a.xlsx"),
    "answers below each question": (_numbered(("both",)), "a.xlsx"),
    "rooms of LINE": (rooms_of_line, "a.txt"),
    "rooms of KakaoTalk": (rooms_of_kakaotalk, "a.txt"),
    "messages of programs": (
        _messages(
            [
                ("BULK", "주말 할인 행사를 합니다."),
                ("ALIM", "상품이 출고되었습니다. 송장 1510856674"),
            ]
        ),
        "a.tsv",
    ),
    "messages of agents alone": (_messages([]), "a.tsv"),
    "one answer for several wordings": (one_answer_for_several_wordings, "a.xlsx"),
    "questions before answers": (
        _columns(("문의1", "추가문의2", "답변1", "추가답변2"), (0, 2, 1, 3), read=True),
        "a.xlsx",
    ),
    "an answer behind each question": (
        _columns(("문의1", "답변1", "추가문의2", "추가답변2"), (0, 1, 2, 3), read=True),
        "a.xlsx",
    ),
}


@pytest.mark.parametrize(("build", "name"), EXPORTS.values(), ids=EXPORTS)
def test_an_export_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


def test_a_customer_who_asks_whether_it_is_over_ends_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    def write(path: Path) -> list[Pair]:
        rows = [
            (side, f"{text}{' 상담이 종료되었나요?' if side == '고객' else ''}")
            for pair in said()
            for side, text in zip(("고객", "상담원"), pair, strict=True)
        ]
        workbook(path, ("대화", [("화자", "내용"), *rows]))
        return [(f"{q} 상담이 종료되었나요?", a) for q, a in said()]

    assert_as_expected(settings, tmp_path / "a.xlsx", write)


@pytest.mark.parametrize(
    ("label", "number"),
    [
        *(("Q1", 1), ("a12", 12), ("답변 3", 3), ("Q-4.", 4)),
        *(("Q", 0), ("고객1", 0), ("Q1번", 0), ("1", 0), ("agent 7", 0)),
    ],
)
def test_numbers_of_questions_and_answers(label: str, number: int) -> None:
    assert number_of(label) == number


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        *(("답변을 등록해 주세요.", True), ("등록된 답변이 없습니다.", True), ("NULL", True)),
        *(("아직 답변이 등록되지 않았습니다", True), ("No answer yet", True)),
        *(("답변이 늦어 죄송합니다.", False), ("등록해 주세요.", False), ("없습니다.", False)),
        *(("리뷰에 답변을 등록해 주시면 됩니다.", False), ("Null 값은 비워 두세요.", False)),
    ],
)
def test_what_stands_where_an_answer_is_still_to_come(answer: str, expected: bool) -> None:
    assert stands_in(answer) is expected
