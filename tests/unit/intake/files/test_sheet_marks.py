"""What is found of an .xlsx sheet beside its values, however its XML is written."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from cs_pipeline.intake.files import sheet_marks as module
from cs_pipeline.intake.files.sheet_marks import SheetMarks, sheet_marks
from tests.unit.intake import other_formats

BOOK = (
    '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId9"/>'
    '<sheet name="b" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships><Relationship Id="rId2" Type="t" Target="/xl/worksheets/second.xml"/>'
    '<Relationship Target="worksheets/first.xml" Type="t" Id="rId9"/></Relationships>'
)


def marks_of(rows: str, root: str = "worksheet", styles: str = "") -> SheetMarks:
    """The marks of the first of two sheets; the second one has none."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        if styles:
            archive.writestr("xl/styles.xml", styles)
        archive.writestr("xl/worksheets/first.xml", f"<{root}>{rows}</{root}>")
        archive.writestr("xl/worksheets/second.xml", '<worksheet><row r="1"/></worksheet>')
    first, second = sheet_marks(stream)
    assert second == SheetMarks()
    return first


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ('<row r="7" hidden="1"><c r="A7"/></row>', SheetMarks([6])),
        ('<row hidden="true" spans="1:2" r="7"/>', SheetMarks([6])),
        ('<row r="7" hidden="0"/><col hidden="1"/>', SheetMarks()),
        ('<row r="2"><c r="AB2" s="1" t="e"><v>#N/A</v></c></row>', SheetMarks([], [(1, 27)])),
        ('<row r="2"><c t="e" r="C2"><v>#REF!</v></c></row>', SheetMarks([], [(1, 2)])),
        ('<row><c r="A1"><f>B1</f></c></row>', SheetMarks([], [], [(0, 0)])),
        ('<row><c r="A1" s="3"><f>B1</f><v/></c></row>', SheetMarks([], [], [(0, 0)])),
        ('<row><c r="A1"><f>IF(B1>0,1,"")</f><v></v></c></row>', SheetMarks([], [], [(0, 0)])),
        ('<row><c r="A1"><f t="shared" si="0"/><v /></c></row>', SheetMarks([], [], [(0, 0)])),
        ('<row><c r="A1"><f>B1</f><v>0</v></c></row>', SheetMarks()),
        ('<row><c r="A1" t="str"><f>B1</f><v></v></c></row>', SheetMarks()),
        ('<row><c r="A1"/><c r="B1"><f>C1</f><v>1</v></c></row>', SheetMarks()),
        ('<row><c r="A1" t="inlineStr"><is><t>t="e" hidden=</t></is></c></row>', SheetMarks()),
    ],
)
def test_marks(rows: str, found: SheetMarks) -> None:
    assert marks_of(rows) == found


def test_other_prefixes_and_quotes_are_understood() -> None:
    rows = (
        "<x:row r='3' hidden='1'><x:c r='A3' t='e'><x:v>#N/A</x:v></x:c>"
        "<x:c r='B3'><x:f>A1</x:f><x:v/></x:c></x:row>"
    )
    assert marks_of(rows, root="x:worksheet") == SheetMarks([2], [(2, 0)], [(2, 1)])


@pytest.mark.parametrize("size", [7, 64, 1000])
def test_marks_across_the_pieces_in_which_a_part_is_read(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(module, "_CHUNK_BYTES", size)
    rows = "".join(
        f'<row r="{n}" hidden="1"><c r="A{n}" t="e"><v>#N/A</v></c></row>' for n in range(1, 60)
    )
    marks = marks_of(rows)
    assert marks.hidden_rows == list(range(59))
    assert len(marks.errors) == 59


def test_rows_without_an_end_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CHUNK_BYTES", 64)
    monkeypatch.setattr(module, "_LONGEST_ROW_BYTES", 256)
    assert marks_of('<row r="1" hidden="1">' + "<c/>" * 500).hidden_rows == [0]


def test_what_is_no_xlsx_has_no_marks(tmp_path: Path) -> None:
    path = other_formats.xlsb(tmp_path / "a.xlsb")
    assert sheet_marks(path.open("rb")) == []
    assert sheet_marks(BytesIO(b"no zip")) == []


STYLES = (
    '<styleSheet><fonts count="4"><font/><font><strike/></font><font><strike val="0"/></font>'
    '<font><b/><strike val="1"/></font></fonts><cellStyleXfs><xf fontId="1"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0"/><xf fontId="1"><alignment/></xf>'
    '<xf fontId="2"/><xf numFmtId="0" fontId="3"/></cellXfs></styleSheet>'
)


@pytest.mark.parametrize(
    ("rows", "struck"),
    [
        ('<row><c r="B2" s="1" t="s"><v>0</v></c></row>', [(1, 1)]),
        ('<row><c s="3" r="AA7"><v>5</v></c></row>', [(6, 26)]),
        ('<row s="1"><c r="B2"><v>0</v></c></row>', []),
        ('<row><c r="B2" s="1"/><c r="C2" s="2"><v>1</v></c></row>', []),
        ('<row><c r="B2" s="0"><v>1</v></c><c r="C2" s="13"><v>1</v></c></row>', []),
    ],
)
def test_struck_cells(rows: str, struck: list[tuple[int, int]]) -> None:
    assert marks_of(rows, styles=STYLES).struck == struck
    assert marks_of(rows).struck == []
    assert marks_of(rows, styles=STYLES.replace("strike", "outline")).struck == []
