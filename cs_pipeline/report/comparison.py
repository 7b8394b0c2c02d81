"""The figures of several runs side by side: what they were trained by, how well, at what cost."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from cs_pipeline.language import Words
from cs_pipeline.records import ChampionScore, GenerationMeasures, Score, TrainResult, Verdict
from cs_pipeline.report import comparison_wording

Value = str | float | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of all runs; `better` is the end of the scale that is marked as best.

    `per_token`: comparable only between runs with the same tokenizer.
    """

    name: str
    form: str = ""
    better: Literal["low", "high"] | None = None
    per_token: bool = False

    @property
    def words(self) -> Words:
        """What it is called."""
        return comparison_wording.MEASURES[self.name]


MEASURES = (
    Measure("verdict"),
    Measure("dataset_version"),
    Measure("base_model"),
    Measure("licence"),
    Measure("recipe"),
    Measure("method"),
    Measure("epochs", "g"),
    Measure("learning_rate", "g"),
    Measure("batch_tokens", ","),
    Measure("context_turns"),
    Measure("bits_per_character", ".4f", "low"),
    Measure("loss_nats_per_token", ".4f", "low", True),
    Measure("perplexity", ".2f", "low", True),
    Measure("chrf", ".1f", "high"),
    Measure("golden_share", ".0%", "high"),
    Measure("stop_rate", ".1%", "high"),
    Measure("empty_rate", ".1%", "low"),
    Measure("repetition_rate", ".1%", "low"),
    Measure("leak_exact_hits", ",", "low"),
    Measure("leak_suspicious", ",", "low"),
    Measure("parameters", ",", "low"),
    Measure("size_mib", ",.1f", "low"),
    Measure("train_seconds", ",.1f", "low"),
    Measure("total_seconds", ",.1f", "low"),
    Measure("cost", ",.2f", "low"),
    Measure("tokens_per_second", ",.0f", "high"),
    Measure("peak_gpu_gib", ".1f", "low"),
    Measure("device"),
)


LIVE = "live"
"""What the live model is called among the best of a measure; no run's id."""


class LiveModel(NamedTuple):
    """The live model as a run measured it, on the same rows and questions as its own candidate.

    What is not known is None; `golden_share` is the share of the golden questions that it meets.
    """

    measured: ChampionScore
    dataset_version: str | None = None
    base_model: str | None = None
    licence: str | None = None
    size_bytes: int | None = None
    golden_share: float | None = None


class Trained(NamedTuple):
    """What one run came to; `size_bytes` is that of its model's files, where it is known."""

    run_id: str
    result: TrainResult | None
    verdict: Verdict | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures of runs by run id and measure; None: not measured.

    `live` are the live model's, None where no model is live or it was not measured.
    """

    runs: Mapping[str, Mapping[str, Value]]
    same_dataset: bool
    same_tokenizer: bool
    live: Mapping[str, Value] | None = None

    def best(self, measure: Measure) -> Sequence[str]:
        """Runs with the best value, `LIVE` among them where it is the live model's.

        None where all are alike, the measure has no better end, or the runs cannot be compared.
        """
        values = {
            run_id: figures[measure.name]
            for run_id, figures in self.shown().items()
            if isinstance(figures[measure.name], int | float)
        }
        comparable = self.same_dataset and (self.same_tokenizer or not measure.per_token)
        if measure.better is None or not comparable or len(set(values.values())) < 2:
            return ()
        pick: Callable[..., Any] = min if measure.better == "low" else max
        best = pick(values.values())
        return [run_id for run_id, value in values.items() if value == best]

    def shown(self) -> dict[str, Mapping[str, Value]]:
        """Figures of the runs and, last, of the live model where there is one."""
        return {**self.runs, **({LIVE: self.live} if self.live else {})}

    def warnings(self) -> list[Words]:
        """Why figures may not be comparable."""
        found = [] if self.same_dataset else [comparison_wording.OTHER_DATA]
        return found if self.same_tokenizer else [*found, comparison_wording.OTHER_TOKENIZERS]


def compared(
    runs: Sequence[Trained], *, live: LiveModel | None = None, gpu_hour_price: float = 0.0
) -> Comparison:
    """Every measure of every run. Without a price for a GPU hour nothing has a cost."""
    results = [run.result for run in runs if run.result]
    tokenizers = {result.tokenizer_sha256 for result in results}
    if live and live.measured.tokenizer_sha256:
        tokenizers.add(live.measured.tokenizer_sha256)
    return Comparison(
        runs={run.run_id: _figures(run, gpu_hour_price) for run in runs},
        same_dataset=len({result.dataset_sha256 for result in results}) < 2,
        same_tokenizer=len(tokenizers) < 2,
        live=_live_figures(live) if live else None,
    )


def shown(measure: Measure, value: Value) -> str:
    """A value as people read it."""
    if value is None:
        return "-"
    return value if isinstance(value, str) else format(value, measure.form)


def _figures(run: Trained, gpu_hour_price: float) -> dict[str, Value]:
    figures: dict[str, Any] = dict.fromkeys(measure.name for measure in MEASURES)
    figures["verdict"] = run.verdict.decision if run.verdict else None
    result = run.result
    if result is None:
        return figures
    golden = result.golden
    for name in ("epochs", "learning_rate", "batch_tokens"):
        figures[name] = result.recipe.get(name)
    figures |= _measured(result.candidate, result.generation) | {
        "dataset_version": result.dataset_version,
        "base_model": result.base_model,
        "licence": result.licence,
        "recipe": result.recipe.get("name") or None,
        "method": _method(result.recipe),
        "context_turns": result.context_turns or None,
        "golden_share": golden.met / golden.questions if golden and golden.questions else None,
        "leak_exact_hits": result.leak.exact_hits if result.leak else None,
        "leak_suspicious": result.leak.suspicious if result.leak else None,
    }
    figures |= _spent(result, run.size_bytes, gpu_hour_price)
    return _in_json(figures)


def _live_figures(live: LiveModel) -> dict[str, Value]:
    figures: dict[str, Any] = dict.fromkeys(measure.name for measure in MEASURES)
    figures |= _measured(live.measured.score, live.measured.generation) | {
        "dataset_version": live.dataset_version,
        "base_model": live.base_model,
        "licence": live.licence,
        "golden_share": live.golden_share,
        "size_mib": None if live.size_bytes is None else live.size_bytes / 2**20,
    }
    return _in_json(figures)


def _measured(score: Score | None, generation: GenerationMeasures | None) -> dict[str, Value]:
    """How well a model answers."""
    return {
        **{
            name: getattr(score, name, None)
            for name in ("bits_per_character", "loss_nats_per_token", "perplexity")
        },
        **{
            name: getattr(generation, name, None)
            for name in ("chrf", "stop_rate", "empty_rate", "repetition_rate")
        },
    }


def _in_json(figures: Mapping[str, Value]) -> dict[str, Value]:
    """What is not a finite number is not JSON either."""
    return {
        name: str(value) if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in figures.items()
    }


def _spent(
    result: TrainResult, size_bytes: int | None, gpu_hour_price: float
) -> dict[str, float | str | None]:
    """Time, memory and money; measuring and uploading cost as much as training does."""
    speed, seconds = result.throughput, (result.finished_at - result.started_at).total_seconds()
    on_gpu = result.device.startswith("cuda")
    hours = seconds / 3600 * speed.processes
    return {
        "parameters": speed.parameters,
        "size_mib": None if size_bytes is None else size_bytes / 2**20,
        "train_seconds": speed.train_seconds,
        "total_seconds": seconds,
        "cost": hours * gpu_hour_price if gpu_hour_price and on_gpu else None,
        "tokens_per_second": speed.tokens_per_second,
        "peak_gpu_gib": None if speed.peak_gpu_bytes is None else speed.peak_gpu_bytes / 2**30,
        "device": result.device,
    }


def _method(recipe: Mapping[str, Any]) -> str:
    lora = recipe.get("lora")
    return f"LoRA r{lora['rank']}" if lora else "full"
