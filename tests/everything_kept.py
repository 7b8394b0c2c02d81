"""Whatever an installation keeps, file by file and object by object, unpacked to be searched."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from cs_pipeline.storage import ObjectStore

_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
_ZIPPED = {".xlsx", ".zip", ".npz"}


def texts_in(name: str, data: bytes, tokenizer: Any) -> Iterator[str]:
    """What a file says: as it is, unpacked, its columns, its token ids as words."""
    text = data.decode("utf-8", errors="ignore")
    yield text
    yield _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    if Path(name).suffix == ".parquet":
        yield str(pq.read_table(io.BytesIO(data)).to_pydict())
    if Path(name).suffix in _ZIPPED:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.namelist():
                yield html.unescape(archive.read(entry).decode("utf-8", errors="ignore"))
    if Path(name).suffix == ".npz":
        with np.load(io.BytesIO(data)) as kept:
            for part in kept.files:
                if part == "ids":
                    yield tokenizer.decode(kept[part].tolist())


def places_that_say(
    words: str, *, folders: list[Path], stores: list[ObjectStore], tokenizer: Any
) -> set[str]:
    """Paths of files and URIs of objects that hold the words; links are not followed."""
    found = set()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                data = path.read_bytes()
                if any(words in text for text in texts_in(path.name, data, tokenizer)):
                    found.add(str(path))
    for store in stores:
        for item in store.list_objects():
            data, _ = store.read(item.key)
            if any(words in text for text in texts_in(item.key, data, tokenizer)):
                found.add(f"{store.uri}/{item.key}")
    return found
