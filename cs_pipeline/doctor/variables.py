"""Variables of the environment that nobody reads, mostly misspelt ones."""

import difflib
from collections.abc import Iterable

from cs_pipeline.config import Settings
from cs_pipeline.config.group import PREFIX, variable
from cs_pipeline.doctor import wording
from cs_pipeline.doctor.diagnosis import Diagnosis
from cs_pipeline.language import LANGUAGE_VARIABLE

# Read by the command line and by a trainer, and set by whoever starts them.
_OTHERS = ("CS_PIPELINE_EXIT_WITH_PARENT", "CS_PIPELINE_IMAGE_DIGEST", "CS_PIPELINE_POD_UID")


def ours(environment: Iterable[str]) -> list[str]:
    """Names that begin as ours do."""
    return sorted(name for name in environment if name.startswith(PREFIX))


def look_for_unknown(environment: Iterable[str]) -> list[Diagnosis]:
    """One problem for each unknown variable; its value is not looked at."""
    known = {*map(variable, Settings.model_fields), LANGUAGE_VARIABLE, *_OTHERS}
    found = []
    for name in ours(environment):
        # Names in small letters are read as well.
        if name.upper() not in known:
            nearest = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.8)
            words = wording.unknown_variable(name, nearest[0] if nearest else None)
            found.append(Diagnosis.problem("settings.unknown", words))
    return found
