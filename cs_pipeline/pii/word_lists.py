"""Word lists in text files, which a speaker of Korean mends without knowing Python.

    # Source: where the words come from. Date: 2026-11. Licence: whose terms they are under.

    [cities]  # a list begins with its name
    수원 성남 의정부
    안양

Words stand apart by spaces or lines; what follows a `#` is a comment.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from cs_pipeline.errors import SettingsError

_NAME = re.compile(r"\[(\w+)\]")


class CompactWords:
    """Whether a word is one of many, in a tenth of the memory of a set.

    The words of one length and first letter stand in one string, in order.
    """

    def __init__(self, words: Iterable[str]) -> None:
        alike: dict[tuple[int, str], list[str]] = defaultdict(list)
        for word in words:
            alike[len(word), word[:1]].append(word)
        self._rows = {key: "".join(sorted(some)) for key, some in alike.items()}

    def __contains__(self, word: str) -> bool:
        length = len(word)
        row = self._rows.get((length, word[:1]), "")
        starts = range(0, len(row), length or 1)
        at = bisect_left(starts, word, key=lambda start: row[start : start + length])
        return row.startswith(word, at * length) if at < len(starts) else False


class WordLists:
    """The lists of one file by name; the file is read when the first of them is asked for.

    Args:
        path: a UTF-8 file of the form above.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """The words of the list `name`, in the order of the file.

        Raises:
            SettingsError: the file has no such list, one of its lists is empty or begins twice, a
                word is in a list twice, or words stand before the first name.
        """
        return self._listed(self._lists, name)

    def compact(self, *names: str) -> CompactWords:
        """The words of some lists of a long file, of which nothing else is kept.

        Raises:
            SettingsError: as above.
        """
        lists = self._read()
        return CompactWords(word for name in names for word in self._listed(lists, name))

    @cached_property
    def _lists(self) -> dict[str, tuple[str, ...]]:
        return self._read()

    def _listed(self, lists: dict[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
        if name not in lists:
            raise self._refusal(
                ko=f"[{name}] 목록이 없습니다. 목록 이름을 되살리세요.",
                en=f"The list [{name}] is missing. Restore its name.",
            )
        return lists[name]

    def _read(self) -> dict[str, tuple[str, ...]]:
        lists: dict[str, dict[str, int]] = {}  # words to the lines they are on
        words: dict[str, int] | None = None
        for line, word in self._words():
            if begins := _NAME.fullmatch(word):
                words = self._begun(lists, begins[1], line)
            elif words is None or "[" in word:
                raise self._refusal(
                    line,
                    ko="낱말보다 먼저 목록 이름을 [cities]처럼 한 낱말로 적으세요.",
                    en="Write the name of a list before its words, in one word such as [cities].",
                )
            elif word in words:
                raise self._refusal(
                    line,
                    ko=f"{word}: 이 목록에 두 번 나옵니다(처음은 {words[word]}행). 하나를 지우세요.",
                    en=f"{word} is in this list twice (first on line {words[word]}). Remove one.",
                )
            else:
                words[word] = line
        for name, listed in lists.items():
            if not listed:
                raise self._refusal(
                    ko=f"[{name}] 목록이 비어 있습니다. 낱말을 적으세요.",
                    en=f"The list [{name}] is empty. Write its words.",
                )
        return {name: tuple(listed) for name, listed in lists.items()}

    def _begun(self, lists: dict[str, dict[str, int]], name: str, line: int) -> dict[str, int]:
        """The list that begins on this line."""
        if name in lists:
            raise self._refusal(
                line,
                ko=f"[{name}] 목록이 두 번 시작됩니다. 한곳으로 합치세요.",
                en=f"The list [{name}] is defined twice. Put both into one.",
            )
        return lists.setdefault(name, {})

    def _words(self) -> Iterator[tuple[int, str]]:
        """What stands in the file, names of lists among it, each word with its line from 1."""
        lines = self._path.read_text("utf-8-sig").splitlines()
        for number, line in enumerate(lines, start=1):
            for word in line.partition("#")[0].split():
                yield number, word

    def _refusal(self, line: int = 0, *, ko: str, en: str) -> SettingsError:
        at_ko, at_en = (f" {line}행", f", line {line}") if line else ("", "")
        return SettingsError(ko=f"{self._path}{at_ko}: {ko}", en=f"{self._path}{at_en}: {en}")
