"""What the report says of generated answers, of the data and of the device's use."""

from cs_pipeline.language import Words
from cs_pipeline.numbers import percent

LONGER_EXAMPLES = Words(
    ko="학습 문장이 잘리지 않도록 예시 최대 길이(max_example_tokens)를 늘리거나 에폭을 늘리세요.",
    en="Raise the longest example (max_example_tokens) so that no training answer is cut, "
    "or train for more epochs.",
)
TRAIN_LONGER = Words(
    ko="학습이 모자랄 때 흔한 일입니다. 대화나 에폭을 늘리세요.",
    en="Usual when training was too short: add conversations or epochs.",
)
CHECK_SHORT_ANSWERS = Words(
    ko="아주 짧은 답변이 데이터에 많은지 확인하세요.",
    en="Check whether the data holds many very short answers.",
)
READ_SAMPLES_FOR_STOCK = Words(
    ko="아래의 예시를 읽고, 상투적인 답변이 데이터에 많은지 확인하세요.",
    en="Read the samples below, and check whether the data is full of stock answers.",
)
READ_SAMPLES = Words(
    ko="손실이 줄었더라도 아래의 예시를 읽고 판단하세요.",
    en="Read the samples below, even if the loss fell.",
)
CHECK_GREETINGS = Words(
    ko="똑같은 인사말이 데이터에 많은지 확인하세요.",
    en="Check whether the data is full of the same greetings.",
)
EXPORT_WITHOUT_OVERLAP = Words(
    ko="기간이 겹치지 않게 내보내면 처리가 빨라집니다.",
    en="Exports whose periods do not overlap are handled faster.",
)
PACK_THE_ROWS = Words(
    ko="배치 방식(batching)을 packed로 두거나 배치 크기(batch_tokens)를 늘리세요.",
    en="Set batching to packed, or raise batch_tokens.",
)
LARGER_BATCHES = Words(
    ko="배치 크기(batch_tokens)를 늘리거나 더 작은 장치를 쓰세요.",
    en="Raise batch_tokens, or use a smaller device.",
)


def answers_end(rate: float) -> Words:
    """Most end by themselves."""
    return Words(
        ko=f"답변의 {percent(rate)}가 스스로 끝맺습니다.",
        en=f"{percent(rate)} of the answers come to an end by themselves.",
    )


def answers_are_cut(rate: float) -> Words:
    """Many do not; `rate` of them do."""
    return Words(
        ko=f"답변의 {percent(1 - rate)}가 끝맺지 못하고 잘립니다.",
        en=f"{percent(1 - rate)} of the answers do not end and are cut off.",
    )


def answers_repeat(rate: float) -> Words:
    """Many go in circles."""
    return Words(
        ko=f"답변의 {percent(rate)}가 같은 말을 되풀이합니다.",
        en=f"{percent(rate)} of the answers repeat themselves.",
    )


def answers_are_empty(rate: float) -> Words:
    """Some have no word."""
    return Words(
        ko=f"답변의 {percent(rate)}가 비어 있습니다.",
        en=f"{percent(rate)} of the answers are empty.",
    )


def answers_differ_in_length(shown: str) -> Words:
    """So many times as long as the real ones."""
    return Words(
        ko=f"답변 길이가 실제 답변의 {shown}배로 크게 다릅니다.",
        en=f"The answers are {shown} times as long as the real ones.",
    )


def answers_are_closer(figures: str) -> Words:
    """Than the live model's."""
    return Words(
        ko=f"답변이 운영 모델보다 실제 상담 답변에 가깝습니다({figures}).",
        en=f"Answers are closer to the real ones than the live model's ({figures}).",
    )


def answers_are_further(figures: str) -> Words:
    """Than the live model's."""
    return Words(
        ko=f"답변이 운영 모델보다 실제 상담 답변에서 멉니다({figures}).",
        en=f"Answers are further from the real ones than the live model's ({figures}).",
    )


def answers_are_monotonous(figures: str) -> Words:
    """Beside the live model's."""
    return Words(
        ko=f"답변의 표현이 운영 모델보다 단조롭습니다(distinct-2 {figures}).",
        en=f"Answers are more monotonous than the live model's (distinct-2 {figures}).",
    )


def many_duplicates(share: float) -> Words:
    """A share of all exchanges."""
    return Words(
        ko=f"대화의 {percent(share)}가 중복이어서 제거되었습니다.",
        en=f"{percent(share)} of the exchanges were duplicates and removed.",
    )


def much_padding(share: float) -> Words:
    """A share of the work."""
    return Words(
        ko=f"계산의 {percent(share)}가 채움 토큰에 쓰였습니다.",
        en=f"{percent(share)} of the work went into padding.",
    )


def device_is_idle(share: float) -> Words:
    """So much of its peak was used."""
    return Words(
        ko=f"장치 최고 성능의 {percent(share)}만 썼습니다.",
        en=f"Only {percent(share)} of the device's peak was used.",
    )
