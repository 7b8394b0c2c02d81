"""Each extra stands alone: Airflow's side without torch, the trainer without Airflow."""

import ast
import os
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]

TRAIN_ONLY = ("torch", "transformers", "datasets", "accelerate", "tokenizers", "safetensors")
AIRFLOW_SIDE_ONLY = ("airflow", "great_expectations", "openpyxl", "python_calamine")

BLOCK = """
import sys

class NotInstalled:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.split(".")[0] in {missing!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, NotInstalled)
"""

COLLECT_TO_RECORD = """
import json, sys
from cs_pipeline import stages
from cs_pipeline.config import RunOptions, Settings
from cs_pipeline.samples.workbook import write_sample_export
from pathlib import Path

settings, options = Settings.load(settle_seconds=0), RunOptions()
installation = stages.Installation(settings)
stages.prepare_folders(installation)
write_sample_export(Path(settings.inbox_uri) / "a.xlsx", rows=60, seed=1, layout="qa")
(export,) = stages.collect(installation, run_id="r")
report = stages.validate(installation, export)
shard = stages.mask(installation, export)
dataset = stages.merge(installation, run_id="r", shards=[shard])
stages.record(installation, run_id="r", options=options, reports=[report], shards=[shard],
              dataset=dataset)
stages.train_command(installation, run_id="r", dataset=dataset, options=options)
import cs_airflow.tasks, cs_airflow.form, cs_airflow.train.local, cs_airflow.inbox_trigger
"""

TRAIN = """
import csv, os
from pathlib import Path
from cs_pipeline.cli import app
from cs_pipeline.storage import open_store
from cs_pipeline.training.fine_tune import TrainJob, fine_tune
from cs_pipeline.training.models.tiny_base import make_base
from cs_pipeline.config import Settings
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.files import dataset_sha256
from cs_pipeline import stages

here = Path(os.environ["HERE"])
base = make_base(["배송은 언제 오나요?", "내일 도착합니다."], here / "base",
                 width=32, heads=2, positions=64)
for name in ("train.csv", "val.csv"):
    with (here / name).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("input", "output"), ("배송?", "내일요.")])
result = fine_tune(TrainJob(
    run_id="r", dataset_version="d", train_uri=str(here / "train.csv"),
    val_uri=str(here / "val.csv"), out_dir=str(here / "out"),
    dataset_sha256=dataset_sha256(here / "train.csv", here / "val.csv"),
    recipe=Recipe(base_model=str(base), epochs=1)))
assert result.candidate.scored_tokens
"""


@pytest.mark.parametrize(
    ("missing", "script"),
    [
        pytest.param(TRAIN_ONLY, COLLECT_TO_RECORD, id="airflow-side-without-torch"),
        pytest.param(AIRFLOW_SIDE_ONLY, TRAIN, id="trainer-without-airflow"),
    ],
)
def test_an_extra_needs_nothing_of_the_other(
    missing: tuple[str, ...], script: str, tmp_path: Path
) -> None:
    block = BLOCK.format(missing=missing)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "plugins"),
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "CS_PIPELINE_DATA_DIR": str(tmp_path / "data"),
        "CS_PIPELINE_WORK_DIR": str(tmp_path / "var"),
        "HERE": str(tmp_path),
    }
    outcome = subprocess.run(
        [sys.executable, "-c", block + textwrap.dedent(script)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr[-3000:]


def test_what_the_trainer_imports_comes_with_its_extra() -> None:
    """Also what only some data needs, so that no training stands still for it half way."""
    comes_along, homes = packages_of("train", "lora"), packages_distributions()
    imported = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in sorted((ROOT / "cs_pipeline" / "training").rglob("*.py"))
        for name in imports_of(path)
        if name in homes and name != "cs_pipeline"
    }
    assert len({name for _, name in imported}) > 5
    assert [
        f"{path}: {name}"
        for path, name in sorted(imported)
        if not comes_along & {canonicalize_name(home) for home in homes[name]}
    ] == []


def imports_of(path: Path) -> Iterator[str]:
    """Top names of all that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def packages_of(*extras: str) -> set[str]:
    """What `pip install cs-pipeline[extras]` brings along here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = list(project["dependencies"])
    for extra in extras:
        asked += project["optional-dependencies"][extra]
    found: set[str] = set()
    while asked:
        wanted = Requirement(asked.pop())
        name = canonicalize_name(wanted.name)
        if name in found or not (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        try:
            asked += requires(name) or []
        except PackageNotFoundError:  # for another platform
            continue
    return found
