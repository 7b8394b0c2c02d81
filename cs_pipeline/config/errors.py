"""Wrong values, told without being shown."""

from collections.abc import Callable

from pydantic import ValidationError

from cs_pipeline.config import wording
from cs_pipeline.errors import SettingsError


def settings_error(error: ValidationError, named: Callable[[str], str] = str) -> SettingsError:
    """Name each wrong field and the rule it breaks, never the value (it may be a secret).

    Args:
        error: What validation found.
        named: From a field's name to the one that its user knows.
    """
    wrong = error.errors(include_url=False, include_input=False, include_context=False)
    problems = "; ".join(
        f"{named('.'.join(map(str, item['loc'])))}: {item['msg']}" for item in wrong
    )
    return wording.wrong_values(problems)
