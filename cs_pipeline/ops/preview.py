"""What a file would be read as, found out in a process of its own.

Reading and checking need libraries that a server of pages should not carry, and a file may be made
to do harm.
"""

import subprocess
import sys
from pathlib import Path

from pydantic import ValidationError

from cs_pipeline.errors import ExportError
from cs_pipeline.ops import wording
from cs_pipeline.stages import ExportTold

ROWS = 5
LIMIT_SECONDS = 180


def preview(path: Path) -> ExportTold:
    """As `cs-pipeline inspect --json` tells it.

    Raises:
        ExportError: that could not be found out in time.
    """
    command = [sys.executable, "-m", "cs_pipeline.cli", "inspect", "--json", "--rows", str(ROWS)]
    try:
        ended = subprocess.run(
            [*command, "--", str(path)],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=LIMIT_SECONDS,
            check=False,
        )
        return ExportTold.model_validate_json(ended.stdout)
    except (subprocess.TimeoutExpired, ValidationError):
        words = wording.NO_PREVIEW
        raise ExportError("no_preview", ko=words.ko, en=words.en) from None
