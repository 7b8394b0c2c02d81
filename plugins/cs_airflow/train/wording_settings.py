"""What is wrong with the settings or the template of a training's pod."""

from pathlib import Path

from cs_pipeline.errors import SettingsError


def no_image() -> SettingsError:
    """Nothing says what the pod runs."""
    return SettingsError(
        ko="파드에서 학습하려면 학습 이미지가 필요합니다. CS_PIPELINE_POD_IMAGE에 적으세요.",
        en="Training in a pod needs the trainer's image. Name it in CS_PIPELINE_POD_IMAGE.",
    )


def no_store() -> SettingsError:
    """Nothing says what the pod is handed its work by."""
    return SettingsError(
        ko="파드에서 학습하려면 저장소가 필요합니다. CS_PIPELINE_STORE에 "
        "`s3://bucket/prefix`를 적으세요.",
        en="Training in a pod needs a store. Set CS_PIPELINE_STORE to `s3://bucket/prefix`.",
    )


def not_a_pod() -> SettingsError:
    """Settings and template together are none."""
    return SettingsError(
        ko="학습 파드의 명세가 올바르지 않습니다. CS_PIPELINE_POD_TOLERATIONS, "
        "CS_PIPELINE_POD_AFFINITY와 CS_PIPELINE_POD_TEMPLATE의 형식을 확인하세요.",
        en="The training pod cannot be read as one. Check the form of "
        "CS_PIPELINE_POD_TOLERATIONS, CS_PIPELINE_POD_AFFINITY and CS_PIPELINE_POD_TEMPLATE.",
    )


def no_extra() -> SettingsError:
    """The package is not installed."""
    return SettingsError(
        ko="파드에서 학습하려면 `pip install 'cs-pipeline[kubernetes]'`가 필요합니다.",
        en="Training in a pod needs `pip install 'cs-pipeline[kubernetes]'`.",
    )


def template_unreadable(path: Path) -> SettingsError:
    """A site's template that is not there, or not YAML."""
    return SettingsError(
        ko=f"파드 템플릿 {path}을(를) 읽을 수 없습니다. CS_PIPELINE_POD_TEMPLATE의 경로와 "
        "YAML 형식을 확인하세요.",
        en=f"The pod template {path} cannot be read. Check the path in "
        "CS_PIPELINE_POD_TEMPLATE, and that it is YAML.",
    )


def _template_wrong(path: Path, *, ko: str, en: str) -> SettingsError:
    """A site's template that cannot be built on."""
    return SettingsError(
        ko=f"파드 템플릿 {path}: {ko}. 파일을 고치거나 CS_PIPELINE_POD_TEMPLATE를 비우세요.",
        en=f"The pod template {path} {en}. Correct it, or leave CS_PIPELINE_POD_TEMPLATE empty.",
    )


def template_not_a_pod(path: Path) -> SettingsError:
    """The file is YAML, but not a pod."""
    return _template_wrong(path, ko="파드가 아닙니다", en="is not a pod")


def template_first_container(path: Path, name: str) -> SettingsError:
    """The first container is another one than the trainer's."""
    return _template_wrong(
        path,
        ko=f"첫 컨테이너의 이름이 {name}이(가) 아닙니다",
        en=f"does not name its first container {name}",
    )
