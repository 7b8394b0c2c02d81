import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_pipeline.pii import find_spans, mask_text
from cs_pipeline.pii.residue import residue
from cs_pipeline.records import PLACEHOLDERS

FRAGMENTS = st.sampled_from(
    [
        *PLACEHOLDERS.values(),
        *("010-1234-5678", "02-123-4567", "900101-1234567", "123-45-67890", "4111111111111111"),
        *(
            "123456-78-901234",
            "hong@example.com",
            "공일공 일이삼사 오육칠팔",
            "1588-0000",
            "10,000원",
        ),
        *(
            "국민 ",
            "계좌 ",
            "주문번호 ",
            "로 ",
            "이에요",
            "-",
            " ",
            ".",
            "@",
            "#",
            "\n",
            "\u200b",
            "⑩",
            "０",
        ),
        *("1", "12", "1234", "82", "+82", "(0", ")", "*", "x", "가", "공", "\u1112\u1161\u11ab"),
    ]
)
MESSY = st.one_of(
    st.text(max_size=60),
    st.text("0123456789-. @가공일이*()#\n\u200b①０", max_size=60),
    st.lists(FRAGMENTS, max_size=14).map("".join),
)
SEPARATORS = st.sampled_from(
    [
        "",
        "-",
        " ",
        ".",
        "/",
        "·",
        "~",
        "_",
        " - ",
        "–",
        "—",
        "－",
        "\u200b",
        "\u200b-",
        "\n",
        "ㅡ",
        ", ",
    ]
)
WIDTHS = st.sampled_from(
    [str, lambda text: text.translate({48 + n: 0xFF10 + n for n in range(10)})]
)
FRAMES = st.sampled_from(["{}", "제 번호는 {}로", "값({})입니다", "앞글{}뒷글", "3월 1일, {} 확인"])


@settings(max_examples=400)
@given(MESSY)
def test_masking_twice_changes_nothing(text: str) -> None:
    once = mask_text(text)
    assert mask_text(once) == once


@settings(max_examples=400)
@given(MESSY)
def test_spans_are_sorted_whole_and_apart(text: str) -> None:
    position = 0
    for span in find_spans(text):
        assert position <= span.start < span.end <= len(text)
        assert span.entity_type in PLACEHOLDERS
        position = span.end


@settings(max_examples=400)
@given(MESSY)
def test_text_outside_spans_is_unchanged(text: str) -> None:
    placeholder = "|".join(map(re.escape, PLACEHOLDERS.values()))
    # What stands between placeholders must occur in the original, in order.
    position = 0
    for kept in re.split(placeholder, mask_text(text)):
        position = text.find(kept, position)
        assert position >= 0
        position += len(kept)


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@st.composite
def phones(draw: st.DrawFn) -> list[str]:
    prefix = draw(st.sampled_from(["010", "011", "016", "019", "02", "031", "064", "070", "0505"]))
    return [prefix, draw(digits(4)), draw(digits(4))]


@st.composite
def registrations(draw: st.DrawFn) -> list[str]:
    date = draw(st.dates()).strftime("%y%m%d")
    return [date, draw(st.sampled_from("12345678")) + draw(digits(6))]


@st.composite
def cards(draw: st.DrawFn) -> list[str]:
    front = draw(st.sampled_from("3459")) + draw(digits(14))
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in front[::2]]
    last = -(sum(doubled) + sum(map(int, front[1::2]))) % 10
    number = f"{front}{last}"
    return [number[at : at + 4] for at in range(0, 16, 4)]


@settings(max_examples=600)
@given(st.one_of(phones(), registrations(), cards()), SEPARATORS, WIDTHS, FRAMES)
def test_no_digit_survives_any_separator(groups, separator, width, frame) -> None:
    written = width(separator.join(groups))
    masked = mask_text(frame.format(written))
    assert masked.startswith(frame.partition("{")[0])
    assert masked.endswith(frame.partition("}")[2])
    assert not re.search(r"\d", masked.replace("3월 1일", ""))
    assert residue(masked) == []


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "1",
            "0",
            "5",
            "-",
            "@",
            "가",
            "a",
            "*",
            " ",
            "공",
            "⑩",
            "1-",
            "0 ",
            "1,",
            "1:",
            "1\n",
            "a@",
            "a.",
        ),
        *(
            "@a.",
            "가a",
            "가a@",
            "공 ",
            "010-",
            "82 10",
            "010*",
            "\u200b1",
            "일이삼사오",
            "900101",
            "4111-",
        ),
        *(
            "02-123-4567-",
            "02-123-4567 ",
            "123-45-67890-",
            "010-1234-5678-",
            "국민 110-123-456789-",
        ),
        *(
            "12345678901234 국민 ",
            "4111-1111-1111-1111-",
            "hong골뱅이",
            "naver.com@",
            "1,111,",
            "900101-1***",
        ),
        *("계좌1", "9 0 0 1 0 1 1", "\u1112\u1161", "#@전화번호#-02-123-4567", "(010"),
    ],
)
def test_long_strings_stay_linear(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    once = mask_text(text)
    residue(once)
    assert mask_text(once) == once
