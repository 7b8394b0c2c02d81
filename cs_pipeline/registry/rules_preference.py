"""A rule on what a person prefers, blind: the candidate's answers or the live model's."""

from collections.abc import Iterator

from cs_pipeline.config import GateLimits
from cs_pipeline.records import Outcome, Preference, Reason
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
            ko="사람이 운영 모델과 답변을 비교해야 합니다. "
            f"`cs-pipeline answers draw {run_id}`로 엑셀을 만들어 판정하세요.",
            en="A person must compare its answers with the live model's. Make the workbook with "
            f"`cs-pipeline answers draw {run_id}`.",
        )


def _judged(preference: Preference, least: float) -> Reason:
    outcome: Outcome = "passed" if preference.low >= least else "hold"
    if not least:
        outcome = "warning" if preference.high < _EVEN else "passed"
    interval = f"{preference.share:.0%} ({preference.low:.0%} ~ {preference.high:.0%})"
    return reason(
        RULE,
        outcome,
        measured=preference.low,
        limit=least or None,
        ko=f"사람이 고른 답변: 두 모델의 답이 다른 {preference.judged:,}개 질문에서 후보를 선호 "
        f"{interval}." + (f" 구간의 아래 끝이 {least:.0%} 이상이어야 합니다." if least else ""),
        en=f"A person's choice where the two models answer differently: the candidate in "
        f"{interval} of {preference.judged:,} questions."
        + (f" The lower end must reach {least:.0%}." if least else ""),
    )
