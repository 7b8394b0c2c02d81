"""One process takes an export from the inbox to a live model, or says why it did not."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from pydantic import SecretStr

from cs_pipeline import stages
from cs_pipeline.errors import BaseModelError, DatasetError, GateNotMet, SettingsError
from cs_pipeline.files import dataset_sha256, sha256_file
from cs_pipeline.storage import open_store
from cs_pipeline.training.appraisal.evaluate import load_for_chat
from cs_pipeline.training.appraisal.generation import answer
from tests.installation import Installation


@pytest.fixture(params=["folders", "model store on S3", "inbox on S3"])
def anywhere(
    request: pytest.FixtureRequest, installation: Installation, s3_endpoint: str, tmp_path: Path
) -> Installation:
    """The same installation, with one part or none of it on object storage."""
    s3 = {
        "s3_endpoint_url": s3_endpoint,
        "s3_access_key_id": SecretStr("test"),
        "s3_secret_access_key": SecretStr("test"),
    }
    return {
        "folders": installation,
        "model store on S3": installation.configured(
            model_store=f"s3://models/{tmp_path.name}/store", **s3
        ),
        "inbox on S3": installation.configured(inbox=f"s3://models/{tmp_path.name}/inbox", **s3),
    }[request.param]


@pytest.mark.parametrize("layout", ["qa", "turns"])
def test_an_export_becomes_a_live_model(anywhere: Installation, layout, tmp_path):
    settings = anywhere.settings
    anywhere.drop(layout=layout)

    run = anywhere.run("manual__2026-03-01T03:00:00+09:00")

    assert run.status == "promoted"
    assert run == anywhere.recorded(run.run_id)
    (report,) = run.reports
    (shard,) = run.shards
    assert report.quarantined is None
    assert {sheet.layout for sheet in report.sheets} == {layout, "unread"}
    assert 0 < shard.rows <= report.accepted <= report.exchanges <= 150
    assert sum(shard.entity_counts.values()) > 5

    train, val = _rows(settings.data_dir / "train.csv"), _rows(settings.data_dir / "val.csv")
    assert list(train[0])[:2] == ["input", "output"]
    assert (len(train), len(val)) == (run.dataset.train_rows, run.dataset.val_rows)
    left_out = run.dataset.duplicates_removed + run.dataset.near_duplicates_removed
    assert len(train) + len(val) + left_out == shard.rows
    csvs = Path(run.dataset.train_uri), Path(run.dataset.val_uri)
    assert dataset_sha256(*csvs) == run.dataset.sha256
    (entry,) = stages.Installation(settings).ledger.entries()
    assert (entry.run_id, entry.dataset_version) == (run.run_id, run.dataset.version_id)

    live = anywhere.live()
    assert (live.version_id, live.run_id) == (run.model.version_id, run.run_id)
    assert live.previous_version_id is None
    assert anywhere.store.pull(tmp_path / "pulled") == live.version_id
    for name, sha256 in run.result.checkpoint_files.items():
        assert sha256_file(tmp_path / "pulled" / name) == sha256
    assert answer(*load_for_chat(tmp_path / "pulled"), "배송은 언제 오나요?").strip()

    folder = anywhere.run_folder(run.run_id)
    assert run.model.version_id in (folder / "report.html").read_text("utf-8")
    assert json.loads((folder / "report.json").read_bytes())["run"]["status"] == "promoted"
    assert not open_store(settings.inbox_uri, settings).list_objects()
    assert not list(settings.processing_dir.iterdir())
    assert not (folder / "train" / ".champion").exists()


def test_the_same_file_twice_changes_nothing(installation):
    installation.drop("march.xlsx")
    first, live = installation.run("run-1"), installation.live()
    copy = installation.settings.processed_dir / first.shards[0].export.sha256 / "march.xlsx"
    installation.drop_bytes("march again.xlsx", copy.read_bytes())

    second = installation.run("run-2")

    assert second.status == "nothing_to_do"
    assert second.dataset is None
    assert installation.live() == live
    assert not (installation.run_folder("run-2") / "train").exists()
    assert installation.names(installation.settings.data_dir / "inbox") == []
    assert installation.names(copy.parent) == ["ledger.json", "march again.xlsx", "march.xlsx"]


def test_an_empty_inbox_is_nothing_to_do(installation):
    run = installation.run()
    assert run.status == "nothing_to_do"
    assert installation.live() is None
    assert (installation.run_folder("run-1") / "report.html").is_file()


def test_a_new_export_is_added_and_the_champion_scored_on_the_same_rows(installation):
    installation.drop("march.xlsx", seed=1)
    first = installation.run("run-1")
    installation.drop("april.xlsx", seed=2, layout="turns")

    second = installation.run("run-2", min_improvement=-5)

    assert second.status == "promoted"
    assert (first.dataset.shards, second.dataset.shards) == (1, 2)
    assert second.dataset.version_id.startswith("d0002-")
    assert second.dataset.train_rows > first.dataset.train_rows
    champion, candidate = second.result.champion, second.result.candidate
    assert champion.version_id == first.model.version_id
    assert champion.score.rows == candidate.rows == second.dataset.val_rows
    assert champion.score.nats != first.result.candidate.nats
    (compared,) = (r for r in second.verdict.reasons if r.rule == "better_than_champion")
    gain = champion.score.loss_nats_per_token - candidate.loss_nats_per_token
    assert compared.measured == pytest.approx(gain)
    assert second.model.previous_version_id == first.model.version_id


def test_a_candidate_that_is_not_better_enough_is_rejected(installation):
    installation.drop("march.xlsx", seed=1)
    first = installation.run("run-1")
    installation.drop("april.xlsx", seed=2)

    second = installation.run("run-2", min_improvement=15)

    assert second.status == "rejected"
    assert second.result.champion.score is not None
    assert installation.live().version_id == first.model.version_id


def test_bad_files_beside_a_good_one_stop_nothing(installation):
    installation.drop("good.xlsx")
    installation.drop_bytes("nothing.xlsx", b"")
    installation.drop_bytes("words.xlsx", "이것은 엑셀이 아닙니다.\n".encode())

    run = installation.run()

    assert run.status == "promoted"
    assert {report.export.name: report.quarantined for report in run.reports} == {
        "good.xlsx": None,
        "nothing.xlsx": "empty_file",
        "words.xlsx": "not_a_workbook",
    }
    assert [shard.export.name for shard in run.shards] == ["good.xlsx"]
    settings = installation.settings
    for report in run.reports:
        stem = f"{Path(report.export.name).stem}-{report.export.sha256[:8]}"
        reason_path = settings.quarantine_dir / f"{stem}.reason.json"
        assert reason_path.exists() == bool(report.quarantined)
        if report.quarantined:
            reason = json.loads(reason_path.read_bytes())
            assert (reason["reason"], reason["name"]) == (report.quarantined, report.export.name)
            assert reason["ko"] == report.words.ko
            assert sha256_file(settings.quarantine_dir / f"{stem}.xlsx") == report.export.sha256
    assert not list(settings.processing_dir.iterdir())


def test_only_bad_files_are_a_refused_run_without_a_dataset(installation):
    installation.drop_bytes("nothing.xlsx", b"")
    run = installation.run()
    assert run.status == "refused"
    assert run.dataset is None
    assert not (installation.settings.data_dir / "train.csv").exists()
    assert installation.live() is None
    assert installation.run("run-2").status == "nothing_to_do"


def test_only_bad_files_do_not_train_on_the_old_data_again(installation):
    installation.drop("good.xlsx")
    installation.run("run-1")
    installation.drop_bytes("nothing.xlsx", b"")
    run = installation.run("run-2")
    assert run.status == "refused"
    assert installation.live().run_id == "run-1"


def test_force_without_any_data_says_so(installation):
    with pytest.raises(DatasetError) as caught:
        installation.run(force=True)
    assert "inbox" in caught.value.words.en
    assert "인박스" in caught.value.words.ko
    assert installation.recorded("run-1").status == "failed"


def test_force_trains_on_the_present_dataset(installation):
    installation.drop()
    first = installation.run("run-1")
    second = installation.run("run-2", force=True, learning_rate=0.001)
    assert second.status == "promoted"
    assert second.dataset == first.dataset
    assert second.model.version_id != first.model.version_id


def test_a_loss_above_the_limit_is_rejected_and_nothing_goes_live(installation):
    installation.drop()
    run = installation.run(max_eval_loss=0.01)
    assert (run.status, run.verdict.decision, run.model) == ("rejected", "reject", None)
    assert installation.live() is None
    with pytest.raises(GateNotMet):
        stages.promote(stages.Installation(installation.settings), run_id="run-1")
    with pytest.raises(GateNotMet):
        stages.promote_held(
            stages.Installation(installation.settings), run_id="run-1", note="please"
        )
    assert installation.live() is None
    assert installation.run("run-2").status == "nothing_to_do"


def test_a_held_candidate_goes_live_when_a_person_says_so(installation):
    installation.drop()
    held = installation.run(auto_promote=False)
    assert (held.status, held.model, installation.live()) == ("held", None, None)
    page = installation.run_folder("run-1") / "report.html"
    before = page.read_text("utf-8")
    with pytest.raises(GateNotMet):
        stages.promote(stages.Installation(installation.settings), run_id="run-1")

    model = stages.promote_held(
        stages.Installation(installation.settings), run_id="run-1", note="앱에서 확인함"
    )

    live = installation.live()
    assert (live.version_id, live.action, live.note) == (
        model.version_id,
        "approve",
        "앱에서 확인함",
    )
    after = installation.recorded("run-1")
    assert (after.status, after.model) == ("promoted", model)
    assert after.result == held.result
    assert model.version_id not in before
    assert model.version_id in page.read_text("utf-8")


def test_a_dataset_whose_training_failed_is_trained_on_by_the_next_run(installation, tmp_path):
    installation.drop()
    with pytest.raises(BaseModelError, match="nowhere"):
        installation.run("run-1", base_model=str(tmp_path / "nowhere"))
    failed = installation.recorded("run-1")
    assert (failed.status, failed.result) == ("failed", None)
    assert failed.shards
    assert installation.names(installation.settings.data_dir / "inbox") == []

    run = installation.run("run-2")

    assert (run.status, run.reports) == ("promoted", ())
    assert run.dataset == failed.dataset
    assert installation.run("run-3").status == "nothing_to_do"


def test_a_candidate_that_could_not_go_live_is_not_forgotten(installation, monkeypatch):
    installation.drop()
    with monkeypatch.context() as patch:
        patch.setattr(stages, "promote", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            installation.run("run-1")
    assert installation.recorded("run-1").status == "failed"

    assert installation.run("run-2").status == "promoted"
    assert installation.run("run-3").status == "nothing_to_do"


@pytest.mark.parametrize("damage", ["flipped", "missing"])
def test_a_damaged_live_model_holds_the_candidate(installation, damage):
    installation.drop("march.xlsx", seed=1)
    first = installation.run("run-1")
    weights = Path(first.model.uri) / "files" / "model.safetensors"
    if damage == "missing":
        weights.unlink()
    else:
        content = bytearray(weights.read_bytes())
        content[-1] ^= 0xFF
        weights.write_bytes(content)
    installation.drop("april.xlsx", seed=2)

    second = installation.run("run-2")

    assert (second.status, second.verdict.decision) == ("held", "hold")
    assert second.result.champion.version_id == first.model.version_id
    assert second.result.champion.score is None
    assert second.result.champion.problem.ko
    assert installation.live().version_id == first.model.version_id
    assert stages.promote_held(
        stages.Installation(installation.settings), run_id="run-2", note="checked"
    )
    assert installation.live().run_id == "run-2"


def test_what_others_keep_beside_the_trainers_folder_stays(installation, tmp_path):
    installation.drop("march.xlsx")
    run = installation.run("run-1")
    treasure = tmp_path / "champion" / "medal.txt"
    treasure.parent.mkdir()
    treasure.write_text("gold")

    stages.train(
        stages.Installation(installation.settings),
        run_id="by-hand",
        dataset=run.dataset,
        options=installation.options(),
        out=tmp_path / "by-hand",
    )

    assert treasure.read_text() == "gold"
    assert not (tmp_path / "by-hand" / ".champion").exists()


def test_deleted_csvs_come_back_from_the_shards(installation):
    installation.drop("march.xlsx")
    first = installation.run("run-1")
    shutil.copy(first.dataset.val_uri, installation.settings.work_dir)
    Path(first.dataset.val_uri).unlink()

    second = installation.run("run-2", force=True)

    assert second.dataset == first.dataset
    assert (
        Path(first.dataset.val_uri).read_bytes()
        == (installation.settings.work_dir / "val.csv").read_bytes()
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_run_repeated_after_it_went_live_keeps_its_place_in_the_history(installation):
    installation.drop()
    first = installation.run("run-1")
    (installation.run_folder("run-1") / "run.json").unlink()  # as if it had died before `record`
    again = installation.run("run-1")
    assert (again.status, again.model) == ("promoted", first.model)
    assert (again.dataset, again.verdict, again.result) == (
        first.dataset,
        first.verdict,
        first.result,
    )


def test_what_a_person_notes_is_masked_wherever_it_is_kept(installation):
    note = "고객 010-2345-6789 요청"
    installation.drop()
    with pytest.raises(SettingsError) as caught:
        installation.run("run-1", auto_promote=False, note=note)
    assert "2345" not in str(vars(caught.value)) + str(caught.value)
    assert len(stages.Installation(installation.settings).inbox.pending()) == 1
    held = installation.run("run-1", auto_promote=False, note="고객 요청")
    assert (held.status, held.options["note"]) == ("held", "고객 요청")
    stages.promote_held(stages.Installation(installation.settings), run_id="run-1", note=note)
    live = installation.live()
    assert live is not None
    assert live.note == "고객 #@전화번호# 요청"
