"""How images are built: what they are based on, what goes into them, what the linter says."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = ROOT / "Dockerfile"
DIGEST = "sha256:" + "a" * 64

DOCKER = """#!/bin/bash
echo "$@" >> {log}
[ "$1" = pull ] && echo "Digest: {digest}" && exit {pull}
[ "$1" = build ] && exit {build}
[ "$1 $2" = "image inspect" ] && echo 1500000000
exit 0
"""


def test_hadolint_finds_nothing() -> None:
    program = Path(sys.executable).with_name("hadolint")
    found = subprocess.run([program, DOCKERFILE], check=False, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout


def test_the_versions_in_the_dockerfile_are_those_of_the_package() -> None:
    text, package = DOCKERFILE.read_text(), (ROOT / "pyproject.toml").read_text()
    (airflow,) = set(re.findall(r"apache-airflow==([\d.]+)", text))
    assert f'"apache-airflow=={airflow}"' in package
    assert f"apache/airflow:{airflow}-python3.11" in text
    (version,) = set(re.findall(r"VERSION=([\d.]+)$", text, re.MULTILINE))
    assert f'version = "{version}"' in package
    bases = (ROOT / "deploy" / "images" / "bases.env").read_text()
    for name, image in re.findall(r"^ARG (\w+_IMAGE)=(\S+)$", text, re.MULTILINE):
        assert f"{name}={image}" in bases


def test_what_is_installed_is_what_the_package_allows() -> None:
    """Images take the versions of constraints.txt; not every extra is installed where tests run."""
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    locked = dict(line.split("==") for line in lines if "==" in line)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = [Requirement(text) for texts in extras.values() for text in texts]
    met = {
        one.name: one.specifier.contains(locked[one.name]) for one in wanted if one.name in locked
    }
    assert [name for name in met if not met[name]] == []
    assert met["celery"]


def test_only_what_the_images_are_made_of_is_sent_to_the_builder() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    sent = {line.strip("!/") for line in rules if line.startswith("!")}
    text = DOCKERFILE.read_text()
    copied = re.findall(r"^COPY (?:--chown=\S+ )?(?!--from)(.+) \S+$", text, re.MULTILINE)
    assert sent == {name for names in copied for name in names.split()}
    assert "data-train" not in sent


def declared(project: str, folder: Path) -> str:
    """What the stage `declared` makes of a pyproject.toml, by the Dockerfile's own command."""
    (edit,) = re.findall(r"&& sed (.+?) > ", DOCKERFILE.read_text().replace("\\\n", ""), re.DOTALL)
    file = folder / "pyproject.toml"
    file.write_text(project)
    command = edit.replace("/tmp/pyproject.toml", str(file))
    return subprocess.run(
        f"sed {command}", shell=True, check=True, capture_output=True, text=True
    ).stdout


def test_only_another_dependency_installs_packages_again(tmp_path: Path) -> None:
    project = (ROOT / "pyproject.toml").read_text()
    before = declared(project, tmp_path)
    package = tomllib.loads(before)["project"]
    whole = tomllib.loads(project)["project"]
    assert package["dependencies"] == whole["dependencies"]
    assert package["optional-dependencies"] == whole["optional-dependencies"]
    assert package["scripts"] == whole["scripts"]
    assert "readme" not in package
    for old, new in [
        (f'version = "{whole["version"]}"', 'version = "9.9.9"'),
        ("[tool.ruff]", "[tool.ruff]\nfix = true"),
    ]:
        assert old in project
        assert declared(project.replace(old, new), tmp_path) == before
    assert declared(project.replace("torch==", "torch>="), tmp_path) != before


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Calls of a `docker` that only takes notes."""
    docker(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path / "log"


def docker(folder: Path, pull: int = 0, build: int = 0) -> None:
    program = folder / "docker"
    program.write_text(DOCKER.format(log=folder / "log", digest=DIGEST, pull=pull, build=build))
    program.chmod(0o755)


@pytest.fixture
def bases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import bases

    copy = tmp_path / "bases.env"
    copy.write_text("# why\nAIRFLOW_IMAGE=apache/airflow:1\nPYTHON_IMAGE=host:5000/python:3\n")
    monkeypatch.setattr(bases, "BASES", copy)
    return copy


def test_a_base_is_pinned_by_the_digest_that_was_pulled_and_stays_so(
    log: Path, bases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import build_images

    assert (
        build_images.main(["airflow", "trainer-cpu", "--tag", "1", "--cpu-index", "https://cpu"])
        == 0
    )
    pinned = f"# why\nAIRFLOW_IMAGE=apache/airflow:1@{DIGEST}\n"
    pinned += f"PYTHON_IMAGE=host:5000/python:3@{DIGEST}\n"
    assert bases.read_text() == pinned
    calls = log.read_text().splitlines()
    assert [call for call in calls if call.startswith("pull")] == [
        "pull apache/airflow:1", "pull host:5000/python:3",
    ]  # fmt: skip
    airflow, trainer = (call for call in calls if call.startswith("build"))
    assert "--target=airflow --tag=cs-pipeline-airflow:1 " in airflow
    assert "--build-arg=TORCH_INDEX= " in airflow
    assert "--target=trainer --tag=cs-pipeline-trainer:1-cpu " in trainer
    assert "--build-arg=TORCH_INDEX=https://cpu " in trainer
    assert f"--build-arg=PYTHON_IMAGE=host:5000/python:3@{DIGEST} " in trainer
    assert "cs-pipeline-trainer:1-cpu  1,500 MB" in capsys.readouterr().out

    log.unlink()
    build_images.main(["trainer", "--tag", "1"])
    assert "pull" not in log.read_text()
    assert bases.read_text() == pinned

    build_images.main(["trainer", "--tag", "1", "--update"])
    assert "pull host:5000/python:3\n" in log.read_text()


def test_a_base_that_cannot_be_pulled_is_said_so_and_nothing_is_pinned(
    log: Path, bases: Path
) -> None:
    import build_images

    docker(log.parent, pull=1)
    before = bases.read_text()
    with pytest.raises(SystemExit, match="AS_IS=1"):
        build_images.main(["trainer", "--tag", "1"])
    assert "build" not in log.read_text()
    build_images.main(["trainer", "--tag", "1", "--as-is"])
    assert "--build-arg=PYTHON_IMAGE=host:5000/python:3 " in log.read_text()
    assert bases.read_text() == before


def test_a_pip_config_is_a_secret_of_the_build(log: Path, bases: Path) -> None:
    import build_images

    build_images.main(["trainer", "--tag", "1", "--pip-config", "/home/me/pip.conf"])
    assert "--secret=id=pip,src=/home/me/pip.conf " in log.read_text()


def test_a_build_that_fails_ends_the_others(log: Path, bases: Path) -> None:
    import build_images

    docker(log.parent, build=1)
    with pytest.raises(SystemExit, match="cs-pipeline-airflow:1 was not built"):
        build_images.main(["airflow", "trainer", "--tag", "1", "--as-is"])
    assert "--target=trainer" not in log.read_text()


def test_a_machine_without_docker_is_told_so(
    bases: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import build_images

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="Docker"):
        build_images.main(["trainer", "--tag", "1"])
