"""Short runs over learning rates on a part of the rows, to see which one suits the data."""

import logging
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from cs_pipeline.errors import TrainingError
from cs_pipeline.masked.digests import DigestSet
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import RowsUsed, Tried
from cs_pipeline.training.appraisal.answer_measures import sample_rows
from cs_pipeline.training.fine_tune import read_data
from cs_pipeline.training.job import TrainJob
from cs_pipeline.training.loop.distributed import Processes
from cs_pipeline.training.loop.stop_request import StopRequest, stop_on_sigterm
from cs_pipeline.training.rows.dataset_rows import Rows

_log = logging.getLogger(__name__)


def try_rates(
    job: TrainJob,
    rates: Sequence[float],
    *,
    rows: int,
    seed: int,
    masked_values: DigestSet | None = None,
) -> tuple[RowsUsed, Iterator[Tried]]:
    """Train on the same seeded part of the rows once for each rate, one after the other.

    Args:
        job: what is trained, with the recipe whose rate is replaced; its folder holds no more than
            one model at a time and nothing in the end.
        rates: values of the recipe's `learning_rate`.
        rows: training rows of each run; the validation rows are as many at most.
        seed: of the part.
        masked_values: rows that hold one are left out, as in a whole training.

    Raises:
        DatasetError: the CSVs are missing, damaged or not the dataset version they should be.
        BaseModelError: the base model is out of reach or fails its checks.
        TrainingInterrupted: SIGTERM.
    """
    data = read_data(job, masked_values)
    train = random.Random(seed).sample(list(data.train), min(rows, len(data.train)))  # noqa: S311
    val = [data.val[index] for index in sample_rows(data.val, rows, seed)]
    used = RowsUsed(train=len(train), val=len(val))
    return used, (_tried(job, rate, train, val) for rate in rates)


def _tried(job: TrainJob, rate: float, train: Rows, val: Rows) -> Tried:
    recipe = job.recipe.model_copy(update={"learning_rate": rate})
    once = job.model_copy(update={"recipe": recipe})
    try:
        with stop_on_sigterm() as stop:
            return _run(once, recipe, train, val, stop)
    except TrainingError as error:
        if stop.made:
            raise
        _log.warning("learning rate %.2g: %s", rate, error)
        return Tried(learning_rate=rate)
    finally:
        shutil.rmtree(job.out_dir, ignore_errors=True)


def _run(job: TrainJob, recipe: Recipe, train: Rows, val: Rows, stop: StopRequest) -> Tried:
    from cs_pipeline.files import private_folder
    from cs_pipeline.training.appraisal.evaluate import load_for_chat, score_rows
    from cs_pipeline.training.fitting import fit

    private_folder(Path(job.out_dir))
    fitted = fit(job, train, val, processes=Processes.from_environment(), stop=stop)
    model, tokenizer = load_for_chat(fitted.checkpoint)
    limits = {"max_example_tokens": recipe.max_example_tokens, "batch_tokens": recipe.batch_tokens}
    score = score_rows(model, tokenizer, val, **limits)
    return Tried(
        learning_rate=recipe.learning_rate,
        peak_rate=fitted.run.planned.learning_rate,
        steps=fitted.run.steps,
        train_seconds=fitted.run.throughput.train_seconds,
        loss_nats_per_token=score.loss_nats_per_token,
        bits_per_character=score.bits_per_character,
    )
