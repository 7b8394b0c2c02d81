"""What a shard shows that could be a masked value, as keyed digests on disk.

A cache beside the keys, worked out from the shard's texts where it is missing. A new export may
have masked what an old one shows; with these, each merge asks old shards without reading a text of
theirs: one sorted column of uint64, the first 8 bytes of each digest. Whoever finds a match there
looks into the texts, so that a chance match of 8 bytes does no harm.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cs_pipeline.files import atomic_path

Heads = NDArray[np.uint64]
"""First 8 bytes of digests, sorted, each once."""

_HEAD_BYTES = 8


def heads_of(digests: Iterable[bytes]) -> Heads:
    """The heads of digests of 8 bytes or more."""
    joined = b"".join(digest[:_HEAD_BYTES] for digest in digests)
    return np.unique(np.frombuffer(joined, "<u8"))


def shown_values(
    path: Path,
    texts: Callable[[], Iterable[tuple[Sequence[str], Sequence[str]]]],
    digests_in: Callable[[str], Iterable[bytes]],
) -> Heads:
    """The heads of all that the texts of a shard show, from the file at `path` if it is sound.

    Args:
        path: of the cache.
        texts: gives questions and answers in parts, should they have to be read.
        digests_in: the digests of every string in a text that could be a masked value.
    """
    try:
        kept = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        kept = None
    if kept is not None and kept.ndim == 1 and kept.dtype == np.uint64:
        return np.asarray(kept)
    parts = [
        heads_of(digest for text in {*questions, *answers} for digest in digests_in(text))
        for questions, answers in texts()
    ]
    found = np.unique(np.concatenate([np.empty(0, np.uint64), *parts]))
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_path(path) as temporary, temporary.open("wb") as out:
        np.save(out, found, allow_pickle=False)
    return found


def has_common(some: Heads, others: Heads) -> bool:
    """Whether two of them share a head; fast where one is much shorter."""
    few, many = sorted((some, others), key=len)
    if not len(few):
        return False
    places = np.searchsorted(many, few)
    places[places == len(many)] = 0
    return bool((many[places] == few).any())
