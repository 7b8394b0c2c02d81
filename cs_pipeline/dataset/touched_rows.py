"""Rows of shards as their keys, and which of them a new shard bears on.

A merge looks through the keys of all shards, and only the rows that are found here are decided on
again (see `selection`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cs_pipeline.dataset.keys import BANDS, RowKeys, is_validation

Statuses = NDArray[np.uint8]
"""A `Status` for each row of a shard, in its order."""
ReadKeys = Callable[[], Iterable[RowKeys]]
"""Gives the keys of a shard's rows, in parts."""

ROW_BITS = 32
_MOST_BITS = 25
"""32 MiB for the look-up of a set, of which a merge holds ten; there are 64 places a key in it, and
16 where an export has two million rows."""


class Status(IntEnum):
    """What becomes of a row; of several reasons against it the first one here counts."""

    USED = 0
    DUPLICATE = 1
    BOILERPLATE = 2
    LIKE_TRAINING = 3
    THINNED = 4
    MISSED = 5


@dataclass(slots=True)
class ShardRows:
    """One shard of the version: its rank in it, its keys, and what was decided so far.

    `statuses` is None for a shard that is new.
    """

    rank: int
    rows: int
    read_keys: ReadKeys
    statuses: Statuses | None = None

    def decided(self) -> Statuses:
        """The statuses, once there are any.

        Raises:
            ValueError: nothing was decided yet.
        """
        if self.statuses is None:
            raise ValueError("`select` comes first")
        return self.statuses

    def leave_out(self, missed: NDArray[np.bool_]) -> None:
        """Use none of the rows that show what was masked elsewhere."""
        statuses = self.decided()
        statuses[missed & (statuses == Status.USED)] = Status.MISSED


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of any shards. `place` orders them; `status` is 0 for new ones."""

    place: NDArray[np.int64]
    status: Statuses
    keys: RowKeys

    @classmethod
    def of(cls, shard: ShardRows, first: int, keys: RowKeys) -> "Rows":
        """The rows of a part of a shard that begins at row `first`."""
        rows = np.arange(first, first + len(keys.exchange), dtype=np.int64)
        status = (
            np.zeros(len(rows), np.uint8)
            if shard.statuses is None
            else shard.statuses[first : first + len(rows)]
        )
        return cls((np.int64(shard.rank) << ROW_BITS) | rows, status, keys)

    def where(self, mask: NDArray[np.bool_]) -> "Rows":
        """Those of the mask."""
        exchange, answer, side, bands = self.keys
        keys = RowKeys(
            exchange[mask], answer[mask], side[mask], tuple(band[mask] for band in bands)
        )
        return Rows(self.place[mask], self.status[mask], keys)

    @classmethod
    def joined(cls, parts: Sequence["Rows"]) -> "Rows":
        """One after the other."""
        keys = [part.keys for part in parts]
        return cls(
            np.concatenate([part.place for part in parts]),
            np.concatenate([part.status for part in parts]),
            RowKeys(
                np.concatenate([one.exchange for one in keys]),
                np.concatenate([one.answer for one in keys]),
                np.concatenate([one.side for one in keys]),
                tuple(map(np.concatenate, zip(*(one.bands for one in keys), strict=True))),
            ),
        )


def parts_of(shard: ShardRows) -> Iterator[Rows]:
    """The shard's rows in order."""
    first = 0
    for keys in shard.read_keys():
        yield Rows.of(shard, first, keys)
        first += len(keys.exchange)


class KeySet:
    """A set of keys that answers for many at once; most that are not in it by one look-up."""

    def __init__(self, keys: NDArray[np.uint64]) -> None:
        self._sorted = np.sort(keys)
        bits = min(max(len(self._sorted) * 64, 1024).bit_length(), _MOST_BITS)
        self._shift = np.uint64(64 - bits)
        self._seen = np.zeros(2**bits, bool)
        self._seen[self._sorted >> self._shift] = True

    def has(self, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """For each key, whether it is in the set."""
        mask: NDArray[np.bool_] = self._seen[keys >> self._shift]
        maybe = np.flatnonzero(mask)
        places = np.searchsorted(self._sorted, keys[maybe])
        places[places == len(self._sorted)] = 0
        mask[maybe] = self._sorted[places] == keys[maybe]
        return mask


def crowded_answers(
    fresh: Rows, present: Sequence[ShardRows], most: int, threads: ThreadPoolExecutor
) -> NDArray[np.uint64]:
    """Answers of new rows that more than `most` rows have, duplicates among them; 0: none."""
    if not most:
        return np.empty(0, np.uint64)
    answers, counts = np.unique(fresh.keys.answer, return_counts=True)
    asked = KeySet(answers)

    def count(shard: ShardRows) -> NDArray[np.intp]:
        found = [keys.answer[asked.has(keys.answer)] for keys in shard.read_keys()]
        places = np.searchsorted(answers, np.concatenate(found))
        return np.bincount(places, minlength=len(answers))

    for there in threads.map(count, present):
        counts = counts + there
    return answers[counts > most]


class Touched(NamedTuple):
    """What of one shard has to be looked at again.

    The rows that a new one may bear on, and of its training rows the bands that new validation
    rows have, too.
    """

    rows: list[Rows]
    trained_on: list[NDArray[np.uint64]]


class Wanted:
    """Tells which rows' fate may have to do with that of a new one, and the other way round.

    Args:
        fresh: the new rows.
        val_share: share of the keys on the validation side.
        thin: whether near-duplicates on one side matter, too.
        crowded: answers that may be too many.
    """

    def __init__(
        self, fresh: Rows, *, val_share: float, thin: bool, crowded: NDArray[np.uint64]
    ) -> None:
        self._val_share, self._thin = val_share, thin
        validation = is_validation(fresh.keys.side, val_share)
        self._exchange = KeySet(fresh.keys.exchange)
        self._answer = KeySet(crowded)
        self._training = [KeySet(band[~validation]) for band in fresh.keys.bands]
        self._validation = [KeySet(band[validation]) for band in fresh.keys.bands]

    def touched(self, shard: ShardRows) -> Touched:
        """What of a shard that was there before has to be looked at again."""
        found: list[Rows] = []
        trained_on: list[list[NDArray[np.uint64]]] = [[] for _ in range(BANDS)]
        for rows in parts_of(shard):
            validation = is_validation(rows.keys.side, self._val_share)
            training = np.flatnonzero(~validation)
            for band, keys in enumerate(rows.keys.bands):
                trained = keys[training]
                trained_on[band].append(np.unique(trained[self._validation[band].has(trained)]))
            mask = self._touches(rows, validation)
            if mask.any():
                found.append(rows.where(mask))
        return Touched(found, list(map(np.concatenate, trained_on)))

    def _touches(self, rows: Rows, validation: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """True for each row whose status may change, or decide on that of a new one.

        A row that is left out for a reason stays so, and whatever comes after it in the list of
        reasons cannot make a difference. An answer's first rows are all that count for its limit.
        """
        keys, status = rows.keys, rows.status
        mask: NDArray[np.bool_] = self._exchange.has(keys.exchange) & (status != Status.DUPLICATE)
        uncounted = (status == Status.DUPLICATE) | (status == Status.BOILERPLATE)
        mask |= self._answer.has(keys.answer) & ~uncounted
        open_ = (status == Status.USED) | (status >= Status.THINNED)
        sides = [(np.flatnonzero(validation & open_), self._training)]
        if self._thin:
            sides.append((np.flatnonzero(validation), self._validation))
            sides.append((np.flatnonzero(~validation), self._training))
        for side, others in sides:
            for band, other in zip(keys.bands, others, strict=True):
                mask[side] |= other.has(band[side])
        return mask
