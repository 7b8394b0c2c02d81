"""The third tab: versions, the time line of the live pointer, one version in full."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from cs_pipeline.errors import DamagedObject, ObjectNotFound, StorageError
from cs_pipeline.language import Words
from cs_pipeline.numbers import finite
from cs_pipeline.ops import wording
from cs_pipeline.ops.now import ShownMove, shown_move
from cs_pipeline.records import Record, RunRecord, Verdict
from cs_pipeline.registry.soundness import Soundness
from cs_pipeline.stages import Installation, Move

PAGE = 20
MOST_MOVES = 100

State = Literal["live", "previous", "was_live", "held", "kept", "rejected", "stored", "damaged"]


class VersionLine(Record):
    """One version. `numbers` are those of the moves by which it went live.

    `improvement` with `low` and `high` is the fall of the loss against the model that was live
    then; None: there was none. `doubts` say why it should not go live.
    """

    version_id: str
    state: State
    numbers: tuple[int, ...] = ()
    run_id: str = ""
    dataset_version: str = ""
    base_model: str = ""
    finished_at: datetime | None = None
    loss: float | None = None
    improvement: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    chrf: float | None = None
    why: Words | None = None
    doubts: tuple[Words, ...] = ()
    has_report: bool = False


class Models(Record):
    """Some versions, newest first, and the newest moves. `next` as in `RunPage`."""

    versions: tuple[VersionLine, ...]
    next: int | None
    total: int
    moves: tuple[ShownMove, ...]
    more_moves: int
    live_version: str | None
    maintenance: Words | None


def models(installation: Installation, *, start: int = 0, size: int = PAGE) -> Models:
    """A page of versions; only the manifests of that page are read.

    Raises:
        StorageError: the model store is out of reach.
    """
    stored = installation.models.versions()[::-1]
    shelf = _Shelf(installation)
    switched = installation.maintenance.current()
    end = start + size
    return Models(
        versions=tuple(shelf.line(one) for one in stored[start:end]),
        next=end if end < len(stored) else None,
        total=len(stored),
        moves=tuple(shown_move(move) for move in shelf.moves[::-1][:MOST_MOVES]),
        more_moves=max(0, len(shelf.moves) - MOST_MOVES),
        live_version=shelf.live,
        maintenance=wording.maintenance(switched.until, switched.by, switched.reason)
        if switched
        else None,
    )


class _Shelf:
    """What is known of all versions, looked up once."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._soundness = Soundness(installation.models, installation.notices, installation.runs)
        pointer = installation.models.live()
        self.moves: Sequence[Move] = self._soundness.moves
        self.live = pointer.version_id if pointer else None
        self._previous = pointer.previous_version_id if pointer else None

    def line(self, version_id: str) -> VersionLine:
        try:
            manifest = self._installation.models.manifest(version_id)
        except (ObjectNotFound, DamagedObject):
            return VersionLine(version_id=version_id, state="damaged")
        verdict = self._verdict(manifest.run_id)
        found, doubts = manifest.comparison, self._soundness.doubts(version_id)
        return VersionLine(
            version_id=version_id,
            state=self._state(version_id, verdict),
            numbers=tuple(one.number for one in self.moves if one.to_version == version_id),
            run_id=manifest.run_id,
            dataset_version=manifest.dataset_version,
            base_model=manifest.base_model,
            finished_at=manifest.finished_at,
            loss=finite(manifest.loss_nats_per_token),
            improvement=finite(found.improvement) if found else None,
            low=finite(found.low) if found else None,
            high=finite(found.high) if found else None,
            unit=found.unit if found else "",
            chrf=finite(manifest.generation.chrf) if manifest.generation else None,
            why=_why(self._run(manifest.run_id), verdict),
            doubts=tuple(doubt.words for doubt in doubts),
            has_report=self._installation.runs.report(manifest.run_id) is not None,
        )

    def _state(self, version_id: str, verdict: Verdict | None) -> State:
        if version_id == self.live:
            return "live"
        if version_id == self._previous:
            return "previous"
        if any(version_id in (one.to_version, one.from_version) for one in self.moves):
            return "was_live"
        if verdict is not None and verdict.decision == "reject":
            return "kept" if verdict.is_kept else "rejected"
        return "held" if verdict is not None and verdict.decision == "hold" else "stored"

    def _run(self, run_id: str) -> RunRecord | None:
        try:
            return self._installation.runs.read(run_id)
        except StorageError:
            return None

    def _verdict(self, run_id: str) -> Verdict | None:
        try:
            return self._installation.runs.verdict(run_id)
        except StorageError:  # damaged: its run's line says so
            return None


def _why(run: RunRecord | None, verdict: Verdict | None) -> Words | None:
    """The person, the rule or the comparison that settled it."""
    if run is not None:
        return wording.first_reason(run)
    against = [one for one in verdict.reasons if one.outcome == "failed"] if verdict else []
    return against[0].words if against else None
