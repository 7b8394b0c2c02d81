"""What a person may set for one run, in the Airflow form or on the command line."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import Field, ValidationError

from cs_pipeline.config.errors import settings_error
from cs_pipeline.config.gate import GateChoice
from cs_pipeline.config.group import Group, wording
from cs_pipeline.config.settings import Settings
from cs_pipeline.config.training import RecipeChoice
from cs_pipeline.config.unknown import refuse_unknown_options
from cs_pipeline.language import Words
from cs_pipeline.recipes.recipe import Recipe, load_recipe


class _Occasion(Group):
    """Why there is a run at all."""

    force: bool = Field(
        default=False,
        json_schema_extra=wording(
            "지금 데이터셋으로 다시 학습합니다.",
            title=Words(ko="새 파일이 없어도 학습", en="Train without a new export"),
        ),
    )
    """Trains again on the present dataset."""


# Fields come in the order of a form: those of the last base first, the class's own last.
class RunOptions(GateChoice, RecipeChoice, _Occasion):
    """One run's options; those that are settings, too, are declared by the settings' groups.

    Here `recipe` may also be a whole recipe as a JSON object.
    """

    note: str = Field(
        default="",
        max_length=500,
        json_schema_extra=wording(
            "실행 기록에 남길 말. 고객 정보를 적지 마세요.", title=Words(ko="메모", en="Note")
        ),
    )
    """Words for the run history. No customer data, please."""

    @classmethod
    def from_settings(cls, settings: Settings, given: Mapping[str, Any] | None = None) -> Self:
        """Defaults from `settings`, overridden by what is `given` and not None.

        Raises:
            SettingsError: a given value is not allowed, or there is no such option.
        """
        refuse_unknown_options(given or (), cls.model_fields)
        values = {name: getattr(settings, name, None) for name in cls.model_fields}
        given = {name: value for name, value in (given or {}).items() if value is not None}
        values |= given
        try:
            return cls(**{name: value for name, value in values.items() if value is not None})
        except ValidationError as error:
            raise settings_error(error) from None

    def training_recipe(self) -> Recipe:
        """The recipe that this run trains by: the named one, with this run's own values in it.

        Raises:
            SettingsError: there is no such recipe, or it holds what is not allowed.
        """
        overrides = self.model_dump(
            include=RecipeChoice.model_fields.keys() - {"recipe"}, exclude_none=True
        )
        return load_recipe(self.recipe, overrides)
