import pytest

from cs_pipeline.pii.normalize import normalize
from cs_pipeline.pii.spoken import spoken_digits


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("공일공 일이삼사 오육칠팔", "010 1234 5678"),
        ("공일공일이삼사오육칠팔이에요", "01012345678이에요"),
        ("공일공 육구삼이 일이삼이요", "010 6932 1232요"),
        ("공삼일 이삼사 오육칠팔이에요", "031 234 5678이에요"),
        ("영일영 다시 일이삼사 다시 오륙칠팔", "010 다시 1234 다시 5678"),
        ("공일공이고 일이삼사고 오육칠팔이에요", "010이고 1234고 5678이에요"),
        ("공 하나 공 하나둘셋넷 다섯 여섯 일곱 여덟이요", "0 1 0 1234 5 6 7 8이요"),
        ("공1공 12삼4 5육78", "010 1234 5678"),
        ("010에 일이삼사 다시 5678", "010에 1234 다시 5678"),
        ("공일공-1234-5678", "010-1234-5678"),
        ("〇一〇-一二三四-五六七八", "010-1234-5678"),
        ("네 오육칠팔이요", "네 5678이요"),
        ("고객: 오육칠팔입니다", "고객: 5678입니다"),
        ("뒷자리 네 자리는 오육칠팔입니다", "뒷자리 네 자리는 5678입니다"),
        ("비밀번호 앞 두자리 일이요", "비밀번호 앞 두자리 12요"),
        ("유효기간 공팔 이칠이고 cvc 일이삼이요", "유효기간 08 27이고 cvc 123이요"),
        ("주민번호 뒷자리 일공이삼사오육요", "주민번호 뒷자리 1023456요"),
        ("생년월일 팔팔공일공일이요", "생년월일 880101이요"),
        ("공일공 다음에 뭐라고요", "010 다음에 뭐라고요"),
    ],
)
def test_words_become_digits(text: str, normal: str) -> None:
    assert normalize(text).text == normal


@pytest.mark.parametrize(
    "text",
    [
        "일이 이일 생겨서 이사",
        "이일 저일 사이 육아",
        "삼사 일 뒤에 오나요",
        "이삼일 걸린대요",
        "번호가 이사오구 바뀌었어요",
        "성함은 이영일입니다",
        "카드 명의 이영일입니다",
        "이영일 이사입니다",
        "3일 4일 5일 6일 7일 8일 9일",
        "01012345678이 맞아요",
        "하나 둘 셋 시작",
        "다섯 여섯 개요",
        "영일만 구이 오이",
        "일공일동 이공삼호",
        "팔십일일 남았어요",
        "5구 멀티탭 3구 2개",
        "제로콜라 하나 둘",
        "구구단 이단 삼단",
        "백이십삼만 사천오백",
        "",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert normalize(text).text == text


def test_a_digit_knows_its_word() -> None:
    text = "공 하나 공 하나둘셋넷 다섯여섯일곱여덟"
    words = [text[digit.start : digit.end] for digit in spoken_digits(text)]
    assert " ".join(words) == "공 하나 공 하나 둘 셋 넷 다섯 여섯 일곱 여덟"


def test_spans_lead_back_to_whole_words() -> None:
    text = "번호 공 하나 공 둘둘둘둘 셋셋셋셋이요"
    normalized = normalize(text)
    assert normalized.text == "번호 0 1 0 2222 3333이요"
    start, end = normalized.original_span(3, 18)
    assert text[start:end] == "공 하나 공 둘둘둘둘 셋셋셋셋"
