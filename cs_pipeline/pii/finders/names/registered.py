"""Names where something is registered, changed, paid or kept under them.

`감우민 학생 등록금`, `빙수아로 바꿔 주세요` behind `입금자명을`, `김가희에서 박수연으로 개명`, `등본에 태 율로 나와요`,
`미야모토 씨 앞으로`, `호시노 아야카입니다`, `옥분이 농협 302-…`. The words beside the name tell that it is one.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cs_pipeline.pii.finders.names import lists
from cs_pipeline.pii.finders.names.conceivable import (
    LONGEST_FOREIGN,
    ends_in_copula,
    ends_like_customer,
    is_answer,
    is_conceivable,
    is_foreign,
    is_known,
    is_word_name,
)
from cs_pipeline.pii.finders.names.foreign import NAMES as FOREIGN
from cs_pipeline.pii.finders.names.persons import is_person
from cs_pipeline.pii.finders.names.plausible import (
    CENSUS_SURNAMES,
    ends_in_title,
    is_census_surname,
    is_everyday,
    is_plausible,
    is_refused,
    looks_like_name,
)
from cs_pipeline.pii.finders.names.shape import (
    Shape,
    begins_with_noun,
    is_given,
    is_word,
    shape_of,
)
from cs_pipeline.pii.rules import Found, compiled

_START = "(?<![가-힣a-z@*_])"
_SPELT_APART = "[가-힣] (?: [ ] [가-힣] ){1,3}"
_FULL = rf"{_START} (?P<value> [{CENSUS_SURNAMES}] [가-힣]{{1,3}}? )"
_ANY = rf"{_START} (?P<value> [가-힣]{{2,4}}? )"
_FOREIGN = rf"{_START} (?P<value> [가-힣]{{3,{LONGEST_FOREIGN}}}? )"

_CLIENT = rf"""
    {_ANY} \s (?: 환자 | 학생 | 어르신 | 원생 | 수강생 | 보호자 | 산모 ) (?: 님 | 분 )?
    (?= 인데 | 입니다 | 이에요 | 예요 | [은는이가을를도의께] (?![가-힣]) | [\s,.!?/] | \Z )
"""
_TO = rf"""
    {_START} (?P<value> [가-힣]{{2,{LONGEST_FOREIGN}}}? ) \s? (?: 씨 | 님 )
    (?= \s? (?: 앞으로 | 본인 | 계[신세십] | 맞[으나습죠] | 께 ) )
"""
_DUE = rf"""
    {_FULL} \s? 앞으로 (?= \s? (?:
        온 | 오는 | 보낸 | 보내 | 발송 | 배송 | 도착 | 등기 | 택배 | 우편     # 빙하나 앞으로 온 등기
      | 고지서 | 청구 | 나온 | 나오 | 된 | 되어 | 계약 ) )                   # 편승엽 앞으로 고지서가
"""
_DONE = r"""(?:
    예약 | 예매 | 주문 | 가입 | 등록 | 저장 | 접수 | 조회 | 신청            # 우주라는 이름으로 예약
  | 입금 | 송금 | 이체 | 보[냈내] | 결제                                    # 하늘이라는 이름으로 보냈어요
  | 되어 | 돼 | 나와 | 나오 | 했                                            # 별하라는 이름으로 돼 있어요
)"""
_NAMED = rf"{_ANY} 이? 라는 \s? (?: 이름 | 성함 ) 으로 (?= \s? {_DONE} )"
_RENAMED = r"""
    (?<![가-힣]) (?P<value> [가-힣]{2,4} ) 에서 \s (?: (?: 저 | 제 | 본인 | 남편 | 아내 | 와이프 | 아들 | 딸 | 엄마 | 아빠 | 어머니 | 아버지 | 동생 ) \s )?
    (?P<other> [가-힣]{2,4}? ) 으? 로 \s?
    (?: (?P<sure> 개명 | 이름 [을이]? \s? (?: 바 | 변경 | 고 ) ) | 변경 | 바[꾸꿔뀌] | 정정 | 수정
      | (?= 요? (?![가-힣]) ) )
"""
_PAPER = r"""(?:
    증명서 | 신분증 | 여권 | 등본 | 초본 | 면허증 | 민증 | 등록증           # 등본에 어지율로 나와요
    | 명찰 | 이름표 | 사원증 | 명함                                        # 명찰에 팽수지라고 써 있어요
    | 통장 | 영수증 | 계약서 | 서류 | 명세서 | 고지서 | 카드                # 통장에 편승엽이라고 찍혀요
    | 화면 | 문자 | 알림톡 | 카톡 | 앱                                      # 화면에 팽수지라고 떠요
    | 송장 | 예매내역 | 예약내역 | 티켓 | 진단서 | 처방전                   # 송장에 국다은으로 되어 있어요
)"""
_SHOWN = r"""(?:
    나[와오온] | 되[어있는] | 돼 | 떠 | 뜨 | 떴 | 올라                      # 등본에 어지율로 나와요
  | 적[혀힌] | 찍[혀힌] | 써 | 쓰여 | 표[기시] | 기재 | 등록 | 인쇄 | 사인 | 서명         # 여권에는 한소리로 적혀 있어요
)"""
_ON_PAPER = rf"""
    {_PAPER} (?: 상 )? (?: 에는?요? | 엔 | 이 | 으로는 )? \s (?: 이름이? \s )?
    (?P<value> [가-힣]{{2,4}}? | {_SPELT_APART} ) (?: 이?라고 | 으?로 ) \s? {_SHOWN}
"""
_OWNER = r"""(?:
    (?: 입금 | 송금 | 예약 | 주문 | 구매 | 신청 | 수령 | 수취 | 명의 | 계약 | 가입 | 결제 ) [자인주]
      (?: 명 | 이름 | 성함 )?                                               # 입금자명을 빙수아로 했는데
    | 예금주명? | 성함                                                      # 예금주를 국다은으로 바꿔주세요
    | (?: 받는 | 받으실 | 보내는 | 보내시는 ) \s? (?:분|사람|이)
      (?: \s? (?:이름|성함) )?                                             # 받는 분을 노을로 변경해주세요
)"""
_MADE = rf"""
    (?<![가-힣]) {_OWNER} [을를은는]? \s
    (?P<value> [가-힣]{{2,4}}? | {_SPELT_APART} ) 으? 로 \s?
    (?: 했 | 하[였고려] | 해 | 한\s | 입력 | 보[냈내] | 넣 | 썼 | 써 | 적[었은어] | 찍  # 예약자명을 허준으로 했어요
      | 바[꾸꿔뀌] | 변경 | 수정 | 고[쳐치] | 정정 )                         # 성함을 편승엽으로 수정해주세요
"""
# `입금은 빙수아로 했어요`
_DONE_BY = r"""
    (?<![가-힣]) (?: 입금 | 송금 | 예약 | 주문 | 가입 | 등록 ) [은는] \s (?P<value> [가-힣]{3,4}? ) 으?로 \s?
    (?: 했 | 하[였고려] | 되 | 돼 | 들어 )
"""
_KANA = (
    "아이우에오카키쿠케코가기구게고사시스세소자지즈제조타치츠테토다데도나니누네노하히후헤호바비부베보파피푸페포마미무메모"
    "야유요라리루레로와쓰쯔쇼슈샤쿄큐캬쵸추차쥬주료류랴뵤효햐묘뮤켄겐신진린준슌칸간산잔탄단난한반판만얀란완킨긴인윤엔센젠"
    "텐덴넨헨벤펜멘렌온콘곤손존톤돈논혼본폰몬욘론쿤군분훈슨둔핫삿닛켓앗욧잇훗텟"
)
# `네 호시노 아야카입니다` at the start of a line
_TWO_WORDS = rf"""
    (?: (?: 안녕하세요 | 여보세요 | 저는 | 네 | 예약자 | 탑승자 | 투숙객 ) [\s,.!~]{{1,3}} ){{0,2}}
    (?P<value> [{_KANA}]{{2,5}} \s [{_KANA}]{{2,5}}? )
    (?= 입니다 | 이에요 | 예요 | 인데요 | \s? 이?라고 | \s? (?: 씨 | 님 (?!프) | 고객 | 앞으로 | 명의 | 이름으로 | 본인 ) )
"""
_AFTER_TWO_WORDS = (
    *(
        "입니다",
        "에요",
        "예요",
        "인데",
        "라고",
        "씨",
        "님",
        "고객",
        "앞으로",
        "명의",
        "이름",
        "본인",
    ),
)
_LINE_END = re.compile("\n")
_POLITE = rf"{_FOREIGN} \s 님 (?= \s (?: 성함 | 본인 | 이름 | 여권 | 철자 | 스펠링 | 맞 ) )"
_PAYEE = rf"""
    {_FULL} [\s,/]{{1,2}}
    (?: 국민 | 신한 | 우리 | 하나 | 기업 | 제일 | 씨티                      # 국다은 국민은행 482102-04-118273
      | 농협 | 수협 | 신협 | 새마을 | 우체국                                # 옥분이 농협 302 0471 8829 11
      | 카카오 | 카뱅 | 토스 | 케이                                         # 팽수지 카카오뱅크 3333-05-1234567
      | 대구 | 부산 | 광주 | 전북 | 경남 )                                  # 편승엽 부산은행 101-2044-118273
    (?: 은행 | 뱅크 | 금고 | 중앙회 )? [\s:,]{{1,2}} (?= \d{{3,6}} [-\s]? \d{{2,}} )
"""
_SURNAME_AS_IN = rf"""
    (?<![가-힣]) (?P<surname> [{CENSUS_SURNAMES}] 자 ) [\s,]{{1,2}} (?P<value> [가-힣]{{2}} )
    (?= 이?요 | 이?[에예]요 | 입니다 | [\s,] ) [^\n]{{0,24}} 할 \s? 때 \s
"""
_LOANS = frozenset(lists.FOREIGN_NAMES["loan_words"])
_ADVERBS = frozenset(lists.WORD_NAMES["hardly_nouns"])
_NO_CLIENT_ENDS = frozenset("병증압암선학등중급과원부반자")
_NO_NAME_ENDS = frozenset("자인주객원사장님분쪽")


class Beside(NamedTuple):
    """A text with a name that `pattern` finds and `accepts` takes for one holds one of `words`."""

    words: tuple[str, ...]
    pattern: str
    accepts: Callable[[str], bool]


class Further(NamedTuple):
    """What needs more than a pattern: a text in which `find` finds something holds one of `words`."""

    words: tuple[str, ...]
    find: Callable[[str], Iterator[Found]]


def _in_two_words(text: str) -> Iterator[Found]:
    """`호시노 아야카입니다` at the start of a line."""
    for start in (0, *(line.end() for line in _LINE_END.finditer(text))):
        match = compiled(_TWO_WORDS).match(text, start)
        if match and _is_japanese(match["value"]):
            yield Found(*match.span("value"), "NAME", 0.7, "name.registered")


def _renamed(text: str) -> Iterator[Found]:
    """`김가희에서 박수연으로 개명`: both, unless a word stands for one."""
    for match in compiled(_RENAMED).finditer(text):
        accepts = is_answer if match["sure"] or "개명" in text else _is_full
        if match.end() == match.end("other") + len("로") and "개명" not in text:
            continue
        if accepts(match["value"]) and accepts(match["other"]):
            yield Found(*match.span("value"), "NAME", 0.7, "name.registered")
            yield Found(*match.span("other"), "NAME", 0.7, "name.registered")


def _spelt(text: str) -> Iterator[Found]:
    """`옥자 승현이요 옥수수 할 때 옥`."""
    for match in compiled(_SURNAME_AS_IN).finditer(text):
        if is_given(match["value"]) and match["surname"][0] in text[match.end() : match.end() + 4]:
            yield Found(*match.span(), "NAME", 0.75, "name.spelt")._replace(end=match.end("value"))


def _is_full(name: str) -> bool:
    """A surname of the census and the syllables of a given name; no word."""
    if is_everyday(name) or is_word(name) or len(name) != 3:
        return False
    return is_plausible(name) and (is_given(name[1:]) or looks_like_name(name))


def _is_client(name: str) -> bool:
    if is_known(name):
        return True
    if is_everyday(name) or is_refused(name) or name[-1] in _NO_CLIENT_ENDS:
        return False
    if name[2:] == "이" and is_given(name[:2]):
        return False  # 예린이 보호자
    if _is_full(name) or len(name) == 2:
        return is_plausible(name)
    if is_person(name):
        return True
    return shape_of(name) >= Shape.POSSIBLE and not begins_with_noun(name)


def _is_called(name: str) -> bool:
    if is_everyday(name) or is_refused(name) or ends_like_customer(name):
        return False
    return is_plausible(name) or is_foreign(name)


def _is_registered(name: str) -> bool:
    """A name, in one piece or spelt apart."""
    whole = name.replace(" ", "")
    if is_known(whole) or (is_word_name(whole) and whole not in _ADVERBS):
        return True
    if is_everyday(whole) or is_word(whole) or is_refused(whole):
        return False
    if " " in name:
        return is_plausible(whole) or is_given(whole)
    return _is_full(name) or is_person(name) or (len(name) == 2 and is_plausible(name))


def _is_named(name: str) -> bool:
    return not ends_in_copula(name) and (is_conceivable(name) or is_given(name))


def _is_japanese(name: str) -> bool:
    """`호시노 아야카`: both words in the sounds of Japanese, and no word of this language."""
    words = name.split(" ")
    sure = all(len(word) > 2 for word in words)
    return len(name) > 5 and all(
        not is_everyday(word)
        and not is_refused(word)
        and word not in _LOANS
        and (sure or word in FOREIGN or not begins_with_noun(word))
        for word in words
    )


def _is_polite(name: str) -> bool:
    if is_everyday(name) or is_refused(name) or ends_in_title(name):
        return False
    return name[-1] not in _NO_NAME_ENDS


def _is_payee(name: str) -> bool:
    if is_everyday(name) or is_word(name) or is_refused(name):
        return False
    return _is_full(name) or (len(name) == 3 and name[2] == "이" and is_census_surname(name[0]))


_MAKES = (
    "입금자",
    "송금자",
    "예약자",
    "예금주",
    "성함",
    "받는",
    "받으",
    "보내",
    "주문자",
    "구매자",
    "신청자",
    "수령인",
    "수취인",
    "명의",
    "계약자",
    "가입자",
    "결제자",
)
_BY = tuple(
    f"{what}{of} " for what in ("입금", "송금", "예약", "주문", "가입", "등록") for of in "은는"
)
_SHOWS = (
    "로 나",
    "로 되",
    "로 돼",
    "로 적",
    "로 찍",
    "로 써",
    "로 쓰",
    "로 뜨",
    "로 떠",
    "로 떴",
    "로 표",
    "로 기",
    "로 등",
    "로 올",
    "로 인",
    "라고",
)
RULES = (
    Beside(("환자", "학생", "어르신", "원생", "수강생", "보호자", "산모"), _CLIENT, _is_client),
    Beside(("씨", "님"), _TO, _is_called),
    Beside(("앞으로",), _DUE, _is_full),
    Beside(("라는",), _NAMED, _is_named),
    Beside(_SHOWS, _ON_PAPER, _is_registered),
    Beside(_MAKES, _MADE, _is_registered),
    Beside(_BY, _DONE_BY, is_person),
    Beside(("님",), _POLITE, _is_polite),
    Beside(("은행", "뱅크", "농협", "수협", "신협", "금고", "우체국"), _PAYEE, _is_payee),
)
FURTHER = (
    Further(("에서 ",), _renamed),
    Further(("할 때",), _spelt),
    Further(_AFTER_TWO_WORDS, _in_two_words),
)
