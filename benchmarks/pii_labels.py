"""Labelled conversation lines: read, checked, and compared with what a tool found in them.

A file holds one JSON object a line: `text` with each piece of personal data written as
`[[TYPE|value]]`, and optionally `previous` (earlier turns, oldest first) and `note` (what makes
the line hard). A line without labels is a negative: nothing in it may be found.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cs_pipeline.masked.placeholders import PLACEHOLDERS

CASES = Path(__file__).parent / "pii_cases"
NUMBERS = ("PHONE", "RRN", "FRN", "BRN", "CARD", "ACCOUNT", "EMAIL")
_HOTLINE = re.compile(
    r"(?<![\d,.-])(?:1[568]\d\d[-. ]?\d{4}|080[-. ]?\d{3,4}[-. ]?\d{4}"
    r"|1[1-3]\d|182|188|13[3-9]\d)(?![\d,.원개%-])"
)
_HOTLINE_NOTE = re.compile(r"hotline|\b(?:080|119)\b", re.IGNORECASE)
_LABEL = re.compile(r"\[\[([A-Z_]+)\|(.*?)\]\]", re.DOTALL)
_KEYS = {"text", "previous", "note"}

Spans = Sequence[Sequence[Any]]
"""Start, end and type of each span, in code points."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One line of a file.

    Args:
        text: what a tool is given; labels are taken out, their values stay.
        labels: start, end and type of each value, in code points of `text`.
        previous: earlier turns of the conversation, oldest first.
        note: what makes the line hard, in a few words.
    """

    text: str
    labels: tuple[tuple[int, int, str], ...]
    previous: tuple[str, ...] = ()
    note: str = ""


def parse_line(line: str) -> LabelledText:
    """One line of a file of labelled texts.

    Raises:
        ValueError: it is not a JSON object of the known keys, or a label is broken, empty or of an
            unknown type. The message does not quote the text.
    """
    row = json.loads(line)
    if not isinstance(row, dict) or not {"text"} <= row.keys() <= _KEYS:
        raise ValueError("must be an object with text and, if need be, previous and note")
    previous, note = row.get("previous", []), row.get("note", "")
    if not isinstance(previous, list) or not all(
        isinstance(one, str) and one.strip() for one in (row["text"], *previous)
    ):
        raise ValueError("text must be a string, previous a list of strings, none of them blank")
    if not isinstance(note, str):
        raise ValueError("note must be a string")  # noqa: TRY004 - one kind of error for a bad line
    text, labels = _without_labels(row["text"])
    return LabelledText(text, labels, tuple(previous), note)


def _without_labels(written: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    pieces: list[str] = []
    labels: list[tuple[int, int, str]] = []
    length = position = 0
    for found in _LABEL.finditer(written):
        entity_type, value = found.groups()
        if entity_type not in PLACEHOLDERS:
            raise ValueError(f"unknown type {entity_type}")
        if not value.strip() or "[[" in value:
            raise ValueError(f"an empty or nested label of type {entity_type}")
        between = written[position : found.start()]
        start = length + len(between)
        length = start + len(value)
        labels.append((start, length, entity_type))
        pieces += [between, value]
        position = found.end()
    pieces.append(written[position:])
    text = "".join(pieces)
    if "[[" in text or "]]" in text:
        raise ValueError("unbalanced label brackets")
    return text, tuple(labels)


def read_file(path: Path) -> list[LabelledText]:
    """The texts of one file.

    Raises:
        ValueError: a line is not in the format; file and line are named.
    """
    texts = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                texts.append(parse_line(line))
            except ValueError as error:
                raise ValueError(f"{path.name} line {number}: {error}") from None
    return texts


def covered(label: Sequence[Any], spans: Spans, *, same_type: bool = False) -> bool:
    """Whether the union of the spans holds every code point of the label."""
    reached, end, entity_type = label
    for span_start, span_end, span_type in sorted(map(tuple, spans)):
        if span_start > reached:
            break
        if not same_type or span_type == entity_type:
            reached = max(reached, span_end)
    return bool(reached >= end)


def is_hotline(case: LabelledText) -> bool:
    """Whether a negative is about a public number that everyone may call."""
    return bool(_HOTLINE_NOTE.search(case.note) or _HOTLINE.search(case.text))


def accuracy(cases: Sequence[LabelledText], found: Sequence[Spans]) -> dict[str, Any]:
    """Recall, false alarms and spans that touch no label, of one tool on labelled texts."""
    total: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    same_type = stray = 0
    for case, spans in zip(cases, found, strict=True):
        for label in case.labels:
            total[label[2]] += 1
            if covered(label, spans):
                hit[label[2]] += 1
                same_type += covered(label, spans, same_type=True)
        if case.labels:
            stray += sum(
                all(end <= label[0] or label[1] <= start for label in case.labels)
                for start, end, _ in spans
            )
    negatives = [(case, spans) for case, spans in zip(cases, found, strict=True) if not case.labels]
    alarms = [case for case, spans in negatives if spans]
    return {
        "recall_numbers": recall(total, hit, NUMBERS),
        "recall_all": recall(total, hit, total),
        "recall_names": recall(total, hit, ["NAME"]),
        "recall_by_type": {kind: recall(total, hit, [kind]) for kind in total},
        "covered_with_same_type": round(same_type / max(hit.total(), 1), 4),
        "spans": total.total(),
        "spans_by_type": dict(total),
        "false_alarms": len(alarms),
        "false_alarms_on_hotlines": sum(map(is_hotline, alarms)),
        "negatives": len(negatives),
        "stray_spans": stray,
    }


def recall(total: Counter[str], hit: Counter[str], kinds: Iterable[str]) -> float | None:
    """Share of the labels of these types that were covered; None where there are none."""
    kinds = list(kinds)
    labels = sum(total[kind] for kind in kinds)
    return round(sum(hit[kind] for kind in kinds) / labels, 4) if labels else None
