"""Which validation questions a model is asked, and what can be counted in its answers."""

import hashlib
import re
from collections.abc import Sequence
from itertools import repeat

from cs_pipeline.records import GenerationMeasures
from cs_pipeline.training.appraisal.generation import GeneratedAnswer
from cs_pipeline.training.rows.prompt_template import Turns

_REPEATED_WORDS = 4
_LOOP = re.compile(r"(?=(\w{2,40}?)\1\1)")
_LETTER = re.compile(r"[가-힣A-Za-z]")


def sample_rows(rows: Sequence[Turns], count: int, seed: int) -> list[int]:
    """Indices of `count` rows with different questions; fewer if there are not so many.

    Rows are ranked by a hash of their text: the order of `rows` plays no part, a sample of a grown
    set keeps all rows that no new row outranks, and a smaller sample is the start of a larger one.
    """

    def rank(text: str) -> bytes:
        return hashlib.sha256(f"{seed}\0{text}".encode()).digest()

    best: dict[str, tuple[bytes, int]] = {}
    for index, (*context, question, answer) in enumerate(rows):
        place = (rank("\0".join([*context, answer])), index)
        best[question] = min(best.get(question, place), place)
    return [best[question][1] for question in sorted(best, key=rank)[: max(count, 0)]]


def measure_answers(
    generated: Sequence[GeneratedAnswer],
    references: Sequence[str],
    *,
    fits: Sequence[bool] | None = None,
) -> GenerationMeasures | None:
    """Count what can be counted in answers; None when there are none.

    chrF (Popović 2015, https://aclanthology.org/W15-3049) is sacrebleu's, over the whole set.
    Distinct-n (Li et al. 2016, https://arxiv.org/abs/1510.03055) is over words between spaces; an
    answer of fewer than n words is one run of its own. An answer repeats itself when it says the
    same four words in a row twice (the 4-grams of Welleck et al. 2019,
    https://arxiv.org/abs/1908.04319), or when two or more characters come three times in a row,
    spaces and punctuation aside; runs of digits or of jamo (ㅋㅋㅋ, ㅠㅠㅠ) are no repetition.

    Args:
        generated: Answers as `generate_answers` gives them.
        references: The real answers to the same questions, in the same order.
        fits: Whether each reference is short enough for an answer to end within the limit of
            tokens; only those count for `stop_rate`, which is 1 where there are none. None: all.

    Raises:
        ValueError: not as many references as answers.
    """
    if len(generated) != len(references):
        raise ValueError(f"{len(generated)} answers, {len(references)} references")
    if not generated:
        return None
    from sacrebleu.metrics.chrf import CHRF

    ended = [
        item.stopped
        for item, counts in zip(generated, repeat(True) if fits is None else fits, strict=False)
        if counts
    ]
    texts = [item.text.strip() for item in generated]
    words = [text.split() for text in texts]
    real_characters = sum(len(reference.strip()) for reference in references)
    return GenerationMeasures(
        questions=len(texts),
        chrf=CHRF().corpus_score(texts, [list(references)]).score,
        length_ratio=sum(map(len, texts)) / max(real_characters, 1),
        distinct_1=_distinct(words, 1),
        distinct_2=_distinct(words, 2),
        stop_rate=_share(ended) if ended else 1.0,
        repetition_rate=_share([_repeats_itself(text) for text in texts]),
        empty_rate=_share([not text for text in texts]),
    )


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags)


def _runs(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """All runs of `size` words; the words themselves when they are fewer, nothing for none."""
    starts = max(len(words) - size + 1, min(len(words), 1))
    return [tuple(words[start : start + size]) for start in range(starts)]


def _distinct(answers: Sequence[Sequence[str]], size: int) -> float:
    """Different runs of `size` words over all of them; 0 without any word."""
    runs = [run for words in answers for run in _runs(words, size)]
    return len(set(runs)) / len(runs) if runs else 0.0


def _repeats_itself(text: str) -> bool:
    runs = _runs(text.split(), _REPEATED_WORDS)
    if len(set(runs)) < len(runs):
        return True
    return any(_LETTER.search(unit[1]) for unit in _LOOP.finditer(re.sub(r"\W+", "", text)))
