"""The pod that the settings ask for, without a cluster."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from kubernetes_validate import validate

from cs_airflow.train.pod import together, training_pod, with_memory
from cs_airflow.train.template import read_template
from cs_pipeline.config import Pods, Settings
from cs_pipeline.errors import SettingsError

OLDEST, NEWEST = "1.30", "1.37"
DIGEST = "registry.example.com/cs/trainer@sha256:" + "a" * 64
EVERYTHING = {
    "train_gpus": 2,
    "pod_image": DIGEST,
    "pod_namespace": "chat",
    "pod_service_account": "trainer",
    "pod_gpu_resource": "nvidia.com/mig-3g.40gb",
    "pod_cpu": "7500m",
    "pod_memory": "24Gi",
    "pod_scratch": "120Gi",
    "pod_shared_memory": "2Gi",
    "pod_node_selector": {"gpu": "h200"},
    "pod_tolerations": ({"key": "gpu", "operator": "Exists", "effect": "NoSchedule"},),
    "pod_affinity": {
        "nodeAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": {
                "nodeSelectorTerms": [
                    {"matchExpressions": [{"key": "zone", "operator": "In", "values": ["a"]}]}
                ]
            }
        }
    },
    "pod_priority_class": "batch",
    "pod_runtime_class": "nvidia",
    "pod_pull_secrets": ("registry",),
    "pod_secrets": ("store-keys", "sealing-key"),
    "pod_queue": "training",
    "pod_run_as_user": 500,
    "pod_run_as_group": 501,
    "pod_fs_group": 502,
    "pod_deadline_seconds": 7200,
    "pod_grace_seconds": 240,
}
ENVIRONMENT = {"CS_PIPELINE_STORE": "s3://bucket/prefix"}
TEMPLATE = """
apiVersion: v1
kind: Pod
metadata:
  labels: {team: care, app.kubernetes.io/component: mine}
  annotations: {sidecar.istio.io/inject: "false"}
spec:
  hostNetwork: true
  hostPID: true
  hostIPC: true
  automountServiceAccountToken: true
  restartPolicy: Always
  dnsPolicy: ClusterFirst
  nodeSelector: {pool: gpu}
  tolerations: [{key: spot, operator: Exists}]
  securityContext: {runAsUser: 0, runAsNonRoot: false, supplementalGroups: [7]}
  volumes:
    - {name: scratch, hostPath: {path: /}}
    - {name: ca, configMap: {name: company-ca}}
  initContainers:
    - name: warm-up
      image: busybox
      securityContext: {privileged: true}
  containers:
    - name: base
      image: something-else
      args: [sleep]
      env:
        - {name: HTTPS_PROXY, value: "http://proxy:3128"}
        - {name: CS_PIPELINE_STORE, value: "s3://wrong"}
      securityContext:
        privileged: true
        allowPrivilegeEscalation: true
        runAsUser: 0
        readOnlyRootFilesystem: false
        capabilities: {add: [SYS_ADMIN]}
      volumeMounts: [{name: ca, mountPath: /etc/company}]
    - name: proxy
      image: proxy
"""


def pod(**values: Any) -> dict[str, Any]:
    return training_pod(Pods(**{"pod_image": "trainer:1", **values}), ENVIRONMENT)


def base(made: dict[str, Any]) -> dict[str, Any]:
    return dict(made["spec"]["containers"][0])


@pytest.fixture
def template(tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "pod.yaml"
    path.write_text(TEMPLATE, encoding="utf-8")
    return read_template(path)


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
@pytest.mark.parametrize("values", [{"pod_image": DIGEST}, {"train_gpus": 0}, EVERYTHING])
def test_the_schema_takes_the_pod(values: dict[str, Any], version: str) -> None:
    made = pod(**values)
    made["metadata"]["name"] = "train"
    validate(made, version, strict=True)
    validate(with_memory(made, "48Gi"), version, strict=True)


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_the_schema_takes_the_pod_on_a_template(template: dict[str, Any], version: str) -> None:
    made = training_pod(Pods(**EVERYTHING), ENVIRONMENT, template)
    made["metadata"]["name"] = "train"
    validate(made, version, strict=True)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("metadata.namespace", "chat"),
        ("metadata.labels", {
            "app.kubernetes.io/name": "cs-pipeline",
            "app.kubernetes.io/component": "train",
            "kueue.x-k8s.io/queue-name": "training",
        }),
        ("spec.activeDeadlineSeconds", 7200),
        ("spec.affinity", EVERYTHING["pod_affinity"]),
        ("spec.automountServiceAccountToken", False),
        ("spec.enableServiceLinks", False),
        ("spec.hostNetwork", False),
        ("spec.imagePullSecrets", [{"name": "registry"}]),
        ("spec.nodeSelector", {"gpu": "h200"}),
        ("spec.priorityClassName", "batch"),
        ("spec.restartPolicy", "Never"),
        ("spec.runtimeClassName", "nvidia"),
        ("spec.securityContext", {
            "runAsUser": 500,
            "runAsGroup": 501,
            "fsGroup": 502,
            "runAsNonRoot": True,
            "seccompProfile": {"type": "RuntimeDefault"},
        }),
        ("spec.serviceAccountName", "trainer"),
        ("spec.terminationGracePeriodSeconds", 240),
        ("spec.tolerations", [{"key": "gpu", "operator": "Exists", "effect": "NoSchedule"}]),
        ("spec.volumes", [
            {"name": "scratch", "emptyDir": {"sizeLimit": "120Gi"}},
            {"name": "shared-memory", "emptyDir": {"medium": "Memory", "sizeLimit": "2Gi"}},
        ]),
        ("spec.containers.0.image", DIGEST),
        ("spec.containers.0.env.0", {"name": "CS_PIPELINE_STORE", "value": "s3://bucket/prefix"}),
        ("spec.containers.0.envFrom", [
            {"secretRef": {"name": "store-keys"}}, {"secretRef": {"name": "sealing-key"}},
        ]),
        ("spec.containers.0.resources", {
            "requests": {"cpu": "7500m", "memory": "24Gi", "nvidia.com/mig-3g.40gb": "2"},
            "limits": {"memory": "24Gi", "nvidia.com/mig-3g.40gb": "2"},
        }),
        ("spec.containers.0.securityContext", {
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
            "privileged": False,
            "readOnlyRootFilesystem": True,
            "runAsNonRoot": True,
            "seccompProfile": {"type": "RuntimeDefault"},
        }),
        ("spec.containers.0.terminationMessagePolicy", "FallbackToLogsOnError"),
        ("spec.containers.0.volumeMounts", [
            {"name": "scratch", "mountPath": "/scratch"},
            {"name": "shared-memory", "mountPath": "/dev/shm"},
        ]),
    ],
)  # fmt: skip
def test_a_setting_has_its_place(path: str, expected: Any) -> None:
    found: Any = pod(**EVERYTHING)
    for step in path.split("."):
        found = found[int(step) if step.isdigit() else step]
    assert found == expected


def test_what_is_not_asked_for_is_left_out() -> None:
    made = pod(train_gpus=0)
    assert set(made["spec"]).isdisjoint(
        {"affinity", "imagePullSecrets", "nodeSelector", "priorityClassName", "runtimeClassName",
         "serviceAccountName", "tolerations"}
    )  # fmt: skip
    assert "fsGroup" not in made["spec"]["securityContext"]
    assert base(made)["resources"]["limits"] == {"memory": "16Gi"}
    assert "kueue.x-k8s.io/queue-name" not in made["metadata"]["labels"]


def test_the_sites_template_goes_underneath(template: dict[str, Any]) -> None:
    made = training_pod(Pods(**EVERYTHING), ENVIRONMENT, template)
    assert made["metadata"]["labels"]["team"] == "care"
    assert made["metadata"]["labels"]["app.kubernetes.io/component"] == "train"
    assert made["metadata"]["annotations"] == {"sidecar.istio.io/inject": "false"}
    assert made["spec"]["dnsPolicy"] == "ClusterFirst"
    assert made["spec"]["nodeSelector"] == {"pool": "gpu", "gpu": "h200"}
    assert {item["key"] for item in made["spec"]["tolerations"]} == {"gpu", "spot"}
    assert [volume["name"] for volume in made["spec"]["volumes"]] == [
        "scratch", "shared-memory", "ca",
    ]  # fmt: skip
    assert made["spec"]["volumes"][0] == {"name": "scratch", "emptyDir": {"sizeLimit": "120Gi"}}
    assert [container["name"] for container in made["spec"]["containers"]] == ["base", "proxy"]
    environment = {item["name"]: item.get("value") for item in base(made)["env"]}
    assert environment["HTTPS_PROXY"] == "http://proxy:3128"
    assert environment["CS_PIPELINE_STORE"] == "s3://bucket/prefix"
    assert base(made)["image"] == DIGEST
    assert {mount["mountPath"] for mount in base(made)["volumeMounts"]} == {
        "/scratch", "/dev/shm", "/etc/company",
    }  # fmt: skip


def test_no_template_makes_the_pod_unsafe(template: dict[str, Any]) -> None:
    spec = training_pod(Pods(**EVERYTHING), ENVIRONMENT, template)["spec"]
    for name in ("automountServiceAccountToken", "hostIPC", "hostNetwork", "hostPID"):
        assert spec[name] is False, name
    assert spec["restartPolicy"] == "Never"
    assert spec["securityContext"] | {"supplementalGroups": [7]} == spec["securityContext"]
    assert spec["securityContext"]["runAsUser"] == 500
    assert spec["securityContext"]["runAsNonRoot"] is True
    for container in (*spec["containers"], *spec["initContainers"]):
        security = container["securityContext"]
        assert security["privileged"] is False
        assert security["allowPrivilegeEscalation"] is False
        assert security["capabilities"] == {"drop": ["ALL"]}
        assert security["runAsNonRoot"] is True
    assert spec["containers"][0]["securityContext"]["readOnlyRootFilesystem"] is True


def test_a_template_is_not_changed(template: dict[str, Any]) -> None:
    before = json.dumps(template)
    training_pod(Pods(**EVERYTHING), ENVIRONMENT, template)
    assert json.dumps(template) == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "cannot be read"),
        ("a: [", "cannot be read"),
        ("just words", "is not a pod"),
        ("spec: 3", "is not a pod"),
        ("spec: {containers: [{name: proxy}, {name: base}]}", "first container base"),
        ("spec: {containers: [{image: x}]}", "first container base"),
        ("spec: {containers: {name: base}}", "first container base"),
    ],
)
def test_a_wrong_template_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, told: str
) -> None:
    monkeypatch.setenv("CS_PIPELINE_LANG", "en")
    path = tmp_path / "pod.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=told) as caught:
        read_template(path)
    assert str(path) in str(caught.value)


def test_a_template_without_containers_is_one() -> None:
    made = training_pod(Pods(pod_image="trainer:1"), {}, yaml.safe_load("spec: {priority: 3}"))
    assert base(made)["name"] == "base"
    assert made["spec"]["priority"] == 3


def test_more_memory_is_asked_for_and_allowed() -> None:
    made = pod(**EVERYTHING)
    more = with_memory(made, "48Gi")
    for kind in ("requests", "limits"):
        assert base(more)["resources"][kind]["memory"] == "48Gi"
        assert base(made)["resources"][kind]["memory"] == "24Gi"
    assert base(more)["resources"]["requests"]["cpu"] == "7500m"


def test_several_gpus_train_together() -> None:
    alone = ("cs-pipeline", "train", "--request", "s3://b/request.json")
    assert together(alone, 0) == list(alone)
    assert together(alone, 1) == list(alone)
    assert together(alone, 4) == [
        "torchrun", "--standalone", "--nproc-per-node", "4", "--no-python", *alone,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRAIN_GPUS", "-1"),
        ("POD_GPU_RESOURCE", "gpu"),
        ("POD_GPU_RESOURCE", "nvidia.com/"),
        ("POD_GPU_RESOURCE", "nvidia/gpu"),
        ("POD_IMAGE", "trainer 1"),
        ("POD_IMAGE", "trainer@sha256:12"),
        ("POD_NAMESPACE", "Chat_Bot"),
        ("POD_NAMESPACE", ""),
        ("POD_MEMORY", "16"),
        ("POD_MEMORY", "lots"),
        ("POD_CPU", "four"),
        ("POD_SCRATCH", "50GB"),
        ("POD_NODE_SELECTOR", "gpu=a100"),
        ("POD_NODE_SELECTOR", '["gpu"]'),
        ("POD_TOLERATIONS", "gpu"),
        ("POD_TOLERATIONS", '["gpu"]'),
        ("POD_AFFINITY", "{"),
        ("POD_RUN_AS_USER", "0"),
        ("POD_DEADLINE_SECONDS", "0"),
        ("POD_SECRETS", "store-keys"),
    ],
)
def test_a_wrong_setting_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"CS_PIPELINE_{name}", value)
    with pytest.raises(SettingsError, match=f"CS_PIPELINE_{name}"):
        Settings.load()


@pytest.mark.parametrize("name", ["nvidia.com/gpu", "nvidia.com/mig-1g.10gb", "amd.com/gpu"])
def test_gpus_may_have_any_resource_name(name: str) -> None:
    assert Pods(pod_gpu_resource=name).pod_gpu_resource == name
