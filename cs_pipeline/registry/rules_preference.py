"""A rule on what a person prefers, blind: the candidate's answers or the live model's."""

from collections.abc import Iterator

from cs_pipeline.config import GateLimits
from cs_pipeline.records import Outcome, Preference, Reason
from cs_pipeline.registry import wording_answers as wording
from cs_pipeline.registry.reasons import reason

RULE = "people_prefer_it"
_EVEN = 0.5


def people_prefer_it(
    preference: Preference | None, live: str | None, run_id: str, limits: GateLimits
) -> Iterator[Reason]:
    """A site may demand a person's judgement; where it is there but not demanded, it is told.

    Args:
        preference: what was read last about this candidate; None: nothing yet.
        live: version of the live model; None: there is none, and nothing to compare with.
        run_id: the candidate's run.
        limits: `min_preference` is what the lower end of the interval must reach; 0: not demanded.
    """
    least = limits.min_preference
    if live is None:
        return
    if preference is not None and preference.live_version != live:
        preference = None
    if preference is not None:
        yield _judged(preference, least)
    elif least:
        yield reason(
            RULE,
            "hold",
            limit=least,
            words=wording.nobody_compared(run_id),
        )


def _judged(preference: Preference, least: float) -> Reason:
    outcome: Outcome = "passed" if preference.low >= least else "hold"
    if not least:
        outcome = "warning" if preference.high < _EVEN else "passed"
    return reason(
        RULE,
        outcome,
        measured=preference.low,
        limit=least or None,
        words=wording.preferred(preference, least),
    )
