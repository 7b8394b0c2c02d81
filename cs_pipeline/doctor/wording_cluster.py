"""What a look at the cluster says, in both languages."""

from cs_pipeline.language import Words


def no_client() -> Words:
    """The package that talks to a cluster is missing."""
    return Words(
        ko="파드에서 학습하게 되어 있지만 쿠버네티스 클라이언트가 없습니다. Airflow가 도는 곳에 "
        "`pip install 'cs-pipeline[kubernetes]'`로 설치하세요.",
        en="Training is to run in pods, but there is no Kubernetes client. Install it where "
        "Airflow runs: `pip install 'cs-pipeline[kubernetes]'`.",
    )


def no_way_in(path: str | None) -> Words:
    """Neither a service account nor a kubeconfig that can be read."""
    where = path or "~/.kube/config"
    return Words(
        ko=f"클러스터에 들어갈 방법이 없습니다. {where}이(가) 없거나 읽을 수 없거나 kubeconfig가 "
        "아니고, 클러스터 안의 서비스 계정도 없습니다. KUBECONFIG에 파일을 적으세요 (Docker "
        "Compose에서는 .env의 CS_KUBECONFIG).",
        en=f"There is no way into the cluster: {where} is missing, unreadable or not a kubeconfig, "
        "and there is no service account. Name the file in KUBECONFIG (with Docker Compose: "
        "CS_KUBECONFIG in .env).",
    )


def unreachable(host: str) -> Words:
    """No answer from its API server."""
    return Words(
        ko=f"클러스터 {host}에 닿지 않습니다. 주소, 방화벽, 인증서를 확인하세요. 컨테이너 안에서는 "
        "127.0.0.1이 그 컨테이너 자신이니 kubeconfig에 클러스터의 실제 주소를 적으세요.",
        en=f"The cluster at {host} cannot be reached. Check address, firewall and certificate. "
        "Inside a container 127.0.0.1 is the container itself: the kubeconfig must name the "
        "cluster's own address.",
    )


def login_refused(host: str, status: int) -> Words:
    """It answers, and does not know who asks."""
    return Words(
        ko=f"클러스터 {host}이(가) 로그인을 거절했습니다 (HTTP {status}). kubeconfig의 토큰이나 "
        "인증서가 만료되었는지 확인하세요.",
        en=f"The cluster at {host} refused the login (HTTP {status}). Check whether the token or "
        "certificate in the kubeconfig has expired.",
    )


def strange_answer(host: str, status: int) -> Words:
    """It answers, and not as a cluster does."""
    return Words(
        ko=f"{host}이(가) 클러스터처럼 대답하지 않습니다 (HTTP {status}). kubeconfig의 주소를 "
        "확인하세요.",
        en=f"{host} does not answer as a cluster does (HTTP {status}). Check the address in the "
        "kubeconfig.",
    )


def rights_missing(namespace: str, rights: list[str]) -> Words:
    """What the chart `deploy/helm/cs-pipeline` would grant."""
    listed = ", ".join(rights)
    return Words(
        ko=f"클러스터의 네임스페이스 {namespace}에서 권한이 모자랍니다: {listed}. "
        "docs/training-in-pods.md의 권한을 주세요.",
        en=f"Rights are missing in the cluster's namespace {namespace}: {listed}. Grant those of "
        "docs/training-in-pods.md.",
    )


def reachable(host: str, namespace: str) -> Words:
    """A pod may be made."""
    return Words(
        ko=f"클러스터 {host}의 네임스페이스 {namespace}에 학습 파드를 만들 수 있습니다.",
        en=f"The cluster at {host} lets training pods be made in namespace {namespace}.",
    )
