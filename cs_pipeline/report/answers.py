"""What the generated answers, the data and the device's use mean: rules as in `remarks`."""

from cs_pipeline.language import Words
from cs_pipeline.numbers import figure, finite, percent
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
        return Remark(
            "strength",
            Words(
                ko=f"답변의 {percent(rate)}가 스스로 끝맺습니다.",
                en=f"{percent(rate)} of the answers come to an end by themselves.",
            ),
        )
    return Remark(
        "weakness",
        Words(
            ko=f"답변의 {percent(1 - rate)}가 끝맺지 못하고 잘립니다.",
            en=f"{percent(1 - rate)} of the answers do not end and are cut off.",
        ),
        Words(
            ko="학습 문장이 잘리지 않도록 예시 최대 길이(max_example_tokens)를 늘리거나 에폭을 "
            "늘리세요.",
            en="Raise the longest example (max_example_tokens) so that no training answer is cut, "
            "or train for more epochs.",
        ),
    )


def repetition(facts: Facts) -> Remark | None:
    """Answers that go in circles."""
    rate = finite(facts.generation.repetition_rate) if facts.generation else None
    if rate is None or rate < HIGH_REPETITION_RATE:
        return None
    return Remark(
        "weakness",
        Words(
            ko=f"답변의 {percent(rate)}가 같은 말을 되풀이합니다.",
            en=f"{percent(rate)} of the answers repeat themselves.",
        ),
        Words(
            ko="학습이 모자랄 때 흔한 일입니다. 대화나 에폭을 늘리세요.",
            en="Usual when training was too short: add conversations or epochs.",
        ),
    )


def empty_answers(facts: Facts) -> Remark | None:
    """Answers without a word."""
    rate = finite(facts.generation.empty_rate) if facts.generation else None
    if rate is None or rate < HIGH_EMPTY_RATE:
        return None
    return Remark(
        "weakness",
        Words(
            ko=f"답변의 {percent(rate)}가 비어 있습니다.",
            en=f"{percent(rate)} of the answers are empty.",
        ),
        Words(
            ko="아주 짧은 답변이 데이터에 많은지 확인하세요.",
            en="Check whether the data holds many very short answers.",
        ),
    )


def answer_length(facts: Facts) -> Remark | None:
    """Answers much shorter or longer than the real ones."""
    ratio = finite(facts.generation.length_ratio) if facts.generation else None
    if ratio is None or SHORT_LENGTH_RATIO <= ratio <= LONG_LENGTH_RATIO:
        return None
    shown = figure(ratio, 2)
    return Remark(
        "weakness",
        Words(
            ko=f"답변 길이가 실제 답변의 {shown}배로 크게 다릅니다.",
            en=f"The answers are {shown} times as long as the real ones.",
        ),
        Words(
            ko="아래의 예시를 읽고, 상투적인 답변이 데이터에 많은지 확인하세요.",
            en="Read the samples below, and check whether the data is full of stock answers.",
        ),
    )


def likeness(facts: Facts) -> Remark | None:
    """Likeness to the real answers against the live model."""
    ours, theirs = facts.generation, facts.champion_generation
    if ours is None or theirs is None or None in (finite(ours.chrf), finite(theirs.chrf)):
        return None
    figures = f"chrF {figure(theirs.chrf, 2)} → {figure(ours.chrf, 2)}"
    if ours.chrf - theirs.chrf >= CHRF_STEP:
        return Remark(
            "strength",
            Words(
                ko=f"답변이 운영 모델보다 실제 상담 답변에 가깝습니다({figures}).",
                en=f"Answers are closer to the real ones than the live model's ({figures}).",
            ),
        )
    if theirs.chrf - ours.chrf < CHRF_STEP:
        return None
    return Remark(
        "weakness",
        Words(
            ko=f"답변이 운영 모델보다 실제 상담 답변에서 멉니다({figures}).",
            en=f"Answers are further from the real ones than the live model's ({figures}).",
        ),
        Words(
            ko="손실이 줄었더라도 아래의 예시를 읽고 판단하세요.",
            en="Read the samples below, even if the loss fell.",
        ),
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
        "weakness",
        Words(
            ko=f"답변의 표현이 운영 모델보다 단조롭습니다(distinct-2 {figures}).",
            en=f"Answers are more monotonous than the live model's (distinct-2 {figures}).",
        ),
        Words(
            ko="똑같은 인사말이 데이터에 많은지 확인하세요.",
            en="Check whether the data is full of the same greetings.",
        ),
    )


def duplicates(facts: Facts) -> Remark | None:
    """Exports that hold the same conversations again."""
    profile = facts.result.profile if facts.result else None
    if profile is None or not profile.duplicate_share >= HIGH_DUPLICATE_SHARE:
        return None
    return Remark(
        "weakness",
        Words(
            ko=f"대화의 {percent(profile.duplicate_share)}가 중복이어서 제거되었습니다.",
            en=f"{percent(profile.duplicate_share)} of the exchanges were duplicates and removed.",
        ),
        Words(
            ko="기간이 겹치지 않게 내보내면 처리가 빨라집니다.",
            en="Exports whose periods do not overlap are handled faster.",
        ),
    )


def padding(facts: Facts) -> Remark | None:
    """Work spent on padding."""
    share = finite(facts.result.throughput.padding_share) if facts.result else None
    if share is None or share < HIGH_PADDING_SHARE:
        return None
    return Remark(
        "weakness",
        Words(
            ko=f"계산의 {percent(share)}가 채움 토큰에 쓰였습니다.",
            en=f"{percent(share)} of the work went into padding.",
        ),
        Words(
            ko="배치 방식(batching)을 packed로 두거나 배치 크기(batch_tokens)를 늘리세요.",
            en="Set batching to packed, or raise batch_tokens.",
        ),
    )


def utilisation(facts: Facts) -> Remark | None:
    """A device that waits more than it computes."""
    share = finite(facts.result.throughput.model_flops_utilisation) if facts.result else None
    if share is None or share >= LOW_UTILISATION:
        return None
    return Remark(
        "weakness",
        Words(
            ko=f"장치 최고 성능의 {percent(share)}만 썼습니다.",
            en=f"Only {percent(share)} of the device's peak was used.",
        ),
        Words(
            ko="배치 크기(batch_tokens)를 늘리거나 더 작은 장치를 쓰세요.",
            en="Raise batch_tokens, or use a smaller device.",
        ),
    )
