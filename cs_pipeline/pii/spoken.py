"""Numbers that are spoken or spelt out, one word a digit, become digits.

`공일공 일이삼사 오육칠팔`, `공 하나 공 하나 둘 셋 넷`, `〇一〇`, `공1공 12삼4`. Most of these words are
ordinary syllables as well (`이`, `일`, `사`, `구`, `오`), so a run must be long, look like a mobile
number, stand beside digits, follow a word that asks for a number, or be all that a line says.
"""

import re
from collections.abc import Sequence

from cs_pipeline.pii.amounts import amount_groups
from cs_pipeline.pii.joints import FILLER, SPEAKER
from cs_pipeline.pii.rules import compiled, led
from cs_pipeline.pii.spoken_ends import (
    MOBILE,
    WINDOW,
    Digit,
    count_asked,
    cut_after_mobile,
    groups_of,
    said_by,
    without_copula,
    without_next_word,
    without_particles,
    without_word_end,
)

_SYLLABLES = "공영빵일이삼사오육륙룩칠팔구〇零一二三四五六七八九"
_WORDS = {
    **dict(zip(_SYLLABLES, "0001234566678900123456789", strict=True)),
    **{"하나": "1", "둘": "2", "셋": "3", "넷": "4", "다섯": "5", "여섯": "6", "일곱": "7"},
    **{"여덟": "8", "여덜": "8", "아홉": "9", "제로": "0"},
}
_NATIVE = "(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|여덜|아홉|제로)"
_DIGIT = rf"(?:{_NATIVE}|[{_SYLLABLES}\d])"
_SIGN = r"[\s.,/~-]"
# What follows a group and begins with a syllable that could be a digit.
_AFTER_GROUP = r"이(?:고요?|구요|요|에요|예요)"
_RUN = rf"""
    (?! 사번 ) {_DIGIT} (?: (?: {_SIGN}{{0,5}} (?: (?:{_AFTER_GROUP}) {_SIGN}{{0,5}} )?
      | {_SIGN}{{0,5}} (?: {FILLER} {_SIGN}{{0,5}} ){{1,2}} ) {_DIGIT} ){{1,60}}
"""
_PART_OF_RUN = rf"(?: (?:{_AFTER_GROUP}) (?= {_SIGN} ) ) | (?P<digit>{_DIGIT}) | {FILLER}"
_THEN = rf"{_SIGN}{{0,4}} {_DIGIT}"
# Three digits in a row, at least one of them a word; or two that were asked for.
_TRIGGER = led(
    {
        _SYLLABLES: f"{_THEN} {_THEN}",
        "0-9": rf"{_SIGN}{{0,2}} [{_SYLLABLES}] {_THEN}",
        "둘셋넷": _THEN,
        "하": f"나 {_THEN}",
        "다여": f"섯 {_THEN}",
        "일": f"곱 {_THEN}",
        "여": f"[덟덜] {_THEN}",
        "아": f"홉 {_THEN}",
        "제": f"로 {_THEN}",
        "자": rf"리 [^\d]{{0,6}} [{_SYLLABLES}] [ ]? [{_SYLLABLES}]",
    }
)
_EDGE = r"""
    (?! [가-힣a-z\d] )
    | (?: 이? (?: 요 | [에예]요 | 고 | 구[요나만] | 야 | [라란] | 네 | 었 | 였 | [죠지] ) | 입니 | 인데 | 임
      | 번 | 인 (?=\s) | 으?로 | 을 | 를 | 은 | 는 | 이 | 가 | 이?랑 | 하고 | 에 | 의 | 까지 | 부터 | 맞 | 예 )
"""
_ASKED = r"(?:번호|자리|비번|생년월일|코드|cvc|cvv|씨브이씨|씨비씨|유효|연락처|전화|휴대폰|핸드폰|주민|민증|뒤에|끝에|앞에|끝이|뒤가|앞이|아뇨|아니|말고|정정|온\s거|왔네요|왔어요|왔는데)"
_CUE = rf"{_ASKED} (?: [^\d\#\n.?!] | [2-8] \s? 자리 ){{0,14}} \Z"
_FEW_CUE = r"(?: 자리 | 뒷면에? | cvc | cvv | 씨브이씨 | 씨비씨 ) [^\d\#]{0,12} \Z"
_LINE_START = rf"""
    (?: \A | \n ) [ ]* (?: {SPEAKER} \s{{0,2}} )?
    (?: (?: 네+ | 예+ | 넵 | 음+ | 어+ | 아+ | 그 | 저 | 제가 | 잠시만요 | 이번엔 | 이번에는 | 지금은 ) [\s.,~!]{{1,3}} ){{0,3}} \Z
"""
_LINE_END = r"""
    (?: 이?요 | 이?[에예]요 | 입니다 | 이고요 | 임 | 이라고 | 로 | 번 )? [요]? [ .!~?,]{0,3} (?: \n | \Z )
"""
_ORDINARY = re.compile(
    r"[이삼사오육칠팔구][이삼사오육칠팔구]일|이사오구?|이사이사|구이구이|오이오이"
)
_MOBILE_PREFIX = re.compile(r"[공영빵]일[공영빵일육륙칠팔구]")
_BEGINS_OR_ENDS = r"\s? (?: 으?로 | 에서 | 번?에서 ) \s? (?: 시작 | 끝나 )"
_SHOWN = r"(?: 이?라고 )? \s? (?: 이거 | 이걸 | 요거 | 이렇게 | 왔어 | 왔는데 | 떴 | 떠요 | 뜨는데 | 뜹니다 | 찍혀 | 나와요 | 나오네 )"
_GROUP = 4
_LONG = 7


def spoken_digits(text: str) -> list[Digit]:
    """The words in normalised `text` that are digits of a number, from left to right."""
    accepted: list[Digit] = []
    amounts = [digit for group in amount_groups(text) for digit in _amount_digits(*group)]
    if not compiled(_TRIGGER).search(text):
        return amounts
    for run in compiled(_RUN).finditer(text):
        parts = compiled(_PART_OF_RUN).finditer(text, *run.span())
        digits = [
            Digit(*part.span(), _WORDS.get(word, word), word in _WORDS)
            for part in parts
            if (word := part["digit"])
        ]
        if any(digit.is_spoken for digit in digits):
            accepted.extend(digit for digit in _accepted(text, digits) if digit.is_spoken)
    return _merged(accepted, amounts) if amounts else accepted


def _amount_digits(start: int, end: int, digits: str) -> list[Digit]:
    """All but the last digit are empty, so that an amount may have more digits than syllables."""
    first = [Digit(start, start, digit, True) for digit in digits[:-1]]
    return [*first, Digit(start, end, digits[-1], True)]


def _merged(digits: list[Digit], amounts: list[Digit]) -> list[Digit]:
    """An amount takes the place of digits that were read in it."""
    taken = [(digit.start, digit.end) for digit in amounts]
    kept = (
        digit
        for digit in digits
        if not any(start < digit.end and digit.start < end for start, end in taken)
    )
    return sorted((*kept, *amounts), key=lambda digit: (digit.start, digit.end))


def _accepted(text: str, digits: list[Digit]) -> Sequence[Digit]:
    digits = without_next_word(text, without_word_end(text, digits))
    digits = cut_after_mobile(without_copula(text, digits))
    if MOBILE.fullmatch(said_by(digits)):
        return digits
    digits = without_copula(text, without_particles(digits))
    spoken = sum(digit.is_spoken for digit in digits)
    if spoken >= _LONG or (spoken and MOBILE.match(said_by(digits))):
        return digits
    groups = groups_of(digits)
    if spoken and (_is_asked_for(text, digits) or _is_whole_line(text, digits)):
        return digits
    if spoken and (_is_edge_of_number(text, digits) or _is_shown(text, digits)):
        return digits
    if len(groups[:1]) and len(groups) > 1 and _is_asked_for(text, groups[0]):
        return groups[0]
    return [
        digit
        for at, group in enumerate(groups)
        if all(one.is_spoken for one in group)
        and (_is_mobile_prefix(text, group) or _is_beside_digits(groups, at))
        for digit in group
    ]


def _is_asked_for(text: str, digits: Sequence[Digit]) -> bool:
    start, end = digits[0].start, digits[-1].end
    if not _is_one_number(text, digits) or not compiled(_EDGE).match(text, end):
        return False
    before = text[max(0, start - WINDOW) : start]
    match len(digits):
        case 2:
            return count_asked(text, start) == len(digits)
        case 3:
            return bool(compiled(_FEW_CUE).search(before))
        case count:
            return count > 3 and bool(
                compiled(_CUE).search(before) or compiled(_FEW_CUE).search(before)
            )


def _is_edge_of_number(text: str, digits: Sequence[Digit]) -> bool:
    """`오이사육으로 시작하는`, `팔팔공일로 끝나요`."""
    begins_or_ends = compiled(_BEGINS_OR_ENDS).match(text, digits[-1].end) if digits else None
    return len(digits) == _GROUP and begins_or_ends is not None and _is_one_number(text, digits)


def _is_shown(text: str, digits: Sequence[Digit]) -> bool:
    """`구공이삼일칠 이거 누르면 돼요?`, `사팔이구삼육 이렇게 왔어요`: five words and more."""
    shown = compiled(_SHOWN).match(text, digits[-1].end) if len(digits) > _GROUP else None
    return shown is not None and _is_one_number(text, digits)


def _is_whole_line(text: str, digits: Sequence[Digit]) -> bool:
    return (
        len(digits) > 3
        and _is_one_number(text, digits)
        and bool(compiled(_LINE_END).match(text, digits[-1].end))
        and bool(
            compiled(_LINE_START).search(text[max(0, digits[0].start - WINDOW) : digits[0].start])
        )
    )


def _is_one_number(text: str, digits: Sequence[Digit]) -> bool:
    """One group, groups of one size, or a word each; no word of everyday speech."""
    sizes = {len(group) for group in groups_of(digits)}
    first = digits[0].start
    return (
        len(sizes) == 1
        and not (text[first - 1 : first].isalpha() and sizes == {1})
        and not _ORDINARY.fullmatch(text, first, digits[-1].end)
    )


def _is_mobile_prefix(text: str, group: Sequence[Digit]) -> bool:
    start, end = group[0].start, group[-1].end
    return (
        _MOBILE_PREFIX.fullmatch(text, start, end) is not None
        and not "가" <= text[start - 1 : start] <= "힣"
        and compiled(_EDGE).match(text, end) is not None
    )


def _is_beside_digits(groups: Sequence[Sequence[Digit]], at: int) -> bool:
    """Three words or more, with written digits right before or after them."""
    beside = [*groups[max(0, at - 1) : at], *groups[at + 1 : at + 2]]
    return len(groups[at]) > 2 and any(
        len(group) > 2 and not any(digit.is_spoken for digit in group) for group in beside
    )
