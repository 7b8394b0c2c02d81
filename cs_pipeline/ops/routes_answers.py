"""Routes by which people ask models and judge their answers; all texts are masked."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from cs_pipeline.ops.children import ask_live, draw_answers
from cs_pipeline.ops.desk import Desk
from cs_pipeline.ops.people import Guards, Person
from cs_pipeline.records import PairVerdict, Preference, Record
from cs_pipeline.stages import (
    AnswerSheet,
    answer_sheet,
    count_judgements,
    judge_pair,
    unused_seed,
)

Name = Annotated[str, Field(max_length=300)]


class Question(Record):
    """What a customer might ask the live model and, where `run` is named, its candidate."""

    question: Annotated[str, Field(max_length=500)] = Field(repr=False)
    run: Name = ""


class Answer(Record):
    """What a model says, masked."""

    version_id: str
    answer: str = Field(repr=False)


class Answers(Record):
    """What the live model says, and the candidate where it was asked."""

    live: Answer
    candidate: Answer | None = None


class Draw(Record):
    """Ask both models so many questions."""

    run: Name
    questions: Annotated[int, Field(ge=10, le=200)] = 30


class Drawn(Record):
    """A draw, and how many pairs can be judged."""

    draw_id: str
    pairs: int


class Judged(Record):
    """One word on one pair."""

    draw: Name
    pair: Name
    verdict: PairVerdict


class Count(Record):
    """Which draw is to be counted."""

    draw: Name


class Noted(Record):
    """What was kept."""

    pair: str


def answers_routes(desk: Desk, guards: Guards) -> APIRouter:
    """Ask, draw, judge, count."""
    router = APIRouter()
    _asking(router, desk, guards)
    _judging(router, desk, guards)
    return router


def _asking(router: APIRouter, desk: Desk, guards: Guards) -> None:
    @router.post("/ask", dependencies=[Depends(guards.acts)])
    def ask(asked: Question) -> Answers:
        """What a person types and what the models say is neither kept nor logged."""
        told, mask = ask_live(asked.question, asked.run), desk.reading().mask_text
        live, *others = [
            Answer(version_id=one.version_id, answer=mask(" ".join(one.answers)))
            for one in (told, told.beside)
            if one is not None
        ]
        return Answers(live=live, candidate=others[0] if others else None)


def _judging(router: APIRouter, desk: Desk, guards: Guards) -> None:
    @router.get("/answers")
    def sheet(run: Annotated[str, Query(max_length=300)]) -> AnswerSheet | None:
        """Until it is counted nobody is told which side is whose."""
        return answer_sheet(desk.reading(), run)

    @router.post("/answers")
    def draw(asked: Draw, who: Annotated[Person, Depends(guards.acts)]) -> Drawn:
        """It takes minutes, in a process of its own, and goes on where nobody waits for it."""
        seed = unused_seed(desk.acting(), asked.run)
        with desk.actions().noted(who.name, "draw_answers", asked.run):
            found = draw_answers(asked.run, questions=asked.questions, seed=seed)
        return Drawn(draw_id=found.draw_id, pairs=found.pairs)

    @router.put("/answers")
    def judge(asked: Judged, who: Annotated[Person, Depends(guards.acts)]) -> Noted:
        installation = desk.acting()
        with desk.actions().noted(who.name, "judge_answers", asked.pair):
            judge_pair(installation, asked.draw, asked.pair, asked.verdict, by=who.name)
        return Noted(pair=asked.pair)

    @router.post("/answers/count")
    def count(asked: Count, who: Annotated[Person, Depends(guards.acts)]) -> Preference:
        installation = desk.acting()
        with desk.actions().noted(who.name, "count_answers", asked.draw):
            return count_judgements(installation, asked.draw)
