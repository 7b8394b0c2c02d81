"""The first tab: is all well, what is live, what must a person do."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from cs_pipeline.config import NotifyKind
from cs_pipeline.errors import CsPipelineError, StorageError
from cs_pipeline.files import nearest_folder
from cs_pipeline.language import Words
from cs_pipeline.ops import wording
from cs_pipeline.ops.run_book import RunBook, RunLine
from cs_pipeline.records import Record, RunRecord
from cs_pipeline.stages import (
    InboxReport,
    Installation,
    Move,
    faults,
    how_words,
    inbox_report,
    waiting_candidate,
    watched_at,
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
_BROKEN = frozenset({"failed", "store"})
_LATELY = timedelta(days=14)
"""So long a refused file is a thing to do."""
_NEWEST_MOVES = 5
_GIB = 2**30


class ToDo(Record):
    """One thing that a person must decide. `subject` is a run where it is about one.

    What people are sent messages about is here by the same limits and of the same kind.
    """

    kind: Kind | NotifyKind
    words: Words
    subject: str = ""


class LiveModel(Record):
    """What answers customers. `number` is that of the move by which it went live."""

    version_id: str
    number: int
    since: datetime
    how: Words
    by: str
    note: str
    run_id: str
    dataset_version: str
    train_rows: int | None
    better: Words
    can_go_back: bool


class ShownMove(Record):
    """One move of the live pointer."""

    number: int
    moved_at: datetime
    from_version: str | None
    to_version: str
    run_id: str
    how: Words
    by: str
    note: str


class Disk(Record):
    """Room where the data lies, in GiB."""

    free_gib: float
    total_gib: float


class Now(Record):
    """Everything on the first tab."""

    looked_at: datetime
    mood: Literal["well", "look", "broken"]
    headline: Words
    live: LiveModel | None
    to_do: tuple[ToDo, ...]
    moves: tuple[ShownMove, ...]
    waiting: int
    processing: int
    inbox_looked_at: datetime | None
    at_work: str
    maintenance: Words | None
    disk: Disk
    last_run: RunLine | None


def clock() -> datetime:
    """The moment from which ages are counted."""
    return datetime.now(UTC)


def now(installation: Installation, book: RunBook) -> Now:
    """Look at everything once; what is out of reach becomes a thing to do."""
    to_do: list[ToDo] = []
    live, moves, store_fails = None, [], False
    try:
        moves = installation.models.newest_moves(_NEWEST_MOVES)
        live = _live(installation, moves)
    except StorageError as error:
        store_fails = True
        to_do.append(ToDo(kind="store", words=error.words))
    inbox = _inbox(installation, to_do)
    newest = next(book.every(installation), None)
    to_do += _about_runs(installation, book, newest, live)
    to_do += _about_data(installation, live, inbox)
    mood = _mood(to_do)
    owner = installation.at_work.owner()
    return Now(
        looked_at=clock(),
        mood=mood,
        headline=_headline(installation, mood, to_do, live),
        live=live,
        to_do=tuple(sorted(to_do, key=lambda one: one.kind not in _BROKEN)),
        moves=tuple(shown_move(move) for move in moves[::-1][:_NEWEST_MOVES]),
        waiting=len([one for one in inbox.waiting if one.state == "pending"]) if inbox else 0,
        processing=len(inbox.processing) if inbox else 0,
        inbox_looked_at=watched_at(installation),
        at_work=f"{owner.by}: {owner.what}" if owner else "",
        maintenance=None if store_fails else _maintenance(installation),
        disk=_disk(installation.settings.data_dir),
        last_run=newest,
    )


def shown_move(move: Move) -> ShownMove:
    """A move with its words."""
    told = move.model_dump(exclude={"how"})
    return ShownMove(how=how_words(move.how), **told)


def _live(installation: Installation, moves: list[Move]) -> LiveModel | None:
    pointer = installation.models.live()
    if pointer is None:
        return None
    manifest = installation.models.manifest(pointer.version_id)
    run = _record(installation, manifest.run_id)
    move = next((one for one in reversed(moves) if one.number == pointer.move), None)
    return LiveModel(
        version_id=pointer.version_id,
        number=pointer.move,
        since=pointer.moved_at,
        how=how_words(move.how) if move else Words(ko="-", en="-"),
        by=pointer.by,
        note=pointer.note,
        run_id=manifest.run_id,
        dataset_version=manifest.dataset_version,
        train_rows=run.dataset.train_rows if run and run.dataset else None,
        better=wording.compared(run) or wording.FIRST_MODEL,
        can_go_back=pointer.previous_version_id is not None,
    )


def _record(installation: Installation, run_id: str) -> RunRecord | None:
    try:
        return installation.runs.read(run_id)
    except StorageError:  # damaged: the list of runs says so
        return None


def _inbox(installation: Installation, to_do: list[ToDo]) -> InboxReport | None:
    try:
        return inbox_report(installation, limit=200)
    except CsPipelineError as error:
        to_do.append(ToDo(kind="store", words=error.words))
        return None


def _about_runs(
    installation: Installation, book: RunBook, newest: RunLine | None, live: LiveModel | None
) -> Iterator[ToDo]:
    if newest is not None and newest.status == "failed":
        yield ToDo(kind="failed", words=wording.run_failed(newest.reason), subject=newest.run_id)
    waits = None
    with suppress(StorageError):  # a store out of reach is told already
        waits = waiting_candidate(installation)
    if waits is not None:
        yield _approval(installation, waits[0].run_id, newest=True)
    for line in book.page(installation).lines:
        known = waits is not None and line.run_id == waits[0].run_id
        if line.waits and not known and _is_later(line, live):
            yield _approval(installation, line.run_id, newest=waits is None)


def _approval(installation: Installation, run_id: str, *, newest: bool) -> ToDo:
    compared = wording.compared(_record(installation, run_id))
    words = wording.approval(compared, newest=newest)
    return ToDo(kind="approval", words=words, subject=run_id)


def _is_later(line: RunLine, live: LiveModel | None) -> bool:
    """Whether it was decided after the live model went live; an older one is no news any more."""
    return live is None or (line.finished_at is not None and line.finished_at > live.since)


def _about_data(
    installation: Installation, live: LiveModel | None, inbox: InboxReport | None
) -> Iterator[ToDo]:
    if live is not None and installation.notices.on(live.version_id) is not None:
        yield ToDo(kind="withdrawn", words=wording.LIVE_DATA_WITHDRAWN)
    yield from _channels(installation)
    today = clock()
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


def _mood(to_do: list[ToDo]) -> Literal["well", "look", "broken"]:
    if any(one.kind in _BROKEN for one in to_do):
        return "broken"
    return "look" if to_do else "well"


def _headline(
    installation: Installation, mood: str, to_do: list[ToDo], live: LiveModel | None
) -> Words:
    if mood == "broken":
        return wording.BROKEN_DOWN
    if mood == "look":
        return wording.to_look_at(len(to_do))
    return wording.all_is_well(live.since.astimezone(installation.zone) if live else None)


def _maintenance(installation: Installation) -> Words | None:
    switched = installation.maintenance.current()
    if switched is None:
        return None
    return wording.maintenance(switched.until, switched.by, switched.reason)


def _disk(folder: Path) -> Disk:
    usage = shutil.disk_usage(nearest_folder(folder))
    return Disk(free_gib=round(usage.free / _GIB, 1), total_gib=round(usage.total / _GIB, 1))
