"""The trainer as a pod runs it: a user id that nobody knows, and a root that is read-only.

The environment is the image's own, taken from the Dockerfile.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cs_pipeline import stages
from tests.handing_over import hand_over, merged, opened, with_store
from tests.installation import Installation, installation, tiny_base

__all__ = ["installation", "tiny_base"]

ROOT = Path(__file__).resolve().parents[2]
USER_ID = 12345
# The user has no name, and no place but /scratch takes a file.
IS_NOBODY = """
import os, pwd
assert os.getuid() == 12345
try:
    pwd.getpwuid(12345)
except KeyError:
    print("nobody")
for folder in ("/usr", "/tmp", "/home"):
    try:
        open(f"{folder}/written-by-a-test", "w").close()
        os.unlink(f"{folder}/written-by-a-test")
        print(folder)
    except OSError:
        pass
"""


def image_environment() -> dict[str, str]:
    """The variables of the trainer's image."""
    text = (ROOT / "Dockerfile").read_text().split("AS trainer")[1].replace("\\\n", " ")
    (line,) = re.findall(r"^ENV (.+)$", text, re.MULTILINE)
    return dict(pair.split("=", 1) for pair in line.split())


def as_unknown_user(_: Path, scratch: Path) -> tuple[list[str], Path]:
    """A user namespace that maps this user to an id without a name."""
    command = ["unshare", "--user", f"--map-user={USER_ID}"]
    tried = subprocess.run([*command, "true"], check=False, capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"user namespaces are not allowed here: {tried.stderr.strip()}")
    return command, scratch


def on_read_only_root(store: Path, _: Path) -> tuple[list[str], Path]:
    """The same, and all that this machine holds read-only, but for an empty `/scratch`."""
    program = shutil.which("bwrap")
    if program is None:
        pytest.skip("bubblewrap (bwrap) is not on this machine")
    command = [program, "--unshare-user", "--uid", str(USER_ID), "--gid", "0", "--die-with-parent"]
    for entry in sorted(Path("/").iterdir()):
        if entry.is_symlink():
            command += ["--symlink", str(entry.readlink()), str(entry)]
        elif entry.name not in ("dev", "proc", "scratch") and entry.is_dir():
            command += ["--ro-bind", str(entry), str(entry)]
    command += ["--bind", str(store), str(store), "--dev", "/dev", "--proc", "/proc"]
    command += ["--tmpfs", "/dev/shm", "--tmpfs", "/scratch", "--remount-ro", "/"]
    tried = subprocess.run([*command, "true"], check=False, capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"bubblewrap may not make a namespace here: {tried.stderr.strip()}")
    return command, Path("/scratch")


@pytest.mark.parametrize(
    ("confined", "writable"),
    [
        pytest.param(as_unknown_user, {"/usr", "/tmp", "/home"}, id="unknown-user"),
        pytest.param(on_read_only_root, set(), id="read-only-root"),
    ],
)
def test_a_model_is_trained(
    installation: Installation, tmp_path: Path, confined, writable: set[str]
) -> None:
    site = with_store(installation, tmp_path)
    site.drop()
    handed = hand_over(site, merged(site))
    here = tmp_path / "scratch-of-the-pod"
    here.mkdir()
    command, scratch = confined(Path(site.settings.store), here)
    image = {
        name: value.replace("/scratch", str(scratch)) for name, value in image_environment().items()
    }
    environment = (
        image
        | stages.trainer_environment(site.settings)
        | {
            "CS_PIPELINE_SCRATCH": str(scratch),
            "CS_PIPELINE_LANG": "en",
            "OMP_NUM_THREADS": "1",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
        }
    )

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*command, *arguments], env=environment, cwd="/", check=False,
            capture_output=True, text=True,
        )  # fmt: skip

    shown = run(sys.executable, "-c", IS_NOBODY)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.split()[0] == "nobody"
    assert set(shown.stdout.split()[1:]) == writable

    trained = run(*stages.local_command(handed))
    assert trained.returncode == 0, trained.stderr[-3000:]
    result = stages.take_back(opened(site), run_id="run-1")
    assert result.trained_by is not None
    assert result.candidate.scored_tokens > 0
