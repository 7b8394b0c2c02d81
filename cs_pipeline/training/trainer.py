"""The optimisation loop: Hugging Face's `Trainer` on packed rows, with curves and progress."""

import json
import logging
import math
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from rich.console import Console
from rich.progress import Progress
from transformers import (
    PreTrainedModel,
    PreTrainedTokenizerFast,
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainingArguments,
    set_seed,
)

from cs_pipeline.errors import TrainingError
from cs_pipeline.recipe import Recipe
from cs_pipeline.records import Score, Throughput
from cs_pipeline.training.encoding import IGNORED_LABEL, ExampleEncoder
from cs_pipeline.training.evaluate import answer_nats, longest_example, pad_token_id
from cs_pipeline.training.packing import Row, RowCollator, row_length, rows_for

_log = logging.getLogger(__name__)

_LOG_POINTS = 50
_FORWARD_TOKENS = {"cpu": 1024, "cuda": 8192}
"""Tokens of one forward pass; bounds the memory that the logits take (vocabulary x tokens)."""


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """Figures of a finished run; the loss is the mean over the last epoch, in nats."""

    steps: int
    train_loss_nats_per_token: float | None
    throughput: Throughput


def train_model(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    rows: Sequence[tuple[str, str]],
    recipe: Recipe,
    *,
    metrics: Path,
    evaluate: Callable[[], Score],
) -> TrainingRun:
    """Fine-tune `model` in place on (question, answer) rows.

    Args:
        model: On the device to train on.
        tokenizer: The model's own.
        rows: Masked text.
        recipe: How to train.
        metrics: JSON lines file for the curves; replaced.
        evaluate: Called after each epoch but the last, for the curves.

    Raises:
        TrainingError: the loss stopped being a finite number.
    """
    set_seed(recipe.seed)
    encoder = ExampleEncoder(tokenizer, longest_example(model, recipe.max_example_tokens))
    examples = encoder.encode(rows)
    packed = rows_for(model, examples, recipe.batch_tokens)
    collate = RowCollator(pad_token_id(tokenizer))
    loss = _AnswerLoss(model.device)
    started = time.monotonic()
    use_cache = model.config.use_cache
    with (
        tempfile.TemporaryDirectory(prefix=".trainer-", dir=metrics.parent) as scratch,
        metrics.open("w", encoding="utf-8") as stream,
        _progress() as bar,
    ):
        curves = _Curves(lambda point: _append(stream, point), loss, collate, evaluate, bar)
        trainer = Trainer(
            model=model,
            args=_arguments(
                model, packed, row_length(examples, recipe.batch_tokens), recipe, scratch
            ),
            train_dataset=packed,
            data_collator=collate,
            compute_loss_func=loss,
            callbacks=[curves],
        )
        trainer.remove_callback(PrinterCallback)
        trainer.train()
    model.config.use_cache = use_cache
    model.eval()
    seconds = time.monotonic() - started
    return TrainingRun(
        steps=trainer.state.global_step,
        train_loss_nats_per_token=loss.epoch.mean(),
        throughput=Throughput(
            tokens=collate.tokens,
            train_seconds=seconds,
            tokens_per_second=collate.tokens / seconds,
            padding_share=collate.padding_share,
            parameters=model.num_parameters(),
        ),
    )


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar on a terminal's stderr; None elsewhere, where log lines tell the progress."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with Progress(console=console, transient=True) as bar:
        yield bar


def _arguments(
    model: PreTrainedModel, packed: Sequence[Row], row_tokens: int, recipe: Recipe, scratch: str
) -> TrainingArguments:
    rows_per_step = max(recipe.batch_tokens // row_tokens, 1)
    passes = max(math.ceil(rows_per_step * row_tokens / _FORWARD_TOKENS[model.device.type]), 1)
    rows_per_pass = math.ceil(rows_per_step / passes)
    accumulation = math.ceil(rows_per_step / rows_per_pass)
    steps_per_epoch = math.ceil(math.ceil(len(packed) / rows_per_pass) / accumulation)
    steps = math.ceil(steps_per_epoch * recipe.epochs)
    on_gpu = model.device.type == "cuda"
    arguments = TrainingArguments(
        output_dir=scratch,
        num_train_epochs=recipe.epochs,
        learning_rate=recipe.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=math.ceil(steps * recipe.warmup_share),
        weight_decay=recipe.weight_decay,
        max_grad_norm=recipe.max_gradient_norm,
        per_device_train_batch_size=rows_per_pass,
        gradient_accumulation_steps=accumulation,
        seed=recipe.seed,
        data_seed=recipe.seed,
        optim="adamw_torch_fused",
        bf16=on_gpu and torch.cuda.is_bf16_supported(),
        use_cpu=not on_gpu,
        dataloader_pin_memory=on_gpu,
        remove_unused_columns=False,
        logging_steps=max(steps // _LOG_POINTS, 1),
        logging_first_step=True,
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
    )
    if on_gpu:
        # One process trains on one GPU; with several visible, Trainer would wrap the model.
        _ = arguments.device
        arguments._n_gpu = 1
    return arguments


class _Mean:
    """Nats over scored tokens since the last reset."""

    def __init__(self, device: torch.device) -> None:
        self._nats = torch.zeros((), dtype=torch.float64, device=device)
        self._tokens = torch.zeros((), dtype=torch.int64, device=device)

    def add(self, nats: torch.Tensor, tokens: torch.Tensor) -> None:
        self._nats += nats
        self._tokens += tokens

    def reset(self) -> None:
        self._nats.zero_()
        self._tokens.zero_()

    def mean(self) -> float | None:
        tokens = int(self._tokens)
        return float(self._nats) / tokens if tokens else None


class _AnswerLoss:
    """Loss of a step: summed nats over the scored tokens of all its passes.

    Trainer hands over the step's token count, so that gradient accumulation is exact, but reports
    a mean of means; what is logged comes from the sums kept here.
    """

    def __init__(self, device: torch.device) -> None:
        self.window = _Mean(device)
        self.epoch = _Mean(device)

    def __call__(
        self, outputs: Any, labels: torch.Tensor, num_items_in_batch: torch.Tensor
    ) -> torch.Tensor:
        nats = answer_nats(outputs.logits, labels)
        scored = (labels != IGNORED_LABEL).sum()
        for mean in (self.window, self.epoch):
            mean.add(nats.detach(), scored)
        return nats / num_items_in_batch


class _Curves(TrainerCallback):  # type: ignore[misc]
    """Writes a point per logged step and per epoch; shows progress; stops on a lost loss."""

    def __init__(
        self,
        write: Callable[[dict[str, Any]], None],
        loss: _AnswerLoss,
        collate: RowCollator,
        evaluate: Callable[[], Score],
        bar: Progress | None,
    ) -> None:
        self._write = write
        self._loss = loss
        self._collate = collate
        self._evaluate = evaluate
        self._bar = bar
        self._task = bar.add_task("train") if bar else None
        self._started = time.monotonic()

    def on_epoch_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._loss.epoch.reset()

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float], **_: Any) -> None:
        if "grad_norm" not in logs:
            return
        loss = self._loss.window.mean()
        if loss is None or not math.isfinite(loss):
            raise _lost(state.global_step)
        self._loss.window.reset()
        elapsed = time.monotonic() - self._started
        self._write(
            {
                "step": state.global_step,
                "epoch": state.epoch,
                "train_loss_nats_per_token": loss,
                "learning_rate": logs["learning_rate"],
                "gradient_norm": logs["grad_norm"],
                "elapsed_seconds": elapsed,
            }
        )
        self._show(state.global_step, state.max_steps, loss, logs["learning_rate"], elapsed)

    def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if state.global_step < state.max_steps:
            self._write(evaluation_point(state.global_step, state.epoch, self._evaluate()))

    def _show(self, step: int, steps: int, loss: float, rate: float, elapsed: float) -> None:
        speed = self._collate.tokens / elapsed
        words = f"loss {loss:.3f} nats/token  lr {rate:.1e}  {speed:,.0f} tokens/s"
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=step, total=steps, description=words)
        else:
            left = elapsed / step * (steps - step)
            _log.info("step %d/%d  %s  eta %.0f s", step, steps, words, left)


def evaluation_point(step: int, epoch: float, score: Score) -> dict[str, Any]:
    """One point of the evaluation curve."""
    return {
        "step": step,
        "epoch": epoch,
        "eval_loss_nats_per_token": score.loss_nats_per_token,
    }


def _append(stream: Any, point: dict[str, Any]) -> None:
    stream.write(json.dumps(point) + "\n")
    stream.flush()


def _lost(step: int) -> TrainingError:
    return TrainingError(
        ko=f"{step}단계에서 학습 손실이 유한한 수가 아니게 되었습니다. 학습률을 낮추거나 기반 "
        "모델 파일을 확인한 뒤 다시 실행하세요.",
        en=f"The training loss stopped being a finite number at step {step}. Lower the learning "
        "rate or check the base model's files, and run again.",
    )
