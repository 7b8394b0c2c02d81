"""Every error that this library raises on purpose.

    CsPipelineError            exit 1   the step failed
    ├── SettingsError          exit 2   a setting or an argument is wrong
    │   └── BaseModelError     exit 2   the base model is out of reach or fails its load-time checks
    ├── ExportError            exit 3   an export is refused whole
    ├── DatasetError           exit 3   shards or CSVs are not what their manifest says
    │   └── NothingFound       exit 3   what was to be withdrawn is nowhere in the data
    ├── TrainingError          exit 1   training ended without a usable checkpoint
    │   ├── GpuMemoryError     exit 6   the GPU's memory is too small
    │   └── TrainingInterrupted exit 5  asked to stop; the same command goes on where it stopped
    │       └── AttemptStopped exit 7   the same, in a training that was handed over
    ├── GateNotMet             exit 4   the candidate was not promoted
    └── StorageError           exit 5   a file or object store did not do what it should; try again
        ├── ObjectNotFound     exit 5   the named object is not there
        ├── DamagedObject      exit 5   an object's bytes are not what its sha256 says
        ├── PointerConflict    exit 5   somebody else moved the live pointer first
        ├── StoreDenied        exit 5   the access key lacks a right
        ├── LeaseLost          exit 5   another trainer is at work on this run
        └── SomebodyAtWork     exit 5   somebody else is changing the installation

A message says what, where and the next step, in both languages, and never holds a cell's value.
"""

import errno
from typing import ClassVar, Self

from cs_pipeline.language import Words

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the operating system says when there is no room left."""


class CsPipelineError(Exception):
    """Root of the tree. `words` holds the message in Korean and English; `str()` shows one."""

    exit_code: ClassVar[int] = 1

    def __init__(self, *, ko: str, en: str) -> None:
        super().__init__(ko, en)
        self.words = Words(ko=ko, en=en)

    @classmethod
    def of(cls, words: Words) -> Self:
        """The error that says `words`."""
        return cls(ko=words.ko, en=words.en)

    def __str__(self) -> str:
        return str(self.words)


class SettingsError(CsPipelineError):
    """A setting or an argument is missing or wrong."""

    exit_code = 2


class BaseModelError(SettingsError):
    """The base model cannot be loaded, or its tokenizer would destroy Korean text."""


class ExportError(CsPipelineError):
    """An export is refused whole. `reason` is a stable identifier such as `not_a_workbook`."""

    exit_code = 3

    def __init__(self, reason: str, *, ko: str, en: str) -> None:
        super().__init__(ko=ko, en=en)
        self.reason = reason


class DatasetError(CsPipelineError):
    """Shards, CSVs or manifests do not fit together."""

    exit_code = 3


class NothingFound(DatasetError):
    """What a person named is nowhere in the data."""


class TrainingError(CsPipelineError):
    """Training ended without a usable checkpoint."""


class TrainingInterrupted(TrainingError):
    """Training was asked to stop and did; started again, it goes on from its last checkpoint."""

    exit_code = 5


class GpuMemoryError(TrainingError):
    """The GPU's memory is too small even for the smallest pass."""

    exit_code = 6


class AttemptStopped(TrainingInterrupted):
    """A training that was handed over was asked to stop; the next attempt goes on from there."""

    exit_code = 7


class GateNotMet(CsPipelineError):
    """The candidate was rejected or is held for a person."""

    exit_code = 4


class StorageError(CsPipelineError):
    """A file system or object store failed; the step may be tried again."""

    exit_code = 5


class ObjectNotFound(StorageError):
    """The named object is not in the store."""


class DamagedObject(StorageError):
    """An object's bytes are unreadable or not what its sha256 says."""


class PointerConflict(StorageError):
    """A conditional write lost: the object changed since it was read."""


class StoreDenied(StorageError):
    """The store does not let this access key do that."""


class LeaseLost(StorageError):
    """Another trainer is at work on the run; this one may not write any more."""


class SomebodyAtWork(StorageError):
    """Somebody else is changing the installation; the message says who, at what, since when."""
