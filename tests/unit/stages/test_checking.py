"""What the validate step leaves behind: a page for each export, a profile for the accepted ones."""

import io
from pathlib import Path

import openpyxl
import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import ExportError, SettingsError
from cs_pipeline.records import Finding, ValidationReport
from cs_pipeline.stages.inspecting import inspect_export

SECRET = "비밀값 010-9999-0000"
GOOD = [
    (f"{number}번 주문은 언제 오나요?", f"{number}번은 내일 도착합니다.") for number in range(210)
]
OTHER = [
    (f"{number}번 보험금 청구에 필요한 서류를 알려 주시겠어요?", f"진단서와 영수증입니다 {number}")
    for number in range(210)
]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("CS_PIPELINE_LANG", "en")
    settings = Settings(data_dir=tmp_path / "data", work_dir=tmp_path / "var", settle_seconds=0)
    stages.prepare_folders(stages.Installation(settings))
    return settings


def workbook(rows: list[tuple[str, str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in [("질문", "답변"), *rows]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def validated(
    settings: Settings, rows: list[tuple[str, str]], name: str = "x.xlsx"
) -> ValidationReport:
    Path(settings.inbox_uri, name).write_bytes(workbook(rows))
    [export] = stages.collect(stages.Installation(settings), run_id="run") or []
    return stages.validate(stages.Installation(settings), export)


def merged(settings: Settings, report: ValidationReport) -> ValidationReport:
    shard = stages.mask(stages.Installation(settings), report.export)
    stages.merge(stages.Installation(settings), run_id="run", shards=[shard])
    return report


def drift_of(report: ValidationReport) -> Finding | None:
    return next((item for item in report.findings if item.expectation == "drift"), None)


def left(settings: Settings) -> list[str]:
    return sorted(path.suffix for path in settings.quality_dir.rglob("*") if path.is_file())


def test_an_accepted_export_leaves_a_page_and_a_profile(settings: Settings) -> None:
    report = validated(settings, [*GOOD, (SECRET, "")], "홍길동 010-1234-5678.xlsx")
    assert report.page_uri
    page = Path(report.page_uri)
    assert page.parent == settings.quality_dir
    assert "no answer" in page.read_text("utf-8")
    assert left(settings) == [".html", ".json"]
    again = stages.validate(stages.Installation(settings), report.export)
    assert again == report
    assert left(settings) == [".html", ".json"]
    for path in settings.quality_dir.rglob("*"):
        shown = path.name + (path.read_text("utf-8") if path.is_file() else "")
        assert not {"비밀값", "9999", "홍길동", "5678"} & set(shown.replace("-", " ").split())


@pytest.mark.parametrize(
    ("content", "reason"), [(b"%PDF-1.4", "pdf_or_image"), (b"", "empty_file")]
)
def test_an_unreadable_export_leaves_a_page_only(
    settings: Settings, content: bytes, reason: str
) -> None:
    Path(settings.inbox_uri, "x.xlsx").write_bytes(content)
    [export] = stages.collect(stages.Installation(settings), run_id="run") or []
    report = stages.validate(stages.Installation(settings), export)
    assert report.quarantined == reason
    again = stages.validate(stages.Installation(settings), export)
    assert (again.quarantined, again.page_uri) == (reason, report.page_uri)
    assert left(settings) == [".html"]


def test_an_export_refused_by_a_check_tells_its_figures_and_its_refused_rows(
    settings: Settings,
) -> None:
    report = validated(settings, [("", SECRET), (SECRET, "")])
    assert report.quarantined == "nothing_left"
    assert (report.rows_read, report.accepted, sum(report.refused.values())) == (2, 0, 2)
    assert report.refused_uri
    assert Path(report.refused_uri).is_file()
    assert left(settings) == [".html"]
    assert "비밀값" not in Path(report.page_uri or "").read_text("utf-8")
    assert stages.validate(stages.Installation(settings), report.export) == report


def test_only_processed_exports_are_compared_with_and_never_itself(settings: Settings) -> None:
    first = validated(settings, GOOD, "first.xlsx")
    assert drift_of(first) is None
    merged(settings, first)
    assert drift_of(stages.validate(stages.Installation(settings), first.export)) is None
    second = validated(settings, OTHER, "second.xlsx")
    drift = drift_of(second)
    assert drift is not None
    assert (drift.passed, drift.severity) == (False, "warning")
    # Kept, but not in the dataset: no measure for others yet.
    assert drift_of(stages.validate(stages.Installation(settings), first.export)) is None
    merged(settings, second)
    assert drift_of(stages.validate(stages.Installation(settings), first.export)) is not None


def test_a_site_refuses_what_drifts(settings: Settings, tmp_path: Path) -> None:
    merged(settings, validated(settings, GOOD, "first.xlsx"))
    rules = tmp_path / "rules.yaml"
    rules.write_text("rules: [{reason: drift, severity: critical}]", "utf-8")
    strict = settings.model_copy(update={"quality_rules": rules})
    report = validated(strict, OTHER, "second.xlsx")
    assert report.quarantined == "drift"
    assert "mean of 1 earlier exports" in Path(report.page_uri or "").read_text("utf-8")
    assert not (settings.quality_dir / "profiles" / f"{report.export.sha256}.json").exists()


def test_wrong_rules_are_told_before_any_export_is_touched(
    settings: Settings, tmp_path: Path
) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("rules: [{reason: drift, max: 7}]", "utf-8")
    wrong = settings.model_copy(update={"quality_rules": rules})
    export = Path(settings.inbox_uri, "x.xlsx")
    export.write_bytes(workbook(GOOD))
    with pytest.raises(SettingsError, match=r"rules\.yaml, line 1"):
        stages.collect(stages.Installation(wrong), run_id="run")
    with pytest.raises(SettingsError, match=r"rules\.yaml, line 1"):
        inspect_export(stages.Installation(wrong), export, rows=1)
    assert export.is_file()
    [claimed] = stages.collect(stages.Installation(settings), run_id="run") or []
    with pytest.raises(SettingsError, match=r"rules\.yaml, line 1"):
        stages.validate(stages.Installation(wrong), claimed)
    assert Path(claimed.uri).is_file()


def test_inspecting_shows_what_a_run_would_warn_of_and_writes_nothing(settings: Settings) -> None:
    merged(settings, validated(settings, GOOD, "first.xlsx"))
    before = left(settings)
    export = settings.data_dir / "second.xlsx"
    export.write_bytes(workbook(OTHER))
    inspection = inspect_export(stages.Installation(settings), export, rows=0)
    assert [item.expectation for item in inspection.warnings] == ["drift"]
    assert left(settings) == before


def test_headings_of_known_words_are_shown_as_they_are(settings: Settings) -> None:
    export = settings.data_dir / "log.csv"
    rows = "\n".join(f"{n},user,언제 오나요?\n{n},agent,{n + 1}일에 옵니다." for n in range(3))
    export.write_text(f"Conversation ID,Sender Type,Message Text\n{rows}", "utf-8")
    [table] = inspect_export(stages.Installation(settings), export, rows=0).tables
    assert [(column.use, column.heading) for column in table.report.columns] == [
        ("conversation", "Conversation ID"),
        ("speaker", "Sender Type"),
        ("text", "Message Text"),
    ]


def test_headings_that_may_be_any_words_are_masked(settings: Settings) -> None:
    export = settings.data_dir / "log.csv"
    rows = "\n".join(f"{n}번은 언제 오나요?,{n}일에 옵니다." for n in range(5))
    export.write_text(f"문의 010-1234-5678,답변\n{rows}", "utf-8")
    inspection = inspect_export(stages.Installation(settings), export, rows=0)
    assert "1234" not in str(inspection)
    assert inspection.tables[0].report.exchanges == 5


def test_headings_of_an_export_without_answers_are_listed_unmasked_where_known(
    settings: Settings,
) -> None:
    export = settings.data_dir / "list.csv"
    rows = "\n".join(f"{n},{n}번 주문,{n}번은 언제 오나요?" for n in range(5))
    export.write_text(f"Ticket ID,Subject,Description\n{rows}", "utf-8")
    with pytest.raises(ExportError) as caught:
        inspect_export(stages.Installation(settings), export, rows=0)
    assert "'Ticket ID'" in caught.value.words.ko
