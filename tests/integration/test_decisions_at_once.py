"""People, the gate and two machines decide on one model in the same second, on a real store."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cs_pipeline import stages
from cs_pipeline.config import Settings
from cs_pipeline.errors import CsPipelineError, GateNotMet, SomebodyAtWork
from cs_pipeline.registry import promotion
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.stages.deciding import recompare as comparing
from cs_pipeline.training.appraisal.row_scores import RowScores
from tests.records import dataset, score
from tests.seaweedfs import BUCKET, SeaweedFS
from tests.unit.registry.desk import OPTIONS, Desk

ROUNDS = 6
BEGUN = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def here(settings: Settings, seaweedfs: SeaweedFS, tmp_path: Path) -> Settings:
    """An installation whose models lie in a real object store."""
    store = f"s3://{BUCKET}/{tmp_path.name}-{os.getpid()}"
    return Settings.load(
        data_dir=settings.data_dir,
        work_dir=settings.work_dir,
        model_store=store,
        promote_first=True,
        **seaweedfs.settings(),
    )


@pytest.fixture
def elsewhere(here: Settings, tmp_path: Path) -> Settings:
    """The same runs and models from another machine, whose locks of files are its own."""
    there = tmp_path / "there"
    there.mkdir()
    here.work_dir.joinpath("runs").mkdir(parents=True)
    (there / "runs").symlink_to(here.work_dir / "runs")
    return here.model_copy(update={"work_dir": there})


def at_once(*deeds: Callable[[], object], late: float) -> list[object]:
    """What each came to, or why it was refused; each begins `late` seconds after the one before."""
    barrier = threading.Barrier(len(deeds))
    ends: list[Any] = [None] * len(deeds)

    def do(place: int) -> None:
        barrier.wait()
        time.sleep(late * place)
        try:
            ends[place] = deeds[place]()
        except CsPipelineError as error:
            ends[place] = error

    threads = [threading.Thread(target=do, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def rounds() -> Iterator[tuple[str, float, dict[str, Any]]]:
    for number in range(ROUNDS):
        finished = BEGUN + timedelta(minutes=number)
        yield f"run-{number}", 0.03 * (number // 2), {"finished_at": finished}


def check(desk: Desk, run_id: str, version: str, tmp_path: Path) -> str:
    """The verdict and the pointer say the same, and what is live is there; what it came to."""
    opened, decision = Desk(desk.installation.settings), desk.verdict(run_id).decision
    live = opened.live()
    if live is not None:
        opened.store.pull(tmp_path / f"pulled-{run_id}")
        assert live in opened.store.versions()
    assert (decision == "promote") == (live == version)
    assert (version in opened.store.versions()) == (decision != "reject")
    assert [move.to_version for move in opened.store.moves()][-1:] == ([live] if live else [])
    return decision


@pytest.mark.parametrize("machines", ["one", "two"])
def test_promoted_or_discarded_but_never_both(
    here: Settings, elsewhere: Settings, tmp_path: Path, machines: str
) -> None:
    desk = Desk(here)
    other = stages.Installation(here if machines == "one" else elsewhere)
    for run_id, late, given in rounds():
        version = candidate_version(desk.trained(run_id, **desk.beside_live(), **given))
        desk.gate(run_id, auto_promote=False)
        ends = at_once(
            lambda run_id=run_id: stages.promote_held(
                stages.Installation(here), run_id=run_id, note="좋음"
            ),
            lambda run_id=run_id: stages.discard_held(other, run_id=run_id, note="나쁨"),
            late=late,
        )
        refused = [end for end in ends if isinstance(end, CsPipelineError)]
        assert len(refused) == 1, ends
        assert isinstance(refused[0], SomebodyAtWork | GateNotMet)
        decided = check(desk, run_id, version, tmp_path)
        assert decided == ("reject" if refused[0] is ends[0] else "promote")


def test_a_gate_that_runs_again_and_a_person_who_overrides_it(
    here: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    desk = Desk(here)
    for run_id, late, given in rounds():
        bad = desk.beside_live() | given | {"candidate": score(9.0)}
        version = candidate_version(desk.trained(run_id, **bad))
        assert desk.gate(run_id).decision == "reject"
        ends = at_once(
            lambda run_id=run_id: stages.promote_held(
                stages.Installation(here), run_id=run_id, note="그래도", override=True
            ),
            lambda run_id=run_id: stages.gate(
                stages.Installation(elsewhere), run_id=run_id, dataset=dataset(), options=OPTIONS
            ),
            late=late,
        )
        promoted = not isinstance(ends[0], CsPipelineError)
        assert all(
            isinstance(end, SomebodyAtWork) for end in ends if isinstance(end, CsPipelineError)
        )
        assert check(desk, run_id, version, tmp_path) == ("promote" if promoted else "reject")


def test_a_gate_that_comes_while_a_person_promotes_changes_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(settings)
    version = candidate_version(desk.trained(finished_at=BEGUN, candidate=score(9.0)))
    assert desk.gate().decision == "reject"
    move, came = promotion.promote_by_hand, []

    def after_the_gate(*arguments: Any, **given: Any) -> Any:
        try:
            again = stages.Installation(settings)
            stages.gate(again, run_id="run-1", dataset=dataset(), options=OPTIONS)
        except SomebodyAtWork as error:
            came.append(error)
        return move(*arguments, **given)

    monkeypatch.setattr(promotion, "promote_by_hand", after_the_gate)
    stages.promote_held(desk.installation, run_id="run-1", note="그래도", override=True)
    assert len(came) == 1
    assert check(desk, "run-1", version, tmp_path) == "promote"


def test_two_candidates_are_not_both_promoted_over_the_same_model(
    here: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    desk = Desk(here)
    desk.trained("run-a", finished_at=BEGUN)
    desk.trained("run-b", finished_at=BEGUN + timedelta(minutes=1))
    for run_id in ("run-a", "run-b"):
        desk.gate(run_id, auto_promote=False)
    ends = at_once(
        lambda: stages.promote_held(stages.Installation(here), run_id="run-a", note="좋음"),
        lambda: stages.promote_held(stages.Installation(elsewhere), run_id="run-b", note="좋음"),
        late=0.0,
    )
    assert sum(isinstance(end, CsPipelineError) for end in ends) == 1, ends
    won = "run-b" if isinstance(ends[0], CsPipelineError) else "run-a"
    assert desk.verdict(won).decision == "promote"
    assert [move.run_id for move in desk.store.moves()] == [won]
    lost = "run-a" if won == "run-b" else "run-b"
    with pytest.raises(GateNotMet, match=f"recompare {lost}"):
        stages.promote_held(stages.Installation(here), run_id=lost, note="이것도")


def test_what_was_compared_while_another_went_live_does_not_count(
    here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(here)
    first = desk.live_from_the_gate("run-0", finished_at=BEGUN)
    for number in (1, 2, 3):
        later = BEGUN + timedelta(minutes=number)
        desk.trained(f"run-{number}", **desk.beside_live(), finished_at=later)
        desk.gate(f"run-{number}", auto_promote=False)
    stages.promote_held(desk.installation, run_id="run-2", note="좋음")
    seen = []

    def scored(folder: Path, rows: object, result: object) -> tuple[RowScores, str]:
        seen.append((folder / "model.safetensors").read_text())
        if len(seen) == 2:  # the model that is live until now is in hand
            comparing.recompare(desk.installation, "run-3")
            stages.promote_held(desk.installation, run_id="run-3", note="좋음")
        return RowScores(np.ones(30), np.ones(30, int), np.ones(30, int)), "t"

    monkeypatch.setattr(comparing, "_scores", scored)
    monkeypatch.setattr(
        comparing, "validation_rows", lambda _: ("d0001-aaaaaaaa", [("q", "a")] * 30)
    )
    found = stages.recompare(desk.installation, "run-1")
    assert seen[1] == "weights of run-2"
    assert found.live_version not in (first, desk.live())
    with pytest.raises(GateNotMet, match="recompare run-1"):
        stages.promote_held(desk.installation, run_id="run-1", note="이것도")
