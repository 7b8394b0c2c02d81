"""A chart's drawing: matplotlib's SVG, made a part of the page.

Text stays text in the page's font, colours are the page's own (they differ in dark mode and on
paper), and the same figures give the same bytes.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from cs_pipeline.language import Words
from cs_pipeline.numbers import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INKS = {
    name: f"#0c0d{number:02x}"
    for number, name in enumerate(
        ("train", "eval", "limit", "champion", "line", "soft", "good", "bad", "wait"), 1
    )
}
"""Name of a colour of the page -> what stands for it until the drawing is on the page."""

_WIDTH = 360
_PLOT_HEIGHT, _STRIP_HEIGHT = 220, 84
_TEXT_SIZE = 12.5
_POINTS_PER_INCH = 72
_ROUND_STEPS = [1, 2, 5, 10]
_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.size": _TEXT_SIZE,
    "axes.edgecolor": INKS["soft"],
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": INKS["line"],
    "grid.linewidth": 1.0,
    "xtick.color": INKS["soft"],
    "ytick.color": INKS["soft"],
    "ytick.left": False,
    "lines.linewidth": 2.0,
    "lines.solid_joinstyle": "round",
}


def draw_plot(name: str, title: Words, summary: str, draw: Callable[["Axes"], None]) -> Markup:
    """A figure over the steps of a run, drawn by `draw`; `summary` tells it to who cannot see."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    with _canvas(name, _PLOT_HEIGHT, left=50) as (drawing, axes):
        draw(axes)
        axes.grid(axis="y")
        axes.xaxis.set_major_locator(MaxNLocator(4, steps=_ROUND_STEPS, integer=True))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.yaxis.set_major_locator(MaxNLocator(5, steps=_ROUND_STEPS))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: axis_label(value)))
        return _inline(_svg(drawing), name, title, summary)


def draw_strip(name: str, title: Words, summary: str, draw: Callable[["Axes"], None]) -> Markup:
    """A low drawing along a line of signed numbers."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    with _canvas(name, _STRIP_HEIGHT, left=22) as (drawing, axes):
        draw(axes)
        axes.set_ylim(-0.8, 0.8)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.xaxis.set_major_locator(MaxNLocator(4, steps=_ROUND_STEPS))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: axis_label(value, "+")))
        return _inline(_svg(drawing), name, title, summary)


def axis_label(value: float, sign: str = "") -> str:
    """A tick as few characters: 320k, 2.5, 5e-5; with `sign` "+" its plus is written."""
    if abs(value) < 1e-12:
        return "0"
    plus = sign if value > 0 else ""
    for size, unit, letter in ((1e9, 1e9, "G"), (1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if abs(value) >= size:
            return f"{plus}{value / unit:g}{letter}"
    return plus + (f"{value:,.0f}" if value == int(value) else short(float(f"{value:.6g}")))


@contextmanager
def _canvas(name: str, height: int, *, left: int) -> Iterator[tuple["Figure", "Axes"]]:
    """Axes with room for their labels; no display and no global state of pyplot are needed."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    style: Any = _STYLE | {"svg.hashsalt": name}  # keys are checked by matplotlib
    with mpl.rc_context(style):
        drawing = Figure(figsize=(_WIDTH / _POINTS_PER_INCH, height / _POINTS_PER_INCH))
        axes = drawing.subplots()
        drawing.subplots_adjust(
            left=left / _WIDTH, right=1 - 22 / _WIDTH, bottom=26 / height, top=1 - 10 / height
        )
        yield drawing, axes


def _svg(drawing: "Figure") -> str:
    stream = StringIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    drawing.savefig(stream, format="svg", transparent=True, metadata=nothing)
    return stream.getvalue()


def _inline(svg: str, name: str, title: Words, summary: str) -> Markup:
    """The file as part of a page: named for screen readers, in the page's style."""
    opening = svg.index("<svg")
    body = svg[svg.index(">", opening) + 1 :].strip()
    body = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", body, count=1, flags=re.DOTALL)
    body = re.sub(r'<g id="[^"]*"', "<g", body)
    body = re.sub(r"font-family: [^;\"]*;?", "", body)
    body = body.replace("xlink:href=", "href=")
    for ink, stand_in in INKS.items():
        body = body.replace(stand_in, f"var(--{ink})")
    view_box = re.search(r'viewBox="[^"]*"', svg[opening:])
    head = (
        f'<svg {view_box[0] if view_box else ""} role="img" '
        f'aria-labelledby="{name}-title {name}-desc">\n'
        f'<title id="{name}-title">{escape(str(title))}</title>\n'
        f'<desc id="{name}-desc">{escape(summary)}</desc>\n'
    )
    return Markup(head + body)  # noqa: S704 - drawn here; the only words in it were escaped
