import subprocess
import sys


def help_of(*command: str) -> list[str]:
    output = subprocess.run([*command, "--help"], check=True, capture_output=True, text=True).stdout
    return [line.rstrip() for line in output.splitlines() if "Usage:" not in line]


def test_the_package_runs_as_a_module() -> None:
    module = help_of(sys.executable, "-m", "cs_pipeline")
    assert module == help_of(sys.executable, "-m", "cs_pipeline.cli")
    assert any("dataset" in line for line in module)
