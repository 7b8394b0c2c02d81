"""Great Expectations suites on an export's exchanges. The only module that imports it.

Two suites run on figures alone (see `figures`): one finds the rows to refuse, one judges the
export as a whole. An expectation's `meta["reason"]` is its stable identifier, its severity says
what a failure means: `critical` stops the export, `warning` is reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cs_pipeline.errors import CsPipelineError
from cs_pipeline.quality.figures import COLUMNS, figures_of
from cs_pipeline.quality.wording import export_words, row_words, rows_words
from cs_pipeline.records import Exchange, Finding, RefusedRow

if TYPE_CHECKING:
    import pandas as pd

MAX_DUPLICATE_SHARE = 0.5
MAX_REFUSED_SHARE = 0.2
MIN_HANGUL_SHARE = 0.3
MAX_ASKS_MORE = 0.3
"""Answers may end like a question in this much larger a share of the rows than questions do."""
MIN_ROWS_FOR_SWAP = 20
NO_VALUES = {
    "result_format": "COMPLETE",
    "include_unexpected_rows": False,
    "return_unexpected_index_query": False,
}


@dataclass(frozen=True, slots=True)
class QualityOutcome:
    """What goes on and what does not.

    `findings` tells every expectation's outcome, by its reason; the row rules count as warnings
    there, because a refused row does not stop its export. `blocking` is the first failed finding
    that does; its `expectation` is the reason to quarantine the export with.
    """

    accepted: list[Exchange] = field(repr=False)
    refused: list[RefusedRow] = field(repr=False)
    findings: tuple[Finding, ...]
    blocking: Finding | None


@dataclass(frozen=True, slots=True)
class _Rule:
    """`column` has to lie within `least`..`most`: in every row, or on average over the export."""

    reason: str
    column: str
    least: float | None = None
    most: float | None = None
    severity: str = "warning"
    below_most: bool = False
    """True: `most` itself is too much."""

    def bounds(self) -> dict[str, Any]:
        """The rule as Great Expectations arguments."""
        return {
            "column": self.column,
            "min_value": self.least,
            "max_value": self.most,
            "strict_max": self.below_most,
            "severity": self.severity,
            "meta": {"reason": self.reason},
        }


_COMPLETE = _Rule("columns_missing", "", severity="critical")
_EXPORT_RULES = (
    _Rule("nothing_left", "is_refused", most=1, severity="critical", below_most=True),
    _Rule("mostly_refused", "is_refused", most=MAX_REFUSED_SHARE),
    _Rule("many_duplicates", "is_duplicate", most=MAX_DUPLICATE_SHARE),
    _Rule("not_korean", "hangul_share", least=MIN_HANGUL_SHARE, severity="critical"),
    _Rule("columns_swapped", "asks_more", most=MAX_ASKS_MORE, severity="critical"),
)


def check_exchanges(
    exchanges: Sequence[Exchange], *, max_text_characters: int, rows_alone: bool = False
) -> QualityOutcome:
    """Refuse bad rows and judge the export.

    `rows_alone` judges no more of the export than whether a row is left, as it is right for the
    few corrected rows of one that was judged before.

    Row reasons, the first that applies: `empty_question`, `empty_answer`, `too_long`, `no_text`,
    `same_text`. Export reasons: `columns_missing`, `nothing_left`, `not_korean`,
    `columns_swapped` (blocking), `mostly_refused`, `many_duplicates` (warnings).

    Raises:
        CsPipelineError: an expectation could not be evaluated.
    """
    if not exchanges:
        nothing = _finding(_EXPORT_RULES[0], False, 1.0, ("", ""))
        return QualityOutcome([], [], (nothing,), nothing)
    figures = figures_of(exchanges)
    rules = _row_rules(max_text_characters)
    unexpected = _check_rows(figures, rules)
    refusals: dict[int, _Rule] = {}
    for rule, rows in zip(rules, unexpected, strict=True):
        for row in rows:
            refusals.setdefault(row, rule)
    findings = (
        *_row_findings(rules, refusals, len(exchanges)),
        *(
            [_finding(_EXPORT_RULES[0], len(refusals) < len(exchanges), None, ("", ""))]
            if rows_alone
            else _check_export(figures, sorted(refusals), _columns(exchanges[0]))
        ),
    )
    failed = (item for item in findings if item.severity == "blocking" and not item.passed)
    return QualityOutcome(
        accepted=[item for row, item in enumerate(exchanges) if row not in refusals],
        refused=[_refused(exchanges[row], rule) for row, rule in sorted(refusals.items())],
        findings=findings,
        blocking=next(failed, None),
    )


def _row_rules(max_text_characters: int) -> tuple[_Rule, ...]:
    """In order of precedence."""
    return (
        _Rule("empty_question", "question_characters", least=1),
        _Rule("empty_answer", "answer_characters", least=1),
        _Rule("too_long", "question_characters", most=max_text_characters),
        _Rule("too_long", "answer_characters", most=max_text_characters),
        _Rule("no_text", "question_letters", least=1),
        _Rule("no_text", "answer_letters", least=1),
        _Rule("same_text", "is_same_text", most=0),
    )


def _check_rows(figures: "pd.DataFrame", rules: Sequence[_Rule]) -> list[list[int]]:
    """The rows that break each rule."""
    import great_expectations.expectations as gxe

    suite = [gxe.ExpectColumnValuesToBeBetween(**rule.bounds()) for rule in rules]
    return [item.result.get("unexpected_index_list", []) for item in _validate(figures, suite)]


def _columns(exchange: Exchange) -> tuple[str, str]:
    digits = "0123456789"
    return exchange.question_cell.rstrip(digits), exchange.answer_cell.rstrip(digits)


def _check_export(
    figures: "pd.DataFrame", refused: list[int], columns: tuple[str, str]
) -> list[Finding]:
    """Judge what is left; a refused row counts in the share of refused rows only."""
    import great_expectations.expectations as gxe

    export = figures.assign(is_refused=0.0)
    export.loc[refused, :] = float("nan")
    export.loc[refused, "is_refused"] = 1.0
    left = len(export) - len(refused)
    least_rows = {"is_refused": 0, "asks_more": MIN_ROWS_FOR_SWAP}
    rules = [rule for rule in _EXPORT_RULES if left >= least_rows.get(rule.column, 1)]
    complete = gxe.ExpectTableColumnsToMatchSet(
        column_set=[*COLUMNS, "is_refused"],
        severity=_COMPLETE.severity,
        meta={"reason": _COMPLETE.reason},
    )
    means = [gxe.ExpectColumnMeanToBeBetween(**rule.bounds()) for rule in rules]
    has_columns, *results = _validate(export, [complete, *means])
    return [
        _finding(_COMPLETE, has_columns.success, None, columns),
        *(
            _finding(rule, item.success, float(item.result["observed_value"]), columns)
            for rule, item in zip(rules, results, strict=True)
        ),
    ]


def _validate(figures: "pd.DataFrame", suite: list[Any]) -> list[Any]:
    """Results in the suite's order, from a context that leaves nothing on disk and sends nothing.

    Raises:
        CsPipelineError: an expectation could not be evaluated.
    """
    import great_expectations as gx
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    context = gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(),
            analytics_enabled=False,
            progress_bars=ProgressBarsConfig(globally=False),
        ),
    )
    asset = context.data_sources.add_pandas("figures").add_dataframe_asset("exchanges")
    batch = asset.add_batch_definition_whole_dataframe("export").get_batch({"dataframe": figures})
    for order, expectation in enumerate(suite):
        expectation.meta["order"] = order
    results = batch.validate(
        gx.ExpectationSuite(name="exchanges", expectations=suite), result_format=NO_VALUES
    ).results
    for item in results:
        # A failed metric replaces the flag by an entry for itself.
        if item.exception_info.get("raised_exception", True):
            raise _not_evaluated(item.expectation_config.type)
    return sorted(results, key=lambda item: item.expectation_config.meta["order"])


def _not_evaluated(expectation: str) -> CsPipelineError:
    return CsPipelineError(
        ko=f"품질 검사를 실행하지 못했습니다: {expectation}. 설치된 패키지 버전을 확인하세요.",
        en=f"A quality check could not be run: {expectation}. Check the installed packages.",
    )


def _row_findings(rules: Sequence[_Rule], refusals: dict[int, _Rule], rows: int) -> list[Finding]:
    """One finding a reason; its figure is the share of rows that are refused for it."""
    counts = dict.fromkeys((rule.reason for rule in rules), 0)
    for rule in refusals.values():
        counts[rule.reason] += 1
    return [
        Finding(
            expectation=reason,
            severity="warning",
            passed=count == 0,
            measured=count / rows,
            limit=0.0,
            words=rows_words(reason, count),
        )
        for reason, count in counts.items()
    ]


def _finding(
    rule: _Rule, passed: bool, measured: float | None, columns: tuple[str, str]
) -> Finding:
    return Finding(
        expectation=rule.reason,
        severity="blocking" if rule.severity == "critical" else "warning",
        passed=passed,
        measured=measured,
        limit=rule.most if rule.least is None else rule.least,
        words=export_words(rule.reason, passed=passed, measured=measured, columns=columns),
    )


def _refused(exchange: Exchange, rule: _Rule) -> RefusedRow:
    on_answer = rule.column.startswith("answer")
    cell = exchange.answer_cell if on_answer else exchange.question_cell
    return RefusedRow(
        sheet=exchange.sheet,
        cell=cell,
        reason=rule.reason,
        words=row_words(rule.reason, on_answer=on_answer, limit=rule.most),
        original=exchange.row_of(cell),
    )
