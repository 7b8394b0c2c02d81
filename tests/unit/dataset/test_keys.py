import numpy as np
import pytest

from cs_pipeline.dataset.keys import is_validation, keys_of


def same(key: str, one: tuple[str, str], other: tuple[str, str]) -> bool:
    keys = getattr(keys_of([one[0], other[0]], [one[1], other[1]]), key)
    return bool(keys[0] == keys[1])


def near(one: str, other: str) -> bool:
    bands = keys_of([one, other], ["", ""]).bands
    return any(band[0] == band[1] for band in bands)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("배송 언제 와요?", "배송 언제 와요"),
        ("배송 언제 와요?", "배송언제와요!!"),
        ("USIM 교체", "usim 교체"),
        ("ＵＳＩＭ 교체", "USIM 교체"),
        ("환불\n문의", "환불 문의"),
        ("배송_언제", "배송 언제"),
    ],
)
def test_questions_that_differ_in_form_only_share_all_keys(one, other):
    for key in ("exchange", "side"):
        assert same(key, (one, "네"), (other, "네."))
    assert near(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("배송 언제 와요?", "환불 언제 와요?"),
        ("요금제 1", "요금제 2"),
        ("?", "!"),
        ("교환 문의", "교환 문의요"),
        ("가", "나"),
        ("", "가"),
        ("가", "가\0"),
    ],
)
def test_different_questions_are_different_exchanges(one, other):
    assert not same("exchange", (one, "네"), (other, "네")) or one.strip("\0") == other.strip("\0")


def test_question_and_answer_do_not_run_into_each_other():
    assert not same("exchange", ("환불 네", "네"), ("환불", "네 네"))
    assert not same("exchange", ("환불", "네"), ("환불", "아니요"))
    assert same("answer", ("환불", "네"), ("교환", "네."))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "주문한 냉장고가 언제 도착하는지 알고 싶어요",
            "주문한 냉장고가 언제 도착하는지 알고 싶은데요",
        ),
        (
            "인터넷 요금제를 바꾸고 싶은데 어떻게 하나요",
            "인터넷 요금제를 바꾸고 싶은데 어떻게 하면 되나요",
        ),
        ("비밀번호를 잊어버려서 로그인이 안 됩니다", "저 비밀번호를 잊어버려서 로그인이 안 됩니다"),
    ],
)
def test_questions_that_differ_in_a_word_or_an_ending_are_near(one, other):
    assert near(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("주문한 냉장고 배송이 언제 도착하나요", "주문한 냉장고를 반품하고 환불받고 싶어요"),
        ("인터넷 요금제를 바꾸고 싶어요", "모바일 로밍을 신청하고 싶어요"),
        ("환불", "교환"),
        ("", "환불"),
        ("네", "네 알겠습니다 감사합니다"),
    ],
)
def test_other_questions_are_not_near(one, other):
    assert not near(one, other)


def test_near_questions_mostly_stand_on_one_side():
    words = [
        f"{a}{b} {c}" for a in "가나다라마바사아자차" for b in "거너더러머" for c in "고노도로모"
    ]
    long = [f"{word} 상품 배송이 언제 도착하는지 알고 싶습니다 {word[::-1]}" for word in words]
    keys = keys_of([*long, *(f"{text} 네" for text in long)], [""] * 2 * len(long))
    side = is_validation(keys.side, 0.3).reshape(2, -1)
    assert np.mean(side[0] == side[1]) > 0.9  # by chance alone 0.58


def test_keys_do_not_depend_on_what_else_is_asked():
    texts = ["가", "가나다", "", "배송 언제 와요? 오늘요?", "😀", "a" * 3000, "\ud800"[:0]]
    together = keys_of(texts, texts)
    for place, text in enumerate(texts):
        alone = keys_of([text], [text])
        for one, other in zip(
            [*alone[:3], *alone.bands], [*together[:3], *together.bands], strict=True
        ):
            assert one[0] == other[place]


def test_no_rows_have_no_keys():
    exchange, answer, side, bands = keys_of([], [])
    assert [key.shape for key in (exchange, answer, side, *bands)] == [(0,)] * 7


def test_the_split_takes_about_the_wanted_share():
    texts = [f"{number * 7919} 번째 {number:05} 질문" for number in range(20_000)]
    share = is_validation(keys_of(texts, texts).side, 0.1).mean()
    assert 0.08 < share < 0.12


def test_a_larger_share_only_adds_to_the_validation_side():
    side = keys_of(texts := [f"{number} 질문" for number in range(2_000)], texts).side
    small, large = is_validation(side, 0.1), is_validation(side, 0.2)
    assert (small <= large).all()
    assert small.sum() < large.sum()
