"""The golden questions with both answers, as the trainer left them in `golden.json`."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from cs_pipeline.excel_sheets import printable
from cs_pipeline.records import GoldenQuestion


class AnsweredGolden(GoldenQuestion):
    """A golden question with what the models said, masked.

    `champion` and `champion_met` are None where the live model was not asked.
    """

    candidate: str
    met: bool
    champion: str | None = None
    champion_met: bool | None = None


_FILE = TypeAdapter(tuple[AnsweredGolden, ...])


def read_golden(path: Path) -> tuple[AnsweredGolden, ...]:
    """Those of a run, in the order of the file; none where it is missing or damaged."""
    try:
        answered = _FILE.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return ()
    return tuple(map(_printable, answered))


def _printable(one: AnsweredGolden) -> AnsweredGolden:
    texts = {name: printable(getattr(one, name)) for name in ("question", "candidate")}
    return one.model_copy(update={**texts, "champion": one.champion and printable(one.champion)})
