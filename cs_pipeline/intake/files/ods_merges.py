"""Merged cells of an OpenDocument spreadsheet, which calamine does not tell."""

import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

_CONTENT = "content.xml"
_SPANS, _CHUNK_BYTES = b"number-rows-spanned", 1024**2
_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TABLE, _ROW, _CELL, _COVERED = (
    _NAMESPACE + name for name in ("table", "table-row", "table-cell", "covered-table-cell")
)

Merged = tuple[int, int, int, int]
"""First row and column, last row and column; 0-based."""


def ods_merges(archive: zipfile.ZipFile) -> list[list[Merged]]:
    """Of each sheet, in order: the ranges that span rows or columns; [] when there are none.

    The whole of it is taken apart only where some cell spans rows at all.

    Raises:
        ElementTree.ParseError: it is not XML.
    """
    if not _has_spans(archive):
        return []
    found: list[list[Merged]] = []
    row = 0
    with archive.open(_CONTENT) as part:
        # The archive was checked for entities, and the reading process has its limits.
        for event, node in ElementTree.iterparse(part, ("start", "end")):  # noqa: S314
            if event == "start":
                if node.tag == _TABLE:
                    found.append([])
                    row = 0
            elif node.tag == _ROW and found:
                found[-1] += _spanned(node, row)
                row += _count(node, "number-rows-repeated")
                node.clear()
    return found


def _has_spans(archive: zipfile.ZipFile) -> bool:
    rest = b""
    with archive.open(_CONTENT) as part:
        while chunk := part.read(_CHUNK_BYTES):
            if _SPANS in rest + chunk:
                return True
            rest = chunk[-len(_SPANS) :]
    return False


def _spanned(row: ElementTree.Element, number: int) -> Iterator[Merged]:
    column = 0
    for cell in row:
        if cell.tag not in (_CELL, _COVERED):
            continue
        rows, columns = (_count(cell, f"number-{name}-spanned") for name in ("rows", "columns"))
        if rows > 1 or columns > 1:
            yield number, column, number + rows - 1, column + columns - 1
        column += _count(cell, "number-columns-repeated")


def _count(node: ElementTree.Element, name: str) -> int:
    value = node.get(_NAMESPACE + name, "1")
    return int(value) if value.isdecimal() else 1
