"""Every figure that is shown, with its meaning and labels, and the text that Prometheus reads."""

from collections.abc import Iterable
from typing import NamedTuple

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_PREFIX = "cs_pipeline_"


class Metric(NamedTuple):
    """A gauge: its name without the prefix, what it means, and its labels."""

    name: str
    meaning: str
    labels: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """As dashboards and rules write it."""
        return f"{_PREFIX}{self.name}"


class Sample(NamedTuple):
    """A value of a metric; labels in the metric's order, none of which names a file or a person."""

    name: str
    value: float
    labels: tuple[str, ...] = ()


METRICS = {
    metric.name: metric
    for metric in (
        Metric("store_up", "1 if the model store answered, 0 if it is out of reach."),
        Metric("live_model_info", "1 for the version that answers customers.", ("version",)),
        Metric("live_model_age_seconds", "Seconds since the live model went live."),
        Metric("versions", "Versions in the model store."),
        Metric("maintenance", "1 while automatic promotion is switched off."),
        Metric("recent_runs", "Runs by outcome among the newest 100.", ("status",)),
        Metric("last_run_age_seconds", "Seconds since the newest run by outcome.", ("status",)),
        Metric("last_run_failed", "1 if the newest run failed."),
        Metric("last_verdict_info", "1 for the newest verdict.", ("decision",)),
        Metric("waiting_approval_seconds", "Seconds that the newest candidate has waited."),
        Metric("pending_files", "Files in the inbox that are ready to be read."),
        Metric("oldest_pending_seconds", "Seconds that the oldest of them has not changed."),
        Metric("processing_files", "Files that a run has claimed."),
        Metric("last_export_age_seconds", "Seconds since an export was processed last."),
        Metric("rows_read", "Rows read by the newest run that read any."),
        Metric("rows_refused", "Rows of it that were refused, by reason.", ("reason",)),
        Metric("refused_share", "Refused rows over rows read, of the same run."),
        Metric("exports_refused", "Exports of it that were refused whole."),
        Metric("masked_values", "Values masked by the newest run that masked.", ("entity",)),
        Metric("dataset_rows", "Rows of the newest dataset that was trained on.", ("split",)),
        Metric("eval_loss_nats_per_token", "Answer loss in the newest training.", ("model",)),
        Metric("chrf", "chrF of the answers in the newest training (0 to 100).", ("model",)),
        Metric("leak_exact_hits", "Masked values that the newest candidate said."),
        Metric("step_seconds", "Seconds of the newest training by step.", ("step",)),
        Metric("watcher_age_seconds", "Seconds since the watcher looked into the inbox."),
        Metric("disk_free_bytes", "Free bytes on the disk of a folder.", ("folder",)),
        Metric("disk_size_bytes", "Size of the disk of a folder in bytes.", ("folder",)),
        Metric("notify_channel_up", "1 if a channel's last message got through.", ("channel",)),
    )
}


def exposition(samples: Iterable[Sample]) -> str:
    """The text of `/metrics`. What is not known has no sample.

    Raises:
        KeyError: a sample is of no declared metric.
    """
    from prometheus_client import CollectorRegistry, Gauge, generate_latest

    registry, gauges = CollectorRegistry(), dict[str, Gauge]()
    for sample in samples:
        metric = METRICS[sample.name]
        if metric.name not in gauges:
            gauges[metric.name] = Gauge(
                metric.full_name, metric.meaning, metric.labels, registry=registry
            )
        gauge = gauges[metric.name]
        (gauge.labels(*sample.labels) if metric.labels else gauge).set(sample.value)
    return generate_latest(registry).decode()
