"""What the generated answers, the data and the device's use mean: rules as in `remarks`."""

from cs_pipeline.numbers import figure, finite
from cs_pipeline.report import answer_wording
from cs_pipeline.report.remarks import Facts, Remark

GOOD_STOP_RATE, LOW_STOP_RATE = 0.95, 0.9
HIGH_REPETITION_RATE, HIGH_EMPTY_RATE = 0.1, 0.02
SHORT_LENGTH_RATIO, LONG_LENGTH_RATIO = 0.5, 2.0
CHRF_STEP = 1.0
"""Points of chrF that make a difference worth a word."""
LESS_VARIED_SHARE = 0.8
"""Below this share of the live model's different word pairs, answers are called monotonous."""
HIGH_DUPLICATE_SHARE = 0.3
"""From this share of duplicates on, the page says that the exports repeat themselves."""
HIGH_PADDING_SHARE = 0.05
LOW_UTILISATION = 0.2
"""Below this share of the device's peak, the page calls it idle."""


def endings(facts: Facts) -> Remark | None:
    """Whether answers end by themselves."""
    rate = finite(facts.generation.stop_rate) if facts.generation else None
    if rate is None or LOW_STOP_RATE <= rate < GOOD_STOP_RATE:
        return None
    if rate >= GOOD_STOP_RATE:
        return Remark("strength", answer_wording.answers_end(rate))
    return Remark("weakness", answer_wording.answers_are_cut(rate), answer_wording.LONGER_EXAMPLES)


def repetition(facts: Facts) -> Remark | None:
    """Repetitive answers."""
    rate = finite(facts.generation.repetition_rate) if facts.generation else None
    if rate is None or rate < HIGH_REPETITION_RATE:
        return None
    return Remark("weakness", answer_wording.answers_repeat(rate), answer_wording.TRAIN_LONGER)


def empty_answers(facts: Facts) -> Remark | None:
    """Answers without a word."""
    rate = finite(facts.generation.empty_rate) if facts.generation else None
    if rate is None or rate < HIGH_EMPTY_RATE:
        return None
    return Remark(
        "weakness", answer_wording.answers_are_empty(rate), answer_wording.CHECK_SHORT_ANSWERS
    )


def answer_length(facts: Facts) -> Remark | None:
    """Answers much shorter or longer than the real ones."""
    ratio = finite(facts.generation.length_ratio) if facts.generation else None
    if ratio is None or SHORT_LENGTH_RATIO <= ratio <= LONG_LENGTH_RATIO:
        return None
    shown = figure(ratio, 2)
    return Remark(
        "weakness",
        answer_wording.answers_differ_in_length(shown),
        answer_wording.READ_SAMPLES_FOR_STOCK,
    )


def likeness(facts: Facts) -> Remark | None:
    """Likeness to the real answers against the live model."""
    ours, theirs = facts.generation, facts.champion_generation
    if ours is None or theirs is None or None in (finite(ours.chrf), finite(theirs.chrf)):
        return None
    figures = f"chrF {figure(theirs.chrf, 2)} → {figure(ours.chrf, 2)}"
    if ours.chrf - theirs.chrf >= CHRF_STEP:
        return Remark("strength", answer_wording.answers_are_closer(figures))
    if theirs.chrf - ours.chrf < CHRF_STEP:
        return None
    return Remark(
        "weakness", answer_wording.answers_are_further(figures), answer_wording.READ_SAMPLES
    )


def variety(facts: Facts) -> Remark | None:
    """The same phrases again and again."""
    ours, theirs = facts.generation, facts.champion_generation
    if ours is None or theirs is None:
        return None
    if not ours.distinct_2 < theirs.distinct_2 * LESS_VARIED_SHARE:
        return None
    figures = f"{figure(theirs.distinct_2, 3)} → {figure(ours.distinct_2, 3)}"
    return Remark(
        "weakness", answer_wording.answers_are_monotonous(figures), answer_wording.CHECK_GREETINGS
    )


def duplicates(facts: Facts) -> Remark | None:
    """Exports that hold the same conversations again."""
    profile = facts.result.profile if facts.result else None
    if profile is None or not profile.duplicate_share >= HIGH_DUPLICATE_SHARE:
        return None
    return Remark(
        "weakness",
        answer_wording.many_duplicates(profile.duplicate_share),
        answer_wording.EXPORT_WITHOUT_OVERLAP,
    )


def padding(facts: Facts) -> Remark | None:
    """Work spent on padding."""
    share = finite(facts.result.throughput.padding_share) if facts.result else None
    if share is None or share < HIGH_PADDING_SHARE:
        return None
    return Remark("weakness", answer_wording.much_padding(share), answer_wording.PACK_THE_ROWS)


def utilisation(facts: Facts) -> Remark | None:
    """A device that waits more than it computes."""
    share = finite(facts.result.throughput.model_flops_utilisation) if facts.result else None
    if share is None or share >= LOW_UTILISATION:
        return None
    return Remark("weakness", answer_wording.device_is_idle(share), answer_wording.LARGER_BATCHES)
