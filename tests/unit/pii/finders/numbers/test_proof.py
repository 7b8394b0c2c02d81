"""A number that proves what it is counts whatever words stand near; any other is offered on."""

from itertools import product

import pytest

from cs_pipeline.pii import find_spans, mask_text
from cs_pipeline.pii.residue import residue

WORDS = [
    "주문",
    "배송",
    "예약",
    "접수",
    "청구",
    "회원",
    "포인트",
    "품번",
    "바코드",
    "상품번호",
    "ISBN",
    "Korean",
    "주문번호",
    "송장",
    "쿠폰",
    "시리얼",
    "증권",
    "도서",
    "고지",
    "문서",
    "티켓",
    "EAN",
    "lot",
    "IMEI",
    "모델",
    "승인",
    "대기",
]
SENTENCES = ("{} {}", "{} 문의 {}", "{}번호 {}", "{} 건 {}이요", "{}: {}", "{}에 {} 적혀 있어요")
CARDS = ("5409-2613-7788-4022", "9410 2613 7788 4021", "4111111111111111", "3782-822463-10005")
REGISTRATIONS = ("870412-2074315", "870412 2074315", "9001011234567")
GOODS = ("8801234567893", "9788937460449", "4006381333931", "8809012345671")
HOTLINES = ("1588-1234", "1544-0000", "080-123-4567")


@pytest.mark.parametrize("value", [*CARDS, *REGISTRATIONS])
def test_proof_beats_the_words_around(value) -> None:
    left = [
        text
        for word, sentence in product(WORDS, SENTENCES)
        if value in mask_text(text := sentence.format(word, value))
    ]
    assert left == []


@pytest.mark.parametrize("value", GOODS)
def test_goods_stay_and_are_not_refused(value) -> None:
    texts = [
        sentence.format(word, value)
        for word, sentence in product(("품번", "바코드", "상품번호", "ISBN"), SENTENCES)
    ]
    assert {text: mask_text(text) for text in texts} == {text: text for text in texts}
    near = [sentence.format("바코드", value) for sentence in ("{} {}", "{}: {}")]
    assert [residue(text) for text in near] == [[], []]


@pytest.mark.parametrize("value", HOTLINES)
def test_hotlines_stay_beside_every_word(value) -> None:
    texts = [sentence.format(word, value) for word, sentence in product(WORDS, SENTENCES)]
    assert [text for text in texts if value not in mask_text(text)] == []


@pytest.mark.parametrize(
    ("text", "entity_type"),
    [
        ("주문 4518 1234 5678 9011", "ORDER"),
        ("예약 문의 4518 1234 5678 9011", "ORDER"),
        ("배송 건 451812345678", "TRACKING"),
        ("회원 4518 1234 5678 9011이요", "MEMBER_NO"),
        ("청구 4518-1234-5678-9011", "MEMBER_NO"),
        ("국민은행 회원 492302-04-118836", "ACCOUNT"),
        ("신한은행 예약 110-482-637195", "ACCOUNT"),
        ("Korean 110-482-637195", "ACCOUNT"),
    ],
)
def test_what_a_word_keeps_from_one_type_is_offered_to_another(text, entity_type) -> None:
    assert [one.entity_type for one in find_spans(text)] == [entity_type]


@pytest.mark.parametrize(
    "text",
    [
        "주문 3건 45,000원",
        "예약 2026-03-01 14:30",
        "배송 20260301",
        "회원 1588-1234로 문의",
        "쿠폰 10000원",
        "모델 4518123456",
        "시즌 2024 2025 2026",
        "포인트 123,456,789점",
    ],
)
def test_other_numbers_stay(text) -> None:
    assert find_spans(text) == []
