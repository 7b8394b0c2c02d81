"""Chats between two, whose title says with whom: which of them is the company.

하은이엄마 님과 카카오톡 대화
2026년 3월 2일 오전 9:03, 행복안심센터 : 네, 재고가 있습니다.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from cs_pipeline.intake.sheets.cell_kinds import names_somebody
from cs_pipeline.intake.sheets.cells import cell_at, clean_text
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.speakers import Speaker, is_desk, plain_role, speaker_of

_COMPANY = re.compile(
    r"(?:센터|팀|데스크|학원|유학원|어학원|병원|의원|치과|약국|쇼핑몰|몰|샵|스토어|마트|상사|회사|은행|보험|렌탈|카드"
    r"|중개사|매입|렌터카|캠핑장|체육관|사진관|미술관|클리닉|서점|꽃집|책방|정비소|세탁소|어린이집|유치원|베이커리|카페|플라워"
    r"|필라테스|인테리어|웨딩|컴퍼니|코리아|협회|학회|조합|재단|부동산|미용실|헤어|펜션|호텔|여행사|공방|스튜디오|사무소|법무법인|공식(?:계정|채널)?|shop|store|mall|center|official)$"
    r"|^\(주\)|\(주\)$|㈜|주식회사",
    re.IGNORECASE,
)
_COLLEAGUE = re.compile(
    # 본사 박팀장, 물류팀 김대리
    r"(?:^|\s|\[|\()(?:우리|사내|본사|본점|본부|인사팀|총무팀|회계팀|재무팀|경영지원팀?|물류팀|개발팀|영업팀|마케팅팀|운영팀|기획팀|생산팀)"
    r"(?:$|[\s)\]_-])"
    # 박팀장, 김지호 과장님
    r"|^[가-힣]{1,3}\s?(?:본부장|지점장|점장|팀장|실장|부장|차장|과장|대리|주임)님?$"
)
_SUPPLIER = re.compile(
    r"도매|공장|농장|농원|상회|청과|정육|수산|기사|배달|택배|퀵|거래처|업체|납품|유통|물류|화물|용달"
)
_OWNER = re.compile(r"(?:사장|점장|원장|소장|관장|대표)님?")
_LEAST_OF_PLACE = 3
_MANY_CHATS, _LEAST_CUSTOMERS = 3, 3


class ChatPartners:
    """The speakers of chats by their title; `column` holds the titles, -1 where there is none."""

    def __init__(self, column: int) -> None:
        self._column = column
        self._met: dict[str, set[str]] = defaultdict(set)

    def meet(self, row: Row, spoken_by: str) -> None:
        """Note that somebody speaks in a chat."""
        if spoken_by:
            self._met[clean_text(cell_at(row, self._column))].add(clean_text(spoken_by))

    def side_of(self, row: Row, spoken_by: str) -> Speaker | None:
        """Whose side one of the two is on; None where the title names none of two, or both may be.

        The title of a group names the group, which speaks nowhere in it.
        """
        if self._column < 0:
            return None
        title, name = clean_text(cell_at(row, self._column)), clean_text(spoken_by)
        met = self._met.get(title, set())
        if len(met) != 2 or title not in met or name not in met:
            return None
        [other] = met - {name}
        sides = _told(name), _told(other)
        if sides == ("agent", "agent") and name == title and self._is_everywhere(other):
            return "customer"  # 상담받고싶은사람, whom whoever saves the chats calls so
        if "bot" in sides or sides[0] == sides[1]:
            return None
        return sides[0] or ("agent" if sides[1] == "customer" else "customer")

    def title_of(self, row: Row) -> str:
        """The title of the row's chat, '' where there is none."""
        return clean_text(cell_at(row, self._column)) if self._column >= 0 else ""

    def is_colleague(self, row: Row, spoken_by: str) -> bool:
        """Whether a chat is with somebody whose name says that it is none with a customer."""
        return (
            self._column >= 0
            and clean_text(cell_at(row, self._column)) == clean_text(spoken_by)
            and _COLLEAGUE.search(clean_text(spoken_by)) is not None
        )

    def _is_everywhere(self, name: str) -> bool:
        """Whether somebody speaks in many chats: whoever saved them."""
        return sum(name in met for met in self._met.values()) >= _MANY_CHATS


def may_ask(name: str) -> bool:
    """Whether somebody called so may be a customer: no company, colleague or supplier."""
    others = _COLLEAGUE.search(name) or _SUPPLIER.search(name)
    return _told(name) in (None, "customer") and others is None


def place_of(name: str) -> str:
    """The place whose office or owner somebody is called, '' of any other name.

    늘봄유치원 of 늘봄유치원 행정실, 솔펜션 of 솔펜션 사장님; 김민수 사장님 may be anybody.
    """
    place, _, called = name.strip().rpartition(" ")
    is_one = len(place) >= _LEAST_OF_PLACE and not names_somebody(place)
    return place if is_one and (is_desk(called) or _OWNER.fullmatch(called)) else ""


def others_than_customers(partners: Iterable[str]) -> set[str]:
    """Those of the people somebody writes to who are no customers, where most are called so.

    손님_A, 손님_B, 농장: a name or a phone number may be a customer's all the same.
    """
    named = set(partners)
    others = {name for name in named if not plain_role(name) or speaker_of(name) != "customer"}
    if len(named) - len(others) < max(_LEAST_CUSTOMERS, len(named) / 2):
        return set()
    return {name for name in others if _SUPPLIER.search(name) or not names_somebody(name)}


def _told(name: str) -> Speaker | None:
    """Whose side a name is on by its words."""
    speaker = speaker_of(name)
    if speaker is None and _COMPANY.search(name):
        return "agent"
    return speaker
