"""Words that a person reads, in Korean and in English.

Everything that the data owner or ops see (CLI output, reports, refusal reasons, errors) is a
`Words` pair; which of the two is shown is decided when it is printed, by `CS_PIPELINE_LANG`.
"""

import os
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

from cs_pipeline.particles import with_particles

Language = Literal["ko", "en"]
LANGUAGE_VARIABLE = "CS_PIPELINE_LANG"


def current_language() -> Language:
    """The language of `CS_PIPELINE_LANG` (`ko` or `en`); Korean when it is unset or unknown."""
    return "en" if os.environ.get(LANGUAGE_VARIABLE, "").strip().lower() == "en" else "ko"


class Words(BaseModel):
    """One message in both languages; `str()` gives the reader's own.

    Korean particles that are written in both forms, as in `{name}은(는)`, become the one that fits.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    ko: str
    en: str

    @field_validator("ko")
    @classmethod
    def _with_particles(cls, value: str) -> str:
        return with_particles(value)

    def __str__(self) -> str:
        return self.en if current_language() == "en" else self.ko
