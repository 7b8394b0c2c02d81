"""Forgetting: exports, conversations and values go; what was made of them is marked."""

import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from cs_pipeline.config import Settings
from cs_pipeline.errors import SettingsError
from cs_pipeline.files import exclusive, private_folder, private_salt, write_atomic
from cs_pipeline.masked.digests import conversations_with, masked_values_path, value_digests
from cs_pipeline.pii.conversations import ConversationMasker
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.records import DatasetVersion, Exchange, Record
from cs_pipeline.registry import notices
from cs_pipeline.registry.model_store import ModelStore

_LEAST_PREFIX = 8
_DIGEST_CHARACTERS = 32
_CONVERSATIONS, _VALUES = ".withdrawn-conversations", ".withdrawn-values"


class Withdrawal(Record):
    """What was withdrawn, the version that is left, and the models that had learned from it."""

    exports: int
    rows: int
    dataset: DatasetVersion
    models: tuple[str, ...]
    live_model: str | None
    """The live model if it is one of `models`."""


def withdraw(
    settings: Settings,
    *,
    exports: Sequence[str] = (),
    conversations: Sequence[str] = (),
    digests: Sequence[str] = (),
) -> Withdrawal:
    """Take data out of the dataset for good.

    An export's original goes too, so that it may be dropped again, and so do the corrections of
    its refused rows. A conversation's original stays inside its export, and the conversation is
    refused in every export that comes later. The same holds for each conversation in which a value
    of one of the digests was masked.

    Args:
        settings: of the installation.
        exports: sha256, its first characters, or file name.
        conversations: ids as the exports have them.
        digests: of masked values, as `digests_of` gives them.

    Raises:
        SettingsError: no export of that name was ever merged, or several were; something is no
            digest.
        DatasetError: a shard or a file of digests is missing or changed.
    """
    from cs_pipeline.dataset.history import versions
    from cs_pipeline.dataset.withdraw import exports_with, holding
    from cs_pipeline.dataset.withdraw import withdraw as withdraw_rows
    from cs_pipeline.quality.comparison import forget_profile

    shards = {
        shard.export_sha256: shard for manifest in versions(settings) for shard in manifest.shards
    }
    names = {sha256: shard.export_name for sha256, shard in shards.items()}
    origins = {sha256: shard.origin_sha256 or sha256 for sha256, shard in shards.items()}
    named = {_resolve(names, name) for name in exports}
    wanted = {sha256 for sha256, origin in origins.items() if named & {sha256, origin}}
    values = {_digest(one) for one in digests}
    _refuse_from_now_on(settings, conversations, values)
    of_export = _conversations(settings, origins, conversations, values)
    held = wanted | exports_with(settings, of_export)
    # Marked first: after a crash the rows may be gone and with them the way to find the models.
    models = _mark_models(settings, set(holding(settings, held)))
    done = withdraw_rows(settings, exports=wanted, conversations=of_export)
    for sha256 in wanted:
        shutil.rmtree(settings.processed_dir / sha256, ignore_errors=True)
        masked_values_path(settings.processed_dir, sha256).unlink(missing_ok=True)
        for refused in settings.quarantine_dir.glob(f"*-{sha256[:8]}-refused.xlsx"):
            refused.unlink(missing_ok=True)
        forget_profile(settings, sha256)
    live = ModelStore.open(settings).live()
    return Withdrawal(
        exports=done.exports,
        rows=done.rows,
        dataset=done.dataset,
        models=models,
        live_model=live.version_id if live and live.version_id in models else None,
    )


def digests_of(settings: Settings, value: str) -> list[str]:
    """Digests under which this installation may have kept a masked value, in hex.

    Empty for what no digest is kept of: names, addresses, dates of birth, short numbers.
    """
    key = private_salt(settings.processed_dir)
    return sorted(digest.hex() for digest in value_digests(key, normalize(value).text))


def is_withdrawn(settings: Settings) -> Callable[[Exchange], bool]:
    """Whether an exchange belongs to a conversation that was withdrawn, in whatever export."""
    keys = _kept(settings.processed_dir / _CONVERSATIONS)
    if not keys:
        return lambda exchange: False
    masker = _masker(settings)
    return lambda exchange: exchange.conversation_id is not None and masker.digest(exchange) in keys


def withdrawn_values(settings: Settings) -> frozenset[bytes]:
    """Digests of values whose conversations are not wanted, in whatever export."""
    return frozenset(map(bytes.fromhex, _kept(settings.processed_dir / _VALUES)))


def _refuse_from_now_on(
    settings: Settings, conversations: Sequence[str], values: Collection[bytes]
) -> None:
    """Keep digests under the installation's salt, in the restricted area."""
    masker = _masker(settings)
    folder = settings.processed_dir
    _keep(folder / _CONVERSATIONS, (masker.digest(_any_row(one)) for one in conversations))
    _keep(folder / _VALUES, (value.hex() for value in values))


def _kept(path: Path) -> frozenset[str]:
    return frozenset(path.read_text("ascii").split()) if path.exists() else frozenset()


def _keep(path: Path, digests: Iterable[str]) -> None:
    if new := set(digests):
        with exclusive(private_folder(path.parent) / f"{path.name}.lock"):
            write_atomic(path, "\n".join(sorted(_kept(path) | new)) + "\n")


def _digest(text: str) -> bytes:
    try:
        digest = bytes.fromhex(text)
    except ValueError:
        digest = b""
    if 2 * len(digest) != _DIGEST_CHARACTERS:
        raise SettingsError(
            ko=f"해시는 16진수 {_DIGEST_CHARACTERS}자입니다. `cs-pipeline digest`로 만드세요.",
            en=f"A digest is {_DIGEST_CHARACTERS} hexadecimal characters. Make it by "
            "`cs-pipeline digest`.",
        )
    return digest


def _conversations(
    settings: Settings,
    origins: dict[str, str],
    conversations: Sequence[str],
    values: Collection[bytes],
) -> Callable[[str], Collection[str]]:
    """Gives the conversations to take out of an export, as digests that its shard knows.

    The conversations of a correction are those of the export that it corrects.
    """
    salt = private_salt(settings.processed_dir)

    def of_export(export_sha256: str) -> Collection[str]:
        masker = ConversationMasker(salt=salt + origins.get(export_sha256, export_sha256))
        found = {masker.digest(_any_row(one)) for one in conversations}
        if values:
            path = masked_values_path(settings.processed_dir, export_sha256)
            found |= conversations_with(path, values)
        return found

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
