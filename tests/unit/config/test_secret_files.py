"""Settings from files that are called as they are, such as a container's `/run/secrets`."""

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.errors import SettingsError

KEYS = {"CS_PIPELINE_S3_ACCESS_KEY_ID": "who\n", "CS_PIPELINE_S3_SECRET_ACCESS_KEY": "tiger-9\n"}


@pytest.fixture
def secrets(monkeypatch, tmp_path):
    for name, value in KEYS.items():
        (tmp_path / name).write_text(value)
    monkeypatch.setenv("CS_PIPELINE_SECRETS_DIR", str(tmp_path))
    return tmp_path


def test_values_are_read_without_the_end_of_the_line(secrets):
    settings = Settings.load()
    assert settings.s3_access_key_id.get_secret_value() == "who"
    assert settings.s3_secret_access_key.get_secret_value() == "tiger-9"
    assert "tiger-9" not in repr(settings)


def test_the_environment_wins_over_a_file_and_what_is_given_over_both(secrets, monkeypatch):
    (secrets / "CS_PIPELINE_EPOCHS").write_text("2")
    assert Settings.load().epochs == 2
    monkeypatch.setenv("CS_PIPELINE_EPOCHS", "3")
    assert Settings.load().epochs == 3
    assert Settings.load(epochs=4).epochs == 4


def test_files_of_others_are_let_be(secrets):
    (secrets / "fernet_key").write_text("x")
    Settings.load()


def test_a_misspelt_file_is_refused(secrets):
    (secrets / "CS_PIPELINE_S3_SECRET_KEY").write_text("lion-1")
    with pytest.raises(SettingsError, match="CS_PIPELINE_S3_SECRET_KEY") as caught:
        Settings.load()
    assert "lion-1" not in str(caught.value)


def test_a_wrong_value_is_named_and_not_shown(secrets):
    (secrets / "CS_PIPELINE_EPOCHS").write_text("lion-1")
    with pytest.raises(SettingsError, match="CS_PIPELINE_EPOCHS") as caught:
        Settings.load()
    assert "lion-1" not in str(caught.value)


def test_a_folder_that_is_missing_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setenv("CS_PIPELINE_SECRETS_DIR", str(tmp_path / "none"))
    with pytest.raises(SettingsError, match="CS_PIPELINE_SECRETS_DIR"):
        Settings.load()
