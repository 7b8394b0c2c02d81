"""Make `installation.tar.xz`: a data folder and a work folder as version 0.2.0 leaves them.

Everything in it is written by 0.2.0's own command line, so this needs a checkout of that version
and an environment of its own. From this folder:

    git worktree add /tmp/0.2.0 ab9644c
    make -C /tmp/0.2.0 .venv/.ready
    PYTHONPATH=/tmp/0.2.0 /tmp/0.2.0/.venv/bin/python make_installation.py

Salt, dates and weights are different each time; `test_made_by_0_2_0.py` reads from the archive
what it needs to know about them.

What happened to the installation, in order:

- `run-1`: `march.xlsx`, in which three questions have no answer, and `broken.xlsx`, which was cut
  off halfway. Dataset 1 and the first live model.
- `run-2`: the refused rows with one of the answers filled in, `march.xlsx` once more under another
  name, and `april.xlsx`. Dataset 2, and a candidate that a person promotes.
- Two conversations of April are withdrawn, one by its id and one by a phone number in it: dataset
  3, and a notice on the live model.
- `run-3` trains on what is left; its candidate is rejected.
- `run-4` trains again; its candidate waits for a person.

All text comes from `cs-pipeline sample-export`. The base model and the trainer's cache are left
out, and so are the CSVs of older datasets, which 0.2.0 itself deleted. Records and reports name
folders, so the installation is made in `/srv/cs`; no file may name another folder of this machine.
"""

import lzma
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from cs_pipeline.training.tiny_base import make_base

HOME = Path("/srv/cs")
DATA, WORK, BASE, ASIDE = (HOME / name for name in ("data-train", "var", "base-model", "aside"))
ARCHIVE = Path(__file__).resolve().with_name("installation.tar.xz")
RELEASED = 1_795_824_000  # 2026-11-28, in seconds since the epoch
REJECTED = HELD = 4

CORPUS = ["안녕하세요. 배송은 언제 오나요?", "환불을 접수했습니다."]
ANSWER = "재입고 알림을 신청하시면 들어올 때 바로 알려 드립니다."
WITHDRAWN_CONVERSATION, WITHDRAWN_PHONE = "03-00002", "051-810-5837"

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "PYTHONPATH": os.environ["PYTHONPATH"],
    "PYTHONDONTWRITEBYTECODE": "1",
    "HOME": str(ASIDE),
    "LOGNAME": "ops",
    "TMPDIR": str(ASIDE),
    "HF_HUB_OFFLINE": "1",
    "CS_PIPELINE_DATA_DIR": str(DATA),
    "CS_PIPELINE_WORK_DIR": str(WORK),
    "CS_PIPELINE_SETTLE_SECONDS": "0",
    "CS_PIPELINE_KEEP_DATASETS": "1",
    "CS_PIPELINE_BASE_MODEL": str(BASE),
    "CS_PIPELINE_RECIPE": "tiny",
    "CS_PIPELINE_EPOCHS": "2",
    "CS_PIPELINE_MAX_EVAL_LOSS": "20",
    "CS_PIPELINE_MIN_IMPROVEMENT": "-100",
    "CS_PIPELINE_MIN_VAL_ROWS": "1",
    "CS_PIPELINE_GENERATION_QUESTIONS": "2",
    "CS_PIPELINE_MIN_STOP_RATE": "0",
    "CS_PIPELINE_MAX_EMPTY_RATE": "1",
    "CS_PIPELINE_MAX_REPETITION_RATE": "1",
    "CS_PIPELINE_LEAK_PROMPTS": "2",
    "CS_PIPELINE_LEAK_SAMPLES": "1",
}
"""Limits that a model may pass after training for seconds."""


def cs_pipeline(*arguments: str, given: str = "", code: int = 0) -> str:
    """What a command of 0.2.0 prints; it has to end with `code`."""
    command = [sys.executable, "-m", "cs_pipeline.cli", *arguments]
    done = subprocess.run(
        command,
        cwd=HOME,
        env=ENVIRONMENT,
        input=given,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != code:
        sys.exit(f"{arguments[0]} ended with exit code {done.returncode} instead of {code}")
    return done.stdout


def sample(name: str, **options: object) -> bytes:
    path = ASIDE / name
    words = [word for option, value in options.items() for word in (f"--{option}", str(value))]
    cs_pipeline("sample-export", "--out", str(path), *words)
    return path.read_bytes()


def corrected_rows() -> bytes:
    """The workbook of March's refused rows, with an answer in the first of them."""
    [refused] = (DATA / "quarantine").glob("march-*-refused.xlsx")
    workbook = openpyxl.load_workbook(refused)
    page = workbook.worksheets[0]
    [column] = [cell.column for cell in page[1] if cell.value == "원본 E열"]
    page.cell(2, column).value = ANSWER
    workbook.save(ASIDE / refused.name)
    return (ASIDE / refused.name).read_bytes()


def drop(**exports: bytes) -> None:
    for name, content in exports.items():
        (DATA / "inbox" / f"{name}.xlsx").write_bytes(content)


def make() -> None:
    """Do what happened to the installation."""
    make_base(CORPUS, BASE, vocab_size=2688, layers=1, width=16, heads=2, positions=256)
    cs_pipeline("init")
    march = sample("march.xlsx", rows=150, seed=21, layout="qa")
    april = sample("april.xlsx", rows=100, seed=4, layout="turns")
    drop(march=march, broken=april[: len(april) // 2])
    cs_pipeline("run", "--run-id", "run-1")
    drop(march_corrected=corrected_rows(), march_again=march, april=april)
    cs_pipeline("run", "--run-id", "run-2", "--no-auto-promote", code=HELD)
    cs_pipeline("promote", "run-2", "--note", "답변을 확인했습니다.")
    [digest] = cs_pipeline("digest", given=WITHDRAWN_PHONE).split()
    values = ["--contains-digest", digest]
    cs_pipeline("withdraw", "--conversation", WITHDRAWN_CONVERSATION, *values, "--yes")
    cs_pipeline("run", "--run-id", "run-3", "--max-eval-loss", "0.1", code=REJECTED)
    cs_pipeline("run", "--run-id", "run-4", "--force", "--no-auto-promote", code=HELD)
    shutil.rmtree(WORK / "training-cache")


def check_names() -> None:
    """Make sure that no file names a folder that is not the installation's."""
    here = [sys.prefix, Path.home(), ARCHIVE.parent]
    here += map(Path.resolve, map(Path, ENVIRONMENT["PYTHONPATH"].split(os.pathsep)))
    names = {str(folder).encode() for folder in here}
    for path in (*DATA.rglob("*"), *WORK.rglob("*")):
        if any(name in content for name in names for content in contents(path)):
            sys.exit(f"{path} names a folder of this machine")


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file; of a workbook, also those of its parts."""
    if path.is_file():
        yield path.read_bytes()
    if path.is_file() and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from map(archive.read, archive.namelist())


def pack() -> None:
    """Write the archive; the same files give the same bytes."""
    with tarfile.open(ARCHIVE, "w:xz", preset=9 | lzma.PRESET_EXTREME) as archive:
        for folder in (DATA, WORK):  # their entries are added by name
            archive.add(folder, folder.name, filter=anonymous)


def anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """The entry without its owner and the time of its making."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = RELEASED
    return entry


def main() -> None:
    """Make the archive and leave nothing else behind."""
    HOME.mkdir()
    try:
        ASIDE.mkdir()
        make()
        check_names()
        pack()
    finally:
        shutil.rmtree(HOME)
    print(f"{ARCHIVE}: {ARCHIVE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
