"""Excel workbooks and CSV files as rows of text, in memory only."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from cs_pipeline.intake.refusals import refusal

READER = Path(__file__).with_name("workbook_reader.py")
READER_SECONDS = 300.0
MAX_UNPACKED_BYTES = 2 * 1024**3
HEAD_BYTES = 4096

ZIP_MAGIC = b"PK"
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
DRM_MAGICS = (b"SCDSA00", b"<## NASCA DRM FILE", b"\x9b DRMONE")
WORKBOOK_PARTS = {"xl/workbook.xml", "xl/workbook.bin"}
# Streams of an OLE container that wraps an encrypted or rights-managed workbook ([MS-OFFCRYPTO]).
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
RIGHTS_MANAGED_STREAM = "\tDRMContent".encode("utf-16-le")
HTML_MARKS = (b"<html", b"<!doctype html", b"<table", b"<meta")
HTML_HEAD_BYTES = 512


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet. `rows[i][j]` is the text of Excel row i + 1, column j + 1; rows differ in length.

    The name is hidden from `repr` like the rows: people name sheets after customers.
    """

    name: str = field(repr=False)
    rows: list[tuple[str, ...]] = field(repr=False)


def read_workbook(path: Path, *, max_bytes: int) -> list[RawSheet]:
    """All worksheets of an .xlsx, .xlsm, .xlsb, .xls or .csv file, told apart by content.

    Workbooks are read in a child process with limits on memory and time. The dimension that a
    workbook declares is not trusted: many programs declare the whole sheet.

    Raises:
        ExportError: the file is refused; `reason` is `empty_file`, `too_large`, `not_a_workbook`,
            `damaged_workbook`, `password_protected`, `drm_protected`, `reader_crashed` or
            `reader_timeout`.
    """
    size = path.stat().st_size
    if size == 0:
        raise refusal("empty_file", path.name)
    if size > max_bytes:
        raise refusal("too_large", path.name)
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if head.startswith(ZIP_MAGIC):
        _check_zip(path)
    elif head.startswith(OLE_MAGIC):
        _check_ole(path)
    else:
        _check_text(path, head)
        return [_read_csv(path)]
    return _read_in_child(path)


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise refusal("damaged_workbook", path.name) from None
    if any(part.flag_bits & 0x1 for part in parts):
        raise refusal("password_protected", path.name)
    if not WORKBOOK_PARTS & {part.filename.lower().replace("\\", "/") for part in parts}:
        raise refusal("not_a_workbook", path.name)
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise refusal("too_large", path.name)


def _check_ole(path: Path) -> None:
    content = path.read_bytes()
    if ENCRYPTED_STREAM in content:
        raise refusal("password_protected", path.name)
    if RIGHTS_MANAGED_STREAM in content:
        raise refusal("drm_protected", path.name)


def _check_text(path: Path, head: bytes) -> None:
    if head.startswith(DRM_MAGICS):
        raise refusal("drm_protected", path.name)
    if any(mark in head[:HTML_HEAD_BYTES].lower() for mark in HTML_MARKS):
        raise refusal("html_page", path.name)
    suffix = path.suffix.lower()
    if suffix.startswith(".xls") and b"\x00" not in head:
        raise refusal("text_as_workbook", path.name)
    if suffix != ".csv":
        raise refusal("not_a_workbook", path.name)


def _read_csv(path: Path) -> RawSheet:
    try:
        rows = list(csv.reader(io.StringIO(_decode(path.read_bytes()), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise refusal("unreadable_csv", path.name) from None
    return RawSheet(path.stem, [tuple(row) if any(row) else () for row in rows])


def _decode(content: bytes) -> str:
    """Text of a CSV file: UTF-8, or what Korean Excel writes.

    Raises:
        UnicodeDecodeError: it is in neither encoding.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp949")


def _read_in_child(path: Path) -> list[RawSheet]:
    """Run the reader by path, so that the child never imports this package.

    Its standard error is dropped: a crash may print what the workbook holds.
    """
    command = [sys.executable, "-P", str(READER), str(path)]
    try:
        child = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=READER_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refusal("reader_timeout", path.name) from None
    return _sheets(child.stdout, path.name)


def _sheets(output: bytes, file: str) -> list[RawSheet]:
    """What the child said. Without its last message it did not live to the end."""
    lines = output.split(b"\n")
    last = json.loads(lines[-2]) if output.endswith(b"}\n") else {}
    if "problem" in last:
        raise refusal(last["problem"], file)
    if "done" not in last:
        raise refusal("reader_crashed", file)
    sheets: list[RawSheet] = []
    for line in lines[:-2]:
        message = json.loads(line)
        if isinstance(message, dict):
            sheets.append(RawSheet(message["sheet"], []))
            continue
        row, cells = message
        rows = sheets[-1].rows
        rows.extend([()] * (row - len(rows)))
        rows.append(tuple(cells))
    return sheets
