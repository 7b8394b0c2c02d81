"""An .xlsx as its XML says, for workbooks in which something other than a cell is damaged.

Runs in the reading process, below the same limits, after other readers have failed. Only sheets,
shared strings and the relations between them are looked at; dates stay serial numbers.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple
from xml.etree import ElementTree

_BOOK, _STRINGS = "workbook.xml", "sharedstrings.xml"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class PlainSheet(NamedTuple):
    """Name of a sheet, whether it is hidden, and its filled rows: 0-based row and values."""

    name: str
    hidden: bool
    rows: Iterator[tuple[int, list[Any]]]


def plain_sheets(content: bytes) -> Iterator[PlainSheet]:
    """The worksheets of an .xlsx in the workbook's order.

    Raises:
        Exception: whatever broken XML or a missing part leads the parser into.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        book = next(name for name in parts if posixpath.basename(name) == _BOOK)
        folder = posixpath.dirname(book)
        related = _relations(archive, parts, folder)
        strings = _strings(archive, parts)
        for node in _nodes(archive, parts[book], "sheet"):
            identity = next((value for key, value in node.items() if key.endswith("}id")), "")
            part = parts.get(related.get(identity, ""))
            if part:
                hidden = node.get("state", "visible") != "visible"
                yield PlainSheet(node.get("name", ""), hidden, _rows(archive, part, strings))


def _relations(archive: zipfile.ZipFile, parts: dict[str, str], folder: str) -> dict[str, str]:
    """Relation -> lower-case path of its part, of the workbook's relations to worksheets."""
    listed = parts.get(f"{folder}/_rels/{_BOOK}.rels".lstrip("/"))
    if listed is None:
        return {}
    return {
        node.get("Id", ""): _path(folder, node.get("Target", ""))
        for node in _nodes(archive, listed, "Relationship")
        if node.get("Type", "").endswith("/worksheet")
    }


def _path(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    joined = target if target.startswith("/") else f"{folder}/{target}"
    return posixpath.normpath(joined).lstrip("/").lower()


def _strings(archive: zipfile.ZipFile, parts: dict[str, str]) -> list[str]:
    part = next((parts[name] for name in parts if posixpath.basename(name) == _STRINGS), None)
    return [] if part is None else [_words(node) for node in _nodes(archive, part, "si")]


def _rows(
    archive: zipfile.ZipFile, part: str, strings: list[str]
) -> Iterator[tuple[int, list[Any]]]:
    number = -1
    for row in _nodes(archive, part, "row"):
        told = row.get("r", "")
        number = int(told) - 1 if told.isdecimal() else number + 1
        if not 0 <= number < _LAST_ROW:
            return
        values: list[Any] = []
        for cell in row:
            match = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(match[1]) if match else len(values)
            if column >= _LAST_COLUMN or _name(cell) != "c":
                continue
            values.extend([None] * (column + 1 - len(values)))
            values[column] = _value(cell, strings)
        yield number, values


def _value(cell: ElementTree.Element, strings: list[str]) -> Any:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _words(cell)
    text = next((child.text or "" for child in cell if _name(child) == "v"), "")
    if kind == "s":
        number = int(text) if text.isdecimal() else len(strings)
        return strings[number] if number < len(strings) else None
    if kind == "e" or not text:
        return None
    return text if kind in ("str", "d") else _number(text)


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def _words(node: ElementTree.Element) -> str:
    """The text of all runs; what a phonetic guide says is not part of it."""
    if _name(node) == "rPh":
        return ""
    own = (node.text or "") if _name(node) == "t" else ""
    return own + "".join(map(_words, node))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _name(node: ElementTree.Element) -> str:
    return str(node.tag).rsplit("}", 1)[-1]


def _nodes(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[ElementTree.Element]:
    """The elements of a name, whatever their namespace; each is forgotten after its turn."""
    with archive.open(part) as xml:
        # The archive was checked for entities, and this process has its limits.
        for _, node in ElementTree.iterparse(xml):  # noqa: S314
            if _name(node) == name:
                yield node
                node.clear()
