"""What the commands of `cli/housekeep.py` say."""

from cs_pipeline.language import Words

DRY_RUN = Words(ko="지울 것만 보여 줌", en="Only show what would go")


HELP = {
    "housekeep": "설정보다 오래된 것을 지우고 무엇을 얼마나 비웠는지 보여 줍니다.",
}
"""Korean help of each command; the English is its docstring."""
