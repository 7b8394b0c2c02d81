"""An Airflow api-server alone on 127.0.0.1, with a person of each role."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import httpx

from standalone import ROOT, free_port

PEOPLE = {"viewer": "viewer", "operator": "user", "owner": "op"}
"""Name -> role of the simple auth manager."""
START_SECONDS, STOP_SECONDS = 120, 20
_PASSWORD = "only-in-this-test"


class ApiServer:
    """Made for one module of tests.

    Args:
        home: Airflow home, made here.
        environment: further variables, such as the `CS_PIPELINE_*` settings.
    """

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.home, self.port = home, free_port(0)
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.home.mkdir(parents=True)
        passwords = self.home / "passwords.json"
        passwords.write_text(json.dumps(dict.fromkeys(PEOPLE, _PASSWORD)))
        self._airflow("db", "migrate")
        self._airflow("dags", "reserialize")
        with (self.home / "api-server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self._command(), "api-server"],
                env=self._variables(),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            if self._answers():
                return self
            time.sleep(0.5)
        self.__exit__()
        raise TimeoutError(f"the api-server did not answer; read {self.home / 'api-server.log'}")

    def __exit__(self, *_: object) -> None:
        if self._process is None:
            return
        for sign in (signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is None:
                os.killpg(self._process.pid, sign)
                try:
                    self._process.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    continue
        self._process = None

    def token(self, name: str) -> str:
        """Sign in; what a browser keeps in the cookie `_token`."""
        login = {"username": name, "password": _PASSWORD}
        answer = httpx.post(f"{self.url}/auth/token", json=login, timeout=60)
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/v2/version", timeout=5).is_success
        except httpx.HTTPError:
            return False

    def _airflow(self, *words: str) -> None:
        with (self.home / "airflow.log").open("ab") as log:
            subprocess.run(
                [*self._command(), *words],
                env=self._variables(),
                stdout=log,
                stderr=subprocess.STDOUT,
                check=True,
                timeout=300,
            )

    def _command(self) -> list[str]:
        return [str(Path(sys.executable).parent / "airflow")]

    def _variables(self) -> dict[str, str]:
        people = ",".join(f"{name}:{role}" for name, role in PEOPLE.items())
        binaries = Path(sys.executable).parent
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AIRFLOW_", "_AIRFLOW_", "CS_PIPELINE_"))
        }
        return {
            **clean,
            "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}",
            "PYTHONPATH": str(ROOT),
            "AIRFLOW_HOME": str(self.home),
            "AIRFLOW__API__BASE_URL": self.url,
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self.port),
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": people,
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(self.home / "passwords.json"),
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{self.home / 'airflow.db'}",
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            **self._environment,
        }
