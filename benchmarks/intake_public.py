"""Spreadsheets of other projects' test suites through the intake: what became of each.

See docs/benchmarks.md. A table a folder comes first; the last line is one JSON object.
"""

import argparse
import json
import resource
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from cs_pipeline.config import Settings
from cs_pipeline.errors import CsPipelineError, ExportError
from cs_pipeline.files import sha256_file
from cs_pipeline.stages import Installation

BOOKS = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".fods", ".numbers"}
PAGES = {".htm", ".html", ".mht", ".slk", ".dif", ".zip", ".jsonl"}
TEXTS = {".csv", ".tsv", ".txt", ".xml"}
DAMAGED = {"damaged_workbook", "reader_crashed", "empty_workbook", "reader_timeout"}
"""Reasons that are not true of a file that an office program opens with cells in it."""
CONSOLE = Console(width=120)
OFFICE_SECONDS = 120
_NO_CELLS = b'\r\n,"'


@dataclass(frozen=True)
class Passed:
    """What became of one file: `read`, the reason of its refusal, or an exception's name."""

    name: str
    outcome: str
    outside: bool
    seconds: float
    parent_bytes: int
    """The most resident memory of this process while it had the file."""


def files_below(folder: Path, texts: int) -> list[Path]:
    """Spreadsheets in order of their names; of each kind of text no more than so many, drawn.

    Of files with the same bytes the first one counts.
    """
    found: dict[str, list[Path]] = {}
    seen = set()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() in BOOKS | PAGES | TEXTS:
            sha256 = sha256_file(path)
            if sha256 in seen:
                continue
            seen.add(sha256)
            found.setdefault(path.suffix.lower(), []).append(path)
    return [
        path
        for suffix, paths in sorted(found.items())
        for path in (
            Random(0).sample(paths, texts) if suffix in TEXTS and len(paths) > texts else paths
        )
    ]


def passed(installation: Installation, path: Path) -> Passed:
    """Read and check one file, as a run does."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    began, outside = time.perf_counter(), False
    try:
        outcome = installation.intake.check(installation.intake.read(path))
        reason = "blocked: " + outcome.blocking.expectation if outcome.blocking else "read"
    except ExportError as error:
        reason = error.reason
    except CsPipelineError as error:
        reason = type(error).__name__
    except Exception as error:  # what is looked for
        reason, outside = type(error).__name__, True
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    seconds = time.perf_counter() - began
    return Passed(str(path), reason, outside, seconds, peak * 1024)


def opened_elsewhere(paths: list[Path], office: str) -> Iterator[Path]:
    """Those of which the office program makes a CSV with more than the file's own bytes."""
    for path in paths:
        with tempfile.TemporaryDirectory() as folder:
            command = [office, "--headless", f"-env:UserInstallation=file://{folder}/profile"]
            command += ["--convert-to", "csv", "--outdir", f"{folder}/out", str(path)]
            try:
                subprocess.run(command, capture_output=True, timeout=OFFICE_SECONDS, check=False)
            except subprocess.TimeoutExpired:
                continue
            made = list(Path(folder).glob("out/*.csv"))
            cells = made[0].read_bytes().strip(_NO_CELLS) if made else b""
            if cells and not cells.startswith(path.read_bytes()[:4]):
                yield path


def told(folder: Path, results: list[Passed], opened: list[Path] | None) -> dict[str, object]:
    """The figures of one folder."""
    slowest = max(results, key=lambda one: one.seconds)
    highest = max(results, key=lambda one: one.parent_bytes)
    return {
        "folder": folder.name,
        "files": len(results),
        "outcomes": dict(Counter(one.outcome for one in results).most_common()),
        "outside": [f"{one.name}: {one.outcome}" for one in results if one.outside],
        "slowest": [slowest.name, round(slowest.seconds, 1)],
        "highest_mib": [highest.name, highest.parent_bytes >> 20],
        "reader_mib": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10,
        "doubtful": [f"{one.name}: {one.outcome}" for one in results if one.outcome in DAMAGED],
        "opened_elsewhere": None if opened is None else [str(path) for path in opened],
    }


def show(figures: dict[str, object]) -> None:
    """One folder as a table."""
    table = Table("figure", "value", title=str(figures["folder"]))
    for name, value in figures.items():
        table.add_row(name, "\n".join(map(str, value)) if isinstance(value, list) else str(value))
    CONSOLE.print(table)


def main() -> None:
    """Every folder of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--texts", type=int, default=200, help="most files of a kind of text")
    parser.add_argument("--office", help="a LibreOffice to open refused files with")
    arguments = parser.parse_args()
    figures = []
    with tempfile.TemporaryDirectory() as data:
        installation = Installation(Settings(data_dir=Path(data)))
        for folder in arguments.folders:
            paths = files_below(folder, arguments.texts)
            results = [passed(installation, path) for path in paths]
            doubtful = [Path(one.name) for one in results if one.outcome in DAMAGED]
            opened = None
            if arguments.office:
                opened = list(opened_elsewhere(doubtful, arguments.office))
            figures.append(told(folder, results, opened))
            show(figures[-1])
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
