"""Which backend a DAG gets, and what is said of settings that it cannot use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from airflow.dag_processing.dagbag import DagBag

from cs_airflow.train.local import LocalTrainOperator
from cs_airflow.train.memory import doubled

ROOT = Path(__file__).resolve().parents[3]


def parsed() -> DagBag:
    return DagBag(dag_folder=str(ROOT / "dags"))


def test_by_default_the_trainer_is_a_process_of_the_worker() -> None:
    assert isinstance(parsed().dags["cs_retrain"].get_task("train"), LocalTrainOperator)


def test_pods_are_for_those_who_ask_for_them(environment: None) -> None:
    bag = parsed()
    assert bag.import_errors == {}
    train = bag.dags["cs_retrain"].get_task("train")
    assert type(train).__name__ == "KubernetesTrainOperator"
    assert train.deferrable
    assert train.retries == 5
    assert train.upstream_task_ids == {"merge"}
    assert train.downstream_task_ids == {"gate"}


def test_without_pods_nothing_of_kubernetes_is_imported(tmp_path: Path) -> None:
    script = f"""
import runpy, sys
runpy.run_path({str(ROOT / "dags" / "cs_retrain.py")!r})
found = [name for name in sys.modules if name.split(".")[0] == "kubernetes"]
assert not found, found
"""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'plugins'}",
        "AIRFLOW_HOME": str(tmp_path),
        "CS_PIPELINE_TRAIN_BACKEND": "local",
    }
    outcome = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stderr[-2000:]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TRAIN_BACKEND", "cloud", "CS_PIPELINE_TRAIN_BACKEND"),
        ("POD_IMAGE", "", "Name it in CS_PIPELINE_POD_IMAGE"),
        ("POD_IMAGE", "trainer 1", "CS_PIPELINE_POD_IMAGE"),
        ("POD_GPU_RESOURCE", "gpu", "CS_PIPELINE_POD_GPU_RESOURCE"),
        ("POD_TEMPLATE", "/nowhere/pod.yaml", "The pod template /nowhere/pod.yaml cannot be read"),
        ("POD_TOLERATIONS", '[{"tolerationSeconds": "soon"}]', "CS_PIPELINE_POD_TOLERATIONS"),
        ("STORE", "", "Set CS_PIPELINE_STORE"),
        ("HANDOVER_KEY", "", "CS_PIPELINE_HANDOVER_KEY is missing"),
        ("HANDOVER_KEY", "secret-but-short", "CS_PIPELINE_HANDOVER_KEY is missing or not 32 bytes"),
    ],
)
def test_a_setting_that_pods_cannot_use_is_told_before_any_run(
    environment: None, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(f"CS_PIPELINE_{name}", value)
    bag = parsed()
    assert "cs_retrain" not in bag.dags
    (error,) = [text for path, text in bag.import_errors.items() if "cs_retrain" in str(path)]
    assert told in error
    # A value that no setting takes stops the other DAGs, too, with the same words.
    assert "secret-but-short" not in str(bag.import_errors)


def test_a_missing_extra_is_told(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "cs_airflow.train.kubernetes", raising=False)
    monkeypatch.setitem(sys.modules, "airflow.providers.cncf.kubernetes.operators.pod", None)
    errors = parsed().import_errors.values()
    assert len(errors) == 2, "both DAGs that train"
    assert all("pip install 'cs-pipeline[kubernetes]'" in error for error in errors)


def test_a_template_whose_first_container_is_another_is_told(
    environment: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "pod.yaml"
    path.write_text("spec: {containers: [{name: proxy}]}", encoding="utf-8")
    monkeypatch.setenv("CS_PIPELINE_POD_TEMPLATE", str(path))
    (error,) = parsed().import_errors.values()
    assert "does not name its first container base" in error


@pytest.mark.parametrize(
    ("memory", "limit", "more"),
    [
        ("16Gi", "64Gi", "32Gi"),
        ("32Gi", "48Gi", "48Gi"),
        ("32Gi", "64Gi", "64Gi"),
        ("512Mi", "1Gi", "1024Mi"),
        ("900Mi", "1Gi", "1Gi"),
        ("1Gi", "1Ti", "2Gi"),
        ("64Gi", "64Gi", None),
        ("64Gi", "16Gi", None),
        ("1Ti", "1024Gi", None),
    ],
)
def test_memory_is_doubled_up_to_its_limit(memory: str, limit: str, more: str | None) -> None:
    assert doubled(memory, limit) == more
