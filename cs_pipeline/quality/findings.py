"""Outcomes of checks as records: findings on the export, refused rows."""

from collections.abc import Sequence
from typing import NamedTuple

from cs_pipeline.quality.comparison import Comparison
from cs_pipeline.quality.rules import Check, Rule
from cs_pipeline.quality.wording import export_words, limit_words, row_words, rows_words
from cs_pipeline.records import Exchange, Finding, RefusedRow, Severity


class Seen(NamedTuple):
    """What the words of a finding need to know of the export: its two columns, what it is like."""

    columns: tuple[str, str]
    comparison: Comparison | None = None


def row_findings(checks: Sequence[Check], refused: Sequence[int], rows: int) -> list[Finding]:
    """One finding a rule; its figure is the share of `rows` that are refused for it.

    `refused` counts those by check.
    """
    counts = dict.fromkeys((check.rule for check in checks), 0)
    for check, count in zip(checks, refused, strict=True):
        counts[check.rule] += count
    return [
        Finding(
            expectation=rule.reason,
            severity=_severity(rule),
            passed=count == 0,
            measured=count / rows,
            limit=0.0,
            figure="is_refused",
            words=rows_words(rule, count),
        )
        for rule, count in counts.items()
    ]


def export_finding(rule: Rule, passed: bool, measured: float | None, seen: Seen) -> Finding:
    """What a rule on the export as a whole found."""
    return Finding(
        expectation=rule.reason,
        severity=_severity(rule),
        passed=passed,
        measured=measured,
        limit=rule.most if rule.least is None else rule.least,
        figure=rule.figures[0] if rule.figures else None,
        limit_words=limit_words(rule) if rule.figures else None,
        words=export_words(
            rule,
            passed=passed,
            measured=measured,
            columns=seen.columns,
            comparison=seen.comparison,
        ),
    )


def refused_row(exchange: Exchange, check: Check) -> RefusedRow:
    """A row that fails a check, with the cell that it is about."""
    on_answer = check.figure.startswith("answer")
    return RefusedRow(
        sheet=exchange.sheet,
        cell=exchange.answer_cell if on_answer else exchange.question_cell,
        reason=check.rule.reason,
        words=row_words(check.rule, on_answer=on_answer),
        original=exchange.original,
    )


def _severity(rule: Rule) -> Severity:
    return "critical" if rule.severity == "critical" else "warning"
