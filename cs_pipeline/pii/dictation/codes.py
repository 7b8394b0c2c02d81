"""Codes of letters and figures in the turns after their name, and e-mail names read back."""

import re
from collections.abc import Iterator, Sequence

from cs_pipeline.pii.dictation.lines import Line, Told
from cs_pipeline.pii.finders.credentials.words import SPELT_LETTER
from cs_pipeline.pii.finders.references.shapes import is_plain
from cs_pipeline.pii.finders.web.emails import PROVIDER_DOMAIN, SPELT_DOMAIN
from cs_pipeline.pii.named_values import ANY_DIGIT, LETTER_NAME, WORD_END
from cs_pipeline.pii.normalize import Normalized
from cs_pipeline.pii.rules import compiled, led

_NAMED = r"""
    (?P<ORDER> (?: 예약 | 주문 | 예매 | 접수 | 확인 | 바우처 | 티켓 | 항공권?       # 예약번호가 뭐예요
        | 탑승 | 숙소 | 구매 | 결제 ) \s? (?: 번호 | 코드 )                        # 탑승 코드요
      | (?<![a-z]) pnr (?![a-z]) )                                                  # PNR이요
    | (?P<MEMBER_NO> (?: 회원 | 고객 | 멤버[십쉽] | 증권 | 계약 | 환자 ) \s? (?: 번호 | 코드 ) | 사번 | 학번 )  # 회원번호요
    | (?P<TRACKING> 운?송장 (?: \s? 번호 )? | 등기 \s? 번호 )                         # 송장 번호요
    | (?P<PASSPORT> 여권 (?: 상 | \s? 번호 | 이랑 | 이요 | 은 | 을 ) )                 # 여권번호 부탁드려요
    | (?P<LOGIN_ID> 아이디 | 계정 | 닉네임 | 캐릭터 \s? (?: 명 | 이름 ) )
    | (?P<DEVICE_ID> (?: 시리얼 | 일련 | 기기 | 제조 ) \s? (?: 번호 | 넘버 )           # 시리얼 번호 읽어 주세요
        | (?<![가-힣a-z]) (?: 맥 | mac ) \s? (?: 주소 | 어드레스 | 번호 )                # 맥 주소요
        | (?: 기기 | 단말기? | 본체 ) \s? 바코드 )                               # 기기 바코드 번호 보이시나요
    | (?P<CUSTOMS> 통관 \s? (?: 고유 )? \s? (?: 부호 | 번호 ) | 부호 [를은는]? \s )    # 통관번호요
"""
_NAMED_SIGN = re.compile(
    "번호|부호|코드|넘버|사번|학번|여권|아이디|계정|송장|닉네임|캐릭터|맥|[pP][nN][rR]|[mM][aA][cC]"
)
# Letters by their names among figures: `엠 오일팔 그다음 알파벳 디요`, `네 피 일삼공공`, `공공 일에이 비사`.
_LETTER_TOLD = r"""(?:
    에[이2]취 | 에[이2]치 | 에[이2] | 더블[유류] | 에프 | 에스 | 와[이2] | 제트 | 제[이2] | 케[이2] | 브[이2] | 엑스
    | 쥐 | 지 | 큐 | 비 | 씨 | 디 | 엘 | 엠 | 엔 | 피 | 알 | 티 | (?<![a-z]) [a-z] (?![a-z])
)"""
_FIGURE_TOLD = rf"(?: {ANY_DIGIT} | 하나 | 둘 | 셋 | 넷 | 제로 | (?<! [0-9일이삼사오육칠팔구십백천만억공영] ) 원 | 투 | 쓰리 | 포 | 파이브 | 식스 | 세븐 | 에[이2잇]트 | 나인 )"
_SIGN_TOLD = rf"(?: (?: 영문자? | 영어 | 알파벳 | 대문자 ) \s? (?: 으?로 \s )? {_LETTER_TOLD} | {_LETTER_TOLD} | {_FIGURE_TOLD} | 유 | 오 )"
_CODE_TOLD = rf"""
    (?: (?: 네+ | 예 | 아+ | 어+ | 음+ | 그 | 저 | 저기 | 앞[은이에는]{{0,2}} | 그리고 | 그\s?다음에?[은는]? ) [\s,.~]{{1,3}} ){{0,3}}
    (?P<value> {_SIGN_TOLD} (?: [\s,.-]{{0,2}} (?: (?: 에 | 다시 | 대시 | 하이픈 | 그\s?다음에?[은는]? | 다음에?[은는]? | 그리고 | 하고 | 이고 ) [\s,.]{{1,2}} )? {_SIGN_TOLD} ){{1,20}} )
    (?: 이?요 | 입니다 | 이?[에예]요 | 이?고요? | 하고요? | 까지요? | \s? 맞[가-힣]{{1,4}} | \s? 하고요? | \s? 확인[가-힣]{{1,6}} )? \W{{0,3}} (?: 네[\s,]{{1,2}} (?: 거기까지요 | 맞아요 ) \W{{0,2}} )?
"""
# Read as letters alone these are words: `알 피`, but `아이`, `오이`
_D = "0-9공영빵일이삼사오육륙칠팔구"
_NO_WORD = "(?<! [가-힣a-z]. )"
_LETTERS_FIRST = led(
    {
        "피지비디씨티알엠엔엘큐쥐": rf"""
            {_NO_WORD} [ ,]? (?: [{_D}] | [엠엔엘큐씨티알피디] | 에이 | 케이 | 제이 )
          | (?: (?<= [{_D}]. ) | (?<= [{_D}][ ]. ) ) [ ]? [{_D}에비씨디]
        """,
        "케제브와에": rf"[이2][치취]? [ ,]? [{_D}]",
        "에엑": rf"[스프] [ ,]? [{_D}]",
        "더": "블유",
        "영": "문",
        "알": "파벳",
    }
)
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
    (?P<EMAIL> 메일 | 골뱅이 | 도메인 | @ )                                          # 메일 주소요
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
_BEFORE = r"(?: (?: (?: 이?메일 | 앞 ) (?: 주소 )? (?: 이?요 | [은는]요? )? | 그\s?다음에?[은는]? | 아뇨 | 아니[요고]? | 네+ | 예 | 아 | 어+ | 음+ | 그 | 저 | 저기 ) [\s,.~]{1,3} ){0,2}"
_AFTER = r"(?: \s? 까지가 \s [가-힣]{1,6} | 이?요 | 입니다 | 이?[에예]요 | 이고요? | 까지 (?: \s? 하고요? | 요 )? | 하고요? | \s? 골뱅이 | \s? 이렇게요? | \s? 맞아요 )? \W{0,3}"
_SPELT_LINE = rf"""
    {_BEFORE} (?P<value> (?: {LETTER_NAME} | {ANY_DIGIT} | {_SPELT_SIGN} (?=[ ]) )
      (?: [ ,.]{{0,3}} (?: {_SPELT_SIGN} | {LETTER_NAME} | {ANY_DIGIT} | 하나 | 둘 | 셋 | 넷
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
    {_BEFORE} (?P<value> (?: 골뱅이 \s? )? {PROVIDER_DOMAIN} | {SPELT_DOMAIN} ) {_AFTER}  # 한메일 쩜 넷이요
"""
# `비즈 점 새록 골뱅이`
_HANGUL_LINE = rf"""
    {_BEFORE} (?P<value> [가-힣a-z0-9]{{1,10}} (?: [ ] {_SPELT_SIGN} [ ] [가-힣a-z0-9]{{1,10}} ){{1,3}} \s? 골뱅이 ) \W{{0,3}}
"""
# `앞에 공삼 아니고 공사예요`, where the wrong one was told
_FIGURES_RIGHT = rf"""
    (?<![가-힣\d]) (?P<wrong> (?: {ANY_DIGIT} | 하나 | 둘 | 셋 | 넷 ){{2,6}} ) \s? [이가]? \s? (?: 아니[라고요] | 말고 ) [\s,]{{1,2}}
    (?P<right> (?: {ANY_DIGIT} | 하나 | 둘 | 셋 | 넷 ){{2,6}}? ) (?= 이?요 | 이?[에예]요 | 입니다 | 이고 | [\s.]*\Z )
"""
# `D가 아니라 T요`
_LETTER_RIGHT = rf"""
    (?<![a-z가-힣]) (?: [a-z] | {LETTER_NAME} ) \s? [가이]? \s? (?: 아니[라고] | 말고 ) [\s,]{{1,2}}
    (?P<value> [a-z] | {LETTER_NAME} ) (?= 이?요 | 이?[에예]요 | 입니다 )
"""
_HANGUL_HANDLE = r"""
    (?: (?: 네+ | 예 | 아 | 앗 | 어 | 음 | 그 | 저 | 제 | 아이디는? ) [\s,.~]{1,3} ){0,2}
    (?: (?P<wrong> [가-힣a-z0-9_]{3,16} ) \s? (?: 이 | 가 )? \s? (?: 아니[고라요] | 말고 ) [\s,]{1,2} )?
    (?P<value> (?: [a-z]{0,4} [가-힣]{2,8} [_.-]? \d{1,6} | [a-z][a-z0-9._-]{2,20} \d ) (?! [\d@] ) )
    (?! [ ]?[개명원번월일시분호층동년회] ) (?= 이?요 | 이?[에예]요 | 입니다 | 이고 | 인데 | [\s,.] | \Z )
"""
_COUNTED = frozenset({"하나", "둘", "셋", "넷"})
_LEAST_LETTERS = 2
# A word with a sign in it is none: `lily.kang_official`.
_SIGNED = re.compile("[A-Za-z][_.][A-Za-z]")
# What the turns name that `find` looks for.
_NAMES = led(
    {
        "@맥": "",
        **{
            "번": "호",
            "부": "호",
            "코": "드",
            "넘": "버",
            "사": "번",
            "학": "번",
            "여": "권",
            "송": "장",
        },
        **{
            "닉": "네임",
            "캐": "릭터",
            "아": "이디",
            "계": "정",
            "메": "일",
            "골": "뱅이",
            "도": "메인",
            "p": "nr",
            "m": "ac",
        },
    }
)
_EMAIL = re.compile(r"(?<![\w.+-])(?P<local>[A-Za-z0-9][A-Za-z0-9._+-]{2,40})@(?=[A-Za-z0-9])")
# `nabi_77 아니고 nabi-77이에요`
_NAME_RIGHT = r"\s? [이가]? \s? (?: 아니[라고요] | 말고 ) [\s,]{1,2} (?P<value> [a-z0-9][a-z0-9._+-]{2,30} (?<![.+-]) )"
_READ_BACK = r"(?=\s?(?:맞|골뱅이|앳|이시|이신|입니|이[에고요]|예요|까지))"
_FIGURES = re.compile(r"\d{2,8}")
_DENIES = re.compile("아니|말고")
_MAY_TELL = rf"""
    [a-z쩜닷] | 골뱅이 | 점[ ]?[컴콤넷씨시코] | {_SPELT_HINT.pattern} | {_LETTERS_FIRST} | [가-힣] \d{{1,6}} (?!\d)
  | [공영일이삼사오육칠팔구둘셋넷] [ ]? [이가]? [ ]? (?: 아니[고라] | 말고 )
"""
# `P190`, and the rest in the turns that follow.
_BEGUN = re.compile(r"[pP]\d{2,12}")
_LEAST, _MOST = 5, 20
_MOST_LINES = 6
_MOST_NAMES = 12


def may_tell(turns: Sequence[Normalized], said: Sequence[Normalized]) -> bool:
    """A quick look whether one of the turns `said` may hold what `find` finds."""
    if not any(compiled(_NAMES).search(turn.text) for turn in turns):
        return False
    if any(compiled(_MAY_TELL).search(turn.text) for turn in said):
        return True
    return any("@" in turn.text for turn in turns) and any(
        _FIGURES.search(turn.text) for turn in said
    )


def find(lines: Sequence[Line]) -> Iterator[Told]:
    """Lines that are a code, and the part of an e-mail address before its @."""
    kind, named = "", -1
    for line in lines:
        if kind and line.number - named <= _MOST_LINES and (place := _code_in(line, kind)):
            yield Told(line.number, *place, kind, 0.8, "code.asked")
        elif kind == "LOGIN_ID" and line.number - named <= _MOST_LINES:
            for start, end in _handles_in_hangul(line.text):
                yield Told(line.number, start, end, kind, 0.75, "code.asked")
        if not _NAMED_SIGN.search(line.text):
            continue
        for match in compiled(_NAMED).finditer(line.text, 0, 2 * _MOST * _MOST):
            kind, named = str(match.lastgroup), line.number
    yield from _names_of_mailboxes(lines)
    yield from _figures_of_mailboxes(lines)
    spelt = [*_spelt(lines)]
    yield from spelt
    yield from _figures_put_right(lines, [one for one in spelt if one.entity_type == "EMAIL"])


def _spelt(lines: Sequence[Line]) -> Iterator[Told]:
    """Letter by letter in the lines after a question for an e-mail address or a login."""
    kind, named = "", -1
    for line in lines:
        if "메일" in line.text and _SPELT_HINT.search(line.text):
            kind, named = "EMAIL", line.number
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
    elif domain := compiled(_DOMAIN_LINE).fullmatch(text) or compiled(_HANGUL_LINE).fullmatch(text):
        yield domain.span("value")
    elif latin := compiled(_LATIN_LINE).fullmatch(text):
        yield latin.span("value" if latin["value"] else "local")
    else:
        yield from (right.span("value") for right in compiled(_LETTER_RIGHT).finditer(text))


def _code_in(line: Line, kind: str) -> tuple[int, int] | None:
    """Letters and figures that are all of a line, or a plain code in it."""
    if kind != "LOGIN_ID" and (told := _told_in_words(line.text)):
        return told
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


def _told_in_words(text: str) -> tuple[int, int] | None:
    """Letters by their names and figures that are all of a line: `네 피 일삼공공`, `씨 엔`."""
    if len(text) > _LONGEST_BESIDE or not compiled(_LETTERS_FIRST).search(text):
        return None
    told = compiled(_CODE_TOLD).fullmatch(text)
    if told is None:
        return None
    letters = len(compiled(_LETTER_TOLD).findall(told["value"]))
    figures = compiled(_FIGURE_TOLD).findall(told["value"])
    are_counts = bool(figures) and all(figure in _COUNTED for figure in figures)  # 엘 하나 엠 둘
    if not letters or are_counts or (letters == 1 and len(figures) < 2):
        return None
    return told.span("value")


def _handles_in_hangul(text: str) -> Iterator[tuple[int, int]]:
    """`달빛토끼88이요`, `검은늑대77 아니고 …`: the first word that has letters and figures."""
    handle = compiled(_HANGUL_HANDLE).match(text) if len(text) <= _LONGEST_BESIDE else None
    for group in ("wrong", "value") if handle else ():
        if handle and handle[group]:
            yield handle.span(group)


def _figures_put_right(lines: Sequence[Line], told: Sequence[Told]) -> Iterator[Told]:
    """`아까 둘둘 아니고 둘셋이요`: the figures of a mailbox that was told in words."""
    if not told:
        return
    said = [(one.line, lines[one.line].digits_in(one.start, one.end)) for one in told]
    for line in lines:
        denies = _DENIES.search(line.text) if len(line.text) <= _LONGEST_BESIDE else None
        for match in compiled(_FIGURES_RIGHT).finditer(line.text) if denies else ():
            wrong = line.digits_in(*match.span("wrong"))
            if any(at < line.number and wrong in digits for at, digits in said):
                for group in ("wrong", "right"):
                    yield Told(line.number, *match.span(group), "EMAIL", 0.75, "email.put_right")


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
                if right := compiled(_NAME_RIGHT).match(line.text, match.end()):
                    yield Told(line.number, *right.span("value"), "EMAIL", 0.8, "email.put_right")
