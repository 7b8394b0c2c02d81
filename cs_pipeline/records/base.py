"""The kind of value that crosses process borders."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen value that travels as JSON (`model_dump(mode="json")`, `model_validate`)."""

    # NaN, which a failed training may leave, is not a JSON number: it travels as the string "NaN".
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")
