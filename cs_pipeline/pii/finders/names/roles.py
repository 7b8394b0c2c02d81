"""Names beside what people are, have and deal in.

`팽수지 간호사가`, `빙하준한테 보냈어요`, `어지율 소유`, `국다은으로 조회됩니다`, `알렉세이 통장으로`. Words stand
there as well, so that the name has to look like one.
"""

import re
from collections.abc import Iterator

from cs_pipeline.pii.finders.names import cues, lists
from cs_pipeline.pii.finders.names.behind import words_before
from cs_pipeline.pii.finders.names.conceivable import is_known, is_listed_foreign
from cs_pipeline.pii.finders.names.foreign import NAMES as FOREIGN
from cs_pipeline.pii.finders.names.full import is_no_name
from cs_pipeline.pii.finders.names.persons import is_person, is_thing_and_given
from cs_pipeline.pii.finders.names.plausible import CENSUS_SURNAMES, is_plausible
from cs_pipeline.pii.finders.names.shape import is_given_only
from cs_pipeline.pii.rules import Found, any_of, compiled

_ROLES, _RELATIONS = lists.LABELS["roles_behind"], lists.LABELS["family_of_children"]
_NO_ROLE = "과장(?:광고|된|되) | 대리(?:점|운전|인|석) | 이사[를하갔가했온짐비] | 샘[가-힣]"
_ROLE = rf"(?! {_NO_ROLE} ) {any_of(_ROLES)}"
_STARTS = frozenset((*CENSUS_SURNAMES, *(name[0] for name in FOREIGN)))
_END = r"(?= \s? [.!~,-]? \s? (?: \n | \Z ) )"
_TAIL = rf"""(?:
    \s? (?: (?P<polite> {_ROLE} [님쌤] | 쌤 | 선생 ) | {_ROLE} )
      (?= 한테 | 에게 | 이?랑 | 하고 | 으?로 | 께                           # 팽수지 팀장한테
        | [이가은는을를의도만과와] (?![가-힣]{{2}})                         # 팽수지 간호사가
        | 입니 | 이?[에예]요 | 이?[었였] | 인데 | 이[고라시신요] | 요 | 시[고던]  # 팽수지 매니저님이요
        | [\s,.?!)\]'"’”] | \Z )                                         # 팽수지 선생님 계세요
  | (?: 한테 | 에게 | 께 ) (?: 서 )? \s (?: 보[내냈낸] | 송금 | 이체 | 입금 | 전[달해화] | 연락 | 물어 | 맡[기긴겼]
      | 넘[겨긴겼] | 양도 | 부탁 | 돈 | 빌[려린렸] | 사기 | 받[았은는] | 줬 | 드[렸려리] | 들었 | 샀 | 팔[았] )  # 팽수지한테 보냈어요
  | \s? 소유 (?! 권 | 욕 | 자 )                                             # 팽수지 소유
  | \s? (?: 계좌 | 통장 ) (?: 으?로 | 에 | 이?[에예]요 | 입니 )             # 팽수지 통장으로
  | (?: 와 | 과 | 이?랑 | 하고 ) \s? (?: 공동 | 같이 | 함께 | 둘이 | 저 )   # 팽수지와 공동명의
  | \s? [(] (?: 남 | 여 | \d\d | 본인 | 만\s?\d ) [^()\n]{{0,6}} [)]        # 팽수지(93)
  | (?P<besides> \s 외 \s? (?: \d{{1,2}} | [한두세네] ) \s? [명인분] )            # 팽수지 외 2명
  | \s 외 \s? (?: \d | [한두세네] \s ) (?! \s? [개건종권장매대병벌] )           # 팽수지 외 2
  | 의 \s (?: 보호자 | 대리인 | 배우자 | 남편 | 아내 | 엄마 | 아빠 | 어머니 | 아버지 | 아들 | 딸 | 동생 | 위임장 | 연락처 | 주민 )  # 팽수지의 보호자
  | 네 \s (?: 집 | 가족 | 식구 | 가게 )                                       # 팽수지네 집
  | [\s/,] {{1,2}} (?P<born> \d{{6}} (?: - [1-8] (?! \d ) )? | \d{{2,4}} [.년] \s? \d{{1,2}} [.월] \s? \d{{1,2}} ) (?! [\d-] )  # 팽수지 880213
  | [\s/,] {{1,2}} \d{{6}} \s? - \s? [1-8] [\d*]{{6}}                        # 팽수지, 880213-2387415
  | 으?로 \s? (?: 조회 | 확인 | 검색 | 등록 | 나[오와온] | 뜨 | 떠 | 잡[히혀] | 되어 | 돼\s?있 | 된\s | 되는데
      | 바[꿔꾸뀌] | 변경 | 개명 | 저장 | 발급 | 가입 | 접수 | 결제 | 예매 | 잘못 | 적[어혀힌] | 올라 | 고[쳐치] | 찍[혀혔힌] )  # 팽수지로 조회
  | 이? 라(?:는 | 던 | 고\s?하는 ) \s (?: 사람 | 분 | 이름 | 고객 | 직원 | 기사 | 친구 | 애 | 학생 | 아이 | 환자 | 상담
      | 선생 | 여자 | 남자 | 담당 | 아저씨 | 아주머니 )                      # 팽수지라는 분
  | \s? 이? 라 (?: 서 | 니까 | 던데 | \s (?: 카 | 자꾸 | 인증 | 헷갈 | 그런 | 그래 | 다[들르] | 니까 ) )  # 팽수지라서
  | \s? (?: 드림 | 올림 | 배상 ) {_END}                                     # 팽수지 드림
  | (?<! [하되] ) 이? [었였] 습니다 {_END}                       # 하나카드 팽수지였습니다
  | 이? \s? (?: 엄만데 | 아빤데 )                                           # 지은이 엄만데요
  | 이? \s? (?: {"|".join(_RELATIONS)} )
      (?= 인데 | 입니다 | 이?[에예]요 | 이고 | 라서 | 라고 | 이?요 | \s 되[는시세] )  # 팽수지 엄마예요
  | [은는이가] \s (?: 제 | 저희 | 우리 ) \s? {cues.RELATIVE} (?: 이 | 님 )?
      (?= 세요 | 시[고구라] | 신데 | 셔 | 십니 | 라서 )                      # 팽수지는 저희 어머니세요
)"""
_TOGETHER = ("공동", "같이", "함께", "둘이", "저")
_BECOMES = "조확검등나뜨떠잡되돼된바변개저발가접결예잘적올고찍"
_DIGITS = "0123456789"


# What tails begin with, in letters alone: a search skips to their first ones.
_SIGNS = re.compile(
    any_of(
        (
            *(
                *_ROLES,
                *_RELATIONS,
                "엄만데",
                "아빤데",
                "한테",
                "에게",
                "께서",
                "께 ",
                "소유",
                "통장",
                "계좌",
                "드림",
                "올림",
                "배상",
            ),
            *(
                "었습니다",
                "였습니다",
                "라는 ",
                "라던 ",
                "라고 하는 ",
                "라고하는 ",
                "라서",
                "라니까",
                "라던데",
                "라 ",
            ),
            *("입니다", "예요", "이에요", "인데요"),
            *(
                f"{one}{gap}{to}"
                for one in ("와", "과", "랑", "하고")
                for gap in ("", " ")
                for to in _TOGETHER
            ),
            *(f"{one} {whose}" for one in "은는이가" for whose in ("제", "저희", "우리")),
            *(f"의 {one}" for one in "보대배남아엄어딸동위연주"),
            *(f"네 {one}" for one in ("집", "가족", "식구", "가게")),
            *(f"로{gap}{one}" for gap in ("", " ") for one in _BECOMES),
            *(f"({one}" for one in "남여본만 " + _DIGITS),
            *(f"외{gap}{one}" for gap in ("", " ") for one in "한두세네" + _DIGITS),
        )
    )
)
_DATES = re.compile(r"[0-9](?<=[\s/,].)(?:[0-9]{5}(?![0-9])|[0-9]{1,3}[.년])")
_IS = re.compile("입니다|이?에요|예요|인데요")
_ON_BEHALF = r"""
    (?: 은행 | 카드 | 센터 | 보험 | 화재 | 생명 | 증권 | 캐피탈 | 쇼핑 | 몰 | 마트 | 통신 | 텔레콤 | 택배 | 병원 | 의원 | 약국
      | 치과 | 학원 | 유치원 | 어린이집 | 구청 | 시청 | 군청 | 공단 | 공사 | 사무소 | 관리소 | 관리실 | 부동산 | 지점 | 본점 | 팀
      | 호텔 | 렌터카 | 여행사 | 항공 | 콜 | 학교 | 대학 | 서비스 | 상담 | 본부 | 지사 | 전자 | 고객\s?센터 ) \s \Z  # 국민은행 팽수지입니다
"""
_SHORT = 2
_BEFORE = 24


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    for sign in (*_SIGNS.finditer(text), *_DATES.finditer(text)):
        for start, end in words_before(text, sign.start()):
            if text[start] in _STARTS and _is_name(text, start, end):
                yield Found(start, end, "NAME", 0.7, "name.role")


# `현미로 바꿔 주세요`
_SWAPPED = re.compile("으?로 ?(?:바[꿔꾸뀌]|변경|결제|고[쳐치])")
# `배송지를 부산 해운대로 변경`
_OF_PLACE = re.compile(
    r"(?:주소|배송지|수령지|배달지|도착지|지역|지점|매장)[가-힣]{0,2} (?:[가-힣]{1,6} )?\Z"
    r"|(?:서울|부산|대구|인천|광주|대전|울산|세종|제주|경기|강원|충[남북청]|전[남북라]|경[남북상])[시도]? \Z"
)


def _is_name(text: str, start: int, end: int) -> bool:
    """What stands behind the word, or before it, tells a person, and it may be one's name."""
    name, before = text[start:end], text[max(0, start - _BEFORE) : start]
    if text.startswith(("로", "으로"), end) and _OF_PLACE.search(before):
        return False
    if is_thing_and_given(name) and _SWAPPED.match(text, end):
        return False
    tail = compiled(_TAIL).match(text, end)
    if not tail and not (_IS.match(text, end) and compiled(_ON_BEHALF).search(before)):
        return False
    if tail and tail["besides"] and len(name) > _SHORT and is_plausible(name):
        return True
    if is_person(name) or is_listed_foreign(name):
        return not is_no_name(text, end, name, before)
    # `한별 쌤`, `진달래 소유`
    polite = tail is not None and tail["polite"] is not None
    sure = polite or len(name) > _SHORT or (tail is not None and tail["born"] is not None)
    return (sure and is_known(name)) or (polite and is_given_only(name))
