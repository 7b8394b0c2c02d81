"""`make demo` as a newcomer sees it: one promoted model, a second one, and a clean end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from cs_pipeline.samples.workbook import write_sample_export

pytestmark = pytest.mark.standalone

DEMO = Path(__file__).resolve().parents[2] / "deploy" / "demo" / "demo.py"


def demo(home: Path, **variables: str) -> tuple[list[str], dict[str, str]]:
    environment = {**os.environ, "DEMO_HOME": str(home), "CS_PIPELINE_LANG": "en", **variables}
    return [sys.executable, str(DEMO)], environment


def wait_for_lines(log: Path, line: str, count: int, seconds: float) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        text = log.read_text(encoding="utf-8")
        if text.count(line) >= count:
            return text
        time.sleep(1)
    pytest.fail(f"{line!r} was not printed {count} times in {seconds:.0f} s:\n{text}")


def left_over(home: Path) -> list[list[str]]:
    return [
        process.info["cmdline"]
        for process in psutil.process_iter(["cmdline", "environ"])
        if str(home) in str((process.info["environ"] or {}).get("AIRFLOW_HOME"))
    ]


@pytest.mark.timeout(1800)
def test_a_second_export_retrains_by_itself_and_an_interrupt_leaves_nothing(
    tmp_path: Path,
) -> None:
    home, log = tmp_path / "demo", tmp_path / "demo.log"
    command, environment = demo(home)
    with socket.socket() as taken, log.open("wb") as output:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8080))
            taken.listen()
        except OSError:
            pass  # somebody else has taken it, which is as good
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        try:
            first = wait_for_lines(log, "Outcome: promoted", 1, 800)
            first = wait_for_lines(log, "A: ", 3, 180)
            export = tmp_path / "second.xlsx"
            write_sample_export(export, rows=300, seed=77, layout="turns")
            shutil.copyfile(export, home / "data-train" / "inbox" / export.name)
            second = wait_for_lines(log, "Outcome: ", 2, 800)
        finally:
            process.send_signal(signal.SIGINT)
            exit_code = process.wait(90)
    assert exit_code == 0
    assert "127.0.0.1:8080" not in first
    for words in ("file drop -> run start", "Rows read 2,000", "Eval loss", "Live model: m"):
        assert words in first
    assert "better_than_champion" not in second
    assert "Live model m" in second, "the second candidate was not compared with the first"
    assert not left_over(home)


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("precious")
    command, environment = demo(tmp_path)
    assert subprocess.run(command, env=environment, check=False).returncode == 1
    assert (tmp_path / "thesis.doc").read_text() == "precious"
