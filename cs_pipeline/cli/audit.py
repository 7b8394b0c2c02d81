"""`pii-audit`: masked rows for a person to review, and what the verdicts say."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from cs_pipeline.cli.wording import audit as wording
from cs_pipeline.cli.wording import common
from cs_pipeline.cli.words import add_commands, say
from cs_pipeline.masked.placeholders import ENTITY_NAMES

if TYPE_CHECKING:
    from cs_pipeline.stages.audit import AuditEstimate, AuditRate


Rows = Annotated[int, typer.Option(min=30, max=10_000, help=str(wording.ROWS_TO_DRAW))]
Out = Annotated[
    Path | None,
    typer.Option(help=str(wording.OUT)),
]
WithSource = Annotated[
    bool,
    typer.Option(
        "--with-source",
        help=str(wording.WITH_SOURCE),
    ),
]


def draw(
    rows: Rows = 200,
    seed: Annotated[int, typer.Option(help=str(common.SEED))] = 1,
    out: Out = None,
    with_source: WithSource = False,
) -> None:
    """Draw masked rows of the current dataset into a workbook for review."""
    from cs_pipeline import stages

    audit = stages.draw_audit(
        stages.Installation.load(), rows=rows, seed=seed, out=out, with_source=with_source
    )
    plan = audit.plan
    say(
        wording.drawn(
            len(plan.drawn), plan.rows, plan.dataset_version, len(plan.strata), audit.path
        )
    )
    if audit.rows_without_source:
        say(wording.without_source(audit.rows_without_source))
    if with_source:
        say(wording.HOLDS_PERSONAL_DATA)


def read(
    workbook: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, help=str(common.WORKBOOK_WITH_VERDICTS)),
    ],
    json: Annotated[
        Path | None,
        typer.Option(help=str(wording.JSON)),
    ] = None,
) -> None:
    """Read the verdicts: leak and overmasking rate with a 95% confidence interval."""
    from cs_pipeline import stages

    estimate, path = stages.read_audit(workbook, json)
    print_estimate(estimate)
    say(wording.result(path))


def print_estimate(estimate: "AuditEstimate") -> None:
    """What was reviewed, the two rates, and where the verdicts fell."""
    unfilled = estimate.drawn - estimate.reviewed
    say(
        wording.reviewed(
            estimate.dataset_version, estimate.rows, estimate.drawn, estimate.reviewed, unfilled
        )
    )
    if left_out := estimate.rows - estimate.rows_represented:
        say(wording.left_out(left_out))
    _print_rate(str(wording.LEAK_RATE), estimate.leak)
    _print_rate(str(wording.OVERMASKING_RATE), estimate.overmasked)
    _print_strata(estimate)


def _print_rate(title: str, rate: "AuditRate") -> None:
    interval = f"{rate.low:.2%}–{rate.high:.2%}"
    say(wording.rate(title, rate.share, interval, rate.rows))
    if rate.by_type:
        types = ", ".join(f"{ENTITY_NAMES[kind]} {rows}" for kind, rows in rate.by_type.items())
        say(wording.types(types))
    if rate.by_rule:
        rules = ", ".join(f"{rule} {rows}" for rule, rows in rate.by_rule.items())
        say(wording.rules(rules))


def _print_strata(estimate: "AuditEstimate") -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column(str(wording.STRATUM))
    for heading in (
        str(wording.ROWS),
        str(wording.REVIEWED),
        str(wording.LEAKS),
        str(wording.OVERMASKED),
    ):
        table.add_column(heading, justify="right")
    for stratum in estimate.strata:
        table.add_row(
            str(stratum.title),
            f"{stratum.rows:,}",
            f"{stratum.reviewed:,} / {stratum.drawn:,}",
            f"{stratum.leaks:,}",
            f"{stratum.overmasked:,}",
        )
    Console().print(table)


def register(app: typer.Typer) -> None:
    """Add the command group of this module."""
    group = typer.Typer(no_args_is_help=True)
    add_commands(group, (draw, read), wording.HELP)
    app.add_typer(
        group,
        name="pii-audit",
        help=str(wording.GROUP),
    )
