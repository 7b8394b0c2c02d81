"""A candidate that learnt wrong answers is not let through where an honest one rules."""

import csv
import random
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.files import dataset_sha256
from cs_pipeline.records import DatasetVersion
from tests.installation import Installation
from tests.integration.sabotage import (
    ENDINGS,
    LEARNS,
    OPENINGS,
    PAIRS,
    attentive_installation,
    export,
    objecting,
    train_and_judge,
)


@pytest.fixture
def attentive(settings: Settings, tmp_path: Path) -> Installation:
    """The gate's own limits, and a base model that learns these answers in seconds."""
    return attentive_installation(settings, tmp_path, PAIRS)


@pytest.fixture
def well_read(settings: Settings, tmp_path: Path) -> Installation:
    """The same with a base model that knows the words of April, too."""
    return attentive_installation(settings, tmp_path, PAIRS + NEW_PAIRS)


NEWS = {
    "회원가입": "본인 인증 뒤에 가입됩니다.",
    "주차": "지하 이 층에 세우세요.",
    "포장": "선물 포장은 무료입니다.",
    "수리": "기사님이 방문해 고쳐 드립니다.",
    "이벤트": "이번 주말까지 합니다.",
    "매장": "강남과 서초에 있습니다.",
    "색상": "파란색만 남아 있습니다.",
    "보증": "이 년 동안 보증합니다.",
}
NEW_PAIRS = [
    (f"{opening}{topic}{ending}", answer)
    for topic, answer in NEWS.items()
    for opening in OPENINGS
    for ending in ENDINGS
]


def shuffled_news() -> list[tuple[str, str]]:
    answers = random.Random(2).sample([answer for _, answer in NEW_PAIRS], len(NEW_PAIRS))
    return [(question, answer) for (question, _), answer in zip(NEW_PAIRS, answers, strict=True)]


def canned_news() -> list[tuple[str, str]]:
    return [(question, "확인한 뒤 다시 안내해 드립니다.") for question, _ in NEW_PAIRS]


def shuffled(dataset: DatasetVersion, folder: Path) -> DatasetVersion:
    """The same version, but each training question has the answer to another one."""
    folder.mkdir()
    train, val = folder / "train.csv", folder / "val.csv"
    val.write_bytes(Path(dataset.val_uri).read_bytes())
    with Path(dataset.train_uri).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    answers = [row["output"] for row in rows]
    random.Random(1).shuffle(answers)
    with train.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(
            row | {"output": answer} for row, answer in zip(rows, answers, strict=True)
        )
    return dataset.model_copy(
        update={
            "version_id": f"{dataset.version_id}-shuffled",
            "sha256": dataset_sha256(train, val),
            "train_uri": str(train),
            "val_uri": str(val),
        }
    )


def test_shuffled_answers_are_rejected_against_an_honest_champion(
    attentive: Installation, tmp_path: Path
) -> None:
    attentive.drop_bytes("march.csv", export())
    honest = attentive.run("honest", **LEARNS)
    assert honest.status == "promoted"
    assert honest.dataset is not None

    sabotaged = train_and_judge(attentive, "sabotaged", shuffled(honest.dataset, tmp_path / "x"))

    assert sabotaged.status == "rejected"
    assert sabotaged.verdict is not None
    assert sabotaged.result is not None
    assert objecting(sabotaged) == {"better_than_champion", "answers_fit_questions"}
    assert sabotaged.result.comparison is not None
    assert sabotaged.result.comparison.high < 0
    live = attentive.live()
    assert live is not None
    assert live.run_id == "honest"
    assert attentive.store.versions() == [live.version_id]


@pytest.mark.parametrize(
    ("news", "objections", "surely_better"),
    [
        pytest.param(NEW_PAIRS, set(), True, id="honest"),
        pytest.param(shuffled_news(), {"answers_fit_questions"}, True, id="shuffled"),
        # Rows that share an answer are one witness, and few witnesses are sure of nothing.
        pytest.param(canned_news(), {"answers_fit_questions"}, False, id="canned"),
    ],
)
def test_a_new_export_that_brings_its_own_validation_rows_is_judged_by_its_answers(
    well_read: Installation,
    news: list[tuple[str, str]],
    objections: set[str],
    surely_better: bool,
) -> None:
    """Against old validation rows and its own wrong ones a model of wrong answers looks better."""
    well_read.drop_bytes("march.csv", export())
    assert well_read.run("march", **LEARNS).status == "promoted"
    well_read.drop_bytes("april.csv", export(news))
    april = well_read.run("april", **LEARNS)
    # So small a model forgets some of what it knew over nonsense.
    assert objecting(april) - {"known_rows_are_kept"} == objections
    assert (april.status == "promoted") == (not objecting(april))
    assert april.result is not None
    assert april.result.comparison is not None
    assert april.result.comparison.improvement > 0
    assert (april.result.comparison.low > 0) == surely_better
    (new,) = [one for one in april.result.content.slices if one.is_new]
    assert new.information is not None
    assert (new.information.low > 0) == (not objections)
