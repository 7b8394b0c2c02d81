"""Variables of the environment that are called as ours are."""

from collections.abc import Iterable

from cs_pipeline.config import Settings
from cs_pipeline.config.group import PREFIX
from cs_pipeline.doctor.diagnosis import Diagnosis


def ours(environment: Iterable[str]) -> list[str]:
    """Names that begin as ours do."""
    return sorted(name for name in environment if name.startswith(PREFIX))


def look_for_unknown(environment: Iterable[str]) -> list[Diagnosis]:
    """One problem for each unknown variable; its value is not looked at."""
    return [
        Diagnosis.problem("settings.unknown", words)
        for words in Settings.unknown_variables(environment)
    ]
