"""The fixtures of these tests."""

from tests.installation import installation, tiny_base

__all__ = ["installation", "tiny_base"]
