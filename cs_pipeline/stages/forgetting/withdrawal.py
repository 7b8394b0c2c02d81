"""Forgetting: exports, conversations and values go, and all that was made of them."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from cs_pipeline.errors import DamagedObject, ObjectNotFound
from cs_pipeline.files import sha256_file
from cs_pipeline.language import Words
from cs_pipeline.moments import shown_moment
from cs_pipeline.people import acting_person
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.records import Exchange, Record
from cs_pipeline.stages.forgetting import wording
from cs_pipeline.stages.forgetting.receipts import ErasedTrace, LeftTrace, MarkedModel, Receipt
from cs_pipeline.stages.forgetting.scope import Scope, Wanted, any_row, masker_of
from cs_pipeline.stages.forgetting.traces import Traces, is_in_a_bucket
from cs_pipeline.stages.forgetting.wording import ModelState
from cs_pipeline.stages.installation import Installation

if TYPE_CHECKING:
    from cs_pipeline.dataset.withdraw import Withdrawn

__all__ = ["Receipt", "Wanted", "WithdrawalPlan", "digests_of", "is_withdrawn", "withdraw"]

_log = logging.getLogger(__name__)


class ExportPart(Record):
    """So many rows of an export will go; `whole`: the original with them."""

    name: str
    sha256: str
    rows: int
    whole: bool


class WithdrawalPlan(Record):
    """What a withdrawal would take, before it does."""

    exports: tuple[ExportPart, ...]
    refused_rows: int
    models: tuple[MarkedModel, ...]
    runs: int

    @property
    def rows(self) -> int:
        """Rows of the dataset that will go."""
        return sum(export.rows for export in self.exports)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it was found."""
        return not (self.exports or self.refused_rows)


def plan_withdrawal(installation: Installation, wanted: Wanted) -> WithdrawalPlan:
    """What will go; nothing is changed.

    Raises:
        SettingsError: there is no installation, several exports go by a name, or something is no
            digest.
        NothingFound: an export, a conversation or a value is nowhere in the data.
        DatasetError: a shard or a file of digests is missing or changed.
    """
    installation.require()
    scope = Scope(installation, wanted)
    parts = {sha256: sum(counts.values()) for sha256, counts in scope.rows.items()}
    parts |= {sha256: parts.get(sha256, 0) for sha256 in scope.exports}
    traces = Traces(installation, scope.versions)
    return WithdrawalPlan(
        exports=tuple(
            ExportPart(
                name=scope.names[sha256], sha256=sha256, rows=rows, whole=sha256 in scope.exports
            )
            for sha256, rows in sorted(parts.items(), key=lambda item: scope.names[item[0]])
        ),
        refused_rows=sum(map(len, scope.refused.values())),
        models=_models(installation, scope.versions, traces),
        runs=len(traces.runs),
    )


def withdraw(installation: Installation, wanted: Wanted, *, by: str | None = None) -> Receipt:
    """Take data out for good, with all that was made of it; ends with a receipt that is kept.

    An export's original goes too, so that it may be dropped again, and so do the corrections of
    its refused rows. A conversation's original stays inside its export, and the conversation is
    refused in every export that comes later. The same holds for each conversation in which a value
    of one of the digests was masked. A withdrawal that was cut off is finished by calling again.

    Args:
        installation: whose data it is.
        wanted: what is to go.
        by: who says so; None: the user of this process.

    Raises:
        SettingsError, NothingFound, DatasetError: as `plan_withdrawal`.
        SomebodyAtWork: a run, or somebody else, is at work.
        StorageError: a store is out of reach.
    """
    installation.require()
    with installation.at_work.held("withdraw", by):
        return _withdraw(installation, wanted, by or acting_person())


def _withdraw(installation: Installation, wanted: Wanted, by: str) -> Receipt:
    scope = Scope(installation, wanted)
    _remember(installation, scope)
    before = _left_originals(installation, scope)
    refused = _erase_refused(installation, scope)
    # Marked first: after a crash the rows may be gone and with them the way to find the models.
    _mark(installation, Traces(installation, scope.versions), anew=True)
    done, gone, lost = _take_rows(installation, scope)
    traces = Traces(installation, gone)
    _mark(installation, traces, anew=False)
    rows = done.rows if done else 0
    erased = [
        ErasedTrace(kind="rows", count=rows),
        ErasedTrace(kind="csvs", count=len(lost), places=lost),
        *refused,
        *traces.erase(),
        *_forget_exports(installation, scope),
        ErasedTrace(kind="values", count=_forget_values(installation, scope)),
    ]
    receipt = Receipt(
        receipt_id=f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid4().hex[:6]}",
        withdrawn_at=datetime.now(UTC),
        by=by,
        found=bool(scope.rows or scope.exports or scope.refused),
        exports=len({*scope.rows, *scope.exports}),
        rows=rows,
        dataset=done.dataset if done else None,
        erased=tuple(trace for trace in erased if trace.count),
        models=_models(installation, scope.versions, Traces(installation, scope.versions)),
        left=(*before, *_left_elsewhere(installation)),
        next_steps=(),
    )
    receipt = receipt.model_copy(update={"next_steps": _next_steps(receipt)})
    installation.receipts.keep(receipt, lambda moment: shown_moment(moment, installation.zone))
    return receipt


def _take_rows(
    installation: Installation, scope: Scope
) -> "tuple[Withdrawn | None, set[str], tuple[str, ...]]":
    """What went, the versions that ever lost rows or will have, and those that did just now."""
    from cs_pipeline.dataset.withdraw import diminished
    from cs_pipeline.dataset.withdraw import withdraw as withdraw_rows

    versions, done = installation.versions, None
    had = diminished(versions)
    if versions.current() is not None:
        done = withdraw_rows(
            versions, installation.terms, exports=scope.exports, conversations=scope.of_export
        )
    gone = diminished(versions) | scope.versions
    return done, gone, tuple(sorted(gone - had))


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
    masker = masker_of(installation.secret)
    return lambda exchange: exchange.conversation_id is not None and masker.digest(exchange) in keys


def _remember(installation: Installation, scope: Scope) -> None:
    masker = masker_of(installation.secret)
    installation.forgotten.add(
        conversations=[masker.digest(any_row(one)) for one in scope.wanted.conversations],
        values=scope.values,
    )


def _erase_refused(installation: Installation, scope: Scope) -> list[ErasedTrace]:
    """Lines of workbooks of refused rows; the workbooks of whole exports go with these."""
    from cs_pipeline.quality.refused_workbooks import erase_rows

    count = 0
    for path, lines in scope.refused.items():
        count += erase_rows(path, lambda row, lines=lines: (row.sheet, row.row, row.cells) in lines)  # type: ignore[misc]
    return [ErasedTrace(kind="refused_rows", count=count)]


def _forget_exports(installation: Installation, scope: Scope) -> list[ErasedTrace]:
    """Everything that is kept of whole exports but their rows in the dataset."""
    originals, refused = 0, 0
    for sha256 in sorted(scope.exports):
        for path in installation.quarantine.files_of(sha256):
            if _is_of(path, sha256):
                path.unlink(missing_ok=True)
                refused += 1
        originals += installation.ledger.has(sha256)
        installation.pages.forget(sha256)
        installation.masked_values.forget(sha256)
        installation.quarantine.forget(sha256)
        installation.profiles.forget(sha256)
        installation.ledger.remove(sha256)
    return [
        ErasedTrace(kind="originals", count=originals),
        ErasedTrace(kind="refused_exports", count=refused),
    ]


def _is_of(path: Path, sha256: str) -> bool:
    """A file of the quarantine that begins like another export's is looked at whole."""
    if path.name.endswith(".reason.json"):
        return sha256.encode() in path.read_bytes()
    return path.is_file() and sha256_file(path) == sha256


def _forget_values(installation: Installation, scope: Scope) -> int:
    """Last: the conversations of a value are found by these digests."""
    values = installation.masked_values
    return sum(
        values.forget_conversations(sha256, set(scope.of_export(sha256)))
        for sha256 in sorted(scope.rows)
        if sha256 not in scope.exports
    )


def _mark(installation: Installation, traces: Traces, *, anew: bool) -> None:
    """Mark models, in the store or not; `anew`: one that is marked gets today's date."""
    known = dict(traces.candidates)
    for version_id in installation.models.versions():
        known.setdefault(version_id, _dataset_of(installation, version_id))
    for version_id, dataset_version in known.items():
        if dataset_version in traces.versions and (
            anew or installation.notices.on(version_id) is None
        ):
            installation.notices.mark(version_id, dataset_version=dataset_version)


def _dataset_of(installation: Installation, version_id: str) -> str:
    """What a model was trained on; empty where its manifest is damaged, which stops nothing."""
    try:
        return installation.models.manifest(version_id).dataset_version
    except (ObjectNotFound, DamagedObject) as error:
        _log.warning("%s", error)
        return ""


def _models(
    installation: Installation, dataset_versions: frozenset[str], traces: Traces
) -> tuple[MarkedModel, ...]:
    store, live = installation.models, installation.models.live()
    stored = {
        version_id
        for version_id in store.versions()
        if _dataset_of(installation, version_id) in dataset_versions
    }

    def state(version_id: str) -> ModelState:
        if live and version_id == live.version_id:
            return "live"
        if live and version_id == live.previous_version_id:
            return "previous"
        return "stored" if version_id in stored else "gone"

    every = sorted(stored | {candidate for candidate, _ in traces.candidates})
    return tuple(MarkedModel(version_id=one, state=state(one)) for one in every)


def _left_originals(installation: Installation, scope: Scope) -> list[LeftTrace]:
    """Originals of which a conversation goes, and copies beside them."""
    found = []
    for sha256 in sorted(scope.originals):
        for place, path in enumerate(installation.ledger.files_of(sha256)):
            found.append(LeftTrace(kind="copy" if place else "original", place=str(path)))
    return found


def _left_elsewhere(installation: Installation) -> list[LeftTrace]:
    """Where nobody looked."""
    unread = bool(installation.inbox.items() or installation.processing.files())
    unread |= bool(installation.quarantine.refused_exports())
    left = [LeftTrace(kind="unread")] if unread else []
    if is_in_a_bucket(installation):
        left.append(LeftTrace(kind="store_versions"))
    return left + [LeftTrace(kind=kind) for kind in ("services", "reviews", "backups", "airflow")]


def _next_steps(receipt: Receipt) -> tuple[Words, ...]:
    steps: Sequence[Words] = [wording.PRINT]
    if any(model.state == "live" for model in receipt.models):
        steps = [wording.TRAIN_AGAIN, *steps]
    if any(trace.kind == "original" for trace in receipt.left):
        steps = [*steps, wording.ORIGINALS]
    return tuple(steps)
