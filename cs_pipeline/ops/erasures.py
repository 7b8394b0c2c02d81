"""Withdrawals that were asked for on the page: each goes on in a process of its own.

It may rewrite a whole dataset, and goes to its end whether or not somebody waits for it, or the
server that began it is still there. What is kept of it holds counts, no values and no ids.
"""

import os
import secrets
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from socket import gethostname
from typing import Literal

from pydantic import Field, ValidationError

from cs_pipeline.errors import ObjectNotFound
from cs_pipeline.files import private_folder, write_atomic
from cs_pipeline.language import Words
from cs_pipeline.ops import error_wording
from cs_pipeline.records import Record
from cs_pipeline.stages import Wanted


class Asked(Record):
    """What is to be erased, by whom, and how that is noted: in counts."""

    token: str
    wanted: Wanted = Field(repr=False)
    by: str
    counted: str


class Erasure(Record):
    """How far a withdrawal is: `rows` and `receipt_id` where it is done, `words` where it failed.

    `lost`: its process on this `host` is gone without a word; doing it again erases what is left.
    """

    token: str
    state: Literal["running", "done", "failed", "lost"] = "running"
    process: int = 0
    host: str = ""
    since: datetime
    rows: int = 0
    receipt_id: str = ""
    words: Words | None = None


class Erasures:
    """Keeper of the withdrawals of one installation's page.

    Args:
        folder: where their states lie (0700).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, wanted: Wanted, *, by: str, counted: str) -> Erasure:
        """Start a withdrawal; returns its state, by whose token it is asked for again."""
        token = secrets.token_hex(16)
        asked = Asked(token=token, wanted=wanted, by=by, counted=counted)
        private_folder(self._folder)
        process = subprocess.Popen(
            [sys.executable, "-m", "cs_pipeline.ops.erase", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        begun = Erasure(
            token=token, process=process.pid, host=gethostname(), since=datetime.now(UTC)
        )
        self._keep(begun)
        # Written and waited for beside: the process reads when it has loaded what it needs.
        said = asked.model_dump_json().encode()
        threading.Thread(target=process.communicate, args=(said,), daemon=True).start()
        return begun

    def state(self, token: str) -> Erasure:
        """How far it is. Raises `ObjectNotFound` where none goes by that token."""
        found = self._read(token)
        if _is_gone(found):
            found = self._read(token)  # it may just have ended
        if _is_gone(found):
            return found.model_copy(update={"state": "lost", "words": error_wording.ERASURE_LOST})
        return found

    def end(self, asked: Asked, **ended: object) -> None:
        """Keep how it ended."""
        self._keep(self.state(asked.token).model_copy(update=ended))

    def _read(self, token: str) -> Erasure:
        try:
            return Erasure.model_validate_json(self._path(token).read_bytes())
        except (FileNotFoundError, ValidationError):
            raise ObjectNotFound.of(error_wording.NOT_THERE) from None

    def _keep(self, erasure: Erasure) -> None:
        write_atomic(self._path(erasure.token), erasure.model_dump_json())

    def _path(self, token: str) -> Path:
        if not (token.isascii() and token.isalnum()):
            raise ObjectNotFound.of(error_wording.NOT_THERE)
        return self._folder / f"{token}.json"


def _is_gone(erasure: Erasure) -> bool:
    """Whether its process is surely gone; that of another machine cannot be looked for."""
    if erasure.state != "running" or erasure.host != gethostname():
        return False
    try:
        os.kill(erasure.process, 0)
    except (ProcessLookupError, PermissionError):  # the number is another user's by now
        return True
    return False
