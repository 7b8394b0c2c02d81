"""Names of exports: read, masked, made safe, and kept apart."""

import os
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePosixPath

MAX_NAME_BYTES = 200
IGNORED_PREFIXES = (".", "~$")
# A suffix made of anything else may be part of what the name says, such as a phone number.
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}")
# Separators, line breaks, control characters, and marks that turn the direction of text.
_UNSAFE = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def readable_name(name: str) -> str:
    """The name in Unicode; old archives unpack Korean names as CP949."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "cp949"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode(errors="replace")


def claimed_name(name: str, mask_name: Callable[[str], str]) -> str:
    """What an export is called from now on: masked and safe, with its suffix."""
    suffix = PurePosixPath(name).suffix
    masked = mask_name(name)
    if _SUFFIX.fullmatch(suffix) and not masked.endswith(suffix):
        masked += suffix
    return safe_name(masked)


def safe_name(name: str) -> str:
    """A visible file name of at most 200 bytes without separators or control characters."""
    safe = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip()
    # A name that begins with a dash would be an option to most commands.
    if not safe or safe.startswith((*IGNORED_PREFIXES, "-")):
        safe = f"_{safe}"
    return _shortened(safe, "")


def shown_name(name: str) -> str:
    """The name as it may be shown: what nobody sees, or what turns text around, is written out."""
    return _UNSEEN.sub(lambda mark: f"\\u{ord(mark[0]):04x}", name)


def free_path(path: Path) -> Path:
    """`path`, or with ` (2)`, ` (3)` ... before its suffix while that is taken."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(_shortened(path.name, f" ({number})"))
    return candidate


def _shortened(name: str, mark: str) -> str:
    """`name` with `mark` before its suffix, the stem cut at a whole character to fit."""
    suffix = PurePosixPath(name).suffix
    suffix = suffix if _SUFFIX.fullmatch(suffix) else ""
    stem = name.removesuffix(suffix).encode(errors="surrogateescape")
    room = MAX_NAME_BYTES - len(f"{mark}{suffix}".encode())
    return stem[:room].decode(errors="ignore") + mark + suffix
