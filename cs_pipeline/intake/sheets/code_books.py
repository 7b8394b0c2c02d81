"""Codes that stand for who speaks, and the sheet or the heading that explains them.

SNDR_CD 1, 2, 9      a sheet of codes: 코드그룹 SNDR_CD | 코드 1 | 코드명 상담원
발신구분(1:고객, 2:상담사)   a heading
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.head_rows import HEADER_ROWS, head_rows
from cs_pipeline.intake.sheets.headings import candidates
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.speakers import plain_role, speaker_of
from cs_pipeline.packed_lists import PackedList

Row = tuple[str, ...]
Codes = Mapping[str, str]
"""Who speaks, by the code for it."""

_CODE = re.compile("(?:공통|상세|세부)?코드(?:값|번호|id)?|값|cd|code(?:value|id|no)?|value|key")
_NAME = re.compile(
    "(?:공통|상세|세부)?코드(?:값)?(?:명|명칭|이름|설명|의미|내용)|명칭|이름|의미|설명|내용|비고"
    "|(?:code)?(?:name|nm|label|meaning|description|desc)"
)
_GROUP = re.compile(
    "코드(?:그룹|구분|분류|유형)(?:id|명|코드)?|그룹(?:코드|id)?|구분|분류|컬럼(?:명|id)?|항목(?:명)?|필드(?:명)?"
    "|(?:code)?(?:group|grp|type|column|field)(?:id|cd|name|code)?"
)
_MOST_ROWS, _LONGEST_HEADING = 1000, 80
_LONGEST_CODE = 4
_TOLD_BEFORE = re.compile(r"\b([0-9A-Za-z]{1,3})\s*[:=.\-]\s*([가-힣A-Za-z]{2,10})")
_TOLD_BEHIND = re.compile(r"([가-힣A-Za-z]{2,10})\s*[:=\-]\s*([0-9A-Z]{1,3})\b")


def with_speakers(sheets: Sequence[RawSheet], layouts: Layouts) -> Sequence[RawSheet]:
    """The sheets with words in the place of codes that stand for who speaks.

    Only where codes are explained, and in one way: those of a group in columns of its name, others
    in a column for speakers that holds some of them.
    """
    found = [book for sheet in sheets for book in _books(sheet).items()]
    books = {
        label: codes
        for label, codes in found
        if all(other == codes for name, other in found if name == label)
    }
    return [_decoded(sheet, books, layouts) for sheet in sheets]


def plain_code(code: str) -> str:
    """A code as it is compared with others: `01` is `1`."""
    plain = code.strip().casefold()
    return plain.lstrip("0") or plain[:1]


def _books(sheet: RawSheet) -> dict[str, Codes]:
    """Codes of speakers by the label of their group, '' where the sheet has no groups."""
    if len(sheet.rows) > _MOST_ROWS:
        return {}
    for index, labels in head_rows(sheet.rows):
        places = [
            next((at for at, label in enumerate(labels) if pattern.fullmatch(label)), None)
            for pattern in (_CODE, _NAME, _GROUP)
        ]
        code, name, group = places
        if code is not None and name is not None:
            return _explained(sheet.rows[index + 1 :], code, name, group)
    return {}


def _explained(rows: Sequence[Row], code: int, name: int, group: int | None) -> dict[str, Codes]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    current = ""
    for row in rows:
        if group is not None:
            current = label_of(cell_at(row, group)) or current
        if cell_at(row, code).strip() and cell_at(row, name).strip():
            found[current][plain_code(cell_at(row, code))] = cell_at(row, name).strip()
    return {label: codes for label, codes in found.items() if _are_speakers(codes)}


def _are_speakers(codes: Codes) -> bool:
    names = [name for name in codes.values() if plain_role(name)]
    return {"customer", "agent"} <= {speaker_of(name) for name in names}


def _decoded(sheet: RawSheet, books: Mapping[str, Codes], layouts: Layouts) -> RawSheet:
    """The sheet with the first of its columns of such codes in words."""
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        for column, heading, codes in _coded(sheet, index, row, books, layouts):
            return replace(sheet, rows=PackedList(_in_words(sheet, index, column, heading, codes)))
    return sheet


def _coded(
    sheet: RawSheet, index: int, row: Row, books: Mapping[str, Codes], layouts: Layouts
) -> Iterator[tuple[int, str, Codes]]:
    """Column, heading and codes of the columns below a row of headings that hold codes."""
    known = layouts.headings
    for column, cell in enumerate(row):
        label = label_of(cell)
        if not label or len(cell) > _LONGEST_HEADING:
            continue
        heading, codes = _told_by(cell)
        if codes and _holds_codes(sheet, index, column, codes):
            yield column, heading, codes
        elif label in books:
            yield column, cell, books[label]
        elif only := books.get(""):
            speakers = candidates([(label,)], known.speaker) or candidates(
                [(label,)], known.maybe_speaker
            )
            if speakers and _holds_codes(sheet, index, column, only):
                yield column, cell, only


def _holds_codes(sheet: RawSheet, index: int, column: int, codes: Codes) -> bool:
    """Whether the cells below are codes, several of them of those that are explained."""
    below = {plain_code(cell) for row in sheet.rows[index + 1 :] if (cell := cell_at(row, column))}
    return len(below & codes.keys()) > 1 and max(map(len, below)) <= _LONGEST_CODE


def codes_told_in(cell: str) -> Codes:
    """Who speaks, by the codes that a text explains (`1=고객, 2=상담사`); {} as a rule."""
    return _told_at(cell)[1]


def _told_by(cell: str) -> tuple[str, Codes]:
    """What a heading is without the codes that it explains, and these; none as a rule."""
    start, codes = _told_at(cell)
    heading = cell[:start].rstrip(" \t\n([{:-·")
    return (heading, codes) if heading and codes else ("", {})


def _told_at(cell: str) -> tuple[int, Codes]:
    """Where the codes begin that a cell explains, and these."""
    if ":" not in cell and "=" not in cell and "-" not in cell and "." not in cell:
        return 0, {}
    pairs = [(code, name) for code, name in _TOLD_BEFORE.findall(cell)]
    start = _TOLD_BEFORE.search(cell)
    if not _are_speakers(dict(pairs)):
        pairs = [(code, name) for name, code in _TOLD_BEHIND.findall(cell)]
        start = _TOLD_BEHIND.search(cell)
    codes = {plain_code(code): name for code, name in pairs}
    return (start.start(), codes) if start and _are_speakers(codes) else (0, {})


def _in_words(
    sheet: RawSheet, index: int, column: int, heading: str, codes: Codes
) -> Iterator[Row]:
    for at, row in enumerate(sheet.rows):
        cell = cell_at(row, column)
        word = (
            heading if at == index else codes.get(plain_code(cell)) if cell and at > index else None
        )
        yield (*row[:column], word, *row[column + 1 :]) if word else row
