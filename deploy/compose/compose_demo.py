"""The main job through the compose stack: an export that was dropped becomes a promoted model.

`make demo-compose` runs this beside any installation that is there: a project, folders and a port
of its own, a tiny base model made on the spot. It ends by itself, takes everything down again, and
leaves the report in `.demo-compose/var/runs/`. `KEEP=1` leaves the stack up.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time

import compose_wording as wording
import make_env
from stack import ROOT, Stack, refuse_without_docker, say

HOME = ROOT / ".demo-compose"
PROJECT = "cs-pipeline-demo"
SECONDS = 1200
WORK, INBOX = "/opt/airflow/var", "/opt/airflow/data-train/inbox"
CHOSEN = {
    "CS_DATA": "./.demo-compose/data-train",
    "CS_VAR": "./.demo-compose/var",
    "CS_BASE_MODELS": "./.demo-compose/base-models",
    "CS_SECRETS": "./.demo-compose/secrets",
    "CS_PIPELINE_BASE_MODEL": "/opt/airflow/base-models/tiny",
    "CS_PIPELINE_RECIPE": "tiny",
    "CS_PIPELINE_MAX_EVAL_LOSS": "6.0",
    "CS_PIPELINE_PROMOTE_FIRST": "true",
    "HF_HUB_OFFLINE": "1",
}
RUNS = "select run_id, state from dag_run where dag_id = 'cs_retrain' order by id"


def main() -> int:
    """0 if a model was promoted."""
    stack = Stack(HOME / ".env", PROJECT)
    begun = time.monotonic()
    prepare(stack)
    promoted = False
    try:
        say(wording.DEMO_BEGINS)
        stack.run("build", "--quiet", "folders")
        make_a_base(stack)
        stack.run("up", "--detach", "--wait")
        say(wording.demo_is_up(since(begun)))
        drop_an_export(stack)
        promoted = follow(stack)
    except subprocess.CalledProcessError as error:
        say(wording.demo_failed(error.returncode))
    finally:
        if not os.environ.get("KEEP"):
            stack.run("down", "--volumes", check=False)
    say(wording.demo_ended(HOME / "var" / "runs", since(begun), promoted=promoted))
    return 0 if promoted else 1


def prepare(stack: Stack) -> None:
    """An empty home with settings and secrets of its own."""
    refuse_without_docker()
    if HOME.exists():
        stack.run("down", "--volumes", check=False, capture_output=True)
        shutil.rmtree(HOME)
    HOME.mkdir(mode=0o755)
    as_is = ["--as-is"] if os.environ.get("AS_IS") else []
    make_env.main(["--folder", str(HOME), *as_is])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    url = f"http://localhost:{port}"
    make_env.write_env(stack.env, {**CHOSEN, "CS_PORT": port, "CS_URL": url})
    (HOME / "base-models").mkdir()


def make_a_base(stack: Stack) -> None:
    """A tiny base model, where the stack looks for base models and cannot write."""
    stack.run("run", "--rm", "folders")
    folder = HOME / "base-models"
    folder.chmod(0o777)
    once = ("run", "--rm", "--no-deps", "-T", "--volume", f"{folder}:/made")
    stack.run(*once, "--entrypoint", "cs-pipeline", "scheduler", "make-base", "/made/tiny")


def drop_an_export(stack: Stack) -> None:
    """Write an export beside the inbox, and move it in as one piece."""
    at_work = ("exec", "-T", "scheduler")
    made = f"{WORK}/상담.xlsx"
    stack.run(*at_work, "cs-pipeline", "sample-export", "--out", made, "--rows", "2000")
    stack.run(*at_work, "mv", made, f"{INBOX}/")
    say(wording.DEMO_EXPORT)


def follow(stack: Stack) -> bool:
    """Wait for the first run that has ended; returns whether it promoted a model."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        told = stack.query(RUNS)
        ended = [line for line in told.splitlines() if line.endswith(("|success", "|failed"))]
        records = sorted((HOME / "var" / "runs").glob("*/run.json"))
        if ended and records:
            record = json.loads(records[0].read_text(encoding="utf-8"))
            stack.run("exec", "-T", "scheduler", "cs-pipeline", "status")
            return bool(record["status"] == "promoted")
        time.sleep(3)
    say(wording.DEMO_NO_END)
    return False


def since(begun: float) -> str:
    """How long ago that was."""
    return f"{time.monotonic() - begun:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
