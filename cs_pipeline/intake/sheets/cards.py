"""Forms one below the other, a card a case: a label and what was filled in beside it.

    접수번호   R0012
    문의내용   배송은 언제 오나요?
    답변내용   내일 도착합니다.

A card begins where a label comes again. There may also be a sheet a card.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice, pairwise

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.cell_kinds import SENTENCES, look_at
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.header import Header, Row
from cs_pipeline.intake.sheets.headings import SURE, SURE_OF_ANSWER, Headings, Scale, candidates
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.personal import personal_columns
from cs_pipeline.intake.sheets.speakers import Speaker
from cs_pipeline.intake.sheets.stand_ins import stands_in
from cs_pipeline.intake.sheets.threads import Thread

_LONGEST_LABEL = 20
_LEAST_CARDS, _LOOKED_AT, _MOST_ROWS, _LONGEST_FORM = 3, 400, 100_000, 60
_HEADINGS = ("항목", "내용")


@dataclass(frozen=True, slots=True)
class _Form:
    """The columns of labels and of texts, whose words the labels name, and kinds of values."""

    labels: int
    texts: int
    sides: Mapping[str, Speaker]
    personal: Mapping[str, str]

    def is_on(self, rows: Sequence[Row]) -> bool:
        """Whether each side's label stands in the column of labels, and once."""
        labels = [_label(cell_at(row, self.labels)) for row in rows]
        sides = Counter(self.sides[label] for label in labels if label in self.sides)
        return sides["customer"] == sides["agent"] == 1

    def known_in(self, row: Row) -> Iterator[tuple[str, str]]:
        """Labels of personal values in the row, and the values right of them."""
        for cell, beside in pairwise(cell for cell in row if cell.strip()):
            if len(cell) <= _LONGEST_LABEL and (label := label_of(cell)) in self.personal:
                yield label, beside


@dataclass(slots=True)
class _Card:
    """The labels that it has shown, its question and answer rows by place, and whom it names."""

    labels: set[str] = field(default_factory=set)
    said: dict[int, Row] = field(default_factory=dict, repr=False)
    known: dict[str, str] = field(default_factory=dict, repr=False)


def card_table(sheet: RawSheet, layouts: Layouts) -> tuple[RawSheet, Header] | None:
    """The sheet as a log, and its header; None where fewer than three cards say anything.

    Rows of questions and answers stay in their places, the others are blank. Columns right of the
    sheet's own hold the card's number and its personal values.
    """
    if len(sheet.rows) > _MOST_ROWS:
        return None
    form = _form_of(list(islice(sheet.rows, _LOOKED_AT)), layouts)
    return None if form is None else _with_cards(sheet, form)


def cards_of_sheets(
    sheets: Mapping[int, RawSheet], layouts: Layouts
) -> dict[int, tuple[RawSheet, Header]]:
    """As `card_table`, of those sheets that are a card of one form each; {} of fewer than three.

    `sheets` are some of a workbook's by their places.
    """
    short = {place: one for place, one in sheets.items() if len(one.rows) <= _LONGEST_FORM}
    if len(short) < _LEAST_CARDS:
        return {}
    rows = chain.from_iterable(one.rows for one in short.values())
    form = _form_of(list(islice(rows, _LOOKED_AT)), layouts)
    filled = {place: one for place, one in short.items() if form and form.is_on(one.rows)}
    if form is None or len(filled) < _LEAST_CARDS:
        return {}
    return {place: _with_cards(one, form) for place, one in filled.items()}


def _with_cards(sheet: RawSheet, form: "_Form") -> tuple[RawSheet, Header]:
    """The sheet as a log of its cards, and the header of that."""
    width = max(map(len, sheet.rows))
    rows: list[Row] = [()] * (1 + len(sheet.rows))
    rows[0] = tuple(_HEADINGS[column == form.texts] for column in range(width))
    for number, card in enumerate(_cards(sheet.rows, form), start=1):
        beside = (f"{sheet.name}:{number}", *(card.known.get(label, "") for label in form.personal))
        for index, row in card.said.items():
            rows[1 + index] = (*row, *[""] * (width - len(row)), *beside)
    header = Header(
        layout="turns",
        row=0,
        first=form.labels,
        second=form.texts,
        thread=Thread(width, "cards"),
        labels=(tuple(map(label_of, rows[0])),),
        personal={width + place: kind for place, kind in enumerate(form.personal.values(), 1)},
        tells="label",
        looks={form.texts: look_at(cell_at(row, form.texts) for row in rows[1:])},
    )
    return below_headings(sheet, rows), header


def side_of(label: str, known: Headings, least: int = SURE) -> Speaker | None:
    """Whose words stand beside a label, if it names a question or (as surely) an answer."""

    def is_in(scale: Scale, score: int) -> bool:
        return any(one.score >= score for one in candidates([(label_of(label),)], scale))

    if is_in(known.question, SURE):
        return "customer"
    return "agent" if is_in(known.answer, least) else None


def _form_of(rows: Sequence[Row], layouts: Layouts) -> _Form | None:
    """The form that the first rows show at least three times."""
    places = Counter(
        (column, label_of(cell))
        for row in rows
        for column, cell in enumerate(row)
        if 0 < len(cell) <= _LONGEST_LABEL
    )
    often = sorted(place for place, times in places.items() if times >= _LEAST_CARDS and place[1])
    names = list(dict.fromkeys(label for _, label in often))
    kinds = personal_columns(names, layouts.personal)
    personal = {names[place]: kind for place, kind in kinds.items()}
    for column in dict.fromkeys(column for column, _ in often):
        for least in (SURE_OF_ANSWER, SURE):  # what was done is no answer beside one
            sides = {
                label: side
                for at, label in often
                if at == column and (side := side_of(label, layouts.headings, least))
            }
            if {"customer", "agent"} <= set(sides.values()):
                texts = _text_column(rows, column, sides)
                return None if texts is None else _Form(column, texts, sides, personal)
    return None


def _text_column(rows: Sequence[Row], labels: int, sides: Mapping[str, Speaker]) -> int | None:
    """The column right of the labels that holds what was said, and not to a survey's questions."""
    said = [row for row in rows if _label(cell_at(row, labels)) in sides]
    for column in range(labels + 1, max(map(len, said))):
        look = look_at(cell_at(row, column) for row in said)
        if look.filled >= 2 * _LEAST_CARDS:
            asked = look_at(
                cell_at(row, column)
                for row in said
                if sides[_label(cell_at(row, labels))] == "customer"
            )
            return None if asked.same_all_over or look.sentences < SENTENCES else column
    return None


def _label(cell: str) -> str:
    """The label of a cell, '' of a sentence."""
    return label_of(cell) if len(cell) <= _LONGEST_LABEL else ""


def _cards(rows: Sequence[Row], form: _Form) -> Iterator[_Card]:
    """A card begins with a label that the one above it has shown, and not just now."""
    card, label = _Card(), ""
    for index, row in enumerate(rows):
        cell, text = cell_at(row, form.labels), cell_at(row, form.texts).strip()
        if cell.strip():
            before, label = label, _label(cell)
            if label in card.labels and label != before:
                yield card
                card = _Card()
            card.labels.update(filter(None, (label,)))
        elif not text:
            label = ""
        card.known |= dict(form.known_in(row))
        if text and label in form.sides and not stands_in(text):
            card.said[index] = (*row[: form.labels], label, *row[form.labels + 1 :])
    yield card


def below_headings(sheet: RawSheet, rows: Sequence[Row]) -> RawSheet:
    """The sheet with its rows below one of headings that is not in the file."""
    errors, formulas = (
        frozenset((row + 1, column) for row, column in places)
        for places in (sheet.errors, sheet.formulas)
    )
    return replace(
        sheet,
        rows=rows,
        hidden_rows=frozenset(row + 1 for row in sheet.hidden_rows),
        merged=(),
        errors=errors,
        formulas=formulas,
        shifted=frozenset(),
        loose=frozenset(),
        widths={},
        added_rows=1,
    )
