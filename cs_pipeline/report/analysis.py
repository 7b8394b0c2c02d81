"""A training run in words: how it went, what is good, what is not, and what to do next."""

from dataclasses import dataclass

from cs_pipeline.language import Words
from cs_pipeline.report import answers, curves, remarks
from cs_pipeline.report.remarks import Facts, Rule

RULES: tuple[Rule, ...] = (
    curves.loss_fall,
    curves.plateau,
    curves.eval_course,
    remarks.gap,
    curves.gradient_course,
    curves.rate_course,
    remarks.leak,
    remarks.against_limit,
    remarks.against_champion,
    answers.likeness,
    answers.endings,
    answers.repetition,
    answers.empty_answers,
    answers.answer_length,
    answers.variety,
    remarks.few_val_rows,
    remarks.refused_rows,
    answers.duplicates,
    answers.padding,
    answers.utilisation,
)
"""In the order in which a reader wants to know."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """Sentences about a run, in the order in which they are read."""

    course: tuple[Words, ...]
    strengths: tuple[Words, ...]
    weaknesses: tuple[Words, ...]
    next_steps: tuple[Words, ...]


def analyse(facts: Facts) -> Analysis:
    """Ask every rule; advice that two of them share is given once."""
    remarks = [remark for rule in RULES if (remark := rule(facts)) is not None]
    advice = dict.fromkeys(
        (remark.advice.ko, remark.advice.en) for remark in remarks if remark.advice is not None
    )

    def of(kind: str) -> tuple[Words, ...]:
        return tuple(remark.words for remark in remarks if remark.kind == kind)

    return Analysis(
        course=of("course"),
        strengths=of("strength"),
        weaknesses=of("weakness"),
        next_steps=tuple(Words(ko=ko, en=en) for ko, en in advice),
    )
