"""What the model store writes beside the weights: manifests and the live pointer."""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Self

from cs_pipeline.records import (
    DataProfile,
    GenerationMeasures,
    PairedComparison,
    Record,
    StoredFile,
    TrainResult,
)


def candidate_version(result: TrainResult) -> str:
    """Readable and the same at every try: end of the training and a digest of its files."""
    digest = hashlib.sha256("".join(sorted(result.checkpoint_files.values())).encode()).hexdigest()
    return f"m{result.finished_at:%Y%m%d-%H%M%S}-{digest[:8]}"


def is_version_id(name: str) -> bool:
    """Whether a name is made as `candidate_version` makes one."""
    return bool(re.fullmatch(r"m\d{8}-\d{6}-[0-9a-f]{8}", name))


class ModelManifest(Record):
    """What a version is made of, where it came from and what was measured on it.

    Fields with a default are missing in manifests that were written before there were any.
    `exports` are those whose validation rows it was judged by. `best_version` is the best of this
    version and those that were live before it, as far as it was compared with them.
    """

    version_id: str
    run_id: str
    dataset_version: str
    dataset_sha256: str
    base_model: str
    loss_nats_per_token: float | None
    bits_per_character: float | None
    finished_at: datetime
    files: tuple[StoredFile, ...]
    licence: str | None = None
    generation: GenerationMeasures | None = None
    comparison: PairedComparison | None = None
    profile: DataProfile | None = None
    exports: tuple[str, ...] = ()
    best_version: str | None = None

    @classmethod
    def of(cls, result: TrainResult, files: Iterable[StoredFile]) -> Self:
        """The manifest of the version that `result` becomes."""
        return cls(
            version_id=candidate_version(result),
            run_id=result.run_id,
            dataset_version=result.dataset_version,
            dataset_sha256=result.dataset_sha256,
            base_model=result.base_model,
            loss_nats_per_token=result.candidate.loss_nats_per_token,
            bits_per_character=result.candidate.bits_per_character,
            finished_at=result.finished_at,
            files=tuple(files),
            licence=result.licence,
            generation=result.generation,
            comparison=result.comparison,
            profile=result.profile,
            exports=tuple(one.export_sha256 for one in result.content.slices)
            if result.content
            else (),
            best_version=_best_version(result),
        )


def _best_version(result: TrainResult) -> str:
    """The candidate, unless the model that it would have to beat lost less on the same rows."""
    if (best := result.best) and best.comparison:
        behind, version_id = best.comparison.improvement < 0, best.version_id
    elif result.champion and result.comparison:
        behind, version_id = result.comparison.improvement < 0, result.champion.version_id
    else:
        return candidate_version(result)
    return version_id if behind else candidate_version(result)


class LivePointer(Record):
    """Contents of `live.json`. `move` counts the moves, of which this is one; `by` made it."""

    version_id: str
    manifest_sha256: str
    previous_version_id: str | None
    run_id: str
    moved_at: datetime
    action: str
    note: str = ""
    by: str = ""
    move: int = 0
