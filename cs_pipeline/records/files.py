"""Files that travel as a whole, as the manifest beside them names them."""

from pathlib import PurePosixPath

from pydantic import Field, field_validator

from cs_pipeline.records.base import Record


class StoredFile(Record):
    """One file; `path` is relative to the folder that it is a part of."""

    path: str
    sha256: str
    size_bytes: int = Field(ge=0)

    @field_validator("path")
    @classmethod
    def _stays_inside(cls, value: str) -> str:
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError("leaves the version's folder")
        return value
