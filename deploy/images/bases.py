"""The images that others are built on or run beside, pinned by digest: `bases.env`.

Plain Python, so that a machine needs nothing but Docker for `make env`.
"""

import re
import subprocess
import sys
from pathlib import Path

BASES = Path(__file__).with_name("bases.env")


def read_bases() -> dict[str, str]:
    """Name of the variable -> image, as `bases.env` has them."""
    lines = BASES.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def write_bases(bases: dict[str, str]) -> None:
    """Write them back, below the comments that stand there."""
    comments = [line for line in BASES.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    lines = [*comments, *(f"{name}={image}" for name, image in bases.items())]
    beside = BASES.with_suffix(".new")
    beside.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    beside.replace(BASES)


def pinned_bases(names: set[str], *, update: bool = False) -> dict[str, str]:
    """All bases, those of `names` with the digest of what was pulled where they have none.

    Args:
        names: Variables of `bases.env`.
        update: Also pull those that have a digest.

    Raises:
        SystemExit: one cannot be pulled.
    """
    bases = read_bases()
    wanted = {name for name in names if update or "@" not in bases[name]}
    return {name: _pinned(image) if name in wanted else image for name, image in bases.items()}


def pin_bases(names: set[str], *, update: bool = False) -> dict[str, str]:
    """The same, and written down in `bases.env`; nothing is, where one cannot be pulled."""
    pinned = pinned_bases(names, update=update)
    if pinned != read_bases():
        write_bases(pinned)
    return pinned


def _pinned(image: str) -> str:
    tagged = image.partition("@")[0]
    pulled = subprocess.run(
        ["docker", "pull", tagged], check=False, stdout=subprocess.PIPE, text=True
    )
    digest = re.search(r"^Digest: (sha256:[0-9a-f]{64})$", pulled.stdout, re.MULTILINE)
    if pulled.returncode or digest is None:
        sys.exit(
            f"The base {tagged} cannot be pulled; the reason is above. "
            "If it is on this machine, add AS_IS=1."
        )
    return f"{tagged}@{digest[1]}"
