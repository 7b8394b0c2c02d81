"""A private Airflow on 127.0.0.1: start it, ask it over its REST API, stop it without orphans."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import httpx

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(__file__).resolve().with_name("bin")
START_SECONDS = 600
STOP_SECONDS = 20
_PAGE = 100
"""Airflow gives no more at once, however many are asked for."""
COMPONENTS = ("metadatabase", "scheduler", "triggerer", "dag_processor")


def free_port(preferred: int = 8080) -> int:
    """`preferred` when nothing listens on it, else any free port."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port on 127.0.0.1")


class StandaloneAirflow:
    """`airflow standalone` with this repository's DAGs and plugins and a home of its own.

    Args:
        home: Airflow home; made if missing. The log of all components is `standalone.log` in it.
        environment: further variables, such as the `CS_PIPELINE_*` settings.
        port: port of UI and API.
    """

    def __init__(self, home: Path, environment: dict[str, str], port: int | None = None) -> None:
        self.home = home
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._client = httpx.Client(base_url=self.url, timeout=120)
        self._token: str | None = None

    def environment(self) -> dict[str, str]:
        """The whole environment of the Airflow processes; none of the caller's Airflow settings."""
        binaries = Path(sys.executable).parent
        of_airflow = ("AIRFLOW_", "_AIRFLOW_")
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(of_airflow)}
        return {
            **inherited,
            # No port but the API's is open: `airflow` there leaves out the log servers.
            "PATH": os.pathsep.join(map(str, (BIN, binaries, os.environ.get("PATH", "")))),
            "STANDALONE_AIRFLOW": str(binaries / "airflow"),
            "AIRFLOW_HOME": str(self.home),
            "AIRFLOW__API__BASE_URL": self.url,
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self.port),
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{self.url}/execution/",
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__PARALLELISM": "4",
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
            "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "10",
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            # The end of a task may be noticed only at its next heartbeat, by default 5 s later.
            "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "1",
            **self._environment,
        }

    def start(self) -> Self:
        """Start all components and wait until they are healthy and `cs_retrain` is known.

        Raises:
            TimeoutError: they were not within ten minutes, or ended; says what was missing and
                names the log to read.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o700)
        with (self.home / "standalone.log").open("ab") as log:
            self._process = subprocess.Popen(
                [Path(sys.executable).parent / "airflow", "standalone"],
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_heed_interrupts,  # noqa: PLW1509 - no thread runs this early
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            if not self._missing():
                return self
            time.sleep(1)
        code = self._process.poll()
        missing = self._missing() if code is None else f"ended with exit code {code}"
        self.stop()
        log_file = self.home / "standalone.log"
        raise TimeoutError(f"Airflow did not become healthy ({missing}); read {log_file}")

    def _missing(self) -> str:
        """What keeps Airflow from being ready; empty when nothing does."""
        try:
            health = self._client.get("/api/v2/monitor/health").json()
            ill = [name for name in COMPONENTS if health[name]["status"] != "healthy"]
            if ill:
                return f"not healthy: {', '.join(ill)}"
            return "" if self.get("dags/cs_retrain")["dag_id"] else "no DAG cs_retrain"
        except (httpx.HTTPError, KeyError, ValueError, OSError) as error:
            return f"no good answer: {type(error).__name__}"

    @property
    def password(self) -> str:
        """Password of the user `admin`, made by Airflow at its first start."""
        path = self.home / "simple_auth_manager_passwords.json.generated"
        return str(json.loads(path.read_text())["admin"])

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """GET below `/api/v2/`."""
        return self._call("GET", path, params=query)

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """POST below `/api/v2/`."""
        return self._call("POST", path, json=body)

    def patch(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """PATCH below `/api/v2/`."""
        return self._call("PATCH", path, json=body)

    def _call(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        for attempt in (1, 2):
            if self._token is None:
                login = {"username": "admin", "password": self.password}
                answer = self._client.post("/auth/token", json=login)
                answer.raise_for_status()
                self._token = answer.json()["access_token"]
            headers = {"Authorization": f"Bearer {self._token}"}
            answer = self._client.request(method, f"/api/v2/{path}", headers=headers, **arguments)
            if answer.status_code != httpx.codes.UNAUTHORIZED or attempt == 2:
                break
            self._token = None
        answer.raise_for_status()
        return dict(answer.json())

    def runs(self) -> list[dict[str, Any]]:
        """All runs of `cs_retrain`, oldest first."""
        found = self.get("dags/cs_retrain/dagRuns", order_by="run_after", limit=100)
        return list(found["dag_runs"])

    def task_instances(self, run_id: str) -> list[dict[str, Any]]:
        """All task instances of a run."""
        path = f"dags/cs_retrain/dagRuns/{run_id}/taskInstances"
        found: list[dict[str, Any]] = []
        while page := self.get(path, limit=_PAGE, offset=len(found))["task_instances"]:
            found += page
        return found

    def trigger(self, **conf: Any) -> str:
        """Trigger `cs_retrain` by hand with form values; returns the run id."""
        body = {"logical_date": None, "conf": conf}
        return str(self.post("dags/cs_retrain/dagRuns", body)["dag_run_id"])

    def wait_for_run(self, run_id: str, timeout_seconds: float = 600) -> dict[str, Any]:
        """Wait until a run has ended and return it."""
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline:
            run = self.get(f"dags/cs_retrain/dagRuns/{run_id}")
            if run["state"] in {"success", "failed"}:
                return run
            time.sleep(1)
        raise TimeoutError(f"run {run_id} did not end in {timeout_seconds:.0f} s")

    def component_pid(self, name: str) -> int:
        """Process id of a component such as `triggerer`."""
        import psutil

        if self._process is None:
            raise RuntimeError("Airflow is not running")
        for child in psutil.Process(self._process.pid).children():
            if name in child.cmdline():
                return int(child.pid)
        raise LookupError(f"no process of the component {name}")

    def stop(self) -> None:
        """Interrupt the leader, which ends the others; then the whole group. Leaves no orphan.

        Interrupted as a group from the start, the scheduler would hear of it twice, from here and
        from the leader, and wait for workers that nobody told.
        """
        if self._process is None:
            return
        group = self._process.pid
        for send, sign, seconds in (
            (os.kill, signal.SIGINT, STOP_SECONDS),
            (os.killpg, signal.SIGINT, 10),
            (os.killpg, signal.SIGTERM, 10),
            (os.killpg, signal.SIGKILL, 10),
        ):
            if not _group_is_alive(group):
                break
            with suppress(ProcessLookupError):  # the leader may be gone, and the others not
                send(group, sign)
            _wait_for_group(group, self._process, seconds)
        self._process = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def _heed_interrupts() -> None:
    """A background shell ignores SIGINT, and so would Airflow, which is stopped by it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _group_is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _wait_for_group(group: int, leader: subprocess.Popen[bytes], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and _group_is_alive(group):
        leader.poll()  # reap the leader, or its group would look alive for ever
        time.sleep(0.2)
