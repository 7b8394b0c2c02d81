"""Write what `docker compose up` needs: `.env` and one file per secret. `make env` runs this.

Plain Python, so that the host needs nothing but Docker. Nothing that is there is overwritten; with
`--update` the versions and images in `.env` become those of this checkout, and all else stays. No
file of the checkout is changed, so that the next `git pull` finds nothing in its way.
"""

import argparse
import base64
import json
import os
import re
import secrets
import shutil
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import compose_wording as wording
from bases import pinned_bases, read_bases
from stack import ROOT, docker_root, lines_of, refuse_without_docker, say

TEMPLATE = Path(__file__).with_name("env.template")
POLICY = ROOT / "deploy" / "policies" / "seaweedfs-identities.json"
BUCKET, PREFIX = "cs-pipeline", "cs"
NOBODY_IN_PARTICULAR = 50000
"""The user of Airflow's image, for a host where everything is done by root."""
DISK_BYTES = 30_000_000_000
"""What docs/compose.md asks for."""


def main(arguments: list[str] | None = None) -> int:
    """Write what is missing; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT, help="where .env and secrets/ go")
    parser.add_argument("--update", action="store_true", help="take this version's images")
    parser.add_argument("--as-is", action="store_true", help="pull nothing, pin nothing")
    given = parser.parse_args(arguments)
    if not given.as_is:
        refuse_without_docker()
    env = given.folder / ".env"
    if not env.exists() and not given.as_is:
        warn_of_what_is_in_the_way(lines_of(TEMPLATE))
    if not env.exists() or given.update:
        bases = read_bases() if given.as_is else pinned_bases(set(read_bases()))
        of_this_version = {"CS_VERSION": version(), "CS_IMAGE": f"cs-pipeline-local:{version()}"}
        write_env(env, bases | of_this_version)
    made = write_secrets(given.folder / "secrets", owner())
    say(wording.env_written(env, given.folder / "secrets", len(made)))
    return 0


def version() -> str:
    """The version of this checkout."""
    (found,) = re.findall(
        r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    return str(found)


def owner() -> int:
    """The user id that the containers run as: whoever calls this, and never root."""
    return os.getuid() or NOBODY_IN_PARTICULAR


def warn_of_what_is_in_the_way(settings: Mapping[str, str]) -> None:
    """Name what would show after minutes of pulling and building: a port, the disk."""
    port = settings["CS_PORT"]
    if taken(port):
        say(wording.port_taken(port))
    root = docker_root()
    free = shutil.disk_usage(root).free if root.exists() else DISK_BYTES
    if free < DISK_BYTES:
        say(wording.disk_small(root, free, DISK_BYTES))


def taken(port: str) -> bool:
    """Whether a program of this host listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(port))) == 0


def write_env(path: Path, values: Mapping[str, str]) -> None:
    """Write `.env` from the template, or the given lines of one that is there; mode 0600."""
    text = (path if path.exists() else TEMPLATE).read_text(encoding="utf-8")
    for name, value in {**values, "AIRFLOW_UID": str(owner())}.items():
        line = f"{name}={value}"
        known = re.compile(rf"^{name}=.*$", re.MULTILINE)
        if not known.search(text):
            text = f"{text.rstrip()}\n{line}\n"
        elif name != "AIRFLOW_UID" or not path.exists():
            text = known.sub(line, text)
    write(path, text)


def write_secrets(folder: Path, user_id: int) -> list[str]:
    """Make each secret that is missing, readable by this user alone; returns their names."""
    folder.mkdir(mode=0o700, exist_ok=True)
    kept: dict[str, str] = {}
    made = []
    for name, make in SECRETS.items():
        path = folder / name
        if not path.exists():
            # Without an end of line: Airflow takes what `cat` prints as it is.
            write(path, make(kept))
            made.append(name)
        kept[name] = path.read_text(encoding="utf-8").strip()
        if os.getuid() == 0:
            os.chown(path, user_id, 0)
    return made


def write(path: Path, text: str) -> None:
    """A file of mode 0600, whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    beside.replace(path)


def _identities(kept: Mapping[str, str]) -> str:
    text = POLICY.read_text(encoding="utf-8").replace("BUCKET", BUCKET).replace("PREFIX", PREFIX)
    for who in ("airflow", "trainer", "chatbot"):
        for part in ("access", "secret"):
            text = text.replace(f"{who.upper()}_{part.upper()}_KEY", kept[f"{who}_{part}_key"])
    return json.dumps(json.loads(text), indent=2)


def _random(_: Mapping[str, str]) -> str:
    return secrets.token_hex(24)


def _thirty_two_bytes(_: Mapping[str, str]) -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


# In an order in which each is made of those before it.
SECRETS: dict[str, Callable[[Mapping[str, str]], str]] = {
    "admin_password": lambda _: secrets.token_urlsafe(12),
    "postgres_password": _random,
    "redis_password": _random,
    # Tokens are signed by HS512, whose key has 64 bytes.
    "jwt_secret": lambda _: secrets.token_hex(32),
    "api_secret_key": _random,
    "fernet_key": lambda _: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    **{f"{who}_access_key": _random for who in ("airflow", "trainer", "chatbot")},
    **{f"{who}_secret_key": _random for who in ("airflow", "trainer", "chatbot")},
    "s3_identities": _identities,
    "database_url": lambda kept: (
        f"postgresql+psycopg2://airflow:{kept['postgres_password']}@postgres:5432/airflow"
    ),
    "result_backend": lambda kept: (
        f"db+postgresql://airflow:{kept['postgres_password']}@postgres:5432/airflow"
    ),
    "broker_url": lambda kept: f"redis://:{kept['redis_password']}@redis:6379/0",
    "redis_conf": lambda kept: (
        f"requirepass {kept['redis_password']}\nbind 0.0.0.0\nprotected-mode no\n"
        'dir /data\nsave ""\nappendonly no'
    ),
    "CS_PIPELINE_S3_ACCESS_KEY_ID": lambda kept: kept["airflow_access_key"],
    "CS_PIPELINE_S3_SECRET_ACCESS_KEY": lambda kept: kept["airflow_secret_key"],
    "CS_PIPELINE_EXPORT_PASSWORDS": lambda _: "[]",
    "CS_PIPELINE_NOTIFY_URLS": lambda _: "[]",
    "CS_PIPELINE_HANDOVER_KEY": _thirty_two_bytes,
}


if __name__ == "__main__":
    sys.exit(main())
