"""Rows of new and of named exports are seen more often, and the report says so."""

import pytest

from cs_pipeline import stages
from cs_pipeline.errors import DatasetError
from cs_pipeline.stages.weighing import weighted_rows


@pytest.fixture
def two_exports(installation):
    """A live model that knows `march.xlsx`, and `april.xlsx` beside it in the newest dataset."""
    installation.drop("march.xlsx", rows=80)
    assert installation.run("run-1", epochs=0.1).status == "promoted"
    installation.drop("april.xlsx", rows=60, seed=2)
    return installation


def test_new_exports_are_trained_on_more_often_and_old_ones_less(two_exports):
    record = two_exports.run(
        "run-2", epochs=0.5, new_export_weight=3, export_weights="march* = 0.5"
    )
    result, opened = record.result, stages.Installation(two_exports.settings)
    manifest = opened.versions.get(result.dataset_version)
    names = {shard.export_sha256: shard.export_name for shard in manifest.shards}
    assert {names[one.export_sha256]: one.weight for one in result.weighted} == {
        "march.xlsx": 0.5,
        "april.xlsx": 3.0,
    }
    assert sum(one.rows for one in result.weighted) == result.train_rows == manifest.train_rows
    rows = {names[one.export_sha256]: one.rows for one in result.weighted}
    report = (two_exports.run_folder("run-2") / "report.html").read_text("utf-8")
    assert "에폭당 3.00번 본 행" in report
    assert f"{rows['april.xlsx']} (파일 1개) → {3 * rows['april.xlsx']}" in report

    again = two_exports.run("run-3", epochs=0.1, force=True)
    assert again.result.weighted == ()
    assert "번 본 행" not in (two_exports.run_folder("run-3") / "report.html").read_text("utf-8")


def test_without_a_live_model_nothing_is_new(installation):
    installation.drop(rows=60)
    record = installation.run("run-1", epochs=0.1, new_export_weight=5)
    assert record.status == "promoted"
    assert record.result.weighted == ()


def test_a_dataset_that_does_not_know_its_exports_is_not_weighted_in_silence(two_exports):
    opened = stages.Installation(two_exports.settings)
    recipe = two_exports.options(new_export_weight=2).training_recipe()
    manifest = opened.versions.head().model_copy(update={"train_rows_of": ()})
    with pytest.raises(DatasetError, match="new_export_weight"):
        weighted_rows(opened, manifest, recipe)
    plain = two_exports.options().training_recipe()
    assert weighted_rows(opened, manifest, plain) == ()
