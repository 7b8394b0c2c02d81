"""Commands by which people decide what answers customers: what goes and comes is shown first."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.confirm import By, Yes, confirmed
from cs_pipeline.cli.tables import listing, print_whole
from cs_pipeline.cli.wording import common
from cs_pipeline.cli.wording import deciding as wording
from cs_pipeline.cli.words import add_commands, say

if TYPE_CHECKING:
    from cs_pipeline.stages import Change, Installation, ModelCard, Move, PromotionOutlook

Run = Annotated[
    str,
    typer.Argument(
        metavar="RUN",
        help=str(wording.RUN),
    ),
]


def promote(
    run_id: Run,
    note: Annotated[str, typer.Option(help=str(wording.WHY_PROMOTE))],
    override: Annotated[
        bool,
        typer.Option(
            "--override",
            help=str(wording.OVERRIDE_RULES),
        ),
    ] = False,
    by: By = None,
    yes: Yes = False,
) -> None:
    """Promote a candidate that waits for a person; exit code 4 if a rule stands against it."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    outlook = stages.promotion_outlook(installation, run_id)
    if outlook.live_changed and outlook.recomparison is None:
        say(wording.COMPARING_AGAIN)
        stages.recompare(installation, outlook.run_id)
        outlook = stages.promotion_outlook(installation, run_id)
    if outlook.is_live:
        say(wording.is_live_already(outlook.change.comes.version_id))
    else:
        _print_outlook(outlook)
    if override and not outlook.is_live:
        confirmed(str(wording.ASK_OVERRIDE), yes=yes)
    model = stages.promote_held(
        installation, run_id=outlook.run_id, note=note, by=by, override=override
    )
    say(common.live_model(model.version_id))


def hold(
    run_id: Run,
    note: Annotated[str, typer.Option(help=str(wording.WHY_HOLD))],
    by: By = None,
) -> None:
    """Keep a candidate that may be promoted from going live until a person promotes it."""
    from cs_pipeline import stages

    verdict = stages.hold(stages.Installation.load(), run_id=run_id, note=note, by=by)
    say(wording.on_hold(verdict.run_id))


def discard(
    run_id: Run,
    note: Annotated[str, typer.Option(help=str(wording.WHY_DISCARD))],
    by: By = None,
    yes: Yes = False,
) -> None:
    """Reject a candidate that is not live; its version leaves the model store."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    outlook = stages.promotion_outlook(installation, run_id)
    say(wording.to_discard(_shown(outlook.change.comes)))
    confirmed(str(wording.ASK_DISCARD), yes=yes)
    verdict = stages.discard_held(installation, run_id=outlook.run_id, note=note, by=by)
    say(wording.discarded(verdict.run_id))


def recompare(
    run_id: Run,
    as_json: Annotated[bool, typer.Option("--json", help=str(common.PRINT_JSON))] = False,
) -> None:
    """Compare a run's candidate with the model that is live now, on the same rows."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    found = stages.recompare(installation, run_id)
    if as_json:
        typer.echo(found.model_dump_json())
        return
    _print_outlook(stages.promotion_outlook(installation, run_id))


def rollback(
    to: Annotated[
        str | None,
        typer.Option(
            metavar="VERSION",
            help=str(wording.ROLLBACK_TO),
        ),
    ] = None,
    note: Annotated[str, typer.Option(help=str(wording.WHY))] = "",
    override: Annotated[
        bool,
        typer.Option(
            "--override",
            help=str(wording.OVERRIDE_DOUBTS),
        ),
    ] = False,
    by: By = None,
    yes: Yes = False,
) -> None:
    """Make an earlier model live again; exit code 4 if it is not sound, 2 if there is none."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    change = stages.rollback_outlook(installation, to)
    _print_change(change)
    if not change.comes.doubts or override:
        confirmed(str(wording.ASK_ROLLBACK), yes=yes)
    model = stages.rollback(
        installation, note=note, to=change.comes.version_id, by=by, override=override
    )
    say(wording.rolled_back(model.version_id))


def history(
    at: Annotated[
        str | None,
        typer.Option(
            metavar="MOMENT",
            help=str(wording.AT),
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=str(common.PRINT_JSON))] = False,
) -> None:
    """Which model answered when, and who changed it; oldest first."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    if at is None:
        moves = stages.history(installation)
    else:
        move = stages.live_model_at(installation, _moment(installation, at))
        moves = [move] if move else []
    if as_json:
        for move in moves:
            typer.echo(move.model_dump_json())
        return
    if not moves:
        say(wording.NOTHING_LIVE)
        return
    _print_moves(installation, moves)


def _print_moves(installation: "Installation", moves: "Sequence[Move]") -> None:
    from cs_pipeline import stages
    from cs_pipeline.moments import shown_moment

    headings = [
        str(wording.NUMBER),
        str(wording.WHEN),
        str(wording.FROM),
        str(wording.TO),
        str(wording.HOW),
        str(wording.WHO),
        str(wording.NOTE),
    ]
    table = listing(headings)
    for move in moves:
        when = shown_moment(move.moved_at, installation.zone)
        told = (str(move.number), when, move.from_version or "-", move.to_version)
        table.add_row(*told, str(stages.how_words(move.how)), move.by or "-", move.note or "-")
    print_whole(table)


def maintenance(
    until: Annotated[
        str | None,
        typer.Option(
            metavar="MOMENT",
            help=str(wording.UNTIL),
        ),
    ] = None,
    reason: Annotated[str, typer.Option(help=str(wording.WHY_MAINTENANCE))] = "",
    end: Annotated[bool, typer.Option("--end", help=str(wording.END))] = False,
    by: By = None,
) -> None:
    """Show, set or end the switch that stops automatic promotion for all runs."""
    from cs_pipeline import stages
    from cs_pipeline.moments import shown_moment

    installation = stages.Installation.load()
    installation.require()
    if end:
        stages.end_maintenance(installation, reason=reason, by=by)
    elif until:
        if not reason.strip():
            raise wording.no_maintenance_reason()
        moment = _moment(installation, until)
        stages.switch_maintenance(installation, until=moment, reason=reason, by=by)
    switched = installation.maintenance.current()
    if switched is None:
        say(wording.NO_MAINTENANCE)
        return
    shown = shown_moment(switched.until, installation.zone)
    say(wording.no_promotion_until(shown, switched.by, switched.reason))


def _moment(installation: "Installation", text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise wording.not_a_moment() from None
    return moment if moment.tzinfo else moment.replace(tzinfo=installation.zone)


def _print_outlook(outlook: "PromotionOutlook") -> None:
    _print_change(outlook.change)
    for reason in outlook.against:
        mark = "✗" if reason.outcome == "failed" else "…"
        typer.echo(f"  {mark} {reason.words}")
    if outlook.compared is not None:
        typer.echo(f"  = {outlook.compared}")


def _print_change(change: "Change") -> None:
    if change.goes is not None:
        say(wording.goes(_shown(change.goes)))
    say(wording.comes(_shown(change.comes)))
    for doubt in change.comes.doubts:
        typer.echo(f"  ✗ {doubt.words}")


def _shown(card: "ModelCard") -> str:
    loss = "-" if card.loss_nats_per_token is None else f"{card.loss_nats_per_token:.4f}"
    data = card.dataset_version or "-"
    return str(wording.model(card.version_id, loss, data))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(
        app, (promote, hold, discard, recompare, rollback, history, maintenance), wording.HELP
    )
