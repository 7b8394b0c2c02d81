"""Groups of digits in a line that says other things as well: `네 이이칠사에 구공일삼이고 …`."""

import re
from collections.abc import Iterator

from cs_pipeline.pii.dictation.lines import Line
from cs_pipeline.pii.finders.references.shapes import REGION
from cs_pipeline.pii.rules import compiled

HOTLINE = re.compile(r"(?:1[568]\d\d|080\d{3,4})\d{0,4}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORDS = "공영빵일이삼사오육륙칠팔구"
_JOINT = r"\s? (?: 에 | 다시 | 대시 | 하고서? ) \s?"
# A number that everybody may call, or the front of a mobile number that is not wanted.
_NOBODYS = rf"""
    (?: 1 [0-3] \d | 182 | 188 | 13[3-9]\d ) (?! [ -]? \d | {_JOINT} [\d{_WORDS}] )   # 국번 없이 125번
    | [\d공영일이삼사오육칠팔구]{3, 4} (?= \s? 편 (?: 이?[요에예] | 으?로 | [이을은] | \s ) )      # 칠오공팔 편이요
    | 010 (?= \s? (?: 말고 | 빼고 | 제외 | 아니 ) )                                   # 공일공 말고 계좌요
"""
_PART = "뒤 | 뒷 | 끝 | 마지막 | 가운데 | 중간 | 자리"
DATE = r"(?:19|20)\d\d [ ]? [-./] [ ]? (?: 0?[1-9] | 1[0-2] ) [ ]? [-./] [ ]? (?: [12]\d | 3[01] | 0?[1-9] ) (?! [-./]?\d )"
"""A day in figures: `2026.11.30`."""
_OTHER_CODE = r"(?: 에러 | 오류 | 코드 | 모델명? | 품번 | 버전 | 항목 | 편명 | 공고번호 | 상품번호 ) [은는이가]? [\s:]{0,2} \Z"
# Groups with a word between them: `공일에 팔팔 다시 육육공사삼이 다시 칠공`, `팔팔공에 이이`.
_CHAIN = rf"""
    (?<![가-힣a-z\d.,:/-]) (?: {REGION} \s )? [\d{_WORDS}]{{2,8}}
    (?: (?: {_JOINT} [\d{_WORDS}]{{1,8}} | \s [\d{_WORDS}]{{2,8}} ) ){{1,6}}
    (?= 이?요 | 이?[에예]요 | 입니다 | 이?고요? | 이?구요 | 인데 | 이?라고 | 으?로 | 까진? | 맞 | [\s,.?!)] | \Z )
"""
_LEAST_CHAIN = 5
_MOST_READ = 300


def groups_in(line: Line, *, hotlines: bool = False) -> Iterator[tuple[int, int]]:
    """Start and end of each number in a line, its groups together.

    Args:
        line: a line that says other things as well.
        hotlines: what reads like the number of a hotline counts too.
    """
    pieces = [
        piece
        for piece in line.pieces
        if (hotlines and HOTLINE.fullmatch(piece.digits))
        or not _is_nobodys(line, piece.start, piece.digits)
    ]
    for chain in compiled(_CHAIN).finditer(line.text, 0, _MOST_READ) if pieces else ():
        inside = [one for one in pieces if chain.start() < one.end and one.start < chain.end()]
        if inside and len(line.digits_in(*chain.span())) >= _LEAST_CHAIN:
            end = chain.end() - _ends_in_copula(line.text, chain.end())
            yield min(chain.start(), inside[0].start), max(end, inside[-1].end)
            pieces = [one for one in pieces if one not in inside]
    yield from _joined(line, [(one.start, one.end) for one in pieces])


def _ends_in_copula(text: str, end: int) -> bool:
    """`7660 0790이에요`: the `이` after a figure is no two."""
    return text[end - 1] == "이" and text[end - 2].isdigit()


def _joined(line: Line, places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """`이이칠사에 구공일삼` is one."""
    start = end = -1
    for first, last in places:
        if start >= 0 and not compiled(_JOINT).fullmatch(line.text, end, first):
            yield start, end
            start = -1
        start, end = (first if start < 0 else start), last
    if start >= 0:
        yield start, end


def _may_be_year(line: Line, start: int) -> bool:
    """No year is told as 이공공팔, as last digits, or beside other groups of a number."""
    others = any(not _YEAR.fullmatch(piece.digits) for piece in line.pieces)
    is_part = compiled(_PART).search(line.text, max(0, start - 12), start)
    return line.text[start].isdigit() and not others and is_part is None


def _is_nobodys(line: Line, start: int, digits: str) -> bool:
    """A hotline, a year, a number of everybody's, or the code of goods."""
    if HOTLINE.fullmatch(digits):
        return True
    if _YEAR.fullmatch(digits) and _may_be_year(line, start):
        return True
    if compiled(_NOBODYS).match(line.text, start) or compiled(DATE).match(line.text, start):
        return True
    return compiled(_OTHER_CODE).search(line.text, max(0, start - 12), start) is not None
