"""Comments and notes of a ticket in one cell, as ServiceNow and its like keep them.

2026-03-02 09:30:45 - 정민아 (Additional comments)
내일 도착합니다.

2026-03-02 09:30:04 - 정민아 (Work notes)
택배사에 확인함.

The newest stands on top as a rule. What the ticket is about stands in a column of its own.
"""

import re
from typing import NamedTuple

from cs_pipeline.intake.sheets.moments import Moment, moment_of

_ENTRY = re.compile(
    r"^[ \t]*(?P<when>\d{4}[-./]\d{1,2}[-./]\d{1,2} \d{1,2}:\d{2}(?::\d{2})?) - "
    r"(?P<who>[^()\n]{1,40}?) \((?P<kind>[^()\n]{2,40})\)[ \t]*$",
    re.MULTILINE,
)
_NOTES = re.compile(
    r"work ?notes?|internal|private|(?:작업|업무|내부) ?(?:메모|노트|의견)", re.IGNORECASE
)


class Entry(NamedTuple):
    """One of them; `is_note`: for colleagues only."""

    who: str
    text: str
    when: Moment | None
    is_note: bool


def entries_of(cell: str) -> list[Entry]:
    """The entries of a cell, oldest first; [] of a cell that begins otherwise."""
    if " - " not in cell[:80]:
        return []
    marks = list(_ENTRY.finditer(cell))
    if not marks or cell[: marks[0].start()].strip():
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(cell)]
    found = [
        Entry(
            mark["who"].strip(),
            cell[mark.end() : end].strip(),
            moment_of(mark["when"]),
            _NOTES.search(mark["kind"]) is not None,
        )
        for mark, end in zip(marks, ends, strict=True)
    ]
    newest_first = (found[0].when or ()) > (found[-1].when or ())
    return found[::-1] if newest_first else found
