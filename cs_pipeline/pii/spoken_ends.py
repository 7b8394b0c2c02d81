"""What of a spoken number is no digit: syllables of the words beside it, its copula, a particle."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cs_pipeline.pii.rules import compiled

_COPULA = r"[에요예고구라며랑나니야었였지네란면거걸렇인입임]"
MOBILE = re.compile(r"01[016789]\d{7,8}")
_READ_AS_DIGITS = {1: ("구요",), 2: ("이구요", "이구 ")}
_MOBILE_PREFIX_SAID = re.compile("01[016789]")
_MOBILE_DIGITS = 11
_REGISTRATION_DIGITS = 13
_WHOLE_LENGTHS = frozenset({13, 16})
# 이름, 이게, 오늘, 일단, 사용, 구매, 오후, 일반
_GOES_ON = frozenset("름게늘단용매후반")
# 생일, 월일, 휴일, 평일, 기일, 당일
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
WINDOW = 40


class Digit(NamedTuple):
    """A spoken or written digit: `text[start:end]` says `digit`."""

    start: int
    end: int
    digit: str
    is_spoken: bool


def said_by(digits: Sequence[Digit]) -> str:
    """The number as figures."""
    return "".join(digit.digit for digit in digits)


def without_word_end(text: str, digits: list[Digit]) -> list[Digit]:
    """생년월일 팔팔공일공일: the first syllable is the end of the word before, no one."""
    groups = groups_of(digits)
    if len(groups) > 1 and len(groups[1]) > 2 and _is_word(text, groups[0], "하나"):
        return digits[1:]  # the bank: 하나 620 001234 891
    left = text[max(0, digits[0].start - 1) : digits[0].start]
    if len(groups) > 1 and len(groups[0]) == 1 and "가" <= left <= "힣":
        return digits[1:] if len(groups[1]) > 1 or left in _WORDS_WITH_DAY else digits
    return digits


def without_next_word(text: str, digits: list[Digit]) -> list[Digit]:
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


def without_particles(digits: list[Digit]) -> list[Digit]:
    """A single word at the end of a group of written digits is not a digit: `5678이`, `3일`."""
    kept = []
    for group in groups_of(digits):
        alone = len(group) > 1 and group[-1].is_spoken and not group[-2].is_spoken
        kept.extend(group[:-1] if alone else group)
    return kept


def without_copula(text: str, digits: list[Digit]) -> list[Digit]:
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
    if read not in _READ_AS_DIGITS or not MOBILE.fullmatch(said_by(digits[:-read])):
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
    if asked := count_asked(text, digits[0].start):
        return count == asked
    groups = groups_of(digits)
    sizes = [len(group) for group in groups]
    if sizes[-1] == 1 and sizes[0] > 1:  # 팔칠공사일이에 이요, but 팔팔오이 칠칠 이요
        return not text[digits[-2].end : digits[-1].start].isspace()
    if (
        sizes == [3, 2, 6]
        or (sizes[0] == 6 and len(sizes) > 2 and count == _REGISTRATION_DIGITS + 1)
        or _MOBILE_PREFIX_SAID.fullmatch(said_by(digits[:-1]))
    ):
        return False  # a business, a registration or 공일공, with the copula
    if len(groups) > 1 and len(groups[-1]) > 3:
        return len(groups[-1]) in _USUAL_GROUPS
    if count in (_MOBILE_DIGITS - 1, _MOBILE_DIGITS):
        return (count == _MOBILE_DIGITS) == bool(_ELEVEN_DIGITS.match(said_by(digits)))
    return count in _USUAL_LENGTHS


def count_asked(text: str, start: int) -> int:
    """How many digits the words before `start` ask for; 0: they do not say."""
    asked = compiled(_COUNT_ASKED).search(text[max(0, start - WINDOW) : start])
    if not asked:
        return 0
    count = asked["count"]
    return _COUNTS.get(count, 0) or int(count) if count else _CVC_DIGITS


def cut_after_mobile(digits: list[Digit]) -> list[Digit]:
    """What follows a complete mobile number as a word of its own belongs to the sentence."""
    said = said_by(digits)
    if (
        _MOBILE_DIGITS < len(said) <= _MOBILE_DIGITS + 3
        and MOBILE.match(said)
        and digits[_MOBILE_DIGITS].start > digits[_MOBILE_DIGITS - 1].end
    ):
        return digits[:_MOBILE_DIGITS]
    return digits


def groups_of(digits: Sequence[Digit]) -> list[list[Digit]]:
    """Digits that follow each other without anything in between."""
    groups: list[list[Digit]] = []
    for digit in digits:
        if groups and groups[-1][-1].end == digit.start:
            groups[-1].append(digit)
        else:
            groups.append([digit])
    return groups
