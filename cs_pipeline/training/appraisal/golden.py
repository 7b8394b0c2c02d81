"""Golden questions, asked of the candidate and of the live model."""

import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from cs_pipeline.files import write_atomic
from cs_pipeline.golden import measured, meets
from cs_pipeline.records import GoldenMeasures, GoldenQuestion
from cs_pipeline.training.appraisal.generation import generate_answers

GOLDEN_FILE = "golden.json"
_log = logging.getLogger(__name__)


def ask_golden(
    questions: Sequence[GoldenQuestion],
    checkpoint: Path,
    champion: Path | None,
    *,
    mask_text: Callable[[str], str],
    out: Path,
) -> GoldenMeasures:
    """Ask both models; leaves their masked answers side by side in `golden.json`.

    What a model says is masked before it is looked at, so that a question may ask for a placeholder
    and no personal data can be asked for.

    Args:
        questions: At least one.
        checkpoint: Folder of the candidate.
        champion: Folder of the live model; None, or one that cannot be loaded: not asked.
        mask_text: Masks a text.
        out: Folder of the job.

    Raises:
        BaseModelError: the candidate cannot be loaded.
    """
    ours = _answers(questions, checkpoint, mask_text)
    theirs = None
    if champion is not None:
        try:
            theirs = _answers(questions, champion, mask_text)
        except Exception as error:  # the report says elsewhere what is wrong with it
            _log.warning("the live model cannot be asked (%s)", type(error).__name__)
    _write(out / GOLDEN_FILE, questions, ours, theirs)
    return measured(questions, ours, theirs)


def _answers(
    questions: Sequence[GoldenQuestion], folder: Path, mask_text: Callable[[str], str]
) -> list[str]:
    from cs_pipeline.training.appraisal.evaluate import load_for_chat

    model, tokenizer = load_for_chat(folder)
    answers = generate_answers(
        model,
        tokenizer,
        [one.question for one in questions],
        contexts=[one.context for one in questions],
    )
    return [mask_text(answer.text) for answer in answers]


def _write(
    path: Path,
    questions: Sequence[GoldenQuestion],
    ours: Sequence[str],
    theirs: Sequence[str] | None,
) -> None:
    entries = [
        {
            **question.model_dump(mode="json"),
            "candidate": ours[place],
            "met": meets(question, ours[place]),
            "champion": theirs[place] if theirs else None,
            "champion_met": meets(question, theirs[place]) if theirs else None,
        }
        for place, question in enumerate(questions)
    ]
    write_atomic(path, json.dumps(entries, ensure_ascii=False, indent=2) + "\n")
