"""What was asked and answered further, right of a question and its answer in the same row."""

import re
from collections.abc import Sequence

from cs_pipeline.intake.sheets.header import Header
from cs_pipeline.intake.sheets.headings import SURE_OF_ANSWER, Headings, Scale, candidates

_FURTHER = re.compile(r"^(?:추가|재|후속|[2-9]차|followup|second|additional|further)|[2-9]차?$")


def starts_of_follow_ups(header: Header, known: Headings) -> list[int]:
    """The columns of the first question and of further ones, each with an answer on its right.

    Their headings differ from those of the first pair, but say that they are further ones:
    민원내용, 1차 답변, 추가 문의, 2차 답변. [] where questions and answers do not take turns.
    """
    labels = header.labels[-1]
    questions = _further(labels, known.question, header.second)
    answers = _further(labels, known.answer, header.second)
    sides = [column in questions for column in sorted((*questions, *answers))]
    takes_turns = questions and sides == [True, False] * len(questions)
    if not takes_turns or header.layout != "qa" or header.first > header.second:
        return []
    return [header.first, *questions]


def _further(labels: Sequence[str], scale: Scale, after: int) -> list[int]:
    """The columns behind another one whose headings a scale knows, and count further."""
    found = []
    for column, label in enumerate(labels):
        plain = _FURTHER.sub("", label)
        if column > after and plain != label:
            found += [
                column for one in candidates([(plain,)], scale) if one.score >= SURE_OF_ANSWER
            ]
    return found
