import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.dataset import history
from cs_pipeline.errors import DatasetError
from cs_pipeline.files import dataset_sha256
from cs_pipeline.records import DatasetVersion, MaskedShard
from tests.dataset_changes import erase, merge, rebuild, withdraw
from tests.records import export, masked


def shard(settings: Settings, name: str, first: int, count: int = 40) -> MaskedShard:
    """A shard of `count` exchanges, each a conversation of its own (`c0`, `c1`, ...)."""
    sha256 = f"{name:e<64}"
    pairs = [(f"질문 {number}번", f"답변 {number}") for number in range(first, first + count)]
    path, shard_sha256 = stages.Installation(settings).versions.shards.write(sha256, masked(*pairs))
    return MaskedShard(
        export=export(sha256, f"{name}.xlsx"), uri=str(path), sha256=shard_sha256, rows=count
    )


def sums(settings: Settings) -> str:
    return dataset_sha256(settings.data_dir / "train.csv", settings.data_dir / "val.csv")


@pytest.fixture
def three(settings: Settings) -> list[DatasetVersion]:
    """Versions of one, two and three exports."""
    return [
        merge(settings, [shard(settings, name, first)])
        for name, first in (("a", 0), ("b", 100), ("c", 200))
    ]


@pytest.mark.parametrize("name", ["2", "d0002", "d2", "whole"])
def test_a_version_is_found_by_id_or_number(settings, three, name):
    wanted = three[1].version_id
    assert (
        stages.Installation(settings).versions.find(wanted if name == "whole" else name).version_id
        == wanted
    )
    assert stages.Installation(settings).versions.find("current").version_id == three[2].version_id


@pytest.mark.parametrize("name", ["9", "d0002-00000000", "x", "", "../d0001", "-1"])
def test_an_unknown_version_is_told(settings, three, name):
    with pytest.raises(DatasetError, match="dataset log"):
        stages.Installation(settings).versions.find(name)


def test_versions_and_what_changed_between_them(settings, three):
    first, second, third = stages.Installation(settings).versions.all()
    assert [one.version_id for one in (first, second, third)] == [v.version_id for v in three]
    assert [change.export_name for change in history.diff(first, third)] == ["b.xlsx", "c.xlsx"]
    [gone] = history.diff(third, second)
    assert (gone.export_name, gone.rows_before, gone.rows_after) == ("c.xlsx", 40, None)
    assert history.diff(first, first) == []


def test_damage_is_found_and_csvs_come_back_byte_for_byte(settings, three):
    head = stages.Installation(settings).versions.find("current")
    assert history.verify(stages.Installation(settings).versions, head) == []
    before = sums(settings)
    path = settings.datasets_dir / head.version_id / "train.csv"
    path.write_text("changed")
    assert "rebuild" in history.verify(stages.Installation(settings).versions, head)[0].en
    assert rebuild(settings, head).sha256 == head.sha256
    assert sums(settings) == before
    assert history.verify(stages.Installation(settings).versions, head) == []
    (settings.shards_dir / f"{head.shards[1].export_sha256}.parquet").write_bytes(b"x")
    [problem] = history.verify(stages.Installation(settings).versions, head)
    assert "b.xlsx" in problem.ko
    with pytest.raises(DatasetError, match="바뀌었습니다"):
        rebuild(settings, head)
    assert sums(settings) == before, "a failed rebuild leaves the CSVs alone"
    assert not list(settings.datasets_dir.glob(".building-*"))


def test_an_old_version_comes_back_without_becoming_current(settings, three):
    settings = settings.model_copy(update={"keep_datasets": 1})
    merge(settings, [shard(settings, "d", 300)])
    first = stages.Installation(settings).versions.find("1")
    assert not stages.Installation(settings).versions.has_csvs(first)
    assert history.verify(stages.Installation(settings).versions, first) == []
    restored = rebuild(settings, first)
    assert restored.sha256 == first.sha256 == three[0].sha256
    assert stages.Installation(settings).versions.find("current").sequence == 4


def test_a_withdrawn_export_is_in_no_file(settings, three):
    gone = f"{'b':e<64}"
    done = withdraw(settings, exports=[gone])
    assert (done.exports, done.rows, done.dataset.shards) == (1, 40, 2)
    assert not (settings.shards_dir / f"{gone}.parquet").exists()
    left = [path for path in settings.data_dir.rglob("*.csv") if "질문 100번" in path.read_text()]
    assert left == []
    assert (
        history.verify(
            stages.Installation(settings).versions,
            stages.Installation(settings).versions.find("current"),
        )
        == []
    )
    with pytest.raises(DatasetError, match="샤드"):
        history.rebuild(
            stages.Installation(settings).versions, stages.Installation(settings).versions.find("2")
        )
    again = withdraw(settings, exports=[gone])
    assert (again.rows, again.dataset.version_id) == (0, done.dataset.version_id)


def test_withdrawn_and_added_again_gives_the_same_bytes(settings, three):
    before = sums(settings)
    withdraw(settings, exports=[f"{'b':e<64}"])
    assert sums(settings) != before
    merge(settings, [shard(settings, "b", 100)])
    assert sums(settings) == before


def test_a_conversation_leaves_its_export(settings, three):
    wanted = "c0"
    before = stages.Installation(settings).versions.find("current")
    done = withdraw(
        settings,
        conversations=lambda sha256: [wanted] if sha256.startswith("b") else (),
    )
    assert (done.exports, done.rows) == (1, 1)
    after = stages.Installation(settings).versions.find("current")
    assert sum(shard.rows for shard in after.shards) == 119
    [change] = history.diff(before, after)
    assert (change.export_name, change.rows_before, change.rows_after) == ("b.xlsx", 40, 39)
    assert history.verify(stages.Installation(settings).versions, after) == []
    text = "".join((settings.data_dir / f"{side}.csv").read_text() for side in ("train", "val"))
    assert "질문 100번" not in text
    assert "질문 101번" in text
    assert "질문 0번" in text, "the other exports' conversations of that id stay"
    assert not stages.Installation(settings).versions.shards.path_of(before.shards[1]).exists()
    merge(settings, [shard(settings, "d", 300)])
    assert after.shards[1] in stages.Installation(settings).versions.find("current").shards


def test_everything_can_be_withdrawn(settings, three):
    done = withdraw(settings, exports=[f"{name:e<64}" for name in "abc"])
    assert (done.rows, done.dataset.train_rows, done.dataset.val_rows) == (120, 0, 0)
    assert list(settings.shards_dir.glob("*.parquet")) == []


def test_an_unmerged_shard_is_not_erased(settings, three):
    waiting = shard(settings, "w", 500)
    erase(settings)
    assert merge(settings, [waiting]).shards == 4
