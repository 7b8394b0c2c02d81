"""Registers that desks keep by hand or by query: void rows, drafts, joined and staggered rows.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.unit.intake.call_centre_exports import (
    NAMES,
    Build,
    Pair,
    Row,
    clock,
    delimited,
    said,
    workbook,
)

Cells = Callable[[int], object]
_VOIDED = (3, 4, 11, 19)
_EMPTY_TEMPLATE = "안녕하세요, 고객님. [답변 내용을 입력하세요]"


def _table(path: Path, headings: Sequence[str], rows: Sequence[Row]) -> None:
    if path.suffix == ".csv":
        delimited(path, [headings, *rows])
    else:
        workbook(path, ("대장", [headings, *rows]))


def _stated(
    heading: str,
    state: Cells,
    *,
    voids: bool,
    other: Callable[[int], str] | None = None,
    columns: tuple[str, str] = ("고객문의", "답변"),
) -> Build:
    """A register with a column of states; in some rows the answer is `other`, or another's."""

    def write(path: Path) -> list[Pair]:
        pairs = said()
        rows: list[Row] = []
        for n, (q, a) in enumerate(pairs):
            wrong = n in _VOIDED and voids
            answer = (other(n) if other else pairs[n - 9][1]) if wrong else a
            rows.append((n + 1, clock(n).date(), q, answer, state(n), NAMES[n % 5]))
        _table(path, ("No", "등록일", *columns, heading, "담당"), rows)
        return [pair for n, pair in enumerate(pairs) if not (n in _VOIDED and voids)]

    return write


def _either(one: object, other: object) -> Cells:
    """One in the rows that are void, the other in all else."""
    return lambda n: one if n in _VOIDED else other


def _crossed_out(struck: Callable[[int], bool], *, voids: bool) -> Build:
    """Rows are struck through; of void ones the answer is another's."""

    def write(path: Path) -> list[Pair]:
        from openpyxl import Workbook
        from openpyxl.styles import Font

        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["No", "문의", "답변"])
        pairs = said()
        for n, (q, a) in enumerate(pairs):
            sheet.append([n + 1, q, pairs[n - 9][1] if voids and struck(n) else a])
            for cell in sheet[n + 2]:
                cell.font = Font(strike=struck(n), bold=n % 2 == 0)
        book.save(path)
        return [pair for n, pair in enumerate(pairs) if not (voids and struck(n))]

    return write


def _unfilled(path: Path) -> list[Pair]:
    """Templates that nobody filled in, and nothing that says so."""
    pairs = said()
    rows = [(q, _EMPTY_TEMPLATE if n in _VOIDED else a) for n, (q, a) in enumerate(pairs)]
    _table(path, ("문의내용", "답변내용"), rows)
    return [pair for n, pair in enumerate(pairs) if n not in _VOIDED]


def _glued(step: int) -> Build:
    """A second branch's rows below, with a column more (1) or less (-1) before their texts."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            front = [f"{clock(n):%Y-%m-%d}", NAMES[n % 5]]
            if n >= 14:
                front = [*front, ("전화", "방문", "카톡")[n % 3]] if step > 0 else front[:1]
            rows.append((*front, q, a, NAMES[(n + 1) % 5], *[""] * (4 - len(front))))
        _table(path, ("접수일", "고객명", "문의", "답변", "상담사", "비고"), rows)
        return said()[:14]

    return write


def words_with_remarks(path: Path) -> list[Pair]:
    """Some questions are a word, and a few rows have a remark beside the answer."""
    pairs = [
        (("배송", "환불", "색상")[n % 3], a) if n % 3 else (q, a) for n, (q, a) in enumerate(said())
    ]
    rows = [
        (n, q, a, "다시 전화하기로 하셨습니다." if n in (1, 8, 14) else "")
        for n, (q, a) in enumerate(pairs)
    ]
    _table(path, ("번호", "문의", "답변", "비고"), rows)
    return pairs


def _joined(headings: Sequence[str], number: Callable[[int], object], times: int) -> Build:
    """A query joined inquiries with the lines of their orders."""

    def write(path: Path) -> list[Pair]:
        rows = [
            (number(n), f"20260300{n:03}", f"{n}-{line}", q, f"{clock(n):%Y-%m-%d}", a)
            for n, (q, a) in enumerate(said())
            for line in range(1 + n % times)
        ]
        _table(path, headings, rows)
        return said()

    return write


def the_same_again(path: Path) -> list[Pair]:
    """Two people ask the same in a row and are answered alike: each counts."""
    pairs = [pair for pair in said() for _ in range(2)]
    _table(path, ("문의번호", "문의", "답변"), [(900 + n, q, a) for n, (q, a) in enumerate(pairs)])
    return pairs


def _stairs(headings: Sequence[str], row: Callable[[int, str, bool], Row]) -> Build:
    """Answers a row below their questions, of which two in a row stay unanswered."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            rows.append(row(n, q, True))
            if n not in (5, 6, 15):
                rows.append(row(n, a, False))
        _table(path, headings, rows)
        return [pair for n, pair in enumerate(said()) if n not in (5, 6, 15)]

    return write


def one_customer_goes_on(path: Path) -> list[Pair]:
    """A customer's question goes on in the row below, which names the customer again."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        name, words = NAMES[n % 5], q.split(" ", 2)
        rows += [(name, " ".join(words[:2]), ""), (name, words[2], ""), ("", "", a)]
    _table(path, ("성함", "문의", "답변"), rows)
    return said()


_ORDERS = ("배송중", "취소", "반품완료", "결제완료")
_JOINED = ("inquiry_id", "order_id", "item", "inquiry_content", "created", "reply_content")

REGISTERS: dict[str, tuple[Build, str]] = {
    "entered in error": (_stated("상태", _either("오등록(폐기)", "완료"), voids=True), "a.xlsx"),
    "struck through": (_crossed_out(lambda n: n in _VOIDED, voids=True), "a.xlsx"),
    "struck through as done": (_crossed_out(lambda n: n < 20, voids=False), "a.xlsx"),
    "flag of deleted rows": (_stated("삭제여부", _either("Y", "N"), voids=True), "a.csv"),
    "time of a deletion": (
        _stated("deleted_at", _either("2026-03-09 10:00:00", ""), voids=True),
        "a.csv",
    ),
    "remark of an error": (_stated("비고", _either("오입력", ""), voids=True), "a.xlsx"),
    "void in English": (
        _stated("Status", _either("Void", "Closed"), voids=True, columns=("question", "answer")),
        "a.csv",
    ),
    "inquiries taken back": (_stated("접수상태", _either("취소", "완료"), voids=True), "a.xlsx"),
    "states of orders": (_stated("상태", lambda n: _ORDERS[n % 4], voids=False), "a.xlsx"),
    "state of an order": (_stated("주문상태", _either("취소", "완료"), voids=False), "a.xlsx"),
    "what is asked for": (
        _stated("문의구분", lambda n: ("등록", "변경", "삭제")[n % 3], voids=False),
        "a.xlsx",
    ),
    "a wish to be deleted": (
        _stated("비고", _either("삭제 요청하신 고객", ""), voids=False),
        "a.xlsx",
    ),
    "flag of nothing": (_stated("삭제여부", lambda n: "N", voids=False), "a.csv"),
    "days of all deletions": (_stated("삭제일", lambda n: "2027-03-01", voids=False), "a.csv"),
    "not answered": (
        _stated(
            "답변상태", _either("미답변", "답변완료"), voids=True, other=lambda n: _EMPTY_TEMPLATE
        ),
        "a.xlsx",
    ),
    "drafts by a flag": (
        _stated("답변여부", _either("N", "Y"), voids=True, other=lambda n: "확인 중인 초안입니다."),
        "a.csv",
    ),
    "drafts in English": (
        _stated("reply status", _either("draft", "sent"), voids=True, columns=("query", "reply")),
        "a.csv",
    ),
    "waiting for approval": (
        _stated("처리상태", _either("승인대기", "발송"), voids=True),
        "a.xlsx",
    ),
    "open tickets with replies": (
        _stated("처리상태", lambda n: ("접수", "진행중", "완료")[n % 3], voids=False),
        "a.xlsx",
    ),
    "flag that says nothing": (_stated("답변여부", lambda n: "N", voids=False), "a.csv"),
    "templates not filled in": (_unfilled, "a.xlsx"),
    "a column more": (_glued(1), "a.xlsx"),
    "a column less": (_glued(-1), "a.csv"),
    "words with remarks": (words_with_remarks, "a.xlsx"),
    "joined with lines of orders": (_joined(_JOINED, lambda n: 5510 + n, 3), "a.csv"),
    "joined by a request's id": (
        _joined(("Request ID", *_JOINED[1:]), lambda n: f"R-{n}", 4),
        "a.xlsx",
    ),
    "the same again": (the_same_again, "a.xlsx"),
    "stairs with names": (
        _stairs(
            ("일자", "성함", "문의", "답변", "처리자"),
            lambda n, text, asks: (
                f"{clock(n):%m.%d}",
                NAMES[n % 5] if asks else "",
                *((text, "") if asks else ("", text)),
                "" if asks else "실장",
            ),
        ),
        "a.xlsx",
    ),
    "stairs with numbers": (
        _stairs(
            ("No", "질문", "답변"),
            lambda n, text, asks: (n + 1, text, "") if asks else ("", "", text),
        ),
        "a.csv",
    ),
    "stairs with roles": (
        _stairs(
            ("구분", "고객명", "내용"),
            lambda n, text, asks: ("문의", NAMES[n % 5], text) if asks else ("답변", "", text),
        ),
        "a.xlsx",
    ),
    "one customer goes on": (one_customer_goes_on, "a.xlsx"),
}
"""Builders and names of files, by what is special about them."""
