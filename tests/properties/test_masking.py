import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_pipeline.masked import values
from cs_pipeline.masked.placeholders import PLACEHOLDERS
from cs_pipeline.pii import find_spans, mask_text
from cs_pipeline.pii.residue import residue

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
        "=",
        "\n- ",
        "에 ",
        " 에 ",
        "이고 ",
        " 다시 ",
        " 그리고 ",
        " 음 ",
        " 어... ",
        "하이픈",
        ". 그 다음에 ",
        "\n상담사: 네\n고객: ",
    ]
)
WIDTHS = st.sampled_from(
    [
        str,
        lambda text: text.translate(FULL_WIDTH),
        lambda text: text.translate(CIRCLED),
        lambda text: text.translate(KEYCAPS),
        "\u200b".join,
    ]
)
FULL_WIDTH = {48 + n: 0xFF10 + n for n in range(10)}
CIRCLED = {48: 0x24EA, **{48 + n: 0x2460 + n - 1 for n in range(1, 10)}}
KEYCAPS = {48 + n: f"{n}\ufe0f\u20e3" for n in range(10)}
HANJA = dict(zip(range(48, 58), "〇一二三四五六七八九", strict=True))
SINO_KOREAN = dict(zip(range(48, 58), "공일이삼사오육칠팔구", strict=True))
FRAMES = st.sampled_from(["{}", "제 번호는 {}로", "값({})입니다", "앞글{}뒷글", "3월 1일, {} 확인"])


@settings(max_examples=250)
@given(MESSY)
def test_masking_twice_changes_nothing(text: str) -> None:
    once = mask_text(text)
    assert mask_text(once) == once


@settings(max_examples=250)
@given(MESSY)
def test_spans_are_sorted_whole_and_apart(text: str) -> None:
    position = 0
    for span in find_spans(text):
        assert position <= span.start < span.end <= len(text)
        assert span.entity_type in PLACEHOLDERS
        position = span.end


@settings(max_examples=250)
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
    # No exchange begins with 1: an area code before 1588-0000 is still a public hotline.
    exchange = draw(st.sampled_from("23456789")) + draw(digits(3))
    return [prefix, exchange, draw(digits(4))]


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


@settings(max_examples=200)
@given(st.one_of(phones(), registrations(), cards()), SEPARATORS, WIDTHS, FRAMES)
def test_no_digit_survives_any_separator(groups, separator, width, frame) -> None:
    written = width(separator.join(groups))
    masked = mask_text(frame.format(written))
    assert masked.startswith(frame.partition("{")[0])
    assert masked.endswith(frame.partition("}")[2])
    assert not re.search(r"\d", masked.replace("3월 1일", ""))
    assert residue(masked) == []


@settings(max_examples=200)
@given(
    st.one_of(phones(), registrations(), cards()),
    st.sampled_from(["", " ", "-", ", ", "에 ", " 다시 ", "\n"]),
    st.sampled_from([HANJA, SINO_KOREAN]),
    st.sampled_from(["{}", "제 번호 {}", "네 {} 맞아요"]),
)
def test_no_spoken_digit_survives(groups, separator, words, frame) -> None:
    masked = mask_text(frame.format(separator.join(groups).translate(words)))
    for part in frame.split("{}"):
        assert part in masked
    kept = masked.removeprefix(frame.partition("{")[0]).removesuffix(frame.partition("}")[2])
    assert not set(re.sub("#@[가-힣]+#", "", kept)) & set(words.values())


@settings(max_examples=200)
@given(st.one_of(phones(), registrations(), cards()), st.sampled_from([" ", ", ", "-", "."]))
def test_no_digit_told_one_by_one_survives(groups, separator) -> None:
    masked = mask_text(separator.join("".join(groups)))
    assert not re.search(r"\d", masked)


@settings(max_examples=250)
@given(st.one_of(MESSY, st.text("공일이삼하나다섯여넷구@골뱅이0ａ가. -\n", max_size=40)))
def test_only_texts_that_show_no_value_are_passed_over(text: str) -> None:
    quick = values.candidates(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(values, "_MAY_TELL", re.compile(""))
        assert quick == values.candidates(text)


@given(MESSY)
def test_composed_and_decomposed_text_agree(text: str) -> None:
    composed = mask_text(unicodedata.normalize("NFC", text))
    decomposed = mask_text(unicodedata.normalize("NFD", text))
    assert unicodedata.normalize("NFC", decomposed) == composed


@pytest.mark.parametrize(
    "unit",
    [
        *("1", "가", " ", "공", "⑩", "1-", "a@", "가a@", "010-", "일이삼사오"),
        *("02-123-4567-", "국민 110-123-456789-", "김민수 ", "비밀번호 ", "서울 강남 역삼동 "),
        *("hong골뱅이", "\u1112\u1161", "#@전화번호#-02-123-4567", "주문번호 1\n", "1,111,"),
    ],
)
def test_long_strings_stay_linear(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    once = mask_text(text)
    residue(once)
    assert mask_text(once) == once
