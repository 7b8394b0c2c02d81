"""What a look at an installation finds."""

from typing import Literal, Self

from pydantic import computed_field

from cs_pipeline.errors import CsPipelineError
from cs_pipeline.language import Words
from cs_pipeline.records import Record


class Diagnosis(Record):
    """One finding. `check` is a stable identifier, `words` say what to do where it is not ok."""

    check: str
    level: Literal["ok", "warning", "problem"]
    words: Words

    @classmethod
    def ok(cls, check: str, words: Words) -> Self:
        """Nothing to do."""
        return cls(check=check, level="ok", words=words)

    @classmethod
    def warning(cls, check: str, words: Words) -> Self:
        """Works, and somebody should know."""
        return cls(check=check, level="warning", words=words)

    @classmethod
    def problem(cls, check: str, words: Words) -> Self:
        """Will not work."""
        return cls(check=check, level="problem", words=words)

    @classmethod
    def of_error(cls, check: str, error: CsPipelineError) -> Self:
        """What failed, in its own words."""
        return cls.problem(check, error.words)


class Examination(Record):
    """All that was found."""

    diagnoses: tuple[Diagnosis, ...]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def fit(self) -> bool:
        """Whether nothing stands in the way of a run."""
        return all(diagnosis.level != "problem" for diagnosis in self.diagnoses)
