"""The manifests beside the charts: valid, and their command trains."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
import pytest
import yaml
from kubernetes_validate import validate

from cs_pipeline import stages
from cs_pipeline.handover.keys import RunKeys, dataset_prefix, located
from tests.handing_over import hand_over, merged, opened, with_store
from tests.installation import Installation, installation, tiny_base

__all__ = ["installation", "tiny_base"]

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
SUPPORTED = ("1.30", "1.37")
KUBEFLOW = "trainer.kubeflow.org/v1alpha1"


def manifests_of(path: Path) -> list[dict[str, Any]]:
    return [made for made in yaml.safe_load_all(path.read_text(encoding="utf-8")) if made]


def pod_of(runtime: dict[str, Any]) -> dict[str, Any]:
    """The pod that a TrainingRuntime describes, as a pod of its own."""
    (job,) = runtime["spec"]["template"]["spec"]["replicatedJobs"]
    template = job["template"]["spec"]["template"]
    metadata = template.get("metadata", {}) | {"name": "node", "namespace": "cs-pipeline"}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"]}


def known_to_kubernetes(manifest: dict[str, Any]) -> dict[str, Any] | None:
    """What Kubernetes' own schemas cover: of Kubeflow's, the pod alone."""
    if manifest["apiVersion"] != KUBEFLOW:
        return manifest
    return pod_of(manifest) if manifest["kind"] == "TrainingRuntime" else None


@pytest.mark.parametrize(
    "path", sorted((DEPLOY / "kubernetes").glob("*.yaml")), ids=lambda p: p.name
)
def test_every_manifest_is_valid(path: Path) -> None:
    made = manifests_of(path)
    assert made
    for manifest in filter(None, map(known_to_kubernetes, made)):
        for version in SUPPORTED:
            validate(manifest, version, strict=True)


@pytest.fixture(scope="module")
def trainjob() -> dict[str, dict[str, Any]]:
    return {made["kind"]: made for made in manifests_of(DEPLOY / "kubernetes" / "trainjob.yaml")}


def test_pods_of_several_nodes_are_as_safe_as_one(trainjob: dict[str, dict[str, Any]]) -> None:
    pod = pod_of(trainjob["TrainingRuntime"])["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    (container,) = pod["containers"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    job = trainjob["TrainJob"]["spec"]
    assert job["runtimeRef"]["name"] == trainjob["TrainingRuntime"]["metadata"]["name"]
    assert job["trainer"]["numNodes"] == trainjob["TrainingRuntime"]["spec"]["mlPolicy"]["numNodes"]
    assert located(job["trainer"]["command"][-1]) == ("s3://bucket/cs", RunKeys("RUN"))


def test_the_command_of_the_trainjob_trains_on_several_nodes(
    trainjob: dict[str, dict[str, Any]], installation: Installation, tmp_path: Path
) -> None:
    site = with_store(installation, tmp_path)
    site.drop()
    handed = hand_over(site, merged(site))
    *command, _ = trainjob["TrainJob"]["spec"]["trainer"]["command"]
    program = tmp_path / "bin" / "cs-pipeline"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m cs_pipeline.cli "$@"\n')
    program.chmod(0o755)
    environment = stages.trainer_environment(site.settings) | {
        "CS_PIPELINE_LANG": "en",
        "CS_PIPELINE_SCRATCH": str(tmp_path / "shared"),
        "HOME": str(tmp_path),
        "OMP_NUM_THREADS": "1",
        "PATH": f"{program.parent}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        # What Kubeflow Trainer sets, for two nodes with one process each.
        "PET_NNODES": "2",
        "PET_NPROC_PER_NODE": "1",
        "PET_MASTER_ADDR": "127.0.0.1",
        "PET_MASTER_PORT": str(29500 + os.getpid() % 1000),
    }
    nodes = [
        subprocess.Popen(
            [*command, handed.request_uri], cwd=tmp_path, text=True, stderr=subprocess.PIPE,
            env=environment | {"PET_NODE_RANK": str(rank)},
        )
        for rank in range(2)
    ]  # fmt: skip
    said = [node.communicate(timeout=400)[1] for node in nodes]
    assert [node.returncode for node in nodes] == [0, 0], said
    result = stages.take_back(opened(site), run_id="run-1")
    assert result.candidate.scored_tokens > 0


def test_what_is_deleted_by_the_bucket_is_what_a_hand_over_leaves(s3_endpoint: str) -> None:
    path = DEPLOY / "policies" / "lifecycle.json"
    rules = json.loads(path.read_text())
    days = {
        rule["Filter"]["Prefix"].removeprefix("PREFIX/"): rule["Expiration"]["Days"]
        for rule in rules["Rules"]
        if "Expiration" in rule
    }
    keys = RunKeys("run")
    assert set(days) == {"restricted/", "runs/", "datasets/"}
    for key in (keys.digests, keys.result, dataset_prefix("d1")):
        assert key.startswith(tuple(days))
    assert days["restricted/"] < days["runs/"] < days["datasets/"]
    client = boto3.client(
        "s3", endpoint_url=s3_endpoint, region_name="ap-northeast-2",
        aws_access_key_id="test", aws_secret_access_key="test",
    )  # fmt: skip
    client.put_bucket_lifecycle_configuration(Bucket="models", LifecycleConfiguration=rules)
    kept = client.get_bucket_lifecycle_configuration(Bucket="models")["Rules"]
    client.delete_bucket_lifecycle(Bucket="models")
    assert len(kept) == len(rules["Rules"])


def test_values_for_airflow_name_what_the_chart_of_ours_makes() -> None:
    from tests.helm import manifests

    (values,) = manifests_of(DEPLOY / "helm" / "airflow-values.yaml")
    made = manifests("cs-pipeline")
    names = {
        (kind, m["metadata"]["name"])
        for m in made
        for kind in [m["kind"]]
        if m["metadata"].get("namespace") == "airflow"
    }
    volumes = {volume["name"]: volume for volume in values["volumes"]}
    sources = yaml.safe_load(values["extraEnvFrom"])
    used = {
        ("ConfigMap", sources[0]["configMapRef"]["name"]),
        ("ConfigMap", volumes["cs-pipeline-pod-template"]["configMap"]["name"]),
        (
            "PersistentVolumeClaim",
            volumes["cs-pipeline-data"]["persistentVolumeClaim"]["claimName"],
        ),
    }
    assert used == names
    settings = next(m for m in made if m["metadata"]["name"] == "cs-pipeline-settings")["data"]
    mounts = {mount["name"]: mount["mountPath"] for mount in values["volumeMounts"]}
    assert settings["CS_PIPELINE_DATA_DIR"].startswith(mounts["cs-pipeline-data"] + "/")
    assert settings["CS_PIPELINE_WORK_DIR"].startswith(mounts["cs-pipeline-data"] + "/")
    assert settings["CS_PIPELINE_POD_TEMPLATE"] == mounts["cs-pipeline-pod-template"] + "/pod.yaml"
    airflow = re.search(r'"apache-airflow==([\d.]+)"', (ROOT / "pyproject.toml").read_text())
    assert airflow is not None
    assert values["airflowVersion"] == values["defaultAirflowTag"] == airflow[1]
    keys = {values[f"{name}SecretName"] for name in ("fernetKey", "apiSecretKey", "jwt")}
    assert keys == {values["data"]["metadataSecretName"]}
    # A Secret that is called like one of the chart's own is deleted by its next upgrade.
    assert not keys & {
        f"airflow-{n}" for n in ("metadata", "fernet-key", "api-secret-key", "jwt-secret")
    }
