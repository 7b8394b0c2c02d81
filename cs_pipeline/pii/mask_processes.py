"""Mask the exchanges of an export in parts, in several processes where that pays.

Parts go to the processes and come back through pipes: what is not masked yet stays in memory.
"""

import os
import pickle
import subprocess
import threading
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from typing import IO, NamedTuple, Self, cast

from cs_pipeline.child_processes import child_environment, module_command
from cs_pipeline.errors import CsPipelineError
from cs_pipeline.pii.conversations import ConversationMasker
from cs_pipeline.pii.gathering import by_conversation
from cs_pipeline.pii.mask_worker import remembering
from cs_pipeline.pii.masked_parts import MaskedPart
from cs_pipeline.records import Exchange

LEAST_ROWS = 10_000
"""Fewer exchanges are masked before further processes would have started."""
WORKER_COMMAND = module_command("cs_pipeline.pii.mask_worker")
_ROWS_A_PART, _CHARACTERS_A_PART = 1_000, 1_000_000
_ROWS_A_STRETCH, _CHARACTERS_A_STRETCH, _ROWS_SEEN_AGAIN = 5_000, 2_000_000, 20
"""A longer conversation is masked in stretches, each with the last rows of the one before."""
_PARTS_WAITING = 3


def mask_in_parts(
    masker: ConversationMasker,
    exchanges: Sequence[Exchange],
    *,
    keep: Collection[int] | None = None,
    processes: int | None = None,
) -> Iterator[MaskedPart]:
    """Mask whole conversations, by which comes first; the places are those among `exchanges`.

    A conversation of more than 5,000 exchanges, such as a log of a year without numbers, comes in
    several parts.
    The parts and what is in them do not depend on the number of processes. A masker with a plug-in
    works in this process alone: a model would have to be loaded in each.

    Args:
        masker: masks each part.
        exchanges: of one export.
        keep: places of those that are to come out, None: all. The others are evidence.
        processes: None: one a processor.

    Raises:
        CsPipelineError: a process failed or was killed.
    """
    processes = processes or len(os.sched_getaffinity(0))
    plug_in = masker.detector.finder or masker.detector.veto
    if processes < 2 or plug_in or len(exchanges) < LEAST_ROWS:
        masker = remembering(masker)
        for asked in _parts(exchanges, keep):
            yield asked.placed(masker.mask_part(asked.rows, keep=asked.keep))
    else:
        yield from _in_processes(masker, _parts(exchanges, keep), processes)


class _Part(NamedTuple):
    """Exchanges, their places among all, which of them to keep, and as `MaskedPart.goes_on`."""

    rows: list[Exchange]
    places: list[int]
    keep: frozenset[int] | None
    goes_on: bool

    def placed(self, part: MaskedPart) -> MaskedPart:
        """What became of it, with places among all exchanges."""
        places = tuple(self.places[place] for place in part.places)
        return replace(part, places=places, goes_on=self.goes_on)


def _parts(exchanges: Sequence[Exchange], keep: Collection[int] | None) -> Iterator[_Part]:
    """About a thousand exchanges at a time, fewer where they are long."""
    rows: list[Exchange] = []
    places: list[int] = []
    kept: list[int] = []
    characters = 0
    for stretch in _stretches(exchanges):
        begin = len(rows) + stretch.seen_before
        rows += stretch.rows
        places += stretch.places
        characters += stretch.characters
        kept += (at for at in range(begin, len(rows)) if keep is None or places[at] in keep)
        if len(rows) >= _ROWS_A_PART or characters >= _CHARACTERS_A_PART or stretch.goes_on:
            yield _part(rows, places, kept, goes_on=stretch.goes_on)
            rows, places, kept, characters = [], [], [], 0
    if rows:
        yield _part(rows, places, kept, goes_on=False)


def _part(rows: list[Exchange], places: list[int], kept: list[int], *, goes_on: bool) -> _Part:
    return _Part(rows, places, None if len(kept) == len(rows) else frozenset(kept), goes_on)


@dataclass(slots=True)
class _Stretch:
    """A conversation, or a part of one that has no end, as a log without numbers is.

    The first rows of a further part were `seen_before`: they are evidence alone.
    """

    rows: list[Exchange] = field(default_factory=list, repr=False)
    places: list[int] = field(default_factory=list)
    characters: int = 0
    seen_before: int = 0
    goes_on: bool = False

    def add(self, place: int, row: Exchange) -> None:
        self.rows.append(row)
        self.places.append(place)
        self.characters += len(row.question) + len(row.answer)

    def is_full(self) -> bool:
        return len(self.rows) >= _ROWS_A_STRETCH or self.characters >= _CHARACTERS_A_STRETCH

    def following(self) -> "_Stretch":
        last = slice(-_ROWS_SEEN_AGAIN, None)
        rows, places = self.rows[last], self.places[last]
        return _Stretch(rows, places, seen_before=len(rows))


def _stretches(exchanges: Sequence[Exchange]) -> Iterator[_Stretch]:
    """Each conversation; one that would fill the memory in parts."""
    stretch = _Stretch()
    for place, row, begins in by_conversation(exchanges):
        if begins and stretch.rows:
            yield stretch
            stretch = _Stretch()
        elif stretch.is_full():
            stretch.goes_on = True
            yield stretch
            stretch = stretch.following()
        stretch.add(place, row)
    if stretch.rows:
        yield stretch


def _in_processes(
    masker: ConversationMasker, parts: Iterator[_Part], processes: int
) -> Iterator[MaskedPart]:
    """Each thread speaks with a process of its own; the parts come in their order."""
    waiting: deque[tuple[_Part, Future[MaskedPart]]] = deque()
    with ExitStack() as stack:
        free = deque(stack.enter_context(_Worker(masker)) for _ in range(processes))
        own = threading.local()
        threads = stack.enter_context(
            ThreadPoolExecutor(processes, initializer=lambda: setattr(own, "one", free.popleft()))
        )

        def mask(part: _Part) -> MaskedPart:
            worker: _Worker = own.one
            return worker.mask(part)

        for part in parts:
            waiting.append((part, threads.submit(mask, part)))
            if len(waiting) > _PARTS_WAITING * processes:
                first, masked = waiting.popleft()
                yield first.placed(masked.result())
        for first, masked in waiting:
            yield first.placed(masked.result())


class _Worker:
    """A process that masks.

    Its standard error is dropped: a crash may print what it was masking.
    """

    def __init__(self, masker: ConversationMasker) -> None:
        self._process = subprocess.Popen(
            WORKER_COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
        )
        self._asked = cast("IO[bytes]", self._process.stdin)
        self._told = cast("IO[bytes]", self._process.stdout)
        self._say(masker)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._process.kill()
        with suppress(BrokenPipeError), self._process:
            pass

    def mask(self, part: _Part) -> MaskedPart:
        self._say((part.rows, part.keep))
        try:
            answer = pickle.load(self._told)  # noqa: S301 - from our own process
        except (EOFError, pickle.UnpicklingError):
            answer = f"exit status {self._process.wait()}"
        if not isinstance(answer, MaskedPart):
            raise CsPipelineError(
                ko=f"마스킹 프로세스가 멈췄습니다 ({answer}). 메모리가 모자라지 않은지 확인하고 "
                "다시 실행하세요.",
                en=f"A masking process failed ({answer}). See whether memory ran out, and run "
                "again.",
            )
        return answer

    def _say(self, what: object) -> None:
        with suppress(BrokenPipeError):  # it is gone; its exit status says how
            pickle.dump(what, self._asked, pickle.HIGHEST_PROTOCOL)
            self._asked.flush()
