"""The report's charts. They carry numbers only: titles and legends are the page's own text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from cs_pipeline.language import Words
from cs_pipeline.numbers import finite, short
from cs_pipeline.records import PairedComparison
from cs_pipeline.report.chart_wording import TITLES, UNITS
from cs_pipeline.report.drawing import INKS, draw_plot, draw_strip
from cs_pipeline.report.figures import Point, Series, series

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DASHES = {"limit": (0, (5, 4)), "champion": (0, (1.5, 2.5))}
_POINTS_WITH_MARKS = 8


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing for the page; `legend` names what is drawn in it, by colour."""

    name: str
    svg: Markup
    legend: tuple[str, ...]

    @property
    def title(self) -> Words:
        """What the chart shows."""
        return TITLES[self.name]

    @property
    def unit(self) -> Words:
        """Unit of the vertical axis."""
        return UNITS[self.name]


def curve_charts(
    points: Sequence[Point],
    *,
    limit: float | None = None,
    champion: float | None = None,
    max_gradient_norm: float | None = None,
) -> list[Chart]:
    """The curves that `points` hold figures for.

    Args:
        points: Lines of `metrics.jsonl`, by step.
        limit: Eval loss limit, in nats per token.
        champion: Loss of the live model, in nats per token.
        max_gradient_norm: The norm that gradients were clipped to.
    """
    loss = {
        "train": series(points, "train_loss_nats_per_token"),
        "eval": series(points, "eval_loss_nats_per_token"),
    }
    memory = [(step, value / 2**30) for step, value in series(points, "gpu_memory_bytes")]
    norm = {"train": series(points, "gradient_norm")}
    drawn = (
        _curves("loss", loss, {"limit": limit, "champion": champion}),
        _curves("gradient", norm, {"limit": max_gradient_norm}, from_zero=True),
        _curves("rate", {"train": series(points, "learning_rate")}, from_zero=True),
        _curves("speed", {"train": series(points, "tokens_per_second")}, from_zero=True),
        _curves("memory", {"train": memory}, from_zero=True),
    )
    return [chart for chart in drawn if chart is not None]


def interval_chart(comparison: PairedComparison, needed: float | None) -> Chart | None:
    """The improvement with its interval, beside no change and what the gate needs.

    None when it is not finite.
    """
    low, middle, high = (
        finite(value) for value in (comparison.low, comparison.improvement, comparison.high)
    )
    if low is None or middle is None or high is None:
        return None
    tone = "good" if low > 0 else "bad" if high < 0 else "wait"

    def draw(axes: "Axes") -> None:
        axes.axvline(0, color=INKS["soft"], linewidth=1.5)
        if needed:
            axes.axvline(needed, color=INKS["limit"], linewidth=1.5, linestyle=_DASHES["limit"])
        axes.errorbar(
            [middle],
            [0],
            xerr=[[max(middle - low, 0)], [max(high - middle, 0)]],
            color=INKS[tone],
            fmt="o",
            markersize=11,
            elinewidth=3,
            capsize=9,
            capthick=3,
        )
        axes.margins(x=0.08)

    summary = f"{middle:+.4f} ({low:+.4f} – {high:+.4f}) {comparison.unit}"
    svg = draw_strip("interval", TITLES["interval"], summary, draw)
    return Chart("interval", svg, (tone, "limit") if needed else (tone,))


def _curves(
    name: str,
    lines: Mapping[str, Series],
    levels: Mapping[str, float | None] | None = None,
    *,
    from_zero: bool = False,
) -> Chart | None:
    lines = {colour: line for colour, line in lines.items() if line}
    values = [value for line in lines.values() for _, value in line]
    if not values:
        return None
    near = {
        colour: level
        for colour, level in (levels or {}).items()
        if level is not None and _is_near(level, values)
    }

    def draw(axes: "Axes") -> None:
        for colour, level in near.items():
            axes.axhline(level, color=INKS[colour], linewidth=1.5, linestyle=_DASHES[colour])
        for colour, line in lines.items():
            marker = "o" if len(line) <= _POINTS_WITH_MARKS else ""
            axes.plot(*zip(*line, strict=True), color=INKS[colour], marker=marker, clip_on=False)
        axes.set_xlim(left=0)
        if from_zero and min(values) >= 0:
            axes.set_ylim(bottom=0)

    summary = "; ".join(_told(colour, line) for colour, line in lines.items())
    return Chart(name, draw_plot(name, TITLES[name], summary, draw), (*lines, *near))


def _is_near(level: float, values: Sequence[float]) -> bool:
    """Whether a level can be drawn without pressing the curves flat."""
    reach = max(values) - min(values) or 1.0
    return min(values) - reach <= level <= max(values) + reach


def _told(colour: str, line: Series) -> str:
    (first_step, first), (last_step, last) = line[0], line[-1]
    start, end = (short(float(f"{value:.4g}")) for value in (first, last))
    return f"{colour}: {start} ({first_step:,.0f}) → {end} ({last_step:,.0f})"
