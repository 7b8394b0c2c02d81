"""From rows to a saved model: base model in, trained checkpoint out, in one process or several."""

import errno
import logging
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerFast, set_seed

from cs_pipeline.errors import TrainingError
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import PlannedSteps, Progress, Score, TrainResult
from cs_pipeline.storage import ObjectStore
from cs_pipeline.training import wording
from cs_pipeline.training.appraisal.evaluate import score_rows
from cs_pipeline.training.job import TrainJob
from cs_pipeline.training.loop.checkpoints import Checkpoints
from cs_pipeline.training.loop.distributed import Processes
from cs_pipeline.training.loop.step_trainer import is_write_failure
from cs_pipeline.training.loop.stop_request import StopRequest
from cs_pipeline.training.loop.token_cache import encode_cached
from cs_pipeline.training.loop.trainer import RunContext, TrainingRun, train_model
from cs_pipeline.training.models.adapters import adapted, merged
from cs_pipeline.training.models.base_model import (
    load_model,
    load_tokenizer,
    save_model,
    tokenizer_sha256,
)
from cs_pipeline.training.models.inference import longest_example
from cs_pipeline.training.rows.dataset_rows import Rows
from cs_pipeline.training.rows.encoding import ExampleEncoder, longest_usual_answer
from cs_pipeline.training.rows.prompt_template import ANSWER_FIELD
from cs_pipeline.training.rows.served_template import serve_prompt

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A trained model, saved in `checkpoint`; `resume` holds what is not needed any more then.

    `resume` is None where nothing is left from the training. `template` is how its prompts are
    built (`ExampleEncoder.template`).
    """

    run: TrainingRun
    checkpoint: Path
    resume: Checkpoints | None
    device: str
    template: str


def fit(
    job: TrainJob,
    train: Rows,
    val: Rows,
    *,
    processes: Processes,
    stop: StopRequest,
    store: ObjectStore | None = None,
    cache_dir: Path | None = None,
    tell: Callable[[Progress], None] | None = None,
) -> Fitted:
    """Fine-tune the base model and save it to `checkpoint/` in the job's folder.

    Every process of the run has to call this; only the first one saves. The arguments are those
    of `fine_tune`; the rows that `job` weighs are those of `train`.
    """
    recipe, out = job.recipe, Path(job.out_dir)
    model, tokenizer = _base(job, processes)
    if processes.is_main:
        _log.info(
            "run %s: %d train rows, %d val rows, base %s on %s, %d process(es)",
            job.run_id, len(train), len(val), recipe.base_model, model.device, processes.count,
        )  # fmt: skip
    longest = longest_example(model, recipe.max_example_tokens)
    encoder = ExampleEncoder(tokenizer, longest, recipe.template)
    examples = encode_cached(
        encoder,
        tokenizer,
        train,
        folder=cache_dir / "tokens" if cache_dir else None,
        data_sha256=job.dataset_sha256,
        max_example_tokens=longest,
    )
    tokenizer.init_kwargs[ANSWER_FIELD] = longest_usual_answer(examples)
    resume = Checkpoints(
        out / "resume",
        run=job.run_key,
        job=job.identity(Path(model.name_or_path), tokenizer_sha256(tokenizer)),
        store=store,
    )
    run = train_model(
        model,
        tokenizer,
        examples,
        recipe,
        weights=job.row_weights,
        context=RunContext(
            processes=processes,
            checkpoints=resume,
            metrics=out / "metrics.jsonl",
            stop=stop,
            compile_cache=cache_dir / "compiled" if cache_dir else None,
            tell=tell,
        ),
        evaluate=lambda: _score_together(model, tokenizer, val, recipe, processes),
    )
    if processes.is_main:
        serve_prompt(tokenizer, encoder)
        _save(merged(model) if recipe.lora else model, tokenizer, recipe, out / "checkpoint")
    return Fitted(run, out / "checkpoint", resume, _device_name(model), encoder.template)


def fitted_before(result: TrainResult, planned: PlannedSteps, recipe: Recipe) -> Fitted:
    """What `fit` gave when `result` was made, of which the checkpoint still stands."""
    checkpoint = Path(result.checkpoint_uri)
    tokenizer = load_tokenizer(str(checkpoint))
    encoder = ExampleEncoder(tokenizer, recipe.max_example_tokens, recipe.template)
    run = TrainingRun(
        steps=result.steps,
        train_loss_nats_per_token=result.train_loss_nats_per_token,
        throughput=result.throughput,
        resumed_from_step=result.resumed_from_step,
        planned=planned,
        kept_step=result.kept_step,
    )
    return Fitted(run, checkpoint, None, result.device, encoder.template)


def _base(job: TrainJob, processes: Processes) -> tuple[PreTrainedModel, PreTrainedTokenizerFast]:
    """Base model and tokenizer, with fresh adapters where the recipe has them."""
    recipe = job.recipe
    half = recipe.lora is not None and recipe.precision != "fp32"
    model = load_model(job.base, device=processes.device, bf16=half)
    tokenizer = load_tokenizer(job.base, template=recipe.template, context_turns=job.context_turns)
    if recipe.lora:
        set_seed(recipe.seed)
        model = adapted(model, recipe.lora)
    return model, tokenizer


def _score_together(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    rows: Rows,
    recipe: Recipe,
    processes: Processes,
) -> Score:
    """Answer loss on `rows`, of which each process takes a part."""
    part = score_rows(
        model,
        tokenizer,
        processes.share(rows),
        max_example_tokens=recipe.max_example_tokens,
        batch_tokens=recipe.batch_tokens,
    )
    nats, tokens, characters = processes.sum([part.nats, part.scored_tokens, part.characters])
    return Score(rows=len(rows), nats=nats, scored_tokens=int(tokens), characters=int(characters))


def _save(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, recipe: Recipe, target: Path
) -> None:
    try:
        with _whole_folder(target) as folder:
            save_model(model, tokenizer, folder)
            (folder / "recipe.json").write_text(recipe.model_dump_json(indent=2) + "\n", "utf-8")
    except Exception as error:
        if not is_write_failure(error):
            raise
        raise _unsaved(model, target, error) from error


def _unsaved(model: PreTrainedModel, target: Path, error: Exception) -> TrainingError:
    needed = sum(weight.numel() * weight.element_size() for weight in model.parameters())
    free = shutil.disk_usage(target.parent).free
    kind = errno.errorcode.get(getattr(error, "errno", None) or 0, type(error).__name__)
    return wording.not_saved(target, kind, needed, free)


@contextmanager
def _whole_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside `target` that replaces it on success and is removed if not."""
    for left in target.parent.glob(f".{target.name}-*.tmp"):  # of a process that was killed
        shutil.rmtree(left, ignore_errors=True)
    temporary = target.parent / f".{target.name}-{uuid.uuid4().hex}.tmp"
    temporary.mkdir()
    try:
        yield temporary
        if target.exists():
            shutil.rmtree(target)
        temporary.replace(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _device_name(model: PreTrainedModel) -> str:
    if model.device.type != "cuda":
        return str(model.device.type)
    return f"cuda ({torch.cuda.get_device_name(model.device)})"
