"""An installation whose trainings are handed over, and the trainer on the other side."""

import base64
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from cs_pipeline import stages
from cs_pipeline.records import DatasetVersion
from cs_pipeline.stages.handover import HandOver
from cs_pipeline.storage import Conditions, FolderStore, ObjectStore, StoredObject
from cs_pipeline.storage.probe import MARKER
from tests.installation import Installation

KEY = base64.b64encode(bytes(range(32))).decode()
_ROOT = Path(__file__).resolve().parents[1]


def with_store(installation: Installation, tmp_path: Path, **changes: Any) -> Installation:
    """The same installation with a store in a folder, unless `changes` name another one."""
    given = {
        "store": str(tmp_path / "store"),
        "handover_key": SecretStr(KEY),
        "scratch": tmp_path / "scratch",
        "mirror_seconds": 0.1,
        "lease_seconds": 3.0,
    }
    return installation.configured(**given | changes)


def opened(site: Installation) -> stages.Installation:
    return stages.Installation(site.settings)


def merged(site: Installation, run_id: str = "run-1") -> DatasetVersion:
    """The dataset version that a dropped export becomes."""
    exports = stages.collect(opened(site), run_id=run_id) or []
    reports = [stages.validate(opened(site), export) for export in exports]
    shards = [stages.mask(opened(site), report.export) for report in reports]
    return stages.merge(opened(site), run_id=run_id, shards=shards)


def hand_over(
    site: Installation, dataset: DatasetVersion, run_id: str = "run-1", **given: Any
) -> HandOver:
    return stages.hand_over(
        opened(site), run_id=run_id, dataset=dataset, options=site.options(**given)
    )


def become_trainer(site: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give this process the variables of a trainer, and no others."""
    for name, value in stages.trainer_environment(site.settings).items():
        monkeypatch.setenv(name, value)


def start_trainer(
    site: Installation, handed: HandOver, folder: Path, **variables: str
) -> "subprocess.Popen[str]":
    """The command in a process with an empty environment but for the store's settings."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = stages.trainer_environment(site.settings) | {
        "CS_PIPELINE_LANG": "en",
        "CS_PIPELINE_SCRATCH": str(folder / "scratch"),
        "HOME": str(folder),
        "OMP_NUM_THREADS": "1",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(_ROOT),
    }
    return subprocess.Popen(
        stages.local_command(handed),
        env=environment | variables,
        cwd=folder,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


class Watched(ObjectStore):
    """A store that notes each call and lets `before` look at it, and refuse it."""

    def __init__(self, inner: ObjectStore, before: Callable[[str, str], None]) -> None:
        self.uri = inner.uri
        self.inner = inner
        self._before = before

    def list_objects(self, prefix: str = "") -> list[StoredObject]:
        self._before("list", prefix)
        return self.inner.list_objects(prefix)

    def read(self, key: str) -> tuple[bytes, str]:
        self._before("read", key)
        return self.inner.read(key)

    def write_if(self, key: str, data: bytes, *, expected_etag: str | None) -> str:
        self._before("write", key)
        return self.inner.write_if(key, data, expected_etag=expected_etag)

    def upload(self, source: Path, key: str) -> None:
        self._before("write", key)
        self.inner.upload(source, key)

    def download(self, key: str, target: Path) -> None:
        self._before("read", key)
        self.inner.download(key, target)

    def delete(self, key: str) -> None:
        self._before("delete", key)
        self.inner.delete(key)

    def conditions(self) -> Conditions:
        self._before("read", MARKER)
        return self.inner.conditions()

    def known_conditions(self) -> Conditions | None:
        self._before("read", MARKER)
        return self.inner.known_conditions()


def watched(site: Installation, before: Callable[[str, str], None]) -> Callable[[str], ObjectStore]:
    """Opens stores in folders; keys are told from the root of the hand-over's store on."""
    root = Path(site.settings.store)

    def open_watched(uri: str) -> ObjectStore:
        below = Path(uri).relative_to(root).as_posix()
        prefix = "" if below == "." else f"{below}/"
        return Watched(FolderStore(Path(uri)), lambda what, key: before(what, prefix + key))

    return open_watched
