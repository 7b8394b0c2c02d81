"""The shape of a dataset version or an export, for comparing two of them without their text."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cs_pipeline.masked.placeholders import PLACEHOLDER
from cs_pipeline.records import DataProfile

WORD_BUCKETS = 1024

_WORD = re.compile(r"[^\W_]+")


def profile_rows(rows: Iterable[tuple[str, str]], *, duplicates_removed: int) -> DataProfile:
    """Lengths, words and duplicates of a dataset version's rows, read once.

    Args:
        rows: (question, answer), placeholders as shards write them. They count as characters but
            not as words: how much was masked is not a change of subject.
        duplicates_removed: Exchanges that the version left out as duplicates.
    """
    count = question_characters = answer_characters = 0
    buckets = WordBuckets()
    for question, answer in rows:
        count += 1
        question_characters += len(question)
        answer_characters += len(answer)
        buckets.add(question, answer)
    return DataProfile(
        rows=count,
        question_characters=question_characters / max(count, 1),
        answer_characters=answer_characters / max(count, 1),
        duplicate_share=duplicates_removed / max(count + duplicates_removed, 1),
        word_buckets=buckets.shares(),
    )


class WordBuckets:
    """Counts words by hash bucket, all that is kept of them."""

    def __init__(self) -> None:
        self._counts = [0] * WORD_BUCKETS

    def add(self, *texts: str) -> None:
        """Count the words of these texts; placeholders are none."""
        for word in _words(*texts):
            self._counts[_bucket(word)] += 1

    def shares(self) -> tuple[float, ...]:
        """The share of all words that fell into each bucket; all zeros before the first."""
        words = max(sum(self._counts), 1)
        return tuple(count / words for count in self._counts)


def _words(*texts: str) -> Iterator[str]:
    for text in texts:
        plain = unicodedata.normalize("NFKC", PLACEHOLDER.sub(" ", text)).casefold()
        yield from _WORD.findall(plain)


@lru_cache(maxsize=2**16)
def _bucket(word: str) -> int:
    """The same on every machine and in every process, which `hash` is not."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest()) % WORD_BUCKETS
