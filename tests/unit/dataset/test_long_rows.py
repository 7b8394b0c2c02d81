"""Exports of long texts: how much of them is held at once while they become a dataset."""

import csv

import numpy as np
import pyarrow.parquet as pq
import pytest

from cs_pipeline.dataset import csv_files, shard
from cs_pipeline.dataset.csv_files import NewCsv
from cs_pipeline.dataset.key_files import KeyWriter
from cs_pipeline.dataset.shard import read_rows, write_rows
from cs_pipeline.records import MaskedExchanges

EXPORT = "e" * 64
TEXTS = [("질문" * (3 + at % 7), "답변" * (1 + at % 5)) for at in range(100)]


def part(first, last):
    rows = TEXTS[first:last]
    return MaskedExchanges(
        inputs=tuple(question for question, _ in rows),
        outputs=tuple(answer for _, answer in rows),
        conversation_ids=tuple(f"c{at}" for at in range(first, first + len(rows))),
        turn_indexes=(0,) * len(rows),
        rules=((),) * len(rows),
        entity_counts={},
        rule_counts={},
    )


def written(path, size):
    parts = [part(first, first + size) for first in range(0, len(TEXTS), size)]
    write_rows(path, EXPORT, parts, KeyWriter())
    return path.read_bytes()


def groups_of(path):
    """Bytes of text of each row group, row by row."""
    with pq.ParquetFile(path) as parquet:
        groups = [parquet.read_row_group(group) for group in range(parquet.num_row_groups)]
    rows = [group.select(["input", "output"]).to_pylist() for group in groups]
    return [[len((row["input"] + row["output"]).encode()) for row in group] for group in rows]


@pytest.mark.parametrize("most", [1, 100, 1000])
def test_a_row_group_ends_where_its_texts_are_long_enough(tmp_path, monkeypatch, most):
    monkeypatch.setattr(shard, "TEXT_BYTES_A_GROUP", most)
    monkeypatch.setattr(shard, "ROWS_A_GROUP", 30)
    path = tmp_path / "a.parquet"
    written(path, 100)
    groups = groups_of(path)
    assert sum(map(len, groups)) == len(TEXTS)
    for group in groups[:-1]:
        assert sum(group) >= most or len(group) == 30
    for group in groups:
        assert sum(group[:-1]) < most
        assert len(group) <= 30


def test_shards_are_the_same_in_whatever_parts_they_come(tmp_path, monkeypatch):
    monkeypatch.setattr(shard, "TEXT_BYTES_A_GROUP", 500)
    whole = written(tmp_path / "a.parquet", 100)
    assert {written(tmp_path / "b.parquet", size) for size in (1, 7, 33, 64)} == {whole}
    rows = list(read_rows(tmp_path / "a.parquet"))
    assert rows == [(*texts, f"c{at}", 0) for at, texts in enumerate(TEXTS)]


def test_ordinary_rows_are_grouped_by_their_number_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(shard, "ROWS_A_GROUP", 40)
    written(tmp_path / "a.parquet", 9)
    assert list(map(len, groups_of(tmp_path / "a.parquet"))) == [40, 40, 20]


def test_keys_are_written_as_numpy_writes_them(tmp_path):
    writer = KeyWriter()
    for first in (0, 40, 41):
        writer.add(*zip(*TEXTS[first : first + 40], strict=True))
    writer.write(tmp_path / "a.npy")
    loaded = np.load(tmp_path / "a.npy", allow_pickle=False)
    assert (loaded.shape, loaded.dtype) == ((7, 120), np.uint64)
    np.save(tmp_path / "b.npy", np.concatenate(writer._parts, axis=1), allow_pickle=False)
    assert (tmp_path / "a.npy").read_bytes() == (tmp_path / "b.npy").read_bytes()
    KeyWriter().write(tmp_path / "c.npy")
    assert np.load(tmp_path / "c.npy").shape == (7, 0)


def test_few_long_rows_wait_to_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_files, "_CHARACTERS_A_CHUNK", 200)
    at_once = []
    encoded = csv_files._encoded

    def counted(rows):
        rows = list(rows)
        at_once.append(sum(len(cell) for row in rows for cell in row))
        return encoded(rows)

    monkeypatch.setattr(csv_files, "_encoded", counted)
    longest = max(len(question) + len(answer) for question, answer in TEXTS)
    with NewCsv(tmp_path / "a.csv", ("input", "output")) as new:
        for texts in TEXTS:
            new.append(texts)
        lengths = new.flush()
        new.close()
    assert len(at_once) > 5
    assert max(at_once) < 200 + longest
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        assert list(map(tuple, csv.reader(stream))) == [("input", "output"), *TEXTS]
    assert np.array_equal(lengths, [len(f"{q},{a}\n".encode()) for q, a in TEXTS])
