from typing import ClassVar

import pytest

from cs_pipeline.pii import find_spans, mask_text
from tests.unit.pii.finders.finder_contract import FinderContract

FOUND = {
    "MEMBER_NO": [
        "장기요양인정번호 [L1234567890-101]",
        "요양 인정번호 [L2345678901]이요",
        "대출번호 [2023-112-000456] 상환",
        "증권번호 [L2023-0481123] 해지",
    ],
    "ACCOUNT": [
        "비트코인 지갑 [1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2]로",
        "이더리움 주소 [0x742d35Cc6634C0532925a3b844Bc454e4438f44e]",
        "[bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq] 로 보냄",
    ],
    "ADDRESS": ["위치 [37.566535, 126.9779692] 에요", "위도 [37.5665 경도 126.9780]"],
    "ORDER": [
        "11번가 주문 [20231122445566]",
        "쿠팡 주문 [28000123456789] 취소",
        "G마켓 주문건 [4412345678]",
        "옥션 [B1234567890] 언제 와요",
        "무신사 주문 [20231122123400001]",
        "카카오 선물하기 주문 [1234567890]",
        "주문건 [23112298765] 배송",
    ],
    "PLATE": [
        "차대번호 [KMHEC41BP9A123456]",
        "VIN [WBA3A5C50CF256985]",
        "임시번호판 [임1234]",
        "임시번호 [서울 1234]",
        "임판 [123456]이요",
    ],
    "LOGIN_ID": [
        "닉네임 [달빛고래] 로 활동",
        "게임 닉네임 [검은고양이네로] 서버 3섭 아이템 복구요",
        "닉네임은 [겨울나무]예요",
        "아이디 [푸른바다]요",
        "아이디는 [은하수여행]입니다",
    ],
    "DOB": ["[음력으로 4월 초파일 생]", "[85년] 소띠예요", "생일은 [팔오년 이월 십삼일]이요"],
}
KEPT = [
    "요양 병원 번호 알려주세요",
    "요양보호사 자격증 1급",
    "비트코인 10만원어치",
    "비트코인 1BTC 얼마예요",
    "오류 0x80070005 나와요",
    "위도가 뭐예요",
    "평점 4.5, 126개",
    "37.5도 열나요",
    "11번가 할인 10000원",
    "11번가 고객센터 1599-0110",
    "쿠팡 1577-7011로 전화",
    "G마켓 쿠폰 5000원",
    "옥션 B타입 주세요",
    "무신사 주문 3건",
    "주문건 2건 있어요",
    "임시번호판 발급 방법",
    "임시번호판 10일까지",
    "차대번호 어디 있어요",
    "VIN 번호가 뭔가요",
    "닉네임 변경하고 싶어요",
    "닉네임 중복이에요",
    "아이디 비밀번호요",
    "아이디 찾기요",
    "아이디 기억이 안 나요",
    "아이디 두개라고 해요",
    "계정 정지됐어요",
    "4월 초에 가요",
    "소띠 운세",
]


class TestFurther(FinderContract):
    types: ClassVar = frozenset(FOUND)
    found = FOUND
    kept = KEPT


@pytest.mark.parametrize(
    "text",
    [
        "김민수 (900101-1234567) 확인",
        "노상현[9001011234567]",
        "성함은 김민수, 연락처 010-3841-2297, 서울 강남구 역삼동 123-4 101동 1203호",
        "110-123-456789 신한 김민수 010-1234-5678 900101-1234567",
        "예금주 김민수 국민 123456-78-901234 입금",
    ],
)
def test_one_answer(text) -> None:
    masked = text
    for span in reversed(find_spans(text)):
        masked = masked[: span.start] + "\0" + masked[span.end :]
    assert mask_text(masked).count("#@") == 0
    assert mask_text(text).count("#@") == masked.count("\0")
