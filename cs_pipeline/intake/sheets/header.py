"""Where the columns of a sheet are, and what its header tells of each row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cs_pipeline.intake.sheets.asides import Aside
from cs_pipeline.intake.sheets.boards import Board
from cs_pipeline.intake.sheets.business_days import next_morning
from cs_pipeline.intake.sheets.cell_kinds import ColumnLook
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.column_pairs import Told
from cs_pipeline.intake.sheets.cut_texts import CutTexts
from cs_pipeline.intake.sheets.interim_results import InterimResults
from cs_pipeline.intake.sheets.layouts import Vendor
from cs_pipeline.intake.sheets.mailboxes import Mailbox
from cs_pipeline.intake.sheets.message_events import MessageEvents
from cs_pipeline.intake.sheets.message_versions import MessageVersions
from cs_pipeline.intake.sheets.moments import Moment, moment_under_heading, offset_of
from cs_pipeline.intake.sheets.named_sides import NO_SIDES, NamedSides
from cs_pipeline.intake.sheets.pair_times import PairTimes
from cs_pipeline.intake.sheets.revised_answers import Revised
from cs_pipeline.intake.sheets.spread_turns import Spread
from cs_pipeline.intake.sheets.threads import Thread
from cs_pipeline.intake.sheets.unsent import Unsent

# Spaces and signs that a heading's cell may have beside its label.
_MOST_SIGNS = 12

Row = tuple[str, ...]
Layout = Literal["qa", "turns", "transcript"]


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's columns are; rows and columns are 0-based.

    `first` and `second` are question and answer (layout `qa`; also `turns` where `tells` is
    `column`), speaker and text (`turns`), or the same column of whole conversations twice
    (`transcript`). `personal` maps the columns that hold names, phone numbers and the like to
    entity types. `row` is the lowest row of headings, `labels` are those of each of the header's
    rows, topmost first. `person` says who speaks, where a product's layout tells. `times` are the
    columns that say when: one, or day and time of day; one that `counts_up` tells how far into a
    call, one that `mixes_zones` tells the time zone of some rows alone, and days of business may go
    on `past_midnight`. `orders` number the utterances: one, or that and the one of their lines.
    `private` are the columns that mark rows which are none of the conversation's words, `unsent`
    those of what the other side never got; `versions` tell those of a message that was edited,
    `interim` what was not recognised whole yet; `pair_times` say when a row of pairs was asked and
    answered; `sides` are those that name the customer and the agent. A `closed` table has next to
    nothing right of its headings; that of a `board` has comments below posts. Texts that are
    `marked` begin with `Q1.` or the like. `looks` are those of `first` and `second`.
    """

    layout: Layout
    row: int
    first: int
    second: int
    thread: Thread | Mailbox | None
    labels: tuple[Row, ...] = field(repr=False)
    personal: Mapping[int, str] = field(default_factory=dict)
    person: int | None = None
    times: tuple[int, ...] = ()
    counts_up: bool = False
    past_midnight: bool = False
    mixes_zones: bool = False
    orders: tuple[int, ...] = ()
    private: tuple[Aside, ...] = ()
    unsent: tuple[Unsent, ...] = ()
    versions: MessageVersions | MessageEvents | None = None
    interim: InterimResults | None = None
    sides: NamedSides = NO_SIDES
    pair_times: PairTimes | None = None
    spread: Spread = ()  # those of a conversation in one row
    opening: int = -1  # what a ticket is about, beside its comments in one cell
    tells: Told = "role"
    closed: bool = False
    board: Board | None = None
    marked: bool = False
    fuller: int | None = None  # where answers stand whole, or cut
    revised: Revised | None = None
    cut: CutTexts | None = None
    looks: Mapping[int, ColumnLook] = field(default_factory=dict, repr=False)
    vendor: Vendor | None = field(default=None, repr=False)

    @property
    def conversation(self) -> int | None:
        """The column that tells conversations apart."""
        return self.thread.column if self.thread else None

    @property
    def is_by_day(self) -> bool:
        """Whether what was said on another day is apart: texts that came in and went out."""
        return self.tells == "way" and self.thread is not None and self.thread.tells != "ids"

    @property
    def has_spoilt_ids(self) -> bool:
        """Whether nothing tells conversations apart but numbers that have lost their digits."""
        return isinstance(self.thread, Thread) and self.thread.tells == "spoilt"

    def conversation_of(self, row: Row) -> str:
        """Which conversation the row belongs to, '' where nothing says so."""
        return self.thread.of(row) if self.thread else ""

    def repeats(self, row: Row) -> bool:
        """True when `row` is (a row of) this header once more, as on a new printed page."""
        first, second = cell_at(row, self.first), cell_at(row, self.second)
        for level in self.labels:
            names = (cell_at(level, self.first), cell_at(level, self.second))
            if len(first) > _MOST_SIGNS + len(names[0]) or len(second) > _MOST_SIGNS + len(
                names[1]
            ):
                continue  # quick, since every row asks
            if names == (label_of(first), label_of(second)) and (
                any(names) or level == tuple(map(label_of, row))
            ):
                return True
        return False

    def moment_in(self, row: Row) -> Moment | None:
        """When the row was said: its time, or its day and its time of day together."""
        found: Moment = ()
        told = offset_of if self.counts_up else moment_under_heading
        for column in self.times:
            moment = told(cell_at(row, column))
            if moment is None:
                return None
            found += moment
        return (next_morning(found) if self.past_midnight else found) or None
