"""The pod that a model is trained in."""

from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, field_validator

from cs_pipeline.config.group import Group, from_json, from_json_object, wording
from cs_pipeline.language import Words

# No `|` in them: the patterns stand in tables of Markdown.
_QUANTITY = r"^[0-9]+(\.[0-9]+)?([mKMGT]i?)?$"
_MEMORY = r"^[1-9][0-9]*[MGT]i$"
_NAME = r"^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$"
_GPU = (
    r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+/[A-Za-z0-9][-A-Za-z0-9_.]*$"
)

JsonObject = Annotated[dict[str, Any], BeforeValidator(from_json_object)]
JsonObjects = Annotated[tuple[dict[str, Any], ...], BeforeValidator(from_json)]
JsonNames = Annotated[tuple[str, ...], BeforeValidator(from_json)]


class Pods(Group):
    """What the pod of a training asks of the cluster; used with `train_backend=kubernetes`."""

    heading: ClassVar[Words] = Words(ko="학습 파드", en="The pod of a training")

    train_gpus: int = Field(
        default=1,
        ge=0,
        json_schema_extra=wording(
            "파드 하나의 GPU 수. 둘 이상이면 `torchrun`으로 함께 학습. 0이면 CPU로 학습."
        ),
    )
    """GPUs of the pod; several train together under `torchrun`, 0 trains on the CPU."""
    pod_image: str = Field(
        default="",
        pattern=r"^([a-z0-9][-A-Za-z0-9_./:]*(@sha256:[0-9a-f]{64})?)?$",
        json_schema_extra=wording(
            "학습 이미지. 쿠버네티스에서 필수, 다이제스트까지 적기를 권함: `name@sha256:…`."
        ),
    )
    """Image of the trainer; needed on Kubernetes, best with its digest: `name@sha256:…`."""
    pod_namespace: str = Field(
        default="cs-pipeline",
        min_length=1,
        max_length=63,
        pattern=_NAME,
        json_schema_extra=wording("학습 파드의 네임스페이스."),
    )
    """Namespace of the pods."""
    pod_connection: str = Field(
        default="",
        json_schema_extra=wording(
            "쿠버네티스 Airflow 연결의 이름. 비우면 클러스터 안의 서비스 계정 또는 `KUBECONFIG`."
        ),
    )
    """Airflow connection of the cluster; empty: the service account in the cluster, or
    `KUBECONFIG`."""
    pod_service_account: str = Field(
        default="",
        pattern=_NAME,
        json_schema_extra=wording("학습 파드의 서비스 계정 (토큰은 넣지 않음)."),
    )
    """Service account of the pods (its token is not mounted)."""
    pod_gpu_resource: str = Field(
        default="nvidia.com/gpu",
        pattern=_GPU,
        json_schema_extra=wording(
            "클러스터의 GPU 자원 이름, MIG도 가능: `nvidia.com/mig-1g.10gb`."
        ),
    )
    """What the cluster calls its GPUs, or a slice of one: `nvidia.com/mig-1g.10gb`."""
    pod_cpu: str = Field(
        default="4", pattern=_QUANTITY, json_schema_extra=wording("요청하는 CPU 수.")
    )
    """CPUs asked for."""
    pod_memory: str = Field(
        default="16Gi",
        pattern=_MEMORY,
        json_schema_extra=wording("메모리, 요청과 한도에 같이 씀."),
    )
    """Memory, both asked for and allowed."""
    pod_memory_limit: str = Field(
        default="64Gi",
        pattern=_MEMORY,
        json_schema_extra=wording(
            "메모리 부족으로 죽은 학습을 두 배로 다시 시도할 때 넘지 않는 메모리."
        ),
    )
    """Most memory that a training is given which ran out of it; each time it is doubled."""
    pod_scratch: str = Field(
        default="50Gi",
        pattern=_QUANTITY,
        json_schema_extra=wording("`/scratch`의 크기: 데이터, 기반 모델, 체크포인트."),
    )
    """Size of `/scratch`: data, base model, checkpoints."""
    pod_shared_memory: str = Field(
        default="1Gi",
        pattern=_QUANTITY,
        json_schema_extra=wording("`/dev/shm`의 크기, 메모리에서 나감."),
    )
    """Size of `/dev/shm`; counts as memory."""
    pod_node_selector: JsonObject = Field(
        default={},
        json_schema_extra=wording('노드 라벨의 JSON 객체, 예: `{"gpu":"a100"}`.'),
    )
    """Labels that the node must have: a JSON object, such as `{"gpu":"a100"}`."""
    pod_tolerations: JsonObjects = Field(
        default=(),
        json_schema_extra=wording("톨러레이션의 JSON 목록, 파드 명세의 형식."),
    )
    """Tolerations: a JSON list, written as in a pod spec."""
    pod_affinity: JsonObject = Field(
        default={}, json_schema_extra=wording("어피니티의 JSON 객체, 파드 명세의 형식.")
    )
    """Affinity: a JSON object, written as in a pod spec."""
    pod_priority_class: str = Field(
        default="", pattern=_NAME, json_schema_extra=wording("우선순위 클래스.")
    )
    """Priority class."""
    pod_runtime_class: str = Field(
        default="", pattern=_NAME, json_schema_extra=wording("런타임 클래스, 예: `nvidia`.")
    )
    """Runtime class, such as `nvidia`."""
    pod_pull_secrets: JsonNames = Field(
        default=(), json_schema_extra=wording("이미지를 받을 Secret 이름의 JSON 목록.")
    )
    """Secrets to pull the image with: a JSON list of names."""
    pod_secrets: JsonNames = Field(
        default=(),
        json_schema_extra=wording(
            "키가 그대로 환경 변수가 되는 Secret 이름의 JSON 목록: 저장소의 키와 봉인 키."
        ),
    )
    """Secrets whose keys become environment variables, such as the keys of the store and the
    sealing key: a JSON list of names."""
    pod_queue: str = Field(
        default="", pattern=_NAME, json_schema_extra=wording("Kueue 대기열의 이름.")
    )
    """Kueue queue."""
    pod_run_as_user: int = Field(default=10001, ge=1, json_schema_extra=wording("프로세스의 uid."))
    """User id of the process."""
    pod_run_as_group: int = Field(default=10001, ge=1, json_schema_extra=wording("프로세스의 gid."))
    """Group id of the process."""
    pod_fs_group: int | None = Field(
        default=None,
        ge=1,
        json_schema_extra=wording("볼륨의 그룹. 큰 볼륨에서는 느리므로 기본은 없음."),
    )
    """Group of the volumes; slow on large ones, so there is none by default."""
    pod_deadline_seconds: int = Field(
        default=12 * 3600, ge=60, json_schema_extra=wording("학습 파드가 도는 시간의 한도, 초.")
    )
    """Longest time that a pod may run, in seconds."""
    pod_grace_seconds: int = Field(
        default=180,
        ge=1,
        json_schema_extra=wording("중단할 때 체크포인트를 쓸 시간, 초."),
    )
    """Time to write a checkpoint when the pod is stopped, in seconds."""
    pod_schedule_seconds: int = Field(
        default=1800,
        ge=1,
        json_schema_extra=wording(
            "노드가 정해지기를 기다리는 시간, 초. 대기열을 쓰면 몇 시간으로."
        ),
    )
    """Longest wait for a node, in seconds; hours where a queue is used."""
    pod_startup_seconds: int = Field(
        default=900,
        ge=1,
        json_schema_extra=wording("노드가 정해진 뒤 시작하기까지 기다리는 시간, 초."),
    )
    """Longest wait for the start on that node, the pull of the image included, in seconds."""
    pod_template: Path | None = Field(
        default=None,
        json_schema_extra=wording("밑에 깔 파드 템플릿(YAML)의 경로."),
    )
    """A pod template (YAML) of the site that goes underneath."""

    @field_validator("pod_template")
    @classmethod
    def _absolute_template(cls, value: Path | None) -> Path | None:
        return value and value.expanduser().resolve()
