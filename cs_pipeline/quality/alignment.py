"""Whether answers fit the questions beside them, or rather those of other rows.

A question and its answer share words that few other texts of an export have. Of the pairs that fit
each other best, most stand in one row (in desks' exports 8 of 10, in small talk 1 of 3); where next
to none does, the rows have come apart: a column was sorted or pasted by itself, or answers stand a
row lower than they belong. So they do in a stretch of rows where a cell was put in or taken out
above: there, one after the other, answers fit questions that stand as far up or down. Words are
compared by the pairs of syllables in them, which particles and endings hardly change.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cs_pipeline.records import Exchange
from cs_pipeline.shared_words import parts_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STRETCHES, _ROWS_A_STRETCH = 8, 50
"""Rows that are looked at: neighbours, since what came apart is mostly near."""
_RARE = 0.3
"""Share of the rows that a pair of syllables stands in at the most, to tell something."""
_LEAST_COMMON = 2
_LEAST_PAIRS = 8
_FOLLOWING = 2
_UNSURE = 1 << 20
_LEAST_MOVED, _DRIFT, _MUCH = 6, 2, 2.0
"""Pairs one after the other that stand as many rows apart, or nearly so, and fit much better."""


def misplaced_share(exchanges: Sequence[Exchange]) -> float | None:
    """Share of the best fitting pairs whose question and answer stand in different rows, 0..1.

    1 where a stretch of rows has moved by itself. None where there are fewer than eight such
    pairs, which tells nothing. Turns that follow each other in a conversation are not held against
    each other: they are about the same.
    """
    import numpy as np

    rows = list(_some(exchanges))
    asked = [parts_of(row.question) for row in rows]
    said = [parts_of(row.answer) for row in rows]
    counts = Counter(pair for text in (*asked, *said) for pair in text)
    most = max(3, _RARE * len(rows))
    rare = [pair for pair, count in counts.items() if 2 <= count <= most]
    if not rare:
        return None
    telling = np.log(2 * len(rows) / np.array([counts[pair] for pair in rare], np.float32))
    questions, answers = _shown(asked, rare), _shown(said, rare)
    fit = (questions * telling) @ answers.T
    fit[questions @ answers.T < _LEAST_COMMON] = 0
    steps: list[int] = []
    for question, answer in sorted(_best_pairs(fit)):
        own = max(fit[question, question], fit[answer, answer])
        if question == answer:
            steps.append(0)
        elif abs(question - answer) > _FOLLOWING or not _is_one_talk(rows[question], rows[answer]):
            steps.append(answer - question if _MUCH * own < fit[question, answer] else _UNSURE)
    if _has_moved(steps):
        return 1.0
    return sum(map(bool, steps)) / len(steps) if len(steps) >= _LEAST_PAIRS else None


def _has_moved(steps: Sequence[int]) -> bool:
    """Whether so many pairs one after the other stand nearly as many rows apart, the same way."""
    run = above = 0
    for step in steps:
        goes_on = step * above > 0 and abs(step - above) <= _DRIFT
        run = run + 1 if goes_on else 1
        if step in (0, _UNSURE):
            run = 0
        if run >= _LEAST_MOVED:
            return True
        above = step
    return False


def _some(exchanges: Sequence[Exchange]) -> Iterator[Exchange]:
    """All of a few exchanges, some stretches of many."""
    if len(exchanges) <= _STRETCHES * _ROWS_A_STRETCH:
        yield from exchanges
        return
    last = len(exchanges) - _ROWS_A_STRETCH
    for number in range(_STRETCHES):
        start = last * number // (_STRETCHES - 1)
        yield from (exchanges[at] for at in range(start, start + _ROWS_A_STRETCH))


def _shown(texts: Sequence[set[str]], pairs: Sequence[str]) -> "NDArray[np.float32]":
    """1 for each of the pairs that stands in a text, shape (texts, pairs)."""
    import numpy as np

    columns = {pair: column for column, pair in enumerate(pairs)}
    shown = np.zeros((len(texts), len(pairs)), np.float32)
    for row, text in enumerate(texts):
        shown[row, [columns[pair] for pair in text if pair in columns]] = 1
    return shown


def _best_pairs(fit: "NDArray[np.float32]") -> Iterator[tuple[int, int]]:
    """Questions and answers of which each fits the other better than any else."""
    import numpy as np

    of_question, of_answer = fit == fit.max(1, keepdims=True), fit == fit.max(0, keepdims=True)
    of_question &= np.count_nonzero(of_question, 1, keepdims=True) == 1
    of_answer &= np.count_nonzero(of_answer, 0, keepdims=True) == 1
    best = np.nonzero(of_question & of_answer & (fit > 0))
    yield from zip(*(side.tolist() for side in best), strict=True)


def _is_one_talk(one: Exchange, other: Exchange) -> bool:
    return one.conversation_id is not None and one.conversation_id == other.conversation_id
