"""A blunt second look at masked text, apart from the detector and its patterns.

It shares no code with the detector on purpose: what one overlooks, the other should not.
"""

import re
import unicodedata

_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u20e3]"
)

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
    """,
    re.VERBOSE,
)
_BREAK = "#"
# Whatever stands between digits joins them, but for letters, `#`, `, ` (a list) and signs of a sum.
_JOINT = r"(?:[^\w#%&@?!;,]|_|,(?!\s)){0,4}"
_NUMBER_WORDS = "[공영빵일이삼사오육륙칠팔구]"
_RULES = {
    "digit_run": re.compile(rf"\d(?:{_JOINT}\d){{8}}"),
    "spoken_digit_run": re.compile(rf"{_NUMBER_WORDS}(?:[\s.,-]{{0,2}}{_NUMBER_WORDS}){{8}}"),
    "at_sign": re.compile(r"\w\s?@\s?\w"),
}


def residue(masked_text: str) -> list[str]:
    """Names of the rules that masked text still trips; empty when it looks clean.

    `digit_run`: nine or more digits with nothing but separators, spaces or line breaks between
    them, once prices with thousands commas, dates, times and public hotlines are taken away.
    `spoken_digit_run`: the same in number words. `at_sign`: an `@` between word characters.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", masked_text))
    plain = _HARMLESS.sub(_BREAK, plain)
    return [name for name, rule in _RULES.items() if rule.search(plain)]
