import pytest

from cs_pipeline.dataset.split import exchange_key, is_validation, question_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("배송 언제 와요?", "배송 언제 와요"),
        ("배송 언제 와요?", "배송언제와요!!"),
        ("USIM 교체", "usim 교체"),
        ("ＵＳＩＭ 교체", "USIM 교체"),
        ("환불\n문의", "환불 문의"),
    ],
)
def test_questions_that_differ_in_form_only_share_a_key(one: str, other: str) -> None:
    assert question_key(one) == question_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("배송 언제 와요?", "환불 언제 와요?"),
        ("요금제 1", "요금제 2"),
        ("?", "!"),
        ("교환 문의", "교환 문의요"),
        ("가", "나"),
    ],
)
def test_different_questions_have_different_keys(one: str, other: str) -> None:
    assert question_key(one) != question_key(other)


def test_the_split_takes_about_the_wanted_share() -> None:
    keys = [question_key(f"질문 {number}") for number in range(20_000)]
    share = sum(is_validation(key, 0.1) for key in keys) / len(keys)
    assert 0.09 < share < 0.11


def test_a_larger_share_only_adds_to_the_validation_side() -> None:
    keys = [question_key(f"질문 {number}") for number in range(2_000)]
    small = {key for key in keys if is_validation(key, 0.1)}
    large = {key for key in keys if is_validation(key, 0.2)}
    assert small < large


def test_the_same_question_with_another_answer_is_no_duplicate() -> None:
    assert exchange_key("환불", "네") != exchange_key("환불", "아니요")
    assert exchange_key("환불?", "네.") == exchange_key("환불", "네")
