"""What came in, month by month: used, left out and why, masked, and how much the data changed."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from cs_pipeline.language import Words
from cs_pipeline.masked.placeholders import ENTITY_NAMES
from cs_pipeline.ops import wording
from cs_pipeline.ops.run_book import RunBook, RunLine
from cs_pipeline.records import Record
from cs_pipeline.refused.reasons import ROW_REASONS
from cs_pipeline.stages import Installation

MONTHS = 12
MOST_RUNS = 500
"""So many records are read at the most; months before the oldest of them are left out."""
MOST_PARTS = 4


class Part(Record):
    """A share of a bar: the same name in each month, or `rest` for all that is rare."""

    name: str
    words: Words
    count: int


class Month(Record):
    """One month. `drift` is the largest change from the live model's data, 0 to 1."""

    month: str
    used: int
    left_out: tuple[Part, ...]
    masked: tuple[Part, ...]
    drift: float | None


def months(installation: Installation, book: RunBook, now: datetime) -> list[Month]:
    """The last months in which there were runs with data, oldest first.

    Args:
        installation: whose.
        book: its runs.
        now: the present moment.
    """
    by_month: dict[str, list[RunLine]] = {}
    for line in _lines(installation, book, now - timedelta(days=31 * MONTHS)):
        if line.finished_at is not None:
            month = f"{line.finished_at.astimezone(installation.zone):%Y-%m}"
            by_month.setdefault(month, []).append(line)
    newest = sorted(by_month.items())[-MONTHS:]
    refused = _frequent(line.refused_by for lines in by_month.values() for line in lines)
    masked = _frequent(line.masked_by for lines in by_month.values() for line in lines)
    return [_month(month, lines, refused, masked) for month, lines in newest]


def _lines(installation: Installation, book: RunBook, since: datetime) -> Iterator[RunLine]:
    """Runs that took data in, newest first; whole months only."""
    found, cut = [], ""
    for read, line in enumerate(book.every(installation), start=1):
        if line.finished_at is not None and line.finished_at < since:
            break
        if read > MOST_RUNS and line.finished_at is not None:
            cut = f"{line.finished_at.astimezone(installation.zone):%Y-%m}"
            break
        if line.dataset_version is not None and line.rows_read:
            found.append(line)
    for line in found:
        if line.finished_at and f"{line.finished_at.astimezone(installation.zone):%Y-%m}" != cut:
            yield line


def _frequent(counts: Iterator[dict[str, int]]) -> list[str]:
    """The names that stand in most bars, the most frequent first."""
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return [name for name, _ in total.most_common(MOST_PARTS)]


def _month(month: str, lines: list[RunLine], refused: list[str], masked: list[str]) -> Month:
    drifts = [line.drift for line in lines if line.drift is not None]
    return Month(
        month=month,
        used=sum(line.rows_used for line in lines),
        left_out=_parts([line.refused_by for line in lines], refused, ROW_REASONS),
        masked=_parts([line.masked_by for line in lines], masked, ENTITY_NAMES),
        drift=max(drifts, default=None),
    )


def _parts(
    counts: list[dict[str, int]], names: list[str], known: dict[str, Words]
) -> tuple[Part, ...]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    shown = [
        Part(name=name, words=known.get(name, Words(ko=name, en=name)), count=total.pop(name, 0))
        for name in names
    ]
    rest = total.total()
    return (*shown, Part(name="rest", words=wording.OTHERS, count=rest)) if rest else tuple(shown)
