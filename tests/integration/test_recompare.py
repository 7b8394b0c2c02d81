"""Another model went live since the verdict: both are loaded and scored anew, on the same rows."""

import shutil
from pathlib import Path

import pytest

from cs_pipeline import stages
from cs_pipeline.errors import GateNotMet, SettingsError
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.stages.deciding.recompare import recompare
from cs_pipeline.training.appraisal.evaluate import load_for_chat, score_rows
from cs_pipeline.training.rows.dataset_rows import read_dataset
from tests.installation import Installation


@pytest.fixture
def overtaken(installation: Installation) -> Installation:
    """A candidate on hold (`run-2`), and one that went live after its verdict (`run-3`)."""
    installation.drop()
    assert installation.run("run-1", learning_rate=1e-6).status == "promoted"
    held = installation.run("run-2", force=True, learning_rate=0.01, auto_promote=False)
    assert held.status == "held"
    assert installation.run("run-3", force=True, learning_rate=0.004).status == "promoted"
    return installation


def loss(folder: Path, site: Installation) -> float:
    """Nats per token of a model on the newest validation rows, by a way of our own."""
    head = stages.Installation(site.settings).versions.head()
    described = stages.Installation(site.settings).versions.describe(head)
    _, rows = read_dataset(described)
    model, tokenizer = load_for_chat(folder)
    score = score_rows(model, tokenizer, rows, max_example_tokens=256, batch_tokens=64)
    return score.nats / score.scored_tokens


def test_both_are_loaded_and_scored_anew_before_anything_is_offered(
    overtaken: Installation, tmp_path: Path
) -> None:
    overtaken.drop("april.xlsx", seed=2)
    newest = overtaken.run("run-4", auto_promote=False).dataset
    assert newest is not None
    opened = stages.Installation(overtaken.settings)
    for override in (False, True):
        with pytest.raises(GateNotMet, match="recompare run-2"):
            stages.promote_held(opened, run_id="run-2", note="왜", override=override)

    found = recompare(opened, "run-2")
    live = opened.models.live()
    assert live is not None
    assert found.live_version == live.version_id
    assert (found.dataset_version, found.comparison.rows) == (newest.version_id, newest.val_rows)
    opened.models.pull(tmp_path / "live")
    ours, theirs = opened.runs.checkpoint("run-2"), tmp_path / "live"
    expected = loss(theirs, overtaken) - loss(ours, overtaken)
    assert found.comparison.improvement == pytest.approx(expected, abs=1e-4)
    assert found.comparison.low > 0, "it was trained at a better rate"
    made = stages.promote_held(opened, run_id="run-2", note="왜", by="kim")
    assert made.version_id == candidate_version(opened.runs.result("run-2"))

    # The one that was live before is surely worse now, and only an override takes it back.
    worse = recompare(opened, "run-3")
    assert worse.comparison.improvement == pytest.approx(-expected, abs=1e-4)
    with pytest.raises(GateNotMet, match="--override"):
        stages.promote_held(opened, run_id="run-3", note="왜")


def test_what_cannot_be_compared_is_said(overtaken: Installation) -> None:
    rejected = overtaken.run("run-4", force=True, learning_rate=1e-6)
    assert rejected.status == "rejected"
    opened = stages.Installation(overtaken.settings)
    kept = recompare(opened, "run-4")
    assert kept.comparison.high < 0, "rejected: it is only in its run's folder"
    shutil.rmtree(opened.runs.checkpoint("run-4"))
    with pytest.raises(GateNotMet, match="남아 있지 않습니다"):
        recompare(opened, "run-4")

    Path(opened.settings.model_store_uri, "live.json").unlink()
    for path in Path(opened.settings.model_store_uri, "moves").iterdir():
        path.unlink()
    with pytest.raises(SettingsError, match="promote run-2"):
        recompare(stages.Installation(overtaken.settings), "run-2")
