from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cluster import Cluster, image
from tries import KEY, Tries, options

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.records import DatasetVersion
from cs_pipeline.samples.workbook import write_sample_export
from tests.installation import QUICK, tiny_base

__all__ = ["tiny_base"]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DatasetVersion]:
    """A folder with an installation, and its dataset."""
    root = tmp_path_factory.mktemp("site")
    settings = Settings.load(data_dir=root / "data", work_dir=root / "var", settle_seconds=0)
    installation = stages.Installation(settings)
    stages.prepare_folders(installation)
    write_sample_export(Path(settings.inbox_uri) / "a.xlsx", rows=150, seed=1, layout="qa")
    (export,) = stages.collect(installation, run_id="made") or []
    assert not stages.validate(installation, export).quarantined
    shard = stages.mask(installation, export)
    return root, stages.merge(installation, run_id="made", shards=[shard])


@pytest.fixture
def environment(made: tuple[Path, DatasetVersion], monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that trains in pods."""
    root, _ = made
    values: dict[str, Any] = {
        "DATA_DIR": root / "data",
        "WORK_DIR": root / "var",
        "STORE": root / "store",
        "HANDOVER_KEY": KEY,
        "LEASE_SECONDS": 2,
        "MIRROR_SECONDS": 1,
        "TRAIN_BACKEND": "kubernetes",
        "TRAIN_GPUS": 0,
        "POD_IMAGE": "trainer:1",
        "POD_SECRETS": '["trainer"]',
        "POD_MEMORY": "16Gi",
        "POD_MEMORY_LIMIT": "48Gi",
        "POD_GRACE_SECONDS": 5,
        "LANG": "en",
        **{name.upper(): value for name, value in QUICK.items()},
    }
    for name, value in values.items():
        monkeypatch.setenv(f"CS_PIPELINE_{name}", str(value))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with Cluster(tmp_path / "cluster") as cluster:
        cluster.secrets["trainer"] = {"CS_PIPELINE_HANDOVER_KEY": KEY, "OMP_NUM_THREADS": "1"}
        cluster.images["trainer:1"] = image(tmp_path / "trainer")
        yield cluster


@pytest.fixture
def tries(
    request: pytest.FixtureRequest,
    made: tuple[Path, DatasetVersion],
    environment: None,
    cluster: Cluster,
    tiny_base: Path,
) -> Tries:
    """A run of its own for each test."""
    return Tries(f"manual__{request.node.name}", made[1], options(tiny_base), cluster)
