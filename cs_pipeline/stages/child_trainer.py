"""A training that was handed over, carried out by a process of this machine."""

import os
import subprocess
import sys

from pydantic import SecretStr

from cs_pipeline.config import HandOverSettings, RunOptions, S3Access, Settings, Stores
from cs_pipeline.config.group import variable
from cs_pipeline.errors import (
    AttemptStopped,
    CsPipelineError,
    DatasetError,
    GpuMemoryError,
    SettingsError,
    StorageError,
    TrainingError,
)
from cs_pipeline.records import DatasetVersion, TrainResult
from cs_pipeline.stages import wording_training as wording
from cs_pipeline.stages.handover import HandOver, hand_over, take_back
from cs_pipeline.stages.installation import Installation


def train_in_child(
    installation: Installation, *, run_id: str, dataset: DatasetVersion, options: RunOptions
) -> TrainResult:
    """Hand over, train in a process of this machine, take back.

    Raises:
        CsPipelineError: the trainer failed, with the exit code that it ended with.
    """
    handed = hand_over(installation, run_id=run_id, dataset=dataset, options=options)
    environment = os.environ | trainer_environment(installation.settings)
    environment["CS_PIPELINE_EXIT_WITH_PARENT"] = str(os.getpid())
    child = subprocess.run(local_command(handed), env=environment, check=False)
    if child.returncode:
        raise _failed(child.returncode)
    return take_back(installation, run_id=run_id)


def local_command(handed: HandOver) -> list[str]:
    """The command as this interpreter runs it."""
    return [sys.executable, "-m", "cs_pipeline.cli", *handed.command[1:]]


def trainer_environment(settings: Settings) -> dict[str, str]:
    """Every variable that a trainer reads, as the settings of this process have it; secrets too."""
    groups = (HandOverSettings, Stores, S3Access)
    names = [*(name for group in groups for name in group.model_fields), "pii_rules"]
    values = {variable(name): getattr(settings, name) for name in names}
    return {
        name: value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in values.items()
        if value not in (None, "")
    }


def _failed(exit_code: int) -> CsPipelineError:
    kinds: tuple[type[CsPipelineError], ...] = (
        SettingsError, DatasetError, StorageError, GpuMemoryError, AttemptStopped,
    )  # fmt: skip
    by_code = {kind.exit_code: kind for kind in kinds}
    return by_code.get(exit_code, TrainingError).of(wording.trainer_ended(exit_code))
