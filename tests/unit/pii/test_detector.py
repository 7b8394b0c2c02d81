import pytest

from cs_pipeline.pii import PiiSpan, find_spans

FOUND = [
    # phones
    ("PHONE", "010-1234-5678"),
    ("PHONE", "01012345678"),
    ("PHONE", "010 1234 5678"),
    ("PHONE", "010.1234.5678"),
    ("PHONE", "010/1234/5678"),
    ("PHONE", "010·1234·5678"),
    ("PHONE", "010~1234~5678"),
    ("PHONE", "010_1234_5678"),
    ("PHONE", "010,1234,5678"),
    ("PHONE", "010*1234*5678"),
    ("PHONE", "010 - 1234 - 5678"),
    ("PHONE", "010)1234-5678"),
    ("PHONE", "(010) 1234-5678"),
    ("PHONE", "010-1234\n5678"),
    ("PHONE", "0 1 0 1 2 3 4 5 6 7 8"),
    ("PHONE", "O1O-1234-5678"),
    ("PHONE", "010-****-5678"),
    ("PHONE", "０１０－１２３４－５６７８"),
    ("PHONE", "010\u200b-1234\u200b-5678"),
    ("PHONE", "공일공 일이삼사 오육칠팔"),
    ("PHONE", "공일공일이삼사오육칠팔"),
    ("PHONE", "공일공-1234-5678"),
    ("PHONE", "011-234-5678"),
    ("PHONE", "019-234-5678"),
    ("PHONE", "+82 10-1234-5678"),
    ("PHONE", "+82 (0)10-1234-5678"),
    ("PHONE", "82-10-1234-5678"),
    ("PHONE", "821012345678"),
    ("PHONE", "+82-2-123-4567"),
    ("PHONE", "1012345678"),
    ("PHONE", "10-1234-5678"),
    ("PHONE", "02-123-4567"),
    ("PHONE", "02)1234-5678"),
    ("PHONE", "(031) 123-4567"),
    ("PHONE", "0311234567"),
    ("PHONE", "070-1234-5678"),
    ("PHONE", "0507-1234-5678"),
    # registration numbers
    ("RRN", "900101-1234567"),
    ("RRN", "9001011234567"),
    ("RRN", "900101 2234567"),
    ("RRN", "000229-3234567"),
    ("RRN", "820116-1718100"),
    ("RRN", "8201161718100"),
    ("RRN", "900101–1234567"),
    ("RRN", "900101-1******"),
    ("RRN", "900101-*******"),
    ("RRN", "９００１０１－１２３４５６７"),
    ("FRN", "900101-5234567"),
    ("FRN", "9001018234567"),
    ("FRN", "900101-6******"),
    ("BRN", "123-45-67890"),
    ("BRN", "123 45 67890"),
    ("BRN", "2208162517"),
    # cards
    ("CARD", "4111-1111-1111-1111"),
    ("CARD", "4111 1111 1111 1111"),
    ("CARD", "4111.1111.1111.1111"),
    ("CARD", "4111111111111111"),
    ("CARD", "4111-11**-****-1111"),
    ("CARD", "1234-5678-9012-3456"),
    ("CARD", "3782-822463-10005"),
    ("CARD", "378282246310005"),
    ("CARD", "41111111 11111111"),
    ("CARD", "4111111111111112"),
    # accounts in formats of their own
    ("ACCOUNT", "123456-78-901234"),
    ("ACCOUNT", "110-123-456789"),
    ("ACCOUNT", "1002-123-456789"),
    ("ACCOUNT", "301-0123-4567-81"),
    ("ACCOUNT", "3333-01-1234567"),
    # e-mail
    ("EMAIL", "hong.gd+cs@example.co.kr"),
    ("EMAIL", "ｈｏｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ"),
    ("EMAIL", "hong @ example.com"),
    ("EMAIL", "hong 골뱅이 naver.com"),
    ("EMAIL", "hong골뱅이네이버닷컴"),
    ("EMAIL", "hong(at)example.com"),
    ("EMAIL", "hong at example.com"),
    ("EMAIL", "hong@naver,com"),
    ("EMAIL", "hong@네이버"),
]

NOT_FOUND = [
    "",
    "안녕하세요, 배송 문의드립니다.",
    "1588-1234로 전화 주세요",
    "1544-0000, 1577-0000",
    "1588-1234 1577-5678",
    "080-123-4567 무료 상담",
    "입금 문의는 080-123-4567",
    "112 119 131",
    "1,234,567,000원",
    "입금액 1234567890원",
    "1012345678원",
    "2026-03-01 14:30:00",
    "20260301",
    "2026-03-01~2026-03-31",
    "입금일 2026-03-01 14:30",
    "2021 2022 2023 2024",
    "240301-2XL",
    "991341-1234567",
    "990230-1234567",
    "2208162518",
    "1234567890123456",
    "사이즈 230 235 240",
    "3개 주문했고 1개만 왔어요",
    "매콤골뱅이 다음 주문",
    "@길동 님",
    "#@전화번호# #@계좌번호# #@이메일#",
    "12345678901234567890123",
    "일이 이일 생겨서 이사 가요",
]


@pytest.mark.parametrize(("entity_type", "value"), FOUND)
@pytest.mark.parametrize("frame", ["{}", "연락은 {}로 주세요.", "문의[{}]입니다", "값:{} 맞나요?"])
def test_found_whole(entity_type: str, value: str, frame: str) -> None:
    text = frame.format(value)
    spans = find_spans(text)
    assert [(span.entity_type, text[span.start : span.end]) for span in spans] == [
        (entity_type, value)
    ]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_look_alikes_stay(text: str) -> None:
    assert find_spans(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("계좌번호는 12345678901234 입니다", "12345678901234"),
        ("국민은행 123-456-78901로 보내 주세요", "123-456-78901"),
        ("토스뱅크 1000-1234-5678", "1000-1234-5678"),
        ("계좌 110 123 456789 30만원 입금", "110 123 456789"),
        ("110123456789 (신한은행)", "110123456789"),
        ("110123456789로 입금해 주세요", "110123456789"),
        ("3월 11일 예약이에요. 농협 5576-53-5749607", "5576-53-5749607"),
        ("농협 2061-329-886264로 입금", "2061-329-886264"),
        ("계좌번호\n홍길동\n12345678901234", "12345678901234"),
    ],
)
def test_account_named_by_the_words_around_it(text: str, value: str) -> None:
    accounts = [span for span in find_spans(text) if span.entity_type == "ACCOUNT"]
    assert [text[span.start : span.end] for span in accounts] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "12345678901234 입니다",
        "12345678901234 건 중에",
        "계좌는 아래에. 12345678901234",
    ],
)
def test_number_not_named_an_account(text: str) -> None:
    assert find_spans(text) == []


@pytest.mark.parametrize(
    ("text", "entity_type"),
    [
        ("입금되나요? 1033983445로 연락 주세요", "PHONE"),
        ("계좌번호는 7505104753551입니다", "ACCOUNT"),
        ("사업자번호 1234567890", "BRN"),
        ("국민카드 4111-1111-1111-1111", "CARD"),
    ],
)
def test_overlap_goes_to_the_better_founded_type(text: str, entity_type: str) -> None:
    assert [span.entity_type for span in find_spans(text)] == [entity_type]


def test_several_in_one_text_are_sorted() -> None:
    text = "전화010-1234-5678,카드4111-1111-1111-1111 메일 a@b.co.kr,c@d.com"
    spans = find_spans(text)
    assert [span.entity_type for span in spans] == ["PHONE", "CARD", "EMAIL", "EMAIL"]
    assert spans == sorted(spans, key=lambda span: span.start)
    assert all(0 < span.score <= 1 for span in spans)


def test_span_is_frozen() -> None:
    span = PiiSpan(0, 1, "PHONE", 0.5)
    with pytest.raises(AttributeError):
        span.start = 3  # type: ignore[misc]
