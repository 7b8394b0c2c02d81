"""Records of XML as tables: a row an element that comes again, a column a field of it.

    <list><qna no="7"><question>언제 와요?</question><answer>내일 갑니다.</answer></qna> … </list>

Elements of each name are a sheet, as of questions and of answers that name them. What an element
says that holds a list of others, such as a conversation's number, stands in each of their rows; it
has a row of its own where it holds several texts, as a question with its answer and files does.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

from cs_pipeline.intake.files.reader_problem import ReaderProblem

_DEEPEST, _LONGEST_NAME = 40, 100
_DECLARED = re.compile(r"\ufeff?\s*<\?xml\s")
_BREAKS, _FORMATS = frozenset(("p", "br", "div", "li")), frozenset(("span", "strong", "em"))
"""What may stand within a text; the first ones begin a line."""
_SEVERAL_WORDS, _A_PAIR = re.compile(r"[^\W\d_]\S*\s+\S"), 2

Fields = dict[str, str]


@dataclass(slots=True)
class _Element:
    name: str
    fields: Fields
    said: list["str | _Element"] = field(default_factory=list)

    @property
    def children(self) -> list["_Element"]:
        return [one for one in self.said if isinstance(one, _Element)]

    @property
    def text(self) -> str:
        """What stands in it, in elements of its own or not."""
        return "".join(one.text if isinstance(one, _Element) else one for one in self.said)

    def close(self) -> None:
        """Make one text of what is said around elements: these are parts of it."""
        if self.children and any(isinstance(one, str) and one.strip() for one in self.said):
            self.said = [self.text]


def is_xml(sample: str) -> bool:
    """Whether a text says that it is XML."""
    return _DECLARED.match(sample) is not None


def xml_tables(text: TextIO) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Name and rows of each kind of record, below a row of its fields' names.

    Raises:
        ReaderProblem: `xml_entities`, `incomplete_workbook` or `damaged_workbook`.
    """
    tree = _Tree()
    tree.read(text)
    tables: dict[str, list[Fields]] = {}
    for name, row in _rows(tree.root, tree.repeated, {}):
        tables.setdefault(name, []).append(row)
    for one in () if tables else tree.root.children:
        tables[one.name] = [dict(_fields(one, set()))]
    for name, rows in tables.items():
        yield name[:_LONGEST_NAME], _table(rows)


def _table(rows: list[Fields]) -> Iterator[tuple[int, list[str]]]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    yield 0, [name[:_LONGEST_NAME] for name in names]
    for number, row in enumerate(rows, start=1):
        yield number, [row.get(name, "") for name in names]


class _Tree:
    """The elements of a document; names count without their namespaces."""

    def __init__(self) -> None:
        self.root = _Element("", {})
        self.repeated: set[str] = set()
        self._open = [self.root]

    def read(self, text: TextIO) -> None:
        from cs_pipeline.intake.files.xml_2003 import parse

        parse(text, self._begin, self._end, self._say)

    def _say(self, said: str) -> None:
        self._open[-1].said.append(said)

    def _begin(self, name: str, attributes: Fields) -> None:
        name = _local(name)
        if name.casefold() in _BREAKS | _FORMATS:
            self._say("\n" if name.casefold() in _BREAKS else "")
            return
        if len(self._open) > _DEEPEST:
            raise ReaderProblem("damaged_workbook")
        element = _Element(name, {_local(key): value for key, value in attributes.items()})
        self._open[-1].said.append(element)
        self._open.append(element)

    def _end(self, name: str) -> None:
        if _local(name).casefold() in _BREAKS | _FORMATS:
            return
        one = self._open.pop()
        one.close()
        times = Counter(child.name for child in one.children)
        self.repeated |= {name for name, count in times.items() if count > 1}


def _rows(one: _Element, repeated: set[str], above: Fields) -> Iterator[tuple[str, Fields]]:
    """The records in an element, each by its name, with what those around it say."""
    holders = [child for child in one.children if _holds(child, repeated)]
    own: Fields = {}
    for name, said in _fields(one, repeated):
        own[name] = f"{own[name]}\n{said}" if name in own else said
    if not holders:
        if one.name in repeated:
            yield one.name, above | own
        return
    if one.name in repeated:
        if sum(map(bool, map(_SEVERAL_WORDS.search, own.values()))) >= _A_PAIR:
            yield one.name, above | own
        above = above | {f"{one.name}_{name}": said for name, said in own.items()}
    for child in holders:
        yield from _rows(child, repeated, above)


def _holds(one: _Element, repeated: set[str]) -> bool:
    """Whether an element is a record or has one in it; one of words alone is a field."""
    is_record = one.name in repeated and bool(one.fields or one.children)
    return is_record or any(_holds(child, repeated) for child in one.children)


def _fields(one: _Element, repeated: set[str], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Names and texts of an element's fields, those of elements in it after both."""
    for name, value in one.fields.items():
        yield prefix + name, value
    if not one.children and (said := one.text.strip()):
        yield prefix.removesuffix("_") or one.name, said
    for child in one.children:
        if not _holds(child, repeated):
            yield from _fields(child, repeated, f"{prefix}{child.name}_")


def _local(name: str) -> str:
    return name.rsplit("\n", 1)[-1].rsplit(":", 1)[-1]
