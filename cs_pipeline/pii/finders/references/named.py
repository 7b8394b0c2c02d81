"""Numbers that the word before them names; the word decides what they are."""

import re

from cs_pipeline.pii.finders.numbers.checksums import digits_of
from cs_pipeline.pii.finders.references import words
from cs_pipeline.pii.finders.references.shapes import REGION, is_plain
from cs_pipeline.pii.named_values import (
    ANY_DIGIT,
    CODE,
    DIGIT,
    LATIN,
    LETTER_NAME,
    SPOKEN_JOINT,
    TURNED_COPULA,
    UNIT,
    WORD_END,
    Named,
    NamedValues,
    between,
    digits,
    value_of,
)
from cs_pipeline.pii.rules import compiled

_TAIL = re.compile(r"[뒤뒷끝]|마지막|[네4]\s?자리")
_YEAR = re.compile(r"20[0-3]\d\Z")
_BRN = re.compile(r"\d{3}-\d{2}-\d{5}\Z")
_DENIED = re.compile(r"없이|없는|말고|필요|대신|아니라|모르|모릅")
_BANKING = re.compile(r"계좌|입금|통장|이체|은행|예금|송금")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_FIGURE = re.compile(DIGIT, re.VERBOSE)
_BOOKING = re.compile(words.BOOKING, re.IGNORECASE)
_ENGLISH = frozenset(
    [
        "NUMBER",
        "CODES",
        "ORDER",
        "TICKET",
        "BOOKING",
        "LOGIN",
        "EMAIL",
        "PHONE",
        "ERROR",
        "CHECK",
        "HOTEL",
    ]
)
_LEAST_FIGURES = 4
_LEAST_PARCEL = 9
_LONGEST_BOOKING = 8
_LEAST_SPELT = 5
_MANY_FIGURES = 7
_LEAST_SERIAL = 6
_LEAST_LOT_LIKE = 10


def _is_code(cue: re.Match[str], value: re.Match[str]) -> bool:
    """Four figures at least; a short one must not be denied (`주문번호 없이 2024`) or a year."""
    code = value_of(value).lstrip("#")
    figures = len(_FIGURE.findall(code))
    if figures < _MANY_FIGURES and (_YEAR.match(code) or _DENIED.search(between(cue, value))):
        return False
    return figures >= _LEAST_FIGURES and is_plain(code)


def _is_order(cue: re.Match[str], value: re.Match[str]) -> bool:
    """A code, or a booking reference of five to eight letters and figures (`A1B2C3`, `QZKLMP`)."""
    if _is_code(cue, value):
        return True
    code = value_of(value).lstrip("#").replace(" ", "")
    if _is_spelt_booking(code):
        return True
    if not (5 <= len(code) <= 14 and code.isascii() and code.isalnum()) or not is_plain(code):
        return False
    if figures := sum(map(str.isdigit, code)):
        return not code.isdigit() and (len(code) <= _LONGEST_BOOKING or figures > 1)
    if len(code) > _LONGEST_BOOKING:
        return False
    named_booking = _BOOKING.search(cue.group()) is not None
    return named_booking and code.isupper() and code not in _ENGLISH


def _is_spelt_booking(code: str) -> bool:
    """`엘큐칠에이치삼제이`: five to eight letters and figures, most of them letters by their names."""
    if code.isascii():
        return False
    signs = compiled(_SIGN_TOLD).findall(code)
    return _LEAST_SPELT <= len(signs) <= _LONGEST_BOOKING and "".join(signs) == code


def _is_parcel(cue: re.Match[str], value: re.Match[str]) -> bool:
    """A parcel number: no hotline, date or mobile phone number."""
    code = value_of(value)
    is_mobile = code.startswith("010") and len(digits_of(code)) == 11
    if len(_FIGURE.findall(code)) < _LEAST_PARCEL and not _TAIL.search(between(cue, value)):
        return False
    return is_plain(code) and not is_mobile


def _is_courier_parcel(cue: re.Match[str], value: re.Match[str]) -> bool:
    """Beside a courier's name alone: also no bank account, business number or barcode."""
    code = value_of(value)
    around = between(cue, value) + value.string[value.end() : value.end() + 12]
    return (
        _is_parcel(cue, value)
        and not _BRN.match(code)
        and not code.startswith("880")
        and not _BANKING.search(around)
    )


def _is_brand_member(cue: re.Match[str], value: re.Match[str]) -> bool:
    """A membership card's number: no amount of points and no model."""
    code = value_of(value)
    return sum(map(str.isdigit, code)) >= _MANY_FIGURES and is_plain(code) and code[0] != "0"


def _is_licence(_cue: re.Match[str], value: re.Match[str]) -> bool:
    """No period from one date to another."""
    return not re.match(r"(?:19|20)\d\d[-./ ]", value_of(value))


def _is_serial(cue: re.Match[str], value: re.Match[str]) -> bool:
    """Six letters and figures at least; a producer's number must not look like a lot's."""
    code = value_of(value)
    if not is_plain(code) or _DOTTED.fullmatch(code):
        return False
    figures = len(_FIGURE.findall(code))
    size = sum(map(str.isalnum, code))
    if "제조" in cue.group():
        return size >= _LEAST_LOT_LIKE and figures < size and not code.lower().startswith("lot")
    return figures >= 2 and size >= _LEAST_SERIAL


_SIGN_TOLD = (
    rf"(?> 제로 | 원 | 투 | 쓰리 | 파이브 | 식스 | 세븐 | 나인 | {LETTER_NAME} | {ANY_DIGIT} )"
)
_END = r"(?! [0-9a-z] | -[\d#] )"
_ENGLISH_FIGURE = "(?: 제로 | (?<! [0-9일이삼사오육칠팔구십백천만억공영] ) (?<! [0-9][ ] ) 원 | 투 | 쓰리 | 포 | 파이브 | 식스 | 세븐 | 에[이2잇]트 | 나인 )"
_SPELT = rf"""
    (?<![가-힣a-z0-9]) {LETTER_NAME} (?: [ ]? (?> {_ENGLISH_FIGURE} | {LETTER_NAME} | {DIGIT} ) ){{4,19}} {WORD_END}
"""
# 제2026-11873호
_NUMBERED = r"제 [ ]? \d{4,14} (?: -\d{1,8} )? [ ]? 호"
_SINGLE_SIGNS = (
    r"(?<![0-9a-z]) (?: [a-z0-9] [ ] ){4,15} [a-z0-9] (?! [0-9a-z] | [ ][0-9a-z](?![0-9a-z]) )"
)
_CODE = rf"(?: {_NUMBERED} | {CODE} | {digits(4, 20)} )"
_MEMBER_CODE = (
    rf"(?: (?=[에비씨디엘엠엔피티아제케브와더엑큐쥐알] .{{1,16}} {DIGIT}{{4}}) {_SPELT} | {_CODE} )"
)
_COURT_CASE = r"(?<!\d) 20\d\d [가-힣]{1,3} \d{2,7} (?!\d)"
_ORDER_CODE = rf"""(?:
    {_COURT_CASE}                                                           # 2026가단12345
    | {_NUMBERED}                                                           # 제2026-11873호
    | {_SINGLE_SIGNS}                                                       # H 7 K 2 9
    | (?: (?<![#]) [#] (?![#]) )? {CODE}                                    # #VC0093821
    | {digits(4, 20)}                                                       # 사팔이일
    | 이천 [이삼]십 [일이삼사오육칠팔구]? [ ]? (?: 다시 | 대시 ) [ ]? {DIGIT}{{3,8}} {WORD_END}  # 이천이십육 다시 공공사팔일
    | (?=.{{0,16}} (?: {DIGIT} | {_ENGLISH_FIGURE} )) {_SPELT}                                        # 에이일비이씨삼
)"""
_BREAK = r"(?: [ ./-]{0,3} | [ -]?\n[ -]{0,2} )"
_PARCEL_NUMBER = rf"""
    (?<![0-9a-z]) (?: (?<![0-9][-./]) | (?<= \d{{4}}[/~] ) ) (?:
        \d (?: [ -]? \d ){{9,13}} (?= [ ]?[/~][ ]?\d{{3}} | [ ] \d{{1,2}} [ ]? (?: 건 | 개 | 박스 | 번째 ) )
      | (?= \d (?: {_BREAK} \d ){{8,13}} (?! [ ]?[-./]?\d ) )
        \d (?: {_BREAK} \d ){{8,13}}
      | (?= \d ) [0-9oil]{{10,14}}+
      | \d{{3,6}} (?: {SPOKEN_JOINT} \d{{3,6}} ){{1,3}}
      | [a-z]{{2}} [ ]? \d{{3}} [ ]? \d{{3}} [ ]? \d{{3}} [ ]? [a-z]{{2}}
      | 1z [0-9a-z]{{16}}
      | [a-z]{{2,5}} -? \d{{8,15}} (?: [a-z]{{1,3}} )? | {digits(4, 6)}
    ) {_END} (?! [ ]?원 )
"""
_COURIER_NUMBER = rf"""
    (?<![0-9a-z]) (?<![0-9][-./]) (?:
        [a-z]{{2,4}} \d{{12,18}}
    | \d{{4,6}} [- ] \d{{3,4}} [- ] \d{{4}} | [1-9]\d{{2}} [- ] \d{{4}} [- ] \d{{4}} | \d{{10,14}}
      | (?= \d ) [0-9oil]{{10,14}}+ | 1z [0-9a-z]{{16}}
    ) {_END} (?! [ ]\d{{4}} | [ ]?원 )
"""
_LETTER = rf"(?: [a-z] | {LETTER_NAME} )"
_PASSPORT_NUMBER = rf"""
    (?<![0-9a-z]) (?:
        (?: [a-z]{{1,2}} | 엠 | 에스 | 알 | 아르 ) (?: [ ]? 다시 [ ]? | 에 [ ]? | [ -] )? (?: {ANY_DIGIT} [ -]? ){{3}}
          (?: 에 [ ] | 다시 [ ]? )?
        (?: {_LETTER} [ -]? (?: {DIGIT} [ -]? ){{3}} {DIGIT} | {DIGIT} {SPOKEN_JOINT} (?: {DIGIT} [ -]? ){{3}} {DIGIT} | (?: {DIGIT} [ -]? ){{3,4}} {DIGIT} )
      | (?= [a-z0-9]{{0,6}} \d{{3}} ) [a-z0-9]{{8,9}}
    ) {_END} (?! {UNIT} )
"""
_JOINT = rf"(?: [ ]?[-./~]{{1,3}}[ ]? | [ ] | {SPOKEN_JOINT} | \n )"
_PAIR = rf"(?: {ANY_DIGIT}{{2}} | [이삼사오육칠팔구]?십(?:{ANY_DIGIT})? )"
_DRIVER_NUMBER = rf"""
    (?<![0-9a-z]) (?:
        (?: {ANY_DIGIT} {_JOINT}? ){{11}} {ANY_DIGIT}
      | {REGION} [ ]? \d{{2}} {_JOINT}? \d{{6}} (?: {_JOINT}? [\d*]{{2}} )?
      | \d{{2}} {_JOINT} [\d*]{{2}} {_JOINT} [\d*]{{6}} {_JOINT} [\d*]{{2}} (?![\d*])
      | (?: {REGION} [ ]? )? {_PAIR} {_JOINT} {_PAIR} {_JOINT} {ANY_DIGIT}{{6}} {_JOINT} {_PAIR}
      | (?: {ANY_DIGIT} {_JOINT}? ){{11}} {ANY_DIGIT} (?= {TURNED_COPULA} )
    ) (?: {_END} | (?= {TURNED_COPULA} ) )
"""
_CUSTOMS_NUMBER = rf"""
    (?: (?: (?<![0-9a-z]) p | 피 ) [ .:-]{{0,2}} )? (?<![0-9])
    (?: \d (?: {SPOKEN_JOINT} | [ ./-]{{0,3}} | \n ) ){{11}}
    (?: \d | 이 ) (?: {_END} | (?= {TURNED_COPULA} ) )
    | (?<![0-9a-z]) p \d [0-9oil]{{10}} [0-9oil] (?![0-9a-z*])
    | (?<![0-9a-z]) p \d{{1,8}} [*x]{{3,11}} \d{{0,6}} (?![0-9a-z*])
"""
_SERIAL_NUMBER = rf"""
    (?<![0-9a-z]) (?:
        [0-9a-f]{{2}} (?: [:] [0-9a-f]{{2}} ){{5}} (?! [0-9a-z] )
      | [0-9a-f]{{2}} (?: [ ] [0-9a-f]{{2}} ){{5}} (?! [0-9a-z] )
      | \d (?: [ ]? \d ){{13,19}} (?! \d ) | [0-9a-f]{{32}} (?! [0-9a-z] )
      | {CODE} | {_SPELT} )
"""
_BRAND_NUMBER = rf"""
    (?<![0-9a-z-]) (?: \d{{4}} (?: [ -]? \d{{4}} ){{2,3}} | \d{{9,12}}
      | [a-z]{{1,3}} [ -]? \d{{3,10}} (?: [ -] \d{{2,6}} ){{0,3}} ) {_END} (?! {UNIT} )
"""
_HEX = "(?: [0-9a-f] | [공영빵일이삼사오육륙칠팔구] | 에[이2] | 비 | 씨 | 시 | 디 | 에프 )"
_MAC = rf"""
    (?<![0-9a-z]) (?:
        [0-9a-f]{{2}} (?: [:. -] [0-9a-f]{{2}} ){{5}}
          | (?: (?: {_HEX} [ ]? ){{2}} [ ,]{{0,2}} (?: 콜론 \s? | 땡땡 \s? )? ){{5}} {_HEX} [ ]? {_HEX}  # 공공 일에이 이비 삼씨 사디 오이
          | (?: [0-9a-f]{{4}} [.: -]? ){{2}} [0-9a-f]{{4}}
    ) {_END}
"""

NAMED = NamedValues(
    triggers=(
        (
            "[0-9공영빵일이삼사오육륙칠팔구] (?: (?<=[0-9]) | [ ]? [공영빵일이삼사오육륙칠팔구] )",
            "(?-i: 예약 | 예매 | 발권 )",
            "pnr",
        ),
        (words.IN_CUES, LATIN),
    ),
    kinds=(
        Named("driver.serial", "DRIVER", 0.85, words.DRIVER_SERIAL, r"[0-9a-z]{5,6}", _is_order),
        Named("tracking.cue", "TRACKING", 0.93, words.TRACKING, _PARCEL_NUMBER, _is_parcel, 36),
        Named("order.cue", "ORDER", 0.93, words.ORDER, _ORDER_CODE, _is_order, 36),
        Named("member.cue", "MEMBER_NO", 0.92, words.MEMBER, _MEMBER_CODE, _is_code, 32),
        Named(
            "member.brand",
            "MEMBER_NO",
            0.85,
            words.MEMBER_BRAND,
            _BRAND_NUMBER,
            _is_brand_member,
            8,
        ),
        Named("passport.cue", "PASSPORT", 0.94, words.PASSPORT, _PASSPORT_NUMBER, None, 40),
        Named("driver.cue", "DRIVER", 0.94, words.DRIVER, _DRIVER_NUMBER, _is_licence, 40),
        Named("customs.cue", "CUSTOMS", 0.95, words.CUSTOMS, _CUSTOMS_NUMBER, None, 40),
        Named("device.mac_cue", "DEVICE_ID", 0.92, words.MAC, _MAC, None, 24),
        Named("device.cue", "DEVICE_ID", 0.92, words.DEVICE, _SERIAL_NUMBER, _is_serial, 32),
        Named(
            "tracking.courier",
            "TRACKING",
            0.85,
            words.COURIER,
            _COURIER_NUMBER,
            _is_courier_parcel,
            16,
        ),
    ),
    others=words.OTHERS,
)
