"""Settings of an installation (environment, `CS_PIPELINE_*`) and options of one run (form, CLI).

Values are checked on construction: a wrong one ends in a `SettingsError` that names the variable.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from cs_pipeline.errors import SettingsError
from cs_pipeline.masked.placeholders import DEFAULT_FORM, PlaceholderForm
from cs_pipeline.recipes.recipe import DEFAULT_RECIPE, Recipe, anchored, load_recipe
from cs_pipeline.records import Record


class Settings(BaseSettings):
    """Where things are and what is demanded of them; one field, one `CS_PIPELINE_` variable."""

    model_config = SettingsConfigDict(env_prefix="CS_PIPELINE_", frozen=True, extra="ignore")

    data_dir: Path = Path("data-train")
    """Folder of inbox, shards, datasets and the two CSVs."""
    inbox: str = ""
    """Where exports are dropped: a folder or `s3://bucket/prefix`; empty: `<data_dir>/inbox`."""
    work_dir: Path = Path("var")
    """Folder of run folders and, by default, the model store."""
    model_store: str = ""
    """Model store: a folder or `s3://bucket/prefix`; empty: `<work_dir>/model-store`."""
    checkpoint_store: str = ""
    """Where checkpoints of running trainings are mirrored: a folder or `s3://bucket/prefix`; empty:
    they stay in the run folder."""
    s3_endpoint_url: str | None = None
    """Endpoint of an S3-compatible store; None: AWS."""
    s3_access_key_id: SecretStr | None = None
    """Access key; None: the ordinary AWS credential chain."""
    s3_secret_access_key: SecretStr | None = None
    """Secret key; None: the ordinary AWS credential chain."""
    s3_region: str = "ap-northeast-2"
    """Region of the buckets."""
    settle_seconds: float = Field(default=3.0, ge=0)
    """A file that changed less than this long ago is still being written and is left alone."""
    poll_seconds: float = Field(default=2.0, gt=0)
    """How often the watcher looks into the inbox."""
    reannounce_seconds: float = Field(default=60.0, gt=0)
    """How often the watcher repeats itself while exports stay pending."""
    max_export_bytes: int = Field(default=512 * 1024**2, gt=0)
    """Exports larger than this are refused."""
    export_passwords: tuple[SecretStr, ...] = ()
    """Passwords to try on encrypted workbooks: a JSON list."""
    hidden_rows: Literal["read", "skip"] = "read"
    """Whether hidden rows and sheets of an export are read."""
    export_layouts: Path | None = None
    """YAML file with the site's own headings and export layouts; None: none."""
    max_text_characters: int = Field(default=2000, ge=10)
    """A question or answer longer than this is refused."""
    quality_rules: Path | None = None
    """YAML file with the site's own limits, severities and quality rules; None: none."""
    pii_rules: Path | None = None
    """YAML file with the site's own allow list, deny list and patterns; None: none."""
    pii_model: Path | None = None
    """Folder of a token-classification model whose findings join those of the rules; None: none."""
    pii_name_veto: bool = False
    """Ask a morphological analyser (extra `names`) about names that the rules are not sure of."""
    number_placeholders: bool = False
    """Give different values of one type in a conversation different placeholders."""
    placeholder_form: str = DEFAULT_FORM
    """How the CSVs write placeholders; `{}` stands for the type's name."""
    context_turns: int = Field(default=0, ge=0, le=8)
    """Earlier exchanges of the conversation that a training prompt begins with."""
    val_share: float = Field(default=0.1, gt=0, lt=1)
    """Share of questions on the validation side."""
    near_duplicates: Literal["keep", "thin"] = "keep"
    """Whether of several questions that are nearly the same all are used or the first alone."""
    max_answer_repeats: int = Field(default=1000, ge=0)
    """Most rows with the same answer, such as a canned one; 0: any number."""
    keep_datasets: int = Field(default=3, ge=1)
    """Dataset versions whose CSVs stay on disk; older ones keep their manifest only."""
    retrain_cron: str = Field(default="0 3 * * *", pattern=r"^\S+( \S+){4}$")
    """When `cs_retrain` looks for leftovers by itself: five cron fields, Seoul time."""
    train_backend: Literal["local"] = "local"
    """Where the trainer runs."""
    max_eval_loss: float = Field(default=4.0, gt=0)
    """Gate: highest accepted answer loss on val, in nats per token."""
    min_improvement: float = Field(default=0.0)
    """Gate: least fall of the answer loss against the live model, in nats per token."""
    auto_promote: bool = True
    """Gate: promote without a person when every rule passes."""
    recipe: str = Field(default=DEFAULT_RECIPE, min_length=1)
    """How models are fine-tuned: a preset's name or the path of a YAML file."""
    base_model: str | None = Field(default=None, min_length=1)
    """Base model in the place of the recipe's; None: the recipe's own."""
    epochs: float | None = Field(default=None, gt=0, le=100)
    """Epochs in the place of the recipe's; None: the recipe's own."""
    learning_rate: float | None = Field(default=None, gt=0, lt=1)
    """Learning rate in the place of the recipe's; None: the recipe's own."""
    batch_tokens: int | None = Field(default=None, ge=64)
    """Tokens of an optimiser step in the place of the recipe's; None: the recipe's own."""
    min_val_rows: int = Field(default=20, ge=1)
    """Gate: fewest validation rows to judge on."""
    improvement_confidence: float = Field(default=0.95, gt=0.5, lt=1)
    """Gate: share of the bootstrap that the interval of the improvement covers."""
    min_chrf: float = Field(default=0.0, ge=0, le=100)
    """Gate: least chrF of the answers to validation questions."""
    min_stop_rate: float = Field(default=0.5, ge=0, le=1)
    """Gate: least share of answers that end by themselves."""
    max_empty_rate: float = Field(default=0.2, ge=0, le=1)
    """Gate: largest share of empty answers."""
    max_repetition_rate: float = Field(default=0.5, ge=0, le=1)
    """Gate: largest share of answers that repeat themselves."""
    refused_licences: tuple[str, ...] = ()
    """Gate: licences of base models that must not go live (SPDX-like ids; a JSON list)."""
    max_drift: float = Field(default=0.3, ge=0, le=1)
    """Gate: from this drift of the data against the live model's on, warn."""
    generation_questions: int = Field(default=64, ge=0)
    """Validation questions that candidate and live model answer."""
    leak_prompts: int = Field(default=128, ge=1)
    """Prompts of the leak probe."""
    leak_samples: int = Field(default=4, ge=1)
    """Answers drawn for each prompt of the leak probe."""

    @field_validator("data_dir", "work_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @field_validator("recipe")
    @classmethod
    def _anchored(cls, value: str) -> str:
        return anchored(value)

    @field_validator("placeholder_form")
    @classmethod
    def _writable(cls, value: str) -> str:
        PlaceholderForm(value)
        return value

    @classmethod
    def load(cls, **overrides: Any) -> Self:
        """Read the environment; `overrides` win over it.

        Raises:
            SettingsError: a variable holds a value that is not allowed.
        """
        try:
            return cls(**overrides)
        except ValidationError as error:
            raise _settings_error(error) from None

    @property
    def inbox_uri(self) -> str:
        """Folder or S3 address of the inbox."""
        return self.inbox or str(self.data_dir / "inbox")

    @property
    def model_store_uri(self) -> str:
        """Folder or S3 address of the model store."""
        return self.model_store or str(self.work_dir / "model-store")

    @property
    def processing_dir(self) -> Path:
        """Claimed exports of runs in progress."""
        return self.data_dir / "processing"

    @property
    def processed_dir(self) -> Path:
        """Exports whose rows are in the dataset, and the ledger."""
        return self.data_dir / "processed"

    @property
    def quarantine_dir(self) -> Path:
        """Refused exports and refused rows; holds unmasked text."""
        return self.data_dir / "quarantine"

    @property
    def quality_dir(self) -> Path:
        """A page of figures for each export, and the profiles of those that were accepted."""
        return self.data_dir / "quality"

    @property
    def shards_dir(self) -> Path:
        """Masked exchanges, one Parquet file an export."""
        return self.data_dir / "shards"

    @property
    def datasets_dir(self) -> Path:
        """Dataset versions."""
        return self.data_dir / "datasets"

    @property
    def runs_dir(self) -> Path:
        """One folder a run: checkpoint, result, verdict, record, report."""
        return self.work_dir / "runs"


class RunOptions(Record):
    """What a person may set for one run, in the Airflow form or on the command line."""

    force: bool = False
    """Train even when no export is pending."""
    recipe: str = Field(default=DEFAULT_RECIPE, min_length=1)
    """A preset's name, the path of a YAML file, or a whole recipe as a JSON object."""
    base_model: str | None = Field(default=None, min_length=1)
    """None, as in the three that follow: the recipe's own."""
    epochs: float | None = Field(default=None, gt=0, le=100)
    learning_rate: float | None = Field(default=None, gt=0, lt=1)
    batch_tokens: int | None = Field(default=None, ge=64)
    max_eval_loss: float = Field(default=4.0, gt=0)
    min_improvement: float = 0.0
    auto_promote: bool = True
    note: str = Field(default="", max_length=500)
    """Free words for the run history."""

    @classmethod
    def from_settings(cls, settings: Settings, given: Mapping[str, Any] | None = None) -> Self:
        """Defaults from `settings`, overridden by what is `given` (None and unknown names are not).

        Raises:
            SettingsError: a given value is not allowed.
        """
        values = {name: getattr(settings, name, None) for name in cls.model_fields}
        given = {name: value for name, value in (given or {}).items() if value is not None}
        values |= {name: value for name, value in given.items() if name in values}
        try:
            return cls(**{name: value for name, value in values.items() if value is not None})
        except ValidationError as error:
            raise _settings_error(error, prefix="") from None

    def training_recipe(self) -> Recipe:
        """The recipe that this run trains by: the named one, with this run's own values in it.

        Raises:
            SettingsError: there is no such recipe, or it holds what is not allowed.
        """
        names = ("base_model", "epochs", "learning_rate", "batch_tokens")
        values = {name: getattr(self, name) for name in names}
        return load_recipe(
            self.recipe, {name: value for name, value in values.items() if value is not None}
        )


def is_s3(uri: str) -> bool:
    """True for `s3://bucket/prefix`."""
    return uri.startswith("s3://")


def _settings_error(error: ValidationError, prefix: str = "CS_PIPELINE_") -> SettingsError:
    """Name each wrong field and the rule it breaks, never the value (it may be a secret)."""
    problems = "; ".join(
        f"{prefix}{'.'.join(map(str, item['loc']))}".upper() + f": {item['msg']}"
        if prefix
        else f"{'.'.join(map(str, item['loc']))}: {item['msg']}"
        for item in error.errors(include_url=False, include_input=False, include_context=False)
    )
    return SettingsError(
        ko=f"설정 값이 올바르지 않습니다: {problems}. 값을 고친 뒤 다시 실행하세요.",
        en=f"A setting is not allowed: {problems}. Correct it and run again.",
    )
