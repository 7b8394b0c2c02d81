"""The gate's rules on golden questions."""

import pytest

from cs_pipeline.config import GateLimits, Settings
from cs_pipeline.records import GoldenMeasures
from cs_pipeline.registry.gate import decide
from tests.records import dataset
from tests.unit.registry.candidates import golden, measured
from tests.unit.registry.desk import Desk


def outcomes(measures: GoldenMeasures | None, **limits: object) -> dict[str, str]:
    verdict = decide(
        measured(golden=measures),
        run_id="run-1",
        dataset=dataset(),
        limits=GateLimits(max_eval_loss=3.0, promote_first=True, **limits),
    )
    return {one.rule: one.outcome for one in verdict.reasons if "golden" in one.rule}


MET, LOST = "golden_questions_are_met", "no_golden_question_is_lost"


@pytest.mark.parametrize(
    ("measures", "limits", "expected"),
    [
        (None, {}, {MET: "not_applicable"}),
        (golden(9, 9), {}, {MET: "passed", LOST: "passed"}),
        (golden(8, 9), {}, {MET: "passed", LOST: "passed"}),
        (golden(7, 9), {}, {MET: "failed", LOST: "passed"}),
        (golden(7, 9), {"min_golden_share": 0.7}, {MET: "passed", LOST: "passed"}),
        (golden(9, 9, (10,)), {}, {MET: "passed", LOST: "failed"}),
        (golden(9, 9, (10,)), {"allow_golden_loss": True}, {MET: "passed", LOST: "warning"}),
        (golden(9), {}, {MET: "passed", LOST: "not_applicable"}),
        (golden(0, 0), {"min_golden_share": 0}, {MET: "passed", LOST: "passed"}),
    ],
)
def test_each_outcome(measures, limits, expected) -> None:
    assert outcomes(measures, **limits) == expected


def test_the_words_name_the_questions_by_their_place(settings: Settings) -> None:
    desk = Desk(settings)
    desk.trained(golden=golden(5, 9, (6, 9)))
    verdict = desk.gate()
    assert verdict.decision == "reject"
    told = {reason.rule: reason.words for reason in verdict.reasons}
    assert "#6, #7, #8, #9, #10" in told[MET].ko
    assert "#6, #9" in told[LOST].en


def test_a_candidate_that_was_not_asked_waits_for_a_person(settings: Settings, tmp_path) -> None:
    path = tmp_path / "golden.yaml"
    desk = Desk(settings.model_copy(update={"golden_questions": path}))
    desk.trained()
    assert desk.gate().decision == "hold"
    desk.trained("run-2", golden=golden(9, 9))
    assert "golden_questions_were_asked" not in {one.rule for one in desk.gate("run-2").reasons}
