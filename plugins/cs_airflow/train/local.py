"""Where the trainer runs. Every backend executes the same command line and reads `result.json`."""

import contextlib
import os
import signal
import subprocess
from typing import Any

from airflow.providers.standard.hooks.subprocess import SubprocessHook
from airflow.sdk import BaseOperator
from airflow.sdk.definitions.context import Context
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from cs_airflow.task_errors import task_errors
from cs_airflow.told import with_words
from cs_airflow.train.assigned import assigned, run_of, show_model
from cs_airflow.train.exit_codes import TRIED_AGAIN, ExitCode
from cs_airflow.wording import trainer_ended
from cs_pipeline import stages
from cs_pipeline.stages import Installation

# Airflow kills a task's own process 5 s after it asked it to stop.
GRACE_SECONDS = 3.0


class LocalTrainOperator(BaseOperator):
    """Train in a process of this machine; its log is the task's log and it dies with its task.

    With a store for hand-overs the process gets its work from there and leaves its result there, as
    one on another machine would.

    Args:
        dataset: XCom of the merge task, a `DatasetVersion` as JSON.
        member: one model of an experiment with its dataset, in the place of this run's.
    """

    template_fields = ("dataset", "member")

    def __init__(
        self, *, dataset: Any = None, member: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.dataset = dataset
        self.member = member
        self._hook: SubprocessHook | None = None

    def execute(self, context: Context) -> dict[str, Any]:
        """Train; returns figures only."""
        installation, run_id = Installation.load(), run_of(context, self.member)
        show_model(context, self.member)
        with task_errors():
            wanted = assigned(
                context, installation.settings, dataset=self.dataset, member=self.member
            )
            asked = wanted._asdict()
            if installation.settings.store:
                handed = stages.hand_over(installation, **asked)
                self._run(installation, stages.local_command(handed))
                stages.take_back(installation, run_id=run_id)
            else:
                self._run(installation, stages.train_command(installation, **asked))
            return stages.training_figures(installation, run_id=run_id)

    def _run(self, installation: Installation, command: list[str]) -> None:
        self._hook = SubprocessHook()
        outcome = self._hook.run_command(
            command,
            env={**os.environ, "CS_PIPELINE_EXIT_WITH_PARENT": str(os.getpid())},
            cwd=str(installation.settings.work_dir),
        )
        _raise_for_exit_code(outcome.exit_code)

    def on_kill(self) -> None:
        """Stop the trainer and its children: asked first, forced after the grace period."""
        process = self._hook.sub_process if self._hook else None
        if process is None or process.poll() is not None:
            return
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=GRACE_SECONDS)
                return


def _raise_for_exit_code(exit_code: int) -> None:
    """What may pass and death by a signal are tried again; the rest needs a person."""
    if exit_code == ExitCode.OK:
        return
    words = trainer_ended(exit_code)
    print(words)  # noqa: T201 - it stands in the log before Airflow's traceback
    again = exit_code in TRIED_AGAIN or exit_code < 0
    kind = AirflowException if again else AirflowFailException
    raise with_words(kind(str(words)), words)
