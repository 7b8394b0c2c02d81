"""Lists whose answers slipped by some rows, and say so by a number, an empty cell or a copy.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

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

_LOST = 15


def _marked(question: str, answer: str, *, lost: bool = True) -> Build:
    """Each text is numbered; an answer that was lost lets those below it move up."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, _) in enumerate(said(), 1):
            of = n + 1 if lost and n >= _LOST else n
            told = answer.format(of) + said()[of - 1][1] if of <= len(said()) else ""
            rows.append((question.format(n) + q, told, n // 5))
        delimited(path, [("질문", "답변", "쪽"), *rows])
        return said()[: _LOST - 1] if lost else said()

    return write


def steps_in_answers(path: Path) -> list[Pair]:
    """Questions are numbered; some answers count what is to be done."""
    pairs = [(f"문의{n}. {q}", f"A2. {a}" if n % 3 else a) for n, (q, a) in enumerate(said(), 1)]
    delimited(path, [("질문", "답변"), *pairs])
    return [(q, a) for (q, _), (_, a) in zip(said(), pairs, strict=True)]


def _named(head: Row, number: str, call: str) -> Build:
    """Answers begin with a case's number; their column was sorted by itself."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        pairs: list[Pair] = []
        for n, (q, _) in enumerate(said()):
            of = n if n % 6 == 0 else (n * 7 + 3) % 24
            told = call.format(number.format(3 * of)) + said()[of][1]
            rows.append((number.format(3 * n), clock(n), q, told, NAMES[n % 3]))
            if of == n:
                pairs.append((q, told))
        delimited(path, [head, *rows])
        return pairs

    return write


def earlier_cases_in_answers(path: Path) -> list[Pair]:
    """Answers name the case before, which they go on with."""
    pairs = [
        (q, f"R-{2023 + n} 접수 건에 이어 안내드립니다. {a}") for n, (q, a) in enumerate(said())
    ]
    rows = [(f"R-{2024 + n}", *pair) for n, pair in enumerate(pairs)]
    delimited(path, [("접수번호", "문의내용", "답변내용"), *rows])
    return pairs


def other_cases_in_some_answers(path: Path) -> list[Pair]:
    pairs: list[Pair] = []
    for n, (q, a) in enumerate(said()):
        of = f"R-{2024 + n - (2 if n % 5 == 4 else 0)}"
        pairs.append((q, f"R-{2024 + n} 건은 {of} 건과 함께 처리했습니다. {a}"))
    delimited(
        path,
        [
            ("접수번호", "문의내용", "답변내용"),
            *((f"R-{2024 + n}", *pair) for n, pair in enumerate(pairs)),
        ],
    )
    return pairs


def _nearest(head: Row, *, threads: bool = False) -> Build:
    """Answers looked up with their numbers; where there was none, the next lower one's.

    With `threads`, cases that go on with an earlier one name it, and have answers of their own.
    """

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            of = n - 1 if n % 4 == 3 else n
            told = a if threads else said()[of][1]
            rows.append((20240300 + 3 * n, clock(n), q, 20240300 + 3 * of, told))
        workbook(path, ("통합", [head, *rows]))
        return [pair for n, pair in enumerate(said()) if threads or n % 4 != 3]

    return write


def swapped_by_a_newcomer(path: Path) -> list[Pair]:
    """Whoever typed a few rows took the columns for each other."""
    rows: list[Row] = []
    pairs: list[Pair] = []
    for n, (q, a) in enumerate(said()):
        asked, told = q.replace("궁금합니다", "궁금해요"), a
        if 8 <= n < 15:
            asked, told = told, asked
        else:
            pairs.append((asked, told))
        rows.append((clock(n).date(), asked, told, NAMES[8 <= n < 15]))
    workbook(path, ("VOC", [("일자", "문의", "답변", "작성"), *rows]))
    return pairs


def formal_customers(path: Path) -> list[Pair]:
    """Some customers state what is wrong, and agents ask back or promise something."""
    back = ("혹시 언제 구매하셨나요?", "바로 확인해 볼게요", "사진이 있을까요?", "어느 매장인가요?")
    pairs = [
        (f"{q[:4]}에 흠집이 있어 사진을 보냅니다.", back[n % 4]) if n % 3 == 1 else (q, a)
        for n, (q, a) in enumerate(said())
    ]
    delimited(path, [("질문", "답변"), *pairs])
    return pairs


SLIPPED: dict[str, tuple[Build, str]] = {
    "marks that disagree": (_marked("문{}. ", "답{}. "), "a.csv"),
    "marks that disagree in brackets": (_marked("[질문 {}] ", "[답변 {}] "), "a.csv"),
    "marks that agree": (_marked("Q{}. ", "A{}. ", lost=False), "a.csv"),
    "steps in answers": (steps_in_answers, "a.csv"),
    "answers that name other cases": (
        _named(("접수번호", "접수일", "문의", "답변", "담당자"), "고충-{:04}", "[{} 회신] "),
        "a.csv",
    ),
    "answers that name other cases in English": (
        _named(("case no", "date", "question", "answer", "agent"), "CS-{:05}", "Re: {} - "),
        "a.csv",
    ),
    "earlier cases in answers": (earlier_cases_in_answers, "a.csv"),
    "other cases in some answers": (other_cases_in_some_answers, "a.csv"),
    "looked up with its number": (
        _nearest(("접수번호", "문의일", "문의내용", "답변접수번호", "답변내용")),
        "a.xlsx",
    ),
    "swapped by a newcomer": (swapped_by_a_newcomer, "a.xlsx"),
    "formal customers": (formal_customers, "a.csv"),
    "cases that go on": (
        _nearest(("접수번호", "문의일", "문의내용", "대표접수번호", "답변내용"), threads=True),
        "a.xlsx",
    ),
}
