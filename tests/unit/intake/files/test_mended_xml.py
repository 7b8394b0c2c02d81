"""What is no XML in a workbook of one XML file, and is opened by Excel all the same."""

import pytest

from cs_pipeline.errors import ExportError
from cs_pipeline.intake.files import xml_2003
from cs_pipeline.intake.files.workbook import read_workbook
from tests.unit.intake import hostile_files

LIMIT = 10_000_000


def row_of(path, *cells):
    row = "".join(map(hostile_files.xml_cell, cells))
    with hostile_files.xml_2003(path / "a.xml", f"<Row>{row}</Row>").open("rb") as stream:
        [sheet] = xml_2003.xml_sheets(stream)
    [(_, read)] = sheet.filled_rows()
    return read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("배송&nbsp;언제 와요&hellip;", "배송\xa0언제 와요…"),
        ("&quot;반품&quot; &lt;문의&gt; A&amp;B &apos;", '"반품" <문의> A&B \''),
        ("&LT;b&GT; &AMP;", "<b> &"),
        ("가\x07나\x0c다", "가나다"),
        ("가&#7;나&#x0C;다&#xFFFF;", "가나다"),
        ("&#44032;&#xAC01;&#9;끝&#10;줄", "가각\t끝\n줄"),
    ],
)
def test_names_of_characters_and_control_characters(tmp_path, written, read):
    assert row_of(tmp_path, written, "둘째") == [read, "둘째"]


def test_an_export_with_blanks_of_web_pages_is_read(tmp_path):
    row = f"<Row>{hostile_files.xml_cell('배송&nbsp;언제 와요')}</Row>"
    [sheet] = read_workbook(hostile_files.xml_2003(tmp_path / "a.xls", row), max_bytes=LIMIT)
    assert list(sheet.rows) == [("배송\xa0언제 와요",)]


@pytest.mark.parametrize("name", ["nobody", "notit", "amp lt"])
def test_a_name_that_nobody_knows_stays_damage(tmp_path, name):
    path = hostile_files.xml_2003(
        tmp_path / "a.xml", f"<Row>{hostile_files.xml_cell(f'&{name};')}</Row>"
    )
    with pytest.raises(ExportError) as refused:
        read_workbook(path, max_bytes=LIMIT)
    assert refused.value.reason == "damaged_workbook"


@pytest.mark.parametrize("characters", [41, 47, 64, 100, 128])
def test_a_name_over_the_edge_of_what_is_read_at_once(tmp_path, monkeypatch, characters):
    monkeypatch.setattr(xml_2003, "_CHUNK_CHARACTERS", characters)
    cells = [f"{'가' * many}&nbsp;&#7;나" for many in range(40)]
    assert row_of(tmp_path, *cells) == [f"{'가' * many}\xa0나" for many in range(40)]
