"""What is wrong with a site's quality rules, and what to do."""

from cs_pipeline.language import Words

KIND = Words(ko="품질 규칙", en="quality rules")

REASON_TWICE = Words(
    ko="같은 이름의 규칙이 위에 또 있습니다. 하나로 합치세요.",
    en="A rule for this reason is defined above. Merge the two.",
)


def fixed(reason: str) -> Words:
    """A rule that guards the program."""
    return Words(
        ko=(
            f"{reason}은(는) 프로그램이 스스로를 지키는 규칙이어서 바꿀 수 없습니다. 이 항목을 "
            "지우세요."
        ),
        en=f"{reason} guards the program itself and cannot be changed. Remove this entry.",
    )


def fixed_key(key: str, reason: str) -> Words:
    """What a built-in rule means."""
    return Words(
        ko=(
            f"{reason} 규칙의 {key}은(는) 바꿀 수 없습니다. 이 키를 지우거나 다른 이름으로 "
            "규칙을 새로 만드세요."
        ),
        en=(
            f"{key} of the rule {reason} cannot be changed. Remove this key, or write a rule of "
            "your own under another reason."
        ),
    )


BAD_REASON = Words(
    ko=(
        "규칙 이름은 2~40자의 영문 소문자, 숫자, 밑줄이고 글자로 시작하며, 이미 쓰이는 "
        "이름이면 안 됩니다. 기본 규칙을 바꾸려던 것이면 철자를 확인하세요."
    ),
    en=(
        "A reason has 2 to 40 lower-case letters, digits and underscores, begins with a letter "
        "and is not in use already. If you meant a built-in rule, check the spelling."
    ),
)

ONE_FIGURE = Words(
    ko="파일 전체를 보는 규칙에는 수치를 하나만 쓸 수 있습니다. 규칙을 나누세요.",
    en="A rule on the export as a whole takes one figure. Make several rules of it.",
)


def not_together(allowed: str, forbidden: str) -> Words:
    """Two keys for one limit."""
    return Words(
        ko=f"{allowed}과(와) {forbidden}은(는) 함께 쓸 수 없습니다. 하나만 남기세요.",
        en=f"{allowed} and {forbidden} cannot be used together. Keep one of them.",
    )


def too_long(most: int) -> Words:
    """Words beyond what a page shows."""
    return Words(
        ko=f"{most}자를 넘을 수 없습니다. 줄여 쓰세요.",
        en=f"It may have {most} characters at most. Shorten it.",
    )


NO_LIMIT = Words(
    ko="min, above, max, below 가운데 하나가 있어야 합니다.",
    en="Expected one of min, above, max and below.",
)

NO_LEAST_ROWS = Words(
    ko="least_rows는 파일 전체를 보는 규칙에만 씁니다. 이 키를 지우세요.",
    en="least_rows is for rules on the export as a whole. Remove it.",
)

NOTHING_BETWEEN = Words(
    ko="아래 한도가 위 한도보다 커서 지킬 수 없는 규칙입니다. 두 값을 확인하세요.",
    en="No value fits between the lower and the upper limit. Check both.",
)
