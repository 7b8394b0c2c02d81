"""What the leak probe needs from outside the trainer: the values that were masked."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_pipeline.masked.digests import DigestSet
from cs_pipeline.stages.installation import Installation

if TYPE_CHECKING:
    from cs_pipeline.dataset.manifest import Manifest

_log = logging.getLogger(__name__)


def leak_digests(installation: Installation, dataset: "Manifest | None" = None) -> DigestSet:
    """The values that were masked in the exports of a dataset (default: the current one).

    Exports that were masked before digests were kept are reported in the log and left out.

    Raises:
        DatasetError: the dataset's manifest or a file of digests is damaged.
    """
    dataset = dataset or installation.versions.current()
    return digests_of(
        installation, [shard.export_sha256 for shard in (dataset.shards if dataset else ())]
    )


def digests_of(installation: Installation, exports: Sequence[str]) -> DigestSet:
    """The values that were masked in these exports (sha256s); see `leak_digests`.

    Raises:
        DatasetError: a file of digests is damaged.
    """
    masked_values = installation.masked_values
    known = [sha256 for sha256 in exports if masked_values.has(sha256)]
    if len(known) < len(exports):
        _log.warning(
            "%d of %d exports have no digests of their masked values; the leak probe cannot "
            "recognise those. Mask the exports again to add them.",
            len(exports) - len(known),
            len(exports),
        )
    return masked_values.load(known)
