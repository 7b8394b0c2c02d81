"""What is kept of each run, in a folder of its own.

runs/<run key>/train/         checkpoint, `result.json`, curves: the trainer's
runs/<run key>/verdict.json   what the gate, or a person, decided
runs/<run key>/approvals.jsonl what people answered when they were asked
runs/<run key>/answers/       which side was whose of answers laid before people, what each of
                              them said one by one; no text
runs/<run key>/preference.json what people said of them
runs/<run key>/pod.json       the pods that it was trained in, if any
runs/<run key>/run.json       the record; the report lies beside it
last-verdict.json             the newest verdict of any run
"""

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from cs_pipeline.errors import StorageError
from cs_pipeline.files import write_atomic
from cs_pipeline.records import (
    AnswerDraw,
    Approval,
    DatasetVersion,
    ModelVersion,
    PairedComparison,
    Preference,
    Record,
    RunRecord,
    RunStatus,
    TrainingPods,
    TrainResult,
    ValidationReport,
    Verdict,
)
from cs_pipeline.registry import wording_errors as wording

_VERDICT, _RECORD, _PODS = "verdict.json", "run.json", "pod.json"
_APPROVALS = "approvals.jsonl"
_RECOMPARISON = "recomparison.json"
_ANSWERS, _PREFERENCE = "answers", "preference.json"
# In a training's folder: the version that it uploaded to the model store before its gate.
_UPLOADED = ".uploaded"
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
# The moment in the names of Airflow's runs and of our own, as it is left in a folder's name.
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d)\D?(\d\d)\D?(\d\d)")

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Recomparison(Record):
    """A candidate beside the model that is live now, on the rows of one dataset version."""

    live_version: str
    dataset_version: str
    comparison: PairedComparison
    compared_at: datetime


def run_key(run_id: str) -> str:
    """A folder name for any run id; ids that differ only in unsafe characters stay apart."""
    safe = _UNSAFE.sub("-", run_id).strip(".-")[:120]
    if safe == run_id:
        return safe
    return f"{safe}-{hashlib.sha256(run_id.encode()).hexdigest()[:6]}"


class Runs:
    """Keeper of the runs' folders and of the newest verdict.

    Args:
        folder: of the runs' folders.
        last_verdict: the file of the newest verdict.
    """

    def __init__(self, folder: Path, last_verdict: Path) -> None:
        self.folder = folder
        self._last_verdict = last_verdict

    def folder_of(self, run_id: str) -> Path:
        """Where everything about one run lies."""
        return self.folder / run_key(run_id)

    def train_folder(self, run_id: str) -> Path:
        """Where the trainer writes its checkpoint and `result.json`."""
        return self.folder_of(run_id) / "train"

    def checkpoint(self, run_id: str) -> Path:
        """Where the trainer leaves the model."""
        return self.train_folder(run_id) / "checkpoint"

    def is_known(self, run_id: str) -> bool:
        """Whether anything is kept of a run."""
        return bool(run_id) and self.folder_of(run_id).is_dir()

    def is_trained(self, run_id: str) -> bool:
        """Whether the trainer came to its end."""
        return self._result_path(run_id).exists()

    def result(self, run_id: str) -> TrainResult:
        """The trainer's result.

        Raises:
            CsPipelineError: there is none, so the training did not end well, whatever its task
                says.
        """
        path = self._result_path(run_id)
        if not path.exists():
            raise wording.no_result(path)
        return _read(path, TrainResult)

    def pods(self, run_id: str) -> TrainingPods:
        """The pods that the run was trained in."""
        path = self.folder_of(run_id) / _PODS
        return _read(path, TrainingPods) if path.exists() else TrainingPods()

    def save_pods(self, run_id: str, pods: TrainingPods) -> None:
        """Keep what is known of a run's pods."""
        write_atomic(self.folder_of(run_id) / _PODS, pods.model_dump_json(indent=2))

    def save_verdict(self, verdict: Verdict) -> Path:
        """Keep the verdict with its run and as the newest one."""
        path = self._verdict_path(verdict.run_id)
        text = verdict.model_dump_json(indent=2)
        write_atomic(path, text)
        write_atomic(self._last_verdict, text)
        return path

    def change_verdict(self, verdict: Verdict) -> None:
        """Keep what a person made of a run's verdict; the newest verdict stays the newest."""
        newest = self.last_verdict()
        if newest is None or newest.run_id == verdict.run_id:
            self.save_verdict(verdict)
        else:
            write_atomic(self._verdict_path(verdict.run_id), verdict.model_dump_json(indent=2))

    def verdict(self, run_id: str) -> Verdict | None:
        """The verdict of a run, None before its gate."""
        path = self._verdict_path(run_id)
        return _read(path, Verdict) if path.exists() else None

    def recomparison(self, run_id: str) -> Recomparison | None:
        """The newest comparison with a live model that went live after the gate."""
        path = self.folder_of(run_id) / _RECOMPARISON
        return _read(path, Recomparison) if path.exists() else None

    def save_recomparison(self, run_id: str, recomparison: Recomparison) -> None:
        """Keep it; a later one replaces it."""
        path = self.folder_of(run_id) / _RECOMPARISON
        write_atomic(path, recomparison.model_dump_json(indent=2))

    def approvals(self, run_id: str) -> list[Approval]:
        """What people answered when they were asked about a run's candidate, oldest first."""
        path = self.folder_of(run_id) / _APPROVALS
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [Approval.model_validate_json(line) for line in lines]

    def add_approval(self, run_id: str, approval: Approval) -> None:
        """Keep an answer for ever; the same one twice is kept once."""
        kept = self.approvals(run_id)
        if approval not in kept:
            lines = [one.model_dump_json() for one in (*kept, approval)]
            write_atomic(self.folder_of(run_id) / _APPROVALS, "\n".join(lines) + "\n")

    def save_draw(self, draw: AnswerDraw) -> None:
        """Keep which side is whose in a workbook of answers."""
        path = self.answers_folder(draw.run_id) / f"{draw.draw_id}.json"
        write_atomic(path, draw.model_dump_json(indent=2))

    def draw(self, draw_id: str) -> AnswerDraw | None:
        """The draw of that name, of any run; None: there is none."""
        known = draw_id.isalnum()  # what a workbook says may be anything
        found = sorted(self.folder.glob(f"*/{_ANSWERS}/{draw_id}.json")) if known else []
        return _read(found[0], AnswerDraw) if found else None

    def save_preference(self, run_id: str, preference: Preference) -> None:
        """Keep it; a later one replaces it."""
        path = self.folder_of(run_id) / _PREFERENCE
        write_atomic(path, preference.model_dump_json(indent=2))

    def preference(self, run_id: str) -> Preference | None:
        """What people prefer, None while nobody was asked."""
        path = self.folder_of(run_id) / _PREFERENCE
        return _read(path, Preference) if path.exists() else None

    def preference_of(self, run_id: str, version_id: str) -> Preference | None:
        """The same, unless it is about an earlier training of the run."""
        found = self.preference(run_id)
        return found if found is not None and found.candidate_version == version_id else None

    def answers_folder(self, run_id: str) -> Path:
        """Where what was laid before people, and what they said of it, is kept."""
        return self.folder_of(run_id) / _ANSWERS

    def last_verdict(self) -> Verdict | None:
        """The newest verdict of any run."""
        path = self._last_verdict
        return _read(path, Verdict) if path.exists() else None

    def save(self, record: RunRecord) -> Path:
        """Write the record of a run; a later try of the same run replaces it."""
        path = self._record_path(record.run_id)
        write_atomic(path, record.model_dump_json(indent=2))
        return path

    def read(self, run_id: str) -> RunRecord | None:
        """The record of a run, None while it has none."""
        path = self._record_path(run_id)
        return _read(path, RunRecord) if path.exists() else None

    def read_folder(self, folder: Path) -> RunRecord | None:
        """The record of the run whose folder this is, None while it has none."""
        path = folder / _RECORD
        return _read(path, RunRecord) if path.exists() else None

    def unfinished(self, *, since: datetime) -> Iterator[tuple[Path, datetime]]:
        """Folders of runs without a record, and since when there is anything in them.

        Those into which nothing came after `since` are not looked into.
        """
        moment, lately = since.timestamp(), []
        if self.folder.is_dir():
            with os.scandir(self.folder) as entries:
                lately = [e.name for e in entries if e.stat().st_mtime >= moment and e.is_dir()]
        for folder in map(self.folder.__truediv__, sorted(lately)):
            if not (folder / _RECORD).exists():
                times = [path.stat().st_mtime for path in folder.rglob("*") if path.is_file()]
                if times:
                    yield folder, datetime.fromtimestamp(min(times), UTC)

    def folders(self) -> list[Path]:
        """The folders of all runs, newest first by the moment in their names; none is opened.

        A run whose name holds no moment stands where its folder was last changed.
        """
        if not self.folder.is_dir():
            return []
        with os.scandir(self.folder) as entries:
            found = [(_begun_at(entry), entry.name) for entry in entries if entry.is_dir()]
        return [self.folder / name for _, name in sorted(found, reverse=True)]

    def listed_at(self) -> int:
        """When a run's folder came or went last, in ns; 0 while there is none."""
        try:
            return self.folder.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def changed_at(self, folder: Path) -> int | None:
        """When the record in a run's folder was written, in ns; None while there is none."""
        try:
            return (folder / _RECORD).stat().st_mtime_ns
        except FileNotFoundError:
            return None

    def report(self, run_id: str) -> Path | None:
        """The page about a run, None while it has none."""
        path = self.folder_of(run_id) / "report.html"
        return path if path.is_file() else None

    def newest(self, limit: int = 20) -> list[RunRecord]:
        """The newest `limit` runs, newest first."""
        records = [_read(path, RunRecord) for path in self.folder.glob(f"*/{_RECORD}")]
        return sorted(records, key=lambda record: record.finished_at, reverse=True)[:limit]

    def latest(self, limit: int) -> list[RunRecord]:
        """The same by when records were written; reads no more than `limit`, no damaged one."""
        written = {path: path.stat().st_mtime_ns for path in self.folder.glob(f"*/{_RECORD}")}
        paths = sorted(written, key=lambda path: written[path], reverse=True)[:limit]
        records = []
        for path in paths:
            with suppress(StorageError):
                records.append(_read(path, RunRecord))
        return sorted(records, key=lambda record: record.finished_at, reverse=True)

    def note_upload(self, out: Path, version_id: str) -> None:
        """Note that the training in `out` is about to upload this version."""
        write_atomic(out / _UPLOADED, version_id)

    def unjudged_uploads(self, out: Path) -> Iterator[str]:
        """Versions that trainings uploaded whose run has no verdict, and that of `out`."""
        for note in {*self.folder.glob(f"*/train/{_UPLOADED}"), out / _UPLOADED}:
            judged = (note.parent.parent / _VERDICT).exists()
            if note.exists() and (note.parent == out or not judged):
                yield note.read_text(encoding="ascii")

    def _result_path(self, run_id: str) -> Path:
        return self.train_folder(run_id) / "result.json"

    def _verdict_path(self, run_id: str) -> Path:
        return self.folder_of(run_id) / _VERDICT

    def _record_path(self, run_id: str) -> Path:
        return self.folder_of(run_id) / _RECORD


def _begun_at(entry: "os.DirEntry[str]") -> str:
    """A key by which folders of runs are put into their order."""
    if found := _MOMENT.search(entry.name):
        day, *time = found.groups()
        return f"{day}T{''.join(time)}"
    return f"{datetime.fromtimestamp(entry.stat().st_mtime, UTC):%Y-%m-%dT%H%M%S}"


def run_status(
    nothing_to_do: bool,
    reports: Sequence[ValidationReport],
    dataset: DatasetVersion | None,
    verdict: Verdict | None,
    model: ModelVersion | None,
) -> RunStatus:
    """What became of a run, from the parts that it reached."""
    if model is not None:
        return "promoted"
    if verdict is not None and verdict.is_kept:
        return "kept"
    if verdict is not None and verdict.decision != "promote":
        return "rejected" if verdict.decision == "reject" else "held"
    if nothing_to_do:
        return "nothing_to_do"
    if dataset is None and reports and all(report.quarantined for report in reports):
        return "refused"
    return "failed"


def _read(path: Path, kind: type[AnyRecord]) -> AnyRecord:
    try:
        return kind.model_validate_json(path.read_bytes())
    except ValidationError:
        raise wording.damaged_record(path) from None
