import csv
import itertools
from pathlib import Path

import datasets
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cs_pipeline.config import Settings
from cs_pipeline.dataset.manifest import load_current
from cs_pipeline.dataset.merge import merge
from cs_pipeline.dataset.shard import write_shard
from cs_pipeline.errors import DatasetError
from cs_pipeline.files import dataset_sha256, sha256_file
from cs_pipeline.records import MaskedShard
from tests.records import export, masked


def shard(settings: Settings, name: str, *pairs: tuple[str, str]) -> MaskedShard:
    sha256 = f"{name:e<64}"
    path, shard_sha256 = write_shard(settings.shards_dir, sha256, masked(*pairs))
    return MaskedShard(
        export=export(sha256, f"{name}.xlsx"), uri=str(path), sha256=shard_sha256, rows=len(pairs)
    )


def numbered(first: int, count: int) -> list[tuple[str, str]]:
    return [(f"질문 {number}번", f"답변 {number}") for number in range(first, first + count)]


def rows(path: str | Path) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csvs_start_with_input_and_output_and_hold_every_row_once(settings: Settings) -> None:
    version = merge(settings, [shard(settings, "a", *numbered(0, 200))])
    header = Path(version.train_uri).read_text(encoding="utf-8").splitlines()[0]
    assert header.startswith("input,output,")
    train, val = rows(version.train_uri), rows(version.val_uri)
    assert {row["input"] for row in train + val} == {question for question, _ in numbered(0, 200)}
    assert len(train) + len(val) == 200 == version.train_rows + version.val_rows
    assert len(val) == version.val_rows > 0


def test_the_usual_readers_take_the_csvs_as_they_are(settings: Settings, tmp_path: Path) -> None:
    tricky = [('쉼표, "따옴표"', "줄\n바꿈"), ("=SUM(A1)", "답")]
    merge(settings, [shard(settings, "a", *tricky, *numbered(0, 50))])
    files = {side: str(settings.data_dir / f"{side}.csv") for side in ("train", "val")}
    loaded = datasets.load_dataset("csv", data_files=files, cache_dir=str(tmp_path / "cache"))
    pairs = {(row["input"], row["output"]) for side in loaded.values() for row in side}
    assert pairs == {*tricky, *numbered(0, 50)}
    frames = [pd.read_csv(path) for path in files.values()]
    assert sum(map(len, frames)) == 52


def test_a_chosen_form_of_placeholders_is_the_csvs_own_and_makes_a_new_version(
    settings: Settings,
) -> None:
    made = shard(settings, "a", ("#@전화번호#로요", "#@이름2#님 네"), *numbered(0, 20))
    plain = merge(settings, [made])
    bracketed = Settings.load(
        data_dir=settings.data_dir, work_dir=settings.work_dir, placeholder_form="[{}]"
    )
    version = merge(bracketed, [made])
    assert (version.placeholder_form, plain.placeholder_form) == ("[{}]", "#@{}#")
    assert version.version_id != plain.version_id
    pairs = {
        (row["input"], row["output"])
        for side in ("train", "val")
        for row in rows(settings.data_dir / f"{side}.csv")
    }
    assert ("[전화번호]로요", "[이름2]님 네") in pairs
    assert merge(bracketed, [made]).version_id == version.version_id
    Path(version.train_uri).unlink()
    assert merge(bracketed, [made]).sha256 == version.sha256  # rebuilt in its own form


def test_any_order_of_the_same_exports_gives_the_same_bytes(tmp_path: Path) -> None:
    content = {"a": numbered(0, 30), "b": numbered(20, 30), "c": numbered(45, 30)}
    sums = set()
    for index, order in enumerate(itertools.permutations(content)):
        settings = Settings.load(data_dir=tmp_path / str(index), work_dir=tmp_path / "var")
        for name in order:
            version = merge(settings, [shard(settings, name, *content[name])])
        sums.add(version.sha256)
    assert len(sums) == 1


def test_merging_the_same_shard_again_changes_nothing(settings: Settings) -> None:
    first = shard(settings, "a", *numbered(0, 30))
    version = merge(settings, [first])
    assert merge(settings, [first]) == version
    assert merge(settings, []) == version
    assert [path.name for path in settings.datasets_dir.glob("d*")] == [version.version_id]


def test_duplicates_are_removed_across_shards(settings: Settings) -> None:
    merge(settings, [shard(settings, "a", ("환불 돼요?", "네"), ("교환 돼요?", "네"))])
    version = merge(settings, [shard(settings, "b", ("환불  돼요", "네."), ("배송?", "내일"))])
    assert version.duplicates_removed == 1
    assert version.train_rows + version.val_rows == 3


def test_no_row_changes_side_as_data_grows(settings: Settings) -> None:
    before = merge(settings, [shard(settings, "b", *numbered(0, 300))])
    sides = {row["input"]: "train" for row in rows(before.train_uri)}
    sides |= {row["input"]: "val" for row in rows(before.val_uri)}
    after = merge(settings, [shard(settings, "a", *numbered(150, 600))])
    for side, uri in (("train", after.train_uri), ("val", after.val_uri)):
        assert all(sides.get(row["input"], side) == side for row in rows(uri))


def test_a_question_with_several_answers_stands_on_one_side(settings: Settings) -> None:
    pairs = [(f"질문 {number}", f"답변 {answer}") for number in range(100) for answer in range(3)]
    version = merge(settings, [shard(settings, "a", *pairs)])
    train = {row["input"] for row in rows(version.train_uri)}
    val = {row["input"] for row in rows(version.val_uri)}
    assert not train & val
    assert train | val == {question for question, _ in pairs}


def test_data_folder_files_follow_the_newest_version(settings: Settings) -> None:
    merge(settings, [shard(settings, "a", *numbered(0, 30))])
    version = merge(settings, [shard(settings, "b", *numbered(30, 30))])
    train, val = settings.data_dir / "train.csv", settings.data_dir / "val.csv"
    assert dataset_sha256(train, val) == version.sha256
    assert version.version_id.startswith("d0002-")


def test_old_versions_lose_their_csvs_but_keep_their_manifest(settings: Settings) -> None:
    versions = [
        merge(settings, [shard(settings, name, *numbered(100 * index, 20))])
        for index, name in enumerate("abcde")
    ]
    assert not Path(versions[0].train_uri).exists()
    assert (Path(versions[0].uri) / "manifest.json").exists()
    assert all(Path(version.train_uri).exists() for version in versions[-3:])


def test_lost_csvs_of_the_current_version_are_rebuilt(settings: Settings) -> None:
    version = merge(settings, [shard(settings, "a", *numbered(0, 30))])
    before = sha256_file(Path(version.train_uri))
    Path(version.train_uri).unlink()
    assert merge(settings, []) == version
    assert sha256_file(Path(version.train_uri)) == before


def test_nothing_at_all_is_refused(settings: Settings) -> None:
    with pytest.raises(DatasetError, match=r"인박스|inbox"):
        merge(settings, [])


def test_a_changed_shard_is_refused_and_the_old_version_stays(settings: Settings) -> None:
    version = merge(settings, [shard(settings, "a", *numbered(0, 30))])
    changed = shard(settings, "b", *numbered(30, 30))
    Path(changed.uri).write_bytes(b"other bytes")
    with pytest.raises(DatasetError):
        merge(settings, [changed])
    head = load_current(settings)
    assert head is not None
    assert head.version_id == version.version_id
    assert merge(settings, []) == version
    assert not list(settings.datasets_dir.glob(".building-*"))


def test_a_parquet_file_that_no_mask_step_wrote_is_refused(settings: Settings) -> None:
    plain = shard(settings, "a", *numbered(0, 3))
    columns = {"input": ["질문"], "output": ["답"], "conversation_id": ["c"], "turn_index": [0]}
    pq.write_table(pa.table(columns), plain.uri)
    forged = plain.model_copy(update={"sha256": sha256_file(Path(plain.uri))})
    with pytest.raises(DatasetError, match=r"마스킹|masking"):
        merge(settings, [forged])


def test_the_same_exchanges_give_the_same_shard_bytes(settings: Settings) -> None:
    one = shard(settings, "a", *numbered(0, 30))
    assert shard(settings, "a", *numbered(0, 30)).sha256 == one.sha256
