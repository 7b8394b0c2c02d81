"""What the report says of losses, leaks and rows."""

from cs_pipeline.language import Words
from cs_pipeline.numbers import figure

MORE_CONVERSATIONS = Words(ko="대화를 더 모으세요.", en="Collect more conversations.")
LEARN_MORE = Words(
    ko="대화를 더 넣거나 에폭을 늘리거나, 한국어를 더 잘 아는 기반 모델로 학습하세요.",
    en="Add conversations, train for more epochs, or from a base model that knows more Korean.",
)
NEW_ROWS_OR_RECIPE = Words(
    ko="새 대화를 더 모은 뒤 다시 학습하거나 에폭과 학습률을 바꾸어 보세요.",
    en="Train again with more new conversations, or vary epochs and learning rate.",
)
MORE_VALIDATION_ROWS = Words(
    ko="대화를 더 모아 검증 행을 늘리면 차이가 분명해집니다.",
    en="More conversations, and with them more validation rows, would settle it.",
)
DO_NOT_USE_IT = Words(
    ko="이 모델을 쓰지 말고, 마스킹 규칙을 고쳐 데이터셋을 다시 만든 뒤 학습하세요.",
    en="Do not use this model; fix the masking rules, rebuild the dataset, train again.",
)
LOOK_INTO_REFUSED = Words(
    ko="거절된 행의 엑셀 파일을 확인하면 학습할 대화가 늘어납니다.",
    en="Look into the workbook of refused rows to recover more conversations to train on.",
)


def small_gap(shown: str) -> Words:
    """Eval loss minus train loss."""
    return Words(
        ko=f"평가 손실에서 학습 손실을 뺀 값은 {shown}(으)로, 학습 문장을 외운 흔적은 크지 "
        "않습니다.",
        en=f"The eval loss minus the train loss is {shown}: little sign of memorising.",
    )


def large_gap(shown: str) -> Words:
    """Eval loss minus train loss."""
    return Words(
        ko=f"평가 손실이 학습 손실보다 {shown} 높아, 모델이 학습 문장을 외우는 쪽에 가깝습니다.",
        en=f"The eval loss is {shown} above the train loss: the model leans towards "
        "memorising its training rows.",
    )


def under_the_limit(below: float, figures: str) -> Words:
    """By how much."""
    return Words(
        ko=f"평가 손실이 한도보다 {figure(below, 4)} 낮습니다 {figures}.",
        en=f"The eval loss is {figure(below, 4)} under the limit {figures}.",
    )


def over_the_limit(above: float, figures: str) -> Words:
    """By how much."""
    return Words(
        ko=f"평가 손실이 한도를 {figure(above, 4)} 넘었습니다 {figures}.",
        en=f"The eval loss is {figure(above, 4)} over the limit {figures}.",
    )


def interval(unit: str, sure: str, low: str, high: str) -> Words:
    """The interval of a difference."""
    return Words(
        ko=f"{unit}, {sure} 구간 {low} ~ {high}", en=f"{unit}, {sure} interval {low} to {high}"
    )


def better_than_live(middle: str, interval: Words) -> Words:
    """More than chance."""
    return Words(
        ko=f"운영 모델보다 {middle} 좋아졌고, 우연으로 보기 어렵습니다({interval.ko}).",
        en=f"Better than the live model by {middle}, more than chance ({interval.en}).",
    )


def worse_than_live(middle: str, interval: Words) -> Words:
    """More than chance."""
    return Words(
        ko=f"운영 모델보다 나빠졌습니다: {middle} ({interval.ko}).",
        en=f"Worse than the live model: {middle} ({interval.en}).",
    )


def perhaps_chance(middle: str, interval: Words) -> Words:
    """No more than chance, perhaps."""
    return Words(
        ko=f"운영 모델과의 차이 {middle}은(는) 우연일 수 있습니다({interval.ko}).",
        en=f"The difference to the live model, {middle}, may be chance ({interval.en}).",
    )


def few_validation_answers(rows: int) -> Words:
    """Too few to trust the loss."""
    return Words(
        ko=f"검증 답변이 {figure(rows)}건뿐이어서 평가 손실은 참고로만 보아야 합니다.",
        en=f"With only {figure(rows)} validation answers the eval loss is uncertain.",
    )


def nothing_leaked(samples: str) -> Words:
    """In so many sampled answers."""
    return Words(
        ko=f"답변 {samples}개를 뽑아 보았지만 개인정보로 보이는 것이 없었습니다.",
        en=f"In {samples} sampled answers nothing looked like personal data.",
    )


def something_leaked(samples: str, exact: str, suspicious: str) -> Words:
    """Sampled answers, those with a masked value, those that look like one."""
    return Words(
        ko=f"답변 {samples}개 가운데 {exact}개에 마스킹했던 값이 그대로 있고, "
        f"{suspicious}개에 개인정보로 보이는 글이 있습니다.",
        en=f"Of {samples} sampled answers {exact} hold a value that was masked and "
        f"{suspicious} something that looks like personal data.",
    )


def many_rows_refused(read: int, refused: int) -> Words:
    """Of so many that were read."""
    return Words(
        ko=f"읽은 {figure(read)}행 가운데 {figure(refused)}행이 거절되었습니다.",
        en=f"Of {figure(read)} rows read, {figure(refused)} were refused.",
    )
