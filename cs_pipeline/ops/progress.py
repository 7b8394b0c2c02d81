"""How far the training of a run is."""

import json
from pathlib import Path

from cs_pipeline.files import last_lines
from cs_pipeline.numbers import finite
from cs_pipeline.records import Progress, Record
from cs_pipeline.stages import Installation, training_progress

_MOST_POINTS = 200
_TAIL_BYTES = 400_000


class Underway(Record):
    """What is known: None where the training has not begun. `curve` is (step, loss)."""

    progress: Progress | None
    curve: tuple[tuple[int, float], ...]


def underway(installation: Installation, run_id: str) -> Underway:
    """The newest word of the trainer, and its loss so far."""
    metrics = installation.runs.train_folder(run_id) / "metrics.jsonl"
    return Underway(progress=training_progress(installation, run_id), curve=_curve(metrics))


def _curve(path: Path) -> tuple[tuple[int, float], ...]:
    points = [found for line in last_lines(path, _TAIL_BYTES) if (found := _point(line))]
    every = max(1, len(points) // _MOST_POINTS)
    return tuple(points[::-1][::every][::-1])


def _point(line: bytes) -> tuple[int, float] | None:
    try:
        told = json.loads(line)
        step, loss = told["step"], finite(told.get("train_loss_nats_per_token"))
    except (ValueError, KeyError, TypeError):  # being written, or cut by where the tail begins
        return None
    return (int(step), loss) if loss is not None else None
