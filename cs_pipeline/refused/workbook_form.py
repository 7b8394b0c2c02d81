"""The form of the workbook of refused rows, which goes out by one room and comes back by another.

Each row of its pages is one refused row: why, where (sheet and cell of the export), and the cells
of the export's row under the letters of their columns. A hidden sheet says which export that was.
"""

import re
import unicodedata

from cs_pipeline.language import Words

MARKER_SHEET = "cs-pipeline"
FORMAT_KEY, FORMAT = "refused_rows_format", "2"
BEFORE_LINES = "1"
"""The form in which a row of a text file was counted from headings that are not in the file."""
ORIGIN_KEY = "origin_sha256"
ROWS_PROPERTY = "cs-pipeline-rows"
"""Custom property of the workbook: how many rows it lists."""

REASON, SHEET, CELL = HEADINGS = (
    Words(ko="거절 이유", en="Reason"),
    Words(ko="시트", en="Sheet"),
    Words(ko="셀", en="Cell"),
)
ORIGINAL_COLUMN = Words(ko="원본 {column}열", en="Original column {column}")

_DOT = "·"

_SPACE = re.compile(r"\s+")


def is_heading(text: str, heading: Words) -> bool:
    """True when `text` is the heading in either language, however it is spaced."""
    return _plain(text) in (_plain(heading.ko), _plain(heading.en))


def original_column(heading: str) -> int | None:
    """The 0-based column of the export whose cells stand under this heading; None: another one."""
    match = _ORIGINAL.fullmatch(_plain(heading))
    if match is None:
        return None
    column = 0
    for letter in match[match.lastindex or 0]:
        column = 26 * column + ord(letter) - ord("a") + 1
    return column - 1


def original_heading(letter: str, own: str) -> str:
    """The heading of an original column, with the export's own one where it has one."""
    named = str(ORIGINAL_COLUMN).format(column=letter)
    return f"{named} {_DOT} {own}" if own else named


def _plain(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).casefold())


_ORIGINAL = re.compile(
    "|".join(
        # The export's own heading may stand behind the letter.
        re.escape(_plain(words)).replace(re.escape("{column}"), "([a-z]{1,3})") + f"(?:{_DOT}.*)?"
        for words in (ORIGINAL_COLUMN.ko, ORIGINAL_COLUMN.en)
    )
)
