"""What a person must decide: found anew at each look."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Literal

from cs_pipeline.config import NotifyKind
from cs_pipeline.errors import StorageError
from cs_pipeline.language import Words
from cs_pipeline.ops import wording
from cs_pipeline.ops.run_book import RunBook, RunLine
from cs_pipeline.records import Record, RunRecord
from cs_pipeline.stages import (
    InboxReport,
    Installation,
    faults,
    waiting_candidate,
)

Kind = Literal[
    "approval",
    "rows",
    "files_refused",
    "failed",
    "withdrawn",
    "store",
    "channel",
]
BROKEN: frozenset[str] = frozenset({"failed", "store"})
_LATELY = timedelta(days=14)
"""So long a refused file is a thing to do."""


class ToDo(Record):
    """One thing that a person must decide. `subject` is a run where it is about one.

    What people are sent messages about is here by the same limits and of the same kind.
    """

    kind: Kind | NotifyKind
    words: Words
    subject: str = ""


def about_runs(
    installation: Installation, book: RunBook, newest: RunLine | None, live_since: datetime | None
) -> Iterator[ToDo]:
    """A failed run, and every candidate that waits for a person since the last promotion."""
    if newest is not None and newest.status == "failed":
        yield ToDo(kind="failed", words=wording.run_failed(newest.reason), subject=newest.run_id)
    waits = None
    with suppress(StorageError):  # a store out of reach is told already
        waits = waiting_candidate(installation)
    known = waits[0].run_id if waits else None
    if known is not None:
        yield _approval(installation, known, newest=True)
    newest_waits = known is None
    for line in book.page(installation).lines:
        if line.waits and line.run_id != known and _is_later(line, live_since):
            yield _approval(installation, line.run_id, newest=newest_waits)
            newest_waits = False


def _approval(installation: Installation, run_id: str, *, newest: bool) -> ToDo:
    compared = wording.compared(record_of(installation, run_id))
    words = wording.approval(compared, newest=newest)
    return ToDo(kind="approval", words=words, subject=run_id)


def _is_later(line: RunLine, live_since: datetime | None) -> bool:
    """Whether it was decided after the live model went live; an older one is no news any more."""
    return live_since is None or (line.finished_at is not None and line.finished_at > live_since)


def about_data(
    installation: Installation, live: str | None, inbox: InboxReport | None, today: datetime
) -> Iterator[ToDo]:
    """Data of the live model that was withdrawn, channels, refused rows, what people are told."""
    if live is not None and installation.notices.on(live) is not None:
        yield ToDo(kind="withdrawn", words=wording.LIVE_DATA_WITHDRAWN)
    yield from _channels(installation)
    if inbox is not None:
        yield from _about_refused(inbox, today)
    waiting = inbox.waiting if inbox else ()
    last = inbox.processed[0].processed_at if inbox and inbox.processed else None
    for message in faults(installation, waiting, last, today):
        yield ToDo(kind=message.kind, words=message.words)


def _about_refused(inbox: InboxReport, today: datetime) -> Iterator[ToDo]:
    if inbox.refused_rows:
        rows = sum(one.rows or 0 for one in inbox.refused_rows)
        yield ToDo(kind="rows", words=wording.rows_to_correct(rows, len(inbox.refused_rows)))
    lately = [one for one in inbox.refused_exports if today - one.quarantined_at < _LATELY]
    if lately:
        yield ToDo(kind="files_refused", words=wording.files_refused(len(lately)))


def _channels(installation: Installation) -> Iterator[ToDo]:
    """Channels of the settings whose last message did not get through."""
    known = installation.told.state().channels
    for delivery in installation.announcer.problems():
        state = known.get(delivery.channel)
        problem = delivery.problem or (state.problem if state else None)
        if problem is not None:
            yield ToDo(kind="channel", words=wording.channel_fails(delivery.channel, problem))


def record_of(installation: Installation, run_id: str) -> RunRecord | None:
    """The record of a run; None where there is none, or a damaged one."""
    try:
        return installation.runs.read(run_id)
    except StorageError:  # the list of runs says that it is damaged
        return None
