"""The first tab: is all well, what is live, what must a person do."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from cs_pipeline.errors import CsPipelineError, StorageError
from cs_pipeline.files import nearest_folder
from cs_pipeline.language import Words
from cs_pipeline.ops import wording
from cs_pipeline.ops.run_book import RunBook, RunLine
from cs_pipeline.ops.to_do import BROKEN, ToDo, about_data, about_runs, record_of
from cs_pipeline.records import Record
from cs_pipeline.stages import (
    InboxReport,
    Installation,
    Move,
    how_words,
    inbox_report,
    watched_at,
)

_NEWEST_MOVES = 5
_GIB = 2**30


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
    to_do += about_runs(installation, book, newest, live.since if live else None)
    to_do += about_data(installation, live.version_id if live else None, inbox, clock())
    mood = _mood(to_do)
    owner = installation.at_work.owner()
    return Now(
        looked_at=clock(),
        mood=mood,
        headline=_headline(installation, mood, to_do, live),
        live=live,
        to_do=tuple(sorted(to_do, key=lambda one: one.kind not in BROKEN)),
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
    run = record_of(installation, manifest.run_id)
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


def _inbox(installation: Installation, to_do: list[ToDo]) -> InboxReport | None:
    try:
        return inbox_report(installation, limit=200)
    except CsPipelineError as error:
        to_do.append(ToDo(kind="store", words=error.words))
        return None


def _mood(to_do: list[ToDo]) -> Literal["well", "look", "broken"]:
    if any(one.kind in BROKEN for one in to_do):
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
