"""How a module of this package is started in a process of its own."""

import os
import sys
from pathlib import Path

_PACKAGE_ROOT = Path(__file__).parents[1]
_PASSED_VARIABLES = ("LD_LIBRARY_PATH", "PATH", "TZ")


def module_command(module: str) -> tuple[str, ...]:
    """The command that runs a module, with this interpreter and without leaving byte code."""
    return (sys.executable, "-P", "-B", "-m", module)


def child_environment() -> dict[str, str]:
    """No more than an interpreter needs: settings, passwords and keys stay with the parent."""
    variables = {name: os.environ[name] for name in _PASSED_VARIABLES if name in os.environ}
    paths = (str(_PACKAGE_ROOT), os.environ.get("PYTHONPATH"))
    return variables | {"PYTHONPATH": os.pathsep.join(path for path in paths if path)}
