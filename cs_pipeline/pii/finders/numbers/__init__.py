"""Numbers that belong to a person: phones, registrations, cards and what proves them, accounts.

In figures or words, in groups, partly hidden, or a few digits that the words before them name. All
rules read the same copy of the text, in which the words between the groups of a number are one
separator (see `joints`).
"""

from collections.abc import Iterator

from cs_pipeline.pii.finders.numbers import accounts, cards, corrections, phones, registrations
from cs_pipeline.pii.joints import join_groups
from cs_pipeline.pii.rules import Found, RuleSet, compiled

_TRIGGER = r"\d\D{0,2}[\d*]"


def _digits(least: int) -> str:
    """Matches where a text holds so many digits, hidden ones included."""
    return rf"[\d*](?:[^\d*]*+[\d*]){{{least - 1}}}"


_RULE_SETS = (
    RuleSet(_digits(7), phones.RULES),
    RuleSet(
        r"\d{4,6}[- ]{0,2}[1-8]\d{6}(?!\d)|\d[ ]?--?[ ]?[1-8](?![\d*])", registrations.RULES_FRONT
    ),
    RuleSet(_digits(10), (*registrations.RULES_BUSINESS, *accounts.RULES)),
    RuleSet(_digits(12), (*registrations.RULES, *cards.RULES)),
    RuleSet(
        r"[*]{3}[-\s]{0,3}\d|\d[-\s]{0,4}[*]|[.]{4}",
        (*registrations.RULES_HIDDEN, *cards.RULES_HIDDEN),
    ),
    RuleSet(r"증권|키움|한투|미래에셋|주식|위탁|cma|isa|irp", accounts.RULES_SECURITIES),
    RuleSet(
        r"자리|번호|폰|핸펀|전번|전화|연락|뒤|뒷|끝|유효|만료|exp|thru|cv[cv]|씨|시[브비]|보안|비번|패스|면|팩스|fax|tel"
        r"|phone|h[.]?p|010",
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
    if compiled(_TRIGGER).search(text):
        joined = join_groups(text)
        for rules in _RULE_SETS:
            yield from joined.original(rules.find(joined.text))
        yield from joined.original(corrections.find(joined.text))
