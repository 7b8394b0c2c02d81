import pytest

from cs_pipeline.pii import PiiContext, find_spans

FOUND = [
    ("PHONE", "[공일공에 삼천사백오십이에 구천백이십]이여"),
    ("PHONE", "[010에 이천이백에 삼천삼백]번이에요"),
    ("PHONE", "번호 뒷자리가 [이천삼백사십오]요"),
    ("PHONE", "핸드폰 [010……4432……8876]이요"),
    ("PHONE", "네 [010-4432... 아 그담에 8876] 입니다"),
    ("PHONE", "[010 4432 아니 4433에 8876]이에요"),
    ("PHONE", "010-4432-8876 맞으세요?|아니요 끝자리가 [8867]이에요"),
    ("CARD", "카드 5399-1234-5678-9012 아니 끝에 [9021]이에요"),
    ("PHONE", "번호 불러주세요|[4432 8876]이요"),
    ("PHONE", "[4432-8876] 앞에 010 붙이시면 돼요"),
    ("RRN", "[820415-1-938271]이요"),
    ("RRN", "주민번호 엑셀에서 [20314-3827164]로 나옵니다"),
    ("RRN", "주민번호 앞 일곱자리요?|[9108262]요"),
    ("RRN", "네 [팔십이년 사월 십오일 뒷자리는 1938271]입니다"),
    ("BRN", "사업자 [114-13-\n73457]"),
    ("CARD", "카드번호가 [4518 42•• •••• 1123] 이거요"),
    ("CARD", "[5521 0307 94에 55에 1420]이요"),
    ("ACCOUNT", "키움 [5827-3916] 계좌요"),
    ("ACCOUNT", "삼성증권 [7130482-01]로요"),
    ("EMAIL", "[kim 숫자 12 점 dev 골뱅이 네이버 닷컴]이요"),
    ("EMAIL", "[mi***@na***.com]으로 되어있네요"),
    ("EMAIL", "[jihye#naver.com]"),
    ("EMAIL", "메일 주소 알려주세요|[jihye0301]이고 네이버요"),
]
STAYS = [
    "가격이 삼천사백에 이천오백이에요",
    "공일공 번호로 천이백원 결제됐어요",
    "뒷자리가 이천원이에요",
    "아니요 1234원이요",
    "010-4432-8876 맞으세요?|네 8870원 결제했어요",
    "조회수 1012345678회 실화",
    "영업시간 0900-1800만",
    "주민번호 000000-0000000 이렇게 쓰면 되나요",
    "메일 주소 알려주세요|네이버요",
    "메일 주소 알려주세요|excel로 보냈어요",
    "메일로 invoice2024 파일 보냈어요",
    "증권번호 7130482-01",
    "주문번호 12345-1234567",
    "해시태그 #naver 달았어요",
    "삼천백 개 주문",
    "키움 2024-2025 시즌 티켓",
    "1.... 2.... 3.... 이렇게 적어요",
    "카드 끝에 2000원 남았어요",
    "번호 알려주세요|1588-1234요",
    "82년 4월 15일 1234567원 입금",
    "1588-1234 맞으세요?|아니요 1577이요",
    "엑셀에서 12345-1234567",
    "a&b 브랜드",
]


def _spans(text: str, preceding: list[str]) -> list[tuple[str, int, int]]:
    spans = find_spans(text, context=PiiContext(preceding=preceding))
    return [(span.entity_type, span.start, span.end) for span in spans]


@pytest.mark.parametrize(("entity_type", "marked"), FOUND)
def test_values_told_in_other_ways_are_found(entity_type: str, marked: str) -> None:
    *preceding, marked = marked.split("|")
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    assert (entity_type, start, end) in _spans(text, preceding)


@pytest.mark.parametrize("text", STAYS)
def test_look_alikes_stay(text: str) -> None:
    kinds = {"PHONE", "RRN", "FRN", "BRN", "CARD", "ACCOUNT", "EMAIL", "CARD_AUTH"}
    *preceding, text = text.split("|")
    assert not [span for span in _spans(text, preceding) if span[0] in kinds]
