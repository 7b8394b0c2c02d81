"""A person's judgement of two models: drawing their answers, reading the verdicts."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cs_pipeline.errors import DatasetError, SettingsError
from cs_pipeline.pii.model_answers import personal_kind
from cs_pipeline.records import AnswerDraw, Preference, Reason, TrainResult
from cs_pipeline.registry import wording
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.names import find_run
from cs_pipeline.stages.audit import new_workbook
from cs_pipeline.stages.deciding.candidates import candidate_folder, validation_rows
from cs_pipeline.stages.experiments.answer_sheets import judged_anew, keep_sheet
from cs_pipeline.stages.experiments.wording import NOTHING_LIVE, all_answers_alike, unknown_draw
from cs_pipeline.stages.installation import Installation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cs_pipeline.audit.answer_pairs import AnswerPair
    from cs_pipeline.training.rows.prompt_template import Turns


class DrawnAnswers(NamedTuple):
    """A workbook with answers side by side, and what was drawn."""

    path: Path
    draw: AnswerDraw


class ReadAnswers(NamedTuple):
    """What people prefer, of which run, and the gate's rule on it (None: it has none)."""

    run_id: str
    preference: Preference
    reason: Reason | None


def draw_answers(
    installation: Installation, run: str, *, questions: int, seed: int, out: Path | None = None
) -> DrawnAnswers:
    """Ask a run's candidate and the live model validation questions; lay the answers side by side.

    Both answer as customers hear them, and both are masked. The same seed draws the same questions
    of the same dataset. Which side is whose is kept with the run and nowhere else. The same pairs
    can be judged in the workbook and on the operator's page.

    Args:
        installation: whose.
        run: its id, first characters, or `last`.
        questions: how many both are asked; all, where there are fewer different ones.
        seed: chooses the questions.
        out: workbook to write; None: a name by dataset and draw, below the work folder.

    Raises:
        SettingsError: there is no such run, nothing is live, the candidate is what is live, or
            `out` cannot be used.
        GateNotMet: the candidate is neither in the store nor in the run's folder.
        BaseModelError: one of the two cannot be loaded.
        DatasetError: there are no validation rows, or the models answer all of them alike.
    """
    from cs_pipeline.audit.answer_pairs import draw_id, mixed
    from cs_pipeline.audit.answers_workbook import write_answers

    run_id = find_run(installation.runs, run)
    result = installation.runs.result(run_id)
    candidate, live = candidate_version(result), _live_beside(installation, result)
    dataset, rows = validation_rows(installation)
    secret = installation.secret
    name = draw_id(secret, run_id, candidate, live, dataset, str(seed), str(questions))
    path = new_workbook(out or installation.audits_folder / f"answers-{dataset}-{name}.xlsx")
    asked = _chosen(rows, questions, seed)
    pairs = _answered(installation, result, live, asked)
    differing = [pair for pair in pairs if pair.candidate.strip() != pair.live.strip()]
    safe = [pair for pair in differing if not _is_personal(installation, pair)]
    if not safe:
        raise DatasetError.of(all_answers_alike(len(pairs)))
    shown, kept = mixed(safe, secret=secret, draw=name)
    draw = AnswerDraw(
        draw_id=name,
        run_id=run_id,
        candidate_version=candidate,
        live_version=live,
        dataset_version=dataset,
        seed=seed,
        questions=len(pairs),
        same=len(pairs) - len(differing),
        unsafe=len(differing) - len(safe),
        pairs=kept,
        drawn_at=datetime.now(UTC),
    )
    installation.runs.save_draw(draw)
    keep_sheet(installation, draw, shown)
    write_answers(path, name, shown)
    return DrawnAnswers(path, draw)


def read_answers(installation: Installation, workbook: Path) -> ReadAnswers:
    """What the verdicts in a workbook say; kept with the run, whose verdict and report follow.

    Nothing is promoted by it: the rule on it in the run's verdict is written anew, and a candidate
    on hold waits for a person, or for its gate to run again.

    Raises:
        DatasetError: the workbook is not one of ours or was changed, its draw is not known here,
            or too few pairs have a verdict.
    """
    from cs_pipeline.audit.answer_pairs import preference
    from cs_pipeline.audit.answers_workbook import read_answers as read_workbook

    name, verdicts = read_workbook(workbook)
    draw = installation.runs.draw(name)
    if draw is None or not verdicts.keys() <= {pair.pair_id for pair in draw.pairs}:
        raise DatasetError.of(unknown_draw(workbook.name))
    found = preference(draw, verdicts)
    installation.runs.save_preference(draw.run_id, found)
    return ReadAnswers(draw.run_id, found, judged_anew(installation, draw.run_id))


def _live_beside(installation: Installation, result: TrainResult) -> str:
    live = installation.models.live()
    if live is None:
        raise SettingsError.of(NOTHING_LIVE)
    if live.version_id == candidate_version(result):
        raise SettingsError.of(wording.is_live(live.version_id))
    return live.version_id


def _chosen(rows: "Sequence[Turns]", questions: int, seed: int) -> "list[Turns]":
    from cs_pipeline.training.appraisal.answer_measures import sample_rows

    return [rows[index] for index in sample_rows(rows, questions, seed)]


def _answered(
    installation: Installation, result: TrainResult, live: str, asked: "Sequence[Turns]"
) -> "list[AnswerPair]":
    from cs_pipeline.audit.answer_pairs import AnswerPair

    with tempfile.TemporaryDirectory(prefix="cs-answers-") as folder:
        ours = _answers(candidate_folder(installation, result, Path(folder) / "ours"), asked)
        installation.models.pull(Path(folder) / "live", live)
        theirs = _answers(Path(folder) / "live", asked)
    return [
        AnswerPair(
            question=row[-2],
            candidate=installation.mask_text(mine),
            live=installation.mask_text(other),
            context=tuple(row[:-2]),
            real=row[-1],
        )
        for row, mine, other in zip(asked, ours, theirs, strict=True)
    ]


def _answers(folder: Path, asked: "Sequence[Turns]") -> list[str]:
    from cs_pipeline.training.appraisal.evaluate import load_for_chat
    from cs_pipeline.training.appraisal.generation import generate_answers

    model, tokenizer = load_for_chat(folder)
    questions, contexts = [row[-2] for row in asked], [row[:-2] for row in asked]
    return [one.text for one in generate_answers(model, tokenizer, questions, contexts=contexts)]


def _is_personal(installation: Installation, pair: "AnswerPair") -> bool:
    """Whether something in it still looks like personal data, though all of it was masked."""
    texts = (*pair.context, pair.question, pair.real, pair.candidate, pair.live)
    return any(personal_kind(installation.rules_detector, text) for text in texts)
