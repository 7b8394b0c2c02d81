"""Numbers that are spoken or spelt out, one word a digit, become digits.

`공일공 일이삼사 오육칠팔`, `공 하나 공 하나 둘 셋 넷`, `〇一〇`, `공1공 12삼4`. Most of these words are
ordinary syllables as well (`이`, `일`, `사`, `구`, `오`), so a run must be long, look like a mobile
number, stand beside digits, follow a word that asks for a number, or be all that a line says.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cs_pipeline.pii.amounts import amount_groups
from cs_pipeline.pii.joints import FILLER, SPEAKER
from cs_pipeline.pii.rules import compiled, led

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
_COPULA = r"[에요예고구라며랑나니야었였지네란면거걸렇인입임]"
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
_MOBILE = re.compile(r"01[016789]\d{7,8}")
_READ_AS_DIGITS = {1: ("구요",), 2: ("이구요", "이구 ")}
_MOBILE_PREFIX = re.compile(r"[공영빵]일[공영빵일육륙칠팔구]")
_MOBILE_PREFIX_SAID = re.compile("01[016789]")
_MOBILE_DIGITS = 11
_REGISTRATION_DIGITS = 13
_BEGINS_OR_ENDS = r"\s? (?: 으?로 | 에서 | 번?에서 ) \s? (?: 시작 | 끝나 )"
_SHOWN = r"(?: 이?라고 )? \s? (?: 이거 | 이걸 | 요거 | 이렇게 | 왔어 | 왔는데 | 떴 | 떠요 | 뜨는데 | 뜹니다 | 찍혀 | 나와요 | 나오네 )"
_GROUP = 4
_LONG = 7
# 생일, 월일, 휴일, 평일, 기일, 당일
# 이름, 이게, 오늘, 일단, 사용, 구매, 오후, 일반
_WHOLE_LENGTHS = frozenset({13, 16})
_GOES_ON = frozenset("름게늘단용매후반")
_WORDS_WITH_DAY = "생월휴평기당"
# A last `이` before `요` may be a two: kept where the number or its group has a usual length with it.
_USUAL_LENGTHS = frozenset({4, 6, 13, 16})
_USUAL_GROUPS = frozenset({4, 6, 7})
_ELEVEN_DIGITS = re.compile(r"0(?:1|70|50)")
_COUNT_ASKED = r"""
    (?: (?P<count> [두세네2346] | 여섯 | 일곱 ) \s? 자리 | cvc | cvv | 씨브이씨 | 씨비씨 ) [^\d\#]{0,12} \Z
"""
_COUNTS = {"두": 2, "세": 3, "네": 4, "여섯": 6, "일곱": 7}
_CVC_DIGITS = 3
_WINDOW = 40


class Digit(NamedTuple):
    """A spoken or written digit: `text[start:end]` says `digit`."""

    start: int
    end: int
    digit: str
    is_spoken: bool


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
    digits = _without_next_word(text, _without_word_end(text, digits))
    digits = _cut_after_mobile(_without_copula(text, digits))
    if _MOBILE.fullmatch(_said(digits)):
        return digits
    digits = _without_copula(text, _without_particles(digits))
    spoken = sum(digit.is_spoken for digit in digits)
    if spoken >= _LONG or (spoken and _MOBILE.match(_said(digits))):
        return digits
    groups = _groups(digits)
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


def _said(digits: Sequence[Digit]) -> str:
    return "".join(digit.digit for digit in digits)


def _without_word_end(text: str, digits: list[Digit]) -> list[Digit]:
    """생년월일 팔팔공일공일: the first syllable is the end of the word before, no one."""
    groups = _groups(digits)
    if len(groups) > 1 and len(groups[1]) > 2 and _is_word(text, groups[0], "하나"):
        return digits[1:]  # the bank: 하나 620 001234 891
    left = text[max(0, digits[0].start - 1) : digits[0].start]
    if len(groups) > 1 and len(groups[0]) == 1 and "가" <= left <= "힣":
        return digits[1:] if len(groups[1]) > 1 or left in _WORDS_WITH_DAY else digits
    return digits


def _without_next_word(text: str, digits: list[Digit]) -> list[Digit]:
    """`910823이고 이름은`: the first syllable of the word behind is no two."""
    if len(digits) < 2 or not digits[-1].is_spoken or digits[-2].end == digits[-1].start:
        return digits
    if text[digits[-1].end :][:1] not in _GOES_ON:
        return digits
    end = digits[-2].end
    if text[end] == "이" and len(digits) in _WHOLE_LENGTHS:  # 일삼오육공공이고 이름은
        return [*digits[:-1], Digit(end, end + 1, "2", True)]
    return digits[:-1]


def _is_word(text: str, group: Sequence[Digit], word: str) -> bool:
    return text[group[0].start : group[-1].end] == word


def _without_particles(digits: list[Digit]) -> list[Digit]:
    """A single word at the end of a group of written digits is not a digit: `5678이`, `3일`."""
    kept = []
    for group in _groups(digits):
        alone = len(group) > 1 and group[-1].is_spoken and not group[-2].is_spoken
        kept.extend(group[:-1] if alone else group)
    return kept


def _without_copula(text: str, digits: list[Digit]) -> list[Digit]:
    """오육칠팔이에요, 오육칠팔구요: the last word is the copula, no two and no nine."""
    if read := _copula_after_mobile(text, digits):
        return digits[:-read]
    if _follows_figures(text, digits):
        return digits[:-2]
    if (
        not digits
        or text[digits[-1].start : digits[-1].end] != "이"
        or not compiled(_COPULA).match(text, digits[-1].end)
    ):
        return digits
    return digits if _is_complete(text, digits) else digits[:-1]


def _copula_after_mobile(text: str, digits: Sequence[Digit]) -> int:
    """How many digits behind a mobile number are its copula: `공일공 칠칠이구 공삼팔사구요`."""
    read = len(digits) - _MOBILE_DIGITS
    if read not in _READ_AS_DIGITS or not _MOBILE.fullmatch(_said(digits[:-read])):
        return 0
    return read if text.startswith(_READ_AS_DIGITS[read], digits[-read].start) else 0


def _follows_figures(text: str, digits: Sequence[Digit]) -> bool:
    """`010-1234-5678이구`: no more digits in words right behind figures."""
    if len(digits) <= len("이구") or text[digits[-2].start : digits[-1].end] != "이구":
        return False
    return text[digits[-2].start - 1].isdigit()


def _is_complete(text: str, digits: Sequence[Digit]) -> bool:
    """The number has as many digits as were asked for, or as such numbers have."""
    count = len(digits)
    if asked := _count_asked(text, digits[0].start):
        return count == asked
    groups = _groups(digits)
    sizes = [len(group) for group in groups]
    if sizes[-1] == 1 and sizes[0] > 1:  # 팔칠공사일이에 이요, but 팔팔오이 칠칠 이요
        return not text[digits[-2].end : digits[-1].start].isspace()
    if (
        sizes == [3, 2, 6]
        or (sizes[0] == 6 and len(sizes) > 2 and count == _REGISTRATION_DIGITS + 1)
        or _MOBILE_PREFIX_SAID.fullmatch(_said(digits[:-1]))
    ):
        return False  # a business, a registration or 공일공, with the copula
    if len(groups) > 1 and len(groups[-1]) > 3:
        return len(groups[-1]) in _USUAL_GROUPS
    if count in (_MOBILE_DIGITS - 1, _MOBILE_DIGITS):
        return (count == _MOBILE_DIGITS) == bool(_ELEVEN_DIGITS.match(_said(digits)))
    return count in _USUAL_LENGTHS


def _count_asked(text: str, start: int) -> int:
    """How many digits the words before `start` ask for; 0: they do not say."""
    asked = compiled(_COUNT_ASKED).search(text[max(0, start - _WINDOW) : start])
    if not asked:
        return 0
    count = asked["count"]
    return _COUNTS.get(count, 0) or int(count) if count else _CVC_DIGITS


def _cut_after_mobile(digits: list[Digit]) -> list[Digit]:
    """What follows a complete mobile number as a word of its own belongs to the sentence."""
    said = _said(digits)
    if (
        _MOBILE_DIGITS < len(said) <= _MOBILE_DIGITS + 3
        and _MOBILE.match(said)
        and digits[_MOBILE_DIGITS].start > digits[_MOBILE_DIGITS - 1].end
    ):
        return digits[:_MOBILE_DIGITS]
    return digits


def _groups(digits: Sequence[Digit]) -> list[list[Digit]]:
    """Digits that follow each other without anything in between."""
    groups: list[list[Digit]] = []
    for digit in digits:
        if groups and groups[-1][-1].end == digit.start:
            groups[-1].append(digit)
        else:
            groups.append([digit])
    return groups


def _is_asked_for(text: str, digits: Sequence[Digit]) -> bool:
    start, end = digits[0].start, digits[-1].end
    if not _is_one_number(text, digits) or not compiled(_EDGE).match(text, end):
        return False
    before = text[max(0, start - _WINDOW) : start]
    match len(digits):
        case 2:
            return _count_asked(text, start) == len(digits)
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
            compiled(_LINE_START).search(text[max(0, digits[0].start - _WINDOW) : digits[0].start])
        )
    )


def _is_one_number(text: str, digits: Sequence[Digit]) -> bool:
    """One group, groups of one size, or a word each; no word of everyday speech."""
    sizes = {len(group) for group in _groups(digits)}
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
