"""A candidate beside the best model that ever answered, on the present rows.

Each step down that the gate lets pass is small; without this comparison many of them add up.
"""

from collections.abc import Sequence
from pathlib import Path

from cs_pipeline.records import BestEver
from cs_pipeline.training.appraisal.content import Certainty, Judged
from cs_pipeline.training.appraisal.evaluate import measure_champion
from cs_pipeline.training.appraisal.paired import compare_rows
from cs_pipeline.training.job import KeptModel
from cs_pipeline.training.rows.prompt_template import Turns


def measure_best(
    best: KeptModel,
    rows: Sequence[Turns],
    judged: Judged,
    *,
    tokenizer_sha256: str,
    certainty: Certainty,
    max_example_tokens: int,
    batch_tokens: int,
) -> BestEver:
    """Score the best model so far on the validation rows and compare the candidate with it.

    One that cannot be loaded or run has no comparison and a `problem`; nothing is raised.

    Args:
        best: The model.
        rows: The validation rows.
        judged: The candidate on the same rows.
        tokenizer_sha256: Of the candidate; with another one losses are compared in bits.
        certainty: Of the interval.
        max_example_tokens: As for `score_examples`.
        batch_tokens: As for `score_examples`.
    """
    scored, theirs = measure_champion(
        Path(best.folder),
        best.version_id,
        rows,
        [],
        max_example_tokens=max_example_tokens,
        batch_tokens=batch_tokens,
    )
    same_tokenizer = scored.tokenizer_sha256 == tokenizer_sha256
    if (
        theirs
        and not same_tokenizer
        and not judged.candidate.rows.total().spells_like(theirs.rows.total())
    ):
        theirs = None
    comparison = theirs and compare_rows(
        judged.candidate.rows,
        theirs.rows,
        same_tokenizer=same_tokenizer,
        confidence=certainty.confidence,
        groupings=judged.groupings,
        seed=certainty.seed,
    )
    return BestEver(version_id=best.version_id, comparison=comparison, problem=scored.problem)
