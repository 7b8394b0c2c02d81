"""Names of every shape in every kind of frame, and as many frames in which nobody is named."""

from collections import Counter

import pytest

from cs_pipeline.pii import PiiContext, find_spans
from cs_pipeline.records import PiiSpan
from tests.unit.pii.finders.names import name_matrix
from tests.unit.pii.finders.names.name_matrix import Sentence

SEED = 20261129
LEAST = {
    **dict.fromkeys(("common", "native", "rare"), 0.95),
    **dict.fromkeys(("given", "two", "long_surname", "long"), 0.9),
    **dict.fromkeys(("foreign", "latin"), 0.84),
    "foreign_words": 0.75,
    "word": 0.45,
}
"""Share of the names of each shape that to be found; a word needs a strong frame."""
MOST_FALSE = 0.01


def names_in(sentence: Sentence) -> list[PiiSpan]:
    spans = find_spans(sentence.text, context=PiiContext(preceding=sentence.previous))
    return [one for one in spans if one.entity_type == "NAME"]


def is_found(name: str, text: str, spans: list[PiiSpan]) -> bool:
    places = [at for at in range(len(text)) if text.startswith(name, at)]
    return any(
        one.start <= start and start + len(name) <= one.end for start in places for one in spans
    )


@pytest.fixture(scope="module")
def found() -> list[tuple[Sentence, str, bool]]:
    """Each name of each sentence, and whether it was found."""
    return [
        (sentence, name, is_found(name, sentence.text, spans))
        for sentence in name_matrix.sentences_with_names(SEED, 2)
        for spans in [names_in(sentence)]
        for name in sentence.names
    ]


@pytest.mark.parametrize("shape", LEAST)
def test_names_of_a_shape(shape, found) -> None:
    here = [(sentence.text, name, hit) for sentence, name, hit in found if sentence.shape == shape]
    missed = [(text, name) for text, name, hit in here if not hit]
    assert len(missed) <= (1 - LEAST[shape]) * len(here), missed


def test_usual_names_in_each_kind_of_frame(found) -> None:
    usual = {"common", "native", "rare"}
    total = Counter(one.kind for one, _, _ in found if one.shape in usual)
    hits = Counter(one.kind for one, _, hit in found if hit and one.shape in usual)
    assert {
        kind: hits[kind] / total[kind] for kind in total if hits[kind] < 0.94 * total[kind]
    } == {}


def test_frames_about_nobody_stay() -> None:
    sentences = list(name_matrix.sentences_without(SEED, 6))
    changed = [one.text for one in sentences if names_in(one)]
    assert len(changed) <= MOST_FALSE * len(sentences), changed


def test_as_many_frames_stay_as_are_found() -> None:
    assert len(name_matrix.frames("kept")) >= len(name_matrix.frames("frames"))


def test_a_seed_draws_the_same_sentences() -> None:
    once, again, other = (
        list(name_matrix.sentences_with_names(seed, 1)) for seed in (SEED, SEED, 1)
    )
    assert once == again != other
