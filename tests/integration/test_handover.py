"""A training goes to a trainer that knows a store only, and its result comes back."""

import json
import logging
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from cs_pipeline import stages
from cs_pipeline.errors import (
    BaseModelError,
    CsPipelineError,
    DamagedObject,
    DatasetError,
    SettingsError,
    StorageError,
)
from cs_pipeline.records import TrainResult
from cs_pipeline.samples.workbook import write_sample_export
from cs_pipeline.storage import FolderStore, open_store
from tests.handing_over import (
    KEY,
    become_trainer,
    hand_over,
    merged,
    opened,
    start_trainer,
    watched,
    with_store,
)
from tests.installation import Installation

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def site(installation: Installation, tmp_path: Path) -> Installation:
    return with_store(installation, tmp_path)


def content(site: Installation) -> dict[str, bytes]:
    """All objects of the hand-over's store."""
    store = open_store(site.settings.store, site.settings)
    return {item.key: store.read(item.key)[0] for item in store.list_objects()}


def judge_and_promote(site: Installation, dataset, run_id: str = "run-1"):
    options = site.options()
    verdict = stages.gate(opened(site), run_id=run_id, dataset=dataset, options=options)
    model = stages.promote(opened(site), run_id=run_id)
    record = stages.record(
        opened(site), run_id=run_id, options=options, dataset=dataset, model=model
    )
    return verdict, record


@pytest.mark.parametrize("where", ["folder", "s3"])
def test_a_process_that_knows_the_store_only_trains_the_next_live_model(
    installation: Installation, s3_endpoint: str, tmp_path: Path, where: str
) -> None:
    s3 = {
        "store": f"s3://models/{tmp_path.name}",
        "s3_endpoint_url": s3_endpoint,
        "s3_access_key_id": SecretStr("test"),
        "s3_secret_access_key": SecretStr("test"),
    }
    site = with_store(installation, tmp_path, **(s3 if where == "s3" else {}))
    site.drop()
    dataset = merged(site)
    handed = hand_over(site, dataset)
    assert handed.command[:3] == ("cs-pipeline", "train", "--request")

    elsewhere = tmp_path / "elsewhere"
    trainer = start_trainer(
        site,
        handed,
        elsewhere,
        CS_PIPELINE_POD_UID="pod-7",
        CS_PIPELINE_IMAGE_DIGEST="sha256:abc",
    )
    _, said = trainer.communicate(timeout=300)
    assert trainer.returncode == 0, said
    assert list((elsewhere / "scratch").iterdir()) == []
    assert not (elsewhere / "data-train").exists()
    assert not site.run_folder("run-1").exists()

    result = stages.take_back(opened(site), run_id="run-1")
    verdict, record = judge_and_promote(site, dataset)

    assert (verdict.decision, record.status) == ("promote", "promoted")
    assert result == record.result
    assert result.trained_by is not None
    assert (result.trained_by.holder, result.trained_by.attempt) == ("pod-7", 1)
    assert result.trained_by.image_digest == "sha256:abc"
    assert result.leak is not None
    assert result.leak.digests == handed.digests > 0
    live = site.live()
    assert live is not None
    assert live.manifest_sha256 == result.trained_by.manifest_sha256
    assert opened(site).models.uri == f"{site.settings.store}/models"
    folder = site.run_folder("run-1")
    assert (folder / "train/metrics.jsonl").read_text().count("\n") > 10
    assert json.loads((folder / "train/samples.json").read_bytes())
    assert (folder / "report.html").is_file()
    assert not [
        key for key in content(site) if key.startswith(("restricted/", "runs/run-1/resume"))
    ]


def test_the_command_line_hands_over_where_there_is_a_store(
    site: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    site.drop()
    run = site.run()
    assert run.status == "promoted"
    assert run.result is not None
    assert run.result.trained_by is not None
    assert run.result.checkpoint_uri.startswith(site.settings.store)
    assert not any(key.startswith("restricted/") for key in content(site))


@pytest.fixture
def asked(site: Installation, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A site whose run-1 was handed over; this process is the trainer."""
    site.drop(rows=60)
    dataset = merged(site)
    become_trainer(site, monkeypatch)
    return dataset, hand_over(site, dataset)


def test_without_a_result_each_call_asks_for_one_more_attempt(site, asked) -> None:
    dataset, first = asked
    assert (first.attempt, first.uploaded_bytes > 0) == (1, True)
    again = hand_over(site, dataset)
    assert (again.attempt, again.uploaded_bytes) == (2, 0)
    with pytest.raises(CsPipelineError, match=r"result\.json"):
        stages.take_back(opened(site), run_id="run-1")

    result = stages.train_request(again.request_uri, attempt=2)
    assert result is not None
    assert hand_over(site, dataset) == again.model_copy(update={"uploaded_bytes": 0})
    for _ in range(2):
        assert stages.take_back(opened(site), run_id="run-1") == result
    assert opened(site).runs.result("run-1") == result


def test_what_is_done_is_not_trained_again(site, asked, caplog) -> None:
    _, handed = asked
    caplog.set_level(logging.INFO, logger="cs_pipeline")
    first = stages.train_request(handed.request_uri)
    caplog.clear()
    before = content(site)
    assert stages.train_request(handed.request_uri) == first
    assert "already trained" in caplog.text
    assert content(site) == before


def test_other_work_withdraws_the_result(site, asked) -> None:
    dataset, handed = asked
    stages.train_request(handed.request_uri)
    other = hand_over(site, dataset, epochs=2)
    assert other.attempt == 2
    assert "runs/run-1/result.json" not in content(site)
    with pytest.raises(CsPipelineError):
        stages.take_back(opened(site), run_id="run-1")
    result = stages.train_request(other.request_uri)
    assert result is not None
    assert result.recipe["epochs"] == 2


def test_another_live_model_withdraws_the_result(site, asked) -> None:
    """The gate needs both models' losses on the same rows."""
    dataset, handed = asked
    stages.train_request(handed.request_uri)
    second = hand_over(site, dataset, "run-2")
    stages.train_request(second.request_uri)
    stages.take_back(opened(site), run_id="run-2")
    judge_and_promote(site, dataset, "run-2")
    again = hand_over(site, dataset)
    assert again.attempt == 2
    result = stages.train_request(again.request_uri)
    assert result is not None
    assert result.champion is not None


def test_the_result_of_another_run_is_not_believed(site, asked) -> None:
    dataset, handed = asked
    stages.train_request(handed.request_uri)
    hand_over(site, dataset, "run-2")
    root = Path(site.settings.store)
    shutil.copy(root / "runs/run-1/result.json", root / "runs/run-2/result.json")
    with pytest.raises(CsPipelineError, match=r"요청한 것이 아닙니다|asked for"):
        stages.take_back(opened(site), run_id="run-2")
    assert not (site.run_folder("run-2") / "train/result.json").exists()


@pytest.mark.parametrize(
    "lie",
    [
        {"run_id": "run-9"},
        {"dataset_sha256": "0" * 64},
        {"trained_by": None},
        {"token": "0"},
        {"attempt": 2},
        {"manifest_sha256": "0" * 64},
    ],
)
def test_a_result_that_says_something_else_is_not_believed(site, asked, lie) -> None:
    _, handed = asked
    result = stages.train_request(handed.request_uri)
    assert result is not None
    assert result.trained_by is not None
    own = {name: value for name, value in lie.items() if name in TrainResult.model_fields}
    by = result.trained_by.model_copy(update=lie)
    told = result.model_copy(update=own or {"trained_by": by})
    path = Path(site.settings.store) / "runs/run-1/result.json"
    path.write_text(told.model_dump_json())
    with pytest.raises(CsPipelineError):
        stages.take_back(opened(site), run_id="run-1")


@pytest.mark.parametrize("name", ["curves.jsonl", "samples.json", "val-nats.npz"])
def test_what_lies_beside_the_result_is_checked(site, asked, name) -> None:
    _, handed = asked
    stages.train_request(handed.request_uri)
    path = Path(site.settings.store) / "runs/run-1/attempts/1" / name
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(DamagedObject, match=re.escape(name)):
        stages.take_back(opened(site), run_id="run-1")
    assert not (site.run_folder("run-1") / "train/result.json").exists()


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_damaged_dataset_is_refused_before_it_is_read(site, asked, damage, monkeypatch) -> None:
    _, handed = asked
    path = next(Path(site.settings.store).glob("datasets/*/train.csv"))
    data = path.read_bytes()
    path.unlink() if damage == "gone" else path.write_bytes(
        data[:-9] if damage == "cut" else data[:-9] + b"!" * 9
    )
    monkeypatch.setattr("cs_pipeline.training.fine_tune.read_dataset", None)  # is never called
    with pytest.raises(StorageError, match=r"train\.csv"):
        stages.train_request(handed.request_uri)
    assert "runs/run-1/result.json" not in content(site)


def test_a_dataset_that_was_cut_short_is_mended_by_the_next_hand_over(site, asked) -> None:
    dataset, _ = asked
    path = next(Path(site.settings.store).glob("datasets/*/train.csv"))
    path.write_bytes(path.read_bytes()[:-9])
    again = hand_over(site, dataset)
    assert again.uploaded_bytes == Path(dataset.train_uri).stat().st_size
    assert stages.train_request(again.request_uri) is not None


def test_another_dataset_than_the_requests_is_refused(site, asked) -> None:
    _, handed = asked
    path = Path(site.settings.store) / "runs/run-1/request.json"
    request = json.loads(path.read_text())
    request["work"]["dataset"]["sha256"] = "0" * 64
    path.write_text(json.dumps(request))
    with pytest.raises(DatasetError, match=request["work"]["dataset"]["version_id"]):
        stages.train_request(handed.request_uri)


def test_csvs_that_are_not_the_versions_are_not_uploaded(site) -> None:
    site.drop(rows=60)
    dataset = merged(site)
    with Path(dataset.val_uri).open("a") as stream:
        stream.write("더,있음\n")
    with pytest.raises(DatasetError, match="rebuild"):
        hand_over(site, dataset)
    assert content(site) == {}


@pytest.mark.parametrize(
    ("changes", "given", "error", "told"),
    [
        ({"handover_key": None}, {}, SettingsError, "openssl"),
        ({"handover_key": SecretStr("xyz")}, {}, SettingsError, "openssl"),
        ({"store": ""}, {}, SettingsError, "CS_PIPELINE_STORE"),
        ({}, {"base_model": "store:nobody"}, BaseModelError, "cs-pipeline base push ./nobody"),
        ({}, {"base_model": "store:../x"}, SettingsError, "--name"),
    ],
)
def test_what_is_missing_is_told_before_anything_is_uploaded(
    site, changes, given, error, told
) -> None:
    site.drop(rows=60)
    dataset = merged(site)
    with pytest.raises(error, match=told):
        hand_over(site.configured(**changes), dataset, **given)
    assert content(site) == {}


def test_a_trainer_with_another_key_says_so(site, asked, monkeypatch) -> None:
    _, handed = asked
    monkeypatch.setenv("CS_PIPELINE_HANDOVER_KEY", KEY[::-1].replace("=", "") + "=")
    with pytest.raises(CsPipelineError, match="CS_PIPELINE_HANDOVER_KEY"):
        stages.train_request(handed.request_uri)


def test_a_trainer_without_the_sites_masking_rules_says_so(site, asked, tmp_path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("deny:\n  - {term: 홍보실, type: ORG}\n", encoding="utf-8")
    dataset, _ = asked
    handed = hand_over(site.configured(pii_rules=rules), dataset, "run-2")
    with pytest.raises(SettingsError, match="CS_PIPELINE_PII_RULES"):
        stages.train_request(handed.request_uri)


def test_a_base_model_comes_out_of_the_store(site, tmp_path, monkeypatch) -> None:
    site.drop(rows=60)
    dataset = merged(site)
    pushed = stages.push_base(opened(site), site.base, name="kogpt2-tiny")
    assert pushed.base_model == "store:kogpt2-tiny"
    assert stages.push_base(opened(site), site.base, name="kogpt2-tiny").uploaded_bytes == 0
    become_trainer(site, monkeypatch)
    handed = hand_over(site, dataset, base_model=pushed.base_model)
    request = json.loads(content(site)["runs/run-1/request.json"])
    assert request["work"]["base"]["manifest_sha256"] == pushed.manifest_sha256
    result = stages.train_request(handed.request_uri)
    assert result is not None
    assert result.base_model == "store:kogpt2-tiny"

    same = hand_over(site, dataset, "run-2")  # from the folder
    other = stages.train_request(same.request_uri)
    assert other is not None
    assert (
        other.checkpoint_files["model.safetensors"]
        == (result.checkpoint_files["model.safetensors"])
    )


def test_a_damaged_base_model_is_refused(site, monkeypatch) -> None:
    site.drop(rows=60)
    dataset = merged(site)
    stages.push_base(opened(site), site.base, name="b")
    become_trainer(site, monkeypatch)
    handed = hand_over(site, dataset, base_model="store:b")
    weights = Path(site.settings.store) / "base/b/model.safetensors"
    data = weights.read_bytes()
    weights.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(DamagedObject, match=r"base/b/model\.safetensors"):
        stages.train_request(handed.request_uri)


def test_a_folder_that_is_no_base_model_is_not_pushed(site, tmp_path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(BaseModelError):
        stages.push_base(opened(site), tmp_path / "b")
    assert content(site) == {}


def test_neither_values_nor_their_digests_can_be_read_in_the_store(
    site: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = tmp_path / "truth.jsonl"
    write_sample_export(tmp_path / "a.xlsx", rows=150, seed=4, layout="qa", truth=truth)
    site.drop_bytes("a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    dataset = merged(site)
    become_trainer(site, monkeypatch)
    handed = hand_over(site, dataset)
    stages.train_request(handed.request_uri)

    objects = content(site)
    assert "restricted/run-1/leak-digests.enc" in objects
    everything = b"\0".join(objects.values())
    exports = [entry.sha256 for entry in opened(site).ledger.entries()]
    known = opened(site).masked_values.load(exports)
    assert len(known) == handed.digests > 10
    for digest in known.digests:
        assert digest not in everything
        assert digest.hex().encode() not in everything
    assert known.key not in everything
    planted = [json.loads(line) for line in truth.read_text("utf-8").splitlines()]
    # A name of three letters may stand in the made-up vocabulary of any text.
    values = {row["value"] for row in planted if len(row.get("value", "")) > 5}
    assert len(values) > 20
    assert not [value for value in values if value.encode() in everything]


def rights() -> dict[str, str]:
    """What the page grants the trainer: pattern of a key -> rights."""
    page = (DOCS / "handover.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^## What the trainer may do\n(.*?)^## ", page, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| `([^`]+)` \| ([a-z, ]+) \|", text, re.MULTILINE)
    return {re.sub(r"<[^>]+>", "*", pattern): words for pattern, words in rows}


def test_the_trainer_needs_no_more_than_the_page_grants(
    site: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    granted = {
        re.compile(re.escape(pattern).replace(r"\*", "[^/]+").replace("…", ".*")): words
        for pattern, words in rights().items()
    }
    assert len(granted) >= 8
    asked: set[tuple[str, str]] = set()
    fails: set[str] = set()

    def only_what_is_granted(what: str, key: str) -> None:
        asked.add((what, key))
        allowed = (words for pattern, words in granted.items() if pattern.fullmatch(key))
        if not any(what in words.split(", ") for words in allowed):
            raise PermissionError(f"{what} {key}")
        if what == "write" and key in fails:
            raise StorageError(ko="끊김", en="down")

    site.drop(rows=60)
    dataset = merged(site)
    stages.push_base(opened(site), site.base, name="b")
    become_trainer(site, monkeypatch)
    opener = watched(site, only_what_is_granted)
    given = {"base_model": "store:b", "recipe": '{"checkpoint_minutes": 0}'}
    for run_id in ("run-1", "run-2"):  # without a live model and with one
        handed = hand_over(site, dataset, run_id, **given)
        fails.add(f"runs/{run_id}/result.json")
        with pytest.raises(StorageError, match=r"끊김|down"):
            stages.train_request(handed.request_uri, opener=opener)
        fails.clear()
        handed = hand_over(site, dataset, run_id, **given)  # goes on from a checkpoint
        assert stages.train_request(handed.request_uri, opener=opener) is not None
        stages.take_back(opened(site), run_id=run_id)
        if run_id == "run-1":
            judge_and_promote(site, dataset)
    used = {(what, pattern.pattern) for what, key in asked
            for pattern, words in granted.items() if pattern.fullmatch(key)}  # fmt: skip
    needed = {(what, pattern.pattern) for pattern, words in granted.items()
              for what in words.split(", ")}  # fmt: skip
    assert needed == used


def test_a_rejected_candidate_can_still_be_promoted_by_a_person(site, asked) -> None:
    dataset, handed = asked
    stages.train_request(handed.request_uri)
    stages.take_back(opened(site), run_id="run-1")
    strict = site.options(max_eval_loss=0.001)
    verdict = stages.gate(opened(site), run_id="run-1", dataset=dataset, options=strict)
    assert verdict.decision == "reject"
    assert site.store.versions() == []
    model = stages.promote_held(opened(site), run_id="run-1", note="시험", override=True)
    assert site.store.versions() == [model.version_id]


def test_candidates_that_nobody_will_judge_do_not_stay(site, asked) -> None:
    """An attempt that died between its upload and its result leaves a version behind."""
    dataset, handed = asked
    stages.train_request(handed.request_uri)
    (Path(site.settings.store) / "runs/run-1/result.json").unlink()
    again = hand_over(site, dataset)
    stages.train_request(again.request_uri)
    assert len(site.store.versions()) == 2
    result = stages.take_back(opened(site), run_id="run-1")
    _, record = judge_and_promote(site, dataset)
    assert record.model is not None
    assert site.store.versions() == [record.model.version_id]
    assert result.trained_by is not None
    assert result.trained_by.attempt == 2


def test_options_beside_a_request_are_refused(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from cs_pipeline.cli import app

    def refused(*argv: str) -> str:
        outcome = CliRunner().invoke(app, ["train", *argv])
        assert isinstance(outcome.exception, SettingsError)
        return outcome.exception.words.en

    assert "--attempt" in refused("--request", "/s/runs/r/request.json", "--run-id", "r")
    assert "--attempt" in refused("--request", "/s/runs/r/request.json", "--epochs", "1")
    assert "Give either --request" in refused("--run-id", "r")
    assert "request.json" in refused("--request", "/somewhere/else.json")


def test_a_local_training_takes_a_base_model_out_of_the_store(site, tmp_path) -> None:
    site.drop(rows=60)
    dataset = merged(site)
    stages.push_base(opened(site), site.base, name="b")
    options = site.options(base_model="store:b")
    result = stages.train(
        opened(site), run_id="r", dataset=dataset, options=options, out=tmp_path / "out"
    )
    assert result is not None
    assert result.trained_by is None
    with pytest.raises(SettingsError, match="CS_PIPELINE_STORE"):
        stages.train(
            opened(site.configured(store="")),
            run_id="r2",
            dataset=dataset,
            options=options,
            out=tmp_path / "out2",
        )


def test_base_push_on_the_command_line(site, tmp_path) -> None:
    variables = stages.trainer_environment(site.settings)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        from typer.testing import CliRunner

        from cs_pipeline.cli import app

        outcome = CliRunner().invoke(app, ["base", "push", str(site.base), "--name", "tiny"])
    assert outcome.exit_code == 0, outcome.output
    assert "store:tiny" in outcome.output
    assert FolderStore(Path(site.settings.store)).read("base/tiny/manifest.json")
