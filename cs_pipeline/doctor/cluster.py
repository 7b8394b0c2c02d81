"""The cluster that trainings run in: in reach, with the rights that Airflow's calls need.

Asked as whoever runs this; nothing is made or changed. Of Secrets only the names are asked for,
and only where they may be read.
"""

import json
import os
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

from cs_pipeline.config import Settings
from cs_pipeline.doctor import cluster_wording as wording
from cs_pipeline.doctor.diagnosis import Diagnosis

RIGHTS = (
    ("pods", "", "create"),
    ("pods", "", "get"),
    ("pods", "", "list"),
    ("pods", "", "delete"),
    ("pods", "log", "get"),
    ("events", "", "list"),
)
"""Resource, part of it and verb of every call that worker and triggerer make."""
_SECONDS = 10
_NAMES_ONLY = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"


class _Refused(Exception):
    """The cluster answers, with an error."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Unreachable(Exception):
    """It does not answer; the message names the kind of fault only."""


class _Right(NamedTuple):
    resource: str
    part: str
    verb: str

    def __str__(self) -> str:
        return f"{self.verb} {self.resource}" + (f"/{self.part}" if self.part else "")


def look_at_cluster(settings: Settings) -> Iterator[Diagnosis]:
    """Access, namespace, rights and Secrets, each with its cure."""
    if settings.pod_connection:
        yield Diagnosis.warning("cluster", wording.known_to_airflow_only(settings.pod_connection))
        return
    try:
        import kubernetes  # noqa: F401
    except ImportError:
        yield Diagnosis.warning("cluster", wording.no_library())
        return
    try:
        cluster = _Cluster(settings.pod_namespace)
        yield from _look(cluster, settings)
    except _Unreachable as error:
        yield Diagnosis.problem("cluster.reach", wording.out_of_reach(str(error)))
    except _Refused as error:
        yield Diagnosis.problem("cluster.reach", wording.refused(error.status))


def _look(cluster: "_Cluster", settings: Settings) -> Iterator[Diagnosis]:
    space = settings.pod_namespace
    missing = [right for right in map(_Right._make, RIGHTS) if not cluster.may(right)]
    yield Diagnosis.ok("cluster.reach", wording.reached(cluster.address))
    if cluster.lacks(f"/api/v1/namespaces/{quote(space)}"):
        yield Diagnosis.problem("cluster.namespace", wording.no_namespace(space))
        return
    if missing:
        words = wording.rights_missing(space, [str(right) for right in missing])
        yield Diagnosis.problem("cluster.rights", words)
    else:
        yield Diagnosis.ok("cluster.rights", wording.rights_there(space))
    for name in dict.fromkeys((*settings.pod_secrets, *settings.pod_pull_secrets)):
        yield from _secret(cluster, space, name)


def _secret(cluster: "_Cluster", space: str, name: str) -> Iterator[Diagnosis]:
    """Nothing is said of one that may not be looked at, as it should be."""
    if not cluster.may(_Right("secrets", "", "get"), name):
        return
    if cluster.lacks(f"/api/v1/namespaces/{quote(space)}/secrets/{quote(name, safe='')}"):
        yield Diagnosis.problem("cluster.secret", wording.no_secret(space, name))
    else:
        yield Diagnosis.ok("cluster.secret", wording.secret_there(name))


class _Cluster:
    """The cluster that Airflow would reach: `KUBECONFIG`, the service account, `~/.kube/config`.

    Raises:
        _Unreachable: none of these is there.
    """

    def __init__(self, namespace: str) -> None:
        import yaml  # type: ignore[import-untyped]
        from kubernetes import client, config

        settings = client.Configuration()
        named = os.environ.get("KUBECONFIG")
        try:
            if named:
                config.load_kube_config(named, client_configuration=settings)
            else:
                self._load_default(config, settings)
        except (config.ConfigException, yaml.YAMLError, OSError) as error:
            raise _Unreachable(type(error).__name__) from None
        settings.retries = False
        self.address = str(settings.host)
        self._namespace = namespace
        self._api = client.ApiClient(settings)

    @staticmethod
    def _load_default(config: Any, settings: Any) -> None:
        try:
            config.load_incluster_config(client_configuration=settings)
        except config.ConfigException:
            config.load_kube_config(client_configuration=settings)

    def may(self, right: _Right, name: str = "") -> bool:
        """Whether whoever runs this has a right in the namespace."""
        asked = {"namespace": self._namespace, "verb": right.verb, "resource": right.resource}
        asked |= {"subresource": right.part} if right.part else {}
        asked |= {"name": name} if name else {}
        body = {
            "apiVersion": "authorization.k8s.io/v1",
            "kind": "SelfSubjectAccessReview",
            "spec": {"resourceAttributes": asked},
        }
        path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
        return bool(self._ask("POST", path, body)["status"].get("allowed"))

    def lacks(self, path: str) -> bool:
        """Whether something is surely not there; what may not be looked at may be there."""
        try:
            self._ask("GET", path)
        except _Refused as error:
            if error.status in (403, 404):
                return error.status == 404
            raise
        return False

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        from kubernetes.client import ApiException
        from urllib3.exceptions import HTTPError

        try:
            answer = self._api.call_api(
                path,
                method,
                header_params={"Accept": "application/json" if body else _NAMES_ONLY},
                body=body,
                auth_settings=["BearerToken"],
                _preload_content=False,
                _return_http_data_only=True,
                _request_timeout=_SECONDS,
            )
            return json.loads(answer.data)
        except ApiException as error:
            raise _Refused(int(error.status or 0)) from None
        except HTTPError as error:
            raise _Unreachable(type(error).__name__) from None
