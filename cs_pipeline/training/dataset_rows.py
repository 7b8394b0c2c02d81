"""The rows of a dataset version, read from its CSVs."""

import os
import tempfile
from pathlib import Path

from cs_pipeline.errors import DatasetError
from cs_pipeline.files import dataset_sha256
from cs_pipeline.placeholders import PlaceholderForm

Rows = list[tuple[str, str]]


def read_dataset(
    train: Path, val: Path, *, version_id: str, sha256: str, placeholder_form: str
) -> tuple[Rows, Rows]:
    """Rows of the two CSVs of a dataset version, to train on and to validate on.

    Args:
        train: CSV with columns `input,output`; may not be empty.
        val: The same.
        version_id: Names the version in messages.
        sha256: What both together have to be.
        placeholder_form: How the CSVs write placeholders; models know another form.

    Raises:
        DatasetError: the CSVs are missing, empty or not the dataset version they should be.
    """
    for path in (train, val):
        if not path.is_file():
            raise DatasetError(
                ko=f"학습 데이터 파일 {path}가 없습니다. 데이터셋을 다시 만드세요.",
                en=f"There is no dataset file {path}. Build the dataset again.",
            )
    if dataset_sha256(train, val) != sha256:
        raise DatasetError(
            ko=f"{train}와 {val}이 데이터셋 {version_id}의 내용과 다릅니다. "
            "데이터셋을 다시 만든 뒤 학습하세요.",
            en=f"{train} and {val} are not what dataset {version_id} says. "
            "Build the dataset again, then train.",
        )
    form = PlaceholderForm(placeholder_form)
    rows = _read_csv(train, form)
    if not rows:
        raise DatasetError(
            ko=f"{train}에 학습할 행이 없습니다. 엑셀 파일을 더 넣은 뒤 다시 실행하세요.",
            en=f"{train} has no rows to train on. Add exports and run again.",
        )
    return rows, _read_csv(val, form)


def _read_csv(path: Path, form: PlaceholderForm) -> Rows:
    """(input, output) of each row, as text: `NA`, `null` and numbers stay what was written.

    Placeholders come in the form that models know.

    Streamed, because `datasets` would otherwise leave a copy of the text in its cache.
    """
    # `datasets` would report each use to the model hub, which knows nothing about this machine.
    os.environ["HF_UPDATE_DOWNLOAD_COUNTS"] = "0"
    from datasets import Features, Value, load_dataset

    columns = ["input", "output"]
    try:
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
            return [(form.read(row["input"]), form.read(row["output"])) for row in stream]
    except ValueError:  # pandas' parser errors are ValueErrors too, and may quote a line
        raise DatasetError(
            ko=f"{path}에 input, output 열이 없거나 CSV가 깨졌습니다. 데이터셋을 다시 만드세요.",
            en=f"{path} has no columns input and output, or is broken. Build the dataset again.",
        ) from None
