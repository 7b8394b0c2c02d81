"""Several models trained on the same data, side by side; nothing is promoted by itself.

Each model is trained by a run of its own, exactly as a retraining trains its candidate. One of
them may be handed to the gate afterwards.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import NamedTuple

from cs_pipeline.config import GateChoice, RunOptions
from cs_pipeline.errors import CsPipelineError, DatasetError, SettingsError
from cs_pipeline.handover.keys import RunKeys
from cs_pipeline.records import (
    DatasetVersion,
    Experiment,
    Member,
    ModelVersion,
    RunRecord,
    Verdict,
)
from cs_pipeline.registry.names import find_run
from cs_pipeline.registry.runs import run_key
from cs_pipeline.stages.data import current_dataset
from cs_pipeline.stages.experiments import wording
from cs_pipeline.stages.experiments.comparing import draw_page, model_label
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.judging import gate, promote
from cs_pipeline.stages.models import keep_record, record
from cs_pipeline.stages.notes import check_note

MOST_MEMBERS = 20
"""More models in one experiment are refused."""


class Assigned(NamedTuple):
    """An experiment that was planned, and the dataset version that all of it is trained on."""

    experiment: Experiment
    dataset: DatasetVersion


class Judged(NamedTuple):
    """What the gate made of a model of an experiment; `model` is None unless it went live."""

    run: RunRecord
    verdict: Verdict
    model: ModelVersion | None


def plan_experiment(
    installation: Installation,
    *,
    experiment_id: str,
    recipes: Sequence[str],
    base_models: Sequence[str] = (),
    epochs: float | None = None,
    note: str = "",
) -> Assigned:
    """Pin the newest dataset version, and name the models: each recipe with each base model.

    Planned again by the same name, it keeps its dataset version, so that a task that is tried
    again trains on the same data.

    Args:
        installation: whose.
        experiment_id: its name.
        recipes: presets or YAML files.
        base_models: in the place of the recipes' own; empty: those.
        epochs: in the place of the recipes' own; None: those.
        note: words about it; refused where they hold personal data.

    Raises:
        SettingsError: fewer than two models or too many, a recipe that cannot be used, or a note
            that holds personal data.
        DatasetError: there is no dataset yet.
    """
    check_note(installation, note)
    settings = installation.settings
    members: list[Member] = []
    seen: set[str] = set()
    bases: Sequence[str | None] = base_models or (None,)
    for recipe, base in product(recipes, bases):
        given = {"recipe": recipe, "base_model": base, "epochs": epochs, "note": note}
        options = RunOptions.from_settings(settings, given)
        options = _recipes_own(options, base_model=base, epochs=epochs)
        trained = options.training_recipe()
        if (key := trained.model_dump_json()) in seen:
            continue
        seen.add(key)
        members.append(
            Member(
                run_id=f"{experiment_id}.{len(members) + 1}",
                label=model_label(trained.name, trained.base_model),
                options=options.model_dump(mode="json", exclude_none=True),
            )
        )
    _check_number(len(members))
    before = installation.experiments.read(experiment_id)
    dataset = _pinned(installation, before)
    experiment = Experiment(
        experiment_id=experiment_id,
        members=tuple(members),
        dataset_version=dataset.version_id,
        note=note,
        begun_at=before.begun_at if before else datetime.now(UTC),
    )
    installation.experiments.save(experiment)
    return Assigned(experiment, dataset)


def conclude_experiment(installation: Installation, experiment_id: str) -> Path:
    """Write the record of each model's run and the page about all of them; its path.

    A model whose training did not finish is shown as such.

    Raises:
        SettingsError: there is no such experiment.
        CsPipelineError: not one training finished.
    """
    experiment = installation.experiments.read(experiment_id)
    if experiment is None:
        raise SettingsError.of(wording.no_experiment(experiment_id))
    manifest = installation.versions.get(experiment.dataset_version or "")
    dataset = installation.versions.describe(manifest) if manifest else None
    for member in experiment.members:
        _keep(installation, member, dataset)
    page = draw_page(installation, experiment)
    if not any(installation.runs.is_trained(member.run_id) for member in experiment.members):
        raise CsPipelineError.of(wording.NOT_ONE_TRAINED)
    return page


def judge_candidate(installation: Installation, run: str) -> Judged:
    """Hand one model of an experiment to the gate, as a retraining hands its candidate.

    It goes live where the gate says so, and waits for a person or is rejected otherwise; the run's
    record and report follow, and people are told.

    Raises:
        SettingsError: there is no such run, or it is not a model of an experiment.
        DatasetError: its dataset version is not there any more.
        CsPipelineError: its training did not finish.
    """
    run_id = find_run(installation.runs, run)
    with installation.at_work.held(f"experiment candidate {run_id}"):
        member = _member(installation, run_id)
        result = installation.runs.result(run_id)
        manifest = installation.versions.get(result.dataset_version)
        if manifest is None:
            raise DatasetError.of(wording.no_dataset(result.dataset_version))
        dataset = installation.versions.describe(manifest)
        limits = {name: getattr(installation.settings, name) for name in GateChoice.model_fields}
        options = RunOptions.model_validate(member.options | limits)
        verdict = gate(installation, run_id=run_id, dataset=dataset, options=options)
        promoted = verdict.decision == "promote"
        model = None
        try:
            model = promote(installation, run_id=run_id) if promoted else None
        finally:
            kept = record(
                installation, run_id=run_id, options=options, dataset=dataset, model=model
            )
    return Judged(kept, verdict, model)


def _recipes_own(options: RunOptions, **given: object) -> RunOptions:
    """Without what the installation puts in the place of every recipe's own values."""
    own = dict.fromkeys(("learning_rate", "batch_tokens", "new_export_weight", "export_weights"))
    own |= given
    return options.model_copy(update=own)


def _check_number(members: int) -> None:
    if not 2 <= members <= MOST_MEMBERS:
        raise SettingsError.of(wording.wrong_number(members, MOST_MEMBERS))


def _pinned(installation: Installation, before: Experiment | None) -> DatasetVersion:
    manifest = installation.versions.get(before.dataset_version or "") if before else None
    if manifest is not None:
        return installation.versions.describe(manifest)
    return current_dataset(installation)


def _keep(installation: Installation, member: Member, dataset: DatasetVersion | None) -> None:
    """A run's record, unless the gate has judged it; what a trainer was lent goes."""
    runs, run_id = installation.runs, member.run_id
    if installation.settings.store:
        installation.hand_over_store.delete(RunKeys(run_key(run_id)).digests)
    if runs.verdict(run_id) is not None:
        return
    trained = runs.is_trained(run_id)
    pods = runs.pods(run_id).newest
    run = RunRecord(
        run_id=run_id,
        status="compared" if trained else "failed",
        finished_at=datetime.now(UTC),
        options=member.options,
        dataset=dataset,
        result=runs.result(run_id) if trained else None,
        training_problem=pods.words if pods and not trained else None,
    )
    keep_record(installation, run)


def _member(installation: Installation, run_id: str) -> Member:
    for experiment in installation.experiments.all():
        for member in experiment.members:
            if member.run_id == run_id and experiment.dataset_version is not None:
                return member
    raise SettingsError.of(wording.not_of_an_experiment(run_id))
