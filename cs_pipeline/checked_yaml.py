"""YAML that people write: every node knows its line, and a refusal says where it is.

What stands in a site's file may be personal data, so a refusal never repeats it, not even a key.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cs_pipeline.errors import SettingsError
from cs_pipeline.language import Words

_TEXT_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "timestamp")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One node of a YAML file."""

    path: Path
    node: Any = field(repr=False)

    @property
    def line(self) -> int:
        """Line in the file, from 1."""
        return int(self.node.start_mark.line) + 1

    def refusal(self, *, ko: str, en: str) -> SettingsError:
        """An error that says where this entry is, what is wrong with it and what to do."""
        return _refusal(self.path, self.line, ko=ko, en=en)

    def mapping(self, keys: Sequence[str], *, required: Sequence[str] = ()) -> "dict[str, Entry]":
        """The entries of a map whose keys are all among `keys`.

        Raises:
            SettingsError: it is not a map, a key is unknown or stands there twice, or one that is
                `required` is missing.
        """
        listed = ", ".join(keys)
        if self.node.id != "mapping":
            raise self.refusal(
                ko=f"`키: 값` 꼴이어야 합니다. 쓸 수 있는 키: {listed}.",
                en=f"`key: value` lines belong here. Keys that may be used: {listed}.",
            )
        entries: dict[str, Entry] = {}
        for key, value in self.node.value:
            place = Entry(self.path, key)
            if key.id != "scalar" or key.value not in keys:
                raise place.refusal(
                    ko=f"모르는 키입니다. 쓸 수 있는 키: {listed}. 철자와 들여쓰기를 확인하세요.",
                    en=f"This key is unknown. Keys that may be used: {listed}. Check its spelling "
                    "and indentation.",
                )
            if key.value in entries:
                raise place.refusal(
                    ko=f"{key.value} 키가 두 번 나옵니다. 한곳으로 합치세요.",
                    en=f"The key {key.value} is given twice. Put both into one.",
                )
            entries[key.value] = Entry(self.path, value)
        for missing in (key for key in required if key not in entries):
            raise self.refusal(
                ko=f"{missing} 키가 없습니다. 이 항목에 {missing}을(를) 더하세요.",
                en=f"The key {missing} is missing. Add it to this entry.",
            )
        return entries

    def items(self) -> "list[Entry]":
        """The entries of a list.

        Raises:
            SettingsError: it is not a list, or an empty one.
        """
        if self.node.id != "sequence" or not self.node.value:
            raise self.refusal(
                ko="`- 값` 줄이 하나 이상 있는 목록이어야 합니다. 쓰지 않을 키는 지우세요.",
                en="Expected a list of at least one `- value` line. Remove a key that is not used.",
            )
        return [Entry(self.path, item) for item in self.node.value]

    def text(self) -> str:
        """A value as it is written: leading zeros of a number stay.

        Raises:
            SettingsError: it is a list, a map, empty, or a bare true or false.
        """
        if self.node.id != "scalar" or self.node.tag not in _TEXT_TAGS or not self.node.value:
            raise self.refusal(
                ko="값 하나가 있어야 합니다 (목록, 빈 값, true/false는 쓸 수 없습니다). "
                "값을 따옴표로 감싸 한 줄에 쓰세요.",
                en="Expected one value (no list, nothing empty, no true or false). Write it "
                "on one line, in quotes.",
            )
        return str(self.node.value)

    def choice(self, words: Sequence[str]) -> str:
        """One of `words`; a bare `off`, which YAML takes for false, is meant as it is written.

        Raises:
            SettingsError: it is none of them.
        """
        if self.node.id != "scalar" or self.node.value not in words:
            listed = ", ".join(words)
            raise self.refusal(
                ko=f"다음 가운데 하나여야 합니다: {listed}.", en=f"This must be one of: {listed}."
            )
        return str(self.node.value)

    def number(self, low: float, high: float) -> float:
        """A number from `low` to `high`.

        Raises:
            SettingsError: it is not a number, or lies outside.
        """
        try:
            value = float(self.node.value) if self.node.id == "scalar" else math.nan
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise self.refusal(
                ko=f"{low:,.15g} 이상 {high:,.15g} 이하의 수여야 합니다.",
                en=f"Expected a number from {low:,.15g} to {high:,.15g}.",
            )
        return value


def read_yaml(path: Path, *, kind: Words, example: str) -> Entry:
    """The top of the YAML document in `path`.

    Args:
        path: the file.
        kind: what the file is, for errors: `사이트 규칙`, `site rules`.
        example: path of a file to write it after, for errors.

    Raises:
        SettingsError: the file cannot be opened, is not UTF-8 or YAML, or holds nothing.
    """
    import yaml  # type: ignore[import-untyped]

    text = _read_text(path, kind)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        raise _not_yaml(path, text.count("\n", 0, error.position) + 1) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _not_yaml(path, mark.line + 1 if mark else 1) from None
    except RecursionError:
        raise _not_yaml(path, 1) from None
    if node is None:
        raise _refusal(
            path,
            1,
            ko=f"파일에 내용이 없습니다. {example}을(를) 본떠 쓰거나 설정에서 이 파일을 빼세요.",
            en=f"The file holds nothing. Write it after {example}, or take it out of the settings.",
        )
    return Entry(path, node)


def _read_text(path: Path, kind: Words) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = type(error).__name__
        raise SettingsError(
            ko=f"{kind.ko} 파일 {path}을(를) 열 수 없습니다 ({reason}). 경로와 권한을 확인하세요.",
            en=f"The {kind.en} {path} cannot be opened ({reason}). Check the path and permissions.",
        ) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal(
            path,
            data.count(b"\n", 0, error.start) + 1,
            ko="UTF-8이 아닌 글자가 있습니다. 편집기에서 인코딩을 UTF-8로 골라 다시 저장하세요.",
            en="This is not UTF-8. Save the file again with the encoding UTF-8.",
        ) from None


def _refusal(path: Path, line: int, *, ko: str, en: str) -> SettingsError:
    return SettingsError(ko=f"{path} {line}행: {ko}", en=f"{path}, line {line}: {en}")


def _not_yaml(path: Path, line: int) -> SettingsError:
    return _refusal(
        path,
        line,
        ko="YAML로 읽을 수 없습니다. 이 줄과 윗줄의 들여쓰기와 따옴표를 확인하고, "
        "* & [ { # @ : 기호가 든 값은 작은따옴표로 감싸세요.",
        en="This is not YAML. Check the indentation and the quotes of this line and the one "
        "above, and put values with one of * & [ { # @ : into single quotes.",
    )
