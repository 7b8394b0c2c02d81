"""What is wrong with a site's layouts, and what to do."""

from cs_pipeline.language import Words

KIND = Words(ko="내보내기 형식", en="export layouts")

NAMED_TWICE = Words(
    ko="같은 이름의 형식이 위에 또 있습니다. 이름을 바꾸거나 하나로 합치세요.",
    en="A layout of this name is defined above. Rename it, or merge the two.",
)

ONE_PAIR = Words(
    ko="question과 answer, 또는 speaker와 text 가운데 한 쌍이 있어야 합니다.",
    en="Expected one pair: question and answer, or speaker and text.",
)

PERSON_OR_CONVERSATION = Words(
    ko="person이나 conversation이어야 합니다.", en="This must be person or conversation."
)


def key_missing(key: str) -> Words:
    """A required key."""
    return Words(
        ko=f"{key} 키가 없습니다. 이 항목에 {key}을(를) 더하세요.",
        en=f"The key {key} is missing. Add it to this entry.",
    )


def not_a_word(most: int) -> Words:
    """A heading without letters, or a long one."""
    return Words(
        ko=f"글자나 숫자가 1자 이상 {most}자 이하여야 합니다.",
        en=f"It must have 1 to {most} letters or digits.",
    )


SAID_TWICE = Words(
    ko=(
        "같은 말이 다른 곳에도 있습니다 (띄어쓰기, 기호, 대소문자는 구별하지 않습니다). "
        "한곳에만 두세요."
    ),
    en=(
        "The same word is also in another place (spaces, symbols and letter case do not "
        "count). Keep it in one of them."
    ),
)
