"""Hugging Face's `Trainer` with whole optimiser steps as its batches.

A step's rows come from a `StepPlan` and are split here, over processes and into passes that fit
the memory. What is left to `Trainer`: the loop, the optimiser and its schedule, mixed precision,
compilation, several processes, and what goes into a checkpoint.
"""

import json
import logging
import math
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader
from transformers import Trainer

from cs_pipeline.training.loop.best_weights import BestWeights
from cs_pipeline.training.loop.checkpoints import Checkpoints
from cs_pipeline.training.loop.curves import MetricsFile, lost_loss
from cs_pipeline.training.loop.distributed import Processes
from cs_pipeline.training.loop.meter import Meter
from cs_pipeline.training.loop.step_plan import StepPlan, row_tokens, scored_tokens
from cs_pipeline.training.models.scored_head import scored_logits
from cs_pipeline.training.rows.packing import Row, RowCollator

_log = logging.getLogger(__name__)

_PASS_TOKENS = {"cpu": 1024, "cuda": 32768}
"""Tokens of one forward pass; bounds the memory that activations and logits take."""

_USUAL_TIMES = 1.5
"""Rows so many times as long as the median one get passes of their own."""

METER_FILE, METRICS_FILE = "meter.json", "metrics.jsonl"
"""What a checkpoint holds beside Trainer's own files."""
_TRAINED_FILE = "trained.safetensors"


class StepTrainer(Trainer):  # type: ignore[misc]
    """Trains `model` on the steps of `plan`.

    The loss of a step is the sum of its nats over the number of its scored tokens, whichever way
    it is split. A pass that does not fit into the GPU's memory makes its step start over in
    passes of half the rows, and so do the steps after it.
    """

    def __init__(
        self,
        *,
        plan: StepPlan,
        pad_token_id: int,
        meter: Meter,
        metrics: MetricsFile,
        checkpoints: Checkpoints,
        processes: Processes,
        best: BestWeights | None = None,
        **trainer: Any,
    ) -> None:
        super().__init__(**trainer)
        self._plan = plan
        self._pad_token_id = pad_token_id
        self._meter = meter
        self._metrics = metrics
        self._checkpoints = checkpoints
        self._processes = processes
        self._best = best
        self._pass_tokens = _PASS_TOKENS.get(self.args.device.type, _PASS_TOKENS["cpu"])

    def get_train_dataloader(self) -> "DataLoader[int]":
        """As many items as an epoch has steps; their rows come from the plan."""
        return DataLoader(range(len(self._plan)))  # type: ignore[arg-type]

    def get_batch_samples(
        self, epoch_iterator: Iterator[Any], num_batches: int, device: torch.device
    ) -> tuple[list[list[Row]], None]:
        """The rows of the next step, of all processes."""
        next(epoch_iterator)
        return [self._plan.step(self.state.global_step)], None

    def floating_point_ops(self, inputs: Any) -> int:
        """Not counted: `throughput` works the speed out from the tokens."""
        return 0

    def training_step(
        self, model: nn.Module, inputs: list[Row], num_items_in_batch: None = None
    ) -> torch.Tensor:
        """Forward and backward of one step; its loss in nats per scored token."""
        model.train()
        scored = max(sum(map(scored_tokens, inputs)), 1)
        collate = RowCollator(self._pad_token_id)
        nats = self._nats(model, inputs, collate, scored)
        while nats is None:
            collate = RowCollator(self._pad_token_id)
            nats = self._nats(model, inputs, collate, scored)
        self._meter.add(
            nats,
            scored_tokens=scored,
            tokens=sum(map(row_tokens, inputs)),
            padding=collate.padding,
        )
        return nats / scored

    def _nats(
        self, model: nn.Module, rows: list[Row], collate: RowCollator, scored: int
    ) -> torch.Tensor | None:
        """Summed nats of this process's rows, gradients added; None if memory ran out.

        None only after the passes were made smaller.
        """
        passes = self._passes(list(self._processes.share(rows)) or rows[:1])
        weight = 1.0 if len(rows) > self._processes.rank else 0.0  # more processes than rows
        total = torch.zeros((), dtype=torch.float64, device=self.args.device)
        exchanging = False
        try:
            for number, one in enumerate(passes, start=1):
                exchanging = number == len(passes) and self._processes.count > 1
                with nullcontext() if number == len(passes) else self.accelerator.no_sync(model):
                    nats = self._pass_nats(model, collate(one)) * weight
                    # Several processes average their gradients; the loss is a sum.
                    self.accelerator.backward(nats * (self._processes.count / scored))
                total += nats.detach()
        except torch.OutOfMemoryError:
            if exchanging or max(map(len, passes)) == 1:
                raise
        else:
            return total
        self._make_passes_smaller(model, passes)
        return None

    def _pass_nats(self, model: nn.Module, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        labels = batch.pop("labels")  # on the CPU they cost no waiting for the GPU
        inputs = self._prepare_inputs(batch)
        logits, targets = scored_logits(model, inputs, labels)
        return cross_entropy(logits.float(), targets, reduction="sum")

    def _passes(self, rows: list[Row]) -> list[list[Row]]:
        """Rows of each pass; very long ones go apart, or all others would be padded like them."""
        usual = _USUAL_TIMES * statistics.median(map(row_tokens, rows))
        parts = (
            [row for row in rows if row_tokens(row) <= usual],
            [row for row in rows if row_tokens(row) > usual],
        )
        return [one for part in parts if part for one in self._even_passes(part)]

    def _even_passes(self, rows: list[Row]) -> list[list[Row]]:
        most = max(self._pass_tokens // max(map(row_tokens, rows)), 1)
        size = math.ceil(len(rows) / math.ceil(len(rows) / most))
        return [rows[start : start + size] for start in range(0, len(rows), size)]

    def _make_passes_smaller(self, model: nn.Module, passes: list[list[Row]]) -> None:
        size = max(map(len, passes)) // 2
        self._pass_tokens = size * max(row_tokens(row) for one in passes for row in one)
        model.zero_grad()
        if self.args.device.type == "cuda":
            torch.cuda.empty_cache()
        _log.warning("GPU memory ran out; going on with %d rows a pass", size)

    def save_model(self, output_dir: str, _internal_call: bool = False) -> None:
        """Save what training moves; the rest is the base model's, which the job names."""
        if self._processes.is_main:
            folder = Path(output_dir)
            folder.mkdir(parents=True, exist_ok=True)
            save_weights(self.model, folder / _TRAINED_FILE)

    def _load_from_checkpoint(self, resume_from_checkpoint: str) -> None:
        load_weights(self.model, Path(resume_from_checkpoint) / _TRAINED_FILE)

    def _save_checkpoint(self, model: nn.Module, trial: None) -> None:
        """Save all or nothing; a disk that is full costs the checkpoint, not the run.

        Trainer has no public place for this: its `on_save` comes too late to catch a full disk.
        """
        step = self.state.global_step
        with self._meter.paused():
            state = self._meter.state()
            if not (math.isfinite(state["window"][0]) and _all_finite(self.model)):
                raise lost_loss(step)
            with self._failing_softly(step):
                super()._save_checkpoint(model, trial)
            self._processes.sum([0.0])  # all have written their part
            if self._processes.is_main:
                with self._failing_softly(step):
                    made = Path(self.args.output_dir) / f"checkpoint-{step}"
                    (made / METER_FILE).write_text(json.dumps(state), encoding="utf-8")
                    self._metrics.copy_to(made / METRICS_FILE)
                    if self._best:
                        self._best.copy_to(made)
                    self._checkpoints.keep(made, step)

    @contextmanager
    def _failing_softly(self, step: int) -> Iterator[None]:
        try:
            yield
        except (OSError, SafetensorError, RuntimeError) as error:
            if not is_write_failure(error):
                raise
            shutil.rmtree(self.args.output_dir, ignore_errors=True)
            _log.warning(
                "no checkpoint at step %d (%s): %s has %.1f GB left; the one before stays",
                step,
                error,
                self.args.output_dir,
                shutil.disk_usage(self._checkpoints.folder).free / 1e9,
            )


def is_write_failure(error: BaseException) -> bool:
    """Whether a file could not be written; torch and safetensors have errors of their own."""
    return (
        isinstance(error, OSError)
        or (isinstance(error, SafetensorError) and "os error" in str(error))
        or (isinstance(error, RuntimeError) and "inline_container" in str(error))
    )


def save_weights(model: nn.Module, path: Path) -> None:
    """Write what training moves."""
    save_file(_trained(model), path)


def load_weights(model: nn.Module, path: Path) -> None:
    """Take what `save_weights` wrote; tied weights and frozen ones are there."""
    model.load_state_dict(load_file(path), strict=False)


def _trained(model: nn.Module) -> dict[str, torch.Tensor]:
    """Parameters that are trained, and buffers that belong to the model's state."""
    names = {name for name, _ in model.named_parameters(remove_duplicate=False)}
    buffers = {name: value for name, value in model.state_dict().items() if name not in names}
    weights = {name: value.data for name, value in model.named_parameters() if value.requires_grad}
    return {name: value.contiguous() for name, value in (weights | buffers).items()}


def _all_finite(model: nn.Module) -> bool:
    return all(bool(torch.isfinite(weight).all()) for weight in model.parameters())
