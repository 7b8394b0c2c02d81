"""Patterns of the words beside a name that tell it is one; VERBOSE and bounded where not compiled."""

import re
from collections.abc import Iterable

from cs_pipeline.pii.finders.names import lists
from cs_pipeline.pii.rules import any_of


def one_of(*names: str) -> str:
    """A pattern of the words of some lists of labels, the longest first."""
    return any_of(word for name in names for word in lists.LABELS[name])


def _any_head(*names: str) -> str:
    """The first syllables of the words of some lists, as a set; what is none of them fails fast."""
    return f"[{''.join(sorted({word[0] for name in names for word in lists.LABELS[name]}))}]"


WORD_HEADS = re.compile("([가-힣][가-힣]?)[가-힣]*")
"""A word in Hangul; its group is the first syllable or two."""

WORD_START = "(?<![가-힣@*_].)"
"""Stands behind a word's first syllable, so that a search may skip to that."""

TITLE = rf"""(?: (?= {_any_head("title_starts", "after_names", "polite_titles")} ) (?:
    {one_of("after_names")} | {one_of("polite_titles")} 님
    | 상담(?:사|원|직원|자) | 매니저 | 팀장 | 과장(?!광고|된|되|이\s심) | 대리(?!점|운전|인|석) | 차장
    | 부장 | 주임 | 사원
    | 실장 | 본부장 | 이사(?![를하갔가했온짐비]) | 대표 | 사장 | 소장 | 국장 | 센터장 | 지점장
    | 점장 | 부?원장
    | 교수 | 선생 | 쌤 | 샘(?![가-힣]) | 의사 | 간호사 | 변호사 | 세무사 | 회계사 | 설계사 | 중개사
    | 약사 | 코치 | 강사 | 기사
    | 집배원 | 배달원 | 담당 | 컨설턴트 | 플래너 | 디자이너 | 여사 | 회장 | 총무 | 할머니 | 할아버지
    | 어르신
    | 환자 | 어린이 | 학생 | 군(?![가-힣]) | 양(?![가-힣]) | 귀하 | 작가 | 책임 | 선임 | 수석
    | 연구원 | 조교 | 목사
    | 수녀 | 스님 | 집사 | 권사 | 장로 | 전도사 | 담임 | 반장 | 조장 | 사무장 | 주무관 | 계장 | 경위
    | 순경 | 형사
    | 원생 | 보호자 | 어머[니님] | 아버[지님] | 엄마 | 아빠 | 학?부모 | 남편 | 아내 | 언니 | 누나
    | 오빠 | 형님 | 이모 | 삼촌
))"""
"""What stands after a person's full name."""

CALLED = (
    r"""(?:
    \s? (?: 고객명? (?!\s?센터) | 회원(?!\s?가입) | 손님 | 님(?!프) | 씨(?![앗름디유]) | 본인   # 김민수 고객
          | (?:드림|올림|배상|앞)(?![가-힣]) )                                               # 김민수 드림
    | \s? (?:직원|수석|선임|전문|담당|책임)? \s? """
    + TITLE
    + r"""
    | \s? 이?라(?:고|구|는|\s) \s? (?: [합하해했불적써쓰돼되말요찾분]                         # 김민수라고 합니다
          | 등록 | 예약 | 저장 | 입금 | 나[와오] | 뜨 | 떠                                   # 김민수라고 떠요
          | 보내 | 전해 | 부르 | 기재 | 표기 | 찍 | 사람 | 이름 | 고객 | 명의 )
    | \s? 이?란 \s? (?: 사람 | 분 | 이름 | 고객 )                                            # 김민수란 분
    | \s? 맞(?:으[시신세]|습|나요?|아요?|죠|는데|는지|지)                                    # 김민수 맞아요
    | [은는이가]? \s (?: 제 | 저희 | 내 ) \s? (?: (?: 옛날? | 예전 | 원래 | 진짜 | 본 | 개명\s?전 | 영어 | 한국 ) \s? )? (?: 이름 | 성함 )  # 김민수가 제 이름
)"""
)
"""Words after a name that only follow names."""

COPULA = r"""(?:
    입니[다까당] | 이[에예][요용] | [에예]요 | 이?여(?:요|(?![가-힣])) | 이에여 | 이?[염욤욥](?![가-힣])   # 김민수입니당
    | 인데 | 이고 | 고요 | 이구 | 구요 | 이라[고구] | 라고 | 라구                           # 김민수인데
    | 이?요(?![가-힣]) | 임(?![가-힣]) | 이시[고며] | 이신 | 이세요                         # 김민수요
    | 인가 | 인지 | 이?죠 | 이지요 | 이며 | 이?랍니다 | 이었 | 였                           # 김민수였는데
    | 임다 | [이예]?용(?![가-힣]) | 이?야(?![가-힣]) | 이?올시다 | 이십니 | 십니            # 김민수올시다
    | \s (?: 입니[다까] | 이에요 | 에요 | 예요 | 이라고 | 인데요? | 이요 | 라고\s?합 )      # 김민수 입니다
)"""
"""Forms of 'is' and 'is called', with what a name is told."""

OWNED = r"""(?:
    으?로 \s? (?: 예약 | 주문 | 입금 | 송금 | 등록 | 가입 | 접수 | 신청 | 조회              # 김민수로 예약
      | 변경 | 바[꿔꾸뀌] | 되[어었] | [돼된됐] | 발송 | 보내 | 해\s?주 | 부탁             # 김민수로 바꿔 주세요
      | 적[어혀] | 찍[혀어] | 나[와오]\s? | 뜨 | 떠 | 결제 | 이체 | 배송 | 구매 )           # 김민수로 찍혀요
    | (?: 의 | 이 | 가 )? \s?
      (?: 이름 | 성함 | 명의 | 앞으로 | 통장 | 계좌 | 폰으로 | 아이디 | 명으로 )            # 김민수 앞으로
    | \s? [(/,] \s? (?: 남(?:자|성)? | 여(?:자|성)? | 본인                                  # 김민수(남)
      | 만\s?\d | \d{2}세 | \d\d년생 | (?:19|20)\d\d | \d{6} ) (?![가-힣])                  # 김민수/85년생
    | \s (?: \d\d년생 | \d{6}- | 외\s?\d )                                                  # 김민수 외 2명
)"""
"""Words after a name by which something is registered, and a person's attributes."""

PARTICLE = r"""(?:
    (?: 이가 | 이는 | 이를 | 이도 | 이한테 | 이에게 | [이가은는을를도의만와과] | 이?랑 | 하고 | 한테 | 에게 | 께서?
    | 으?로 | 부터 | 까지 | [아야] | 네 | 꺼 | 거 | 측 | 포함 | 말고 | 대신 )?
    (?![가-힣])
)"""

TAIL = rf"""
    (?P<called> {CALLED} ) | (?P<copula> {COPULA} ) | (?P<owned> {OWNED} )
    | (?P<end> (?![가-힣]) ) | (?P<particle> {PARTICLE} )
"""
"""What may follow a name; the name of the group says what it is."""

_NAME_WORD = r"(?:이름|성함|성명|존함|함자|실명|본명|세례명|법명|명찰)"
_SENT = rf"""(?:
    {one_of("senders")} | 받는 | 받을 | 받으실 | 받으시는 | 보내는 | 보낸 | 보내시는 | 보내실 | 주문하신 | 신청하신
    | 예약하신 | 입금하신
    | 결제하신 | 계약하신 | 구매하신 | 맡기신 | 사용하시는 | 타시는
)"""
_OWNER = r"""(?:
    (?: 수신 | 발신 ) (?= \s? : ) | 예금주 | 수령[인자] | 수취[인자] | 수하인 | 수신인 | 발송인 | 발신인 | 송하인 | 주문[자인]
    | 구매[자인] | 신청[자인] | 의뢰[자인] | 계약[자인]
    | 피보험자 | 수익자 | 명의[자인주] | 예약[자인] | 입금[자인] | 송금[자인] | 보증인 | 연대보증인
    | 임차인 | 임대인 | 작성자 | 처리자
)"""
_PARTY = r"""(?:
    인수자 | 수신자 | 발신자 | 결제자 | 명의 | 소유[자주] | 차주
    | 보호자 | 환자 | 환아 | 자녀 | 학생 | 원생 | 대표(?:이사|자)? | 담당(?:자|의|직원|기사)?
    | 책임자 | 관리자 | 가입자 | 동거인 | 배우자
    | 세대주 | 세입자 | 집주인 | 건물주 | 상담(?:사|원|직원|자) | 매니저 | 문의[자인] | 고객(?:님)?
    | 회원(?:님)? | 본인 | 방문[자객]
    | 투숙[자객] | 탑승[자객] | 승객 | 승차자 | 참가자 | 참석자 | 응모자 | 당첨자 | 수강[생자]
    | 응시자 | 지원자 | 글쓴이 | 접수[자인]
    | 민원인 | 대리인 | 위임[자인] | 수임인 | 채무자 | 채권자 | 상속인 | 사용자 | 이용자 | 운전자
    | (?:설치|배송|배달|택배|수리|방문)?\s?기사(?:님)? | 추천[인자] | 조회자 | 등록자 | 팀장 | 과장
    | 대리 | 실장 | 점장 | 원장 | 교수 | 강사 | 선생님
    | 구입자 | 요청자 | 발급자 | 소지자 | 카드주 | 카드주인 | 주인 | 직원 | 승인자 | 접수처 | 대상자
    | 피해자 | 신고[자인] | 제보자 | 학부모 | 원아 | 증인 | 목격자 | 참고인 | 가해자 | 사고자 | 동반자 | 수급자 | 피상속인
    | 계정주 | 신랑 | 신부 | 혼주 | 조합원 | 입주민 | 점주 | 간병인 | 시터 | 코치 | 캐셔
)"""
FAMILY = (
    *("남편", "아내", "와이프", "엄마", "아빠", "어머니", "아버지"),
    *("누나", "언니", "오빠", "동생"),
)
"""The nearest relatives, by whom somebody else's name is told (`염정아 남편인데요`)."""
RELATIVE = rf"""(?: (?= {_any_head("title_starts", "relations")} ) (?:
    {one_of("relations")} | 남편 | 아내 | 와이프 | 신랑 | 부인 | 아들(?:내미)? | 딸(?:아이|내미)? | 손[자녀] | 엄마
    | 어머[니님] | 모친 | 아빠 | 아버[지님] | 부친 | 장[모인](?:님|어른)?
    | 시(?:어머니|아버지|엄마|아빠) | 할머니 | 할아버지 | 언니 | 오빠 | 누나 | 형 | (?:남|여)?동생
    | 친구 | 동료 | 지인 | 조카 | 이모 | 고모 | 삼촌 | 사촌
    | 며느리 | 사위 | 전?남편 | 전?처 | 집사람 | 시누이? | 올케 | 형수 | 처제 | 매형 | 매제
    | (?:큰|작은)(?:딸|아들) | (?:남|여)자?친구? | 애인 | 룸메이트 | 첫째 | 둘째 | 셋째 | 막내 | 큰애
    | 작은애 | 아이 | 아기 | 가족
))"""
LABEL = rf"""
    (?: {one_of("roles")} (?![주자인원]) | (?P<owner> {_OWNER} ) | {_PARTY} | (?P<relative> {RELATIVE} )                       # 예금주, 보호자, 남편
      | (?P<sent> {_SENT} \s? (?:분|사람|이) ) | 법정대리인 | 업체 )?                       # 받으실 분
    (?P<known> (?:의|님의?|분의?)? \s? (?:영어|영문|한글|한자|여권\s?영문)? \s?                      # 예금주 영문 성함
      (?: {_NAME_WORD} | (?<=[자인주분원객녀기생동아모])명                                          # 예금주명
        | (?:영문|한글|예약|주문|입금|신청)명 ) [칸란]? (?:에는?|님)? )?                    # 입금명에는
    (?P<label> (?<=[가-힣]) )
"""
"""What, at the start of a word, names the person who is named next; `known` is the surest."""


class Starts:
    """What words of some lists begin with, to pass over most others at little cost.

    Args:
        heads: beginnings of two syllables, or of one for words that are no longer.
        words: longer words, whose third syllable counts as well.
    """

    def __init__(self, heads: Iterable[str], *words: str) -> None:
        listed = [word for name in words for word in lists.LABELS[name]]
        self._short = frozenset((*heads, *(word for word in listed if len(word) < _LONG)))
        self._long = frozenset(word[:_LONG] for word in listed)
        self.heads = frozenset((*self._short, *(word[:2] for word in listed)))
        """First two syllables of all of them."""

    def words_in(self, text: str) -> list[re.Match[str]]:
        """The words of `text`, as `WORD_HEADS` matches them, that may begin with one of them."""
        short, long, heads = self._short, self._long, self.heads
        return [
            word
            for word in WORD_HEADS.finditer(text)
            if (head := word[1]) in short or (head in heads and word[0][:_LONG] in long)
        ]


_LONG = 3
LABEL_STARTS = Starts(lists.LABELS["starts"], "roles", "senders", "relations")
"""What every `LABEL` begins with."""

TITLE_STARTS = Starts(lists.LABELS["title_starts"], "after_names", "polite_titles", "relations")
"""What every `TITLE` and `RELATIVE` begins with."""

LATIN_LABEL = r"""
    (?<![가-힣a-z]) (?:
        (?:full\s?|my\s|customer\s?|guest\s?|passenger\s?|holder\s?|cardholder\s?)? name (?:\sis)?  # my name is
      | passenger | cardholder | recipient | sender                                         # Passenger: Dmitri Pak
      | i\sam | i'm | this\sis | dear | mrs?[.]? | ms[.]?                                   # this is Dmitri
    ) \s{0,2}[:=,]?\s{0,2} (?=[a-z]{2})
"""
"""English words that name the person who is named next."""

GAP = r"""(?:
    (?P<field>                                                                              # 성함/연락처(필수): 김민수
      (?: \s?[/,및과와&]\s?
          (?:연락처|전화번호|핸드폰|휴대폰|휴대전화|번호|주소|생년월일|성함|이름|성명) (?:번호)? ){0,3}
      \s{0,2} (?: \([^()\n]{0,12}\) \s? )? [:=|>\])→;-]{1,2} \s{0,3} )
    | (?P<said>                                                                             # 성함은요, 음 김민수
      (?:이요|이에요|으로는|으로|로는|은요|는요|[은는이가도을를]) \s{0,2} [,.]{0,2} \s{0,2}
      (?: (?:음|어|네|아|저기|그게|그|저|제가) [,.~]{0,3} \s )? )
    | (?P<beside> \s{0,2} )                                                                 # 예금주 김민수
)"""
"""What may stand between such a word and the name."""
