"""Numbers that belong to a person: phones, registrations, cards and what proves them, accounts.

In figures or words, in groups, partly hidden, or a few digits that the words before them name. All
rules read the same copy of the text, in which the words between the groups of a number are one
separator (see `joints`).
"""

from collections.abc import Iterator
from itertools import chain

from cs_pipeline.pii.finders.numbers import (
    accounts,
    cards,
    corrections,
    parts,
    phones,
    registrations,
)
from cs_pipeline.pii.joints import join_groups
from cs_pipeline.pii.rules import Found, RuleSet, compiled, led

_TRIGGER = r"\d\D{0,2}[\d*]"


def _digits(least: int, *, gap: int) -> str:
    """So many digits, hidden ones included, with at most so many other signs between two."""
    return rf"[\d*] (?: [^\d*]{{0,{gap}}} [\d*] ){{{least - 1}}}"


_NEAR = r"[^\d\n]{0,9} \d{3}"
_PART = led(
    {
        "끝뒤뒷앞말데간": _NEAR,
        "마": f"지막 {_NEAR}",
        "아": f"니 {_NEAR}",
        "까": r"(?: (?<= \d까 ) | (?<= \d[ ]까 ) ) 지",
        ".~": r"(?<= \d[.~] ) [.~]",
        "로": r"\s? [걸전연문통콜시]",
        "쓰": r"[던는] \s? [번폰핸휴]",
        "사": "용하[던는]",
    }
)
_RULE_SETS = (
    RuleSet(_digits(6, gap=5), phones.RULES),
    RuleSet(
        r"\d{4,6}[- ]{0,2}[1-8]\d{6}(?!\d)|\d[ ]?--?[ ]?[1-8](?![\d*])", registrations.RULES_FRONT
    ),
    RuleSet(r"[일1] [^\d\#\n]{0,17} [1-8] (?: [ -]? \d ){6}", registrations.RULES_TOLD),
    RuleSet(_digits(10, gap=4), (*registrations.RULES_BUSINESS, *accounts.RULES)),
    RuleSet(_digits(12, gap=6), (*registrations.RULES, *cards.RULES)),
    RuleSet(
        r"\d{4} \s (?: 번 \s? )? 카드 | 카드 (?:\s?번호)? [가는]? \s \d{4}", cards.RULES_BY_WORD
    ),
    RuleSet(
        r"[*]{3}[-\s]{0,3}\d|\d[-\s]{0,4}[*]|[.]{4}",
        (*registrations.RULES_HIDDEN, *cards.RULES_HIDDEN),
    ),
    RuleSet(_PART, (*parts.RULES, *phones.RULES_IN_PARTS, *registrations.RULES_IN_PARTS)),
    RuleSet(
        led({"증키한미주위": "권 | 움 | 투 | 래에셋 | 식 | 탁", "c": "ma", "i": "sa | rp"}),
        accounts.RULES_SECURITIES,
    ),
    RuleSet(
        led(
            {
                "폰뒤뒷끝씨면": "",
                "자": "리",
                "번": "호",
                "핸": "펀",
                "내": "선",
                "전": "[번화]",
                "연": "락",
                "유": "효",
                "만": "료",
                "시": "[브비] | 작하는",
                "보": "안",
                "비": "번",
                "패팩": "스",
                "0": "10",
                "c": "v[cv]",
                "e": "xp",
                "f": "ax",
                "h": "[.]?p",
                "p": "hone",
                "t": "el | hru",
            }
        ),
        (
            *phones.RULES_BY_CUE,
            *registrations.RULES_BY_CUE,
            *cards.RULES_BY_CUE,
            *accounts.RULES_BY_CUE,
        ),
    ),
)


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    if "첫" in text:
        yield from registrations.FIRST_OF_BACK.find(text)
    if compiled(_TRIGGER).search(text):
        joined = join_groups(text)
        found = [*chain.from_iterable(rules.find(joined.text) for rules in _RULE_SETS)]
        yield from joined.original([*found, *corrections.find(joined.text, found, text)])
