"""The pod of a training, as data: the JSON that goes to Kubernetes' API.

Nothing here knows a client or a cluster.
"""

from collections.abc import Mapping, Sequence

from cs_airflow.train.template import BASE, Json, laid_underneath
from cs_pipeline.config import Pods

SCRATCH, _UID = "/scratch", "metadata.uid"

# Whatever a template says: what the namespace profile "restricted" asks for.
_SAFE: Json = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
_SAFE_CONTAINER = _SAFE | {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "privileged": False,
}
_SAFE_POD = {
    "automountServiceAccountToken": False,
    "hostIPC": False,
    "hostNetwork": False,
    "hostPID": False,
    "restartPolicy": "Never",
}


def training_pod(pods: Pods, environment: Mapping[str, str], template: Json | None = None) -> Json:
    """The pod without its name and its command.

    Args:
        pods: what the settings ask for.
        environment: variables of the trainer; nothing secret.
        template: a site's pod, as `read_template` gives it.
    """
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"namespace": pods.pod_namespace, "labels": _labels(pods)},
        "spec": _placement(pods) | {"containers": [_container(pods, environment)]},
    }
    return _made_safe(pods, laid_underneath(template, pod) if template else pod)


def with_memory(pod: Json, memory: str) -> Json:
    """The same pod with another amount of memory, both asked for and allowed."""
    first, *others = pod["spec"]["containers"]
    resources = first["resources"]
    first = first | {
        "resources": {kind: resources[kind] | {"memory": memory} for kind in resources}
    }
    return pod | {"spec": pod["spec"] | {"containers": [first, *others]}}


def together(command: Sequence[str], gpus: int) -> list[str]:
    """The command as the pod executes it: with several GPUs, once for each."""
    torchrun = ["torchrun", "--standalone", "--nproc-per-node", str(gpus), "--no-python"]
    return [*(torchrun if gpus > 1 else []), *command]


def _labels(pods: Pods) -> Json:
    queue = {"kueue.x-k8s.io/queue-name": pods.pod_queue} if pods.pod_queue else {}
    return {"app.kubernetes.io/name": "cs-pipeline", "app.kubernetes.io/component": "train"} | queue


def _placement(pods: Pods) -> Json:
    shared = {"medium": "Memory", "sizeLimit": pods.pod_shared_memory}
    asked: Json = {
        "activeDeadlineSeconds": pods.pod_deadline_seconds,
        "affinity": pods.pod_affinity,
        "enableServiceLinks": False,
        "imagePullSecrets": [{"name": name} for name in pods.pod_pull_secrets],
        "nodeSelector": pods.pod_node_selector,
        "priorityClassName": pods.pod_priority_class,
        "runtimeClassName": pods.pod_runtime_class,
        "serviceAccountName": pods.pod_service_account,
        "terminationGracePeriodSeconds": pods.pod_grace_seconds,
        "tolerations": list(pods.pod_tolerations),
        "volumes": [
            {"name": "scratch", "emptyDir": {"sizeLimit": pods.pod_scratch}},
            {"name": "shared-memory", "emptyDir": shared},
        ],
    }
    return {name: value for name, value in asked.items() if value not in ("", [], {})}


def _container(pods: Pods, environment: Mapping[str, str]) -> Json:
    gpus = {pods.pod_gpu_resource: str(pods.train_gpus)} if pods.train_gpus else {}
    amounts = {"memory": pods.pod_memory, **gpus}
    return {
        "name": BASE,
        "image": pods.pod_image,
        "env": [{"name": name, "value": value} for name, value in environment.items()]
        + [{"name": "CS_PIPELINE_POD_UID", "valueFrom": {"fieldRef": {"fieldPath": _UID}}}],
        "envFrom": [{"secretRef": {"name": name}} for name in pods.pod_secrets],
        "resources": {"requests": {"cpu": pods.pod_cpu, **amounts}, "limits": amounts},
        "terminationMessagePolicy": "FallbackToLogsOnError",
        "volumeMounts": [
            {"name": "scratch", "mountPath": SCRATCH},
            {"name": "shared-memory", "mountPath": "/dev/shm"},  # noqa: S108 - where NCCL looks
        ],
    }


def _made_safe(pods: Pods, pod: Json) -> Json:
    spec = pod["spec"]
    user = {"runAsUser": pods.pod_run_as_user, "runAsGroup": pods.pod_run_as_group}
    group = {"fsGroup": pods.pod_fs_group} if pods.pod_fs_group else {}
    security = spec.get("securityContext", {}) | _SAFE | user | group
    groups = {
        kind: list(map(_safe, spec.get(kind, []))) for kind in ("initContainers", "containers")
    }
    groups["containers"][0]["securityContext"]["readOnlyRootFilesystem"] = True
    return pod | {"spec": spec | groups | _SAFE_POD | {"securityContext": security}}


def _safe(container: Json) -> Json:
    return container | {"securityContext": container.get("securityContext", {}) | _SAFE_CONTAINER}
