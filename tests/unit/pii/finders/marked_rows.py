"""Rows of the finders' tables: a sentence in which the values to be found stand in brackets."""

from collections.abc import Collection, Sequence

from cs_pipeline.pii import PiiContext, PiiSpan, find_spans

NUMBERS = frozenset({"PHONE", "RRN", "FRN", "BRN", "CARD", "CARD_AUTH", "ACCOUNT", "EMAIL"})
"""The types of all modules that read numbers and addresses of mail."""


def marked(row: str) -> tuple[str, list[str]]:
    """The text of a row, and the values that stand in square brackets in it."""
    values = [part.partition("]")[0] for part in row.split("[")[1:]]
    return row.replace("[", "").replace("]", ""), values


def spans_of(text: str, types: Collection[str], preceding: Sequence[str] = ()) -> list[PiiSpan]:
    """What the detector finds of these types."""
    spans = find_spans(text, context=PiiContext(preceding=preceding))
    return [span for span in spans if span.entity_type in types]


def values_of(text: str, types: Collection[str], preceding: Sequence[str] = ()) -> list[str]:
    """The same as the values that stand in the text."""
    return [text[span.start : span.end] for span in spans_of(text, types, preceding)]


def numbers_in(text: str, *preceding: str) -> tuple[list[str], set[str]]:
    """Values and types of the numbers found."""
    spans = spans_of(text, NUMBERS, preceding)
    return [text[span.start : span.end] for span in spans], {span.entity_type for span in spans}
