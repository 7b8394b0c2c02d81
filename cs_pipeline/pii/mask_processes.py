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
from dataclasses import replace
from typing import IO, NamedTuple, Self, cast

from cs_pipeline.child_processes import child_environment, module_command
from cs_pipeline.errors import CsPipelineError
from cs_pipeline.pii.conversations import ConversationMasker, conversations_of
from cs_pipeline.pii.mask_worker import remembering
from cs_pipeline.pii.masked_parts import MaskedPart
from cs_pipeline.records import Exchange

LEAST_ROWS = 10_000
"""Fewer exchanges are masked before further processes would have started."""
WORKER_COMMAND = module_command("cs_pipeline.pii.mask_worker")
_ROWS_A_PART = 1_000
_PARTS_WAITING = 3


def mask_in_parts(
    masker: ConversationMasker,
    exchanges: Sequence[Exchange],
    *,
    keep: Collection[int] | None = None,
    processes: int | None = None,
) -> Iterator[MaskedPart]:
    """Mask whole conversations, by which comes first; the places are those among `exchanges`.

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
    """Whole conversations: their exchanges, their places among all, which of them to keep."""

    rows: list[Exchange]
    places: list[int]
    keep: frozenset[int] | None

    def placed(self, part: MaskedPart) -> MaskedPart:
        """What became of it, with places among all exchanges."""
        return replace(part, places=tuple(self.places[place] for place in part.places))


def _parts(exchanges: Sequence[Exchange], keep: Collection[int] | None) -> Iterator[_Part]:
    """About a thousand exchanges at a time."""
    places: list[int] = []
    for conversation in conversations_of(exchanges):
        places += conversation
        if len(places) >= _ROWS_A_PART:
            yield _part(exchanges, places, keep)
            places = []
    if places:
        yield _part(exchanges, places, keep)


def _part(exchanges: Sequence[Exchange], places: list[int], keep: Collection[int] | None) -> _Part:
    kept = None if keep is None else frozenset(i for i, at in enumerate(places) if at in keep)
    return _Part([exchanges[place] for place in places], places, kept)


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
