"""Headings in two rows, of which the upper one groups columns of the lower."""

from collections.abc import Sequence
from itertools import groupby

from cs_pipeline.intake.files.workbook import MergedRange
from cs_pipeline.intake.sheets.headings import Heading


def spanned(
    index: int, upper: Sequence[str], lower: list[str], merged: Sequence[MergedRange]
) -> list[str] | None:
    """For each cell of `lower` the heading above it, or None when the row above groups nothing.

    It groups when it has two headings or more, one of them over two or more headings of `lower`, or
    once above each of them, as programs write it. Figures and times are no headings: a row that
    holds them is data. Extends `lower` to the width of both rows.
    """
    if any(label.isdigit() for label in lower):
        return None
    width = max(len(upper), len(lower))
    lower += [""] * (width - len(lower))
    above = [*upper, *[""] * (width - len(upper))]
    groups = [column for column, label in enumerate(above) if label]
    if len(groups) < 2:
        return None
    ends = {left: right for top, left, _, right in merged if top == index and right > left}
    most = max(len(list(one)) for label, one in groupby(above) if label)
    for left, following in zip(groups, [*groups[1:], width], strict=True):
        right = ends.get(left, left) if ends else following - 1
        below = [column for column in range(left, min(right + 1, width)) if lower[column]]
        most = max(most, len(below))
        for column in below:
            above[column] = above[left]
    return above if most > 1 else None


def joined(above: str, label: str) -> Heading:
    """The labels of a column: of its lowest heading, and joined with that above it."""
    if not above or not label:
        return (label or above,)
    return (label, above + label)
