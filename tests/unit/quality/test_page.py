"""The page of an export: what stands on it, and what never does."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.language import Words
from cs_pipeline.profiles.drift import drift_parts
from cs_pipeline.quality.comparison import Comparison
from cs_pipeline.quality.page import Pages
from cs_pipeline.records import DataProfile, ExportFile, Finding, SheetReport, ValidationReport

SHA256 = "ab12cd34" * 8
EXPORT = ExportFile(uri="/p/x.xlsx", name="3월 #@이름#.xlsx", sha256=SHA256, size_bytes=20480)


def finding(
    reason: str, passed: bool = True, severity: str = "warning", **given: object
) -> Finding:
    said = f"{reason} {'holds' if passed else 'is broken'}"
    return Finding.model_validate(
        {
            "expectation": reason,
            "severity": severity,
            "passed": passed,
            "measured": 0.25,
            "figure": "is_refused",
            "limit_words": Words(ko="20% 이하", en="at most 20%"),
            "words": Words(ko=said, en=said),
        }
        | given
    )


USED = ValidationReport(
    export=EXPORT,
    sheets=(
        SheetReport(name="1월", layout="qa", header_row=3, rows=1200, exchanges=1200),
        SheetReport(name="메모", layout="unread", note=Words(ko="제목 없음", en="no heading")),
    ),
    rows_read=1234,
    exchanges=1200,
    accepted=1100,
    refused={"empty_answer": 90, "unanswered": 10, "own_rule": 34},
    refused_uri="/q/3월-ab12cd34-refused.xlsx",
    findings=(
        finding("many_duplicates"),
        finding(
            "own_rule",
            passed=False,
            limit_words=None,
            words=Words(ko="답변이 너무 긺: 34행", en="Answer too chatty: 34 rows"),
        ),
    ),
)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("CS_PIPELINE_LANG", "en")
    return Settings(data_dir=tmp_path)


def page(settings: Settings, report: ValidationReport, comparison: Comparison | None = None) -> str:
    written = Pages(settings.quality_dir).write(report, comparison)
    path = Pages(settings.quality_dir).path_of(report.export)
    assert written == report.model_copy(update={"page_uri": str(path)})
    return path.read_text("utf-8")


def text(html: str) -> str:
    body = re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(body).split())


def test_a_used_export_with_all_that_was_seen_of_it(settings: Settings) -> None:
    shown = text(page(settings, USED))
    for part in (
        "Used: 1,100 rows go on",
        "3월 #@이름#.xlsx 20 KB · sha256 ab12cd34ab12",
        "Rows read 1,234 Exchanges 1,200 Rows used 1,100 Rows left out 134",
        "no answer 90 Answer too chatty 34 never answered 10",
        "3월-ab12cd34-refused.xlsx",
        "✓ passed many_duplicates holds many_duplicates · warns 25% at most 20%",
        "– rows left out Answer too chatty: 34 rows own_rule · leaves rows out",
        "1월 question, answer 3 1,200 1,200",
        "메모 no heading not read",
        "Sheets that were not read: 1",
        "Not compared. It takes 200 rows",
    ):
        assert part in shown


def test_it_is_in_the_readers_language(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CS_PIPELINE_LANG", "ko")
    html = page(settings, USED)
    assert '<html lang="ko">' in html
    for part in ("사용: 1,100행을 씁니다", "다음에 할 일", "답변이 비어 있음 90", "읽지 않음"):
        assert part in text(html)


def test_nothing_to_do_is_said_only_when_nothing_is_open(settings: Settings) -> None:
    clean = USED.model_copy(
        update={"refused": {}, "refused_uri": None, "sheets": USED.sheets[:1], "findings": ()}
    )
    assert "Nothing. All of this file is used." in text(page(settings, clean))
    assert "Nothing. All" not in text(page(settings, USED))


def test_a_warning_asks_for_a_look(settings: Settings) -> None:
    report = USED.model_copy(
        update={"findings": (*USED.findings, finding("mostly_refused", passed=False))}
    )
    shown = text(page(settings, report))
    assert "Used, please check: 1,100 rows go on" in shown
    assert shown.index("mostly_refused is broken") < shown.index("Rows read")
    checks = shown.partition("Checks")[2]
    assert checks.index("! warning") < checks.index("rows left out") < checks.index("✓ passed")


def test_a_file_refused_by_a_check_says_why_first(settings: Settings) -> None:
    stop = finding("not_korean", passed=False, severity="blocking", figure="hangul_share")
    report = USED.model_copy(
        update={
            "quarantined": "not_korean",
            "words": stop.words,
            "accepted": 0,
            "findings": (*USED.findings, stop),
        }
    )
    shown = text(page(settings, report))
    assert shown.index("Refused: this file was not used") < shown.index("not_korean is broken")
    assert shown.index("not_korean is broken") < shown.index("Rows used 0")
    assert "✗ file refused not_korean is broken not_korean · stops the file 25%" in shown
    assert "next step" not in shown


def test_a_file_that_could_not_be_read_has_a_page_too(settings: Settings) -> None:
    words = Words(ko="보안 문서입니다.", en="The file is protected.")
    report = ValidationReport(export=EXPORT, quarantined="drm_protected", words=words)
    shown = text(page(settings, report))
    assert "Refused: this file was not used" in shown
    assert "The file is protected." in shown
    for part in ("Rows read", "Checks", "Sheets and tables", "earlier exports"):
        assert part not in shown


def test_drift_is_told_part_by_part(settings: Settings) -> None:
    def profile(question: float, *words: float) -> DataProfile:
        return DataProfile(
            rows=500,
            question_characters=question,
            answer_characters=20,
            duplicate_share=0.1,
            word_buckets=words,
        )

    before, now = profile(10, 1, 0), profile(40, 0, 1)
    comparison = Comparison(now, before, 3, drift_parts(before, now))
    shown = text(page(settings, USED, comparison))
    assert "mean of 3 earlier exports (500 rows)" in shown
    assert "Words in use 1.00" in shown
    assert "Mean question 10 characters 40 characters 0.75" in shown
    assert "Share of duplicates 10% 10% 0.00" in shown


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_it_needs_nothing_from_outside_and_runs_nothing(settings: Settings) -> None:
    html = page(settings, USED)
    tags = _Tags()
    tags.feed(html)
    assert not {"script", "link", "img", "iframe", "form"} & {tag for tag, _ in tags.seen}
    assert not {"src", "href", "onclick"} & {name for _, given in tags.seen for name in given}
    assert "url(" not in html
    assert "default-src 'none'" in html


def test_names_are_shown_as_text(settings: Settings) -> None:
    name = "<script>alert(1)</script>"
    sheets = (SheetReport(name=name, layout="qa", header_row=1, rows=1, exchanges=1),)
    html = page(settings, USED.model_copy(update={"sheets": sheets}))
    assert name not in html
    assert name in text(html)


def test_a_second_time_makes_no_second_page(settings: Settings) -> None:
    for _ in range(2):
        page(settings, USED)
    assert [path.name for path in settings.quality_dir.iterdir()] == ["3월 #@이름#-ab12cd34.html"]
