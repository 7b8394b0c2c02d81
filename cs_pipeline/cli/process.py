"""The trainer's life is bound to the process that asked for it."""

import ctypes
import os
import signal
import sys

PARENT_VARIABLE = "CS_PIPELINE_EXIT_WITH_PARENT"
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def exit_with_parent() -> None:
    """Where the environment names the parent's process id, let the kernel end us with it.

    A killed Airflow task could otherwise leave a trainer behind that holds the GPU. Does nothing
    outside Linux or when the variable is not set.
    """
    parent = os.environ.get(PARENT_VARIABLE)
    if not parent or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(parent):  # the parent was gone before the kernel knew of the bond
        sys.exit(1)
