"""The figures of a report: read from the run's folder, worked out from its record."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from cs_pipeline.numbers import finite
from cs_pipeline.profiles.drift import jensen_shannon_distance
from cs_pipeline.records import (
    DataProfile,
    DatasetVersion,
    Finding,
    Record,
    RunRecord,
    TrainResult,
    ValidationReport,
)
from cs_pipeline.report.text import printable

Point = dict[str, float]
"""One line of `metrics.jsonl`: key -> finite figure; always has `step`."""
Series = list[tuple[float, float]]
"""(step, value), by step."""


def read_points(metrics: Path) -> list[Point]:
    """The finite figures of each line of `metrics`, by step; a line without any is left out."""
    if not metrics.is_file():
        return []
    lines = metrics.read_text(encoding="utf-8", errors="replace").splitlines()
    points = [point for line in lines if len(point := _point(line)) > 1 and "step" in point]
    return sorted(points, key=lambda point: point["step"])


def _point(line: str) -> Point:
    try:
        values = json.loads(line)
    except ValueError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {key: value for key, value in values.items() if finite(value) is not None}


def series(points: Sequence[Point], key: str) -> Series:
    """The curve of one figure."""
    return [(point["step"], point[key]) for point in points if key in point]


class Sample(NamedTuple):
    """A validation question with its real answer and what the models say; masked text.

    `context` is what was said before it: questions and answers in turn.
    """

    question: str
    reference: str
    champion: str | None
    candidate: str
    context: tuple[str, ...] = ()


def read_samples(path: Path) -> list[Sample]:
    """The sample questions of `samples.json`; none when it is missing, damaged ones left out."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    samples = [_sample(entry) for entry in entries] if isinstance(entries, list) else []
    return [sample for sample in samples if sample is not None]


def _sample(entry: Any) -> Sample | None:
    entry = entry if isinstance(entry, dict) else {}
    texts = [_clean(entry.get(name)) for name in ("question", "reference", "champion", "candidate")]
    context = entry.get("context", [])
    turns = [_clean(turn) for turn in context] if isinstance(context, list) else [None]
    match texts:
        case [str(question), str(reference), champion, str(candidate)] if None not in turns:
            return Sample(question, reference, champion, candidate, tuple(map(str, turns)))
    return None


def _clean(text: Any) -> str | None:
    return printable(text) if isinstance(text, str) else None


def data_figures(run: RunRecord) -> dict[str, Any]:
    """Rows read, refused rows by reason (in the order of `run.reports`) and masked entities."""
    shards = {shard.export.sha256: shard for shard in run.shards}
    masked: Counter[str] = Counter()
    by_rule: Counter[str] = Counter()
    refused = [Counter(report.refused) for report in run.reports]
    for report, counts in zip(run.reports, refused, strict=True):
        if shard := shards.get(report.export.sha256):
            counts["residual_pii"] += shard.refused_rows
    for shard in run.shards:
        masked.update(shard.entity_counts)
        by_rule.update(shard.rule_counts)
    return {
        "shards": shards,
        "masked": masked,
        "by_rule": by_rule,
        "refused": [+counts for counts in refused],
        "warnings": [_warnings(report) for report in run.reports],
        "rows_read": sum(report.rows_read for report in run.reports if not report.quarantined),
        "rows_refused": sum(
            counts.total()
            for report, counts in zip(run.reports, refused, strict=True)
            if not report.quarantined
        ),
    }


def _warnings(report: ValidationReport) -> list[Finding]:
    """Findings that say more than the refused rows and the reason of a quarantine do."""
    return [
        finding
        for finding in report.findings
        if not finding.passed
        and finding.expectation not in report.refused
        and finding.words != report.words
    ]


class Change(NamedTuple):
    """One figure of a dataset, in the last version and in this one."""

    name: str
    before: float
    now: float


def dataset_changes(
    run: RunRecord, previous: DatasetVersion | None, profile: DataProfile | None
) -> list[Change]:
    """This dataset against the last one; what is not known of both is left out."""
    now = run.result.profile if run.result else None
    changes = []
    if previous is not None and run.dataset is not None:
        before, after = previous, run.dataset
        rows = (before.train_rows + before.val_rows, after.train_rows + after.val_rows)
        changes += [
            Change("rows", *rows),
            Change("duplicates", before.duplicates_removed, after.duplicates_removed),
        ]
    if profile is not None and now is not None:
        changes += [
            Change("duplicate_share", profile.duplicate_share, now.duplicate_share),
            Change("question_characters", profile.question_characters, now.question_characters),
            Change("answer_characters", profile.answer_characters, now.answer_characters),
        ]
    return [change for change in changes if None not in (finite(change[1]), finite(change[2]))]


def vocabulary_shift(before: DataProfile | None, now: DataProfile | None) -> float | None:
    """Jensen-Shannon distance of two word distributions: 0 (the same) to 1 (none in common)."""
    if before is None or now is None or len(before.word_buckets) != len(now.word_buckets):
        return None
    if not now.word_buckets:
        return None
    return jensen_shannon_distance(before.word_buckets, now.word_buckets)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of both models; `better` says which way is better, None when neither is."""

    name: str
    champion: float | None
    candidate: float | None
    digits: int
    better: Literal["lower", "higher"] | None
    comparable: bool = True

    @property
    def change(self) -> float | None:
        """Candidate minus live model; None where that means nothing."""
        if not self.comparable or self.champion is None or self.candidate is None:
            return None
        return self.candidate - self.champion

    @property
    def tone(self) -> str:
        """`good`, `bad`, or nothing when no difference can be seen."""
        if self.better is None or self.change is None or round(self.change, self.digits + 2) == 0:
            return ""
        return "good" if (self.change < 0) == (self.better == "lower") else "bad"


_MEASURES: tuple[tuple[str, int, Literal["lower", "higher"] | None], ...] = (
    ("loss_nats_per_token", 4, "lower"),
    ("perplexity", 2, "lower"),
    ("bits_per_character", 4, "lower"),
    ("chrf", 2, "higher"),
    ("length_ratio", 2, None),
    ("distinct_1", 3, None),
    ("distinct_2", 3, None),
    ("stop_rate", 3, "higher"),
    ("repetition_rate", 3, "lower"),
    ("empty_rate", 3, "lower"),
)
_PER_TOKEN = ("loss_nats_per_token", "perplexity")


def measures(result: TrainResult) -> list[Measure]:
    """Loss and generation of both models, one row a figure that at least one of them has.

    Figures per token are not compared between models with different tokenizers.
    """
    champion = result.champion
    same_tokens = champion is None or champion.tokenizer_sha256 == result.tokenizer_sha256
    ours: tuple[Record | None, ...] = (result.candidate, result.generation)
    theirs: tuple[Record | None, ...] = (
        (champion.score, champion.generation) if champion else (None, None)
    )
    rows = [
        Measure(
            name=name,
            champion=_measured(theirs, name),
            candidate=_measured(ours, name),
            digits=digits,
            better=better,
            comparable=same_tokens or name not in _PER_TOKEN,
        )
        for name, digits, better in _MEASURES
    ]
    return [row for row in rows if row.champion is not None or row.candidate is not None]


def _measured(records: Sequence[Record | None], name: str) -> float | None:
    values = (finite(getattr(record, name, None)) for record in records)
    return next((value for value in values if value is not None), None)
