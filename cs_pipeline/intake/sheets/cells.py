"""Single cells: their text, their address, and rows that are no data."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_ESCAPED_SPACE = re.compile(r"_x000[9ad]_", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_TOTAL = re.compile(
    r"(?:\d{1,4}(?:년|월|분기|주차?|일))*(총?합계|총계|소계|누계|총합|계|(sub|grand)?total)[\d,.건개명]*",
    re.IGNORECASE,
)
_TOTAL_WORDS = ("계", "합", "otal", "ｏｔａｌ")
_PAGE = re.compile(
    # `- 1 -`, `3쪽`, `page 3 of 12`
    r"[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*(?:/\s*\d{1,4}\s*)?(?:쪽|페이지)|(?:쪽|페이지)\s*\d{1,4}"
    r"|page\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?",
    re.IGNORECASE,
)
_LONGEST_PAGE = 20
_UNIT = "건|개|명|회|원|분|초|일|시간|점|%|cases?|rows?|tickets?"
_FIGURE = re.compile(rf"[\d\s.,:/%+\-()~]*(?:{_UNIT})?")
_COUNTED = re.compile(
    rf"(?:[가-힣A-Za-z()]*\s?[가-힣A-Za-z()]*:?\s?\d[\d.,]*\s?(?:{_UNIT})"
    r"(?:\s?(?:처리|답변|접수|회신|조치|응대|상담)?\s?(?:완료|진행\s?중|처리\s?중|보류|대기|미처리|종결|접수))?[\s,/()·]*)+"
)
_LONGEST_TOTAL, _LONGEST_COUNT = 120, 60
_LONG, _MOST_KEPT = 256, 64
_IN_BOTH = re.compile("([가-힣]+)([a-z]{4,})|([a-z]{4,})([가-힣]+)")
_NO_WORD = re.compile(r"[\W_]+")


def clean_text(text: str) -> str:
    """NFC, in one line: line breaks (also Excel's `_x000D_`), tabs and runs of spaces become one.

    Zero-width characters stay: masking has to see what a person typed.
    """
    if "_" in text:
        text = _ESCAPED_SPACE.sub(" ", text)
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    elif "  " not in text and text.strip(" ") == text and unicodedata.is_normalized("NFC", text):
        return text  # quick, since most cells are: of white space only spaces can be printed
    clean = " ".join(unicodedata.normalize("NFC", text).split())
    return text if clean == text else clean  # not a copy for each of a million cells


class CleanTexts:
    """Clean texts; a long one that comes again soon is not cleaned anew."""

    def __init__(self) -> None:
        self._long: dict[str, str] = {}

    def of(self, text: str) -> str:
        """As `clean_text`."""
        if len(text) < _LONG:
            return clean_text(text)
        if text not in self._long:
            if len(self._long) >= _MOST_KEPT:
                self._long.clear()
            self._long[text] = clean_text(text)
        return self._long[text]


def label_of(text: str) -> str:
    """A heading for comparison: NFKC, lower case, letters and digits only."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def in_both_languages(label: str) -> tuple[str, ...]:
    """Korean and English half of a label that may say the same twice (문의 Inquiry), or ()."""
    both = _IN_BOTH.fullmatch(label)
    return tuple(filter(None, both.groups())) if both else ()


def cell_at(row: tuple[str, ...], column: int) -> str:
    """The cell in 0-based `column`; '' beyond the row's end."""
    return row[column] if column < len(row) else ""


def cell_address(row: int, column: int) -> str:
    """A1-style address of a 0-based row and column."""
    return f"{column_letters(column)}{row + 1}"


@cache
def column_letters(column: int) -> str:
    """Letters of a 0-based column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(cell: str) -> int:
    """0-based column of an A1-style address, or of a column's letters."""
    number = 0
    for letter in cell.rstrip("0123456789"):
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def is_blank(row: Iterable[str]) -> bool:
    """True when no cell shows anything."""
    return not any(cell.strip() for cell in row)


def is_total(row: tuple[str, ...]) -> bool:
    """True for a row of totals: its first filled cell says so and figures at most follow.

    What is counted may stand before them (`완료 31건, 보류 1건`).
    """
    first = next((cell for cell in row if cell and not cell.isspace()), "")
    if first.isdecimal() or not any(map(first.casefold().__contains__, _TOTAL_WORDS)):
        return False  # quick, since every row asks
    if not 0 < len(first) <= _LONGEST_TOTAL or _TOTAL.fullmatch(label_of(first)) is None:
        return False
    filled = [cell.strip() for cell in row if cell.strip()]
    return all(_FIGURE.fullmatch(cell) or _is_count(cell) for cell in filled[1:])


def is_page_number(row: tuple[str, ...]) -> bool:
    """True for a row that shows nothing but the number of a printed page (`- 3 -`)."""
    shown = ""
    for cell in row:
        if cell and not cell.isspace():
            if shown:
                return False
            shown = cell
    return len(shown) <= _LONGEST_PAGE and _PAGE.fullmatch(shown.strip()) is not None


def _is_count(cell: str) -> bool:
    return len(cell) <= _LONGEST_COUNT and _COUNTED.fullmatch(cell) is not None
