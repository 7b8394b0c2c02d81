"""Golden questions, asked of models."""

import json
from pathlib import Path

import pytest

from cs_pipeline.errors import BaseModelError
from cs_pipeline.golden import questions_sha256
from cs_pipeline.masked.digests import DigestSet
from cs_pipeline.profiles.profile import profile_rows
from cs_pipeline.records import GoldenQuestion
from cs_pipeline.training.appraisal.appraisal import Safeguards
from cs_pipeline.training.appraisal.golden import GOLDEN_FILE, ask_golden
from cs_pipeline.training.fine_tune import fine_tune
from cs_pipeline.training.job import Champion


@pytest.fixture(scope="module")
def learnt(tmp_path_factory, base, rows):
    """A model that knows its rows by heart."""
    import csv

    from cs_pipeline.files import dataset_sha256
    from cs_pipeline.recipes.recipe import Recipe
    from cs_pipeline.training.job import TrainJob

    folder = tmp_path_factory.mktemp("golden")
    for name in ("train", "val"):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("input", "output"), *rows[:6]])
    train, val = folder / "train.csv", folder / "val.csv"
    recipe = Recipe(base_model=str(base), epochs=60, learning_rate=1e-2, batch_tokens=128)
    return TrainJob(
        run_id="run-1",
        dataset_version="v1",
        dataset_sha256=dataset_sha256(train, val),
        train_uri=str(train),
        val_uri=str(val),
        out_dir=str(folder / "out"),
        recipe=recipe,
    )


def masked(text: str) -> str:
    return text.replace("영업일", "#@이름#")


def safeguards() -> Safeguards:
    return Safeguards(
        mask_text=lambda text: text,
        is_personal=lambda text: None,
        masked_values=DigestSet(b"key", frozenset(), {}),
        profile=lambda rows: profile_rows(rows, duplicates_removed=0),
    )


def asked(rows) -> tuple[GoldenQuestion, ...]:
    """What the model knows, what it does not, and what it says and must not."""
    (known, answer), (other, said) = rows[0], rows[1]
    return (
        GoldenQuestion(question=known, must_contain=(answer[:4],)),
        GoldenQuestion(question=known, must_contain=("절대 하지 않을 말",)),
        GoldenQuestion(question=other, must_not_contain=(said[:4],)),
    )


def test_a_training_asks_both_models_and_leaves_both_answers(learnt, base, rows) -> None:
    questions = asked(rows)
    champion = Champion(version_id="m1", folder=str(base))
    job = learnt.model_copy(update={"golden": questions, "champion": champion})
    result = fine_tune(job, safeguards=safeguards())
    golden = result.golden
    assert golden is not None
    assert golden.sha256 == questions_sha256(questions)
    assert (golden.questions, golden.met, golden.missed) == (3, 1, (2, 3))
    assert golden.live_met is not None
    entries = json.loads((Path(job.out_dir) / GOLDEN_FILE).read_text(encoding="utf-8"))
    assert [entry["met"] for entry in entries] == [True, False, False]
    assert entries[0]["candidate"].startswith(rows[0][1][:4])
    assert all(isinstance(entry["champion"], str) for entry in entries)
    assert entries[0]["candidate"] not in result.model_dump_json()

    again = fine_tune(job, safeguards=safeguards())
    assert again == result, "nothing is trained twice"


def test_answers_are_masked_before_they_are_looked_at(learnt, rows, tmp_path) -> None:
    fine_tune(learnt)
    checkpoint = Path(learnt.out_dir) / "checkpoint"
    known = next(row for row in rows[:6] if "영업일" in row[1] or "접수" in row[1])
    question = GoldenQuestion(question=known[0], must_not_contain=("영업일",))
    found = ask_golden([question], checkpoint, None, mask_text=masked, out=tmp_path)
    assert found.met == 1
    assert "영업일" not in json.loads((tmp_path / GOLDEN_FILE).read_text())[0]["candidate"]


def test_a_live_model_that_cannot_be_loaded_is_not_asked(learnt, rows, tmp_path) -> None:
    fine_tune(learnt)
    checkpoint = Path(learnt.out_dir) / "checkpoint"
    found = ask_golden(asked(rows), checkpoint, tmp_path / "gone", mask_text=masked, out=tmp_path)
    assert (found.live_met, found.lost) == (None, ())


def test_a_candidate_that_cannot_be_loaded_is_said(rows, tmp_path) -> None:
    with pytest.raises(BaseModelError):
        ask_golden(asked(rows), tmp_path / "gone", None, mask_text=masked, out=tmp_path)
    assert not (tmp_path / GOLDEN_FILE).exists()


def test_where_answers_could_not_be_masked_nothing_is_asked(learnt, rows) -> None:
    out = str(Path(learnt.out_dir).with_name("unmasked"))
    job = learnt.model_copy(update={"golden": asked(rows), "out_dir": out})
    quick = job.recipe.model_copy(update={"epochs": 1})
    result = fine_tune(job.model_copy(update={"recipe": quick}))
    assert result.golden is None
    assert not (Path(out) / GOLDEN_FILE).exists()
