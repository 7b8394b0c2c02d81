"""What an export would be read as, without taking it in: nothing is written."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cs_pipeline.errors import ExportError
from cs_pipeline.files import sha256_file
from cs_pipeline.packed_lists import PackedList, items_from
from cs_pipeline.pii.conversations import RESIDUAL_PII, ConversationMasker
from cs_pipeline.pii.detector import Detector
from cs_pipeline.pii.masker import mask_text
from cs_pipeline.records import Exchange, Finding, RefusedRow, SheetReport
from cs_pipeline.stages.installation import Installation

if TYPE_CHECKING:
    from cs_pipeline.intake.exchanges import ExportReading

# What the other turns of a conversation tell about a shown one; more are not masked for it.
_MOST_MASKED = 500


_FREE_HEADINGS = frozenset(("question", "answer", "text", "transcript", "time"))
"""Uses of columns whose headings may be any words; the others' are of known words alone."""


class ShownRow(NamedTuple):
    """One masked exchange and the cells it comes from."""

    question_cell: str
    answer_cell: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class InspectedTable:
    """One table, or a sheet without one. All text is masked."""

    report: SheetReport
    vendor: str | None = None
    refused: Counter[str] = field(default_factory=Counter)
    rows: tuple[ShownRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was seen of one export. `refusal` says why it would go to quarantine, else None.

    `warnings` are the failed checks that would not stop it.
    """

    name: str
    tables: tuple[InspectedTable, ...]
    warnings: tuple[Finding, ...]
    refusal: ExportError | None


def inspect_export(
    installation: Installation,
    path: Path,
    *,
    rows: int,
) -> Inspection:
    """Read, check and mask an export as a run would; show the first `rows` rows of each table.

    Raises:
        ExportError: the file cannot be read at all; its words hold the masked name.
        SettingsError: a file of the settings cannot be used.
    """
    intake, detector = installation.intake, installation.detector
    name = mask_text(path.stem, detector=detector) + path.suffix
    try:
        reading = intake.read(path)
    except ExportError as error:
        ko, en = (text.replace(path.name, name) for text in (error.words.ko, error.words.en))
        raise ExportError(error.reason, ko=ko, en=en) from None
    outcome = intake.check(reading, installation.earlier_profiles(sha256_file(path)))
    masker = installation.conversation_masker(salt="", people=reading.people)
    return Inspection(
        name=name,
        tables=tuple(_tables(reading, outcome.refused, masker, detector, rows)),
        warnings=tuple(
            item for item in outcome.findings if not item.passed and item.severity == "warning"
        ),
        refusal=outcome.refusal,
    )


def _tables(
    reading: "ExportReading",
    refused: Sequence[RefusedRow],
    masker: ConversationMasker,
    detector: Detector,
    rows: int,
) -> Iterator[InspectedTable]:
    reasons = {(row.sheet, row.cell): row.reason for row in refused}
    exchanges = iter(reading.exchanges)
    for report, found in zip(reading.sheets, reading.tables, strict=True):
        shown = masked_report(report, partial(mask_text, detector=detector))
        if found is None:
            yield InspectedTable(shown)
            continue
        counts: Counter[str] = Counter(found.refused)
        good: PackedList[Exchange] = PackedList()
        for exchange in islice(exchanges, found.exchanges):
            reason = _reason(exchange, reasons)
            if reason:
                counts[reason] += 1
            else:
                good.append(exchange)
        masked, residual = _first_rows(good, masker, rows)
        counts[RESIDUAL_PII] += residual
        vendor = found.table.header.vendor
        yield InspectedTable(
            shown,
            vendor.name if vendor else None,
            +counts,
            masked,
        )


def masked_report(report: SheetReport, mask: Callable[[str], str]) -> SheetReport:
    """The report with its name masked, and those headings that may hold more than known words."""
    columns = tuple(
        column.model_copy(update={"heading": mask(column.heading)})
        if column.use in _FREE_HEADINGS
        else column
        for column in report.columns
    )
    return report.model_copy(update={"name": mask(report.name), "columns": columns})


def _reason(exchange: Exchange, reasons: dict[tuple[str, str], str]) -> str | None:
    """Why the exchange was refused, or None."""
    for cell in (exchange.question_cell, exchange.answer_cell):
        if reason := reasons.get((exchange.sheet, cell)):
            return reason
    return None


def _first_rows(
    exchanges: Sequence[Exchange], masker: ConversationMasker, rows: int
) -> tuple[tuple[ShownRow, ...], int]:
    """The first rows, masked with what the rest of their conversations tells.

    Returns:
        The rows, and how many more would be refused as `residual_pii` and are not shown.
    """
    first = exchanges[:rows]
    wanted = {row.conversation_id for row in first if row.conversation_id}
    rest = (row for row in items_from(exchanges, rows) if row.conversation_id in wanted)
    together = [*first, *islice(rest, _MOST_MASKED)]
    masked, refused = masker.mask(together)
    reasons = {(row.sheet, row.cell): row.reason for row in refused}
    kept = [row for row in together if not _reason(row, reasons)]
    shown = [
        ShownRow(row.question_cell, row.answer_cell, question, answer)
        for row, question, answer in zip(kept, masked.inputs, masked.outputs, strict=True)
    ]
    hidden = sum(_reason(row, reasons) is not None for row in first)
    return tuple(shown[: len(first) - hidden]), hidden
