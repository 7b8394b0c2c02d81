"""What is spoilt after or beside an honest training is told from it, each by its own rule.

One honest champion is live; every candidate after it goes through the real trainer and gate.
"""

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.files import dataset_sha256
from cs_pipeline.records import DatasetVersion, RunRecord
from cs_pipeline.stages import upload
from cs_pipeline.training.appraisal import appraisal as appraising
from tests.installation import Installation
from tests.integration.sabotage import (
    ANSWERS,
    PAIRS,
    attentive_installation,
    export,
    objecting,
    retrained,
    train_and_judge,
)

PHONES = [f"010-{2917 + 613 * place:04}-{8351 - 577 * place:04}" for place in range(8)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, DatasetVersion]:
    """An installation with a live model of honest answers, and the dataset that it was made of."""
    folder = tmp_path_factory.mktemp("site")
    settings = Settings.load(
        data_dir=folder / "data-train",
        work_dir=folder / "var",
        settle_seconds=0,
        promote_first=True,
    )
    told = [
        (f"{topic} 건으로 {phone} 번호를 남겼는데 언제 전화 주시나요?", answer)
        for phone, (topic, answer) in zip(PHONES, ANSWERS.items(), strict=True)
    ]
    site = attentive_installation(settings, folder, [*PAIRS, *told])
    site.drop_bytes("march.csv", export([*PAIRS, *told]))
    honest = site.run("honest", epochs=12, learning_rate=5e-3)
    assert honest.status == "promoted"
    assert honest.dataset is not None
    return site, honest.dataset


def rewritten(
    dataset: DatasetVersion,
    folder: Path,
    change: Callable[[list[dict[str, str]], list[dict[str, str]]], None],
) -> DatasetVersion:
    """A version whose training and validation rows `change` has had its way with."""
    folder.mkdir()
    sides = []
    for uri in (dataset.train_uri, dataset.val_uri):
        with Path(uri).open(encoding="utf-8", newline="") as stream:
            sides.append(list(csv.DictReader(stream)))
    change(*sides)
    paths = [folder / "train.csv", folder / "val.csv"]
    for path, rows in zip(paths, sides, strict=True):
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    changed = {
        "version_id": f"{dataset.version_id}-{folder.name}",
        "sha256": dataset_sha256(*paths),
        "train_uri": str(paths[0]),
        "val_uri": str(paths[1]),
    }
    return dataset.model_copy(update=changed)


def judged(site: Installation, run_id: str, dataset: DatasetVersion, **options: float) -> RunRecord:
    """A candidate that learns a little: what is spoilt shows whatever else it can do."""
    return train_and_judge(site, run_id, dataset, epochs=1, **options)


def words_of(record: RunRecord, rule: str) -> str:
    assert record.verdict is not None
    (found,) = [one.words.en for one in record.verdict.reasons if one.rule == rule]
    return found


def test_validation_rows_that_were_trained_on_are_told(
    site: tuple[Installation, DatasetVersion], tmp_path: Path
) -> None:
    installation, honest = site

    def contaminated(train: list[dict[str, str]], val: list[dict[str, str]]) -> None:
        train.extend(val)

    spoilt = rewritten(honest, tmp_path / "contaminated", contaminated)
    record = judged(installation, "contaminated", spoilt)
    assert record.status == "rejected"
    assert "validation_is_unseen" in objecting(record)
    assert "word for word" in words_of(record, "validation_is_unseen")


def test_rows_that_were_not_masked_are_left_out_and_held(
    site: tuple[Installation, DatasetVersion], tmp_path: Path
) -> None:
    installation, honest = site

    def unmasked(train: list[dict[str, str]], val: list[dict[str, str]]) -> None:
        numbers = iter(PHONES)
        for row in (*train, *val):
            if "#@전화번호#" in row["input"]:
                row["input"] = row["input"].replace("#@전화번호#", next(numbers))

    record = judged(installation, "unmasked", rewritten(honest, tmp_path / "unmasked", unmasked))
    assert record.result is not None
    assert record.result.content is not None
    assert record.result.content.masking_misses > 0
    assert record.status != "promoted"
    assert "masking_is_complete" in objecting(record)
    assert "masked elsewhere" in words_of(record, "masking_is_complete")


def spoiling(monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None]) -> None:
    """Let `spoil` have the checkpoint between the training and the appraisal."""
    appraise = appraising.appraise

    def spoilt(checkpoint: Path, *given: object, **named: object) -> object:
        spoil(checkpoint)
        return appraise(checkpoint, *given, **named)

    monkeypatch.setattr("cs_pipeline.training.fine_tune.appraise", spoilt)


def with_weights(checkpoint: Path, change: Callable[[torch.Tensor], torch.Tensor]) -> None:
    path = checkpoint / "model.safetensors"
    weights = load_file(path)
    save_file({name: change(value) for name, value in weights.items()}, path, {"format": "pt"})


def nan(checkpoint: Path) -> None:
    with_weights(checkpoint, lambda value: torch.full_like(value, float("nan")))


def garbage(checkpoint: Path) -> None:
    torch.manual_seed(1)
    with_weights(checkpoint, torch.randn_like)


def swapped(checkpoint: Path) -> None:
    """The tokenizer's words get each other's numbers."""
    path = checkpoint / "tokenizer.json"
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    vocabulary = tokenizer["model"]["vocab"]
    marked = {one["content"] for one in tokenizer["added_tokens"]}
    words = [word for word in vocabulary if word not in marked and len(word) > 1]
    shuffled = random.Random(1).sample(words, len(words))
    numbers = {word: vocabulary[other] for word, other in zip(words, shuffled, strict=True)}
    vocabulary.update(numbers)
    path.write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        pytest.param(nan, "loss_is_measured", id="NaN"),
        pytest.param(garbage, "better_than_champion", id="garbage"),
        pytest.param(swapped, "better_than_champion", id="swapped tokenizer"),
    ],
)
def test_a_spoilt_checkpoint_is_rejected_for_what_it_says(
    site: tuple[Installation, DatasetVersion],
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Path], None],
    rule: str,
) -> None:
    installation, honest = site
    spoiling(monkeypatch, spoil)
    record = judged(installation, f"spoilt-{spoil.__name__}", honest)
    assert record.status == "rejected"
    assert rule in objecting(record)


def test_a_truncated_upload_is_rejected(
    site: tuple[Installation, DatasetVersion], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The weights are cut after they were measured, as by a disk that lies."""
    installation, honest = site
    tried = upload._try_in_fresh_process

    def cut(opened: stages.Installation, version_id: str) -> object:
        folder = Path(opened.settings.model_store_uri)
        (weights,) = folder.rglob(f"{version_id}/**/model.safetensors")
        weights.write_bytes(weights.read_bytes()[:-1000])
        return tried(opened, version_id)

    monkeypatch.setattr(upload, "_try_in_fresh_process", cut)
    record = judged(installation, "truncated", honest)
    assert record.status == "rejected"
    assert "uploaded_model_answers" in objecting(record)


def test_honest_retrains_are_not_rejected_for_noise_or_hotlines(
    settings: Settings, tmp_path: Path
) -> None:
    first, *later = retrained(settings, tmp_path, (0.0, 0.05, 0.5), seed=1)
    assert first.status == "promoted"
    assert {record.status for record in later} <= {"promoted", "kept"}
    for record in later:
        assert record.result is not None
        assert record.result.leak is not None
        assert record.result.leak.exact_hits == 0
