"""What is too old goes; what answers customers, may be gone back to or waits never does.

Everything is looked up anew each time, so that a second look finds nothing more to do and one that
was cut off is finished by the next. Ledger, records, reports, notices and salts are not touched.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import groupby

from cs_pipeline.errors import DamagedObject, ObjectNotFound
from cs_pipeline.language import Words
from cs_pipeline.records import Record
from cs_pipeline.registry.promotion import is_outstanding
from cs_pipeline.registry.run_traces import trained_runs
from cs_pipeline.stages import disposables, wording
from cs_pipeline.stages.disposables import Disposable, Kind
from cs_pipeline.stages.installation import Installation

_UPLOADS_DAYS = 1


class Freed(Record):
    """What went of one kind, or would go; `names` are empty where they could name a person."""

    kind: Kind
    count: int
    size_bytes: int
    names: tuple[str, ...] = ()

    @property
    def words(self) -> Words:
        """One line."""
        return wording.freed(self.kind, self.count, self.size_bytes)


class Housekeeping(Record):
    """What was deleted; `dry_run`: nothing was, it only would be."""

    dry_run: bool
    freed: tuple[Freed, ...]

    @property
    def size_bytes(self) -> int:
        """All of it."""
        return sum(one.size_bytes for one in self.freed)


def housekeep(installation: Installation, *, dry_run: bool = False) -> Housekeeping:
    """Delete what is older than the settings keep.

    Raises:
        SettingsError: there is no installation.
        SomebodyAtWork: somebody is changing it.
        StorageError: a store is out of reach; what was deleted stays so.
    """
    installation.require()
    if dry_run:
        return Housekeeping(dry_run=True, freed=tuple(_summed(_due(installation))))
    with installation.at_work.held("housekeep"):
        due = _due(installation)
        for one in due:
            one.delete()
    return Housekeeping(dry_run=False, freed=tuple(_summed(due)))


def _due(installation: Installation) -> list[Disposable]:
    keep, now = installation.settings, datetime.now(UTC)
    protected = _protected(installation)
    return [
        *_older(disposables.exports(installation), keep.keep_exports_days, now),
        *_older(disposables.refused(installation), keep.keep_refused_days, now),
        *_older(
            disposables.weights(installation),
            keep.keep_weights_days,
            now,
            keep.keep_weights,
            protected,
        ),
        *_older(
            disposables.versions(installation),
            keep.keep_versions_days,
            now,
            keep.keep_versions,
            protected,
        ),
        *_older(disposables.cache(installation), keep.keep_cache_days, now),
        *_older(disposables.staged(installation), keep.keep_staged_days, now),
        *_older(disposables.mirrored(installation), keep.keep_staged_days, now),
        *_older(disposables.uploads(installation), _UPLOADS_DAYS, now),
    ]


def _older(
    found: Iterable[Disposable],
    days: int,
    now: datetime,
    newest: int = 0,
    protected: frozenset[str] = frozenset(),
) -> list[Disposable]:
    """Those older than `days` but for the `newest` ones and those that are protected."""
    if not days:
        return []
    by_age = sorted(found, key=lambda one: one.changed_at, reverse=True)
    return [
        one
        for one in by_age[newest:]
        if now - one.changed_at > timedelta(days=days) and one.name not in protected
    ]


def _protected(installation: Installation) -> frozenset[str]:
    """Versions, and ids of the runs that made them, that never go by age.

    The live one, the one before and the best that was ever live, those on hold or to be promoted
    yet, and those that are marked.
    """
    models, runs = installation.models, installation.runs
    live, kept = models.live(), set[str]()
    if live is not None:
        kept |= {live.version_id, live.previous_version_id or ""}
        with suppress(ObjectNotFound, DamagedObject):
            kept.add(models.manifest(live.version_id).best_version or "")
    were_live = {move.to_version for move in models.moves()}
    for run in trained_runs(runs):
        verdict = runs.verdict(run.run_id) if run.run_id else None
        waits = (
            verdict is not None
            and run.candidate not in were_live
            and (verdict.decision == "hold" or is_outstanding(runs, models, verdict))
        )
        if run.candidate and (waits or run.candidate in kept):
            kept |= {run.candidate, run.folder.name}
    kept |= {one for one in models.versions() if installation.notices.on(one) is not None}
    return frozenset(kept)


def _summed(due: Iterable[Disposable]) -> Iterator[Freed]:
    by_kind = sorted(due, key=lambda one: one.kind)
    for kind, group in groupby(by_kind, key=lambda one: one.kind):
        those = list(group)
        names = tuple(sorted(one.name for one in those if one.name))
        yield Freed(
            kind=kind,
            count=len(those),
            size_bytes=sum(one.size_bytes for one in those),
            names=names if kind in ("weights", "versions") else (),
        )
