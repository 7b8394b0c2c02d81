"""A person's review of what the masking left: drawing a sample, reading the verdicts."""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cs_pipeline.errors import CsPipelineError
from cs_pipeline.files import private_folder, write_atomic
from cs_pipeline.pii.conversations import ConversationMasker
from cs_pipeline.records import Exchange
from cs_pipeline.stages import wording
from cs_pipeline.stages.installation import Installation

if TYPE_CHECKING:
    from cs_pipeline.audit.estimate import AuditEstimate, AuditPlan, AuditRate
    from cs_pipeline.audit.sample import AuditRow
    from cs_pipeline.dataset.manifest import Manifest
    from cs_pipeline.dataset.shard import MaskedRow

__all__ = ["AuditEstimate", "AuditRate", "DrawnAudit", "draw_audit", "read_audit"]

log = logging.getLogger(__name__)


class DrawnAudit(NamedTuple):
    """A workbook for review; `rows_without_source` lack the source that was asked for."""

    path: Path
    plan: "AuditPlan"
    rows_without_source: int


def draw_audit(
    installation: Installation,
    *,
    rows: int,
    seed: int,
    out: Path | None = None,
    with_source: bool = False,
) -> DrawnAudit:
    """Draw masked rows of the current dataset into a workbook for review.

    Args:
        installation: whose.
        rows: how many; all, where the dataset has fewer.
        seed: the same seed draws the same rows from the same dataset.
        out: workbook to write; None: a name by dataset and seed, below the work folder or, with
            the source, in the quarantine.
        with_source: put the unmasked questions and answers beside the masked ones. The exports are
            read again for it; the file goes to the quarantine only.

    Raises:
        DatasetError: there is no dataset yet, it is too small, or a shard is damaged.
        SettingsError: `out` is not a place for such a file, or a file is there already.
    """
    from cs_pipeline.audit import sample as audit_sample
    from cs_pipeline.audit import workbook as audit_workbook

    dataset = installation.versions.head()
    name = f"pii-audit-{dataset.version_id}-seed{seed}{'-source' if with_source else ''}.xlsx"
    path = _target(installation, out, name, with_source)
    plan, drawn = audit_sample.draw(
        _masked_rows(installation, dataset),
        size=rows,
        seed=seed,
        dataset_version=dataset.version_id,
        dataset_sha256=dataset.sha256,
    )
    if with_source:
        for folder in (installation.quarantine.folder, path.parent):
            private_folder(folder)
        drawn = _with_sources(installation, dataset, drawn)
    audit_workbook.write_workbook(path, plan, drawn, with_source=with_source)
    missing = sum(row.source is None for row in drawn) if with_source else 0
    return DrawnAudit(path, plan, missing)


def read_audit(workbook: Path, json_path: Path | None = None) -> "tuple[AuditEstimate, Path]":
    """Estimate leak and overmasking rate from a reviewed workbook and keep them as JSON.

    The JSON holds figures only; None: it is written to `<workbook>-estimate.json` beside it.

    Raises:
        DatasetError: the workbook is not one of ours, was changed, or has too few verdicts.
        SettingsError: `json_path` does not end in .json.
    """
    from cs_pipeline.audit.estimate import estimate
    from cs_pipeline.audit.verdicts import read_verdicts

    path = json_path or workbook.with_name(f"{workbook.stem}-estimate.json")
    _check_suffix("--json", path, ".json")
    result = estimate(*read_verdicts(workbook))
    write_atomic(path, result.model_dump_json(indent=2) + "\n")
    return result, path


def _target(installation: Installation, out: Path | None, name: str, with_source: bool) -> Path:
    quarantine = installation.quarantine.folder
    path = (out or (quarantine if with_source else installation.audits_folder) / name).resolve()
    if with_source and not path.is_relative_to(quarantine.resolve()):
        raise wording.quarantine_only(quarantine)
    return new_workbook(path)


def new_workbook(path: Path) -> Path:
    """The absolute path of a workbook for review, where none is yet. Raises `SettingsError`."""
    path = path.resolve()
    _check_suffix("--out", path, ".xlsx")
    if path.exists():
        raise wording.there_already(path)
    return path


def _check_suffix(option: str, path: Path, suffix: str) -> None:
    if path.suffix.lower() != suffix:
        raise wording.wrong_file_name(option, suffix)


def _masked_rows(installation: Installation, dataset: "Manifest") -> "Iterator[AuditRow]":
    from cs_pipeline.audit.sample import AuditRow

    for shard in dataset.shards:
        path = installation.versions.shards.path_of(shard)
        for number, row in enumerate(_shard_rows(path, shard.sha256)):
            yield AuditRow(
                row_id=f"{shard.export_sha256[:10]}-{number}",
                origin=(shard.export_sha256, row.conversation_id, row.turn_index),
                rules=tuple(row.rules),
                question=row.question,
                answer=row.answer,
            )


def _shard_rows(path: Path, sha256: str) -> "Iterator[MaskedRow]":
    from cs_pipeline.dataset.shard import MaskedRow, read_masked_rows, read_shard

    try:
        yield from read_masked_rows(path, sha256)
    except KeyError:  # a shard from before rules were kept: they are shown as none
        for row in read_shard(path, sha256):
            yield MaskedRow(*row, [])


def _with_sources(
    installation: Installation, dataset: "Manifest", drawn: "Sequence[AuditRow]"
) -> "list[AuditRow]":
    """The rows with their source; without, where the export is gone or holds them no more."""
    from cs_pipeline.audit.sources import closest

    by_export: defaultdict[str, list[AuditRow]] = defaultdict(list)
    for row in drawn:
        by_export[row.origin[0]].append(row)
    sources: dict[str, tuple[str, str]] = {}
    for shard in dataset.shards:
        if rows := by_export[shard.export_sha256]:
            exchanges = _exchanges(installation, shard.export_sha256, shard.export_name)
            for row in rows:
                if source := closest(row, exchanges.get(row.origin[1:], [])):
                    sources[row.row_id] = (source.question, source.answer)
    return [replace(row, source=sources.get(row.row_id)) for row in drawn]


def _exchanges(
    installation: Installation, sha256: str, name: str
) -> dict[tuple[str, int], list[Exchange]]:
    """What a processed export holds, by the digest of the conversation and the turn."""
    path = installation.ledger.path_of(sha256, name)
    found: defaultdict[tuple[str, int], list[Exchange]] = defaultdict(list)
    if not path.is_file():
        return found
    try:
        reading = installation.intake.read(path)
    except CsPipelineError as error:
        log.warning("%s", error)
        return found
    masker = ConversationMasker(salt=installation.secret + sha256)
    for exchange in reading.exchanges:
        found[masker.digest(exchange), exchange.turn_index].append(exchange)
    return found
