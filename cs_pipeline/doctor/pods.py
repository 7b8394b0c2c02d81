"""What the pod of a training needs of the settings. `cluster` asks the cluster itself."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from cs_pipeline.config import Settings, is_s3
from cs_pipeline.doctor import wording
from cs_pipeline.doctor.diagnosis import Diagnosis
from cs_pipeline.language import Words

_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def look_at_pods(settings: Settings) -> list[Diagnosis]:
    """Problems and warnings; one line that all is well where there is no problem."""
    problems = [Diagnosis.problem("pod", words) for words in _problems(settings)]
    warnings = [Diagnosis.warning("pod", words) for words in _warnings(settings)]
    complete = wording.pod_settings_complete(settings.pod_image)
    return [*(problems or [Diagnosis.ok("pod", complete)]), *warnings]


def _problems(settings: Settings) -> Iterator[Words]:
    if not settings.pod_image:
        yield wording.pod_lacks_image()
    if not is_s3(settings.store):
        yield wording.pod_needs_s3()
    endpoint = settings.s3_endpoint_url
    if endpoint and urlsplit(endpoint).hostname in _THIS_MACHINE:
        yield wording.pod_cannot_reach(endpoint)
    if settings.pod_template and not settings.pod_template.is_file():
        yield wording.pod_template_missing(settings.pod_template)


def _warnings(settings: Settings) -> Iterator[Words]:
    if settings.pod_image and "@sha256:" not in settings.pod_image:
        yield wording.pod_image_not_pinned()
    if not settings.pod_secrets:
        yield wording.pod_gets_no_secrets()
    if settings.s3_ca_bundle:
        yield wording.pod_needs_ca_bundle(settings.s3_ca_bundle)
