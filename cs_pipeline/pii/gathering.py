"""The exchanges of an export conversation by conversation, wherever they stand in it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cs_pipeline.packed_lists import PackedList
from cs_pipeline.pii.conversations import identity
from cs_pipeline.records import Exchange

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROWS_AT_ONCE, _CHARACTERS_AT_ONCE = 32_768, 8_000_000
_NEAR_ROWS, _NEAR_CHARACTERS, _FAR_SHARE = 8_192, 1_000_000, 1 / 200
"""A row within so many rows and characters of the one before it is at hand in a packed list, which
would be unpacked over and over if more than a share of them were not."""


class Gathered(NamedTuple):
    """An exchange, its place in the export, whether it begins a conversation."""

    place: int
    row: Exchange
    begins: bool


def by_conversation(exchanges: Sequence[Exchange]) -> Iterator[Gathered]:
    """All exchanges, those of a conversation together in their order, by which comes first.

    Takes 24 bytes an exchange, and where conversations are scattered over the export, it is held
    packed once more. Two conversations whose hashes are equal by chance come as one.
    """
    import numpy as np

    hashes = np.empty(len(exchanges), np.int64)
    characters = 0
    for place, row in enumerate(exchanges):
        hashes[place] = hash(identity(row))
        characters += len(row.question) + len(row.answer)
    _, firsts, numbers = np.unique(hashes, return_index=True, return_inverse=True)
    begin = firsts[numbers]
    del hashes, firsts, numbers
    order = np.argsort(begin, kind="stable")
    begins = order == begin[order]
    near = min(_NEAR_ROWS, _NEAR_CHARACTERS * len(order) // max(characters, 1))
    far = np.count_nonzero(np.abs(np.diff(order)) > near)
    windows = max(len(order) // _ROWS_AT_ONCE, characters // _CHARACTERS_AT_ONCE) + 1
    if far > _FAR_SHARE * len(order):
        rows = _gathered(exchanges, order, windows)
    else:
        rows = (exchanges[place] for part in np.array_split(order, windows) for place in part)
    for places, marks in zip(
        np.array_split(order, windows), np.array_split(begins, windows), strict=True
    ):
        for place, begins_one, row in zip(places.tolist(), marks.tolist(), rows, strict=False):
            yield Gathered(place, row, begins_one)


def _gathered(
    exchanges: Sequence[Exchange], order: "NDArray[np.int64]", windows: int
) -> Iterator[Exchange]:
    """The exchanges in an order: handed out to lists of which each is put into order by itself."""
    import numpy as np

    window = np.empty(len(order), np.int32)
    parts = np.array_split(order, windows)
    lists: list[PackedList[Exchange]] = [PackedList() for _ in parts]
    for number, part in enumerate(parts):
        window[part] = number
    for row, number in zip(exchanges, window.tolist(), strict=True):
        lists[number].append(row)
    for number, part in enumerate(parts):
        rows = list(lists[number])
        lists[number] = PackedList()
        yield from (rows[at] for at in np.searchsorted(np.sort(part), part))
