"""Refused rows that come back corrected: laid over the export that they were refused from.

That export is read anew with the corrected cells in place, by the same code and in whatever layout
it has, and what the corrections changed or made possible is taken. Rows that came back as they
were stay refused. A correction's own refused rows may be corrected again, and so on: then each
correction is laid over what the one before it left.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from cs_pipeline.intake.corrections.pages import Correction, correction_in
from cs_pipeline.intake.corrections.sheets import At, Laid, laid_over
from cs_pipeline.intake.exchanges import ExportReading, TableReading
from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.refusals import refusal
from cs_pipeline.intake.wording import corrected_words
from cs_pipeline.packed_lists import PackedList
from cs_pipeline.records import Exchange, RefusedRow, SheetReport

MOST_LINKS = 20
"""Corrections of corrections; each of them costs a reading of the whole export."""
Read = Callable[[Path], list[RawSheet]]
Understand = Callable[[Sequence[RawSheet]], ExportReading]
Find = Callable[[str], Path | None]


def read_correction(
    correction: Correction, file: str, *, find: Find, read: Read, understand: Understand
) -> ExportReading:
    """The exchanges that a correction changed or made possible, and its rows that stay refused.

    `rows_read` counts its corrected rows.

    Args:
        correction: what came back.
        file: its masked name, for messages.
        find: where the bytes with a sha256 lie now; None when they are gone.
        read: the sheets of a workbook (`read_workbook` with the installation's limits).
        understand: what sheets hold (`read_sheets` with the installation's layouts).

    Raises:
        ExportError: no cell was corrected (`nothing_corrected`), the export is gone
            (`origin_missing`) or can no longer be read, or `too_many_corrections`.
    """
    chain, sheets = _origin(correction, file, find, read)
    for earlier in reversed(chain[1:]):
        sheets = laid_over(sheets, understand(sheets), earlier).sheets
    before = understand(sheets)
    laid = laid_over(sheets, before, correction)
    if not laid.corrected:
        raise refusal("nothing_corrected", file)
    return _taken(before, understand(laid.sheets), laid, chain[-1].origin_sha256)


def _origin(
    correction: Correction, file: str, find: Find, read: Read
) -> tuple[list[Correction], list[RawSheet]]:
    """The chain of corrections, newest first, and the sheets of the export at its end."""
    chain = [correction]
    while len(chain) <= MOST_LINKS:
        path = find(chain[-1].origin_sha256)
        if path is None:
            raise refusal("origin_missing", file)
        sheets = read(path)
        earlier = correction_in(sheets, file)
        if earlier is None:
            return chain, sheets
        chain.append(earlier)
    raise refusal("too_many_corrections", file)


def _taken(before: ExportReading, after: ExportReading, laid: Laid, root: str) -> ExportReading:
    """What the corrected sheets hold more than the sheets did."""
    # Eight bytes each, as `quality.figures` tells pairs apart: a million texts take too much.
    known = {hash(_said(exchange)) for exchange in before.exchanges}
    taken = PackedList(
        exchange
        for exchange in after.exchanges
        if hash(_said(exchange)) not in known or not laid.corrected.isdisjoint(_places([exchange]))
    )
    done = set(_places(taken))
    were = {(row.sheet, row.cell) for row in before.refused}
    again = [
        row
        for row in after.refused
        if (row.sheet, row.cell) in laid.corrected or (row.sheet, row.cell) not in were
    ]
    settled = done | laid.corrected
    refused = [*again, *(row for row in laid.left if (row.sheet, row.cell) not in settled)]
    conversations = {row.conversation_id for row in taken if row.conversation_id is not None}
    tables = list(_tables(after, done, laid, refused))
    return replace(
        after,
        sheets=tuple(report for report, _ in tables),
        tables=tuple(table for _, table in tables),
        rows_read=laid.rows.total(),
        exchanges=taken,
        refused=refused,
        origin_sha256=root,
        # A log without numbers is one conversation: all of a million rows.
        conversations=PackedList(
            row
            for row in after.exchanges
            if row.conversation_id in conversations or (row.sheet, row.question_cell) in done
        ),
    )


def _said(exchange: Exchange) -> tuple[str, ...]:
    return (
        exchange.sheet,
        exchange.question_cell,
        exchange.answer_cell,
        exchange.question,
        exchange.answer,
    )


def _places(exchanges: Iterable[Exchange]) -> Iterator[At]:
    for exchange in exchanges:
        yield exchange.sheet, exchange.question_cell
        yield exchange.sheet, exchange.answer_cell


def _tables(
    after: ExportReading, done: set[At], laid: Laid, refused: Iterable[RefusedRow]
) -> Iterator[tuple[SheetReport, TableReading]]:
    """The tables that were corrected; a sheet's corrected rows count in its first table."""
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for row in refused:
        reasons[row.sheet][row.reason] += 1
    counts, exchanges = Counter(laid.rows), iter(after.exchanges)
    for report, table in zip(after.sheets, after.tables, strict=True):
        if table is None:
            continue
        of_table = islice(exchanges, table.exchanges)
        taken = sum((row.sheet, row.question_cell) in done for row in of_table)
        corrected = counts.pop(report.name, 0)
        if not corrected and not taken:
            continue
        note = corrected_words(laid.replaced[report.name])
        yield (
            report.model_copy(update={"rows": corrected, "exchanges": taken, "note": note}),
            replace(table, exchanges=taken, refused=reasons.pop(report.name, Counter())),
        )
