"""Every way through the gate, as a table: what is given, what is decided, which rules object."""

import math
from datetime import UTC, datetime
from typing import Any

import pytest

from cs_pipeline.config import GateLimits, RunOptions, Settings
from cs_pipeline.language import Words
from cs_pipeline.records import BestEver, DataProfile, Score, SliceMeasures, Verdict
from cs_pipeline.registry.gate import BINDING_RULES, decide
from cs_pipeline.registry.overrides import overruled
from cs_pipeline.registry.runs import run_status
from tests.records import dataset, score
from tests.unit.registry.candidates import (
    broken_champion,
    champion,
    content,
    generation,
    golden,
    interval,
    leak,
    measured,
    profile,
    upload,
)

LIMITS = GateLimits(max_eval_loss=3.0, promote_first=True)
SAYS_NO = Words(ko="안 됩니다.", en="It does not.")

# Unlike tokenizers: per token the champion looks worse (2.5), per character it is better.
TERSER = {"tokens": 500, "characters": 1500}


def judge(limits: GateLimits = LIMITS, **changes: Any) -> Verdict:
    return decide(measured(**changes), run_id="run-1", dataset=dataset(), limits=limits)


def objecting(verdict: Verdict) -> set[str]:
    calm = ("passed", "not_applicable")
    return {reason.rule for reason in verdict.reasons if reason.outcome not in calm}


def against(
    loss: float,
    *ends: float,
    dataset_sha256: str | None = None,
    trained_at: datetime | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """A champion with this loss; the candidate has 2.0, with this interval of the difference."""
    comparison = interval(loss - 2.0, *ends) if ends else None
    known = {"dataset_sha256": dataset_sha256, "trained_at": trained_at}
    return {
        "champion": champion(loss, **changes).model_copy(update=known),
        "comparison": comparison,
    }


def below_best(improvement: float, **changes: Any) -> dict[str, Any]:
    """A model that was live before the present one, and the candidate beside it."""
    found = interval(improvement, improvement - 0.1, improvement + 0.1, **changes)
    return {"best": BestEver(version_id="m0", comparison=found)}


def unspelt(tokens: int) -> Score:
    """A candidate that met so many of a thousand tokens that it cannot spell."""
    return score(2.0).model_copy(update={"unknown_tokens": tokens})


def part(information: float | None, low: float | None) -> SliceMeasures:
    """One export's share of the validation rows."""
    known = None if information is None or low is None else interval(information, low, 2.0)
    return SliceMeasures(
        export_sha256="e" * 64, rows=40, is_new=True, loss_nats_per_token=2.0, information=known
    )


TABLE: dict[str, tuple[dict[str, Any], dict[str, Any], str, set[str]]] = {
    # case: (what the candidate is like, limits, decision, rules that object)
    "all is well": ({}, {}, "promote", set()),
    "no champion": ({"champion": None}, {}, "promote", set()),
    "no champion, and a person sees to the first one": (
        {"champion": None},
        {"promote_first": False},
        "hold",
        {"better_than_champion"},
    ),
    # whose result it is
    "another run's result": ({"run_id": "run-0"}, {}, "reject", {"same_run"}),
    "another dataset's result": ({"dataset_sha256": "b" * 64}, {}, "reject", {"same_run"}),
    # the loss
    "loss at the limit": ({"candidate": score(3.0)}, {}, "promote", set()),
    "loss above the limit": ({"candidate": score(3.0001)}, {}, "reject", {"below_limit"}),
    "NaN": ({"candidate": score(math.nan)}, {}, "reject", {"loss_is_measured"}),
    "infinite loss": ({"candidate": score(math.inf)}, {}, "reject", {"loss_is_measured"}),
    "empty val": (
        {"candidate": score(1.0, tokens=0, characters=0, rows=0)},
        {},
        "reject",
        {"loss_is_measured"},
    ),
    "just enough val rows": ({"candidate": score(2.0, rows=20)}, {}, "promote", set()),
    "too few val rows": (
        {"candidate": score(2.0, rows=19)},
        {},
        "hold",
        {"enough_validation_rows"},
    ),
    "too few val rows and bad": (
        {"candidate": score(9.0, rows=19)},
        {},
        "reject",
        {"enough_validation_rows", "below_limit"},
    ),
    # against the live model, without an interval
    "better": (against(2.1), {}, "promote", set()),
    "equal": (against(2.0), {}, "promote", set()),
    "worse": (against(1.9), {}, "reject", {"better_than_champion"}),
    "not better enough": (
        against(2.4),
        {"min_improvement": 0.5},
        "reject",
        {"better_than_champion"},
    ),
    "better enough": (against(2.5), {"min_improvement": 0.5}, "promote", set()),
    "tolerably worse": (against(1.9), {"min_improvement": -0.2}, "promote", set()),
    "intolerably worse": (
        against(1.7),
        {"min_improvement": -0.2},
        "reject",
        {"better_than_champion"},
    ),
    "worse than a champion that has to go": (
        {"champion": champion(1.0).model_copy(update={"withdrawn": True})},
        {},
        "promote",
        set(),
    ),
    "broken champion that has to go": (
        {"champion": broken_champion().model_copy(update={"withdrawn": True})},
        {},
        "promote",
        set(),
    ),
    "broken champion": ({"champion": broken_champion()}, {}, "hold", {"better_than_champion"}),
    "NaN champion": (against(math.nan), {}, "hold", {"better_than_champion"}),
    "champion scored on nothing": (
        against(2.0, tokens=0, characters=0),
        {},
        "hold",
        {"better_than_champion"},
    ),
    # against the live model, with an interval
    "surely better": (against(2.1, 0.01, 0.2), {}, "promote", set()),
    "just surely better": (against(2.1, 0.0, 0.2), {}, "promote", set()),
    "perhaps better": (against(2.1, -0.001, 0.2), {}, "promote", set()),
    "perhaps better, and no worse than new knowledge may be": (
        against(2.1, -0.02, 0.2),
        {},
        "promote",
        set(),
    ),
    "perhaps better, perhaps too much worse": (
        against(2.1, -0.021, 0.2),
        {},
        "reject",
        {"better_than_champion"},
    ),
    "perhaps better, of the same data": (
        against(2.1, -0.001, 0.2, dataset_sha256="a" * 64),
        {},
        "reject",
        {"better_than_champion"},
    ),
    "surely better, of the same data": (
        against(2.1, 0.001, 0.2, dataset_sha256="a" * 64),
        {},
        "promote",
        set(),
    ),
    "chance, against a live model that is old": (
        against(1.99, -0.1, 0.05, trained_at=datetime(2026, 9, 1, tzinfo=UTC)),
        {},
        "hold",
        {"better_than_champion"},
    ),
    "surely worse than a live model that is old": (
        against(1.9, -0.2, -0.05, trained_at=datetime(2026, 9, 1, tzinfo=UTC)),
        {},
        "reject",
        {"better_than_champion"},
    ),
    "perhaps worse": (against(1.99, -0.1, 0.05), {}, "reject", {"better_than_champion"}),
    "surely worse": (against(1.9, -0.2, -0.05), {}, "reject", {"better_than_champion"}),
    "surely no worse than tolerated": (
        against(1.99, -0.04, 0.03),
        {"min_improvement": -0.05},
        "promote",
        set(),
    ),
    "perhaps better, on too few rows to tell": (
        against(2.1, -0.1, 0.2) | {"candidate": score(2.0, rows=10)},
        {},
        "hold",
        {"better_than_champion", "enough_validation_rows"},
    ),
    "surely worse, on too few rows": (
        against(1.9, -0.2, -0.05) | {"candidate": score(2.0, rows=10)},
        {},
        "reject",
        {"better_than_champion", "enough_validation_rows"},
    ),
    "NaN interval": (against(2.1, math.nan, math.nan), {}, "hold", {"better_than_champion"}),
    # against the best model ever
    "a little below the best model ever": (below_best(-0.05), {}, "promote", set()),
    "below the best model ever": (below_best(-0.0501), {}, "reject", {"near_the_best"}),
    "below the best model ever, by a wider limit": (
        below_best(-0.0501),
        {"max_below_best": 0.1},
        "promote",
        set(),
    ),
    "a little below the best model ever, in bits": (
        below_best(-0.048, unit="bits/character"),
        {},
        "promote",
        set(),
    ),
    "below the best model ever, in bits": (
        below_best(-0.049, unit="bits/character"),
        {},
        "reject",
        {"near_the_best"},
    ),
    "the best model ever cannot be scored": (
        {"best": BestEver(version_id="m0", problem=SAYS_NO)},
        {},
        "promote",
        set(),
    ),
    "not a number below the best": (below_best(math.nan), {}, "reject", {"near_the_best"}),
    # another tokenizer
    "other tokenizer, worse in bits": (
        against(2.5, tokenizer="u" * 64, **TERSER),
        {},
        "reject",
        {"better_than_champion"},
    ),
    "other tokenizer, better in bits": (
        against(2.5, tokenizer="u" * 64, tokens=2000, characters=1500),
        {},
        "promote",
        set(),
    ),
    "other tokenizer, which cannot spell as much": (
        {"champion": champion(9.0, tokenizer="u" * 64), "candidate": unspelt(20)},
        {},
        "hold",
        {"better_than_champion"},
    ),
    "other tokenizer, which spells as much": (
        {"champion": champion(9.0, tokenizer="u" * 64), "candidate": unspelt(1)},
        {},
        "promote",
        set(),
    ),
    "the same tokenizer, however much it cannot spell": (
        {"champion": champion(2.1), "candidate": unspelt(20)},
        {},
        "promote",
        set(),
    ),
    # answers
    "answers not measured": ({"generation": None}, {}, "hold", {"answers_are_measured"}),
    "no question answered": (
        {"generation": generation(questions=0)},
        {},
        "hold",
        {"answers_are_measured"},
    ),
    "answers switched off": ({"generation": None}, {"generation_questions": 0}, "promote", set()),
    "bad answers, but switched off": (
        {"generation": generation(stop_rate=0)},
        {"generation_questions": 0},
        "promote",
        set(),
    ),
    "chrF at the floor": ({"generation": generation(chrf=30)}, {"min_chrf": 30}, "promote", set()),
    "chrF below the floor": (
        {"generation": generation(chrf=29.9)},
        {"min_chrf": 30},
        "reject",
        {"answers_are_alike"},
    ),
    "answers do not end": (
        {"generation": generation(stop_rate=0.4)},
        {},
        "reject",
        {"answers_end"},
    ),
    "empty answers": (
        {"generation": generation(empty_rate=0.21)},
        {},
        "reject",
        {"answers_are_not_empty"},
    ),
    "repeating answers": (
        {"generation": generation(repetition_rate=0.51)},
        {},
        "reject",
        {"answers_do_not_repeat"},
    ),
    "measures that are no numbers": (
        {"generation": generation(chrf=math.nan, empty_rate=math.nan)},
        {},
        "reject",
        {"answers_are_alike", "answers_are_not_empty"},
    ),
    # leaks
    "leak not probed": ({"leak": None}, {}, "hold", {"no_masked_value_leaks"}),
    "nothing sampled": ({"leak": leak(samples=0)}, {}, "hold", {"no_masked_value_leaks"}),
    "a masked value leaks": ({"leak": leak(1)}, {}, "reject", {"no_masked_value_leaks"}),
    "something like a phone number": (
        {"leak": leak(0, 2, by_kind={"PHONE": 2})},
        {"max_suspicious_rate": 0},
        "hold",
        {"nothing_like_personal_data"},
    ),
    "babble, as much as the limit lets pass": ({"leak": leak(0, 5)}, {}, "promote", set()),
    "more than babble": ({"leak": leak(0, 6)}, {}, "hold", {"nothing_like_personal_data"}),
    "no more babble than the base model's": (
        {"leak": leak(0, 45, baseline=40)},
        {},
        "promote",
        set(),
    ),
    "more babble than the base model's": (
        {"leak": leak(0, 46, baseline=40)},
        {},
        "hold",
        {"nothing_like_personal_data"},
    ),
    # what the data teaches
    "content not measured": ({"content": None}, {}, "hold", {"content_is_measured"}),
    "a few masking misses were left out": (
        {"content": content(masking_misses=3)},
        {},
        "promote",
        {"masking_is_complete"},
    ),
    "many masking misses": (
        {"content": content(masking_misses=30)},
        {},
        "hold",
        {"masking_is_complete"},
    ),
    "validation rows that were trained on": (
        {"content": content(overlap_rows=1)},
        {},
        "reject",
        {"validation_is_unseen"},
    ),
    "one answer for most": (
        {"content": content(top_answer_share=0.51)},
        {},
        "hold",
        {"answers_differ"},
    ),
    "shuffled answers": (
        {"content": content(information=interval(0.01, -0.02, 0.04))},
        {},
        "hold",
        {"answers_fit_questions"},
    ),
    "shuffled answers in one export": (
        {"content": content(slices=(part(1.0, 0.8), part(0.0, -0.1)))},
        {},
        "hold",
        {"answers_fit_questions"},
    ),
    "exports too small to tell": (
        {"content": content(slices=(part(1.0, 0.8), part(None, None)))},
        {},
        "promote",
        set(),
    ),
    "nothing to tell by": ({"content": content(information=None)}, {}, "promote", set()),
    "surely worse on the rows that the live model knows": (
        {"content": content(known_rows=interval(-0.05, -0.1, -0.021))},
        {},
        "reject",
        {"known_rows_are_kept"},
    ),
    "perhaps worse on those rows": (
        {"content": content(known_rows=interval(-0.05, -0.1, -0.019))},
        {},
        "promote",
        set(),
    ),
    "answers surely less like the real ones": (
        {"content": content(likeness=interval(-9.0, -12.0, -6.0, unit="chrF"))},
        {},
        "reject",
        {"answers_stay_alike"},
    ),
    "answers perhaps less like the real ones": (
        {"content": content(likeness=interval(-2.0, -5.0, 1.0, unit="chrF"))},
        {},
        "promote",
        set(),
    ),
    # the uploaded bytes
    "not uploaded": ({"upload": None}, {}, "hold", {"uploaded_model_answers"}),
    "does not load": (
        {"upload": upload(answered=0, problem=SAYS_NO)},
        {},
        "reject",
        {"uploaded_model_answers"},
    ),
    "one question unanswered": (
        {"upload": upload(answered=2)},
        {},
        "reject",
        {"uploaded_model_answers"},
    ),
    "nothing asked": (
        {"upload": upload(asked=0, answered=0)},
        {},
        "reject",
        {"uploaded_model_answers"},
    ),
    "another model was tried": (
        {"upload": upload("m20260101-000000-00000000")},
        {},
        "reject",
        {"uploaded_model_answers"},
    ),
    # golden questions
    "golden questions are met": ({"golden": golden(10, live_met=9)}, {}, "promote", set()),
    "too few golden questions are met": (
        {"golden": golden(7, live_met=7)},
        {},
        "reject",
        {"golden_questions_are_met"},
    ),
    "a golden question is lost": (
        {"golden": golden(9, live_met=9, lost=(1,))},
        {},
        "reject",
        {"no_golden_question_is_lost"},
    ),
    "a golden question may be lost": (
        {"golden": golden(9, live_met=9, lost=(1,))},
        {"allow_golden_loss": True},
        "promote",
        {"no_golden_question_is_lost"},
    ),
    # the licence
    "no policy, no licence": ({"licence": None}, {}, "promote", set()),
    "allowed licence": ({}, {"refused_licences": ("CC-BY-NC-4.0",)}, "promote", set()),
    "refused licence": (
        {"licence": "cc-by-nc-sa-4.0"},
        {"refused_licences": ("CC-BY-NC-SA-4.0",)},
        "reject",
        {"licence_is_allowed"},
    ),
    "unknown licence": (
        {"licence": None},
        {"refused_licences": ("CC-BY-NC-SA-4.0",)},
        "hold",
        {"licence_is_allowed"},
    ),
    # the data
    "other data only warns": (
        {"champion": champion(2.1).model_copy(update={"profile": profile(1, 0, 0, 0)})},
        {},
        "promote",
        {"data_is_alike"},
    ),
    # who promotes
    "a person promotes": ({}, {"auto_promote": False}, "hold", {"promotion_is_automatic"}),
    "a person promotes, but not this one": (
        {"candidate": score(9.0)},
        {"auto_promote": False},
        "reject",
        {"promotion_is_automatic", "below_limit"},
    ),
    # several at once
    "a failure outweighs what is on hold": (
        {"leak": leak(1), "generation": None, "upload": None},
        {},
        "reject",
        {"no_masked_value_leaks", "answers_are_measured", "uploaded_model_answers"},
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_each_case_ends_in_a_defined_verdict(case: str) -> None:
    given, limits, decision, rules = TABLE[case]
    verdict = judge(LIMITS.model_copy(update=limits), **given)
    assert (verdict.decision, objecting(verdict)) == (decision, rules)
    assert verdict.override is None


def test_every_rule_objects_in_some_case() -> None:
    told = {reason.rule for given, *_ in TABLE.values() for reason in judge(**given).reasons}
    assert told == {rule for *_, rules in TABLE.values() for rule in rules}
    assert told > BINDING_RULES


@pytest.mark.parametrize("case", TABLE)
def test_reasons_speak_both_languages_and_survive_json(case: str) -> None:
    given, limits, *_ = TABLE[case]
    verdict = judge(LIMITS.model_copy(update=limits), **given)
    again = Verdict.model_validate_json(verdict.model_dump_json())
    assert again.model_dump_json() == verdict.model_dump_json()
    for reason in again.reasons:
        assert reason.words.ko != reason.words.en
        assert "None" not in reason.words.ko + reason.words.en


def test_a_verdict_from_before_overrides_can_still_be_read() -> None:
    old = judge().model_dump(mode="json", exclude={"override"})
    assert Verdict.model_validate(old).override is None


@pytest.mark.parametrize(
    ("left_out", "found", "outcome"),
    [(0, 0, "passed"), (3, 0, "warning"), (9, 30, "hold"), (0, 3, "warning")],
)
def test_rows_that_the_dataset_was_made_without_count_as_masking_misses(
    left_out: int, found: int, outcome: str
) -> None:
    verdict = decide(
        measured(content=content(masking_misses=found)),
        run_id="run-1",
        dataset=dataset(masking_misses=left_out),
        limits=LIMITS,
    )
    (reason,) = (one for one in verdict.reasons if one.rule == "masking_is_complete")
    assert (reason.outcome, reason.measured) == (outcome, left_out + found)


def test_the_probe_says_at_how_many_places_it_asked() -> None:
    told = {
        places: next(
            one.words.en
            for one in judge(leak=leak(places=places, places_asked=108)).reasons
            if one.rule == "no_masked_value_leaks"
        )
        for places in (3000, None)
    }
    assert "at 108 of the 3,000 places" in told[3000]
    assert "places" not in told[None]


def test_the_words_of_a_problem_are_passed_on() -> None:
    broken = judge(champion=broken_champion(), upload=upload(problem=SAYS_NO))
    told = " ".join(reason.words.ko for reason in broken.reasons)
    assert "손상됨." in told
    assert "안 됩니다." in told


def test_chance_is_told_from_a_model_that_is_worse() -> None:
    (chance,) = (r for r in judge(**against(2.1, -0.1, 0.3)).reasons if "champion" in r.rule)
    (worse,) = (r for r in judge(**against(1.9, -0.3, -0.1)).reasons if "champion" in r.rule)
    assert (chance.measured, chance.limit) == (pytest.approx(0.1), -0.02)
    assert "95% interval -0.1000 to +0.3000" in chance.words.en
    assert "may be chance" in chance.words.en
    assert "may be chance" not in worse.words.en


def test_a_candidate_that_is_a_little_worse_is_not_called_equal() -> None:
    verdict = judge(**against(1.99, -0.04, -0.002))
    assert verdict.is_kept
    (little,) = (r for r in verdict.reasons if r.outcome == "kept")
    assert "A little worse" in little.words.en
    assert "조금 나쁘며" in little.words.ko
    assert "No difference" not in little.words.en


@pytest.mark.parametrize(
    ("ends", "changes", "kept"),
    [
        pytest.param((-0.05, 0.03), {}, True, id="no difference"),
        pytest.param((-0.2, -0.05), {}, False, id="surely worse"),
        pytest.param((-0.05, 0.03), {"leak": leak(1)}, False, id="no difference, but a leak"),
        pytest.param((-0.05, 0.03), {"upload": None}, False, id="no difference, but not tried"),
        pytest.param((0.0, 0.03), {}, False, id="surely not worse"),
    ],
)
def test_a_candidate_without_a_difference_is_kept_apart_from_a_bad_one(
    ends: tuple[float, float], changes: dict[str, Any], kept: bool
) -> None:
    verdict = judge(**against(1.99, *ends), **changes)
    assert verdict.is_kept == kept
    status = run_status(False, (), dataset(), verdict, None)
    assert (status == "kept") == kept
    if kept:
        assert verdict.decision == "reject"
        (reason,) = (one for one in verdict.reasons if one.outcome == "kept")
        assert "차이 없음" in reason.words.ko
        assert "No difference" in reason.words.en
        assert "not seeds" in reason.words.en
        overruled_by_hand = overruled(verdict, "reject", version_id="m2", note="no", by="kim")
        assert not overruled_by_hand.is_kept


def test_the_wanted_improvement_is_converted_for_another_tokenizer() -> None:
    # The candidate spells 1500 characters with 1000 tokens: a nat per token is 0.962 bits.
    changes = against(2.5, tokenizer="u" * 64, tokens=2000, characters=1500)
    verdict = judge(LIMITS.model_copy(update={"min_improvement": 0.5}), **changes)
    (reason,) = (reason for reason in verdict.reasons if reason.rule == "better_than_champion")
    assert reason.limit == pytest.approx(0.5 * 1000 / 1500 / math.log(2))
    assert reason.measured == pytest.approx((2.5 * 2000 - 2.0 * 1000) / 1500 / math.log(2))
    assert "bits/character" in reason.words.en


def test_an_interval_in_bits_is_judged_in_bits() -> None:
    bits = interval(0.1, 0.05, 0.2, unit="bits/character")
    verdict = judge(champion=champion(2.5, tokenizer="u" * 64), comparison=bits)
    (reason,) = (reason for reason in verdict.reasons if reason.rule == "better_than_champion")
    assert reason.outcome == "passed"
    assert "bits/character" in reason.words.en


@pytest.mark.parametrize(
    ("declared", "refused", "outcome"),
    [
        ("CC BY-NC-SA 4.0", ("cc-by-nc-sa-4.0",), "failed"),
        ("cc_by_nc_sa_4.0", ("CC-BY-NC-SA-4.0",), "failed"),
        ("MIT AND (CC-BY-NC-4.0)", ("cc-by-nc-4.0",), "failed"),
        ("cc-by-4.0", ("cc-by-nc-4.0",), "passed"),
        ("mit", ("mit-0",), "passed"),
        ("other", ("mit",), "hold"),
        ("  ", ("mit",), "hold"),
    ],
)
def test_licences_are_told_apart_however_they_are_written(
    declared: str, refused: tuple[str, ...], outcome: str
) -> None:
    verdict = judge(LIMITS.model_copy(update={"refused_licences": refused}), licence=declared)
    (reason,) = (reason for reason in verdict.reasons if reason.rule == "licence_is_allowed")
    assert reason.outcome == outcome


@pytest.mark.parametrize(
    ("theirs", "outcome", "says"),
    [
        (None, "not_applicable", "Nothing is known"),
        (profile(0.5, 0.5), "not_applicable", "Nothing is known"),
        (profile(), "passed", "words 0.00"),
        (profile(question_characters=28.0), "passed", "question length 0.29"),
        (profile(answer_characters=80.0), "warning", "answer length 0.50"),
        (profile(duplicate_share=0.4), "warning", "duplicates 0.30"),
        (profile(0, 0, 0, 1), "warning", "words 0.7"),
    ],
)
def test_drift_is_told_part_by_part(theirs: DataProfile | None, outcome: str, says: str) -> None:
    live = champion(2.1).model_copy(update={"profile": theirs})
    (reason,) = (r for r in judge(champion=live).reasons if r.rule == "data_is_alike")
    assert reason.outcome == outcome
    assert says in reason.words.en


def test_limits_come_from_the_settings_and_the_runs_options_win(settings: Settings) -> None:
    site = settings.model_copy(
        update={"min_val_rows": 7, "max_eval_loss": 9.0, "refused_licences": ("mit",)}
    )
    options = RunOptions.from_settings(site, {"max_eval_loss": 2.5, "auto_promote": False})
    limits = site.group(GateLimits, options)
    assert (limits.min_val_rows, limits.refused_licences) == (7, ("mit",))
    assert (limits.max_eval_loss, limits.auto_promote) == (2.5, False)
    defaults = settings.group(GateLimits, RunOptions.from_settings(settings))
    assert defaults == GateLimits(promote_first=True)
