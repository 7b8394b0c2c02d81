"""The ways in which rows of a board say which row they reply to."""

from collections.abc import Mapping
from typing import NamedTuple

from cs_pipeline.intake.sheets.cells import cell_at

Row = tuple[str, ...]

NO_PARENT = ("", "0", "-")


class ByNumbers(NamedTuple):
    """`parent` holds the number of the row that a row replies to, `own` its own number."""

    parent: int
    own: int

    def number_of(self, row: Row) -> str:
        """The row's own number."""
        return cell_at(row, self.own).strip()

    def parent_of(self, row: Row) -> str:
        """The number of the row that this one replies to, '' for none."""
        parent = cell_at(row, self.parent).strip()
        return "" if parent in NO_PARENT or parent == self.number_of(row) else parent


class ByLetters(NamedTuple):
    """`letters` has one for each step below the post, whose number all share: A, AA and AB, B."""

    letters: int
    post: int

    def number_of(self, row: Row) -> str:
        """The post's number and the row's own letters."""
        return f"{cell_at(row, self.post).strip()} {cell_at(row, self.letters).strip()}"

    def parent_of(self, row: Row) -> str:
        """The same of the row that this one replies to, '' for none."""
        letters = cell_at(row, self.letters).strip()
        return f"{cell_at(row, self.post).strip()} {letters[:-1]}" if letters else ""


class ByTitles(NamedTuple):
    """Replies have the title of the post above them; `parents`: by number, once all are known."""

    own: int
    title: int
    state: int
    when: int
    parents: Mapping[str, str] = {}

    def number_of(self, row: Row) -> str:
        """The row's own number."""
        return cell_at(row, self.own).strip()

    def parent_of(self, row: Row) -> str:
        """The number of the row that this one replies to, '' for none."""
        return self.parents.get(self.number_of(row), "")


Links = ByNumbers | ByLetters | ByTitles
