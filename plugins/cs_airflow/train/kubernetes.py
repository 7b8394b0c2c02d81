"""Train in a pod. The store decides what became of it, never the pod's colour.

The provider's operator makes the pod, defers and passes its log on; what comes after the pod's end
is our own, because the provider's reuses pods that are being deleted, trains again what ended while
Airflow was away, and never says why a pod died. `docs/training-in-pods.md` is the manual.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.sdk.definitions.context import Context
from airflow.sdk.exceptions import AirflowException
from kubernetes.client import V1Pod
from kubernetes.client.exceptions import ApiException
from urllib3.exceptions import HTTPError

from cs_airflow.task_errors import task_errors
from cs_airflow.train.assigned import assigned, run_of, show_model
from cs_airflow.train.causes import Cause, Evidence, cause_of, start_problem
from cs_airflow.train.pod import together, training_pod, with_memory
from cs_airflow.train.pod_errors import PodLost, PodStopped, refused
from cs_airflow.train.pod_history import PodHistory
from cs_airflow.train.pod_state import exit_code
from cs_airflow.train.pod_trigger import (
    FAULTS,
    LAST_SEEN,
    MARGIN_SECONDS,
    TrainPodTrigger,
    as_json,
)
from cs_airflow.train.settings_check import check_form, checked_pods, pod_environment
from cs_airflow.train.template import BASE, Json, read_template
from cs_airflow.train.wording import pod_ended, still_there
from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import CsPipelineError, StorageError
from cs_pipeline.stages import HandOver, Installation

LOG_SECONDS = 10
POLL_SECONDS = 2.0
MOST_FAULTS = 20
_LOG_LINES = 50
_ENDED = {"Succeeded", "Failed"}


class KubernetesTrainOperator(KubernetesPodOperator):
    """Train in a pod, without a worker's slot while it runs.

    Args:
        dataset: XCom of the merge task, a `DatasetVersion` as JSON.
        settings: where the pod and the store are described; None: as the environment says.
        member: one model of an experiment with its dataset, in the place of this run's.

    Raises:
        SettingsError: a setting that pods need is missing or wrong, so that the DAG is not loaded.
    """

    template_fields: Sequence[str] = ("dataset", "member", *KubernetesPodOperator.template_fields)

    def __init__(
        self,
        *,
        dataset: Any = None,
        settings: Settings | None = None,
        member: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        settings = settings or Settings.load()
        pods = checked_pods(settings)
        template = read_template(pods.pod_template) if pods.pod_template else None
        pod = training_pod(pods, pod_environment(settings), template)
        check_form(pod)
        waits = pods.pod_schedule_seconds + pods.pod_startup_seconds
        super().__init__(
            name="cs-train",
            namespace=pods.pod_namespace,
            kubernetes_conn_id=pods.pod_connection or None,
            pod_template_dict=pod,
            deferrable=True,
            durable=False,  # which pod is this run's is found out here, by labels and by its end
            do_xcom_push=False,
            logging_interval=LOG_SECONDS,
            poll_interval=POLL_SECONDS,
            on_finish_action="delete_pod",
            on_kill_action="delete_pod",
            termination_grace_period=pods.pod_grace_seconds,
            termination_message_policy="FallbackToLogsOnError",
            schedule_timeout_seconds=pods.pod_schedule_seconds,
            startup_timeout_seconds=pods.pod_startup_seconds,
            log_events_on_startup=False,  # reads every event of the namespace at each look
            log_pod_spec_on_failure=False,
            execution_timeout=timedelta(seconds=pods.pod_deadline_seconds + waits + MARGIN_SECONDS),
            **kwargs,
        )
        self.dataset = dataset
        self.member = member

    def execute(self, context: Context) -> Any:
        """Watch the pod that this run has, or hand the training over and make one."""
        installation, self.name = Installation.load(), self._set_name(self.name)
        show_model(context, self.member)
        self.pod = self._pod_at_work(installation, context)
        if self.pod is None:
            handed = self._hand_over(installation, context)
            if (figures := self._taken_back(installation, context)) is not None:
                return figures
            self._make_pod(installation, context, handed)
        self.pod_request_obj = self.pod
        self.execute_async(context)  # defers, unless the pod has ended meanwhile
        return self._taken_back(installation, context)

    def trigger_reentry(self, context: Context, event: dict[str, Any]) -> Any:
        """Go on watching, or find out what became of the pod.

        Raises:
            PodLost: another pod goes on.
            PodStopped: a person has to change something.
        """
        self.pod = self._find(event["name"])
        if event["status"] == "error" and self.pod and not _has_problem(as_json(self.pod)):
            self._watch_again(context, event)
        if self.pod is not None:
            with suppress(HTTPError, ApiException):
                self._write_logs(self.pod, since_time=event.get("last_log_time"))
        return self._finish(Installation.load(), context, event["name"], event.get(LAST_SEEN))

    def defer(self, *, trigger: Any, **kwargs: Any) -> NoReturn:
        """Wait in our own trigger; the provider names its class in the code."""
        super().defer(trigger=TrainPodTrigger(**trigger.serialize()[1]), **kwargs)

    def _pod_at_work(self, installation: Installation, context: Context) -> V1Pod | None:
        """The pod of an earlier try that still waits or trains; all others are cleared away.

        A pod that is being deleted counts as gone, and is waited for: it may still write a
        checkpoint.
        """
        selector = self._build_find_pod_label_selector(context, exclude_checked=False)
        found = self.client.list_namespaced_pod(self.namespace, label_selector=selector).items
        at_work = []
        for pod in sorted(found, key=lambda pod: pod.metadata.creation_timestamp):
            if pod.metadata.deletion_timestamp or pod.status.phase in _ENDED:
                self.pod = pod
                self._put_away(installation, context, pod.metadata.name, as_json(pod))
            else:
                at_work.append(pod)
        for pod in at_work[:-1]:
            self._delete(pod)
        return at_work[-1] if at_work else None

    def _hand_over(self, installation: Installation, context: Context) -> HandOver:
        with task_errors():
            wanted = assigned(
                context, installation.settings, dataset=self.dataset, member=self.member
            )
            return stages.hand_over(installation, **wanted._asdict())

    def _make_pod(self, installation: Installation, context: Context, handed: HandOver) -> None:
        history = PodHistory(installation, run_of(context, self.member))
        memory = history.memory_of_next()
        self.pod_template_dict = with_memory(self.pod_template_dict, memory)
        self.cmds = together(handed.command, installation.settings.train_gpus)
        try:
            self.pod = self.pod_manager.create_pod(self.build_pod_request_obj(context))
        except ApiException as error:
            raise refused(error) from None
        history.began(self.pod.metadata.name, memory=memory, attempt=handed.attempt)

    def _watch_again(self, context: Context, event: dict[str, Any]) -> None:
        """Defer once more after a fault of the watch itself; the pod is well."""
        faults = event.get(FAULTS, 0) + 1
        if faults > MOST_FAULTS:
            raise AirflowException(f"The pod {event['name']} cannot be watched: {event['message']}")
        self.log.warning("Watching the pod failed (%d in a row): %s", faults, event["message"])
        self.trigger_kwargs = {FAULTS: faults, LAST_SEEN: event.get(LAST_SEEN)}
        self.invoke_defer_method(last_log_time=event.get("last_log_time"), context=context)

    def _finish(
        self, installation: Installation, context: Context, name: str, seen: Json | None
    ) -> dict[str, Any]:
        cause = self._put_away(installation, context, name, seen)
        figures = self._taken_back(installation, context)
        if figures is not None:
            return figures
        message = str(pod_ended(name, cause.words))
        raise (PodStopped if cause.action == "stop" else PodLost)(message, cause.name)

    def _put_away(
        self, installation: Installation, context: Context, name: str, seen: Json | None
    ) -> Cause:
        """Keep what is known of a pod, then delete it and wait until it is gone."""
        shown = as_json(self.pod) if self.pod else seen or {}
        evidence = Evidence(shown, self._events(name), gone=self.pod is None)
        cause = PodHistory(installation, run_of(context, self.member)).ended(
            name, cause_of(evidence), pod=shown, events=evidence.events, log=self._last_lines()
        )
        if self.pod is not None:
            self._delete(self.pod)
        return cause

    def _taken_back(self, installation: Installation, context: Context) -> dict[str, Any] | None:
        """Figures of the result in the store, None while there is none."""
        run_id = run_of(context, self.member)
        with task_errors():
            try:
                stages.take_back(installation, run_id=run_id)
            except StorageError:
                raise
            except CsPipelineError as error:
                self.log.debug("%s", error)
                return None
            figures = stages.training_figures(installation, run_id=run_id)
        PodHistory(installation, run_id).ended_well()
        context["ti"].xcom_push(key="return_value", value=figures)
        return figures

    def _find(self, name: str) -> V1Pod | None:
        try:
            return self.hook.get_pod(name, self.namespace)
        except ApiException as error:
            if error.status == 404:
                return None
            raise

    def _is_gone(self, name: str) -> bool:
        with suppress(HTTPError, ApiException):
            return self._find(name) is None
        return False  # whoever cannot be asked has not said so

    def _events(self, name: str) -> list[Json]:
        """What the cluster noted of the pod; it forgets after an hour."""
        with suppress(HTTPError, ApiException):
            told = self.client.list_namespaced_event(
                self.namespace, field_selector=f"involvedObject.name={name}"
            )
            kept = ("type", "reason", "message", "count", "lastTimestamp")
            return [{k: e[k] for k in kept if e.get(k)} for e in map(as_json, told.items)]
        return []

    def _last_lines(self) -> tuple[str, ...]:
        with suppress(HTTPError, ApiException):
            if self.pod is not None:
                answer = self.client.read_namespaced_pod_log(
                    self.pod.metadata.name,
                    self.namespace,
                    container=BASE,
                    tail_lines=_LOG_LINES,
                    _preload_content=False,  # the client would show the bytes as Python does
                )
                return tuple(answer.data.decode(errors="replace").splitlines())
        return ()

    def _delete(self, pod: V1Pod) -> None:
        """Delete a pod and wait until the API does not know it any more."""
        name, seconds = pod.metadata.name, (self.termination_grace_period or 0) + MARGIN_SECONDS
        waits: float = seconds
        if ends := pod.metadata.deletion_timestamp:  # when its grace is over, or was
            left = (ends - datetime.now(UTC)).total_seconds() + MARGIN_SECONDS
            waits = min(max(left, 0), seconds)
        else:
            self.pod_manager.delete_pod(pod)
        deadline = time.monotonic() + waits
        while not self._is_gone(name):
            if time.monotonic() > deadline:
                # A node that does not answer keeps its pods for ever. The lease fences this one.
                self.log.warning("%s", still_there(name, seconds))
                return
            time.sleep(POLL_SECONDS)


def _has_problem(pod: Json) -> bool:
    """Whether there is nothing left to watch: it has ended, goes away or cannot start."""
    status = pod.get("status", {})
    ended = status.get("phase") in _ENDED or exit_code(pod) is not None
    cause = cause_of(Evidence(pod)).name
    return (
        ended
        or "deletionTimestamp" in pod["metadata"]
        or start_problem(pod) is not None
        or cause in ("image_refused", "image_not_pulled")
    )
