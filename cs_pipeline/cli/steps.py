"""One subcommand a step, and `run` for the whole way.

The steps before training speak JSON lines, one record a line, so that they can be piped:
`collect | validate | shard | merge`.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from pydantic import ValidationError

from cs_pipeline.cli.run_options import takes_options_of
from cs_pipeline.cli.wording import steps as wording
from cs_pipeline.cli.words import add_commands
from cs_pipeline.config import GateChoice, RecipeChoice, RunOptions, Settings
from cs_pipeline.records import ExportFile, MaskedShard, Record, ValidationReport

AnyRecord = TypeVar("AnyRecord", bound=Record)

RunId = Annotated[str, typer.Option(help=str(wording.RUN_ID))]
RecipeJson = Annotated[
    str | None,
    typer.Option(help=str(wording.RECIPE_JSON)),
]


@takes_options_of(RunOptions)
def run(
    run_id: Annotated[str | None, typer.Option(help=str(wording.RUN_ID))] = None,
    **given: object,
) -> None:
    """The whole way in one process: inbox to verdict."""
    from cs_pipeline import stages
    from cs_pipeline.cli.summary import print_run
    from cs_pipeline.retrain import retrain

    installation = stages.Installation.load()
    options = RunOptions.from_settings(installation.settings, given)
    options.training_recipe()  # a wrong one is refused before any export is claimed
    record = retrain(
        installation,
        run_id=run_id or f"cli__{datetime.now(UTC):%Y-%m-%dT%H%M%S.%f}",
        options=options,
        announce=lambda step: typer.echo(f"▶ {step}", err=True),
    )
    print_run(record)
    exit_codes = {
        "promoted": 0,
        "nothing_to_do": 0,
        "refused": 3,
        "rejected": 4,
        "kept": 4,
        "held": 4,
    }
    raise typer.Exit(exit_codes.get(record.status, 1))


def collect(
    run_id: RunId,
    force: Annotated[bool, typer.Option(help=str(wording.FORCE))] = False,
) -> None:
    """Claim pending exports; prints one export a line."""
    from cs_pipeline import stages

    _print_records(stages.collect(stages.Installation.load(), run_id=run_id, force=force) or [])


def validate() -> None:
    """Exports on stdin -> validation reports."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    _print_records(stages.validate(installation, export) for export in _read_records(ExportFile))


def shard() -> None:
    """Validation reports on stdin -> masked shards."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    _print_records(
        stages.mask(installation, report.export)
        for report in _read_records(ValidationReport)
        if not report.quarantined
    )


def merge(run_id: RunId) -> None:
    """Masked shards on stdin -> dataset version."""
    from cs_pipeline import stages

    shards = list(_read_records(MaskedShard))
    _print_records([stages.merge(stages.Installation.load(), run_id=run_id, shards=shards)])


@takes_options_of(RecipeChoice)
def train(
    run_id: Annotated[str | None, typer.Option(help=str(wording.RUN_ID))] = None,
    dataset: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help=str(wording.DATASET),
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help=str(wording.OUT))] = None,
    recipe_json: RecipeJson = None,
    request: Annotated[
        str | None,
        typer.Option(help=str(wording.REQUEST)),
    ] = None,
    attempt: Annotated[int | None, typer.Option(min=1, help=str(wording.ATTEMPT))] = None,
    **given: object,
) -> None:
    """Fine-tune a base model; writes the checkpoint and then result.json."""
    from cs_pipeline import stages
    from cs_pipeline.cli.process import exit_with_parent
    from cs_pipeline.cli.summary import print_result

    exit_with_parent()
    local = (run_id, dataset, out, recipe_json, *given.values())
    if request:
        _refuse_beside_request(local)
        result = stages.train_request(request, attempt=attempt)
    elif run_id is None or dataset is None or out is None:
        raise wording.no_training_named()
    else:
        installation = stages.Installation.load()
        result = stages.train(
            installation,
            run_id=run_id,
            dataset=stages.load_dataset(dataset.resolve()),
            options=_train_options(installation.settings, given, recipe_json),
            out=out.resolve(),
        )
    if result:  # None in all processes of a distributed run but the first
        print_result(result)


@takes_options_of(GateChoice)
def gate(run_id: RunId, **given: object) -> None:
    """Judge a run's result against the newest dataset; exit code 4 unless it may be promoted."""
    from cs_pipeline import stages
    from cs_pipeline.cli.summary import print_verdict

    installation = stages.Installation.load()
    stages.run_figures(installation, run_id)  # a run that does not exist is a wrong argument
    dataset = stages.current_dataset(installation)
    options = RunOptions.from_settings(installation.settings, given)
    verdict = stages.gate(installation, run_id=run_id, dataset=dataset, options=options)
    print_verdict(verdict)
    raise typer.Exit(0 if verdict.decision == "promote" else 4)


def _refuse_beside_request(local: Iterable[object]) -> None:
    if any(value is not None for value in local):
        raise wording.request_stands_alone()


def _train_options(
    settings: Settings, given: Mapping[str, object], recipe_json: str | None
) -> RunOptions:
    """Options whose recipe is `recipe_json` to the letter, or made of settings and options."""
    if recipe_json is None:
        return RunOptions.from_settings(settings, given)
    if any(value is not None for value in given.values()):
        raise wording.recipe_stands_alone()
    return RunOptions(recipe=recipe_json)


def _print_records(records: Iterable[Record]) -> None:
    for record in records:
        typer.echo(record.model_dump_json())


def _read_records(kind: type[AnyRecord]) -> Iterator[AnyRecord]:
    for number, line in enumerate(sys.stdin, start=1):
        try:
            yield kind.model_validate_json(line)
        except ValidationError:
            raise wording.not_a_record(number, kind.__name__) from None


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(app, (run, collect, validate, shard, merge, train, gate), wording.HELP)
