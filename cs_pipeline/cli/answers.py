"""`answers`: two models' answers for a person to compare blind, and what the verdicts say."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cs_pipeline.cli.deciding import Run
from cs_pipeline.cli.words import add_commands, say, words

if TYPE_CHECKING:
    from cs_pipeline.records import Preference


def draw(
    run_id: Run = "last",
    questions: Annotated[
        int,
        typer.Option(
            min=10, max=2000, help=words("두 모델에 물을 질문 수", "Questions that both are asked")
        ),
    ] = 100,
    seed: Annotated[int, typer.Option(help=words("난수 시드", "Seed"))] = 1,
    out: Annotated[
        Path | None,
        typer.Option(
            help=words(
                "만들 엑셀 파일 (기본: 작업 폴더의 audits)",
                "Workbook to write (default: audits in the work folder)",
            )
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=words("JSON으로 출력", "Print JSON"))
    ] = False,
) -> None:
    """Lay a candidate's answers beside the live model's in a workbook, blind."""
    from cs_pipeline import stages

    drawn = stages.draw_answers(
        stages.Installation.load(), run_id, questions=questions, seed=seed, out=out
    )
    told = drawn.draw
    if as_json:
        typer.echo(json.dumps({"draw_id": told.draw_id, "pairs": len(told.pairs)}))
        return
    say(
        f"질문 {told.questions:,}개 가운데 두 모델의 답이 다른 {len(told.pairs):,}개를 실었습니다 "
        f"(같은 답 {told.same:,}개): {drawn.path}",
        f"{len(told.pairs):,} of {told.questions:,} questions, those that the two models answer "
        f"differently ({told.same:,} alike): {drawn.path}",
    )
    if told.unsafe:
        say(
            f"가린 뒤에도 개인정보처럼 보이는 글이 있어 뺀 질문: {told.unsafe:,}개",
            f"Left out because something still looks like personal data: {told.unsafe:,}",
        )
    say(
        "판정을 적은 뒤: cs-pipeline answers read 파일.xlsx. 상담 챗봇 페이지에서 판정해도 됩니다.",
        "When the verdicts are in: cs-pipeline answers read FILE.xlsx. Or judge them on the "
        "operator's page.",
    )


def read(
    workbook: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, help=words("판정을 적은 엑셀", "Workbook with verdicts")
        ),
    ],
) -> None:
    """Read the verdicts: how often the candidate is preferred, with a 95% interval."""
    from cs_pipeline import stages

    found = stages.read_answers(stages.Installation.load(), workbook)
    _print(found.run_id, found.preference)
    if found.reason is not None:
        typer.echo(str(found.reason.words))


def _print(run_id: str, told: "Preference") -> None:
    say(
        f"실행 {run_id}: {told.shown:,}쌍 가운데 {told.judged:,}쌍 판정. 후보가 나음 "
        f"{told.preferred:,}, 운영 모델이 나음 {told.live_preferred:,}, 비슷함 {told.alike:,}, "
        f"둘 다 나쁨 {told.both_bad:,}",
        f"Run {run_id}: {told.judged:,} of {told.shown:,} pairs judged. Candidate better "
        f"{told.preferred:,}, live model better {told.live_preferred:,}, alike {told.alike:,}, "
        f"both bad {told.both_bad:,}",
    )
    say(
        f"후보 선호: {told.share:.1%} (95% 신뢰구간 {told.low:.1%}–{told.high:.1%})",
        f"Candidate preferred: {told.share:.1%} (95% confidence interval "
        f"{told.low:.1%}–{told.high:.1%})",
    )


KOREAN_HELP: dict[Callable[..., None], str] = {
    draw: "후보와 운영 모델의 답변을 눈가림으로 나란히 담은 엑셀을 만듭니다.",
    read: "판정을 읽어 후보를 선호한 비율을 95% 신뢰구간과 함께 보여 줍니다.",
}


def register(app: typer.Typer) -> None:
    """Add the command group of this module."""
    group = typer.Typer(no_args_is_help=True)
    add_commands(group, KOREAN_HELP)
    app.add_typer(
        group,
        name="answers",
        help=words(
            "두 모델의 답변을 사람이 비교합니다: 엑셀 만들기, 판정 읽기.",
            "Have a person compare two models' answers: make the workbook, read the verdicts.",
        ),
    )
