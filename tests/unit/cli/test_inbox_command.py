"""`cs-pipeline inbox`: what waits, what was refused, what was processed."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from cs_pipeline import stages
from cs_pipeline.cli.inbox import age_words, size_words
from cs_pipeline.config import Settings

PHONE = "010-3829-4756"
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


def write_export(path: Path, *pairs: tuple[object, object]) -> None:
    workbook = Workbook()
    for row in [("질문", "답변"), *pairs]:
        workbook.active.append(row)
    workbook.save(path)


@pytest.fixture
def used(installation) -> Settings:
    """Three exports processed, one of them with a refused row; two refused whole; three wait."""
    settings = installation.settings
    stages.prepare_folders(stages.Installation(settings))
    inbox = Path(settings.inbox_uri)
    good = ("배송은 언제 오나요?", "내일 도착합니다.")
    write_export(inbox / f"1 {PHONE}.xlsx", good, (f"{PHONE} 맞나요?", None))
    write_export(inbox / "[b]2.xlsx", good)
    write_export(inbox / "3.xlsx", good, ("환불?", "됩니다."))
    write_export(inbox / "4.xlsx", (PHONE, None))
    (inbox / "5.xlsx").write_bytes(b"SCDSA004")
    reports = [
        stages.validate(stages.Installation(settings), one)
        for one in stages.collect(stages.Installation(settings), run_id="r")
    ]
    claimed = [report.export for report in reports if not report.quarantined]
    stages.merge(
        stages.Installation(settings),
        run_id="r",
        shards=[stages.mask(stages.Installation(settings), one) for one in claimed],
    )
    write_export(inbox / f"{PHONE}.xlsx", good)
    (inbox / "~$5.xlsx").write_text("x")
    (inbox / "옛것").mkdir()
    return settings


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize("language", ["ko", "en"])
def test_all_of_it_is_told_in_words_and_masked(cs_pipeline, monkeypatch, language):
    monkeypatch.setenv("CS_PIPELINE_LANG", language)
    shown = cs_pipeline("inbox")
    assert shown.code == 0, shown.err
    assert "3829" not in shown.out + shown.err
    for words in {
        "ko": ["다음 실행에서 처리", "엑셀에서 열려", "건너뜀: 폴더", "방금", "문서 보안(DRM)"],
        "en": ["taken by the next run", "a lock file", "a folder", "just now", "security (DRM)"],
    }[language]:
        assert words in shown.out
    for name in ("[b]2.xlsx", "1 #@전화번호#.xlsx", "-refused.xlsx", "d0001-"):
        assert name in shown.out
    assert "--limit" not in shown.out


@pytest.mark.usefixtures("used")
def test_a_limit_says_how_many_more_there_are(cs_pipeline):
    shown = cs_pipeline("inbox", "--limit", "1")
    assert shown.out.count("1 more") == 2  # exports refused whole, workbooks of refused rows
    assert shown.out.count("2 more") == 1  # processed
    assert cs_pipeline("inbox", "--limit", "0").code == 2


def test_machines_get_one_object(cs_pipeline, used):
    shown = cs_pipeline("inbox", "--json", "--limit", "2")
    report = json.loads(shown.out)
    assert [(item["name"], item["state"]) for item in report["waiting"]] == [
        ("#@전화번호#.xlsx", "pending"),
        ("~$5.xlsx", "lock_file"),
        ("옛것", "folder"),
    ]
    assert {item["reason"] for item in report["refused_exports"]} == {
        "nothing_left",
        "drm_protected",
    }
    assert [item["rows"] for item in report["refused_rows"]] == [1, 1]
    assert len(report["processed"]) == 2
    assert report["more"] == {"processed": 1}
    assert "3829" not in shown.out
    before = sorted(used.data_dir.rglob("*"))
    stages.inbox_report(stages.Installation(used))
    assert sorted(used.data_dir.rglob("*")) == before


def test_the_newest_come_first(used):
    [first, second] = sorted(used.quarantine_dir.glob("*-refused.xlsx"))
    os.utime(first, (0, 0))
    assert [item.uri for item in stages.inbox_report(stages.Installation(used)).refused_rows] == [
        str(second),
        str(first),
    ]


def test_a_fresh_installation_has_nothing_to_tell(cs_pipeline):
    shown = cs_pipeline("inbox")
    assert shown.code == 0
    assert shown.out.count(": none") == 4


@pytest.mark.parametrize(
    ("seconds", "korean", "english"),
    [
        (-5, "방금", "just now"),
        (59, "방금", "just now"),
        (60, "1분 전", "1 min ago"),
        (3599, "59분 전", "59 min ago"),
        (3600, "1시간 전", "1 h ago"),
        (86_399, "23시간 전", "23 h ago"),
        (86_400, "1일 전", "1 day ago"),
        (200_000_000, "2,314일 전", "2,314 days ago"),
    ],
)
def test_ages_in_words(monkeypatch, seconds, korean, english):
    moment = NOW - timedelta(seconds=seconds)
    assert age_words(moment, NOW) == korean
    monkeypatch.setenv("CS_PIPELINE_LANG", "en")
    assert age_words(moment, NOW) == english
    assert age_words(None, NOW) == "-"


@pytest.mark.parametrize(
    ("size", "words"),
    [(None, "-"), (0, "0 B"), (1023, "1023 B"), (2048, "2 KB"), (5 * 1024**2, "5.0 MB")],
)
def test_sizes_in_words(size, words):
    assert size_words(size) == words
