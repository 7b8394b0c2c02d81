"""Commands about models: what is live, fetching it, talking to it."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.wording import common
from cs_pipeline.cli.wording import models as wording
from cs_pipeline.cli.words import add_commands, say

if TYPE_CHECKING:
    from cs_pipeline.stages import Chat, Status


def status(
    runs: Annotated[int, typer.Option(min=0, help=str(wording.RUNS))] = 10,
) -> None:
    """Live model, dataset, pending exports and the latest runs."""
    from cs_pipeline import stages
    from cs_pipeline.cli.summary import print_runs
    from cs_pipeline.moments import shown_moment

    seen = stages.status(stages.Installation.load(), runs=runs)
    _print_place(seen)
    live = seen.live
    if live is None:
        say(wording.NOTHING_LIVE)
    else:
        loss = "-" if live.loss_nats_per_token is None else f"{live.loss_nats_per_token:.4f}"
        say(
            wording.live_model(
                live.version_id,
                loss,
                live.dataset_version,
                live.previous_version_id,
            )
        )
    if seen.live_data_withdrawn:
        say(wording.TRAINED_ON_WITHDRAWN)
    if switched := seen.maintenance:
        until = shown_moment(switched.until, seen.zone)
        say(wording.no_promotion_until(until, switched.by, switched.reason))
    say(wording.pending(seen.pending, seen.inbox_uri))
    if seen.processing:
        say(wording.processing(seen.processing))
    if seen.runs:
        print_runs(seen.runs, seen.zone)
    for run_id, decided in seen.overrides.items():
        typer.echo(f"{run_id}: {decided}")


def _print_place(seen: "Status") -> None:
    """Which installation this is, and who is at work in it."""
    from cs_pipeline.moments import shown_moment

    say(wording.folders(seen.data_folder, seen.work_folder))
    if not seen.exists:
        say(common.NO_INSTALLATION)
    if owner := seen.at_work:
        since = shown_moment(owner.since, seen.zone)
        say(wording.at_work(owner.by, owner.what, since))


def check_model(
    version: Annotated[str, typer.Argument(help=str(wording.VERSION))],
    as_json: Annotated[bool, typer.Option("--json", help=str(common.PRINT_JSON_LINE))] = False,
) -> None:
    """Download a version, verify it, load it and ask it something; exit code 4 if it fails."""
    from cs_pipeline import stages
    from cs_pipeline.cli.process import exit_with_parent

    exit_with_parent()
    checked = stages.check_model(stages.Installation.load(), version)
    if as_json:
        typer.echo(checked.model_dump_json())
    else:
        say(wording.answered(checked.version_id, checked.answered, checked.asked))
        if checked.empty:
            say(wording.empty(checked.empty))
        if checked.problem:
            typer.echo(str(checked.problem))
    raise typer.Exit(0 if checked.problem is None and checked.answered == checked.asked else 4)


def pull(
    target: Annotated[Path, typer.Argument(help=str(wording.TARGET))],
    version: Annotated[str | None, typer.Option(help=str(wording.PULL_VERSION))] = None,
) -> None:
    """Download the live model (or a version) and verify every byte."""
    from cs_pipeline import stages

    version_id = stages.pull(stages.Installation.load(), target, version)
    say(wording.pulled(version_id, target))


def chat(
    question: Annotated[
        list[str] | None,
        typer.Option("--question", "-q", help=str(wording.QUESTION)),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help=str(wording.AS_JSON),
        ),
    ] = False,
    beside: Annotated[
        str,
        typer.Option(help=str(wording.BESIDE)),
    ] = "",
) -> None:
    """Ask the live model, each --question on its own; without one, a conversation."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    live = stages.Chat(installation)
    if as_json:
        asked = [line.strip() for line in sys.stdin if line.strip()]
        told = _answers(live, asked)
        if beside:
            del live  # one model in memory at a time
            told["beside"] = _answers(stages.Chat(installation, beside), asked)
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    say(wording.asked_model(live.version_id))
    for text in question or ():
        typer.echo(f"Q: {text}\nA: {live.ask(text)}")
    if question:
        return
    say(wording.HOW_TO_END)
    while True:
        try:
            text = input("Q: ").strip()
        except (EOFError, KeyboardInterrupt):
            typer.echo()
            return
        if text:
            typer.echo(f"A: {live.go_on(text)}")


def _answers(model: "Chat", asked: list[str]) -> dict[str, object]:
    return {"version_id": model.version_id, "answers": [model.ask(text) for text in asked]}


def make_base(
    out: Annotated[Path, typer.Argument(help=str(wording.BASE_FOLDER))],
    corpus: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help=str(wording.CORPUS),
        ),
    ] = None,
    vocab_size: Annotated[int, typer.Option(help=str(wording.VOCABULARY_SIZE))] = 4096,
    seed: Annotated[int, typer.Option(help=str(common.SEED))] = 0,
) -> None:
    """Make a tiny KoGPT2-shaped base model, for trials without a GPU."""
    from cs_pipeline import stages

    stages.make_base(corpus, out, vocab_size=vocab_size, seed=seed)
    say(wording.made_base(out))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(app, (status, check_model, pull, chat, make_base), wording.HELP)
