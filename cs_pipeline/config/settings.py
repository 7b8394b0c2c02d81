"""Settings of an installation: the environment, `CS_PIPELINE_*`."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from cs_pipeline.config import wording
from cs_pipeline.config.appraisal import AppraisalPlan
from cs_pipeline.config.dataset import DatasetTerms
from cs_pipeline.config.errors import settings_error
from cs_pipeline.config.folders import Folders
from cs_pipeline.config.gate import GateLimits
from cs_pipeline.config.group import PREFIX, Group, variable
from cs_pipeline.config.handover import HandOverSettings
from cs_pipeline.config.intake import Intake
from cs_pipeline.config.kubernetes import Pods
from cs_pipeline.config.masking import Masking
from cs_pipeline.config.notifications import Notifications
from cs_pipeline.config.retention import Retention
from cs_pipeline.config.schedule import Schedule
from cs_pipeline.config.stores import S3Access, Stores
from cs_pipeline.config.training import Training
from cs_pipeline.config.unknown import refuse_unknown_variables, unknown_variables
from cs_pipeline.language import Words

AnyGroup = TypeVar("AnyGroup", bound=Group)


class Settings(
    Folders,
    Intake,
    Schedule,
    Masking,
    DatasetTerms,
    Training,
    AppraisalPlan,
    GateLimits,
    Stores,
    S3Access,
    HandOverSettings,
    Pods,
    Notifications,
    Retention,
    BaseSettings,
):
    """Where things are and what is demanded of them; one field, one `CS_PIPELINE_` variable.

    The fields are those of the groups above.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        frozen=True,
        extra="ignore",
        # Lists are read by the fields themselves, so that a wrong one is named like all others.
        enable_decoding=False,
    )

    @classmethod
    def load(cls, **overrides: Any) -> Self:
        """Read the environment and the files of `secrets_dir`; `overrides` win over both.

        Raises:
            SettingsError: a variable holds a value that is not allowed, or is none of ours though
                it is called so; the same for a file, or there is no such folder.
        """
        known = set(map(variable, cls.model_fields))
        refuse_unknown_variables([*os.environ, *_secret_files()], known)
        return cls.read(**overrides)

    @classmethod
    def read(cls, **overrides: Any) -> Self:
        """The same; a variable that is none of ours though it is called so is let pass.

        Raises:
            SettingsError: a variable or file holds a value that is not allowed, or there is no
                folder `secrets_dir`.
        """
        try:
            return cls(_secrets_dir=_secrets_dir(), **overrides)
        except ValidationError as error:
            raise settings_error(error, variable) from None

    @classmethod
    def unknown_variables(cls, environment: Iterable[str]) -> list[Words]:
        """What is to be said of each variable that is called as ours are and is not a setting."""
        return unknown_variables(environment, set(map(variable, cls.model_fields)))

    def group(self, kind: type[AnyGroup], chosen: BaseModel | None = None) -> AnyGroup:
        """The values of one group; where `chosen`, a run's options, has a field, it wins."""
        names = kind.model_fields.keys()
        values = {name: getattr(self, name) for name in names}
        if chosen is not None:
            wins = names & type(chosen).model_fields.keys()
            values |= {name: getattr(chosen, name) for name in wins}
        return kind(**values)

    @property
    def inbox_uri(self) -> str:
        """Folder or S3 address of the inbox."""
        return self.inbox or str(self.data_dir / "inbox")

    @property
    def model_store_uri(self) -> str:
        """Folder or S3 address of the model store."""
        below_store = f"{self.store}/models" if self.store else ""
        return self.model_store or below_store or str(self.work_dir / "model-store")


def _secrets_dir() -> Path | None:
    given = os.environ.get(variable("secrets_dir"))
    if given and not Path(given).is_dir():
        raise wording.no_secrets_dir(variable("secrets_dir"), given)
    return Path(given) if given else None


def _secret_files() -> list[str]:
    folder = _secrets_dir()
    return [path.name for path in folder.iterdir()] if folder else []
