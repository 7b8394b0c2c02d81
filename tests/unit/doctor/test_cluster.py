"""The cluster as the doctor sees it: an API that answers as the real one does, and none at all."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from cs_pipeline.config import Settings
from cs_pipeline.doctor import Diagnosis
from cs_pipeline.doctor.cluster import RIGHTS, look_at_cluster

ROOT = Path(__file__).resolve().parents[3]
SPACE = "cs-pipeline"
REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"

Right = tuple[str, str, str]


@dataclass
class Api:
    """What it grants and holds; `asked` are the calls, `accepted` the forms of answers wished."""

    granted: set[Right] = field(default_factory=lambda: set(RIGHTS))
    namespaces: set[str] = field(default_factory=lambda: {SPACE})
    secrets: set[str] = field(default_factory=set)
    token: str = "t"
    asked: list[str] = field(default_factory=list)
    accepted: set[str] = field(default_factory=set)

    def answer(self, method: str, path: str, token: str, body: Any) -> tuple[int, Any]:
        if token != f"Bearer {self.token}":
            return 401, {"kind": "Status", "code": 401, "reason": "Unauthorized"}
        if path == REVIEWS and method == "POST":
            asked = body["spec"]["resourceAttributes"]
            assert asked["namespace"] == SPACE
            right = (asked["resource"], asked.get("subresource", ""), asked["verb"])
            return 201, body | {"status": {"allowed": right in self.granted}}
        place, *rest = path.removeprefix("/api/v1/namespaces/").split("/")
        known = rest[1] in self.secrets if rest else place in self.namespaces
        right = ("secrets" if rest else "namespaces", "", "get")
        if right not in self.granted:
            return 403, {"kind": "Status", "code": 403, "reason": "Forbidden"}
        if not known:
            return 404, {"kind": "Status", "code": 404, "reason": "NotFound"}
        return 200, {
            "kind": "PartialObjectMetadata",
            "metadata": {"name": [place, *rest][-1]},
        }


@pytest.fixture
def api(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    told = Api()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            token = self.headers.get("Authorization", "")
            told.asked.append(f"{self.command} {self.path}")
            if self.command == "GET":
                told.accepted.add(self.headers["Accept"])
            code, answer = told.answer(self.command, self.path, token, body)
            data = json.dumps(answer).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = _serve  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    kubeconfig(tmp_path, f"http://127.0.0.1:{server.server_address[1]}", monkeypatch)
    yield told
    server.shutdown()
    server.server_close()


def kubeconfig(folder: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "kubeconfig"
    path.write_text(yaml.safe_dump({
        "apiVersion": "v1", "kind": "Config", "current-context": "here",
        "clusters": [{"name": "here", "cluster": {"server": server}}],
        "users": [{"name": "airflow", "user": {"token": "t"}}],
        "contexts": [{"name": "here", "context": {"cluster": "here", "user": "airflow"}}],
    }))  # fmt: skip
    monkeypatch.setenv("KUBECONFIG", str(path))


def look(**changed: Any) -> dict[str, Diagnosis]:
    found = look_at_cluster(Settings.load(train_backend="kubernetes", **changed))
    return {one.check: one for one in found}


def test_a_cluster_that_grants_what_the_chart_grants_is_fit(api: Api) -> None:
    found = look()
    assert {check: one.level for check, one in found.items()} == {
        "cluster.reach": "ok",
        "cluster.rights": "ok",
    }
    assert "triggerer" in found["cluster.rights"].words.ko
    assert {call.split()[0] for call in api.asked} == {"GET", "POST"}
    assert {call for call in api.asked if call.startswith("POST")} == {f"POST {REVIEWS}"}


def test_the_rights_are_those_of_the_chart() -> None:
    chart = (ROOT / "deploy/helm/cs-pipeline/templates/rights.yaml").read_text()
    role = yaml.safe_load(chart.split("---")[0].split("rules:")[1])
    granted = {
        (*resource.partition("/")[::2], verb)
        for rule in role
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }
    assert granted == set(RIGHTS)


@pytest.mark.parametrize("right", RIGHTS)
def test_each_right_that_is_missing_is_named_with_its_cure(api: Api, right: Right) -> None:
    api.granted.remove(right)
    found = look()["cluster.rights"]
    resource, part, verb = right
    assert found.level == "problem"
    assert f": {verb} {resource}{'/' * bool(part)}{part}." in found.words.en
    assert "airflow.serviceAccounts" in found.words.ko


def test_a_namespace_that_is_not_there_is_told_where_it_may_be_looked_at(api: Api) -> None:
    api.namespaces.clear()
    assert "cluster.namespace" not in look(), "who may not look cannot tell"
    api.granted.add(("namespaces", "", "get"))
    found = look()["cluster.namespace"]
    assert found.level == "problem"
    assert SPACE in found.words.ko
    assert "CS_PIPELINE_POD_NAMESPACE" in found.words.ko


def test_of_secrets_only_the_names_are_asked_for_and_only_where_they_may_be_read(
    api: Api,
) -> None:
    names = {"pod_secrets": ("cs-key",), "pod_pull_secrets": ("registry",)}
    assert "cluster.secret" not in look(**names)
    assert not any("/secrets/" in call for call in api.asked)
    api.granted.add(("secrets", "", "get"))
    api.secrets = {"registry"}
    found = list(look_at_cluster(Settings.load(train_backend="kubernetes", **names)))
    levels = [(one.level, one.words.en) for one in found if one.check == "cluster.secret"]
    assert [level for level, _ in levels] == ["problem", "ok"]
    assert "no Secret cs-key" in levels[0][1]
    assert all("PartialObjectMetadata" in form for form in api.accepted)


def test_a_token_that_is_not_known_is_told(api: Api) -> None:
    api.token = "another"
    found = look()
    assert set(found) == {"cluster.reach"}
    assert found["cluster.reach"].level == "problem"
    assert "401" in found["cluster.reach"].words.ko


def test_a_cluster_out_of_reach_and_none_at_all_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kubeconfig(tmp_path, "http://127.0.0.1:9", monkeypatch)
    found = look()["cluster.reach"]
    assert found.level == "problem"
    assert "KUBECONFIG" in found.words.en
    assert "127.0.0.1:9" not in found.words.en
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "none"))
    assert look()["cluster.reach"].level == "problem"
    broken = tmp_path / "broken"
    broken.write_text("clusters: [", encoding="utf-8")
    monkeypatch.setenv("KUBECONFIG", str(broken))
    assert look()["cluster.reach"].level == "problem"


def test_a_connection_of_airflows_is_left_to_airflow(monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = look(pod_connection="gpu_cluster").values()
    assert (found.check, found.level) == ("cluster", "warning")
    assert "gpu_cluster" in found.words.en
