"""Forgetting through the real way: what a withdrawal leaves on disk and in the store."""

import io

import openpyxl
import pytest
from typer.testing import CliRunner

from cs_pipeline import stages
from cs_pipeline.cli import app
from cs_pipeline.errors import NothingFound
from cs_pipeline.intake.exchanges import read_exchanges


@pytest.fixture
def two_exports(installation):
    installation.drop("march.xlsx", seed=1)
    first = installation.run("run-1")
    installation.drop("april.xlsx", seed=2, layout="turns")
    second = installation.run("run-2", min_improvement=-100.0)
    assert (first.status, second.status) == ("promoted", "promoted")
    return installation, first, second


def ask(installation, *arguments):
    environment = {
        "CS_PIPELINE_DATA_DIR": str(installation.settings.data_dir),
        "CS_PIPELINE_WORK_DIR": str(installation.settings.work_dir),
        "CS_PIPELINE_LANG": "en",
    }
    return CliRunner().invoke(app, list(arguments), env=environment)


def test_an_export_is_forgotten_and_its_models_are_marked(two_exports):
    installation, first, second = two_exports
    settings = installation.settings
    sha256 = first.reports[0].export.sha256
    original = (settings.processed_dir / sha256 / "march.xlsx").read_bytes()
    answer = ask(installation, "withdraw", "--export", "march.xlsx", "--yes")
    assert answer.exit_code == 0, answer.output
    assert f"model {second.model.version_id} <- live" in answer.output
    assert first.model.version_id in answer.output
    for model in (first.model, second.model):
        assert stages.Installation(settings).notices.on(model.version_id).dataset_version
    assert not (settings.processed_dir / sha256).exists()
    assert not (settings.quality_dir / "profiles" / f"{sha256}.json").exists()
    assert (
        stages.Installation(settings).versions.find("current").shards[0].export_name == "april.xlsx"
    )
    assert "withdrawn data" in ask(installation, "status").output
    # The next look into the inbox trains without it, though nothing new has come.
    assert stages.collect(stages.Installation(settings), run_id="run-3") == []
    # What is dropped again comes in again.
    installation.drop_bytes("march.xlsx", original)
    # The candidate need not be better than a model that has to go.
    again = installation.run("run-3", min_improvement=100.0)
    assert again.status == "promoted"
    assert again.dataset.sha256 == second.dataset.sha256
    assert stages.Installation(settings).notices.on(again.model.version_id) is None


def resaved(workbook):
    """The same cells in other bytes, as another export of the same day would be."""
    sheets = openpyxl.load_workbook(io.BytesIO(workbook))
    sheets.properties.title = "again"
    stream = io.BytesIO()
    sheets.save(stream)
    return stream.getvalue()


def test_a_conversation_is_forgotten(two_exports):
    installation, _, second = two_exports
    settings = installation.settings
    [sha256] = [report.export.sha256 for report in second.reports]
    path = settings.processed_dir / sha256 / "april.xlsx"
    wanted = read_exchanges(path, max_bytes=10**9).exchanges[0].conversation_id
    rows = second.dataset.train_rows + second.dataset.val_rows
    done = stages.withdraw(stages.Installation(settings), stages.Wanted(conversations=(wanted,)))
    assert done.exports == 1
    assert done.rows >= 1
    assert done.dataset.train_rows + done.dataset.val_rows <= rows
    assert [(model.version_id, model.state) for model in done.models] == [
        (second.model.version_id, "live")
    ]
    assert (
        stages.withdraw(stages.Installation(settings), stages.Wanted(conversations=(wanted,))).rows
        == 0
    )
    # The same conversation in another export stays out.
    again = installation.configured()
    original = (settings.processed_dir / sha256 / "april.xlsx").read_bytes()
    again.drop_bytes("may.xlsx", resaved(original))
    [export] = stages.collect(stages.Installation(settings), run_id="run-3")
    assert export.sha256 != sha256
    stages.validate(stages.Installation(settings), export)
    assert (
        stages.mask(stages.Installation(settings), export).rows == second.shards[0].rows - done.rows
    )
    assert wanted not in (settings.processed_dir / ".withdrawn-conversations").read_text()


def with_number(installation, name, number, *, seed):
    """A sample export with two more rows: one that names the number, and one that does not."""
    installation.drop(name, seed=seed)
    path = installation.settings.data_dir / "inbox" / name
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.append(
        [901, None, "기타", f"제 번호 {number}로 연락 주세요", "전화드리겠습니다 곧 바로요", "CS-1"]
    )
    sheet.append(
        [902, None, "기타", "겨울나기 준비물 목록이 궁금합니다", "담요와 손난로를 권합니다", "CS-1"]
    )
    book.save(path)


def texts(installation):
    return "".join(
        path.read_text(encoding="utf-8") for path in installation.settings.data_dir.rglob("*.csv")
    )


def test_conversations_that_held_a_value_are_forgotten(installation):
    number = "010-7391-4826"
    with_number(installation, "march.xlsx", number, seed=1)
    first = installation.run("run-1")
    assert "전화드리겠습니다 곧" in texts(installation)
    environment = {"CS_PIPELINE_DATA_DIR": str(installation.settings.data_dir)}
    written = CliRunner().invoke(app, ["digest"], input="공일공 7391 4826\n", env=environment)
    [digest] = written.output.split()
    assert stages.digests_of(stages.Installation(installation.settings), number) == [digest]
    answer = ask(installation, "withdraw", "--contains-digest", digest, "--yes")
    assert answer.exit_code == 0, answer.output
    assert "Withdrew 1 rows of 1 exports" in answer.output
    assert first.model.version_id in answer.output
    assert "전화드리겠습니다 곧" not in texts(installation)
    assert "담요와 손난로" in texts(installation)
    # It stays out of whatever comes later, and so do its digests' conversations.
    with_number(installation, "april.xlsx", "01073914826", seed=2)
    second = installation.run("run-2", min_improvement=-100.0)
    assert second.dataset.shards == 2
    assert "전화드리겠습니다 곧" not in texts(installation)


@pytest.mark.parametrize("value", ["abc", "0" * 31, "0" * 64, "010-1234-5678"])
def test_what_is_no_digest_is_refused_without_repeating_it(installation, value):
    installation.drop()
    installation.run()
    answer = ask(installation, "withdraw", "--contains-digest", value, "--yes")
    assert answer.exit_code != 0
    assert value not in str(answer.exception)
    assert "cs-pipeline digest" in str(answer.exception)


def test_no_digest_is_kept_of_a_name(installation):
    assert stages.digests_of(stages.Installation(installation.settings), "김민수") == []


def test_the_last_export_gone_leaves_nothing_to_train_on(installation):
    installation.drop()
    run = installation.run()
    done = stages.withdraw(
        stages.Installation(installation.settings),
        stages.Wanted(exports=(run.reports[0].export.sha256[:12],)),
    )
    assert (done.dataset.train_rows, done.dataset.val_rows) == (0, 0)
    assert stages.collect(stages.Installation(installation.settings), run_id="run-2") is None


def test_a_name_that_means_none_or_several_is_refused(installation):
    installation.drop("a.xlsx")
    installation.run()
    for name in ("b.xlsx", "", "abc", "0" * 64):
        with pytest.raises(NothingFound, match="dataset log"):
            stages.withdraw(
                stages.Installation(installation.settings), stages.Wanted(exports=(name,))
            )
    answer = ask(installation, "withdraw", "--yes")
    assert answer.exit_code != 0
    answer = ask(installation, "withdraw", "--export", "a.xlsx")
    assert answer.exit_code != 0, "without --yes and without an answer nothing is erased"
    assert stages.Installation(installation.settings).versions.find("current").shards


def test_the_dataset_commands_show_what_there_is(two_exports):
    installation, first, second = two_exports
    log = ask(installation, "dataset", "log", "--exports").output
    assert log.index(second.dataset.version_id) < log.index(first.dataset.version_id)
    assert "april.xlsx" in log
    assert "+  april.xlsx" in ask(installation, "dataset", "diff", "1").output
    assert "as recorded" in ask(installation, "dataset", "verify").output
    (installation.settings.data_dir / "train.csv").resolve().write_text("x")
    broken = ask(installation, "dataset", "verify")
    assert (broken.exit_code, "rebuild" in broken.output) == (3, True)
    assert ask(installation, "dataset", "rebuild").exit_code == 0
    assert ask(installation, "dataset", "verify").exit_code == 0
    assert ask(installation, "dataset", "rebuild", "9").exit_code != 0
