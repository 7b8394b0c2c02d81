"""A site's pod template: read, checked, and laid underneath the pod that the settings ask for."""

from pathlib import Path
from typing import Any

import yaml

from cs_airflow.train.wording_settings import (
    template_first_container,
    template_not_a_pod,
    template_unreadable,
)

BASE = "base"
Json = dict[str, Any]


def read_template(path: Path) -> Json:
    """The pod of a template file.

    Raises:
        SettingsError: the file cannot be read, is not a pod, or its first container is not `base`.
    """
    try:
        template = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        raise template_unreadable(path) from None
    if not (isinstance(template, dict) and isinstance(template.get("spec"), dict)):
        raise template_not_a_pod(path)
    containers = template["spec"].get("containers") or []
    if not _are_named(containers) or (containers and containers[0]["name"] != BASE):
        raise template_first_container(path, BASE)
    return template


def laid_underneath(template: Json, pod: Json) -> Json:
    """`pod` with what only `template` holds; what stands in both is the pod's.

    The first containers become one. Entries of other lists are told apart by name.
    """
    ours = pod["spec"]["containers"]
    theirs = template["spec"].get("containers") or [{}]
    merged = _merged(template, pod)
    containers = [_merged(theirs[0], ours[0]), *theirs[1:]]
    return merged | {"spec": merged["spec"] | {"containers": containers}}


def _are_named(containers: Any) -> bool:
    return isinstance(containers, list) and all(
        isinstance(container, dict) and "name" in container for container in containers
    )


def _merged(under: Any, over: Any) -> Any:
    if isinstance(under, dict) and isinstance(over, dict):
        return under | {
            name: _merged(under[name], value) if name in under else value
            for name, value in over.items()
        }
    if isinstance(under, list) and isinstance(over, list):
        ours = {_name(item) for item in over}
        return over + [item for item in under if _name(item) is None or _name(item) not in ours]
    return over


def _name(item: Any) -> str | None:
    """What tells the entries of a list apart; a volume may be mounted in several places."""
    return item.get("mountPath") or item.get("name") if isinstance(item, dict) else None
