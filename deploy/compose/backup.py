"""Back an installation up into one folder, and bring it back on an empty host.

    make backup                       -> backups/<moment>/
    make restore FROM=backups/<moment>

While files are copied nothing runs that writes, so database, data, runs and bucket are of one
moment. The folder holds the secrets, the raw exports and the salt of the masked values: keep it as
private as the host itself. docs/compose.md says more.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import compose_wording as wording
from stack import ROOT, WRITERS, Stack, lines_of, refuse, refuse_without_docker, say

DATABASE, FILES, SUMS = "airflow.dump", "files.tar.gz", "backup.json"
PLACES = ("data-train", "var-folder", "objects")
"""Where the service `folders` has the data, the runs and the bucket."""


def main(arguments: list[str] | None = None) -> int:
    """Back up or restore; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["backup", "restore"])
    parser.add_argument("folder", type=Path, nargs="?", help="of the backup")
    parser.add_argument("--env", type=Path, default=ROOT / ".env")
    parser.add_argument("--project", default="", help="of Docker Compose, if not the usual one")
    parser.add_argument("--force", action="store_true", help="although a run is going on")
    given = parser.parse_args(arguments)
    refuse_without_docker()
    stack = Stack(given.env.resolve(), given.project)
    try:
        if given.what == "backup":
            back_up(stack, given.folder or ROOT / "backups", force=given.force)
        elif given.folder is None:
            refuse(wording.NO_BACKUP_NAMED)
        else:
            restore(stack, given.folder.resolve())
    except subprocess.CalledProcessError as error:
        refuse(wording.command_failed(" ".join(error.cmd[:8]), error.returncode))
    return 0


def back_up(stack: Stack, folder: Path, *, force: bool) -> Path:
    """Write a backup below `folder`; it appears there whole or not at all."""
    settings = stack.settings()
    if not force:
        refuse_during_a_run(stack)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    part = folder / f".{name}.part"
    part.mkdir(mode=0o700, parents=True)
    try:
        with standing_still(stack):
            with (part / DATABASE).open("wb") as file:
                stack.dump(file, "postgres", "pg_dump", "-U", "airflow", "-Fc", "airflow")
            stack.run("stop", "seaweedfs")
            with (part / FILES).open("wb") as file:
                in_folders(stack, "tar", "-C", "/", "-czf", "-", *PLACES, stdout=file)
        shutil.copyfile(stack.env, part / ".env")
        copy_with_owners(secrets_of(stack), part / "secrets")
        described = {"version": settings["CS_VERSION"], "sha256": sums(part)}
        (part / SUMS).write_text(json.dumps(described, indent=2), encoding="utf-8")
        part.rename(folder / name)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    size = sum(path.stat().st_size for path in (folder / name).rglob("*") if path.is_file())
    say(wording.backed_up(folder / name, size))
    return folder / name


def refuse_during_a_run(stack: Stack) -> None:
    """Raises `SystemExit` while a run is going on: stopping would kill its training."""
    if "api-server" not in stack.running():
        return
    running = stack.query("select count(*) from dag_run where state = 'running'")
    if running != "0":
        refuse(wording.runs_go_on(running))


@contextmanager
def standing_still(stack: Stack) -> Iterator[None]:
    """Nothing runs that writes; what ran before runs again afterwards, also after a failure."""
    before = stack.running()
    if "postgres" not in before:
        refuse(wording.DATABASE_DOWN)
    stack.run("stop", *sorted(before & set(WRITERS)))
    try:
        yield
    finally:
        stack.run("start", *sorted(before))


def in_folders(stack: Stack, *command: str, **options: object) -> None:
    """Run a command as root, without a network, where all folders are mounted."""
    once = ("run", "--rm", "--no-deps", "-T", "--entrypoint", command[0], "folders")
    stack.run(*once, *command[1:], **options)


def secrets_of(stack: Stack) -> Path:
    """The folder of the secrets; Compose reads such paths from here, too."""
    return (ROOT / stack.settings()["CS_SECRETS"]).resolve()


def copy_with_owners(folder: Path, to: Path) -> None:
    """Copy a folder with its owners: what runs in the containers need not be who calls this."""
    subprocess.run(["cp", "-a", str(folder), str(to)], check=True)


def sums(folder: Path) -> dict[str, str]:
    """File -> sha256 of its bytes, for everything in a backup but the list itself."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != SUMS:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.relative_to(folder).as_posix()] = digest
    return found


def restore(stack: Stack, folder: Path) -> None:
    """Bring a backup back where there is nothing yet; what is there is never written over."""
    refuse_a_bad_backup(folder)
    refuse_where_something_is(stack, ROOT / lines_of(folder / ".env")["CS_DATA"])
    stack.env.parent.mkdir(exist_ok=True)
    shutil.copyfile(folder / ".env", stack.env)
    stack.env.chmod(0o600)
    copy_with_owners(folder / "secrets", secrets_of(stack))
    stack.run("up", "--detach", "--wait", "postgres")
    with (folder / FILES).open("rb") as file:
        in_folders(stack, "tar", "-C", "/", "--numeric-owner", "-xzpf", "-", stdin=file)
    with (folder / DATABASE).open("rb") as file:
        into = ("exec", "-T", "postgres", "pg_restore", "-U", "airflow", "-d", "airflow")
        stack.run(*into, "--exit-on-error", "--single-transaction", stdin=file)
    say(wording.RESTORED)


def refuse_a_bad_backup(folder: Path) -> None:
    """Raises `SystemExit` unless the backup is whole and of this version."""
    if not (folder / SUMS).exists():
        refuse(wording.not_a_backup(folder))
    described = json.loads((folder / SUMS).read_text(encoding="utf-8"))
    if described["sha256"] != sums(folder):
        refuse(wording.backup_damaged(folder))
    here = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    if f'version = "{described["version"]}"' not in here:
        refuse(wording.backup_of_another_version(described["version"]))


def refuse_where_something_is(stack: Stack, data: Path) -> None:
    """Raises `SystemExit` where an installation is already."""
    files = [stack.env] if stack.env.exists() else []
    if data.exists():
        files += [path for path in data.iterdir() if path.name not in {"README.md", ".gitkeep"}]
    names = ["docker", "volume", "ls", "-q", "--filter", f"name=^{stack.project or 'cs-pipeline'}_"]
    volumes = subprocess.run(names, check=True, capture_output=True, text=True).stdout.split()
    there = [*map(str, files), *volumes]
    if there:
        refuse(wording.installation_there(there))


if __name__ == "__main__":
    sys.exit(main())
