"""What a file is, told by its first bytes. Its name has no say."""

import re
from typing import Literal

from cs_pipeline.intake.files.reader_problem import ReaderProblem

HEAD_BYTES = 4096

ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
BARE_EXCEL_MAGICS = tuple(
    bytes((9, version, size, 0))
    for version, size in ((0, 4), (0, 6), (2, 6), (4, 6), (8, 6), (8, 8), (8, 16))
)
"""How workbooks begin around which there is no container: those of Excel 2, 3 and 4, and those
that web programs write record by record."""
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

_DRM_MAGICS = (
    b"SCDSA00",
    b"<## NASCA DRM FILE",
    b"\x9b DRMONE",
    b"<!-- FasooSecureContainer",
    b"<DOCUMENT SAFER",
)
_ARCHIVE_MAGICS = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"ALZ\x01", b"EGGA", b"BZh")
_PICTURE_MAGICS = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"RIFF",
)
_HTML_MARKS = ("<html", "<!doctype html", "<table", "<meta", "<head", "<body", "<div")
# A web page with all its pictures in one file begins like a mail.
_MAIL = re.compile(r"(?:from|subject|date|content-type|mime-version|x-[a-z-]+|snapshot-[a-z-]+):")
_MAIL_MARK = "mime-version:"
_HTML_HEAD_CHARACTERS = 1024
_XML_SPREADSHEET_MARK = "urn:schemas-microsoft-com:office:spreadsheet"
_FLAT_ODS_MARK, _ODS_TYPE = "<office:document", "opendocument.spreadsheet"
_MARK_AS_LATIN = BYTE_ORDER_MARKS[0].decode("latin-1")
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b")


Container = Literal["zip", "ole", "bare", "flat_ods", "xml_2003", "web_archive", "text"]


def container_of(head: bytes) -> Container:
    """What holds the table, by the first 4,096 bytes (or all of a shorter file).

    Raises:
        ReaderProblem: `drm_protected`, `archive`, `pdf_or_image`, `html_page` or
            `not_a_workbook`.
    """
    if head.startswith(ZIP_MAGICS):
        return "zip"
    if head.startswith(OLE_MAGIC):
        return "ole"
    if head.startswith(BARE_EXCEL_MAGICS):
        return "bare"
    if head.startswith(_DRM_MAGICS):
        raise ReaderProblem("drm_protected")
    if head.startswith(_ARCHIVE_MAGICS):
        raise ReaderProblem("archive")
    words = _words(head)
    if words is None or words.startswith("%pdf-"):
        picture = head.startswith(_PICTURE_MAGICS)
        raise ReaderProblem("pdf_or_image" if picture else "not_a_workbook")
    return _text_container(words)


def _text_container(words: str) -> Container:
    if _XML_SPREADSHEET_MARK in words:
        return "xml_2003"
    if _FLAT_ODS_MARK in words and _ODS_TYPE in words:
        return "flat_ods"
    opening = words.removeprefix(_MARK_AS_LATIN).lstrip()[:_HTML_HEAD_CHARACTERS]
    if _MAIL.match(opening) and _MAIL_MARK in opening:
        return "web_archive"
    if opening.startswith("<") and any(mark in opening for mark in _HTML_MARKS):
        raise ReaderProblem("html_page")
    return "text"


def encoding_without_mark(head: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` when zero bytes stand on one side only; else None.

    Even Korean text holds spaces, digits and line ends, whose upper byte is zero.
    """
    low, high = head[0::2].count(0), head[1::2].count(0)
    if low and not high:
        return "utf-16-be"
    if high and not low:
        return "utf-16-le"
    return None


def _words(head: bytes) -> str | None:
    """The head as lower-case text, good enough to find ASCII marks; None when it is not text."""
    if head.startswith(BYTE_ORDER_MARKS[1:]):
        return head.decode("utf-16", errors="replace").lower()
    encoding = encoding_without_mark(head)
    if encoding is None and any(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in head):
        return None
    words = head.decode(encoding or "latin-1", errors="replace").lower()
    controls = sum(letter < " " and ord(letter) not in _TEXT_CONTROLS for letter in words)
    return None if controls else words
