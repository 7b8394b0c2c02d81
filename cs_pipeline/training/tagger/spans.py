"""From labelled tokens to spans of personal data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cs_pipeline.records import PiiSpan
from cs_pipeline.training.tagger.labels import Label


class Token(NamedTuple):
    """A token: its code points in the text, its word, its best label and that one's probability.

    `margin` counts the tokens around it that the model saw.
    """

    start: int
    end: int
    word: int | None
    label: Label | None
    probability: float
    margin: int


@dataclass(slots=True)
class _OpenSpan:
    start: int
    end: int
    word: int | None
    label: Label
    probabilities: list[float]

    def goes_on_with(self, token: Token, label: Label) -> bool:
        """A piece of the same word joins even under a B label: many models repeat it."""
        if label.entity_type != self.label.entity_type:
            return False
        touches = token.start <= self.end and token.word == self.word
        return touches or not label.starts


def spans(text: str, tokens: Iterable[Token], *, min_score: float) -> Iterator[PiiSpan]:
    """Spans of `text`, by position; `tokens` are all of its tokens in order.

    Pieces of a word are joined, white space at the edges is cut off. The score is the mean
    probability of the tokens; spans below `min_score` are dropped.
    """
    for one in _joined(tokens):
        found = text[one.start : one.end]
        start = one.start + len(found) - len(found.lstrip())
        score = round(sum(one.probabilities) / len(one.probabilities), 3)
        if found.strip() and score >= min_score:
            yield PiiSpan(
                start,
                start + len(found.strip()),
                one.label.entity_type,
                score,
                f"model.{one.label.name}",
            )


def _joined(tokens: Iterable[Token]) -> Iterator[_OpenSpan]:
    """Runs of tokens that belong together."""
    current: _OpenSpan | None = None
    for token in tokens:
        if token.start == token.end:
            continue
        label = token.label
        if current and label and current.goes_on_with(token, label):
            current.end, current.word = max(current.end, token.end), token.word
            current.probabilities.append(token.probability)
            continue
        if current:
            yield current
        current = None
        if label:
            current = _OpenSpan(token.start, token.end, token.word, label, [token.probability])
    if current:
        yield current
