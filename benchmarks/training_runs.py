"""Two ways to fine-tune the same base on the same rows, with the same clock and the same score.

`train_as_article` re-creates the recipe of the article that this project answers; `train_as_here`
is the project's own training. Both are timed from the text of the rows to the last step, without
evaluations and saving.
"""

import math
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch.optim.optimizer import register_optimizer_step_post_hook
from transformers import PrinterCallback, Trainer, TrainerCallback, TrainingArguments, set_seed

from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import PlannedSteps, Score
from cs_pipeline.training.appraisal.evaluate import score_examples
from cs_pipeline.training.appraisal.row_scores import RowScores
from cs_pipeline.training.loop.checkpoints import Checkpoints
from cs_pipeline.training.loop.distributed import Processes
from cs_pipeline.training.loop.stop_request import StopRequest
from cs_pipeline.training.loop.trainer import RunContext, train_model
from cs_pipeline.training.models.base_model import load_model, load_tokenizer
from cs_pipeline.training.rows.encoding import ExampleEncoder

Rows = list[tuple[str, str]]

ARTICLE_BATCH = 2
ARTICLE_LEARNING_RATE = 5e-5
ARTICLE_ROW_TOKENS = 128
_SCORE_LIMITS = {"max_example_tokens": 512, "batch_tokens": 1024}
_POINT_GROWTH = 1.15


class Stopwatch:
    """Seconds by the clock and of the processor, with pauses."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.processor_seconds = 0.0
        self._since: tuple[float, float] | None = None

    def start(self) -> None:
        """Count, or go on counting."""
        self._since = self._since or (time.monotonic(), time.process_time())

    def stop(self) -> None:
        """Count no further; what a GPU still has to do is waited for and counted."""
        if self._since:
            if torch.cuda.is_available():
                torch.cuda.synchronize()
            self.seconds += time.monotonic() - self._since[0]
            self.processor_seconds += time.process_time() - self._since[1]
            self._since = None

    @contextmanager
    def paused(self) -> Iterator[None]:
        """What happens inside is not counted."""
        self.stop()
        yield
        self.start()


@dataclass(slots=True)
class Run:
    """What a training run came to.

    `scores` are those after each epoch and, last, those of the weights that it ends with; `points`
    (seconds, answer loss) on the way; `planned` is what our recipe came to.
    """

    rows: int
    watch: Stopwatch
    scores: list[RowScores] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)
    logged_loss: float | None = None
    padding_share: float = 0.0
    tokens: int = 0
    planned: PlannedSteps | None = None
    model: Any = None

    @property
    def answer_losses(self) -> list[float]:
        """Nats per scored token of each of `scores`."""
        return [scores.total().loss_nats_per_token or math.nan for scores in self.scores]

    @property
    def answer_loss(self) -> float:
        """Nats per scored token of the weights that the run ends with."""
        return self.answer_losses[-1]

    @property
    def rows_per_second(self) -> float:
        """Rows over seconds of the loop, all epochs."""
        return self.rows / self.watch.seconds

    @property
    def tokens_per_second(self) -> float:
        """Real tokens (no padding) over seconds of the loop."""
        return self.tokens / self.watch.seconds

    @property
    def rows_per_processor_second(self) -> float:
        """The same over processor time, which other programs on the machine disturb less."""
        return self.rows / self.watch.processor_seconds

    def seconds_to(self, answer_loss: float) -> float:
        """When the answer loss was first seen at or below this; infinite if never."""
        return min((at for at, loss in self.points if loss <= answer_loss), default=math.inf)


class _EpochEnds(TrainerCallback):  # type: ignore[misc]
    """Stops the watch where an epoch ends, before the evaluation and the saving of the article."""

    def __init__(self, run: Run, score: Any) -> None:
        self._run = run
        self._score = score

    def on_epoch_begin(self, *_: Any, **__: Any) -> None:
        self._run.watch.start()

    def on_epoch_end(self, *_: Any, **__: Any) -> None:
        self._run.watch.stop()
        self._score()

    def on_evaluate(self, *_: Any, metrics: dict[str, float], **__: Any) -> None:
        self._run.logged_loss = metrics["eval_loss"]


def train_as_article(
    base: Path,
    train: Rows,
    val: Rows,
    *,
    epochs: int,
    learning_rate: float,
    device: str,
) -> Run:
    """Batch 2, each row padded to 128 with labels = input ids, fp32, plain AdamW.

    The text reads as ours does (`<usr>` question `<sys>` answer `</s>`), so that both models are
    asked the same.
    """
    set_seed(1)
    model, tokenizer = load_model(str(base), device=device), load_tokenizer(str(base))
    run = Run(rows=epochs * len(train), watch=Stopwatch(), model=model)
    run.watch.start()
    padded = _padded(tokenizer, train)
    real_tokens = sum(int(row["attention_mask"].sum()) for row in padded)
    run.tokens = epochs * real_tokens
    run.padding_share = 1 - real_tokens / (ARTICLE_ROW_TOKENS * len(padded))
    with tempfile.TemporaryDirectory() as scratch:
        arguments = TrainingArguments(
            output_dir=scratch,
            num_train_epochs=epochs,
            learning_rate=learning_rate,
            per_device_train_batch_size=ARTICLE_BATCH,
            per_device_eval_batch_size=ARTICLE_BATCH,
            optim="adamw_torch",
            eval_strategy="epoch",
            save_strategy="epoch",
            save_total_limit=1,
            report_to="none",
            disable_tqdm=True,
            use_cpu=device == "cpu",
            dataloader_pin_memory=device != "cpu",
        )
        trainer = Trainer(
            model=model,
            args=arguments,
            train_dataset=padded,
            eval_dataset=_padded(tokenizer, val),
            callbacks=[_EpochEnds(run, lambda: _score(run, tokenizer, val))],
        )
        trainer.remove_callback(PrinterCallback)
        trainer.train()
    run.model = None  # leaves the GPU's memory to the next run
    return run


def train_as_here(
    base: Path,
    train: Rows,
    val: Rows,
    recipe: Recipe,
    *,
    device: str,
    until_loss: float = -math.inf,
) -> Run:
    """The project's training; looks at the answer loss on the way until it is `until_loss`."""
    set_seed(recipe.seed)
    if device != "cpu":
        torch.cuda.reset_peak_memory_stats()
    model, tokenizer = load_model(str(base), device=device), load_tokenizer(str(base))
    run = Run(rows=round(recipe.epochs * len(train)), watch=Stopwatch(), model=model)
    looks = register_optimizer_step_post_hook(_Looks(run, tokenizer, val, until_loss))

    def at_epoch_end() -> Score:
        with run.watch.paused():
            return _score(run, tokenizer, val)

    run.watch.start()
    examples = ExampleEncoder(tokenizer, recipe.max_example_tokens).encode(train)
    with tempfile.TemporaryDirectory() as folder:
        done = train_model(
            model,
            tokenizer,
            examples,
            recipe,
            context=run_context(Path(folder)),
            evaluate=at_epoch_end,
        )
    run.watch.stop()
    looks.remove()
    _score(run, tokenizer, val)
    run.tokens, run.planned = done.throughput.tokens, done.planned
    run.padding_share = done.throughput.padding_share
    return run


def run_context(folder: Path) -> RunContext:
    """What a run in `folder` has around it: one process, nobody who watches."""
    folder.mkdir(exist_ok=True)
    return RunContext(
        processes=Processes(),
        checkpoints=Checkpoints(folder / "resume", run="benchmark", job="benchmark"),
        metrics=folder / "metrics.jsonl",
        stop=StopRequest(),
    )


class _Looks:
    """Scores the model after some of its steps, ever fewer, until a loss is reached."""

    def __init__(self, run: Run, tokenizer: Any, val: Rows, until_loss: float) -> None:
        self._run = run
        self._tokenizer = tokenizer
        self._val = val
        self._wanted = until_loss > -math.inf
        self._until_loss = until_loss
        self._steps = 0
        self._next_look = 4

    def __call__(self, *_: Any) -> None:
        self._steps += 1
        if not self._wanted or self._steps < self._next_look:
            return
        self._next_look = math.ceil(self._steps * _POINT_GROWTH)
        with self._run.watch.paused():
            _look(self._run, self._tokenizer, self._val)
        self._wanted = self._run.points[-1][1] > self._until_loss


def _score(run: Run, tokenizer: Any, val: Rows) -> Score:
    run.scores.append(_look(run, tokenizer, val))
    return run.scores[-1].total()


def _look(run: Run, tokenizer: Any, val: Rows) -> RowScores:
    scores = score_examples(run.model, tokenizer, val, **_SCORE_LIMITS)
    loss = scores.total().loss_nats_per_token
    run.points.append((run.watch.seconds, math.inf if loss is None else loss))
    return scores


def _padded(tokenizer: Any, rows: Sequence[tuple[str, str]]) -> list[dict[str, torch.Tensor]]:
    encoded = tokenizer(
        [f"<usr>{question}<sys>{answer}</s>" for question, answer in rows],
        padding="max_length",
        truncation=True,
        max_length=ARTICLE_ROW_TOKENS,
        return_tensors="pt",
    )
    ids, mask = encoded["input_ids"], encoded["attention_mask"]
    return [
        {"input_ids": row, "attention_mask": seen, "labels": row.clone()}
        for row, seen in zip(ids, mask, strict=True)
    ]
