"""The runs as lines of a table: listed by their folders' names, read only where they are shown."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pydantic import Field

from cs_pipeline.errors import CsPipelineError
from cs_pipeline.language import Words
from cs_pipeline.numbers import finite
from cs_pipeline.ops import wording
from cs_pipeline.profiles.drift import drift_parts
from cs_pipeline.records import Record, RunRecord, RunStatus, TrainResult
from cs_pipeline.stages import Installation

PAGE = 50
MOST_SEARCHED = 500
"""So many records are read for one request with a filter; the next one goes on from there."""
_MOST_KEPT = 20_000
_GRAIN_NS = 2_000_000_000
_RESIDUAL = "residual_pii"


class RunLine(Record):
    """One run. `key` is the name of its folder; figures that it did not reach are None.

    What is left out of a dump is for other parts of the page: whether it `waits` for a person,
    figures by reason and kind, `drift` of its data from the live model's, 0 to 1.
    """

    key: str
    run_id: str
    status: RunStatus | None
    outcome: Words
    reason: Words
    finished_at: datetime | None = None
    started_by: Words
    rows_read: int = 0
    rows_refused: int = 0
    masked: int = 0
    loss: float | None = None
    improvement: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    chrf: float | None = None
    leaks: int | None = None
    minutes: float | None = None
    dataset_version: str | None = None
    version_id: str | None = None
    waits: bool = Field(default=False, exclude=True)
    rows_used: int = Field(default=0, exclude=True)
    refused_by: dict[str, int] = Field(default_factory=dict, exclude=True)
    masked_by: dict[str, int] = Field(default_factory=dict, exclude=True)
    drift: float | None = Field(default=None, exclude=True)


class RunPage(Record):
    """Some runs, newest first. `next` is where the next page begins; None: there is none.

    `searched` counts the records that were looked at for a filter.
    """

    lines: tuple[RunLine, ...]
    next: int | None
    total: int
    searched: int


class RunBook:
    """Lines of runs, each read again only when its record changed."""

    def __init__(self) -> None:
        self._lines: dict[Path, tuple[int, RunLine]] = {}
        self._listed: tuple[int, list[Path]] = (0, [])

    def page(
        self,
        installation: Installation,
        *,
        start: int = 0,
        size: int = PAGE,
        outcome: str = "",
        text: str = "",
    ) -> RunPage:
        """The next runs from `start` on, that fit the filters."""
        folders = self._folders(installation)
        found: list[RunLine] = []
        searched = 0
        for folder in folders[start : start + MOST_SEARCHED]:
            if len(found) == size:
                break
            searched += 1
            line = self.line(installation, folder)
            if line is not None and _fits(line, outcome, text):
                found.append(line)
        end = start + searched
        more = end if end < len(folders) else None
        return RunPage(lines=tuple(found), next=more, total=len(folders), searched=searched)

    def every(self, installation: Installation) -> Iterator[RunLine]:
        """All runs, newest first, one after the other."""
        for folder in self._folders(installation):
            line = self.line(installation, folder)
            if line is not None:
                yield line

    def _folders(self, installation: Installation) -> list[Path]:
        """All folders, newest first; listed anew when one came or went."""
        changed = installation.runs.listed_at()
        known, folders = self._listed
        if known != changed:
            folders = installation.runs.folders()
            # A folder that came within the clock's grain would not be noticed.
            settled = time.time_ns() - changed > _GRAIN_NS
            self._listed = (changed if settled else 0, folders)
        return folders

    def line(self, installation: Installation, folder: Path) -> RunLine | None:
        """The line of one folder; None while the run has no record."""
        changed = installation.runs.changed_at(folder)
        if changed is None:
            return None
        kept = self._lines.get(folder)
        if kept is not None and kept[0] == changed:
            return kept[1]
        line = _read(installation, folder)
        if len(self._lines) >= _MOST_KEPT:
            self._lines.clear()
        self._lines[folder] = (changed, line)
        return line


def line_of(run: RunRecord, key: str) -> RunLine:
    """A run in a line."""
    result, dataset = run.result, run.dataset
    refused, masked = _refused(run), _masked(run)
    compared = result.comparison if result else None
    took = (result.finished_at - result.started_at).total_seconds() if result else None
    return RunLine(
        key=key,
        run_id=run.run_id,
        status=run.status,
        outcome=wording.outcome(run.status),
        reason=wording.first_reason(run),
        finished_at=run.finished_at,
        started_by=wording.started_by(run.run_id),
        rows_read=sum(report.rows_read for report in run.reports),
        rows_refused=refused.total(),
        masked=masked.total(),
        loss=finite(result.candidate.loss_nats_per_token) if result else None,
        improvement=finite(compared.improvement) if compared else None,
        low=finite(compared.low) if compared else None,
        high=finite(compared.high) if compared else None,
        unit=compared.unit if compared else None,
        chrf=finite(result.generation.chrf) if result and result.generation else None,
        leaks=result.leak.exact_hits if result and result.leak else None,
        minutes=round(took / 60, 2) if took is not None else None,
        dataset_version=dataset.version_id if dataset else None,
        version_id=run.model.version_id if run.model else None,
        waits=run.status == "held" and run.verdict is not None and run.verdict.override is None,
        rows_used=sum(shard.rows for shard in run.shards),
        refused_by=dict(refused),
        masked_by=dict(masked),
        drift=_drift(result) if result else None,
    )


def _refused(run: RunRecord) -> Counter[str]:
    """Refused rows by reason; those that masking refused count as one."""
    found: Counter[str] = Counter()
    for report in run.reports:
        found.update(report.refused)
    found[_RESIDUAL] += sum(shard.refused_rows for shard in run.shards)
    return +found


def _masked(run: RunRecord) -> Counter[str]:
    found: Counter[str] = Counter()
    for shard in run.shards:
        found.update(shard.entity_counts)
    return found


def _drift(result: TrainResult) -> float | None:
    before = result.champion.profile if result.champion else None
    now = result.profile
    if before is None or now is None or len(before.word_buckets) != len(now.word_buckets):
        return None
    return finite(drift_parts(before, now).total)


def _read(installation: Installation, folder: Path) -> RunLine:
    try:
        run = installation.runs.read_folder(folder)
    except CsPipelineError as error:
        run, words = None, error.words
    else:
        words = wording.DAMAGED
    if run is None:
        return RunLine(
            key=folder.name,
            run_id=folder.name,
            status=None,
            outcome=wording.DAMAGED,
            reason=words,
            started_by=wording.started_by(folder.name),
        )
    return line_of(run, folder.name)


def _fits(line: RunLine, outcome: str, text: str) -> bool:
    if outcome and line.status != outcome:
        return False
    said = f"{line.run_id} {line.reason.ko} {line.reason.en} {line.version_id or ''}".casefold()
    return text.casefold() in said
