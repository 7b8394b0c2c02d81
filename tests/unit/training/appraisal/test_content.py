"""Shuffled and canned answers are told from answers that belong to their questions."""

import random
from functools import partial

import numpy as np
import pytest

from cs_pipeline.records import ValidationSlice
from cs_pipeline.training.appraisal.content import (
    Certainty,
    Data,
    Judged,
    compare_losses,
    measure_content,
    permuted_scores,
)
from cs_pipeline.training.appraisal.evaluate import ModelMeasures, score_examples
from cs_pipeline.training.appraisal.generation import GeneratedAnswer
from cs_pipeline.training.appraisal.row_scores import RowScores
from tests.unit.training.learning import learned_by_heart

LIMITS = {"max_example_tokens": 128, "batch_tokens": 1024}
CERTAIN = Certainty(confidence=0.95, seed=1)
A, B = "a" * 64, "b" * 64


@pytest.fixture
def learn(model, tokenizer):
    """A model that has learned rows by heart."""
    return partial(learned_by_heart, model, tokenizer)


def measures(scores: RowScores, answers=()) -> ModelMeasures:
    return ModelMeasures(scores, tuple(answers), None)


def content(candidate, live=None, *, permuted=None, rows=None, slices=(), known=(), **data):
    rows = rows or [(f"질문 {index}", f"답 {index}") for index in range(len(candidate.rows.nats))]
    judged = Judged(
        candidate=candidate,
        live=live,
        permuted=permuted or candidate.rows,
        references=[row[-1] for row in rows[: len(candidate.answers)]],
        same_tokenizer=True,
    )
    values = {"train": [("네?", "네")], "val": rows, "validation": slices} | data
    return measure_content(Data(**values), judged, known_exports=known, certainty=CERTAIN)


def losses(*nats: float) -> RowScores:
    counts = np.full(len(nats), 2)
    return RowScores(np.array(nats), counts, counts)


def test_a_model_that_learned_its_rows_knows_which_answer_is_whose(learn, tokenizer, rows):
    right = learn(rows)
    true = score_examples(right, tokenizer, rows, **LIMITS)
    crossed = permuted_scores(right, tokenizer, rows, [], seed=1, **LIMITS)
    assert content(measures(true), permuted=crossed, rows=rows).information.low > 0.5


def test_a_model_of_shuffled_answers_does_not(learn, tokenizer, rows):
    answers = random.Random(3).sample([row[-1] for row in rows], len(rows))
    shuffled = [(row[0], answer) for row, answer in zip(rows, answers, strict=True)]
    half = len(rows) // 2
    wrong = learn(shuffled[:half])
    rest = shuffled[half:]
    true = score_examples(wrong, tokenizer, rest, **LIMITS)
    crossed = permuted_scores(wrong, tokenizer, rest, [], seed=1, **LIMITS)
    assert content(measures(true), permuted=crossed, rows=rest).information.low <= 0


def test_canned_answers_carry_no_information(model, tokenizer):
    rows = [(f"질문 {index}번입니다", "확인 후 안내해 드리겠습니다.") for index in range(30)]
    true = score_examples(model, tokenizer, rows, **LIMITS)
    crossed = permuted_scores(model, tokenizer, rows, [], seed=1, **LIMITS)
    measured = content(measures(true), permuted=crossed, rows=rows)
    assert measured.information.improvement == pytest.approx(0, abs=1e-4)
    assert measured.top_answer_share == 1.0


def test_questions_change_places_within_an_export_only(model, tokenizer, monkeypatch):
    from cs_pipeline.training.appraisal import content as module

    seen = []
    monkeypatch.setattr(module, "score_examples", lambda *given, **_: seen.extend(given[2]))
    rows = [(f"질문 {index}", f"답 {index}") for index in range(7)]
    slices = [ValidationSlice(export_sha256=A, rows=4), ValidationSlice(export_sha256=B, rows=3)]
    permuted_scores(model, tokenizer, rows, slices, seed=1, **LIMITS)
    assert [row[-1] for row in seen] == [row[-1] for row in rows]
    asked = [int(row[0].split()[1]) for row in seen]
    assert all(there != here for here, there in enumerate(asked))
    assert sorted(asked[:4]) == [0, 1, 2, 3]
    assert sorted(asked[4:]) == [4, 5, 6]


def test_each_export_is_judged_by_itself_where_it_has_the_rows():
    true = losses(*[1.0] * 25, *[2.0] * 25, *[1.0] * 5)
    crossed = losses(*[3.0 + index / 100 for index in range(25)], *[2.0] * 25, *[9.0] * 5)
    slices = [
        ValidationSlice(export_sha256=A, rows=25),
        ValidationSlice(export_sha256=B, rows=25),
        ValidationSlice(export_sha256="c" * 64, rows=5),
        ValidationSlice(export_sha256="d" * 64, rows=0),
    ]
    parts = content(measures(true), permuted=crossed, slices=slices, known={A}).slices
    assert [(one.rows, one.is_new) for one in parts] == [(25, False), (25, True), (5, True)]
    assert parts[0].information.low > 0.9
    assert parts[1].information.low == parts[1].information.high == 0
    assert parts[2].information is None
    assert [one.loss_nats_per_token for one in parts] == [0.5, 1.0, 0.5]


def test_the_rows_that_the_live_model_knows_are_compared_apart():
    ours, theirs = losses(*[2.0] * 20, *[1.0] * 30), losses(*[1.0] * 20, *[4.0] * 30)
    slices = [ValidationSlice(export_sha256=A, rows=20), ValidationSlice(export_sha256=B, rows=30)]
    known = content(measures(ours), measures(theirs), slices=slices, known={A}).known_rows
    assert (known.rows, known.improvement, known.high) == (20, -0.5, -0.5)
    assert content(measures(ours), measures(theirs), slices=slices).known_rows is None
    assert content(measures(ours), None, slices=slices, known={A}).known_rows is None


def test_answers_are_compared_question_by_question():
    said = [GeneratedAnswer(f"답 {index}", stopped=True, tokens=3) for index in range(30)]
    mute = [GeneratedAnswer("모르겠어요", stopped=True, tokens=3) for _ in range(30)]
    flat = losses(*[1.0] * 30)
    worse = content(measures(flat, mute), measures(flat, said)).likeness
    assert worse.unit == "chrF"
    assert worse.high < -50
    same = content(measures(flat, said), measures(flat, said)).likeness
    assert (same.improvement, same.low, same.high) == (0, 0, 0)
    assert content(measures(flat), measures(flat)).likeness is None


def test_rows_that_were_trained_on_are_counted():
    rows = [(f"질문 {index}", f"답 {index}") for index in range(10)]
    seen = content(measures(losses(*[1.0] * 10)), rows=rows, train=[*rows[:3], ("네?", "네")])
    assert seen.overlap_rows == 3
    assert seen.top_answer_share == 0.1


def test_rows_of_one_answer_or_one_conversation_are_one_witness():
    """A model that has learnt one canned answer better has shown that once, not forty times."""
    rows = [(f"질문 {n}", "확인해 드릴게요." if n < 40 else f"답 {n}") for n in range(60)]
    talks = [f"상담 {n // 10}" for n in range(60)]
    data = Data(train=[], val=rows, conversations=talks)
    assert [groups.max() + 1 for groups in data.groupings()] == [21, 6]
    assert len(Data(train=[], val=rows, conversations=talks[:5]).groupings()) == 1
    wobble = [0.1 * (-1) ** n for n in range(20)]
    ours, theirs = losses(*[1.0] * 60), losses(*[1.2] * 40, *[1 + one for one in wobble])
    widths = []
    for groupings in ([], data.groupings()):
        judged = Judged(measures(ours), measures(theirs), ours, [], True, groupings=groupings)
        found = compare_losses(judged, CERTAIN)
        widths.append(found.high - found.low)
    assert widths[1] > 1.5 * widths[0]
