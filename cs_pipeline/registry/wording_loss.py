"""What the rules on the answer loss say."""

from cs_pipeline.language import Words
from cs_pipeline.records import BestEver, PairedComparison

SAME_RUN = Words(
    ko="학습 결과가 이번 실행과 이번 데이터셋의 것입니다.",
    en="The training result belongs to this run and this dataset.",
)
OTHER_RUN = Words(
    ko="학습 결과가 다른 실행이나 데이터셋의 것입니다. train 작업을 다시 실행하세요.",
    en="The training result belongs to another run or dataset. Run the train task again.",
)
NOTHING_TO_JUDGE_ON = Words(
    ko="검증 데이터(val.csv)가 비어 평가할 수 없습니다. 대화를 더 넣으세요.",
    en="The validation data (val.csv) is empty, so nothing can be judged. Add conversations.",
)
NOT_A_NUMBER = Words(
    ko="평가 손실이 숫자가 아닙니다(NaN/무한대). 학습률을 낮춰 다시 학습하세요.",
    en="The eval loss is not a finite number. Train again with a lower learning rate.",
)
NO_FIGURE = Words(ko="평가 손실이 숫자가 아닙니다.", en="It has no finite eval loss.")
SPELT_UNLIKE = Words(
    ko="두 토크나이저가 적지 못하는 글자의 비율이 달라 글자당 비트를 비교할 수 없습니다.",
    en="The two tokenizers fail to spell different shares of the answers, so bits per character "
    "cannot be compared.",
)
MAY_BE_CHANCE = Words(
    ko="차이 없음: 우연일 수 있어 운영 모델을 유지합니다. 대화가 더 쌓이면 다시 비교합니다.",
    en="No difference: it may be chance, so the live model is kept until there is more data.",
)
A_LITTLE_WORSE = Words(
    ko="운영 모델보다 조금 나쁘며, 허용된 만큼인지는 알 수 없어 운영 모델을 유지합니다.",
    en="A little worse than the live model, perhaps by no more than is allowed: the live model is "
    "kept.",
)
CHANCE_BUT_OLD = Words(
    ko="우연한 차이일 수 있지만 운영 모델이 오래되어 사람이 정합니다.",
    en="That may be chance, but the live model is old: a person decides.",
)


def measured(rows: int, tokens: int) -> Words:
    """What the loss was measured on."""
    return Words(
        ko=f"검증 답변 {rows:,}건, 토큰 {tokens:,}개로 평가했습니다.",
        en=f"Judged on {rows:,} validation answers, {tokens:,} tokens.",
    )


def validation_rows(rows: int, least: int) -> Words:
    """Whether there are enough rows to judge on."""
    enough = rows >= least
    return Words(
        ko=f"검증 답변 {rows:,}건, 필요 {least:,}건."
        + ("" if enough else " 너무 적어 자동으로 판정하지 않습니다. 보고서의 답변을 확인하세요."),
        en=f"{rows:,} validation answers, {least:,} needed."
        + ("" if enough else " Too few to judge without a person: read the report's answers."),
    )


def loss(loss: float, limit: float) -> Words:
    """The loss beside the absolute limit."""
    return Words(
        ko=f"평가 손실 {loss:.4f}, 한도 {limit:.4f} (nats/token).",
        en=f"Eval loss {loss:.4f}, limit {limit:.4f} (nats/token).",
    )


def first_of_all(*, waits: bool) -> Words:
    """There is no live model; whether a person promotes the first one."""
    return Words(
        ko="운영 모델이 아직 없어 비교하지 않았습니다."
        + (" 첫 모델은 사람이 답변을 확인한 뒤 승격합니다." if waits else ""),
        en="There is no live model yet, so nothing to compare with."
        + (" A person reads the first model's answers and promotes it." if waits else ""),
    )


def has_to_go(version_id: str) -> Words:
    """The live model was trained on withdrawn data."""
    return Words(
        ko=f"운영 모델 {version_id}은(는) 나중에 뺀 데이터로 학습되어 바꾸어야 합니다. "
        "더 나은지는 따지지 않았습니다.",
        en=f"The live model {version_id} was trained on data that was withdrawn and must be "
        "replaced, so the candidate need not be better.",
    )


def incomparable(version_id: str, why: Words) -> Words:
    """The live model cannot be scored, or its loss is not a number."""
    return Words(
        ko=f"운영 모델 {version_id}과(와) 비교할 수 없습니다: {why.ko} "
        "사람이 확인한 뒤 승격하세요.",
        en=f"The live model {version_id} cannot be compared: {why.en} "
        "A person must look before the candidate is promoted.",
    )


def no_better_model(best: BestEver | None) -> Words:
    """Nothing to compare with but the live model; why, where it is known."""
    problem = best.problem if best else None
    return Words(
        ko="운영 모델보다 좋았던 이전 모델이 없거나 비교할 수 없습니다."
        + (f" ({problem.ko})" if problem else ""),
        en="No earlier model that can be compared was better than the live one."
        + (f" ({problem.en})" if problem else ""),
    )


def beside_the_best(version_id: str, found: PairedComparison, least: float) -> Words:
    """The candidate beside the best model ever."""
    return Words(
        ko=f"지금까지 가장 좋았던 모델 {version_id} 대비 {found.improvement:+.4f} "
        f"({found.unit}), 필요 {least:+.4f} 이상.",
        en=f"Against the best model ever, {version_id}: {found.improvement:+.4f} "
        f"({found.unit}), needed {least:+.4f} or more.",
    )


def interval(low: float, high: float, confidence: float | None) -> Words:
    """The interval of an improvement, in brackets; nothing where there is none."""
    if not confidence:
        return Words(ko="", en="")
    return Words(
        ko=f" (행에 대한 {confidence:.0%} 구간 {low:+.4f} ~ {high:+.4f}, 시드 제외)",
        en=f" ({confidence:.0%} interval {low:+.4f} to {high:+.4f}, of rows, not seeds)",
    )


def beside_the_live_model(
    version_id: str,
    *,
    theirs: float,
    ours: float,
    unit: str,
    improvement: float,
    interval: Words,
    wanted: float,
    remark: Words | None,
) -> Words:
    """Losses of live model and candidate, and what is known of their difference."""
    return Words(
        ko=f"운영 모델 {version_id} {theirs:.4f} → 후보 {ours:.4f} ({unit}), "
        f"개선 {improvement:+.4f}{interval.ko}, 필요 {wanted:+.4f}."
        + (f" {remark.ko}" if remark else ""),
        en=f"Live model {version_id} {theirs:.4f} -> candidate {ours:.4f} ({unit}), "
        f"improvement {improvement:+.4f}{interval.en}, needed {wanted:+.4f}."
        + (f" {remark.en}" if remark else ""),
    )
