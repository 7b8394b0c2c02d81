"""`cs-pipeline` as a person at a terminal meets it."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from cs_pipeline import cli
from tests.installation import QUICK, Installation


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]


@pytest.fixture
def cs_pipeline(installation: Installation, monkeypatch: pytest.MonkeyPatch, capsys) -> Cli:
    """`cs-pipeline` in this process, in English, on an installation of its own."""
    settings = installation.settings
    environment = {name.upper(): value for name, value in QUICK.items()} | {
        "DATA_DIR": settings.data_dir,
        "WORK_DIR": settings.work_dir,
        "BASE_MODEL": installation.base,
        "SETTLE_SECONDS": 0,
        "EPOCHS": 1,
        "MAX_EVAL_LOSS": 20,
        "LANG": "en",
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"CS_PIPELINE_{name}", str(value))

    def call(*arguments: str, stdin: str = "") -> Outcome:
        monkeypatch.setattr("sys.argv", ["cs-pipeline", *arguments])
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), said.out, said.err)

    return call
