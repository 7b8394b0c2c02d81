"""The article's recipe against this project's training: same base, rows and machine, one run.

    python benchmarks/training.py --pairs CHATBOT_DATA.csv

Prints tables, then one line of JSON. What the figures mean is in `docs/benchmarks.md`.
"""

import argparse
import csv
import json
import math
import random
import tempfile
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import torch
from rich import box
from rich.console import Console
from rich.table import Table
from training_head import head_seconds
from training_runs import ARTICLE_LEARNING_RATE, Rows, Run, train_as_article, train_as_here

from cs_pipeline.dataset.keys import is_validation, keys_of
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.training.appraisal.paired import compare_rows
from cs_pipeline.training.loop.throughput import model_flops_utilisation, peak_gpu_bytes
from cs_pipeline.training.models.base_model import KOGPT2_VOCABULARY, load_tokenizer, save_model
from cs_pipeline.training.models.tiny_base import make_base

VAL_SHARE = 0.1
SWEEP_RATES = (1e-3, 2e-3, 4e-3, 8e-3)
SWEEP_BATCH_TOKENS = (256, 1024, 4096)
CONSOLE = Console(width=120)


def read_pairs(path: Path) -> Rows:
    """Question and answer of each row: the first two columns of a CSV with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(question, answer) for question, answer, *_ in list(csv.reader(file))[1:]]


def split(rows: Rows, val_share: float) -> tuple[Rows, Rows]:
    """Training and validation rows, as the project splits them."""
    sides: dict[bool, Rows] = {True: [], False: []}
    keys = keys_of(*map(list, zip(*rows, strict=True)))
    for row, in_val in zip(rows, is_validation(keys.side, val_share).tolist(), strict=True):
        sides[in_val].append(row)
    return sides[False], sides[True]


def base_model(kind: str, train: Rows, folder: Path) -> Path:
    """A folder with the base: `tiny` and `kogpt2` are random weights, made here."""
    if kind not in ("tiny", "kogpt2"):
        return Path(kind)
    base = make_base((text for row in train for text in row), folder / kind)
    if kind == "kogpt2":
        from transformers import GPT2Config, GPT2LMHeadModel

        torch.manual_seed(1)
        config = GPT2Config(vocab_size=KOGPT2_VOCABULARY)  # the rest of GPT-2's shape is KoGPT2's
        save_model(GPT2LMHeadModel(config), load_tokenizer(str(base)), base)
    return base


def both_ways(base: Path, train: Rows, val: Rows, options: argparse.Namespace) -> tuple[Run, Run]:
    """Train as the article and as we do, until after as many epochs."""
    article = train_as_article(
        base,
        train,
        val,
        epochs=options.epochs,
        learning_rate=options.article_learning_rate,
        device=options.device,
    )
    ours = train_as_here(
        base,
        train,
        val,
        recipe(base, options),
        device=options.device,
        until_loss=article.answer_losses[-1],
    )
    print_runs({"article": article, "here": ours})
    return article, ours


def recipe(base: Path, options: argparse.Namespace, **changes: Any) -> Recipe:
    """Ours, with the options that were given."""
    settings = {
        "base_model": str(base),
        "epochs": options.epochs,
        "learning_rate": options.learning_rate,
        "batch_tokens": options.batch_tokens,
        "batching": options.batching,
    }
    return Recipe(**settings | changes)


def figures(article: Run, ours: Run, options: argparse.Namespace) -> dict[str, Any]:
    """What the last line says of the two runs."""
    target = article.answer_losses[-1]
    paired = compare_rows(
        ours.scores[-1], article.scores[-1], same_tokenizer=True, confidence=0.95, seed=1
    )
    return {
        "rows": round(ours.rows / options.epochs),
        "epochs": options.epochs,
        "device": options.device,
        "threads": torch.get_num_threads(),
        "rows_per_second_ratio": ours.rows_per_second / article.rows_per_second,
        "rows_per_processor_second_ratio": ours.rows_per_processor_second
        / article.rows_per_processor_second,
        "time_to_equal_answer_loss_ratio": article.watch.seconds / ours.seconds_to(target),
        "padding_share": ours.padding_share,
        "padding_share_recipe": article.padding_share,
        "answer_loss_ours": ours.answer_losses[-1],
        "answer_loss_recipe": target,
        "answer_losses_ours": ours.answer_losses,
        "answer_losses_recipe": article.answer_losses,
        "logged_loss_recipe": article.logged_loss,
        "paired": paired.model_dump() if paired else None,
        "tokens_per_second": ours.tokens_per_second,
        "model_flops_utilisation": utilisation(ours, options),
        "peak_gpu_bytes": peak_gpu_bytes(torch.device(options.device)),
        "learning_rate": options.learning_rate,
        "batch_tokens": options.batch_tokens,
        "batching": options.batching,
    }


def utilisation(run: Run, options: argparse.Namespace) -> float | None:
    """Model FLOP/s over the device's peak; None on a CPU."""
    return model_flops_utilisation(
        run.model,
        tokens_per_second=run.tokens_per_second,
        row_tokens=min(options.batch_tokens, 256),
    )


def sweep(train: Rows, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Answer loss by learning rate and batch, on training rows kept apart from the validation."""
    kept, held = split(train, 2 * VAL_SHARE)
    base = base_model(options.base, kept, folder)
    grid = [(tokens, rate) for tokens in SWEEP_BATCH_TOKENS for rate in SWEEP_RATES]
    table = Table("batch_tokens", "learning_rate", "answer loss", "rows/s", box=box.MARKDOWN)
    losses = {}
    for tokens, rate in grid:
        chosen = recipe(base, options, learning_rate=rate, batch_tokens=tokens)
        run = train_as_here(base, kept, held, chosen, device=options.device)
        losses[f"{tokens}/{rate:g}"] = run.answer_losses[-1]
        speed = f"{run.rows_per_second:,.0f}"
        table.add_row(f"{tokens:,}", f"{rate:g}", f"{run.answer_losses[-1]:.3f}", speed)
    CONSOLE.print(table)
    return {"sweep": losses}


def other_batching(
    base: Path, train: Rows, val: Rows, ours: Run, options: argparse.Namespace
) -> dict[str, Any]:
    """The same training with rows batched the other way, beside `ours`."""
    other = "length_grouped" if options.batching == "packed" else "packed"
    chosen = recipe(base, options, batching=other)
    runs = {
        options.batching: ours,
        other: train_as_here(base, train, val, chosen, device=options.device),
    }
    print_runs(runs)
    return {
        name: {
            "rows_per_second": run.rows_per_second,
            "rows_per_processor_second": run.rows_per_processor_second,
            "padding_share": run.padding_share,
            "answer_loss": run.answer_losses[-1],
        }
        for name, run in runs.items()
    }


def heads(base: Path, train: Rows, options: argparse.Namespace) -> list[dict[str, Any]]:
    """What the head on scored tokens brings."""
    found = head_seconds(base, train, options.device)
    table = Table("head", "all tokens, ms", "scored tokens, ms", "ratio", box=box.MARKDOWN)
    for one in found:
        full, scored = one["full_seconds"], one["scored_seconds"]
        table.add_row(
            one["model"], f"{full * 1e3:.0f}", f"{scored * 1e3:.0f}", f"{full / scored:.2f}"
        )
    CONSOLE.print(table)
    return found


def print_runs(runs: dict[str, Run]) -> None:
    """One column a run."""
    table = Table("", *runs, box=box.MARKDOWN)
    lines = {
        "rows/s": lambda run: f"{run.rows_per_second:,.1f}",
        "rows/processor second": lambda run: f"{run.rows_per_processor_second:,.1f}",
        "seconds of the loop": lambda run: f"{run.watch.seconds:,.1f}",
        "padding": lambda run: f"{run.padding_share:.1%}",
        "logged loss": lambda run: "-" if run.logged_loss is None else f"{run.logged_loss:.3f}",
        "answer loss by epoch": lambda run: ", ".join(f"{x:.3f}" for x in run.answer_losses),
    }
    for name, show in lines.items():
        table.add_row(name, *(show(run) for run in runs.values()))
    CONSOLE.print(table)


def finite(value: Any) -> Any:
    """JSON knows no infinity and no NaN."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def parse_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", type=Path, required=True, help="question/answer CSV")
    parser.add_argument("--rows", type=int, help="training rows; repeated if there are fewer")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--base", default="tiny", help="folder, `tiny` or `kogpt2` (random)")
    parser.add_argument("--learning-rate", type=float, default=4e-3)
    parser.add_argument("--batch-tokens", type=int, default=1024)
    parser.add_argument("--batching", choices=["packed", "length_grouped"], default="packed")
    parser.add_argument("--article-learning-rate", type=float, default=ARTICLE_LEARNING_RATE)
    parser.add_argument("--threads", type=int, help="of the processor; default: torch's choice")
    parser.add_argument("--gpu", action="store_true", help="KoGPT2's size on the GPU, in bf16")
    parser.add_argument("--sweep", action="store_true", help="only compare learning rates")
    parser.add_argument("--without-parts", action="store_true", help="only the two recipes")
    options = parser.parse_args()
    if options.gpu and not torch.cuda.is_available():
        parser.error("--gpu needs a GPU")
    options.device = "cuda:0" if options.gpu else "cpu"
    options.base = "kogpt2" if options.gpu and options.base == "tiny" else options.base
    return options


def main() -> None:
    """Measure and print."""
    options = parse_options()
    if options.threads:
        torch.set_num_threads(options.threads)
    train, val = split(read_pairs(options.pairs), VAL_SHARE)
    random.Random(1).shuffle(train)
    train = list(islice(cycle(train), options.rows or len(train)))
    with tempfile.TemporaryDirectory() as folder:
        if options.sweep:
            found = sweep(train, options, Path(folder))
        else:
            base = base_model(options.base, train, Path(folder))
            article, ours = both_ways(base, train, val, options)
            found = figures(article, ours, options)
            if not options.without_parts:
                found["batchings"] = other_batching(base, train, val, ours, options)
                found["heads"] = heads(base, train, options)
    print(json.dumps({name: finite(value) for name, value in found.items()}))


if __name__ == "__main__":
    main()
