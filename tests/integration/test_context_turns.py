"""Earlier exchanges from the export to the model: conversations that are read, written, learned."""

import csv
import json
from pathlib import Path


def test_a_model_is_trained_on_what_was_said_before(installation):
    site = installation.configured(context_turns=2)
    site.drop("march.xlsx", layout="turns")
    run = site.run()
    assert run.status == "promoted"
    assert run.dataset.context_turns == run.result.context_turns == 2
    with Path(run.dataset.train_uri).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    said = [json.loads(row["context"]) for row in rows]
    assert {len(turns) for turns in said} == {0, 2, 4}
    for row, turns in zip(rows, said, strict=True):
        assert len(turns) == 2 * min(int(row["turn_index"]), 2), "none of its turns was refused"
    config = site.run_folder("run-1") / "train" / "checkpoint" / "tokenizer_config.json"
    assert json.loads(config.read_text(encoding="utf-8"))["context_turns"] == 2


def test_another_number_of_turns_makes_another_version_of_the_same_rows(installation):
    installation.drop("march.xlsx", layout="turns")
    first = installation.run("run-1")
    second = installation.configured(context_turns=1).run("run-2", force=True, min_improvement=-20)
    assert second.dataset.version_id != first.dataset.version_id
    assert second.dataset.train_rows == first.dataset.train_rows
    assert second.status == "promoted", "a live model without context is compared without it"
