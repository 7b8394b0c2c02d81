"""After `. .demo/commands.sh` the command line acts on what the demo made."""

import os
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import ROOT, page


def test_commands_act_on_the_demo(tmp_path: Path) -> None:
    home = tmp_path / "the demo's"
    home.mkdir()
    environment = os.environ | {
        "DEMO_HOME": str(home),
        "CS_PIPELINE_LANG": "en",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'deploy' / 'demo'}",
    }
    made = (sys.executable, "-c", "import demo; demo.write_commands()")
    subprocess.run(made, env=environment, check=True)
    plain = {name: value for name, value in environment.items() if "CS_PIPELINE" not in name}
    typed = ("bash", "-c", '. "$0" && cs-pipeline init && cs-pipeline status')
    done = subprocess.run(
        (*typed, home / "commands.sh"), env=plain, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"Ready. Inbox: {home}/data-train/inbox" in done.stdout
    assert f"work folder: {home}/var" in done.stdout


def test_the_pages_name_the_file() -> None:
    for name in ("README.md", "README.ko.md"):
        assert ". .demo/commands.sh" in "\n".join(page(name).blocks("bash"))
