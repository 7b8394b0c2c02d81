"""A private installation with a tiny base model, and the few things that a test does to it."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import torch

from cs_pipeline import stages
from cs_pipeline.config import GateChoice, RunOptions, Settings
from cs_pipeline.records import RunRecord
from cs_pipeline.registry.model_store import LivePointer, ModelStore
from cs_pipeline.retrain import retrain
from cs_pipeline.samples.workbook import SampleLayout, write_sample_export
from cs_pipeline.stages import upload
from cs_pipeline.storage import open_store
from cs_pipeline.training.models.tiny_base import make_base

CORPUS = [
    "안녕하세요. 배송은 언제 오나요?",
    "환불을 접수했습니다.",
    "#@전화번호#로 연락 드리겠습니다.",
]


QUICK = {
    "max_eval_loss": 20.0,
    "batch_tokens": 512,
    "min_val_rows": 1,
    "generation_questions": 2,
    "min_stop_rate": 0,
    "max_empty_rate": 1,
    "max_repetition_rate": 1,
    "leak_prompts": 2,
    "leak_samples": 1,
    "promote_first": True,
    "max_answer_share": 1,
    "min_information": -100,
    "max_suspicious_rate": 1,
    "max_below_best": 20.0,
    "max_regression": 20.0,
}
"""Settings under which a model that trained for a second may pass the gate."""


@dataclass(frozen=True)
class Installation:
    """Settings, a base model, and runs that take seconds."""

    settings: Settings
    base: Path

    def configured(self, **changes: Any) -> "Installation":
        return replace(self, settings=self.settings.model_copy(update=changes))

    def drop(
        self,
        name: str = "march.xlsx",
        *,
        rows: int = 150,
        seed: int = 1,
        layout: SampleLayout = "qa",
    ) -> None:
        """Put a sample export into the inbox."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "export.xlsx"
            write_sample_export(path, rows=rows, seed=seed, layout=layout)
            self.drop_bytes(name, path.read_bytes())

    def drop_bytes(self, name: str, content: bytes) -> None:
        """Put a file with this content into the inbox."""
        stages.prepare_folders(stages.Installation(self.settings))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "export"
            path.write_bytes(content)
            open_store(self.settings.inbox_uri, self.settings).upload(path, name)

    def options(self, **given: Any) -> RunOptions:
        quick = {"base_model": str(self.base), "epochs": 1}
        return RunOptions.from_settings(self.settings, quick | given)

    def run(self, run_id: str = "run-1", **given: Any) -> RunRecord:
        """The whole way in this process; limits of the gate are the installation's own."""
        limits = {name: given[name] for name in GateChoice.model_fields.keys() & given}
        site = self.configured(**limits)
        return retrain(
            stages.Installation(site.settings),
            run_id=run_id,
            options=site.options(**given),
            announce=lambda step: None,
        )

    def run_folder(self, run_id: str) -> Path:
        return stages.Installation(self.settings).runs.folder_of(run_id)

    def recorded(self, run_id: str) -> RunRecord:
        record = stages.Installation(self.settings).runs.read(run_id)
        assert record is not None
        return record

    @property
    def store(self) -> ModelStore:
        return stages.Installation(self.settings).models

    def live(self) -> LivePointer | None:
        return self.store.live()

    def names(self, folder: Path) -> list[str]:
        """Files below `folder`, hidden ones and ledgers' folders left out."""
        return sorted(
            path.name
            for path in folder.rglob("*")
            if path.is_file() and not path.name.startswith(".")
        )


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base model that trains in a second."""
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("models") / "tiny"
    return make_base(CORPUS, folder, vocab_size=3072, width=64, heads=2, positions=256)


@pytest.fixture
def installation(
    settings: Settings, tiny_base: Path, monkeypatch: pytest.MonkeyPatch
) -> Installation:
    # The same check in this process: a fresh one takes seconds to import what it needs.
    monkeypatch.setattr(upload, "_try_in_fresh_process", upload.check_model)
    return Installation(settings, tiny_base).configured(**QUICK)
