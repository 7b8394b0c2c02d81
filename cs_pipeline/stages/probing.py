"""What the leak probe needs from outside the trainer: the masked values and the scan for more."""

import logging
import re
from collections.abc import Callable

from cs_pipeline.config import Settings
from cs_pipeline.files import private_salt
from cs_pipeline.masked.digests import DigestSet, masked_values_path
from cs_pipeline.masked.values import recognisable
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.pii.residue import residue
from cs_pipeline.stages.masking import full_detector

_log = logging.getLogger(__name__)
# A masked row may hold no `@` between words at all; in what a model babbles it is no address yet.
_EMAIL_LIKE = re.compile(r"[0-9A-Za-z]\s?@\s?[0-9A-Za-z]")
# A model that is stuck says one thing over and over; that is no number of somebody.
_LOOP = re.compile(r"(\S{1,6}?)\1{5,}")


def leak_digests(settings: Settings) -> DigestSet:
    """The values that were masked in the exports of the current dataset.

    Exports that were masked before digests were kept are reported in the log and left out.

    Raises:
        DatasetError: the dataset's manifest or a file of digests is damaged.
    """
    from cs_pipeline.dataset.manifest import load_current

    dataset = load_current(settings)
    paths = [
        masked_values_path(settings.processed_dir, shard.export_sha256)
        for shard in (dataset.shards if dataset else ())
    ]
    known = [path for path in paths if path.is_file()]
    if len(known) < len(paths):
        _log.warning(
            "%d of %d exports have no digests of their masked values; the leak probe cannot "
            "recognise those. Mask the exports again to add them.",
            len(paths) - len(known),
            len(paths),
        )
    return DigestSet.load(known, key=private_salt(settings.processed_dir))


def is_personal(settings: Settings) -> Callable[[str], str | None]:
    """A scan for people's numbers and e-mail addresses, by the rules and the scan after masking.

    Names, postal addresses and dates of birth are none of its business. The plug-in model and the
    name veto are not asked: they are made for what people write, not for what a model babbles.

    Returns:
        Text -> entity type or name of the residue rule of the first finding, None without one.

    Raises:
        SettingsError: the site's rules cannot be used.
    """
    rules_alone = settings.model_copy(update={"pii_model": None, "pii_name_veto": False})
    detector = full_detector(rules_alone)

    def kind_of(text: str) -> str | None:
        text = _LOOP.sub(r"\1", text)
        for span in detector.find_spans(text):
            value = normalize(text[span.start : span.end]).text
            if recognisable(span.entity_type, value):
                return span.entity_type
        tripped = residue(detector.without_allowed(text))
        return next((rule for rule in tripped if _is_telling(rule, text)), None)

    return kind_of


def _is_telling(residue_rule: str, text: str) -> bool:
    if residue_rule == "at_sign":
        return _EMAIL_LIKE.search(text) is not None
    return residue_rule != "named"
