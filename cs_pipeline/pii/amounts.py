"""Groups of a phone number that are read as amounts: `공일공 이천이백에 삼천삼백`.

Only after the front of a mobile number, or where the last digits were asked for; an amount by
itself is money.
"""

import re
from collections.abc import Iterator

from cs_pipeline.pii.rules import compiled

_UNITS = "일이삼사오육칠팔구"
_ONE = rf"(?:(?!이(?:[요여고]|[에예]요|구요|라고))[{_UNITS}](?![천백십만억]))"
_AMOUNT = rf"""(?:
    (?: [{_UNITS}]?천 [ ]? (?: [{_UNITS}]?백 [ ]? )? (?: [{_UNITS}]?십 [ ]? )?  # 이천이백
      | [{_UNITS}]?백 [ ]? (?: [{_UNITS}]?십 [ ]? )?                        # 삼백오십
      | [{_UNITS}]?십                                                       # 구십
    ) {_ONE}?
)"""
_TENS = rf"(?: [{_UNITS}]?십 {_ONE}? )"
_PAIR = rf"(?: {_TENS} [\s,]{{0,2}} (?: 에 [\s,]{{0,2}} )? {_TENS} )"  # 사십삼에 이십이
_SPOKEN = r"[공영빵일이삼사오육륙칠팔구둘]"
_GAP = r"""(?:
    [\s.,-]{0,3}
    (?: 국?에 | 의 | 다시 | 국 | 하고 | 그리고 | 그\s?다음에? | 인데 | (?: 이?고요? | 인데 )? [ ]? (?: 그\s )? 뒤[가는에]? | 이고 | 고 ) [\s.,]{0,3}  # 이천이백에 삼천삼백
  | [\s.,-]{1,3}
)"""
_GROUP = rf"(?: {_PAIR} | {_AMOUNT} | {_SPOKEN}{{3,4}} | \d{{3,4}} )"
_NUMBER = rf"""
    (?<![가-힣\d]) (?: [공영빵] [ ]? 일 [ ]? [공영빵일육륙칠팔구] | 01[016789] ) {_GAP}
    (?P<middle> {_GROUP} ) {_GAP} (?P<last> {_GROUP} ) (?! \d | [만억] | \s?(?:원|만\s?원) )
"""
_LAST_ASKED = rf"""
    (?: 뒷 | 뒤에? | 끝 | 마지막 ) \s? (?: 번호 | 자리 | (?:네|4)\s?자리 ) \s?
    (?: 는 | 은 | 가 | 이 )? \s?                                            # 뒷자리는 삼천삼백이요
    (?P<last> [{_UNITS}]?천 (?: [{_UNITS}]?백 )? (?: [{_UNITS}]?십 )? {_ONE}? )
    (?= 번 | 이?요 | 이?[에예]요 | 입니다 | 이고 | [\s.]*\Z )
"""
_PLACES = {"천": 1000, "백": 100, "십": 10}
_TRIGGER = re.compile("[천백십]")
_START = re.compile("[공영빵] ?일|01|자리|번호")
_LAST = 4


def amount_groups(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and digits of each group of a phone number that is read as an amount."""
    if not _TRIGGER.search(text) or not _START.search(text):
        return
    for pattern in (_NUMBER, _LAST_ASKED):
        for match in compiled(pattern).finditer(text):
            for name in ("middle", "last"):
                group = match.groupdict().get(name)
                if group and _TRIGGER.search(group):
                    said = group.rstrip()
                    if pair := compiled(_PAIR).fullmatch(said):
                        yield from _two_tens(pair, match.start(name))
                        continue
                    least = _LAST if name == "last" else _LAST - ("천" not in said)
                    yield (
                        match.start(name),
                        match.start(name) + len(said),
                        str(_value(said)).zfill(least),
                    )


def _two_tens(pair: re.Match[str], at: int) -> Iterator[tuple[int, int, str]]:
    """사십삼에 이십이 is 43 and 22."""
    for one in compiled(_TENS).finditer(pair[0]):
        start, end = one.span()
        yield at + start, at + end, str(_value(one[0])).zfill(2)


def _value(amount: str) -> int:
    """이천이백삼 is 2203."""
    value = one = 0
    for syllable in amount:
        if place := _PLACES.get(syllable):
            value += (one or 1) * place
            one = 0
        elif syllable in _UNITS:
            one = _UNITS.index(syllable) + 1
    return value + one
