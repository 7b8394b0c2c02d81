"""The main job on one machine: an export dropped into the inbox becomes a promoted model.

Everything lies in `.demo/` (or `DEMO_HOME`), which is made anew at each start: a private Airflow,
its inbox, a tiny base model made on the spot, the dataset and the model store. `DEMO_EXIT=1` ends
after the first run, with exit code 0 only if a model was promoted; otherwise Airflow stays up
until Ctrl-C.
"""

import fcntl
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import demo_wording as wording
from cs_pipeline import stages
from cs_pipeline.cli.summary import print_run
from cs_pipeline.cli.words import say
from cs_pipeline.records import RunRecord
from cs_pipeline.samples.workbook import write_sample_export
from cs_pipeline.stages import Installation
from standalone import ROOT, StandaloneAirflow

HOME = Path(os.environ.get("DEMO_HOME") or ROOT / ".demo").resolve()
MARK = "made-by-the-demo"
COMMANDS = HOME / "commands.sh"
EXPORT_ROWS = 2000
QUESTIONS = ("배송은 언제 도착하나요?", "환불하고 싶어요.", "비밀번호를 잊어버렸어요.")
# A tiny model that starts from noise: more passes and a higher learning rate than a real base
# needs, and a limit that it must work for. It starts near ln(4096) = 8.3 nats per token.
RECIPE = {
    "CS_PIPELINE_RECIPE": "tiny",
    "CS_PIPELINE_MAX_EVAL_LOSS": "6.0",
    "CS_PIPELINE_PROMOTE_FIRST": "true",
}
ENDED = {"success", "failed", "skipped", "upstream_failed", "removed"}
FINISHED = {"success", "failed"}


def environment() -> dict[str, str]:
    """The installation's settings: all folders below `.demo/`."""
    return {
        "CS_PIPELINE_DATA_DIR": str(HOME / "data-train"),
        "CS_PIPELINE_WORK_DIR": str(HOME / "var"),
        "CS_PIPELINE_BASE_MODEL": str(HOME / "base-model"),
        "CS_PIPELINE_LANG": os.environ.get("CS_PIPELINE_LANG", "ko"),
        "HF_HUB_OFFLINE": "1",
        **RECIPE,
    }


def write_commands() -> None:
    """A file for `.` in a shell, after which `cs-pipeline` acts on the demo."""
    lines = [f"export PATH={shlex.quote(str(Path(sys.executable).parent))}:$PATH"]
    lines += [f"export {name}={shlex.quote(value)}" for name, value in environment().items()]
    COMMANDS.write_text("\n".join([*lines, ""]), encoding="utf-8")


def tell(told: object) -> None:
    """Print one line with the time of day."""
    print(f"{datetime.now().astimezone():%H:%M:%S}  {told}", flush=True)


@contextmanager
def fresh_home() -> Iterator[None]:
    """An empty `.demo/` that no second demo can take away."""
    HOME.mkdir(parents=True, exist_ok=True)
    HOME.chmod(0o700)  # the password of its admin lies here
    handle = os.open(HOME, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(wording.in_use(HOME))
        sys.exit(1)
    if any(HOME.iterdir()) and not (HOME / MARK).exists():
        say(wording.not_ours(HOME))
        sys.exit(1)
    for entry in HOME.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    (HOME / MARK).touch()
    try:
        yield
    finally:
        os.close(handle)


def make_base_model() -> None:
    """A tiny KoGPT2-shaped base, by the command line that a user would use."""
    base = environment()["CS_PIPELINE_BASE_MODEL"]
    command = [sys.executable, "-m", "cs_pipeline.cli", "make-base", base]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def drop_export(installation: Installation) -> float:
    """Put a sample export into the inbox as a person would; returns the time of the drop."""
    made = HOME / "상담내역_예시.xlsx"
    write_sample_export(made, rows=EXPORT_ROWS, seed=int(time.time()), layout="qa")
    made.rename(Path(installation.inbox.uri) / made.name)
    return time.time()


def follow(airflow: StandaloneAirflow, run_id: str) -> dict[str, Any]:
    """Print each task as it starts and ends until the run has ended; returns the run."""
    shown: dict[str, str] = {}
    while True:
        run = airflow.get(f"dags/cs_retrain/dagRuns/{run_id}")
        for task in airflow.task_instances(run_id):
            name = task["task_id"] + (f"[{task['map_index']}]" if task["map_index"] >= 0 else "")
            state = task["state"]
            if state in ENDED | {"running", "up_for_retry"} and shown.get(name) != state:
                shown[name] = state
                seconds = f" {task['duration']:.1f}s" if state in FINISHED else ""
                tell(f"  {name:<20} {state}{seconds}")
        if run["state"] in FINISHED:
            return run
        time.sleep(1)


def report(
    airflow: StandaloneAirflow, installation: Installation, run: dict[str, Any]
) -> RunRecord | None:
    """Print what the run made, how long it took, and where its report lies."""
    run_id = run["dag_run_id"]
    record = installation.runs.read(run_id)
    if record is None:
        tell(wording.NO_RECORD)
        return None
    if record.status == "nothing_to_do":
        return record
    print()
    print_run(record)
    tasks = airflow.task_instances(run_id)
    training = sum(task["duration"] or 0 for task in tasks if task["task_id"] == "train")
    whole = _timestamp(run["end_date"]) - _timestamp(run["start_date"])
    say(wording.took(whole, whole - training))
    folder = installation.runs.folder_of(run_id)
    say(wording.report(folder / "report.html"))
    say(wording.commands(COMMANDS))
    if record.model:
        print()
        answer_questions()
    print()
    return record


def answer_questions() -> None:
    """Ask the live model through the command line."""
    command = [sys.executable, "-m", "cs_pipeline.cli", "chat"]
    for question in QUESTIONS:
        command += ["--question", question]
    subprocess.run(command, check=False)


def _timestamp(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def watch(
    airflow: StandaloneAirflow, installation: Installation, *, dropped: float, once: bool
) -> bool:
    """Follow every run as it comes; with `once` only the first that had something to do.

    Returns True if the last followed run promoted a model.
    """
    followed: set[str] = set()
    while True:
        for run in airflow.runs():
            run_id = run["dag_run_id"]
            if run_id in followed or run["start_date"] is None:
                continue
            followed.add(run_id)
            tell(wording.started(run_id))
            if dropped:
                waited = _timestamp(run["start_date"]) - dropped
                say(wording.waited(waited))
                dropped = 0.0
            record = report(airflow, installation, follow(airflow, run_id))
            if once and (record is None or record.status != "nothing_to_do"):
                return record is not None and record.status == "promoted"
            invite(airflow, installation)
        time.sleep(1)


def invite(airflow: StandaloneAirflow, installation: Installation) -> None:
    """Where to look, and what to try next."""
    say(wording.invitation(airflow.url, airflow.password, installation.inbox.uri))


def main() -> int:
    """Run the demo; returns the exit code."""
    once = os.environ.get("DEMO_EXIT", "") not in {"", "0"}
    # Also when a shell started us in the background, where SIGINT is ignored, and on SIGTERM.
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.default_int_handler)
    with fresh_home():
        os.environ.update(environment())
        installation = Installation.load()
        stages.prepare_folders(installation)
        write_commands()
        tell(wording.MAKING_BASE)
        make_base_model()
        tell(wording.STARTING)
        airflow = StandaloneAirflow(HOME / "airflow", environment())
        promoted = False
        try:
            with airflow:
                invite(airflow, installation)
                dropped = drop_export(installation)
                tell(wording.dropped(EXPORT_ROWS))
                promoted = watch(airflow, installation, dropped=dropped, once=once)
        except KeyboardInterrupt:
            tell(wording.STOPPED)
            return 0
        return 0 if promoted else 1


if __name__ == "__main__":
    sys.exit(main())
