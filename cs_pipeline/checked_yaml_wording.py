"""What is wrong with a YAML file, and what to do."""

from pathlib import Path

from cs_pipeline.errors import SettingsError
from cs_pipeline.language import Words


def not_a_map(keys: str) -> Words:
    """A list or a value where keys are expected."""
    return Words(
        ko=f"`키: 값` 꼴이어야 합니다. 쓸 수 있는 키: {keys}.",
        en=f"Expected `key: value` lines. Keys that may be used: {keys}.",
    )


def unknown_key(keys: str) -> Words:
    """A key that nothing reads."""
    return Words(
        ko=f"모르는 키입니다. 쓸 수 있는 키: {keys}. 철자와 들여쓰기를 확인하세요.",
        en=(
            f"This key is unknown. Keys that may be used: {keys}. Check its spelling and "
            "indentation."
        ),
    )


def key_twice(key: str) -> Words:
    """One of two would be lost."""
    return Words(
        ko=f"{key} 키가 두 번 나옵니다. 한곳으로 합치세요.",
        en=f"The key {key} is given twice. Put both into one.",
    )


def key_missing(key: str) -> Words:
    """A required key."""
    return Words(
        ko=f"{key} 키가 없습니다. 이 항목에 {key}을(를) 더하세요.",
        en=f"The key {key} is missing. Add it to this entry.",
    )


NOT_A_LIST = Words(
    ko="`- 값` 줄이 하나 이상 있는 목록이어야 합니다. 쓰지 않을 키는 지우세요.",
    en="Expected a list of at least one `- value` line. Remove a key that is not used.",
)

NOT_A_VALUE = Words(
    ko=(
        "값 하나가 있어야 합니다 (목록, 빈 값, true/false는 쓸 수 없습니다). 값을 따옴표로 "
        "감싸 한 줄에 쓰세요."
    ),
    en=(
        "Expected one value (no list, nothing empty, no true or false). Write it on one "
        "line, in quotes."
    ),
)


def not_among(choices: str) -> Words:
    """A word that is not one of them."""
    return Words(
        ko=f"다음 가운데 하나여야 합니다: {choices}.", en=f"This must be one of: {choices}."
    )


def not_a_number(low: float, high: float) -> Words:
    """No number, or one outside the limits."""
    return Words(
        ko=f"{low:,.15g} 이상 {high:,.15g} 이하의 수여야 합니다.",
        en=f"Expected a number from {low:,.15g} to {high:,.15g}.",
    )


def nothing_in_it(example: str) -> Words:
    """An empty file."""
    return Words(
        ko=f"파일에 내용이 없습니다. {example}을(를) 본떠 쓰거나 설정에서 이 파일을 빼세요.",
        en=f"The file holds nothing. Write it after {example}, or take it out of the settings.",
    )


def not_opened(kind: Words, path: Path, reason: str) -> SettingsError:
    """A file that is not there or may not be read."""
    return SettingsError(
        ko=f"{kind.ko} 파일 {path}을(를) 열 수 없습니다 ({reason}). 경로와 권한을 확인하세요.",
        en=f"The {kind.en} {path} cannot be opened ({reason}). Check the path and permissions.",
    )


NOT_UTF_8 = Words(
    ko="UTF-8이 아닌 글자가 있습니다. 편집기에서 인코딩을 UTF-8로 골라 다시 저장하세요.",
    en="This is not UTF-8. Save the file again with the encoding UTF-8.",
)


def at_line(path: Path, line: int, words: Words) -> Words:
    """Where it is, and what is wrong."""
    return Words(ko=f"{path} {line}행: {words.ko}", en=f"{path}, line {line}: {words.en}")


NOT_YAML = Words(
    ko=(
        "YAML로 읽을 수 없습니다. 이 줄과 윗줄의 들여쓰기와 따옴표를 확인하고, * & [ { # @ "
        ": 기호가 든 값은 작은따옴표로 감싸세요."
    ),
    en=(
        "This is not YAML. Check the indentation and the quotes of this line and the one "
        "above, and put values with one of * & [ { # @ : into single quotes."
    ),
)
