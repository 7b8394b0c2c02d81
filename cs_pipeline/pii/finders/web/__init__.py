"""E-mail addresses, also spoken (`골뱅이`, `닷컴`), spelt out or half hidden.

Links to a person's own page are in `urls`, IP addresses in `ip_addresses`. `credentials` asks both,
after the documents: where twelve digits with dots may be an IP address or a driving licence, of two
findings equally long and sure the earlier one counts.
"""

from collections.abc import Iterator

from cs_pipeline.pii.finders.web import emails
from cs_pipeline.pii.rules import Found, RuleSet, led

_TRIGGER = led(
    {
        "@%&앳엣": "",
        "#": r"(?<! \#\# ) (?! \# )",
        "골": "[뱅벵]",
        "닷쩜": r"\s? [컴콤넷]",
        "에": "트",
        "a": r"t? [\s)\]>]",
        "메": "일",
        "e": "-?mail",
        "n": r"(?: aver | ate ) \s? [.]",
        "g": r"mail \s? [.]",
        "h": r"(?: an | ot ) mail \s? [.]",
        "k": r"akao \s? [.]",
        "d": r"aum \s? [.]",
        "o": r"utlook \s? [.]",
    }
)
_EMAILS = RuleSet(_TRIGGER, emails.RULES)


def find(text: str) -> Iterator[Found]:
    """E-mail addresses in normalised text; they may overlap."""
    return _EMAILS.find(text)
