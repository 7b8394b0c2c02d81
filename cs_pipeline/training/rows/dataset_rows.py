"""The rows of a dataset version, read from its CSVs."""

import csv
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cs_pipeline.files import dataset_sha256
from cs_pipeline.masked.placeholders import PlaceholderForm
from cs_pipeline.records import DatasetFiles
from cs_pipeline.training.rows import wording
from cs_pipeline.training.rows.prompt_template import Turns

Rows = list[Turns]
"""Each row ends in its question and its answer; what stands before are the exchanges before it."""

_CONTEXT = "context"
_CONVERSATION = "conversation_id"
_FIRST_ROW = 2
"""As a spreadsheet numbers the rows below the heading."""


def read_dataset(dataset: DatasetFiles) -> tuple[Rows, Rows]:
    """Rows of the two CSVs of a dataset version, to train on and to validate on.

    Args:
        dataset: Its CSVs have columns `input,output` and maybe `context`, a JSON list of the turns
            before the row; the first may not be empty. Models know another form of placeholders.

    Raises:
        DatasetError: the CSVs are missing, empty, damaged or not the dataset version they should
            be.
    """
    train, val = Path(dataset.train_uri), Path(dataset.val_uri)
    for path in (train, val):
        if not path.is_file():
            raise wording.no_file(path)
    if dataset_sha256(train, val) != dataset.sha256:
        raise wording.changed(train, val, dataset.version_id)
    form = PlaceholderForm(dataset.placeholder_form)
    rows = _read_csv(train, form)
    if not rows:
        raise wording.no_rows(train)
    return rows, _read_csv(val, form)


def read_conversations(path: Path) -> list[str]:
    """The conversation of each row of a CSV that was read before; empty where it has none."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream)
        heading = next(rows, [])
        if _CONVERSATION not in heading:
            return []
        column = heading.index(_CONVERSATION)
        return [row[column] for row in rows if row]


def _read_csv(path: Path, form: PlaceholderForm) -> Rows:
    """The turns of each row, as text: `NA`, `null` and numbers stay what was written.

    Placeholders come in the form that models know. A turn stands in the rows after it too, so that
    with context equal texts are kept once.

    Streamed, because `datasets` would otherwise leave a copy of the text in its cache.
    """
    # `datasets` would report each use to the model hub, which knows nothing about this machine.
    os.environ["HF_UPDATE_DOWNLOAD_COUNTS"] = "0"
    from datasets import Features, Value, load_dataset

    try:
        columns = _columns(path)
        with tempfile.TemporaryDirectory() as locks:
            stream = load_dataset(
                "csv",
                data_files=str(path),
                split="train",
                streaming=True,
                cache_dir=locks,
                na_filter=False,
                usecols=columns,
                features=Features({name: Value("string") for name in columns}),
            )
            if _CONTEXT in columns:
                return [
                    tuple(sys.intern(form.read(turn)) for turn in _turns(row, path, number))
                    for number, row in enumerate(stream, start=_FIRST_ROW)
                ]
            return [(form.read(row["input"]), form.read(row["output"])) for row in stream]
    except ValueError:  # pandas' parser errors are ValueErrors too, and may quote a line
        raise wording.no_columns(path) from None


def _columns(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        heading = next(csv.reader(stream), [])
    return ["input", "output", *({_CONTEXT} & set(heading))]


def _turns(row: Mapping[str, str], path: Path, number: int) -> Turns:
    """The turns before a row, its question and its answer, as the CSV writes them."""
    context = _listed(row[_CONTEXT])
    if context is None:
        raise wording.damaged_context(path, number)
    return (*context, row["input"], row["output"])


def _listed(cell: str) -> list[str] | None:
    """The texts of a JSON list of whole exchanges; None where it is none."""
    try:
        turns = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    whole = isinstance(turns, list) and len(turns) % 2 == 0
    return turns if whole and all(isinstance(turn, str) for turn in turns) else None
