"""Four digits that correct a phone or card number told before: `아뇨 끝에 4089요`."""

import re
from collections.abc import Iterator

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
_TRIGGER = re.compile("아니|아뇨|아닙|앗|정정|틀렸|말고|다시|잘못|오타|끝|뒤|뒷|마지막|자리")
_WINDOW = 160
_MOST_CHANGED = 2


def find(text: str) -> Iterator[Found]:
    """Findings in text whose groups are joined (see `joints`)."""
    if not _TRIGGER.search(text):
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
