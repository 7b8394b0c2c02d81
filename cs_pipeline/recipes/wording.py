"""What people read about a recipe that cannot be used; fields and rules, never a value."""

from pathlib import Path

from cs_pipeline.language import Words

NO_YAML = Words(
    ko="UTF-8로 쓴 YAML로 읽을 수 없습니다. 들여쓰기와 따옴표, 파일 권한을 확인하세요.",
    en="It cannot be read as YAML in UTF-8. Check indentation, quotes and permissions.",
)
NO_FIELDS = Words(
    ko="`필드: 값` 꼴의 줄이 있어야 합니다. 예: `epochs: 2`.",
    en="It must hold lines of the form `field: value`; for example `epochs: 2`.",
)
FIELD_TWICE = Words(
    ko="같은 필드가 두 번 나옵니다. 하나만 남기세요.",
    en="A field is given twice. Keep one of them.",
)


def no_such_recipe(source: str, presets: str) -> Words:
    """Neither a preset nor a file."""
    return Words(
        ko=f"레시피 {source}이(가) 없습니다. 프리셋({presets}) 또는 YAML 파일의 경로를 지정하세요.",
        en=f"There is no recipe {source}. Name a preset ({presets}) or the path of a YAML file.",
    )


def extends_no_preset(presets: str) -> Words:
    """A recipe file may start from a preset only."""
    return Words(
        ko=f"extends에는 프리셋만 쓸 수 있습니다: {presets}.",
        en=f"`extends` takes a preset: {presets}.",
    )


def refused(path: Path, why: Words, line: int | None) -> Words:
    """A recipe file, where in it, and why it cannot be used."""
    return Words(
        ko=f"레시피 {path}" + (f" {line}행" if line else "") + f": {why.ko}",
        en=f"Recipe {path}" + (f", line {line}" if line else "") + f": {why.en}",
    )


def not_allowed(where: str, problems: str, fields: str) -> Words:
    """Fields that break a rule, and those that there are."""
    return Words(
        ko=f"레시피 {where}의 값이 올바르지 않습니다: {problems}. 쓸 수 있는 필드: {fields}.",
        en=f"Recipe {where} is not allowed: {problems}. Fields that may be used: {fields}.",
    )
