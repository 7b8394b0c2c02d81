"""The pages `docs/settings.md` and `docs/settings.ko.md`, made from the declarations.

`python -m cs_pipeline.config.reference docs` writes both; `make docs` does the same.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from cs_pipeline.config import wording
from cs_pipeline.config.declared import Declared, declared
from cs_pipeline.config.group import Group, variable
from cs_pipeline.config.run_options import RunOptions
from cs_pipeline.config.settings import Settings
from cs_pipeline.language import Language, Words

FILES: dict[Language, str] = {"en": "settings.md", "ko": "settings.ko.md"}


def page(language: Language) -> str:
    """All settings by group, in Markdown; holds defaults, never a value of the environment."""
    parts = [_in(wording.INTRO, language)]
    shown: set[str] = set()
    for group in groups():
        fields = [field for field in declared(group) if field.name not in shown]
        shown |= {field.name for field in fields}
        parts += [f"\n## {_in(group.heading, language)}\n", _in(wording.COLUMNS, language)]
        parts += [_row(field, language) for field in fields]
    return "\n".join(parts) + "\n"


def groups() -> Iterator[type[Group]]:
    """The groups that `Settings` inherits, in its order."""
    return (base for base in Settings.__bases__ if issubclass(base, Group))


def _row(field: Declared, language: Language) -> str:
    by_run = " *" if field.name in RunOptions.model_fields else ""
    cells = (
        f"`{variable(field.name)}`{by_run}",
        _in(_kind(field), language),
        _default(field, language),
        _in(field.allowed, language),
        _in(field.described, language),
    )
    return f"| {' | '.join(cells)} |"


def _kind(field: Declared) -> Words:
    return (
        wording.LIST_OF[field.form]
        if field.kind == "array"
        else wording.KINDS[field.form or field.kind]
    )


def _default(field: Declared, language: Language) -> str:
    if field.default in (None, "", [], {}):
        return _in(field.unset or wording.NONE, language)
    plain = isinstance(field.default, str)
    return f"`{field.default if plain else json.dumps(field.default)}`"


def _in(words: Words, language: Language) -> str:
    return words.ko if language == "ko" else words.en


def main(folder: Path) -> None:
    """Write both pages into `folder`."""
    for language, name in FILES.items():
        (folder / name).write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
