"""Digits that put right a number told before, and a number that breaks off and is told again.

`아뇨 끝에 4089요`, `110-284-993017 아니 993071`, `5310 2284 99.. 아 5310 2284 9937 8842`.
"""

import re
from collections.abc import Iterator, Sequence

from cs_pipeline.pii.rules import Found, compiled

_TOLD = r"""
    (?<!\d) (?:
        (?P<card> [3-69]\d{3} (?: [- ]? [\d*]{4} ){2} [- ]? \d{4} )         # 4518-1234-5678-9012
      | 01[016789] [-.\s]{0,3} (?P<middle> \d{3,4} ) [-.\s]{0,3} (?P<last> \d{4} )  # 010-1234-5678
    ) (?!\d)
"""
_GROUP = r"""
    (?: 아니+ (?:요|다|고|에요|예요)? | 아뇨 | 아닙니다 | 앗 | 정정         # 아니 5679요
      | 틀렸 [^\d\#\n]{0,4} | 말고                                          # 틀렸어요 5679
      | 맨?\s?끝 | 뒤 | 뒷 | 마지막 | (?: 네 | 4 ) \s? 자리 )               # 맨 끝이 5679
    (?P<gap> [^\d\#\n]{0,12} ) (?<![\d#]) (?<![\d#][-.,]) (?P<value> \d{4} )
    (?! [\d*a-z] | [-.,:]\d | \s?(?:[원개년월호동건명점]|만\s?원|번대) )
"""
# The number breaks off and is told again.
_CUT = r"""
    (?<![\d-]) (?P<value> 01[016789] [-.\s]? \d{3,4} (?: [-.\s]? \d{1,3} )? ) (?! [-.]?\d )
    (?= [\s,.~]{0,4} (?: 아니 | 앗 | 정정 | 다시 | 잘못 | 오타 | 틀렸 ) [^\d\n]{0,12} 01[016789] [-.\s]? \d{3,4} [-.\s]? \d{4} (?!\d) )
"""
_CUT_CARD = r"""
    (?<![\d-]) (?P<value> [3-69]\d{3} (?: [- ] (?: \d{1,4} | [공영빵일이삼사오육륙칠팔구]{1,4} ) ){0,2}+ ) (?! [-.]?\d )
    (?= [\s,.~]{0,4} (?: 아니 | 앗 | 정정 | 다시 | 잘못 | 오타 | 틀렸 ) [^\d\n]{0,12} [3-69]\d{3} (?: [- ] \d{4} ){3} (?!\d) )
"""
# Right behind a number of any kind: `2074351이요 아니 2074315`, `1000-3382-1194 아 끝이 1149`.
_PUT_RIGHT = r"""
    (?: 이?[에예]?요 | 인데요? | 입니다 | 이?고요? | 번? [이가으]?로? )? [\s.,~!]{0,6}
    (?: (?: 아+ | 어+ | 앗 | 헉 | 음+ | 죄송[가-힣]{0,4} | 잠깐만요? | 잠시만요? ) [\s.,~!]{1,4} ){0,2}
    (?: (?: 아니+ (?: 아니 | 라 | 고 | 요 | 다 | 야 | 구나 | [에예]요 )? | 아뇨 | 아닙니다 | 말고요? | 정정 (?:할게요|합니다|이요)?
      | 오타 [가-힣]{0,4} | 틀렸[가-힣]{0,4} | 잘못 \s? [가-힣]{0,7} | 죄송[가-힣]{0,4} ) [\s.,~!]{1,6} ){0,2}
    (?: 맨?\s? (?: 끝 | 뒤 | 뒷 | 마지막 | 가운데 | 중간 ) (?: 에 | 자리 | 번호 | 네\s?자리 )? (?: [가이는은] | 에[는가] )? \s? )?
    (?<![\d#]) (?<! \d[-.,] ) (?P<value> \d{2,16} (?: [ -] \d{2,8} ){0,4} )
    (?! [\d*a-z] | [-.,:]\d | \s? (?: [원개년월건명] | 번대 | 시(?![가-힣]) ) )
"""
_BREAKS_OFF = r"""
    (?<![\d-]) (?<!\d[.,]) (?P<value> \d{4} [\d -]{0,16} \d )
    (?: [\s.,~]{1,5} | 이?요 [\s.,]{1,3} ) (?: (?: 아+ | 어+ | 앗 | 아니 | 다시 | 정정 | 잘못 ) [^\d\n\#]{0,16} )? \Z
"""
_NUMBERS = frozenset({"PHONE", "CARD", "ACCOUNT", "RRN", "FRN", "BRN"})
_LEAST_NUMBER, _LEAST_SAME, _LEAST_BROKEN = 4, 4, 6
_BEHIND, _AHEAD = 60, 48
_WHOLE_MOBILE = 11
_TRIGGER = re.compile("아니|아뇨|아닙|앗|정정|틀렸|말고|다시|잘못|오타|끝|뒤|뒷|마지막|자리")
_RESTARTS = re.compile(r"[.~,][ ]?[아어앗]|아 ")
_WINDOW = 160
_MOST_CHANGED = 2


def find(text: str, found: Sequence[Found], said: str) -> Iterator[Found]:
    """Findings in text whose groups are joined (see `joints`).

    Args:
        text: what the rules read.
        found: what they found in it.
        said: the text before its groups were joined.
    """
    corrects = _TRIGGER.search(said) is not None
    if found and (corrects or _RESTARTS.search(said)):
        yield from _put_right(text, found)
    if not corrects:
        return
    for match in compiled(_CUT).finditer(text):
        yield Found(*match.span("value"), "PHONE", 0.8, "phone.cut")
    for match in compiled(_CUT_CARD).finditer(text):
        yield Found(*match.span("value"), "CARD", 0.8, "card.cut")
    told = list(compiled(_TOLD).finditer(text))
    if not told:
        return
    for match in compiled(_GROUP).finditer(text):
        start, end = match.span("value")
        near = [one for one in told if 0 <= start - one.end() <= _WINDOW]
        for one in reversed(near[-2:]):
            if _is_like(one, match["value"]):
                kind = "CARD" if one["card"] else "PHONE"
                yield Found(start, end, kind, 0.75, f"{kind.lower()}.correction")
                break


def _put_right(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Digits behind a number that put some of its own right, and what broke off before it."""
    for one in {(one.start, one.end): one for one in found}.values():
        digits = _digits(text[one.start : one.end])
        if one.entity_type not in _NUMBERS or len(digits) < _LEAST_NUMBER:
            continue
        name = f"{one.entity_type.lower()}.correction"
        right = compiled(_PUT_RIGHT).match(text, one.end, one.end + _BEHIND)
        if right and _puts_right(digits, right["value"], one.entity_type):
            yield Found(*right.span("value"), one.entity_type, 0.75, name)
        start = max(0, one.start - _AHEAD)
        broken = compiled(_BREAKS_OFF).search(text[start : one.start])
        if broken and _begins_like(_digits(broken["value"]), digits):
            first, last = broken.span("value")
            yield Found(start + first, start + last, one.entity_type, 0.75, name)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _puts_right(told: str, right: str, entity_type: str) -> bool:
    """As many digits as the number or its end has, most of them the same, or all in another order."""
    digits = _digits(right)
    if entity_type == "PHONE" and told.startswith("01") and len(told) < _WHOLE_MOBILE:
        return len(digits) in (4, 7, 8)
    if len(digits) > len(told):
        return False
    return any(
        sorted(some) == sorted(digits)
        or sum(a != b for a, b in zip(some, digits, strict=True)) <= min(2, len(digits) // 2)
        for some in (told[-len(digits) :], told[: len(digits)], told[3 : 3 + len(digits)])
        if len(some) == len(digits)
    )


def _begins_like(broken: str, whole: str) -> bool:
    """The first digits of a longer number."""
    return (
        _LEAST_BROKEN <= len(broken) <= len(whole) and broken[:_LEAST_SAME] == whole[:_LEAST_SAME]
    )


def _is_like(told: re.Match[str], group: str) -> bool:
    """The group differs in one or two digits from one of the number that was told."""
    if told["card"]:
        digits = re.sub("[- ]", "", told["card"])
        groups = [digits[at : at + 4] for at in range(0, 16, 4)]
    else:
        groups = [told["last"], told["middle"]]
    return any(
        len(one) == len(group)
        and sum(a != b for a, b in zip(one, group, strict=True)) <= _MOST_CHANGED
        for one in groups
    )
