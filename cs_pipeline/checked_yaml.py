"""YAML that people write: every node knows its line, and a refusal says where it is.

What stands in a site's file may be personal data, so a refusal never repeats it, not even a key.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cs_pipeline import checked_yaml_wording as wording
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

    def refusal(self, words: Words) -> SettingsError:
        """An error that says where this entry is, what is wrong with it and what to do."""
        return _refusal(self.path, self.line, words)

    def mapping(self, keys: Sequence[str], *, required: Sequence[str] = ()) -> "dict[str, Entry]":
        """The entries of a map whose keys are all among `keys`.

        Raises:
            SettingsError: it is not a map, a key is unknown or stands there twice, or one that is
                `required` is missing.
        """
        listed = ", ".join(keys)
        if self.node.id != "mapping":
            raise self.refusal(wording.not_a_map(listed))
        entries: dict[str, Entry] = {}
        for key, value in self.node.value:
            place = Entry(self.path, key)
            if key.id != "scalar" or key.value not in keys:
                raise place.refusal(wording.unknown_key(listed))
            if key.value in entries:
                raise place.refusal(wording.key_twice(key.value))
            entries[key.value] = Entry(self.path, value)
        for missing in (key for key in required if key not in entries):
            raise self.refusal(wording.key_missing(missing))
        return entries

    def items(self) -> "list[Entry]":
        """The entries of a list.

        Raises:
            SettingsError: it is not a list, or an empty one.
        """
        if self.node.id != "sequence" or not self.node.value:
            raise self.refusal(wording.NOT_A_LIST)
        return [Entry(self.path, item) for item in self.node.value]

    def text(self) -> str:
        """A value as it is written: leading zeros of a number stay.

        Raises:
            SettingsError: it is a list, a map, empty, or a bare true or false.
        """
        if self.node.id != "scalar" or self.node.tag not in _TEXT_TAGS or not self.node.value:
            raise self.refusal(wording.NOT_A_VALUE)
        return str(self.node.value)

    def choice(self, words: Sequence[str]) -> str:
        """One of `words`; a bare `off`, which YAML takes for false, is meant as it is written.

        Raises:
            SettingsError: it is none of them.
        """
        if self.node.id != "scalar" or self.node.value not in words:
            listed = ", ".join(words)
            raise self.refusal(wording.not_among(listed))
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
            raise self.refusal(wording.not_a_number(low, high))
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
        raise _refusal(path, 1, wording.nothing_in_it(example))
    return Entry(path, node)


def _read_text(path: Path, kind: Words) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = type(error).__name__
        raise wording.not_opened(kind, path, reason) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refusal(path, line, wording.NOT_UTF_8) from None


def _refusal(path: Path, line: int, words: Words) -> SettingsError:
    return SettingsError.of(wording.at_line(path, line, words))


def _not_yaml(path: Path, line: int) -> SettingsError:
    return _refusal(path, line, wording.NOT_YAML)
