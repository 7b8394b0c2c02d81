"""Commands for forgetting: what goes is shown before the question, what went after it."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.confirm import By, Yes, confirmed
from cs_pipeline.cli.wording import withdraw as wording
from cs_pipeline.cli.words import add_commands, say

if TYPE_CHECKING:
    from cs_pipeline.stages import Installation, Receipt, WithdrawalPlan


Export = Annotated[
    list[str] | None,
    typer.Option(help=str(wording.EXPORT)),
]
Conversation = Annotated[
    list[str] | None,
    typer.Option(help=str(wording.CONVERSATION)),
]
Digest = Annotated[
    list[str] | None,
    typer.Option(help=str(wording.DIGEST)),
]
Later = Annotated[
    bool,
    typer.Option(
        "--later",
        help=str(wording.LATER),
    ),
]


def withdraw(
    export: Export = None,
    conversation: Conversation = None,
    contains_digest: Digest = None,
    later: Later = False,
    by: By = None,
    yes: Yes = False,
    as_json: Annotated[bool, typer.Option("--json", help=str(wording.AS_JSON))] = False,
) -> None:
    """Take data out for good with all that was made of it; exit code 3 if it is not found."""
    from cs_pipeline import stages

    if not export and not conversation and not contains_digest:
        raise wording.nothing_named()
    installation = stages.Installation.load()
    wanted = stages.Wanted(
        exports=tuple(export or ()),
        conversations=tuple(conversation or ()),
        digests=tuple(contains_digest or ()),
        later=later,
    )
    _print_plan(stages.plan_withdrawal(installation, wanted), err=as_json)
    confirmed(
        str(wording.ASK),
        yes=yes,
    )
    receipt = stages.withdraw(installation, wanted, by=by)
    if as_json:
        typer.echo(receipt.model_dump_json(indent=2))
    else:
        _print_receipt(installation, receipt)


def _print_plan(plan: "WithdrawalPlan", *, err: bool) -> None:
    for export in plan.exports:
        told = wording.export(export.name, export.sha256, export.rows, whole=export.whole)
        say(told, err=err)
    if plan.refused_rows:
        say(wording.refused_rows(plan.refused_rows), err=err)
    for model in plan.models:
        say(wording.marked(model.version_id, model.words), err=err)
    if plan.runs:
        say(wording.runs(plan.runs), err=err)
    if plan.is_empty:
        say(wording.NOTHING_THERE, err=err)


def _print_receipt(installation: "Installation", receipt: "Receipt") -> None:
    from cs_pipeline.stages.forgetting import wording as receipts

    say(wording.withdrew(receipt.rows, receipt.exports))
    typer.echo(str(receipts.ERASED_TITLE))
    for trace in receipt.erased:
        typer.echo(f"  {trace.words}: {trace.count:,}")
    if not receipt.erased:
        typer.echo(f"  {receipts.NOTHING_ERASED}")
    typer.echo(str(receipts.LEFT_TITLE))
    for model in receipt.models:
        mark = wording.LIVE if model.state == "live" else f" ({model.words})"
        say(wording.model(model.version_id, mark))
    for left in receipt.left:
        typer.echo(f"  {left.place + ': ' if left.place else ''}{left.words}")
    typer.echo(str(receipts.NEXT_TITLE))
    for step in receipt.next_steps:
        typer.echo(f"  - {step}")
    page = installation.receipts.page_of(receipt)
    say(wording.receipt(page))


def digest() -> None:
    """Read values on stdin, a line each, and write the digests by which masked ones are known."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    installation.require()
    for line in sys.stdin:
        found = stages.digests_of(installation, line.strip())
        typer.echo(" ".join(found))
        if not found and line.strip():
            say(wording.NO_DIGEST, err=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(app, (withdraw, digest), wording.HELP)
