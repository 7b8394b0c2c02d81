"""Codes of letters and figures in the turns after their name, and e-mail names read back."""

import re
from collections.abc import Iterator, Sequence

from cs_pipeline.pii.dictation.lines import Line, Told
from cs_pipeline.pii.finders.credentials.words import SPELT_LETTER
from cs_pipeline.pii.finders.references.shapes import is_plain
from cs_pipeline.pii.finders.web.emails import PROVIDER_DOMAIN, SPELT_DOMAIN
from cs_pipeline.pii.named_values import ANY_DIGIT, LETTER_NAME, WORD_END
from cs_pipeline.pii.normalize import Normalized
from cs_pipeline.pii.rules import compiled

_NAMED = r"""
    (?P<ORDER> (?: 예약 | 주문 | 예매 | 접수 | 확인 | 바우처 | 티켓 | 항공권?       # 예약번호가 뭐예요
        | 탑승 | 숙소 | 구매 | 결제 ) \s? (?: 번호 | 코드 )                        # 탑승 코드요
      | (?<![a-z]) pnr (?![a-z]) )                                                  # PNR이요
    | (?P<MEMBER_NO> (?: 회원 | 고객 | 멤버[십쉽] | 증권 | 계약 | 환자 ) \s? (?: 번호 | 코드 ) | 사번 | 학번 )  # 회원번호요
    | (?P<TRACKING> 운?송장 \s? 번호 | 등기 \s? 번호 )                               # 송장 번호요
    | (?P<PASSPORT> 여권 (?: 상 | \s? 번호 | 이랑 | 이요 | 은 | 을 ) )                 # 여권번호 부탁드려요
    | (?P<LOGIN_ID> 아이디 | 계정 )
    | (?P<DEVICE_ID> (?: 시리얼 | 일련 | 기기 | 제조 ) \s? (?: 번호 | 넘버 )           # 시리얼 번호 읽어 주세요
        | (?: 기기 | 단말기? | 본체 ) \s? 바코드 )                               # 기기 바코드 번호 보이시나요
    | (?P<CUSTOMS> 통관 \s? (?: 고유 )? \s? (?: 부호 | 번호 ) )                       # 통관번호요
"""
_NAMED_SIGN = re.compile("번호|부호|코드|넘버|사번|학번|여권|아이디|계정|[pP][nN][rR]")
_ANSWER = r"""
    (?: (?: 네+ | 예 | 아 | 어 | 음 | 그 | 저기 ) [\s,.~]{1,3} ){0,3}               # 네, 저기
    (?P<value> [a-z0-9]{2,16} (?: [ _.-] [a-z0-9]{2,10} ){0,6} )             # kr29 48ab
    (?: 이?요 | 입니다 | 이?[에예]요 | 이고요? | 인데요? | 맞[가-힣]{1,4} | \s 맞[가-힣]{1,4} )? \W{0,3}  # …이에요, … 맞아요
"""
# `T2790114508에요 10월 3일 공연`: letters and five figures at least, beside other words.
_CODE_BESIDE = r"""
    (?<! [0-9a-z@._/-] ) (?P<value> [a-z]{1,4} -? \d{5,14} | [a-z] \d{3} [a-z] \d{4} ) (?! [0-9a-z@-] )  # T2790114508, M417C2093
"""
_OF_GOODS = re.compile("모델|품번|제품|상품|편명|버전|오류|에러|쿠폰|공고|HS|품목")
_LONGEST_BESIDE = 80
# `에스유엔 점 팔이공삼`, after a question for an e-mail address or a login.
_SPELT_NAMED = r"""
    (?P<EMAIL> 메일 | 골뱅이 | @ )                                          # 메일 주소요
    | (?P<LOGIN_ID> 아이디 | 계정 )                                         # 아이디가 뭐예요
    | (?P<PASSPORT> 여권 )                                                  # 여권번호가요
    | (?P<ORDER> (?: 예약 | 예매 | 발권 | 주문 ) \s? (?: 번호 | 코드 ) )     # 예약번호 불러 주세요
"""
_SPELT_SIGN = r"(?: 언더\s?바 | 밑줄 | 점 | 쩜 | 닷 | 대시 | 하이픈 )"
_SPELT = rf"""
    (?<![가-힣a-z0-9]) {LETTER_NAME}
    (?: [ ]? (?: {_SPELT_SIGN} | {LETTER_NAME} | {ANY_DIGIT} ) ){{3,24}} {WORD_END}  # 에스유엔 점 팔이공삼
"""
_SPELT_HINT = re.compile("에스|에프|에이|케이|제이|브이|와이|엑스|더블|언더|[엠엔엘쥐큐]")
# A whole line after a question for an e-mail address: `제이 에이 케이 그다음에 숫자로 0329`.
_BEFORE = (
    r"(?: (?: 아뇨 | 아니[요고]? | 네+ | 예 | 아 | 어+ | 음+ | 그 | 저 | 저기 ) [\s,.~]{1,3} ){0,2}"
)
_AFTER = r"(?: 이?요 | 입니다 | 이?[에예]요 | 이고요? | 까지 (?: \s? 하고요? | 요 )? | 하고요? | \s? 골뱅이 | \s? 이렇게요? | \s? 맞아요 )? \W{0,3}"
_SPELT_LINE = rf"""
    {_BEFORE} (?P<value> (?: {LETTER_NAME} | {ANY_DIGIT} )
      (?: [ ,.]{{0,3}} (?: {_SPELT_SIGN} | {LETTER_NAME} | {ANY_DIGIT}
        | (?: 그\s?다음에? | 그리고 | 다음에? | 숫자로? | 영어로? | 영문으로 | 소문자로? ) (?=[ ]) ) ){{2,24}} )
    {_AFTER}
"""
_LETTER_BY_LETTER = re.compile(
    r"(?:(?<![A-Za-z0-9])[A-Za-z0-9][ ,.]{1,2}){2,24}[A-Za-z0-9](?![A-Za-z0-9])"
)
# `sun 0314까지요`, `sky.park 골뱅이 뒤는 지메일이요`
_LATIN_LINE = rf"""
    {_BEFORE} (?! (?: chrome | edge | safari | win | mac | ios | ipad | iphone | android | galaxy | outlook | excel | office | ver ) [a-z]{{0,3}} [ ]? \d )
    (?: (?P<value> (?= [a-z ._-]{{2,30}} \d ) [a-z][a-z0-9._-]{{1,30}} (?: [ ] \d{{1,8}} )? ) {_AFTER}
      | (?P<local> [a-z][a-z0-9._-]{{2,30}} ) \s? (?: 골뱅이 | 앳 | @ ) (?! [a-z0-9] ) .{{0,24}} )
"""
_DOMAIN_LINE = rf"""
    {_BEFORE} (?: 골뱅이 \s? )? (?P<value> {PROVIDER_DOMAIN} | {SPELT_DOMAIN} ) {_AFTER}  # 한메일 쩜 넷이요
"""
# `D가 아니라 T요`
_LETTER_RIGHT = rf"""
    (?<![a-z가-힣]) (?: [a-z] | {LETTER_NAME} ) \s? [가이]? \s? (?: 아니[라고] | 말고 ) [\s,]{{1,2}}
    (?P<value> [a-z] | {LETTER_NAME} ) (?= 이?요 | 이?[에예]요 | 입니다 )
"""
_LEAST_LETTERS = 2
# A word with a sign in it is none: `lily.kang_official`.
_SIGNED = re.compile("[A-Za-z][_.][A-Za-z]")
_EMAIL = re.compile(r"(?<![\w.+-])(?P<local>[A-Za-z0-9][A-Za-z0-9._+-]{2,40})@(?=[A-Za-z0-9])")
_READ_BACK = r"(?=\s?(?:맞|골뱅이|앳|이시|이신|입니|이[에고요]|예요|까지))"
_FIGURES = re.compile(r"\d{2,8}")
_MAY_TELL = re.compile(rf"[A-Za-z쩜닷]|점 ?[컴콤넷씨시코]|{_SPELT_HINT.pattern}")
# `P190`, and the rest in the turns that follow.
_BEGUN = re.compile(r"[pP]\d{2,12}")
_LEAST, _MOST = 5, 20
_MOST_LINES = 6
_MOST_NAMES = 12


def may_tell(turns: Sequence[Normalized], said: Sequence[Normalized]) -> bool:
    """A quick look whether one of the turns `said` may hold what `find` finds."""
    if not any(_MAY_TELL.search(turn.text) for turn in said):
        return any("@" in turn.text for turn in turns) and any(
            _FIGURES.search(turn.text) for turn in said
        )
    return any(
        "@" in turn.text or "메일" in turn.text or _NAMED_SIGN.search(turn.text) for turn in turns
    )


def find(lines: Sequence[Line]) -> Iterator[Told]:
    """Lines that are a code, and the part of an e-mail address before its @."""
    kind, named = "", -1
    for line in lines:
        if kind and line.number - named <= _MOST_LINES and (place := _code_in(line, kind)):
            yield Told(line.number, *place, kind, 0.8, "code.asked")
        if not _NAMED_SIGN.search(line.text):
            continue
        for match in compiled(_NAMED).finditer(line.text, 0, 2 * _MOST * _MOST):
            kind, named = str(match.lastgroup), line.number
    yield from _names_of_mailboxes(lines)
    yield from _figures_of_mailboxes(lines)
    yield from _spelt(lines)


def _spelt(lines: Sequence[Line]) -> Iterator[Told]:
    """Letter by letter in the lines after a question for an e-mail address or a login."""
    kind, named = "", -1
    for line in lines:
        if kind and line.number - named <= _MOST_LINES and _SPELT_HINT.search(line.text):
            for match in compiled(_SPELT).finditer(line.text, 0, _LONGEST_BESIDE):
                if len(compiled(SPELT_LETTER).findall(match[0])) >= _LEAST_LETTERS:
                    yield Told(line.number, *match.span(), kind, 0.75, "code.spelt")
        if kind == "EMAIL" and line.number - named <= _MOST_LINES:
            for start, end in _parts_of_address(line.text):
                yield Told(line.number, start, end, kind, 0.75, "email.in_turns")
        for match in compiled(_SPELT_NAMED).finditer(line.text, 0, 2 * _MOST * _MOST):
            kind, named = str(match.lastgroup), line.number


def _parts_of_address(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what is told of an e-mail address: letters, a domain, a letter put right."""
    if len(text) > _LONGEST_BESIDE:
        return
    spelt = compiled(_SPELT_LINE).fullmatch(text)
    if spelt and (_SPELT_HINT.search(text) or _LETTER_BY_LETTER.search(text)):
        yield spelt.span("value")
    elif domain := compiled(_DOMAIN_LINE).fullmatch(text):
        yield domain.span("value")
    elif latin := compiled(_LATIN_LINE).fullmatch(text):
        yield latin.span("value" if latin["value"] else "local")
    else:
        yield from (right.span("value") for right in compiled(_LETTER_RIGHT).finditer(text))


def _code_in(line: Line, kind: str) -> tuple[int, int] | None:
    """Letters and figures that are all of a line, or a plain code in it."""
    match = compiled(_ANSWER).fullmatch(line.text)
    if match is None and kind == "LOGIN_ID":
        return None
    if match is None:
        match = compiled(_CODE_BESIDE).search(line.text, 0, _LONGEST_BESIDE)
        is_code = match and is_plain(match["value"]) and not _OF_GOODS.search(line.text)
        return match.span("value") if match and is_code else None
    code = re.sub("[ _.-]", "", match["value"])
    is_word = code.isalpha() and not (kind == "LOGIN_ID" and _SIGNED.search(match["value"]))
    if kind == "CUSTOMS":
        return match.span("value") if _BEGUN.fullmatch(code) else None
    if not _LEAST <= len(code) <= _MOST or is_word or code.isdigit():
        return None
    return match.span("value")


def _figures_of_mailboxes(lines: Sequence[Line]) -> Iterator[Told]:
    """`아니요 0872예요` where `sunmin0827@gmail.com` was told."""
    for told in lines:
        figures = [
            digits
            for match in _EMAIL.finditer(told.text)
            for digits in _FIGURES.findall(match["local"])
        ]
        for line in lines[told.number + 1 : told.number + 4] if figures else ():
            for piece in line.pieces if line.is_number else ():
                if any(sorted(piece.digits) == sorted(digits) for digits in figures):
                    yield Told(
                        line.number, piece.start, piece.end, "EMAIL", 0.75, "email.put_right"
                    )


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
