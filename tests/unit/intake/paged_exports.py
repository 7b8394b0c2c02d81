"""Pages of a log pasted below each other: what an owner expects, or None."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.unit.intake.call_centre_exports import (
    Build,
    Pair,
    Row,
    clock,
    delimited,
    said,
    workbook,
)

_PAGE, _OVERLAP = 11, 3


def _messages() -> list[tuple[str, str, object, str, str]]:
    """Number, chat, time, side and text; two questions a chat."""
    return [
        (str(910000 + 3 * n), f"S{n // 4:03}", clock(n), ("고객", "상담사")[n % 2], text)
        for n, text in enumerate(text for pair in said() for text in pair)
    ]


def _pages(headings: Row, rows: Sequence[Row]) -> Iterator[Row]:
    """Each page begins with the last rows of the one above it."""
    for number, start in enumerate(range(0, len(rows), _PAGE), start=1):
        yield headings
        yield from rows[max(0, start - _OVERLAP) : start + _PAGE]
        yield (f"{number}페이지", *[""] * (len(list(headings)) - 1))


def pages_that_overlap(path: Path) -> list[Pair]:
    rows = [(n, chat, f"{when:%Y-%m-%d %H:%M:%S}", *rest) for n, chat, when, *rest in _messages()]
    delimited(path, _pages(("메시지ID", "상담ID", "일시", "발신", "내용"), rows))
    return said()


def pages_without_times(path: Path) -> list[Pair]:
    rows = [(n, chat, side, text) for n, chat, _, side, text in _messages()]
    workbook(path, ("상담", _pages(("메시지ID", "상담ID", "발신", "내용"), rows)))
    return said()


def english_pages(path: Path) -> list[Pair]:
    rows = [
        (n, chat, when, "agent" if side == "상담사" else "customer", text)
        for n, chat, when, side, text in _messages()
    ]
    headings = ("message id", "chat id", "sent at", "from", "text")
    workbook(path, ("chat", _pages(headings, rows)))
    return said()


def the_same_words_again(path: Path) -> list[Pair]:
    """The same question is asked in the next chat, below the headings of the next page."""
    headings = ("상담ID", "발신", "내용")
    rows: list[Row] = []
    for number, (question, answer) in enumerate(said()):
        for chat in ("a", "b"):
            rows += [headings, (f"{number}{chat}", "고객", question)]
            rows += [(f"{number}{chat}", "상담사", f"{answer} ({chat})")]
    delimited(path, rows)
    return [(question, f"{answer} ({chat})") for question, answer in said() for chat in ("a", "b")]


PAGED: Sequence[tuple[Build, str]] = (
    (pages_that_overlap, "a.csv"),
    (pages_without_times, "a.xlsx"),
    (english_pages, "a.xlsx"),
    (the_same_words_again, "a.csv"),
)
"""Builders and names of files."""
