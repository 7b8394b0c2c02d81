"""A base model's folder that somebody else copied, such as root with a mode of 0600."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from cs_pipeline.errors import BaseModelError
from cs_pipeline.training.models.base_files import base_folder

SOMEBODY = 65534


@contextmanager
def as_somebody() -> Iterator[None]:
    """Root may read everything, so that root asks as another user."""
    if os.getuid():
        yield
        return
    os.setresuid(SOMEBODY, 0, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def test_a_file_that_may_not_be_read_is_named_with_what_to_do(tmp_path, monkeypatch):
    folder = tmp_path / "base"
    folder.mkdir(mode=0o755)
    (folder / "config.json").write_text("{}")
    weights = folder / "model.safetensors"
    weights.write_text("{}")
    monkeypatch.chdir(folder)
    weights.chmod(0o000)
    with as_somebody(), pytest.raises(BaseModelError) as caught:
        base_folder(".")
    for words in (caught.value.words.ko, caught.value.words.en):
        assert "model.safetensors" in words
        assert "chmod -R a+rX" in words
    weights.chmod(0o644)
    with as_somebody():
        assert base_folder(".") == folder
    folder.chmod(0o000)
    with as_somebody(), pytest.raises(BaseModelError, match="chmod"):
        base_folder(".")
    folder.chmod(0o755)
