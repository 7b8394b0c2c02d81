"""Which rows of the shards a dataset version uses.

Four rules, each of which only ever takes rows out as exports come in, so that adding one changes
nothing but the rows that share a key with it. "First" is by the order of the shards in the version,
then by the order of their rows. The outcome follows from the shards alone, not from the order in
which they came.

1. Of the rows with the same question and answer the first is used.
2. Of those with the same answer the first `max_answer_repeats` are used.
3. A question for validation that is nearly one for training is not used: it would be judged on
   what was learned.
4. With `near_duplicates` thinned, the first of the rows on one side with nearly the same question
   is used.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cs_pipeline.dataset.keys import BANDS, RowKeys, is_validation

Statuses = NDArray[np.uint8]
"""A `Status` for each row of a shard, in its order."""
ReadKeys = Callable[[], Iterable[RowKeys]]
"""Gives the keys of a shard's rows, in parts."""

_ROW_BITS = 32
_ROWS_AT_ONCE = 1_000_000


class Status(IntEnum):
    """What becomes of a row; of several reasons against it the first one here counts."""

    USED = 0
    DUPLICATE = 1
    BOILERPLATE = 2
    LIKE_TRAINING = 3
    THINNED = 4


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that decide on rows. `max_answer_repeats` 0: any number of times."""

    val_share: float
    max_answer_repeats: int
    thin: bool


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


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of any shards. `place` orders them; `status` is 0 for new ones."""

    place: NDArray[np.int64]
    status: Statuses
    keys: RowKeys

    @classmethod
    def of(cls, shard: ShardRows, first: int, keys: RowKeys) -> "_Rows":
        """The rows of a part of a shard that begins at row `first`."""
        rows = np.arange(first, first + len(keys.exchange), dtype=np.int64)
        status = (
            np.zeros(len(rows), np.uint8)
            if shard.statuses is None
            else shard.statuses[first : first + len(rows)]
        )
        return cls((np.int64(shard.rank) << _ROW_BITS) | rows, status, keys)

    def where(self, mask: NDArray[np.bool_]) -> "_Rows":
        """Those of the mask."""
        exchange, answer, side, bands = self.keys
        keys = RowKeys(
            exchange[mask], answer[mask], side[mask], tuple(band[mask] for band in bands)
        )
        return _Rows(self.place[mask], self.status[mask], keys)

    @classmethod
    def joined(cls, parts: Sequence["_Rows"]) -> "_Rows":
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


def select(shards: Sequence[ShardRows], rules: Rules) -> None:
    """Decide on every row of the new shards and on what they change in the others.

    Fills in and changes `statuses`. Takes as much memory as a million rows' keys and one byte for
    each row there is.
    """
    for batch in _batches([shard for shard in shards if shard.statuses is None]):
        present = [shard for shard in shards if shard.statuses is not None]
        fresh = _Rows.joined([rows for shard in batch for rows in _parts(shard)])
        with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
            wanted = _Wanted(fresh, rules, _crowded(fresh, present, rules, threads))
            touched = list(threads.map(wanted.touched, present))
        rows = _Rows.joined([fresh, *chain.from_iterable(one.rows for one in touched)])
        trained_on = [
            np.concatenate([*(one.trained_on[band] for one in touched), np.empty(0, np.uint64)])
            for band in range(BANDS)
        ]
        decided = _decide(rows, trained_on, rules)
        for shard in batch:
            shard.statuses = np.zeros(shard.rows, np.uint8)
        _write_back({shard.rank: shard for shard in (*batch, *present)}, rows.place, decided)


def _batches(shards: Iterable[ShardRows]) -> Iterator[list[ShardRows]]:
    batch: list[ShardRows] = []
    rows = 0
    for shard in shards:
        if batch and rows + shard.rows > _ROWS_AT_ONCE:
            yield batch
            batch, rows = [], 0
        batch.append(shard)
        rows += shard.rows
    if batch:
        yield batch


def _parts(shard: ShardRows) -> Iterator[_Rows]:
    first = 0
    for keys in shard.read_keys():
        yield _Rows.of(shard, first, keys)
        first += len(keys.exchange)


def _crowded(
    fresh: _Rows, present: Sequence[ShardRows], rules: Rules, threads: ThreadPoolExecutor
) -> NDArray[np.uint64]:
    """Answers of new rows that so many rows have that some may be too many."""
    if not rules.max_answer_repeats:
        return np.empty(0, np.uint64)
    answers, counts = np.unique(fresh.keys.answer, return_counts=True)
    asked = _KeySet(answers)

    def count(shard: ShardRows) -> NDArray[np.intp]:
        found = [keys.answer[asked.has(keys.answer)] for keys in shard.read_keys()]
        places = np.searchsorted(answers, np.concatenate(found))
        return np.bincount(places, minlength=len(answers))

    for there in threads.map(count, present):
        counts = counts + there
    return answers[counts > rules.max_answer_repeats]


class _Touched(NamedTuple):
    """What of one shard has to be looked at again.

    The rows that a new one may bear on, and of its training rows the bands that new validation
    rows have, too.
    """

    rows: list[_Rows]
    trained_on: list[NDArray[np.uint64]]


class _Wanted:
    """Tells which rows' fate may have to do with that of a new one, and the other way round."""

    def __init__(self, fresh: _Rows, rules: Rules, crowded: NDArray[np.uint64]) -> None:
        self._rules = rules
        validation = is_validation(fresh.keys.side, rules.val_share)
        self._exchange = _KeySet(fresh.keys.exchange)
        self._answer = _KeySet(crowded)
        self._training = [_KeySet(band[~validation]) for band in fresh.keys.bands]
        self._validation = [_KeySet(band[validation]) for band in fresh.keys.bands]

    def touched(self, shard: ShardRows) -> _Touched:
        """What of a shard that was there before has to be looked at again."""
        found: list[_Rows] = []
        trained_on: list[list[NDArray[np.uint64]]] = [[] for _ in range(BANDS)]
        for rows in _parts(shard):
            validation = is_validation(rows.keys.side, self._rules.val_share)
            training = np.flatnonzero(~validation)
            for band, keys in enumerate(rows.keys.bands):
                trained = keys[training]
                trained_on[band].append(np.unique(trained[self._validation[band].has(trained)]))
            mask = self._touches(rows.keys, validation)
            if mask.any():
                found.append(rows.where(mask))
        return _Touched(found, list(map(np.concatenate, trained_on)))

    def _touches(self, keys: RowKeys, validation: NDArray[np.bool_]) -> NDArray[np.bool_]:
        mask = self._exchange.has(keys.exchange) | self._answer.has(keys.answer)
        sides = [(np.flatnonzero(validation), self._training)]
        if self._rules.thin:
            sides.append((np.flatnonzero(validation), self._validation))
            sides.append((np.flatnonzero(~validation), self._training))
        for side, others in sides:
            for band, other in zip(keys.bands, others, strict=True):
                mask[side] |= other.has(band[side])
        return mask


class _KeySet:
    """A set of keys that answers for many at once; most that are not in it by one look-up."""

    def __init__(self, keys: NDArray[np.uint64]) -> None:
        self._sorted = np.unique(keys)
        bits = max(len(self._sorted) * 64, 1024).bit_length()
        self._shift = np.uint64(64 - bits)
        self._seen = np.zeros(2**bits, bool)
        self._seen[self._sorted >> self._shift] = True

    def has(self, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
        mask: NDArray[np.bool_] = self._seen[keys >> self._shift]
        maybe = np.flatnonzero(mask)
        places = np.searchsorted(self._sorted, keys[maybe])
        places[places == len(self._sorted)] = 0
        mask[maybe] = self._sorted[places] == keys[maybe]
        return mask


def _decide(rows: _Rows, trained_on: Sequence[NDArray[np.uint64]], rules: Rules) -> Statuses:
    """The status of each row, of the reasons that stood before and those among these rows.

    `trained_on` are further bands of training rows.
    """
    keys, place = rows.keys, rows.place
    duplicate = _rank_in_group(keys.exchange, place) > 0
    reasons = {Status.DUPLICATE: duplicate}
    if rules.max_answer_repeats:
        first_ones = np.flatnonzero(~duplicate & (rows.status != Status.DUPLICATE))
        ranks = _rank_in_group(keys.answer[first_ones], place[first_ones])
        over = np.zeros(len(place), bool)
        over[first_ones] = ranks >= rules.max_answer_repeats
        reasons[Status.BOILERPLATE] = over
    validation = is_validation(keys.side, rules.val_share)
    like_training = np.zeros(len(place), bool)
    thinned = np.zeros(len(place), bool)
    for band, further in zip(keys.bands, trained_on, strict=True):
        trained = np.concatenate([band[~validation], further])
        like_training[validation] |= _KeySet(trained).has(band[validation])
        for side in (validation, ~validation) if rules.thin else ():
            thinned[side] |= _rank_in_group(band[side], place[side]) > 0
    reasons |= {Status.LIKE_TRAINING: like_training, Status.THINNED: thinned}
    decided = rows.status.copy()
    for status in sorted(reasons, reverse=True):
        worse = reasons[status] & ((decided == Status.USED) | (decided > status))
        decided[worse] = status
    return decided


def _rank_in_group(keys: NDArray[np.uint64], place: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each row, how many with the same key come before it."""
    order = np.lexsort((place, keys))
    grouped = keys[order]
    starts = np.flatnonzero(np.concatenate([[True], grouped[1:] != grouped[:-1]]))
    sizes = np.diff(np.append(starts, len(grouped)))
    ranks = np.empty(len(keys), np.int64)
    ranks[order] = np.arange(len(keys)) - np.repeat(starts, sizes)
    return ranks


def _write_back(shards: dict[int, ShardRows], place: NDArray[np.int64], decided: Statuses) -> None:
    order = np.argsort(place, kind="stable")
    ranks = place[order] >> _ROW_BITS
    rows = place[order] & ((1 << _ROW_BITS) - 1)
    for rank in np.unique(ranks):
        first, last = np.searchsorted(ranks, [rank, rank + 1])
        shards[int(rank)].decided()[rows[first:last]] = decided[order[first:last]]
