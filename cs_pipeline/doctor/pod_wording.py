"""What `cs-pipeline doctor` says of the settings of training pods, and what to do about it."""

from pathlib import Path

from cs_pipeline.language import Words


def pod_settings_complete(image: str) -> Words:
    """A pod can be made of them."""
    return Words(
        ko=f"학습 파드의 설정이 갖추어졌습니다 ({image}).",
        en=f"The settings of the training pod are complete ({image}).",
    )


def pod_lacks_image() -> Words:
    """No image."""
    return Words(
        ko="학습 이미지가 없습니다. CS_PIPELINE_POD_IMAGE에 적으세요.",
        en="There is no image of the trainer. Name it in CS_PIPELINE_POD_IMAGE.",
    )


def pod_image_not_pinned() -> Words:
    """A tag may be moved."""
    return Words(
        ko="CS_PIPELINE_POD_IMAGE에 다이제스트가 없어 같은 태그가 다른 이미지가 될 수 있습니다. "
        "`이름@sha256:…`으로 적으세요.",
        en="CS_PIPELINE_POD_IMAGE names no digest, so that its tag may come to mean another image. "
        "Write it as `name@sha256:…`.",
    )


def pod_needs_s3() -> Words:
    """A store that a pod cannot reach."""
    return Words(
        ko="파드는 이 컴퓨터의 폴더를 볼 수 없습니다. CS_PIPELINE_STORE에 s3://bucket/prefix를 "
        "적으세요.",
        en="A pod does not see this machine's folders. Set CS_PIPELINE_STORE to "
        "s3://bucket/prefix.",
    )


def pod_cannot_reach(endpoint: str) -> Words:
    """An address of this machine only."""
    return Words(
        ko=f"CS_PIPELINE_S3_ENDPOINT_URL({endpoint})은 이 컴퓨터 안의 주소라 파드에서 닿지 "
        "않습니다. 클러스터에서도 통하는 주소를 쓰세요.",
        en=f"CS_PIPELINE_S3_ENDPOINT_URL ({endpoint}) is an address of this machine only, out of a "
        "pod's reach. Use one that the cluster knows, too.",
    )


def pod_gets_no_secrets() -> Words:
    """The key does not reach the pod."""
    return Words(
        ko="CS_PIPELINE_POD_SECRETS가 비어 있어 파드에 CS_PIPELINE_HANDOVER_KEY가 가지 않습니다. "
        "키가 든 Secret의 이름을 적으세요.",
        en="CS_PIPELINE_POD_SECRETS is empty, so that no CS_PIPELINE_HANDOVER_KEY reaches the pod. "
        "Name the Secret that holds it.",
    )


def pod_template_missing(path: Path) -> Words:
    """No such file."""
    return Words(
        ko=f"파드 템플릿 {path}이(가) 없습니다. CS_PIPELINE_POD_TEMPLATE을 확인하세요.",
        en=f"There is no pod template {path}. Check CS_PIPELINE_POD_TEMPLATE.",
    )


def pod_needs_ca_bundle(path: Path) -> Words:
    """A file that the pod must have, too."""
    return Words(
        ko=f"파드에도 {path}에 인증 기관 파일이 있어야 합니다. CS_PIPELINE_POD_TEMPLATE에서 "
        "ConfigMap으로 연결하세요.",
        en=f"The pod needs the file of certificate authorities at {path}, too. Mount it from a "
        "ConfigMap in CS_PIPELINE_POD_TEMPLATE.",
    )
