"""Sheets with a question and its answer in one row."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from cs_pipeline.intake.doubts import Doubts
from cs_pipeline.intake.sheets.answers_below import with_answer_below
from cs_pipeline.intake.sheets.body import sample_of
from cs_pipeline.intake.sheets.cells import (
    CleanTexts,
    cell_at,
    clean_text,
    is_blank,
    is_page_number,
    is_total,
)
from cs_pipeline.intake.sheets.continued_rows import ContinuedRows
from cs_pipeline.intake.sheets.header import Row
from cs_pipeline.intake.sheets.loose_commas import with_its_commas
from cs_pipeline.intake.sheets.markup import has_markup, words_of
from cs_pipeline.intake.sheets.moments import Moment
from cs_pipeline.intake.sheets.people_sheets import People
from cs_pipeline.intake.sheets.personal import KnownValues, whole_mobile
from cs_pipeline.intake.sheets.prefixes import without_prefix
from cs_pipeline.intake.sheets.quoted_mail import own_words
from cs_pipeline.intake.sheets.revisions import is_revised, revisions_of
from cs_pipeline.intake.sheets.shifted_columns import ShiftedColumns
from cs_pipeline.intake.sheets.tables import Table
from cs_pipeline.intake.sheets.templates import template_text
from cs_pipeline.intake.sheets.valueless import refused, without_value
from cs_pipeline.intake.slipped import slipped_places
from cs_pipeline.intake.stretches import Stretches
from cs_pipeline.intake.wording import CONTINUED, ROW_WORDS, STAND_APART, TEMPLATE, UNEVEN
from cs_pipeline.intake.wording_no_pairs import SHIFTED_TEXTS
from cs_pipeline.intake.wording_slips import SLIPPED
from cs_pipeline.language import Words
from cs_pipeline.packed_lists import PackedList
from cs_pipeline.records import Exchange, KnownValue, RefusedRow

_CLOCK = re.compile(r"\d:\d\d|^\d{12,}$")


@dataclass(slots=True)
class PairsReading:
    """What a table of pairs gave; `rows` counts data rows, not blank rows or totals."""

    rows: int = 0
    exchanges: PackedList[Exchange] = field(default_factory=PackedList, repr=False)
    refused: PackedList[RefusedRow] = field(default_factory=PackedList, repr=False)

    def refuse(self, places: AbstractSet[int], reason: str, words: Words) -> None:
        """Refuse the exchanges at these places."""
        exchanges, self.exchanges = self.exchanges, PackedList()
        for place, one in enumerate(exchanges):
            if place in places:
                where = (one.sheet, one.answer_cell, reason, words)
                self.refused.append(RefusedRow(*where, one.original))
            else:
                self.exchanges.append(one)


def read_pairs(
    table: Table, people: People, turns: Counter[str], *, skip_hidden: bool = False
) -> PairsReading:
    """One exchange a row, in the order of the sheet.

    A row that shows nothing but more of an answer (or of a question) continues the exchange above
    where the table's other columns say so. `turns` counts the exchanges of each conversation id and
    goes on counting; tables side by side share it. Where the table says when, they are numbered in
    that order.
    """
    pairs = _Pairs(table, people, turns)
    header = table.header
    asked = header.conversation, header.first
    revisions = revisions_of(header.labels[-1], asked, (row for _, row in table.rows()))
    for index, row in table.rows(skip_hidden=skip_hidden):
        if row and (is_total(row) or header.repeats(row) or is_page_number(row)):  # else blank
            continue
        row = table.whole(row)  # noqa: PLW2901 - still the same row
        whole = with_its_commas(table, index, row) if table.sheet.widths else None
        row = whole or row  # noqa: PLW2901
        if valueless := without_value(table, index, row, rejoined=whole is not None):
            pairs.leave_out(valueless)
        elif revisions and revisions.is_earlier(row):
            continue
        elif is_blank(row) or (table.columns is not None and not any(_sides(table, row))):
            pairs.close()  # beside other tables, a row may be of those alone
        else:
            pairs.add(index, row)
    return pairs.finished()


class _Pairs:
    """A table of pairs while it is being read."""

    def __init__(self, table: Table, people: People, turns: Counter[str]) -> None:
        self._table, self._people, self._turns = table, people, turns
        self._reading = PairsReading()
        self._known = KnownValues(table.header.personal)
        self._latest: dict[str, Moment] = {}
        self._not_by_time: set[str] = set()
        header = table.header
        self._asked: tuple[str, ...] | None = None
        self._before: tuple[tuple[str, str], Row] | None = None
        self._clean = CleanTexts()
        sample = sample_of(table.sheet.rows, header.row + 1, table.stop)
        self._without_prefix = {
            column: without_prefix(cell_at(row, column) for row in sample)
            for column in (header.first, header.second)
        }
        self._doubts = Doubts(table, sample)
        self._continued = ContinuedRows(table, sample)
        self._stretches = Stretches(table)
        self._clocks = header.times or (header.pair_times[:1] if header.pair_times else ())
        self._may_repeat = header.conversation is not None or bool(self._clocks)
        self._empty: list[int] = []
        self._shifted = ShiftedColumns(header.first, header.second, len(header.labels[-1]))

    def close(self) -> None:
        """A blank row: nothing below continues what is above."""
        self._asked = self._before = None
        self._continued.begin(None)

    def leave_out(self, refusal: RefusedRow) -> None:
        """Refuse a row."""
        self._reading.rows += 1
        self._reading.refused.append(refusal)
        self.close()

    def add(self, index: int, row: Row) -> None:
        """Take in a row that shows something."""
        self._reading.rows += 1
        texts = self._texts(index, row)
        if isinstance(texts, RefusedRow):
            self._reading.refused.append(texts)
            self.close()
            return
        if self._may_repeat and self._asks_once_more(row, texts):
            return
        if all(texts):
            self._shifted.note(row)
        if all(texts) and not self._table.sheet.merged:  # quick: most rows show both themselves
            self._add_exchange(index, row, texts)
            self._continued.begin(row)
            return
        raw = self._table.raw(index)
        continues = self._continued.of(raw, row, is_open=self._is_open())
        if continues is None:
            self._add_exchange(index, row, texts)
            self._continued.begin(raw)
        elif self._continued.is_spoilt:
            self._refuse_continued(index, row)
        elif continues:
            self._join(index, raw, texts)
        else:
            self._refuse_both(index, row)
            self._continued.begin(raw, spoilt=True)

    def _asks_once_more(self, row: Row, texts: tuple[str, str]) -> bool:
        """Whether the row shows the case and the question above it once more; its answer is added.

        So a database lists the answers to one question, or the steps of a case, in their order or
        the newest first; of an answer that was revised the newest version counts. Where no column
        tells cases apart, a pair that comes again at the same moment is one.
        """
        header, before = self._table.header, self._asked
        if header.conversation is None:
            last_row, self._before = self._before, (texts, row)
            if last_row is None or last_row[0] != texts:
                return False
            return all(texts) and self._is_at_once(last_row[1], row)
        asked = (cell_at(row, header.conversation).strip(), texts[0])
        self._asked = asked if all((*asked, texts[1])) else None
        if self._asked is None or asked != before:
            return False
        last = self._reading.exchanges[-1]
        if texts[1] not in last.answer:
            own, first = header.moment_in(row), header.moment_in(last.original)
            newer_above = own is not None and first is not None and own < first
            parts = (texts[1], last.answer) if newer_above else (last.answer, texts[1])
            answer = parts[1] if is_revised(*parts) else " ".join(parts)
            self._reading.exchanges.replace_last(replace(last, answer=answer))
        return True

    def _is_at_once(self, above: Row, row: Row) -> bool:
        """Whether both rows show the same moment."""
        cells, others = (
            [cell_at(one, column).strip() for column in self._clocks] for one in (row, above)
        )
        return cells == others and any(map(_CLOCK.search, cells))

    def _texts(self, index: int, row: Row) -> tuple[str, str] | RefusedRow:
        """Question and answer; or the row refused for a broken template or for no answer to it."""
        header = self._table.header
        template = header.vendor.template if header.vendor else None
        shown = with_answer_below(row, header.first, header.second)
        found = []
        for column in (header.first, header.second):
            cell = cell_at(shown, column)
            text = template_text(cell, template) if template else cell
            if text is None:
                return refused(self._table, index, column, TEMPLATE, row)
            if ("<" in text or "&" in text) and has_markup(text):
                text = words_of(text)
            text = self._without_prefix[column](own_words(text))
            found.append(whole_mobile(self._clean.of(text)))
        if doubt := self._doubts.about(index, row, found[0], found[1]):
            cell = self._table.address(index, doubt.column)
            return RefusedRow(self._table.sheet.name, cell, doubt.reason, doubt.words, row)
        return found[0], found[1]

    def _is_open(self) -> bool:
        """Whether the exchange above has both sides, and so might go on."""
        last = self._reading.exchanges[-1] if self._reading.exchanges else None
        return bool(last and last.question and last.answer)

    def _join(self, index: int, raw: Row, texts: tuple[str, str]) -> None:
        last = self._reading.exchanges[-1]
        asked = cell_at(raw, self._table.header.first).strip()
        question = f"{last.question} {texts[0]}".strip() if asked else last.question
        answer = f"{last.answer} {texts[1]}".strip()
        cell = last.answer_cell
        if not last.answer:
            cell = self._table.address(index, self._table.header.second)
        self._reading.exchanges.replace_last(
            replace(
                last,
                question=question,
                answer=answer,
                answer_cell=cell,
                answer_original=None if last.answer else raw,
            )
        )

    def _refuse_both(self, index: int, row: Row) -> None:
        last, sheet = self._reading.exchanges.pop(), self._table.sheet.name
        words = ROW_WORDS[CONTINUED]
        self._reading.refused.append(
            RefusedRow(sheet, last.answer_cell, CONTINUED, words, last.original)
        )
        if last.conversation_id:
            self._turns[last.conversation_id] -= 1
        self._refuse_continued(index, row)

    def _refuse_continued(self, index: int, row: Row) -> None:
        place = (self._table.sheet.name, self._table.address(index, self._table.header.second))
        words = ROW_WORDS[CONTINUED]
        self._reading.refused.append(RefusedRow(*place, CONTINUED, words, row))

    def _add_exchange(self, index: int, row: Row, texts: tuple[str, str]) -> None:
        header, exchanges = self._table.header, self._reading.exchanges
        conversation = None
        if header.conversation is not None:
            conversation = clean_text(cell_at(row, header.conversation)) or None
        turn = self._turns[conversation] if conversation else 0
        if conversation:
            self._turns[conversation] += 1
            if header.times and (moment := header.moment_in(row)):
                self._note_time(conversation, moment)
        if all(texts):
            self._stretches.see(len(exchanges), row, *texts)
        elif texts[0]:
            self._empty.append(len(exchanges))
        exchanges.append(
            Exchange(
                sheet=self._table.sheet.name,
                question_cell=self._table.address(index, header.first),
                answer_cell=self._table.address(index, header.second),
                question=texts[0],
                answer=texts[1],
                conversation_id=conversation,
                turn_index=turn,
                original=row,
                known_values=self._whom_it_names(row, conversation),
            )
        )

    def _whom_it_names(self, row: Row, conversation: str | None) -> tuple[KnownValue, ...]:
        header, values = self._table.header, self._known.of(row)
        if header.vendor is None:
            return values
        if header.person is not None:
            values += self._people.of("person", clean_text(cell_at(row, header.person)))
        if conversation:
            values += self._people.of("conversation", conversation)
        return tuple(dict.fromkeys(values))

    def _note_time(self, conversation: str, moment: Moment) -> None:
        latest = self._latest.setdefault(conversation, moment)
        if len(latest) == len(moment):
            if moment < latest:
                self._not_by_time.add(conversation)
            else:
                self._latest[conversation] = moment

    def finished(self) -> PairsReading:
        """All that the table gave, the exchanges of a conversation numbered by their times."""
        moved = slipped_places(self._table, self._reading.exchanges, self._empty)
        refused = dict.fromkeys(moved, (STAND_APART, SLIPPED)) | self._stretches.refused()
        if refused or self._shifted.any():
            self._refuse_stretches(refused)
        if numbered := self._numbered_by_time():
            self._reading.exchanges = PackedList(
                replace(one, turn_index=numbered[place]) if place in numbered else one
                for place, one in enumerate(self._reading.exchanges)
            )
        return self._reading

    def _refuse_stretches(self, reasons: Mapping[int, tuple[str, Words]]) -> None:
        exchanges, self._reading.exchanges = self._reading.exchanges, PackedList()
        for place, one in enumerate(exchanges):
            if reason := reasons.get(place):
                place_in_file = (one.sheet, one.answer_cell, *reason)
                self._reading.refused.append(RefusedRow(*place_in_file, one.original))
            elif self._shifted.of(one.original):
                place_in_file = (one.sheet, one.question_cell, UNEVEN, SHIFTED_TEXTS)
                self._reading.refused.append(RefusedRow(*place_in_file, one.original))
            else:
                self._reading.exchanges.append(one)

    def _numbered_by_time(self) -> dict[int, int]:
        """Places of exchanges that stand out of the order of their times, and their turns."""
        found: dict[str, list[tuple[Moment | None, int, int]]] = defaultdict(list)
        for place, one in enumerate(self._reading.exchanges if self._not_by_time else ()):
            if one.conversation_id in self._not_by_time:
                moment = self._table.header.moment_in(one.original)
                found[one.conversation_id].append((moment, place, one.turn_index))
        numbered: dict[int, int] = {}
        for moments in found.values():
            said = [moment for moment, _, _ in moments]
            if None in said or len({len(one or ()) for one in said}) != 1:
                continue
            turns = sorted(turn for _, _, turn in moments)
            by_time = sorted(moments, key=lambda one: one[0] or ())
            numbered |= {place: turn for turn, (_, place, _) in zip(turns, by_time, strict=True)}
        return numbered


def _sides(table: Table, row: Row) -> tuple[str, str]:
    first, second = (cell_at(row, column) for column in (table.header.first, table.header.second))
    return first.strip(), second.strip()
