"""The pages `docs/settings.md` and `docs/settings.ko.md`, made from the declarations.

`python -m cs_pipeline.config.reference docs` writes both; `make docs` does the same.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from cs_pipeline.config.declared import Declared, declared
from cs_pipeline.config.group import Group, variable
from cs_pipeline.config.run_options import RunOptions
from cs_pipeline.config.settings import Settings
from cs_pipeline.language import LANGUAGE_VARIABLE, Language, Words

FILES: dict[Language, str] = {"en": "settings.md", "ko": "settings.ko.md"}

_INTRO = Words(
    ko=f"""# 설정

<!-- cs_pipeline/config에서 만든 파일입니다. 고치지 말고 `make docs`를 실행하세요. -->

환경 변수로 지정하며 시작할 때 검사합니다. 값이 잘못되면 변수 이름을 알려 주고 종료 코드 2로 끝납니다. 값은 보여 주지 않습니다. *가 붙은 설정은 Airflow 실행 화면이나 `cs-pipeline run`의 옵션으로 실행마다 바꿀 수 있습니다. `{LANGUAGE_VARIABLE}`는 메시지와 보고서의 언어입니다: `ko`(기본값) 또는 `en`.""",  # noqa: E501  # a paragraph of Markdown is one line
    en=f"""# Settings

<!-- Made from cs_pipeline/config; do not edit, run `make docs`. -->

Environment variables, checked at start. A wrong value ends with exit code 2 and names its variable, never the value. What is marked with * can also be set for a single run, in the Airflow form or as an option of `cs-pipeline run`. `{LANGUAGE_VARIABLE}` is the language of messages and reports: `ko` (default) or `en`.""",  # noqa: E501  # a paragraph of Markdown is one line
)
_COLUMNS = Words(
    ko="| 변수 | 종류 | 기본값 | 허용되는 값 | 뜻 |\n|---|---|---|---|---|",
    en="| Variable | Type | Default | Allowed | Meaning |\n|---|---|---|---|---|",
)
_NONE = Words(ko="없음", en="none")
_KINDS = {
    "string": Words(ko="글자", en="text"),
    "path": Words(ko="경로", en="path"),
    "password": Words(ko="비밀", en="secret"),
    "number": Words(ko="수", en="number"),
    "integer": Words(ko="정수", en="whole number"),
    "object": Words(ko="JSON 객체", en="JSON object"),
    "boolean": Words(ko="`true`, `false`", en="`true`, `false`"),
}
_LIST_OF = {
    "": Words(ko="JSON 목록", en="JSON list"),
    "password": Words(ko="비밀의 JSON 목록", en="JSON list of secrets"),
}


def page(language: Language) -> str:
    """All settings by group, in Markdown; holds defaults, never a value of the environment."""
    parts = [_in(_INTRO, language)]
    shown: set[str] = set()
    for group in groups():
        fields = [field for field in declared(group) if field.name not in shown]
        shown |= {field.name for field in fields}
        parts += [f"\n## {_in(group.heading, language)}\n", _in(_COLUMNS, language)]
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
    return _LIST_OF[field.form] if field.kind == "array" else _KINDS[field.form or field.kind]


def _default(field: Declared, language: Language) -> str:
    if field.default in (None, "", [], {}):
        return _in(field.unset or _NONE, language)
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
