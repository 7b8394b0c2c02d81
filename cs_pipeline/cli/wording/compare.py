"""What the commands of `cli/compare.py` say."""

from cs_pipeline.language import Words

LIVE = Words(ko="운영 모델", en="live model")

RUNS = Words(
    ko="비교할 실행 둘 이상: ID, ID의 앞부분, 또는 `last` (가장 최근 판정)",
    en="Two runs or more: ids, their first characters, or `last` (the newest verdict's)",
)


HELP = {
    "compare": "실행들을 나란히 비교합니다: 기반 모델, 레시피, 손실, 답변, 유출, 비용.",
}
"""Korean help of each command; the English is its docstring."""
