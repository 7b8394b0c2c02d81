"""Commands about models: what is live, fetching it, talking to it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.words import add_commands, say, words

if TYPE_CHECKING:
    from cs_pipeline.stages import Chat, Status


def status(
    runs: Annotated[int, typer.Option(min=0, help=words("보여 줄 실행 수", "Runs to show"))] = 10,
) -> None:
    """Live model, dataset, pending exports and the latest runs."""
    from cs_pipeline import stages
    from cs_pipeline.cli.summary import print_runs
    from cs_pipeline.moments import shown_moment

    seen = stages.status(stages.Installation.load(), runs=runs)
    _print_place(seen)
    live = seen.live
    if live is None:
        say("운영 모델: 아직 없음", "Live model: none yet")
    else:
        loss = "-" if live.loss_nats_per_token is None else f"{live.loss_nats_per_token:.4f}"
        say(
            f"운영 모델: {live.version_id} (평가 손실 {loss}, 데이터셋 {live.dataset_version}, "
            f"이전 {live.previous_version_id or '없음'})",
            f"Live model: {live.version_id} (eval loss {loss}, dataset {live.dataset_version}, "
            f"previous {live.previous_version_id or 'none'})",
        )
    if seen.live_data_withdrawn:
        say(
            "  철회된 데이터로 학습했습니다. `cs-pipeline run --force`로 다시 학습하세요.",
            "  It was trained on withdrawn data. Train anew: `cs-pipeline run --force`.",
        )
    if switched := seen.maintenance:
        until = shown_moment(switched.until, seen.zone)
        say(
            f"  {until}까지 자동 승격을 멈췄습니다. {switched.by}: {switched.reason}",
            f"  No automatic promotion until {until}. {switched.by}: {switched.reason}",
        )
    say(
        f"대기 중인 엑셀: {seen.pending}개 ({seen.inbox_uri})",
        f"Pending exports: {seen.pending} ({seen.inbox_uri})",
    )
    if seen.processing:
        say(f"처리 중인 엑셀: {seen.processing}개", f"Exports in processing: {seen.processing}")
    if seen.runs:
        print_runs(seen.runs, seen.zone)
    for run_id, decided in seen.overrides.items():
        typer.echo(f"{run_id}: {decided}")


def _print_place(seen: "Status") -> None:
    """Which installation this is, and who is at work in it."""
    from cs_pipeline.moments import shown_moment

    say(
        f"데이터 폴더: {seen.data_folder} · 작업 폴더: {seen.work_folder}",
        f"Data folder: {seen.data_folder} · work folder: {seen.work_folder}",
    )
    if not seen.exists:
        say("여기에는 아직 설치가 없습니다.", "There is no installation here yet.")
    if owner := seen.at_work:
        since = shown_moment(owner.since, seen.zone)
        say(
            f"진행 중: {owner.by}의 {owner.what} ({since}부터)",
            f"At work: {owner.by} with {owner.what} (since {since})",
        )


def check_model(
    version: Annotated[str, typer.Argument(help=words("모델 버전", "Model version"))],
    as_json: Annotated[
        bool, typer.Option("--json", help=words("한 줄의 JSON으로 출력", "Print one line of JSON"))
    ] = False,
) -> None:
    """Download a version, verify it, load it and ask it something; exit code 4 if it fails."""
    from cs_pipeline import stages
    from cs_pipeline.cli.process import exit_with_parent

    exit_with_parent()
    checked = stages.check_model(stages.Installation.load(), version)
    if as_json:
        typer.echo(checked.model_dump_json())
    else:
        say(
            f"{checked.version_id}: 질문 {checked.asked}개 중 {checked.answered}개에 답함",
            f"{checked.version_id}: answered {checked.answered} of {checked.asked} questions",
        )
        if checked.empty:
            say(
                f"그중 {checked.empty}개는 빈 답변입니다.",
                f"{checked.empty} of the answers were empty.",
            )
        if checked.problem:
            typer.echo(str(checked.problem))
    raise typer.Exit(0 if checked.problem is None and checked.answered == checked.asked else 4)


def pull(
    target: Annotated[Path, typer.Argument(help=words("받을 폴더", "Folder to write"))],
    version: Annotated[
        str | None, typer.Option(help=words("버전 (기본: 운영 모델)", "Version (default: live)"))
    ] = None,
) -> None:
    """Download the live model (or a version) and verify every byte."""
    from cs_pipeline import stages

    version_id = stages.pull(stages.Installation.load(), target, version)
    say(f"{version_id} → {target} (sha256 확인됨)", f"{version_id} -> {target} (sha256 verified)")


def chat(
    question: Annotated[
        list[str] | None,
        typer.Option(
            "--question", "-q", help=words("질문 (여러 번 가능)", "Question (repeatable)")
        ),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help=words(
                "표준 입력의 질문(한 줄에 하나)에 답하고 한 줄의 JSON으로 출력",
                "Answer the questions on stdin, one a line, by one line of JSON",
            ),
        ),
    ] = False,
    beside: Annotated[
        str,
        typer.Option(
            help=words(
                "--json과 함께: 이 실행의 후보에게도 물음",
                "With --json: ask the candidate of this run as well",
            )
        ),
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
    say(f"모델 {live.version_id}", f"Model {live.version_id}")
    for text in question or ():
        typer.echo(f"Q: {text}\nA: {live.ask(text)}")
    if question:
        return
    say("끝내려면 Ctrl-D를 누르세요.", "Press Ctrl-D to end.")
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
    out: Annotated[Path, typer.Argument(help=words("만들 폴더", "Folder to write"))],
    corpus: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help=words(
                "한 줄에 한 문장인 UTF-8 텍스트 또는 CSV. 없으면 가상의 상담을 씁니다",
                "UTF-8 text, one sentence a line; fictitious conversations if left out",
            ),
        ),
    ] = None,
    vocab_size: Annotated[int, typer.Option(help=words("어휘 크기", "Vocabulary size"))] = 4096,
    seed: Annotated[int, typer.Option(help=words("난수 시드", "Seed"))] = 0,
) -> None:
    """Make a tiny KoGPT2-shaped base model, for trials without a GPU."""
    from cs_pipeline import stages

    stages.make_base(corpus, out, vocab_size=vocab_size, seed=seed)
    say(f"기반 모델을 만들었습니다: {out}", f"Made a base model: {out}")


KOREAN_HELP: dict[Callable[..., None], str] = {
    status: "운영 모델, 대기 중인 파일, 최근 실행을 보여 줍니다.",
    check_model: "모델 버전을 내려받아 검증하고 불러와 질문해 봅니다. 실패하면 종료 코드 4입니다.",
    pull: "운영 모델(또는 지정한 버전)을 내려받아 검증합니다.",
    chat: "운영 모델에게 묻습니다. --question은 하나씩 따로, 없으면 이어지는 대화입니다.",
    make_base: "GPU 없이 시험할 작은 KoGPT2 모양 기반 모델을 만듭니다.",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(app, KOREAN_HELP)
