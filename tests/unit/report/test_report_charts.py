import math
import re
from xml.etree import ElementTree

import pytest

from cs_pipeline.language import LANGUAGE_VARIABLE
from cs_pipeline.report.charts import curve_charts, interval_chart
from cs_pipeline.report.drawing import axis_label
from tests.unit.report.report_runs import comparison

POINTS = [
    {
        "step": step,
        "train_loss_nats_per_token": 2.9 + 5 * math.exp(-step / 40),
        "gradient_norm": 1.2,
        "learning_rate": 5e-5 * step / 240,
        "tokens_per_second": 312_000.0,
        "gpu_memory_bytes": 3.1e10,
    }
    for step in range(1, 242, 5)
]


def charts(points=POINTS, **levels):
    return {chart.name: chart for chart in curve_charts(points, **levels)}


def labels(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def test_each_figure_gets_a_chart_and_none_without_points():
    assert list(charts()) == ["loss", "gradient", "rate", "speed", "memory"]
    assert list(charts([{"step": 1, "learning_rate": 1e-5}])) == ["rate"]
    assert charts([]) == {}


def test_drawings_are_parts_of_a_page():
    drawn = [*curve_charts(POINTS, limit=4.0), interval_chart(comparison(), 0.05)]
    ids = []
    for chart in drawn:
        root = ElementTree.fromstring(chart.svg)
        assert root.tag == "svg"
        assert "width" not in root.attrib
        assert [child.tag for child in root][:2] == ["title", "desc"]
        assert root.attrib["aria-labelledby"] == f"{chart.name}-title {chart.name}-desc"
        ids += re.findall(r'\bid="([^"]+)"', chart.svg)
        for target in re.findall(r'(?:href="#|url\(#)([^")]+)', chart.svg):
            assert f'id="{target}"' in chart.svg
    assert len(ids) == len(set(ids))


def test_colours_and_fonts_are_the_page_s():
    for chart in [*curve_charts(POINTS, limit=4.0), interval_chart(comparison(), 0.05)]:
        assert not re.search(r"#[0-9a-fA-F]{6}\b(?!\d*\")", re.sub('"#[^"]*"', "", chart.svg))
        assert "font-family" not in chart.svg
        assert "DejaVu" not in chart.svg
        assert "var(--" in chart.svg


def test_the_same_figures_give_the_same_bytes():
    first, second = (charts(limit=4.0) for _ in range(2))
    assert {name: chart.svg for name, chart in first.items()} == {
        name: chart.svg for name, chart in second.items()
    }
    assert "20" not in re.findall(r"<!--.*?-->|<metadata", str(first["loss"].svg))


@pytest.mark.parametrize(("language", "title"), [("ko", "기울기 크기"), ("en", "Gradient norm")])
def test_titles_are_in_the_reader_s_language(language, title, monkeypatch):
    monkeypatch.setenv(LANGUAGE_VARIABLE, language)
    assert f'<title id="gradient-title">{title}</title>' in charts()["gradient"].svg


def test_ticks_are_few_and_short():
    drawn = charts()
    assert labels(drawn["speed"].svg)[-4:] == ["0", "100k", "200k", "300k"]
    assert labels(drawn["rate"].svg)[-3:] == ["0", "2e-5", "4e-5"]
    for chart in drawn.values():
        assert 4 <= len(labels(chart.svg)) <= 12
        assert max(map(len, labels(chart.svg))) <= 6


@pytest.mark.parametrize(
    ("limit", "drawn"), [(4.0, True), (8.5, True), (100.0, False), (None, False)]
)
def test_limit_is_drawn_when_it_is_near(limit, drawn):
    chart = charts(limit=limit)["loss"]
    assert ("limit" in chart.legend) is drawn
    assert ("var(--limit)" in chart.svg) is drawn


def test_live_model_and_clip_are_drawn():
    drawn = charts(champion=3.3, max_gradient_norm=1.0)
    assert drawn["loss"].legend == ("train", "champion")
    assert drawn["gradient"].legend == ("train", "limit")


@pytest.mark.parametrize(
    "line",
    [
        [(0, 0.0)], [(1, 5e-5)], [(10, 3.0), (20, 3.0)], [(1, 8.1), (240, 2.9)],
        [(1, -1.0), (2, 1.0)], [(1, 1e-9), (5, 2e-9)], [(1, 1e6), (100000, 1e12)],
        [(1, 3.0), (2, 3.0000001)], [(1, 1e300), (2, -1e300)], [(7, 2.0), (7, 3.0)],
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("error")
def test_curves_of_any_size_can_be_drawn(line):
    points = [{"step": step, "train_loss_nats_per_token": value} for step, value in line]
    svg = charts(points)["loss"].svg
    assert not re.search(r"\b(nan|inf)\b", svg)
    assert "var(--train)" in svg


@pytest.mark.parametrize(
    ("low", "high", "tone"), [(0.1, 0.2, "good"), (-0.2, -0.1, "bad"), (-0.1, 0.1, "wait")]
)
def test_the_interval_s_colour_tells_its_sign(low, high, tone):
    chart = interval_chart(comparison(low, high), 0.05)
    assert chart.legend == (tone, "limit")
    assert f"var(--{tone})" in chart.svg
    assert "0" in labels(chart.svg)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_an_interval_that_is_no_number_is_not_drawn(bad):
    assert interval_chart(comparison(bad, 0.2), 0.0) is None
    assert interval_chart(comparison(0.1, 0.2, improvement=bad), 0.0) is None


def test_an_improvement_outside_of_its_interval_is_drawn_all_the_same():
    assert interval_chart(comparison(0.1, 0.2, improvement=0.3), None) is not None


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (0.0, "0"), (1e-17, "0"), (5e-5, "5e-5"), (0.30000000000000004, "0.3"), (2.5, "2.5"),
        (40.0, "40"), (5000.0, "5,000"), (320000.0, "320k"), (2.5e6, "2.5M"), (3e9, "3G"),
        (-0.5, "-0.5"),
    ],
)  # fmt: skip
def test_labels_of_an_axis(value, label):
    assert axis_label(value) == label


def test_signed_labels():
    assert [axis_label(value, "+") for value in (-0.1, 0.0, 0.1)] == ["-0.1", "0", "+0.1"]
