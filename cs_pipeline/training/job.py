"""What is to be trained."""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import Field

from cs_pipeline.config import AppraisalPlan
from cs_pipeline.files import sha256_file
from cs_pipeline.language import Words
from cs_pipeline.masked.placeholders import DEFAULT_FORM
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import (
    DataProfile,
    DatasetFiles,
    GoldenQuestion,
    Record,
    TrainingSlice,
    ValidationSlice,
)

_WEIGHTS = ("config.json", "*.safetensors", "*.bin")


class KeptModel(Record):
    """A version of the model store and the folder of its files on this machine."""

    version_id: str
    folder: str


class Champion(KeptModel):
    """The live model: the folder of its files, and the data it was trained on.

    `exports` are those whose validation rows it was judged by. `withdrawn`: some of its data was
    withdrawn since, so that the model has to go. `best` is the best model that was live before it;
    None where that is the live one itself. `problem` says why its files could not be had.
    """

    dataset_sha256: str | None = None
    exports: tuple[str, ...] = ()
    trained_at: datetime | None = None
    profile: DataProfile | None = None
    withdrawn: bool = False
    best: KeptModel | None = None
    problem: Words | None = None


class TrainJob(Record):
    """One training run: a dataset version, a recipe and a folder for what comes out.

    `train_uri` and `val_uri` are CSV files with columns `input,output` and maybe `context`;
    `dataset_sha256` covers both, `placeholder_form` is how they write placeholders. Prompts begin
    with the last `context_turns` exchanges of the context. `champion` is the live model, to be
    scored on the same rows; None: there is none. `validation` names the exports of the validation
    rows, in their order; empty: not known. `weighted` are the exports of the training rows where
    some are seen more often than others; empty: each row once per epoch. `golden` are a site's own
    questions. `base_folder` holds the base model where the recipe's name for it is neither folder
    nor hub name, `base_sha256` is that of its manifest.
    """

    run_id: str
    dataset_version: str
    dataset_sha256: str
    train_uri: str
    val_uri: str
    placeholder_form: str = DEFAULT_FORM
    context_turns: int = Field(default=0, ge=0)
    out_dir: str
    recipe: Recipe
    champion: Champion | None = None
    validation: tuple[ValidationSlice, ...] = ()
    weighted: tuple[TrainingSlice, ...] = ()
    appraisal: AppraisalPlan = AppraisalPlan()
    golden: tuple[GoldenQuestion, ...] = ()
    base_folder: str | None = None
    base_sha256: str | None = None

    @property
    def dataset(self) -> DatasetFiles:
        """The dataset version that it is trained on."""
        return DatasetFiles(
            version_id=self.dataset_version,
            sha256=self.dataset_sha256,
            train_uri=self.train_uri,
            val_uri=self.val_uri,
            placeholder_form=self.placeholder_form,
        )

    @property
    def row_weights(self) -> list[float]:
        """How many times per epoch each training row is seen; empty: once."""
        return [one.weight for one in self.weighted for _ in range(one.rows)]

    @property
    def base(self) -> str:
        """Folder or hub name of the base model."""
        return self.base_folder or self.recipe.base_model

    @property
    def run_key(self) -> str:
        """The run id as a name that every store allows."""
        return hashlib.sha256(self.run_id.encode()).hexdigest()[:16]

    def base_files(self) -> dict[str, str] | None:
        """Sums of the base model's weights and config, by name; None unless it is a folder here."""
        folder = Path(self.base).expanduser()
        return _weights_sums(folder) if folder.is_dir() else None

    def identity(self, base: Path, tokenizer_sha256: str) -> str:
        """Hex digest of all that the trained weights follow from.

        Args:
            base: Folder of the base model's files.
            tokenizer_sha256: Sum of its tokenizer's definition.
        """
        parts: dict[str, Any] = {
            "run_id": self.run_id,
            "dataset": self.dataset_sha256,
            "placeholder_form": self.placeholder_form,
            "context_turns": self.context_turns,
            "recipe": self.recipe.model_dump(mode="json", exclude={"checkpoint_minutes"}),
            "tokenizer": tokenizer_sha256,
            "base": _weights_sums(base),
        }
        if self.weighted:
            parts["weights"] = [(one.rows, one.weight) for one in self.weighted]
        if self.base_sha256:
            parts["base_manifest"] = self.base_sha256
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _weights_sums(base: Path) -> dict[str, str]:
    weights = sorted(path for pattern in _WEIGHTS for path in base.glob(pattern))
    return {path.name: sha256_file(path) for path in weights}
