"""From exports in the inbox to a dataset version."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.config import Settings
from cs_pipeline.errors import ExportError, StorageError
from cs_pipeline.files import private_folder, sweep_unfinished
from cs_pipeline.intake.inbox import exports, ledger
from cs_pipeline.masked.digests import masked_values_folder
from cs_pipeline.records import (
    DatasetVersion,
    ExportFile,
    MaskedShard,
    RefusedRow,
    ValidationReport,
)
from cs_pipeline.registry import promotion, run_history
from cs_pipeline.stages.checking import check, check_rules, earlier_profiles
from cs_pipeline.stages.export_masking import ExportMasking
from cs_pipeline.stages.masking import mask_text
from cs_pipeline.stages.reading import read_export

if TYPE_CHECKING:
    from cs_pipeline.intake.exchanges import ExportReading
    from cs_pipeline.quality.comparison import Comparison
    from cs_pipeline.quality.expectations import QualityOutcome


def prepare_folders(settings: Settings) -> None:
    """Make every folder of an installation; those that hold raw text are closed to others."""
    raw = [settings.processing_dir, settings.processed_dir, settings.quarantine_dir]
    if not settings.inbox:
        raw.append(Path(settings.inbox_uri))
    for folder in raw:
        private_folder(folder)
    for folder in (
        *(settings.shards_dir, settings.datasets_dir),
        *(settings.runs_dir, settings.quality_dir),
    ):
        folder.mkdir(parents=True, exist_ok=True)
    for folder in (
        *raw,
        settings.shards_dir,
        settings.quality_dir,
        masked_values_folder(settings.processed_dir),
    ):
        sweep_unfinished(folder)


def pending_exports(settings: Settings) -> list[str]:
    """Masked names of the settled exports in the inbox; cheap enough for a watcher."""
    return [mask_text(settings, export.name) for export in exports.pending_exports(settings)]


def collect(settings: Settings, *, run_id: str, force: bool = False) -> list[ExportFile] | None:
    """Claim every pending export and whatever a crashed run left behind.

    Bytes that were processed before are set aside. None means that there is nothing to do: no
    new export, no forced run, and the newest dataset went all the way to its verdict and, where
    that is to promote, to the live pointer.
    """
    check_rules(settings)
    prepare_folders(settings)
    fresh: dict[str, ExportFile] = {}
    for export in exports.claim_exports(
        settings,
        run_key=run_history.run_key(run_id),
        mask_name=lambda name: mask_text(settings, name),
    ):
        if export.sha256 in fresh or ledger.is_processed(settings, export.sha256):
            ledger.drop_duplicate(settings, export)
        else:
            fresh[export.sha256] = export
    if fresh or force or _dataset_is_unfinished(settings):
        return list(fresh.values())
    return None


def _dataset_is_unfinished(settings: Settings) -> bool:
    """True when the newest dataset was merged but no run brought it to the end of its way."""
    from cs_pipeline.dataset.manifest import load_current

    head, verdict = load_current(settings), run_history.last_verdict(settings)
    if head is None or not head.train_rows:  # nothing yet, or everything withdrawn
        return False
    if verdict is None or verdict.dataset_sha256 != head.sha256:
        return True
    return promotion.is_outstanding(settings, verdict)


def validate(settings: Settings, export: ExportFile) -> ValidationReport:
    """Read and check one export; refused rows go to an Excel file, a bad export to quarantine.

    Its page, and the profile that later exports are compared with, are written to the quality
    folder.

    Raises:
        SettingsError: a file of the settings cannot be used.
        StorageError: the file is gone.
    """
    from cs_pipeline.quality.comparison import save_profile
    from cs_pipeline.quality.page import write_page

    check_rules(settings)
    try:
        reading = read_export(settings, _locate(settings, export))
    except ExportError as error:
        return _quarantined(settings, ValidationReport(export=export), error)
    outcome = check(settings, reading, earlier_profiles(settings, export.sha256))
    refused = [*reading.refused, *outcome.refused]
    report = ValidationReport(
        export=export,
        sheets=tuple(
            sheet.model_copy(update={"name": mask_text(settings, sheet.name)})
            for sheet in reading.sheets
        ),
        rows_read=reading.rows_read,
        exchanges=len(reading.exchanges),
        accepted=len(outcome.accepted),
        refused=dict(Counter(row.reason for row in refused)),
        refused_uri=_save_refused(settings, export, refused),
        findings=outcome.findings,
        origin_sha256=reading.origin_sha256,
    )
    if outcome.refusal:
        return _quarantined(settings, report, outcome.refusal, outcome.comparison)
    if outcome.profile:
        save_profile(settings, export.sha256, outcome.profile)
    return write_page(settings, report, outcome.comparison)


def _quarantined(
    settings: Settings,
    report: ValidationReport,
    error: ExportError,
    comparison: "Comparison | None" = None,
) -> ValidationReport:
    """The report of an export that is refused whole, its page written and the export put away."""
    from cs_pipeline.quality.page import write_page
    from cs_pipeline.quality.quarantine import quarantine_export

    update = {"quarantined": error.reason, "words": error.words, "accepted": 0}
    report = write_page(settings, report.model_copy(update=update), comparison)
    quarantine_export(settings, report.export, error)
    return report


def mask(settings: Settings, export: ExportFile) -> MaskedShard:
    """Mask the accepted rows of one export into a shard.

    The export is read and checked anew, because unmasked text is kept nowhere between steps.
    Rows that still look like personal data are refused, and rows of conversations that were
    withdrawn are left out. Digests of the masked values are kept in the folder of processed
    exports before there is a shard that a model could be trained on.
    """
    from cs_pipeline.dataset.shard import write_shard

    reading, outcome = read_and_check(settings, export)
    masking = ExportMasking(settings, export, reading)
    path, sha256 = write_shard(settings.shards_dir, export.sha256, masking.parts(outcome.accepted))
    if masking.refused:
        _save_refused(settings, export, [*reading.refused, *outcome.refused, *masking.refused])
    return masking.shard(path, sha256)


def read_and_check(
    settings: Settings, export: ExportFile
) -> "tuple[ExportReading, QualityOutcome]":
    """Read one export and check its rows, wherever its bytes are by now. Unmasked: memory only.

    Raises:
        ExportError: the file cannot be read, or fails a blocking check as a whole.
        SettingsError: a file of the settings cannot be used.
        StorageError: the file is gone.
    """
    check_rules(settings)
    reading = read_export(settings, _locate(settings, export))
    outcome = check(settings, reading)
    if outcome.refusal:
        raise outcome.refusal
    return reading, outcome


def _locate(settings: Settings, export: ExportFile) -> Path:
    """Where the export's bytes are now: a repeated step may find them already moved on."""
    from cs_pipeline.quality.quarantine import quarantined_path

    for path in (
        Path(export.uri),
        ledger.processed_path(settings, export),
        quarantined_path(settings, export),
    ):
        if path.exists():  # a folder that was dropped as an export is found, too
            return path
    raise StorageError(
        ko=f"엑셀 파일 {export.name}을 찾을 수 없습니다. 다시 인박스에 넣으세요.",
        en=f"The export {export.name} is nowhere to be found. Drop it into the inbox again.",
    )


def _save_refused(
    settings: Settings, export: ExportFile, refused: Sequence[RefusedRow]
) -> str | None:
    from cs_pipeline.quality.quarantine import refused_rows_path, write_refused_rows

    if not refused:
        return None
    path = refused_rows_path(settings, export)
    write_refused_rows(path, refused, export_name=export.name, export_sha256=export.sha256)
    return str(path)


def merge(settings: Settings, *, run_id: str, shards: Sequence[MaskedShard]) -> DatasetVersion:
    """Add the shards to the dataset, then enter their exports in the ledger."""
    from cs_pipeline.dataset.merge import merge as merge_shards

    dataset = merge_shards(settings, shards)
    for shard in shards:
        ledger.mark_processed(
            settings,
            shard.export,
            run_id=run_id,
            dataset_version=dataset.version_id,
            rows=shard.rows,
        )
    return dataset


def load_dataset(folder: Path) -> DatasetVersion:
    """The dataset version in `folder`, such as `data-train/datasets/current`."""
    from cs_pipeline.dataset.manifest import describe, load

    return describe(folder, load(folder))
