"""A newcomer's way: the commands of the pages, typed into a shell on an empty machine."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from cs_pipeline.language import Words
from tests.docs.pages import ROOT, code, page

# Commands that only look, and may be typed in any order; what a page leaves open is filled in.
LOOKS = (
    *("inspect", "inbox", "status", "history", "doctor", "compare", "pii-audit draw"),
    *("housekeep --dry-run", "dataset log", "dataset verify"),
)
PAGES = ["README.md", "docs/data-owner.md", "docs/ops.md", "docs/model-owner.md", "docs/privacy.md"]


@dataclass(frozen=True)
class Site:
    """A folder in which the page's first block was typed."""

    folder: Path
    printed: str

    def shell(self, block: str, *, fails_at_once: bool = True) -> subprocess.CompletedProcess[str]:
        """Type a block; Python comes with the library, and `cs-pipeline` is on the PATH."""
        commands = self.folder / ".commands"
        commands.mkdir(exist_ok=True)
        entry = commands / "cs-pipeline"
        entry.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cs_pipeline "$@"\n')
        entry.chmod(0o755)
        environment = os.environ | {
            "PATH": f"{commands}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "CS_PIPELINE_LANG": "en",
        }
        return subprocess.run(
            ["bash", *(["-e"] if fails_at_once else []), "-o", "pipefail", "-c", block],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )


@pytest.fixture(scope="module")
def blocks() -> list[str]:
    """The way with settings and a run, the same in single steps, and masking alone."""
    return page("docs/command-line.md").section("The whole way by hand").blocks("bash")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, blocks: list[str]) -> Site:
    folder = tmp_path_factory.mktemp("newcomer")
    done = Site(folder, "").shell(blocks[0])
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(folder, done.stdout)


@pytest.fixture
def copied(site: Site, tmp_path: Path) -> Site:
    """The same site, to be changed."""
    shutil.copytree(site.folder, tmp_path / "site", symlinks=True)
    return Site(tmp_path / "site", site.printed)


def test_the_whole_way_ends_with_a_live_model_that_answers(site: Site) -> None:
    assert re.search(r"^Live model: m\d{8}-", site.printed, re.MULTILINE)
    assert re.search(r"[가-힣]{2}", site.printed.splitlines()[-1])
    assert list(site.folder.glob("var/runs/*/report.html"))


def test_single_steps_judge_and_promote_nothing(copied: Site, blocks: list[str]) -> None:
    live = (copied.folder / "var/model-store/live.json").read_bytes()
    settings = blocks[0].splitlines()[0]
    done = copied.shell(f"{settings}\n{blocks[1]}")
    assert done.returncode in {0, 4}, done.stdout + done.stderr
    assert (copied.folder / "var/runs/r1/train/result.json").exists()
    assert (copied.folder / "var/model-store/live.json").read_bytes() == live


def test_masking_prints_what_the_page_says(site: Site, blocks: list[str]) -> None:
    command, _, promised = blocks[2].partition("# ")
    done = site.shell(command)
    assert done.stdout.strip() == promised.strip()


@pytest.mark.parametrize("name", PAGES)
def test_commands_that_look_find_something(site: Site, name: str) -> None:
    runs = _two_runs(site)
    exports = list(site.folder.glob("data-train/processed/*/sample.xlsx"))
    shutil.copy(exports[0], site.folder / "march.xlsx")
    blocks = "\n".join(page(name).blocks("bash"))
    typed = [line.split("#")[0].rstrip() for line in blocks.splitlines()]
    looks = [line for line in typed if line.startswith(tuple(f"cs-pipeline {a}" for a in LOOKS))]
    assert looks
    for line in (re.sub(r"RUN RUN( \.\.\.)?", runs, look) for look in looks):
        done = site.shell(f"export CS_PIPELINE_RECIPE=tiny CS_PIPELINE_BASE_MODEL=./base\n{line}")
        assert done.returncode == 0, line + done.stdout + done.stderr
        assert done.stdout.strip(), line


def _two_runs(site: Site) -> str:
    """The ids of the run and of one that is the same but for its id."""
    folder = min(site.folder.glob("var/runs/cli*"))
    again = folder.with_name(f"{folder.name}-again")
    if not again.exists():
        shutil.copytree(folder, again)
        record = again / "run.json"
        record.write_text(record.read_text("utf-8").replace(folder.name, again.name), "utf-8")
    return f"{folder.name} {again.name}"


def test_a_service_pulls_and_asks_the_model(site: Site) -> None:
    read = page("docs/chatbot-service.md")
    (pull,) = read.blocks("bash")
    done = site.shell(pull)
    assert done.returncode == 0, done.stderr
    (site.folder / "asks.py").write_text("\n".join(read.blocks("python")), encoding="utf-8")
    done = site.shell("python asks.py")
    assert done.returncode == 0, done.stderr
    assert len(re.findall(r"^.*[가-힣]{2}.*$", done.stdout, re.MULTILINE)) == 2
    for row in read.section("Without this package").tables[0][1:]:
        key = re.sub(r"<\w+>", "*", code(row[0])[0])
        assert list((site.folder / "var/model-store").glob(key)), key


def test_a_withdrawn_export_is_gone(copied: Site) -> None:
    before = copied.shell("cs-pipeline dataset log --exports").stdout
    assert "sample.xlsx" in before
    done = copied.shell("cs-pipeline withdraw --export sample.xlsx --yes")
    assert done.returncode == 0, done.stderr
    assert not list(copied.folder.glob("data-train/processed/*/sample.xlsx"))
    assert not list(copied.folder.glob("data-train/shards/*.parquet"))


@pytest.mark.parametrize("name", ["docs/data-contract.md", "docs/ko/data-contract.md"])
def test_every_file_of_an_installation_is_in_the_tree(copied: Site, name: str) -> None:
    """Also what comes later: a break in promotion, and a withdrawal with its receipt."""
    heading = Words(ko="폴더", en="Folders")
    (tree,) = page(name).section(heading.ko if "/ko/" in name else heading.en).blocks()
    names = _kept_in(copied)
    until = '--until "2099-01-01 09:00" --reason "sale"'
    later = f"cs-pipeline maintenance {until}; cs-pipeline withdraw --export sample.xlsx --yes"
    assert copied.shell(later).returncode == 0
    names |= _kept_in(copied)
    runs = {path.name for path in copied.folder.glob("var/runs/*")} | {"r1"}
    assert {"receipts", "maintenance.json", "checkpoint"} <= names
    assert len(names) > 20
    assert {one for one in names - runs if one not in tree} == set()


def _kept_in(site: Site) -> set[str]:
    """Names of what there is in the folders of an installation."""
    folders = ("data-train", "var", "var/runs/*", "var/runs/*/train", "var/model-store")
    found = (path for folder in folders for path in site.folder.glob(f"{folder}/*"))
    return {path.name for path in found if not path.name.startswith(".")}


def test_raw_text_is_closed_to_others(site: Site) -> None:
    closed = ("data-train", "var", *(f"data-train/{name}" for name in RAW))
    assert {name for name in closed if (site.folder / name).stat().st_mode & 0o077} == set()


RAW = ("inbox", "processing", "processed", "quarantine")
