"""Lists of a million records in little memory: all but the newest ones are held packed."""

import ctypes
import pickle
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, chain, islice
from typing import Any, Generic, NamedTuple, Self, TypeVar, cast, overload

T = TypeVar("T")

_BLOCK, _FIRST_BLOCK, _FASTER = 512, 64, 4
_BLOCK_BYTES = 1024**2
"""Items that are packed together, and unpacked again for a look at one of them: at first a few,
then at most four times as many as before, and no more than fill a mebibyte."""
_LOOKED_AT = 32
"""Blocks that stay unpacked after a look at them."""
_ITEMS_LOOKED_AT = 256
"""Items that are kept after a look at them, where blocks hold many: a sample is looked at often."""
_LOOKS_A_BLOCK = 20
"""Who looks so many times as often as there are blocks goes through the list in no order at all:
then each item is held by itself, since unpacking a block for each look would take forever."""
_SMALL = 512


class _Listed(Sequence[T], Generic[T]):
    """What is equal to any sequence of the same items."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(
            one == another for one, another in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]  # as of any list

    def __repr__(self) -> str:
        return f"{type(self).__name__} of {len(self)}"


class PackedList(_Listed[T]):
    """A list of values that can be pickled; it grows at its end and is best read in its order.

    Items come out as equal copies of those that went in. The first hundred, and the newest ones of
    a longer list, are held as they are.
    """

    def __init__(self, items: Iterable[T] = ()) -> None:
        self._packed: list[_Packed] = []
        self._starts = array("q")
        self._closed = 0
        self._open: list[T] = []
        self._block = _FIRST_BLOCK
        self._looked: dict[int, list[T]] = {}
        self._looked_at: dict[int, T] = {}
        self._alone: list[_Packed | bytes] = []
        self._looks = 0
        self.packed_bytes = 0
        """Memory of what is packed."""
        self.extend(items)

    def append(self, item: T) -> None:
        """Add an item."""
        self._open.append(item)
        if len(self._open) >= 2 * self._block:
            self._pack()

    def extend(self, items: Iterable[T]) -> None:
        """Add items, one after the other."""
        items = iter(items)
        while more := list(islice(items, self._block)):
            self._open += more
            if len(self._open) >= 2 * self._block:
                self._pack()

    def __iadd__(self, items: Iterable[T]) -> Self:
        self.extend(items)
        return self

    def pop(self) -> T:
        """Take the last item away."""
        self._reopen()
        return self._open.pop()

    def replace_last(self, item: T) -> None:
        """Put another item in the place of the last one."""
        self._reopen()
        self._open[-1] = item

    def __len__(self) -> int:
        return self._closed + len(self._open)

    def __iter__(self) -> Iterator[T]:
        return self.following(0)

    def following(self, start: int) -> Iterator[T]:
        """The items from a place on."""
        if start < self._closed:
            block = self._block_of(start)
            within = start - self._starts[block]
            for packed in self._packed[block:]:
                yield from islice(_unpacked(packed), within, None)
                within = 0
        yield from islice(self._open, max(start - self._closed, 0), None)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        place = range(len(self))[at]
        if place >= self._closed:
            return self._open[place - self._closed]
        if place in self._looked_at:
            return self._looked_at[place]
        block = self._block_of(place)
        if block not in self._looked:
            if self._alone or self._is_read_in_no_order():
                return cast("T", self._apart(place))
            self._look_at(block)
        item = self._looked[block][place - self._starts[block]]
        if len(self._looked[block]) >= _FIRST_BLOCK:
            if len(self._looked_at) >= _ITEMS_LOOKED_AT:
                self._looked_at.clear()
            self._looked_at[place] = item
        return item

    def _block_of(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1

    def _pack(self) -> None:
        while len(self._open) >= 2 * self._block:
            packed = _packed(self._open[: self._block])
            del self._open[: self._block]
            self._packed.append(packed)
            self._starts.append(self._closed)
            self._closed += self._block
            self._alone = []
            self.packed_bytes += len(packed.content)
            fitting = _BLOCK_BYTES * self._block // max(packed.size, 1)
            self._block = max(1, min(_BLOCK, fitting, _FASTER * self._block))

    def _reopen(self) -> None:
        if not self._open and self._packed:
            last = self._packed.pop()
            self._closed = self._starts.pop()
            self.packed_bytes -= len(last.content)
            self._looked.pop(len(self._packed), None)
            self._looked_at.clear()
            self._alone = []
            self._open = _unpacked(last)

    def _is_read_in_no_order(self) -> bool:
        self._looks += 1
        return self._looks > _LOOKS_A_BLOCK * (len(self._packed) + _LOOKED_AT)

    def _apart(self, place: int) -> Any:
        """An item from a list of all that are packed, each by itself."""
        if not self._alone:
            self._alone = [_alone(item) for block in self._packed for item in _unpacked(block)]
        found = self._alone[place]
        if isinstance(found, bytes):
            return pickle.loads(found)  # noqa: S301 - our own
        return _unpacked(found)[0]

    def _look_at(self, block: int) -> None:
        if len(self._looked) >= _LOOKED_AT:
            del self._looked[next(iter(self._looked))]
        self._looked[block] = _unpacked(self._packed[block])


def items_from(items: Sequence[T], start: int) -> Iterator[T]:
    """The items of any sequence from a place on, without those before it if they are packed."""
    if isinstance(items, PackedList):
        return items.following(start)
    return islice(items, start, None)


class Kept(_Listed[T]):
    """The items of a sequence but for those at some places, which come in their order."""

    def __init__(self, items: Sequence[T], left_out: Iterable[int]) -> None:
        self._items = items
        self._left_out = array("q", left_out)
        # How many items are kept before each place that is left out.
        self._before = array("q", (at - order for order, at in enumerate(self._left_out)))

    def __len__(self) -> int:
        return len(self._items) - len(self._left_out)

    def __iter__(self) -> Iterator[T]:
        left_out = iter(self._left_out)
        unwanted = next(left_out, -1)
        for place, item in enumerate(self._items):
            if place == unwanted:
                unwanted = next(left_out, -1)
            else:
                yield item

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        place = range(len(self))[at]
        return self._items[place + bisect_right(self._before, place)]


class Joined(_Listed[T]):
    """The items of several sequences, one after the other; these do not grow any more."""

    def __init__(self, *parts: Sequence[T]) -> None:
        self._parts = parts
        self._ends = list(accumulate(map(len, parts)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self._parts)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        place = range(len(self))[at]
        number = bisect_right(self._ends, place)
        before = self._ends[number - 1] if number else 0
        return self._parts[number][place - before]


def give_back_memory() -> None:
    """Give back to the system what was freed between things that are still held.

    Only glibc can, which keeps it for later otherwise: half as much again as what is held.
    """
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


class _Packed(NamedTuple):
    """Size of the pickled items, and the packed bytes."""

    size: int
    content: bytes


@cache
def _codec() -> Any:
    """Zstandard at its fastest: two thirds of what LZ4 makes, in hardly more time."""
    from pyarrow import Codec

    return Codec("zstd", compression_level=1)


def _packed(items: list[T]) -> _Packed:
    plain = pickle.dumps(items, pickle.HIGHEST_PROTOCOL)
    # A copy of the right length: what is cut from a longer one leaves holes that nothing fits in.
    return _Packed(len(plain), _codec().compress(plain).to_pybytes())


def _unpacked(packed: _Packed) -> list[Any]:
    content = _codec().decompress(packed.content, packed.size)
    found: list[Any] = pickle.loads(content)  # noqa: S301 - our own
    return found


def _alone(item: object) -> _Packed | bytes:
    """One item, packed where it is long."""
    plain = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
    return plain if len(plain) < _SMALL else _packed([item])
