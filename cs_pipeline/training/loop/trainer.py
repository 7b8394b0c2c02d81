"""The optimisation loop: resumable, on one device or several, with curves and progress."""

import math
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import (
    PreTrainedModel,
    PreTrainedTokenizerFast,
    PrinterCallback,
    TrainerCallback,
    TrainingArguments,
)

from cs_pipeline.errors import SettingsError
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import PlannedSteps, Progress, Score, Throughput
from cs_pipeline.training.loop.best_weights import EarlyStop
from cs_pipeline.training.loop.checkpoints import Checkpoint, Checkpoints
from cs_pipeline.training.loop.curves import Curves, MetricsFile
from cs_pipeline.training.loop.distributed import Processes
from cs_pipeline.training.loop.drawing import EpochDraw
from cs_pipeline.training.loop.keeping import best_weights_for, kept_step
from cs_pipeline.training.loop.meter import Meter
from cs_pipeline.training.loop.planned import planned
from cs_pipeline.training.loop.step_plan import StepPlan, plan_for
from cs_pipeline.training.loop.step_trainer import (
    METER_FILE,
    METRICS_FILE,
    StepTrainer,
)
from cs_pipeline.training.loop.stop_request import StopRequest, interrupted
from cs_pipeline.training.loop.throughput import model_flops_utilisation, peak_gpu_bytes
from cs_pipeline.training.loop.wording import NO_BF16
from cs_pipeline.training.models.inference import out_of_memory, pad_token_id
from cs_pipeline.training.rows.encoding import Example

_WORTH_SAVING_SECONDS = 30.0
_LOG_POINTS = 50


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """Figures of a finished run; the loss is the mean over the last epoch, in nats.

    `resumed_from_step` is None for a run in one go, `planned` says what its recipe came to.
    `kept_step` is the step whose weights were better than the last ones and were kept; None: the
    last.
    """

    steps: int
    train_loss_nats_per_token: float | None
    throughput: Throughput
    resumed_from_step: int | None
    planned: PlannedSteps
    kept_step: int | None = None


@dataclass(frozen=True, slots=True)
class RunContext:
    """What a run has around it: its processes, files, the wish to stop it, and who watches it."""

    processes: Processes
    checkpoints: Checkpoints
    metrics: Path
    stop: StopRequest
    compile_cache: Path | None = None
    tell: Callable[[Progress], None] | None = None


def train_model(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    examples: Sequence[Example],
    recipe: Recipe,
    *,
    weights: Sequence[float] = (),
    context: RunContext,
    evaluate: Callable[[], Score],
) -> TrainingRun:
    """Fine-tune `model` in place, from its last checkpoint where there is one.

    Every process of the run has to call this.

    Args:
        model: On the device to train on.
        tokenizer: The model's own.
        examples: Encoded rows; at least one.
        recipe: How to train.
        weights: How many times per epoch each example is seen; empty: once.
        context: `metrics` there is replaced, or continued with what the checkpoint knows.
        evaluate: Called after each epoch but the last, for the curves.

    Raises:
        TrainingError: the loss stopped being a finite number, or the GPU's memory is too small.
        TrainingInterrupted: asked to stop; a checkpoint was saved.
        SettingsError: the GPU has no bf16, which the recipe asks for.
    """
    processes = context.processes
    draw = EpochDraw(examples, weights, seed=recipe.seed)
    recipe = planned(recipe, draw.epoch(0))
    plan = plan_for(model, draw, recipe)
    arguments = _arguments(model, plan, recipe, context)
    start = _start(context)
    use_cache = model.config.use_cache  # Trainer switches it off
    meter = Meter(arguments.device, processes)
    metrics = MetricsFile(context.metrics, processes)
    best = best_weights_for(model, recipe, context.checkpoints.folder, is_main=processes.is_main)
    see = best.see if best else None
    curves = Curves(metrics, meter, processes, evaluate, len(plan), context.tell, see)
    trainer = StepTrainer(
        plan=plan,
        pad_token_id=pad_token_id(tokenizer),
        meter=meter,
        metrics=metrics,
        checkpoints=context.checkpoints,
        processes=processes,
        best=best,
        model=model,
        args=arguments,
        callbacks=[curves, _StopsAndSaves(context, recipe.checkpoint_minutes)],
    )
    trainer.remove_callback(PrinterCallback)
    metrics.start(start.folder / METRICS_FILE if start else None)
    if start:
        meter.restore(start.folder / METER_FILE)
    if best:
        best.start(start.folder if start else None)
    with curves.shown(), context.stop.deferred(), meter.running():
        stopped = _stopped_early(trainer, context, start)
    step = trainer.state.global_step
    if context.stop.made or not (stopped or step >= trainer.state.max_steps):
        if best:
            best.remove()
        raise interrupted()
    model.config.use_cache = use_cache
    model.eval()
    kept = kept_step(best, evaluate, metrics, step, step / len(plan), stopped=stopped)
    return TrainingRun(
        steps=step,
        train_loss_nats_per_token=meter.epoch.mean(processes),
        throughput=_throughput(model, plan, meter, processes),
        resumed_from_step=start.step if start else None,
        planned=_planned_steps(recipe, trainer.state.max_steps),
        kept_step=kept,
    )


def _planned_steps(recipe: Recipe, steps: int) -> PlannedSteps:
    return PlannedSteps(
        steps=steps,
        batch_tokens=recipe.batch_tokens,
        learning_rate=recipe.learning_rate,
        warmup_share=recipe.warmup_share,
    )


def _stopped_early(trainer: StepTrainer, context: RunContext, start: Checkpoint | None) -> bool:
    """Run the loop; whether it ended because nothing got better."""
    try:
        trainer.train(resume_from_checkpoint=str(start.folder) if start else None)
    except EarlyStop:
        return True
    except torch.OutOfMemoryError as error:
        raise out_of_memory() from error
    finally:
        if context.processes.is_main:
            context.checkpoints.discard_unfinished()
    return False


def _start(context: RunContext) -> Checkpoint | None:
    """The checkpoint to go on from, chosen by the main process for all."""
    found = context.checkpoints.latest() if context.processes.is_main else None
    folder = context.processes.from_main(str(found.folder) if found else None)
    if folder is None:
        return None
    return Checkpoint.in_folder(Path(folder))


def _arguments(
    model: PreTrainedModel, plan: StepPlan, recipe: Recipe, context: RunContext
) -> TrainingArguments:
    on_gpu = model.device.type == "cuda"
    steps = math.ceil(len(plan) * recipe.epochs)
    if recipe.compile and context.compile_cache:
        _keep_compiled_code(context.compile_cache)
    arguments = TrainingArguments(
        output_dir=str(context.checkpoints.unfinished),
        num_train_epochs=recipe.epochs,
        learning_rate=recipe.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=math.floor(steps * recipe.warmup_share),
        weight_decay=recipe.weight_decay,
        max_grad_norm=recipe.max_gradient_norm,
        per_device_train_batch_size=1,
        seed=recipe.seed + context.processes.rank,  # each process drops out other units
        optim="adamw_torch_fused",
        bf16=_in_bf16(recipe, on_gpu=on_gpu),
        use_cpu=not on_gpu,
        torch_compile=recipe.compile,
        ddp_find_unused_parameters=False,
        remove_unused_columns=False,
        logging_steps=max(steps // _LOG_POINTS, 1),
        logging_first_step=True,
        logging_nan_inf_filter=False,  # would wait for the GPU at each step
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
    )
    device = arguments.device  # opens the connections between processes
    if device.type == "cuda":
        # One process trains on one GPU; with several visible, Trainer would wrap the model.
        arguments._n_gpu = 1
    return arguments


def _keep_compiled_code(folder: Path) -> None:
    """Let torch.compile find what it made in other runs, unless the environment has a place."""
    from torch._inductor.runtime.cache_dir_utils import default_cache_dir

    variable, default = "TORCHINDUCTOR_CACHE_DIR", default_cache_dir()
    if os.environ.get(variable, default) == default:  # torch sets its default when imported
        os.environ[variable] = str(folder)


def _in_bf16(recipe: Recipe, *, on_gpu: bool) -> bool:
    if recipe.precision == "auto":
        return on_gpu and torch.cuda.is_bf16_supported(including_emulation=False)
    if recipe.precision == "bf16" and on_gpu and not torch.cuda.is_bf16_supported():
        raise SettingsError.of(NO_BF16)
    return recipe.precision == "bf16"


class _StopsAndSaves(TrainerCallback):  # type: ignore[misc]
    """Asks for a checkpoint when one is due, when the run is to stop, and at the last step.

    Not at the last one where the steps since the checkpoint before took less than
    `_WORTH_SAVING_SECONDS`: scoring may fail after it, but the steps are done again as fast.
    """

    def __init__(self, context: RunContext, minutes: float) -> None:
        self._context = context
        self._seconds = minutes * 60
        self._saved = time.monotonic()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Decide for all processes alike: each has its own clock and gets its own signal."""
        processes = self._context.processes
        is_last = state.global_step >= state.max_steps
        wait = min(self._seconds, _WORTH_SAVING_SECONDS) if is_last else self._seconds
        due = processes.is_main and time.monotonic() - self._saved >= wait
        stop, save = map(bool, processes.sum([self._context.stop.made, due]))
        control.should_training_stop |= stop
        control.should_save |= stop or save

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Start the clock anew."""
        self._saved = time.monotonic()


def _throughput(
    model: PreTrainedModel, plan: StepPlan, meter: Meter, processes: Processes
) -> Throughput:
    speed = meter.tokens / max(meter.seconds, 1e-9)
    return Throughput(
        tokens=meter.tokens,
        train_seconds=meter.seconds,
        tokens_per_second=speed,
        padding_share=meter.padding_share(),
        model_flops_utilisation=model_flops_utilisation(
            model,
            tokens_per_second=speed,
            row_tokens=plan.mean_row_tokens,
            processes=processes.count,
            scored_share=plan.scored_tokens / plan.tokens,
        ),
        peak_gpu_bytes=peak_gpu_bytes(model.device),
        parameters=model.num_parameters(),
        processes=processes.count,
    )
