"""What a person calls a version or a run: a number, the first characters, `last`."""

import re
from collections.abc import Sequence

from cs_pipeline.errors import SettingsError
from cs_pipeline.registry import wording
from cs_pipeline.registry.model_store import ModelStore
from cs_pipeline.registry.runs import Runs

LAST = "last"
_LEAST_PREFIX = 4
_NUMBER = re.compile(r"#?[0-9]{1,6}")  # eight digits may be the last part of a version's id


def find_version(store: ModelStore, name: str) -> str:
    """The version that a name means.

    A number is that of a move in the history and means the version that went live by it; `last` is
    the newest version of the store; anything else is a version's id, or the first four characters
    and more of the id or of its last part.

    Raises:
        SettingsError: none is called so, or several are.
    """
    stored = store.versions()
    if name == LAST:
        return _only(name, stored[-1:])
    moves = store.moves()
    if _NUMBER.fullmatch(name):
        number = int(name.removeprefix("#"))
        return _only(name, [move.to_version for move in moves if move.number == number])
    known = list(dict.fromkeys([*stored, *(move.to_version for move in moves)]))
    if name in known:
        return name
    parts = [one for one in known if any(p.startswith(name) for p in (one, one.split("-")[-1]))]
    return _only(name, parts if len(name) >= _LEAST_PREFIX else [])


def find_run(runs: Runs, name: str) -> str:
    """The run that a name means: its id, its first characters, or `last` (the newest verdict's).

    Raises:
        SettingsError: none is called so, or several are.
    """
    if runs.is_known(name):
        return name
    if name == LAST:
        verdict = runs.last_verdict()
        found = [verdict.run_id] if verdict else []
    else:
        ids = [run.run_id for run in runs.newest(1000)]
        found = [one for one in ids if len(name) >= _LEAST_PREFIX and one.startswith(name)]
    if len(found) != 1:
        raise SettingsError.of(wording.no_such_run(name, len(found), least=_LEAST_PREFIX))
    return found[0]


def _only(name: str, found: Sequence[str]) -> str:
    if len(found) != 1:
        raise SettingsError.of(wording.no_such_version(name, len(found)))
    return found[0]
