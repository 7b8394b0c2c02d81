import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.files.workbook import read_workbook
from tests.unit.intake import other_formats, workbooks

LIMIT = 10_000_000
TABLE = [tuple(row) for row in other_formats.TABLE]
FORMATS: dict[str, Callable[[Path], Path]] = {
    "xlsx": other_formats.xlsx,
    "strict": other_formats.strict_xlsx,
    "xlsm": other_formats.xlsm,
    "xlsb": other_formats.xlsb,
    "xls": other_formats.xls,
    "ods": other_formats.ods,
}


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".csv", ""])
@pytest.mark.parametrize("build", FORMATS.values(), ids=FORMATS)
def test_every_format_is_read_whatever_its_name(
    tmp_path: Path, build: Callable[[Path], Path], suffix: str
) -> None:
    [sheet] = read_workbook(build(tmp_path / f"상담{suffix}"), max_bytes=LIMIT)
    assert sheet.name == "상담"
    assert sheet.rows == TABLE


@pytest.mark.parametrize("build", FORMATS.values(), ids=FORMATS)
def test_every_format_gives_the_same_exchanges(
    tmp_path: Path, build: Callable[[Path], Path]
) -> None:
    reading = read_exchanges(build(tmp_path / "상담.xlsx"), max_bytes=LIMIT)
    assert [(row.question, row.answer) for row in reading.exchanges] == workbooks.PAIRS


def test_rows_repeated_to_the_end_of_an_ods_sheet_are_no_rows(tmp_path: Path) -> None:
    path = other_formats.ods(tmp_path / "a.ods", blank_rows=1_048_573)
    [sheet] = read_workbook(path, max_bytes=LIMIT)
    assert sheet.rows == TABLE


def test_a_shift_of_the_xlsb_builder_moves_the_last_row(tmp_path: Path) -> None:
    path = other_formats.xlsb(tmp_path / "a.xlsb", shift=(2, 1))
    [sheet] = read_workbook(path, max_bytes=LIMIT)
    assert sheet.rows == [*TABLE[:2], (), (), ("", *TABLE[2])]


def test_external_links_are_not_followed(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/other.xlsx"
        path = other_formats.with_external_link(tmp_path / "a.xlsx", address)
        [sheet] = read_workbook(path, max_bytes=LIMIT)
        assert sheet.rows == TABLE
        server.settimeout(0.1)
        with pytest.raises(TimeoutError):
            server.accept()
