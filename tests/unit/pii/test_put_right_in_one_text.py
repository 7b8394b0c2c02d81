"""Numbers put right, begun again or dialled abroad, and codes told in words, in one text."""

import re

import pytest

from cs_pipeline.pii import PiiContext, find_spans

FOUND = """
주민번호 [칠구일이공오 다시 일삼오육공공이]고 이름은 몰라요
제 번호 [공일공 삼사칠칠에 이이공... 아니 삼사칠팔에 이이공육]이에요
번호는 [공일공 구구칠이 사사]... 아니다 [사오공삼]이에요
[공일공 이삼사오 육칠팔팔] 아니 [육칠팔구]요
[공일공 칠칠삼일 어 잠깐만요 칠칠이일에 오구공삼]이요
[공일공 구사구이 공공칠칠 구사구이 공공칠칠]이요
[공일공인데 뒤는 팔공삼육에 구구이일]이요
[공일공인데 그 뒤가 이공칠칠 그 다음에 삼십구 오십육]이에요
어머니 번호는 [공일공 사십삼에 이십이 오십육 칠십팔]이에요
번호 뒤에가 [삼삼일구]인데 문자가 안 와요
토스 [1000-3382-1194] 아 끝이 [1149]예요
우리은행 [1002-384-992017] 아니 [992071]이요
주민번호 [880310-2074351] 아니 [2074315]예요
주민번호 뒷자리 [2074351] 아 죄송해요 [2074315]요
카드 [5310 2284 9937 88]... 아 [5310 2284 9937 8842]요
앞 네 자리 [5310이고 끝은 8842]인 카드요
[5310으로 시작해서 8842]로 끝나는 체크카드요
뒤에 [8842 아니 8824] 그 신용카드 정지해주세요
끝자리 [5561 말고 5516] 쓰는 폰이요
삼성카드 앞번호 [5310 2284]까지만 보여요
[0086 138 2247 9036]으로 인증 문자가 안 와요
[공공팔육 일삼구 사오육칠 팔팔구공이] 제 중국 번호예요
[001-1-213-555-0189]로 걸려온 전화요
[110 284 993 017] 여기로 보험료 자동이체 바꿔주세요
[3333 09 4821190] 이 계좌로 환불해주세요
보험료는 [110 284 993 017]에서 빠지게 해주세요
여권번호는 [엠 이공팔팔에 사일칠구]입니다
[엠 삼팔사 칠이구일공]으로 바꿨어요 새로 발급받아서
예약번호 [엘 큐 칠 에이치 삼 제이]요
예약번호 [큐 엘 나인 엑스 투 티]요
[682044719032] 이거 어디쯤 왔어요
골뱅이 앞이 [kjh0310]이고 뒤는 네이버예요
골뱅이 앞에는 [에스유엔 공삼일공이]고 뒤에는 다음이요
영문으로 [케이 아이 엠 숫자 공삼 골뱅이 다음]이요
골뱅이 뒤가 네이버 아니고 [네이트 닷컴]이에요
아이디가 [써니 언더바 구공]이요
맥주소 [공공 일에이 이비 삼씨 사디 오이]요
[https://band.us/@sunnymom] 밴드예요
[https://blog.example.com/garden82] 여기 후기요
"""
KEPT = """
주문한 게 두 개이고 이름은 몰라요
1588로 시작하는 번호로 문자 왔어요
1588-1234 아니 1588-1243으로 걸었어요
계량기 숫자가 04821이에요
수량 12 아니 13이요
3층 아니 5층이요
포인트가 8842 아니 8824점이에요
5310원 아니 5301원 결제됐어요
앞에 5만원이고 끝은 8만원인 거요
2025로 시작해서 2026으로 끝나는 파일명이요
뒤에 8842 아니 8824 번대 모델이요
0086원 결제됐다고 떠요
00-1 규격 213 555 0189 나사요
110 284 993 여기로 오세요
사이즈 110 100 105 여기로 바꿔주세요
보험료는 110 284원에서 빠지게 해주세요
제품은 엠 사이즈예요
엠 2개 엘 3개 주문했어요
예약번호 불러드릴게요 잠시만요
예약번호 엘리베이터 앞에 적혀 있나요
예약번호 큐알로 왔어요
이거 어디쯤 왔어요
12 이거 어디쯤 왔어요
골뱅이 앞이 뭐예요
골뱅이 뒤가 네이버예요
골뱅이 무침 하나 다음에 소주요
네이버 말고 다음에서 봤어요
네이버 말고 네이트 판에서 봤어요
아이디가 언더바 빼고예요
점 하나 빠졌어요 아이디가요
맥주소가 뭐예요
맥주 오이 이십 개요
https://band.us/page/notice 공지요
https://blog.example.com/ 메인이요
공일공인데 뒤는 기억이 안 나요
공일공 이십삼 번 창구요
공일에 삼십구 오십육 호 라인이요
앞 네 자리 이고 끝은 모르겠어요
체크카드 8842원 결제 말고 8824원이요
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
