"""An export as exchanges: one question and the answer to it, with the cells they came from."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from cs_pipeline.intake.cells import cell_address, cell_at, clean_text, is_blank, is_total
from cs_pipeline.intake.columns import HEADER_ROWS, Header, find_header
from cs_pipeline.intake.refusals import refusal
from cs_pipeline.intake.turns import read_turns
from cs_pipeline.intake.workbook import RawSheet, read_workbook
from cs_pipeline.language import Words
from cs_pipeline.records import Exchange, RefusedRow, SheetReport

_NO_HEADER = Words(
    ko=f"처음 {HEADER_ROWS}행에 질문·답변 열이나 발화자·내용 열의 제목이 없어 읽지 않았습니다.",
    en=f"Not read: its first {HEADER_ROWS} rows name neither question and answer columns nor "
    "speaker and text columns.",
)
_EMPTY_SHEET = Words(ko="빈 시트입니다.", en="The sheet is empty.")


@dataclass(slots=True)
class ExportReading:
    """What an export holds. `rows_read` counts data rows: no headers, totals or blank rows."""

    sheets: tuple[SheetReport, ...]
    rows_read: int
    exchanges: list[Exchange] = field(repr=False)
    refused: list[RefusedRow] = field(repr=False)


def read_exchanges(path: Path, *, max_bytes: int) -> ExportReading:
    """Read every sheet that has a header; the others are named in `sheets` with a note.

    Two layouts are told apart by their headings: a question and an answer column, or a speaker
    and a text column with one row an utterance. Questions and answers come out clean (NFC, one
    line); rows of the first layout with an empty side are kept for the quality checks to refuse.

    Raises:
        ExportError: the file cannot be read (see `read_workbook`), or no sheet has a header
            (`no_conversation_sheet`).
    """
    exchanges: list[Exchange] = []
    refused: list[RefusedRow] = []
    reports = [
        _read_sheet(sheet, exchanges, refused) for sheet in read_workbook(path, max_bytes=max_bytes)
    ]
    if all(report.layout == "unread" for report in reports):
        raise refusal("no_conversation_sheet", path.name)
    return ExportReading(
        sheets=tuple(reports),
        rows_read=sum(report.rows for report in reports),
        exchanges=exchanges,
        refused=refused,
    )


def _read_sheet(
    sheet: RawSheet, exchanges: list[Exchange], refused: list[RefusedRow]
) -> SheetReport:
    header = find_header(sheet.rows)
    if header is None:
        note = _NO_HEADER if any(map(any, sheet.rows)) else _EMPTY_SHEET
        return SheetReport(name=sheet.name, layout="unread", note=note)
    if header.layout == "qa":
        found = _read_pairs(sheet, header)
        rows = len(found)
    else:
        reading = read_turns(sheet, header)
        found, rows = reading.exchanges, reading.rows
        refused.extend(reading.refused)
    exchanges.extend(found)
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
            )
        )
        if conversation:
            turns[conversation] += 1
    return exchanges
