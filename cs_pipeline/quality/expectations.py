"""Great Expectations suites on an export's exchanges. The only module that imports it.

Two suites run on figures alone (see `figures`): one finds the rows to refuse, one judges the
export as a whole. What they demand is data (see `rules`). An expectation's `meta["reason"]` is its
stable identifier, its severity says what a failure means: `critical` stops the export, `warning`
is reported.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cs_pipeline.errors import ExportError
from cs_pipeline.packed_lists import Kept, PackedList
from cs_pipeline.quality import wording_page
from cs_pipeline.quality.alignment import misplaced_share
from cs_pipeline.quality.comparison import Comparison, compare, export_profile
from cs_pipeline.quality.figures import EXPORT_COLUMNS, figures_of
from cs_pipeline.quality.findings import Seen, export_finding, refused_row, row_findings
from cs_pipeline.quality.rules import Check, Rule
from cs_pipeline.records import DataProfile, Exchange, Finding, RefusedRow

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_ROWS_AT_ONCE = 250_000
"""Of a check of rows Great Expectations holds much more than the figures."""
NO_VALUES = {
    "result_format": "COMPLETE",
    "include_unexpected_rows": False,
    "return_unexpected_index_query": False,
}


@dataclass(frozen=True, slots=True)
class QualityOutcome:
    """What goes on and what does not.

    `findings` tells every expectation's outcome, by its reason; the row rules count as warnings
    there, because a refused row does not stop its export, unless a site says so. `blocking` is the
    first failed finding that does; its `expectation` is the reason to quarantine the export with.
    `profile` is the shape of what is accepted and `comparison` how it looks beside the earlier
    exports, where that was asked for and there are rows enough.
    """

    accepted: Sequence[Exchange] = field(repr=False)
    refused: Sequence[RefusedRow] = field(repr=False)
    findings: tuple[Finding, ...]
    blocking: Finding | None
    profile: DataProfile | None = None
    comparison: Comparison | None = None

    @property
    def refusal(self) -> ExportError | None:
        """Why the export is refused whole, as an error; None: it goes on."""
        if self.blocking is None:
            return None
        words = self.blocking.words
        return ExportError(self.blocking.expectation, ko=words.ko, en=words.en)


def check_exchanges(
    exchanges: Sequence[Exchange],
    rules: Sequence[Rule],
    *,
    earlier: Sequence[DataProfile] | None = None,
    rows_alone: bool = False,
) -> QualityOutcome:
    """Refuse bad rows and judge the export by the rules (see `load_rules`).

    Row reasons, the first that applies: `empty_question`, `empty_answer`, `too_long`, `no_text`,
    `same_text`. Export reasons: `columns_missing`, `nothing_left`, `not_korean`,
    `columns_swapped`, `answers_not_sentences`, `staff_notes`, `answers_misplaced` (critical),
    `mostly_refused`, `many_duplicates`, `drift` (warnings).

    Args:
        exchanges: as they were read.
        rules: the built-in ones, and what a site made of them.
        earlier: profiles of the exports before this one; None: not to be compared with any.
        rows_alone: judge no more of the export than whether a row is left, as is right for the
            few corrected rows of one that was judged before.

    Raises:
        CsPipelineError: an expectation could not be evaluated.
    """
    [any_left] = (rule for rule in rules if rule.reason == "nothing_left")
    if not exchanges:
        nothing = export_finding(any_left, False, 1.0, Seen(("", "")))
        return QualityOutcome([], [], (nothing,), nothing)
    figures = figures_of(exchanges)
    by_row = [Check(rule, name) for rule in rules if rule.judge == "row" for name in rule.figures]
    failed_check = _failed_checks(figures, by_row)
    gone = (failed_check >= 0).nonzero()[0]
    accepted = Kept(exchanges, gone) if gone.size else exchanges
    profile = comparison = None
    if earlier is not None and accepted:
        profile = export_profile(accepted, figures.drop(index=gone.tolist()))
        comparison = compare(profile, earlier)
    seen = Seen(_columns(exchanges[0]), comparison)
    counts = [int((failed_check == order).sum()) for order in range(len(by_row))]
    findings = (
        *row_findings(by_row, counts, len(exchanges)),
        *(
            [export_finding(any_left, bool(accepted), None, seen)]
            if rows_alone
            else _check_export(figures, gone, rules, seen, _of_export(accepted, comparison))
        ),
    )
    failed = (item for item in findings if item.severity == "critical" and not item.passed)
    return QualityOutcome(
        accepted=accepted,
        refused=PackedList(
            refused_row(exchanges[row], by_row[failed_check[row]]) for row in gone.tolist()
        ),
        findings=findings,
        blocking=next(failed, None),
        profile=profile,
        comparison=comparison,
    )


def _failed_checks(figures: "pd.DataFrame", checks: Sequence[Check]) -> "NDArray[np.int16]":
    """The first check that each row fails, by its place among them; -1: none."""
    import great_expectations.expectations as gxe
    import numpy as np

    failed = np.full(len(figures), -1, np.int16)
    for start in range(0, len(figures), _ROWS_AT_ONCE):
        suite = [gxe.ExpectColumnValuesToBeBetween(**_bounds(check)) for check in checks]
        results = _validate(figures.iloc[start : start + _ROWS_AT_ONCE], suite)
        for order, item in enumerate(results):
            rows = np.array(item.result.get("unexpected_index_list", []), np.int64)
            failed[rows[failed[rows] < 0]] = order
    return failed


def _bounds(check: Check) -> dict[str, Any]:
    """The check as Great Expectations arguments."""
    rule = check.rule
    return {
        "column": check.figure,
        "min_value": rule.least,
        "max_value": rule.most,
        "strict_min": rule.above_least,
        "strict_max": rule.below_most,
        "severity": rule.severity,
        "meta": {"reason": rule.reason},
    }


def _columns(exchange: Exchange) -> tuple[str, str]:
    digits = "0123456789"
    return exchange.question_cell.rstrip(digits), exchange.answer_cell.rstrip(digits)


def _of_export(accepted: Sequence[Exchange], comparison: Comparison | None) -> dict[str, float]:
    """The figures that no row has by itself; without those that tell nothing."""
    misplaced = misplaced_share(accepted)
    found = {} if misplaced is None else {"is_misplaced": misplaced}
    return found | ({"drift": comparison.parts.total} if comparison else {})


def _check_export(
    figures: "pd.DataFrame",
    refused: "NDArray[np.int64]",
    rules: Sequence[Rule],
    seen: Seen,
    of_export: Mapping[str, float],
) -> list[Finding]:
    """Judge what is left; a refused row counts in the share of refused rows only.

    A figure that no row has (of an export without a comparison, for one) is not judged.
    """
    import great_expectations.expectations as gxe

    judged = {rule.figures[0] for rule in rules if rule.judge == "export"}
    export = _export_figures(figures, refused, judged, of_export)
    left = len(export) - len(refused)
    [complete] = (rule for rule in rules if rule.judge == "columns")
    checks = [
        Check(rule, rule.figures[0])
        for rule in rules
        if rule.judge == "export"
        and left >= rule.least_rows
        and export[rule.figures[0]].notna().any()
    ]
    suite = [
        gxe.ExpectTableColumnsToMatchSet(
            column_set=list(EXPORT_COLUMNS),
            severity=complete.severity,
            meta={"reason": complete.reason},
        ),
        *(gxe.ExpectColumnMeanToBeBetween(**_bounds(check)) for check in checks),
    ]
    has_columns, *results = _validate(export, suite)
    return [
        export_finding(complete, has_columns.success, None, seen),
        *(
            export_finding(check.rule, item.success, float(item.result["observed_value"]), seen)
            for check, item in zip(checks, results, strict=True)
        ),
    ]


def _export_figures(
    figures: "pd.DataFrame",
    refused: "NDArray[np.int64]",
    judged: AbstractSet[str],
    of_export: Mapping[str, float],
) -> "pd.DataFrame":
    """The figures with those of the export as a whole; the judged ones are NaN in refused rows."""
    nan = float("nan")
    export = figures.assign(is_refused=0.0, drift=nan, is_misplaced=nan)
    for name in judged & set(figures.columns) if refused.size else ():
        export[name] = export[name].astype("float64")
        export.loc[refused, name] = nan
    export.loc[refused, "is_refused"] = 1.0
    if of_export:  # in one row: the mean is the figure itself
        row = export.index.difference(refused.tolist())[0]
        export.loc[row, list(of_export)] = list(of_export.values())
    return export


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
            raise wording_page.not_evaluated(item.expectation_config.type)
    return sorted(results, key=lambda item: item.expectation_config.meta["order"])
