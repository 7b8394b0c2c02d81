"""Commands by which people decide what answers customers: what goes and comes is shown first."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.confirm import By, Yes, confirmed
from cs_pipeline.cli.tables import listing, print_whole
from cs_pipeline.cli.words import add_commands, say, words
from cs_pipeline.errors import SettingsError

if TYPE_CHECKING:
    from cs_pipeline.stages import Change, Installation, ModelCard, Move, PromotionOutlook

Run = Annotated[
    str,
    typer.Argument(
        metavar="RUN",
        help=words("실행 ID, 그 앞부분, 또는 last", "Run id, its first characters, or last"),
    ),
]


def promote(
    run_id: Run,
    note: Annotated[str, typer.Option(help=words("승격 사유", "Why it is promoted"))],
    override: Annotated[
        bool,
        typer.Option(
            "--override",
            help=words("규칙을 어긴 후보라도 승격", "Promote even a candidate that breaks rules"),
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
        say(
            "판정 뒤에 다른 모델이 운영에 들어갔습니다. 같은 행으로 다시 비교합니다.",
            "Another model went live since the verdict. Comparing again on the same rows.",
        )
        stages.recompare(installation, outlook.run_id)
        outlook = stages.promotion_outlook(installation, run_id)
    _print_outlook(outlook)
    if override:
        confirmed(
            words("위의 규칙을 무릅쓰고 승격할까요?", "Promote it over the rules above?"), yes=yes
        )
    model = stages.promote_held(
        installation, run_id=outlook.run_id, note=note, by=by, override=override
    )
    say(f"운영 모델: {model.version_id}", f"Live model: {model.version_id}")


def hold(
    run_id: Run,
    note: Annotated[str, typer.Option(help=words("보류 사유", "Why it must wait"))],
    by: By = None,
) -> None:
    """Keep a candidate that may be promoted from going live until a person promotes it."""
    from cs_pipeline import stages

    verdict = stages.hold(stages.Installation.load(), run_id=run_id, note=note, by=by)
    say(
        f"실행 {verdict.run_id}의 후보를 보류했습니다. `cs-pipeline promote`로 승격할 수 있습니다.",
        f"The candidate of run {verdict.run_id} is on hold. `cs-pipeline promote` promotes it.",
    )


def discard(
    run_id: Run,
    note: Annotated[str, typer.Option(help=words("폐기 사유", "Why it is discarded"))],
    by: By = None,
    yes: Yes = False,
) -> None:
    """Reject a candidate that is not live; its version leaves the model store."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    outlook = stages.promotion_outlook(installation, run_id)
    say(f"버릴 모델: {_shown(outlook.change.comes)}", f"Discarded: {_shown(outlook.change.comes)}")
    confirmed(words("폐기할까요?", "Discard it?"), yes=yes)
    verdict = stages.discard_held(installation, run_id=outlook.run_id, note=note, by=by)
    say(
        f"실행 {verdict.run_id}의 후보를 폐기했습니다. 운영 모델은 그대로입니다.",
        f"Discarded the candidate of run {verdict.run_id}. The live model stays.",
    )


def recompare(
    run_id: Run,
    as_json: Annotated[
        bool, typer.Option("--json", help=words("JSON으로 출력", "Print JSON"))
    ] = False,
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
            help=words(
                "되돌릴 버전: 이력의 번호, 앞부분, last (기본: 마지막으로 멀쩡했던 운영 모델)",
                "A number of the history, first characters, or last (default: last sound one)",
            ),
        ),
    ] = None,
    note: Annotated[str, typer.Option(help=words("되돌리는 사유", "Why"))] = "",
    override: Annotated[
        bool,
        typer.Option(
            "--override",
            help=words(
                "거절, 철회, 되돌림 표시가 있는 버전이라도 (--note 필요)",
                "Even a version with doubts (needs --note)",
            ),
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
        confirmed(words("되돌릴까요?", "Roll back?"), yes=yes)
    model = stages.rollback(
        installation, note=note, to=change.comes.version_id, by=by, override=override
    )
    say(f"되돌렸습니다. 운영 모델: {model.version_id}", f"Rolled back. Live: {model.version_id}")


def history(
    at: Annotated[
        str | None,
        typer.Option(
            metavar="MOMENT",
            help=words(
                "이때 답하던 모델만: '2026-11-24 14:00' (일정의 시간대)",
                "The model that answered then: '2026-11-24 14:00' (the schedule's zone)",
            ),
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=words("JSON으로 출력", "Print JSON"))
    ] = False,
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
        say("그때는 운영 모델이 없었습니다.", "No model was live then.")
        return
    _print_moves(installation, moves)


def _print_moves(installation: "Installation", moves: "Sequence[Move]") -> None:
    from cs_pipeline import stages
    from cs_pipeline.moments import shown_moment

    headings = [
        words("번호", "No."),
        words("언제", "When"),
        words("이전", "From"),
        words("이후", "To"),
        words("방법", "How"),
        words("누가", "Who"),
        words("사유", "Note"),
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
            help=words(
                "이때까지 자동 승격을 멈춤: '2026-12-01 09:00' (일정의 시간대)",
                "No automatic promotion until then: '2026-12-01 09:00' (the schedule's zone)",
            ),
        ),
    ] = None,
    reason: Annotated[str, typer.Option(help=words("사유", "Why"))] = "",
    end: Annotated[bool, typer.Option("--end", help=words("지금 끝냄", "End it now"))] = False,
    by: By = None,
) -> None:
    """Show, set or end the switch that stops automatic promotion for all runs."""
    from cs_pipeline import stages
    from cs_pipeline.moments import shown_moment

    installation = stages.Installation.load()
    installation.require()
    if until or end:
        moment = datetime.now(installation.zone) if end else _moment(installation, str(until))
        stages.switch_maintenance(installation, until=moment, reason=reason, by=by)
    switched = installation.maintenance.current()
    if switched is None:
        say("점검 기간이 아닙니다. 자동 승격이 켜져 있습니다.", "No maintenance is in force.")
        return
    shown = shown_moment(switched.until, installation.zone)
    say(
        f"{shown}까지 자동 승격을 멈췄습니다. {switched.by}: {switched.reason}",
        f"No automatic promotion until {shown}. {switched.by}: {switched.reason}",
    )


def _moment(installation: "Installation", text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SettingsError(
            ko="시각은 '2026-11-24 14:00'처럼 적으세요.",
            en="Write a moment like '2026-11-24 14:00'.",
        ) from None
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
        say(f"나가는 모델: {_shown(change.goes)}", f"Goes: {_shown(change.goes)}")
    say(f"들어오는 모델: {_shown(change.comes)}", f"Comes: {_shown(change.comes)}")
    for doubt in change.comes.doubts:
        typer.echo(f"  ✗ {doubt.words}")


def _shown(card: "ModelCard") -> str:
    loss = "-" if card.loss_nats_per_token is None else f"{card.loss_nats_per_token:.4f}"
    data = card.dataset_version or "-"
    return words(
        f"{card.version_id} (평가 손실 {loss}, 데이터셋 {data})",
        f"{card.version_id} (eval loss {loss}, dataset {data})",
    )


KOREAN_HELP: dict[Callable[..., None], str] = {
    promote: "사람의 승인을 기다리는 후보를 승격합니다. 어긴 규칙이 있으면 종료 코드 4입니다.",
    hold: "승격될 수 있는 후보를 사람이 승격할 때까지 보류합니다.",
    discard: "운영 모델이 아닌 후보를 폐기합니다. 그 버전은 모델 저장소에서 지워집니다.",
    recompare: "후보를 지금의 운영 모델과 같은 행으로 다시 비교합니다.",
    rollback: "이전 모델로 되돌립니다. 멀쩡하지 않은 버전이면 종료 코드 4, 없으면 2입니다.",
    history: "언제 어느 모델이 답했고 누가 바꿨는지 오래된 것부터 보여 줍니다.",
    maintenance: "모든 실행의 자동 승격을 정한 때까지 멈추거나, 그 상태를 봅니다.",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(app, KOREAN_HELP)
