"""Where a base model's files are, and what its licence files say."""

import os
import re
from pathlib import Path

from cs_pipeline.errors import BaseModelError
from cs_pipeline.recipes.recipe import STORED_BASE
from cs_pipeline.training.models import wording

_HUB_TIMEOUT_SECONDS = 5
_HUB_FILES = ["*.json", "*.txt", "*.jinja", "*.model", "*.safetensors"]

PAPERS = ("LICENSE*", "NOTICE*", "README*")
"""Papers that go with the weights wherever they go."""

_FRONT_MATTER = re.compile(r"\A\ufeff?---\s*\n(.*?)\n---\s*$", re.DOTALL | re.MULTILINE)


def base_folder(base: str, *, weights: bool = False) -> Path:
    """The folder that holds `base`; downloads it to Hugging Face's cache when it is a hub name.

    Raises:
        BaseModelError: no such folder, it may not be read, or the hub is out of reach.
    """
    folder = Path(base).expanduser()
    if folder.is_dir():
        _refuse_what_is_closed(base, folder)
        return folder.resolve()
    if base.startswith((".", "/", "~")) or base.count("/") > 1:
        raise wording.no_folder(base)
    if base.startswith(STORED_BASE):
        raise wording.no_store(base)
    from huggingface_hub import snapshot_download

    files = [*_HUB_FILES, *PAPERS]

    def download(patterns: list[str]) -> Path:
        return Path(
            snapshot_download(base, allow_patterns=patterns, etag_timeout=_HUB_TIMEOUT_SECONDS)
        )

    try:
        found = download(files if weights else [p for p in files if "safe" not in p])
        if weights and not any(found.glob("*.safetensors")):
            found = download([*files, "pytorch_model*.bin"])
    except Exception as error:
        raise _unreachable(base, error) from None
    return found


def shipped_files(folder: Path) -> dict[str, Path]:
    """The files of a base model that are needed to use it and to keep to its licence, by name."""
    patterns = [*_HUB_FILES, *PAPERS]
    if not any(folder.glob("*.safetensors")):
        patterns.append("pytorch_model*.bin")
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    return {path.name: path for path in sorted(found) if path.name != "manifest.json"}


def declared_licence(card: Path) -> str | None:
    """`license` in the front matter of a model card, in lower case; None: no card, or none there.

    The card's `license_name` stands in for `other`.
    """
    import yaml  # type: ignore[import-untyped]

    try:
        found = _FRONT_MATTER.match(card.read_text(encoding="utf-8"))
        declared = yaml.safe_load(found[1]) if found else None
    except (OSError, ValueError, yaml.YAMLError):
        return None
    if not isinstance(declared, dict):
        return None
    licence = declared.get("license")
    if licence == "other":
        licence = declared.get("license_name") or licence
    if isinstance(licence, list):
        licence = " AND ".join(map(str, licence))
    return str(licence).strip().lower() or None if licence else None


def _refuse_what_is_closed(base: str, folder: Path) -> None:
    """A copy made by somebody else: libraries say of a closed file that there is none."""
    if not os.access(folder, os.R_OK | os.X_OK):
        raise wording.closed(base, ".", os.getuid())
    for name, path in shipped_files(folder).items():
        if not os.access(path, os.R_OK):
            raise wording.closed(base, name, os.getuid())


def _unreachable(base: str, error: Exception) -> BaseModelError:
    kind = type(error).__name__
    copy = f"hf download {base} --local-dir kogpt2"
    return wording.not_fetched(base, kind, copy)
