"""What `cs-pipeline doctor` says of a cluster, and what to do about it."""

from collections.abc import Sequence

from cs_pipeline.language import Words


def known_to_airflow_only(connection: str) -> Words:
    """Only Airflow reads its connections."""
    return Words(
        ko=f"클러스터는 Airflow 연결 {connection}(으)로 접속하므로 여기서 확인하지 않습니다. "
        "Airflow의 관리 > 연결에서 시험하세요.",
        en=f"The cluster is reached by Airflow's connection {connection}, which only Airflow "
        "reads. Test it under Admin > Connections.",
    )


def no_library() -> Words:
    """No client."""
    return Words(
        ko="클러스터를 확인할 라이브러리가 없습니다. Airflow가 도는 환경에서 실행하거나 extra "
        "`kubernetes`를 설치하세요.",
        en="There is no library to ask the cluster with. Run this where Airflow runs, or install "
        "the extra `kubernetes`.",
    )


def out_of_reach(fault: str) -> Words:
    """No answer, or nothing that says where it is."""
    return Words(
        ko=f"클러스터에 닿지 않습니다({fault}). KUBECONFIG 또는 파드의 서비스 계정과 네트워크 "
        "정책을 확인하세요. 컨테이너 안에서는 127.0.0.1이 그 컨테이너 자신이니 kubeconfig에 "
        "클러스터의 실제 주소를 적으세요 (Docker Compose에서는 .env의 CS_KUBECONFIG).",
        en=f"The cluster is out of reach ({fault}). Check KUBECONFIG, or the service account and "
        "the network policies of the pod. Inside a container 127.0.0.1 is the container itself: "
        "the kubeconfig must name the cluster's own address (with Docker Compose: CS_KUBECONFIG in "
        ".env).",
    )


def refused(status: int) -> Words:
    """It answers, and does not know who asks."""
    return Words(
        ko=f"클러스터가 요청을 거절했습니다(HTTP {status}). 토큰이나 인증서가 만료되지 않았는지 "
        "확인하세요.",
        en=f"The cluster refuses the request (HTTP {status}). Check whether token or certificate "
        "have expired.",
    )


def reached(address: str) -> Words:
    """It answers."""
    return Words(ko=f"클러스터가 답합니다 ({address}).", en=f"The cluster answers ({address}).")


def no_namespace(namespace: str) -> Words:
    """Not there."""
    return Words(
        ko=f"네임스페이스 {namespace}이(가) 없습니다. 차트 deploy/helm/cs-pipeline을 설치하거나 "
        "CS_PIPELINE_POD_NAMESPACE를 고치세요.",
        en=f"There is no namespace {namespace}. Install the chart deploy/helm/cs-pipeline, or "
        "correct CS_PIPELINE_POD_NAMESPACE.",
    )


def rights_missing(namespace: str, rights: Sequence[str]) -> Words:
    """Calls that would be refused."""
    listed = ", ".join(rights)
    return Words(
        ko=f"네임스페이스 {namespace}에서 없는 권한: {listed}. 워커와 triggerer의 서비스 계정을 "
        "차트 deploy/helm/cs-pipeline의 airflow.serviceAccounts에 적으세요.",
        en=f"Rights that are missing in namespace {namespace}: {listed}. Name the service accounts "
        "of worker and triggerer in airflow.serviceAccounts of the chart deploy/helm/cs-pipeline.",
    )


def rights_there(namespace: str) -> Words:
    """Every call is allowed, to whoever asked."""
    return Words(
        ko=f"네임스페이스 {namespace}에서 필요한 권한이 모두 있습니다. 워커와 triggerer의 계정이 "
        "다르면 양쪽에서 실행하세요.",
        en=f"All rights are there in namespace {namespace}. Run this in both worker and triggerer "
        "where their accounts differ.",
    )


def no_secret(namespace: str, name: str) -> Words:
    """Pods that name it do not start."""
    return Words(
        ko=f"Secret {name}이(가) 네임스페이스 {namespace}에 없어 파드가 시작하지 못합니다. "
        "만들거나 CS_PIPELINE_POD_SECRETS, CS_PIPELINE_POD_PULL_SECRETS를 고치세요.",
        en=f"There is no Secret {name} in namespace {namespace}, and pods will not start. Make it, "
        "or correct CS_PIPELINE_POD_SECRETS or CS_PIPELINE_POD_PULL_SECRETS.",
    )


def secret_there(name: str) -> Words:
    """There."""
    return Words(ko=f"Secret {name}이(가) 있습니다.", en=f"Secret {name} is there.")
