"""How often the masking fails, estimated from a stratified sample that a person reviewed.

Rows count as they stand in the shards, before duplicates are dropped.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Literal, get_args

from cs_pipeline.audit.wording import NOTHING_FOUND, too_few_to_estimate
from cs_pipeline.language import Words
from cs_pipeline.masked.placeholders import ENTITY_NAMES
from cs_pipeline.records import Record

AuditVerdict = Literal["ok", "leak", "overmasked"]
NO_FINDING = "none"
"""Stratum of the rows without any placeholder."""
MIN_ROWS = 30
"""Fewer reviewed rows say nothing worth printing."""
_ERROR = 0.05  # a 95% interval


class Stratum(Record):
    """`rows` of the dataset fall into it, `drawn` of them into the sample."""

    name: str
    rows: int
    drawn: int

    @property
    def title(self) -> Words:
        """What the reader calls it."""
        if self.name == NO_FINDING:
            return NOTHING_FOUND
        return ENTITY_NAMES[self.name]


class DrawnRow(Record):
    """What the estimate needs to know about a row of the sample."""

    row_id: str
    stratum: str
    types: tuple[str, ...]
    rules: tuple[str, ...]


class AuditPlan(Record):
    """What was drawn from which dataset. The same seed draws the same rows from it again."""

    dataset_version: str
    dataset_sha256: str
    seed: int
    strata: tuple[Stratum, ...]
    drawn: tuple[DrawnRow, ...] = ()

    @property
    def rows(self) -> int:
        """Rows that the sample stands for."""
        return sum(stratum.rows for stratum in self.strata)


class AuditRate(Record):
    """Estimated share of the dataset's rows, with the ends of its 95% confidence interval.

    `rows` counts the reviewed rows with this verdict, by entity type and by rule as well: a row
    with several types or rules counts under each.
    """

    rows: int
    share: float
    low: float
    high: float
    by_type: dict[str, int]
    by_rule: dict[str, int]


class ReviewedStratum(Stratum):
    """A stratum and its verdicts."""

    reviewed: int
    leaks: int
    overmasked: int


class AuditEstimate(Record):
    """Result of an audit; figures only.

    `rows` counts the dataset's rows, `rows_represented` those in strata with a reviewed row: the
    rates are about these. `effective_rows` is the sample size that the intervals stand on.
    """

    dataset_version: str
    dataset_sha256: str
    seed: int
    rows: int
    rows_represented: int
    drawn: int
    reviewed: int
    effective_rows: float
    leak: AuditRate
    overmasked: AuditRate
    strata: tuple[ReviewedStratum, ...]
    read_at: datetime


def estimate(plan: AuditPlan, verdicts: Mapping[str, AuditVerdict]) -> AuditEstimate:
    """Leak and overmasking rate of the dataset from `verdicts` by row id; the others are open.

    Each stratum's share of a verdict counts by the stratum's part of the dataset's rows.

    Raises:
        DatasetError: fewer than `MIN_ROWS` rows have a verdict.
    """
    if len(verdicts) < MIN_ROWS:
        raise too_few_to_estimate(len(verdicts), least=MIN_ROWS)
    strata = _reviewed_strata(plan, verdicts)
    reviewed = [stratum for stratum in strata if stratum.reviewed]
    represented = sum(stratum.rows for stratum in reviewed)
    weights = {one.name: one.rows / represented / one.reviewed for one in reviewed}
    effective_rows = 1 / max(weights.values())
    return AuditEstimate(
        **plan.model_dump(include={"dataset_version", "dataset_sha256", "seed"}),
        rows=plan.rows,
        rows_represented=represented,
        drawn=len(plan.drawn),
        reviewed=len(verdicts),
        effective_rows=effective_rows,
        leak=_rate("leak", plan, verdicts, weights, effective_rows),
        overmasked=_rate("overmasked", plan, verdicts, weights, effective_rows),
        strata=strata,
        read_at=datetime.now(UTC),
    )


def _reviewed_strata(
    plan: AuditPlan, verdicts: Mapping[str, AuditVerdict]
) -> tuple[ReviewedStratum, ...]:
    given = Counter(
        (row.stratum, verdicts[row.row_id]) for row in plan.drawn if row.row_id in verdicts
    )
    return tuple(
        ReviewedStratum(
            **stratum.model_dump(),
            reviewed=sum(given[stratum.name, verdict] for verdict in get_args(AuditVerdict)),
            leaks=given[stratum.name, "leak"],
            overmasked=given[stratum.name, "overmasked"],
        )
        for stratum in plan.strata
    )


def _rate(
    verdict: AuditVerdict,
    plan: AuditPlan,
    verdicts: Mapping[str, AuditVerdict],
    weights: Mapping[str, float],
    effective_rows: float,
) -> AuditRate:
    rows = [row for row in plan.drawn if verdicts.get(row.row_id) == verdict]
    share = min(1.0, sum(weights[row.stratum] for row in rows))
    low, high = confidence_interval(share, effective_rows)
    return AuditRate(
        rows=len(rows),
        share=share,
        low=low,
        high=high,
        by_type=_counted(kind for row in rows for kind in row.types),
        by_rule=_counted(rule for row in rows for rule in row.rules),
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def confidence_interval(share: float, effective_rows: float) -> tuple[float, float]:
    """95% interval of a weighted share, valid near 0 and 1.

    Clopper and Pearson (Biometrika 26, 1934) on an effective sample size, as Korn and Graubard
    (Survey Methodology 24, 1998) do for surveys. Their effective size rests on the estimated
    variance, which is 0 as long as nothing was found and then says nothing about the strata that
    were looked at least; here it is the smallest that the weights allow, 1 over the largest
    weight of a row, which is on the safe side. A sample that is a large part of its dataset is
    treated as a small one, which is on the safe side too.

    At 0 and at 1 the interval is one-sided: nothing found in n rows gives 3/n (the rule of three,
    Hanley and Lippman-Hand, JAMA 249, 1983). True rates just above that are covered 94 times in
    100 (93 with 30 rows), all others 95 times or more.
    """
    from scipy.special import betaincinv

    found, other = share * effective_rows, (1 - share) * effective_rows
    tail = _ERROR / 2 if 0 < share < 1 else _ERROR
    low = float(betaincinv(found, other + 1, tail)) if share > 0 else 0.0
    high = float(betaincinv(found + 1, other, 1 - tail)) if share < 1 else 1.0
    return low, high
