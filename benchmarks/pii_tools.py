"""The tools side by side: each installed where it disturbs nothing, and run in its own process."""

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

OURS = "cs_pipeline"
BASELINES = {
    "presidio-analyzer": "presidio-analyzer==2.2.366",
    "ko-pii": "ko-pii==1.22.15",
    "maskingtape": "maskingtape==0.4.0",
}
"""Baseline -> what pip is asked for."""

_ROOT = Path(__file__).parents[1]
_WORKER = Path(__file__).with_name("pii_worker.py")


class ToolFailedError(Exception):
    """A tool could not be installed, or its process ended early; says which and why."""


class Tool:
    """One tool in a process of its own; see `pii_worker` for what is said over the pipes."""

    def __init__(self, name: str, python: Path) -> None:
        self._name = name
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 - lives as long as the process
        self._process = subprocess.Popen(
            [python, _WORKER, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            # Presidio would keep its list of domains below the home folder.
            env=_environment() | {"TLDEXTRACT_CACHE": str(python.parent / "domains")},
        )

    def ask(self, rows: Sequence[tuple[str, Sequence[str]]]) -> dict[str, Any]:
        """Spans of each text with its earlier turns, seconds and peak memory.

        Raises:
            ToolFailedError: the process ended without an answer.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(rows) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            self._process.wait()
            self._errors.seek(0)
            last = self._errors.read().strip().splitlines()[-1:]
            raise ToolFailedError(f"{self._name}: {' '.join(last) or 'ended without a word'}")
        figures: dict[str, Any] = json.loads(answer)
        return figures

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
        self._errors.close()


def ours() -> Tool:
    """The masker of this project, in a process like the others'."""
    return Tool(OURS, Path(sys.executable))


def install_baselines(folder: Path) -> tuple[dict[str, Path], dict[str, str]]:
    """Install the baselines below `folder`: together if they resolve, else each by itself.

    Returns:
        Interpreter by baseline, and the reason by baseline that could not be installed.
    """
    try:
        together = _environment_with(folder / "together", list(BASELINES.values()))
    except ToolFailedError:
        pythons, failed = {}, {}
        for name, requirement in BASELINES.items():
            try:
                pythons[name] = _environment_with(folder / name, [requirement])
            except ToolFailedError as error:
                failed[name] = str(error)
        return pythons, failed
    return dict.fromkeys(BASELINES, together), {}


def import_seconds(repeat: int = 5) -> float:
    """Elapsed seconds of `import cs_pipeline.pii` in a fresh process; the best of `repeat`."""
    timed = (
        "import time; began = time.perf_counter(); "
        "import cs_pipeline.pii; print(time.perf_counter() - began)"
    )
    command = [sys.executable, "-c", timed]
    return min(
        float(subprocess.run(command, env=_environment(), check=True, capture_output=True).stdout)
        for _ in range(repeat)
    )


def _environment_with(folder: Path, requirements: list[str]) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, *requirements], capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        raise ToolFailedError(f"pip install {' '.join(requirements)}: {' '.join(last)}")
    return python


def _environment() -> dict[str, str]:
    """The child's environment: this checkout on the path, one thread for numeric libraries."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **threads, "PYTHONPATH": str(_ROOT)}
