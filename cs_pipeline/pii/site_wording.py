"""What is wrong with a site's masking rules, and what to do."""

from cs_pipeline.language import Words

KIND = Words(ko="사이트 규칙", en="site rules")

NO_LETTER = Words(
    ko="값에 글자나 숫자가 없습니다. 값을 고치거나 이 줄을 지우세요.",
    en="The value holds no letter or digit. Correct it, or remove the line.",
)

TOO_SHORT = Words(
    ko=(
        "값이 너무 짧아 다른 말과 구별할 수 없습니다. 이름은 두 글자 이상, 다른 값은 세 "
        "글자 이상으로 쓰거나 patterns에 앞뒤 말과 함께 적으세요."
    ),
    en=(
        "The value is too short to be told from other words. Names take two syllables, "
        "other values three characters; or write a pattern with the words around it."
    ),
)


def key_missing(key: str) -> Words:
    """A required key of a pattern."""
    return Words(
        ko=f"패턴에 {key} 키가 없습니다. name, type, pattern을 모두 쓰세요.",
        en=f"The pattern has no key {key}. It needs name, type and pattern.",
    )


BAD_NAME = Words(
    ko=(
        "패턴 이름을 쓸 수 없습니다. 글자, 숫자, _ . -로 40자 이내의 겹치지 않는 이름을 "
        "쓰세요 (deny는 쓸 수 없습니다)."
    ),
    en=(
        "This pattern name cannot be used. Take up to 40 letters, digits, _ . or -, a name "
        "of its own, and not deny."
    ),
)


def unknown_type(types: str) -> Words:
    """A type that there is not."""
    return Words(
        ko=f"모르는 개인정보 유형입니다. 쓸 수 있는 유형: {types}.",
        en=f"This entity type is unknown. Types: {types}.",
    )


BAD_SCORE = Words(
    ko="score는 0보다 크고 1 이하인 수여야 합니다. 예: 0.9",
    en="score must be a number above 0 and up to 1, such as 0.9.",
)


def matches_nothing(en: str, ko: str) -> Words:
    """A pattern that finds empty text; `en` and `ko` name it."""
    return Words(
        ko=f"{ko}빈 문자열과도 일치합니다. 한 글자 이상이 꼭 있어야 일치하도록 고치세요.",
        en=f"{en}It matches nothing at all, too. Make it take at least one character.",
    )


def empty_group(en: str, ko: str) -> Words:
    """A pattern whose value may be missing; `en` and `ko` name it."""
    return Words(
        ko=(
            f"{ko}value 그룹이 비거나 빠질 수 있습니다. 일치할 때마다 한 글자 이상 담기도록 "
            "선택지(|), ?, *, (?<=…) 밖으로 옮기세요."
        ),
        en=(
            f"{en}The group value can be empty or missing. Move it out of alternatives, "
            "optional parts and look-behinds."
        ),
    )


def at_character(at: int, fault: str) -> Words:
    """Where a pattern cannot be compiled."""
    return Words(ko=f"{at}번째 글자, {fault}", en=f"character {at}, {fault}")


def not_a_regex(en: str, why_en: str, ko: str, why_ko: str) -> Words:
    """A pattern that cannot be compiled; `en` and `ko` name it."""
    return Words(
        ko=(
            f"{ko}정규식으로 읽을 수 없습니다 ({why_ko}). 괄호와 \\ 기호를 확인하고, (?i) 같은 "
            "전체 옵션은 빼세요 (대소문자는 구별하지 않습니다)."
        ),
        en=(
            f"{en}This is no regular expression ({why_en}). Check brackets and backslashes, and "
            "leave out options such as (?i): letter case never counts."
        ),
    )


def may_never_end(en: str, long: int, most_ways: int, ko: str) -> Words:
    """A pattern that could try for ever; `en` and `ko` name it."""
    return Words(
        ko=(
            f"{ko}글에 따라 검사가 끝나지 않을 수 있습니다. {long}번 넘게 반복되는 부분 안에 "
            f"{long}번 넘는 반복이 또 있거나, 같은 글자를 나누어 가질 수 있는 반복과 선택지 "
            f"때문에 한 자리에서 시도할 방법이 {most_ways:,}가지를 넘습니다. + 와 * 대신 "
            "{1,20}처럼 횟수를 정하고, 반복 사이에 서로 다른 글자를 두세요."
        ),
        en=(
            f"{en}It may never end on some texts. Either more than {long} rounds stand inside "
            f"more than {long} rounds, or repetitions and alternatives that can take the same "
            f"characters make more than {most_ways:,} ways to try it at one place. Write "
            "{1,20} rather than + and *, and put a character between repetitions that "
            "neither can take."
        ),
    )
