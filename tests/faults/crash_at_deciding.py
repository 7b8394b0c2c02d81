"""As `crash_at_writes`, for what people do by hand: withdrawals, rollbacks, promotions.

    python crash_at_deciding.py OPERATION FOLDER

Prints one line of JSON: what each crash left, and what doing it again made of that.
"""

import io
import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import SettingsError
from cs_pipeline.files import write_atomic
from cs_pipeline.handover.keys import dataset_prefix
from cs_pipeline.language import Words
from cs_pipeline.quality.quarantine import write_refused_rows
from cs_pipeline.records import RefusedRow
from cs_pipeline.registry.runs import run_key
from cs_pipeline.stages.forgetting.scope import any_row, masker_of
from tests.dataset_changes import merge
from tests.faults.crash_at_writes import (
    LIBRARIES,
    SECRET,
    B,
    crashes,
    forked,
    one_export,
    settings_in,
    shard,
    two_exports,
)
from tests.unit.registry.desk import Desk

CONVERSATION = "상담-7"
HERE = ("cs_pipeline.stages.forgetting.traces", "cs_pipeline.dataset.withdraw",
        "cs_pipeline.report",
        "cs_pipeline.quality.refused_workbooks", "cs_pipeline.quality.quarantine",
        "cs_pipeline.quality.page", "jinja2", "matplotlib.figure")  # fmt: skip


def with_a_store(settings: Settings) -> Settings:
    """With a store that trainings are handed over by, in a folder: its writes are seen, too."""
    places = {"store": str(settings.work_dir.parent / "store")}
    return settings.model_copy(update=places | {"model_store": settings.model_store_uri})


def withdrawable(settings: Settings) -> None:
    """Two exports, a run that was trained on them, and what it left."""
    two_exports(settings)
    trained_on(settings)


def of_a_conversation(settings: Settings) -> None:
    """The same, where the secret was said in a conversation of which a row was refused, too."""
    one_export(settings)
    opened = stages.Installation(settings)
    opened.prepare()
    digest = masker_of(opened.secret + B).digest(any_row(CONVERSATION))
    merge(settings, [shard(settings, B, 20, conversation=digest)])
    words = Words(ko="답변이 비었습니다.", en="The answer is empty.")
    cells = ((CONVERSATION, f"{SECRET} b", ""), ("상담-8", "남는 말", ""))
    rows = [
        RefusedRow("3월", f"C{number}", "empty_answer", words, row)
        for number, row in enumerate(cells, start=5)
    ]
    path = settings.quarantine_dir / f"b-{B[:8]}-refused.xlsx"
    write_refused_rows(path, rows, export_name="b.xlsx", export_sha256=B)
    trained_on(settings)


def trained_on(settings: Settings) -> None:
    """A run on the newest dataset, its samples, the trainer's cache, and what was handed over."""
    desk = Desk(with_a_store(settings))
    newest = desk.installation.versions.head().version_id
    desk.trained("run-1", dataset_version=newest)
    train = desk.runs.train_folder("run-1")
    said = [{"question": f"{SECRET} b", "reference": "x", "candidate": "y", "champion": None}]
    write_atomic(train / "samples.json", json.dumps(said, ensure_ascii=False))
    write_atomic(desk.installation.training_cache / "tokens" / "k.npz", f"{SECRET} b")
    store = desk.installation.hand_over_store
    store.upload(train / "samples.json", f"runs/{run_key('run-1')}/attempts/1/samples.json")
    store.upload(train / "samples.json", f"{dataset_prefix(newest)}/train.csv")
    desk.gate()


def forget(settings: Settings) -> None:
    opened = stages.Installation(with_a_store(settings))
    stages.withdraw(opened, stages.Wanted(exports=("b.xlsx",)), by="kim")


def forget_conversation(settings: Settings) -> None:
    opened = stages.Installation(with_a_store(settings))
    stages.withdraw(opened, stages.Wanted(conversations=(CONVERSATION,)), by="kim")


def two_models(settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    desk = Desk(settings)
    desk.live_from_the_gate("run-1")
    desk.trained("run-2", finished_at=_later(1), **desk.beside_live())
    desk.gate("run-2")


def rolled(settings: Settings) -> None:
    two_models(settings)
    stages.promote(stages.Installation(settings), run_id="run-2")


def promote(settings: Settings) -> None:
    stages.promote(stages.Installation(settings), run_id="run-2")


def held_back(settings: Settings) -> None:
    two_models(settings)
    stages.hold(stages.Installation(settings), run_id="run-2", note="기다림", by="lee")


def promote_by_hand(settings: Settings) -> None:
    stages.promote_held(stages.Installation(settings), run_id="run-2", note="읽어 봄", by="kim")


def roll_back(settings: Settings) -> None:
    opened = stages.Installation(settings)
    first = opened.models.moves()[0].to_version
    try:
        stages.rollback(opened, to=first, note="왜", by="kim")
    except SettingsError:  # it is live already
        assert opened.models.live_version().version_id == first  # type: ignore[union-attr]


Step = Callable[[Settings], Any]
OPERATIONS: dict[str, tuple[Step, Step]] = {
    "withdrawal": (withdrawable, forget),
    "withdrawal of a conversation": (of_a_conversation, forget_conversation),
    "move": (two_models, promote),
    "move by hand": (held_back, promote_by_hand),
    "rollback": (rolled, roll_back),
}


def _later(days: int) -> Any:
    from datetime import timedelta

    from tests.records import result

    return result().finished_at + timedelta(days=days)


def seen(folder: Path) -> Any:
    """The `state` of a folder, read by a process of its own: reading Parquet starts threads."""
    told = folder.with_name("seen.json")
    assert forked(lambda: told.write_text(json.dumps(state(folder)), encoding="utf-8")) == 0
    return json.loads(told.read_text(encoding="utf-8"))


def state(folder: Path) -> dict[str, Any]:
    """Places that say the secret of export b, marks, receipts, the pointer, and its moves."""
    opened = stages.Installation(settings_in(folder))
    live, moves = opened.models.live(), opened.models.moves()
    chain = [(move.number, move.from_version, move.to_version) for move in moves]
    whole = all(
        after[0] == before[0] + 1 and after[1] == before[2] for before, after in pairwise(chain)
    )
    return {
        "secrets": sorted(_secrets(folder)),
        "marked": [one for one in opened.models.versions() if opened.notices.on(one)],
        "receipts": bool(list(opened.receipts.folder.glob("*.html"))),
        "live": live.version_id if live else None,
        "moves": len(moves),
        "whole": whole and (not chain or chain[-1][2] == (live.version_id if live else None)),
    }


def _secrets(folder: Path) -> Any:
    for path in folder.rglob("*"):
        if not path.is_file() or path.is_symlink():
            continue
        data = path.read_bytes()
        if path.suffix == ".parquet":
            data = str(pq.read_table(io.BytesIO(data)).to_pydict()).encode()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as parts:
                data = b"".join(map(parts.read, parts.namelist()))
        if f"{SECRET} b".encode() in data:
            yield path.relative_to(folder).as_posix()


def main() -> None:
    for library in (*LIBRARIES, *HERE):
        import_module(library)
    before, operation = OPERATIONS[sys.argv[1]]
    root = Path(sys.argv[2])
    base, done = root / "base", root / "done"
    assert forked(lambda: before(settings_in(base))) == 0
    shutil.copytree(base, done, symlinks=True)
    assert forked(lambda: operation(settings_in(done))) == 0
    told: dict[str, Any] = {"old": seen(base), "new": seen(done)}
    told["crashes"] = list(crashes(base, root / "work", operation, left=seen, again=seen))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
