"""What the steps hand to each other.

`Record`s cross process borders (XCom, JSON files): ids, URIs, counts and hashes, never text.
The slotted dataclasses at the end hold customer text; they live in memory only, are no `Record`s
and keep their text out of `repr`, so that no log line or traceback can show it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field

from cs_pipeline.language import Words
from cs_pipeline.placeholders import DEFAULT_FORM

Severity = Literal["blocking", "warning"]
Decision = Literal["promote", "reject", "hold"]
Outcome = Literal["passed", "failed", "hold"]
Layout = Literal["qa", "turns", "unread"]

LN2 = 0.6931471805599453


class Record(BaseModel):
    """A frozen value that travels as JSON (`model_dump(mode="json")`, `model_validate`)."""

    # NaN, which a failed training may leave, is no JSON number: it travels as the string "NaN".
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")


class ExportFile(Record):
    """One claimed export. `name` is already masked; the bytes are at `uri`."""

    uri: str
    name: str
    sha256: str
    size_bytes: int


class SheetReport(Record):
    """What was made of one sheet. `header_row` is 1-based; `note` says why a sheet was not read."""

    name: str
    layout: Layout
    header_row: int | None = None
    rows: int = 0
    exchanges: int = 0
    note: Words | None = None


class Finding(Record):
    """One expectation's outcome on an export; figures only, never a value from a cell."""

    expectation: str
    severity: Severity
    passed: bool
    measured: float | None = None
    limit: float | None = None
    words: Words


class ValidationReport(Record):
    """Outcome of the validate step for one export.

    `quarantined` is the reason when the whole export was refused, else None.
    `refused` counts refused rows by reason; they are written to `refused_uri`.
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


class MaskedShard(Record):
    """A Parquet file of masked exchanges, named by the sha256 of the export it came from."""

    export: ExportFile
    uri: str
    sha256: str
    rows: int
    refused_rows: int = 0
    entity_counts: dict[str, int] = Field(default_factory=dict)
    rule_counts: dict[str, int] = Field(default_factory=dict)


class DatasetVersion(Record):
    """An immutable pair of CSVs in the folder `uri`. `sha256` covers the bytes of both.

    `placeholder_form` is how the CSVs write placeholders.
    """

    version_id: str
    sha256: str
    uri: str
    train_uri: str
    val_uri: str
    train_rows: int
    val_rows: int
    duplicates_removed: int
    shards: int
    placeholder_form: str = DEFAULT_FORM


class Score(Record):
    """Answer loss on a set of rows: `nats` summed over `scored_tokens` answer tokens.

    `characters` counts the answer characters that those tokens spell, so that models with
    different tokenizers can be compared in bits per character. The two means are written out for
    readers of the JSON and worked out anew on reading.
    """

    model_config = ConfigDict(extra="ignore")

    rows: int
    nats: float
    scored_tokens: int
    characters: int

    @computed_field  # type: ignore[prop-decorator]
    @property
    def loss_nats_per_token(self) -> float | None:
        """Mean loss over scored tokens; None when nothing was scored."""
        return self.nats / self.scored_tokens if self.scored_tokens else None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def bits_per_character(self) -> float | None:
        """Loss in bits over answer characters; None when nothing was scored."""
        return self.nats / LN2 / self.characters if self.characters else None


class ChampionScore(Record):
    """The live model on the same rows. `score` is None and `problem` set if it cannot be loaded."""

    version_id: str
    tokenizer_sha256: str | None = None
    score: Score | None = None
    problem: Words | None = None


class TrainResult(Record):
    """What the trainer leaves in `result.json`, written last: without it there was no training."""

    run_id: str
    dataset_version: str
    dataset_sha256: str
    base_model: str
    recipe: dict[str, Any]
    checkpoint_uri: str
    checkpoint_files: dict[str, str]
    tokenizer_sha256: str
    candidate: Score
    champion: ChampionScore | None = None
    train_rows: int
    steps: int
    train_loss_nats_per_token: float | None
    train_seconds: float
    tokens_per_second: float
    padding_share: float
    device: str
    started_at: datetime
    finished_at: datetime


class Reason(Record):
    """One gate rule's outcome, in figures and in words."""

    rule: str
    outcome: Outcome
    measured: float | None = None
    limit: float | None = None
    words: Words


class Verdict(Record):
    """The gate's decision about one run's candidate."""

    run_id: str
    decision: Decision
    dataset_version: str
    dataset_sha256: str
    reasons: tuple[Reason, ...]
    decided_at: datetime


class ModelVersion(Record):
    """One immutable model in the store, as `live.json` points at it."""

    version_id: str
    uri: str
    manifest_sha256: str
    run_id: str
    dataset_version: str
    base_model: str
    loss_nats_per_token: float | None
    previous_version_id: str | None = None
    promoted_at: datetime


RunStatus = Literal["promoted", "rejected", "held", "refused", "nothing_to_do", "failed"]


class RunRecord(Record):
    """One run from end to end; what the history shows. Missing parts were not reached."""

    run_id: str
    status: RunStatus
    finished_at: datetime
    options: dict[str, Any] = Field(default_factory=dict)
    reports: tuple[ValidationReport, ...] = ()
    shards: tuple[MaskedShard, ...] = ()
    dataset: DatasetVersion | None = None
    result: TrainResult | None = None
    verdict: Verdict | None = None
    model: ModelVersion | None = None


@dataclass(frozen=True, slots=True)
class PiiSpan:
    """One finding: code points `start` (inclusive) to `end` (exclusive) of the given text.

    `entity_type` is a key of `cs_pipeline.placeholders.PLACEHOLDERS`; `score` lies in (0, 1];
    `rule` names what found it.
    """

    start: int
    end: int
    entity_type: str
    score: float
    rule: str = ""


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A value that is known to belong to somebody in the conversation. Memory only."""

    entity_type: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One customer question and the answer that followed. Unmasked: memory only.

    `question_cell` and `answer_cell` are A1-style addresses on `sheet`; `original` holds the cells
    of the row that the exchange came from, for the refused-rows workbook. `known_values` are what
    the row's other columns (customer, phone, id) say about the people in it.
    """

    sheet: str
    question_cell: str
    answer_cell: str
    question: str = field(repr=False)
    answer: str = field(repr=False)
    conversation_id: str | None = field(default=None, repr=False)
    turn_index: int = 0
    original: tuple[str, ...] = field(default=(), repr=False)
    known_values: tuple[KnownValue, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that does not go on, and why. Unmasked: memory and the restricted quarantine only."""

    sheet: str
    cell: str
    reason: str
    words: Words
    original: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class MaskedExchanges:
    """Exchanges after masking; parallel columns, one entry an exchange.

    Only `cs_pipeline.pii.conversations` makes these, and shards are written from nothing else.
    `conversation_ids` are salted digests, never the export's own ids; `rules` names the rules that
    found something in the exchange.
    """

    inputs: tuple[str, ...] = field(repr=False)
    outputs: tuple[str, ...] = field(repr=False)
    conversation_ids: tuple[str, ...] = field(repr=False)
    turn_indexes: tuple[int, ...] = field(repr=False)
    rules: tuple[tuple[str, ...], ...]
    entity_counts: dict[str, int]
    rule_counts: dict[str, int]
