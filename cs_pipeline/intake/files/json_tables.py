"""Tables in one object of JSON: the names of columns in one list, rows as lists in another.

{"columns": ["room", "who", "body"], "data": [[7001, 1, "언제 와요?"], …],
 "codes": {"who": {"1": "고객", "2": "상담사"}}}
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from cs_pipeline.intake.files.json_messages import Object

_HEADINGS = ("columns", "fields", "headers", "header", "cols", "schema")
_ROWS = ("data", "rows", "values", "records", "items", "result")
_NAMES = ("name", "title", "label", "field", "id")


def table_in(one: Object) -> list[Object]:
    """The table's rows as objects, with words for codes that the object explains; [] for none.

    It may stand in an object of that one, as in an answer with a `result`.
    """
    for holder in (one, *(value for value in one.values() if isinstance(value, dict))):
        names = next((found for key in _HEADINGS if (found := _names(holder.get(key)))), [])
        rows = next((holder[key] for key in _ROWS if _are_rows(holder.get(key), len(names))), None)
        if names and rows is not None:
            codes = dict(chain.from_iterable(_codes(at, names) for at in (one, holder)))
            return [_in_words(dict(zip(names, row, strict=True)), codes) for row in rows]
    return []


def _names(value: Any) -> list[str]:
    """The names of a list of columns, each alone or in an object of its own; [] of another one."""
    if not isinstance(value, list) or not value:
        return []
    found = [
        next((one[key] for key in _NAMES if isinstance(one.get(key), str)), None)
        if isinstance(one, dict)
        else one
        for one in value
    ]
    names = [name for name in found if isinstance(name, str)]
    return names if len(set(names)) == len(value) else []


def _are_rows(value: Any, columns: int) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(row, list) and len(row) == columns for row in value)
    )


def _codes(holder: Object, names: list[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What codes in a column stand for, by the column's name."""
    for value in holder.values():
        for name, codes in value.items() if isinstance(value, dict) else ():
            if name in names and isinstance(codes, dict):
                words = {str(code): word for code, word in codes.items() if isinstance(word, str)}
                if len(words) == len(codes):
                    yield name, words


def _in_words(row: Object, codes: Mapping[str, Mapping[str, str]]) -> Object:
    return row | {name: told.get(str(row[name]), row[name]) for name, told in codes.items()}
