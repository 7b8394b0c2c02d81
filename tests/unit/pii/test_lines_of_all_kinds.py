"""Lines of many kinds, in which what is to be found stands in brackets; names do not count."""

import pytest

from tests.unit.pii.bracketed import bracketed

FOUND = """
[92.8.21일생] 여자요
DOB [14-Mar-1987] passport same
양수인 갈현준 [00.05.23]
카드번호요 [3560 2361 7750]
비씨[5523779568300129]일시불요 [26년 4월]까지에요
[1Z84A0V60392817745] ups요
면허번호 [11-**-394827-**] 만 보이는데
UUID [e7d41f0a92bc4c3f8a5510d6b7723c9e] 기기변경
핸드폰 번호가 어떻게 되세요?|공일공|네|삼팔사일에|네|[이이구칠] 아니 [이이칠구]요
[경기 용인시 수지구 성복2로 86, 205-1804] 배송
예약번호 알려 주세요|[케이칠팔엠엑스이]입니다
이메일 [k_h_j 골뱅이 다음 넷]
메일주소 [lee 점 sun 앳 회사 닷 씨오 닷 케이알]
"""
KEPT = """
92.8.21일 방송
14-Mar-1987 방송
매수인 안내 00.05.23
카드번호 16자리요
비씨 4월까지에요
1Z로 시작하는 거요
면허번호 11자리
UUID가 뭐예요
KC인증번호 XU100948-22017 표기
안전인증번호 CB061R482-9001
핸드폰 몇 개 필요하세요?|이이칠 아니 셋이요
성복2로 3배 빨라요
다음 넷이요 네이버 말고
"""


@pytest.mark.parametrize("row", FOUND.strip().splitlines())
def test_what_is_told_is_found_whole(row) -> None:
    assert bracketed(row) == row.rpartition("|")[2]


@pytest.mark.parametrize("row", KEPT.strip().splitlines())
def test_other_talk_stays(row) -> None:
    assert bracketed(row) == row.rpartition("|")[2]


def test_as_many_rows_stay_as_are_found() -> None:
    assert len(KEPT.strip().splitlines()) >= len(FOUND.strip().splitlines())
