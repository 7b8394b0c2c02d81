"""What holds for any exports in any order: the dataset depends on what was merged, not on how."""

import csv
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.dataset.keys import keys_of
from cs_pipeline.files import dataset_sha256
from cs_pipeline.records import MaskedShard
from tests.dataset_changes import merge, withdraw
from tests.records import export, masked

# Few letters, so that questions repeat within and between exports, with other case and spacing.
texts = st.text(alphabet="가나다 Aa1!", min_size=1, max_size=4)
exports = st.lists(
    st.lists(st.tuples(texts, texts), min_size=1, max_size=8), min_size=1, max_size=4
)


class Dataset:
    """An installation in a folder of its own."""

    def __init__(self, folder: str) -> None:
        self.settings = Settings.load(data_dir=Path(folder), work_dir=Path(folder) / "var")

    def add(self, number: int, rows: list[tuple[str, str]]) -> None:
        sha256 = f"{number:064x}"
        path, shard_sha256 = stages.Installation(self.settings).versions.shards.write(
            sha256, masked(*rows)
        )
        shard = MaskedShard(
            export=export(sha256, f"{number}.xlsx"),
            uri=str(path),
            sha256=shard_sha256,
            rows=len(rows),
        )
        merge(self.settings, [shard])

    def sides(self) -> dict[str, list[tuple[str, str]]]:
        found = {}
        for side in ("train", "val"):
            path = self.settings.data_dir / f"{side}.csv"
            with path.open(encoding="utf-8", newline="") as stream:
                found[side] = [(row["input"], row["output"]) for row in csv.DictReader(stream)]
        return found

    def sha256(self) -> str:
        folder = self.settings.data_dir
        return dataset_sha256(folder / "train.csv", folder / "val.csv")


def questions(rows: list[tuple[str, str]]) -> set[int]:
    return set(map(int, keys_of([q for q, _ in rows], [""] * len(rows)).exchange))


def near(rows: list[tuple[str, str]]) -> set[int]:
    bands = keys_of([q for q, _ in rows], [""] * len(rows)).bands
    return {int(key) for band in bands for key in band}


@settings(max_examples=60)
@given(exports, st.randoms(use_true_random=False))
def test_any_order_of_the_same_exports_gives_the_same_bytes(parts, random):
    numbered = list(enumerate(parts))
    shuffled = random.sample(numbered, len(numbered))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        first, second = Dataset(one), Dataset(other)
        for number, rows in numbered:
            first.add(number, rows)
        for number, rows in shuffled:
            second.add(number, rows)
        assert first.sha256() == second.sha256()


@settings(max_examples=60)
@given(exports)
def test_no_row_changes_side_and_no_question_stands_on_both(parts):
    with tempfile.TemporaryDirectory() as folder:
        dataset = Dataset(folder)
        before: dict[str, set[int]] = {"train": set(), "val": set()}
        for number, rows in enumerate(parts):
            dataset.add(number, rows)
            sides = dataset.sides()
            now = {side: questions(rows) for side, rows in sides.items()}
            assert not now["train"] & now["val"]
            assert not near(sides["train"]) & near(sides["val"]), "nor a question that is nearly it"
            assert before["train"] <= now["train"]
            assert not before["val"] & now["train"]
            before = now


@settings(max_examples=60)
@given(exports, st.data())
def test_withdrawn_and_added_again_gives_the_same_bytes(parts, data):
    gone = data.draw(st.integers(0, len(parts) - 1))
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as never:
        dataset, without = Dataset(folder), Dataset(never)
        for number, rows in enumerate(parts):
            dataset.add(number, rows)
            if number != gone:
                without.add(number, rows)
        before = dataset.sha256()
        withdraw(dataset.settings, exports=[f"{gone:064x}"])
        if len(parts) > 1:
            assert dataset.sha256() == without.sha256()
        dataset.add(gone, parts[gone])
        assert dataset.sha256() == before
