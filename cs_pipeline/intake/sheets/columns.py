"""Which row of a sheet names its columns, and which column holds what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cs_pipeline.intake.files.workbook import MergedRange
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.headings import Heading, best_pair
from cs_pipeline.intake.sheets.layouts import Layouts, Vendor, load_layouts
from cs_pipeline.intake.sheets.personal import personal_columns

HEADER_ROWS = 20
# How many rows below a header show whether its speaker column names speakers.
SPEAKER_ROWS = 50
# A product's own headings are surer than any two words.
_VENDOR_SCORE = 100
# Spaces and signs that a heading's cell may have beside its label.
_MOST_SIGNS = 12

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's columns are; rows and columns are 0-based.

    `first` and `second` are question and answer (layout `qa`) or speaker and text (`turns`).
    `personal` maps the columns that hold names, phone numbers and the like to entity types.
    `row` is the lowest row of headings, `labels` are those of each of the header's rows, topmost
    first. `person` and `time` say who speaks and when, where a product's layout tells.
    """

    layout: Literal["qa", "turns"]
    row: int
    first: int
    second: int
    conversation: int | None
    labels: tuple[Row, ...] = field(repr=False)
    personal: Mapping[int, str] = field(default_factory=dict)
    person: int | None = None
    time: int | None = None
    vendor: Vendor | None = field(default=None, repr=False)

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


def find_header(
    rows: Sequence[Row],
    layouts: Layouts | None = None,
    merged: Sequence[MergedRange] = (),
) -> Header | None:
    """The surest header in the first 20 rows (the upper one of equals), or None.

    Args:
        rows: the sheet's rows from its first one on.
        layouts: words and products to know; None: the built-in ones.
        merged: merged ranges; where a row has none, a heading counts for blank cells on its right.
    """
    layouts = layouts or load_layouts()
    merged = [one for one in merged if one[0] < HEADER_ROWS]
    found = [
        pair
        for index in range(min(HEADER_ROWS, len(rows)))
        for pair in _headers_at(index, rows, layouts, merged)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _headers_at(
    index: int, rows: Sequence[Row], layouts: Layouts, merged: Sequence[MergedRange]
) -> Iterator[tuple[int, Header]]:
    """Scores and headers whose top is this row: a product's, a two-level or a plain one."""
    labels = [label_of(cell) for cell in rows[index]]
    for vendor in layouts.vendors:
        if header := _vendor_header(index, labels, vendor, layouts):
            yield _VENDOR_SCORE, header
            return
    if index + 1 < len(rows):
        lower = [label_of(cell) for cell in rows[index + 1]]
        if above := _spanned(index, labels, lower, merged):
            headings = [_joined(*pair) for pair in zip(above, lower, strict=True)]
            if found := _named(index + 1, headings, rows, layouts, (labels, lower)):
                yield found
                return
    if found := _named(index, [(label,) for label in labels], rows, layouts, (labels,)):
        yield found


def _vendor_header(
    index: int, labels: Sequence[str], vendor: Vendor, layouts: Layouts
) -> Header | None:
    """The product's header, or None when one of its two columns is missing."""
    columns = {
        role: next(column for column, label in enumerate(labels) if label in names)
        for role, names in vendor.columns.items()
        if names & set(labels)
    }
    first, second = vendor.pair
    if first not in columns or second not in columns:
        return None
    return Header(
        layout="qa" if first == "question" else "turns",
        row=index,
        first=columns[first],
        second=columns[second],
        conversation=columns.get("conversation"),
        labels=(tuple(labels),),
        personal=_personal([(label,) for label in labels], layouts, taken=set(columns.values())),
        person=columns.get("person"),
        time=columns.get("time"),
        vendor=vendor,
    )


def _spanned(
    index: int, upper: Sequence[str], lower: list[str], merged: Sequence[MergedRange]
) -> list[str] | None:
    """For each cell of `lower` the heading above it, or None when the row above groups nothing.

    It groups when it has two headings or more, one of them over two or more headings of `lower`.
    Figures and times are no headings: a row that holds them is data. Extends `lower` to the width
    of both rows.
    """
    if any(label.isdigit() for label in lower):
        return None
    width = max(len(upper), len(lower))
    lower += [""] * (width - len(lower))
    above = [*upper, *[""] * (width - len(upper))]
    groups = [column for column, label in enumerate(above) if label]
    if len(groups) < 2:
        return None
    ends = {left: right for top, left, _, right in merged if top == index and right > left}
    most = 0
    for left, following in zip(groups, [*groups[1:], width], strict=True):
        right = ends.get(left, left) if ends else following - 1
        below = [column for column in range(left, min(right + 1, width)) if lower[column]]
        most = max(most, len(below))
        for column in below:
            above[column] = above[left]
    return above if most > 1 else None


def _joined(above: str, label: str) -> Heading:
    if not above or not label:
        return (label or above,)
    return (label, above + label)


def _named(
    index: int,
    headings: Sequence[Heading],
    rows: Sequence[Row],
    layouts: Layouts,
    levels: tuple[Sequence[str], ...],
) -> tuple[int, Header] | None:
    """Score and header, or None when the headings name no pair of columns.

    `index` is the lowest row of headings, `levels` the labels in each of the header's rows.
    """
    known = layouts.headings
    asked = best_pair(headings, known.question, known.answer)
    told = best_pair(headings, known.speaker, known.text)
    if asked and told and not _names_speakers(rows[index + 1 :][:SPEAKER_ROWS], told[1], layouts):
        told = None  # 구분 beside 내용 is as often a topic as a speaker
    best = max((pair for pair in (asked, told) if pair), key=lambda pair: pair[0], default=None)
    if best is None:
        return None
    score, first, second = best
    threads = (
        column
        for column, heading in enumerate(headings)
        if column not in (first, second) and known.names_conversation(heading)
    )
    return score, Header(
        layout="qa" if best is asked else "turns",
        row=index,
        first=first,
        second=second,
        conversation=next(threads, None),
        labels=tuple(map(tuple, levels)),
        personal=_personal(headings, layouts, taken={first, second}),
    )


def _personal(headings: Sequence[Heading], layouts: Layouts, taken: set[int]) -> dict[int, str]:
    """Entity types of the personal columns; a heading of its own goes before a joined one."""
    found: dict[int, str] = {}
    for level in (0, -1):
        labels = [heading[level] for heading in headings]
        found = personal_columns(labels, layouts.personal) | found
    return {column: kind for column, kind in found.items() if column not in taken}


def _names_speakers(rows: Sequence[Row], column: int, layouts: Layouts) -> bool:
    """True when most filled cells of the column are known speakers."""
    filled = [cell for row in rows if (cell := cell_at(row, column)).strip()]
    return 2 * sum(layouts.speaker_of(cell) is not None for cell in filled) > len(filled)
