"""Which model the next candidates must not fall far below."""

from pathlib import Path
from typing import Any

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.records import BestEver
from cs_pipeline.registry.manifests import ModelManifest, candidate_version
from tests.unit.registry.candidates import champion, interval, measured
from tests.unit.registry.desk import Desk

CANDIDATE = candidate_version(measured())


def beside_best(improvement: float | None) -> dict[str, Any]:
    found = None if improvement is None else interval(improvement, -1.0, 1.0)
    return {"best": BestEver(version_id="m0", comparison=found)}


def beside_live(improvement: float) -> dict[str, Any]:
    return {"champion": champion(2.0), "comparison": interval(improvement, -1.0, 1.0)}


@pytest.mark.parametrize(
    ("changes", "best"),
    [
        pytest.param({}, CANDIDATE, id="the first of all"),
        pytest.param(beside_live(0.01), CANDIDATE, id="better than the live one"),
        pytest.param(beside_live(-0.01), "m1", id="a little worse than the live one"),
        pytest.param(
            beside_live(0.01) | beside_best(-0.01), "m0", id="better than the live one alone"
        ),
        pytest.param(beside_live(0.01) | beside_best(0.0), CANDIDATE, id="as good as the best"),
        pytest.param(beside_live(-0.01) | beside_best(None), "m1", id="the best cannot be scored"),
    ],
)
def test_the_best_follows_from_what_was_compared(changes: dict[str, Any], best: str) -> None:
    assert ModelManifest.of(measured(**changes), ()).best_version == best


@pytest.fixture
def line(settings: Settings) -> tuple[Desk, str, str]:
    """Two models that went live, of which the second one was a little worse."""
    desk = Desk(settings)
    first = desk.live_from_the_gate("run-1")
    worse = {"comparison": interval(-0.01, -0.015, 0.0)}
    second = desk.live_from_the_gate("run-2", **worse)
    assert desk.store.manifest(second).best_version == first
    return desk, first, second


def test_the_trainer_gets_the_best_model_beside_the_live_one(
    line: tuple[Desk, str, str], tmp_path: Path
) -> None:
    from cs_pipeline.stages.training import _find_champion

    desk, first, second = line
    live = _find_champion(desk.installation, tmp_path / "live", tmp_path / "best", fetch=True)
    assert live is not None
    assert live.best is not None
    assert (live.version_id, live.best.version_id) == (second, first)
    weights = (tmp_path / "best" / "model.safetensors").read_text()
    assert weights == "weights of run-1"


def test_a_damaged_live_model_comes_with_the_stores_own_words(
    line: tuple[Desk, str, str], tmp_path: Path
) -> None:
    from cs_pipeline.stages.training import _find_champion

    desk, _, second = line
    stored = Path(desk.store.uri)
    (weights,) = stored.rglob(f"{second}/**/model.safetensors")
    weights.write_text("spoilt")
    live = _find_champion(desk.installation, tmp_path / "live", tmp_path / "best", fetch=True)
    assert live is not None
    assert live.problem is not None
    assert second in live.problem.en


@pytest.mark.parametrize("lost", ["withdrawn", "gone"])
def test_a_best_model_that_is_withdrawn_or_gone_is_not_compared_with(
    line: tuple[Desk, str, str], tmp_path: Path, lost: str
) -> None:
    from cs_pipeline.stages.training import _find_champion

    desk, first, _ = line
    if lost == "gone":
        behind = interval(-0.01, -0.015, 0.0)
        beside = BestEver(version_id=first, comparison=behind)
        desk.live_from_the_gate("run-3", comparison=behind, best=beside)
        assert desk.store.discard(first)
    else:
        desk.installation.notices.mark(first, dataset_version="d0001-aaaaaaaa")
    live = _find_champion(desk.installation, tmp_path / "live", tmp_path / "best", fetch=True)
    assert live is not None
    assert live.best is None
