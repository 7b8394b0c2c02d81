"""What web forms and chat tools leave in a text, undone: entities, tags, percent-encoding.

`010&nbsp;1234`, `010<br>1234`, `a%40b.com`; and digits that are spoken in English, in Latin letters
or in Hangul (`zero one zero`, `제로원제로`). Each replacement keeps the way back to the text.
"""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import unquote

from cs_pipeline.pii.rules import compiled

_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});")
_BLOCKS = r"br|p|div|tr|li|ul|table|h[1-6]"
_INLINE = (
    "a|b|i|u|s|em|strong|span|font|small|big|td|th|tbody|thead|img|hr|pre|code|label|sup|sub|nobr"
)
_TAGS = re.compile(
    rf"(?:</?(?:{_BLOCKS}|{_INLINE})(?=[\s/>])[^<>\n]{{0,80}}>\s?){{1,8}}", re.IGNORECASE
)
_NEW_LINE = re.compile(rf"</?(?:{_BLOCKS})\b", re.IGNORECASE)
_PERCENT = re.compile(
    r"(?:%(?:2[0-9A-Fa-f]|3[A-Fa-f]|40|5[BbDdFf]))+|(?:%[C-Ec-e][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){1,2})+"
)
_LINK = re.compile("https?:|www[.]", re.IGNORECASE)
_SPACES = str.maketrans("\u00a0\u2003\u2002\u2009\t\r", "      ")

_ENGLISH = {
    **dict(
        zip(
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
            "0123456789",
            strict=True,
        )
    ),
    **dict(
        zip(
            ["제로", "원", "투", "쓰리", "포", "파이브", "식스", "세븐", "에잇", "나인"],
            "0123456789",
            strict=True,
        )
    ),
    **{"스리": "3", "에이트": "8", "오우": "0"},
}
_DIGITS = dict(zip("공영일이삼사오육륙칠팔구", "001234566789", strict=True))
# 원 behind a figure is money.
_WORD = "|".join(sorted(_ENGLISH, key=len, reverse=True)).replace("원", r"(?<!\d)원")
_UNIT = rf"(?: {_WORD} | [{''.join(_DIGITS)}\d] )"
_SAID = rf"(?<![a-z가-힣\d]) {_UNIT} (?: [\s,.-]{{0,3}} {_UNIT} ){{6,19}} (?! [a-z\d] )"
_LATIN = re.compile("[A-Za-z]{3}")
_IN_LATIN = re.compile(rf"(?:{_WORD})[\s,.-]{{0,3}}(?:{_WORD})", re.IGNORECASE)
# A set of characters leads, so that the search may skip to them.
_IN_HANGUL = re.compile(
    rf"[제원투쓰스포파식세에오나](?:(?<=[투포])|(?<=(?<!\d)원)|로|리|이브|스|븐|잇|이트|우|인)"
    rf"[\s,.-]{{0,3}}(?:{_WORD}|[{''.join(_DIGITS)}\d])"
)
_ONE_UNIT = re.compile(rf"{_WORD}|[{''.join(_DIGITS)}]", re.IGNORECASE)
_NUMBER = re.compile(r"01[016789]\d{7,8}|0\d{8,10}|\d{12,16}")


def undone(text: str, offsets: Sequence[int]) -> tuple[str, Sequence[int]]:
    """`text` without markup and English digits; `offsets` has one entry more than the text."""
    if "&" in text:
        text, offsets = _replaced(text, offsets, _ENTITY.finditer(text), _unescaped)
    if "<" in text:
        text, offsets = _replaced(text, offsets, _TAGS.finditer(text), _break)
    if "%" in text and not _LINK.search(text):
        text, offsets = _replaced(text, offsets, _PERCENT.finditer(text), _unquoted)
    if _IN_HANGUL.search(text) or (_LATIN.search(text) and _IN_LATIN.search(text)):
        text, offsets = _replaced(text, offsets, _spoken(text), _digit)
    return text, offsets


def _replaced(
    text: str,
    offsets: Sequence[int],
    matches: Iterable[re.Match[str]],
    replacement: Callable[[re.Match[str]], str],
) -> tuple[str, Sequence[int]]:
    pieces: list[str] = []
    kept: list[int] = []
    position = 0
    for match in matches:
        piece = replacement(match)
        pieces += [text[position : match.start()], piece]
        kept += offsets[position : match.start()]
        kept += [offsets[match.start()]] * len(piece)
        position = match.end()
    if not position:
        return text, offsets
    pieces.append(text[position:])
    kept += offsets[position:]
    return "".join(pieces), kept


def _unescaped(match: re.Match[str]) -> str:
    plain = html.unescape(match[0]).translate(_SPACES)
    return "-" if plain in "\u2013\u2014\u2010\u2011\u2212" else plain


def _break(match: re.Match[str]) -> str:
    return "\n" if _NEW_LINE.search(match[0]) else " "


def _unquoted(match: re.Match[str]) -> str:
    return unquote(match[0], errors="replace").translate(_SPACES)


def _digit(match: re.Match[str]) -> str:
    word = match[0].lower()
    return _ENGLISH.get(word) or _DIGITS[word]


def _spoken(text: str) -> Iterable[re.Match[str]]:
    """Words of numbers that hold an English one and are as long as a phone number."""
    for run in compiled(_SAID).finditer(text):
        units = list(_ONE_UNIT.finditer(text, *run.span()))
        said = _ONE_UNIT.sub(_digit, run[0])
        digits = "".join(one for one in said if one.isdigit())
        if _NUMBER.fullmatch(digits) and any(unit[0].lower() in _ENGLISH for unit in units):
            yield from units
