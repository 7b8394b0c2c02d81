"""What must be known about models in the store: `notices/<version>.json`, beside the versions."""

from datetime import UTC, datetime

from cs_pipeline.errors import ObjectNotFound
from cs_pipeline.records import Record
from cs_pipeline.storage import ObjectStore, Register


class WithdrawalNotice(Record):
    """A model was trained on data that was withdrawn afterwards, last at `withdrawn_at`."""

    version_id: str
    dataset_version: str
    withdrawn_at: datetime


class Notices:
    """Keeper of the notices of one model store."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def mark(self, version_id: str, *, dataset_version: str) -> WithdrawalNotice:
        """Put a notice on a model; a second one replaces the first."""
        notice = WithdrawalNotice(
            version_id=version_id, dataset_version=dataset_version, withdrawn_at=datetime.now(UTC)
        )
        register = Register(self._store, _key(version_id))
        try:
            _, etag = register.read()
        except ObjectNotFound:
            etag = None
        register.write(notice.model_dump_json(indent=2).encode(), expected=etag)
        return notice

    def on(self, version_id: str) -> WithdrawalNotice | None:
        """The notice on a model, None when there is none."""
        try:
            data, _ = Register(self._store, _key(version_id)).read()
        except ObjectNotFound:
            return None
        return WithdrawalNotice.model_validate_json(data)


def _key(version_id: str) -> str:
    return f"notices/{version_id}.json"
