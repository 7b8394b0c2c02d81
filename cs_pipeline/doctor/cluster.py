"""Whether the cluster answers and grants what a training's pod needs, asked as Airflow asks it."""

import os
from importlib.util import find_spec
from typing import Any

from cs_pipeline.config import Settings
from cs_pipeline.doctor import wording_cluster as wording
from cs_pipeline.doctor.diagnosis import Diagnosis
from cs_pipeline.language import Words

_SECONDS = 5
# What docs/training-in-pods.md lists: verb, resource, part of it.
_RIGHTS = (
    ("create", "pods", ""),
    ("get", "pods", ""),
    ("list", "pods", ""),
    ("delete", "pods", ""),
    ("get", "pods", "log"),
    ("list", "events", ""),
)


def look_at_cluster(settings: Settings) -> list[Diagnosis]:
    """One line; none where a connection of Airflow names the cluster, which only Airflow reads."""
    if settings.pod_connection:
        return []
    if find_spec("kubernetes") is None:
        return [Diagnosis.problem("cluster", wording.no_client())]
    return [_look(settings.pod_namespace)]


def _look(namespace: str) -> Diagnosis:
    from kubernetes.client import ApiException
    from urllib3.exceptions import HTTPError

    access = _access()
    if isinstance(access, Words):
        return Diagnosis.problem("cluster", access)
    try:
        missing = [" ".join(filter(None, right)) for right in _missing(access, namespace)]
    except ApiException as error:
        refused = error.status in (401, 403)
        words = (wording.login_refused if refused else wording.strange_answer)(
            access.host, error.status
        )
        return Diagnosis.problem("cluster", words)
    except HTTPError:
        return Diagnosis.problem("cluster", wording.unreachable(access.host))
    if missing:
        return Diagnosis.problem("cluster", wording.rights_missing(namespace, missing))
    return Diagnosis.ok("cluster", wording.reachable(access.host, namespace))


def _access() -> Any:
    """A `kubernetes.client.Configuration`: service account or kubeconfig; or why there is none."""
    import yaml  # type: ignore[import-untyped]
    from kubernetes import client, config

    access = client.Configuration()
    path = os.environ.get("KUBECONFIG") or None
    try:
        config.load_incluster_config(client_configuration=access)
    except config.ConfigException:
        try:
            config.load_kube_config(path, client_configuration=access)
        except (config.ConfigException, yaml.YAMLError, OSError):
            return wording.no_way_in(path)
    access.retries = False
    return access


def _missing(access: Any, namespace: str) -> list[tuple[str, str, str]]:
    """Those of the rights that the cluster does not grant.

    Raises:
        kubernetes.client.ApiException: it does not answer such questions.
        urllib3.exceptions.HTTPError: it cannot be reached.
    """
    from kubernetes import client

    reviews = client.AuthorizationV1Api(client.ApiClient(access))
    missing = []
    for verb, resource, part in _RIGHTS:
        attributes = {"namespace": namespace, "verb": verb, "resource": resource}
        if part:
            attributes["subresource"] = part
        answer = reviews.create_self_subject_access_review(
            {"spec": {"resourceAttributes": attributes}}, _request_timeout=_SECONDS
        )
        if not answer.status.allowed:
            missing.append((verb, resource, part))
    return missing
