"""Routes by which a person decides what answers customers; each change is noted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from cs_pipeline.errors import PointerConflict
from cs_pipeline.language import Words
from cs_pipeline.ops import error_wording
from cs_pipeline.ops.children import CheckUp, check_up, compare_again
from cs_pipeline.ops.desk import Desk
from cs_pipeline.ops.people import Guards, Person
from cs_pipeline.records import Preference, Reason, Record
from cs_pipeline.stages import (
    Installation,
    ModelCard,
    PromotionOutlook,
    hold,
    promote_held,
    promotion_outlook,
    rollback,
    rollback_outlook,
    switch_maintenance,
)

Name = Annotated[str, Field(max_length=300)]
Note = Annotated[str, Field(max_length=500)]


class Card(Record):
    """A version as a dialogue shows it."""

    version_id: str
    loss: float | None
    dataset_version: str | None
    doubts: tuple[Words, ...]

    @classmethod
    def of(cls, card: ModelCard) -> "Card":
        """The same with its doubts in words."""
        return cls(
            version_id=card.version_id,
            loss=card.loss_nats_per_token,
            dataset_version=card.dataset_version,
            doubts=tuple(doubt.words for doubt in card.doubts),
        )


class Outlook(Record):
    """What would go and what would come, and what stands against it.

    `needs_override`: only with a reason of one's own. `barred`: not even then. `ask_again`: another
    model went live since the verdict, and nobody compared again; `compared`: what came of it.
    `preference`: what people said of its answers beside those of the model that would go.
    """

    goes: Card | None
    comes: Card
    against: tuple[Words, ...] = ()
    needs_override: bool = False
    barred: bool = False
    ask_again: bool = False
    compared: Words | None = None
    preference: Preference | None = None


class RollBack(Record):
    """Go back to `to`; `goes` is what the person saw as live."""

    to: Name
    goes: Name | None
    note: Note = ""
    override: bool = False


class Promotion(Record):
    """Make the candidate of `run` live; `goes` is what the person saw as live."""

    run: Name
    goes: Name | None
    note: Note
    override: bool = False


class Compare(Record):
    """Compare the candidate of `run` with the live model, on the same rows."""

    run: Name


class Hold(Record):
    """Keep the candidate of `run` from going live."""

    run: Name
    note: Note


class Switch(Record):
    """No automatic promotion until then; a moment that has gone by ends it."""

    until: datetime
    reason: Note


class Done(Record):
    """What is live after a change."""

    live_version: str | None


def decide_routes(desk: Desk, guards: Guards) -> APIRouter:
    """Roll back, promote, hold, switch automatic promotion off and on."""
    router = APIRouter()
    _outlooks(router, desk)
    _pointer(router, desk, guards)
    _switches(router, desk, guards)
    return router


def _outlooks(router: APIRouter, desk: Desk) -> None:
    @router.get("/rollback")
    def before_rollback(to: Annotated[str, Query(max_length=300)] = "") -> Outlook:
        change = rollback_outlook(desk.reading(), to or None)
        return Outlook(
            goes=Card.of(change.goes) if change.goes else None,
            comes=Card.of(change.comes),
            needs_override=bool(change.comes.doubts),
            barred=any(doubt.kind == "missing" for doubt in change.comes.doubts),
        )

    @router.get("/promotion")
    def before_promotion(run: Annotated[str, Query(max_length=300)]) -> Outlook:
        found = promotion_outlook(desk.reading(), run)
        change = found.change
        return Outlook(
            goes=Card.of(change.goes) if change.goes else None,
            comes=Card.of(change.comes),
            against=_words(found.against),
            needs_override=found.needs_override,
            barred=bool(found.binding),
            ask_again=found.live_changed and found.recomparison is None,
            compared=found.compared,
            preference=_preference(desk.reading(), found),
        )


def _preference(installation: Installation, found: PromotionOutlook) -> Preference | None:
    goes, comes = found.change.goes, found.change.comes
    said = installation.runs.preference_of(found.run_id, comes.version_id)
    return said if said and goes and said.live_version == goes.version_id else None


def _pointer(router: APIRouter, desk: Desk, guards: Guards) -> None:
    @router.post("/rollback")
    def roll_back(asked: RollBack, who: Annotated[Person, Depends(guards.acts)]) -> Done:
        with _changing(desk, who, "rollback", asked.to, asked.goes) as installation:
            rollback(
                installation,
                to=asked.to,
                note=asked.note,
                by=who.name,
                override=asked.override,
            )
        return _done(installation)

    @router.post("/promotion")
    def promote(asked: Promotion, who: Annotated[Person, Depends(guards.acts)]) -> Done:
        with _changing(desk, who, "promote", asked.run, asked.goes) as installation:
            promote_held(
                installation,
                run_id=asked.run,
                note=asked.note,
                by=who.name,
                override=asked.override,
            )
        return _done(installation)

    @router.post("/recompare")
    def compare(asked: Compare, who: Annotated[Person, Depends(guards.acts)]) -> Done:
        """It changes nothing but what is known of the candidate."""
        desk.acting()
        with desk.actions().noted(who.name, "recompare", asked.run):
            return Done(live_version=compare_again(asked.run).live_version)


def _switches(router: APIRouter, desk: Desk, guards: Guards) -> None:
    @router.post("/hold")
    def keep_back(asked: Hold, who: Annotated[Person, Depends(guards.acts)]) -> Done:
        installation = desk.acting()
        with desk.actions().noted(who.name, "hold", asked.run):
            hold(installation, run_id=asked.run, note=asked.note, by=who.name)
        return _done(installation)

    @router.post("/doctor", dependencies=[Depends(guards.acts)])
    def look_around() -> CheckUp:
        """It tries folders and stores by writing to them, and removes that again."""
        return check_up()

    @router.put("/maintenance")
    def switch(asked: Switch, who: Annotated[Person, Depends(guards.acts)]) -> Done:
        installation = desk.acting()
        until = asked.until
        if until.tzinfo is None:
            until = until.replace(tzinfo=installation.zone)
        with desk.actions().noted(who.name, "maintenance", until.isoformat()):
            switch_maintenance(installation, until=until, reason=asked.reason, by=who.name)
        return _done(installation)


@contextmanager
def _changing(
    desk: Desk, who: Person, what: Literal["rollback", "promote"], subject: str, seen: str | None
) -> Iterator[Installation]:
    """The installation for a change of its live model: noted, and by one person at a time.

    Raises:
        PointerConflict: the person decided about another live model.
    """
    installation = desk.acting()
    with (
        desk.actions().noted(who.name, what, subject),
        installation.at_work.held(what, who.name),
    ):
        if _done(installation).live_version != seen:
            raise PointerConflict.of(error_wording.LIVE_CHANGED)
        yield installation


def _done(installation: Installation) -> Done:
    pointer = installation.models.live()
    return Done(live_version=pointer.version_id if pointer else None)


def _words(reasons: tuple[Reason, ...]) -> tuple[Words, ...]:
    return tuple(reason.words for reason in reasons)
