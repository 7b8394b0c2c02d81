"""The command that shows what waits, what was refused and what was processed."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.tables import print_whole
from cs_pipeline.cli.wording import common
from cs_pipeline.cli.wording import inbox as wording
from cs_pipeline.cli.words import add_commands, say

if TYPE_CHECKING:
    from cs_pipeline.stages import InboxReport

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def inbox(
    limit: Annotated[
        int,
        typer.Option(min=1, help=str(wording.LIMIT)),
    ] = 20,
    as_json: Annotated[bool, typer.Option("--json", help=str(common.PRINT_JSON))] = False,
) -> None:
    """Show what waits in the inbox, what was refused and what was processed."""
    from cs_pipeline import stages

    report = stages.inbox_report(stages.Installation.load(), limit=limit)
    if as_json:
        typer.echo(report.model_dump_json(indent=2))
        return
    _print_place(report)
    _print_waiting(report)
    _print_refused_exports(report)
    _print_refused_rows(report)
    _print_processed(report)


def _print_place(report: "InboxReport") -> None:
    """Which installation this is, who is at work in it, and on what."""
    say(wording.inbox(report.inbox_uri))
    say(wording.data_folder(report.data_folder))
    if not report.exists:
        say(common.NO_INSTALLATION)
    if owner := report.at_work:
        say(wording.at_work(owner.by, owner.what, age_words(owner.since, report.looked_at)))
    if report.processing:
        _print(
            str(wording.IN_PROCESSING),
            [str(wording.FILE), str(wording.SIZE), str(wording.CLAIMED)],
            [
                (
                    item.name,
                    size_words(item.size_bytes),
                    age_words(item.claimed_at, report.looked_at),
                )
                for item in report.processing
            ],
        )


def _print_waiting(report: "InboxReport") -> None:
    _print(
        str(wording.WAITING),
        [str(wording.FILE), str(wording.SIZE), str(wording.DROPPED), ""],
        [
            (
                item.name,
                size_words(item.size_bytes),
                age_words(item.changed_at, report.looked_at),
                state_words(item.state),
            )
            for item in report.waiting
        ],
    )


def _print_refused_exports(report: "InboxReport") -> None:
    _print(
        str(wording.REFUSED_FILES),
        [str(wording.FILE), str(wording.REFUSED), str(wording.REASON)],
        [
            (
                item.name,
                age_words(item.quarantined_at, report.looked_at),
                str(item.words).removeprefix(f"{item.name}: "),
            )
            for item in report.refused_exports
        ],
        more=report.more.get("refused_exports", 0),
    )


def _print_refused_rows(report: "InboxReport") -> None:
    _print(
        str(wording.REFUSED_ROWS),
        [str(wording.FILE), str(wording.ROWS), str(wording.WRITTEN)],
        [
            (
                item.uri,
                "-" if item.rows is None else f"{item.rows:,}",
                age_words(item.written_at, report.looked_at),
            )
            for item in report.refused_rows
        ],
        more=report.more.get("refused_rows", 0),
    )


def _print_processed(report: "InboxReport") -> None:
    _print(
        str(wording.PROCESSED),
        [
            str(wording.FILE),
            str(wording.ROWS),
            str(wording.DATASET),
            str(wording.PROCESSED_AT),
        ],
        [
            (
                item.name,
                f"{item.rows:,}",
                item.dataset_version,
                age_words(item.processed_at, report.looked_at),
            )
            for item in report.processed
        ],
        more=report.more.get("processed", 0),
    )


def _print(
    title: str, headings: list[str], rows: Iterable[tuple[str, ...]], *, more: int = 0
) -> None:
    """A list under its title; only its last column is wrapped."""
    from rich.table import Table
    from rich.text import Text

    typer.echo("")
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, no_wrap=heading is not headings[-1])
    for row in rows:
        table.add_row(*map(Text, row))  # a name in brackets is not markup
    if not table.rows:
        typer.echo(str(wording.none(title)))
        return
    typer.echo(title)
    print_whole(table)
    if more:
        say(wording.more(more))


def age_words(moment: datetime | None, now: datetime) -> str:
    """How long ago, in the largest unit that fits."""
    if moment is None:
        return "-"
    seconds = int((now - moment).total_seconds())
    if seconds < _MINUTE:
        return str(wording.JUST_NOW)
    if seconds < _HOUR:
        return str(wording.minutes_ago(seconds // _MINUTE))
    if seconds < _DAY:
        return str(wording.hours_ago(seconds // _HOUR))
    return str(wording.days_ago(seconds // _DAY))


def size_words(size_bytes: int | None) -> str:
    """Bytes, KB or MB."""
    if size_bytes is None:
        return "-"
    if size_bytes < 1024:
        return f"{size_bytes} B"
    kilobytes = size_bytes / 1024
    return f"{kilobytes:,.0f} KB" if kilobytes < 1024 else f"{kilobytes / 1024:,.1f} MB"


def state_words(state: str) -> str:
    """Whether the next run takes a file, and if not, why."""
    return str(wording.STATES[state])


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    add_commands(app, (inbox,), wording.HELP)
