"""How records look on a terminal: counts, losses and verdicts in the reader's language."""

import math
from collections import Counter
from zoneinfo import ZoneInfo

import typer

from cs_pipeline.cli.tables import listing, print_whole
from cs_pipeline.cli.wording import common
from cs_pipeline.cli.wording import summary as wording
from cs_pipeline.cli.words import say
from cs_pipeline.masked.placeholders import ENTITY_NAMES
from cs_pipeline.moments import shown_moment
from cs_pipeline.records import RunRecord, RunStatus, TrainResult, Verdict

OUTCOME_MARKS = {
    "passed": "✓",
    "warning": "!",
    "failed": "✗",
    "hold": "…",
    "kept": "=",
    "not_applicable": "–",
}


def status_words(status: RunStatus) -> str:
    """A run's status in words."""
    return str(wording.STATUSES[status])


def print_run(run: RunRecord) -> None:
    """What a run read, refused, masked, trained and decided."""
    for report in run.reports:
        if report.quarantined:
            say(wording.quarantined(report.export.name, report.words))
            if report.refused_uri:
                say(wording.refused_rows(report.refused_uri))
        elif report.refused_uri:
            count = sum(report.refused.values())
            say(wording.rows_refused(report.export.name, count, report.refused_uri))
        if report.page_uri:
            say(wording.checked(report.export.name, report.page_uri))
    print_data(run)
    if run.result:
        print_result(run.result)
    if run.verdict:
        print_verdict(run.verdict)
    if run.model:
        say(common.live_model(run.model.version_id))
    say(common.outcome(status_words(run.status)))


def print_data(run: RunRecord) -> None:
    """Rows read, refused and masked, and the dataset version that they made."""
    masked: Counter[str] = Counter()
    for shard in run.shards:
        masked.update(shard.entity_counts)
    used = [report for report in run.reports if not report.quarantined]
    read = sum(report.rows_read for report in used)
    refused = sum(sum(report.refused.values()) for report in used)
    refused += sum(shard.refused_rows for shard in run.shards)
    by_type = (
        ", ".join(f"{ENTITY_NAMES[kind]} {count:,}" for kind, count in masked.most_common()) or "-"
    )
    if run.reports:
        say(wording.rows(read, refused, by_type))
    if dataset := run.dataset:
        say(wording.dataset(dataset))


def print_result(result: TrainResult) -> None:
    """The training in a few lines: speed and loss, answers, the live model, the leak probe."""
    speed = f"{result.throughput.tokens_per_second:,.0f}"
    loss = _shown(result.candidate.loss_nats_per_token, 4)
    say(wording.trained(result.steps, result.throughput.train_seconds, speed, result.device, loss))
    perplexity = _shown(result.candidate.perplexity, 2)
    bits = _shown(result.candidate.bits_per_character, 4)
    chrf = _shown(result.generation.chrf if result.generation else None, 1)
    say(wording.qualities(perplexity, bits, chrf))
    _print_comparison(result)
    if leak := result.leak:
        say(wording.leak(leak.exact_hits, leak.suspicious, leak.samples))


def _print_comparison(result: TrainResult) -> None:
    champion, found = result.champion, result.comparison
    if champion and champion.problem:
        say(wording.not_scored(champion.version_id, champion.problem))
    if champion and found:
        interval = f"{found.low:+.4f} ~ {found.high:+.4f}"
        say(
            wording.improvement(
                champion.version_id, found.improvement, found.unit, found.confidence, interval
            )
        )


def _shown(figure: float | None, digits: int) -> str:
    return "-" if figure is None or not math.isfinite(figure) else f"{figure:,.{digits}f}"


def print_verdict(verdict: Verdict) -> None:
    """The decision and each rule's reason, and who overruled the gate, if somebody did."""
    decision = wording.STATUSES["kept"] if verdict.is_kept else wording.DECISIONS[verdict.decision]
    say(wording.verdict(decision))
    if override := verdict.override:
        say(
            wording.overridden(
                override.by,
                wording.DECISIONS[override.previous],
                wording.DECISIONS[override.decision],
                override.note,
            )
        )
    for reason in verdict.reasons:
        typer.echo(f"  {OUTCOME_MARKS[reason.outcome]} {reason.words}")


def print_runs(runs: list[RunRecord], zone: ZoneInfo) -> None:
    """The run history as a table, newest first."""
    table = listing(
        [
            str(wording.RUN),
            str(wording.FINISHED),
            str(wording.STATUS),
            str(wording.DATASET),
            str(wording.EVAL_LOSS),
            str(wording.MODEL),
        ]
    )
    for run in runs:
        loss = run.result.candidate.loss_nats_per_token if run.result else None
        table.add_row(
            run.run_id,
            shown_moment(run.finished_at, zone),
            status_words(run.status),
            run.dataset.version_id if run.dataset else "-",
            _shown(loss, 4),
            run.model.version_id if run.model else "-",
        )
    print_whole(table)
