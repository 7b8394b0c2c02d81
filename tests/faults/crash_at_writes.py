"""A program that is killed before its first, second, third ... change on disk, and looks each time.

Run as a process of its own, because it forks: what it forks from must not have started threads. It
has imported what the operations need, or each of its many children would do so again, and the files
that an import writes would count as changes.

    python crash_at_writes.py OPERATION FOLDER

Prints one line of JSON: the states in which the crashes left the dataset, in their order.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.dataset.versions import CURRENT
from cs_pipeline.files import dataset_sha256
from cs_pipeline.records import MaskedShard
from tests.dataset_changes import merge, rebuild, withdraw
from tests.records import export, masked

LIBRARIES = ("pyarrow.compute", "pyarrow.parquet", "pandas", "rensa")
CRASHED = 86
CHANGES = {
    *("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.truncate"),
    *("os.chmod", "shutil.rmtree", "os.utime"),
}
A, B = f"{'a':e<64}", f"{'b':e<64}"
SECRET = "잊어야 할 말"


def settings_in(folder: Path) -> Settings:
    return Settings.load(
        data_dir=folder / "data-train", work_dir=folder / "var", promote_first=True
    )


def shard(
    settings: Settings, sha256: str, first: int, *, conversation: str | None = None
) -> MaskedShard:
    """Rows of which the last says the secret; `conversation`: the digest of that row's."""
    pairs = [
        (f"{number * 7919:06} 질문 {number}", f"답 {number}") for number in range(first, first + 40)
    ]
    pairs.append((f"{SECRET} {sha256[0]}", SECRET))
    rows = masked(*pairs)
    ids = [f"{sha256[0]}{place}" for place in range(len(pairs))]
    if conversation:
        ids[-1] = conversation
    shards = stages.Installation(settings).versions.shards
    path, shard_sha256 = shards.write(sha256, replace(rows, conversation_ids=tuple(ids)))
    return MaskedShard(
        export=export(sha256, f"{sha256[0]}.xlsx"),
        uri=str(path),
        sha256=shard_sha256,
        rows=len(pairs),
    )


def one_export(settings: Settings) -> None:
    merge(settings, [shard(settings, A, 0)])


def two_exports(settings: Settings) -> None:
    one_export(settings)
    merge(settings, [shard(settings, B, 20)])


def lost_csvs(settings: Settings) -> None:
    two_exports(settings)
    for name in ("train.csv", "val.csv"):
        (settings.data_dir / name).resolve().unlink()


Step = Callable[[Settings], Any]
OPERATIONS: dict[str, tuple[Step, Step]] = {
    "first merge": (lambda settings: None, one_export),
    "further merge": (one_export, lambda settings: merge(settings, [shard(settings, B, 20)])),
    "withdraw export": (two_exports, lambda settings: withdraw(settings, exports=[B])),
    "withdraw conversation": (
        two_exports,
        lambda settings: withdraw(settings, conversations=lambda sha256: [f"{sha256[0]}40"]),
    ),
    "rebuild": (
        lost_csvs,
        lambda settings: rebuild(settings, stages.Installation(settings).versions.find(CURRENT)),
    ),
}


def crash_before(change: int) -> None:
    """End this process without a word before its `change`-th change on disk."""
    left = change

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        writes = event == "open" and bool(
            (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        )
        if writes or event in CHANGES:
            left -= 1
            if left == 0:
                os._exit(CRASHED)

    sys.addaudithook(hook)


def forked(step: Callable[[], Any]) -> int:
    """Do something in a process of its own; its exit status."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            step()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def state(folder: Path) -> str:
    """The sha256 of the current dataset, after a look at whether it is one; `none`, or `broken`."""
    data = folder / "data-train"
    current = data / "datasets" / CURRENT
    if not (current / "manifest.json").exists():
        return "none" if not (data / "train.csv").exists() else "broken"
    manifest = json.loads((current / "manifest.json").read_text(encoding="utf-8"))
    paths = [data / name for name in ("train.csv", "val.csv")]
    if not all(path.exists() for path in paths):
        return "without CSVs"
    whole = dataset_sha256(*paths) == manifest["sha256"]
    together = len({path.resolve().parent for path in paths}) == 1
    return manifest["sha256"] if whole and together else "broken"


def secrets(folder: Path) -> int:
    """How many CSVs hold the text that a withdrawal has to take out of export b."""
    return sum(f"{SECRET} b" in path.read_text(encoding="utf-8") for path in folder.rglob("*.csv"))


def crashes(
    base: Path,
    work: Path,
    operation: Step,
    *,
    left: Callable[[Path], Any],
    again: Callable[[Path], Any],
) -> Iterator[dict[str, Any]]:
    """Crash before the first change, the second ...: what was `left`, and what came of it `again`.

    Ends with the one that came to no such change any more.
    """
    for change in count(1):
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(base, work, symlinks=True)

        def crashing(change: int = change) -> None:
            crash_before(change)
            operation(settings_in(work))

        status = forked(crashing)
        after = left(work)
        assert status in (0, CRASHED), status
        assert forked(lambda: operation(settings_in(work))) == 0
        yield {"left": after, "again": again(work)}
        if status == 0:
            return


def told_by(program: Path, operation: str, folder: Path) -> Any:
    """What one of these programs prints, run as a process of its own."""
    run = subprocess.run(
        [sys.executable, str(program), operation, str(folder)],
        capture_output=True,
        text=True,
        # Libraries of linear algebra start no threads then, which a fork would lose.
        env={**os.environ, "PYTHONPATH": str(program.parents[2]), "OPENBLAS_NUM_THREADS": "1"},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def main() -> None:
    for library in LIBRARIES:
        import_module(library)
    before, operation = OPERATIONS[sys.argv[1]]
    root = Path(sys.argv[2])
    base, done = root / "base", root / "done"
    assert forked(lambda: before(settings_in(base))) == 0
    base.mkdir(exist_ok=True)
    shutil.copytree(base, done, symlinks=True)
    assert forked(lambda: operation(settings_in(done))) == 0
    told = {"old": state(base), "new": state(done), "secrets": secrets(done)}
    told["crashes"] = list(
        crashes(
            base,
            root / "work",
            operation,
            left=state,
            again=lambda work: (
                state(work),
                secrets(work),
                sorted(map(str, work.rglob(".building-*"))),
            ),
        )
    )
    print(json.dumps(told))


if __name__ == "__main__":
    main()
