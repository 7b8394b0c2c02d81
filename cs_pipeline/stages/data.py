"""From exports in the inbox to a dataset version."""

import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.errors import ExportError
from cs_pipeline.intake.inbox.names import shown_name
from cs_pipeline.moments import shown_moment
from cs_pipeline.packed_lists import Joined
from cs_pipeline.records import DatasetVersion, ExportFile, MaskedShard, ValidationReport
from cs_pipeline.registry import promotion
from cs_pipeline.registry.runs import run_key
from cs_pipeline.stages import wording
from cs_pipeline.stages.export_masking import ExportMasking
from cs_pipeline.stages.inspecting import masked_report
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.probing import digests_of
from cs_pipeline.stages.stores import check_stores

if TYPE_CHECKING:
    from cs_pipeline.dataset.manifest import MaskingMisses
    from cs_pipeline.dataset.merge import References, Search
    from cs_pipeline.intake.exchanges import ExportReading
    from cs_pipeline.quality.comparison import Comparison
    from cs_pipeline.quality.expectations import QualityOutcome

_log = logging.getLogger(__name__)


def prepare_folders(installation: Installation) -> None:
    """Make every folder of an installation; those that hold raw text are closed to others."""
    installation.prepare()


def pending_exports(installation: Installation) -> list[str]:
    """Masked names of the settled exports in the inbox; cheap enough for a watcher."""
    pending = installation.inbox.pending()
    return [shown_name(installation.mask_text(export.name)) for export in pending]


def collect(
    installation: Installation, *, run_id: str, force: bool = False
) -> list[ExportFile] | None:
    """Claim every pending export and whatever a crashed run left behind.

    Bytes that were processed before are set aside. None means that there is nothing to do: no
    new export, no forced run, and the newest dataset went all the way to its verdict and, where
    that is to promote, to the live pointer.

    Raises:
        SettingsError: a site's file cannot be used; no export is touched then.
        StorageError: a store cannot be used; no export is touched then.
        SomebodyAtWork: another run, or a withdrawal, is at work; no export is touched then.
    """
    mask_name = installation.intake.mask_name
    installation.prepare()
    if force or installation.inbox.pending():
        check_stores(installation)
    fresh: dict[str, ExportFile] = {}
    with installation.at_work.held("collect"):
        for export in installation.processing.claim(
            installation.inbox, run_key=run_key(run_id), mask_name=mask_name
        ):
            if export.sha256 in fresh or installation.ledger.has(export.sha256):
                installation.ledger.drop_duplicate(export)
                _tell_when(installation, export)
            else:
                fresh[export.sha256] = export
    if fresh or force or _dataset_is_unfinished(installation):
        return list(fresh.values())
    return None


def _tell_when(installation: Installation, export: ExportFile) -> None:
    """Say of a file with known bytes when these were processed."""
    if entry := installation.ledger.entry(export.sha256):
        when = shown_moment(entry.processed_at, installation.zone)
        told = wording.processed_already(export.name, when, entry.dataset_version)
        _log.info("%s", told)


def _dataset_is_unfinished(installation: Installation) -> bool:
    """True when the newest dataset was merged but no run brought it to the end of its way."""
    head, verdict = installation.versions.current(), installation.runs.last_verdict()
    if head is None or not head.train_rows:  # nothing yet, or everything withdrawn
        return False
    if verdict is None or verdict.dataset_sha256 != head.sha256:
        return True
    return promotion.is_outstanding(installation.runs, installation.models, verdict)


def validate(installation: Installation, export: ExportFile) -> ValidationReport:
    """Read and check one export; refused rows go to an Excel file, a bad export to quarantine.

    Its page, and the profile that later exports are compared with, are written to the quality
    folder.

    Raises:
        SettingsError: a file of the settings cannot be used.
        StorageError: the file is gone.
    """
    intake = installation.intake
    try:
        reading = intake.read(_locate(installation, export))
    except ExportError as error:
        return _quarantined(installation, ValidationReport(export=export), error)
    outcome = intake.check(reading, installation.earlier_profiles(export.sha256))
    refused = Joined(reading.refused, outcome.refused)
    report = ValidationReport(
        export=export,
        sheets=tuple(masked_report(sheet, installation.mask_text) for sheet in reading.sheets),
        rows_read=reading.rows_read,
        exchanges=len(reading.exchanges),
        accepted=len(outcome.accepted),
        refused=dict(Counter(row.reason for row in refused)),
        refused_uri=installation.quarantine.keep_rows(export, refused, _headings(reading)),
        findings=outcome.findings,
        origin_sha256=reading.origin_sha256,
    )
    if outcome.refusal:
        return _quarantined(installation, report, outcome.refusal, outcome.comparison)
    if outcome.profile:
        installation.profiles.save(export.sha256, outcome.profile)
    return installation.pages.write(report, outcome.comparison)


def _quarantined(
    installation: Installation,
    report: ValidationReport,
    error: ExportError,
    comparison: "Comparison | None" = None,
) -> ValidationReport:
    """The report of an export that is refused whole, its page written and the export put away."""
    update = {"quarantined": error.reason, "words": error.words, "accepted": 0}
    report = installation.pages.write(report.model_copy(update=update), comparison)
    installation.quarantine.keep_export(report.export, error)
    installation.processing.left(Path(report.export.uri))
    return report


def mask(installation: Installation, export: ExportFile) -> MaskedShard:
    """Mask the accepted rows of one export into a shard.

    The export is read and checked anew, because unmasked text is kept nowhere between steps.
    Rows that still look like personal data are refused, and rows of conversations that were
    withdrawn are left out. Digests of the masked values are kept in the folder of processed
    exports before there is a shard that a model could be trained on.
    """
    reading, outcome = read_and_check(installation, export)
    masking = ExportMasking(installation, export, reading)
    shards = installation.versions.shards
    path, sha256 = shards.write(export.sha256, masking.parts(outcome.accepted))
    if masking.refused:
        refused = Joined(reading.refused, outcome.refused, masking.refused)
        installation.quarantine.keep_rows(export, refused, _headings(reading))
    return masking.shard(path, sha256)


def _headings(reading: "ExportReading") -> dict[str, list[tuple[str, ...]]]:
    """What the export itself calls its columns, by sheet."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for table in reading.tables:
        if table is not None:
            sheet = table.table.sheet
            found.setdefault(sheet.name, []).append(tuple(sheet.rows[table.table.header.row]))
    return found


def read_and_check(
    installation: Installation, export: ExportFile
) -> "tuple[ExportReading, QualityOutcome]":
    """Read one export and check its rows, wherever its bytes are by now. Unmasked: memory only.

    Raises:
        ExportError: the file cannot be read, or fails a blocking check as a whole.
        SettingsError: a file of the settings cannot be used.
        StorageError: the file is gone.
    """
    reading = installation.intake.read(_locate(installation, export))
    outcome = installation.intake.check(reading)
    if outcome.refusal:
        raise outcome.refusal
    return reading, outcome


def _locate(installation: Installation, export: ExportFile) -> Path:
    """Where the export's bytes are now: a repeated step may find them already moved on."""
    for path in (
        Path(export.uri),
        installation.ledger.path_of(export.sha256, export.name),
        installation.quarantine.path_of(export),
    ):
        if path.exists():  # a folder that was dropped as an export is found, too
            return path
    if installation.find_export(export.sha256) is not None:
        raise wording.export_taken(export.name)
    raise wording.export_gone(export.name)


def merge(
    installation: Installation, *, run_id: str, shards: Sequence[MaskedShard]
) -> DatasetVersion:
    """Add the shards to the dataset, then enter their exports in the ledger.

    Rows that show a value which was masked elsewhere, old ones as well, are left out from now on.
    """
    from cs_pipeline.dataset.merge import merge as merge_shards

    dataset = merge_shards(
        installation.versions, installation.terms, shards, search=_search(installation)
    )
    if dataset.masking_misses:
        told = wording.masking_misses(dataset.masking_misses)
        _log.warning("%s", told)
    for shard in shards:
        installation.ledger.enter(
            shard.export, run_id=run_id, dataset_version=dataset.version_id, rows=shard.rows
        )
    return dataset


def _search(installation: Installation) -> "Search":
    from cs_pipeline.dataset.masking_misses import find_misses

    def search(references: "References") -> "MaskingMisses":
        digests = digests_of(installation, [shard.export_sha256 for shard in references])
        if not digests:
            return {}
        return find_misses(installation.versions.shards, references, digests)

    return search


def current_dataset(installation: Installation) -> DatasetVersion:
    """The newest dataset version.

    Raises:
        DatasetError: there is none yet, or its manifest is damaged.
    """
    versions = installation.versions
    return versions.describe(versions.head())


def load_dataset(folder: Path) -> DatasetVersion:
    """The dataset version in `folder`, such as `data-train/datasets/current`."""
    from cs_pipeline.dataset.manifest import describe, load

    return describe(folder, load(folder))
