"""Ready-made records for tests, each field open to change."""

from datetime import UTC, datetime
from typing import Any

from cs_pipeline.records import (
    DatasetVersion,
    ExportFile,
    MaskedExchanges,
    Score,
    Throughput,
    TrainResult,
)


def score(loss: float, tokens: int = 1000, characters: int = 1500, rows: int = 100) -> Score:
    return Score(rows=rows, nats=loss * tokens, scored_tokens=tokens, characters=characters)


def dataset(**changes: Any) -> DatasetVersion:
    values = {
        "version_id": "d0001-aaaaaaaa",
        "sha256": "a" * 64,
        "uri": "/data/datasets/d0001-aaaaaaaa",
        "train_uri": "/data/datasets/d0001-aaaaaaaa/train.csv",
        "val_uri": "/data/datasets/d0001-aaaaaaaa/val.csv",
        "train_rows": 900,
        "val_rows": 100,
        "duplicates_removed": 0,
        "shards": 1,
    }
    return DatasetVersion(**(values | changes))


def throughput(**changes: Any) -> Throughput:
    values = {
        "tokens": 100,
        "train_seconds": 1.0,
        "tokens_per_second": 100.0,
        "padding_share": 0.01,
        "parameters": 1000,
    }
    return Throughput(**(values | changes))


def result(**changes: Any) -> TrainResult:
    values = {
        "run_id": "run-1",
        "dataset_version": "d0001-aaaaaaaa",
        "dataset_sha256": "a" * 64,
        "base_model": "base",
        "recipe": {"epochs": 3.0},
        "checkpoint_uri": "/runs/run-1/train/checkpoint",
        "checkpoint_files": {},
        "tokenizer_sha256": "t" * 64,
        "candidate": score(2.0),
        "champion": None,
        "train_rows": 900,
        "steps": 10,
        "train_loss_nats_per_token": 2.5,
        "throughput": throughput(),
        "device": "cpu",
        "started_at": datetime(2026, 11, 22, 3, 0, tzinfo=UTC),
        "finished_at": datetime(2026, 11, 22, 3, 5, tzinfo=UTC),
    }
    return TrainResult(**(values | changes))


def export(sha256: str = "e" * 64, name: str = "export.xlsx") -> ExportFile:
    return ExportFile(uri=f"/in/{name}", name=name, sha256=sha256, size_bytes=1)


def masked(*pairs: tuple[str, str]) -> MaskedExchanges:
    return MaskedExchanges(
        inputs=tuple(question for question, _ in pairs),
        outputs=tuple(answer for _, answer in pairs),
        conversation_ids=tuple(f"c{index}" for index in range(len(pairs))),
        turn_indexes=(0,) * len(pairs),
        rules=((),) * len(pairs),
        entity_counts={},
        rule_counts={},
    )
