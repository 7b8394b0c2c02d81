r"""Numbers told in parts, a turn each: `운송장번호 6543에\n네\n2109에\n네\n8765요`.

Each part is all that its line says, save for particles; what the agent reads back is a part too.
"""

import re
from collections.abc import Iterator

from cs_pipeline.pii.finders.references.shapes import is_plain
from cs_pipeline.pii.named_values import DIGIT, UNIT
from cs_pipeline.pii.rules import Found, compiled

_TRIGGER = r"\d [^\d\n]{0,8} \n"
_NUMBER = r"\s? (?: 번호 | 넘버 | 코드 )"
_CUES = rf"""
    (?P<TRACKING> (?: 운?송장 | 등기 | 택배 | 배송 | 트래킹 ) (?: {_NUMBER} )? )
    | (?P<ORDER> (?: 주문 | 오더 | 예약 | 접수 | 승인 | 결제 | 예매 | 티켓 ) {_NUMBER} )
    | (?P<MEMBER_NO> (?: 회원 | 고객 | 멤버[십쉽] | 증권 | 계약 | 환자 | 포인트 | 수험 ) {_NUMBER} )
    | (?P<CUSTOMS> 통관 \s? (?: 고유 )? \s? (?: 부호 | 번호 ) )
    | (?P<PASSPORT> 여권 {_NUMBER} )
    | (?P<DRIVER> 면허증? {_NUMBER} )
    | (?P<OTP> 인증 {_NUMBER} | 오티피 | 인증 \s? 숫자 )
    | (?P<DEVICE_ID> (?: 시리얼 | 일련 ) (?: {_NUMBER} )? | 아2엠2아2 | imei )
"""
_SPEAKER = (
    r"(?: [ ]? [\[(]? [가-힣a-z]{1,6} [\])]? [ ]? [:>] [ ]? | [ ]? \[ [가-힣]{1,6} \] [ ]? )?"
)
_FILLERS = r"""
    (?: (?: 네+ | 예+ | 넵 | 음+ | 어+ | 그 | 저 | 그리고                   # 네, 1234요
      | 그?\s?다음에?[은는]? | 이어서 | 뒤에는? | 또 ) [ .,~]{0,3} ){0,3}   # 그 다음에 1234요
"""
_PIECE = rf"(?P<value> (?<![0-9a-z]) (?: [a-z]{{1,2}} [ ]? )? {DIGIT} (?: [ -]? {DIGIT} ){{1,6}} )"
_PIECE_END = rf"""
    (?! \d | [-./:]\d | {UNIT} ) \s?
    (?= (?: 에요? | 이?요 | 이고요? | 이구요? | 이?[에예]요 | 다시 | 입니다 | 하고 | 까지(?:요)? | 맞[으아]\S{{0,3}} | 네
      | 대시 | [-,] )?
    [ .,~?!-]{{0,3}} (?: 네 | 맞아요 | 맞습니다 )? [ .,~?!]{{0,2}} (?: \n | \Z ) )
"""
_SAYS_NOTHING = rf"(?: {_SPEAKER} [^\d\n\#]{{0,18}} \n ){{0,2}}"
_FIRST = (
    rf"[^\d\n\#]{{0,30}}? (?: \n {_SAYS_NOTHING} {_SPEAKER} {_FILLERS} )? {_PIECE} {_PIECE_END}"
)
_NEXT = rf"[^\d\n\#]{{0,10}} \n {_SAYS_NOTHING} {_SPEAKER} {_FILLERS} {_PIECE} {_PIECE_END}"
_MOST = 10
_LEAST = {
    "TRACKING": 9,
    "ORDER": 6,
    "MEMBER_NO": 6,
    "CUSTOMS": 10,
    "PASSPORT": 7,
    "DRIVER": 10,
    "OTP": 4,
    "DEVICE_ID": 8,
}
_MOBILE = re.compile(r"01[016789](?:\Z|[- ])")


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    if "\n" not in text or not compiled(_TRIGGER).search(text):
        return
    for cue in compiled(_CUES).finditer(text):
        parts = _parts(text, cue.end())
        entity_type = cue.lastgroup or ""
        figures = sum(len(compiled(DIGIT).findall(text, *part)) for part in parts)
        if len(parts) > 1 and figures >= _LEAST[entity_type]:
            for start, end in parts:
                yield Found(start, end, entity_type, 0.8, f"{entity_type.lower()}.in_turns")


def _parts(text: str, position: int) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    part = compiled(_FIRST).match(text, position)
    while part and len(parts) < _MOST:
        if _MOBILE.match(part["value"]) or not is_plain(part["value"].lstrip("PpMm ")):
            break
        parts.append(part.span("value"))
        part = compiled(_NEXT).match(text, part.end())
    return parts
