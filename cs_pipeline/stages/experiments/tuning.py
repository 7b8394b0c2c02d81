"""A learning rate that suits the data: short runs, and a recipe file with the best."""

import math
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.config import RunOptions
from cs_pipeline.errors import SettingsError, TrainingError
from cs_pipeline.files import write_atomic
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import Record, RowsUsed, Tried
from cs_pipeline.stages.base_models import base_files
from cs_pipeline.stages.data import current_dataset
from cs_pipeline.stages.experiments import wording
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.probing import leak_digests
from cs_pipeline.stages.training import job_on

if TYPE_CHECKING:
    from cs_pipeline.training.job import TrainJob

__all__ = ["Tried", "Tuned", "tune"]

FACTORS = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Rates that are tried where none are named, times the recipe's own."""


class Tuned(Record):
    """What was tried, lowest loss first; `best` stands in the recipe file at `path`."""

    dataset_version: str
    rows: RowsUsed
    tried: tuple[Tried, ...]
    best: Tried
    path: str

    @property
    def at_the_edge(self) -> bool:
        """Whether the best rate is the lowest or the highest one: better ones may lie beyond."""
        rates = [one.learning_rate for one in self.tried]
        return len(rates) > 1 and self.best.learning_rate in (min(rates), max(rates))


def tune(
    installation: Installation,
    *,
    options: RunOptions,
    out: Path,
    rates: Sequence[float] = (),
    rows: int = 1000,
    seed: int = 1,
    tell: Callable[[Tried], None] = lambda _: None,
) -> Tuned:
    """Try learning rates on a seeded part of the newest dataset; write a recipe with the best.

    The rates mean what the recipe's own does: where it scales with the rows of a step, so do they.

    Args:
        installation: whose.
        options: recipe, and values in the place of its own.
        out: YAML file to write, with all of the recipe's values.
        rates: to try; empty: the recipe's own times `FACTORS`.
        rows: training rows of each run; the validation rows are as many at most.
        seed: of the part.
        tell: told each run's outcome.

    Raises:
        SettingsError: the recipe, a rate or the file cannot be used.
        DatasetError: there is no dataset yet, or it is damaged.
        TrainingError: no rate led anywhere.
    """
    from cs_pipeline.training.tuning import try_rates

    recipe = options.training_recipe()
    wanted = [_checked(rate) for rate in rates or [recipe.learning_rate * f for f in FACTORS]]
    _check_file(out)
    masked = leak_digests(installation)
    installation.settings.work_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".tuning-", dir=installation.settings.work_dir) as work:
        job = _job(installation, recipe, Path(work) / "run")
        used, runs = try_rates(job, wanted, rows=rows, seed=seed, masked_values=masked)
        tried = []
        for one in runs:
            tell(one)
            tried.append(one)
    ranked = sorted(tried, key=_loss)
    if not math.isfinite(_loss(ranked[0])):
        raise TrainingError.of(wording.NO_RATE_LED_ANYWHERE)
    best = ranked[0]
    write_atomic(out, _as_yaml(recipe, best, job.dataset_version, used, seed))
    return Tuned(
        dataset_version=job.dataset_version,
        rows=used,
        tried=tuple(ranked),
        best=best,
        path=str(out),
    )


def _loss(tried: Tried) -> float:
    loss = tried.loss_nats_per_token
    return loss if loss is not None and math.isfinite(loss) else math.inf


def _job(installation: Installation, recipe: Recipe, out: Path) -> "TrainJob":
    dataset, base = current_dataset(installation), base_files(installation, recipe)
    return job_on(dataset, base, run_id="tune", out_dir=str(out), recipe=recipe)


def _checked(rate: float) -> float:
    if not 0 < rate < 1:
        raise SettingsError.of(wording.NO_RATE)
    return rate


def _check_file(out: Path) -> None:
    if out.suffix not in (".yaml", ".yml") or out.exists():
        raise SettingsError.of(wording.not_a_new_file(out))


def _as_yaml(recipe: Recipe, best: Tried, dataset: str, rows: RowsUsed, seed: int) -> str:
    """A whole recipe; every value is explicit, so that nothing is planned in its place."""
    import yaml  # type: ignore[import-untyped]

    values = recipe.model_dump(mode="json", exclude={"name"}, exclude_none=True)
    values["learning_rate"] = best.learning_rate
    head = (
        f"# {recipe.name or 'recipe'}, learning rate tuned on {rows.train} rows of {dataset} "
        f"(seed {seed}): {best.loss_nats_per_token:.4f} nats/token on {rows.val} validation rows.\n"
    )
    return head + str(yaml.safe_dump(values, sort_keys=False, allow_unicode=True))
