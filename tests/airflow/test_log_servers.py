"""A private Airflow serves no logs: components are started without their log servers."""

import os
import subprocess
from pathlib import Path

import pytest
from airflow.cli.cli_parser import get_parser

from standalone import StandaloneAirflow


@pytest.mark.parametrize(
    ("command", "added"),
    [
        (["scheduler"], ["--skip-serve-logs"]),
        (["triggerer"], ["--skip-serve-logs"]),
        (["api-server", "--dev"], []),
        (["dag-processor"], []),
    ],
)
def test_components_come_without_log_servers(
    command: list[str], added: list[str], tmp_path: Path
) -> None:
    """By the name `airflow`, as `airflow standalone` starts them; the options are Airflow's own."""
    variables = StandaloneAirflow(tmp_path, {}, port=1).environment()
    variables["STANDALONE_AIRFLOW"] = "/bin/echo"
    started = subprocess.run(
        ["airflow", *command], env=variables, capture_output=True, text=True, check=True
    )
    assert started.stdout.split() == [*command, *added]
    assert get_parser().parse_args(started.stdout.split()).subcommand == command[0]


def test_the_airflow_behind_it_is_the_one_of_this_python(tmp_path: Path) -> None:
    variables = StandaloneAirflow(tmp_path, {}, port=1).environment()
    assert os.access(variables["STANDALONE_AIRFLOW"], os.X_OK)
