"""From a dataset version to a candidate that was measured, uploaded and tried."""

import logging
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cs_pipeline.config import AppraisalPlan, RunOptions
from cs_pipeline.errors import DamagedObject, ObjectNotFound
from cs_pipeline.handover.mirror import Mirror
from cs_pipeline.masked.digests import DigestSet
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import (
    DatasetVersion,
    GoldenQuestion,
    Progress,
    TrainingSlice,
    TrainResult,
    UploadCheck,
    ValidationSlice,
)
from cs_pipeline.stages.base_models import BaseFiles, base_files
from cs_pipeline.stages.golden import golden_questions
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.probing import leak_digests
from cs_pipeline.stages.progress import ProgressFile
from cs_pipeline.stages.progress_log import ProgressLog
from cs_pipeline.stages.upload import publish_candidate
from cs_pipeline.stages.weighing import weighted_rows
from cs_pipeline.storage import ObjectStore

if TYPE_CHECKING:
    from cs_pipeline.registry.manifests import ModelManifest
    from cs_pipeline.training.appraisal.appraisal import Safeguards
    from cs_pipeline.training.job import Champion, KeptModel, TrainJob

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Assignment:
    """What to train; the CSVs of `dataset` are files of this machine.

    `validation` names the exports of its validation rows, in their order, `weighted` those of its
    training rows where some are seen more often than others. `base` are the files of a base model
    that lay in the store, None where the recipe says enough.
    """

    run_id: str
    dataset: DatasetVersion
    recipe: Recipe
    appraisal: AppraisalPlan
    out: Path
    validation: tuple[ValidationSlice, ...] = ()
    weighted: tuple[TrainingSlice, ...] = ()
    base: BaseFiles | None = None
    golden: tuple[GoldenQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where what comes out goes: see `fine_tune`. `masked_values` is asked once."""

    masked_values: Callable[[], DigestSet]
    publish: Callable[[TrainResult], UploadCheck]
    checkpoint_store: ObjectStore | None
    deliver: Callable[[TrainResult], None] | None = None
    tell: Callable[[Progress], None] | None = None


def train_command(
    installation: Installation, *, run_id: str, dataset: DatasetVersion, options: RunOptions
) -> list[str]:
    """The argv that trains this run's candidate from the folders of this machine."""
    arguments = {
        "--run-id": run_id,
        "--dataset": dataset.uri,
        "--out": str(installation.runs.train_folder(run_id)),
        "--recipe-json": options.training_recipe().model_dump_json(),
    }
    command = [sys.executable, "-m", "cs_pipeline.cli", "train"]
    return command + [word for pair in arguments.items() for word in pair]


def train(
    installation: Installation,
    *,
    run_id: str,
    dataset: DatasetVersion,
    options: RunOptions,
    out: Path,
) -> TrainResult | None:
    """Fine-tune in this process; the live model is scored on the same validation rows.

    The candidate is uploaded and tried before its result is written. Under `torchrun` every
    process calls this, and all but the first get None.
    """
    recipe = options.training_recipe()
    manifest = installation.versions.get(dataset.version_id)
    assignment = Assignment(
        run_id=run_id,
        dataset=dataset,
        recipe=recipe,
        appraisal=installation.settings.group(AppraisalPlan),
        golden=golden_questions(installation),
        out=out,
        validation=manifest.validation_slices if manifest else (),
        weighted=weighted_rows(installation, manifest, recipe),
        base=base_files(installation, recipe),
    )
    delivery = Delivery(
        masked_values=lambda: leak_digests(installation),
        publish=lambda result: publish_candidate(installation, result, out=out),
        checkpoint_store=installation.checkpoint_mirror,
        tell=told_by(ProgressLog(), ProgressFile(out)),
    )
    return train_assignment(installation, assignment, delivery)


def told_by(*listeners: ProgressLog | ProgressFile | Mirror) -> Callable[[Progress], None]:
    """Tells each listener, in turn, how far a training is."""

    def tell(progress: Progress) -> None:
        for listener in listeners:
            listener.tell(progress)

    return tell


def train_assignment(
    installation: Installation, assignment: Assignment, delivery: Delivery
) -> TrainResult | None:
    """Fine-tune in this process. Of the installation only models and masking rules are needed."""
    from cs_pipeline.training.fine_tune import fine_tune
    from cs_pipeline.training.loop.distributed import Processes

    folder = assignment.out / ".champion"  # in a folder that is the trainer's own
    best = assignment.out / ".best"
    is_main = Processes.from_environment().is_main
    try:
        champion = _find_champion(installation, folder, best, fetch=is_main)
        masked = delivery.masked_values()
        return fine_tune(
            _job(assignment, champion),
            safeguards=_safeguards(installation, assignment, masked) if is_main else None,
            masked_values=masked,
            publish=delivery.publish,
            deliver=delivery.deliver,
            tell=delivery.tell,
            checkpoint_store=delivery.checkpoint_store,
            cache_dir=installation.training_cache,
        )
    finally:
        if is_main:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.rmtree(best, ignore_errors=True)


def _job(assignment: Assignment, champion: "Champion | None") -> "TrainJob":
    return job_on(
        assignment.dataset,
        assignment.base,
        run_id=assignment.run_id,
        out_dir=str(assignment.out),
        recipe=assignment.recipe,
        champion=champion,
        validation=assignment.validation,
        weighted=assignment.weighted,
        appraisal=assignment.appraisal,
        golden=assignment.golden,
    )


def job_on(dataset: DatasetVersion, base: BaseFiles | None, **given: Any) -> "TrainJob":
    """A training job on a dataset version; `base` are the files of a base model, None: a name."""
    from cs_pipeline.training.job import TrainJob

    return TrainJob(
        dataset_version=dataset.version_id,
        dataset_sha256=dataset.sha256,
        train_uri=dataset.train_uri,
        val_uri=dataset.val_uri,
        placeholder_form=dataset.placeholder_form,
        context_turns=dataset.context_turns,
        base_folder=str(base.folder) if base else None,
        base_sha256=base.manifest_sha256 if base else None,
        **given,
    )


def _safeguards(
    installation: Installation, assignment: Assignment, masked_values: DigestSet
) -> "Safeguards":
    from cs_pipeline.pii.model_answers import personal_kind
    from cs_pipeline.profiles.profile import profile_rows
    from cs_pipeline.training.appraisal.appraisal import Safeguards

    duplicates = assignment.dataset.duplicates_removed
    return Safeguards(
        mask_text=installation.mask_text,
        is_personal=partial(personal_kind, installation.rules_detector),
        masked_values=masked_values,
        profile=partial(profile_rows, duplicates_removed=duplicates),
    )


def _find_champion(
    installation: Installation, folder: Path, best: Path, *, fetch: bool
) -> "Champion | None":
    """The live model and, with `fetch`, its files in `folder`; None before the first one.

    The best model that was live before it comes along in the folder `best`.

    A live model that is damaged does not stop the training: the trainer reports what is wrong with
    it in the store's own words, and the gate holds the candidate for a person.
    """
    from cs_pipeline.training.job import Champion

    store = installation.models
    live = store.live()
    if live is None:
        return None
    known: dict[str, Any] = {}
    try:
        manifest = store.manifest(live.version_id)
        known = {
            "profile": manifest.profile,
            "dataset_sha256": manifest.dataset_sha256,
            "exports": manifest.exports,
            "trained_at": manifest.finished_at,
            "best": _find_best(installation, manifest, best, fetch=fetch),
        }
        if fetch:
            store.pull(folder)
    except (ObjectNotFound, DamagedObject) as error:
        log.warning("%s", error)
        known["problem"] = error.words
    return Champion(
        version_id=live.version_id,
        folder=str(folder),
        **known,
        withdrawn=installation.notices.on(live.version_id) is not None,
    )


def _find_best(
    installation: Installation, live: "ModelManifest", folder: Path, *, fetch: bool
) -> "KeptModel | None":
    """The best model of all that were live, where that is another one and may still be used."""
    from cs_pipeline.training.job import KeptModel

    version_id = live.best_version
    if version_id is None or version_id == live.version_id:
        return None
    if installation.notices.on(version_id) is not None:
        return None
    try:
        if fetch:
            installation.models.pull(folder, version_id)
    except (ObjectNotFound, DamagedObject) as error:
        log.warning("%s", error)
        return None
    return KeptModel(version_id=version_id, folder=str(folder))
