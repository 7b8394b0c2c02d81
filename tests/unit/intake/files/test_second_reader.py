"""What one reader cannot read another one may, and what repeats costs its memory once."""

from pathlib import Path

import pytest

from cs_pipeline.errors import ExportError
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.files import second_reader, workbook_reader
from cs_pipeline.intake.files.workbook import read_workbook
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


def test_a_sound_workbook_that_the_first_reader_cannot_read_is_read(tmp_path: Path) -> None:
    reading = read_exchanges(sheet_in_utf_16(tmp_path / "a.xlsx"), max_bytes=LIMIT)
    assert [(row.question, row.answer) for row in reading.exchanges] == PAIRS


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
