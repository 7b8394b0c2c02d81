"""Training results for the gate: one with nothing to find fault with, and each part of it."""

from typing import Any

from cs_pipeline.language import Words
from cs_pipeline.records import (
    ChampionScore,
    ContentMeasures,
    DataProfile,
    GenerationMeasures,
    GoldenMeasures,
    LeakReport,
    PairedComparison,
    TrainResult,
    UploadCheck,
)
from cs_pipeline.registry.manifests import candidate_version
from tests.records import result, score

TOKENIZER = "t" * 64


def champion(loss: float, tokenizer: str = TOKENIZER, **changes: Any) -> ChampionScore:
    return ChampionScore(version_id="m1", tokenizer_sha256=tokenizer, score=score(loss, **changes))


def broken_champion() -> ChampionScore:
    return ChampionScore(version_id="m1", problem=Words(ko="손상됨.", en="Damaged."))


def generation(**changes: Any) -> GenerationMeasures:
    values = {
        "questions": 64,
        "chrf": 40.0,
        "length_ratio": 1.0,
        "distinct_1": 0.5,
        "distinct_2": 0.8,
        "stop_rate": 0.9,
        "repetition_rate": 0.1,
        "empty_rate": 0.0,
    }
    return GenerationMeasures(**(values | changes))


def interval(improvement: float, low: float, high: float, **changes: Any) -> PairedComparison:
    values = {
        "unit": "nats/token",
        "improvement": improvement,
        "low": low,
        "high": high,
        "confidence": 0.95,
        "resamples": 1000,
        "seed": 1,
        "rows": 100,
    }
    return PairedComparison(**(values | changes))


def leak(exact_hits: int = 0, suspicious: int = 0, **changes: Any) -> LeakReport:
    values = {"prompts": 128, "samples": 512, "digests": 900, "seed": 1}
    return LeakReport(exact_hits=exact_hits, suspicious=suspicious, **(values | changes))


def content(**changes: Any) -> ContentMeasures:
    values = {
        "masking_misses": 0,
        "overlap_rows": 0,
        "top_answer_share": 0.1,
        "information": interval(1.5, 1.2, 1.8),
    }
    return ContentMeasures(**(values | changes))


def golden(met: int, live_met: int | None = None, lost: tuple[int, ...] = ()) -> GoldenMeasures:
    """Of ten questions."""
    missed = tuple(range(met + 1, 11))
    return GoldenMeasures(
        sha256="g" * 64, questions=10, met=met, live_met=live_met, missed=missed, lost=lost
    )


def upload(version_id: str | None = None, **changes: Any) -> UploadCheck:
    values = {"asked": 3, "answered": 3, "seconds": 1.0}
    return UploadCheck(version_id=version_id or candidate_version(result()), **(values | changes))


def profile(*words: float, **changes: Any) -> DataProfile:
    values = {
        "rows": 1000,
        "question_characters": 20.0,
        "answer_characters": 40.0,
        "duplicate_share": 0.1,
    }
    return DataProfile(word_buckets=words or (0.25, 0.25, 0.25, 0.25), **(values | changes))


def measured(**changes: Any) -> TrainResult:
    """A candidate on which everything was measured and found good; no live model yet."""
    values = {
        "generation": generation(),
        "leak": leak(),
        "content": content(),
        "upload": upload(),
        "profile": profile(),
        "licence": "apache-2.0",
    }
    return result(**(values | changes))
