"""Commands of ours that the page runs in a process of their own.

They need libraries that a server of pages should not carry, and a file may be made to do harm.
"""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from cs_pipeline.errors import ExportError, StorageError
from cs_pipeline.language import Words
from cs_pipeline.ops import error_wording
from cs_pipeline.stages import ExportTold

ROWS = 5
LIMIT_SECONDS = 180
COMPARE_SECONDS = 1800
"""Two models are loaded and read every validation row."""

_asking = threading.Lock()
Told = TypeVar("Told", bound=BaseModel)


@contextmanager
def _alone() -> Iterator[None]:
    """A model takes much memory: one question, comparison or draw at a time."""
    if not _asking.acquire(blocking=False):
        raise StorageError.of(error_wording.ASKING_ALREADY)
    try:
        yield
    finally:
        _asking.release()


class Finding(BaseModel):
    """One finding of `cs-pipeline doctor`; its words say what to do where it is not ok."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    check: str
    level: str
    words: Words


class CheckUp(BaseModel):
    """All findings; `fit`: nothing stands in the way of a run."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    diagnoses: tuple[Finding, ...]
    fit: bool


def preview(path: Path) -> ExportTold:
    """What a file would be read as, as `cs-pipeline inspect --json` tells it.

    Raises:
        ExportError: that could not be found out in time.
    """
    told = _told(ExportTold, "inspect", "--json", "--rows", str(ROWS), "--", str(path))
    if told is None:
        words = error_wording.NO_PREVIEW
        raise ExportError("no_preview", ko=words.ko, en=words.en)
    return told


class Answers(BaseModel):
    """What a model says to questions, and another one to the same."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version_id: str
    answers: tuple[str, ...]
    beside: "Answers | None" = None


def ask_live(question: str, run: str = "") -> Answers:
    """What the live model answers, as `cs-pipeline chat --json` tells it; not masked.

    Where a run is named, its candidate is asked as well.

    Raises:
        StorageError: another question is being asked, or there was no answer.
    """
    with _alone():
        beside = (f"--beside={run}",) if run else ()
        said = " ".join(question.split()) + "\n"
        told = _told(Answers, "chat", "--json", *beside, stdin=said)
    if told is None or not told.answers or (run and told.beside is None):
        raise StorageError.of(error_wording.NO_ANSWER)
    return told


class Comparison(BaseModel):
    """A candidate was compared with this live model."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    live_version: str


def compare_again(run_id: str) -> Comparison:
    """Compare a run's candidate with the live model, as `cs-pipeline recompare` does.

    It goes on, and is kept with the run, where nobody waits for it any more.

    Raises:
        StorageError: another question or comparison is going on, or this one came to no end.
    """
    with _alone():
        told = _told(Comparison, "recompare", "--json", "--", run_id, seconds=COMPARE_SECONDS)
    if told is None:
        raise StorageError.of(error_wording.NO_COMPARISON)
    return told


class Drawn(BaseModel):
    """Answers were laid side by side."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    draw_id: str
    pairs: int


def draw_answers(run_id: str, *, questions: int, seed: int) -> Drawn:
    """Have a run's candidate and the live model answer, as `cs-pipeline answers draw` does.

    Raises:
        StorageError: another question or comparison is going on, or this one came to no end.
    """
    with _alone():
        asked = (f"--questions={questions}", f"--seed={seed}")
        command = ("answers", "draw", "--json", *asked, "--", run_id)
        told = _told(Drawn, *command, seconds=COMPARE_SECONDS)
    if told is None:
        raise StorageError.of(error_wording.NO_DRAW)
    return told


def check_up() -> CheckUp:
    """How the installation is, as `cs-pipeline doctor --json` tells it.

    Raises:
        StorageError: that could not be found out in time.
    """
    told = _told(CheckUp, "doctor", "--json")
    if told is None:
        raise StorageError.of(error_wording.NO_CHECK_UP)
    return told


def _told(
    kind: type[Told], *words: str, stdin: str = "", seconds: float | None = None
) -> Told | None:
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "cs_pipeline.cli", *words],
            capture_output=True,
            input=stdin.encode(),
            timeout=seconds or LIMIT_SECONDS,
            check=False,
        )
        return kind.model_validate_json(ended.stdout)
    except (subprocess.TimeoutExpired, ValidationError):
        return None
