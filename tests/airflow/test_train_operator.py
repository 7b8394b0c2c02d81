import os
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from cs_airflow.train.local import LocalTrainOperator
from cs_pipeline import stages
from tests.records import dataset


@pytest.fixture
def operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalTrainOperator:
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(tmp_path))
    return LocalTrainOperator(task_id="train", dataset=dataset().model_dump(mode="json"))


def command(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let the operator run a script in place of the trainer."""
    argv = [sys.executable, "-c", textwrap.dedent(script)]
    monkeypatch.setattr(stages, "train_command", lambda *_, **__: argv)


def execute(operator: LocalTrainOperator) -> Any:
    return operator.execute({"run_id": "run-1", "params": {}})  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    ("ending", "error"),
    [
        ("sys.exit(1)", AirflowFailException),
        ("sys.exit(2)", AirflowFailException),
        ("sys.exit(3)", AirflowFailException),
        ("sys.exit(5)", AirflowException),
        ("sys.exit(6)", AirflowFailException),
        ("sys.exit(7)", AirflowException),
        ("os.kill(os.getpid(), 9)", AirflowException),
    ],
)
def test_only_what_may_pass_is_tried_again(
    operator: LocalTrainOperator, monkeypatch: pytest.MonkeyPatch, ending: str, error: type
) -> None:
    command(monkeypatch, f"import os, sys; {ending}")
    with pytest.raises(AirflowException) as caught:
        execute(operator)
    assert caught.type is error


def test_success_without_a_result_is_a_failure(
    operator: LocalTrainOperator, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(monkeypatch, "pass")
    with pytest.raises(AirflowFailException, match=r"result\.json"):
        execute(operator)


def test_on_kill_ends_the_trainer_and_its_children(
    operator: LocalTrainOperator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Both ignore SIGTERM, so only force ends them.
    command(
        monkeypatch,
        f"""
        import os, pathlib, signal, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.fork()
        folder = pathlib.Path({str(tmp_path)!r})
        (folder / f"{{os.getpid()}}.pid").touch()
        time.sleep(120)
        """,
    )
    failure: list[BaseException] = []

    def run() -> None:
        try:
            execute(operator)
        except AirflowException as error:
            failure.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    pids = wait_for(lambda: [int(path.stem) for path in tmp_path.glob("*.pid")], count=2)
    operator.on_kill()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert failure
    assert ended(pids)


def test_the_trainer_dies_with_a_task_that_is_killed_outright(tmp_path: Path) -> None:
    """The command line binds itself to its parent: the parent cannot be asked after SIGKILL."""
    pid_file = tmp_path / "trainer.pid"
    trainer = (
        "import os, pathlib, time\n"
        "from cs_pipeline.cli.process import exit_with_parent\n"
        "exit_with_parent()\n"
        f"pathlib.Path({str(pid_file)!r}).write_text(str(os.getpid()))\n"
        "time.sleep(120)\n"
    )
    task = (
        "import os, subprocess, sys\n"
        "os.environ['CS_PIPELINE_EXIT_WITH_PARENT'] = str(os.getpid())\n"
        f"subprocess.run([sys.executable, '-c', {trainer!r}], start_new_session=True)\n"
    )
    process = psutil.Popen([sys.executable, "-c", task])
    (pid,) = wait_for(
        lambda: [int(pid_file.read_text())] if pid_file.exists() and pid_file.read_text() else [],
        count=1,
    )
    process.kill()
    process.wait()
    assert ended([pid])
    assert pid != os.getpid()


def ended(pids: list[int], *, seconds: float = 10) -> bool:
    """A killed orphan may live until the system gets round to it."""
    deadline = time.monotonic() + seconds
    while any(map(is_running, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(is_running, pids))


def is_running(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def wait_for(found: Any, *, count: int, seconds: float = 30) -> list[int]:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if len(values := found()) == count:
            return list(values)
        time.sleep(0.05)
    raise TimeoutError
