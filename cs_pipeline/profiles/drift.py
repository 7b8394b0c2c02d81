"""How far two dataset versions or exports lie apart, from their profiles alone."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cs_pipeline.records import DataProfile


@dataclass(frozen=True, slots=True)
class DriftParts:
    """Four differences, each from 0 (alike) to 1.

    `words` is the Jensen-Shannon distance of the word buckets (square root of the divergence in
    bits), the lengths are relative to the longer of the two, `duplicates` is the difference of the
    shares.
    """

    words: float
    question_length: float
    answer_length: float
    duplicates: float

    @property
    def total(self) -> float:
        """The largest of the four: data that changed in one way only has changed."""
        return max(self.words, self.question_length, self.answer_length, self.duplicates)


def mean_profile(profiles: Sequence[DataProfile]) -> DataProfile:
    """What several exports look like together: means weighted by rows, `rows` is their sum.

    Raises:
        ValueError: there are none, or their numbers of word buckets differ.
    """
    if not profiles:
        raise ValueError("no profiles to take the mean of")
    rows = sum(profile.rows for profile in profiles)
    weights = [profile.rows / max(rows, 1) for profile in profiles]
    buckets = zip(*(profile.word_buckets for profile in profiles), strict=True)

    def mean(figures: Iterable[float]) -> float:
        return sum(weight * figure for weight, figure in zip(weights, figures, strict=True))

    return DataProfile(
        rows=rows,
        question_characters=mean(profile.question_characters for profile in profiles),
        answer_characters=mean(profile.answer_characters for profile in profiles),
        duplicate_share=mean(profile.duplicate_share for profile in profiles),
        word_buckets=tuple(map(mean, buckets)),
    )


def drift_parts(a: DataProfile, b: DataProfile) -> DriftParts:
    """How different two datasets are; the order does not matter.

    Raises:
        ValueError: the profiles have different numbers of word buckets.
    """
    return DriftParts(
        words=jensen_shannon_distance(a.word_buckets, b.word_buckets),
        question_length=_relative(a.question_characters, b.question_characters),
        answer_length=_relative(a.answer_characters, b.answer_characters),
        duplicates=abs(a.duplicate_share - b.duplicate_share),
    )


def jensen_shannon_distance(p: Sequence[float], q: Sequence[float]) -> float:
    """Jensen-Shannon distance to base 2 of two distributions: 0 for equal ones, 1 for disjoint.

    Endres and Schindelin, "A new metric for probability distributions" (2003).

    Raises:
        ValueError: they have different lengths.
    """
    divergence = sum((_bits(x, y) + _bits(y, x)) / 2 for x, y in zip(p, q, strict=True))
    return math.sqrt(min(max(divergence, 0.0), 1.0))


def _bits(share: float, other: float) -> float:
    """Of one bucket: the divergence from the middle of both, in bits."""
    # Not over the middle itself, which for the smallest floats is 0.
    return share * math.log2(2 * share / (share + other)) if share > 0 else 0.0


def _relative(a: float, b: float) -> float:
    return abs(a - b) / max(a, b) if max(a, b) > 0 else 0.0
