"""From a workbook to CSVs: how fast, in how much memory, and next to what a script would do.

See docs/benchmarks.md. Tables come first; the last line is one JSON object.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from intake_corpus import write_workbook
from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
CONSOLE = Console(width=110)
LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Measured:
    """What a process told of itself, and the most memory that it and its children held."""

    told: dict[str, Any]
    peak_bytes: int

    @property
    def seconds(self) -> float:
        """Of the work, without the imports."""
        return sum(value for part, value in self.told["seconds"].items() if part != "import")

    @property
    def rows_per_second(self) -> float:
        """Rows of the export a second of the work."""
        return float(self.told["rows"] / self.seconds)


def measured(script: str, *arguments: object) -> Measured:
    """Run a program of this folder and watch the memory of its process tree."""
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        tree = psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, resident(tree))
            time.sleep(LOOK_SECONDS)
        out = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(f"{script} {arguments[0]} failed")
    return Measured(json.loads(out.splitlines()[-1]), peak)


def resident(root: psutil.Process) -> int:
    """Resident memory of a process and all below it; pages that they share count for each."""
    total = 0
    try:
        for process in (root, *root.children(recursive=True)):
            total += process.memory_info().rss
    except psutil.Error:  # one ended meanwhile
        pass
    return total


def fresh(root: Path) -> Path:
    """An empty folder."""
    folder = root / "work"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def intake(root: Path, rows: int, pairs: Path | None, *, with_baseline: bool) -> dict[str, Any]:
    """All ways for one workbook."""
    workbook = root / f"{rows}.xlsx"
    write_workbook(workbook, rows, pairs)
    steps = ["read", "read-openpyxl", "ours", *(["baseline"] if with_baseline else [])]
    found = {}
    for step in steps:
        found[step] = measured("intake_worker.py", step, workbook, fresh(root))
        CONSOLE.print(f"{rows:,} rows, {step}: {found[step].seconds:.1f} s", highlight=False)
    workbook.unlink()
    table = Table(title=f"{rows:,} rows", title_justify="left")
    for heading in ("way", "seconds", "rows/s", "peak MiB", "parts, s"):
        table.add_column(heading, justify="left" if heading in ("way", "parts, s") else "right")
    for step, one in found.items():
        parts = [f"{part} {value:.1f}" for part, value in one.told["seconds"].items()]
        table.add_row(
            step,
            f"{one.seconds:.1f}",
            f"{one.rows_per_second:,.0f}",
            f"{one.peak_bytes / 2**20:,.0f}",
            ", ".join(parts),
        )
    CONSOLE.print(table)
    figures = {
        "rows": rows,
        "read_ratio_vs_openpyxl": found["read-openpyxl"].seconds / found["read"].seconds,
        "rows_per_second": found["ours"].rows_per_second,
        "peak_bytes": found["ours"].peak_bytes,
        "seconds": found["ours"].told["seconds"],
    }
    if with_baseline:
        figures["intake_ratio_vs_baseline"] = (
            found["ours"].rows_per_second / found["baseline"].rows_per_second
        )
        figures["baseline_peak_bytes"] = found["baseline"].peak_bytes
    return figures


def merging(root: Path, present: int, new: int) -> dict[str, Any]:
    """A small export into a large dataset."""
    one = measured("intake_merge.py", fresh(root), present, new)
    told = one.told | {"peak_bytes": one.peak_bytes}
    told["merge_ratio_vs_copy"] = told["merge_seconds"] / told["copy_seconds"]
    CONSOLE.print(
        f"{new:,} rows into {present:,} ({told['csv_bytes'] / 2**20:,.0f} MiB of CSVs): merge "
        f"{told['merge_seconds']:.2f} s, copy {told['copy_seconds']:.2f} s, peak "
        f"{one.peak_bytes / 2**20:,.0f} MiB with the dataset's making",
        highlight=False,
    )
    return told


def rounded(value: Any) -> Any:
    """The same figures to three places."""
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return round(value, 3) if isinstance(value, float) else value


def main() -> None:
    """Measure, then say it in one line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    options.add_argument("--pairs", type=Path, help="CSV of real questions and answers")
    options.add_argument("--baseline-up-to", type=int, default=1_000_000)
    options.add_argument("--merge-into", type=int, default=5_000_000)
    options.add_argument("--merge-rows", type=int, default=10_000)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        sizes = [
            intake(root, rows, asked.pairs, with_baseline=rows <= asked.baseline_up_to)
            for rows in asked.rows
        ]
        merge = merging(root, asked.merge_into, asked.merge_rows) if asked.merge_into else None
    largest = max(sizes, key=lambda one: one["rows"])
    compared = [one for one in sizes if "intake_ratio_vs_baseline" in one]
    figures = {
        **{
            key: largest[key] for key in ("read_ratio_vs_openpyxl", "rows_per_second", "peak_bytes")
        },
        "intake_ratio_vs_baseline": compared[-1]["intake_ratio_vs_baseline"] if compared else None,
        "merge_ratio_vs_copy": merge["merge_ratio_vs_copy"] if merge else None,
        "by_rows": {str(one["rows"]): one for one in sizes},
        "merge": merge,
    }
    print(json.dumps(rounded(figures)))


if __name__ == "__main__":
    main()
