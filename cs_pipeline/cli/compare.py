"""Runs side by side: what they were trained by, how well they answer, what they cost."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from cs_pipeline.cli.words import add_commands, words
from cs_pipeline.errors import SettingsError
from cs_pipeline.language import Words

if TYPE_CHECKING:
    from cs_pipeline.records import TrainResult, Verdict

Value = str | float | None


@dataclass(frozen=True, slots=True)
class _Row:
    """One figure of all runs; `better` is the end of the scale that is marked as best.

    `per_token`: comparable only between runs with the same tokenizer.
    """

    name: str
    words: Words
    form: str = ""
    better: Literal["low", "high"] | None = None
    per_token: bool = False


_ROWS = (
    _Row("verdict", Words(ko="판정", en="Verdict")),
    _Row("dataset_version", Words(ko="데이터셋", en="Dataset")),
    _Row("base_model", Words(ko="기반 모델", en="Base model")),
    _Row("recipe", Words(ko="레시피", en="Recipe")),
    _Row("method", Words(ko="방법", en="Method")),
    _Row("epochs", Words(ko="에폭 수", en="Epochs"), "g"),
    _Row("learning_rate", Words(ko="학습률", en="Learning rate"), "g"),
    _Row("batch_tokens", Words(ko="스텝당 토큰", en="Tokens a step"), ","),
    _Row("context_turns", Words(ko="이전 대화 (쌍)", en="Context turns")),
    _Row("bits_per_character", Words(ko="글자당 비트", en="Bits per character"), ".4f", "low"),
    _Row("loss_nats_per_token", Words(ko="토큰당 nats", en="Nats per token"), ".4f", "low", True),
    _Row("perplexity", Words(ko="퍼플렉시티", en="Perplexity"), ".2f", "low", True),
    _Row("chrf", Words(ko="chrF", en="chrF"), ".1f", "high"),
    _Row("stop_rate", Words(ko="스스로 끝낸 답변", en="Answers that end"), ".1%", "high"),
    _Row("empty_rate", Words(ko="빈 답변", en="Empty answers"), ".1%", "low"),
    _Row("repetition_rate", Words(ko="되풀이하는 답변", en="Repeating answers"), ".1%", "low"),
    _Row("leak_exact_hits", Words(ko="유출: 가린 값", en="Leak: masked values"), ",", "low"),
    _Row("leak_suspicious", Words(ko="유출: 의심", en="Leak: suspicious"), ",", "low"),
    _Row("train_seconds", Words(ko="학습 시간 (초)", en="Training (s)"), ",.1f", "low"),
    _Row("tokens_per_second", Words(ko="초당 토큰", en="Tokens per second"), ",.0f", "high"),
    _Row("peak_gpu_gib", Words(ko="GPU 메모리 (GiB)", en="GPU memory (GiB)"), ".1f", "low"),
    _Row("device", Words(ko="장치", en="Device")),
)


def compare(
    run_ids: Annotated[
        list[str],
        typer.Argument(
            metavar="RUN...", help=words("비교할 실행 ID (둘 이상)", "Run ids, two or more")
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help=words("JSON으로 출력", "Print JSON"))
    ] = False,
) -> None:
    """Runs side by side: base, recipe, losses, answers, leaks and cost; the best is marked."""
    from cs_pipeline import stages

    run_ids = list(dict.fromkeys(run_ids))
    if len(run_ids) < 2:
        raise SettingsError(
            ko="비교하려면 서로 다른 실행 ID를 둘 이상 지정하세요.",
            en="Name two or more different run ids to compare.",
        )
    installation = stages.Installation.load()
    found = {run_id: stages.run_figures(installation, run_id) for run_id in run_ids}
    runs = {run_id: _figures(result, verdict) for run_id, (result, verdict) in found.items()}
    results = [result for result, _ in found.values() if result]
    same_dataset = len({result.dataset_sha256 for result in results}) < 2
    same_tokenizer = len({result.tokenizer_sha256 for result in results}) < 2
    if as_json:
        report = {"same_dataset": same_dataset, "same_tokenizer": same_tokenizer, "runs": runs}
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    _print_table(runs, same_dataset=same_dataset, same_tokenizer=same_tokenizer)
    for warning in _warnings(same_dataset, same_tokenizer):
        typer.secho(f"{warning}", fg=typer.colors.YELLOW, err=True)


def _figures(result: "TrainResult | None", verdict: "Verdict | None") -> dict[str, Value]:
    """Every row's value; None where the run did not measure it or did not come that far."""
    figures: dict[str, Any] = dict.fromkeys(row.name for row in _ROWS)
    figures["verdict"] = verdict.decision if verdict else None
    if result is None:
        return figures
    generation, leak = result.generation, result.leak
    peak = result.throughput.peak_gpu_bytes
    for name in ("epochs", "learning_rate", "batch_tokens"):
        figures[name] = result.recipe.get(name)
    for name in ("bits_per_character", "loss_nats_per_token", "perplexity"):
        figures[name] = getattr(result.candidate, name)
    for name in ("chrf", "stop_rate", "empty_rate", "repetition_rate"):
        figures[name] = getattr(generation, name, None)
    figures |= {
        "dataset_version": result.dataset_version,
        "base_model": result.base_model,
        "recipe": result.recipe.get("name") or None,
        "method": _method(result.recipe),
        "context_turns": result.context_turns or None,
        "leak_exact_hits": leak.exact_hits if leak else None,
        "leak_suspicious": leak.suspicious if leak else None,
        "train_seconds": result.throughput.train_seconds,
        "tokens_per_second": result.throughput.tokens_per_second,
        "peak_gpu_gib": None if peak is None else peak / 2**30,
        "device": result.device,
    }
    # What is no finite number is no JSON either.
    return {
        name: str(value) if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in figures.items()
    }


def _method(recipe: Mapping[str, Any]) -> str:
    lora = recipe.get("lora")
    return f"LoRA r{lora['rank']}" if lora else "full"


def _best(row: _Row, runs: Mapping[str, Mapping[str, Value]]) -> Sequence[str]:
    """Runs with the best value; none when all are alike or the row has no better end."""
    values = {
        run_id: figures[row.name]
        for run_id, figures in runs.items()
        if isinstance(figures[row.name], int | float)
    }
    if row.better is None or len(set(values.values())) < 2:
        return ()
    pick: Callable[..., Any] = min if row.better == "low" else max
    best = pick(values.values())
    return [run_id for run_id, value in values.items() if value == best]


def _print_table(
    runs: Mapping[str, Mapping[str, Value]], *, same_dataset: bool, same_tokenizer: bool
) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for run_id in runs:
        table.add_column(Text(run_id), overflow="fold")
    for row in _ROWS:
        comparable = same_dataset and (same_tokenizer or not row.per_token)
        best = _best(row, runs) if comparable else ()
        cells = [
            Text(f"{_shown(row, figures[row.name])} ★", style="bold")
            if run_id in best
            else Text(_shown(row, figures[row.name]))
            for run_id, figures in runs.items()
        ]
        table.add_row(Text(f"{row.words}"), *cells)
    # Wider than the terminal rather than cut: a run id is there to be copied.
    Console(width=max(Console().width, 24 + 44 * len(runs))).print(table)


def _shown(row: _Row, value: Value) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else format(value, row.form)


def _warnings(same_dataset: bool, same_tokenizer: bool) -> list[Words]:
    warnings = []
    if not same_dataset:
        warnings.append(
            Words(
                ko="데이터셋이 다른 실행들입니다. 평가한 행이 달라 수치를 비교할 수 없으므로 가장 "
                "좋은 값을 표시하지 않았습니다. 같은 데이터셋으로 다시 학습해 비교하세요.",
                en="These runs were judged on different datasets. Their figures cannot be "
                "compared, so none is marked. Train again on one dataset to compare.",
            )
        )
    if not same_tokenizer:
        warnings.append(
            Words(
                ko="토크나이저가 다른 실행들입니다. 토큰당 nats와 퍼플렉시티 대신 글자당 비트를 "
                "비교하세요.",
                en="These runs have different tokenizers. Compare bits per character, not nats per "
                "token or perplexity.",
            )
        )
    return warnings


KOREAN_HELP: dict[Callable[..., None], str] = {
    compare: "실행들을 나란히 비교합니다: 기반 모델, 레시피, 손실, 답변, 유출, 비용.",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    add_commands(app, KOREAN_HELP)
