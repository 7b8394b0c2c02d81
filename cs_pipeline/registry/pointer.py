"""The live pointer: which version answers customers.

`live.json` on a store that can compare and swap; on one with create-only writes alone a row of
objects `live/00000042.json`, of which the highest is the live one. `Register` tells them apart.
"""

from pydantic import ValidationError

from cs_pipeline.errors import DamagedObject, ObjectNotFound
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
            raise damaged(POINTER_KEY) from None

    def move(self, pointer: LivePointer, *, expected: str | None) -> None:
        """Write the pointer, if it is still the one that was read with the tag `expected`.

        Raises:
            PointerConflict: somebody else moved it first.
            StorageError: the store keeps to no conditions.
        """
        self._register.write(pointer.model_dump_json(indent=2).encode(), expected=expected)


def damaged(what: str) -> DamagedObject:
    """Something in the model store that is not what it should be."""
    return DamagedObject(
        ko=f"모델 저장소의 {what} 내용이 기록된 sha256과 다르거나 읽을 수 없습니다. "
        "다시 내려받거나 다른 버전으로 되돌리세요(`cs-pipeline rollback`).",
        en=f"{what} in the model store is unreadable or not what its sha256 says. "
        "Pull again or go back to another version (`cs-pipeline rollback`).",
    )
