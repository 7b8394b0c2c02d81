"""Korean particles after names and numbers, which end in a consonant or do not.

Messages write both forms, as in `{name}은(는)`, and the right one is chosen when the message is
made: 3은, 2는, `run-1`이, `run-2`가, 서울로, 부산으로.
"""

import re

_FORMS = {
    "은(는)": ("은", "는"),
    "(은)는": ("은", "는"),
    "(은)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "(으)로": ("으로", "로"),
}
_BOTH = re.compile(
    "([0-9A-Za-z가-힣%])([^0-9A-Za-z가-힣%\\s(]{0,3})("
    + "|".join(re.escape(form) for form in sorted(_FORMS, key=len, reverse=True))
    + ")"
)
_FIRST_SYLLABLE, _FINALS, _RIEUL = ord("가"), 28, 8
_DIGITS_WITH_FINAL, _DIGITS_WITH_RIEUL = "013678", "178"  # 영 일 삼 육 칠 팔
_LETTERS_WITH_FINAL, _LETTERS_WITH_RIEUL = "lmnLMN", "lL"


def with_particles(text: str) -> str:
    """The text with the one form that fits what stands before it; closing marks are looked past."""
    if "(" not in text:
        return text
    return _BOTH.sub(lambda match: match[1] + match[2] + _chosen(match[1], match[3]), text)


def _chosen(before: str, form: str) -> str:
    with_final, without = _FORMS[form]
    if form == "(으)로" and _ends_in_rieul(before):
        return without
    return with_final if _has_final(before) else without


def _has_final(letter: str) -> bool:
    if "가" <= letter <= "힣":
        return (ord(letter) - _FIRST_SYLLABLE) % _FINALS != 0
    return letter in _DIGITS_WITH_FINAL or letter in _LETTERS_WITH_FINAL


def _ends_in_rieul(letter: str) -> bool:
    if "가" <= letter <= "힣":
        return (ord(letter) - _FIRST_SYLLABLE) % _FINALS == _RIEUL
    return letter in _DIGITS_WITH_RIEUL or letter in _LETTERS_WITH_RIEUL
