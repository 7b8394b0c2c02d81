"""Writes `report.html` (one self-contained page) and `report.json` (its figures).

Made from the run's record, the trainer's curves and its sample answers; the only text in them that
a customer wrote is masked. Needs no torch. Every word that is not a finding of a rule is in the
templates beside this file.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cs_pipeline import numbers
from cs_pipeline.files import write_atomic
from cs_pipeline.language import current_language
from cs_pipeline.records import (
    DataProfile,
    DatasetVersion,
    Preference,
    Reason,
    RunRecord,
    TrainResult,
)
from cs_pipeline.report import charts
from cs_pipeline.report.analysis import Analysis, analyse
from cs_pipeline.report.figures import (
    Change,
    Point,
    data_figures,
    dataset_changes,
    measures,
    read_points,
    read_samples,
    series,
    vocabulary_shift,
)
from cs_pipeline.report.golden import read_golden
from cs_pipeline.report.remarks import Facts
from cs_pipeline.report.templates import page_template


def write_report(
    run: RunRecord,
    folder: Path,
    previous: DatasetVersion | None = None,
    previous_profile: DataProfile | None = None,
    preference: Preference | None = None,
) -> Path:
    """Write `report.json` and `report.html` to `folder`, replacing what is there.

    Curves come from `folder/train/metrics.jsonl` and sample answers from
    `folder/train/samples.json` where they exist; damaged entries are skipped. The page is in the
    language of `CS_PIPELINE_LANG`.

    Args:
        run: What became of the run.
        folder: The run's own.
        previous: The dataset version before this run's, to compare with.
        previous_profile: Its shape; None: that of the live model's data.
        preference: What people said of its answers beside the live model's; None: nothing.

    Returns:
        The path of the page.
    """
    points = read_points(folder / "train" / "metrics.jsonl")
    facts = _facts(run, points)
    analysis = analyse(facts)
    dataset = _dataset_figures(run, previous, previous_profile)
    write_atomic(
        folder / "report.json", _json(run, points, analysis, dataset["changes"], preference)
    )
    page = page_template("page.html.j2").render(
        lang=current_language(),
        run=run,
        reasons=_reasons(run),
        analysis=analysis,
        facts=facts,
        limit=facts.limit,
        samples=read_samples(folder / "train" / "samples.json"),
        golden=read_golden(folder / "train" / "golden.json"),
        preference=preference,
        **dataset,
        **data_figures(run),
        **_result_figures(run),
        **_charts(run, points, facts),
    )
    path = folder / "report.html"
    write_atomic(path, page.lstrip())
    return path


def _json(
    run: RunRecord,
    points: Sequence[Point],
    analysis: Analysis,
    changes: Sequence[Change],
    preference: Preference | None,
) -> str:
    told = {
        name: [sentence.model_dump() for sentence in getattr(analysis, name)]
        for name in ("course", "strengths", "weaknesses", "next_steps")
    }
    figures = {
        "run": json.loads(run.model_dump_json()),
        "curves": points,
        "dataset_changes": [change._asdict() for change in changes],
        "analysis": told,
        "preference": preference.model_dump(mode="json") if preference else None,
    }
    return json.dumps(figures, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _facts(run: RunRecord, points: Sequence[Point]) -> Facts:
    data = data_figures(run)
    return Facts(
        train=series(points, "train_loss_nats_per_token"),
        evals=series(points, "eval_loss_nats_per_token"),
        gradient=series(points, "gradient_norm"),
        rate=series(points, "learning_rate"),
        max_gradient_norm=_recipe_figure(run.result, "max_gradient_norm"),
        limit=_limit(run),
        result=run.result,
        rows_read=data["rows_read"],
        rows_refused=data["rows_refused"],
    )


def _recipe_figure(result: TrainResult | None, name: str) -> float | None:
    return numbers.finite(result.recipe.get(name)) if result else None


def _reasons(run: RunRecord) -> Mapping[str, Reason]:
    return {reason.rule: reason for reason in run.verdict.reasons} if run.verdict else {}


def _limit(run: RunRecord) -> float | None:
    """The eval loss limit that the gate applied, else the one that the run was asked for."""
    reason = _reasons(run).get("below_limit")
    return numbers.finite(reason.limit if reason else run.options.get("max_eval_loss"))


def _needed(run: RunRecord) -> float | None:
    reason = _reasons(run).get("better_than_champion")
    return numbers.finite(reason.limit) if reason else None


def _dataset_figures(
    run: RunRecord, previous: DatasetVersion | None, previous_profile: DataProfile | None
) -> dict[str, Any]:
    champion = run.result.champion if run.result else None
    profile = previous_profile or (champion.profile if champion else None)
    return {
        "previous": previous,
        "changes": dataset_changes(run, previous, profile),
        "shift": vocabulary_shift(profile, run.result.profile if run.result else None),
        "shape_is_champions": profile is not None and previous_profile is None,
    }


def _result_figures(run: RunRecord) -> dict[str, Any]:
    result = run.result
    champion = result.champion if result else None
    return {
        "result": result,
        "champion": champion,
        "measures": measures(result) if result else [],
        "needed": _needed(run),
        # Unlike tokenizers are compared in bits per character.
        "same_tokenizer": result is not None
        and (champion is None or champion.tokenizer_sha256 == result.tokenizer_sha256),
    }


def _charts(run: RunRecord, points: Sequence[Point], facts: Facts) -> dict[str, Any]:
    result = run.result
    champion = result.champion if result else None
    comparable = champion and result and champion.tokenizer_sha256 == result.tokenizer_sha256
    score = champion.score if champion and comparable else None
    comparison = result.comparison if result else None
    return {
        "charts": charts.curve_charts(
            points,
            limit=facts.limit,
            champion=numbers.finite(score.loss_nats_per_token) if score else None,
            max_gradient_norm=facts.max_gradient_norm,
        ),
        "interval": charts.interval_chart(comparison, _needed(run)) if comparison else None,
    }
