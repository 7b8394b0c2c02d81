import errno
import json
import stat
import tempfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet import _writer

from cs_pipeline.config import Settings
from cs_pipeline.errors import ExportError, StorageError
from cs_pipeline.language import Words
from cs_pipeline.quality import quarantine
from cs_pipeline.quality.quarantine import (
    Quarantine,
    refused_rows_in,
    write_refused_rows,
)
from cs_pipeline.records import ExportFile, RefusedRow
from cs_pipeline.refused.workbook_form import MARKER_SHEET
from cs_pipeline.stages import Installation

SHA256 = "0123456789abcdef" * 4
WORDS = Words(ko="답변이 비어 있습니다.", en="The answer is empty.")
ERROR = ExportError("drm_protected", ko="보안 문서입니다.", en="The file is protected.")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", work_dir=tmp_path / "var")


@pytest.fixture
def export(settings: Settings) -> ExportFile:
    path = settings.processing_dir / "run" / "3월 상담.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"bytes")
    return ExportFile(uri=str(path), name=path.name, sha256=SHA256, size_bytes=5)


def quarantine_of(settings: Settings) -> Quarantine:
    return Installation(settings).quarantine


def refuse(settings: Settings, export: ExportFile) -> str:
    """As the validate step does it."""
    place = quarantine_of(settings).keep_export(export, ERROR)
    Installation(settings).processing.left(Path(export.uri))
    return place


def refused(*original: str, sheet: str = "상담", cell: str = "D9") -> RefusedRow:
    return RefusedRow(sheet, cell, "empty_answer", WORDS, original)


def rows_of(path: Path) -> list[tuple[object, ...]]:
    [sheet, _] = load_workbook(path).worksheets
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        (
            "ko",
            [
                ("거절 이유", "시트", "셀", "원본 A열", "원본 B열", "원본 C열"),
                (WORDS.ko, "상담", "D9", "1", "되나요?", None),
                (WORDS.ko, "1월", "B2", "2", None, "네"),
            ],
        ),
        (
            "en",
            [
                (
                    *("Reason", "Sheet", "Cell"),
                    *("Original column A", "Original column B", "Original column C"),
                ),
                (WORDS.en, "상담", "D9", "1", "되나요?", None),
                (WORDS.en, "1월", "B2", "2", None, "네"),
            ],
        ),
    ],
)
def test_refused_rows_are_told_in_the_readers_language(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    rows: list[tuple[object, ...]],
) -> None:
    monkeypatch.setenv("CS_PIPELINE_LANG", language)
    path = tmp_path / "quarantine" / "a-refused.xlsx"
    write_refused_rows(
        path,
        [refused("1", "되나요?"), refused("2", "", "네", sheet="1월", cell="B2")],
        export_name="a.xlsx",
        export_sha256=SHA256,
    )
    assert rows_of(path) == rows
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_the_workbook_is_ready_to_work_with(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_refused_rows(
        path, [refused("1", "되나요?")] * 3, export_name="3월 상담.xlsx", export_sha256=SHA256
    )
    workbook = load_workbook(path)
    sheet = workbook.active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E4"
    assert sheet.column_dimensions["A"].width == 44
    assert sheet["A1"].font.bold
    assert sheet["A2"].alignment.wrap_text
    assert sheet["A2"].alignment.vertical == "top"
    assert workbook.properties.title == "3월 상담.xlsx"
    assert workbook.properties.creator == "cs-pipeline"


def test_a_very_hidden_sheet_says_which_export_the_rows_are_of(tmp_path: Path) -> None:
    path = tmp_path / "a-refused.xlsx"
    write_refused_rows(path, [refused("1")] * 3, export_name="a", export_sha256=SHA256)
    page, marker = load_workbook(path).worksheets
    assert (page.sheet_state, marker.sheet_state) == ("visible", "veryHidden")
    assert load_workbook(path).active.title == page.title
    assert list(marker.values) == [("refused_rows_format", "2"), ("origin_sha256", SHA256)]


def test_how_many_rows_it_lists_is_told_without_reading_them(
    settings: Settings,
) -> None:
    path = settings.quarantine_dir / "a-01234567-refused.xlsx"
    write_refused_rows(path, [refused("1")] * 3, export_name="a", export_sha256=SHA256)
    path.with_name("a.xlsx").write_bytes(b"")
    assert quarantine_of(settings).refused_workbooks() == [path]
    assert refused_rows_in(path) == 3
    for odd in (b"", b"PK"):
        path.write_bytes(odd)
        assert refused_rows_in(path) is None


def test_names_do_not_grow_with_each_correction(settings: Settings, export: ExportFile) -> None:
    for name in ("3월-89abcdef-refused.xlsx", "3월-89abcdef-refused-01234567-refused.xlsx"):
        again = export.model_copy(update={"name": name})
        assert quarantine_of(settings).refused_workbook(again).name == "3월-01234567-refused.xlsx"
        assert quarantine_of(settings).path_of(again).name == "3월-01234567.xlsx"
    for name in ("3월-refused.xlsx", "3월-89abcdef.xlsx"):
        other = export.model_copy(update={"name": name})
        assert quarantine_of(settings).path_of(other).name == f"{name[:-5]}-01234567.xlsx"


def test_columns_are_as_wide_as_what_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_refused_rows(
        path,
        [refused("1", "가" * 15, "가" * 900), refused()],
        export_name="a",
        export_sha256=SHA256,
    )
    widths = load_workbook(path).active.column_dimensions
    assert [widths[letter].width for letter in "DEF"] == [20, 32, 44]


def test_not_even_a_temporary_file_lies_outside_the_private_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = []
    create = _writer.create_temporary_file

    def watched() -> str:
        name: str = create()
        folders.append(Path(name).parent)
        return name

    monkeypatch.setattr(_writer, "create_temporary_file", watched)
    before = tempfile.gettempdir()
    path = tmp_path / "quarantine" / "a.xlsx"
    write_refused_rows(path, [refused("1")], export_name="a", export_sha256=SHA256)
    assert folders == [path.parent] * 2  # the page and the hidden sheet
    assert tempfile.gettempdir() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "value", ["=1+1", '=HYPERLINK("http://x")', "+82", "-5", "@SUM(A1)", "#N/A", "010", "1e5"]
)
def test_values_stay_inert_text(tmp_path: Path, value: str) -> None:
    path = tmp_path / "a.xlsx"
    write_refused_rows(
        path, [refused(value, sheet=value)], export_name="a.xlsx", export_sha256=SHA256
    )
    sheet = load_workbook(path).active
    for cell in (sheet["B2"], sheet["D2"]):
        assert cell.value == value
        assert cell.data_type == "s"
        assert cell.number_format == "@"


def test_what_excel_cannot_hold_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_refused_rows(
        path,
        [refused("가\x00\x0b나\ud800\uffff", "다" * 40_000)],
        export_name="a\x00.xlsx",
        export_sha256=SHA256,
    )
    row = rows_of(path)[1]
    assert row[3] == "가나"
    assert row[4] == "다" * 32_767


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MAX_SHEET_ROWS", 3)
    path = tmp_path / "a.xlsx"
    write_refused_rows(
        path, [refused(str(number)) for number in range(5)], export_name="a", export_sha256=SHA256
    )
    *sheets, marker = load_workbook(path).worksheets
    assert marker.title == MARKER_SHEET
    assert [sheet.title for sheet in sheets] == ["거절된 행", "거절된 행 2", "거절된 행 3"]
    assert [[row[3] for row in sheet.iter_rows(2, values_only=True)] for sheet in sheets] == [
        ["0", "1"],
        ["2", "3"],
        ["4"],
    ]


def test_an_export_goes_to_quarantine_with_its_reason(
    settings: Settings, export: ExportFile
) -> None:
    place = Path(refuse(settings, export))
    assert place == settings.quarantine_dir / "3월 상담-01234567.xlsx"
    assert place == quarantine_of(settings).path_of(export)
    assert place.read_bytes() == b"bytes"
    assert not Path(export.uri).parent.exists()
    assert stat.S_IMODE(settings.quarantine_dir.stat().st_mode) == 0o700
    reason = json.loads((settings.quarantine_dir / "3월 상담-01234567.reason.json").read_text())
    assert reason.pop("quarantined_at").endswith("+00:00")
    assert reason == {
        "reason": "drm_protected",
        "ko": "보안 문서입니다.",
        "en": "The file is protected.",
        "name": "3월 상담.xlsx",
        "sha256": SHA256,
    }
    assert quarantine_of(settings).refused_workbook(export) == place.with_name(
        "3월 상담-01234567-refused.xlsx"
    )


def test_quarantine_can_be_repeated(settings: Settings, export: ExportFile) -> None:
    place = refuse(settings, export)
    (settings.quarantine_dir / "3월 상담-01234567.reason.json").unlink()
    assert refuse(settings, export) == place
    assert {path.name for path in settings.quarantine_dir.iterdir()} == {
        "3월 상담-01234567.xlsx",
        "3월 상담-01234567.reason.json",
    }


def test_a_folder_goes_to_quarantine_whole(settings: Settings) -> None:
    folder = settings.processing_dir / "run" / "3월.xlsx"
    folder.mkdir(parents=True)
    (folder / "안.xlsx").write_bytes(b"bytes")
    export = ExportFile(uri=str(folder), name=folder.name, sha256=SHA256, size_bytes=0)
    for _ in range(2):
        place = Path(refuse(settings, export))
        assert place == settings.quarantine_dir / "3월-01234567.xlsx"
        assert (place / "안.xlsx").read_bytes() == b"bytes"
        assert place.with_name("3월-01234567.reason.json").exists()
    assert not folder.parent.exists()


def test_other_exports_of_the_run_stay(settings: Settings, export: ExportFile) -> None:
    other = Path(export.uri).with_name("b.xlsx")
    other.write_bytes(b"other")
    refuse(settings, export)
    assert other.read_bytes() == b"other"


def test_quarantine_on_another_file_system(
    settings: Settings, export: ExportFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_file_system(self: Path, target: Path) -> Path:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(Path, "rename", other_file_system)
    assert Path(refuse(settings, export)).read_bytes() == b"bytes"
    assert not Path(export.uri).exists()


def test_a_vanished_export_is_told(settings: Settings, export: ExportFile) -> None:
    Path(export.uri).unlink()
    with pytest.raises(StorageError):
        refuse(settings, export)
    assert list(settings.quarantine_dir.iterdir()) == []
