import subprocess
import sys

import pytest

from cs_pipeline.profiles.profile import WORD_BUCKETS, profile_rows

ROWS = [
    ("배송은 언제 오나요?", "내일 도착합니다."),
    ("환불 부탁드려요", "#@이름#님, #@전화번호#로 연락드리겠습니다."),
]


def test_lengths_are_means_in_characters_and_shares_sum_to_one():
    made = profile_rows(ROWS, duplicates_removed=2)
    assert made.rows == 2
    assert made.question_characters == (len(ROWS[0][0]) + len(ROWS[1][0])) / 2
    assert made.answer_characters == (len(ROWS[0][1]) + len(ROWS[1][1])) / 2
    assert made.duplicate_share == 0.5
    assert len(made.word_buckets) == WORD_BUCKETS
    assert sum(made.word_buckets) == pytest.approx(1)


def test_placeholders_are_no_words():
    plain = profile_rows([("안내", "님, 로 연락")], duplicates_removed=0)
    masked = profile_rows([("안내", "#@이름#님, #@전화번호2#로 연락")], duplicates_removed=0)
    assert masked.word_buckets == plain.word_buckets


def test_case_width_and_marks_make_no_other_word():
    one = profile_rows([("VIP 할인", "네")], duplicates_removed=0)
    two = profile_rows([("ｖｉｐ, 할인!!", "네~")], duplicates_removed=0)
    assert one.word_buckets == two.word_buckets


def test_no_rows_are_all_zeros():
    made = profile_rows([], duplicates_removed=0)
    assert (made.rows, made.question_characters, made.duplicate_share) == (0, 0, 0)
    assert set(made.word_buckets) == {0}


def test_the_rows_are_read_once_and_their_order_does_not_matter():
    backwards = profile_rows(reversed(ROWS), duplicates_removed=0)
    assert profile_rows((row for row in ROWS), duplicates_removed=0) == backwards


def test_another_process_sorts_words_into_the_same_buckets():
    code = (
        "from cs_pipeline.profiles.profile import profile_rows\n"
        "made = profile_rows([('배송은 언제', '내일')], duplicates_removed=0)\n"
        "print([place for place, share in enumerate(made.word_buckets) if share])"
    )
    child = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7"},
    )
    here = profile_rows([("배송은 언제", "내일")], duplicates_removed=0).word_buckets
    assert child.stdout.strip() == str([place for place, share in enumerate(here) if share])
