"""The trainer's side of a training that was handed over: it knows a store and nothing else."""

import logging
import os
import shutil
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cs_pipeline.config import Settings
from cs_pipeline.errors import (
    AttemptStopped,
    PointerConflict,
    TrainingInterrupted,
)
from cs_pipeline.files import (
    exclusive,
    joint_sha256,
    private_folder,
    sha256_file,
    write_atomic,
)
from cs_pipeline.handover.fenced import FencedStore
from cs_pipeline.handover.folders import FolderManifest, check_room, fetch, read_manifest
from cs_pipeline.handover.keys import RunKeys, dataset_prefix, located
from cs_pipeline.handover.lease import Lease
from cs_pipeline.handover.mirror import Mirror
from cs_pipeline.handover.request import TrainRequest, Work, read_request
from cs_pipeline.handover.results import (
    OUTPUTS,
    UPLOAD_NOTE,
    UploadNote,
    find_result,
    is_result_of,
)
from cs_pipeline.handover.sealed import sealing_key, unseal
from cs_pipeline.masked.digests import DigestSet
from cs_pipeline.records import DatasetVersion, TrainedBy, TrainResult
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.stages import wording_training as wording
from cs_pipeline.stages.base_models import base_files
from cs_pipeline.stages.handover import rules_sha256
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.progress_log import ProgressLog
from cs_pipeline.stages.training import Assignment, Delivery, told_by, train_assignment
from cs_pipeline.stages.upload import publish_noted
from cs_pipeline.storage import ObjectStore, open_store

_log = logging.getLogger(__name__)

POD_VARIABLE, IMAGE_VARIABLE = "CS_PIPELINE_POD_UID", "CS_PIPELINE_IMAGE_DIGEST"

Opener = Callable[[str], ObjectStore]


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One attempt at a request: its number, where it keeps its files, what it may open."""

    request: TrainRequest
    keys: RunKeys
    number: int
    folder: Path
    settings: Settings
    opener: Opener
    lease: Lease

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def installation(self) -> Installation:
        """Stores that refuse to be written to once the lease is lost; no folder of Airflow's."""
        return Installation(
            self.settings, opener=lambda uri: FencedStore(self.opener(uri), self.lease.check)
        )


def train_request(
    uri: str, *, attempt: int | None = None, opener: Opener | None = None
) -> TrainResult | None:
    """Train what the request at `uri` asks for, in this process, and leave the result in the store.

    Ends at once where the store holds the result already. Under `torchrun` every process calls
    this; all but the first get None.

    Args:
        uri: of a `request.json` that `hand_over` wrote.
        attempt: number of this attempt; None: the newest one that was asked for.
        opener: what opens a store by its address; None: each as it is.

    Raises:
        SettingsError: the address, the key or the site's masking rules are not the request's.
        DatasetError: the dataset in the store is not the one that was asked for.
        LeaseLost: another trainer is at work on the run; nothing was written since.
        AttemptStopped: SIGTERM; the next attempt goes on from the last checkpoint.
        StorageError: the store is out of reach, or holds something damaged.
    """
    from cs_pipeline.training.loop.distributed import Processes

    root, keys = located(uri)
    settings = Settings.load(store=root)
    opener = opener or partial(open_store, stores=settings)
    store = opener(root)
    request, _ = read_request(store, keys)
    found = find_result(store, keys)
    is_main = Processes.from_environment().is_main
    if found and is_result_of(found, request):
        _log.info("run %s is already trained; its result is in the store", found.run_id)
        return found if is_main else None
    _check_rules(settings, request.work)
    begun = _begin(settings, keys, request, attempt or request.attempt, opener)
    if is_main:
        return _train_alone(begun)
    return _train(begun, tell=None)


def _begin(
    settings: Settings, keys: RunKeys, request: TrainRequest, number: int, opener: Opener
) -> _Attempt:
    """An attempt in a folder of its own, with a work folder there and no data folder at all."""
    scratch = settings.scratch_folder
    folder = scratch / f"cs-pipeline-{keys.run_key}-{number}"
    places = {"work_dir": folder / "work", "data_dir": folder / "none"}
    changed = {**places, "model_store": request.work.model_store, "checkpoint_store": ""}
    lease = Lease(
        opener(settings.store),
        keys.lease,
        attempt=number,
        holder=os.environ.get(POD_VARIABLE) or f"{socket.gethostname()}:{os.getpid()}",
        seconds=settings.lease_seconds,
    )
    return _Attempt(
        request, keys, number, folder, settings.model_copy(update=changed), opener, lease
    )


def _train_alone(begun: _Attempt) -> TrainResult | None:
    """With the lease, and watched; a lost lease stops the training as SIGTERM does."""
    from cs_pipeline.training.loop.stop_request import stop_on_sigterm

    begun.lease.take()
    _remove_earlier(begun)
    private_folder(begun.folder)
    mirror = Mirror(
        begun.installation().hand_over_store,
        lambda name: begun.keys.of_attempt(begun.number, name),
        curves=begun.out / "metrics.jsonl",
        folder=begun.folder / "mirror",
        seconds=begun.settings.mirror_seconds,
    )
    try:
        with stop_on_sigterm(), begun.lease.kept(_stop_this_process), mirror.running():
            return _train(begun, tell=mirror)
    except TrainingInterrupted as error:
        begun.lease.check()  # names the true reason where it is lost
        raise AttemptStopped.of(error.words) from None
    finally:
        shutil.rmtree(begun.folder, ignore_errors=True)


def _stop_this_process() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def _remove_earlier(begun: _Attempt) -> None:
    """What a killed attempt left on this machine; it may write to the store no more."""
    name = f"cs-pipeline-{begun.keys.run_key}-"
    for folder in begun.folder.parent.glob(f"{name}*"):
        number = folder.name.removeprefix(name)
        if number.isdigit() and int(number) < begun.number:
            shutil.rmtree(folder, ignore_errors=True)


def _train(begun: _Attempt, *, tell: Mirror | None) -> TrainResult | None:
    installation, work = begun.installation(), begun.request.work
    store = installation.hand_over_store
    assignment = Assignment(
        run_id=work.run_id,
        dataset=_fetch_dataset(store, work, begun.folder / "data"),
        recipe=work.recipe,
        appraisal=work.appraisal,
        golden=work.golden,
        out=begun.out,
        validation=work.validation,
        weighted=work.weighted,
        base=base_files(installation, work.recipe, wanted=work.base),
    )
    delivery = Delivery(
        masked_values=lambda: _masked_values(store, begun),
        publish=lambda result: publish_noted(
            installation, result, out=begun.out, note=partial(_note, store, begun)
        ),
        checkpoint_store=installation.open_store(f"{store.uri}/{begun.keys.resume}"),
        deliver=partial(_deliver, installation, begun),
        tell=told_by(ProgressLog(), tell) if tell else None,
    )
    if train_assignment(installation, assignment, delivery) is None:
        return None
    return find_result(store, begun.keys)


def _fetch_dataset(store: ObjectStore, work: Work, folder: Path) -> DatasetVersion:
    """The dataset on this machine, checked before anybody reads it.

    Raises:
        DatasetError: the store's is another one.
        DamagedObject: a file is not what the manifest says.
        StorageError: the store is out of reach, or the disk has no room.
    """
    dataset = work.dataset
    prefix = dataset_prefix(dataset.version_id)
    manifest, sha256 = read_manifest(store, prefix)
    if sha256 != work.dataset_manifest_sha256 or _joint_sha256(manifest) != dataset.sha256:
        raise wording.other_dataset(dataset.version_id)
    folder.mkdir(parents=True, exist_ok=True)
    with exclusive(folder / ".lock"):  # the processes of a distributed run come here together
        check_room(folder, manifest.size_bytes)
        fetch(store, prefix, manifest, folder)
    places = {
        "uri": str(folder),
        "train_uri": str(folder / "train.csv"),
        "val_uri": str(folder / "val.csv"),
    }
    return dataset.model_copy(update=places)


def _joint_sha256(manifest: FolderManifest) -> str:
    return joint_sha256(*(manifest.sha256_of(name) or "" for name in ("train.csv", "val.csv")))


def _check_rules(settings: Settings, work: Work) -> None:
    """The sample answers must be masked by the rules that the conversations were masked by."""
    if rules_sha256(settings) != work.pii_rules_sha256:
        raise wording.other_pii_rules()


def _masked_values(store: ObjectStore, begun: _Attempt) -> DigestSet:
    work = begun.request.work
    return unseal(
        store.read(begun.keys.digests)[0],
        sealing_key(begun.settings.handover_key),
        run_id=work.run_id,
        dataset_sha256=work.dataset.sha256,
    )


def _note(store: ObjectStore, begun: _Attempt, version_id: str) -> None:
    """Leave the version's name, so that a candidate that nobody will judge can be deleted."""
    path = begun.folder / UPLOAD_NOTE
    write_atomic(path, UploadNote(version_id=version_id).model_dump_json())
    store.upload(path, begun.keys.of_attempt(begun.number, UPLOAD_NOTE))


def _deliver(installation: Installation, begun: _Attempt, result: TrainResult) -> None:
    """Upload what lies beside the result and then, create-only, the result.

    Where another attempt at the same work was first, its result stands.
    """
    store, sums = installation.hand_over_store, {}
    for name, local in OUTPUTS.items():
        path = begun.out / local
        if path.is_file():
            store.upload(path, begun.keys.of_attempt(begun.number, name))
            sums[name] = sha256_file(path)
    version_id = candidate_version(result)
    by = TrainedBy(
        token=begun.request.token,
        attempt=begun.number,
        holder=begun.lease.holder,
        image_digest=os.environ.get(IMAGE_VARIABLE) or None,
        manifest_sha256=installation.models.manifest_sha256(version_id),
        files=sums,
    )
    changed = {
        "checkpoint_uri": f"{installation.models.uri}/versions/{version_id}",
        "trained_by": by,
    }
    data = result.model_copy(update=changed).model_dump_json(indent=2).encode()
    try:
        store.write_if(begun.keys.result, data, expected_etag=None)
    except PointerConflict:
        found = find_result(store, begun.keys)
        if found is None or not is_result_of(found, begun.request):
            raise
        _log.info("another attempt at run %s was first; its result stands", result.run_id)
