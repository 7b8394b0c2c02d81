"""Sound workbooks in every format but plain .xlsx, byte by byte where no library writes them."""

import hashlib
import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tests.unit.intake import workbooks

Rows = Sequence[Sequence[str]]
TABLE: Rows = [("질문", "답변"), *workbooks.PAIRS]

SECTOR_BYTES = 4096
ENCRYPTION_RECORD_BYTES = 58

_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/": (
        b"http://purl.oclc.org/ooxml/officeDocument/"
    ),
}


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def xlsx(path: Path, rows: Rows = TABLE) -> Path:
    return workbooks.save(path, ("상담", [list(row) for row in rows]))


def strict_xlsx(path: Path) -> Path:
    """What Excel saves as 'Strict Open XML Spreadsheet': the same parts in other namespaces."""
    parts = parts_of(xlsx(path).read_bytes())
    for name, content in parts.items():
        for transitional, strict in _STRICT.items():
            content = content.replace(transitional, strict)  # noqa: PLW2901
        parts[name] = content
    assert b"purl.oclc.org" in parts["xl/workbook.xml"]
    assert b"purl.oclc.org" in parts["xl/_rels/workbook.xml.rels"]
    return packed(path, parts)


def xlsm(path: Path) -> Path:
    """A workbook with a (made-up) macro project that would run when it is opened."""
    parts = parts_of(xlsx(path).read_bytes())
    parts["xl/vbaProject.bin"] = b"Sub Workbook_Open()"
    parts["[Content_Types].xml"] = (
        parts["[Content_Types].xml"]
        .replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
        .replace(
            b"</Types>",
            b'<Override PartName="/xl/vbaProject.bin" '
            b'ContentType="application/vnd.ms-office.vbaProject"/></Types>',
        )
    )
    return packed(path, parts)


def with_external_link(path: Path, address: str) -> Path:
    """A workbook whose relations point to a web server."""
    parts = parts_of(xlsx(path).read_bytes())
    link = (
        f'<Relationship Id="rId99" TargetMode="External" Target="{address}" Type="http://'
        'schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"/>'
    )
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(
        b"</Relationships>", link.encode() + b"</Relationships>"
    )
    return packed(path, parts)


def _ods_cell(text: str, rows: int | None) -> str:
    """A cell over so many rows; None: it is covered by one above."""
    if rows is None:
        return "<table:covered-table-cell/>"
    spans = f' table:number-columns-spanned="1" table:number-rows-spanned="{rows}"' if rows else ""
    return (
        f'<table:table-cell office:value-type="string"{spans}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def ods(
    path: Path,
    rows: Rows = TABLE,
    *,
    blank_rows: int = 0,
    manifest: str = "",
    merged: Sequence[tuple[int, int, int]] = (),
) -> Path:
    """OpenDocument; `blank_rows` follow as LibreOffice writes them, in one repeated row.

    `merged` are the first row, the last row and the column of merged cells, all 0-based.
    """
    spans: dict[tuple[int, int], int | None] = {}
    for first, last, column in merged:
        spans |= {(row, column): None for row in range(first + 1, last + 1)}
        spans[first, column] = last - first + 1
    cells = "".join(
        "<table:table-row>"
        + "".join(
            _ods_cell(text, spans.get((number, column), 0)) for column, text in enumerate(row)
        )
        + "</table:table-row>"
        for number, row in enumerate(rows)
    )
    if blank_rows:
        cells += (
            f'<table:table-row table:number-rows-repeated="{blank_rows}">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        )
    namespaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {namespaces}>'
        f'<office:body><office:spreadsheet><table:table table:name="상담">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest "
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>{manifest}'
            "</manifest:manifest>",
        )
    return path


def encrypted_ods(path: Path) -> Path:
    entry = (
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        "<manifest:encryption-data/></manifest:file-entry>"
    )
    return ods(path, manifest=entry)


def xls(path: Path, rows: Rows = TABLE) -> Path:
    path.write_bytes(_ole(_biff(rows)))
    return path


def encrypted_xls(path: Path, password: str, rows: Rows = TABLE) -> Path:
    """An .xls under RC4, as Excel 97 to 2003 wrote it ([MS-XLS] 2.2.10, [MS-OFFCRYPTO] 2.3.6)."""
    from msoffcrypto.method.rc4 import DocumentRC4

    salt = hashlib.md5(password.encode()).digest()
    filepass_size = ENCRYPTION_RECORD_BYTES - 4
    plain = bytearray(_biff(rows))
    first = 4 + struct.unpack_from("<H", plain, 2)[0]
    plain[first:first] = struct.pack("<HH", 0x2F, filepass_size) + bytes(filepass_size)
    key = DocumentRC4.decrypt(password, salt, io.BytesIO(bytes(len(plain))), blocksize=1024).read()
    verifier = bytes(range(16))
    proof = _xor(verifier + hashlib.md5(verifier).digest(), key)
    cipher = bytearray(_xor(plain, key))
    position = 0
    while position + 4 <= len(plain):
        number, size = struct.unpack_from("<HH", plain, position)
        end = position + 4 + size
        open_bytes = 4
        if number == 0x85:  # BoundSheet: where its sheet begins stays readable
            (begins,) = struct.unpack_from("<I", plain, position + 4)
            struct.pack_into("<I", plain, position + 4, begins + 4 + filepass_size)
            open_bytes = 8
        elif number in (0x809, 0x2F):  # BOF, FilePass
            open_bytes = 4 + size
        cipher[position : position + open_bytes] = plain[position : position + open_bytes]
        position = end
    header = struct.pack("<HHH", 1, 1, 1)
    cipher[first + 4 : first + 4 + filepass_size] = header + salt + proof
    path.write_bytes(_ole(bytes(cipher)))
    return path


def encrypted_xlsx(path: Path, password: str, content: bytes | None = None) -> Path:
    """An encrypted workbook of this content, or of a few rows."""
    if content is None:
        return encrypt(xlsx(path), password)
    path.write_bytes(content)
    return encrypt(path, password)


def encrypt(path: Path, password: str) -> Path:
    """Turn an .xlsx into what Excel writes since 2010: agile encryption, AES-256 and SHA-512."""
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = io.BytesIO(path.read_bytes())
    with path.open("wb") as encrypted:
        OOXMLFile(plain).encrypt(password, encrypted)
    return path


def ole_with(path: Path, stream: str) -> Path:
    """An OLE container whose only stream has the given name."""
    path.write_bytes(_ole(workbooks.SECRET.encode(), name=stream))
    return path


def obscured_xls(path: Path, *, stream: str = "Workbook") -> Path:
    """An .xls hidden by XOR ([MS-XLS] 2.4.117); that of an Excel 95 lies in `Book`."""
    plain = bytearray(_biff(TABLE))
    first = 4 + struct.unpack_from("<H", plain, 2)[0]
    plain[first:first] = struct.pack("<HHHHH", 0x2F, 6, 0, 0x1234, 0x5678)
    path.write_bytes(_ole(bytes(plain), name=stream))
    return path


def obscured_book(path: Path) -> Path:
    return obscured_xls(path, stream="Book")


def ods_with_white_space(path: Path) -> Path:
    """Spaces of a text are elements of their own, and line breaks stand between the XML's tags."""
    parts = parts_of(ods(path).read_bytes())
    content = parts["content.xml"].decode().replace("><", ">\n  <")
    parts["content.xml"] = content.replace("언제 오나요", "언제<text:s/>오나요").encode()
    assert b"<text:s/>" in parts["content.xml"]
    return packed(path, parts)


def lost_relation(path: Path) -> Path:
    """A workbook that lists one sheet more than it has."""
    parts = parts_of(xlsx(path).read_bytes())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"</sheets>",
        b'<sheet name="x" sheetId="9" state="visible" r:id="rId99" xmlns:r="'
        b'http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></sheets>',
    )
    assert b"rId99" in parts["xl/workbook.xml"]
    return packed(path, parts)


def macro_sheet(path: Path) -> Path:
    """A workbook with an Excel 4 macro sheet in front."""
    parts = parts_of(xlsx(path).read_bytes())
    relation = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId77" Type="{relation}" Target="macrosheets/sheet1.xml"/>'
        "</Relationships>".encode(),
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<sheets>",
        b'<sheets><sheet name="m" sheetId="8" state="visible" r:id="rId77" xmlns:r="'
        b'http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>',
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/macrosheets/sheet1.xml"] = (
        f'<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" '
        f'xmlns="{main}"><sheetData/></xm:macrosheet>'.encode()
    )
    return packed(path, parts)


def xlsb(
    path: Path, rows: Rows = TABLE, *, shift: tuple[int, int] = (0, 0), errors: bool = False
) -> Path:
    """A binary workbook of one sheet ([MS-XLSB]); `shift` moves the last row's cells away.

    With `errors`, each cell shows #N/A.
    """
    last_row, last_column = len(rows) - 1 + shift[0], max(map(len, rows)) - 1 + shift[1]
    dimension = struct.pack("<IIII", 0, last_row, 0, last_column)
    sheet = [_record(129), _record(148, dimension), _record(145)]
    for index, row in enumerate(rows):
        down, right = shift if index == len(rows) - 1 else (0, 0)
        header = struct.pack("<II", index + down, 0) + bytes(9)
        sheet.append(_record(0, header))
        for column, text in enumerate(row):
            place = struct.pack("<II", column + right, 0)
            cell = _record(3, place + b"\x2a") if errors else _record(6, place + _wide(text))
            sheet.append(cell)
    sheet += [_record(146), _record(130)]
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("상담")
    book = [_record(131), _record(143), _record(156, bundle), _record(144), _record(132)]
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.bin" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
    )
    return packed(
        path,
        {
            "xl/workbook.bin": b"".join(book),
            "xl/_rels/workbook.bin.rels": relations.encode(),
            "xl/worksheets/sheet1.bin": b"".join(sheet),
        },
    )


def _record(number: int, payload: bytes = b"") -> bytes:
    head = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    size, length = len(payload), bytearray()
    while size >= 0x80:
        length.append(size & 0x7F | 0x80)
        size >>= 7
    return head + bytes([*length, size]) + payload


def _wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _biff(rows: Rows) -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("상담")
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            sheet.write(row, column, text)
    stream = bytes(book.get_biff_data())
    # Whole sectors, so that nothing but records stands in the container's stream.
    filler = -(len(stream) + 4 + ENCRYPTION_RECORD_BYTES) % SECTOR_BYTES
    return stream + struct.pack("<HH", 0, filler) + bytes(filler)


def _ole(stream: bytes, name: str = "Workbook") -> bytes:
    from xlwt.CompoundDoc import XlsDoc

    container, written = XlsDoc(), io.BytesIO()
    container.save(written, stream)
    content = written.getvalue()
    if name == "Workbook":
        return content
    old, new = (f"{text}\0".encode("utf-16-le") for text in ("Workbook", name))
    assert content.count(old) == 1
    entry = content.index(old)
    renamed = bytearray(content)
    renamed[entry : entry + 64] = new.ljust(64, b"\0")
    struct.pack_into("<H", renamed, entry + 64, len(new))
    return bytes(renamed)


def _xor(text: bytes | bytearray, key: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(text, key, strict=False))


def ods_without_a_mimetype(path: Path) -> Path:
    """As archivers repack it: the part that should come first is gone."""
    parts = parts_of(ods(path).read_bytes())
    del parts["mimetype"]
    return packed(path, parts)


def parts_at_the_root(path: Path) -> Path:
    """A workbook whose parts lie in no folder of their own."""
    parts = parts_of(xlsx(path).read_bytes())
    return packed(
        path,
        {
            name.removeprefix("xl/"): content.replace(b'Target="/xl/', b'Target="/')
            .replace(b'Target="xl/', b'Target="')
            .replace(b'PartName="/xl/', b'PartName="/')
            for name, content in parts.items()
        },
    )


def odd_merged_range(path: Path) -> Path:
    """A merged range of whole columns, which the first two readers stumble over."""
    parts = parts_of(xlsx(path).read_bytes())
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(
        b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="D:E"/></mergeCells>'
    )
    assert b"mergeCell " in parts[sheet]
    return packed(path, parts)


def excel_2(path: Path, rows: Rows = TABLE) -> Path:
    """A workbook of Excel 2: records without a container, texts in CP949."""
    records = [struct.pack("<HHHH", 0x09, 4, 2, 0x10), struct.pack("<HHH", 0x42, 2, 949)]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            text = cell.encode("cp949")
            body = struct.pack("<HH3sB", row, column, b"\0\0\0", len(text)) + text
            records.append(struct.pack("<HH", 0x04, len(body)) + body)
    records.append(struct.pack("<HH", 0x0A, 0))
    path.write_bytes(b"".join(records))
    return path


def written_by_records(path: Path, rows: Rows = TABLE) -> Path:
    """An .xls as old web programs write it: records without a container, in CP949 unsaid."""
    records = [struct.pack("<HHHHHH", 0x809, 8, 0, 0x10, 0, 0)]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            text = cell.encode("cp949")
            label = struct.pack("<HHHH", row, column, 0, len(text)) + text
            records.append(struct.pack("<HH", 0x204, len(label)) + label)
    records.append(struct.pack("<HH", 0x0A, 0))
    path.write_bytes(b"".join(records))
    return path


def sheet_without_a_workbook(path: Path) -> Path:
    """An .xls with filled cells that is no workbook to any reader, though one finds it empty."""
    path.write_bytes(_ole(written_by_records(path).read_bytes()))
    return path
