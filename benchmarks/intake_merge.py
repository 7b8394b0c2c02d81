"""What it costs to merge a small export into a large dataset, next to copying the CSVs once.

`python intake_merge.py FOLDER PRESENT_ROWS NEW_ROWS` prints one line of JSON.
"""

import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median

from cs_pipeline.dataset.merge import merge
from cs_pipeline.pii import mask_text
from cs_pipeline.records import DatasetVersion, ExportFile, MaskedExchanges, MaskedShard
from cs_pipeline.samples.conversations import SampleExchange, draw_conversations
from cs_pipeline.stages import Installation

ROWS_A_SHARD = 100_000
SENTENCES = 20_000
REPEATS = 5


def sentences(random: Random) -> tuple[list[str], list[str]]:
    """Questions and answers, masked."""

    def text(exchange: SampleExchange, side: str) -> str:
        return mask_text(" ".join(one.text for one in getattr(exchange, side)))

    exchanges = [one for chat in draw_conversations(random, SENTENCES) for one in chat]
    return [text(one, "question") for one in exchanges], [text(one, "answer") for one in exchanges]


def make_shard(
    installation: Installation, name: str, rows: int, said: tuple[list[str], list[str]]
) -> MaskedShard:
    """A shard of rows that differ, each of two sentences a side, as chats mostly are."""
    random = Random(name)
    pairs = [tuple(" ".join(random.choices(side, k=2)) for side in said) for _ in range(rows)]
    masked = MaskedExchanges(
        inputs=tuple(question for question, _ in pairs),
        outputs=tuple(answer for _, answer in pairs),
        conversation_ids=tuple(f"{number:016x}" for number in range(rows)),
        turn_indexes=(0,) * rows,
        rules=((),) * rows,
        entity_counts={},
        rule_counts={},
    )
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    path, shard_sha256 = installation.versions.shards.write(sha256, masked)
    export = ExportFile(uri=name, name=name, sha256=sha256, size_bytes=0)
    return MaskedShard(export=export, uri=str(path), sha256=shard_sha256, rows=rows)


def shards(
    installation: Installation, rows: int, said: tuple[list[str], list[str]]
) -> Iterator[MaskedShard]:
    """As many as there are rows for."""
    for first in range(0, rows, ROWS_A_SHARD):
        yield make_shard(installation, f"{first}.xlsx", min(ROWS_A_SHARD, rows - first), said)


def copied(version: DatasetVersion, folder: Path) -> float:
    """Seconds to copy both CSVs and to flush the copies to disk, as a merge does."""
    began = time.perf_counter()
    for uri in (version.train_uri, version.val_uri):
        copy = folder / "copy.csv"
        shutil.copyfile(uri, copy)
        descriptor = os.open(copy, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    seconds = time.perf_counter() - began
    copy.unlink()
    return seconds


def main() -> None:
    """Build the dataset, then merge and copy in turn."""
    folder, present, new = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    installation = Installation.load(data_dir=folder / "data-train", work_dir=folder / "var")
    said = sentences(Random(1))
    began = time.perf_counter()
    built = list(shards(installation, present, said))
    written = time.perf_counter()
    version = merge(installation.versions, installation.terms, built)
    first = time.perf_counter() - written
    merges, copies = [], []
    for number in range(REPEATS):
        shard = make_shard(installation, f"new-{number}.xlsx", new, said)
        copies.append(copied(version, folder))
        began = time.perf_counter()
        version = merge(installation.versions, installation.terms, [shard])
        merges.append(time.perf_counter() - began)
    csv_bytes = sum(Path(uri).stat().st_size for uri in (version.train_uri, version.val_uri))
    print(
        json.dumps(
            {
                "present_rows": present,
                "new_rows": new,
                "train_rows": version.train_rows,
                "val_rows": version.val_rows,
                "csv_bytes": csv_bytes,
                "first_merge_seconds": first,
                "merge_seconds": median(merges),
                "copy_seconds": median(copies),
            }
        )
    )


if __name__ == "__main__":
    main()
