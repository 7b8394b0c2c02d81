"""The fixtures of these tests."""

from tests.unit.storage.conftest import moto, moto_proxy

__all__ = ["moto", "moto_proxy"]
