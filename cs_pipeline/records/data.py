"""Exports, shards and dataset versions."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from cs_pipeline.language import Words
from cs_pipeline.masked.placeholders import DEFAULT_FORM
from cs_pipeline.records.base import Record


def _as_it_is_called(severity: Any) -> Any:
    """Version 0.2.0 wrote `blocking`."""
    return "critical" if severity == "blocking" else severity


Severity = Annotated[Literal["critical", "warning"], BeforeValidator(_as_it_is_called)]
"""What a check that fails does: refuse the export, or warn; as Great Expectations calls it."""
Layout = Literal["qa", "turns", "transcript", "unread"]


class ExportFile(Record):
    """One claimed export. `name` is already masked; the bytes are at `uri`."""

    uri: str
    name: str
    sha256: str
    size_bytes: int


class ReadColumn(Record):
    """A column that was read: what as, its letters, its heading (masked where it is shown).

    `sentences` is the share of (a sample of) its filled cells that are sentences; None: it was not
    looked at.
    """

    use: str
    letters: str
    heading: str = ""
    sentences: float | None = None


class SheetReport(Record):
    """What was made of one sheet, or of one table where a sheet holds several.

    `header_row` is 1-based. `note` says why nothing was read, or what to know about what was.
    `columns` are those that were read, from left to right.
    """

    name: str
    layout: Layout
    header_row: int | None = None
    rows: int = 0
    exchanges: int = 0
    note: Words | None = None
    columns: tuple[ReadColumn, ...] = ()


class Finding(Record):
    """One expectation's outcome on an export; figures only, never a value from a cell.

    `figure` names what was measured (a column of `quality.figures`), `limit_words` says what it
    had to keep to.
    """

    expectation: str
    severity: Severity
    passed: bool
    measured: float | None = None
    limit: float | None = None
    figure: str | None = None
    limit_words: Words | None = None
    words: Words


class ValidationReport(Record):
    """Outcome of the validate step for one export.

    `quarantined` is the reason when the whole export was refused, else None.
    `refused` counts refused rows by reason; they are written to `refused_uri`. `page_uri` is a page
    with all of it for the data owner. `origin_sha256` is the export whose rows this one corrects;
    None: it corrects none.
    """

    export: ExportFile
    quarantined: str | None = None
    words: Words | None = None
    sheets: tuple[SheetReport, ...] = ()
    rows_read: int = 0
    exchanges: int = 0
    accepted: int = 0
    refused: dict[str, int] = Field(default_factory=dict)
    refused_uri: str | None = None
    findings: tuple[Finding, ...] = ()
    origin_sha256: str | None = None
    page_uri: str | None = None


class MaskedShard(Record):
    """A Parquet file of masked exchanges, named by the sha256 of the export it came from.

    `origin_sha256` is the export whose rows that one corrects; None: it corrects none.
    """

    export: ExportFile
    uri: str
    sha256: str
    rows: int
    refused_rows: int = 0
    entity_counts: dict[str, int] = Field(default_factory=dict)
    rule_counts: dict[str, int] = Field(default_factory=dict)
    origin_sha256: str | None = None


class DatasetFiles(Record):
    """The two CSVs of a dataset version. `sha256` covers the bytes of both.

    `placeholder_form` is how they write placeholders.
    """

    version_id: str
    sha256: str
    train_uri: str
    val_uri: str
    placeholder_form: str = DEFAULT_FORM


class DatasetVersion(DatasetFiles):
    """An immutable pair of CSVs in the folder `uri`.

    Four counts tell which exchanges of its shards are not in it: those that came before (case and
    punctuation aside), those that nearly did, answers that were repeated too often, and those that
    show a value which was masked elsewhere.
    `context_turns` is how many earlier exchanges of its conversation come with each row.
    """

    uri: str
    train_rows: int
    val_rows: int
    duplicates_removed: int
    near_duplicates_removed: int = 0
    boilerplate_removed: int = 0
    masking_misses: int = 0
    shards: int
    context_turns: int = 0
