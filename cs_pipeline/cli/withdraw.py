"""Commands for forgetting: what goes is shown before the question, what went after it."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.confirm import By, Yes, confirmed
from cs_pipeline.cli.words import add_commands, say, words
from cs_pipeline.errors import SettingsError

if TYPE_CHECKING:
    from cs_pipeline.stages import Installation, Receipt, WithdrawalPlan


Export = Annotated[
    list[str] | None,
    typer.Option(
        help=words("엑셀의 sha256(앞 8자리 이상) 또는 파일 이름", "An export's sha256 or file name")
    ),
]
Conversation = Annotated[
    list[str] | None,
    typer.Option(help=words("엑셀에 적힌 상담 ID", "A conversation's id as in the export")),
]
Digest = Annotated[
    list[str] | None,
    typer.Option(
        help=words(
            "가린 값의 해시 (`cs-pipeline digest`). 그 값이 나온 상담을 모두 뺍니다",
            "Digest of a masked value (`cs-pipeline digest`): all conversations that held it",
        )
    ),
]
Later = Annotated[
    bool,
    typer.Option(
        "--later",
        help=words(
            "지금 없는 상담과 값도 앞으로 들어오면 뺌",
            "Refuse conversations and values that are not there now when they come",
        ),
    ),
]


def withdraw(
    export: Export = None,
    conversation: Conversation = None,
    contains_digest: Digest = None,
    later: Later = False,
    by: By = None,
    yes: Yes = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=words("확인서를 JSON으로 출력", "Receipt as JSON"))
    ] = False,
) -> None:
    """Take data out for good with all that was made of it; exit code 3 if it is not found."""
    from cs_pipeline import stages

    if not export and not conversation and not contains_digest:
        raise SettingsError(
            ko="--export, --conversation 또는 --contains-digest로 무엇을 뺄지 적으세요.",
            en="Say what to withdraw: --export, --conversation or --contains-digest.",
        )
    installation = stages.Installation.load()
    wanted = stages.Wanted(
        exports=tuple(export or ()),
        conversations=tuple(conversation or ()),
        digests=tuple(contains_digest or ()),
        later=later,
    )
    _print_plan(stages.plan_withdrawal(installation, wanted), err=as_json)
    confirmed(
        words(
            "위의 것을 지웁니다. 되돌릴 수 없습니다. 계속할까요?",
            "This erases it and cannot be undone. Go on?",
        ),
        yes=yes,
    )
    receipt = stages.withdraw(installation, wanted, by=by)
    if as_json:
        typer.echo(receipt.model_dump_json(indent=2))
    else:
        _print_receipt(installation, receipt)


def _print_plan(plan: "WithdrawalPlan", *, err: bool) -> None:
    for export in plan.exports:
        name = f"{export.name} ({export.sha256[:12]})"
        say(
            f"엑셀 {name}: {export.rows:,}행" + (", 원본까지" if export.whole else ""),
            f"Export {name}: {export.rows:,} rows" + (", and the original" if export.whole else ""),
            err=err,
        )
    if plan.refused_rows:
        say(
            f"거절된 행 엑셀에서: {plan.refused_rows:,}행",
            f"Workbooks of refused rows: {plan.refused_rows:,} rows",
            err=err,
        )
    for model in plan.models:
        say(
            f"이 데이터로 학습한 모델(표시함): {model.version_id} ({model.words})",
            f"Model trained on it, to be marked: {model.version_id} ({model.words})",
            err=err,
        )
    if plan.runs:
        say(
            f"체크포인트와 예시 답변을 지울 실행: {plan.runs:,}개",
            f"Runs that lose checkpoint and sample answers: {plan.runs:,}",
            err=err,
        )
    if plan.is_empty:
        say(
            "지금 데이터에는 없습니다. 앞으로 들어오면 뺍니다.",
            "Nothing of it is there now. It is refused when it comes.",
            err=err,
        )


def _print_receipt(installation: "Installation", receipt: "Receipt") -> None:
    from cs_pipeline.stages.forgetting import wording

    say(
        f"엑셀 {receipt.exports:,}개에서 {receipt.rows:,}행을 뺐습니다.",
        f"Withdrew {receipt.rows:,} rows of {receipt.exports:,} exports.",
    )
    typer.echo(str(wording.ERASED_TITLE))
    for trace in receipt.erased:
        typer.echo(f"  {trace.words}: {trace.count:,}")
    if not receipt.erased:
        typer.echo(f"  {wording.NOTHING_ERASED}")
    typer.echo(str(wording.LEFT_TITLE))
    for model in receipt.models:
        mark = words(" ← 운영 중", " <- live") if model.state == "live" else f" ({model.words})"
        say(f"  모델 {model.version_id}{mark}", f"  model {model.version_id}{mark}")
    for left in receipt.left:
        typer.echo(f"  {left.place + ': ' if left.place else ''}{left.words}")
    typer.echo(str(wording.NEXT_TITLE))
    for step in receipt.next_steps:
        typer.echo(f"  - {step}")
    page = installation.receipts.page_of(receipt)
    say(f"확인서: {page}", f"Receipt: {page}")


def digest() -> None:
    """Read values on stdin, a line each, and write the digests by which masked ones are known."""
    from cs_pipeline import stages

    installation = stages.Installation.load()
    installation.require()
    for line in sys.stdin:
        found = stages.digests_of(installation, line.strip())
        typer.echo(" ".join(found))
        if not found and line.strip():
            say(
                "이름, 주소, 생년월일, 짧은 번호는 해시를 남기지 않습니다. 상담 ID로 빼세요.",
                "No digest is kept of names, addresses, dates of birth and short numbers. Withdraw "
                "by the conversation's id.",
                err=True,
            )


KOREAN_HELP: dict[Callable[..., None], str] = {
    withdraw: "데이터와 거기서 나온 것을 영구히 지우고 확인서를 남깁니다. 찾지 못하면 종료 코드 "
    "3입니다.",
    digest: "표준 입력의 값(전화번호 등)마다 가린 값을 찾는 해시를 씁니다.",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(app, KOREAN_HELP)
