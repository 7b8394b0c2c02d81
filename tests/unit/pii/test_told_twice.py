"""Values that their tellers put right, cut down to their ends, or name after telling them."""

import pytest

from cs_pipeline.pii import mask_text

TOLD = [
    ("토스뱅크 1000-2938-4471 아 아니 1000-2983-4471이요", "1000-2938-4471", "1000-2983-4471"),
    ("국민은행 123456-04-567890 말고 123456-04-567809요", "123456-04-567890", "123456-04-567809"),
    ("인증번호 육팔공사이일 아니 육팔공사일이", "육팔공사이일", "육팔공사일이"),
    ("주문번호 20261128-00123 아니고 20261128-00132입니다", "20261128-00123", "20261128-00132"),
    ("회원번호 88271034 아뇨 88271043이에요", "88271034", "88271043"),
    ("연결계좌 끝이 4085예요", "4085"),
    ("자동이체 계좌 끝은 0912인 거 맞아요", "0912"),
    ("고객님 카드 끝번호 4 4 1 9로 되어 있습니다", "4 4 1 9"),
    ("1298104463 현금영수증 지출증빙으로요", "1298104463"),
    ("연락처는 공일공 칠이삼팔 구공사일이구요", "공일공 칠이삼팔 구공사일"),
    ("주문 B2K9-44107X 사이즈 교환 S로", "B2K9-44107X"),
    ("안녕하세요 지은이 엄만데요", "지은"),
]
STAYS = [
    "2026-11-28 말고 2026-11-29로 해 주세요",
    "1,200,000원 아니 1,300,000원이에요",
    "재고 번호 끝이 없어요",
    "카드 끝나는 날 4 4 분기",
    "현금영수증 지출증빙으로 해 주세요",
    "공일공 번호로 다시 걸어 주세요",
    "주문 S 사이즈 2개 교환이요",
    "모델은 XR-4410 아니고 XR-4420이에요",
    "우리 아이 엄만데요",
    "끝이 좋으면 다 좋지요",
    "1577-1234 말고 1588-1234로 거세요",
    "계좌 이체는 12시 아니 13시까지요",
]


@pytest.mark.parametrize(("text", "values"), [(text, values) for text, *values in TOLD])
def test_values_go(text: str, values: list[str]) -> None:
    masked = mask_text(text)
    assert not [value for value in values if value in masked]


@pytest.mark.parametrize("text", STAYS)
def test_what_is_nobodys_stays(text: str) -> None:
    assert mask_text(text) == text
