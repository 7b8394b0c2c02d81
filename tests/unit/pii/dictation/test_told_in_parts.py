"""Codes, halves, fragments and parts of addresses that are told beside their question."""

import pytest

from tests.unit.pii.bracketed import bracketed

FOUND = """
아파트 이름이요?|[푸른마을 대림]
무슨 아파트세요?|네 [래미안 퍼스티지]요
건물 이름이 어떻게 되세요?|[한빛타워]입니다
76년 11월생이에요|날짜까지요|[30일]
88년생이요|몇 월 며칠이세요?|[4월 12일]이요
예약번호가 여섯 자리인데요|어디 있어요?|메일 상단에요|[QX4T7L]
주문번호 불러 주세요|네 [kr29 48ab]요
회원번호요?|[M20481]입니다
시리얼 번호 읽어 주시겠어요?|[SN48 2K19]이요
숫자 말씀해주세요|[88 20 47]
인증번호 보내드렸습니다|두 개가 왔는데|나중에 온 걸로요|[119 284]
문자 받으셨나요?|네|숫자 불러 주세요|[여섯 둘 공 하나 삼 오]요
hwangbo_k@naver.com|[hwangbo_k] 맞으시죠
메일은 [minsol.88@daum.net]이요|네|[minsol.88] 골뱅이 다음 맞나요
비상연락처 하나 더 부탁드려요|[이이칠사에 구공일삼]이고 앞에는 [공일공이]요
입금 계좌가 우리은행 1002-447-118829 맞으세요?|뒤에 [29] 아니고 [92]인데요
번호가 010-5571-2490 맞나요|끝에 [90]이 아니라 [09]예요
여보세요|카드 정지해주세요 번호가 [6210 9195]
[010-5517-24] 아니 [010-5571-2490] 오타났네요
[010 5517 2] 앗 [010 5571 2490]이요
[2304, Building 118, 45 Convensia-daero, Yeonsu-gu, Incheon]
가맹점 위치 [서초대로74길 51, 지하1층 B113호]
숙소 예약 [HM4K8XQ2RT] 취소 수수료 있나요
항공권 [K7QX4T] 변경이요
[https://pay.sample-mall.kr/order/view?id=kjh0417&no=88471] 이거
ID: [kakao_dongdong7] / PW: [dong0707!!]
아멕스예요 [3788 279117 24417] 앞면 네자리가 [7731]
카드번호[3562311294427682]유효[1127]비번앞[42]
"""
KEPT = """
아파트 이름이요?|그냥 주택이에요
아파트 이름이요?|잘 모르겠어요
건물 이름이 뭐예요?|상관없어요
아파트 이름이요?|빌라예요
무슨 아파트세요?|아파트 아니에요
88년생이요|며칠 걸려요?|3일이요
배송은 76번 버스|날짜까지요|30일
4월생이에요|네 며칠 뒤에 도착하나요|30일
예약번호가 뭐예요?|모르겠어요
주문번호 알려 주세요|S25요
예약번호요?|A4 용지 주문이요
회원번호요?|VIP예요
모델명이 뭐예요?|WF21T9500KW요
숫자로 말씀해주세요|500원이요
문자 받으셨나요?|네|언제 오나요|1234원 입금했는데
인증번호가 안 와요|네|재고는 몇 개예요?|119개
hwangbo_k@naver.com|황보 맞으시죠
메일 주소가 help@shop.kr 맞나요|help 센터는 어디예요
사이즈는 29 말고 30이요|뒤에 29 아니고 92인데요
카드 고객센터 번호가 1588 1234
상품 번호가 6210 9195
카드 할부는 12개월이요
어디로 보내드릴까요|회사로요
어디로 보내드릴까요|집으로요
완산구 효자동3가 1544예요|아파트세요?
계정 사칭당했어요
계정 해지됐어요
https://shop.example.com/order/guide/view?no=1234
https://www.example.com/members/notice/view?no=12345
https://shop.example.com/goods/view?no=88471
예약 RTX4090 되나요
호텔 ABCDEFG 예약
예약 20261122
네 3개 아니고 5개요
3층 아니 3동 앞이요
예약 확인 KTX1234 열차요
ID: 없음 / PW: 없음
앞면 네 자리가 안 보여요
유효기간이 얼마나 되나요
"""


@pytest.mark.parametrize("row", FOUND.strip().splitlines())
def test_what_is_told_is_found_whole(row) -> None:
    assert bracketed(row, names=True) == row.rpartition("|")[2]


@pytest.mark.parametrize("row", KEPT.strip().splitlines())
def test_other_answers_stay(row) -> None:
    assert bracketed(row, names=True) == row.rpartition("|")[2]


def test_as_many_rows_stay_as_are_found() -> None:
    assert len(KEPT.strip().splitlines()) >= len(FOUND.strip().splitlines())
