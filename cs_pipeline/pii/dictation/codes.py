"""Codes of letters and figures in the turns after their name, and e-mail names read back."""

import re
from collections.abc import Iterator, Sequence

from cs_pipeline.pii.dictation.lines import Line, Told
from cs_pipeline.pii.normalize import Normalized
from cs_pipeline.pii.rules import compiled

_NAMED = r"""
    (?P<ORDER> (?: 예약 | 주문 | 예매 | 접수 | 확인 | 바우처 | 티켓 | 항공권? | 탑승 | 숙소 | 구매 | 결제 ) \s? (?: 번호 | 코드 ) | (?<![a-z]) pnr (?![a-z]) )
    | (?P<MEMBER_NO> (?: 회원 | 고객 | 멤버[십쉽] | 증권 | 계약 | 환자 ) \s? (?: 번호 | 코드 ) | 사번 | 학번 )
    | (?P<TRACKING> 운?송장 \s? 번호 | 등기 \s? 번호 )
    | (?P<DEVICE_ID> (?: 시리얼 | 일련 | 기기 ) \s? (?: 번호 | 넘버 ) )
"""
_NAMED_SIGN = re.compile("번호|코드|넘버|사번|학번|[pP][nN][rR]")
_ANSWER = r"""
    (?: (?: 네+ | 예 | 아 | 어 | 음 | 그 | 저기 ) [\s,.~]{1,3} ){0,3}
    (?P<value> [a-z0-9]{2,16} (?: [ -] [a-z0-9]{2,8} ){0,3} )
    (?: 이?요 | 입니다 | 이?[에예]요 | 이고요? | 인데요? | 맞[가-힣]{1,4} | \s 맞[가-힣]{1,4} )? \W{0,3}
"""
_EMAIL = re.compile(r"(?<![\w.+-])(?P<local>[A-Za-z0-9][A-Za-z0-9._+-]{2,40})@(?=[A-Za-z0-9])")
_READ_BACK = r"(?=\s?(?:맞|골뱅이|앳|이시|이신|입니|이[에고요]|예요|까지))"
_LETTERS = re.compile("[A-Za-z]")
_LEAST, _MOST = 5, 20
_MOST_LINES = 6
_MOST_NAMES = 12


def may_tell(turns: Sequence[Normalized], said: Sequence[Normalized]) -> bool:
    """A quick look whether one of the turns `said` may hold what `find` finds."""
    for turn in said:
        if _LETTERS.search(turn.text):
            break
    else:
        return False
    return any("@" in turn.text or _NAMED_SIGN.search(turn.text) for turn in turns)


def find(lines: Sequence[Line]) -> Iterator[Told]:
    """Lines that are a code, and the part of an e-mail address before its @."""
    kind, named = "", -1
    for line in lines:
        if kind and line.number - named <= _MOST_LINES and (place := _code_in(line)):
            yield Told(line.number, *place, kind, 0.8, "code.asked")
        if not _NAMED_SIGN.search(line.text):
            continue
        for match in compiled(_NAMED).finditer(line.text, 0, 2 * _MOST * _MOST):
            kind, named = str(match.lastgroup), line.number
    yield from _names_of_mailboxes(lines)


def _code_in(line: Line) -> tuple[int, int] | None:
    """Letters and figures that are all of a line."""
    match = compiled(_ANSWER).fullmatch(line.text)
    if match is None:
        return None
    code = match["value"].replace(" ", "").replace("-", "")
    if not _LEAST <= len(code) <= _MOST or code.isalpha() or code.isdigit():
        return None
    return match.span("value")


def _names_of_mailboxes(lines: Sequence[Line]) -> Iterator[Told]:
    """`hwangbo_k 맞으시죠` where `hwangbo_k@naver.com` was told."""
    told = {match["local"].lower() for line in lines for match in _EMAIL.finditer(line.text)}
    for name in sorted(told)[:_MOST_NAMES]:
        # A name that is a word as well has to be read back: `minsol 맞으시죠`.
        end = _READ_BACK if name.isalpha() else r"(?![A-Za-z0-9_@+-]|\.\w)"
        again = re.compile(rf"(?<![\w.@+-]){re.escape(name)}{end}", re.IGNORECASE)
        for line in lines:
            for match in again.finditer(line.text):
                yield Told(line.number, *match.span(), "EMAIL", 0.8, "email.read_back")
