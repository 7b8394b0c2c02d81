import csv
import dataclasses
import errno
import itertools
import json
from pathlib import Path

import datasets
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.dataset.keys import keys_version
from cs_pipeline.dataset.shard import read_rows
from cs_pipeline.errors import DatasetError
from cs_pipeline.files import dataset_sha256, sha256_file
from cs_pipeline.records import MaskedShard
from tests.dataset_changes import merge, restore
from tests.records import export, masked


def shard(settings: Settings, name: str, *pairs: tuple[str, str]) -> MaskedShard:
    sha256 = f"{name:e<64}"
    path, shard_sha256 = stages.Installation(settings).versions.shards.write(sha256, masked(*pairs))
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
    asked = [chr(ord("가") + 97 * number) * 3 for number in range(100)]
    pairs = [(question, f"답변 {answer}") for question in asked for answer in range(3)]
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
    head = stages.Installation(settings).versions.current()
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


def test_a_question_nearly_like_a_training_one_is_not_validated_on(settings: Settings) -> None:
    asked = [f"{number * 7919:08} 주문 상품이 언제 도착하는지 알고 싶어요" for number in range(200)]
    pairs = [
        (question + end, f"답 {index}") for index, question in enumerate(asked) for end in "?네"
    ]
    version = merge(settings, [shard(settings, "a", *pairs)])
    head = stages.Installation(settings).versions.current()
    assert head is not None
    assert version.near_duplicates_removed == head.near_duplicates_removed > 0
    assert version.train_rows + version.val_rows + version.near_duplicates_removed == 400


def test_thinned_only_the_first_of_questions_nearly_alike_is_used(settings: Settings) -> None:
    asked = "주문한 냉장고가 언제 도착하는지 알고 싶어요"
    made = shard(settings, "a", (asked, "내일"), (asked + " 네", "모레"), ("환불", "네"))
    assert merge(settings, [made]).train_rows == 3
    thinning = settings.model_copy(update={"near_duplicates": "thin"})
    version = merge(thinning, [made])
    assert (version.train_rows, version.near_duplicates_removed) == (2, 1)
    assert {row["output"] for row in rows(version.train_uri)} == {"내일", "네"}
    assert merge(settings, [made]).train_rows == 3, "the setting can be taken back"


def test_a_canned_answer_is_used_only_so_often(settings: Settings) -> None:
    asked = [chr(ord("가") + 97 * number) * 3 for number in range(50)]
    capped = settings.model_copy(update={"max_answer_repeats": 20})
    canned = [(question, "감사합니다. 좋은 하루 되세요!") for question in asked]
    merge(capped, [shard(settings, "b", *canned)])
    version = merge(
        capped, [shard(settings, "a", *((f"{q}{q}", "감사합니다 좋은 하루 되세요") for q in asked))]
    )
    assert version.boilerplate_removed == 80
    assert version.train_rows + version.val_rows == 20
    written = rows(version.train_uri) + rows(version.val_uri)
    assert {len(row["input"]) for row in written} == {6}, "the first ones by order of the shards"


def shards_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the shards whose texts are read from now on."""
    seen: list[str] = []

    def reading(path: Path):  # type: ignore[no-untyped-def]
        seen.append(path.name)
        return read_rows(path)

    monkeypatch.setattr("cs_pipeline.dataset.assembly.read_rows", reading)
    return seen


def test_only_new_shards_are_read_and_the_rest_is_copied(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tricky = [('쉼표, "따옴표"', '줄\n바꿈 "'), ("=SUM(A1)", "답\n\n"), ("바뀔 질문입니다", "답")]
    old = shard(settings, "m", *numbered(0, 50), *tricky, *numbered(50, 50))
    merge(settings, [old])
    seen = shards_read(monkeypatch)
    # Before the old one in order, so that its duplicates go out of the old one's rows.
    new = shard(settings, "a", *numbered(40, 20), ("바뀔 질문입니다!", "답."), *numbered(300, 5))
    version = merge(settings, [new])
    assert seen == [f"{new.export.sha256}.parquet"]
    fresh = settings.model_copy(update={"data_dir": tmp_path / "fresh"})
    again = [shard(fresh, "m", *numbered(0, 50), *tricky, *numbered(50, 50))]
    again.append(
        shard(fresh, "a", *numbered(40, 20), ("바뀔 질문입니다!", "답."), *numbered(300, 5))
    )
    assert merge(fresh, again).sha256 == version.sha256
    assert version.duplicates_removed == 21


def test_a_file_system_that_does_not_copy_by_itself_is_read_and_written(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def cannot(*_: object) -> int:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr("os.sendfile", cannot)
    parts = {"b": numbered(0, 60), "a": numbered(50, 60)}
    for name, pairs in parts.items():
        version = merge(settings, [shard(settings, name, *pairs)])
    fresh = settings.model_copy(update={"data_dir": tmp_path / "fresh"})
    whole = [shard(fresh, name, *pairs) for name, pairs in parts.items()]
    assert merge(fresh, whole).sha256 == version.sha256


@pytest.mark.parametrize("damage", ["csv changed", "csv lost", "layout damaged", "layout lost"])
def test_csvs_that_somebody_changed_are_made_anew_from_the_shards(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: str
) -> None:
    first = merge(settings, [shard(settings, "a", *numbered(0, 60))])
    folder = Path(first.uri)
    if damage == "csv changed":
        content = (folder / "val.csv").read_bytes()
        (folder / "val.csv").write_bytes(content.replace(b"0", b"1"))
    elif damage == "csv lost":
        (folder / "val.csv").unlink()
    elif damage == "layout damaged":
        content = bytearray((folder / "selection.bin").read_bytes())
        content[len(content) // 2] ^= 255
        (folder / "selection.bin").write_bytes(content)
    else:
        (folder / "selection.bin").unlink()
    seen = shards_read(monkeypatch)
    version = merge(settings, [shard(settings, "b", *numbered(60, 60))])
    assert len(set(seen)) == 2
    fresh = settings.model_copy(update={"data_dir": tmp_path / "fresh"})
    whole = [shard(fresh, "a", *numbered(0, 60)), shard(fresh, "b", *numbered(60, 60))]
    assert merge(fresh, whole).sha256 == version.sha256


def test_earlier_turns_come_with_a_row_if_asked_for(settings: Settings) -> None:
    texts = [("가", "나"), ("#@이름#인데요", "라"), ("마", "바"), ("사", "아")]
    sha256 = "e" * 64
    conversations = masked(*texts)
    conversations = dataclasses.replace(
        conversations, conversation_ids=("c1", "c1", "c1", "c2"), turn_indexes=(0, 1, 2, 0)
    )
    path, shard_sha256 = stages.Installation(settings).versions.shards.write(sha256, conversations)
    made = MaskedShard(export=export(sha256), uri=str(path), sha256=shard_sha256, rows=4)
    with_context = settings.model_copy(update={"context_turns": 1, "placeholder_form": "[{}]"})
    version = merge(with_context, [made])
    assert version.context_turns == 1
    written = rows(version.train_uri) + rows(version.val_uri)
    assert {row["input"]: json.loads(row["context"]) for row in written} == {
        "가": [],
        "[이름]인데요": ["가", "나"],
        "마": ["[이름]인데요", "라"],
        "사": [],
    }
    assert "context" not in Path(merge(settings, [made]).train_uri).read_text()


def test_a_version_of_other_keys_is_not_rebuilt_but_merged_anew(settings: Settings) -> None:
    version = merge(settings, [shard(settings, "a", *numbered(0, 30))])
    path = Path(version.uri) / "manifest.json"
    path.write_text(
        path.read_text().replace(f'"keys_version": "{keys_version()}"', '"keys_version": "0"')
    )
    old = stages.Installation(settings).versions.current()
    assert old is not None
    with pytest.raises(DatasetError, match="새 버전"):
        restore(settings, old)
    assert merge(settings, []).version_id.startswith("d0002-")


@pytest.mark.parametrize(
    "where", ["os.fdatasync", "cs_pipeline.dataset.csv_files._FollowingSum.take"]
)
def test_what_fails_beside_the_writing_fails_the_merge(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    version = merge(settings, [shard(settings, "a", *numbered(0, 30))])

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("cs_pipeline.dataset.csv_files._BYTES_A_FLUSH", 1)
        patch.setattr(where, full)
        with pytest.raises(OSError, match="No space"):
            merge(settings, [shard(settings, "b", *numbered(30, 30))])
    assert merge(settings, []) == version


def test_a_lost_shard_is_told_though_its_rows_could_be_copied(settings: Settings) -> None:
    old = shard(settings, "a", *numbered(0, 30))
    version = merge(settings, [old])
    Path(old.uri).unlink()
    with pytest.raises(DatasetError, match="샤드"):
        merge(settings, [shard(settings, "b", *numbered(30, 30))])
    head = stages.Installation(settings).versions.current()
    assert head is not None
    assert head.version_id == version.version_id
