"""Which rows of the shards a dataset version uses.

Four rules, each of which only ever takes rows out as exports come in, so that adding one changes
nothing but the rows that share a key with it. "First" is by the order of the shards in the version,
then by the order of their rows. The outcome follows from the shards alone, not from the order in
which they came. Rows that show what was masked elsewhere are taken out apart (`masking_misses`).

1. Of the rows with the same question and answer the first is used.
2. Of those with the same answer the first `max_answer_repeats` are used.
3. A question for validation that is nearly one for training is not used: it would be judged on
   what was learned.
4. With `near_duplicates` thinned, the first of the rows on one side with nearly the same question
   is used.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from cs_pipeline.dataset.keys import BANDS, is_validation
from cs_pipeline.dataset.touched_rows import (
    ROW_BITS,
    KeySet,
    Rows,
    ShardRows,
    Status,
    Statuses,
    Touched,
    Wanted,
    crowded_answers,
    parts_of,
)

_ROWS_AT_ONCE = 1_000_000
_FEW = 1 / 8


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that decide on rows. `max_answer_repeats` 0: any number of times."""

    val_share: float
    max_answer_repeats: int
    thin: bool


def select(shards: Sequence[ShardRows], rules: Rules) -> None:
    """Decide on every row of the new shards and on what they change in the others.

    Fills in and changes `statuses`. Takes as much memory as a million rows' keys and one byte for
    each row there is.
    """
    for batch in _batches([shard for shard in shards if shard.statuses is None]):
        present = [shard for shard in shards if shard.statuses is not None]
        fresh = Rows.joined([rows for shard in batch for rows in parts_of(shard)])
        touched = _touched(fresh, present, rules) if present else []
        others = list(chain.from_iterable(one.rows for one in touched))
        rows = Rows.joined([fresh, *others]) if others else fresh
        del fresh, others
        trained_on = [
            np.concatenate([*(one.trained_on[band] for one in touched), np.empty(0, np.uint64)])
            for band in range(BANDS)
        ]
        decided = _decide(rows, sum(shard.rows for shard in batch), trained_on, rules)
        for shard in batch:
            shard.statuses = np.zeros(shard.rows, np.uint8)
        _write_back({shard.rank: shard for shard in (*batch, *present)}, rows.place, decided)


def _touched(fresh: Rows, present: Sequence[ShardRows], rules: Rules) -> list[Touched]:
    """What the new rows bear on; the sets of keys that tell it are many, and gone afterwards."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        wanted = Wanted(
            fresh,
            val_share=rules.val_share,
            thin=rules.thin,
            crowded=crowded_answers(fresh, present, rules.max_answer_repeats, threads),
        )
        return list(threads.map(wanted.touched, present))


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


def _decide(
    rows: Rows, fresh: int, trained_on: Sequence[NDArray[np.uint64]], rules: Rules
) -> Statuses:
    """The status of each row, of the reasons that stood before and those among these rows.

    The first `fresh` rows are new; `trained_on` are further bands of training rows.
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
        new = band[:fresh]
        asked, trained = new[validation[:fresh]], np.concatenate([band[~validation], further])
        met = trained[KeySet(asked).has(trained)]
        like_training[:fresh][validation[:fresh]] |= KeySet(met).has(asked)
        # What was there before was compared with each other then.
        like_training[validation] |= KeySet(new[~validation[:fresh]]).has(band[validation])
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
    ranks = np.zeros(len(keys), np.int64)
    plain = np.sort(keys)
    repeated = plain[1:][plain[1:] == plain[:-1]]
    if len(repeated) < _FEW * len(keys):  # most are alone and first
        again = np.flatnonzero(KeySet(repeated).has(keys))
    else:
        again = np.arange(len(keys))
    order = again[np.lexsort((place[again], keys[again]))]
    grouped = keys[order]
    starts = np.flatnonzero(np.diff(grouped, prepend=~grouped[:1]))
    sizes = np.diff(np.append(starts, len(grouped)))
    ranks[order] = np.arange(len(order)) - np.repeat(starts, sizes)
    return ranks


def _write_back(shards: dict[int, ShardRows], place: NDArray[np.int64], decided: Statuses) -> None:
    order = np.argsort(place, kind="stable")
    ranks = place[order] >> ROW_BITS
    rows = place[order] & ((1 << ROW_BITS) - 1)
    for rank in np.unique(ranks):
        first, last = np.searchsorted(ranks, [rank, rank + 1])
        shards[int(rank)].decided()[rows[first:last]] = decided[order[first:last]]
