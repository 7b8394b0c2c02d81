"""Names of any shape beside titles, relations, reports, attributes, counts and corrections.

`빙지율 점장님`, `감우민 시동생인데요`, `허준이라던데요`, `편승엽(남, 42세)`, `국다은 외 2명`, `옥주희 말고 어윤태로`.
What is a name here has the make of one (`is_person`), as other words stand at these places too.
"""

import re
from collections.abc import Iterator
from functools import partial

from cs_pipeline.pii.finders.names import certain, cues
from cs_pipeline.pii.finders.names.certain import ENDS, IS
from cs_pipeline.pii.finders.names.conceivable import (
    LONGEST_FOREIGN,
    is_conceivable,
    is_word_name,
)
from cs_pipeline.pii.finders.names.persons import is_person, is_thing_and_given, may_be_given
from cs_pipeline.pii.finders.names.plausible import CENSUS_SURNAMES, SURE_SURNAMES, is_everyday
from cs_pipeline.pii.finders.names.registered import Beside, Further
from cs_pipeline.pii.finders.names.shape import is_given, is_given_only
from cs_pipeline.pii.rules import Found, compiled

_START = "(?<![가-힣a-z@*_])"
_VALUE = rf"{_START} (?P<value> [가-힣]{{2,{LONGEST_FOREIGN}}}? )"
_SURNAME = f"[{''.join(sorted(SURE_SURNAMES))}]"
_OTHER = rf"(?P<other> [가-힣]{{2,{LONGEST_FOREIGN}}}? )"
_POLITE = r"(?: \s? (?: 씨 | 님 | 고객님 | 학생 ) )?"

_PERSON = rf"(?: {cues.TITLE} | {cues.RELATIVE} )"
_AFTER_PERSON = rf"""(?:
    님 | 분 (?![가-힣]{{2}})
    | (?= {IS} | 이?[라래] | \s? 되는 | 됩니 | 한테 | 에게 | 께 | [이가은는을를도의과와] (?![가-힣]) )
)"""
# `빙지율점장님`
_TITLED = rf"{_VALUE} {_PERSON} (?: 님 | (?<=님) )"
_BEFORE = re.compile(rf"(?<![가-힣a-z@*_])(?P<value>[가-힣]{{2,{LONGEST_FOREIGN}}}) $")
# `점장님 빙지율입니다`
_LED = r"""
    ['"’”]? (?: 입니다 | 이?[에예]요 | 인데 | 이?라[고는] | 이?래요 | \s? 명의 | \s 이름으로 | \s 앞으로
      | 으?로 \s (?:되|돼|나와|등록) )
"""
_REPORTED = rf"""
    {_VALUE} 이? (?: 라던데 | 라 \s? 카[던더드] | 라[데대]요 | 라더[라군] | 라네요 | 래요 | 라던 | 라[고구] \s? 하[시던더]
      | 란 \s (?: 분 | 사람 ) | 라는 \s? (?: 분 | 사람 ) )
"""
_DESCRIBED = rf"""
    {_VALUE} \s? (?: [(/,] \s? (?: [남여] (?:자|성)? | 모 | 부 | 조[모부] | 본인 | 배우자 | 자녀 | 대리인 | 보호자 ) \s? [,/)\s]
      | [(] \s? (?: 만 \s? )? \d{{1,2}} \s? 세 )
"""
_COUNTED = rf"""
    {_VALUE} {_POLITE} (?: \s 외 \s? (?: \d{{1,2}} | [한두세네] | 다섯 ) \s? [명인분]
      | \s? 포함 (?:해서 | 하여 | 해 )? \s? (?: 총 \s? )? (?: \d{{1,2}} | [두세네] | 다섯 | 여섯 ) \s? (?: 명 | 분 | 사람 ) )
"""
_KEPT = rf"""
    {_VALUE} {_POLITE} \s? (?: 앞으로 (?= \s (?: 온 | 왔 | 오는 | 보낸 | 보내 | 발송 | 배송 | 도착 | 등기 | 되어 | 돼 | 된 | 들어 | 가입 | 계약 | 나[온와오] | 청구 | 해 | 바[꿔꾸] ) | 요 (?![가-힣]) | 이?[에예]요 | \s? (?: [.,!?\n] | \Z ) )
      | 본인 (?= 입니다 | 이에요 | 인데 | \s? 맞 | 이고 | 이요 | 이?거든 ) )
"""
_DONE = r"\s? (?: 해 \s? [주보] | 부탁 | 했 | 하[였신면려] | 한 | 되 | 돼 | 된 )"
_REGISTERED = rf"""
    {_VALUE} {_POLITE} 으?로 \s (?: 조회 | 검색 | 예약 | 예매 | 입금 | 송금 | 이체 | 가입 | 등록 | 접수 | 계약 | 개통 | 저장 ) {_DONE}
"""
_ORDERED = rf"{_VALUE} {_POLITE} 으?로 \s (?: 주문 | 신청 ) {_DONE}"
_CORRECTED = rf"""
    {_VALUE} {_POLITE} (?: (?: 이?가 | 이 | 으로 | 로 )? \s? (?: 아니고요? | 아니라 | 아니에요 | 말고요? ) | [.…]{{1,3}} \s? 아니 ) [\s,.]{{1,3}}
    (?: (?: 저는 | 그냥 | 이름은 ) \s )? {_OTHER}
    (?= {IS} | 으?로 \s? (?: 하 | 해 | 바[꿔꾸] | 변경 | 부탁 | 수정 | 고[쳐치] ) | \s? (?: 씨 | 님 ) | {ENDS} )
"""
_CHANGED = rf"""
    {_VALUE} 에서 \s {_OTHER} 으?로 \s? (?: 바[꿔꾸뀌] | 변경 | 개명 | 이름 | 고[쳐치] | 수정 | 정정 )
"""
_JOINED = rf"""
    {_VALUE} {_POLITE} (?: 이랑 | 랑 | 하고 | [과와] ) \s {_OTHER}
    (?= {_POLITE} \s? (?: 이렇게 \s )? (?: 둘 | 두 \s? (?:명|분|사람) | 2 \s? [명인] ) | {_POLITE} (?: 입니다 | 이?[에예]요 | 이?고요 | 이?요 (?![가-힣]) ) )
"""

_LONGEST_BEFORE = LONGEST_FOREIGN + 2
_GAP = re.compile("(?:님|분)?(?: 이름)? ")
_SINGLE = frozenset("봄별솔빛샘결슬솜율담윤준원훈")
"""Given names of one syllable that children are called by."""
_MISTER = rf"""
    {_START} (?P<value> {_SURNAME} ) \s? 씨 (?: (?= 가 | 는 | 한테 | 에게 | 라[고는니] | 네\s | 랑 | 요 | 였 | 입니 | 이고 | 고요 | 께 | 도\s | 를 | 하고 | 말고 | 아저씨 | \s아저씨 ) )
"""
_CHILD = rf"""
    {_START} (?: {cues.RELATIVE} ) \s (?P<value> [가-힣]{{1,2}} ) (?= 이 (?: 가 | 를 | 한테 | 꺼 ) (?![가-힣]) )
  | {_START} (?P<mum> [가-힣]{{1,3}}? ) 이? 맘 (?= 입니 | 이에 | 이예 | 인데 | 이고 )
"""
_SYLLABLES = rf"""
    (?<![가-힣]) (?P<value> (?: [{CENSUS_SURNAMES}] \s )? (?P<a> [가-힣] ) \s? 자 [,\s]{{0,2}} (?P<b> [가-힣] ) \s? 자 (?: [,\s]{{0,2}} (?P<c> [가-힣] ) \s? 자 )? )
    (?= \s? (?: 쓰 | 써 | 되 | 돼 | 아버 | 어머 | 님 ) | 를\s | 이?[에예]요 | 입니다 | 이?요 (?![가-힣]) | 이?십니 | 이?세요 | [\s,.!?] | \Z )
"""
_GREETED = rf"""
    (?: \A | (?<=\n) ) [^\n]{{0,4}}?
    (?: 안녕하세요 | 안녕하십니까 | 여보세요 | 수고하십니다 | 수고하세요 | 네 | 예 | 저는 | 저 | 제가 | 전 | 나 ) [\s,.!~]{{1,3}}
    (?: 저는 \s | 저 \s )? (?P<value> [가-힣]{{2,{LONGEST_FOREIGN}}}? )
    (?= 입니다 | 이에요 | 예요 | 인데요? | 이?라고 \s? [하합해] | 이?야 (?![가-힣]) | 이여 (?![가-힣]) )
"""


# `어제 통화한 국지연인데요`
_HAD_CALLED = rf"""
    (?: 통화 | 전화 | 문의 | 연락 | 상담 | 예약 | 접수 | 주문 ) \s? (?: 한 | 했던 | 드린 | 드렸던 | 받은 | 주셨던 ) \s
    (?P<value> [가-힣]{{3,{LONGEST_FOREIGN}}}? ) (?= 입니다 | 이에요 | 예요 | 인데요? | 이?라고 \s? [하합해] )
"""
# `국지연: 안녕하세요`, `국지연 오후 3:21 네`, `[국지연] [오후 3:20]`
_SENDER = r"""
    (?: \A | (?<= \n ) | (?<= \d:\d\d,\s ) ) \s? (?P<value> [가-힣]{3,5} ) (?: 님 )?
    (?: \s? [:>] \s (?= [가-힣] ) | \s (?= 오[전후] \s \d{1,2}:\d\d ) )
"""
_IN_CHAT = r"(?<= \[ ) (?P<value> [가-힣]{3,5} ) (?= \] \s? \[ (?: 오[전후] | \d ) )"
# `국지연이 보낸 택배`, `국지연 대신 제가`
_ACTED = rf"""
    {_START} (?P<value> [가-힣]{{3,4}} ) (?: 이?[이가] \s (?: 대신 | 보낸 | 시킨 | 주문한 | 결제한 | 신청한 | 예약한 | 맡긴 ) (?![가-힣])
      | \s 대신 (?= \s (?: 제가 | 저 | 내가 | 받 | 갈 | 왔 | 수령 | 신청 | 전화 ) ) )
"""


def find_titled(text: str) -> Iterator[Found]:
    """Names before or behind a title or a relation, in normalised text."""
    for word in cues.TITLE_STARTS.words_in(text):
        person = compiled(_PERSON).match(text, word.start())
        if not person:
            continue
        name = _BEFORE.search(text, max(0, word.start() - _LONGEST_BEFORE), word.start())
        if name and compiled(_AFTER_PERSON).match(text, person.end()):
            bare = name["value"].removesuffix("이")
            bare = bare if is_given_only(bare) else name["value"]  # 민준이 친구
            if is_person(bare):
                yield Found(
                    name.start(), name.start() + len(bare), "NAME", 0.7, "name.beside_title"
                )
        lead = _GAP.match(text, person.end())
        end = certain.read(text, lead.end(), _LED, is_person) if lead else None
        if lead and end:
            yield Found(lead.end(), end, "NAME", 0.7, "name.beside_title")


def _find_mister(text: str) -> Iterator[Found]:
    """Surnames before 씨."""
    for match in compiled(_MISTER).finditer(text):
        yield Found(*match.span("value"), "NAME", 0.6, "name.title")


def _find_syllables(text: str) -> Iterator[Found]:
    """Names told by their syllables: `명 자 환 자 쓰십니다`."""
    for match in compiled(_SYLLABLES).finditer(text):
        whole = match["a"] + match["b"] + (match["c"] or "")
        if is_everyday(f"{match['a']}자") and "쓰" not in text[match.end() : match.end() + 2]:
            continue  # 여자 환자
        if is_given(whole) or (is_person(whole) if match["c"] else may_be_given(whole)):
            yield Found(*match.span("value"), "NAME", 0.75, "name.spelt")


def _find_children(text: str) -> Iterator[Found]:
    """`막내 별이가`, `봄이맘이에요`."""
    for match in compiled(_CHILD).finditer(text):
        group = "value" if match["value"] else "mum"
        name = match[group]
        bare = name[:-1] if name[1:].endswith("이") else name
        if is_word_name(bare) or is_given_only(bare) or bare in _SINGLE:
            yield Found(
                match.start(group), match.start(group) + len(bare), "NAME", 0.65, "name.given"
            )


def _is_full(name: str) -> bool:
    """No given name that may be a thing (`보라`로 바꿔 주세요)."""
    return is_person(name) and not is_thing_and_given(name)


def _find_two(sign: str, pattern: str, text: str) -> Iterator[Found]:
    """Two names that a correction, a change or a list puts beside each other."""
    for match in compiled(pattern).finditer(text) if compiled(sign).search(text) else ():
        names = match["value"], match["other"]
        changed = text.startswith(("로", "으로"), match.end("other"))
        if all(map(_is_full if changed else is_person, names)):
            yield Found(*match.span("value"), "NAME", 0.7, "name.pair")
            yield Found(*match.span("other"), "NAME", 0.7, "name.pair")


_OF_CHANGE = r"로 \s? (?: 바 | 변경 | 개명 | 이름 | 고 | 수정 | 정정 )"
FURTHER = (
    Further(("아니", "말고"), partial(_find_two, "", _CORRECTED)),
    Further(("에서 ",), partial(_find_two, _OF_CHANGE, _CHANGED)),
    Further(("랑 ", "하고 ", "과 ", "와 "), partial(_find_two, "[둘두2] | 입니다 | 요", _JOINED)),
    Further(("씨",), _find_mister),
    Further(("자 ", "자쓰"), _find_syllables),
    Further(("이가", "이를", "이한테", "이꺼", "맘"), _find_children),
)
RULES = (
    Beside((": ", "> ", " 오전 ", " 오후 "), _SENDER, _is_full),
    Beside(("] [", "]["), _IN_CHAT, is_conceivable),
    Beside(("님",), _TITLED, is_person),
    Beside(
        ("라던", "라 카", "라카", "라데", "라대", "라더", "라네", "래요", "라고", "란 ", "라는"),
        _REPORTED,
        is_person,
    ),
    Beside(("(", "/남", "/여", "/ 남", "/ 여"), _DESCRIBED, is_person),
    Beside(("입니다", "예요", "에요", "인데", "라고"), _GREETED, is_person),
    Beside((" 외 ", "포함"), _COUNTED, is_person),
    Beside(
        (
            "화한 ",
            "의한 ",
            "락한 ",
            "담한 ",
            "약한 ",
            "수한 ",
            "문한 ",
            "했던 ",
            "드린 ",
            "렸던 ",
            "받은 ",
        ),
        _HAD_CALLED,
        is_person,
    ),
    Beside(("보낸 ", "시킨 ", "결제한 ", "신청한 ", "맡긴 ", " 대신 "), _ACTED, is_person),
    Beside(("앞으로", "본인"), _KEPT, is_person),
    Beside(
        (
            "로 조",
            "로 검",
            "로 예",
            "로 입",
            "로 송",
            "로 이체",
            "로 가",
            "로 등",
            "로 접",
            "로 계",
            "로 개",
            "로 저",
        ),
        _REGISTERED,
        is_person,
    ),
    Beside(("로 주문", "로 신청"), _ORDERED, _is_full),
)
