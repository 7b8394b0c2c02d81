"""What the groups of settings are made of."""

import json
from typing import Any, ClassVar

from pydantic import ConfigDict
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from cs_pipeline.language import Words
from cs_pipeline.records import Record

PREFIX = "CS_PIPELINE_"


class Group(Record):
    """Settings that belong together, each declared here and nowhere else.

    A field's docstring is its English meaning for the user, with the unit; `wording` brings the
    Korean one. Settings, run options, the Airflow form, the command line and `docs/settings.md`
    are all made of these fields.
    """

    model_config = ConfigDict(use_attribute_docstrings=True, validate_default=True)

    heading: ClassVar[Words]
    """What the group is called in `docs/settings.md`."""


def wording(ko: str, *, title: Words | None = None, unset: Words | None = None) -> JsonDict:
    """Words of a field for its `json_schema_extra`.

    Args:
        ko: What it means, in Korean; the English stands in its docstring.
        title: What a form calls it.
        unset: What holds when it is empty.
    """
    words = {"title": title, "unset": unset}
    said = {name: value.model_dump() for name, value in words.items() if value}
    return {"wording": {"ko": ko, **said}}


def variable(field: str) -> str:
    """The environment variable of a field: `CS_PIPELINE_MAX_EVAL_LOSS`."""
    return f"{PREFIX}{field.upper()}"


def from_json(value: Any) -> Any:
    """Reads a list from the text of an environment variable; before validation."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise PydanticCustomError(
            "json_list", 'Input should be a JSON list, such as ["a","b"]'
        ) from None


def from_json_object(value: Any) -> Any:
    """Reads an object from the text of an environment variable; before validation."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise PydanticCustomError(
            "json_object", 'Input should be a JSON object, such as {"gpu":"a100"}'
        ) from None
