"""What the commands of `cli/housekeep.py` say."""

from cs_pipeline.language import Words
from cs_pipeline.numbers import shown_size

DRY_RUN = Words(ko="지울 것만 보여 줌", en="Only show what would go")

NOTHING = Words(ko="지울 것이 없습니다.", en="There is nothing to delete.")


def total(size_bytes: int, *, dry_run: bool) -> Words:
    """The last line."""
    size = shown_size(size_bytes)
    if dry_run:
        return Words(
            ko=f"지우면 {size}이(가) 비워집니다. 아직 아무것도 지우지 않았습니다.",
            en=f"It would free {size}. Nothing was deleted.",
        )
    return Words(ko=f"{size}을(를) 비웠습니다.", en=f"Freed {size}.")


HELP = {
    "housekeep": "설정보다 오래된 것을 지우고 무엇을 얼마나 비웠는지 보여 줍니다.",
}
"""Korean help of each command; the English is its docstring."""
