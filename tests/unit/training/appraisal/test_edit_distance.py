import pytest

from cs_pipeline.training.appraisal.edit_distance import nearly_same


@pytest.mark.parametrize(
    ("number", "other"),
    [
        ("15880000", "15880000"),
        ("158800000", "15880000"),
        ("1588000", "15880000"),
        ("15881000", "15880000"),
        ("15808000", "15880000"),
        ("1588000000", "15880000"),
        ("123457", "123456"),
        ("23456", "123456"),
    ],
)
def test_slips_are_forgiven(number, other):
    assert nearly_same(number, other)


@pytest.mark.parametrize(
    ("number", "other"),
    [
        ("15881234", "15880000"),
        ("15880000000", "15880000"),
        ("1588000001012345678", "15880000"),
        ("1073914826", "15880000"),
        ("123465", "123456"),
        ("12345", "12345"),
        ("ab123456", "123456"),
        ("", "123456"),
        ("123456", ""),
    ],
)
def test_another_number_is_another_number(number, other):
    assert not nearly_same(number, other)
