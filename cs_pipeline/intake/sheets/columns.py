"""Which row of a sheet names its columns, and which column holds what."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from cs_pipeline.intake.files.workbook import MergedRange
from cs_pipeline.intake.sheets.asides import aside_columns
from cs_pipeline.intake.sheets.body import Body, sample_of
from cs_pipeline.intake.sheets.business_days import goes_past_midnight
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.column_pairs import Pair, Told
from cs_pipeline.intake.sheets.cut_answers import fuller_column
from cs_pipeline.intake.sheets.cut_texts import cut_texts
from cs_pipeline.intake.sheets.grouped_headings import joined, spanned
from cs_pipeline.intake.sheets.head_rows import HEADER_ROWS
from cs_pipeline.intake.sheets.header import Header, Layout, Row
from cs_pipeline.intake.sheets.headings import SURE, Heading, candidates
from cs_pipeline.intake.sheets.interim_results import interim_results
from cs_pipeline.intake.sheets.layouts import Layouts, Vendor, load_layouts
from cs_pipeline.intake.sheets.mailboxes import mail_text, mailbox_of
from cs_pipeline.intake.sheets.message_events import MessageEvents, message_events
from cs_pipeline.intake.sheets.message_versions import MessageVersions, message_versions
from cs_pipeline.intake.sheets.moments import counts_up, tells_zone
from cs_pipeline.intake.sheets.named_sides import named_sides
from cs_pipeline.intake.sheets.pair_times import pair_times
from cs_pipeline.intake.sheets.personal import personal_columns
from cs_pipeline.intake.sheets.plain_questions import plain_pair, titled_pair
from cs_pipeline.intake.sheets.revised_answers import revised_answers
from cs_pipeline.intake.sheets.roles import (
    DAY_PARTS,
    asked_pair,
    is_staggered,
    opening_column,
    order_columns,
    time_columns,
    transcript_column,
)
from cs_pipeline.intake.sheets.spread_turns import spread_turns
from cs_pipeline.intake.sheets.table_names import holds_questions, without_table_name
from cs_pipeline.intake.sheets.threads import (
    Thread,
    are_memos,
    conversations_of,
    mixes,
)
from cs_pipeline.intake.sheets.told_columns import shown_pair, told_pair
from cs_pipeline.intake.sheets.unsent import unsent_columns

COVER_ROWS = 60
"""As far down as this a header is found that nobody can mistake: sure words above sentences."""
# A product's own headings are surer than any two words.
_VENDOR_SCORE = 100
_LONGEST_HEADING = 40
_STRAY_SHARE = 0.1


Below = Callable[[int], Sequence[Row]]
"""Rows (a sample of them) below the one with this 0-based index."""


def find_header(
    rows: Sequence[Row],
    layouts: Layouts | None = None,
    merged: Sequence[MergedRange] = (),
    below: Below | None = None,
) -> Header | None:
    """The surest header in the first 20 rows (the upper one of equals), or None.

    Below a long cover, up to row 60, only a header with two sure headings over sentences counts.

    Args:
        rows: the sheet's rows from its first one on.
        layouts: words and products to know; None: the built-in ones.
        merged: merged ranges; where a row has none, a heading counts for blank cells on its right.
        below: what the columns hold; None: the rows themselves.
    """
    layouts = layouts or load_layouts()
    below = below or (lambda index: sample_of(rows, index + 1))
    merged = [one for one in merged if one[0] < COVER_ROWS]
    head = rows[: COVER_ROWS + 1]
    found = [
        pair
        for index in range(min(HEADER_ROWS, len(rows)))
        for pair in _headers_at(index, head, layouts, merged, below)
    ]
    if not found:
        found = [
            pair
            for index in range(HEADER_ROWS, min(COVER_ROWS, len(rows)))
            for pair in _headers_at(index, head, layouts, merged, below)
            if is_unmistakable(*pair)
        ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def is_heading_row(row: Row, layouts: Layouts) -> bool:
    """Whether the row names two columns for sure: question and answer, or speaker and text."""
    labels = [label_of(cell) if len(cell) <= _LONGEST_HEADING else "" for cell in row]
    filled = [label for label in labels if label]
    if len(filled) < 2 or any(label.isdigit() for label in filled):
        return False
    headings, known = [(label,) for label in labels], layouts.headings
    for one, other in ((known.question, known.answer), (known.speaker, known.text)):
        left = {found.column for found in candidates(headings, one) if found.score >= SURE}
        right = {found.column for found in candidates(headings, other) if found.score >= SURE}
        if left and right and len(left | right) > 1:
            return True
    return False


def is_unmistakable(score: int, header: Header) -> bool:
    """Two sure headings, none of a single letter, above sentences."""
    level = header.labels[-1]
    looks = [header.looks[header.second]]
    if header.layout == "qa":
        looks.append(header.looks[header.first])
    return (
        score >= 2 * SURE
        and all(len(cell_at(level, column)) > 1 for column in (header.first, header.second))
        and all(look.holds == "sentences" for look in looks)
    )


def _headers_at(
    index: int,
    rows: Sequence[Row],
    layouts: Layouts,
    merged: Sequence[MergedRange],
    below: Below,
) -> Iterator[tuple[int, Header]]:
    """Scores and headers whose top is this row: a product's, a two-level or a plain one."""
    labels = [label_of(cell) for cell in rows[index]]
    if not any(labels):
        return
    for vendor in layouts.vendors:
        if header := _vendor_header(index, labels, vendor, Body(partial(below, index), layouts)):
            yield _VENDOR_SCORE, header
            return
    if index + 1 < len(rows):
        lower = [label_of(cell) for cell in rows[index + 1]]
        if above := spanned(index, labels, lower, merged):
            headings = [joined(*pair) for pair in zip(above, lower, strict=True)]
            body = Body(partial(below, index + 1), layouts)
            if found := _named(index + 1, headings, body, (labels, lower)):
                yield found
                return
    body = Body(partial(below, index), layouts)
    if found := _named(index, [(label,) for label in labels], body, (labels,)):
        yield found
    elif cells := without_table_name(rows[index]):
        headings = [(label_of(cell),) for cell in cells]
        if (found := _named(index, headings, body, (labels,))) and holds_questions(found[1], body):
            yield found


def _vendor_header(index: int, labels: Sequence[str], vendor: Vendor, body: Body) -> Header | None:
    """The product's header, or None when one of its two columns is missing."""
    columns = {
        role: next(column for column, label in enumerate(labels) if label in names)
        for role, names in vendor.columns.items()
        if names & set(labels)
    }
    first, second = vendor.pair
    if first not in columns or second not in columns:
        return None
    layout: Layout = "qa" if first == "question" else "turns"
    named, taken = [(label,) for label in labels], set(columns.values())
    return Header(
        layout=layout,
        row=index,
        first=columns[first],
        second=columns[second],
        thread=Thread(columns["conversation"]) if "conversation" in columns else None,
        labels=(tuple(labels),),
        personal=_personal(named, body.layouts, taken=taken),
        private=aside_columns(named, body, taken) if layout == "turns" else (),
        unsent=unsent_columns(named, body, taken, columns[first]) if layout == "turns" else (),
        person=columns.get("person"),
        times=(columns["time"],) if "time" in columns else (),
        looks={columns[role]: body.look(columns[role]) for role in (first, second)},
        vendor=vendor,
    )


def _named(
    index: int, headings: Sequence[Heading], body: Body, levels: tuple[Sequence[str], ...]
) -> tuple[int, Header] | None:
    """Score and header, or None when headings and cells tell no pair of columns.

    `index` is the lowest row of headings, `levels` the labels in each of the header's rows.
    """
    chosen = _chosen(headings, body)
    if spread := spread_turns(headings, body, chosen[2:4] if chosen else ()):
        chosen = ("transcript", SURE, spread[0][1], spread[0][1], "role")
    if chosen is None:
        return None
    layout, score, first, second, tells = chosen
    taken = {first, second}
    personal = _personal(headings, body.layouts, taken={second} if tells == "mail" else taken)
    thread, board = conversations_of(
        headings, body, (first, second), tells, personal, turns=layout == "turns"
    )
    if tells == "name" and are_memos(body.cells(second)):
        return None  # agents' notes of what was said, and who wrote each
    if tells == "way" and not mixes(body, first, thread):
        return None  # which way a call went, not who says a sentence of it
    column = None if thread is None else thread.column
    aside = taken if column is None else {*taken, column}
    times = time_columns(headings, body, aside)
    found = Header(
        layout=layout,
        row=index,
        first=first,
        second=second,
        thread=thread,
        labels=tuple(map(tuple, levels)),
        personal=personal,
        sides=named_sides(headings, personal, body),
        times=times,
        counts_up=len(times) == 1 and counts_up(body.cells(times[0])),
        past_midnight=goes_past_midnight(headings, body, times),
        mixes_zones=len({tells_zone(cell) for one in times[:1] for cell in body.cells(one)}) > 1,
        orders=order_columns(headings, body, aside, first, column) if layout == "turns" else (),
        private=aside_columns(headings, body, aside) if layout == "turns" else (),
        unsent=unsent_columns(headings, body, taken, first) if layout == "turns" else (),
        versions=_versions(headings, body, aside, first) if layout == "turns" else None,
        interim=interim_results(headings, body, first, second) if layout == "turns" else None,
        pair_times=pair_times(headings, body, first, second) if layout == "qa" else None,
        fuller=fuller_column(body, first, second) if layout == "qa" else None,
        revised=revised_answers(headings, body, second) if layout == "qa" else None,
        cut=None
        if layout == "transcript"
        else cut_texts([cell_at(one, second) for one in body.rows]),
        spread=spread,
        opening=opening_column(headings, body, second) if layout == "transcript" else -1,
        tells=tells,
        board=board,
        closed=len(body.cells(len(headings))) <= _STRAY_SHARE * len(body.rows),
        looks={column: body.look(column) for column in (first, second)},
    )
    if found.is_by_day and not _say_day(times, body):
        return None  # an answer of another day may be to something else
    return score, found


def _versions(
    headings: Sequence[Heading], body: Body, taken: set[int], speaker: int
) -> MessageVersions | MessageEvents | None:
    """The columns that tell what became of messages: newer versions of them, or events."""
    numbered = message_versions(headings, body, taken, speaker)
    return numbered or message_events(headings, body, taken)


def _say_day(times: Sequence[int], body: Body) -> bool:
    """Whether the column of times says on which day, too."""
    return any(len(moment) == DAY_PARTS for column in times[:1] for moment in body.moments(column))


def _chosen(headings: Sequence[Heading], body: Body) -> tuple[Layout, int, int, int, Told] | None:
    """Layout, score, the two columns, and how the first tells who speaks."""
    known = body.layouts.headings
    asked, told = asked_pair(headings, known, body), told_pair(headings, known, body)
    if asked or told is None or told.tells == "name":
        whole = transcript_column(headings, known, body)
        if whole is not None and (asked is None or whole in (asked.first, asked.second)):
            return "transcript", SURE, whole, whole, "role"
    if asked is None and (text := mail_text(headings, known, body)) is not None:
        box = mailbox_of(headings, body)
        return ("turns", 2 * SURE, box.column, text, "mail") if box else None
    if asked is None and (told is None or told.tells in ("name", "way")):
        told = shown_pair(headings, body) or told
    if told and (asked is None or told_rather(asked, told, body)):
        return "turns", told.score, told.first, told.second, told.tells
    if asked and is_staggered(asked, body, headings):
        return "turns", asked.score, asked.first, asked.second, "column"
    asked = asked or titled_pair(headings, known, body) or plain_pair(headings, known, body)
    if asked:
        return "qa", asked.score, asked.first, asked.second, "role"
    return None


def told_rather(asked: Pair, told: Pair, body: Body) -> bool:
    """Whether a sheet that could be read either way has one row an utterance."""
    if told.tells in ("name", "way") or not body.cells(told.first):
        return False
    shared = told.second in (asked.first, asked.second)
    if shared and (told.tells in ("incoming", "outgoing") or body.speakers(told.first).both_sides):
        return True
    if told.score <= 2 * SURE and "agent" not in body.speakers(told.first).roles:
        return False  # what kind of customer, or which desk, beside what was asked
    return told.score > asked.score


def _personal(headings: Sequence[Heading], layouts: Layouts, taken: set[int]) -> dict[int, str]:
    """Entity types of the personal columns; a heading of its own goes before a joined one."""
    found: dict[int, str] = {}
    for level in (0, -1):
        labels = [heading[level] for heading in headings]
        found = personal_columns(labels, layouts.personal) | found
    return {column: kind for column, kind in found.items() if column not in taken}
