"""Docker Compose as these scripts call it. Plain Python."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import compose_wording as wording
from compose_wording import Said

ROOT = Path(__file__).resolve().parents[2]
# What writes: all of it stands still while files are copied.
WRITERS = ("api-server", "scheduler", "scheduler-gpu", "worker", "dag-processor", "triggerer")


def say(words: Said) -> None:
    """Print in the reader's language."""
    english = os.environ.get("CS_PIPELINE_LANG", "ko") == "en"
    print(words.en if english else words.ko, flush=True)


def refuse(words: Said) -> None:
    """Say why not, and end with exit code 2."""
    say(words)
    sys.exit(2)


def refuse_without_docker() -> None:
    """Raises `SystemExit` unless Docker and Compose v2 are here and the engine answers."""
    if shutil.which("docker") is None:
        refuse(wording.NO_DOCKER)
    if _tried("compose", "version").returncode:
        refuse(wording.NO_COMPOSE)
    engine = _tried("version", "--format", "{{.Server.Version}}")
    if engine.returncode == 0:
        return
    if "permission denied" in engine.stderr.lower():
        refuse(wording.NO_RIGHT)
    refuse(wording.no_engine(engine.stderr.strip()))


def docker_root() -> Path:
    """Where the engine keeps images and volumes; with Docker Desktop no folder of this host."""
    return Path(_tried("info", "--format", "{{.DockerRootDir}}").stdout.strip() or "/nowhere")


def _tried(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["docker", *arguments], check=False, capture_output=True, text=True)


def lines_of(env: Path) -> dict[str, str]:
    """The settings in a file such as `.env`."""
    lines = env.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and line[:1] != "#")


@dataclass(frozen=True)
class Stack:
    """One installation: its `.env`, and the project's name if it is not the usual one."""

    env: Path = ROOT / ".env"
    project: str = ""

    def settings(self) -> dict[str, str]:
        """The lines of `.env`."""
        if not self.env.exists():
            refuse(wording.no_env(self.env))
        return lines_of(self.env)

    def command(self, *arguments: str) -> list[str]:
        """`docker compose` for this installation."""
        project = ["--project-name", self.project] if self.project else []
        return ["docker", "compose", "--env-file", str(self.env), *project, *arguments]

    def run(
        self, *arguments: str, check: bool = True, **options: Any
    ) -> "subprocess.CompletedProcess[Any]":
        """Run it; with `check` raises `subprocess.CalledProcessError` where it fails."""
        command = self.command(*arguments)
        return subprocess.run(command, check=check, cwd=ROOT, env=self._environment(), **options)

    def asked(self, *arguments: str, **options: Any) -> str:
        """What it prints."""
        return str(
            self.run(*arguments, stdout=subprocess.PIPE, text=True, **options).stdout
        ).strip()

    def query(self, sql: str) -> str:
        """What Airflow's database answers, a row per line."""
        as_airflow = ("psql", "-U", "airflow", "-d", "airflow", "-qtAc", sql)
        return self.asked("exec", "-T", "postgres", *as_airflow)

    def dump(self, file: IO[bytes], service: str, *command: str) -> None:
        """Write what a command in a running service prints into a file."""
        self.run("exec", "-T", service, *command, stdout=file)

    def running(self) -> set[str]:
        """The services that run."""
        return set(self.asked("ps", "--services", "--status", "running").split())

    def _environment(self) -> Mapping[str, str]:
        return {**os.environ, "CS_ENV_FILE": str(self.env)}
