"""What the rules on the data say: may it judge a model, and what does it teach?"""

from collections.abc import Sequence

from cs_pipeline.language import Words
from cs_pipeline.records import PairedComparison

NOT_MEASURED = Words(
    ko="답변이 질문에 맞는지 재지 않은 후보입니다. train 작업을 다시 실행하세요.",
    en="Whether the answers belong to their questions was not measured. Run the train task again.",
)
TOO_FEW_TO_FIT = Words(
    ko="검증 행이 적어 답변이 질문에 맞는지 따지지 않았습니다.",
    en="Too few validation rows to tell whether the answers belong to their questions.",
)
NO_KNOWN_ROWS = Words(
    ko="운영 모델을 평가한 검증 행이 없거나 적어 따로 비교하지 않았습니다.",
    en="There are no validation rows, or too few, that the live model was judged on.",
)
NO_ANSWERS_TO_COMPARE = Words(
    ko="운영 모델의 답변과 비교할 질문이 없거나 적습니다.",
    en="There are no answers of a live model to compare with, or too few.",
)


def masking_misses(rows: int) -> Words:
    """Rows that show a value which was masked elsewhere."""
    return Words(
        ko=f"다른 곳에서 가린 값이 그대로 남은 행: {rows:,}개."
        + (" 학습과 검증에서 뺐습니다. 개인정보 규칙을 확인하세요." if rows else ""),
        en=f"Rows that show a value which was masked elsewhere: {rows:,}."
        + (" They were left out. Check the masking rules." if rows else ""),
    )


def seen_in_training(seen: int, rows: int, *, many: bool) -> Words:
    """Validation rows that were trained on."""
    return Words(
        ko=f"학습 데이터에도 그대로 있는 검증 행: {rows:,}개 중 {seen:,}개."
        + (" 데이터셋을 다시 만드세요." if many else ""),
        en=f"{seen:,} of {rows:,} validation rows are in the training data word for word."
        + (" Build the dataset again." if many else ""),
    )


def top_answer(share: float, most: float) -> Words:
    """How many rows the most frequent answer makes up."""
    many = share > most
    return Words(
        ko=f"가장 흔한 답변의 비율 {share:.0%}, 한도 {most:.0%}."
        + (" 검증 답변이 한 가지에 몰려 사람의 확인이 필요합니다." if many else ""),
        en=f"The most frequent answer makes up {share:.0%} of the validation rows, limit "
        f"{most:.0%}." + (" A person must look at the answers." if many else ""),
    )


def information(known: PairedComparison, unfit: Sequence[str], *, fits: bool) -> Words:
    """How much a question tells about its answer; `unfit` are exports where it tells nothing."""
    named = ", ".join(unfit)
    return Words(
        ko=f"자기 질문 뒤에서 답변의 손실이 다른 질문 뒤보다 {_interval(known)} 낮습니다 "
        "(nats/token)."
        + ("" if fits else " 답변이 질문과 무관하게 섞였거나 한 가지뿐인 것 같습니다.")
        + (f" 해당 엑셀 파일(sha256): {named}." if named else ""),
        en=f"After its own question an answer costs {_interval(known)} nats per token less than "
        "after another one."
        + ("" if fits else " The answers seem shuffled, or all the same.")
        + (f" Exports concerned (sha256): {named}." if named else ""),
    )


def known_rows(known: PairedComparison) -> Words:
    """The candidate on the rows that the live model was judged by."""
    return Words(
        ko=f"운영 모델을 평가한 {known.rows:,}행에서 개선 {_interval(known)} ({known.unit}).",
        en=f"On the {known.rows:,} rows that the live model was judged on: improvement "
        f"{_interval(known)} ({known.unit}).",
    )


def likeness(found: PairedComparison) -> Words:
    """ChrF of the candidate's answers beside that of the live model's."""
    return Words(
        ko=f"같은 질문 {found.rows:,}개에 대한 chrF의 변화 {_interval(found, digits=1)}.",
        en=f"Change of chrF on the same {found.rows:,} questions: {_interval(found, digits=1)}.",
    )


def _interval(comparison: PairedComparison, *, digits: int = 4) -> str:
    improvement, low, high = (
        f"{figure:+.{digits}f}"
        for figure in (comparison.improvement, comparison.low, comparison.high)
    )
    return f"{improvement} ({comparison.confidence:.0%}: {low} ~ {high})"
