"""Names that nobody knows: a misspelt setting must not pass for one that holds."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from cs_pipeline.config import wording
from cs_pipeline.config.group import PREFIX
from cs_pipeline.errors import SettingsError
from cs_pipeline.language import Words

BESIDE_SETTINGS = frozenset(
    f"{PREFIX}{name}" for name in ("LANG", "EXIT_WITH_PARENT", "POD_UID", "IMAGE_DIGEST")
)
"""Variables of ours that are not settings: the reader's language, and what a trainer is told."""


def unknown_variables(given: Iterable[str], known: Collection[str]) -> list[Words]:
    """What is to be said of each variable with our prefix that is not a setting.

    Names in small letters are read as settings, too. No value is looked at.
    """
    known = {*known, *BESIDE_SETTINGS}
    return [
        wording.no_such_setting(name, _nearest(name.upper(), known))
        for name in sorted(given)
        if name.upper().startswith(PREFIX) and name.upper() not in known
    ]


def refuse_unknown_variables(given: Iterable[str], known: Collection[str]) -> None:
    """Raises `SettingsError` for the first variable with our prefix that is not a setting."""
    for words in unknown_variables(given, known):
        raise SettingsError.of(words)


def refuse_unknown_options(given: Iterable[str], known: Collection[str]) -> None:
    """Raises `SettingsError` for the first option of a run that there is not."""
    for name in sorted(given):
        if name not in known:
            raise wording.no_such_option(name, _nearest(name, known))


def _nearest(name: str, known: Collection[str]) -> str | None:
    return next(iter(get_close_matches(name, known, n=1, cutoff=0.0)), None)
