"""How often the gate's interval holds the truth where answers are canned.

    python benchmarks/gate_intervals.py [draws]

Validation rows are drawn: some share has one of a few canned answers, which one model likes more or
less than the other; the rest have answers of their own. Each row differs besides. The truth is no
difference. Told for each case: how often the interval at 95% holds it, drawn row by row and by
groups of one answer, and how much wider the latter is.
"""

import sys

import numpy as np

from cs_pipeline.training.appraisal.paired import compare_rows, groups_of
from cs_pipeline.training.appraisal.row_scores import RowScores

CASES = [
    # rows, canned answers, share of rows that have one, spread by answer and by row (nats/token)
    (400, 20, 0.0, 0.15, 0.3),
    (400, 40, 0.3, 0.1, 0.3),
    (400, 20, 0.6, 0.15, 0.3),
    (400, 8, 0.6, 0.15, 0.3),
    (400, 60, 0.8, 0.15, 0.3),
    (200, 10, 0.5, 0.3, 0.3),
    (60, 5, 0.6, 0.15, 0.3),
]


def covered(
    case: tuple[int, int, float, float, float], draws: int
) -> dict[str, tuple[float, float]]:
    """Share of intervals that hold the truth and their mean width, by how they are drawn."""
    rows, answers, share, by_answer, by_row = case
    rng = np.random.default_rng(1)
    found: dict[str, list[tuple[bool, float]]] = {"rows": [], "groups": []}
    for seed in range(draws):
        canned = rng.random(rows) < share
        said = np.where(canned, rng.integers(0, answers, rows), answers + np.arange(rows))
        groups = groups_of([str(answer) for answer in said])
        tokens = rng.integers(5, 40, rows)
        fall = rng.normal(0, by_answer, rows)[groups] + rng.normal(0, by_row, rows)
        ours, theirs = (RowScores((2 + one) * tokens, tokens, tokens) for one in (0 * fall, fall))
        for name, groupings in {"rows": [], "groups": [groups]}.items():
            how = {"same_tokenizer": True, "confidence": 0.95, "resamples": 400, "seed": seed}
            told = compare_rows(ours, theirs, groupings=groupings, **how)  # type: ignore[arg-type]
            assert told is not None
            found[name].append((told.low <= 0 <= told.high, told.high - told.low))
    return {name: tuple(np.mean(values, axis=0)) for name, values in found.items()}


def main(draws: int) -> None:
    """Print a line for each case."""
    print("rows  canned  share   held by rows  by groups  width")
    for case in CASES:
        by = covered(case, draws)
        print(
            f"{case[0]:4}{case[1]:8}{case[2]:7.0%}{by['rows'][0]:15.1%}{by['groups'][0]:11.1%}"
            f"{by['groups'][1] / by['rows'][1]:7.2f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
