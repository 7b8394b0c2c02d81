"""Answers of two models that people judge pair by pair: the texts, what was said, what it comes to.

The pairs are those of the workbook and are counted as there, so that both ways say the same. Until
they are counted nobody is told which side is whose; from then on nothing is added.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from cs_pipeline.errors import GateNotMet, ObjectNotFound
from cs_pipeline.files import write_atomic
from cs_pipeline.records import (
    AnswerDraw,
    Judgement,
    PairVerdict,
    Preference,
    Reason,
    Record,
    Side,
)
from cs_pipeline.registry.judgements import Judgements
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.names import find_run
from cs_pipeline.registry.rules_preference import RULE
from cs_pipeline.stages.experiments import wording
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.judging import preferred_by_people
from cs_pipeline.stages.models import keep_record

if TYPE_CHECKING:
    from cs_pipeline.audit.answer_pairs import ShownPair


class SheetPair(Record):
    """A masked pair; `verdict` is the last word on it, `candidate` its side once it is counted."""

    pair_id: str
    context: tuple[str, ...] = Field(default=(), repr=False)
    question: str = Field(repr=False)
    real: str = Field(repr=False)
    a: str = Field(repr=False)
    b: str = Field(repr=False)
    verdict: PairVerdict | None = None
    candidate: Side | None = None


class AnswerSheet(Record):
    """What was drawn and what people said of it.

    `needed` verdicts make a `preference`. `outdated`: another model is live than the one that it
    was drawn against, or the candidate was trained again; its verdicts say nothing any more.
    """

    draw_id: str
    run_id: str
    questions: int
    same: int
    drawn_at: datetime
    pairs: tuple[SheetPair, ...]
    needed: int
    outdated: bool
    preference: Preference | None = None


class _KeptSheet(Record):
    pairs: tuple[SheetPair, ...]


def keep_sheet(installation: Installation, draw: AnswerDraw, pairs: "Sequence[ShownPair]") -> None:
    """Keep the texts of a draw beside its workbook; a withdrawal of its data erases both."""
    kept = _KeptSheet(
        pairs=tuple(
            SheetPair(
                pair_id=one.pair_id,
                context=one.context,
                question=one.question,
                real=one.real,
                a=one.a,
                b=one.b,
            )
            for one in pairs
        )
    )
    write_atomic(_path(installation, draw), kept.model_dump_json())


def unused_seed(installation: Installation, run: str) -> int:
    """A seed that no draw of a run had yet."""
    draws = _judgements(installation).draws(find_run(installation.runs, run))
    return max((draw.seed for draw in draws), default=0) + 1


def answer_sheet(installation: Installation, run: str) -> AnswerSheet | None:
    """The newest draw of a run whose texts are still there.

    Raises:
        SettingsError: there is not one run of that name.
    """
    run_id = find_run(installation.runs, run)
    for draw in _judgements(installation).draws(run_id):
        if _path(installation, draw).is_file():
            return _sheet(installation, draw)
    return None


def judge_pair(
    installation: Installation, draw_id: str, pair_id: str, verdict: PairVerdict, *, by: str
) -> None:
    """Keep a person's word on one pair; the last one counts.

    Raises:
        ObjectNotFound: there is no such pair.
        GateNotMet: the draw was counted already, or is outdated.
    """
    draw = _open_draw(installation, draw_id)
    if pair_id not in {pair.pair_id for pair in draw.pairs}:
        raise ObjectNotFound.of(wording.NO_SUCH_PAIR)
    judgement = Judgement(
        draw_id=draw_id, pair_id=pair_id, verdict=verdict, by=by, at=datetime.now(UTC)
    )
    _judgements(installation).add(draw, judgement)


def count_judgements(installation: Installation, draw_id: str) -> Preference:
    """What people said of a draw, kept with the run; its verdict and its report follow.

    Raises:
        ObjectNotFound: there is no such draw.
        GateNotMet: it was counted already, or is outdated.
        DatasetError: too few pairs have a verdict.
    """
    from cs_pipeline.audit.answer_pairs import preference

    draw = _open_draw(installation, draw_id)
    said = _judgements(installation).of(draw)
    verdicts = {pair_id: one.verdict for pair_id, one in said.items()}
    found = preference(draw, verdicts, [one.by for one in said.values()])
    installation.runs.save_preference(draw.run_id, found)
    judged_anew(installation, draw.run_id)
    return found


def judged_anew(installation: Installation, run_id: str) -> Reason | None:
    """Write the rule on it into the run's verdict; what was decided stays."""
    reason = next(preferred_by_people(installation, installation.runs.result(run_id)), None)
    verdict = installation.runs.verdict(run_id)
    if verdict is not None:
        others = [one for one in verdict.reasons if one.rule != RULE]
        reasons = (*others, *([reason] if reason else []))
        verdict = verdict.model_copy(update={"reasons": reasons})
        installation.runs.change_verdict(verdict)
    if (run := installation.runs.read(run_id)) is not None:
        keep_record(installation, run.model_copy(update={"verdict": verdict or run.verdict}))
    return reason


def _sheet(installation: Installation, draw: AnswerDraw) -> AnswerSheet:
    from cs_pipeline.audit.answer_pairs import least_judged

    kept = _KeptSheet.model_validate_json(_path(installation, draw).read_bytes())
    said, counted = _judgements(installation).of(draw), _counted(installation, draw)
    sides = {pair.pair_id: pair.candidate for pair in draw.pairs} if counted else {}
    pairs = tuple(
        pair.model_copy(
            update={
                "verdict": said[pair.pair_id].verdict if pair.pair_id in said else None,
                "candidate": sides.get(pair.pair_id),
            }
        )
        for pair in kept.pairs
    )
    return AnswerSheet(
        draw_id=draw.draw_id,
        run_id=draw.run_id,
        questions=draw.questions,
        same=draw.same,
        drawn_at=draw.drawn_at,
        pairs=pairs,
        needed=least_judged(draw),
        outdated=_is_outdated(installation, draw),
        preference=counted,
    )


def _open_draw(installation: Installation, draw_id: str) -> AnswerDraw:
    draw = installation.runs.draw(draw_id)
    if draw is None:
        raise ObjectNotFound.of(wording.NO_SUCH_PAIR)
    if _counted(installation, draw) is not None:
        raise GateNotMet.of(wording.COUNTED_ALREADY)
    if _is_outdated(installation, draw):
        raise GateNotMet.of(wording.DRAW_OUTDATED)
    return draw


def _counted(installation: Installation, draw: AnswerDraw) -> Preference | None:
    found = installation.runs.preference(draw.run_id)
    return found if found is not None and found.draw_id == draw.draw_id else None


def _is_outdated(installation: Installation, draw: AnswerDraw) -> bool:
    live, runs = installation.models.live(), installation.runs
    now = candidate_version(runs.result(draw.run_id)) if runs.is_trained(draw.run_id) else None
    return draw.candidate_version != now or live is None or live.version_id != draw.live_version


def _judgements(installation: Installation) -> Judgements:
    return Judgements(installation.runs)


def _path(installation: Installation, draw: AnswerDraw) -> Path:
    folder = installation.audits_folder
    return folder / f"answers-{draw.dataset_version}-{draw.draw_id}.json"
