"""Writes the page about several models side by side, and the same figures as `report.json`.

Made from what their runs left; the only text in it that a customer wrote is masked.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cs_pipeline.files import write_atomic
from cs_pipeline.language import Words, current_language
from cs_pipeline.records import Experiment
from cs_pipeline.report import comparison_wording
from cs_pipeline.report.comparison import LIVE, MEASURES, Comparison, Measure, shown
from cs_pipeline.report.figures import Sample
from cs_pipeline.report.templates import SHOWN_SAMPLES, page_template

_GROUPS: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (
        comparison_wording.HOW_WELL,
        (
            *("bits_per_character", "loss_nats_per_token", "perplexity", "chrf", "golden_share"),
            *("stop_rate", "empty_rate", "repetition_rate"),
        ),
    ),
    (
        comparison_wording.SAFETY,
        ("leak_exact_hits", "leak_suspicious", "licence", "verdict"),
    ),
    (
        comparison_wording.SIZE,
        (
            *("parameters", "size_mib", "train_seconds", "total_seconds", "cost"),
            *("tokens_per_second", "peak_gpu_gib", "device"),
        ),
    ),
    (
        comparison_wording.TRAINING,
        (
            *("base_model", "recipe", "method", "epochs", "learning_rate", "batch_tokens"),
            *("context_turns", "dataset_version"),
        ),
    ),
)


class ShownCell(NamedTuple):
    """One model's figure."""

    label: str
    text: str
    best: bool


class ShownAnswer(NamedTuple):
    """What one model says to a question; None: it was not asked, or its answers are gone."""

    label: str
    text: str | None


class ShownQuestion(NamedTuple):
    """A validation question with its real answer, the live model's, and those of all models."""

    question: str
    context: tuple[str, ...]
    reference: str
    live: str | None
    answers: tuple[ShownAnswer, ...]


def write_comparison(
    experiment: Experiment,
    comparison: Comparison,
    samples: Mapping[str, Sequence[Sample]],
    folder: Path,
) -> Path:
    """Write `report.json` and `report.html` to `folder`, replacing what is there.

    The page is in the language of `CS_PIPELINE_LANG`.

    Args:
        experiment: What is compared, and what its members are called.
        comparison: Their figures.
        samples: Sample answers of each run, by run id; masked.
        folder: The experiment's own.

    Returns:
        The path of the page.
    """
    labels = _labels(experiment)
    finished = {
        run_id: label
        for run_id, label in labels.items()
        if comparison.runs[run_id]["device"] is not None
    }
    write_atomic(folder / "report.json", _json(experiment, comparison))
    page = page_template("comparison.html.j2").render(
        lang=current_language(),
        experiment=experiment,
        members=[(one, labels[one.run_id]) for one in experiment.members],
        trained=finished,
        columns=[*finished.values(), *([comparison_wording.LIVE_MODEL] if comparison.live else [])],
        warnings=comparison.warnings(),
        groups=_groups(comparison, finished),
        best=_wins(comparison),
        questions=_questions(finished, samples),
    )
    path = folder / "report.html"
    write_atomic(path, page.lstrip())
    return path


def _labels(experiment: Experiment) -> dict[str, str]:
    """Names by run id; where two would be called the same, the run's id stands behind."""
    called = [member.label for member in experiment.members]
    return {
        one.run_id: one.label if called.count(one.label) == 1 else f"{one.label} · {one.run_id}"
        for one in experiment.members
    }


def _json(experiment: Experiment, comparison: Comparison) -> str:
    figures = {
        "experiment": experiment.model_dump(mode="json"),
        "same_dataset": comparison.same_dataset,
        "same_tokenizer": comparison.same_tokenizer,
        "runs": comparison.runs,
        "live": comparison.live,
        "best": {one.name: list(best) for one in MEASURES if (best := comparison.best(one))},
    }
    return json.dumps(figures, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _groups(
    comparison: Comparison, labels: Mapping[str, str]
) -> list[tuple[Words, list[tuple[Words, bool, list[ShownCell]]]]]:
    """Title and rows of each table; a measure that no model has is left out."""
    measures = {measure.name: measure for measure in MEASURES}
    groups = []
    for title, names in _GROUPS:
        rows = [_row(comparison, measures[name], labels) for name in names]
        groups.append((title, [row for row in rows if any(cell.text != "-" for cell in row[2])]))
    return [(title, rows) for title, rows in groups if rows]


def _row(
    comparison: Comparison, measure: Measure, labels: Mapping[str, str]
) -> tuple[Words, bool, list[ShownCell]]:
    """Words of a measure, whether it is a number, and the models' values."""
    best, figures = comparison.best(measure), comparison.shown()
    columns = {**labels, **({LIVE: str(comparison_wording.LIVE_MODEL)} if comparison.live else {})}
    cells = [
        ShownCell(label, shown(measure, figures[run_id][measure.name]), run_id in best)
        for run_id, label in columns.items()
    ]
    return measure.words, bool(measure.form), cells


def _wins(comparison: Comparison) -> dict[str, list[Words]]:
    """Which of the measures that count most each run is best in, by run id."""
    counted = ("bits_per_character", "chrf", "golden_share", "train_seconds", "size_mib")
    wins: dict[str, list[Words]] = {}
    for measure in MEASURES:
        if measure.name in counted:
            for run_id in set(comparison.best(measure)) - {LIVE}:
                wins.setdefault(run_id, []).append(measure.words)
    return wins


def _questions(
    labels: Mapping[str, str], samples: Mapping[str, Sequence[Sample]]
) -> list[ShownQuestion]:
    """The questions that any of the models was asked, in their order, with all answers."""
    asked: dict[tuple[Any, ...], Sample] = {}
    said: dict[tuple[Any, ...], dict[str, str]] = {}
    for run_id, ones in samples.items():
        for sample in ones:
            key = (sample.context, sample.question, sample.reference)
            known = asked.setdefault(key, sample)
            if known.champion is None and sample.champion is not None:
                asked[key] = sample
            said.setdefault(key, {})[run_id] = sample.candidate
    return [
        ShownQuestion(
            sample.question,
            sample.context,
            sample.reference,
            sample.champion,
            tuple(ShownAnswer(label, said[key].get(run_id)) for run_id, label in labels.items()),
        )
        for key, sample in list(asked.items())[:SHOWN_SAMPLES]
    ]
