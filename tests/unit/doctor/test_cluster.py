"""What `doctor` says of the cluster: the real client, and a server that answers as one does."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from cs_pipeline.config import Settings
from cs_pipeline.doctor import Diagnosis
from cs_pipeline.doctor.cluster import look_at_cluster

REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"


class Cluster:
    """An API server that knows one token and answers what it may do."""

    def __init__(self) -> None:
        self.denied: set[tuple[str, str]] = set()
        self.status = 201
        self.asked: list[tuple[str, str, str, str]] = []
        cluster = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                known = self.headers["Authorization"] == "Bearer t"
                code = 404 if self.path != REVIEWS else cluster.status if known else 401
                data = json.dumps(cluster.review(body) if code == 201 else {}).encode()
                self.send_response(code)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def review(self, body: dict[str, Any]) -> dict[str, Any]:
        wanted = body["spec"]["resourceAttributes"]
        verb, resource, part = wanted["verb"], wanted["resource"], wanted.get("subresource", "")
        self.asked.append((wanted["namespace"], verb, resource, part))
        thing = f"{resource}/{part}" if part else resource
        return body | {"status": {"allowed": (verb, thing) not in self.denied}}


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture
def look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Diagnosis]]:
    """A look by a kubeconfig that names this address and token, or that holds this text."""

    def by(url: str = "", *, token: str = "t", text: str | None = None) -> list[Diagnosis]:
        file = tmp_path / "kubeconfig"
        known = {
            "clusters": [{"name": "here", "cluster": {"server": url}}],
            "users": [{"name": "airflow", "user": {"token": token}}],
            "contexts": [{"name": "here", "context": {"cluster": "here", "user": "airflow"}}],
            "current-context": "here",
        }
        file.write_text(yaml.safe_dump(known) if text is None else text)
        monkeypatch.setenv("KUBECONFIG", str(file))
        return look_at_cluster(Settings(pod_namespace="chatbot"))

    return by


def test_a_cluster_that_grants_all_is_asked_for_what_the_page_lists(
    cluster: Cluster, look: Callable[..., list[Diagnosis]]
) -> None:
    (found,) = look(cluster.url)
    assert (found.check, found.level) == ("cluster", "ok")
    assert cluster.url in found.words.en
    assert {namespace for namespace, *_ in cluster.asked} == {"chatbot"}
    rights = {f"{verb} {thing} {part}".strip() for _, verb, thing, part in cluster.asked}
    assert rights == {
        "create pods",
        "get pods",
        "list pods",
        "delete pods",
        "get pods log",
        "list events",
    }


def test_rights_that_are_missing_are_listed(
    cluster: Cluster, look: Callable[..., list[Diagnosis]]
) -> None:
    cluster.denied = {("get", "pods/log"), ("list", "events")}
    (found,) = look(cluster.url)
    assert found.level == "problem"
    for words in (found.words.ko, found.words.en):
        assert "get pods log, list events" in words
        assert "chatbot" in words
        assert "docs/training-in-pods.md" in words


def test_a_login_that_is_refused_and_an_answer_of_something_else(
    cluster: Cluster, look: Callable[..., list[Diagnosis]]
) -> None:
    (found,) = look(cluster.url, token="expired")
    assert (found.level, "refused the login (HTTP 401)" in found.words.en) == ("problem", True)
    cluster.status = 502
    (found,) = look(cluster.url)
    assert (found.level, "(HTTP 502)" in found.words.en) == ("problem", True)


def test_a_cluster_out_of_reach(look: Callable[..., list[Diagnosis]]) -> None:
    (found,) = look("http://127.0.0.1:9")
    assert found.level == "problem"
    assert "http://127.0.0.1:9 cannot be reached" in found.words.en
    assert "http://127.0.0.1:9에 닿지 않습니다" in found.words.ko


@pytest.mark.parametrize("text", ["", "no: kubeconfig", "{", "apiVersion: v1\nkind: Config"])
def test_a_file_that_is_no_kubeconfig(look: Callable[..., list[Diagnosis]], text: str) -> None:
    """Docker Compose mounts an empty file where CS_KUBECONFIG names none."""
    (found,) = look(text=text)
    assert found.level == "problem"
    assert "CS_KUBECONFIG" in found.words.ko
    assert "CS_KUBECONFIG" in found.words.en


def test_nothing_is_said_where_a_connection_of_airflow_names_the_cluster() -> None:
    assert look_at_cluster(Settings(pod_connection="cluster")) == []
