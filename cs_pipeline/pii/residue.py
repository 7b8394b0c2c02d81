"""A blunt second look at masked text, apart from the detector and its patterns.

It shares no code with the detector on purpose: what one overlooks, the other should not.
"""

import html
import re
import unicodedata
from collections.abc import Sequence

_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u20e3]"
)

_TAG = re.compile(r"</?[a-zA-Z][^<>@]{0,80}>")
_LAUGHS = re.compile("[ㅋㅎㅠㅜ]+")

_HARMLESS = re.compile(
    r"""
      (?<![\d,]) [1-9]\d{0,2} (?: ,\d{3} ){1,5}+ (?! ,?\d )                   # 1,234,567
    | (?<!\d) (?<!\d[-./]) (?:19|20)\d\d [ ]?[-./][ ]? (?:0?[1-9]|1[0-2])
      [ ]?[-./][ ]? (?:[12]\d|3[01]|0?[1-9]) (?! [-./]?\d )                   # 2026-03-01
    | (?<!\d) (?<!\d[-./ ]) (?:19|20)\d\d (?:0[1-9]|1[0-2]) (?:0[1-9]|[12]\d|3[01])
      (?= [ ]\d{1,2}[ ]?[:시] )                                               # 20260301 14:30
    | (?<![\d:]) \d{1,2} : \d{2} (?: :\d{2} )? (?! [\d:] )                   # 14:30:00
    | (?<!\d) (?<!\d[-.]) 1[568]\d\d [-.]? \d{4} (?! [-.]?\d )              # 1588-0000
    | (?<!\d) (?<!\d[-.]) 080 [-. )]{0,2} \d{3,4} [-. ]? \d{4} (?! [-.]?\d ) # 080-000-0000
    | (?: 바코드 | isbn | 품번 | 상품[ ]?(?:코드|번호) ) \D{0,8} (?P<goods> \d[\d-]{8,16} ) (?! [-.]?\d )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BREAK = "#"
_REGISTRATION = re.compile(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[0-9]\d{6}")
_CARD_LENGTHS = (14, 15, 16)
_PLACEHOLDER = re.compile(r"#@[가-힣]{2,8}\d{0,3}#")
# Whatever stands between digits joins them, but for letters, `#`, `, ` (a list) and signs of a sum.
_JOINT = r"(?:[^\w#%&@?!;,]|_|,(?!\s)){0,4}"
_NUMBER_WORDS = "(?:[공영빵일이삼사오육륙칠팔구]|하나|[둘셋넷]|다섯|여섯|일곱|여덟|아홉)"
_SURNAMES = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허남심노하곽성차주우구민유진엄"
_NAME_CUE = (
    "이름|성함|성명|예금주|수령인|수취인|받는 ?(?:분|사람)|보호자|입금자|고객명|계약자|주문자"
)
_RULES = {
    "digit_run": re.compile(rf"\d(?:{_JOINT}\d){{8}}"),
    "spoken_digit_run": re.compile(rf"{_NUMBER_WORDS}(?:[\s.,-]{{0,2}}{_NUMBER_WORDS}){{8}}"),
    "at_sign": re.compile(r"\w\s?@\s?\w"),
    "named": re.compile(
        rf"(?:{_NAME_CUE})명?(?:[은는이가]\s?|\s?[:=]\s?)(?!이[고라름])[{_SURNAMES}][가-힣]{{2}}"
        r"(?=\s?(?:님|씨|입니다|이에요|예요|이고|이요|[,./)\n]|$))"
    ),
}


def residue(masked_text: str) -> list[str]:
    """Names of the rules that masked text still trips; empty when it looks clean.

    `digit_run`: nine or more digits with nothing but separators, spaces or line breaks between
    them, once prices with thousands commas, dates, times and public hotlines are taken away.
    `spoken_digit_run`: the same in number words. `at_sign`: an `@` between word characters.
    `named`: a word that asks for a name, then three syllables of which the first is a surname.
    """
    plain = html.unescape(_LAUGHS.sub(" ", _TAG.sub(" ", masked_text)))
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", plain))
    plain = _PLACEHOLDER.sub(_BREAK, plain)
    tripped = _tripped(plain)
    # What is harmless can only part what trips a rule: it is looked for where one is tripped.
    return _tripped(_HARMLESS.sub(_without_harmless, plain)) if tripped else []


def _tripped(plain: str) -> list[str]:
    return [name for name, rule in _RULES.items() if rule.search(plain)]


def _without_harmless(found: re.Match[str]) -> str:
    """A sign in its place; goods stay whose number reads like a registration's or a card's."""
    goods = found["goods"] or ""
    digits = re.sub(r"\D", "", goods)
    personal = len(digits) in _CARD_LENGTHS or (
        _REGISTRATION.fullmatch(digits) and not (goods.isdigit() and _is_ean(digits))
    )
    return found[0] if personal else _BREAK


def _is_ean(digits: str) -> bool:
    """Goods by their check digit, or as Korean goods and books begin."""
    if digits.startswith(("880", "978", "979")):
        return True
    numbers = [int(digit) for digit in digits]
    return (sum(numbers[::2]) + 3 * sum(numbers[1::2])) % 10 == 0


IN_TURNS = "digits_in_turns"
"""The rule of `residue_in_turns`."""
_COUNTED = re.compile(rf"\d|{_NUMBER_WORDS}")
_NO_PART = re.compile(r"(?:19|20)\d\d|\d*00|\d?")
_COUNT = re.compile(r"\d\s?(?:[일개시분원명달월년살층호동째차권장건]|번째)(?![\d가-힣]{2})")
_WORDLESS = re.compile(r"[\W_]+")
_SHORT, _MOST_WORDS = 40, 16
_LEAST_DIGITS = 9


def residue_in_turns(masked_turns: Sequence[str]) -> set[int]:
    """Turns of a conversation that tell a number of nine digits and more together.

    Counted are short turns at least half of which is digits or number words, with hardly a word
    said between them; years and round figures count for nothing.
    """
    told: set[int] = set()
    run: list[int] = []
    digits = ""
    for at, turn in enumerate([*masked_turns, "#"]):
        part = _part_of_number(turn)
        if part and part != digits[-len(part) :]:
            run.append(at)
            digits += part
        elif part is None:
            if len(run) > 1 and len(digits) >= _LEAST_DIGITS:
                told.update(run)
            run, digits = [], ""
    return told


def _part_of_number(turn: str) -> str | None:
    """Digits of a turn that is little else; "" for a short one without, None for another one."""
    plain = _WORDLESS.sub("", turn) if "#" not in turn else ""
    if not plain or len(plain) > _SHORT or _COUNT.search(turn):
        return None
    counted = _COUNTED.findall(plain)
    if 2 * sum(map(len, counted)) < max(len(plain), 1):
        silent = len(plain) <= _MOST_WORDS and not any(map(str.isdigit, counted))
        return "" if silent else None
    part = "".join(one[0] for one in counted)
    return None if _NO_PART.fullmatch(part) else part
