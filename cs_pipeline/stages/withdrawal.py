"""Forgetting: an export or a conversation leaves the dataset, and what was made of it is marked."""

import shutil
from collections.abc import Callable, Collection, Sequence

from cs_pipeline.config import Settings
from cs_pipeline.errors import SettingsError
from cs_pipeline.files import exclusive, private_folder, private_salt, write_atomic
from cs_pipeline.pii.conversations import ConversationMasker
from cs_pipeline.records import DatasetVersion, Exchange, Record
from cs_pipeline.registry import notices
from cs_pipeline.registry.model_store import ModelStore
from cs_pipeline.value_digests import masked_values_path

_LEAST_PREFIX = 8
_WITHDRAWN = ".withdrawn-conversations"


class Withdrawal(Record):
    """What was withdrawn, the version that is left, and the models that had learned from it."""

    exports: int
    rows: int
    dataset: DatasetVersion
    models: tuple[str, ...]
    live_model: str | None
    """The live model if it is one of `models`."""


def withdraw(
    settings: Settings, *, exports: Sequence[str] = (), conversations: Sequence[str] = ()
) -> Withdrawal:
    """Take exports (sha256, its first characters, or file name) and conversations (id) out.

    An export's original goes too, so that it may be dropped again; a conversation's stays inside
    its export, and the conversation is refused in every export that comes later.

    Raises:
        SettingsError: no export of that name was ever merged, or several were.
        DatasetError: a shard is missing or changed.
    """
    from cs_pipeline.dataset.history import versions
    from cs_pipeline.dataset.withdraw import exports_with, holding
    from cs_pipeline.dataset.withdraw import withdraw as withdraw_rows
    from cs_pipeline.quality.comparison import forget_profile

    known = {
        shard.export_sha256: shard.export_name
        for manifest in versions(settings)
        for shard in manifest.shards
    }
    wanted = {_resolve(known, name) for name in exports}
    _refuse_from_now_on(settings, conversations)
    digests = _digests(settings, conversations)
    held = wanted | exports_with(settings, digests)
    # Marked first: after a crash the rows may be gone and with them the way to find the models.
    models = _mark_models(settings, set(holding(settings, held)))
    done = withdraw_rows(settings, exports=wanted, conversations=digests)
    for sha256 in wanted:
        shutil.rmtree(settings.processed_dir / sha256, ignore_errors=True)
        masked_values_path(settings.processed_dir, sha256).unlink(missing_ok=True)
        forget_profile(settings, sha256)
    live = ModelStore.open(settings).live()
    return Withdrawal(
        exports=done.exports,
        rows=done.rows,
        dataset=done.dataset,
        models=models,
        live_model=live.version_id if live and live.version_id in models else None,
    )


def is_withdrawn(settings: Settings) -> Callable[[Exchange], bool]:
    """Whether an exchange belongs to a conversation that was withdrawn, in whatever export."""
    path = settings.processed_dir / _WITHDRAWN
    keys = frozenset(path.read_text("ascii").split()) if path.exists() else frozenset()
    if not keys:
        return lambda exchange: False
    masker = _masker(settings)
    return lambda exchange: exchange.conversation_id is not None and masker.digest(exchange) in keys


def _refuse_from_now_on(settings: Settings, conversations: Sequence[str]) -> None:
    """Keep digests of the ids under the installation's salt, in the restricted area."""
    if not conversations:
        return
    folder = private_folder(settings.processed_dir)
    masker = _masker(settings)
    with exclusive(folder / f"{_WITHDRAWN}.lock"):
        path = folder / _WITHDRAWN
        present = set(path.read_text("ascii").split()) if path.exists() else set()
        present |= {masker.digest(_any_row(one)) for one in conversations}
        write_atomic(path, "\n".join(sorted(present)) + "\n")


def _digests(settings: Settings, conversations: Sequence[str]) -> Callable[[str], Collection[str]]:
    salt = private_salt(settings.processed_dir)

    def of_export(export_sha256: str) -> Collection[str]:
        masker = ConversationMasker(salt=salt + export_sha256)
        return {masker.digest(_any_row(one)) for one in conversations}

    return of_export


def _mark_models(settings: Settings, dataset_versions: Collection[str]) -> tuple[str, ...]:
    store = ModelStore.open(settings)
    marked = []
    for version_id in store.versions():
        dataset_version = store.manifest(version_id).dataset_version
        if dataset_version in dataset_versions:
            notices.mark(settings, version_id, dataset_version=dataset_version)
            marked.append(version_id)
    return tuple(marked)


def _resolve(known: dict[str, str], wanted: str) -> str:
    found = [
        sha256
        for sha256, name in known.items()
        if name == wanted or (len(wanted) >= _LEAST_PREFIX and sha256.startswith(wanted.lower()))
    ]
    if len(found) == 1:
        return found[0]
    raise SettingsError(
        ko=f"{wanted}에 해당하는 엑셀이 {len(found)}개입니다. "
        "`cs-pipeline dataset log --exports`의 sha256을 앞 8자리 이상 적으세요.",
        en=f"{len(found)} exports go by {wanted}. Name one by at least {_LEAST_PREFIX} characters "
        "of its sha256, from `cs-pipeline dataset log --exports`.",
    )


def _masker(settings: Settings) -> ConversationMasker:
    return ConversationMasker(salt=private_salt(settings.processed_dir))


def _any_row(conversation_id: str) -> Exchange:
    return Exchange("", "", "", "", "", conversation_id=conversation_id)
