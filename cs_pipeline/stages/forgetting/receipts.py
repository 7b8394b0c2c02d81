"""The receipt of a withdrawal: as a record, and as a page to be printed."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.files import private_folder, write_atomic
from cs_pipeline.html_pages import page_environment
from cs_pipeline.language import Words, current_language
from cs_pipeline.records import DatasetVersion, Record
from cs_pipeline.stages.forgetting import wording
from cs_pipeline.stages.forgetting.wording import ErasedKind, LeftKind, ModelState

if TYPE_CHECKING:
    from jinja2 import Template


_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{6}")


class MarkedModel(Record):
    """A model that was trained on what was withdrawn."""

    version_id: str
    state: ModelState

    @property
    def words(self) -> Words:
        """Its state in words."""
        return wording.state(self.state)


class ErasedTrace(Record):
    """So much was erased of one kind; `places` name where, no text of a conversation."""

    kind: ErasedKind
    count: int
    places: tuple[str, ...] = ()

    @property
    def words(self) -> Words:
        """What it was."""
        return wording.erased(self.kind)


class LeftTrace(Record):
    """What still holds it: a file, a model, or a place that nobody looked into (`place` empty)."""

    kind: LeftKind
    place: str = ""

    @property
    def words(self) -> Words:
        """Why."""
        return wording.left(self.kind)


class Receipt(Record):
    """What a withdrawal erased, what still holds it, and what to do next.

    `found` is False where only what comes later is refused.
    """

    receipt_id: str
    withdrawn_at: datetime
    by: str
    found: bool
    exports: int
    rows: int
    dataset: DatasetVersion | None
    erased: tuple[ErasedTrace, ...]
    models: tuple[MarkedModel, ...]
    left: tuple[LeftTrace, ...]
    next_steps: tuple[Words, ...]


class Receipts:
    """Keeper of the receipts, in a folder that is closed to others (0700)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def page_of(self, receipt: Receipt) -> Path:
        """Where the page to be printed lies."""
        return self.folder / f"{receipt.receipt_id}.html"

    def page(self, receipt_id: str) -> Path | None:
        """The page of a receipt that was kept; None: there is none of that id."""
        path = self.folder / f"{receipt_id}.html"
        return path if _ID.fullmatch(receipt_id) and path.is_file() else None

    def keep(self, receipt: Receipt, show_time: Callable[[datetime], str]) -> Path:
        """Write the record and the page, in the reader's language; returns the page's path."""
        private_folder(self.folder)
        page = _template().render(
            lang=current_language(), receipt=receipt, wording=wording, show_time=show_time
        )
        path = self.page_of(receipt)
        write_atomic(path.with_suffix(".json"), receipt.model_dump_json(indent=2) + "\n")
        write_atomic(path, page.lstrip())
        return path


@cache
def _template() -> "Template":
    return page_environment(Path(__file__).parent).get_template("receipt.html.j2")
