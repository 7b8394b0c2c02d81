"""Exit codes of the trainer: what its end asks of the task."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How `cs-pipeline train` ends. Codes above 128 are signals, told by the shell's rule."""

    OK = 0
    FAILED = 1
    SETTINGS = 2
    DATA_REFUSED = 3
    GATE = 4
    STORAGE = 5
    GPU_MEMORY = 6
    STOPPED = 7


TRIED_AGAIN = frozenset({ExitCode.STORAGE, ExitCode.STOPPED})
