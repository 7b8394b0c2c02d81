"""Files that were sent here and wait for a yes: each in a folder of its own, closed to others."""

import re
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from cs_pipeline.errors import ExportError, ObjectNotFound
from cs_pipeline.files import private_folder, remove
from cs_pipeline.ops import error_wording

KEPT_SECONDS = 3600
_TOKEN = re.compile(r"[0-9a-f]{32}")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


class Uploads:
    """Keeper of what was sent and not dropped yet; after an hour it is gone.

    Args:
        folder: of these files (0700).
        most_bytes: a larger one is refused while it comes in.
    """

    def __init__(self, folder: Path, *, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

    async def receive(self, chunks: AsyncIterator[bytes], name: str) -> str:
        """Write a file as it comes in; returns the token by which it is known.

        Of the name only the kind is used; the person says it again when the file is dropped.

        Raises:
            ExportError: it is larger than allowed; nothing of it is left.
        """
        self._sweep()
        token = secrets.token_hex(16)
        suffix = Path(name).suffix
        folder = private_folder(private_folder(self._folder) / token)
        path = folder / f"upload{suffix if _SUFFIX.fullmatch(suffix) else ''}"
        try:
            await self._write(path, chunks)
        except BaseException:  # the sender's leaving among them
            remove(folder)
            raise
        return token

    def path_of(self, token: str) -> Path:
        """The file of a token. Raises `ObjectNotFound` where it is gone."""
        folder = self._folder / token
        if _TOKEN.fullmatch(token) and folder.is_dir():
            for path in folder.iterdir():
                return path
        raise ObjectNotFound.of(error_wording.UPLOAD_GONE)

    def forget(self, token: str) -> None:
        """Delete a file; one that is gone is fine."""
        if _TOKEN.fullmatch(token):
            with suppress(FileNotFoundError):
                remove(self._folder / token)

    async def _write(self, path: Path, chunks: AsyncIterator[bytes]) -> None:
        size = 0
        with path.open("xb") as stream:
            async for chunk in chunks:
                size += len(chunk)
                if size > self._most_bytes:
                    words = error_wording.too_large(self._most_bytes)
                    raise ExportError("too_large", ko=words.ko, en=words.en)
                stream.write(chunk)
        if size == 0:
            raise ExportError("empty", **error_wording.EMPTY_UPLOAD.model_dump())

    def _sweep(self) -> None:
        if not self._folder.is_dir():
            return
        for folder in self._folder.iterdir():
            with suppress(FileNotFoundError):
                if time.time() - folder.stat().st_mtime > KEPT_SECONDS:
                    remove(folder)
