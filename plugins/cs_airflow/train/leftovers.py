"""No pod outlives its run.

A task that is stopped before the triggerer has taken up its trigger leaves its pod at work, and no
code of the task runs again.
"""

import logging
import os

from airflow.providers.cncf.kubernetes.hooks.kubernetes import KubernetesHook
from airflow.providers.cncf.kubernetes.pod_generator import make_safe_label_value
from kubernetes.client.exceptions import ApiException
from urllib3.exceptions import HTTPError

from cs_pipeline.config import Settings

log = logging.getLogger(__name__)


def delete_pods(settings: Settings, *, dag_id: str, run_id: str) -> None:
    """Delete the training pods of a run; a cluster that does not answer is only told of."""
    labels = {"dag_id": dag_id, "run_id": run_id, "task_id": "train"}
    selector = ",".join(f"{name}={make_safe_label_value(value)}" for name, value in labels.items())
    hook = KubernetesHook(
        conn_id=settings.pod_connection or None, config_file=os.environ.get("KUBECONFIG")
    )
    try:
        client, namespace = hook.core_v1_client, settings.pod_namespace
        for pod in client.list_namespaced_pod(namespace, label_selector=selector).items:
            log.warning("The run ends, and so does its pod %s", pod.metadata.name)
            client.delete_namespaced_pod(pod.metadata.name, namespace)
    except (ApiException, HTTPError) as error:
        log.warning("Pods of the run may be left in the cluster: %s", type(error).__name__)
