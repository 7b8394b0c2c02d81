"""Broken and hostile exports, each named by what is wrong with it."""

import io
import re
import struct
import zipfile
from pathlib import Path

import other_formats
import workbooks
from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
SECRET_ROWS = [("질문", "답변"), (workbooks.SECRET, workbooks.SECRET)]


def secret_parts(path: Path) -> dict[str, bytes]:
    return other_formats.parts_of(other_formats.xlsx(path, SECRET_ROWS).read_bytes())


def zip_bomb(path: Path, *, megabytes: int = 64) -> Path:
    """A sheet that deflate shrinks a thousandfold."""
    parts = secret_parts(path)
    end = b"</sheetData>"
    parts[SHEET] = parts[SHEET].replace(end, b" " * (megabytes * 1024**2) + end)
    return other_formats.packed(path, parts)


def many_large_parts(path: Path) -> Path:
    """No part is remarkable, but together they say to unpack to more than 2 GiB."""
    other_formats.packed(path, secret_parts(path) | {f"xl/media/{i}.bin": b"x" for i in range(200)})
    return _with_declared_size(path, b"xl/media/", 11 * 1024**2)


def understated_bomb(path: Path, *, megabytes: int) -> Path:
    """A zip bomb whose directory says that its sheet is small."""
    zip_bomb(path, megabytes=megabytes)
    return _with_declared_size(path, SHEET.encode(), 5000)


def many_parts(path: Path) -> Path:
    parts = secret_parts(path) | {f"xl/media/{index}": b"" for index in range(10_001)}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _with_declared_size(path: Path, name: bytes, size: int) -> Path:
    """Change the unpacked size in the central directory's entries of that name."""
    content = bytearray(path.read_bytes())
    position = content.find(b"PK\x01\x02")
    while position >= 0:
        if content[position + 46 :].startswith(name):
            struct.pack_into("<I", content, position + 24, size)
        position = content.find(b"PK\x01\x02", position + 4)
    path.write_bytes(content)
    return path


def zip_of_workbooks(path: Path) -> Path:
    return other_formats.packed(path, {"3월/상담.xlsx": other_formats.xlsx(path).read_bytes()})


def zip_in_zip(path: Path) -> Path:
    content = b"0"
    for _ in range(3):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr("../../inner.zip", content)
        content = inner.getvalue()
    path.write_bytes(content)
    return path


def with_entities(path: Path, *, encoding: str = "utf-8") -> Path:
    """'A billion laughs': ten entities, each ten times the one before."""
    parts = secret_parts(path)
    parts[SHEET] = (laughs() + parts[SHEET].decode()).encode(encoding)
    return other_formats.packed(path, parts)


def laughs() -> str:
    definitions = ['<!ENTITY e0 "ha">']
    definitions += [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)]
    return f"<!DOCTYPE laughs [{''.join(definitions)}]>"


def far_cell(path: Path, *, declared: str | None = None) -> Path:
    """Legal, 5 KB, and too much for calamine's process; `declared` is what its sheet says."""
    workbooks.far_away_cell(path)
    parts = other_formats.parts_of(path.read_bytes())
    honest = rb'<dimension ref="A1:XFD1048576" ?/>'
    lie = f'<dimension ref="{declared}" />'.encode() if declared else b""
    parts[SHEET], replaced = re.subn(honest, lie, parts[SHEET])
    assert replaced == 1
    return other_formats.packed(path, parts)


def stray_cell_in_the_last_row(path: Path) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "상담"
    for row in other_formats.TABLE:
        sheet.append(row)
    sheet["B1048576"] = "끝"
    workbook.save(path)
    return path


def whole_sheet_declared(path: Path) -> Path:
    """An ordinary table in a sheet that declares all of its cells, as many programs do."""
    parts = other_formats.parts_of(other_formats.xlsx(path).read_bytes())
    small, whole = rb'<dimension ref="A1:B3" ?/>', b'<dimension ref="A1:XFD1048576"/>'
    parts[SHEET], replaced = re.subn(small, whole, parts[SHEET])
    assert replaced == 1
    return other_formats.packed(path, parts)


def charts_only(path: Path) -> Path:
    from openpyxl.chart import BarChart, Reference

    workbook = Workbook()
    chart = BarChart()
    chart.add_data(Reference(workbook.active, min_col=1, min_row=1, max_row=2))
    workbook.create_chartsheet("차트").add_chart(chart)
    workbook.save(path)
    return path


def html_table(path: Path) -> Path:
    cells = "".join(f"<td>{text}</td>" for text in (workbooks.SECRET, workbooks.SECRET))
    return workbooks.written(
        path, f"\ufeff\r\n<HTML><meta charset=utf-8><table><tr>{cells}</tr></table>"
    )


def web_archive(path: Path) -> Path:
    return workbooks.written(path, f"MIME-Version: 1.0\r\n\r\n<table>{workbooks.SECRET}")


def xml_spreadsheet_2003(path: Path) -> Path:
    return workbooks.written(
        path,
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet>'
        f"<Cell><Data>{workbooks.SECRET}</Data></Cell></Worksheet></Workbook>",
    )


def zip_with_password(path: Path) -> Path:
    """An archive whose entries are marked as encrypted."""
    content = bytearray(other_formats.xlsx(path, SECRET_ROWS).read_bytes())
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = content.find(magic)
        while position >= 0:
            content[position + flags] |= 1
            position = content.find(magic, position + 4)
    path.write_bytes(content)
    return path


def laughing_encryption(path: Path) -> Path:
    """An encrypted workbook whose description of the encryption is an XML bomb."""
    other_formats.encrypted_xlsx(path, "비밀번호")
    content = path.read_bytes()
    old = content[content.index(b"<encryption ") :]
    old = old[: old.index(b"</encryption>") + len(b"</encryption>")]
    bomb = (laughs() + "<encryption>&e9;</encryption>").encode()
    assert len(bomb) <= len(old)
    path.write_bytes(content.replace(old, bomb.ljust(len(old))))
    return path
