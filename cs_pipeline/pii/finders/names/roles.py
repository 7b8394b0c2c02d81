"""Names beside what people are, have and deal in.

`팽수지 간호사가`, `빙하준한테 보냈어요`, `어지율 소유`, `국다은으로 조회됩니다`, `알렉세이 통장으로`. Words stand
there as well, so that the name has to look like one.
"""

import re
import string
from collections.abc import Iterator

from cs_pipeline.pii.finders.names import cues
from cs_pipeline.pii.finders.names.conceivable import LONGEST_FOREIGN, is_known, is_listed_foreign
from cs_pipeline.pii.finders.names.foreign import NAMES as FOREIGN
from cs_pipeline.pii.finders.names.full import is_no_name
from cs_pipeline.pii.finders.names.plausible import CENSUS_SURNAMES, is_person
from cs_pipeline.pii.finders.names.shape import is_given_only
from cs_pipeline.pii.rules import Found, any_of, compiled

_ROLE = r"""(?:
    상담(?:사|원|직원) | 매니저 | 팀장 | 과장(?!광고|된|되) | 대리(?!점|운전|인|석) | 차장 | 부장 | 주임 | 사원 | 실장 | 본부장
  | 이사(?![를하갔가했온짐비]) | 대표 | 사장 | 소장 | 국장 | 센터장 | 지점장 | 점장 | 원장 | 교수 | 선생 | 쌤 | 샘(?![가-힣])
  | 간호사 | 간호조무사 | 변호사 | 세무사 | 회계사 | 설계사 | 중개사 | 약사 | 코치 | 강사 | 기사 | 집배원 | 배달원 | 담당자
  | 컨설턴트 | 플래너 | 디자이너 | 여사 | 총무 | 주무관 | 계장 | 집사 | 권사 | 장로 | 전도사 | 목사 | 수녀 | 담임 | 반장
  | 직원 | 프로 | 사모 | 코디 | 치료사 | 복지사 | 보호사 | 이장 | 딜러 | 알바생? | 점원 | 트레이너 | 관장 | 사범 | 사무관
  | 조사관 | 엔지니어 | 라이더 | 배송원 | 점검원 | 검침원 | 미화원 | 요양사 | 도우미 | 시터 | 튜터 | 멘토 | 캐디 | 조합장
)"""
_STARTS = frozenset((*CENSUS_SURNAMES, *(name[0] for name in FOREIGN)))
_WITHIN = frozenset("@*_" + string.ascii_letters)
_END = r"(?= \s? [.!~,]? \s? (?: \n | \Z ) )"
_TAIL = rf"""(?:
    \s? (?: (?P<polite> {_ROLE} [님쌤] | 쌤 | 선생 ) | {_ROLE} ) (?= 한테 | 에게 | [이가은는을를의도만과와께] (?![가-힣]{{2}}) | 이?랑 | 하고
      | 으?로 | 입니 | 이?[에예]요 | 이?[었였] | 인데 | 이[고라시신요] | 요 | 시[고던] | 였 | 께
      | \s (?: 계[세시신] | 연결 | 좀 | 바꿔 | 통해 | 부탁 | 찾 | 불 | 있 ) | [\s,.?!] | \Z )  # 팽수지 간호사가
  | (?: 한테 | 에게 | 께 ) (?: 서 )? \s (?: 보[내냈낸] | 송금 | 이체 | 입금 | 전[달해화] | 연락 | 물어 | 맡[기긴겼]
      | 넘[겨긴겼] | 양도 | 부탁 | 돈 | 빌[려린렸] | 사기 | 받[았은는] | 줬 | 드[렸려리] | 들었 | 샀 | 팔[았] )  # 팽수지한테 보냈어요
  | \s? 소유 (?! 권 | 욕 | 자 )                                             # 팽수지 소유
  | \s? (?: 계좌 | 통장 ) (?: 으?로 | 에 | 이?[에예]요 | 입니 )             # 팽수지 통장으로
  | (?: 와 | 과 | 이?랑 | 하고 ) \s? (?: 공동 | 같이 | 함께 | 둘이 | 저 )   # 팽수지와 공동명의
  | \s? [(] (?: 남 | 여 | \d\d | 본인 | 만\s?\d ) [^()\n]{{0,6}} [)]        # 팽수지(93)
  | \s 외 \s? (?: \d | [한두세네] \s )                                      # 팽수지 외 2명
  | [\s/,] {{1,2}} (?: \d{{6}} | \d{{2,4}} [.년] \s? \d{{1,2}} [.월] \s? \d{{1,2}} ) (?! [\d-] )  # 팽수지 880213
  | 으?로 \s? (?: 조회 | 확인 | 검색 | 등록 | 나[오와온] | 뜨 | 떠 | 잡[히혀] | 되어 | 돼\s?있 | 된\s | 되는데
      | 바[꿔꾸뀌] | 변경 | 개명 | 저장 | 발급 | 가입 | 접수 | 결제 | 예매 | 잘못 | 적[어혀힌] | 올라 | 고[쳐치] )  # 팽수지로 조회
  | 이? 라(?:는 | 던 | 고\s?하는 ) \s (?: 사람 | 분 | 이름 | 고객 | 직원 | 기사 | 친구 | 애 | 학생 | 아이 | 환자 | 상담
      | 선생 | 여자 | 남자 | 담당 | 아저씨 | 아주머니 )                      # 팽수지라는 분
  | \s? 이? 라 (?: 서 | 니까 | 던데 | \s (?: 카 | 자꾸 | 인증 | 헷갈 | 그런 | 그래 | 다[들르] | 니까 ) )  # 팽수지라서
  | \s? (?: 드림 | 올림 | 배상 ) {_END}                                     # 팽수지 드림
  | (?<! [하되] ) 이? [었였] 습니다 {_END}                                                # 하나카드 팽수지였습니다
  | 이? \s? (?: 엄마 | 아빠 | 할머니 | 할아버지 | 어머니 | 아버지 | 어머님 | 아버님 | 학부모 | 보호자 | 부모 | 이모 | 삼촌 | 고모 )
      (?= 인데 | 입니다 | 이?[에예]요 | 이고 | 라서 | 라고 | 이?요 | \s 되는 )  # 팽수지 엄마예요
  | [은는이가] \s (?: 제 | 저희 | 우리 ) \s? {cues.RELATIVE} (?: 이 | 님 )?
      (?= 세요 | 시[고구라] | 신데 | 셔 | 십니 | 라서 )                      # 팽수지는 저희 어머니세요
)"""
# What tails begin with, in letters alone: a search skips to their first ones.
_SIGNS = re.compile(
    any_of(
        (
            *"상담 매니저 팀장 과장 차장 실장 소장 국장 점장 원장 계장 반장 관장 본부장 부장 센터장 지점장".split(),
            *"대리 대표 주임 주무관 사원 사장 사모 사범 사무관 이사 이장 교수 선생 쌤 샘 간호 변호사 세무사".split(),
            *"회계사 설계사 중개사 약사 강사 기사 코치 코디 집배원 집사 배달원 배송원 배상 담당자 담임 컨설턴트".split(),
            *"플래너 디자이너 여사 권사 목사 총무 장로 프로 전도사 수녀 직원 치료사 복지사 보호 딜러 알바".split(),
            *"트레이너 조사관 조합장 엔지니어 라이더 점원 점검원 검침원 미화원 요양사 도우미 시터 튜터 멘토".split(),
            *"캐디 한테 에게 께서 소유 통장 계좌 드림 올림 엄마 아빠 아버지 아버님 할머니 할아버지 어머니".split(),
            *"어머님 학부모 부모 이모 삼촌 고모 었습니다 였습니다 라이더".split(),
            *(
                f"{one}{gap}{word}"
                for one in ("와", "과", "랑", "하고")
                for gap in ("", " ")
                for word in ("공동", "같이", "함께", "둘이", "저")
            ),
            *(f"{one} {word}" for one in "은는이가" for word in ("제", "저희", "우리")),
            *(
                f"로{gap}{word}"
                for gap in ("", " ")
                for word in "조확검등나뜨떠잡되돼된바변개저발가접결예잘적올고"
            ),
            *(
                "께 ",
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
            *(f"({one}" for one in "남여본만0123456789 "),
            *(f"외{gap}{one}" for gap in ("", " ") for one in "0123456789한두세네"),
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
_BETWEEN = " ,/"
_BEFORE = 24


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    for sign in (*_SIGNS.finditer(text), *_DATES.finditer(text)):
        for start, end in _words_before(text, sign.start()):
            if text[start] in _STARTS and _is_name(text, start, end):
                yield Found(start, end, "NAME", 0.7, "name.role")


def _is_name(text: str, start: int, end: int) -> bool:
    """What stands behind the word, or before it, tells a person, and it may be one's name."""
    name, before = text[start:end], text[max(0, start - _BEFORE) : start]
    tail = compiled(_TAIL).match(text, end)
    if not tail and not (_IS.match(text, end) and compiled(_ON_BEHALF).search(before)):
        return False
    if is_person(name) or is_listed_foreign(name):
        return not is_no_name(text, end, name, before)
    # `한별 쌤`, `진달래 소유`
    polite = tail is not None and tail["polite"] is not None
    return is_known(name) and (polite or len(name) > _SHORT) or (polite and is_given_only(name))


def _words_before(text: str, sign: int) -> Iterator[tuple[int, int]]:
    """Where the word ends and begins that a tail follows, of which the sign is the first syllable.

    Where that syllable may also stand behind 이 (`이라는`, `이와 함께`), the word is read without.
    """
    end = sign
    while end > 0 and end > sign - 2 and text[end - 1] in _BETWEEN:
        end -= 1
    start = end
    while start > 0 and end - start <= LONGEST_FOREIGN and "가" <= text[start - 1] <= "힣":
        start -= 1
    size = end - start
    if not 2 <= size <= LONGEST_FOREIGN or (start and text[start - 1] in _WITHIN):
        return
    yield start, end
    if size > 2 and text[end - 1] in "이으":
        yield start, end - 1
