"""The process of one withdrawal: `python -m cs_pipeline.ops.erase FOLDER`, an `Asked` on stdin."""

import sys
from pathlib import Path

from cs_pipeline.errors import CsPipelineError
from cs_pipeline.ops import error_wording
from cs_pipeline.ops.actions import ActionLog
from cs_pipeline.ops.erasures import Asked, Erasures
from cs_pipeline.stages import Installation, withdraw


def erase(folder: Path, asked: Asked) -> None:
    """Withdraw, noted in the log of actions; how it ended is kept in `folder`."""
    erasures = Erasures(folder)
    try:
        installation = Installation.load()
        with ActionLog(installation.ops_folder).noted(asked.by, "withdraw", asked.counted):
            receipt = withdraw(installation, asked.wanted, by=asked.by)
    except CsPipelineError as error:
        erasures.end(asked, state="failed", words=error.words)
    except BaseException:
        erasures.end(asked, state="failed", words=error_wording.BROKEN)
        raise
    else:
        erasures.end(asked, state="done", rows=receipt.rows, receipt_id=receipt.receipt_id)


if __name__ == "__main__":
    erase(Path(sys.argv[1]), Asked.model_validate_json(sys.stdin.buffer.read()))
