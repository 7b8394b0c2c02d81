"""Docker Compose as these scripts call it, and words in the reader's language. Plain Python."""

import os
import shutil
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


def refuse_without_docker() -> None:
    """Raises `SystemExit` unless Docker and Compose v2 are here and the engine answers."""
    if shutil.which("docker") is None:
        refuse(
            "Docker가 없습니다. Docker Engine과 Compose 플러그인을 설치하세요: "
            "https://docs.docker.com/engine/install/",
            "There is no Docker here. Install Docker Engine and its Compose plugin: "
            "https://docs.docker.com/engine/install/",
        )
    if _tried("compose", "version").returncode:
        refuse(
            "Docker는 있지만 Compose v2가 없습니다. docker-compose-plugin을 설치하고 "
            "'docker compose version'이 되는지 확인하세요.",
            "Docker is here, Compose v2 is not. Install docker-compose-plugin and make 'docker "
            "compose version' work.",
        )
    engine = _tried("version", "--format", "{{.Server.Version}}")
    if engine.returncode == 0:
        return
    if "permission denied" in engine.stderr.lower():
        refuse(
            "Docker를 쓸 권한이 없습니다. 'sudo usermod -aG docker $USER'를 실행하고 다시 "
            "로그인하세요. 이 그룹에 든 사람은 서버의 관리자와 같습니다.",
            "You may not use Docker. Run 'sudo usermod -aG docker $USER' and log in again. Whoever "
            "is in this group is as mighty as the host's administrator.",
        )
    refuse(
        "Docker 엔진이 응답하지 않습니다. 'sudo systemctl start docker'로 켜세요.\n"
        f"{engine.stderr.strip()}",
        "The Docker engine does not answer. Start it with 'sudo systemctl start docker'.\n"
        f"{engine.stderr.strip()}",
    )


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
