"""Every move of the live pointer, kept for ever: `moves/<number>.json`, create-only objects.

The pointer says which move made it. Whoever moves it next, and whoever looks at the history, first
enters a move that a crash left out, so that none is lost and none is entered that never was.
"""

from datetime import datetime
from typing import Literal

from pydantic import ValidationError

from cs_pipeline.errors import ObjectNotFound, PointerConflict
from cs_pipeline.records import Record
from cs_pipeline.registry import wording_errors as wording
from cs_pipeline.registry.manifests import LivePointer
from cs_pipeline.storage import ObjectStore

_PREFIX = "moves/"

How = Literal["gate", "approval", "by_hand", "rollback", "override"]
_HOW: dict[str, How] = {
    "promote": "gate",
    "approval": "approval",
    "approve": "by_hand",
    "rollback": "rollback",
    "override": "override",
}


class Move(Record):
    """One move of the pointer. `by` is empty in moves from before it was noted."""

    number: int
    moved_at: datetime
    from_version: str | None
    to_version: str
    run_id: str
    how: How
    by: str = ""
    note: str = ""

    @classmethod
    def of(cls, pointer: LivePointer) -> "Move":
        """The move that made a pointer."""
        return cls(
            number=pointer.move,
            moved_at=pointer.moved_at,
            from_version=pointer.previous_version_id,
            to_version=pointer.version_id,
            run_id=pointer.run_id,
            how=_HOW.get(pointer.action, "by_hand"),
            by=pointer.by,
            note=pointer.note,
        )


class Moves:
    """Keeper of the moves of one model store's pointer."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._seen: dict[str, Move] = {}  # a move that was entered never changes

    def next_number(self, pointer: LivePointer | None) -> int:
        """Of the next move: one that none had before, even where an older pointer was restored."""
        keys = [item.key for item in self._store.list_objects(_PREFIX)]
        numbers = [int(key.removeprefix(_PREFIX).removesuffix(".json")) for key in keys]
        return 1 + max([*numbers, pointer.move if pointer else 0])

    def enter(self, pointer: LivePointer) -> None:
        """Enter the move that made a pointer; one that is there stays.

        Raises:
            DamagedObject: another move stands in its place.
        """
        move = Move.of(pointer)
        data = move.model_dump_json(indent=2).encode()
        try:
            self._store.write_if(_key(move.number), data, expected_etag=None)
        except PointerConflict:  # entered before, or by a try whose answer was lost
            if self._read(_key(move.number)) != move:
                raise wording.damaged_move(self._store.uri, _key(move.number)) from None

    def all(self, live: LivePointer | None) -> list[Move]:
        """Every move, oldest first, the one that made the `live` pointer among them."""
        return self.newest(live, None)

    def newest(self, live: LivePointer | None, limit: int | None) -> list[Move]:
        """The same, but no more than the newest `limit` of those that were entered."""
        keys = sorted(item.key for item in self._store.list_objects(_PREFIX))
        keys = keys if limit is None else keys[-limit:]
        for key in keys:
            if key not in self._seen:
                self._seen[key] = self._read(key)
        moves = [self._seen[key] for key in keys]
        if live is not None and live.move not in {move.number for move in moves}:
            moves.append(Move.of(live))
        return moves

    def _read(self, key: str) -> Move:
        try:
            return Move.model_validate_json(self._store.read(key)[0])
        except (ObjectNotFound, ValidationError):
            raise wording.damaged_move(self._store.uri, key) from None


def live_at(moves: list[Move], moment: datetime) -> Move | None:
    """The move by which a model answered at a moment; None: none did yet."""
    return next((move for move in reversed(moves) if move.moved_at <= moment), None)


def _key(number: int) -> str:
    return f"{_PREFIX}{number:08d}.json"
