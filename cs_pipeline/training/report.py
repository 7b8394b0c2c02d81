"""What became of a run, for a person: `report.html` (one self-contained page) and `report.json`.

Made from the run's record and the trainer's curves alone, so no customer text can reach it.
Needs no torch. Figures, rules and charts are made here; every word is in `report.html.j2`.
"""

import json
import math
import shlex
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from cs_pipeline.files import write_atomic
from cs_pipeline.language import Words, current_language
from cs_pipeline.placeholders import ENTITY_NAMES
from cs_pipeline.records import Finding, Reason, RunRecord, TrainResult, ValidationReport

MISSING = "–"
"""Stands for a figure that was not measured or is not a finite number."""
FLAT_SHARE = 0.01
"""An eval loss that moved by less than this share of itself stands still."""
OVERFIT_GAP_NATS = 0.5
"""From this distance of the eval loss above the train loss on, the page speaks of memorising."""
SMALL_VAL_ROWS = 100
"""With fewer validation rows the page calls the eval loss uncertain."""
HIGH_REFUSED_SHARE = 0.1
"""From this share of refused rows on, the page asks to look into them."""

_TRAIN, _EVAL, _RATE = "train_loss_nats_per_token", "eval_loss_nats_per_token", "learning_rate"

Point = dict[str, float]
"""One line of `metrics.jsonl`: key -> finite figure; always has `step`."""
Series = list[tuple[float, float]]
"""(step, value), by step."""
Trend = Literal["falling", "flat", "rising"]


def write_report(run: RunRecord, folder: Path) -> Path:
    """Write `report.json` and `report.html` to `folder`, replacing what is there.

    Curves come from `folder/train/metrics.jsonl` when it exists; damaged lines are skipped. The
    page is in the language of `CS_PIPELINE_LANG`.

    Returns:
        The path of the page.
    """
    points = read_points(folder / "train" / "metrics.jsonl")
    figures = {"run": json.loads(run.model_dump_json()), "curves": points}
    text = json.dumps(figures, ensure_ascii=False, indent=2, allow_nan=False)
    write_atomic(folder / "report.json", text + "\n")
    page = folder / "report.html"
    write_atomic(page, _render(run, points))
    return page


def read_points(metrics: Path) -> list[Point]:
    """The finite figures of each line of `metrics`, by step; a line without any is left out."""
    if not metrics.is_file():
        return []
    lines = metrics.read_text(encoding="utf-8", errors="replace").splitlines()
    points = [point for line in lines if len(point := _point(line)) > 1 and "step" in point]
    return sorted(points, key=lambda point: point["step"])


def _point(line: str) -> Point:
    try:
        values = json.loads(line)
    except ValueError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {key: value for key, value in values.items() if _finite(value) is not None}


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,  # chosen by file name it would be off: the name ends in .j2
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"figure": _figure, "duration": _duration, "quoted": shlex.quote}
    return environment.get_template("report.html.j2")


def _render(run: RunRecord, points: Sequence[Point]) -> str:
    train, evals, rate = (
        [(point["step"], point[key]) for point in points if key in point]
        for key in (_TRAIN, _EVAL, _RATE)
    )
    reasons = {reason.rule: reason for reason in run.verdict.reasons} if run.verdict else {}
    limit = _limit(run, reasons)
    page = _template().render(
        **_data_figures(run),
        **_training_figures(run.result, limit),
        t=lambda ko, en: str(Words(ko=ko, en=en)),
        lang=current_language(),
        missing=MISSING,
        entity_names=ENTITY_NAMES,
        run=run,
        reasons=reasons,
        train=train,
        evals=evals,
        trend=eval_trend(evals),
        frame=_FRAME,
        loss_chart=draw_chart({"train": train, "eval": evals}, limit),
        rate_chart=draw_chart({"rate": rate}),
    )
    return page.lstrip()


def _data_figures(run: RunRecord) -> dict[str, Any]:
    """Rows read, refused rows by reason (in the order of `run.reports`) and masked entities."""
    shards = {shard.export.sha256: shard for shard in run.shards}
    masked: Counter[str] = Counter()
    refused = [Counter(report.refused) for report in run.reports]
    for report, counts in zip(run.reports, refused, strict=True):
        if shard := shards.get(report.export.sha256):
            counts["residual_pii"] += shard.refused_rows
    for shard in run.shards:
        masked.update(shard.entity_counts)
    rows_read = sum(report.rows_read for report in run.reports)
    rows_refused = sum(counts.total() for counts in refused)
    return {
        "shards": shards,
        "masked": masked,
        "refused": [+counts for counts in refused],
        "warnings": [_warnings(report) for report in run.reports],
        "rows_read": rows_read,
        "rows_refused": rows_refused,
        "many_refused": rows_refused > rows_read * HIGH_REFUSED_SHARE,
    }


def _warnings(report: ValidationReport) -> list[Finding]:
    """Findings that say more than the refused rows and the reason of a quarantine do."""
    return [
        finding
        for finding in report.findings
        if not finding.passed
        and finding.expectation not in report.refused
        and finding.words != report.words
    ]


def _training_figures(result: TrainResult | None, limit: float | None) -> dict[str, Any]:
    loss = _finite(result.candidate.loss_nats_per_token) if result else None
    train_loss = _finite(result.train_loss_nats_per_token) if result else None
    champion = result.champion if result else None
    gap = loss - train_loss if loss is not None and train_loss is not None else None
    return {
        "loss": loss,
        "limit": limit,
        "gap": gap,
        "overfit": gap is not None and gap >= OVERFIT_GAP_NATS,
        "few_val_rows": result is not None and result.candidate.rows < SMALL_VAL_ROWS,
        "champion": champion,
        # The gate compares unlike tokenizers in bits per character.
        "improvement_unit": "nats/token"
        if champion is None or champion.tokenizer_sha256 == (result and result.tokenizer_sha256)
        else "bits/character",
    }


def _limit(run: RunRecord, reasons: dict[str, Reason]) -> float | None:
    if "below_limit" in reasons:
        return _finite(reasons["below_limit"].limit)
    return _finite(run.options.get("max_eval_loss"))


def eval_trend(evals: Series) -> Trend | None:
    """How an eval loss ends: above its lowest point, still falling, or flat; None: too short."""
    if len(evals) < 2:
        return None
    values = [value for _, value in evals]
    margin = FLAT_SHARE * abs(values[-1])
    if values[-1] - min(values) > margin:
        return "rising"
    return "falling" if values[-2] - values[-1] > margin else "flat"


def _finite(value: Any) -> float | None:
    """`value` as a float, None when it is no finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:  # an integer beyond the range of floats
        return None


def _figure(value: Any, digits: int = 0, *, signed: bool = False) -> str:
    figure = _finite(value)
    return MISSING if figure is None else f"{figure:{'+' if signed else ''},.{digits}f}"


def _duration(seconds: Any) -> str:
    figure = _finite(seconds)
    if figure is None:
        return MISSING
    if figure < 60:
        return str(Words(ko=f"{figure:.1f}초", en=f"{figure:.1f} s"))
    minutes, rest = divmod(round(figure), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return str(Words(ko=f"{hours:,}시간 {minutes}분", en=f"{hours:,} h {minutes} min"))
    return str(Words(ko=f"{minutes}분 {rest}초", en=f"{minutes} min {rest} s"))


class _Frame(NamedTuple):
    """A drawing and the plot in it, in pixels from the top left."""

    width: int = 440
    height: int = 270
    left: int = 58
    right: int = 426
    top: int = 34
    bottom: int = 222


_FRAME = _Frame()


@dataclass(frozen=True, slots=True)
class Chart:
    """Curves over steps, in pixels of the frame.

    Ticks are (pixel, label); `lines` go from a name to points; `limit` is the height of the
    limit's line, None when there is none or it lies too far from the curves.
    """

    x_ticks: list[tuple[float, str]]
    y_ticks: list[tuple[float, str]]
    lines: dict[str, Series]
    limit: float | None


def draw_chart(series: dict[str, Series], limit: float | None = None) -> Chart | None:
    """Lay `series` out as a chart; None when there is not one point."""
    points = [point for line in series.values() for point in line]
    if not points:
        return None
    steps, values = [step for step, _ in points], [value for _, value in points]
    reach = max(values) - min(values) or 1.0
    if limit is not None and min(values) - reach <= limit <= max(values) + reach:
        values.append(limit)
    else:
        limit = None
    x_ticks, y_ticks = _ticks(0, max(steps), least=1), _ticks(min(values), max(values))

    def place(x: float, y: float) -> tuple[float, float]:
        across = (x - x_ticks[0]) / (x_ticks[-1] - x_ticks[0])
        up = (y - y_ticks[0]) / (y_ticks[-1] - y_ticks[0])
        return (
            round(_FRAME.left + across * (_FRAME.right - _FRAME.left), 1),
            round(_FRAME.bottom - up * (_FRAME.bottom - _FRAME.top), 1),
        )

    return Chart(
        x_ticks=[(place(tick, y_ticks[0])[0], f"{tick:,.0f}") for tick in x_ticks],
        y_ticks=[(place(0, tick)[1], _tick_label(tick)) for tick in y_ticks],
        lines={name: [place(*point) for point in line] for name, line in series.items()},
        limit=None if limit is None else place(0, limit)[1],
    )


def _ticks(low: float, high: float, *, least: float = 0.0) -> list[float]:
    """Round values from at most `low` to at least `high`, 1, 2 or 5 times a power of ten apart."""
    rough = max((high - low) / 5, max(abs(low), abs(high)) * 0.01, least) or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    gap = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / gap), math.ceil(high / gap)
    return [gap * index for index in range(first, max(last, first + 1) + 1)]


def _tick_label(value: float) -> str:
    return f"{value:.6g}".replace("e-0", "e-")
