"""What one reader cannot read another one may, and what repeats costs its memory once."""

import zipfile
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.errors import ExportError
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.files import repeats, second_reader, workbook, workbook_reader
from cs_pipeline.intake.files.soundness import is_sound
from cs_pipeline.intake.files.workbook import read_workbook
from cs_pipeline.packed_lists import PackedList
from cs_pipeline.stages import Installation
from tests.unit.intake import other_formats, workbooks
from tests.unit.intake.workbooks import PAIRS

LIMIT = 10_000_000
ROWS = [(0, ["질문", "답변"]), *((n, list(pair)) for n, pair in enumerate(PAIRS, start=1))]


@pytest.mark.parametrize(
    ("build", "is_zip"),
    [(other_formats.xlsx, True), (other_formats.ods, True), (other_formats.xls, False)],
)
def test_the_second_reader_reads_what_the_first_one_reads(tmp_path: Path, build, is_zip) -> None:
    content = build(tmp_path / "a").read_bytes()
    [sheet] = second_reader.read_again(content, is_zip=is_zip)
    assert sheet.name == "상담"
    assert list(workbook_reader.text_rows(sheet.rows)) == ROWS


def sheet_in_utf_16(path: Path) -> Path:
    """As some programs write it; calamine reads UTF-8 alone."""
    parts = other_formats.parts_of(other_formats.xlsx(path).read_bytes())
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = ('<?xml version="1.0" encoding="UTF-16"?>' + parts[sheet].decode()).encode(
        "utf-16"
    )
    return other_formats.packed(path, parts)


def test_a_filled_xls_that_no_reader_understands_is_not_called_empty(tmp_path: Path) -> None:
    path = other_formats.sheet_without_a_workbook(tmp_path / "a.xls")
    assert PAIRS[0][0].encode("cp949") in path.read_bytes()
    with pytest.raises(ExportError) as refused:
        read_workbook(path, max_bytes=LIMIT)
    assert refused.value.reason == "unreadable_workbook"


@pytest.mark.parametrize(
    "build",
    [
        sheet_in_utf_16,
        other_formats.ods_without_a_mimetype,
        other_formats.parts_at_the_root,
        other_formats.odd_merged_range,
        other_formats.excel_2,
        other_formats.written_by_records,
        other_formats.ods_with_white_space,
        other_formats.lost_relation,
        other_formats.macro_sheet,
    ],
)
def test_a_sound_workbook_that_the_first_reader_cannot_read_is_read(tmp_path: Path, build) -> None:
    reading = read_exchanges(build(tmp_path / "a.xlsx"), max_bytes=LIMIT)
    assert [(row.question, row.answer) for row in reading.exchanges] == PAIRS


def test_the_plain_reader_reads_what_the_first_one_reads(tmp_path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    book = Workbook()
    sheet = book.active
    runs = CellRichText("배송은 ", TextBlock(InlineFont(b=True), "언제"), " 오나요?")
    for row in [["질문", None, "답변"], [runs, 3, "내일 와요"], [], ["왜요?", None, 2.5]]:
        sheet.append(row)
    book.create_sheet("숨김").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    with (tmp_path / "a.xlsx").open("rb") as stream:
        first = [
            (head.sheet, head.hidden, list(rows))
            for head, rows in workbook_reader.worksheets(stream, is_zip=True)
        ]
        stream.seek(0)
        plain = [
            (head.sheet, head.hidden, list(rows))
            for head, rows in workbook_reader.plain_worksheets(stream, is_zip=True)
        ]
    assert plain == first
    assert len(plain[0][2]) == 3


def test_what_neither_reads_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        read_exchanges(workbooks.broken_sheet_part(tmp_path / "a.xlsx"), max_bytes=LIMIT)
    assert caught.value.reason == "damaged_workbook"


def test_a_long_text_that_repeats_is_held_once(tmp_path: Path) -> None:
    long, longer = "긴 답변입니다. " * 100, "더 긴 답변입니다. " * 100
    rows: list[list[object]] = [["질문", "답변"], *[["언제 오나요?", long]] * 50, ["왜요?", longer]]
    rows += [["또 언제요?", long]]
    path = workbooks.save(tmp_path / "a.xlsx", ("상담", rows))
    [sheet] = read_workbook(path, max_bytes=LIMIT)
    answers = [row[1] for row in sheet.rows[1:]]
    assert answers == [long] * 50 + [longer, long]
    assert len({id(answer) for answer in answers}) == 2
    reading = read_exchanges(path, max_bytes=LIMIT)
    assert len({id(row.answer) for row in reading.exchanges}) == 2


def test_a_cell_beyond_any_use_is_cut_and_refused_as_too_long(
    settings: Settings, tmp_path: Path
) -> None:
    rows = [["질문", "답변"], *map(list, PAIRS), ["긴 글은요?", "가나다 " * 75_000]]
    path = other_formats.ods(tmp_path / "a.ods", rows)
    [sheet] = read_workbook(path, max_bytes=LIMIT)
    assert len(sheet.rows[-1][1]) == repeats.LONGEST_CELL
    intake = Installation(settings).intake
    outcome = intake.check(intake.read(path))
    assert [(row.cell, row.reason) for row in outcome.refused] == [("B4", "too_long")]


def test_a_text_that_repeats_takes_next_to_no_memory(tmp_path: Path) -> None:
    answer = "내일 오후까지 꼭 도착하도록 기사님께 전해 드리겠습니다."
    rows: list[list[object]] = [["질문", "답변"], *[["언제 오나요?", answer]] * 5000]
    [sheet] = read_workbook(workbooks.save(tmp_path / "a.xlsx", ("상담", rows)), max_bytes=LIMIT)
    assert isinstance(sheet.rows, PackedList)
    assert {row[1] for row in sheet.rows[1:]} == {answer}
    assert 0 < sheet.rows.packed_bytes < 5000 * 40


@pytest.mark.parametrize(
    "rows",
    [
        [["질문", "답변"], *[[f"{n}번 상품은 언제 오나요?", "네"] for n in range(3000)]],
        [["질문", "답변"], *[["네?", "네"]] * 3000],
    ],
    ids=["texts", "rows"],
)
def test_what_holds_too_much_memory_is_refused_as_too_large(
    tmp_path: Path, monkeypatch, rows: list[list[object]]
) -> None:
    path = workbooks.save(tmp_path / "a.xlsx", ("상담", rows))
    monkeypatch.setattr(workbook, "HELD_BYTES", 100_000)
    with pytest.raises(ExportError) as caught:
        read_workbook(path, max_bytes=LIMIT)
    assert caught.value.reason == "too_large"
    monkeypatch.setattr(workbook, "HELD_BYTES", 10_000_000)
    assert len(read_workbook(path, max_bytes=LIMIT)[0].rows) == 3001


def test_blank_rows_without_end_are_counted(monkeypatch) -> None:
    monkeypatch.setattr(workbook, "HELD_BYTES", 1_000_000)
    lines = [b'{"sheet":"a"}', b'[[1048575,["a"]]]', b'{"done":true}']
    sheets, last = workbook._collect(lines)
    assert (sheets, last["problem"]) == ([], "too_large")


@pytest.mark.parametrize("build", [other_formats.xlsx, other_formats.xls])
def test_a_container_in_order_is_sound(tmp_path: Path, build) -> None:
    assert is_sound(build(tmp_path / "a"))


def test_a_part_that_does_not_unpack_to_what_it_was_is_damage(tmp_path: Path) -> None:
    path = other_formats.xlsx(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content = bytearray(path.read_bytes())
    content[start + 80] ^= 0xFF
    path.write_bytes(content)
    assert not is_sound(path)
