"""Cells that show no text of a conversation: errors, and formulas whose result was not stored."""

import re

from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.columns import Row
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.language import Words
from cs_pipeline.records import RefusedRow

FORMULA, ERROR, TEMPLATE = "formula_without_value", "error_cell", "unreadable_template"
UNEVEN, BROKEN_CHARACTER = "uneven_row", "broken_character"
REASONS = {
    FORMULA: Words(
        ko="이 셀의 수식에는 저장된 결과가 없습니다. 엑셀에서 파일을 열어 저장하면 결과도 함께 "
        "저장됩니다. 그렇게 저장한 파일을 다시 올려 주세요.",
        en="The formula in this cell has no stored result. Open the file in Excel and save it, "
        "which stores the results, and drop it again.",
    ),
    ERROR: Words(
        ko="이 셀에는 #N/A나 #REF! 같은 오류만 있습니다. 수식이나 값을 고쳐 다시 올려 주세요.",
        en="This cell shows an error such as #N/A or #REF!. Correct its formula or value and "
        "drop the file again.",
    ),
    TEMPLATE: Words(
        ko="이 셀의 메시지 템플릿(JSON)이 중간에 끊겼거나 깨져 있습니다. 상담 시스템에서 다시 "
        "내보내 주세요.",
        en="The message template (JSON) in this cell breaks off or is damaged. Export it from "
        "your system again.",
    ),
    UNEVEN: Words(
        ko="이 행은 칸 수가 제목 행과 다릅니다. 따옴표 없는 쉼표나 줄바꿈 때문에 칸이 밀린 것 "
        "같습니다. "
        "내용을 제 열로 옮겨 다시 올리거나, 상담 시스템에서 .xlsx로 내보내 주세요.",
        en="This row has more or fewer cells than the headings: a comma or a line break without "
        "quotes seems to have shifted them. Put the texts into their columns, or export the data "
        "as .xlsx, and drop it again.",
    ),
    BROKEN_CHARACTER: Words(
        ko="이 행에 깨진 글자가 있습니다. 글을 바로 적어 다시 올려 주세요.",
        en="A character of this row is damaged. Write the text out again and drop the file.",
    ),
}
_ERROR_TEXT = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!"
    r"|UNKNOWN!|PYTHON!|GETTING_DATA)"
)


def refused(table: Table, index: int, column: int, reason: str, row: Row) -> RefusedRow:
    """The row, refused for what one of its cells holds."""
    place = table.address(index, column)
    return RefusedRow(table.sheet.name, place, reason, REASONS[reason], row)


def _is_shifted(table: Table, index: int, row: Row) -> bool:
    """Whether the row's cells seem to stand under other headings than theirs.

    In a text file its number of cells tells; elsewhere it fills each column and one more, where
    next to no other row does.
    """
    if table.sheet.widths:
        return index in table.sheet.shifted or any(row[table.width :])
    width = len(table.header.labels[-1])
    return table.columns is None and all(row[: width + 1]) and not any(row[width + 1 :])


def without_value(table: Table, index: int, row: Row) -> RefusedRow | None:
    """The row refused, when one of the table's two columns shows no text of it; else None.

    A CSV that Excel wrote shows its errors as text. Rows of a text file may be shifted.
    """
    header, sheet = table.header, table.sheet
    wide = header.closed and len(row) > len(header.labels[-1])  # quick, since every row asks
    if (sheet.widths or wide) and _is_shifted(table, index, row):
        return refused(table, index, header.first, UNEVEN, row)
    columns = (header.first, header.second)
    cells = [cell_at(row, column) for column in columns]
    if "\ufffd" in cells[0] or "\ufffd" in cells[1]:
        column = columns["\ufffd" not in cells[0]]
        return refused(table, index, column, BROKEN_CHARACTER, row)
    if not (sheet.formulas or sheet.errors or "#" in (cells[0][:1], cells[1][:1])):
        return None  # quick, since every row asks
    for column, cell in zip(columns, cells, strict=True):
        if (index, column) in sheet.formulas:
            return refused(table, index, column, FORMULA, row)
        if (index, column) in sheet.errors or (
            cell[:1] == "#" and _ERROR_TEXT.fullmatch(cell.rstrip())
        ):
            return refused(table, index, column, ERROR, row)
    return None
