"""The model store: immutable versions and one small pointer, `live.json`.

    versions/<version>/files/...       the checkpoint
    versions/<version>/manifest.json   sha256 and size of each file; written after them
    live.json                          which version answers customers, and the one before
    live/<number>.json                 the same where a store has create-only writes alone
    moves/<number>.json                every move of the pointer, for ever

A version without a manifest does not exist. The pointer is moved by conditional write, so that of
two promotions at the same time one fails loudly. The chatbot service reads the pointer, downloads
the files of the manifest and checks their sums, as `pull` does.
"""

import hashlib
import shutil
import uuid
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from cs_pipeline.errors import ObjectNotFound
from cs_pipeline.files import sha256_file
from cs_pipeline.records import ModelVersion, StoredFile, TrainResult
from cs_pipeline.registry import wording_errors as wording
from cs_pipeline.registry.manifests import (
    LivePointer,
    ModelManifest,
    candidate_version,
)
from cs_pipeline.registry.moves import Move, Moves
from cs_pipeline.registry.pointer import Pointer
from cs_pipeline.storage import ObjectStore


class ModelStore:
    """Versions and the pointer of one store."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._pointer = Pointer(store)
        self._moves = Moves(store)
        self.uri = store.uri

    def live(self) -> LivePointer | None:
        """The pointer, None before the first promotion."""
        return self._pointer.read()[0]

    def versions(self) -> list[str]:
        """Ids of all complete versions, oldest first."""
        return sorted(
            PurePosixPath(item.key).parts[1]
            for item in self._store.list_objects("versions/")
            if PurePosixPath(item.key).name == "manifest.json"
            and len(PurePosixPath(item.key).parts) == 3
        )

    def manifest(self, version_id: str) -> ModelManifest:
        """What a version is made of. Raises `ObjectNotFound` when it is not in the store."""
        return self._manifest_with_sha256(version_id)[0]

    def manifest_sha256(self, version_id: str) -> str:
        """The sum of a version's manifest. Raises `ObjectNotFound`."""
        return self._manifest_with_sha256(version_id)[1]

    def publish(self, checkpoint: Path, result: TrainResult) -> str:
        """Upload the checkpoint of `result` as a version and return its id.

        The id follows from the result, so a second call finds the version complete and leaves it.

        Raises:
            StorageError: a checkpoint file is not the one that the result names.
        """
        version_id = candidate_version(result)
        try:
            self.manifest(version_id)
        except ObjectNotFound:
            self._upload(version_id, checkpoint, result)
        return version_id

    def discard(self, version_id: str) -> bool:
        """Delete a version that must not be used; what is live or was before stays.

        The manifest goes first, so that a version is never half there. Returns whether the version
        is gone; one that never was, is.
        """
        pointer = self.live()
        if pointer and version_id in (pointer.version_id, pointer.previous_version_id):
            return False
        self._store.delete(_manifest_key(version_id))
        for item in self._store.list_objects(_file_key(version_id, "")):
            self._store.delete(item.key)
        return True

    def promote(
        self,
        version_id: str,
        *,
        expected_live: str | None,
        action: str = "promote",
        note: str = "",
        by: str = "",
    ) -> ModelVersion:
        """Point `live.json` at a version, provided `expected_live` is still the live one.

        The move is entered in `moves/`. Promoting what is live already moves nothing.

        Raises:
            PointerConflict: another version went live meanwhile.
        """
        manifest, sha256 = self._manifest_with_sha256(version_id)
        pointer, etag = self._pointer.read()
        if pointer is not None:
            self._moves.enter(pointer)  # a crash may have left it out
        if pointer is None or pointer.version_id != version_id:
            live_id = pointer.version_id if pointer else None
            if live_id != expected_live:
                raise wording.live_model_moved(expected_live, live_id)
            pointer = LivePointer(
                version_id=version_id,
                manifest_sha256=sha256,
                previous_version_id=live_id,
                run_id=manifest.run_id,
                moved_at=datetime.now(UTC),
                action=action,
                note=note,
                by=by,
                move=self._moves.next_number(pointer),
            )
            self._pointer.move(pointer, expected=etag)
            self._moves.enter(pointer)
        return self._describe(manifest, pointer)

    def moves(self) -> list[Move]:
        """Every move of the pointer, oldest first."""
        return self._moves.all(self.live())

    def newest_moves(self, limit: int) -> list[Move]:
        """The newest moves of the pointer, oldest first; no others are read."""
        return self._moves.newest(self.live(), limit)

    def live_version(self) -> ModelVersion | None:
        """The live model in full, None before the first promotion."""
        pointer = self.live()
        return self._describe(self.manifest(pointer.version_id), pointer) if pointer else None

    def pull(self, target: Path, version_id: str | None = None) -> str:
        """Download a version (default: the live one) into `target` and verify every byte.

        `target` is replaced only when all files are there and right; a target that already holds
        the right files is left as it is. Returns the version id.

        Raises:
            ObjectNotFound: nothing is live, or the version is not in the store.
            DamagedObject: a file is not what the manifest says.
            StorageError: `target` holds files that are no model.
        """
        pointer = self.live() if version_id is None else None
        wanted = version_id or (pointer.version_id if pointer else None)
        if wanted is None:
            raise wording.nothing_live(self.uri)
        manifest, sha256 = self._manifest_with_sha256(wanted)
        if pointer and sha256 != pointer.manifest_sha256:
            raise wording.damaged_object(f"{wanted}/manifest.json")
        if not _holds(target, manifest):
            self._download(manifest, target)
        return wanted

    def _download(self, manifest: ModelManifest, target: Path) -> None:
        if target.exists() and any(target.iterdir()) and not (target / "config.json").exists():
            raise wording.not_a_model(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        incoming = target.parent / f".{target.name}.{uuid.uuid4().hex}"
        replaced = incoming.with_suffix(".replaced")
        try:
            for file in manifest.files:
                key = _file_key(manifest.version_id, file.path)
                self._store.download(key, incoming / file.path)
            if not _holds(incoming, manifest):
                raise wording.damaged_object(manifest.version_id)
            if target.exists():
                target.rename(replaced)
            incoming.rename(target)
        finally:
            shutil.rmtree(incoming, ignore_errors=True)
            shutil.rmtree(replaced, ignore_errors=True)

    def _upload(self, version_id: str, checkpoint: Path, result: TrainResult) -> None:
        files = []
        for name, sha256 in sorted(result.checkpoint_files.items()):
            path = checkpoint / name
            if not path.is_file() or sha256_file(path) != sha256:
                raise wording.changed_checkpoint(name)
            self._store.upload(path, _file_key(version_id, name))
            files.append(StoredFile(path=name, sha256=sha256, size_bytes=path.stat().st_size))
        manifest = ModelManifest.of(result, files)
        data = manifest.model_dump_json(indent=2).encode()
        self._store.write_if(_manifest_key(version_id), data, expected_etag=None)

    def _manifest_with_sha256(self, version_id: str) -> tuple[ModelManifest, str]:
        data, _ = self._store.read(_manifest_key(version_id))
        try:
            return ModelManifest.model_validate_json(data), hashlib.sha256(data).hexdigest()
        except ValidationError:
            raise wording.damaged_object(f"{version_id}/manifest.json") from None

    def _describe(self, manifest: ModelManifest, pointer: LivePointer) -> ModelVersion:
        return ModelVersion(
            version_id=manifest.version_id,
            uri=f"{self.uri}/versions/{manifest.version_id}",
            manifest_sha256=pointer.manifest_sha256,
            run_id=manifest.run_id,
            dataset_version=manifest.dataset_version,
            base_model=manifest.base_model,
            loss_nats_per_token=manifest.loss_nats_per_token,
            previous_version_id=pointer.previous_version_id,
            promoted_at=pointer.moved_at,
        )


def _manifest_key(version_id: str) -> str:
    return f"versions/{version_id}/manifest.json"


def _file_key(version_id: str, name: str) -> str:
    return f"versions/{version_id}/files/{name}"


def _holds(folder: Path, manifest: ModelManifest) -> bool:
    return all(
        (folder / file.path).is_file() and sha256_file(folder / file.path) == file.sha256
        for file in manifest.files
    )
