"""An export as exchanges: one question and the answer to it, with the cells they came from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.intake.cells import cell_address, cell_at, clean_text, is_blank, is_total
from cs_pipeline.intake.columns import HEADER_ROWS, Header, find_header
from cs_pipeline.intake.personal import known_values, people_on
from cs_pipeline.intake.refusals import refusal
from cs_pipeline.intake.turns import read_turns
from cs_pipeline.intake.workbook import RawSheet, read_workbook
from cs_pipeline.language import Words
from cs_pipeline.records import Exchange, KnownValue, RefusedRow, SheetReport

if TYPE_CHECKING:
    from pydantic import SecretStr

_NO_HEADER = Words(
    ko=f"처음 {HEADER_ROWS}행에 질문·답변 열이나 발화자·내용 열의 제목이 없어 읽지 않았습니다.",
    en=f"Not read: its first {HEADER_ROWS} rows name neither question and answer columns nor "
    "speaker and text columns.",
)
_PEOPLE = Words(
    ko="대화 없이 사람 목록만 있어 학습에 쓰지 않았습니다. "
    "여기 적힌 값은 다른 시트에서 모두 가립니다.",
    en="Not used for training: it lists people and holds no conversations. Its values are masked "
    "wherever the other sheets show them.",
)
_EMPTY_SHEET = Words(ko="빈 시트입니다.", en="The sheet is empty.")


@dataclass(slots=True)
class ExportReading:
    """What an export holds. `rows_read` counts data rows: no headers, totals or blank rows.

    `people` are the values of its sheets that list people, to be masked in every exchange.
    """

    sheets: tuple[SheetReport, ...]
    rows_read: int
    exchanges: list[Exchange] = field(repr=False)
    refused: list[RefusedRow] = field(repr=False)
    people: list[KnownValue] = field(default_factory=list, repr=False)


def read_exchanges(
    path: Path, *, max_bytes: int, passwords: Sequence["SecretStr"] = ()
) -> ExportReading:
    """Read every sheet that has a header; the others are named in `sheets` with a note.

    Two layouts are told apart by their headings: a question and an answer column, or a speaker
    and a text column with one row an utterance. Questions and answers come out clean (NFC, one
    line); rows of the first layout with an empty side are kept for the quality checks to refuse.

    Raises:
        ExportError: the file cannot be read (see `read_workbook`), or no sheet has a header
            (`no_conversation_sheet`).
    """
    reading = ExportReading(sheets=(), rows_read=0, exchanges=[], refused=[])
    reports = [
        _read_sheet(sheet, reading)
        for sheet in read_workbook(path, max_bytes=max_bytes, passwords=passwords)
    ]
    if all(report.layout == "unread" for report in reports):
        raise refusal("no_conversation_sheet", path.name)
    reading.sheets = tuple(reports)
    reading.rows_read = sum(report.rows for report in reports)
    return reading


def _read_sheet(sheet: RawSheet, export: ExportReading) -> SheetReport:
    """Add what the sheet holds to `export` and report about it."""
    header = find_header(sheet.rows)
    if header is None:
        people = people_on(sheet.rows)
        export.people.extend(people)
        unread = _NO_HEADER if any(map(any, sheet.rows)) else _EMPTY_SHEET
        return SheetReport(name=sheet.name, layout="unread", note=_PEOPLE if people else unread)
    if header.layout == "qa":
        found = _read_pairs(sheet, header)
        rows = len(found)
    else:
        reading = read_turns(sheet, header)
        found, rows = reading.exchanges, reading.rows
        export.refused.extend(reading.refused)
    export.exchanges.extend(found)
    return SheetReport(
        name=sheet.name,
        layout=header.layout,
        header_row=header.row + 1,
        rows=rows,
        exchanges=len(found),
    )


def _read_pairs(sheet: RawSheet, header: Header) -> list[Exchange]:
    """One exchange a row, in the order of the sheet; turns are counted per conversation id."""
    turns: Counter[str] = Counter()
    exchanges: list[Exchange] = []
    for index, row in enumerate(sheet.rows[header.row + 1 :], start=header.row + 1):
        if is_blank(row) or is_total(row) or header.repeats(row):
            continue
        conversation = None
        if header.conversation is not None:
            conversation = clean_text(cell_at(row, header.conversation)) or None
        exchanges.append(
            Exchange(
                sheet=sheet.name,
                question_cell=cell_address(index, header.first),
                answer_cell=cell_address(index, header.second),
                question=clean_text(cell_at(row, header.first)),
                answer=clean_text(cell_at(row, header.second)),
                conversation_id=conversation,
                turn_index=turns[conversation] if conversation else 0,
                original=row,
                known_values=known_values(row, header.personal),
            )
        )
        if conversation:
            turns[conversation] += 1
    return exchanges
