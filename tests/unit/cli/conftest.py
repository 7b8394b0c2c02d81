"""The fixtures of these tests."""

from tests.installation import installation, tiny_base
from tests.unit.cli.terminal import cs_pipeline

__all__ = ["cs_pipeline", "installation", "tiny_base"]
