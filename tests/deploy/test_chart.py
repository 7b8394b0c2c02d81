"""The chart: what it renders is valid, least, and what the package reads."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from kubernetes_validate import validate

from cs_airflow.train.pod import training_pod
from cs_airflow.train.settings_check import pod_environment
from cs_airflow.train.template import read_template
from cs_pipeline.config import Pods, Settings
from tests.helm import LEAST, laid_over, manifests, rendered

CHART = "cs-pipeline"
SUPPORTED = ("1.30", "1.37")
EVERYTHING: dict[str, Any] = {
    "namespace": {"name": "chat", "podSecurity": "baseline"},
    "airflow": {"namespace": "flow", "serviceAccounts": ["a-scheduler", "a-triggerer"]},
    "trainer": {
        "serviceAccount": {
            "name": "trains",
            "annotations": {"eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/trains"},
        },
        "secret": "keys",
        "gpus": 2,
    },
    "settings": {
        "CS_PIPELINE_S3_ENDPOINT_URL": "https://s3.example.com",
        "CS_PIPELINE_POD_MEMORY": "32Gi",
        "CS_PIPELINE_POD_TOLERATIONS": '[{"key":"spot","operator":"Exists"}]',
    },
    "podTemplate": {
        "labels": {"team": "care"},
        "annotations": {"sidecar.istio.io/inject": "false"},
        "nodeSelector": {"gpu": "h200"},
        "tolerations": [{"key": "gpu", "operator": "Equal", "value": "yes", "effect": "NoExecute"}],
        "env": [{"name": "AWS_CA_BUNDLE", "value": "/certificates/ca.crt"}],
        "volumes": [{"name": "certificates", "configMap": {"name": "company-ca"}}],
        "volumeMounts": [{"name": "certificates", "mountPath": "/certificates", "readOnly": True}],
    },
    "networkPolicy": {
        "store": [{"namespaceSelector": {"matchLabels": {"store": "yes"}}}],
        "storePort": 8333,
        "betweenTrainers": True,
    },
    "priorityClass": {"create": True},
    "data": {"claim": "shared", "storageClass": "nfs", "accessMode": "ReadWriteOnce"},
}
CHOICES = [
    pytest.param({}, id="least"),
    pytest.param(EVERYTHING, id="everything"),
    pytest.param({"namespace": {"create": False}}, id="namespace-is-there"),
    pytest.param({"networkPolicy": {"enabled": False, "store": []}}, id="no-network-policy"),
    pytest.param({"podTemplate": {"tolerations": []}, "trainer": {"gpus": 0}}, id="no-gpu"),
]


def of_kind(made: list[dict[str, Any]], kind: str, name: str = "") -> dict[str, Any]:
    (found,) = (m for m in made if m["kind"] == kind and name in ("", m["metadata"]["name"]))
    return found


def settings_of(made: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> Settings:
    """What the package reads in an Airflow with the chart's variables."""
    for name, value in of_kind(made, "ConfigMap", "cs-pipeline-settings")["data"].items():
        assert name.removeprefix("CS_PIPELINE_").lower() in Settings.model_fields
        monkeypatch.setenv(name, value)
    return Settings.load()


@pytest.mark.parametrize("values", CHOICES)
def test_what_it_renders_is_valid(values: dict[str, Any]) -> None:
    made = manifests(CHART, values)
    for manifest in made:
        for version in SUPPORTED:
            validate(manifest, version, strict=True)
    assert not {"Secret", "ClusterRole", "ClusterRoleBinding"} & {m["kind"] for m in made}


@pytest.mark.parametrize("values", CHOICES)
def test_settings_and_template_make_a_valid_pod(
    values: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = manifests(CHART, values)
    settings = settings_of(made, monkeypatch)
    template = tmp_path / "pod.yaml"
    template.write_text(of_kind(made, "ConfigMap", "cs-pipeline-pod-template")["data"]["pod.yaml"])
    pods = settings.group(Pods)
    pod = training_pod(pods, pod_environment(settings), read_template(template))
    pod["metadata"]["name"] = "cs-train"
    for version in SUPPORTED:
        validate(pod, version, strict=True)
    chosen = laid_over(yaml.safe_load((CHART_FOLDER / "values.yaml").read_text()), values)
    assert pods.train_gpus == chosen["trainer"]["gpus"]
    assert pod["metadata"]["namespace"] == chosen["namespace"]["name"]
    assert pod["spec"]["serviceAccountName"] == chosen["trainer"]["serviceAccount"]["name"]
    assert pod["spec"]["containers"][0]["envFrom"] == [
        {"secretRef": {"name": chosen["trainer"]["secret"]}}
    ]
    for toleration in chosen["podTemplate"]["tolerations"]:
        assert toleration in pod["spec"]["tolerations"]
    wanted = of_kind(made, "ConfigMap", "cs-pipeline-settings")["data"]
    assert wanted["CS_PIPELINE_POD_TEMPLATE"].startswith("/opt/airflow/")


CHART_FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "helm" / CHART


def test_the_trainer_has_no_rights_and_is_reached_by_nobody() -> None:
    made = manifests(CHART, EVERYTHING | {"networkPolicy": LEAST["networkPolicy"]})
    account = of_kind(made, "ServiceAccount")
    assert account["automountServiceAccountToken"] is False
    subjects = of_kind(made, "RoleBinding")["subjects"]
    assert account["metadata"]["name"] not in {subject["name"] for subject in subjects}
    assert {subject["namespace"] for subject in subjects} == {"flow"}
    policy = of_kind(made, "NetworkPolicy")["spec"]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert policy["ingress"] == []
    names, store = policy["egress"]
    assert {port["port"] for port in names["ports"]} == {53}
    assert store == {
        "to": [{"ipBlock": {"cidr": "203.0.113.0/24"}}],
        "ports": [{"protocol": "TCP", "port": 443}],
    }
    settings = Pods(pod_image="trainer")
    labels = training_pod(settings, {})["metadata"]["labels"]
    assert policy["podSelector"]["matchLabels"].items() <= labels.items()


def test_trainers_of_several_nodes_reach_each_other_where_that_is_asked_for() -> None:
    policy = of_kind(manifests(CHART, EVERYTHING), "NetworkPolicy")["spec"]
    among = [{"podSelector": policy["podSelector"]}]
    assert policy["ingress"] == [{"from": among}]
    assert policy["egress"][2] == {"to": among}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        pytest.param({"trainer": {"image": "cs/trainer:1"}}, "image", id="image-without-digest"),
        pytest.param({"store": "/mnt/store"}, "store", id="store-is-no-bucket"),
        pytest.param({"networkPolicy": {"store": []}}, "networkPolicy", id="policy-without-store"),
        pytest.param({"setings": {}}, "setings", id="unknown-value"),
        pytest.param({"settings": {"MEMORY": "1"}}, "MEMORY", id="unknown-setting"),
        pytest.param(
            {"settings": {"CS_PIPELINE_HANDOVER_KEY": "c2VjcmV0"}}, "HANDOVER_KEY", id="secret"
        ),
        pytest.param({"settings": {"CS_PIPELINE_STORE": "s3://b"}}, "STORE", id="set-elsewhere"),
    ],
)
def test_a_wrong_value_is_refused_by_name(values: dict[str, Any], told: str) -> None:
    outcome = rendered(CHART, laid_over(LEAST, values))
    assert outcome.returncode != 0
    assert told in outcome.stderr


def test_every_secret_setting_is_kept_out_of_the_values() -> None:
    secret = [
        name for name, field in Settings.model_fields.items() if "Secret" in str(field.annotation)
    ]
    assert len(secret) >= 4
    for name in secret:
        values = {"settings": {f"CS_PIPELINE_{name.upper()}": "x"}}
        assert rendered(CHART, laid_over(LEAST, values)).returncode != 0, name


def test_without_values_it_says_what_is_missing() -> None:
    outcome = rendered(CHART, {})
    assert outcome.returncode != 0
    for name in ("image", "store", "networkPolicy"):
        assert name in outcome.stderr
