"""A random sample of masked rows for a person to review.

It is stratified, so that what is rare is looked at too: a row belongs to the rarest entity type in
it, or to `none` when nothing was found in it.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from random import Random

from cs_pipeline.audit.estimate import MIN_ROWS, NO_FINDING, AuditPlan, DrawnRow, Stratum
from cs_pipeline.audit.wording import too_small_to_sample
from cs_pipeline.masked.placeholders import PLACEHOLDER, PLACEHOLDERS

_LEAST_OF_A_STRATUM = 5
_TYPE_OF = {text[2:-1]: entity_type for entity_type, text in PLACEHOLDERS.items()}


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One masked row. `source` holds question and answer as they were, where that is asked for.

    `origin` is the export's sha256, the conversation's digest and the turn; it is not written.
    """

    row_id: str
    origin: tuple[str, str, int]
    rules: tuple[str, ...]
    question: str = field(repr=False)
    answer: str = field(repr=False)
    source: tuple[str, str] | None = field(default=None, repr=False)

    @property
    def types(self) -> tuple[str, ...]:
        """Entity types of the placeholders in the row, each once."""
        found = {
            _TYPE_OF[match["label"]]
            for text in (self.question, self.answer)
            for match in PLACEHOLDER.finditer(text)
        }
        return tuple(sorted(found))


@dataclass(slots=True)
class _Reservoir:
    """A simple random sample of the rows that pass by: those with the highest lots."""

    rows: int = 0
    kept: list[tuple[float, str, AuditRow]] = field(default_factory=list)

    def offer(self, row: AuditRow, lot: float, size: int) -> None:
        self.rows += 1
        if len(self.kept) < size:
            heapq.heappush(self.kept, (lot, row.row_id, row))
        elif lot > self.kept[0][0]:
            heapq.heapreplace(self.kept, (lot, row.row_id, row))


def draw(
    rows: Iterable[AuditRow], *, size: int, seed: int, dataset_version: str, dataset_sha256: str
) -> tuple[AuditPlan, list[AuditRow]]:
    """Draw `size` rows in one pass, in random order; `drawn` of the plan is parallel to them.

    Which type is rarest is known only at the end. Until then a sample is kept of each set of types
    that occurs, of `size` rows at most; the rows with the highest lots of several such samples are
    a simple random sample of their union.

    Raises:
        DatasetError: there are fewer than `MIN_ROWS` rows.
    """
    random = Random(seed)  # noqa: S311 (reproducible, no secret)
    strata = _strata(rows, size, random)
    sizes = {name: sum(part.rows for part in parts) for name, parts in strata.items()}
    if sum(sizes.values()) < MIN_ROWS:
        raise too_small_to_sample(sum(sizes.values()), least=MIN_ROWS)
    shares = _allocate(sizes, size)
    chosen = [
        (name, row)
        for name, parts in strata.items()
        for _, _, row in heapq.nlargest(shares[name], chain(*(part.kept for part in parts)))
    ]
    random.shuffle(chosen)  # whoever stops halfway has still reviewed a random sample
    plan = AuditPlan(
        dataset_version=dataset_version,
        dataset_sha256=dataset_sha256,
        seed=seed,
        strata=tuple(
            Stratum(name=name, rows=sizes[name], drawn=shares[name])
            for name in sorted(sizes, key=lambda name: (-sizes[name], name))
        ),
        drawn=tuple(
            DrawnRow(row_id=row.row_id, stratum=name, types=row.types, rules=row.rules)
            for name, row in chosen
        ),
    )
    return plan, [row for _, row in chosen]


def _strata(rows: Iterable[AuditRow], size: int, random: Random) -> dict[str, list[_Reservoir]]:
    reservoirs: dict[tuple[str, ...], _Reservoir] = defaultdict(_Reservoir)
    for row in rows:
        reservoirs[row.types].offer(row, random.random(), size)
    rows_with: Counter[str] = Counter()
    for types, reservoir in reservoirs.items():
        rows_with.update(dict.fromkeys(types, reservoir.rows))
    strata: dict[str, list[_Reservoir]] = defaultdict(list)
    for types, reservoir in reservoirs.items():
        rarest = min(types, key=lambda kind: (rows_with[kind], kind), default=NO_FINDING)
        strata[rarest].append(reservoir)
    return strata


def _allocate(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """Rows to draw of each stratum: a few of each at least, the rest in proportion.

    Proportional by Sainte-Laguë's highest averages. The least takes half of the sample at most.
    """
    least = max(1, min(_LEAST_OF_A_STRATUM, size // (2 * len(sizes))))
    shares = {name: min(rows, least) for name, rows in sizes.items()}
    for _ in range(min(size, sum(sizes.values())) - sum(shares.values())):
        open_strata = [name for name, rows in sizes.items() if shares[name] < rows]
        shares[max(open_strata, key=lambda name: (sizes[name] / (2 * shares[name] + 1), name))] += 1
    return shares
