"""Docker Compose as these scripts call it, and words in the reader's language. Plain Python."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
# What writes: all of it stands still while files are copied.
WRITERS = ("api-server", "scheduler", "scheduler-gpu", "worker", "dag-processor", "triggerer")


def say(ko: str, en: str) -> None:
    """Print in the reader's language."""
    print(en if os.environ.get("CS_PIPELINE_LANG", "ko") == "en" else ko, flush=True)


def refuse(ko: str, en: str) -> None:
    """Say why not, and end with exit code 2."""
    say(ko, en)
    sys.exit(2)


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
            refuse(
                f"{self.env} 파일이 없습니다. 'make env'를 먼저 실행하세요.",
                f"There is no {self.env}. Run 'make env' first.",
            )
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
