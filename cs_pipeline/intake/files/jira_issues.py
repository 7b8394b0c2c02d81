"""Issues of a Jira service desk, saved as CSV with a column for each comment, as a table.

    Issue key,Reporter,Assignee,Created,Description,Comment,Comment
    HELP-1,min,kim,04/Mar/26 9:11 AM,언제 오나요?,04/Mar/26 9:21 AM;kim;내일 도착합니다.,

Who reported an issue asks. Comments of the assignee are answers; of others it is asked whose they
are.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import TextIOWrapper

from cs_pipeline.intake.files.csv_text import table_text_rows
from cs_pipeline.intake.files.row_widths import Widths

HEADINGS = ["대화번호", "발화자", "내용", "시각", "고객명", "담당자명"]
_KEY, _ASKED, _COMMENT, _MADE = "issue key", "description", "comment", "created"
_REPORTER, _ASSIGNEE = ("reporter", "reporter id"), ("assignee", "assignee id")
_SAID = re.compile(r"(?P<when>[^;\n]{6,40});(?P<who>[^;\s][^;\n]{0,100});(?P<said>.*)", re.DOTALL)
_SIGNED = re.compile(r"\d[^;,\t\n]{0,8};[^;\s][^;\n]{0,100};")
_TIME = re.compile(
    r"(?P<day>\d{1,2})/(?P<month>[a-z]{3}|\d{1,2}월)/(?P<year>\d{2}|\d{4}),? +"
    r"(?P<clock>\d{1,2}:\d{2}) *(?P<half>AM|PM|오전|오후)?",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HALVES = {"AM": "오전", "PM": "오후"}


def is_jira(sample: str) -> bool:
    """Whether a text's first line names the columns of such issues, and comments say whose."""
    if _SIGNED.search(sample) is None:
        return False
    first = next(iter(sample.lstrip("\ufeff").splitlines()), "")
    for sign in ",;\t":
        names = [name.strip().casefold() for name in next(csv.reader([first], delimiter=sign), [])]
        if {_KEY, _REPORTER[0], _ASKED, _COMMENT} <= set(names):
            return True
    return False


def jira_rows(text: TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    """0-based number and cells of each description and comment, below a row of `HEADINGS`.

    Raises:
        ReaderProblem: it is no sound CSV; with the line.
    """
    yield 0, list(HEADINGS)
    rows = table_text_rows(text, Widths())
    names = [name.strip().casefold() for name in next(rows, (0, []))[1]]
    number = 0
    for _, cells in rows:
        for said in _issue(names, cells):
            number += 1
            yield number, said


def _issue(names: Sequence[str], cells: Sequence[str]) -> Iterator[list[str]]:
    """What was said about one issue, in the order of the columns."""
    named = dict(zip(names, cells, strict=False))
    key, people = named.get(_KEY, ""), [named.get(_REPORTER[0], ""), named.get(_ASSIGNEE[0], "")]
    if asked := named.get(_ASKED, "").strip():
        yield [key, "고객", asked, _time(named.get(_MADE, "")), *people]
    for name, cell in zip(names, cells, strict=False):
        if name == _COMMENT and cell.strip():
            match = _SAID.fullmatch(cell.strip())
            said = (_who(named, match["who"]), match["said"], _time(match["when"])) if match else ()
            yield [key, *(said or ("", cell, "")), *people]


def _who(named: Mapping[str, str], author: str) -> str:
    """Which side an author is; a name that is neither's stays."""
    author = author.strip()
    if author in (named.get(name, "").strip() for name in _REPORTER):
        return "고객"
    return "상담사" if author in (named.get(name, "").strip() for name in _ASSIGNEE) else author


def _time(told: str) -> str:
    """A moment with the year first, where it is told as `04/Mar/26 9:21 AM`."""
    match = _TIME.fullmatch(told.strip())
    month = match["month"].casefold() if match else ""
    if match is None or not (month in _MONTHS or month.endswith("월")):
        return told
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month.rstrip("월"))
    half = (match["half"] or "").upper()
    day = f"20{match['year'][-2:]}-{number:02}-{int(match['day']):02}"
    return " ".join(filter(None, (day, _HALVES.get(half, half), match["clock"])))
