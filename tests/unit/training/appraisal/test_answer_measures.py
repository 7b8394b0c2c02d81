import random

import pytest

from cs_pipeline.training.appraisal.answer_measures import measure_answers, sample_rows
from cs_pipeline.training.appraisal.generation import GeneratedAnswer


def measured(*texts, references=None, stopped=True):
    answers = [GeneratedAnswer(text, stopped=stopped, tokens=len(text)) for text in texts]
    return measure_answers(answers, texts if references is None else references)


def numbered(count):
    return [(f"질문 {index}", f"답변 {index}") for index in range(count)]


def test_a_sample_does_not_depend_on_the_order_of_the_rows():
    rows = numbered(200)
    shuffled = random.Random(1).sample(rows, len(rows))
    chosen = sample_rows(rows, 20, seed=3)
    assert len(set(chosen)) == 20
    assert [rows[i] for i in chosen] == [shuffled[i] for i in sample_rows(shuffled, 20, seed=3)]
    assert chosen != sample_rows(rows, 20, seed=4)
    assert chosen != sorted(chosen)


def test_a_sample_of_a_grown_set_keeps_most_of_it():
    rows = numbered(220)
    before = {rows[index] for index in sample_rows(rows[:200], 40, seed=3)}
    after = {rows[index] for index in sample_rows(rows, 40, seed=3)}
    assert len(before & after) >= 30
    assert after - before <= set(rows[200:])


def test_a_smaller_sample_is_the_start_of_a_larger_one():
    rows = numbered(50)
    assert sample_rows(rows, 20, seed=3)[:5] == sample_rows(rows, 5, seed=3)


def test_a_question_is_asked_once():
    rows = [*numbered(3), ("질문 1", "다른 답변"), ("질문 1", "답변 1")]
    chosen = sample_rows(rows, 10, seed=3)
    assert sorted(rows[index][0] for index in chosen) == ["질문 0", "질문 1", "질문 2"]
    turned = rows[::-1]
    again = sample_rows(turned, 10, seed=3)
    assert [turned[index] for index in again] == [rows[index] for index in chosen]


@pytest.mark.parametrize(("rows", "count"), [([], 5), (numbered(3), 0)])
def test_nothing_to_ask(rows, count):
    assert sample_rows(rows, count, seed=3) == []


def test_the_right_answers_are_perfect():
    measures = measured("영업일 기준 이틀 안에 처리됩니다.", "마이페이지에서 신청하실 수 있습니다.")
    assert measures.questions == 2
    assert measures.chrf == pytest.approx(100)
    assert (measures.length_ratio, measures.stop_rate) == (1.0, 1.0)
    assert (measures.distinct_1, measures.distinct_2) == (1.0, 1.0)
    assert (measures.repetition_rate, measures.empty_rate) == (0.0, 0.0)


def test_chrf_is_sacrebleus_over_the_whole_set():
    """One shared bigram of characters out of two: worked out by hand.

    Characters: 3 of 3 match, bigrams: 1 of 2, trigrams: 0 of 1; precision and recall are alike, so
    F2 is their mean over the three orders that exist.
    """
    measures = measured("가나다", references=["다가나"])
    assert measures.chrf == pytest.approx(100 * (1 + 1 / 2 + 0) / 3)
    assert measured("가나다", references=["마바사"]).chrf == 0.0
    near = measured("배송은 이틀 걸립니다.", references=["배송은 사흘 걸립니다."]).chrf
    assert 40 < near < 100


def test_answers_meet_their_own_references():
    crossed = measured("배송 이틀", "환불 완료", references=["환불 완료", "배송 이틀"])
    assert crossed.chrf < 20


@pytest.mark.parametrize(
    ("texts", "distinct_1", "distinct_2"),
    [
        (["네 네 네"], 1 / 3, 1 / 2),
        (["배송 이틀", "배송 사흘"], 3 / 4, 1.0),
        (["네", "네", "네", "네"], 1 / 4, 1 / 4),
        (["네", "아니요"], 1.0, 1.0),
        (["네", "네 그렇습니다"], 2 / 3, 1.0),
        (["네", "", ""], 1.0, 1.0),
        (["", ""], 0.0, 0.0),
    ],
)
def test_distinct_words(texts, distinct_1, distinct_2):
    measures = measured(*texts)
    assert measures.distinct_1 == pytest.approx(distinct_1)
    assert measures.distinct_2 == pytest.approx(distinct_2)


REPEATING = [
    "네 확인해 드리겠습니다 잠시만 네 확인해 드리겠습니다 잠시만",
    "감사합니다 감사합니다 감사합니다",
    "감사합니다. 감사합니다! 감사합니다~",
    "배송배송배송",
    "다다다다다다",
    "네, 네, 네, 네, 네, 네",
    "주문은 1번 문의1번 문의1번 문의",
    "okokok",
    "#@이름# #@이름# #@이름#",
    "요청하신 요청하신 요청하신 건",
]
NOT_REPEATING = [
    "",
    "네",
    "네네네",
    "네 네 알겠습니다",
    "감사합니다 감사합니다",
    "ㅋㅋㅋㅋㅋㅋㅋㅋ",
    "죄송합니다 ㅠㅠㅠㅠㅠㅠ",
    "잠시만요......",
    "환불 금액은 1000000원입니다.",
    "고객센터 1588-1588 1588-1588 1588-1588",
    "상담사 1번, 상담사 2번, 상담사 3번",
    "네 확인해 드리겠습니다 잠시만 기다려 주시면 네 확인해 드리겠습니다 바로",
    "----------",
]


@pytest.mark.parametrize("text", REPEATING)
def test_repetition_is_seen(text):
    assert measured(text).repetition_rate == 1.0


@pytest.mark.parametrize("text", NOT_REPEATING)
def test_ordinary_text_is_no_repetition(text):
    assert measured(text).repetition_rate == 0.0


def test_rates_are_shares_of_the_answers():
    answers = [
        GeneratedAnswer("배송배송배송", stopped=False, tokens=9),
        GeneratedAnswer("  ", stopped=True, tokens=1),
        GeneratedAnswer("이틀 안에 갑니다", stopped=True, tokens=5),
        GeneratedAnswer("네", stopped=True, tokens=2),
    ]
    measures = measure_answers(answers, ["하나", "둘둘", "셋셋", "넷넷"])
    assert (measures.stop_rate, measures.repetition_rate) == (0.75, 0.25)
    assert measures.empty_rate == 0.25
    assert measures.length_ratio == pytest.approx((6 + 0 + 9 + 1) / 8)


def test_no_questions_have_no_measures():
    assert measure_answers([], []) is None


def test_references_without_text_still_give_numbers():
    measures = measured("네 알겠습니다", references=[""])
    assert measures.chrf == 0.0
    assert measures.length_ratio == len("네 알겠습니다")


def test_as_many_references_as_answers():
    with pytest.raises(ValueError, match="2 answers, 1 references"):
        measured("가", "나", references=["가"])


def test_of_equal_rows_after_different_turns_the_same_one_is_asked_in_any_order():
    rows = [(f"앞 {number}", "네", "얼마나요?", "사흘이요.") for number in range(9)]
    (chosen,) = sample_rows(rows, 5, seed=3)
    (again,) = sample_rows(rows[::-1], 5, seed=3)
    assert rows[chosen] == rows[::-1][again]
