"""A candidate beside the model that went live after its gate, on the same rows."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.config import AppraisalPlan
from cs_pipeline.errors import GateNotMet, SettingsError
from cs_pipeline.records import TrainResult
from cs_pipeline.registry import wording
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.names import find_run
from cs_pipeline.registry.runs import Recomparison
from cs_pipeline.stages.deciding.candidates import candidate_folder, validation_rows
from cs_pipeline.stages.installation import Installation

if TYPE_CHECKING:
    from cs_pipeline.training.appraisal.row_scores import RowScores
    from cs_pipeline.training.rows.dataset_rows import Rows


def recompare(installation: Installation, run: str) -> Recomparison:
    """Score a run's candidate and the live model on the newest validation rows; kept with the run.

    Raises:
        SettingsError: there is no installation, no such run, or nothing is live.
        GateNotMet: nothing is left of the candidate, or a loss could not be worked out.
        DamagedObject: the live model's files are not what they were.
        BaseModelError: one of the two cannot be loaded.
        DatasetError: the CSVs are not what they should be.
    """
    from cs_pipeline.training.appraisal.paired import compare_rows, groups_of

    installation.require()
    run_id = find_run(installation.runs, run)
    result = installation.runs.result(run_id)
    live = installation.models.live()
    if live is None:
        raise SettingsError.of(wording.nothing_to_compare_with(run_id))
    dataset, rows = validation_rows(installation)
    with tempfile.TemporaryDirectory(prefix="cs-recompare-") as folder:
        ours, own = _scores(
            candidate_folder(installation, result, Path(folder) / "ours"), rows, result
        )
        installation.models.pull(Path(folder) / "live", live.version_id)
        theirs, other = _scores(Path(folder) / "live", rows, result)
    comparison = compare_rows(
        ours,
        theirs,
        same_tokenizer=own == other,
        confidence=installation.settings.group(AppraisalPlan).improvement_confidence,
        groupings=[groups_of([row[-1] for row in rows])],
        seed=int(result.recipe.get("seed", 0)),
    )
    if comparison is None:
        raise GateNotMet.of(wording.not_comparable(candidate_version(result)))
    found = Recomparison(
        live_version=live.version_id,
        dataset_version=dataset,
        comparison=comparison,
        compared_at=datetime.now(UTC),
    )
    installation.runs.save_recomparison(run_id, found)
    return found


def _scores(folder: Path, rows: "Rows", result: TrainResult) -> "tuple[RowScores, str]":
    from cs_pipeline.training.appraisal.evaluate import load_for_chat, score_examples
    from cs_pipeline.training.models.base_model import tokenizer_sha256

    model, tokenizer = load_for_chat(folder)
    scores = score_examples(
        model,
        tokenizer,
        rows,
        max_example_tokens=int(result.recipe["max_example_tokens"]),
        batch_tokens=int(result.recipe["batch_tokens"]),
    )
    return scores, tokenizer_sha256(tokenizer)
