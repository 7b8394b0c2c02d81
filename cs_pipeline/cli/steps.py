"""One subcommand a step, and `run` for the whole way.

The steps before training speak JSON lines, one record a line, so that they can be piped:
`collect | validate | shard | merge`.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from pydantic import ValidationError

from cs_pipeline.cli.run_options import takes_options_of
from cs_pipeline.cli.words import add_commands, words
from cs_pipeline.config import GateChoice, RecipeChoice, RunOptions, Settings
from cs_pipeline.errors import SettingsError
from cs_pipeline.records import ExportFile, MaskedShard, Record, ValidationReport

AnyRecord = TypeVar("AnyRecord", bound=Record)

RunId = Annotated[str, typer.Option(help=words("실행 ID", "Run id"))]
RecipeJson = Annotated[
    str | None,
    typer.Option(
        help=words(
            "레시피 전체의 JSON; 설정과 다른 옵션은 적용되지 않음",
            "A whole recipe as JSON; neither settings nor other options change it",
        )
    ),
]


@takes_options_of(RunOptions)
def run(
    run_id: Annotated[str | None, typer.Option(help=words("실행 ID", "Run id"))] = None,
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
    force: Annotated[
        bool, typer.Option(help=words("새 파일이 없어도 진행", "Go on without a new export"))
    ] = False,
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
    run_id: Annotated[str | None, typer.Option(help=words("실행 ID", "Run id"))] = None,
    dataset: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help=words("데이터셋 버전 폴더", "Folder of a dataset version"),
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help=words("결과 폴더", "Folder for the results"))
    ] = None,
    recipe_json: RecipeJson = None,
    request: Annotated[
        str | None,
        typer.Option(
            help=words(
                "저장소에 있는 학습 요청의 주소; 나머지는 모두 요청에 있음",
                "Address of a training request in a store; it says all the rest",
            )
        ),
    ] = None,
    attempt: Annotated[
        int | None, typer.Option(min=1, help=words("요청의 시도 번호", "Attempt at the request"))
    ] = None,
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
        raise SettingsError(
            ko="--request 하나, 또는 --run-id, --dataset, --out을 지정하세요.",
            en="Name --request alone, or --run-id, --dataset and --out.",
        )
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
        raise SettingsError(
            ko="--request와 함께 쓸 수 있는 옵션은 --attempt뿐입니다. 나머지는 요청에 있습니다.",
            en="Beside --request only --attempt may be given: the request says all the rest.",
        )


def _train_options(
    settings: Settings, given: Mapping[str, object], recipe_json: str | None
) -> RunOptions:
    """Options whose recipe is `recipe_json` to the letter, or made of settings and options."""
    if recipe_json is None:
        return RunOptions.from_settings(settings, given)
    if any(value is not None for value in given.values()):
        raise SettingsError(
            ko="--recipe-json은 레시피의 다른 옵션과 함께 쓸 수 없습니다. 하나만 지정하세요.",
            en="--recipe-json is a whole recipe. Leave out the other options of the recipe.",
        )
    return RunOptions(recipe=recipe_json)


def _print_records(records: Iterable[Record]) -> None:
    for record in records:
        typer.echo(record.model_dump_json())


def _read_records(kind: type[AnyRecord]) -> Iterator[AnyRecord]:
    for number, line in enumerate(sys.stdin, start=1):
        try:
            yield kind.model_validate_json(line)
        except ValidationError:
            raise SettingsError(
                ko=f"표준 입력 {number}번째 줄이 {kind.__name__} JSON이 아닙니다. "
                "앞 단계의 출력을 그대로 넘기세요.",
                en=f"Line {number} on stdin is no {kind.__name__} JSON. "
                "Pipe in the output of the step before.",
            ) from None


KOREAN_HELP: dict[Callable[..., None], str] = {
    run: "인박스부터 판정까지 한 번에 실행합니다.",
    collect: "대기 중인 엑셀을 가져옵니다. 한 줄에 하나씩 출력합니다.",
    validate: "표준 입력의 엑셀을 검사해 보고서를 출력합니다.",
    shard: "표준 입력의 검사 보고서를 마스킹된 샤드로 만듭니다.",
    merge: "표준 입력의 샤드를 데이터셋에 합칩니다.",
    train: "기반 모델을 미세조정하고 체크포인트와 result.json을 씁니다.",
    gate: "실행 결과를 판정합니다. 승격이 아니면 종료 코드 4입니다.",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(app, KOREAN_HELP)
