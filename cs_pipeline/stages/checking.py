"""An export checked as the settings say, beside those before it, and the page that tells of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_pipeline.config import Settings
from cs_pipeline.intake.inbox import ledger
from cs_pipeline.records import DataProfile

if TYPE_CHECKING:
    from cs_pipeline.intake.exchanges import ExportReading
    from cs_pipeline.quality.expectations import QualityOutcome


def check_rules(settings: Settings) -> None:
    """Make sure of the site's quality rules, before any export is touched.

    Raises:
        SettingsError: they cannot be used.
    """
    from cs_pipeline.quality.rules import load_rules

    load_rules(settings.quality_rules, max_text_characters=settings.max_text_characters)


def check(
    settings: Settings,
    reading: "ExportReading",
    earlier: Sequence[DataProfile] | None = None,
) -> "QualityOutcome":
    """Check the rows of one export by the limits and rules of the installation.

    `earlier` are the profiles of the exports to compare it with; None: it is not compared. Of an
    export that only corrects another one the rows alone are judged.

    Raises:
        SettingsError: the site's quality rules cannot be used.
    """
    from cs_pipeline.quality.expectations import check_exchanges

    correction = reading.origin_sha256 is not None
    return check_exchanges(
        reading.exchanges,
        max_text_characters=settings.max_text_characters,
        site_rules=settings.quality_rules,
        earlier=None if correction else earlier,
        rows_alone=correction,
    )


def earlier_profiles(settings: Settings, sha256: str) -> list[DataProfile]:
    """Profiles of the newest processed exports, that with the given sha256 not among them."""
    from cs_pipeline.quality.comparison import MOST_EXPORTS, load_profiles

    processed = [entry.sha256 for entry in ledger.processed_exports(settings)]
    others = [one for one in processed if one != sha256]
    return load_profiles(settings, others[-MOST_EXPORTS:])
