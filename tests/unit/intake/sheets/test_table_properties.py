"""Any grid of cells is read without failing, twice alike, and from cells of its own."""

from hypothesis import given
from hypothesis import strategies as st

from cs_pipeline.intake.exchanges import read_sheets
from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.cells import cell_address, clean_text
from cs_pipeline.intake.sheets.layouts import load_layouts

HEADINGS = ["질문", "답변", "고객", "상담사", "내용", "시각", "화자", "대화ID", "고객명", "연락처"]
VENDOR_HEADINGS = ["chatId", "personType", "personId", "plainText", "createdAt", "user_type"]
DATA = [
    "고객",
    "상담사",
    "배송 언제 와요?",
    "내일요",
    "1012345678",
    "#N/A",
    "2026-03-01 09:00",
    "합계",
]
CELLS = st.sampled_from(["", "", *HEADINGS, *VENDOR_HEADINGS, *DATA, *DATA])
ROWS = st.lists(st.lists(CELLS, max_size=8).map(tuple), max_size=12)
PLACES = st.tuples(st.integers(0, 13), st.integers(0, 8))
RANGES = st.tuples(PLACES, st.integers(0, 20), st.integers(0, 5)).map(
    lambda one: (*one[0], one[0][0] + one[1], one[0][1] + one[2])
)


@st.composite
def sheets(draw) -> RawSheet:
    return RawSheet(
        "시트",
        draw(ROWS),
        hidden_rows=draw(st.frozensets(st.integers(0, 13), max_size=3)),
        merged=tuple(draw(st.lists(RANGES, max_size=4))),
        errors=draw(st.frozensets(PLACES, max_size=2)),
        formulas=draw(st.frozensets(PLACES, max_size=2)),
    )


def read(sheet: RawSheet, *, skip_hidden: bool):
    layouts = load_layouts()
    return read_sheets([sheet], hidden="skip" if skip_hidden else "read", layouts=layouts)


@given(sheets(), st.booleans())
def test_any_grid_is_read_and_read_alike(sheet: RawSheet, skip_hidden: bool) -> None:
    one, other = (read(sheet, skip_hidden=skip_hidden) for _ in range(2))
    assert one.exchanges == other.exchanges
    assert one.refused == other.refused
    assert one.sheets == other.sheets
    counted = sum(report.exchanges for report in one.sheets)
    assert len(one.exchanges) == counted <= one.rows_read
    assert len(one.sheets) == len(one.tables)


@given(sheets())
def test_a_question_comes_from_the_cells_of_the_sheet(sheet: RawSheet) -> None:
    shown = {clean_text(cell) for row in sheet.rows for cell in row}
    hidden = {cell_address(row, column) for row in sheet.hidden_rows for column in range(20)}
    for exchange in read(sheet, skip_hidden=True).exchanges:
        assert {exchange.question_cell, exchange.answer_cell}.isdisjoint(hidden)
        if exchange.question in {"01012345678", *shown}:
            continue
        # Utterances in a row are joined by a space.
        rest = exchange.question
        for cell in sorted({"01012345678", *shown} - {""}, key=len, reverse=True):
            rest = rest.replace(cell, "")
        assert not rest.strip()
