"""Cells of an .xlsx in which part of the text is struck through: what is left of it.

So reviewers correct an answer in its cell, with the new words behind the old ones.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape

from cs_pipeline.intake.files.struck_styles import STRIKE

_SHARED, _CHUNK_BYTES, _OVERLAP = "xl/sharedStrings.xml", 1024**2, 8
_ITEM = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|(?<!/)>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_RUN = re.compile(rb"<(?:\w+:)?r(?:\s[^>]*)?>(.*?)</(?:\w+:)?r>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?(?<!/)>(.*?)</(?:\w+:)?t>", re.DOTALL)
_PLACE = rb"[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>\s*"
_BY_NUMBER = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*\bt\s*=\s*[\"']s[\"'])" + _PLACE + rb"<(?:\w+:)?v>(\d+)<"
)
_INLINE = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*\bt\s*=\s*[\"']inlineStr[\"'])"
    + _PLACE
    + rb"<(?:\w+:)?is>((?:(?!</(?:\w+:)?is>).)*)",
    re.DOTALL,
)
_STRUCK, _WORD = b"strike", re.compile(r"\w")

Places = Mapping[tuple[int, int], str]


class StruckRuns:
    """The texts of a workbook of which some part is struck through."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._shared = _shared_texts(archive)

    def left_in(self, rows: bytes) -> Iterator[tuple[bytes, bytes, str]]:
        """Letters, row and what is left of each such cell in whole rows of a sheet's XML.

        '' is left where all of it is struck.
        """
        for match in _BY_NUMBER.finditer(rows) if self._shared else ():
            left = self._shared.get(int(match[3]))
            if left is not None:
                yield match[1], match[2], left
        for match in _INLINE.finditer(rows) if _STRUCK in rows else ():
            left = _left_of(match[3])
            if left is not None:
                yield match[1], match[2], left


def with_texts(
    rows: Iterator[tuple[int, list[str]]], texts: Places
) -> Iterator[tuple[int, list[str]]]:
    """The rows with these texts at their places."""
    columns = {column for _, column in texts}
    for index, cells in rows:
        for column in columns:
            if column < len(cells) and (index, column) in texts:
                cells[column] = texts[index, column]
        yield index, cells


def _shared_texts(archive: zipfile.ZipFile) -> dict[int, str]:
    """What is left of shared texts, by their numbers; {} as a rule, which is found out quickly."""
    if _SHARED not in archive.namelist() or not _has_struck(archive):
        return {}
    items = enumerate(_ITEM.finditer(archive.read(_SHARED)))
    found = ((number, _left_of(item[1] or b"")) for number, item in items)
    return {number: left for number, left in found if left is not None}


def _has_struck(archive: zipfile.ZipFile) -> bool:
    tail = b""
    with archive.open(_SHARED) as xml:
        while chunk := xml.read(_CHUNK_BYTES):
            if _STRUCK in tail + chunk:
                return True
            tail = chunk[-_OVERLAP:]
    return False


def _left_of(item: bytes) -> str | None:
    """The text without its struck runs; None where none is."""
    runs = _RUN.findall(item) if _STRUCK in item else []
    kept = [run for run in runs if not STRIKE.search(run)]
    if len(kept) == len(runs):
        return None
    texts = (text.decode(errors="replace") for run in kept for text in _TEXT.findall(run))
    left = unescape("".join(texts)).strip()
    return left if _WORD.search(left) else ""
