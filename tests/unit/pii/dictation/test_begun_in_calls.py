"""Numbers of which a line tells the beginning unasked, and the kinds they are of."""

import pytest

from tests.unit.pii.dictation.test_asked_in_calls import bracketed

FOUND = """
여보세요|송장 [육오일공]에
여보세요|송장 육오일공에|네|[팔팔이삼]
저희 어머니 폰으로 [공일공에 사칠공공]
저희 어머니 폰으로 공일공에 사칠공공|네|[오오이삼]이요
국민은행이시죠? 뒤에 여섯 자리 맞는지 볼게요 [382910] 맞으세요
유효기간 월 먼저요|[칠월]
유효기간 월 먼저요|칠월|네 년도요|[이십구년]
주민번호 앞자리랑 뒤에 첫자리요|[팔칠공사일이에 이]요
번호판이 [12허]
번호판이 12허|네|[3847]이에요 렌터카예요
호텔 컨펌 넘버가 [HK29-48817-A]예요
접수번호 [이천이십육 다시 공공사팔일이]라고 되어 있네요
주문번호가 길어요 20261128|네|[0048]
민원 넣은 거 [1AA-2611-0048217] 언제 답 와요
증권번호 말씀해 주세요|[엘에이 이공이사]
사번이 [에이 공사팔이]이에요
인증문자 온 거 불러 주세요|[칠칠공]
닉네임 [달콤한복숭아77] 신고합니다
아이엠이아이 삼오구이 일공사팔|네|[이칠삼공 오오일이]요
앞 번호는 공일공이시죠?|아니요 [공일구]예요
차량 뒤에 네 자리|[구공사일]
계좌번호 말씀해 주세요|네 제 거는 [7660 0790 21]이에요
여권 뒤에 번호가 안 보여요|천천히 말씀하세요|[엠 삼사오 에이 육칠팔구]
"""
KEPT = """
여보세요|송장 언제 나와요
여보세요|송장 언제 나와요|네|팔지 마세요
저희 어머니 폰으로 보내 주세요
저희 어머니 폰으로 보내 주세요|네|120이요
은행이시죠? 뒤에 2명 맞는지 볼게요
쿠폰 기한은 월 먼저요|칠월
쿠폰 기한은 월 먼저요|칠월|네 년도요|이십구년
번호판이 안 보여요
번호판을 바꿨어요|네|3847원이에요
차량번호 알려 주세요|아직 출고 전이에요|12월이요
호텔 컨펌 메일이 안 왔어요
이천이십육 다시 시작
상품이 많아요 20261128|네|0048
민원 넣은 거 2026-11 언제 답 와요
계약 말씀해 주세요|엘에이 다저스요
공유기 주소 192.168.0.1로 들어가세요
인증문자가 안 와요|칠칠맞게
닉네임 100개 신고합니다
연락처 남겨 주세요|아까 남겼는데요|네 이삼일 내로 연락드릴게요
010 1234
계좌번호 말씀해 주세요|네 제 거는 이 사람 이 통장이에요
카드번호는 됐고요 결제일이요|이십오일이요
전화번호 확인됐습니다 몇 시에 전화드릴까요|두 시 삼십분이요
여권은 오 년짜리요 십 년짜리요?|십 년이요
"""


@pytest.mark.parametrize("row", FOUND.strip().splitlines())
def test_what_is_begun_is_found_whole(row) -> None:
    assert bracketed(row) == row.rpartition("|")[2]


@pytest.mark.parametrize("row", KEPT.strip().splitlines())
def test_what_only_sounds_like_it_stays(row) -> None:
    assert bracketed(row) == row.rpartition("|")[2]


def test_as_many_rows_stay_as_are_found() -> None:
    assert len(KEPT.strip().splitlines()) >= len(FOUND.strip().splitlines())
