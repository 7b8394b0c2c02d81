"""The CSVs of a dataset version, put together from its shards.

What stood in the CSVs of the version before is copied as bytes, but for rows that a new shard
makes superfluous; only the rows of new shards are written one by one.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cs_pipeline.dataset.csv_files import NewCsv, OldCsv, RowForm
from cs_pipeline.dataset.keys import is_validation
from cs_pipeline.dataset.layout import Lengths, ShardLayout, count_statuses, save_layout
from cs_pipeline.dataset.manifest import CSV_NAMES, MaskingMisses, ShardReference, VersionTerms
from cs_pipeline.dataset.masking_misses import where_missed
from cs_pipeline.dataset.selection import Rules, select
from cs_pipeline.dataset.shard import read_rows
from cs_pipeline.dataset.shards import Shards
from cs_pipeline.dataset.touched_rows import ShardRows, Status
from cs_pipeline.files import joint_sha256
from cs_pipeline.masked.placeholders import PlaceholderForm

_Sides = tuple[NDArray[np.bool_], NDArray[np.bool_]]
"""Which rows of a shard are in `train.csv` and which in `val.csv`."""


class PreviousCsvs(NamedTuple):
    """The CSVs of an earlier version of the same terms, all of whose shards are in the new one."""

    folder: Path
    layouts: Mapping[str, ShardLayout]


class Assembled(NamedTuple):
    """What was written: the identity of both CSVs together, their rows, what was left out.

    `train_rows_of` and `val_rows_of` count the rows of each shard, in the order of the shards.
    """

    sha256: str
    train_rows_of: tuple[int, ...]
    val_rows_of: tuple[int, ...]
    statuses: dict[Status, int]


def assemble(
    folder: Path,
    kept: Shards,
    references: Sequence[ShardReference],
    terms: VersionTerms,
    misses: MaskingMisses,
    previous: PreviousCsvs | None = None,
) -> Assembled:
    """Write both CSVs, and what of each shard stands in them, into `folder`.

    Rows named in `misses` are left out; those of shards in `previous` are so already.

    Raises:
        DatasetError: a shard is missing or changed.
    """
    known = previous.layouts if previous else {}
    shards = [
        _shard_rows(rank, reference, kept, known.get(reference.sha256))
        for rank, reference in enumerate(references)
    ]
    select(
        shards,
        Rules(
            val_share=terms.val_share,
            max_answer_repeats=terms.max_answer_repeats,
            thin=terms.near_duplicates == "thin",
        ),
    )
    with ExitStack() as stack:
        writing = _Writing(stack, folder, terms, previous)
        layouts = []
        for reference, shard in zip(references, shards, strict=True):
            missed = np.zeros(shard.rows, bool)
            if reference.sha256 not in known:
                missed = where_missed(kept, reference, misses)
                shard.leave_out(missed)
            layouts.append(writing.shard(kept.path_of(reference), reference.sha256, shard, missed))
        sha256 = writing.close()
    save_layout(folder, CSV_NAMES, layouts)
    return Assembled(
        sha256=sha256,
        train_rows_of=tuple(len(layout.train) for layout in layouts),
        val_rows_of=tuple(len(layout.val) for layout in layouts),
        statuses=count_statuses(layouts),
    )


def _shard_rows(
    rank: int, reference: ShardReference, kept: Shards, known: ShardLayout | None
) -> ShardRows:
    if known is None:
        kept.check(reference)
    else:
        kept.check_present(reference)  # its rows stand in the CSVs, but no version could be rebuilt
    return ShardRows(
        rank=rank,
        rows=reference.rows,
        read_keys=kept.keys(reference),
        statuses=None if known is None else known.statuses.copy(),
    )


class _Writing:
    """Both CSVs while they are written, and those that they are written from."""

    def __init__(
        self,
        stack: ExitStack,
        folder: Path,
        terms: VersionTerms,
        previous: PreviousCsvs | None,
    ) -> None:
        self._terms = terms
        self._form = RowForm(PlaceholderForm(terms.placeholder_form), terms.context_turns)
        header = self._form.header()
        self._new = [stack.enter_context(NewCsv(folder / name, header)) for name in CSV_NAMES]
        self._previous = previous
        self._old: list[OldCsv] = []
        if previous:
            self._old = [stack.enter_context(OldCsv(previous.folder / n)) for n in CSV_NAMES]
            for old, new in zip(self._old, self._new, strict=True):
                old.position = new.header_bytes

    def shard(
        self, path: Path, sha256: str, shard: ShardRows, missed: NDArray[np.bool_]
    ) -> ShardLayout:
        """Append one shard's rows to both; those that were `missed` are no context either."""
        known = self._previous.layouts.get(sha256) if self._previous else None
        if known is None:
            train, val = self._from_shard(path, shard, missed)
        else:
            train, val = self._from_csvs(known, shard)
        return ShardLayout(shard.decided(), train, val)

    def close(self) -> str:
        """Flush both to disk; returns their identity."""
        return joint_sha256(*(new.close() for new in self._new))

    def _from_csvs(self, known: ShardLayout, shard: ShardRows) -> tuple[Lengths, Lengths]:
        before, now = (one == Status.USED for one in (known.statuses, shard.decided()))
        if np.array_equal(before, now):
            keeps = [np.ones(len(side), bool) for side in (known.train, known.val)]
        else:
            keeps = [now[side] for side in _sides(shard, before, self._terms.val_share)]
        left = []
        for new, old, lengths, keep in zip(
            self._new, self._old, (known.train, known.val), keeps, strict=True
        ):
            new.copy(old, lengths, keep)
            left.append(lengths[keep])
        return left[0], left[1]

    def _from_shard(
        self, path: Path, shard: ShardRows, missed: NDArray[np.bool_]
    ) -> tuple[Lengths, Lengths]:
        train, val = self._new
        sides = _sides(shard, shard.decided() == Status.USED, self._terms.val_share)
        rows = self._form.written(read_rows(path), missed)
        for row, in_train, in_val in zip(rows, *(side.tolist() for side in sides), strict=True):
            if in_train:
                train.append(row)
            elif in_val:
                val.append(row)
        return train.flush(), val.flush()


def _sides(shard: ShardRows, wanted: NDArray[np.bool_], val_share: float) -> _Sides:
    """The wanted rows that belong to train, and those that belong to val."""
    parts = [
        np.empty(0, bool),
        *(is_validation(keys.side, val_share) for keys in shard.read_keys()),
    ]
    validation = np.concatenate(parts)
    return wanted & ~validation, wanted & validation
