"""Honest retrains through the real trainer and gate: what becomes of them, and why.

    python benchmarks/gate_retrains.py [lines]

Each line is a first model and five retrains of it, one after the other: another seed on the same
rows, then 1%, 5%, 20% and 50% more rows; two of ten topics are answered with a public hotline. The
model is tiny (2 layers of 64) and learns its 300 rows in half a minute; masking, merging, probe
and gate are those of an installation with its own limits. None should be rejected, and none
promoted that is surely worse.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from cs_pipeline.config import Settings

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.integration.sabotage import objecting, retrained

SHARES = (0.0, 0.01, 0.05, 0.2, 0.5)


def main(lines: int) -> None:
    """Print a line for each retrain, then how many ended how."""
    ended: Counter[str] = Counter()
    print("line  more rows  outcome    improvement (interval)          rules that object")
    for line in range(1, lines + 1):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            settings = Settings.load(
                data_dir=folder / "data-train",
                work_dir=folder / "var",
                settle_seconds=0,
                promote_first=True,
            )
            _, *later = retrained(settings, folder, SHARES, seed=100 * line)
            for share, record in zip(SHARES, later, strict=True):
                ended[record.status] += 1
                found = record.result.comparison if record.result else None
                told = f"{found.improvement:+.4f} ({found.low:+.4f} to {found.high:+.4f})"
                rules = ", ".join(sorted(objecting(record)))
                print(f"{line:4}{share:10.0%}  {record.status:10} {told:31} {rules}", flush=True)
    print(dict(ended))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
