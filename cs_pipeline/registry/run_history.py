"""One folder a run: `train/` (checkpoint, `result.json`), `verdict.json`, `run.json`, report."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from cs_pipeline.config import Settings
from cs_pipeline.errors import CsPipelineError, StorageError
from cs_pipeline.files import write_atomic
from cs_pipeline.records import (
    DatasetVersion,
    ModelVersion,
    Record,
    RunRecord,
    RunStatus,
    TrainResult,
    ValidationReport,
    Verdict,
)

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
_LAST_VERDICT = "last-verdict.json"

AnyRecord = TypeVar("AnyRecord", bound=Record)


def run_key(run_id: str) -> str:
    """A folder name for any run id; ids that differ only in unsafe characters stay apart."""
    safe = _UNSAFE.sub("-", run_id).strip(".-")[:120]
    if safe == run_id:
        return safe
    return f"{safe}-{hashlib.sha256(run_id.encode()).hexdigest()[:6]}"


def run_folder(settings: Settings, run_id: str) -> Path:
    """Where everything about one run lies."""
    return settings.runs_dir / run_key(run_id)


def train_folder(settings: Settings, run_id: str) -> Path:
    """Where the trainer writes its checkpoint and `result.json`."""
    return run_folder(settings, run_id) / "train"


def read_result(settings: Settings, run_id: str) -> TrainResult:
    """The trainer's result.

    Raises:
        CsPipelineError: there is none, so the training did not end well, whatever its task says.
    """
    path = train_folder(settings, run_id) / "result.json"
    if not path.exists():
        raise CsPipelineError(
            ko=f"학습 결과 {path}가 없습니다. train 작업의 로그를 확인하고 다시 실행하세요.",
            en=f"There is no training result {path}. Read the train task's log and run it again.",
        )
    return _read(path, TrainResult)


def save_verdict(settings: Settings, verdict: Verdict) -> Path:
    """Keep the verdict with its run and as the newest one."""
    path = run_folder(settings, verdict.run_id) / "verdict.json"
    text = verdict.model_dump_json(indent=2)
    write_atomic(path, text)
    write_atomic(settings.work_dir / _LAST_VERDICT, text)
    return path


def change_verdict(settings: Settings, verdict: Verdict) -> None:
    """Keep what a person made of a run's verdict; the newest verdict stays the newest."""
    newest = last_verdict(settings)
    if newest is None or newest.run_id == verdict.run_id:
        save_verdict(settings, verdict)
    else:
        path = run_folder(settings, verdict.run_id) / "verdict.json"
        write_atomic(path, verdict.model_dump_json(indent=2))


def read_verdict(settings: Settings, run_id: str) -> Verdict | None:
    """The verdict of a run, None before its gate."""
    path = run_folder(settings, run_id) / "verdict.json"
    return _read(path, Verdict) if path.exists() else None


def last_verdict(settings: Settings) -> Verdict | None:
    """The newest verdict of any run."""
    path = settings.work_dir / _LAST_VERDICT
    return _read(path, Verdict) if path.exists() else None


def save_run(settings: Settings, record: RunRecord) -> Path:
    """Write the record of a run; a later try of the same run replaces it."""
    path = run_folder(settings, record.run_id) / "run.json"
    write_atomic(path, record.model_dump_json(indent=2))
    return path


def read_run(settings: Settings, run_id: str) -> RunRecord | None:
    """The record of a run, None while it has none."""
    path = run_folder(settings, run_id) / "run.json"
    return _read(path, RunRecord) if path.exists() else None


def list_runs(settings: Settings, limit: int = 20) -> list[RunRecord]:
    """The newest `limit` runs, newest first."""
    records = [_read(path, RunRecord) for path in settings.runs_dir.glob("*/run.json")]
    return sorted(records, key=lambda record: record.finished_at, reverse=True)[:limit]


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
        raise StorageError(
            ko=f"{path} 파일이 손상되었습니다. 지우고 해당 작업을 다시 실행하세요.",
            en=f"{path} is damaged. Delete it and run its task again.",
        ) from None
