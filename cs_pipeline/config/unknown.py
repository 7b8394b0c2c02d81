"""Names that nobody knows: a misspelt setting must not pass for one that holds."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from cs_pipeline.config.group import PREFIX
from cs_pipeline.errors import SettingsError

BESIDE_SETTINGS = frozenset(
    f"{PREFIX}{name}" for name in ("LANG", "EXIT_WITH_PARENT", "POD_UID", "IMAGE_DIGEST")
)
"""Variables of ours that are no settings: the reader's language, and what a trainer is told."""


def refuse_unknown_variables(given: Iterable[str], known: Collection[str]) -> None:
    """Raises `SettingsError` for the first variable with our prefix that is no setting."""
    known = {*known, *BESIDE_SETTINGS}
    for name in sorted(given):
        if name.startswith(PREFIX) and name not in known:
            ko, en = _nearest(name, known)
            raise SettingsError(
                ko=f"{name}은(는) 없는 설정입니다.{ko} 지우거나 고친 뒤 다시 실행하세요.",
                en=f"There is no setting {name}.{en} Remove or correct it and run again.",
            )


def refuse_unknown_options(given: Iterable[str], known: Collection[str]) -> None:
    """Raises `SettingsError` for the first option of a run that there is not."""
    for name in sorted(given):
        if name not in known:
            ko, en = _nearest(name, known)
            raise SettingsError(
                ko=f"실행 옵션 {name!r}이(가) 없습니다.{ko} 고친 뒤 다시 실행하세요.",
                en=f"A run has no option {name!r}.{en} Correct it and run again.",
            )


def _nearest(name: str, known: Collection[str]) -> tuple[str, str]:
    close = get_close_matches(name, known, n=1, cutoff=0.0)
    return (f" 가장 가까운 것: {close[0]}.", f" The nearest is {close[0]}.") if close else ("", "")
