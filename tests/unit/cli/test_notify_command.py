"""`cs-pipeline notify`."""

import json

import pytest
from typer.testing import CliRunner

from cs_pipeline import cli
from cs_pipeline.notify import wording
from tests.unit.notify.receiver import receiving

DEAD = "json://127.0.0.1:9/hook/s3cr3t-token"


def run(*arguments: str):
    return CliRunner().invoke(cli.app, ["notify", *arguments])


@pytest.fixture(autouse=True)
def _folders(tmp_path, monkeypatch):
    monkeypatch.setenv("CS_PIPELINE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CS_PIPELINE_WORK_DIR", str(tmp_path / "var"))


def test_a_test_says_of_each_channel_what_became_of_it(monkeypatch) -> None:
    with receiving() as receiver:
        monkeypatch.setenv("CS_PIPELINE_NOTIFY_URLS", json.dumps([receiver.url, DEAD]))
        outcome = run("--test")
    assert receiver.texts == [wording.TEST.ko]
    assert outcome.exit_code == 1
    assert "✔ 1 json" in outcome.output
    assert "✘ 2 json" in outcome.output
    assert "s3cr3t" not in outcome.output


def test_without_a_channel_there_is_nobody_to_tell() -> None:
    assert run("--test").exit_code == 2
    assert "CS_PIPELINE_NOTIFY_URLS" in run().output


@pytest.mark.parametrize(
    "value",
    [
        "json://h/s3cr3t",
        '["json://h/s3cr3t", {"json://h/s3cr3t": "url"}]',
        '[{"url": "json://h/s3cr3t", "kinds": ["s3cr3t"]}]',
        '[{"url": "json://h/s3cr3t", "language": "s3cr3t"}]',
        "[3]",
        '[""]',
    ],
)
def test_a_wrong_setting_is_named_and_never_shown(monkeypatch, value) -> None:
    monkeypatch.setenv("CS_PIPELINE_NOTIFY_URLS", value)
    error = run().exception
    assert "CS_PIPELINE_NOTIFY_URLS" in str(error)
    assert "s3cr3t" not in str(error) + repr(error)
