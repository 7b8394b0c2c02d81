"""What a person is told at the terminal: what goes on, what comes before a question, and why."""

import errno
import logging
from datetime import timedelta

import pytest

from cs_pipeline import stages
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.rules_model import uploaded_model_answers
from tests.installation import Installation
from tests.records import result, score
from tests.unit.cli.terminal import Cli
from tests.unit.registry.candidates import upload
from tests.unit.registry.desk import Desk


@pytest.fixture
def desk(installation: Installation) -> Desk:
    return Desk(installation.settings)


def test_a_run_in_progress_and_its_files_are_shown(
    cs_pipeline: Cli, installation: Installation
) -> None:
    installation.drop("march.xlsx")
    installation.drop("april.xlsx", seed=2)
    other = stages.Installation(installation.settings)
    with other.at_work.held("run", "김정보"):
        stages.collect(other, run_id="run-1")
        for command in ("status", "inbox"):
            shown = cs_pipeline(command).out
            assert "At work: 김정보 with run" in shown
            assert str(installation.settings.data_dir) in shown
        assert "Exports in processing: 2" in cs_pipeline("status").out
        listed = cs_pipeline("inbox").out
        assert listed.index("In processing") < listed.index("april.xlsx")
    assert "At work" not in cs_pipeline("status").out


def test_status_says_that_nothing_is_promoted_by_itself(cs_pipeline: Cli, desk: Desk) -> None:
    desk.installation.prepare()
    said = cs_pipeline(
        "maintenance", "--until", "2099-01-01 09:00", "--reason", "이사", "--by", "park"
    )
    told = "No automatic promotion until 2099-01-01 09:00 Asia/Seoul. park: 이사"
    assert told in said.out
    assert told in cs_pipeline("status").out
    assert cs_pipeline("maintenance", "--end", "--reason", "끝").code == 0
    assert "No automatic promotion" not in cs_pipeline("status").out


def test_maintenance_begins_with_a_reason_and_ends_without(cs_pipeline: Cli, desk: Desk) -> None:
    desk.installation.prepare()
    refused = cs_pipeline("maintenance", "--until", "2099-01-01 09:00")
    assert (refused.code, "--reason" in refused.err) == (2, True)
    assert desk.installation.maintenance.current() is None
    cs_pipeline("maintenance", "--until", "2099-01-01 09:00", "--reason", "이사")
    ended = cs_pipeline("maintenance", "--end")
    assert (ended.code, desk.installation.maintenance.current()) == (0, None)
    assert "No maintenance is in force." in ended.out
    assert "No maintenance is in force." in cs_pipeline("maintenance", "--end").out


def test_to_promote_what_is_live_changes_nothing_and_asks_nothing(
    cs_pipeline: Cli, desk: Desk
) -> None:
    live = desk.live_from_the_gate("run-1")
    for options in ([], ["--override"]):
        said = cs_pipeline("promote", "run-1", "--note", "왜", *options)
        assert (said.code, desk.live()) == (0, live)
        assert f"{live} is live already; nothing changes." in said.out
        assert "Comes: " not in said.out
    assert len(desk.installation.models.moves()) == 1


def test_a_discard_names_the_model_before_it_asks(cs_pipeline: Cli, desk: Desk) -> None:
    held = candidate_version(desk.trained("run-1"))
    desk.gate("run-1", promote_first=False)
    asked = cs_pipeline("discard", "run-1", "--note", "왜", stdin="n\n")
    assert asked.out.index(f"To be discarded: {held}") < asked.out.index("Discard it?")
    assert held in desk.installation.models.versions()


def test_a_file_that_comes_again_says_when_it_was_processed(
    installation: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    installation.drop("march.xlsx")
    content = (installation.settings.data_dir / "inbox" / "march.xlsx").read_bytes()
    run = installation.run()
    assert run.dataset is not None
    installation.drop_bytes("again.xlsx", content)
    caplog.set_level(logging.INFO, logger="cs_pipeline")
    opened = stages.Installation(installation.settings)
    assert stages.collect(opened, run_id="run-2") is None
    messages = [record.getMessage() for record in caplog.records]
    [told] = [message for message in messages if "again.xlsx" in message]
    [entry] = opened.ledger.entries()
    assert f"{entry.processed_at.astimezone(opened.zone):%Y-%m-%d %H:%M} Asia/Seoul" in told
    assert run.dataset.version_id in told


def test_a_full_disk_is_a_sentence_and_5(cs_pipeline: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/somewhere")

    monkeypatch.setattr(stages, "status", full)
    refused = cs_pipeline("status")
    assert (refused.code, refused.err.strip()) == (
        5,
        "Error: The disk is full. Make room and run again.",
    )


def test_reasons_stand_in_order_and_what_was_not_applied_is_not_passed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.trained(candidate=score(9.0))
    desk.gate(auto_promote=False)
    for language, marks in (
        ("ko", ["실패", "보류", "통과", "해당 없음"]),
        ("en", ["failed", "hold", "passed", "not applicable"]),
    ):
        monkeypatch.setenv("CS_PIPELINE_LANG", language)
        *lines, path = stages.explain_verdict(desk.installation, run_id="run-1")
        found = list(dict.fromkeys(line.partition(":")[0] for line in lines))
        assert found == [mark for mark in marks if mark in found]
        assert {marks[0], marks[2], marks[3]} <= set(found)
        assert path.endswith(str(desk.runs.folder_of("run-1") / "report.html"))
    assert any(line.startswith("not applicable: Licence of the base model") for line in lines)


def test_empty_answers_of_the_upload_check_are_said() -> None:
    told = uploaded_model_answers(result(upload=upload(empty=2))).words
    assert "2개는 빈 답변" in told.ko
    assert "2 of the answers were empty" in told.en


def test_a_rollback_says_what_goes_and_comes_and_asks(cs_pipeline: Cli, desk: Desk) -> None:
    one = desk.live_from_the_gate("run-1")
    later = result().finished_at + timedelta(days=1)
    two = desk.live_from_the_gate("run-2", finished_at=later, candidate=score(1.5))
    asked = cs_pipeline("rollback", stdin="n\n")
    assert (asked.code, desk.live()) == (2, two)
    goes, comes, question = (asked.out.index(text) for text in ("Goes: ", "Comes: ", "Roll back?"))
    assert goes < comes < question
    assert f"Goes: {two} (eval loss 1.5000, dataset d0001" in asked.out
    assert f"Comes: {one} (eval loss " in asked.out
    desk.installation.notices.mark(one, dataset_version="d0001-aaaaaaaa")
    marked = cs_pipeline("rollback", "--to", "1", "--yes")
    assert (marked.code, desk.live()) == (4, two)
    assert "withdrawn" in marked.out + marked.err
    before = cs_pipeline("history", "--at", "2020-01-01 00:00")
    assert "No model was live then" in before.out
    now = cs_pipeline("history", "--at", "2099-01-01 14:00")
    assert two in now.out
