"""Names before words, or beside numbers, that hardly anything but a name goes with.

`진달래 고객님이시고`, `노을 명의로`, `경아름이고 010-…`, `수협 101-… / 어진우 /`, `복희영은 제 동생`,
`소피아 김 이름으로`. Names that are words as well come from a list here, as others may stand there too.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from cs_pipeline.pii.finders.names import beside, cues, lists, passing, registered
from cs_pipeline.pii.finders.names.behind import Behind
from cs_pipeline.pii.finders.names.certain import ENDS, IS
from cs_pipeline.pii.finders.names.conceivable import (
    LONGEST_FOREIGN,
    is_answer,
    is_called,
    is_conceivable,
    is_foreign_given,
    is_known,
    is_listed_foreign,
)
from cs_pipeline.pii.finders.names.foreign import NAMES as FOREIGN
from cs_pipeline.pii.finders.names.persons import is_person
from cs_pipeline.pii.finders.names.plausible import (
    CENSUS_SURNAMES,
    is_everyday,
    is_plausible,
    is_refused,
    looks_like_name,
)
from cs_pipeline.pii.finders.names.registered import Beside, Further
from cs_pipeline.pii.finders.names.shape import (
    LONG_SURNAMES,
    SURNAMES,
    begins_with_noun,
    is_given,
    is_name_like,
    is_word,
)
from cs_pipeline.pii.rules import Found, any_of, compiled

_START = "(?<![가-힣a-z@*_])"
_WORD = rf"{_START} (?P<value> [가-힣]{{2,{LONGEST_FOREIGN}}}? )"
_FULL = (
    rf"{_START} (?P<value> (?: {'|'.join(LONG_SURNAMES)} | [{CENSUS_SURNAMES}] ) [가-힣]{{1,3}}? )"
)
_NUMBER = r"(?: (?: 번호 | 연락처 | 전화번호 | 핸드폰 ) [는은]? \s )? 01[016-9] [-.\s]? \d{3,4}"

_CUSTOMER = r"""
    \s? (?: 고객 | 회원 ) 님?
    (?= 이시 | 이신 | 이세 | 이십 | 께서                                    # 호민아 고객님이시죠
      | \s (?: 맞 | 본인 | 되시 | 안녕 | 확인 | 명의 | 성함 ) | \s?[,!?] )  # 호민아 고객님 맞으세요
"""
_OWNER = rf"""
    {_WORD} (?:
        \s? 명의 (?! 변경 | 이전 | 자 )                                     # 호민아 명의
      | \s 앞으로 \s (?: 온 | 왔 | 보낸 )                                   # 호민아 앞으로 온
      | (?: 이?라는 )? \s? (?: 이름 | 성함 ) 으?로                          # 호민아라는 이름으로
      | 님께서 | \s? 씨 (?= 댁 | \s )                                       # 호민아 씨 댁
    )
"""
_NUMBERED = rf"""
    {_FULL} (?: 이?고요? | 이?구요? | 이?요 )? [\s,/]{{1,3}} (?= {_NUMBER} )  # 호민아고요 010-1234
    (?! [^\n]{{0,24}} (?: 형식 | 형태 | 양식 | 예시 ) )
"""
_BANK = "[가-힣]{2,4} (?: 은행 | 뱅크 | 금고 ) | 농협 | 수협 | 신협 | 신한 | 국민 | 우리 | 하나 | 기업 | 카뱅 | 토스 | 우체국"
_PAYEE = rf"""
    (?: \d{{2,6}} (?: [-\s] \d{{2,8}} ){{1,3}} | \d{{10,14}} )              # 110-123-456789 호민아
    \s{{0,2}} [,/|]? (?: \s{{0,2}} (?: {_BANK} | (?: 으?로 \s )? [\d,.천백십만]{{1,10}} 원 ) )? \s{{0,2}} {_FULL} (?= \s{{0,2}} (?: [,/|.\n(] | \Z | 이?요 | 입니다 | 이?[에예]요 | 이?고 | 으?로 ) )
"""
_RELATED = rf"""
    {_FULL} (?: [은는이가] | 씨는 ) \s (?: 제 | 저희 | 우리 ) \s? {cues.RELATIVE}
    (?= 이[고에예라] | 예요 | 인데 | 입니 | 고요? | 이?요 | 이?구요 | \s?[,.\n] | \Z )
"""
_WRITTEN = rf"""
    {_FULL} 이? 라[고는] \s?
    (?: 쓰[여인] | 써 | 적[혀힌] | 되어 | 돼 | 나[와오] | 뜨 | 떠 | 기재 | 등록 | 표기 | 저장 | 찍[혀힌] )
"""
_TITLED = rf"{_FULL} \s? {cues.TITLE} 님"
_POLITE = r"님 (?= [\s,.!?~] | \Z | 께 | [이은의을도과만] (?![가-힣]) )"
_PAID = r"으?로 \s (?: 입금 | 송금 | 이체 )"
_FAMILY = (*cues.FAMILY, "보호자")
_RELATIVE = rf"""
    \s? (?: {"|".join(_FAMILY)} ) (?= 인데 | 입니다 | 이에요 | 예요 | 이고 | 되는 | 됩니다 )
"""
_WRONG = r"""
    (?<![가-힣]) (?P<value> [가-힣]{2,4} ) 님이? \s? (?: 아니라 | 아니고요? | 말고 ) [\s,]{1,2} (?P<other> [가-힣]{2,4} ) (?= 님 )
"""
_IN_TWO_FIELDS = r"""
    (?<![가-힣]) 이름 [은이]? \s?:? \s? (?P<value> [가-힣]{1,6} ) (?: 이고 | , )? \s{1,2} 성 [은이]? \s?:? \s?
    [가-힣]{1,2} (?: 이?[에예]?요 | 씨 | 입니다 )? (?![가-힣])
"""
_OF_TWO_WORDS = rf"{_START} (?P<value> [가-힣]{{2,{LONGEST_FOREIGN}}} \s [가-힣]{{2,{LONGEST_FOREIGN}}} ) \s? (?: 이름 | 성함 | 명의 ) 으?로"
_FOREIGN_SELF = rf"""
    (?: \A | \n ) \s? (?: (?: 안녕하세요 | 여보세요 | 저는 | 네 | 저 ) [\s,.!~]{{1,3}} ){{0,2}}
    (?P<value> [가-힣]{{3,{LONGEST_FOREIGN}}}? ) (?= 입니다 | 이에요 | 예요 | 인데요 )
"""
_LAST = f"(?: 초이 | [{SURNAMES}팍킴리추초] )"
_SURNAME_LAST = rf"""
    {_START} (?P<value> (?P<given> [가-힣]{{2,{LONGEST_FOREIGN}}} ) \s {_LAST} )
    (?= (?P<named> (?<! 성 (?=님) ) \s? (?: 고객 | 회원 | 님 | 씨 | 명의 | (?: 이?라는 )? \s? 이름 | 성함 | 앞으로 | (?: 선생 | 강사 | 코치 | 원장 | 교수 ) 님? ) )
      | (?<! 최 (?=고\s) ) {IS} | {ENDS} | {cues.OWNED} )
"""
_SURNAME_ALONE = rf"""
    \s {_LAST}
    (?= 이?[에예]요 | 입니 | 이[고구라요] | 인데 | 고요 | 요(?![가-힣]) | 님 | 씨 | 으?로\s | \s? [,.!?/)] | \n | \Z
      | \s? (?: 이름 | 명의 | 고객 | 회원 | 성함 | 앞으로 | 님 | 씨 | 선생 | 강사 | 코치 | 원장 | 교수 ) )
"""
_SUFFIXES = frozenset(lists.SYLLABLES["word_suffixes"])
_BANKS = (
    "은행",
    "뱅크",
    "농협",
    "수협",
    "신협",
    "금고",
    "신한",
    "국민",
    "우리",
    "하나",
    "기업",
    "토스",
    "카뱅",
    "계좌",
    "우체국",
)


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    if said := frozenset(_WORDS.findall(text)):
        beside_words, behind_words, further = _rules_for(said)
        for rule in beside_words:
            for match in compiled(rule.pattern).finditer(text):
                if rule.accepts(match["value"]):
                    yield Found(*match.span("value"), "NAME", 0.7, "name.placed")
        for behind in behind_words:
            for start, end in behind.find(text):
                yield Found(start, end, "NAME", 0.7, "name.placed")
        for more in further:
            yield from more.find(text)
    yield from _with_surname_last(text)


@lru_cache(maxsize=4096)
def _rules_for(
    said: frozenset[str],
) -> tuple[tuple[Beside, ...], tuple[Behind, ...], tuple[Further, ...]]:
    """What has work to do in a text with the words `said`."""
    rules = [rule for rule in _RULES if not said.isdisjoint(rule.words)]
    return (
        tuple(rule for rule in rules if isinstance(rule, Beside)),
        tuple(rule for rule in rules if isinstance(rule, Behind)),
        tuple(rule for rule in _FURTHER if not said.isdisjoint(rule.words)),
    )


def _with_surname_last(text: str) -> Iterator[Found]:
    """`소피아 김`."""
    for match in (
        compiled(_SURNAME_LAST).finditer(text) if compiled(_SURNAME_ALONE).search(text) else ()
    ):
        given, surname = match["given"], match["value"].rpartition(" ")[2]
        if given in FOREIGN or (match["named"] and is_foreign_given(given, surname)):
            yield Found(*match.span("value"), "NAME", 0.75, "name.foreign")


def _set_right(text: str) -> Iterator[Found]:
    """`나라님이 아니라 나리님이요`."""
    for match in compiled(_WRONG).finditer(text):
        if is_conceivable(match["value"]) and is_conceivable(match["other"]):
            yield Found(*match.span("value"), "NAME", 0.7, "name.pair")
            yield Found(*match.span("other"), "NAME", 0.7, "name.pair")


def _is_customer(name: str) -> bool:
    return is_called(name) or is_listed_foreign(name)


def _is_surely_called(name: str) -> bool:
    """A name that is no word, and stands before 고객님 whatever follows that."""
    return is_known(name) or (
        len(name) == 3 and name[2] not in "신실" and is_name_like(name) and is_called(name)
    )


def _is_owner(name: str) -> bool:
    return _is_customer(name) or (len(name) > 3 and is_plausible(name))


def _is_self(name: str) -> bool:
    if is_listed_foreign(name) or (len(name) == 3 and is_known(name) and not is_everyday(name)):
        return True
    is_full = len(name) in (3, 4) and is_person(name)
    return is_full and (is_given(name[1:]) or name[-1] not in _SUFFIXES)


def _is_nicknamed(name: str) -> bool:
    return is_known(name) or (name[2:] == "이" and is_called(name))


def _is_titled(name: str) -> bool:
    return len(name) == 3 and is_plausible(name) and looks_like_name(name)


def _is_told(name: str) -> bool:
    """A surname of the census, and nothing that begins like a word."""
    if is_known(name):
        return True
    if is_everyday(name) or is_refused(name):
        return False
    if len(name) == 3 and begins_with_noun(name):
        return is_given(name[1:])
    return is_plausible(name)


def _is_told_and_likely(name: str) -> bool:
    """And the syllables of a name behind it; no word at all (`고사리 010-…`)."""
    if is_everyday(name) or is_word(name):
        return False
    if name[2:] == "이":  # 문별이 010-1234, but no 남편이 010-1234
        return is_plausible(name[:2])
    return _is_told(name) and (is_given(name[1:]) or looks_like_name(name) or is_person(name))


def _is_in_field(name: str) -> bool:
    return len(name) == 1 or is_conceivable(name)


_RULES: tuple[Beside | Behind, ...] = (
    Behind(("고객", "회원"), _CUSTOMER, _is_customer),
    Behind(("고객", "회원"), r"\s? (?: 고객 | 회원 ) 님", _is_surely_called),
    Beside(("명의", "이름", "성함", "님", "씨"), _OWNER, _is_owner),
    Beside(("세례명", "법명"), rf"{_WORD} \s? (?: 세례명 | 법명 ) 으?로", is_answer),
    Beside(("명의", "이름", "성함"), _OF_TWO_WORDS, is_conceivable),
    Beside(("01",), _NUMBERED, _is_told_and_likely),
    Beside(_BANKS, _PAYEE, _is_told),
    Beside((" 제", " 저희", "우리"), _RELATED, _is_told),
    Beside(("라고", "라는"), _WRITTEN, _is_told_and_likely),
    Beside(("님",), _TITLED, _is_titled),
    Behind(("님",), _POLITE, _is_nicknamed),
    Behind(("로 입", "로 송", "로 이체"), _PAID, is_known),
    Behind(_FAMILY, _RELATIVE, is_known),
    Beside(("이름",), _IN_TWO_FIELDS, _is_in_field),
    Beside(("입니다", "예요", "에요", "인데"), _FOREIGN_SELF, _is_self),
    *registered.RULES,
    *beside.RULES,
    *passing.RULES,
)
_FURTHER: tuple[Further, ...] = (
    *registered.FURTHER,
    *beside.FURTHER,
    Further(("님",), _set_right),
)
_WORDS = re.compile(any_of(word for rule in (*_RULES, *_FURTHER) for word in rule.words))
"""No word may begin within another one, or the search would pass over it."""
