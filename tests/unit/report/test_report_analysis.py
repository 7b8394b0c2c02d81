import math

import pytest

from cs_pipeline.records import ChampionScore, Throughput
from cs_pipeline.report import answers, curves, remarks
from cs_pipeline.report.analysis import RULES, analyse
from cs_pipeline.report.curves import eval_trend
from cs_pipeline.report.remarks import Facts
from tests.unit.report.report_runs import (
    comparison,
    full_result,
    generation,
    leak,
    profile,
    result,
    score,
)

FALLING = [(step, 2.9 + 5 * math.exp(-step / 40)) for step in range(0, 241, 5)]
CALM = [(step, 1.1) for step in range(0, 241, 5)]
COSINE = [(step, 5e-5 * (0.5 + 0.5 * math.cos(step / 240 * math.pi))) for step in range(0, 241, 5)]


def spiked(*steps: int) -> list[tuple[float, float]]:
    return [(step, 9.0 if step in steps else norm) for step, norm in CALM]


def of(**changes: object) -> Facts:
    return Facts(result=full_result(**changes))


def answering(champion: dict[str, float] | None = None, **measures: float) -> Facts:
    live = ChampionScore(
        version_id="m-0007",
        tokenizer_sha256="t1",
        score=score(3.3),
        generation=generation(**(champion or {})),
    )
    return of(generation=generation(**measures), champion=live)


def used(**changes: object) -> Facts:
    values = {"tokens": 1, "train_seconds": 1.0, "tokens_per_second": 1.0, "padding_share": 0.01}
    return of(throughput=Throughput.model_validate(values | {"parameters": 1} | changes))


@pytest.mark.parametrize(
    ("rule", "facts", "kind", "words"),
    [
        (curves.loss_fall, Facts(train=FALLING), "course", "fell by 4.9876 (7.9000 → 2.9124"),
        (curves.loss_fall, Facts(train=FALLING), "course", "63% less); half of that by step 30"),
        (curves.loss_fall, Facts(train=[(1, 3.0), (9, 3.5)]), "weakness", "did not fall"),
        (curves.plateau, Facts(train=FALLING), "course", "From step 125 on"),
        (
            curves.plateau,
            Facts(train=[(step, 8 - step / 60) for step in range(0, 241, 5)]),
            "course",
            "no plateau",
        ),
        (curves.eval_course, Facts(evals=[(1, 4.0), (2, 3.0)]), "course", "still falling"),
        (curves.eval_course, Facts(evals=[(1, 3.0), (2, 3.0)]), "course", "levelled off"),
        (
            curves.eval_course,
            Facts(evals=[(1, 3.5), (2, 3.0), (3, 3.4)]),
            "weakness",
            "lowest at step 2 (3.0000)",
        ),
        (curves.gradient_course, Facts(gradient=CALM), "course", "stable (median 1.10"),
        (
            curves.gradient_course,
            Facts(gradient=CALM, max_gradient_norm=1.0),
            "course",
            "clipped to 1 at 100% of the logged steps",
        ),
        (curves.gradient_course, Facts(gradient=spiked(100, 150)), "weakness", "spiked 2x"),
        (curves.gradient_course, Facts(gradient=spiked(100)), "weakness", "first at step 100"),
        (curves.gradient_course, Facts(gradient=spiked(0, 5)), "course", "stable"),
        (curves.rate_course, Facts(rate=COSINE), "course", "at step 0 (5e-5) and ended close to 0"),
        (curves.rate_course, Facts(rate=COSINE[:25]), "course", "ended at 2.5e-5"),
        (remarks.gap, of(train_loss_nats_per_token=1.2), "weakness", "memorising its training"),
        (remarks.gap, of(train_loss_nats_per_token=3.3), "course", "is -0.1785: little sign"),
        (remarks.against_limit, Facts(result=result(3.0), limit=4.0), "strength", "1.0000 under"),
        (remarks.against_limit, Facts(result=result(4.5), limit=4.0), "weakness", "0.5000 over"),
        (remarks.against_champion, of(), "strength", "by +0.1800, more than chance"),
        (
            remarks.against_champion,
            of(comparison=comparison(-0.2, -0.1)),
            "weakness",
            "Worse than the live model: -0.1500",
        ),
        (
            remarks.against_champion,
            of(comparison=comparison(-0.1, 0.2)),
            "weakness",
            "may be chance",
        ),
        (remarks.few_val_rows, of(candidate=score(3.0, rows=40)), "weakness", "only 40"),
        (remarks.leak, of(), "strength", "In 960 sampled answers nothing"),
        (remarks.leak, of(leak=leak(exact_hits=1)), "weakness", "960 sampled answers 1 hold"),
        (remarks.leak, of(leak=leak(suspicious=2)), "weakness", "2 something"),
        (
            remarks.refused_rows,
            Facts(rows_read=100, rows_refused=11),
            "weakness",
            "Of 100 rows read, 11",
        ),
        (answers.likeness, answering({"chrf": 22.0}, chrf=24.0), "strength", "closer"),
        (answers.likeness, answering({"chrf": 24.0}, chrf=22.0), "weakness", "further"),
        (answers.endings, answering(stop_rate=0.95), "strength", "95.0% of the answers"),
        (answers.endings, answering(stop_rate=0.89), "weakness", "11.0% of the answers do not"),
        (answers.repetition, answering(repetition_rate=0.1), "weakness", "10.0%"),
        (answers.empty_answers, answering(empty_rate=0.02), "weakness", "2.0%"),
        (answers.answer_length, answering(length_ratio=0.49), "weakness", "0.49 times"),
        (answers.answer_length, answering(length_ratio=2.1), "weakness", "2.10 times"),
        (answers.variety, answering({"distinct_2": 0.7}, distinct_2=0.5), "weakness", "0.700 →"),
        (answers.duplicates, of(profile=profile(duplicate_share=0.3)), "weakness", "30.0%"),
        (answers.padding, used(padding_share=0.05), "weakness", "5.0%"),
        (answers.utilisation, used(model_flops_utilisation=0.19), "weakness", "19.0%"),
    ],
)
def test_a_rule_fires(rule, facts, kind, words):
    remark = rule(facts)
    assert remark.kind == kind
    assert words in remark.words.en
    assert remark.words.ko
    assert (remark.advice is None) or remark.kind != "strength"
    assert kind != "weakness" or remark.advice is not None


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        (curves.loss_fall, Facts(train=[(1, 3.0)])),
        (curves.plateau, Facts(train=FALLING[:7])),
        (curves.plateau, Facts(train=[(step, 3.0) for step in range(20)])),
        (curves.plateau, Facts(train=[(step, 3.0 + step) for step in range(20)])),
        (curves.eval_course, Facts(evals=[(1, 3.0)])),
        (curves.gradient_course, Facts(gradient=[(0, 1.0)])),
        (curves.rate_course, Facts(rate=[(1, 5e-5)])),
        (remarks.gap, of(train_loss_nats_per_token=None)),
        (remarks.gap, Facts(result=result(math.nan))),
        (remarks.against_limit, Facts(result=result(3.0))),
        (remarks.against_limit, Facts(result=result(math.inf), limit=4.0)),
        (remarks.against_champion, of(comparison=None)),
        (remarks.against_champion, of(comparison=comparison(math.nan, 0.1))),
        (remarks.few_val_rows, of(candidate=score(3.0, rows=100))),
        (remarks.leak, of(leak=None)),
        (remarks.leak, of(leak=leak(samples=0))),
        (remarks.refused_rows, Facts(rows_read=100, rows_refused=10)),
        (remarks.refused_rows, Facts()),
        (answers.likeness, answering({"chrf": 24.0}, chrf=24.5)),
        (answers.likeness, of(champion=None)),
        (answers.likeness, answering(chrf=math.nan)),
        (answers.endings, answering(stop_rate=0.92)),
        (answers.endings, answering(stop_rate=math.nan)),
        (answers.repetition, answering(repetition_rate=0.09)),
        (answers.empty_answers, answering(empty_rate=0.01)),
        (answers.answer_length, answering(length_ratio=0.5)),
        (answers.answer_length, answering(length_ratio=2.0)),
        (answers.variety, answering({"distinct_2": 0.7}, distinct_2=0.6)),
        (answers.variety, answering({"distinct_2": math.nan}, distinct_2=0.6)),
        (answers.variety, of(champion=None)),
        (answers.duplicates, of(profile=profile(duplicate_share=0.29))),
        (answers.duplicates, of(profile=None)),
        (answers.padding, used(padding_share=0.04)),
        (answers.padding, used(padding_share=math.nan)),
        (answers.utilisation, used(model_flops_utilisation=0.2)),
        (answers.utilisation, used(model_flops_utilisation=None)),
    ],
)
def test_a_rule_stays_silent(rule, facts):
    assert rule(facts) is None


@pytest.mark.parametrize("rule", RULES)
def test_without_figures_no_rule_speaks(rule):
    assert rule(Facts()) is None


def test_advice_is_given_once_and_in_order():
    found = analyse(
        Facts(
            train=FALLING,
            evals=[(1, 4.0), (2, 3.0)],
            result=full_result(candidate=score(3.1, rows=40), train_loss_nats_per_token=1.0),
        )
    )
    advice = [words.en for words in found.next_steps]
    assert advice == ["More epochs may improve it further.", "Collect more conversations."]
    assert len(found.weaknesses) == 2
    assert found.course[0].en.startswith("Over 240 steps")
    assert "longer" not in " ".join(words.en for words in found.strengths)


def test_nothing_is_said_about_nothing():
    found = analyse(Facts())
    assert found.course == found.strengths == found.weaknesses == found.next_steps == ()


def test_the_noise_of_a_logged_point_makes_no_plateau_end():
    noisy = [(step, loss + (0.02 if step % 10 else -0.02)) for step, loss in FALLING]
    remark = curves.plateau(Facts(train=noisy))
    assert "hardly moved" in remark.words.en


def test_steps_that_were_logged_twice_are_no_trouble():
    twice = [(step, loss) for step, loss in FALLING for _ in range(2)]
    assert "hardly moved" in curves.plateau(Facts(train=twice)).words.en
    cliff = [(7, loss) for loss in (9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 1.0, 1.0, 1.0)]
    assert "no plateau" in curves.plateau(Facts(train=cliff)).words.en


@pytest.mark.parametrize(
    ("values", "trend"),
    [
        ([], None),
        ([3.0], None),
        ([4.0, 3.5, 3.0], "falling"),
        ([4.0, 3.0, 2.99], "flat"),
        ([3.0, 3.0], "flat"),
        ([4.0, 3.0, 3.2], "rising"),
        ([3.0, 4.0, 3.5], "rising"),
    ],
)
def test_trend_of_the_eval_loss(values, trend):
    assert eval_trend(list(enumerate(values))) == trend
