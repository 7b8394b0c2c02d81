"""`metrics.jsonl` and the progress of a run, written by its main process."""

import json
import logging
import math
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from transformers import TrainerCallback

from cs_pipeline.errors import TrainingError
from cs_pipeline.records import Progress as TrainingProgress
from cs_pipeline.records import Score
from cs_pipeline.training.loop import wording
from cs_pipeline.training.loop.distributed import Processes
from cs_pipeline.training.loop.meter import Meter
from cs_pipeline.training.loop.throughput import peak_gpu_bytes

_log = logging.getLogger(__name__)


class MetricsFile:
    """JSON lines, one point of the curves each. Only the main process writes."""

    def __init__(self, path: Path, processes: Processes) -> None:
        self._path = path
        self._is_main = processes.is_main

    def start(self, copy: Path | None) -> None:
        """Begin with the points of `copy`, or with none."""
        if not self._is_main:
            return
        if copy is None:
            self._path.write_bytes(b"")
        else:
            shutil.copyfile(copy, self._path)

    def append(self, point: dict[str, Any]) -> None:
        """Add a point."""
        if self._is_main:
            with self._path.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(point) + "\n")

    def copy_to(self, target: Path) -> None:
        """Keep the points so far in `target`."""
        shutil.copyfile(self._path, target)


def evaluation_point(step: int, epoch: float, score: Score) -> dict[str, Any]:
    """One point of the evaluation curve."""
    return {
        "step": step,
        "epoch": epoch,
        "eval_loss_nats_per_token": score.loss_nats_per_token,
    }


class Curves(TrainerCallback):  # type: ignore[misc]
    """Writes a point per logged step and per epoch; shows progress; stops on a lost loss.

    `tell` is told each step, for whoever watches from elsewhere; `see` the score of each epoch but
    the last, and may end the run by raising. An epoch is evaluated when the
    next one begins, so that a run that was stopped in between does it too.
    """

    def __init__(
        self,
        metrics: MetricsFile,
        meter: Meter,
        processes: Processes,
        evaluate: Callable[[], Score],
        steps_per_epoch: int,
        tell: Callable[[TrainingProgress], None] | None = None,
        see: Callable[[int, Score], None] | None = None,
    ) -> None:
        self._metrics = metrics
        self._meter = meter
        self._processes = processes
        self._evaluate = evaluate
        self._steps_per_epoch = steps_per_epoch
        self._tell = tell if processes.is_main else None
        self._see = see
        self._bar: Progress | None = None

    @contextmanager
    def shown(self) -> Iterator[None]:
        """A bar on a terminal's stderr; elsewhere log lines tell the progress."""
        console = Console(stderr=True)
        if not (console.is_terminal and self._processes.is_main):
            yield
            return
        with Progress(console=console, transient=True) as self._bar:
            self._bar.add_task("train")
            yield

    def on_epoch_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Evaluate the epoch before."""
        if state.global_step % self._steps_per_epoch:
            return  # resumed in the middle of an epoch
        if state.global_step:
            with self._meter.paused():
                score = self._evaluate()
            epoch = state.global_step / self._steps_per_epoch
            self._metrics.append(evaluation_point(state.global_step, epoch, score))
            if self._see:
                with self._meter.paused():
                    self._see(state.global_step, score)
        self._meter.epoch.reset()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Tell how far it is."""
        if self._tell:
            self._tell(self._progress(state))

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float], **_: Any) -> None:
        """Write a point of the training curve."""
        if "grad_norm" not in logs:
            return
        loss = self._meter.window.mean(self._processes)
        if loss is None or not math.isfinite(loss):
            raise lost_loss(state.global_step)
        self._meter.window.reset()
        speed, memory = self._meter.speed(), peak_gpu_bytes(args.device)
        self._metrics.append(
            {
                "step": state.global_step,
                "epoch": state.epoch,
                "train_loss_nats_per_token": loss,
                "learning_rate": logs["learning_rate"],
                "gradient_norm": logs["grad_norm"],
                "elapsed_seconds": self._meter.seconds,
                "tokens_per_second": speed,
                **({} if memory is None else {"gpu_memory_bytes": memory}),
            }
        )
        if self._tell:
            reached = {"loss_nats_per_token": loss, "tokens_per_second": speed}
            self._tell(self._progress(state).model_copy(update=reached))
        self._show(state, loss, logs["learning_rate"], speed)

    def _progress(self, state: Any) -> TrainingProgress:
        step, steps = state.global_step, state.max_steps
        return TrainingProgress(
            phase="training", step=step, steps=steps, eta_seconds=self._seconds_left(step, steps)
        )

    def _seconds_left(self, step: int, steps: int) -> float:
        return self._meter.seconds / step * (steps - step)

    def _show(self, state: Any, loss: float, rate: float, speed: float) -> None:
        if not self._processes.is_main:
            return
        step, steps = state.global_step, state.max_steps
        words = f"loss {loss:.3f} nats/token  lr {rate:.1e}  {speed:,.0f} tokens/s"
        if self._bar is not None:
            task = self._bar.task_ids[0]
            self._bar.update(task, completed=step, total=steps, description=words)
        else:
            left = self._seconds_left(step, steps)
            _log.info("step %d/%d  %s  eta %.0f s", step, steps, words, left)


def lost_loss(step: int) -> TrainingError:
    """The error of a run whose loss is not a finite number."""
    return TrainingError.of(wording.lost_loss(step))
