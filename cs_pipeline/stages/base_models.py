"""Base models that lie in the store, for trainers without a way to the model hub."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cs_pipeline.errors import ObjectNotFound
from cs_pipeline.files import exclusive
from cs_pipeline.handover.folders import (
    FolderManifest,
    check_room,
    fetch,
    manifest_of,
    put,
    read_manifest,
)
from cs_pipeline.handover.keys import base_prefix
from cs_pipeline.handover.request import StoredBase
from cs_pipeline.recipes.recipe import STORED_BASE, Recipe
from cs_pipeline.stages import wording_training as wording
from cs_pipeline.stages.installation import Installation
from cs_pipeline.storage import ObjectStore

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class BaseFiles:
    """A base model from the store, on this machine."""

    folder: Path
    manifest_sha256: str


class PushedBase(NamedTuple):
    """A base model as it lies in the store now; `uploaded_bytes` is 0 where it lay there before."""

    base_model: str
    manifest_sha256: str
    uploaded_bytes: int


def push_base(installation: Installation, folder: Path, *, name: str | None = None) -> PushedBase:
    """Check the base model in `folder` on Korean text and upload it, whole or not at all.

    Raises:
        BaseModelError: there is no base model, or its tokenizer would destroy Korean text.
        SettingsError: the name is not allowed, or there is no store.
        StorageError: the store is out of reach, or holds another model of this name.
    """
    from cs_pipeline.training.models.base_files import base_folder, shipped_files
    from cs_pipeline.training.models.base_model import load_tokenizer

    store = installation.hand_over_store
    name = _allowed(name or folder.resolve().name)
    folder = base_folder(str(folder.resolve()))
    load_tokenizer(str(folder))
    files = shipped_files(folder)
    if not any(path.suffix in {".safetensors", ".bin"} for path in files.values()):
        raise wording.no_weights(folder)
    manifest = manifest_of(name, files)
    sha256, uploaded = put(store, base_prefix(name), manifest, files)
    return PushedBase(f"{STORED_BASE}{name}", sha256, uploaded)


def stored_base(store: ObjectStore, recipe: Recipe) -> tuple[StoredBase, FolderManifest] | None:
    """The base model of a recipe as it lies in the store; None where the recipe names no such one.

    Raises:
        BaseModelError: it is not in the store.
        StorageError: the store is out of reach.
    """
    if not recipe.base_model.startswith(STORED_BASE):
        return None
    name = _allowed(recipe.base_model.removeprefix(STORED_BASE))
    try:
        manifest, sha256 = read_manifest(store, base_prefix(name))
    except ObjectNotFound:
        raise wording.base_not_in_store(store.uri, name) from None
    return StoredBase(name=name, manifest_sha256=sha256), manifest


def base_files(
    installation: Installation, recipe: Recipe, *, wanted: StoredBase | None = None
) -> BaseFiles | None:
    """The verified files of a recipe's base model in the store; None: the recipe names no such one.

    They are kept in the trainer's cache. Several processes may call this at once.

    Args:
        installation: whose store and cache.
        recipe: what is trained.
        wanted: what it has to be; None: what lies in the store now.

    Raises:
        BaseModelError: it is not in the store.
        DamagedObject: it is not the wanted one, or not what its manifest says.
        StorageError: the store is out of reach, or the disk has no room.
    """
    is_stored = recipe.base_model.startswith(STORED_BASE)
    found = stored_base(installation.hand_over_store, recipe) if is_stored else None
    if found is None:
        return None
    stored, manifest = found
    if wanted and stored != wanted:
        raise wording.base_changed(stored.name)
    target = installation.training_cache / "base" / stored.manifest_sha256[:16] / stored.name
    with exclusive(target.parent / ".lock"):
        if not target.exists():
            check_room(target.parent, manifest.size_bytes)
        fetch(installation.hand_over_store, base_prefix(stored.name), manifest, target)
    return BaseFiles(target, stored.manifest_sha256)


def _allowed(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise wording.wrong_base_name()
    return name
