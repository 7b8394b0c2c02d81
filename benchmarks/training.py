"""The article's recipe against this project's default one: same base, rows and machine, one run.

    python benchmarks/training.py --pairs CHATBOT_DATA.csv

Prints tables, then one line of JSON. What the figures mean is in `docs/benchmarks.md`.
"""

import argparse
import csv
import json
import logging
import math
import random
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from rich import box
from rich.console import Console
from rich.table import Table
from training_base import base_model
from training_head import head_seconds
from training_runs import ARTICLE_LEARNING_RATE, Rows, Run, train_as_article, train_as_here

from cs_pipeline.dataset.keys import is_validation, keys_of
from cs_pipeline.recipes.recipe import Recipe, load_recipe
from cs_pipeline.training.appraisal.paired import compare_rows
from cs_pipeline.training.loop.throughput import model_flops_utilisation, peak_gpu_bytes

VAL_SHARE = 0.1
SIZES = (1000, 5000, 0)
RATES = (ARTICLE_LEARNING_RATE, 5e-4, 2e-3)
SWEEP_BATCH_TOKENS = (256, 1024, 4096)
SWEEP_RATES = (5e-4, 1e-3, 2e-3, 4e-3, 8e-3)
CONSOLE = Console(width=160)


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


def ours(base: Path, options: argparse.Namespace, **changes: Any) -> Recipe:
    """The default recipe on `base`; a rate in `changes` is meant for two rows, as its own is."""
    recipe = load_recipe(options.recipe, {"base_model": str(base), "epochs": options.epochs})
    return recipe.model_copy(update=changes)


def both_ways(
    base: Path, train: Rows, val: Rows, rate: float, options: argparse.Namespace
) -> dict[str, Any]:
    """Train as the article and as we do, for as many epochs, then for as much time at the most."""
    device = options.device
    article = train_as_article(
        base, train, val, epochs=options.epochs, learning_rate=rate, device=device
    )
    recipe = ours(base, options, learning_rate=rate)
    epochs_alike = train_as_here(
        base, train, val, recipe, device=device, until_loss=article.answer_loss
    )
    runs = {"article": article, "equal epochs": epochs_alike}
    times = epochs_alike.rows_per_processor_second / article.rows_per_processor_second
    epochs = min(math.floor(options.epochs * times), options.time_epochs)
    if epochs > options.epochs:
        recipe = ours(base, options, learning_rate=rate, epochs=epochs)
        runs[f"{epochs} epochs"] = train_as_here(base, train, val, recipe, device=device)
    print_runs(f"{len(train):,} rows, {rate:g} for two rows", runs)
    return {
        "rows": len(train),
        "rate": rate,
        "rows_per_second_ratio": times,
        "time_to_equal_answer_loss_ratio": article.watch.seconds
        / epochs_alike.seconds_to(article.answer_loss),
        "runs": {name: figures(run, article, options) for name, run in runs.items()},
    }


def figures(run: Run, article: Run, options: argparse.Namespace) -> dict[str, Any]:
    """What the last line says of a run."""
    paired = compare_rows(
        run.scores[-1], article.scores[-1], same_tokenizer=True, confidence=0.95, seed=1
    )
    return {
        "answer_loss": run.answer_loss,
        "answer_losses": run.answer_losses,
        "logged_loss": run.logged_loss,
        "better_than_article": paired.model_dump() if paired else None,
        "seconds": run.watch.seconds,
        "processor_seconds": run.watch.processor_seconds,
        "rows_per_second": run.rows_per_second,
        "padding_share": run.padding_share,
        "planned": run.planned.model_dump() if run.planned else None,
        "model_flops_utilisation": utilisation(run) if run.planned else None,
        "peak_gpu_bytes": peak_gpu_bytes(torch.device(options.device)),
    }


def utilisation(run: Run) -> float | None:
    """Model FLOP/s over the device's peak; None on a CPU."""
    return model_flops_utilisation(
        run.model, tokens_per_second=run.tokens_per_second, row_tokens=128
    )


def sweep(base: Path, train: Rows, val: Rows, options: argparse.Namespace) -> dict[str, Any]:
    """Answer loss by tokens per step and learning rate."""
    table = Table("tokens per step", *map(str, SWEEP_RATES), "rows/s", box=box.MARKDOWN)
    losses: dict[str, float] = {}
    for tokens in SWEEP_BATCH_TOKENS:
        found = []
        for rate in SWEEP_RATES:
            given = {"batch_tokens": tokens, "learning_rate": rate}
            recipe = ours(base, options, fewest_steps=0, scale_rate=False, **given)
            found.append(train_as_here(base, train, val, recipe, device=options.device))
            losses[f"{tokens}/{rate:g}"] = found[-1].answer_loss
        speed = sum(run.rows_per_processor_second for run in found) / len(found)
        table.add_row(f"{tokens:,}", *(f"{run.answer_loss:.3f}" for run in found), f"{speed:.0f}")
    CONSOLE.print(table)
    return {"rows": len(train), "sweep": losses}


def parts(base: Path, train: Rows, val: Rows, options: argparse.Namespace) -> dict[str, Any]:
    """What single choices bring: packing, and the head on scored tokens."""
    runs = {
        batching: train_as_here(
            base, train, val, ours(base, options, batching=batching), device=options.device
        )
        for batching in ("packed", "length_grouped")
    }
    print_runs("rows to batches", runs)
    return {"heads": heads(base, train, options)}


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


def print_runs(title: str, runs: dict[str, Run]) -> None:
    """One column a run."""
    table = Table(title, *runs, box=box.MARKDOWN)
    lines = {
        "rows/s": lambda run: f"{run.rows_per_second:,.1f}",
        "rows/processor second": lambda run: f"{run.rows_per_processor_second:,.1f}",
        "processor seconds of the loop": lambda run: f"{run.watch.processor_seconds:,.1f}",
        "padding": lambda run: f"{run.padding_share:.1%}",
        "steps, tokens of one, rate": planned,
        "logged loss": lambda run: "-" if run.logged_loss is None else f"{run.logged_loss:.3f}",
        "answer loss": lambda run: f"{run.answer_loss:.3f}",
        "after each epoch": lambda run: ", ".join(f"{x:.3f}" for x in run.answer_losses[:-1]),
    }
    for name, show in lines.items():
        table.add_row(name, *(show(run) for run in runs.values()))
    CONSOLE.print(table)


def planned(run: Run) -> str:
    """What the recipe came to for the rows at hand."""
    if run.planned is None:
        return "-"
    return f"{run.planned.steps}, {run.planned.batch_tokens}, {run.planned.learning_rate:.1e}"


def finite(value: Any) -> Any:
    """JSON knows no infinity and no NaN."""
    if isinstance(value, dict):
        return {name: finite(one) for name, one in value.items()}
    if isinstance(value, list):
        return [finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def parse_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", type=Path, required=True, help="question/answer CSV")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=SIZES, help="training rows; 0: all of them"
    )
    parser.add_argument(
        "--rates", type=float, nargs="+", default=RATES, help="for two rows per step, both ways"
    )
    parser.add_argument("--recipe", default="kogpt2", help="ours: a preset or a file")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--base", default="tiny", help="`mini`, `tiny`, `kogpt2`, or a folder")
    parser.add_argument("--text-epochs", type=int, default=4, help="of plain text, for the base")
    parser.add_argument(
        "--time-epochs", type=int, default=100, help="most epochs of ours in the article's time"
    )
    parser.add_argument("--threads", type=int, help="of the processor; default: torch's choice")
    parser.add_argument("--gpu", action="store_true", help="KoGPT2's size on the GPU")
    parser.add_argument("--sweep", action="store_true", help="rates and batches of ours, instead")
    parser.add_argument("--parts", action="store_true", help="single choices of ours, instead")
    options = parser.parse_args()
    if options.gpu and not torch.cuda.is_available():
        parser.error("--gpu needs a GPU")
    options.device = "cuda:0" if options.gpu else "cpu"
    options.base = "kogpt2" if options.gpu and options.base == "tiny" else options.base
    return options


def measured(
    base: Path, train: Rows, val: Rows, options: argparse.Namespace
) -> Iterable[dict[str, Any]]:
    """What was asked for, for rows of one size."""
    if options.sweep:
        yield sweep(base, train, val, options)
    elif options.parts:
        yield parts(base, train, val, options)
    else:
        for rate in options.rates:
            yield both_ways(base, train, val, rate, options)


def main() -> None:
    """Measure and print."""
    logging.getLogger("cs_pipeline").setLevel(logging.ERROR)
    options = parse_options()
    if options.threads:
        torch.set_num_threads(options.threads)
    train, val = split(read_pairs(options.pairs), VAL_SHARE)
    random.Random(1).shuffle(train)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        text = {"text_epochs": options.text_epochs, "device": options.device}
        base = base_model(options.base, train, Path(folder), **text)
        for size in options.sizes:
            found += measured(base, train[: size or len(train)], val, options)
    setting = {"device": options.device, "threads": torch.get_num_threads(), "base": options.base}
    print(json.dumps(finite({**setting, "measured": found})))


if __name__ == "__main__":
    main()
