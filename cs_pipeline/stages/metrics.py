"""What Prometheus is told of an installation, from run history, registry and folders."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from cs_pipeline.errors import StorageError
from cs_pipeline.files import nearest_folder
from cs_pipeline.metrics import CONTENT_TYPE, Sample, exposition
from cs_pipeline.metrics.server import metrics_server
from cs_pipeline.records import RunRecord, TrainResult
from cs_pipeline.stages import wording
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.watching import waiting_candidate, watched_at

__all__ = ["CONTENT_TYPE", "metrics_text", "serve_metrics"]

_NEWEST_RUNS = 100


def metrics_text(installation: Installation) -> str:
    """The text of `/metrics`, of `CONTENT_TYPE`. A store out of reach is told, not raised."""
    return exposition(_samples(installation))


def serve_metrics(installation: Installation, *, host: str, port: int) -> None:
    """Answer Prometheus over HTTP until the process ends.

    Raises:
        SettingsError: something listens at the port already, or there is no such address.
    """
    try:
        server = metrics_server(host, port, lambda: metrics_text(installation))
    except OSError as error:
        raise wording.cannot_answer(host, port, error.strerror) from error
    server.serve_forever()


def _samples(installation: Installation) -> Iterator[Sample]:
    now, runs = datetime.now(UTC), installation.runs.latest(_NEWEST_RUNS)
    yield from _models(installation, now)
    yield from _runs(runs, now)
    yield from _waiting(installation, now)
    yield from _files(installation, now)
    yield from _rows(runs)
    yield from _training(runs)
    yield from _machine(installation, now)


def _models(installation: Installation, now: datetime) -> Iterator[Sample]:
    try:
        live, versions = installation.models.live(), len(installation.models.versions())
        switched = installation.maintenance.current()
    except StorageError:
        yield Sample("store_up", 0)
        return
    yield Sample("store_up", 1)
    yield Sample("versions", versions)
    yield Sample("maintenance", float(switched is not None))
    if live is not None:
        yield Sample("live_model_info", 1, (live.version_id,))
        yield Sample("live_model_age_seconds", _seconds(now, live.moved_at))


def _runs(runs: Sequence[RunRecord], now: datetime) -> Iterator[Sample]:
    """`runs` come newest first."""
    for status, count in sorted(Counter(run.status for run in runs).items()):
        newest = next(run for run in runs if run.status == status)
        yield Sample("recent_runs", count, (status,))
        yield Sample("last_run_age_seconds", _seconds(now, newest.finished_at), (status,))
    if runs:
        yield Sample("last_run_failed", float(runs[0].status == "failed"))


def _waiting(installation: Installation, now: datetime) -> Iterator[Sample]:
    try:
        verdict = installation.runs.last_verdict()
    except StorageError:  # damaged
        return
    if verdict is None:
        return
    yield Sample("last_verdict_info", 1, (verdict.decision,))
    waits = False
    with suppress(StorageError):
        waits = waiting_candidate(installation) is not None
    yield Sample("waiting_approval_seconds", _seconds(now, verdict.decided_at) if waits else 0.0)


def _files(installation: Installation, now: datetime) -> Iterator[Sample]:
    yield Sample("processing_files", len(installation.processing.files()))
    entries = installation.ledger.entries()
    if entries:
        yield Sample("last_export_age_seconds", _seconds(now, entries[-1].processed_at))
    with suppress(StorageError):
        pending = [item for item in installation.inbox.items() if item.state == "pending"]
        changed = [item.changed_at for item in pending if item.changed_at]
        yield Sample("pending_files", len(pending))
        yield Sample("oldest_pending_seconds", _seconds(now, min(changed)) if changed else 0.0)


def _rows(runs: Sequence[RunRecord]) -> Iterator[Sample]:
    run = next((run for run in runs if any(report.rows_read for report in run.reports)), None)
    if run is not None:
        read = sum(report.rows_read for report in run.reports)
        refused = sum((Counter(report.refused) for report in run.reports), Counter[str]())
        yield Sample("rows_read", read)
        yield Sample("refused_share", sum(refused.values()) / read)
        whole = sum(report.quarantined is not None for report in run.reports)
        yield Sample("exports_refused", whole)
        for reason, count in sorted(refused.items()):
            yield Sample("rows_refused", count, (reason,))
    masked = next((run for run in runs if run.shards), None)
    if masked is not None:
        counts = sum((Counter(shard.entity_counts) for shard in masked.shards), Counter[str]())
        for entity, count in sorted(counts.items()):
            yield Sample("masked_values", count, (entity,))


def _training(runs: Sequence[RunRecord]) -> Iterator[Sample]:
    run = next((run for run in runs if run.result is not None), None)
    if run is None or run.result is None:
        return
    if run.dataset is not None:
        yield Sample("dataset_rows", run.dataset.train_rows, ("train",))
        yield Sample("dataset_rows", run.dataset.val_rows, ("val",))
    yield from _quality(run.result)
    took = (run.result.finished_at - run.result.started_at).total_seconds()
    yield Sample("step_seconds", took, ("train",))
    yield Sample("step_seconds", run.result.throughput.train_seconds, ("optimise",))


def _quality(result: TrainResult) -> Iterator[Sample]:
    champion = result.champion
    scored = (
        ("candidate", result.candidate, result.generation),
        ("live", champion and champion.score, champion and champion.generation),
    )
    for model, score, generation in scored:
        if score and score.loss_nats_per_token is not None:
            yield Sample("eval_loss_nats_per_token", score.loss_nats_per_token, (model,))
        if generation:
            yield Sample("chrf", generation.chrf, (model,))
    if result.leak is not None:
        yield Sample("leak_exact_hits", result.leak.exact_hits)


def _machine(installation: Installation, now: datetime) -> Iterator[Sample]:
    settings = installation.settings
    for name, folder in (("data", settings.data_dir), ("work", settings.work_dir)):
        usage = shutil.disk_usage(nearest_folder(folder))
        yield Sample("disk_free_bytes", usage.free, (name,))
        yield Sample("disk_size_bytes", usage.total, (name,))
    seen = watched_at(installation)
    if seen is not None:
        yield Sample("watcher_age_seconds", _seconds(now, seen))
    for name, state in sorted(installation.told.state().channels.items()):
        yield Sample("notify_channel_up", float(state.problem is None), (name,))


def _seconds(now: datetime, moment: datetime) -> float:
    """Since a moment; a clock that was put back gives none."""
    return max((now - moment).total_seconds(), 0.0)
