"""Why a version should not go live without a person who knows: its doubts, in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from cs_pipeline.errors import DamagedObject, ObjectNotFound, SettingsError
from cs_pipeline.language import Words
from cs_pipeline.records import Record
from cs_pipeline.registry import wording
from cs_pipeline.registry.gate import decision_from
from cs_pipeline.registry.model_store import ModelStore
from cs_pipeline.registry.moves import Move
from cs_pipeline.registry.notices import Notices
from cs_pipeline.registry.runs import Runs

DoubtKind = Literal["withdrawn", "rejected", "overridden", "rolled_away", "missing"]


class Doubt(Record):
    """One reason, and since when where that is known."""

    kind: DoubtKind
    since: datetime | None = None

    @property
    def words(self) -> Words:
        """What it means."""
        return wording.doubt(self.kind)


class Soundness:
    """Looks at versions of a store with all that is known of them.

    Args:
        store: of the models.
        notices: on these models.
        runs: that made them; of a run whose folder is gone nothing is known.
    """

    def __init__(self, store: ModelStore, notices: Notices, runs: Runs) -> None:
        self._store = store
        self._notices = notices
        self._runs = runs
        self.moves: Sequence[Move] = store.moves()

    def doubts(self, version_id: str) -> tuple[Doubt, ...]:
        """Why a version is not sound; none: it is."""
        try:
            run_id = self._store.manifest(version_id).run_id
        except (ObjectNotFound, DamagedObject):
            return (Doubt(kind="missing"),)
        found = []
        if notice := self._notices.on(version_id):
            found.append(Doubt(kind="withdrawn", since=notice.withdrawn_at))
        verdict = self._runs.verdict(run_id)
        if verdict is not None and decision_from(verdict.reasons) == "reject":
            found.append(Doubt(kind="rejected", since=verdict.decided_at))
        for move in self.moves:
            if move.how == "override" and move.to_version == version_id:
                found.append(Doubt(kind="overridden", since=move.moved_at))
            if move.how == "rollback" and move.from_version == version_id:
                found.append(Doubt(kind="rolled_away", since=move.moved_at))
        return tuple({doubt.kind: doubt for doubt in found}.values())

    def last_sound(self) -> str:
        """The version that was live last before the present one and is sound.

        Raises:
            SettingsError: nothing is live, or no such version is there.
        """
        live = self._store.live()
        for version_id in self._were_live(live.version_id if live else None):
            if not self.doubts(version_id):
                return version_id
        raise SettingsError.of(wording.nothing_to_go_back_to(self._store.uri))

    def _were_live(self, now: str | None) -> Sequence[str]:
        """Versions that were live, newest first, each once, the present one left out."""
        newest_first = [
            version_id
            for move in reversed(self.moves)
            for version_id in (move.to_version, move.from_version)
            if version_id is not None
        ]
        return [one for one in dict.fromkeys(newest_first) if one != now]
