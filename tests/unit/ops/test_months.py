"""What came in, month by month."""

from datetime import timedelta

import pytest

from cs_pipeline.ops import months
from cs_pipeline.ops.run_book import RunBook
from tests.unit.ops.conftest import TODAY, Browser
from tests.unit.ops.sample_site import SampleSite


@pytest.fixture
def quarter(site: SampleSite) -> SampleSite:
    for days in (70, 40, 38, 3):
        site.promoted(TODAY - timedelta(days=days))
    site.failed(TODAY - timedelta(days=2))
    site.nothing(TODAY - timedelta(days=1))
    return site


def test_each_month_tells_what_was_used_left_out_masked_and_how_it_changed(
    browser: Browser, quarter: SampleSite
) -> None:
    told = browser("viewer").get("/months").json()
    assert [one["month"] for one in told] == ["2026-09", "2026-10", "2026-11"]
    assert [one["used"] for one in told] == [1221, 2 * 1221, 1221]
    counts = {part["name"]: part["count"] for part in told[1]["left_out"]}
    assert counts == {"empty_answer": 34, "unanswered": 20 + 22, "too_long": 2}
    words = {part["name"]: part["words"] for part in told[1]["left_out"]}
    assert words["empty_answer"] == {"ko": "답변이 비어 있음", "en": "no answer"}
    masked = {part["name"]: part["count"] for part in told[2]["masked"]}
    assert masked == {"PHONE": 290 + 26, "NAME": 120, "ORDER": 84, "EMAIL": 31}
    assert told[0]["drift"] is None, "there was no live model to differ from"
    assert told[1]["drift"] == pytest.approx(22 / 62)


def test_rare_parts_are_put_together(
    browser: Browser, quarter: SampleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(months, "MOST_PARTS", 2)
    told = browser("viewer").get("/months").json()
    assert [part["name"] for part in told[0]["masked"]] == ["PHONE", "NAME", "rest"]
    assert told[0]["masked"][-1]["count"] == 84 + 31


def test_of_a_long_history_only_whole_months_are_read(
    quarter: SampleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five records reach into October, which is therefore not told."""
    monkeypatch.setattr(months, "MOST_RUNS", 4)
    found = months.months(quarter.installation, RunBook(), TODAY)
    assert [one.month for one in found] == ["2026-11"]


def test_what_is_older_than_a_year_is_left_out(quarter: SampleSite) -> None:
    later = TODAY + timedelta(days=31 * months.MONTHS - 10)
    found = months.months(quarter.installation, RunBook(), later)
    assert [one.month for one in found] == ["2026-11"]


def test_an_installation_without_runs_has_no_months(browser: Browser, site: SampleSite) -> None:
    assert browser("viewer").get("/months").json() == []
