import math
from typing import Any

import pytest

from cs_pipeline.config import RunOptions
from cs_pipeline.language import Words
from cs_pipeline.records import ChampionScore, Verdict
from cs_pipeline.registry.gate import decide
from tests.records import dataset, result, score

OPTIONS = RunOptions(max_eval_loss=3.0)


def champion(loss: float, tokenizer: str = "t" * 64, **changes: Any) -> ChampionScore:
    return ChampionScore(version_id="m1", tokenizer_sha256=tokenizer, score=score(loss, **changes))


def judge(options: RunOptions = OPTIONS, **changes: Any) -> Verdict:
    return decide(result(**changes), run_id="run-1", dataset=dataset(), options=options)


def failed(verdict: Verdict) -> set[str]:
    return {reason.rule for reason in verdict.reasons if reason.outcome != "passed"}


@pytest.mark.parametrize(
    ("changes", "decision", "rules"),
    [
        ({}, "promote", set()),
        ({"candidate": score(3.0)}, "promote", set()),
        ({"candidate": score(3.0001)}, "reject", {"below_limit"}),
        ({"candidate": score(math.nan)}, "reject", {"loss_is_measured"}),
        ({"candidate": score(math.inf)}, "reject", {"loss_is_measured"}),
        ({"candidate": score(1.0, tokens=0, rows=0)}, "reject", {"loss_is_measured"}),
        ({"run_id": "run-0"}, "reject", {"same_run"}),
        ({"dataset_sha256": "b" * 64}, "reject", {"same_run"}),
        ({"champion": champion(2.1)}, "promote", set()),
        ({"champion": champion(2.0)}, "promote", set()),
        ({"champion": champion(1.9)}, "reject", {"better_than_champion"}),
        ({"champion": champion(math.nan)}, "hold", {"better_than_champion"}),
    ],
)
def test_each_case_ends_in_a_defined_verdict(
    changes: dict[str, Any], decision: str, rules: set[str]
) -> None:
    verdict = judge(**changes)
    assert (verdict.decision, failed(verdict)) == (decision, rules)


def test_a_champion_that_cannot_be_scored_holds_the_candidate() -> None:
    broken = ChampionScore(version_id="m1", problem=Words(ko="손상됨.", en="Damaged."))
    verdict = judge(champion=broken)
    assert verdict.decision == "hold"
    assert "손상됨." in verdict.reasons[-2].words.ko


def test_the_wanted_improvement_is_demanded() -> None:
    options = RunOptions(max_eval_loss=3.0, min_improvement=0.5)
    assert judge(options, champion=champion(2.4)).decision == "reject"
    assert judge(options, champion=champion(2.5)).decision == "promote"


def test_a_negative_improvement_tolerates_a_slightly_worse_candidate() -> None:
    options = RunOptions(max_eval_loss=3.0, min_improvement=-0.2)
    assert judge(options, champion=champion(1.9)).decision == "promote"
    assert judge(options, champion=champion(1.7)).decision == "reject"


def test_another_tokenizer_is_compared_in_bits_per_character() -> None:
    # Per token the champion looks worse (2.5), per character it is better: it needs fewer tokens.
    other = champion(2.5, tokenizer="u" * 64, tokens=500, characters=1500)
    verdict = judge(champion=other)
    assert verdict.decision == "reject"
    assert "bits/character" in verdict.reasons[3].words.en


def test_switched_off_promotion_holds_but_never_rescues() -> None:
    by_hand = RunOptions(max_eval_loss=3.0, auto_promote=False)
    assert judge(by_hand).decision == "hold"
    assert judge(by_hand, candidate=score(9.0)).decision == "reject"


def test_reasons_speak_both_languages_and_survive_json() -> None:
    verdict = judge(champion=champion(1.9))
    again = Verdict.model_validate_json(verdict.model_dump_json())
    assert again == verdict
    assert all(reason.words.ko and reason.words.en for reason in again.reasons)
