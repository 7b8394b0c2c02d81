"""A stand-in for a Kubernetes cluster: its API over HTTP, and a kubelet that runs local processes.

It takes only pods that the schemas of the oldest and newest supported version take, knows the calls
that the operator makes (selectors, events, logs, a grace before a deleted pod is gone), and runs
the first container's command with its environment. An image is a folder of programs.
"""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import yaml
from kubernetes_validate import ValidationError, validate

SUPPORTED = ("1.30", "1.37")
Json = dict[str, Any]


TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def now(later_seconds: float = 0) -> str:
    return (datetime.now(UTC) + timedelta(seconds=later_seconds)).strftime(TIME_FORMAT)


@dataclass
class Pod:
    """A pod, and the process that is its first container."""

    body: Json
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    grace: float | None = None
    killed_at: float = 0.0
    unreachable: bool = False
    """Its node does not answer: the process runs on, whatever is asked of the API."""
    lines: list[tuple[str, str]] = field(default_factory=list)

    def read_log(self) -> None:
        """Take what was written since, with the time, as the kubelet does."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        self.lines += [(now(), line) for line in text.splitlines()[len(self.lines) :]]

    @property
    def name(self) -> str:
        return str(self.body["metadata"]["name"])

    @property
    def status(self) -> Json:
        return dict(self.body["status"])

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    def set_state(self, phase: str | None = None, **state: Json) -> None:
        name = self.body["spec"]["containers"][0]["name"]
        container = {"name": name, "image": "", "imageID": "", "ready": False, "restartCount": 0,
                     "state": state}  # fmt: skip
        changes: Json = {"containerStatuses": [container]}
        self.body["status"] = self.body["status"] | changes | ({"phase": phase} if phase else {})

    def condition(self, kind: str, status: str, reason: str = "", message: str = "") -> None:
        others = [c for c in self.body["status"].get("conditions", []) if c["type"] != kind]
        told = {"type": kind, "status": status, "reason": reason, "message": message}
        self.body["status"] = self.body["status"] | {"conditions": [*others, told]}


@dataclass
class Cluster:
    """Started with `with`; `kubeconfig` is how it is reached.

    `secrets` are the Secrets of its one namespace, `images` folders of programs. `admit` sees each
    pod that has no node yet and may keep it so by returning False. A `refusal` is said to each pod.
    """

    folder: Path
    namespace: str = "cs-pipeline"
    secrets: dict[str, dict[str, str]] = field(default_factory=dict)
    images: dict[str, Path] = field(default_factory=dict)
    admit: Callable[[Pod], bool] = lambda _: True
    log_faults: int = 0
    refusal: str = ""
    pods: dict[str, Pod] = field(default_factory=dict)
    created: list[Pod] = field(default_factory=list)
    events: list[Json] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    used: set[tuple[str, str]] = field(default_factory=set)
    """Resource and verb of each call, as a Role grants them."""

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True),
            threading.Thread(target=self._kubelet, daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()
        for thread in self._threads:
            thread.join(timeout=10)
        for pod in self.created:
            self._signal(pod, signal.SIGKILL)
            if pod.process:
                pod.process.wait()

    @property
    def kubeconfig(self) -> Path:
        path = self.folder / "kubeconfig"
        host, port = self._server.server_address[:2]
        server = {"server": f"http://{host}:{port}"}
        path.write_text(yaml.safe_dump({
            "apiVersion": "v1", "kind": "Config", "current-context": "here",
            "clusters": [{"name": "here", "cluster": server}],
            "users": [{"name": "airflow", "user": {"token": "t"}}],
            "contexts": [{"name": "here", "context": {"cluster": "here", "user": "airflow"}}],
        }))  # fmt: skip
        return path

    # What happens to pods in real clusters.

    def evict(self, pod: Pod) -> None:
        """The node runs short: the pod stays, Failed, with exit code 137 and no OOMKilled."""
        with self._lock:
            message = "The node was low on resource: memory."
            pod.condition("DisruptionTarget", "True", "TerminationByKubelet", message)
            pod.body["status"] |= {"reason": "Evicted", "message": message}
            self._end(pod, 137, "Error")

    def run_out_of_memory(self, pod: Pod) -> None:
        with self._lock:
            self._end(pod, 137, "OOMKilled")

    def drain(self, pod: Pod) -> None:
        self.disrupt(pod, "EvictionByEvictionAPI", "Eviction API: evicting")

    def disrupt(self, pod: Pod, reason: str, message: str) -> None:
        """The control plane takes the pod away, and says so before it does."""
        with self._lock:
            pod.condition("DisruptionTarget", "True", reason, message)
            self._delete(pod, None)

    def exceed_deadline(self, pod: Pod) -> None:
        words = "Pod was active on the node longer than the specified deadline"
        self.fail(pod, "DeadlineExceeded", words)

    def fail(self, pod: Pod, reason: str, message: str) -> None:
        """The kubelet ends the pod, which stays."""
        with self._lock:
            pod.body["status"] |= {"reason": reason, "message": message}
            self._end(pod, 137, "Error")

    def remove(self, pod: Pod) -> None:
        """`kubectl delete --force`."""
        with self._lock:
            self._signal(pod, signal.SIGKILL)
            self.pods.pop(pod.name, None)

    def delete(self, pod: Pod) -> None:
        with self._lock:
            self._delete(pod, None)

    def note(self, pod: Pod, reason: str, message: str, kind: str = "Warning") -> None:
        self.events.append({
            "metadata": {"name": f"{pod.name}.{len(self.events)}", "namespace": self.namespace,
                         "resourceVersion": str(len(self.events))},
            "involvedObject": {"name": pod.name}, "type": kind, "reason": reason,
            "message": message, "lastTimestamp": now(),
        })  # fmt: skip

    def wait_for(self, found: Callable[[], Any], seconds: float = 60) -> Any:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if value := found():
                return value
            time.sleep(0.05)
        raise TimeoutError(f"pods: {[(pod.name, pod.status) for pod in self.created]}")

    def running(self, seconds: float = 60) -> Pod:
        """The pod that runs; waits for it."""
        return self.wait_for(
            lambda: next((p for p in self.pods.values() if p.status["phase"] == "Running"), None),
            seconds,
        )  # type: ignore[no-any-return]

    # The kubelet.

    def _kubelet(self) -> None:
        while not self._stopping.wait(0.1):
            with self._lock:
                for pod in list(self.pods.values()):
                    pod.read_log()
                    self._look_after(pod)

    def _look_after(self, pod: Pod) -> None:
        if pod.unreachable:
            return
        alive = pod.process is not None and pod.process.poll() is None
        if "deletionTimestamp" in pod.body["metadata"]:
            if alive and pod.grace is not None and time.monotonic() - pod.killed_at > pod.grace:
                self._signal(pod, signal.SIGKILL)
            if not alive:
                self.pods.pop(pod.name)
        elif pod.status["phase"] == "Pending" and self.admit(pod):
            self._start(pod)
        elif pod.status["phase"] == "Running" and not alive and pod.process is not None:
            code = pod.process.returncode
            code = 128 - code if code < 0 else code
            self._end(pod, code, "Completed" if code == 0 else "Error")

    def _start(self, pod: Pod) -> None:
        pod.condition("PodScheduled", "True")
        container = pod.body["spec"]["containers"][0]
        scratch = pod.folder / f"scratch-{pod.name}"
        scratch.mkdir(exist_ok=True)
        environment: dict[str, str] = {}
        for source in container.get("envFrom", []):
            secret = source["secretRef"]["name"]
            if secret not in self.secrets:
                message = f'secret "{secret}" not found'
                pod.set_state(waiting={"reason": "CreateContainerConfigError", "message": message})
                return
            environment |= self.secrets[secret]
        if container["image"] not in self.images:
            message = f'failed to resolve reference "{container["image"]}": not found'
            pod.set_state(waiting={"reason": "ErrImagePull", "message": message})
            return
        for variable in container.get("env", []):
            value = variable.get("value", pod.body["metadata"]["uid"])
            environment[variable["name"]] = re.sub(r"^/scratch", str(scratch), value)
        environment["PATH"] = f"{self.images[container['image']]}:/usr/bin:/bin"
        with pod.log.open("wb") as log:
            try:
                pod.process = subprocess.Popen(
                    container["command"], stdout=log, stderr=log, env=environment, cwd=scratch,
                    stdin=subprocess.DEVNULL, start_new_session=True,
                )  # fmt: skip
            except FileNotFoundError:
                self._end(pod, 128, "StartError")
                return
        pod.set_state("Running", running={"startedAt": now()})

    def _end(self, pod: Pod, code: int, reason: str) -> None:
        self._signal(pod, signal.SIGKILL)
        if pod.process:
            pod.process.wait()
        text = pod.log.read_bytes()[-2048:].decode(errors="replace") if pod.log.exists() else ""
        ended = {"exitCode": code, "reason": reason, "startedAt": now(), "finishedAt": now()}
        ended |= {"message": text} if code else {}
        pod.set_state("Failed" if code else "Succeeded", terminated=ended)

    def _delete(self, pod: Pod, grace: float | None) -> None:
        if "deletionTimestamp" in pod.body["metadata"]:
            return
        given = pod.body["spec"].get("terminationGracePeriodSeconds", 30)
        pod.grace, pod.killed_at = given if grace is None else grace, time.monotonic()
        pod.body["metadata"] |= {
            "deletionTimestamp": now(pod.grace),  # when the grace is over
            "deletionGracePeriodSeconds": int(pod.grace),
        }
        if not pod.unreachable:
            self._signal(pod, signal.SIGTERM)

    @staticmethod
    def _signal(pod: Pod, sign: signal.Signals) -> None:
        if pod.process is not None and pod.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(pod.process.pid, sign)

    # The API.

    def answer(self, method: str, path: str, query: dict[str, str], body: Json) -> tuple[int, Any]:
        """Status and JSON, or text, for one call."""
        parts = path.removeprefix("/api/v1/namespaces/").split("/")
        if parts[0] != self.namespace:
            return 403, status(403, "Forbidden", f"no rights in {parts[0]}")
        with self._lock:
            if parts[1] == "events":
                name = query.get("fieldSelector", "").partition("=")[2]
                found = [e for e in self.events if e["involvedObject"]["name"] == name]
                return 200, {
                    "kind": "EventList",
                    "apiVersion": "v1",
                    "metadata": {},
                    "items": found,
                }
            if len(parts) == 2:
                return self._create(body) if method == "POST" else self._list(query)
            pod = self.pods.get(parts[2])
            if pod is None:
                return 404, status(404, "NotFound", f'pods "{parts[2]}" not found')
            if len(parts) == 4:
                return self._read_log(pod, query)
            if method == "DELETE":
                grace = query.get("gracePeriodSeconds") or body.get("gracePeriodSeconds")
                self._delete(pod, None if grace is None else float(grace))
            if method == "PATCH":
                pod.body["metadata"]["labels"] |= body["metadata"]["labels"]
            return 200, pod.body

    def _create(self, body: Json) -> tuple[int, Any]:
        if self.refusal:
            return 403, status(403, "Forbidden", self.refusal)
        for version in SUPPORTED:
            try:
                validate(body, version, strict=True)
            except ValidationError as error:
                return 422, status(422, "Invalid", str(error)[:500])
        body["metadata"] |= {"uid": str(uuid.uuid4()), "creationTimestamp": now()}
        body["status"] = {"phase": "Pending"}
        pod = Pod(body, self.folder)
        self.pods[pod.name] = pod
        self.created.append(pod)
        return 201, body

    def _list(self, query: dict[str, str]) -> tuple[int, Any]:
        selector = query.get("labelSelector", "")
        found = [p.body for p in self.pods.values()
                 if selects(selector, p.body["metadata"].get("labels", {}))]  # fmt: skip
        return 200, {"kind": "PodList", "apiVersion": "v1", "metadata": {}, "items": found}

    def _read_log(self, pod: Pod, query: dict[str, str]) -> tuple[int, Any]:
        pod.read_log()
        seconds = timedelta(seconds=float(query.get("sinceSeconds", 1e6)))
        since = (datetime.now(UTC) - seconds).strftime(TIME_FORMAT)
        lines = [(stamp, line) for stamp, line in pod.lines if stamp >= since]
        lines = lines[-int(query["tailLines"]) :] if "tailLines" in query else lines
        stamped = query.get("timestamps", "").lower() == "true"
        return 200, "".join(
            f"{stamp} {line}\n" if stamped else f"{line}\n" for stamp, line in lines
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        cluster = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                url = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(url.query).items()}
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else {}
                cluster.calls.append(f"{self.command} {url.path}")
                cluster.used.add(right(self.command, url.path, query))
                if cluster.log_faults and url.path.endswith("/log"):
                    cluster.log_faults -= 1
                    self.close_connection = True
                    return
                code, answer = cluster.answer(self.command, url.path, query, body)
                data = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
                self.send_response(code)
                kind = "text/plain" if isinstance(answer, str) else "application/json"
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_DELETE = do_PATCH = _serve  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        return Handler


def right(method: str, path: str, query: dict[str, str]) -> tuple[str, str]:
    """What a call needs, such as `("pods/log", "get")`."""
    resource, *named = path.removeprefix("/api/v1/namespaces/").split("/")[1:]
    resource = "/".join([resource, *named[1:]])
    looks = "watch" if query.get("watch", "").lower() == "true" else "list"
    verbs = {"GET": "get" if named else looks, "POST": "create", "PATCH": "patch"}
    return resource, verbs.get(method) or ("delete" if named else "deletecollection")


def status(code: int, reason: str, message: str) -> Json:
    return {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code,
            "reason": reason, "message": message}  # fmt: skip


def selects(selector: str, labels: dict[str, str]) -> bool:
    """Whether labels match `a=b,c!=d,!e`."""
    for part in filter(None, selector.split(",")):
        name, _, value = part.partition("=")
        if part.startswith("!"):
            matches = part[1:] not in labels
        elif name.endswith("!"):
            matches = labels.get(name[:-1]) != value
        else:
            matches = labels.get(name) == value
        if not matches:
            return False
    return True


def image(folder: Path, script: str | None = None) -> Path:
    """A folder with the program `cs-pipeline`: the real one, or a shell script."""
    root = Path(__file__).resolve().parents[3]
    real = f'export PYTHONPATH="{root}"\nexec "{sys.executable}" -m cs_pipeline.cli "$@"\n'
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "cs-pipeline"
    program.write_text(f"#!/bin/bash\n{real if script is None else script}\n")
    program.chmod(0o755)
    return folder
