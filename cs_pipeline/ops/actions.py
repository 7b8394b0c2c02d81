"""Who did what on the page, and when: a file that only grows."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4

from pydantic import Field, ValidationError

from cs_pipeline.files import last_lines, private_folder
from cs_pipeline.records import Record

What = Literal[
    "rollback",
    "promote",
    "hold",
    "recompare",
    "maintenance",
    "upload",
    "drop",
    "download_refused",
    "find",
    "withdraw",
    "draw_answers",
    "judge_answers",
    "count_answers",
]
"""What a person may do here."""

_FILE = "actions.jsonl"
_NEWEST_BYTES = 200_000


class Action(Record):
    """One line. `subject` is a version, a run, a masked name or a count; never a typed value.

    What was begun has a second line with the same `action_id` that says how it ended.
    """

    action_id: str = Field(default_factory=lambda: uuid4().hex)
    at: datetime = Field(default_factory=lambda: datetime.now(UTC))
    by: str
    what: What
    subject: str = ""
    outcome: Literal["begun", "done", "failed"] = "begun"
    error: str = ""


class ActionLog:
    """Keeper of the actions of one installation, in a folder closed to others."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def noted(self, by: str, what: What, subject: str = "") -> Iterator[None]:
        """Note that an action begins, and then how it ended; nothing is done that is not noted.

        Raises:
            OSError: the log cannot be written, so nothing was done.
        """
        begun = Action(by=by, what=what, subject=subject)
        self._append(begun)
        ended = {"outcome": "done"}
        try:
            yield
        except BaseException as error:
            # The kind of the error alone: its words may name a file.
            ended |= {"outcome": "failed", "error": type(error).__name__}
            raise
        finally:
            self._append(begun.model_copy(update=ended | {"at": datetime.now(UTC)}))

    def newest(self, limit: int = 50) -> list[Action]:
        """The newest actions as they ended, newest first."""
        found: dict[str, Action] = {}
        for line in last_lines(self._folder / _FILE, _NEWEST_BYTES):
            try:
                action = Action.model_validate_json(line)
            except ValidationError:  # cut off by a crash, or by where the tail begins
                continue
            found[action.action_id] = action
        return sorted(found.values(), key=lambda action: action.at, reverse=True)[:limit]

    def _append(self, action: Action) -> None:
        path = private_folder(self._folder) / _FILE
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            line = action.model_dump_json() + "\n"
            if _is_cut_off(descriptor):
                line = "\n" + line
            os.write(descriptor, line.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _is_cut_off(descriptor: int) -> bool:
    """Whether a crash left a line without its end."""
    size = os.fstat(descriptor).st_size
    return size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
