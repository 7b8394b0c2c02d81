"""Parts of a number, mostly its first or last digits, by which people say which one they mean."""

import re

from cs_pipeline.pii.finders.numbers.checksums import after, before, is_no_other_number
from cs_pipeline.pii.rules import Rule, compiled, led

# `5246에서 시작하고 끝이 8801인 카드`
_BOTH_ENDS = r"""
    (?<![\d\#]) (?<![\d\#][-.,]) (?P<value> (?<=앞[이에은][ ]) \d{4} [ ] \d{4} (?= 인 | 이고 | 이?[요에예] )  # 앞이 5246고 끝이 8801인
      | (?<=자리[ ]) (?<= 앞[ ]네[ ]자리[ ] | 앞[ ]4[ ]자리[ ] ) \d{4} [ ] \d{4} (?= \s? 인 | 이고 | 이?[요에예] )  # 앞 네 자리 5246이고 끝이 8801인
      | (?! (?:19|20)\d\d ) \d{4} \s? 번? 으?로 \s? 시작 [가-힣]{1,4} [\s,]{1,2} \d{4} (?= \s? 번? 으?로 \s? 끝 )  # 5246으로 시작해서 8801로 끝나는
      | \d{4} \s? (?: (?: 번 | 인가 )? (?: 으?로 | 에서 ) \s? 시작 [가-힣]{1,4} | 이?고요? | 이?구요? )
      [\s,]{1,2} (?: 맨\s? )? (?: 끝 | 뒤 | 뒷 | 마지막 ) [^\d\n\#]{0,8} \d{4} ) (?! [\d*] | [-.,:/]\d | \s? [원개년월일건] )
"""
# `끝이 0482인 회선이요`
_END_IS = r"""
    (?<![가-힣]) (?: 끝 | 뒤 | 끝자리 | 뒷자리 | 끝번호 | 뒷번호 ) [이가]? [ ] (?<!\d) (?P<value> \d{4} )
    (?= 인 \s? (?: 회선 | 번호 | 카드 | 거 | 걸 | 건 | 계좌 | 통장 | 폰 | 핸드폰 | 휴대폰 | 전화 ) | 번? 으?로 \s? 끝나 | 번이?[요에] )
"""
# `카드가 두 장인데 5512 말고 9034요`
_NOT_BUT = r"""
    카드 [^\d\n\#]{0,14} (?<![\d,.-]) (?P<value> (?! (?:19|20)\d\d ) \d{4} \s? [이가]? \s? (?: 말고 | 아니고 | 아니라 ) [\s,]{1,2} \d{4} )
    (?= 이?요 | 이?[에예]요 | 으?로 | 번 | 인데 | 입니다 | \s? 카드 )
"""
# `뒤에 8842 아니 8824 그 체크카드`
_PUT_RIGHT = r"""
    (?<![가-힣]) (?: 맨 \s? )? (?: 끝 | 뒤 | 뒷 | 마지막 ) (?: 에 | 자리 | 번호 | 네\s?자리 | \s네\s?자리 )? [가이는은]? \s
    (?P<value> (?<!\d) \d{4} (?: 이?요 | [이가] )? [\s,.]{1,4} (?: 아니+ [라고요다야]? | 아뇨 | 말고 ) [\s,.]{1,4} \d{4} ) (?! [\d*] | [-.,:/]\d | \s? [원개년월일] )
"""
# `번호 끝 8410 쓰는 사람이에요`
_OF_NUMBER = r"번호 \s? (?: 끝 | 뒤 ) (?: 에?[이가은는] | 에 )? [ ] (?P<value> (?<!\d) \d{4} ) (?! [\d*] | [-.,:/]\d | \s? [원개년월일건번] )"
# `8410 쓰던 번호`, `와이프 5572-8410으로 걸어 주세요`
_USED = r"(?<![\d\#]) (?<![\d\#][-.,]) (?P<value> (?! (?:19|20)\d\d ) \d{4} ) \s? (?: 쓰[던는] | 사용하[던는] ) \s? (?: 번호 | 폰 | 핸드폰 | 휴대폰 )"
_CALLED = r"""
    (?<![\d\#]) (?<![\d\#][-.,]) (?P<value> [2-9]\d{3} [-.\s]{1,3} \d{4} ) \s? 번? 으?로 \s? (?: 걸어 | 걸면 | 전화 | 연락 | 문자 | 통화 | 콜백 )
"""
_NUMBERS = "카드 | 계좌 | 통장 | 번호 | 회선 | 폰 | 전화"


def _is_of_cards(match: re.Match[str]) -> bool:
    """Cards are spoken of right before or after."""
    return "카드" in before(match, 24) + after(match, 12)


def _is_of_a_number(match: re.Match[str]) -> bool:
    """A number is spoken of right before or after, or it is said to begin and to end."""
    if "시작" in match[0]:
        return True
    return compiled(_NUMBERS).search(before(match, 24) + after(match, 12)) is not None


_EDGE = led({"끝뒤": "", "뒷": "[자번]"})
_BOTH = led({"끝뒤뒷앞": "", "마": "지막"})
RULES = (
    Rule("card.end_is", "CARD", 0.76, _END_IS, _is_of_cards, _EDGE),
    Rule("card.both_ends", "CARD", 0.76, _BOTH_ENDS, _is_of_cards, _BOTH),
    Rule("card.not_but", "CARD", 0.76, _NOT_BUT, None, "카드"),
    Rule("card.put_right", "CARD", 0.76, _PUT_RIGHT, _is_of_cards, _EDGE),
    Rule("phone.put_right", "PHONE", 0.74, _PUT_RIGHT, _is_of_a_number, _EDGE),
    Rule("phone.of_number", "PHONE", 0.74, _OF_NUMBER, None, "번호"),
    Rule("phone.end_is", "PHONE", 0.74, _END_IS, _is_of_a_number, _EDGE),
    Rule("phone.both_ends", "PHONE", 0.74, _BOTH_ENDS, _is_of_a_number, _BOTH),
    Rule("phone.used", "PHONE", 0.74, _USED, None, "쓰 | 사용"),
    Rule("phone.called", "PHONE", 0.74, _CALLED, is_no_other_number, "로"),
)
"""Groups of four."""
