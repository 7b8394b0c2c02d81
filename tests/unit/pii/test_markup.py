"""Numbers as exports carry them: each type with each thing that stands between its groups."""

import pytest

from cs_pipeline.pii import find_spans, mask_text
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.pii.residue import residue

SEPARATORS = (
    *(
        "&nbsp;",
        "<br>",
        "<br/>",
        "</td><td>",
        "<p>",
        "</span> <span class='a'>",
        "&#45;",
        "&ndash;",
        "&#160;",
        "%2D",
        "%20",
    ),
    *("!", "?", " & ", ";", "ㅋㅋ", " ㅎㅎ ", " ㅠㅠ ", " 하시고 ", " dash ", " 대시 "),
)
NUMBERS = {
    "PHONE": ("010 3841 2297", "02 3841 2297"),
    "CARD": ("4111 1111 1111 1111", "5409 2613 7788 4022"),
    "RRN": ("870412 2074315",),
}
OTHERS = ("3 4", "12 30", "2024 2025", "1544 0000", "100 200", "1 2 3 4")


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("entity_type", NUMBERS)
def test_groups_behind_what_exports_put_between_them(entity_type, separator) -> None:
    for number in NUMBERS[entity_type]:
        value = number.replace(" ", separator)
        text = f"여기 {value} 입니다"
        found = [(one.entity_type, text[one.start : one.end]) for one in find_spans(text)]
        assert found == [(entity_type, value)]


@pytest.mark.parametrize("separator", SEPARATORS)
def test_other_figures_stay(separator) -> None:
    texts = [f"여기 {one.replace(' ', separator)} 입니다" for one in OTHERS]
    assert [mask_text(text) for text in texts] == texts
    assert [residue(text) for text in texts] == [[] for _ in texts]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "my number is zero one zero three four five six seven eight nine two",
            "my number is #@전화번호#",
        ),
        ("제로원제로 사오육칠 팔구이삼 이요", "#@전화번호# 이요"),
        ("공원공 투삼사오 육칠팔구 이요", "#@전화번호# 이요"),
        ("전화 010-4B2S-81Z3", "전화 #@전화번호#"),
        ("메일 hana.kim%40naver.com", "메일 #@이메일#"),
        ("메일은 hana.kim&#64;naver.com", "메일은 #@이메일#"),
        ("<reply.woojin@proton.me>에서 왔어요", "<#@이메일#>에서 왔어요"),
        ("<td>010</td><td>3841</td><td>2297</td>", "<td>#@전화번호#</td>"),
        ("카드 5409-2613-7788까지는 맞고 뒤에가 4022", "카드 #@카드번호#"),
        ("제 번호 3841-2297 (010) 이에요", "제 번호 #@전화번호# 이에요"),
        ("공일공 빼고 삼팔사일 이이구칠입니다", "#@전화번호#입니다"),
        ("전화번호 국번 3841 에 2297 번이요", "전화번호 국번 #@전화번호# 번이요"),
        ("주민번호 앞자리 870412 성별 2 나머지 074315", "주민번호 앞자리 #@주민번호#"),
    ],
)
def test_written_otherwise(text, masked) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "원 투 쓰리 차차차",
        "원룸 투룸 둘 다 되나요",
        "제로콜라 5개요",
        "A&amp;B 세트 2개",
        "100% 환불되나요",
        "50%20개 할인",
        "<b>공지</b><br>오전 10시 ~ 오후 6시",
        "S 사이즈 B 타입 5개 Z폴드5",
        "one two three 세트 있나요",
        "https://shop.example.com/a%20b",
        "3 < 5 이고 7 > 2",
        "AT&T 요금",
    ],
)
def test_talk_stays(text) -> None:
    assert mask_text(text) == text


def test_the_way_back_leads_to_whole_entities_and_tags() -> None:
    text = "가&nbsp;나<br>다"
    normal = normalize(text)
    assert normal.text == "가 나\n다"
    assert [normal.original_span(n, n + 1) for n in range(5)] == [
        (0, 1),
        (1, 7),
        (7, 8),
        (8, 12),
        (12, 13),
    ]
