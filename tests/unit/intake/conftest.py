from pathlib import Path

import pytest

from cs_pipeline.config import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Everything below the test's own folder, files settled at once."""
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    return Settings(data_dir=tmp_path / "data", work_dir=tmp_path / "var", settle_seconds=0)


@pytest.fixture
def inbox(settings: Settings) -> Path:
    return Path(settings.inbox_uri)
