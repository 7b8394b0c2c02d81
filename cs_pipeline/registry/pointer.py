"""The live pointer: which version answers customers.

`live.json` on a store that can compare and swap; on one with create-only writes alone a row of
objects `live/00000042.json`, of which the highest is the live one. `Register` tells them apart.
"""

from pydantic import ValidationError

from cs_pipeline.errors import ObjectNotFound
from cs_pipeline.registry import wording_errors as wording
from cs_pipeline.registry.manifests import LivePointer
from cs_pipeline.storage import ObjectStore, Register

POINTER_KEY = "live.json"


class Pointer:
    """Keeper of the pointer of one model store."""

    def __init__(self, store: ObjectStore) -> None:
        self._register = Register(store, POINTER_KEY)

    def read(self) -> tuple[LivePointer | None, str | None]:
        """The pointer and a tag for `move`; None and None before the first promotion.

        Raises:
            DamagedObject: it is unreadable.
        """
        try:
            data, tag = self._register.read()
            return LivePointer.model_validate_json(data), tag
        except ObjectNotFound:
            return None, None
        except ValidationError:
            raise wording.damaged_object(POINTER_KEY) from None

    def move(self, pointer: LivePointer, *, expected: str | None) -> None:
        """Write the pointer, if it is still the one that was read with the tag `expected`.

        Raises:
            PointerConflict: somebody else moved it first.
            StorageError: the store keeps to no conditions.
        """
        self._register.write(pointer.model_dump_json(indent=2).encode(), expected=expected)
