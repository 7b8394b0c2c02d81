"""A switch that stops automatic promotion for all runs until a moment: `maintenance.json`."""

from datetime import UTC, datetime

from cs_pipeline.errors import ObjectNotFound
from cs_pipeline.records import Record
from cs_pipeline.storage import ObjectStore, Register

_KEY = "maintenance.json"


class Maintenance(Record):
    """No candidate is promoted by itself before `until`; a person still may promote one."""

    until: datetime
    reason: str
    by: str
    set_at: datetime


class MaintenanceSwitch:
    """Keeper of the switch, beside the pointer of a model store."""

    def __init__(self, store: ObjectStore) -> None:
        self._register = Register(store, _KEY)

    def set(self, until: datetime, *, reason: str, by: str) -> Maintenance:
        """Stop automatic promotion; a moment that has gone by starts it again.

        Raises:
            PointerConflict: somebody else switched at the same time.
        """
        switched = Maintenance(until=until, reason=reason, by=by, set_at=datetime.now(UTC))
        try:
            _, tag = self._register.read()
        except ObjectNotFound:
            tag = None
        self._register.write(switched.model_dump_json(indent=2).encode(), expected=tag)
        return switched

    def current(self) -> Maintenance | None:
        """What is in force now."""
        try:
            data, _ = self._register.read()
        except ObjectNotFound:
            return None
        switched = Maintenance.model_validate_json(data)
        return switched if switched.until > datetime.now(UTC) else None
