"""Dates beside persons, numbers beside what they are of, and a card's proof beside its expiry."""

import re

import pytest

from cs_pipeline.pii import PiiContext, find_spans

FOUND = """
보호자 김미란 환아 서지오 [21.03.14] 접종 문의요
아들 박하준 [2019-05-02] 등록해주세요
아기 [2026-09-01] 출생신고 했어요
산모 조은비 [92.04.18] 예약자예요
[480712] 어머니 건강검진 예약이요
학생 [2009.01.22] 입니다
본인확인용 [880310] 조세희요
노인 요금 적용요 [1955.02.11]입니다
호텔 [HTL-88210394] 체크인 시간요
공연 예매 [M2611-88210] 취소표요
렌트 예약 [RC261203-0174] 변경이요
[3628 1947 0285] 문 앞에 없어요
국제특송 [1Z 8R4 72X 03 9481 6257]요
도시가스 [4821039-44] 명의변경
[SK 4402 8817 365] 스카이패스 적립이요
아시아나클럽 [OZ 482 103 944]
ars 인증 두자리 [47] 눌렀는데 끊겨요
유효기간 [공이 삼일] 뒤 세자리 [육육삼]
뒷면에 [육육삼이]요
카드앞 8자리만 [4906 2817] 이고 나머진 말 안할래요
공동현관 [#4821*] 누르고 [1503호]로요
[광주 북구 용봉동 1503-2 원룸 205호]
새 주소는 [김해 율하로 210 삼백이동]
네 아들 전도담 [2015-08-30]
주문건 두 개 [3100048271936] 이랑 [3100048271944] 합배송요
편의점택배 [3628-1947-0285] 반품은 [3628-1947-0311]
유효 [02/31] 뒤에 [663]
주문번호가 없으면 조회가 어려워요|아 찾았어요 [3100048271936]
게임 캐릭터명이요|[칼리버777]이요
"""
KEPT = """
아들 2026.12.24 크리스마스 선물이요
딸 2026.11.30 입학식 꽃다발이요
아기 옷 2026-09-01 주문했어요
보호자 없이 21.03.14 방문했어요
회사는 1992.04.18 설립됐어요
480712 어머니회 모델이요
학생 2009명이에요
오픈은 2019.01.22입니다
호텔 12층 체크인 시간요
공연 예매 2장 취소표요
렌트 예약 3일 변경이요
36 19 02 문 앞에 없어요
1Z 사이즈 있어요?
도시가스 48,210원 나왔어요
SK 텔레콤 스카이 폰이요
아시아나클럽 가입할게요
ars 두 번 눌렀는데 끊겨요
유효기간 뒤 세 달이요
뒷면에 스크래치 있어요
카드앞 8자리만 불러도 되나요
버튼 누르고 3층으로요
원룸 205만원이에요
율하로 쪽 삼백이 명 모였어요
아들 졸업식 2015-02-10
아이 체육복 2026-03-02
주문건 두 개 합배송요
유효기간 12/26 까지 300포인트
주문번호가 없어요|아 찾았어요 3100원
게임 캐릭터명이요|비밀이요
"""


def bracketed(row: str) -> str:
    """The row's last turn with brackets around what is found in it; names do not count."""
    *preceding, text = re.sub(r"[\[\]]", "", row).split("|")
    context = PiiContext(preceding=preceding) if preceding else None
    found = [one for one in find_spans(text, context=context) if one.entity_type != "NAME"]
    for span in reversed(found):
        value = text[span.start : span.end]
        text = f"{text[: span.start]}[{value}]{text[span.end :]}"
    return text


@pytest.mark.parametrize("row", FOUND.strip().splitlines())
def test_what_is_told_is_found(row) -> None:
    assert bracketed(row) == row.rpartition("|")[2]


@pytest.mark.parametrize("row", KEPT.strip().splitlines())
def test_other_talk_stays(row) -> None:
    assert bracketed(row) == row.rpartition("|")[2]


def test_as_many_rows_stay_as_are_found() -> None:
    assert len(KEPT.strip().splitlines()) >= len(FOUND.strip().splitlines())
