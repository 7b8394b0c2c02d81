"""What the commands of `cli/compare.py` say."""

from cs_pipeline.language import Words

RUNS = Words(ko="비교할 실행 ID (둘 이상)", en="Run ids, two or more")


HELP = {
    "compare": "실행들을 나란히 비교합니다: 기반 모델, 레시피, 손실, 답변, 유출, 비용.",
}
"""Korean help of each command; the English is its docstring."""
