"""Two recipes trained on one dataset version, compared, and one handed to the gate."""

import json

import pytest

from cs_pipeline import stages
from cs_pipeline.config import RunOptions
from cs_pipeline.errors import CsPipelineError, SettingsError
from cs_pipeline.files import write_atomic
from cs_pipeline.retrain import compare_models
from cs_pipeline.stages.forgetting import traces


@pytest.fixture
def site(installation, tmp_path):
    """A dataset, and a recipe file beside the preset."""
    own = tmp_path / "slow.yaml"
    own.write_text("extends: tiny\nlearning_rate: 0.0001\nbatch_tokens: 512\n", "utf-8")
    site = installation.configured(batch_tokens=256)
    site.drop(rows=80)
    assert site.run("run-1", epochs=0.2).status == "promoted"
    return site, own


def planned(site, recipes, **given):
    opened = stages.Installation(site.settings)
    return stages.plan_experiment(opened, experiment_id="exp-1", recipes=recipes, **given)


def test_a_plan_pins_the_dataset_and_names_each_recipe_with_each_base(settings, tmp_path, site):
    site, own = site
    bases = [str(site.base), "skt/kogpt2-base-v2"]
    experiment, dataset = planned(site, ["tiny", str(own), "tiny"], base_models=bases, epochs=2)
    assert [one.run_id for one in experiment.members] == [f"exp-1.{n}" for n in (1, 2, 3, 4)]
    assert [one.label for one in experiment.members] == [
        *("tiny · tiny", "tiny · kogpt2-base-v2"),
        *("slow · tiny", "slow · kogpt2-base-v2"),
    ]
    for member in experiment.members:
        recipe = RunOptions.model_validate(member.options).training_recipe()
        assert recipe.epochs == 2
        assert recipe.batch_tokens != 256, "the installation's own value stays out"
    assert experiment.dataset_version == dataset.version_id

    site.drop("april.xlsx", rows=60, seed=2)
    site.run("run-2", epochs=0.2)
    again = planned(site, ["tiny", str(own)], base_models=bases)
    assert again.dataset == dataset
    assert again.experiment.begun_at == experiment.begun_at
    newer = stages.current_dataset(stages.Installation(site.settings))
    assert newer.version_id != dataset.version_id


@pytest.mark.parametrize(
    ("recipes", "given"),
    [
        (["tiny"], {}),
        (["tiny", "tiny"], {}),
        ([], {}),
        (["tiny", "nobodys"], {}),
        (["tiny", "kogpt2"], {"epochs": 0}),
        (["tiny", "kogpt2"], {"note": "김민수 고객 010-7391-4826"}),
        (["tiny"], {"base_models": [f"base-{number}" for number in range(21)]}),
    ],
)
def test_a_plan_that_cannot_be_followed_is_refused(installation, recipes, given):
    with pytest.raises(SettingsError) as caught:
        planned(installation, recipes, **given)
    assert "7391" not in str(caught.value)


def test_models_are_trained_compared_and_one_goes_to_the_gate(site, monkeypatch):
    site, own = site
    opened = stages.Installation(site.settings)
    before = site.live().version_id
    told = []
    page = compare_models(
        opened,
        experiment_id="exp-1",
        recipes=["tiny", str(own), "kogpt2"],
        base_models=[str(site.base)],
        epochs=0.5,
        note="학습률 비교",
        announce=told.append,
    )
    assert [line for line in told if line.startswith("train")] == [
        *("train tiny · tiny", "train slow · tiny", "train kogpt2 · tiny"),
    ]
    assert site.live().version_id == before, "nothing is promoted"
    report = json.loads((page.parent / "report.json").read_text("utf-8"))
    runs = report["runs"]
    assert list(runs) == ["exp-1.1", "exp-1.2", "exp-1.3"]
    assert report["same_dataset"]
    assert report["same_tokenizer"]
    for figures in runs.values():
        for name in ("bits_per_character", "chrf", "parameters", "size_mib", "total_seconds"):
            assert figures[name] is not None, name
        assert figures["leak_exact_hits"] == 0
        assert figures["cost"] is None
        assert figures["epochs"] == 0.5
    assert runs["exp-1.1"]["learning_rate"] != runs["exp-1.2"]["learning_rate"]
    measured = opened.runs.result("exp-1.3").champion
    assert report["live"]["chrf"] == measured.generation.chrf
    assert report["live"]["size_mib"] > 0
    html = page.read_text("utf-8")
    assert "<th>운영 모델</th>" in html
    for words in ("학습률 비교", "tiny · tiny", "slow · tiny", "cs-pipeline experiment candidate"):
        assert words in html
    assert html.count('class="candidate"') == 3 * len(
        json.loads((opened.runs.train_folder("exp-1.1") / "samples.json").read_text("utf-8"))
    )
    records = [opened.runs.read(run_id) for run_id in runs]
    assert {record.status for record in records} == {"compared"}

    with pytest.raises(SettingsError, match="실험의 모델이 아닙니다"):
        stages.judge_candidate(opened, "run-1")
    judged = stages.judge_candidate(opened, "exp-1.2")
    assert judged.verdict.run_id == "exp-1.2"
    assert (judged.model is not None) == (judged.verdict.decision == "promote")
    assert opened.runs.read("exp-1.2").status in ("promoted", "held", "rejected")
    assert site.live().version_id == (judged.model.version_id if judged.model else before)
    stages.conclude_experiment(opened, "exp-1")
    assert opened.runs.read("exp-1.2").status != "compared", "what the gate said stays"
    assert json.loads((page.parent / "report.json").read_text("utf-8"))["runs"]["exp-1.2"][
        "verdict"
    ]

    traces.Traces(opened, {report["experiment"]["dataset_version"]}).erase()
    assert 'class="candidate"' not in page.read_text("utf-8"), "withdrawn words leave the page"


def test_a_training_that_failed_is_shown_and_the_others_are_compared(installation, tmp_path):
    installation.drop(rows=60)
    installation.run("run-1", epochs=0.2)
    opened = stages.Installation(installation.settings)
    told = []
    given = {"recipes": ["tiny"], "epochs": 0.1, "announce": told.append}
    bases = [str(installation.base), str(tmp_path / "nothing-here")]
    page = compare_models(opened, experiment_id="exp-1", base_models=bases, **given)
    assert any("nothing-here" in line for line in told)
    assert [opened.runs.read(f"exp-1.{n}").status for n in (1, 2)] == ["compared", "failed"]
    assert "학습이 끝나지 않음" in page.read_text("utf-8")
    bases = [str(tmp_path / "nothing-here"), str(tmp_path / "nor-here")]
    with pytest.raises(CsPipelineError, match="어느 모델"):
        compare_models(opened, experiment_id="exp-2", base_models=bases, **given)


def test_a_damaged_experiment_is_named(settings):
    opened = stages.Installation(settings)
    write_atomic(opened.experiments.folder_of("exp-1") / "experiment.json", "{")
    with pytest.raises(CsPipelineError, match=r"experiment\.json"):
        stages.conclude_experiment(opened, "exp-1")
    assert list(opened.experiments.all()) == []
