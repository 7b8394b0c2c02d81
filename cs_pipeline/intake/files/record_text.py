"""Records one below the other, a labelled line a field, as a table: a row a record.

    ==============
    접수번호: 3-01
    문의: 배송은 언제
      오나요?
    답변: 내일 도착합니다.
    ==============

Databases print rows so, too (`*** 1. row ***`). A line without a label of the records' goes on with
the one above.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

_RULE = re.compile(r"\s*[-=*_~#─━═]{4,}(?:[^-=*_~#─━═]{1,40}[-=*_~#─━═]{4,})?\s*")
_FIELD = re.compile(
    r"\s*[\[<【■●▶◆○□*·-]*\s*(?P<label>[가-힣A-Za-z][\w ()/·]{0,19}?)\s*[\]>】]?"
    r"\s*[:：]\s*(?P<text>.*)"
)
_SAID = re.compile("(?:말|말씀|글|내용|문의|질문|질의|답|답변|회신|댓글|니다)$")
"""Ends labels of what was said, unlike those of who says it (`면담자`)."""
_QUOTED_CELL = re.compile(r'[,;|\t]"|"[,;|\t]')
"""Of a table, whose cells may quote mails with labelled lines."""
_LEAST_RECORDS, _LEAST_FIELDS, _MOSTLY, _FEW = 3, 3, 0.8, 0.2
_LEAST_RULED_FIELDS = 2
"""Of records between rules, which may say all else above their fields: `No. 12  2026-03-02`."""
_ASIDES = 2
"""A title above the records, and a line below them."""

Record = list[tuple[int, str]]
"""0-based numbers and texts of the lines of one record."""


def is_records(sample: str) -> bool:
    """Whether a text begins with records between rules or blank lines that share their labels."""
    labels = _labels(sample)
    if not labels or len(_QUOTED_CELL.findall(sample)) >= _LEAST_RECORDS:
        return False
    records = list(_parted(sample.rpartition("\n")[0].splitlines(), ruled=_is_ruled(sample)))
    fields = [[label for _, line in record if (label := _label(line))] for record in records]
    whole = [found for found in fields if set(labels) <= set(found)]
    return (
        len(whole) >= _LEAST_RECORDS
        and len(whole) >= _MOSTLY * (len(records) - _ASIDES)
        # what comes again within records is a speaker
        and sum(_comes_again(found, labels) for found in whole) <= _FEW * len(whole)
    )


def _comes_again(found: Sequence[str], labels: Sequence[str]) -> bool:
    return any(found.count(label) > 1 for label in labels)


def record_rows(text: TextIO, sample: str) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each record, below a row of the labels that most of them have.

    A field that comes again, as of the record below, stands right of all others.
    """
    labels = _labels(sample)
    yield 0, list(labels)
    for record in _parted(text, ruled=_is_ruled(sample)):
        cells = _cells(record, labels)
        if any(cells):
            yield record[0][0] + 1, cells


def _cells(record: Record, labels: Sequence[str]) -> list[str]:
    """The texts of a record's fields.

    One that comes again, as of the record below, stands right of all others, so that the row shows
    a field more; where another one is empty, neither of the two is left.
    """
    places = {label: place for place, label in enumerate(labels)}
    cells, place, again = [""] * len(labels), None, set()
    for _, line in record:
        match = _FIELD.fullmatch(line)
        if match and (label := match["label"].strip()) in places:
            place = places[label]
            if cells[place]:
                again.add(place)
                place = len(labels)
                cells[place:] = [""]
            cells[place] = match["text"].strip()
        elif place is not None:
            cells[place] = f"{cells[place]}\n{line.strip()}".strip()
    if again and not all(cells):
        return ["" if place in again else cell for place, cell in enumerate(cells[: len(labels)])]
    return cells


def _labels(sample: str) -> list[str]:
    """The labels of nearly all records, in the order of the first one that has them all.

    None where they are too few; two of what was said do between rules.
    """
    ruled = _is_ruled(sample)
    records = list(_parted(sample.rpartition("\n")[0].splitlines(), ruled=ruled))
    fields = [list(filter(None, (_label(line) for _, line in record))) for record in records]
    labels = _usual(fields, _LEAST_FIELDS)
    if len(labels) >= _LEAST_FIELDS:
        return labels
    labels = _usual(fields, _LEAST_RULED_FIELDS) if ruled else []
    return labels if len(labels) == _LEAST_RULED_FIELDS and all(map(_SAID.search, labels)) else []


def _usual(fields: Sequence[Sequence[str]], least: int) -> list[str]:
    """The labels that nearly all records of so many have."""
    fields = [found for found in fields if len(found) >= least]
    times = Counter(label for found in fields for label in set(found))
    usual = {label for label, count in times.items() if count >= _MOSTLY * len(fields)}
    first = next((found for found in fields if usual <= set(found)), [])
    return list(dict.fromkeys(label for label in first if label in usual))


def _label(line: str) -> str:
    match = _FIELD.fullmatch(line)
    return match["label"].strip() if match else ""


def _is_ruled(sample: str) -> bool:
    return sum(map(bool, map(_RULE.fullmatch, sample.splitlines()))) >= _LEAST_RECORDS


def _parted(lines: Iterable[str], *, ruled: bool) -> Iterator[Record]:
    """The lines of each record, without blank ones."""
    record: Record = []
    for number, raw in enumerate(lines):
        line = raw.strip("\r\n\ufeff")
        if _RULE.fullmatch(line) or not (line.strip() or ruled):
            if record:
                yield record
            record = []
        elif line.strip():
            record.append((number, line))
    if record:
        yield record
