"""Whether answers meet golden questions."""

import unicodedata
from collections.abc import Sequence

from cs_pipeline.golden.questions import questions_sha256
from cs_pipeline.records import GoldenMeasures, GoldenQuestion


def meets(question: GoldenQuestion, answer: str) -> bool:
    """Whether an answer holds all that it must and nothing that it must not.

    Neither spaces, which Korean writers set differently, nor letter case count. An empty answer
    meets nothing.
    """
    said = _folded(answer)
    return (
        bool(said)
        and all(_folded(text) in said for text in question.must_contain)
        and not any(_folded(text) in said for text in question.must_not_contain)
    )


def measured(
    questions: Sequence[GoldenQuestion], ours: Sequence[str], theirs: Sequence[str] | None
) -> GoldenMeasures:
    """The figures.

    Args:
        questions: in the order of the file.
        ours: the candidate's answer to each.
        theirs: the live model's; None: there is none that could be asked.
    """
    met = list(map(meets, questions, ours))
    live = list(map(meets, questions, theirs)) if theirs else []
    missed = tuple(place for place, was_met in enumerate(met, start=1) if not was_met)
    return GoldenMeasures(
        sha256=questions_sha256(questions),
        questions=len(questions),
        met=sum(met),
        live_met=sum(live) if live else None,
        missed=missed,
        lost=tuple(place for place in missed if live and live[place - 1]),
    )


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
