import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import workbooks

from cs_pipeline.errors import ExportError
from cs_pipeline.intake import workbook
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.workbook import read_workbook

LIMIT = 10_000_000
SECRET = workbooks.SECRET

REFUSED: list[tuple[str, str, Callable[[Path], Path]]] = [
    ("empty_file", "a.xlsx", lambda path: workbooks.written(path, b"")),
    ("reader_crashed", "a.xlsx", workbooks.far_away_cell),
    ("damaged_workbook", "a.xlsx", workbooks.truncated),
    ("damaged_workbook", "a.xlsx", workbooks.broken_sheet_part),
    ("damaged_workbook", "a.xls", workbooks.broken_ole),
    ("password_protected", "a.xlsx", workbooks.encrypted_ole),
    ("not_a_workbook", "a.xlsx", workbooks.word_document),
    ("not_a_workbook", "a.xls", lambda path: workbooks.written(path, f"<HTML>{SECRET}")),
    ("not_a_workbook", "a.xls", lambda path: workbooks.written(path, SECRET.encode("cp949"))),
    ("not_a_workbook", "a.pdf", lambda path: workbooks.written(path, f"%PDF-1.7 {SECRET}")),
    ("not_a_workbook", "a.txt", lambda path: workbooks.written(path, SECRET)),
    ("not_a_workbook", "a.csv", lambda path: workbooks.written(path, b"\xff\xfe\x00\x81 \x00")),
    ("not_a_workbook", "a.csv", lambda path: workbooks.written(path, f'a,"{SECRET}')),
    ("drm_protected", "a.xlsx", lambda path: workbooks.written(path, f"SCDSA004{SECRET}")),
    ("drm_protected", "a.csv", lambda path: workbooks.written(path, "<## NASCA DRM FILE - x")),
    ("drm_protected", "a.xlsx", lambda path: workbooks.written(path, b"\x9b DRMONE  This")),
    (
        "no_conversation_sheet",
        "a.xlsx",
        lambda path: workbooks.save(path, ("상담", [["담당", "전화"], [SECRET, SECRET]])),
    ),
    ("no_conversation_sheet", "a.xlsx", lambda path: workbooks.save(path, ("빈 시트", []))),
]


@pytest.mark.parametrize(
    ("reason", "name", "build"),
    REFUSED,
    ids=[f"{r}-{n}-{i}" for i, (r, n, _) in enumerate(REFUSED)],
)
def test_a_bad_export_is_refused_with_its_reason_and_without_its_values(
    tmp_path: Path, reason: str, name: str, build: Callable[[Path], Path]
) -> None:
    path = build(tmp_path / name)
    with pytest.raises(ExportError) as caught:
        read_exchanges(path, max_bytes=LIMIT)
    assert caught.value.reason == reason
    words = caught.value.words
    assert words.ko != words.en
    for text in (words.ko, words.en, repr(caught.value), repr(caught.value.__context__)):
        assert "비밀값" not in text
        assert "9999" not in text
    assert name in words.ko
    assert name in words.en


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = workbooks.plain_qa(tmp_path / "a.xlsx")
    with pytest.raises(ExportError) as caught:
        read_workbook(path, max_bytes=path.stat().st_size - 1)
    assert caught.value.reason == "too_large"
    assert read_workbook(path, max_bytes=path.stat().st_size)


def test_a_workbook_that_unpacks_beyond_bounds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED_BYTES", 100)
    with pytest.raises(ExportError) as caught:
        read_workbook(workbooks.plain_qa(tmp_path / "a.xlsx"), max_bytes=LIMIT)
    assert caught.value.reason == "too_large"


def test_a_reader_that_never_ends_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = workbooks.written(tmp_path / "endless.py", "while True: pass")
    monkeypatch.setattr(workbook, "READER", endless)
    monkeypatch.setattr(workbook, "READER_SECONDS", 0.3)
    with pytest.raises(ExportError) as caught:
        read_workbook(workbooks.plain_qa(tmp_path / "a.xlsx"), max_bytes=LIMIT)
    assert caught.value.reason == "reader_timeout"


def test_output_that_breaks_off_is_no_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = 'print(\'{"sheet":"상담"}\\n[0,["질문","답변"]]\')'
    monkeypatch.setattr(workbook, "READER", workbooks.written(tmp_path / "half.py", program))
    with pytest.raises(ExportError) as caught:
        read_workbook(workbooks.plain_qa(tmp_path / "a.xlsx"), max_bytes=LIMIT)
    assert caught.value.reason == "reader_crashed"


def test_cells_keep_their_address_and_their_look(tmp_path: Path) -> None:
    import datetime

    rows = [
        [None, None],
        [None, "글", 1012345678.0, 7, 0.5, True, False],
        [0],
        [datetime.date(2026, 3, 1), datetime.datetime(2026, 3, 1, 9, 30), datetime.time(9, 5)],
    ]
    path = workbooks.save(tmp_path / "a.xlsx", ("시트", rows))  # type: ignore[arg-type]
    [sheet] = read_workbook(path, max_bytes=LIMIT)
    assert sheet.rows == [
        (),
        ("", "글", "1012345678", "7", "0.5", "TRUE", "FALSE"),
        ("0",),
        ("2026-03-01", "2026-03-01 09:30:00", "09:05:00"),
    ]


def test_a_workbook_named_xls_is_read_by_its_content(tmp_path: Path) -> None:
    [sheet] = read_workbook(workbooks.plain_qa(tmp_path / "a.xls"), max_bytes=LIMIT)
    assert sheet.rows[0] == ("질문", "답변")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_csv_is_read_in_the_encodings_that_excel_writes(tmp_path: Path, encoding: str) -> None:
    text = '질문,답변\r\n"언제, 오나요?","내일\n갑니다"\r\n,\r\n끝,네\r\n'
    path = workbooks.written(tmp_path / "a.csv", text.encode(encoding))
    [sheet] = read_workbook(path, max_bytes=LIMIT)
    assert sheet.rows == [("질문", "답변"), ("언제, 오나요?", "내일\n갑니다"), (), ("끝", "네")]


def test_nothing_shows_what_a_sheet_holds(tmp_path: Path) -> None:
    path = workbooks.save(tmp_path / "a.xlsx", (SECRET[:10], [["질문", "답변"], [SECRET, SECRET]]))
    assert "비밀값" not in repr(read_workbook(path, max_bytes=LIMIT))
    reading = read_exchanges(path, max_bytes=LIMIT)
    assert reading.exchanges[0].question == SECRET
    assert "9999" not in repr(reading)


def test_the_reader_needs_no_package_of_ours(tmp_path: Path) -> None:
    import subprocess

    program = (
        "import runpy, sys; sys.argv = ['reader', sys.argv[1]];"
        f"runpy.run_path({str(workbook.READER)!r}, run_name='__main__');"
        "assert not [name for name in sys.modules if name.startswith('cs_pipeline')]"
    )
    path = workbooks.plain_qa(tmp_path / "a.xlsx")
    command = [sys.executable, "-P", "-c", program, str(path)]
    output = subprocess.run(command, check=True, capture_output=True).stdout
    assert output.endswith(b'{"done":true}\n')
