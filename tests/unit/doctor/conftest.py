"""The fixtures of these tests."""

from tests.unit.storage.conftest import _no_pauses, moto, moto_proxy

__all__ = ["_no_pauses", "moto", "moto_proxy"]
