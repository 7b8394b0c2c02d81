"""What a pod needs of the settings, checked when the DAG is parsed."""

from airflow.providers.cncf.kubernetes.pod_generator import PodGenerator
from pydantic import SecretStr

from cs_airflow.train.pod import SCRATCH
from cs_airflow.train.template import Json
from cs_airflow.train.wording_settings import no_image, no_store, not_a_pod
from cs_pipeline.config import HandOverSettings, Pods, S3Access, Settings, Stores
from cs_pipeline.config.group import variable
from cs_pipeline.handover.sealed import sealing_key
from cs_pipeline.language import LANGUAGE_VARIABLE, current_language


def checked_pods(settings: Settings) -> Pods:
    """The settings of pods.

    Raises:
        SettingsError: there is no image, no store or no usable key.
    """
    pods = settings.group(Pods)
    if not pods.pod_image:
        raise no_image()
    if not settings.store:
        raise no_store()
    sealing_key(settings.handover_key)
    return pods


def pod_environment(settings: Settings) -> dict[str, str]:
    """What a trainer in a pod is told; secrets come from the Secrets that `pod_secrets` names."""
    groups = (HandOverSettings, Stores, S3Access)
    fields = [*(name for group in groups for name in group.model_fields), "pii_rules"]
    values = {name: getattr(settings, name) for name in fields} | {"scratch": SCRATCH}
    told = {
        variable(name): str(value)
        for name, value in values.items()
        if value not in (None, "") and not isinstance(value, SecretStr)
    }
    image = settings.pod_image.partition("@")[2]
    digest = {"CS_PIPELINE_IMAGE_DIGEST": image} if image else {}
    places = {"HOME": SCRATCH, "TMPDIR": SCRATCH, LANGUAGE_VARIABLE: current_language()}
    return told | digest | places


def check_form(pod: Json) -> None:
    """Read the pod as Kubernetes' client will.

    Raises:
        SettingsError: a part of it has another form than a pod's.
    """
    try:
        PodGenerator.deserialize_model_dict(pod)
    except (AttributeError, TypeError, ValueError):
        raise not_a_pod() from None
