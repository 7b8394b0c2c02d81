"""Broken and hostile exports, each named by what is wrong with it."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from tests.unit.intake import other_formats, workbooks

SHEET = "xl/worksheets/sheet1.xml"
SECRET = workbooks.SECRET
SECRET_ROWS = [("질문", "답변"), (SECRET, SECRET)]


class Hostile(NamedTuple):
    """The reason for which an export is refused, a name for it, and what makes it."""

    reason: str
    name: str
    build: Callable[[Path], Path]


def zero_bytes(path: Path) -> Path:
    return workbooks.written(path, b"")


def folder(path: Path) -> Path:
    """A folder that is named like a workbook, with a sound one and a link in it."""
    path.mkdir()
    other_formats.xlsx(path / "안의 파일.xlsx", SECRET_ROWS)
    (path / "link").symlink_to("/")
    return path


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


def with_entities_in_utf16(path: Path) -> Path:
    return with_entities(path, encoding="utf-16")


def with_entities_after_a_long_comment(path: Path) -> Path:
    parts = secret_parts(path)
    parts[SHEET] = f"<!--{' ' * 5000}-->{laughs()}".encode() + parts[SHEET]
    return other_formats.packed(path, parts)


def with_a_file_for_an_entity(path: Path) -> Path:
    """XXE: the text of a cell is to come from a file of the machine."""
    parts = secret_parts(path)
    declared = b'<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>' + parts[SHEET]
    parts[SHEET] = declared.replace(b"</t>", b"&file;</t>")
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


def far_cell_denied(path: Path) -> Path:
    return far_cell(path, declared="A1:B2")


def far_cell_in_xlsb(path: Path) -> Path:
    return other_formats.xlsb(path, SECRET_ROWS, shift=(1_048_570, 16_000))


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


def empty_sheets(path: Path) -> Path:
    return workbooks.save(path, ("하나", []), ("둘", []))


def charts_only(path: Path) -> Path:
    from openpyxl.chart import BarChart, Reference

    workbook = Workbook()
    chart = BarChart()
    chart.add_data(Reference(workbook.active, min_col=1, min_row=1, max_row=2))
    workbook.create_chartsheet("차트").add_chart(chart)
    workbook.save(path)
    return path


def prose(path: Path) -> Path:
    return workbooks.written(path, SECRET)


def pdf(path: Path) -> Path:
    return workbooks.written(path, f"%PDF-1.7 {SECRET}")


def picture(path: Path) -> Path:
    return workbooks.written(path, b"\x89PNG\r\n\x1a\n\0\0" + SECRET.encode())


def softcamp_drm(path: Path) -> Path:
    return workbooks.written(path, f"SCDSA004{SECRET}")


def nasca_drm(path: Path) -> Path:
    return workbooks.written(path, f"<## NASCA DRM FILE - VER1.00 ##>{SECRET}")


def fasoo_drm(path: Path) -> Path:
    return workbooks.written(path, b"\x9b DRMONE  This Document is encrypted" + SECRET.encode())


def microsoft_drm(path: Path) -> Path:
    return other_formats.ole_with(path, "\tDRMContent")


def html_table(path: Path) -> Path:
    cells = "".join(f"<td>{text}</td>" for text in (SECRET, SECRET))
    return workbooks.written(
        path, f"\ufeff\r\n<HTML><meta charset=utf-8><table><tr>{cells}</tr></table>"
    )


def web_archive(path: Path, page: str = f"<p>{SECRET}</p>", *, end: str = "\r\n--x--\r\n") -> Path:
    return workbooks.written(
        path,
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
        f"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}{end}",
    )


def web_archive_cut_off(path: Path) -> Path:
    cell = f"<td>{SECRET}</td>"
    return web_archive(path, f"<table><tr>{cell}{cell}</tr><tr>{cell}{cell}</tr>", end="")


def web_archive_of_something_elsewhere(path: Path) -> Path:
    """What a mail program would fetch."""
    return workbooks.written(
        path,
        "MIME-Version: 1.0\r\nContent-Type: message/external-body; access-type=URL; "
        f'URL="http://127.0.0.1:9/{SECRET}.html"\r\n\r\nContent-Type: text/html\r\n\r\n',
    )


def web_archive_in_itself(path: Path) -> Path:
    """Thousands of parts, one in the other."""
    parts = (f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(3000))
    return workbooks.written(path, "MIME-Version: 1.0\r\n" + "".join(parts) + SECRET)


def xml_2003(
    path: Path, rows: str = "", *, before: str = "", end: str = "</Table></Worksheet></Workbook>"
) -> Path:
    return workbooks.written(
        path,
        f'<?xml version="1.0"?>{before}<?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="상담"><Table>'
        f"{rows}{end}",
    )


def xml_cell(text: str, attributes: str = "", kind: str = "String") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def place(number: int) -> str:
    return f'ss:Index="{number}"'


def xml_2003_with_entities(path: Path) -> Path:
    return xml_2003(path, f"<Row>{xml_cell('&lol9;')}</Row>", before=laughs())


def xml_2003_with_a_file_for_an_entity(path: Path) -> Path:
    doctype = '<!DOCTYPE a [<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    return xml_2003(path, f"<Row>{xml_cell('&file;')}</Row>", before=doctype)


def xml_2003_far(path: Path) -> Path:
    return xml_2003(path, f"<Row>{xml_cell(SECRET, place(999_999))}</Row>")


def xml_2003_wide(path: Path) -> Path:
    """A few bytes a row for sixteen thousand cells."""
    return xml_2003(path, f"<Row>{xml_cell(SECRET, place(16_384))}</Row>" * 1300)


def xml_2003_cut_off(path: Path) -> Path:
    return xml_2003(path, f"<Row>{xml_cell(SECRET)}</Row>", end="")


def xml_2003_not_well_formed(path: Path) -> Path:
    return xml_2003(path, f"<Row>{xml_cell(SECRET + ' A&B')}</Row>")


def xml_2003_of_errors(path: Path) -> Path:
    return xml_2003(path, f"<Row>{xml_cell('#N/A', kind='Error')}</Row>")


def old_workbook_of_errors(path: Path) -> Path:
    import xlwt

    book = xlwt.Workbook()
    row = book.add_sheet("상담").row(1)
    row.set_cell_error(0, 0x2A)  # #N/A
    row.set_cell_error(1, 0x17)  # #REF!
    book.save(str(path))
    return path


def binary_workbook_of_errors(path: Path) -> Path:
    return other_formats.xlsb(path, [("#N/A", "#REF!")], errors=True)


def endless_csv_cell(path: Path) -> Path:
    lines = ["번호,질문,답변", f"1,{SECRET},네", f"2,{SECRET},{'가' * 140_000}"]
    return workbooks.written(path, "\n".join(lines))


def encrypted(path: Path) -> Path:
    return other_formats.encrypted_xlsx(path, SECRET)


def encrypted_old(path: Path) -> Path:
    return other_formats.encrypted_xls(path, SECRET)


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


def unmatched_quotes(path: Path) -> Path:
    return workbooks.written(path, f'a,b\n"{SECRET}" c,"')


def unknown_encoding(path: Path) -> Path:
    return workbooks.written(path, f"a,b\n{SECRET}".encode() + b"\xff\xff,c")


def cp949_without_conversation(path: Path) -> Path:
    """What some Korean systems call an .xls: tabs and CP949. Legal, but for its columns."""
    return workbooks.written(path, f"담당\t전화\n{SECRET}\t{SECRET}\n".encode("cp949"))


def cp949_tabs(path: Path) -> Path:
    text = "\r\n".join("\t".join(row) for row in other_formats.TABLE)
    return workbooks.written(path, text.encode("cp949"))


def zip_of(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, workbooks.SECRET)
    return path


def zip_of_pictures(path: Path) -> Path:
    return zip_of(path, "화면1.png", "메모.md")


def numbers(path: Path) -> Path:
    """What Apple Numbers saves, as one file."""
    return zip_of(path, "Index/Document.iwa", "Metadata/Properties.plist", "preview.jpg")


def numbers_folder(path: Path) -> Path:
    """The same as older programs pack it: a zip of a folder, with a zip in it."""
    return zip_of(path, "상담.numbers/Index.zip", "상담.numbers/Metadata/DocumentIdentifier")


def error_cells(path: Path) -> Path:
    return workbooks.save(
        path, ("상담", [["질문", "답변"], *[[f"{workbooks.SECRET} 언제 오나요?", "#REF!"]] * 3])
    )


def nothing_but_errors(path: Path) -> Path:
    return workbooks.save(path, ("상담", [[None, "#N/A"], ["#REF!", "#N/A"]]))


def nothing_but_formulas(path: Path) -> Path:
    return workbooks.save(path, ("상담", [["=Z1", "=Z2"], ["=Z3", "=Z4"]]))


def headings_alone(path: Path) -> Path:
    return workbooks.save(path, ("상담", [["번호", "질문", "답변"]]))


def binary_of_another_program(path: Path) -> Path:
    """Sound in every part, but its workbook is of a kind that nobody here knows."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", workbooks.SECRET)
    return path


CORPUS = {
    "zero bytes": Hostile("empty_file", "a.xlsx", zero_bytes),
    "folder": Hostile("not_a_file", "a.xlsx", folder),
    "truncated": Hostile("damaged_workbook", "a.xlsx", workbooks.truncated),
    "broken part": Hostile("damaged_workbook", "a.xlsx", workbooks.broken_sheet_part),
    "broken OLE": Hostile("damaged_workbook", "a.xls", workbooks.broken_ole),
    "zip bomb": Hostile("zip_bomb", "a.xlsx", zip_bomb),
    "large in sum": Hostile("zip_bomb", "a.xlsx", many_large_parts),
    "many parts": Hostile("zip_bomb", "a.xlsx", many_parts),
    "zip of workbooks": Hostile("archive", "a.xlsx", zip_of_workbooks),
    "zip in zip": Hostile("archive", "a.xlsx", zip_in_zip),
    "entities": Hostile("xml_entities", "a.xlsx", with_entities),
    "entities in UTF-16": Hostile("xml_entities", "a.xlsx", with_entities_in_utf16),
    "entities late": Hostile("xml_entities", "a.xlsx", with_entities_after_a_long_comment),
    "entity of a file": Hostile("xml_entities", "a.xlsx", with_a_file_for_an_entity),
    "far cell": Hostile("far_cell", "a.xlsx", far_cell),
    "far cell declared": Hostile("far_cell", "a.xlsx", workbooks.far_away_cell),
    "far cell denied": Hostile("reader_crashed", "a.xlsx", far_cell_denied),
    "far cell in xlsb": Hostile("reader_crashed", "a.xlsb", far_cell_in_xlsb),
    "empty sheets": Hostile("empty_workbook", "a.xlsx", empty_sheets),
    "charts": Hostile("empty_workbook", "a.xlsx", charts_only),
    "Word document": Hostile("not_a_workbook", "a.xlsx", workbooks.word_document),
    "prose": Hostile("not_a_workbook", "a.xlsx", prose),
    "PDF": Hostile("pdf_or_image", "a.xlsx", pdf),
    "picture": Hostile("pdf_or_image", "a.xlsx", picture),
    "HTML": Hostile("html_page", "a.xls", html_table),
    "MHTML without a table": Hostile("html_page", "a.mht", web_archive),
    "MHTML cut off": Hostile("damaged_workbook", "a.mht", web_archive_cut_off),
    "MHTML elsewhere": Hostile("html_page", "a.mhtml", web_archive_of_something_elsewhere),
    "MHTML in itself": Hostile("unreadable_workbook", "a.mht", web_archive_in_itself),
    "XML of 2003, empty": Hostile("empty_workbook", "a.xml", xml_2003),
    "XML of 2003, entities": Hostile("xml_entities", "a.xml", xml_2003_with_entities),
    "XML of 2003, a file": Hostile("xml_entities", "a.xls", xml_2003_with_a_file_for_an_entity),
    "XML of 2003, far": Hostile("far_cell", "a.xml", xml_2003_far),
    "XML of 2003, wide": Hostile("too_large", "a.xml", xml_2003_wide),
    "XML of 2003, cut off": Hostile("damaged_workbook", "a.xml", xml_2003_cut_off),
    "XML of 2003, broken": Hostile("damaged_workbook", "a.xml", xml_2003_not_well_formed),
    "XML of 2003, errors": Hostile("error_cells", "a.xml", xml_2003_of_errors),
    "errors, old": Hostile("error_cells", "a.xls", old_workbook_of_errors),
    "errors, binary": Hostile("error_cells", "a.xlsb", binary_workbook_of_errors),
    "endless cell": Hostile("long_cell", "a.csv", endless_csv_cell),
    "SoftCamp": Hostile("drm_protected", "a.xlsx", softcamp_drm),
    "NASCA": Hostile("drm_protected", "a.csv", nasca_drm),
    "Fasoo": Hostile("drm_protected", "a.xlsx", fasoo_drm),
    "Microsoft DRM": Hostile("drm_protected", "a.xls", microsoft_drm),
    "encrypted": Hostile("password_protected", "a.xlsx", encrypted),
    "encrypted, old": Hostile("password_protected", "a.xls", encrypted_old),
    "encrypted ods": Hostile("unsupported_encryption", "a.ods", other_formats.encrypted_ods),
    "encrypted zip": Hostile("unsupported_encryption", "a.xlsx", zip_with_password),
    "encryption bomb": Hostile("damaged_workbook", "a.xlsx", laughing_encryption),
    "quotes": Hostile("unreadable_csv", "a.csv", unmatched_quotes),
    "encoding": Hostile("unknown_encoding", "a.csv", unknown_encoding),
    "zip of pictures": Hostile("archive_without_workbook", "a.xlsx", zip_of_pictures),
    "Numbers": Hostile("apple_numbers", "a.numbers", numbers),
    "Numbers, a folder": Hostile("apple_numbers", "a.xlsx", numbers_folder),
    "error cells": Hostile("error_cells", "a.xlsx", error_cells),
    "nothing but errors": Hostile("error_cells", "a.xlsx", nothing_but_errors),
    "nothing but formulas": Hostile("formula_without_value", "a.xlsx", nothing_but_formulas),
    "headings alone": Hostile("headings_without_rows", "a.xlsx", headings_alone),
    "another program": Hostile("unreadable_workbook", "a.xlsx", binary_of_another_program),
    "no header": Hostile("no_conversation_sheet", "a.xls", cp949_without_conversation),
}
"""Every one of them is refused, where no password is set, for the reason beside it."""
