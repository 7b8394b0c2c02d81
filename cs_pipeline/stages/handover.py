"""Airflow's side of a training elsewhere: what goes to the store, what is taken back from it."""

import logging
from pathlib import Path

from cs_pipeline.config import AppraisalPlan, RunOptions, Settings
from cs_pipeline.errors import (
    DatasetError,
    ObjectNotFound,
    PointerConflict,
)
from cs_pipeline.files import joint_sha256, sha256_file, write_atomic
from cs_pipeline.handover.folders import manifest_of, put
from cs_pipeline.handover.keys import RunKeys, dataset_prefix, request_uri
from cs_pipeline.handover.request import (
    TrainRequest,
    Work,
    find_request,
    read_request,
    write_request,
)
from cs_pipeline.handover.results import (
    OUTPUTS,
    UPLOAD_NOTE,
    UploadNote,
    find_result,
    is_result_of,
)
from cs_pipeline.handover.sealed import seal, sealing_key
from cs_pipeline.records import DatasetVersion, Record, TrainResult
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.runs import run_key
from cs_pipeline.stages import wording_training as wording
from cs_pipeline.stages.base_models import stored_base
from cs_pipeline.stages.golden import golden_questions
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.probing import leak_digests
from cs_pipeline.stages.stores import check_stores, overwrite
from cs_pipeline.stages.weighing import weighted_rows
from cs_pipeline.storage import ObjectStore

_log = logging.getLogger(__name__)

_TRIES = 20


class HandOver(Record):
    """A training that was handed over. `command` carries it out, on any machine that has the store.

    `uploaded_bytes` is what had to be uploaded of the dataset, `digests` how many masked values
    the trainer can recognise.
    """

    command: tuple[str, ...]
    run_id: str
    attempt: int
    request_uri: str
    uploaded_bytes: int
    digests: int


def hand_over(
    installation: Installation, *, run_id: str, dataset: DatasetVersion, options: RunOptions
) -> HandOver:
    """Put all that a trainer needs into the store, and ask for a training.

    Called again before there is a result, it asks for one more attempt; afterwards it changes
    nothing, unless something that the result follows from did: then the result is withdrawn.

    Raises:
        SettingsError: no store, no key, or a recipe that cannot be used.
        BaseModelError: the base model that the recipe names is not in the store.
        DatasetError: the CSVs are not those of the dataset version.
        StorageError: the store is out of reach, refuses the key, or ignores conditions.
    """
    key = sealing_key(installation.settings.handover_key)
    store, keys = installation.hand_over_store, RunKeys(run_key(run_id))
    recipe = options.training_recipe()
    check_stores(installation)
    base = stored_base(store, recipe)
    manifest_sha256, uploaded = _put_dataset(store, dataset)
    manifest = installation.versions.get(dataset.version_id)
    digests = leak_digests(installation, manifest)
    sealed = seal(digests, key, run_id=run_id, dataset_sha256=dataset.sha256)
    work = Work(
        run_id=run_id,
        dataset=_in_store(store, dataset),
        dataset_manifest_sha256=manifest_sha256,
        validation=manifest.validation_slices if manifest else (),
        weighted=weighted_rows(installation, manifest, recipe),
        recipe=recipe,
        base=base[0] if base else None,
        appraisal=installation.settings.group(AppraisalPlan),
        golden=golden_questions(installation),
        pii_rules_sha256=rules_sha256(installation.settings),
        model_store=installation.settings.model_store_uri,
    )
    request = _ask(installation, store, keys, work, sealed)
    uri = request_uri(store.uri, keys)
    return HandOver(
        command=("cs-pipeline", "train", "--request", uri, "--attempt", str(request.attempt)),
        run_id=run_id,
        attempt=request.attempt,
        request_uri=uri,
        uploaded_bytes=uploaded,
        digests=len(digests),
    )


def take_back(installation: Installation, *, run_id: str) -> TrainResult:
    """Bring a trainer's result into the run's folder, as if it had trained there.

    Nothing but `result.json` in the store is believed. May be called again.

    Raises:
        CsPipelineError: there is no result, or it is not the one that was asked for.
        DamagedObject: what lies beside the result is not what it names.
        StorageError: the store is out of reach.
    """
    store, keys = installation.hand_over_store, RunKeys(run_key(run_id))
    request, _ = read_request(store, keys)
    result = find_result(store, keys)
    if result is None:
        raise wording.no_result(store.uri, keys.result)
    if not is_result_of(result, request) or not _candidate_is_there(installation, result):
        raise wording.not_this_result(keys.result)
    _bring(store, keys, result, installation.runs.train_folder(run_id))
    return result


def end_hand_over(installation: Installation, *, run_id: str) -> None:
    """Delete what must not outlive a run: the sealed digests, and candidates nobody will judge.

    Raises:
        StorageError: the store is out of reach; the digests may still be there.
    """
    if not installation.settings.store:
        return
    store, keys = installation.hand_over_store, RunKeys(run_key(run_id))
    store.delete(keys.digests)
    runs = installation.runs
    judged = runs.is_trained(run_id) and runs.verdict(run_id) is not None
    kept = candidate_version(runs.result(run_id)) if judged else None
    for item in store.list_objects(keys.attempts):
        if item.key.endswith(f"/{UPLOAD_NOTE}"):
            noted = UploadNote.model_validate_json(store.read(item.key)[0]).version_id
            if noted != kept:
                installation.models.discard(noted)


def rules_sha256(settings: Settings) -> str | None:
    """The sum of the site's masking rules; None: there are none."""
    return sha256_file(settings.pii_rules) if settings.pii_rules else None


def _put_dataset(store: ObjectStore, dataset: DatasetVersion) -> tuple[str, int]:
    files = {"train.csv": Path(dataset.train_uri), "val.csv": Path(dataset.val_uri)}
    if not all(path.is_file() for path in files.values()):
        raise _other_dataset(dataset)
    manifest = manifest_of(dataset.version_id, files)
    if joint_sha256(*(file.sha256 for file in manifest.files)) != dataset.sha256:
        raise _other_dataset(dataset)
    return put(store, dataset_prefix(dataset.version_id), manifest, files)


def _in_store(store: ObjectStore, dataset: DatasetVersion) -> DatasetVersion:
    folder = f"{store.uri}/{dataset_prefix(dataset.version_id)}"
    places = {
        "uri": folder,
        "train_uri": f"{folder}/train.csv",
        "val_uri": f"{folder}/val.csv",
    }
    return dataset.model_copy(update=places)


def _ask(
    installation: Installation, store: ObjectStore, keys: RunKeys, work: Work, sealed: bytes
) -> TrainRequest:
    """Write the request and, before it, the digests; a result of other work is withdrawn."""
    for _ in range(_TRIES):
        before, etag = find_request(store, keys)
        result = find_result(store, keys)
        same_work = before is not None and before.work == work
        if before and same_work and result and _still_holds(installation, result, before):
            return before
        if before and same_work and result is None:
            request = before.once_more()
        else:
            request = TrainRequest.first(work, after=before.attempt if before else 0)
        overwrite(store, keys.digests, sealed)
        try:
            write_request(store, keys, request, expected_etag=etag)
        except PointerConflict:
            continue
        if result is not None:
            _log.info("the earlier result of run %s does not hold any more", work.run_id)
            store.delete(keys.result)
        return request
    raise wording.request_keeps_changing(keys.request)


def _still_holds(installation: Installation, result: TrainResult, request: TrainRequest) -> bool:
    """Whether a run needs no further attempt: same work, same live model, candidate at hand."""
    live = installation.models.live()
    champion = result.champion.version_id if result.champion else None
    return (
        is_result_of(result, request)
        and champion == (live.version_id if live else None)
        and _candidate_is_there(installation, result)
    )


def _candidate_is_there(installation: Installation, result: TrainResult) -> bool:
    """Whether the model store holds what the result names, or held it until it was judged."""
    by = result.trained_by
    try:
        stored = installation.models.manifest_sha256(candidate_version(result))
    except ObjectNotFound:
        return installation.runs.verdict(result.run_id) is not None
    return by is not None and stored == by.manifest_sha256


def _bring(store: ObjectStore, keys: RunKeys, result: TrainResult, folder: Path) -> None:
    by = result.trained_by
    for name, sha256 in (by.files if by else {}).items():
        if by is None or name not in OUTPUTS:
            continue
        target = folder / OUTPUTS[name]
        store.download(keys.of_attempt(by.attempt, name), target)
        if sha256_file(target) != sha256:
            target.unlink()
            raise wording.not_this_checkpoint(keys.of_attempt(by.attempt, name))
    write_atomic(folder / "result.json", result.model_dump_json(indent=2) + "\n")


def _other_dataset(dataset: DatasetVersion) -> DatasetError:
    return wording.csvs_changed(dataset.uri, dataset.version_id)
