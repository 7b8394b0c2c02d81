"""`cs-pipeline doctor`: one line for each finding, with what to do about it."""

import base64
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cs_pipeline import cli, stages
from cs_pipeline.config import Settings
from cs_pipeline.doctor import Diagnosis, places
from cs_pipeline.errors import StorageError
from cs_pipeline.language import Words
from cs_pipeline.storage import open_store
from tests.s3_proxy import Answer, refusal

SECRET = "tiger-balm-9000"
KEY = base64.b64encode(bytes(range(32))).decode()


class Site:
    """An installation that is described by variables, as an operator describes it."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._patch = patch
        self.set(DATA_DIR=folder / "data", WORK_DIR=folder / "var")

    def set(self, **variables: Any) -> "Site":
        for name, value in variables.items():
            self._patch.setenv(f"CS_PIPELINE_{name}", str(value))
        return self

    def use(self, settings: dict[str, str], **variables: Any) -> "Site":
        return self.set(**{name.upper(): value for name, value in settings.items()} | variables)

    def found(self, check: str | None = None) -> list[Diagnosis]:
        seen = stages.examine().diagnoses
        return [diagnosis for diagnosis in seen if check in (None, diagnosis.check)]

    def levels(self, check: str) -> dict[str, int]:
        return dict(Counter(diagnosis.level for diagnosis in self.found(check)))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(places, "LEAST_FREE_BYTES", 0)
    monkeypatch.setattr(places, "WANTED_FREE_BYTES", 0)
    return Site(tmp_path, monkeypatch)


def words(found: list[Diagnosis]) -> str:
    return "\n".join(diagnosis.words.en for diagnosis in found)


def problems(found: list[Diagnosis]) -> list[str]:
    return [diagnosis.check for diagnosis in found if diagnosis.level == "problem"]


def test_a_new_installation_is_fit_and_nothing_is_made(site) -> None:
    found = site.found()
    assert problems(found) == []
    assert list(site.folder.iterdir()) == []
    stages.prepare_folders(stages.Installation.load())
    before = sorted(site.folder.rglob("*"))
    assert problems(site.found()) == []
    assert sorted(site.folder.rglob("*")) == before


def test_every_finding_is_told_in_both_languages(site) -> None:
    site.set(TRAIN_BACKEND="kubernetes", STROE="x", S3_CA_BUNDLE="/none.pem")
    found = site.found()
    assert len(found) > 8
    for diagnosis in found:
        assert any("가" <= letter <= "힣" for letter in diagnosis.words.ko), diagnosis
        assert not any("가" <= letter <= "힣" for letter in diagnosis.words.en), diagnosis
        assert "\n" not in diagnosis.words.ko + diagnosis.words.en
        assert diagnosis.words.en.rstrip()[-1] in ".?"


def test_a_wrong_setting_ends_the_look(site) -> None:
    site.set(EPOCHS=SECRET)
    (found,) = site.found()
    assert (found.check, found.level) == ("settings", "problem")
    assert "CS_PIPELINE_EPOCHS" in found.words.ko
    assert SECRET not in found.model_dump_json()


@pytest.mark.parametrize(
    ("name", "meant"),
    [("STROE", "CS_PIPELINE_STORE"), ("S3_ENDPOINT", "CS_PIPELINE_S3_ENDPOINT_URL"), ("XYZZY", "")],
)
def test_a_variable_that_nobody_reads_is_a_problem(site, name, meant) -> None:
    site.set(**{name: SECRET})
    (found,) = site.found("settings.unknown")
    assert found.level == "problem"
    assert f"CS_PIPELINE_{name}." in found.words.en
    assert meant in found.words.en
    assert SECRET not in found.model_dump_json()


def test_variables_of_trainer_and_language_are_known(site) -> None:
    site.set(LANG="en", POD_UID="p", IMAGE_DIGEST="sha256:x", EXIT_WITH_PARENT=os.getpid())
    assert site.found("settings.unknown") == []


def test_a_file_of_the_site_that_cannot_be_read(site) -> None:
    (site.folder / "rules.yaml").write_text("deny: 3")
    site.set(PII_RULES=site.folder / "rules.yaml", RECIPE="nobody")
    assert site.levels("settings.file") == {"problem": 2}


def test_a_folder_that_may_not_be_written_to(site, monkeypatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(places.tempfile, "TemporaryFile", refused)
    (found, _) = site.found("folder")
    assert found.level == "problem"
    assert str(site.folder) in found.words.en


def test_a_file_system_without_symbolic_links(site, monkeypatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "symlink_to", refused)
    assert site.levels("folder.links") == {"problem": 1}


def test_raw_text_that_others_may_read(site) -> None:
    stages.prepare_folders(stages.Installation.load())
    (site.folder / "data" / "quarantine").chmod(0o755)
    (found,) = site.found("folder.open")
    assert "chmod 700" in found.words.en
    assert "quarantine" in found.words.en


@pytest.mark.parametrize(
    ("least", "wanted", "level"), [(0, 0, "ok"), (0, 2**60, "warning"), (2**59, 2**60, "problem")]
)
def test_room_on_the_disk(site, monkeypatch, least, wanted, level) -> None:
    monkeypatch.setattr(places, "LEAST_FREE_BYTES", least)
    monkeypatch.setattr(places, "WANTED_FREE_BYTES", wanted)
    assert site.levels("disk") == {level: 1}  # both roots lie on one disk


def test_a_good_store(site, seaweedfs, tmp_path) -> None:
    root = f"s3://models/{tmp_path.name}"
    site.use(seaweedfs.settings(), STORE=root, HANDOVER_KEY=KEY)
    found = site.found()
    assert problems(found) == []
    assert [d.check for d in found if d.check.startswith("store")] == [
        *("store.reach", "store.rights", "store.conditions"),
        *("store.reach", "store.rights", "store.conditions"),
    ]
    assert "live.json" in words(site.found("store.conditions"))
    kept = seaweedfs.client().list_objects_v2(Bucket="models", Prefix=tmp_path.name)["Contents"]
    assert {item["Key"].rpartition("/")[2] for item in kept} == {"conditions.json"}


def test_a_store_with_create_only_alone_is_fit_and_says_so(
    site, moto, moto_proxy, tmp_path
) -> None:
    moto_proxy.before = lambda request: (
        refusal(501, "NotImplemented") if "if-match" in request.headers else request
    )
    at = moto | {"s3_endpoint_url": moto_proxy.endpoint}
    site.use(at, MODEL_STORE=f"s3://models/{tmp_path.name}")
    (found,) = site.found("store.conditions")
    assert found.level == "ok"
    assert "live/00000001.json" in found.words.en


def test_a_store_that_ignores_conditions(site, moto, moto_proxy, tmp_path) -> None:
    uri = f"s3://models/{tmp_path.name}"
    at = moto | {"s3_endpoint_url": moto_proxy.endpoint}
    open_store(uri, Settings.load(**at)).conditions()  # it was a better one before
    moto_proxy.before = lambda request: request.without("if-match", "if-none-match")
    site.use(at, MODEL_STORE=uri)
    (found,) = site.found("store.conditions")
    assert found.level == "problem"
    assert "conditional writes" in found.words.en
    with pytest.raises(StorageError, match="object-stores"):  # nor is it used any more
        open_store(uri, Settings.load(**at)).conditions()


@pytest.mark.parametrize(
    ("method", "right"), [("PUT", "may not write"), ("DELETE", "may not delete"), ("GET", "list")]
)
def test_a_right_that_is_missing(site, moto, moto_proxy, tmp_path, method, right) -> None:
    def before(request: Any) -> Any:
        listed = request.asks("prefix") is not None
        refused = request.method == method and (listed or method != "GET")
        return refusal(403, "AccessDenied") if refused else request

    moto_proxy.before = before
    at = moto | {"s3_endpoint_url": moto_proxy.endpoint}
    site.use(at, MODEL_STORE=f"s3://models/{tmp_path.name}")
    (found,) = site.found("store.rights")
    assert found.level == "problem"
    assert right in found.words.en


def test_encryption_that_a_store_fails_on_is_named(site, moto, moto_proxy, tmp_path) -> None:
    moto_proxy.before = lambda request: (
        refusal(500, "InternalError")
        if request.headers.get("x-amz-server-side-encryption") == "aws:kms"
        else request
    )
    at = moto | {"s3_endpoint_url": moto_proxy.endpoint}
    site.use(at, MODEL_STORE=f"s3://models/{tmp_path.name}", S3_SSE="aws:kms")
    (found,) = site.found("store.rights")
    assert "CS_PIPELINE_S3_SSE" in found.words.en
    site.set(S3_SSE="none")
    assert site.levels("store.rights") == {"ok": 1}


@pytest.mark.parametrize(("code", "said"), [("ExpiredToken", "expired"), ("NoSuchBucket", "exist")])
def test_a_store_that_refuses_everything_is_told_once(
    site, moto, moto_proxy, tmp_path, code, said
) -> None:
    moto_proxy.before = lambda request: refusal(400, code)
    at = moto | {"s3_endpoint_url": moto_proxy.endpoint}
    site.use(at, MODEL_STORE=f"s3://models/{tmp_path.name}")
    found = [d for d in site.found() if d.check.startswith("store")]
    assert [(d.check, d.level) for d in found] == [("store.reach", "problem")]
    assert said in found[0].words.en


@pytest.mark.parametrize(("ahead", "level"), [(120, "warning"), (-3600, "problem")])
def test_clocks_that_are_apart(site, moto, moto_proxy, tmp_path, ahead, level) -> None:
    from email.utils import formatdate
    from time import time

    def after(_: object, answer: Answer) -> Answer:
        date = {"date": formatdate(time() + ahead, usegmt=True)}
        return Answer(answer.status, answer.headers | date, answer.body)

    moto_proxy.after = after
    at = moto | {"s3_endpoint_url": moto_proxy.endpoint}
    site.use(at, MODEL_STORE=f"s3://models/{tmp_path.name}")
    (found,) = site.found("store.clock")
    assert found.level == level
    assert "NTP" in found.words.en


def test_bytes_that_come_back_changed(site, moto, moto_proxy, tmp_path) -> None:
    def after(request: Any, answer: Answer) -> Answer:
        spoilt = "doctor-" in request.path and request.method == "GET"
        return Answer(answer.status, answer.headers, b"?" * 64 if spoilt else answer.body)

    moto_proxy.after = after
    at = moto | {"s3_endpoint_url": moto_proxy.endpoint}
    site.use(at, MODEL_STORE=f"s3://models/{tmp_path.name}")
    assert site.levels("store.rights") == {"problem": 1}


def test_an_inbox_is_looked_at_and_not_written_to(site, moto, moto_proxy, tmp_path) -> None:
    at = moto | {"s3_endpoint_url": moto_proxy.endpoint}
    site.use(at, INBOX=f"s3://models/{tmp_path.name}/inbox")
    assert site.levels("inbox.rights") == {"ok": 1}
    assert {request.method for request in moto_proxy.seen} == {"GET"}
    moto_proxy.before = lambda _: refusal(403, "AccessDenied")
    assert site.levels("inbox.reach") == {"problem": 1}


def test_a_store_without_a_key_to_seal_by(site, tmp_path) -> None:
    site.set(STORE=tmp_path / "store")
    assert site.levels("handover.key") == {"problem": 1}
    site.set(HANDOVER_KEY=KEY)
    assert site.levels("handover.key") == {}


def base(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        (folder / name).write_text("{}")
    return folder


def test_base_models(site, tmp_path) -> None:
    def level(base_model: object) -> dict[str, int]:
        return site.set(BASE_MODEL=base_model).levels("base_model")

    assert level("skt/kogpt2-base-v2") == {"warning": 1}
    assert level(tmp_path / "nowhere") == {"problem": 1}
    assert level(base(tmp_path / "half", "config.json")) == {"problem": 1}
    whole = base(tmp_path / "whole", "config.json", "model.safetensors")
    assert level(whole) == {"ok": 1}
    site.set(TRAIN_BACKEND="kubernetes")
    assert level(whole) == {"warning": 1}
    assert level("store:kogpt2") == {"problem": 1}  # there is no store
    site.set(STORE=tmp_path / "store", HANDOVER_KEY=KEY)
    (found,) = site.found("base_model")
    assert "base push ./kogpt2" in found.words.en


POD = {
    "TRAIN_BACKEND": "kubernetes",
    "POD_IMAGE": f"registry/trainer@sha256:{'0' * 64}",
    "POD_SECRETS": '["cs-pipeline-trainer"]',
    "HANDOVER_KEY": KEY,
}


def test_pods(site, moto, tmp_path) -> None:
    at = moto | {"s3_endpoint_url": "http://store.internal:8333"}
    site.use(at, STORE="s3://models/x", **POD)
    assert site.levels("pod") == {"ok": 1}
    for name, value, level, said in [
        ("POD_IMAGE", "", "problem", "CS_PIPELINE_POD_IMAGE"),
        ("POD_IMAGE", "registry/trainer:1", "warning", "digest"),
        ("STORE", str(tmp_path), "problem", "CS_PIPELINE_STORE"),
        ("S3_ENDPOINT_URL", "http://localhost:8333", "problem", "CS_PIPELINE_S3_ENDPOINT_URL"),
        ("POD_SECRETS", "[]", "warning", "CS_PIPELINE_POD_SECRETS"),
        ("POD_TEMPLATE", "/none.yaml", "problem", "CS_PIPELINE_POD_TEMPLATE"),
        ("S3_CA_BUNDLE", __file__, "warning", "ConfigMap"),
    ]:
        before = os.environ.get(f"CS_PIPELINE_{name}")
        site.set(**{name: value})
        found = [d for d in site.found("pod") if d.level == level]
        assert said in words(found), name
        if before is None:
            del os.environ[f"CS_PIPELINE_{name}"]
        else:
            site.set(**{name: before})
    assert site.set(TRAIN_BACKEND="local").found("pod") == []


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def doctor(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["cs-pipeline", "doctor", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0), capsys.readouterr().out

    return doctor


def test_the_command_prints_a_line_each_and_ends_with_0_or_1(site, call) -> None:
    site.set(LANG="en")
    code, said = call()
    lines = said.splitlines()
    assert code == 0
    assert len(lines) == len(site.found())
    assert {line[0] for line in lines} == {"✔", "!"}

    site.set(STROE="x")
    code, said = call("--json")
    told = json.loads(said)
    assert (code, told["fit"]) == (1, False)
    assert [d["check"] for d in told["diagnoses"] if d["level"] == "problem"] == [
        "settings.unknown"
    ]
    site.set(LANG="ko", EPOCHS="x")
    code, said = call()
    assert code == 1
    assert "✘" in said
    assert "고친 뒤" in said


def test_notifications_are_looked_at_and_nothing_is_sent(site) -> None:
    assert site.levels("notify") == {"warning": 1}
    site.set(NOTIFY_URLS=json.dumps([f"json://127.0.0.1:9/{SECRET}", f"{SECRET}://x"]))
    assert site.levels("notify") == {"ok": 1, "problem": 1}
    assert site.levels("notify.link") == {"warning": 1}
    installation = stages.Installation.load()
    installation.told.note("1 json", Words(ko="안 됨", en="no"))
    assert site.levels("notify") == {"warning": 1, "problem": 1}
    site.set(AIRFLOW_URL="https://airflow.example.com")
    assert site.levels("notify.link") == {}
    assert SECRET not in words(site.found())


@pytest.mark.parametrize(
    ("program", "level", "said"),
    [
        (None, "warning", "no GPU"),
        ("echo 'NVIDIA H200, 143771 MiB'", "ok", "GPUs: NVIDIA H200, 143771 MiB"),
        ("exit 9", "warning", "does not answer"),
        ("true", "warning", "does not answer"),
    ],
)
def test_the_gpus_of_this_machine(site, tmp_path, monkeypatch, program, level, said) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if program is not None:
        path = tmp_path / "nvidia-smi"
        path.write_text(f"#!/bin/sh\n{program}\n")
        path.chmod(0o755)
    assert site.levels("gpu") == {level: 1}
    assert said in words(site.found("gpu"))
    site.set(TRAIN_BACKEND="kubernetes")
    assert site.levels("gpu") == {}


def test_golden_questions_that_cannot_be_read_are_told(site, tmp_path) -> None:
    path = tmp_path / "golden.yaml"
    path.write_text("questions:\n- question: x\n")
    site.set(GOLDEN_QUESTIONS=path)
    assert "line 2" in words(site.found("settings.file"))
