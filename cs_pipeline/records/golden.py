"""A site's own questions that every candidate is asked, and how many were met."""

from cs_pipeline.records.base import Record


class GoldenQuestion(Record):
    """One question and what its answer must and must not hold.

    Question and context are masked; `context` is what was said before, oldest first: questions and
    answers in turn.
    """

    question: str
    must_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


class GoldenMeasures(Record):
    """What became of the golden questions; figures only, the answers lie in `golden.json`.

    `sha256` is that of the questions. `missed` and `lost` are places in the file, from 1: those
    that the candidate did not meet, and of these the ones that the live model does. `live_met` is
    None where there is no live model that could be asked.
    """

    sha256: str
    questions: int
    met: int
    live_met: int | None = None
    missed: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()
