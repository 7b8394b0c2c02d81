import pytest

from cs_pipeline.pii.normalize import normalize


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("０１０－１２３４", "010-1234"),
        ("①②③ ❶ ⑩", "123 1 10"),
        ("1\ufe0f\u20e32\ufe0f\u20e3", "12"),
        ("٠١٢", "012"),
        ("010\u200b1234\u00ad5678", "01012345678"),
        ("010–1234—5678", "010-1234-5678"),
        ("010ㅡ1234ー5678", "010-1234-5678"),
        ("010·1234•5678", "010.1234.5678"),
        ("010／1234", "010/1234"),
        ("a＠b．com", "a@b.com"),
        ("010\u00a01234\t5678", "010 1234 5678"),
        ("010\r\n1234", "010\n\n1234"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
        ("공일공 일이삼사 오육칠팔", "010 1234 5678"),
        ("공일공일이삼사오육칠팔이에요", "01012345678이에요"),
        ("영일영 다시 일이삼사 다시 오륙칠팔", "010 다시 1234 다시 5678"),
        ("공일공-1234-5678", "010-1234-5678"),
        ("010一1234一5678", "010-1234-5678"),
        ("〇一〇-一二三四-五六七八", "010-1234-5678"),
        ("#@이름2#님 #@전화번호#로", "######님 #######로"),
        ("#@이름 없는 말#", "#@이름 없는 말#"),
    ],
)
def test_normal_form(text: str, normal: str) -> None:
    assert normalize(text).text == normal


@pytest.mark.parametrize(
    "text",
    [
        "안녕하세요, 3월 14일에 주문했어요.",
        "ㅋㅋㅋ ㅠㅠ",
        "일이 생겨서 이사 가요",
        "이일 저일 사이 육아",
        "삼사 일 뒤에 오나요",
        "팔공산 오일장 구이",
        "010-1234-5678이에요",
        "",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert normalize(text).text == text


@pytest.mark.parametrize(
    ("text", "start", "end", "behind"),
    [
        ("번호 ０１０ 끝", 3, 6, "０１０"),
        ("a⑩b", 1, 2, "⑩"),
        ("a⑩b", 2, 3, "⑩"),
        ("\u1112\u1161\u11ab12", 1, 3, "12"),
        ("1\u200b2x", 0, 2, "1\u200b2"),
        ("공일공 일이삼사 오육칠팔로", 0, 13, "공일공 일이삼사 오육칠팔"),
    ],
)
def test_spans_lead_back_to_whole_characters(text: str, start: int, end: int, behind: str) -> None:
    original_start, original_end = normalize(text).original_span(start, end)
    assert text[original_start:original_end] == behind


def test_text_stays_out_of_repr() -> None:
    assert "1234" not in repr(normalize("０１０-1234"))
