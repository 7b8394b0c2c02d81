"""Rules on the model as it was uploaded, its licence, its data, and who promotes."""

import re

from cs_pipeline.config import GateLimits
from cs_pipeline.profiles.drift import drift_parts
from cs_pipeline.records import Reason, TrainResult
from cs_pipeline.registry import wording_model as wording
from cs_pipeline.registry.manifests import candidate_version
from cs_pipeline.registry.reasons import passed, reason

_UNKNOWN_LICENCES = {"", "other", "unknown"}
_LICENCE_ID = re.compile(r"[a-z0-9][a-z0-9.+-]*")


def uploaded_model_answers(result: TrainResult) -> Reason:
    """The very bytes that would go live must load and answer in a fresh process."""
    rule, check = "uploaded_model_answers", result.upload
    if check is None:
        return reason(
            rule,
            "hold",
            words=wording.NOT_UPLOADED,
        )
    same = check.version_id == candidate_version(result)
    answered = same and check.problem is None and 0 < check.asked <= check.answered
    words = wording.uploaded(check, same=same)
    return reason(rule, passed(answered), words=words, measured=check.answered, limit=check.asked)


def licence_is_allowed(result: TrainResult, limits: GateLimits) -> Reason:
    """The base model's licence must not be one that this installation refuses."""
    rule, declared = "licence_is_allowed", result.licence
    if not limits.refused_licences:
        return reason(
            rule,
            "not_applicable",
            words=wording.no_licence_refused(declared),
        )
    if declared is None or _licence_key(declared) in _UNKNOWN_LICENCES:
        return reason(
            rule,
            "hold",
            words=wording.licence_unknown(result.base_model),
        )
    refused = {_licence_key(licence) for licence in limits.refused_licences}
    allowed = not refused & _licence_ids(declared)
    return reason(
        rule,
        passed(allowed),
        words=wording.licence(declared, allowed=allowed),
    )


def data_is_alike(result: TrainResult, limits: GateLimits) -> Reason:
    """Warn when the data changed much since the live model; never blocks."""
    ours, champion = result.profile, result.champion
    if champion is None:
        return reason(
            "data_is_alike",
            "not_applicable",
            words=wording.NO_LIVE_DATA,
        )
    theirs = champion.profile
    if ours is None or theirs is None or len(ours.word_buckets) != len(theirs.word_buckets):
        return reason(
            "data_is_alike",
            "not_applicable",
            words=wording.LIVE_DATA_UNKNOWN,
        )
    parts = drift_parts(theirs, ours)
    alike = parts.total < limits.max_drift
    return reason(
        "data_is_alike",
        "passed" if alike else "warning",
        measured=parts.total,
        limit=limits.max_drift,
        words=wording.drift(parts, alike=alike),
    )


def promotion_is_automatic(limits: GateLimits) -> Reason:
    """Without `auto_promote`, or where approval is required, a person decides."""
    if limits.approval == "required":
        return reason(
            "promotion_is_automatic",
            "hold",
            words=wording.APPROVAL_REQUIRED,
        )
    return reason(
        "promotion_is_automatic",
        "passed" if limits.auto_promote else "hold",
        words=wording.PROMOTION_IS_ON if limits.auto_promote else wording.PROMOTION_IS_OFF,
    )


def _licence_key(licence: str) -> str:
    return re.sub(r"[\s_]+", "-", licence.strip().casefold())


def _licence_ids(declared: str) -> set[str]:
    """The id as a whole, and each id of an expression such as `MIT AND CC-BY-NC-4.0`."""
    return {_licence_key(declared), *_LICENCE_ID.findall(declared.casefold())}
