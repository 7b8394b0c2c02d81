"""Forgetting: exports, conversations and values go; what was made of them is marked."""

from collections.abc import Callable, Collection, Mapping, Sequence

from cs_pipeline.errors import SettingsError
from cs_pipeline.pii.conversations import ConversationMasker
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.records import DatasetVersion, Exchange, Record
from cs_pipeline.stages.installation import Installation

_LEAST_PREFIX = 8
_DIGEST_CHARACTERS = 32


class Withdrawal(Record):
    """What was withdrawn, the version that is left, and the models that had learned from it."""

    exports: int
    rows: int
    dataset: DatasetVersion
    models: tuple[str, ...]
    live_model: str | None
    """The live model if it is one of `models`."""


def withdraw(
    installation: Installation,
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
        installation: whose data it is.
        exports: sha256, its first characters, or file name.
        conversations: ids as the exports have them.
        digests: of masked values, as `digests_of` gives them.

    Raises:
        SettingsError: no export of that name was ever merged, or several were; something is no
            digest.
        DatasetError: a shard or a file of digests is missing or changed.
    """
    from cs_pipeline.dataset.withdraw import exports_with, holding
    from cs_pipeline.dataset.withdraw import withdraw as withdraw_rows

    versions = installation.versions
    shards = {
        shard.export_sha256: shard for manifest in versions.all() for shard in manifest.shards
    }
    names = {sha256: shard.export_name for sha256, shard in shards.items()}
    origins = {sha256: shard.origin_sha256 or sha256 for sha256, shard in shards.items()}
    named = {_resolve(names, name) for name in exports}
    wanted = {sha256 for sha256, origin in origins.items() if named & {sha256, origin}}
    values = {_digest(one) for one in digests}
    masker = _masker(installation.secret)
    installation.forgotten.add(
        conversations=[masker.digest(_any_row(one)) for one in conversations], values=values
    )
    of_export = _conversations(installation, origins, conversations, values)
    held = wanted | exports_with(versions, of_export)
    # Marked first: after a crash the rows may be gone and with them the way to find the models.
    models = _mark_models(installation, set(holding(versions, held)))
    done = withdraw_rows(versions, installation.terms, exports=wanted, conversations=of_export)
    for sha256 in wanted:
        _forget_export(installation, sha256)
    live = installation.models.live()
    return Withdrawal(
        exports=done.exports,
        rows=done.rows,
        dataset=done.dataset,
        models=models,
        live_model=live.version_id if live and live.version_id in models else None,
    )


def _forget_export(installation: Installation, sha256: str) -> None:
    """Everything that is kept of an export but its rows in the dataset."""
    installation.ledger.remove(sha256)
    installation.masked_values.forget(sha256)
    installation.quarantine.forget(sha256)
    installation.profiles.forget(sha256)


def digests_of(installation: Installation, value: str) -> list[str]:
    """Digests under which this installation may have kept a masked value, in hex.

    Empty for what no digest is kept of: names, addresses, dates of birth, short numbers.
    """
    found = installation.masked_values.digests_of(normalize(value).text)
    return sorted(digest.hex() for digest in found)


def is_withdrawn(installation: Installation) -> Callable[[Exchange], bool]:
    """Whether an exchange belongs to a conversation that was withdrawn, in whatever export."""
    keys = installation.forgotten.conversations()
    if not keys:
        return lambda exchange: False
    masker = _masker(installation.secret)
    return lambda exchange: exchange.conversation_id is not None and masker.digest(exchange) in keys


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
    installation: Installation,
    origins: Mapping[str, str],
    conversations: Sequence[str],
    values: Collection[bytes],
) -> Callable[[str], Collection[str]]:
    """Gives the conversations to take out of an export, as digests that its shard knows.

    The conversations of a correction are those of the export that it corrects.
    """

    def of_export(export_sha256: str) -> Collection[str]:
        masker = _masker(installation.secret + origins.get(export_sha256, export_sha256))
        found = {masker.digest(_any_row(one)) for one in conversations}
        if values:
            found |= installation.masked_values.conversations_with(export_sha256, values)
        return found

    return of_export


def _mark_models(installation: Installation, dataset_versions: Collection[str]) -> tuple[str, ...]:
    marked = []
    for version_id in installation.models.versions():
        dataset_version = installation.models.manifest(version_id).dataset_version
        if dataset_version in dataset_versions:
            installation.notices.mark(version_id, dataset_version=dataset_version)
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


def _masker(salt: str) -> ConversationMasker:
    return ConversationMasker(salt=salt)


def _any_row(conversation_id: str) -> Exchange:
    return Exchange("", "", "", "", "", conversation_id=conversation_id)
