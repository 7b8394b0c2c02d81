"""Which columns of a table hold questions, answers, conversations, times: headings and cells."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise, permutations

from cs_pipeline.intake.sheets.body import FIRST_ROWS, Body
from cs_pipeline.intake.sheets.cell_kinds import ColumnLook
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.column_pairs import Pair, weight
from cs_pipeline.intake.sheets.further_headings import (
    comments_on_labels,
    is_earlier_word,
    is_last_word,
    is_of_bot,
    names_order,
    names_time,
)
from cs_pipeline.intake.sheets.headings import (
    LEAST_PAIR,
    SURE,
    SURE_OF_ANSWER,
    Candidate,
    Heading,
    Headings,
    candidates,
)
from cs_pipeline.intake.sheets.journals import entries_of
from cs_pipeline.intake.sheets.numbered_columns import are_parts
from cs_pipeline.intake.sheets.surveys import asks_customers, is_exam
from cs_pipeline.intake.sheets.template_names import name_templates
from cs_pipeline.intake.sheets.transcripts import is_transcript

_LEAST_TRANSCRIPTS = 0.6
_LEAST_FORM_CELLS = 1
_LEAST_STAGGERED, _MOST_BESIDE, _LEAST_OF_EACH, _LEAST_TURNS = 4, 0.1, 0.2, 0.25
_MANY_ANSWERS = 4
_LETTERED = re.compile(r"(?<=[가-힣])[a-e]$")


def asked_pair(headings: Sequence[Heading], known: Headings, body: Body) -> Pair | None:
    """The question and the answer column; None when headings or cells do not say so."""
    if is_exam(heading[0] for heading in headings):
        return None
    questions = _talking(candidates(headings, known.question), body)
    answers = [
        one
        for one in _talking(candidates(headings, known.answer), body)
        if not name_templates(body.cells(one.column))
    ]
    if best := (
        _best(_varied(questions, body), _varied(answers, body), body, headings)
        or _best(questions, answers, body, headings)
    ):
        return None if are_parts(headings, body, best.first, best.second) else best
    asked, replied = known.form_scores([heading[0] for heading in headings])
    questions += _form(asked, body)
    answers += _form(replied, body)
    return _best(questions, answers, body, headings)


def _talking(found: Iterable[Candidate], body: Body) -> list[Candidate]:
    return [one for one in found if body.look(one.column).may_talk(sure=one.score >= SURE)]


def _varied(found: Sequence[Candidate], body: Body) -> list[Candidate]:
    """Without columns of the same few phrases all over, such as kinds of questions."""
    return [one for one in found if not body.look(one.column).same_all_over]


def _form(scores: Sequence[int], body: Body) -> list[Candidate]:
    return [
        Candidate(score, column)
        for column, score in enumerate(scores)
        if score
        and body.look(column).holds == "sentences"
        and body.look(column).filled >= _LEAST_FORM_CELLS
    ]


def _best(
    questions: Sequence[Candidate],
    answers: Sequence[Candidate],
    body: Body,
    headings: Sequence[Heading],
) -> Pair | None:
    """The surest pair; of equals a last word, then more sentences, then the one further left.

    What a program answered, or somebody at first, comes after what a person did in the end. Of
    several columns of one name, such as comments of a ticket or 답변 A and 답변 B, nothing
    says which is the answer.
    """
    told = {one.column: one.score for one in answers}
    named = Counter(_alike(headings[column]) for column in told)
    asked = Counter(_alike(headings[one.column]) for one in questions)
    pairs = (
        Pair(question.score + answer.score, question.column, answer.column)
        for question in questions
        for answer in answers
        if question.column != answer.column and question.score + answer.score >= LEAST_PAIR
        if named[_alike(headings[answer.column])] <= asked[_alike(headings[question.column])]
        if not _is_survey(body.look(question.column), body.look(answer.column))
        if not comments_on_labels(headings, answer.column)
        if not asks_customers(body, question.column, answer.column)
    )

    def worth(pair: Pair) -> tuple[float, ...]:
        label = headings[pair.second][-1]
        rank = is_last_word(label) - is_of_bot(label) - is_earlier_word(label)
        sure = rank if told[pair.second] >= SURE_OF_ANSWER else 0
        return (sure, pair.score, rank, *weight(pair, body))

    return max(pairs, key=worth, default=None)


def _alike(heading: Heading) -> Heading:
    """The heading without a letter at its end that tells several of one name apart."""
    return tuple(_LETTERED.sub("", label) for label in heading)


def _is_survey(question: ColumnLook, answer: ColumnLook) -> bool:
    """Whether everybody is asked the same few questions, and answers differently."""
    return question.same_all_over and answer.distinct >= _MANY_ANSWERS * question.distinct


def is_staggered(pair: Pair, body: Body, headings: Sequence[Heading]) -> bool:
    """Whether the pair's columns take turns: hardly any row fills both, many one or the other.

    A list of questions above one of answers takes no turns. The headings once more, as above each
    call, fill nothing.
    """
    named = tuple(headings[column][0] for column in (pair.first, pair.second))
    filled = [
        (bool(cell_at(row, pair.first).strip()), bool(cell_at(row, pair.second).strip()))
        for row in body.rows
        if tuple(label_of(cell_at(row, one)) for one in (pair.first, pair.second)) != named
    ]
    filled = [sides for sides in filled if any(sides)]
    asked, replied = filled.count((True, False)), filled.count((False, True))
    turns = sum(one[0] and other[1] for one, other in pairwise(filled))
    return (
        len(filled) >= _LEAST_STAGGERED
        and filled.count((True, True)) <= _MOST_BESIDE * len(filled)
        and min(asked, replied) >= _LEAST_OF_EACH * len(filled)
        and turns >= _LEAST_TURNS * min(asked, replied)
    )


def transcript_column(headings: Sequence[Heading], known: Headings, body: Body) -> int | None:
    """The column whose cells hold whole conversations, if there is one."""
    for one in candidates(headings, known.transcript):
        rows = [row for row in body.rows if cell_at(row, one.column).strip()]
        hits = sum(is_transcript(cell_at(row, one.column), body.layouts, row) for row in rows)
        if rows and hits >= _LEAST_TRANSCRIPTS * len(rows):
            return one.column
    return None


def opening_column(headings: Sequence[Heading], body: Body, whole: int) -> int:
    """The column of what customers wrote before the comments in the column `whole`; -1: none."""
    if not any(map(entries_of, body.cells(whole))):
        return -1
    asked = _talking(candidates(headings, body.layouts.headings.question), body)
    return next((one.column for one in asked if one.column != whole), -1)


def conversation_column(
    headings: Sequence[Heading], known: Headings, body: Body, taken: set[int], *, turns: bool
) -> int | None:
    """The column that tells conversations apart; of turns, one whose every cell differs is none."""
    for column, heading in enumerate(headings):
        named = known.names_conversation(heading) or (
            turns and _counts(heading[0], column, body, taken)
        )
        if column in taken or not named:
            continue
        look = body.look(column)
        if turns and look.filled >= _LEAST_IDS and look.distinct == look.filled == len(body.rows):
            continue
        return column
    return None


_LEAST_IDS, _LEAST_MIXED = 4, 0.5
_COUNTED = re.compile("건|콜|접수|문의|대화")
_COUNT = re.compile(r"[A-Za-z가-힣#_-]{0,6}\d+(?:-\d+)*")
"""What numbers a conversation: `상담1`, `D4`, `Q0001`."""


def _counts(label: str, column: int, body: Body, pair: set[int]) -> bool:
    """Whether the cells below a word for conversations number them: several speak in most.

    `pair` are the columns of speakers, who are few, and of texts.
    """
    if not _COUNTED.fullmatch(label) or body.moments(column):
        return False
    speaker = min(pair, key=lambda one: len(set(body.cells(one))))
    signs: dict[str, set[str]] = defaultdict(set)
    for row in body.rows:
        if cell := cell_at(row, column).strip():
            signs[cell].add(cell_at(row, speaker).strip())
    several = sum(len(both) > 1 for both in signs.values())
    return (
        len(signs) > 1
        and several >= _LEAST_MIXED * len(signs)
        and all(map(_COUNT.fullmatch, signs))
    )


def time_columns(headings: Sequence[Heading], body: Body, taken: set[int]) -> tuple[int, ...]:
    """The column that says when, or the two of day and time of day; () when none does."""
    found = []
    for column in _named(headings, names_time, taken):
        moments = body.moments(column)
        if moments:
            found.append((len(set(moments)), -column, max(map(len, moments))))
    if not found:
        return ()
    _, column, length = max(found)
    days = [-other for _, other, size in found if size == DAY_PARTS and -other != -column]
    if length == CLOCK_PARTS and days:
        return days[0], -column
    return (-column,)


DAY_PARTS, CLOCK_PARTS = 7, 4


def order_columns(
    headings: Sequence[Heading], body: Body, taken: set[int], speaker: int, thread: int | None
) -> tuple[int, ...]:
    """The column that numbers the utterances, or that and the one of their lines; () if none.

    Where utterances are cut into several rows, these share a number within their conversation (in
    the column `thread`), and another one counts from 0 or 1 in each of them.
    """
    columns = [
        column
        for column in _named(headings, names_order, taken)
        if len(set(body.numbers(column))) > 1
    ]
    for major, minor in permutations(columns, 2) if thread is not None else ():
        lines: dict[tuple[str, str], set[tuple[int, str]]] = defaultdict(set)
        for row in body.rows[:FIRST_ROWS]:
            utterance = cell_at(row, thread or 0), cell_at(row, major)
            if (line := cell_at(row, minor)).isdecimal():
                lines[utterance].add((int(line), cell_at(row, speaker)))
        if _count_lines(list(lines.values())[:-1]):  # the sample may end within the last one
            return major, minor
    return tuple(columns[:1])


def _count_lines(utterances: Sequence[set[tuple[int, str]]]) -> bool:
    """Whether the numbers of each utterance's lines count on, and one speaks them all."""
    return any(len(lines) > 1 for lines in utterances) and all(
        len({speaker for _, speaker in lines}) == 1
        and min(lines)[0] in (0, 1)
        and max(lines)[0] - min(lines)[0] + 1 == len(lines)
        for lines in utterances
    )


def _named(headings: Sequence[Heading], names: Callable[[str], bool], taken: set[int]) -> list[int]:
    return [
        column
        for column, heading in enumerate(headings)
        if column not in taken and any(map(names, heading))
    ]
