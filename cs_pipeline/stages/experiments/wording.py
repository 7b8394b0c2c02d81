"""What is said about answers that people judge pair by pair."""

from cs_pipeline.language import Words

NO_SUCH_PAIR = Words(
    ko="이 답변 비교를 찾을 수 없습니다. 페이지를 새로 고치거나 다시 뽑으세요.",
    en="This comparison of answers is not known. Reload the page, or draw again.",
)
COUNTED_ALREADY = Words(
    ko="이미 세어 결과를 기록한 비교입니다. 더 판정하려면 다시 뽑으세요.",
    en="This comparison was counted already. Draw again to judge more.",
)
DRAW_OUTDATED = Words(
    ko="답변을 뽑은 뒤에 운영 모델이나 후보가 바뀌었습니다. 다시 뽑으세요.",
    en="The live model or the candidate changed since these answers were drawn. Draw again.",
)
