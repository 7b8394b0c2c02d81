"""Every value is made up."""

import pytest

from cs_pipeline.masked.digests import DigestSet, ValueDigests
from cs_pipeline.records import ValidationSlice
from cs_pipeline.training.rows.masking_misses import masking_misses, without_rows


@pytest.fixture
def masked_values(tmp_path) -> DigestSet:
    kept = ValueDigests("k")
    kept.add("PHONE", "010-7391-4826")
    kept.add("ORDER_NO", "KX-220417-9931")
    kept.write(tmp_path / "digests.parquet")
    return DigestSet.load([tmp_path / "digests.parquet"], key="k")


@pytest.mark.parametrize(
    "row",
    [
        ("010 7391 4826 맞나요?", "네"),
        ("확인해 주세요", "공일공 칠삼구일 사팔이육으로 문자 드렸습니다"),
        ("앞 질문", "01073914826입니다", "다음 질문", "네"),
        ("주문 kx2204179931 언제 오나요?", "내일요"),
    ],
)
def test_a_row_with_a_masked_value_in_any_turn_is_found(masked_values, row):
    assert masking_misses([("네?", "네"), row], masked_values) == {1}


@pytest.mark.parametrize(
    "row",
    [
        ("010-7391-4827 맞나요?", "네"),
        ("#@전화번호#로 주세요", "1588-2934입니다"),
        ("가격이 7,391,482원인가요?", "네"),
        ("", ""),
    ],
)
def test_other_rows_stay(masked_values, row):
    assert masking_misses([row, ("네?", "네")], masked_values) == set()


def test_nothing_masked_nothing_missed():
    rows = [("010-7391-4826", "네")]
    assert masking_misses(rows, DigestSet.load([], key="k")) == set()


def test_slices_lose_the_rows_that_go():
    slices = [
        ValidationSlice(export_sha256=name * 64, rows=rows)
        for name, rows in [("a", 3), ("b", 0), ("c", 2)]
    ]
    assert [one.rows for one in without_rows(slices, {0, 4})] == [2, 0, 1]
    assert without_rows([], {0}) == ()
