"""A look at the whole installation, before something else finds out."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from cs_pipeline.config import RunOptions, Settings, is_s3
from cs_pipeline.doctor import Diagnosis, Examination, wording
from cs_pipeline.doctor.cluster import look_at_cluster
from cs_pipeline.doctor.gpu import look_at_gpus
from cs_pipeline.doctor.object_stores import look_at_inbox, look_at_store
from cs_pipeline.doctor.places import look_at_disks, look_at_folder, look_for_open_folders
from cs_pipeline.doctor.pods import look_at_pods
from cs_pipeline.doctor.variables import look_for_unknown, ours
from cs_pipeline.errors import CsPipelineError
from cs_pipeline.handover.sealed import sealing_key
from cs_pipeline.recipes.recipe import STORED_BASE, Recipe
from cs_pipeline.stages.base_models import stored_base
from cs_pipeline.stages.golden import golden_questions
from cs_pipeline.stages.installation import Installation

_WEIGHTS = (".safetensors", ".bin")


def examine(environment: Mapping[str, str] | None = None) -> Examination:
    """Look at settings, folders, disks, stores, base model and pods; raises nothing.

    What is tried in folders and stores is removed again; what is found out about a store's
    conditional writes is kept in it, as at its first use.
    """
    environment = os.environ if environment is None else environment
    found = look_for_unknown(environment)
    try:
        settings = Settings.read()
    except CsPipelineError as error:
        return Examination(diagnoses=(*found, Diagnosis.of_error("settings", error)))
    read = Diagnosis.ok("settings", wording.settings_read(len(ours(environment))))
    return Examination(diagnoses=(read, *found, *_look_around(Installation(settings))))


def _look_around(installation: Installation) -> Iterator[Diagnosis]:
    settings = installation.settings
    yield from _site_files(installation)
    yield from _places(settings)
    yield from _stores(installation)
    if settings.store:
        yield from _sealing(settings)
    yield from _base_model(installation)
    yield from _notifications(installation)
    if settings.train_backend == "kubernetes":
        yield from look_at_pods(settings)
        yield from look_at_cluster(settings)
    else:
        yield look_at_gpus()


def _site_files(installation: Installation) -> Iterator[Diagnosis]:
    """Layouts, quality rules, masking rules and recipe; nothing is said where they can be read."""
    for look in (
        lambda: installation.intake,
        lambda: installation.site_rules,
        lambda: golden_questions(installation),
        lambda: RunOptions.from_settings(installation.settings).training_recipe(),
    ):
        try:
            look()
        except CsPipelineError as error:
            yield Diagnosis.of_error("settings.file", error)


def _places(settings: Settings) -> Iterator[Diagnosis]:
    yield look_at_folder(settings.data_dir, needs_links=True)
    yield look_at_folder(settings.work_dir)
    for uri in dict.fromkeys((settings.store, settings.model_store_uri, settings.checkpoint_store)):
        if uri and not is_s3(uri) and not Path(uri).is_relative_to(settings.work_dir):
            yield look_at_folder(Path(uri).expanduser().resolve())
    scratch = []
    if settings.store and settings.train_backend == "local":
        scratch = [settings.scratch_folder]
        yield look_at_folder(settings.scratch_folder)
    raw = (settings.processing_dir, settings.processed_dir, settings.quarantine_dir)
    yield from look_for_open_folders(raw)
    yield from look_at_disks((settings.data_dir, settings.work_dir, *scratch))


def _stores(installation: Installation) -> Iterator[Diagnosis]:
    settings = installation.settings
    written_to = (settings.store, settings.model_store_uri, settings.checkpoint_store)
    for uri in dict.fromkeys(uri for uri in written_to if is_s3(uri)):
        try:
            store = installation.open_store(uri)
        except CsPipelineError as error:
            yield Diagnosis.of_error("store", error)
        else:
            yield from look_at_store(store)
    if is_s3(settings.inbox_uri):
        try:
            store = installation.open_store(settings.inbox_uri)
        except CsPipelineError as error:
            yield Diagnosis.of_error("inbox", error)
        else:
            yield from look_at_inbox(store)


def _sealing(settings: Settings) -> Iterator[Diagnosis]:
    try:
        sealing_key(settings.handover_key)
    except CsPipelineError as error:
        yield Diagnosis.of_error("handover.key", error)


def _notifications(installation: Installation) -> Iterator[Diagnosis]:
    """Addresses, and what failed when it was last used; nothing is sent."""
    settings = installation.settings
    if not settings.notify_urls:
        yield Diagnosis.warning("notify", wording.nobody_is_told())
        return
    failing = installation.told.state().channels
    for channel in installation.announcer.problems():
        problem = channel.problem
        seen = failing.get(channel.channel)
        if problem is not None:
            yield Diagnosis.problem("notify", problem)
        elif seen is not None and seen.problem is not None:
            words = wording.channel_failed(channel.channel, seen.problem)
            yield Diagnosis.warning("notify", words)
        else:
            yield Diagnosis.ok("notify", wording.channel_usable(channel.channel))
    if not settings.airflow_url:
        yield Diagnosis.warning("notify.link", wording.messages_without_links())


def _base_model(installation: Installation) -> Iterator[Diagnosis]:
    try:
        recipe = RunOptions.from_settings(installation.settings).training_recipe()
    except CsPipelineError:  # told with the site's files
        return
    try:
        yield _base_of(installation, recipe)
    except CsPipelineError as error:
        yield Diagnosis.of_error("base_model", error)


def _base_of(installation: Installation, recipe: Recipe) -> Diagnosis:
    from cs_pipeline.training.models.base_files import base_folder, shipped_files

    base = recipe.base_model
    if base.startswith(STORED_BASE):
        stored_base(installation.hand_over_store, recipe)
        return Diagnosis.ok("base_model", wording.base_in_store(base))
    if not (base.startswith((".", "/", "~")) or Path(base).is_dir()):
        return Diagnosis.warning("base_model", wording.base_from_hub(base))
    if installation.settings.train_backend == "kubernetes":
        return Diagnosis.warning("base_model", wording.base_out_of_a_pods_reach(base))
    folder = base_folder(base)
    names = shipped_files(folder)
    if "config.json" in names and any(name.endswith(_WEIGHTS) for name in names):
        return Diagnosis.ok("base_model", wording.base_in_folder(folder))
    return Diagnosis.problem("base_model", wording.base_without_weights(folder))
