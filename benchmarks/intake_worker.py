"""One way from a workbook to CSVs, in a process of its own, so that its memory can be told.

`python intake_worker.py STEP WORKBOOK FOLDER` prints one line of JSON: the seconds of each part,
and the rows.

    ours          the steps of the pipeline: collect, validate, mask, merge
    baseline      pandas with openpyxl, the same masking row by row, pandas to CSV
    read          our reading of the workbook's cells alone
    read-openpyxl openpyxl in its read-only mode
"""

import json
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from intake_corpus import HEADER, MONTHS, TITLE_ROWS

QUESTION, ANSWER = HEADER[3:5]


class Clock:
    """Seconds of each part of the work."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def lap(self, part: str) -> None:
        """Note what went by since the last part."""
        now = time.perf_counter()
        self.seconds[part] = now - self._since
        self._since = now


def ours(workbook: Path, folder: Path, clock: Clock) -> int:
    """The steps of a run, but for training."""
    from cs_pipeline import stages

    installation = stages.Installation.load(
        data_dir=folder / "data-train",
        work_dir=folder / "var",
        settle_seconds=0,
        max_export_bytes=2**32,
    )
    stages.prepare_folders(installation)
    shutil.copyfile(workbook, Path(installation.inbox.uri) / workbook.name)
    clock.lap("import")
    [export] = stages.collect(installation, run_id="benchmark") or []
    clock.lap("collect")
    report = stages.validate(installation, export)
    clock.lap("validate")
    shard = stages.mask(installation, report.export)
    clock.lap("mask")
    dataset = stages.merge(installation, run_id="benchmark", shards=[shard])
    clock.lap("merge")
    assert dataset.train_rows
    return report.rows_read


def baseline(workbook: Path, folder: Path, clock: Clock) -> int:
    """What a script would do: one frame, row by row."""
    import pandas as pd

    from cs_pipeline.pii.conversations import ConversationMasker
    from cs_pipeline.records import Exchange

    clock.lap("import")
    sheets = pd.read_excel(
        workbook, sheet_name=list(MONTHS), header=TITLE_ROWS, dtype=str, engine="openpyxl"
    )
    frame = pd.concat(sheets.values())[[QUESTION, ANSWER]].dropna()
    clock.lap("read")
    masker = ConversationMasker(salt="benchmark")
    masked = []
    for at, (question, answer) in enumerate(frame.itertuples(index=False)):
        one, _ = masker.mask([Exchange("", f"A{at}", f"B{at}", question, answer)])
        masked += zip(one.inputs, one.outputs, strict=True)
    clock.lap("mask")
    pairs = pd.DataFrame(masked, columns=["input", "output"]).drop_duplicates()
    val = pairs.sample(frac=0.1, random_state=1)
    pairs.drop(val.index).to_csv(folder / "train.csv", index=False)
    val.to_csv(folder / "val.csv", index=False)
    clock.lap("write")
    return len(frame)


def read(workbook: Path, folder: Path, clock: Clock) -> int:
    """The cells as rows of text."""
    from cs_pipeline.intake.files.workbook import read_workbook

    clock.lap("import")
    rows = sum(len(sheet.rows) for sheet in read_workbook(workbook, max_bytes=2**32))
    clock.lap("read")
    return rows


def read_openpyxl(workbook: Path, folder: Path, clock: Clock) -> int:
    """The cells as rows of values."""
    from openpyxl import load_workbook

    clock.lap("import")
    book = load_workbook(workbook, read_only=True)
    rows = sum(len(list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets)
    clock.lap("read")
    return rows


STEPS: dict[str, Callable[[Path, Path, Clock], int]] = {
    "ours": ours,
    "baseline": baseline,
    "read": read,
    "read-openpyxl": read_openpyxl,
}


def main() -> None:
    """Do one of the steps."""
    clock = Clock()
    rows = STEPS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]), clock)
    print(json.dumps({"rows": rows, "seconds": clock.seconds}))


if __name__ == "__main__":
    main()
