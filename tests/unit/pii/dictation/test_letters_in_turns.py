"""Codes with letters told by their names, mailboxes and numbers told by parts, over turns."""

import re

import pytest

from cs_pipeline.pii import PiiContext, find_spans

FOUND = """
나머지 여덟 자리 불러주세요|[사이삼공 칠칠일오]입니다
처방전 보내드릴 약국 팩스번호 부탁드려요|[공오공오]에
계약자분 전화번호요|공일공에 이이공삼에 음 구공|네 구공|[사일]
다치신 데는 없으세요? 차량번호 불러주시겠어요?|삼백십이 너|[공이팔구]
상대 차량은요?|잘 안 보이는데 [오삼러 뒤가 칠일칠이]인 것 같아요
차량번호 보이시나요|어 [팔팔 그다음에 소 사이공공]
환급금 받을 계좌요|네|[공육하나]
송금하신 계좌 불러주세요|새마을 구공공이|네|[일오사팔] 빨리요 제발
계좌번호 불러주세요|농협 삼공이에|네|공칠칠일|네|끝에 [구일] 더 있어요
사업자등록번호 열 자리 말씀해 주세요|삼공일|네|[이칠에 육육공구이]요
사업자번호 614-81-20973이시죠?|아니요 [삼칠]로 끝나요
주민번호 뒤 일곱 자리 다시요|잘못 불렀네요 [일팔공사]... 아니 [일팔사공이구오]예요
통관부호 불러주시겠어요|네 [피 일팔공공]
여권번호도 등록해 주셔야 돼요|엠 칠일이|네|[지 공공육사]
여권번호 부탁드립니다|[엠 오일팔 그다음 알파벳 디]요
예약번호 여섯 자리요|[큐 엘 나인 엑스 투 티]
예약번호 있으세요?|[에이치 팔공이]
해외에서 온 건데 송장이 길어요|나눠서 말씀해 주세요|[알에이]
밑에 맥 어드레스 있을까요|[공공 일에이 이비 삼씨 사디 오이]
택배기사인데 주소가 이상해요|어떤 건이신가요|[삼칠이공에 구구사일 팔팔공이]
택배 어떤 건이세요|[5544 0917 3320] 여기요
메일은요|[비즈 점 새록 골뱅이]
메일 주소 알려주세요|[제이 에이 이] 까지가 재고요
메일 주소 알려주세요|제이 에이 이|네 j a e|그다음 [점 더블유 공삼]
골뱅이 앞을 다시 한번요|[씨 에이치 오 디 제이 그다음에 숫자 영삼이]요
어디로 받으세요|메일이요 에이치 오 엔 지 둘둘|골뱅이 뒤는요?|다음이고 아까 [둘둘] 아니고 [둘셋]이요
등록된 주소가 nabi_77@nate.com인데요|[nabi_77] 아니고 [nabi-77]이에요
어디로 보내드릴까요 메일이요|[minseo.sg에 골뱅이 korea.kr]
계정 아이디 알려주세요|[달빛토끼88]이요
계정 아이디랑 서버 알려주세요|[검은늑대77] 아니고 [검은늑대_77] 서버는 루나
뒤 첫 자리는 [육]이요?
"""
KEPT = """
나머지 여덟 자리 배열은 못 봤어요
팩스번호 부탁드려요|팩스가 없어요
전화번호요|공일공에|네|열한 시에 해주세요
다치신 데는 없으세요? 차량번호 불러주시겠어요?|기억이 안 나요
차량번호는 없으세요?|네 1층에 있어요
차량 색상은요?|하얀색 두 대요
환급금 받을 계좌요|네|없어요
송금하신 계좌 불러주세요|빨리요 제발
계좌번호 불러주세요|네|끝에 뭐가 더 있어요
사업자등록번호 열 자리 말씀해 주세요|이칠 번지요?
주문번호 20261127-0031이시죠?|아니요 다음 주로 끝나요
주문 수량 확인 부탁드립니다|일팔 아니 이십 개요
통관부호 불러주시겠어요|피자 이 인분요
여권번호도 등록해 주셔야 돼요|엄마 이름으로요
예약번호 여섯 자리요|엘 하나 엠 둘이요
예약번호 있으세요?|아이 둘이요
예약번호 있으세요?|오 네
송장이 길어요|나눠서 말씀해 주세요|네 알겠어요
맥 어드레스 있을까요|맥주 두 캔이요
어떤 건이신가요|2026년 11월 결제 건이요
택배 어떤 건이세요|어제 시킨 3개요
탑승하신 편명은요?|칠오공팔 편이요
메일은요|점심 다음에 보낼게요
메일 주소 알려주세요|네 까지가 뭐예요
골뱅이 무침 하나요|하나 둘 아니고 셋이요
메일 주소 알려주세요|둘 아니고 셋이요
등록된 주소가 nabi_77@nate.com인데요|나비 아니고 벌이에요
어디로 보내드릴까요 메일이요|집에 골뱅이 캔 보내주세요
계정 아이디 알려주세요|기억이 안 나서 2개월 됐어요
계정 아이디랑 서버 알려주세요|서버는 루나예요
뒤에 첫 번째 자리는 비었나요?
계량기 숫자 다섯 자리 불러주세요|공삼칠이팔이네요
고객번호 아시나요|육삼공이|네|계량기 숫자 다섯 자리 불러주세요|공삼칠이팔이네요
회원번호 말씀해 주세요|육삼공이|탑승하신 편명은요?|칠오공팔 편이요
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
