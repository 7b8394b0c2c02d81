"""Personal data in what a model says, which is often no more than babble."""

import re

from cs_pipeline.masked.values import recognisable
from cs_pipeline.pii.detector import Detector
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.pii.residue import residue

# A masked row may hold no `@` between words at all; in what a model babbles it is not an address yet.
_EMAIL_LIKE = re.compile(r"[0-9A-Za-z]\s?@\s?[0-9A-Za-z]")
# A model that is stuck says one thing over and over; that is nobody's number.
_LOOP = re.compile(r"(\S{1,6}?)\1{5,}")


def personal_kind(detector: Detector, text: str) -> str | None:
    """Whether a model's answer holds a person's number or e-mail address.

    Asked are the rules and the scan after masking. Names, postal addresses and dates of birth are
    none of its business.

    Args:
        detector: the rules and the site's own; a plug-in model and the name veto are made for what
            people write, not for what a model babbles.
        text: the answer.

    Returns:
        Entity type or name of the residue rule of the first finding, None without one.
    """
    text = _LOOP.sub(r"\1", text)
    for span in detector.find_spans(text):
        value = normalize(text[span.start : span.end]).text
        if recognisable(span.entity_type, value):
            return span.entity_type
    tripped = residue(detector.without_allowed(text))
    return next((rule for rule in tripped if _is_telling(rule, text)), None)


def _is_telling(residue_rule: str, text: str) -> bool:
    if residue_rule == "at_sign":
        return _EMAIL_LIKE.search(text) is not None
    return residue_rule != "named"
