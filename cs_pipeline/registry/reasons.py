"""How the gate's rules write what they found."""

from cs_pipeline.language import Words
from cs_pipeline.records import Outcome, Reason


def reason(
    rule: str,
    outcome: Outcome,
    *,
    words: Words,
    measured: float | None = None,
    limit: float | None = None,
) -> Reason:
    """One rule's outcome with its words."""
    return Reason(rule=rule, outcome=outcome, measured=measured, limit=limit, words=words)


def passed(condition: bool) -> Outcome:
    """`passed` or `failed`. Write conditions so that NaN, of which none is true, fails."""
    return "passed" if condition else "failed"
