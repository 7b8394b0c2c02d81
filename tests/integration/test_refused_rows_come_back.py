"""Refused rows through the real steps: dropped, refused, corrected in Excel, dropped again."""

import csv
import shutil
from pathlib import Path

import openpyxl
import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.dataset.shard import read_shard
from cs_pipeline.records import MaskedShard, ValidationReport

PHONE = "010-3829-4756"
NEW = "환불을 접수했습니다."
ROWS = [
    ["대화ID", "고객명", "발화자", "내용"],
    ["가", "한여름", "고객", f"제 번호는 {PHONE} 입니다. 배송 언제 와요?"],
    ["가", None, "상담사", "내일 도착합니다."],
    ["가", None, "고객", "한여름인데요, 38294756 으로 연락 주세요."],
    ["가", None, "???", "네, 38294756 으로 연락드리겠습니다."],
    ["나", "나래울", "고객", "환불하고 싶어요"],
    ["나", None, "상담사", "주문 확인을 했습니다. 번호 12345678901234 맞으시죠?"],
    ["다", "도담솔", "고객", "교환은 언제 되나요?"],
    ["다", None, "상담사", "내일 됩니다."],
]


@pytest.fixture
def inbox(settings: Settings) -> Path:
    stages.prepare_folders(stages.Installation(settings))
    return Path(settings.inbox_uri)


def write_export(path: Path, rows: list[list[object]]) -> None:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)


def correct(refused: Path, target: Path, **cells: object) -> None:
    """Type into columns of the export, by the cell that a row names; save under another name."""
    workbook = openpyxl.load_workbook(refused)
    page = workbook.worksheets[0]
    columns = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        at = page.cell(row, columns["셀"]).value
        if at in cells:
            heading = next(name for name in columns if name.startswith(f"원본 {at[0]}열"))
            page.cell(row, columns[heading]).value = cells[at]
    workbook.save(target)


def run(settings: Settings, run_id: str) -> tuple[list[ValidationReport], list[MaskedShard]]:
    """From the inbox to the dataset, each step twice as after a crash."""
    exports = stages.collect(stages.Installation(settings), run_id=run_id) or []
    reports = [stages.validate(stages.Installation(settings), export) for export in exports]
    good = [report for report in reports if not report.quarantined]
    for report in good:
        stages.mask(stages.Installation(settings), report.export)
    shards = [stages.mask(stages.Installation(settings), report.export) for report in good]
    if shards:
        stages.merge(stages.Installation(settings), run_id=run_id, shards=shards)
    return reports, shards


def dataset(settings: Settings) -> set[tuple[str, str]]:
    pairs = set()
    for name in ("train.csv", "val.csv"):
        with (settings.data_dir / name).open(encoding="utf-8", newline="") as stream:
            pairs |= {(row["input"], row["output"]) for row in csv.DictReader(stream)}
    return pairs


def to_correct(settings: Settings) -> list[str]:
    """Workbooks that a data owner is asked to correct."""
    listed = stages.inbox_report(stages.Installation(settings)).refused_rows
    return [item.uri for item in listed]


def rows_of(shard: MaskedShard) -> list[tuple[str, str, str, int]]:
    return list(read_shard(Path(shard.uri), shard.sha256))


def test_corrected_rows_join_the_dataset_and_nothing_else_does(settings, inbox):
    write_export(inbox / "march.xlsx", ROWS)
    [report], [shard] = run(settings, "run-1")
    assert report.origin_sha256 is None
    assert shard.origin_sha256 is None
    before = dataset(settings)
    assert len(before) == 2
    refused = Path(report.refused_uri)

    correct(refused, inbox / "고친 것.xlsx", C5="상담사", D7=NEW)
    [fixed], [correction] = run(settings, "run-2")

    assert fixed.export.sha256 != report.export.sha256
    assert fixed.origin_sha256 == correction.origin_sha256 == report.export.sha256
    assert (fixed.rows_read, fixed.accepted, fixed.refused) == (2, 2, {})
    added = dataset(settings) - before
    assert dataset(settings) >= before
    assert added == {
        ("#@이름#인데요, #@전화번호# 으로 연락 주세요.", "네, #@전화번호# 으로 연락드리겠습니다."),
        ("환불하고 싶어요", NEW),
    }
    assert to_correct(settings) == []
    # What the first turn of the conversation shows masked the later one, and is not kept again.
    assert correction.rows == 2
    ids = {row[2] for row in rows_of(shard)}
    assert {row[2] for row in rows_of(correction)} & ids == {
        row[2] for row in rows_of(shard) if "배송" in row[0]
    }


def test_the_same_correction_counts_once_and_another_one_comes_in(settings, inbox, tmp_path):
    write_export(inbox / "march.xlsx", ROWS)
    [report], _ = run(settings, "run-1")
    refused = Path(report.refused_uri)
    assert to_correct(settings) == [str(refused)]
    correct(refused, tmp_path / "first.xlsx", C5="상담사")
    correct(refused, tmp_path / "second.xlsx", D7=NEW)
    shutil.copy(tmp_path / "first.xlsx", inbox)
    [open_still], _ = run(settings, "run-2")
    assert to_correct(settings) == [open_still.refused_uri]
    assert refused.exists()
    after = dataset(settings)
    shutil.copy(tmp_path / "first.xlsx", inbox / "again.xlsx")
    reports, _ = run(settings, "run-3")
    assert reports == []
    assert dataset(settings) == after
    shutil.copy(tmp_path / "second.xlsx", inbox)
    [second], _ = run(settings, "run-4")
    assert second.origin_sha256 == report.export.sha256
    assert len(dataset(settings)) == len(after) + 1


def test_what_stays_open_is_listed_anew_and_corrected_again(settings, inbox):
    write_export(inbox / "march.xlsx", ROWS)
    [report], _ = run(settings, "run-1")
    correct(
        Path(report.refused_uri), inbox / Path(report.refused_uri).name, D7="번호 1234567890123"
    )
    [fixed], [shard] = run(settings, "run-2")
    assert shard.refused_rows == 1
    again = settings.quarantine_dir / f"march-{fixed.export.sha256[:8]}-refused.xlsx"
    page = openpyxl.load_workbook(again).worksheets[0]
    assert {row[2] for row in page.iter_rows(2, values_only=True)} == {"C5", "D4", "D7"}
    before = dataset(settings)
    correct(again, inbox / again.name, C5="상담사", D7=NEW)
    [last], _ = run(settings, "run-3")
    assert last.origin_sha256 == report.export.sha256
    assert len(dataset(settings) - before) == 2


def test_an_export_refused_whole_is_saved_by_its_rows(settings, inbox):
    write_export(inbox / "a.xlsx", [["질문", "답변"], ["배송은 언제 오나요?", None], ["12", "네"]])
    [report], shards = run(settings, "run-1")
    assert (report.quarantined, shards) == ("nothing_left", [])
    refused = settings.quarantine_dir / f"a-{report.export.sha256[:8]}-refused.xlsx"
    assert report.refused_uri == str(refused)
    correct(refused, inbox / refused.name, B2="내일 도착합니다.")
    [fixed], [shard] = run(settings, "run-2")
    assert (fixed.quarantined, fixed.origin_sha256) == (None, report.export.sha256)
    assert dataset(settings) == {("배송은 언제 오나요?", "내일 도착합니다.")}
    assert shard.rows == 1


def test_a_correction_without_a_usable_row_is_refused_and_lists_them(settings, inbox):
    write_export(
        inbox / "march.xlsx", [["질문", "답변"], ["배송 언제 와요?", "내일요."], ["교환?"]]
    )
    [report], _ = run(settings, "run-1")
    correct(Path(report.refused_uri), inbox / "b.xlsx", B3="12")
    [fixed], shards = run(settings, "run-2")
    assert (fixed.quarantined, shards) == ("nothing_left", [])
    assert not stages.Installation(settings).ledger.has(fixed.export.sha256)
    again = settings.quarantine_dir / f"b-{fixed.export.sha256[:8]}-refused.xlsx"
    correct(again, inbox / "c.xlsx", B3="됩니다.")
    [last], _ = run(settings, "run-3")
    assert last.origin_sha256 == report.export.sha256
    assert ("교환?", "됩니다.") in dataset(settings)


def test_what_corrects_nothing_goes_to_quarantine_with_its_reason(settings, inbox):
    write_export(inbox / "march.xlsx", ROWS)
    [report], _ = run(settings, "run-1")
    shutil.copy(report.refused_uri, inbox / "unchanged.xlsx")
    [same], _ = run(settings, "run-2")
    assert same.quarantined == "nothing_corrected"
    assert (settings.quarantine_dir / f"unchanged-{same.export.sha256[:8]}.xlsx").is_file()
    correct(Path(report.refused_uri), inbox / "b.xlsx", D7=NEW)
    shutil.rmtree(settings.processed_dir / report.export.sha256)
    [orphan], _ = run(settings, "run-3")
    assert orphan.quarantined == "origin_missing"
    assert PHONE not in orphan.model_dump_json()


def test_an_export_and_its_correction_may_come_in_one_run(settings, inbox, tmp_path):
    write_export(tmp_path / "march.xlsx", ROWS)
    shutil.copy(tmp_path / "march.xlsx", inbox)
    [report], _ = run(settings, "run-1")
    correct(Path(report.refused_uri), tmp_path / "b.xlsx", D7=NEW)
    shutil.rmtree(settings.data_dir)
    stages.prepare_folders(stages.Installation(settings))
    for name in ("march.xlsx", "b.xlsx"):
        shutil.copy(tmp_path / name, inbox)
    reports, shards = run(settings, "run-2")
    assert [item.quarantined for item in reports] == [None, None]
    assert sorted(shard.rows for shard in shards) == [1, 2]


@pytest.mark.parametrize("how", ["export", "conversation", "value"])
def test_what_is_withdrawn_takes_its_corrections_along(settings, inbox, how):
    write_export(inbox / "march.xlsx", ROWS)
    [report], _ = run(settings, "run-1")
    refused = Path(report.refused_uri)
    correct(refused, inbox / "fixed.xlsx", C5="상담사", D7=NEW)
    run(settings, "run-2")
    assert len(dataset(settings)) == 4
    opened = stages.Installation(settings)
    if how == "export":
        stages.withdraw(opened, stages.Wanted(exports=("march.xlsx",)))
        assert dataset(settings) == set()
        assert not refused.exists()
        assert list(settings.processed_dir.glob("*/ledger.json")) == []
        return
    if how == "conversation":
        wanted = stages.Wanted(conversations=("가",))
    else:
        wanted = stages.Wanted(digests=tuple(stages.digests_of(opened, PHONE)))
    done = stages.withdraw(opened, wanted)
    assert (done.exports, done.rows) == (2, 2)
    assert dataset(settings) == {("환불하고 싶어요", NEW), ("교환은 언제 되나요?", "내일 됩니다.")}
