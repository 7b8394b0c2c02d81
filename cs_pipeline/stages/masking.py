"""The masker of an installation: the built-in rules and what its settings add to them."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from cs_pipeline.config import Settings
from cs_pipeline.pii.conversations import ConversationMasker
from cs_pipeline.pii.detector import Detector, NameVeto, SpanFinder
from cs_pipeline.pii.known_values import KnownValues
from cs_pipeline.pii.masker import mask_text as mask_with
from cs_pipeline.pii.site_rules import SiteRules
from cs_pipeline.records import KnownValue


def mask_text(settings: Settings, text: str) -> str:
    """Mask words beside the conversations (names of files and sheets, notes, questions typed in).

    By the rules and the site's own; the plug-in model is for conversations.

    Raises:
        SettingsError: the site's rules cannot be used.
    """
    return mask_with(text, detector=Detector(site=_site_rules(settings)))


def full_detector(settings: Settings) -> Detector:
    """The rules, the site's rules, the plug-in model and the name veto, as the settings say.

    Raises:
        SettingsError: one of them cannot be used.
    """
    return Detector(
        site=_site_rules(settings),
        finder=_model(settings.pii_model) if settings.pii_model else None,
        veto=_name_veto() if settings.pii_name_veto else None,
    )


def conversation_masker(
    settings: Settings,
    *,
    salt: str,
    people: Iterable[KnownValue] = (),
) -> ConversationMasker:
    """What masks the exchanges of one export; `people` are the values of its user sheets."""
    return ConversationMasker(
        salt=salt,
        detector=full_detector(settings),
        export_values=KnownValues(people),
        number_values=settings.number_placeholders,
    )


def _site_rules(settings: Settings) -> SiteRules | None:
    path = settings.pii_rules
    if path is None:
        return None
    changed_at = path.stat().st_mtime_ns if path.exists() else 0
    return _load_site_rules(path, changed_at)


@lru_cache(maxsize=1)
def _load_site_rules(path: Path, changed_at: int) -> SiteRules:
    """`changed_at` (ns) is part of the key only: an edited file is read again."""
    return SiteRules.load(path)


@lru_cache(maxsize=1)
def _model(folder: Path) -> SpanFinder:
    from cs_pipeline.training.tagger.classifier import TokenClassifier

    return TokenClassifier.load(folder)


@lru_cache(maxsize=1)
def _name_veto() -> NameVeto:
    from cs_pipeline.pii.kiwi_veto import KiwiVeto

    return KiwiVeto()
