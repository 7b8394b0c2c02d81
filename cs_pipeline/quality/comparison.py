"""An export's profile, kept as figures, and what it looks like beside those before it."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from cs_pipeline.files import private_folder, write_atomic
from cs_pipeline.profiles.drift import DriftParts, drift_parts, mean_profile
from cs_pipeline.profiles.profile import WORD_BUCKETS, WordBuckets
from cs_pipeline.records import DataProfile, Exchange

if TYPE_CHECKING:
    import pandas as pd

LEAST_ROWS = 200
"""With fewer rows on either side, chance makes the words look different."""
MOST_EXPORTS = 12
"""So many exports before it, the newest, are what an export is compared with."""
_PROFILED_ROWS = 50_000
# Numbers are mostly somebody's, and no subject that a customer asks about.
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Comparison:
    """An export beside the mean of `exports` earlier ones."""

    now: DataProfile
    before: DataProfile
    exports: int
    parts: DriftParts


def export_profile(accepted: Sequence[Exchange], figures: "pd.DataFrame") -> DataProfile:
    """The shape of an export: means of all accepted rows, words of 50,000 evenly spaced ones.

    `figures` are those of the accepted rows (see `figures_of`), of which there is at least one.
    """
    count = min(len(accepted), _PROFILED_ROWS)
    buckets = WordBuckets()
    for number in range(count):
        exchange = accepted[number * len(accepted) // count]
        buckets.add(*(_DIGITS.sub(" ", text) for text in (exchange.question, exchange.answer)))
    return DataProfile(
        rows=len(accepted),
        question_characters=float(figures["question_characters"].mean()),
        answer_characters=float(figures["answer_characters"].mean()),
        duplicate_share=float(figures["is_duplicate"].mean()),
        word_buckets=buckets.shares(),
    )


def compare(now: DataProfile, earlier: Sequence[DataProfile]) -> Comparison | None:
    """The export beside the row-weighted mean of the earlier ones; None: too few rows to tell."""
    if not earlier:
        return None
    before = mean_profile(earlier)
    if min(now.rows, before.rows) < LEAST_ROWS:
        return None
    return Comparison(now, before, len(earlier), drift_parts(before, now))


class Profiles:
    """Keeper of the profiles of accepted exports, in a folder that is closed to others (0700)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, sha256: str, profile: DataProfile) -> None:
        """Keep an accepted export's profile, in one step."""
        private_folder(self.folder)
        write_atomic(self._path(sha256), profile.model_dump_json() + "\n")

    def load(self, sha256s: Iterable[str]) -> list[DataProfile]:
        """The profiles of these exports; exports without one that can be compared are left out."""
        profiles = []
        for sha256 in sha256s:
            with suppress(FileNotFoundError, ValidationError):
                profile = DataProfile.model_validate_json(self._path(sha256).read_bytes())
                if len(profile.word_buckets) == WORD_BUCKETS:
                    profiles.append(profile)
        return profiles

    def forget(self, sha256: str) -> None:
        """Delete the profile of an export that is withdrawn; none is fine."""
        self._path(sha256).unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.json"
