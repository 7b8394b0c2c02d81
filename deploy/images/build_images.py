"""Build the images on bases that are pinned by digest. `make images` runs this.

A base in `bases.env` that names no digest is pulled, and its digest written there, so that the next
build has the same base; the file belongs into the repository.
"""

import argparse
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bases import pin_bases, read_bases

ROOT = Path(__file__).resolve().parents[2]
BUILT_ON = {"AIRFLOW_IMAGE", "PYTHON_IMAGE"}


@dataclass(frozen=True)
class Image:
    """One image: a target of the Dockerfile, on which wheels of torch."""

    target: str
    tag_suffix: str = ""
    on_cpu: bool = False


IMAGES = {
    "airflow": Image("airflow"),
    "trainer": Image("trainer"),
    "trainer-cpu": Image("trainer", "-cpu", on_cpu=True),
    "local": Image("local", on_cpu=True),
}


def main(arguments: list[str] | None = None) -> int:
    """Build what the command line names; returns the exit code."""
    given = _parser().parse_args(arguments)
    if shutil.which("docker") is None:
        sys.exit("Images are built with Docker, which is not on this machine.")
    bases = read_bases() if given.as_is else pin_bases(BUILT_ON, update=given.update)
    for name in given.images:
        image = IMAGES[name]
        tag = f"{given.prefix}-{image.target}:{given.tag}{image.tag_suffix}"
        index = given.cpu_index if image.on_cpu else given.torch_index
        choices = {"TORCH_INDEX": index, "WITH_COMPILER": given.compiler}
        labels = {"REVISION": _revision(), "VERSION": given.tag}
        built_on = {base: bases[base] for base in sorted(BUILT_ON)}
        build(image.target, tag, built_on | choices | labels, given.pip_config)
        size = int(_asked("image", "inspect", "--format", "{{.Size}}", tag))
        print(f"{tag}  {size / 1e6:,.0f} MB")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("images", nargs="+", choices=list(IMAGES))
    parser.add_argument("--prefix", default="cs-pipeline", help="registry and name before -TARGET")
    parser.add_argument("--tag", required=True)
    parser.add_argument("--torch-index", default="", help="for the trainer; empty: torch for CUDA")
    parser.add_argument("--cpu-index", default="", help="for trainer-cpu and local")
    parser.add_argument("--compiler", default="0", choices=["0", "1"])
    parser.add_argument("--pip-config", default="", help="a pip.conf that only the build sees")
    parser.add_argument("--update", action="store_true", help="take the newest bases")
    parser.add_argument("--as-is", action="store_true", help="pull nothing, pin nothing")
    return parser


def build(target: str, tag: str, arguments: dict[str, str], pip_config: str) -> None:
    """Build one target of the Dockerfile.

    Raises:
        SystemExit: the build failed; its output is above.
    """
    options = [f"--build-arg={name}={value}" for name, value in arguments.items()]
    secret = [f"--secret=id=pip,src={pip_config}"] if pip_config else []
    command = [
        "docker",
        "build",
        f"--target={target}",
        f"--tag={tag}",
        *options,
        *secret,
        str(ROOT),
    ]
    if subprocess.run(command, check=False, env=os.environ | {"DOCKER_BUILDKIT": "1"}).returncode:
        sys.exit(f"{tag} was not built; the reason is above.")


def _asked(*arguments: str) -> str:
    return subprocess.run(
        ["docker", *arguments], check=True, capture_output=True, text=True
    ).stdout.strip()


def _revision() -> str:
    command = ["git", "-C", str(ROOT), "rev-parse", "HEAD"]
    found = subprocess.run(command, check=False, capture_output=True, text=True)
    return found.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
