"""From exports to a reviewed sample: what is drawn, what is shown, what comes back."""

import html
import json
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from cs_pipeline import stages
from cs_pipeline.audit.estimate import AuditEstimate
from cs_pipeline.config import Settings
from cs_pipeline.errors import DatasetError, SettingsError
from cs_pipeline.files import sha256_file
from cs_pipeline.records import MaskedShard
from cs_pipeline.samples.workbook import write_sample_export
from tests.dataset_changes import merge
from tests.records import export, masked

NUMBERED_ALIKE = "같은 번호"


@dataclass(frozen=True)
class Dataset:
    """An installation whose exports are merged, and the values planted in them that were masked."""

    settings: Settings
    planted: frozenset[str]


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Two sample exports and one whose monthly sheets number their conversations alike."""
    folder = tmp_path_factory.mktemp("installation")
    settings = Settings.load(
        data_dir=folder / "data", work_dir=folder / "var", settle_seconds=0, inbox=""
    )
    stages.prepare_folders(stages.Installation(settings))
    planted: set[str] = set()
    for seed, layout in ((1, "qa"), (2, "turns")):
        truth = folder / f"{layout}.jsonl"
        path = Path(settings.inbox_uri) / f"{layout}.xlsx"
        write_sample_export(path, rows=250, seed=seed, layout=layout, truth=truth)
        facts = [json.loads(line) for line in truth.read_text("utf-8").splitlines()]
        planted |= {fact["value"] for fact in facts if "value" in fact}
    planted |= _sheets_numbered_alike(Path(settings.inbox_uri) / "alike.xlsx")
    exports = stages.collect(stages.Installation(settings), run_id="r") or []
    shards = [
        stages.mask(
            stages.Installation(settings),
            stages.validate(stages.Installation(settings), one).export,
        )
        for one in exports
    ]
    stages.merge(stages.Installation(settings), run_id="r", shards=shards)
    masked_text = "\n".join(
        text
        for shard in shards
        for column in pq.read_table(shard.uri, columns=["input", "output"]).columns
        for text in column.to_pylist()
    )
    return Dataset(settings, frozenset(value for value in planted if value not in masked_text))


def _sheets_numbered_alike(path: Path) -> set[str]:
    book = openpyxl.Workbook()
    book.remove(book.active)
    numbers = {}
    for month in (3, 4):
        sheet = book.create_sheet(f"{month}월")
        sheet.append(["상담번호", "문의내용", "답변내용"])
        for row in range(20):
            numbers[month, row] = f"010-{5000 + month * 100 + row}-{7000 + row}"
            question = f"{NUMBERED_ALIKE} {month}월 {row}번, 제 번호는 {numbers[month, row]}"
            sheet.append([f"C{row}", f"{question}이에요.", f"{month}월 문의 감사합니다."])
    book.save(path)
    return set(numbers.values())


@pytest.fixture
def dataset(merged: Dataset) -> Iterator[Dataset]:
    """The merged exports; what a test draws is removed again."""
    yield merged
    for folder in (merged.settings.quarantine_dir, merged.settings.work_dir / "audits"):
        for path in folder.glob("pii-audit-*"):
            path.unlink()


def parts(path: Path) -> str:
    """Everything in the file, as text."""
    with zipfile.ZipFile(path) as archive:
        members = [archive.read(name) for name in archive.namelist()]
    # Some XML writers spell Hangul as character references.
    return html.unescape(b"\n".join(members).decode("utf-8", "replace"))


def shown(path: Path) -> list[tuple[object, ...]]:
    """The rows under review, without their heading."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return list(sheet.iter_rows(min_row=2, values_only=True))


def test_a_sample_holds_no_unmasked_value(dataset):
    path, plan, _ = stages.draw_audit(stages.Installation(dataset.settings), rows=200, seed=7)
    assert path.parent == dataset.settings.work_dir / "audits"
    version = stages.Installation(dataset.settings).versions.current()
    assert (plan.dataset_version, plan.dataset_sha256) == (version.version_id, version.sha256)
    assert plan.rows == sum(shard.rows for shard in version.shards)
    assert len(shown(path)) == len(plan.drawn) == 200
    assert {"none", "PHONE", "RRN"} <= {stratum.name for stratum in plan.strata}
    content = parts(path)
    assert "#@전화번호#" in content
    assert len(dataset.planted) > 50
    assert [value for value in dataset.planted if value in content] == []


def test_the_rows_are_those_of_the_shards_with_their_rules(dataset):
    path, plan, _ = stages.draw_audit(stages.Installation(dataset.settings), rows=60, seed=7)
    tables = {
        shard.export_sha256[:10]: pq.read_table(
            dataset.settings.shards_dir / f"{shard.export_sha256}.parquet"
        ).to_pylist()
        for shard in stages.Installation(dataset.settings).versions.current().shards
    }
    for row_id, question, answer, _, rules, *_ in shown(path):
        shard, number = row_id.split("-")
        row = tables[shard][int(number)]
        assert (row["input"], row["output"]) == (question, answer)
        assert "\n".join(row["rules"]) == (rules or "")
    assert any(one.rules for one in plan.drawn)


def test_the_same_seed_draws_the_same_rows(dataset, tmp_path):
    first, again, other = (
        stages.draw_audit(
            stages.Installation(dataset.settings),
            rows=60,
            seed=seed,
            out=tmp_path / f"{number}.xlsx",
        )
        for number, seed in enumerate((7, 7, 8))
    )
    assert first.plan == again.plan
    assert shown(first.path) == shown(again.path)
    assert shown(other.path) != shown(first.path)


def test_the_source_goes_into_the_closed_folder_only(dataset, tmp_path):
    settings = dataset.settings
    before = set(tmp_path.rglob("*"))
    path, plan, missing = stages.draw_audit(
        stages.Installation(settings), rows=10_000, seed=7, with_source=True
    )
    assert missing == 0
    assert path.parent == settings.quarantine_dir
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    content = parts(path)
    assert sum(value in content for value in dataset.planted) > 50
    assert len(plan.drawn) == plan.rows
    assert set(tmp_path.rglob("*")) == before


def test_each_row_stands_beside_its_own_source(dataset):
    path, _, _ = stages.draw_audit(
        stages.Installation(dataset.settings), rows=10_000, seed=7, with_source=True
    )
    alike = 0
    for _, question, answer, _, _, source_question, source_answer, *_ in shown(path):
        for text, source in ((question, source_question), (answer, source_answer)):
            pieces = text.split("#@")
            assert source.startswith(pieces[0])
            if len(pieces) == 1:
                assert source == text
        alike += NUMBERED_ALIKE in question
    assert alike == 40


def test_a_row_whose_export_is_gone_says_so(dataset, monkeypatch):
    monkeypatch.setenv("CS_PIPELINE_LANG", "en")
    settings = dataset.settings
    shards = stages.Installation(settings).versions.current().shards
    gone = next(shard for shard in shards if shard.export_name == "alike.xlsx")
    kept = settings.processed_dir / gone.export_sha256 / gone.export_name
    aside = settings.work_dir / "aside.xlsx"
    shutil.move(kept, aside)
    try:
        path, plan, missing = stages.draw_audit(
            stages.Installation(settings), rows=10_000, seed=7, with_source=True
        )
    finally:
        shutil.move(aside, kept)
    assert missing == gone.rows == 40
    without = {row[0] for row in shown(path) if row[5] == "The export is no longer there."}
    assert without == {
        one.row_id for one in plan.drawn if one.row_id.startswith(gone.export_sha256[:10])
    }


def test_an_export_that_cannot_be_read_again_is_told_and_not_quoted(dataset, caplog):
    settings = dataset.settings.model_copy(update={"max_export_bytes": 10})
    _, plan, missing = stages.draw_audit(
        stages.Installation(settings), rows=40, seed=7, with_source=True
    )
    assert missing == len(plan.drawn) == 40
    drawn_from = {one.row_id.split("-")[0] for one in plan.drawn}
    assert len(caplog.records) == len(drawn_from) >= 2
    assert [value for value in dataset.planted if value in caplog.text] == []


@pytest.mark.parametrize(
    "place",
    [
        lambda settings, tmp_path: tmp_path / "review.xlsx",
        lambda settings, tmp_path: settings.work_dir / "review.xlsx",
        lambda settings, tmp_path: settings.quarantine_dir / ".." / "review.xlsx",
        lambda settings, tmp_path: settings.quarantine_dir.with_name("quarantine-2") / "a.xlsx",
        lambda settings, tmp_path: Path("review.xlsx"),
    ],
)
def test_the_source_goes_nowhere_else(dataset, tmp_path, place: Callable[[Settings, Path], Path]):
    path = place(dataset.settings, tmp_path)
    with pytest.raises(SettingsError) as caught:
        stages.draw_audit(
            stages.Installation(dataset.settings), rows=40, seed=7, out=path, with_source=True
        )
    assert str(dataset.settings.quarantine_dir) in caught.value.words.ko
    assert not path.exists()


def test_a_folder_within_the_quarantine_will_do(dataset):
    out = dataset.settings.quarantine_dir / "pii-audit-april" / "review.xlsx"
    try:
        path, *_ = stages.draw_audit(
            stages.Installation(dataset.settings), rows=40, seed=7, out=out, with_source=True
        )
        assert path == out
        assert stat.S_IMODE(out.parent.stat().st_mode) == 0o700
    finally:
        shutil.rmtree(out.parent)


def test_a_reviewed_file_is_not_written_over(dataset):
    path, *_ = stages.draw_audit(stages.Installation(dataset.settings), rows=40, seed=7)
    before = path.read_bytes()
    with pytest.raises(SettingsError, match=path.name):
        stages.draw_audit(stages.Installation(dataset.settings), rows=40, seed=7)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["review", "review.csv", "review.xls"])
def test_a_workbook_is_called_xlsx(dataset, tmp_path, name):
    with pytest.raises(SettingsError, match=r"\.xlsx"):
        stages.draw_audit(
            stages.Installation(dataset.settings), rows=40, seed=7, out=tmp_path / name
        )
    assert list(tmp_path.iterdir()) == []


def test_verdicts_become_an_estimate_beside_the_workbook(dataset):
    path, plan, _ = stages.draw_audit(
        stages.Installation(dataset.settings), rows=100, seed=7, with_source=True
    )
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for number in range(2, 82):
        sheet.cell(number, 8).value = "정상"
    sheet["H2"], sheet["H3"] = "누출", "과다"
    sheet["I2"] = "답변에 번호 남음"
    book.save(path)

    estimate, kept = stages.read_audit(path)

    assert kept == path.with_name(f"{path.stem}-estimate.json")
    assert AuditEstimate.model_validate_json(kept.read_bytes()) == estimate
    assert (estimate.drawn, estimate.reviewed, estimate.leak.rows) == (100, 80, 1)
    assert estimate.dataset_sha256 == plan.dataset_sha256
    assert 0 < estimate.leak.low < estimate.leak.share < estimate.leak.high < 0.3
    content = kept.read_text("utf-8")
    assert "남음" not in content
    assert [value for value in dataset.planted if value in content] == []

    elsewhere = dataset.settings.work_dir / "history" / "audit.json"
    assert stages.read_audit(path, elsewhere)[1] == elsewhere
    assert json.loads(elsewhere.read_text("utf-8"))["leak"] == json.loads(content)["leak"]
    filled = path.read_bytes()
    with pytest.raises(SettingsError, match=r"\.json"):
        stages.read_audit(path, path)
    assert path.read_bytes() == filled


def test_a_workbook_without_verdicts_leaves_no_estimate(dataset):
    path, *_ = stages.draw_audit(stages.Installation(dataset.settings), rows=40, seed=7)
    with pytest.raises(DatasetError, match="30"):
        stages.read_audit(path)
    assert list(path.parent.glob("*.json")) == []


def _shard(settings: Settings, *pairs: tuple[str, str]) -> MaskedShard:
    path, sha256 = stages.Installation(settings).versions.shards.write("e" * 64, masked(*pairs))
    return MaskedShard(export=export(), uri=str(path), sha256=sha256, rows=len(pairs))


def test_a_shard_from_before_rules_were_kept_shows_none(settings):
    shard = _shard(settings, *((f"질문 {n}, 저는 #@이름#", "네") for n in range(40)))
    table = pq.read_table(shard.uri).drop_columns("rules")
    pq.write_table(table, shard.uri)
    merge(settings, [shard.model_copy(update={"sha256": sha256_file(Path(shard.uri))})])
    path, plan, _ = stages.draw_audit(stages.Installation(settings), rows=40, seed=7)
    assert {one.rules for one in plan.drawn} == {()}
    assert {row[3:5] for row in shown(path)} == {("이름", None)}
    assert len(plan.drawn) == 40


def test_a_changed_shard_is_not_sampled(settings):
    shard = _shard(settings, *((f"질문 {n}", "네") for n in range(40)))
    merge(settings, [shard])
    Path(shard.uri).write_bytes(b"other")
    with pytest.raises(DatasetError):
        stages.draw_audit(stages.Installation(settings), rows=40, seed=7)
    assert not (settings.work_dir / "audits").exists()


def test_without_a_dataset_there_is_nothing_to_draw(settings):
    with pytest.raises(DatasetError, match="인박스"):
        stages.draw_audit(stages.Installation(settings), rows=40, seed=7)
