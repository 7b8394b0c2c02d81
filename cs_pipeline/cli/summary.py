"""How records look on a terminal: counts, losses and verdicts in the reader's language."""

import math
from collections import Counter
from zoneinfo import ZoneInfo

from cs_pipeline.cli.tables import listing, print_whole
from cs_pipeline.cli.words import say, words
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
    return {
        "promoted": words("승격됨", "promoted"),
        "rejected": words("거절됨", "rejected"),
        "kept": words("유지: 차이 없음", "kept: no difference"),
        "held": words("사람의 승인 대기", "held for a person"),
        "refused": words("파일 모두 거절됨", "all exports refused"),
        "nothing_to_do": words("할 일 없음", "nothing to do"),
        "failed": words("실패", "failed"),
        "compared": words("비교용으로 학습됨", "trained to be compared"),
    }[status]


def print_run(run: RunRecord) -> None:
    """What a run read, refused, masked, trained and decided."""
    for report in run.reports:
        if report.quarantined:
            say(
                f"파일 거절: {report.export.name} - {report.words and report.words.ko}",
                f"Quarantined: {report.export.name} - {report.words and report.words.en}",
            )
            if report.refused_uri:
                say(f"  거절된 행: {report.refused_uri}", f"  Refused rows: {report.refused_uri}")
        elif report.refused_uri:
            count = sum(report.refused.values())
            say(
                f"{report.export.name}: {count:,}행 거절 → {report.refused_uri}",
                f"{report.export.name}: {count:,} rows refused -> {report.refused_uri}",
            )
        if report.page_uri:
            say(
                f"{report.export.name}: 검사 결과 → {report.page_uri}",
                f"{report.export.name}: what was checked -> {report.page_uri}",
            )
    print_data(run)
    if run.result:
        print_result(run.result)
    if run.verdict:
        print_verdict(run.verdict)
    if run.model:
        say(f"운영 모델: {run.model.version_id}", f"Live model: {run.model.version_id}")
    say(f"결과: {status_words(run.status)}", f"Outcome: {status_words(run.status)}")


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
        say(
            f"읽은 행 {read:,} · 거절 {refused:,} · 마스킹 {by_type}",
            f"Rows read {read:,} · refused {refused:,} · masked {by_type}",
        )
    if dataset := run.dataset:
        near, repeated = dataset.near_duplicates_removed, dataset.boilerplate_removed
        missed = dataset.masking_misses
        say(
            f"데이터셋 {dataset.version_id}: 학습 {dataset.train_rows:,} · "
            f"검증 {dataset.val_rows:,} · 제외: 중복 {dataset.duplicates_removed:,}, "
            f"거의 같은 질문 {near:,}, 되풀이된 답변 {repeated:,}, 마스킹 누락 {missed:,}",
            f"Dataset {dataset.version_id}: train {dataset.train_rows:,} · "
            f"val {dataset.val_rows:,} · left out: duplicates {dataset.duplicates_removed:,}, "
            f"near-duplicates {near:,}, repeated answers {repeated:,}, masking misses {missed:,}",
        )


def print_result(result: TrainResult) -> None:
    """The training in a few lines: speed and loss, answers, the live model, the leak probe."""
    speed = f"{result.throughput.tokens_per_second:,.0f}"
    loss = _shown(result.candidate.loss_nats_per_token, 4)
    say(
        f"학습 {result.steps:,}스텝, {result.throughput.train_seconds:.1f}초, "
        f"{speed} 토큰/초 ({result.device}) · 평가 손실 {loss} nats/token",
        f"Trained {result.steps:,} steps in {result.throughput.train_seconds:.1f} s, "
        f"{speed} tokens/s ({result.device}) · "
        f"eval loss {loss} nats/token",
    )
    perplexity = _shown(result.candidate.perplexity, 2)
    bits = _shown(result.candidate.bits_per_character, 4)
    chrf = _shown(result.generation.chrf if result.generation else None, 1)
    say(
        f"퍼플렉서티 {perplexity} · 글자당 비트 {bits} · chrF {chrf}",
        f"Perplexity {perplexity} · bits/character {bits} · chrF {chrf}",
    )
    _print_comparison(result)
    if leak := result.leak:
        say(
            f"유출 검사: 답변 {leak.samples:,}개 가운데 마스킹한 값 {leak.exact_hits:,}건, "
            f"개인정보로 보이는 글 {leak.suspicious:,}건",
            f"Leak probe: {leak.exact_hits:,} masked values and {leak.suspicious:,} texts like "
            f"personal data in {leak.samples:,} answers",
        )


def _print_comparison(result: TrainResult) -> None:
    champion, found = result.champion, result.comparison
    if champion and champion.problem:
        say(
            f"운영 모델 {champion.version_id}을(를) 평가하지 못했습니다: {champion.problem.ko}",
            f"The live model {champion.version_id} could not be scored: {champion.problem.en}",
        )
    if champion and found:
        interval = f"{found.low:+.4f} ~ {found.high:+.4f}"
        say(
            f"운영 모델 {champion.version_id} 대비 개선 {found.improvement:+.4f} {found.unit} "
            f"({found.confidence:.0%} 구간 {interval})",
            f"Improvement over the live model {champion.version_id}: {found.improvement:+.4f} "
            f"{found.unit} ({found.confidence:.0%} interval {interval})",
        )


def _shown(figure: float | None, digits: int) -> str:
    return "-" if figure is None or not math.isfinite(figure) else f"{figure:,.{digits}f}"


def print_verdict(verdict: Verdict) -> None:
    """The decision and each rule's reason, and who overruled the gate, if somebody did."""
    decisions = {
        "promote": words("승격", "promote"),
        "reject": words("거절", "reject"),
        "hold": words("보류", "hold"),
    }
    kept = words("유지: 차이 없음", "kept: no difference")
    decision = kept if verdict.is_kept else decisions[verdict.decision]
    say(f"판정: {decision}", f"Verdict: {decision}")
    if override := verdict.override:
        say(
            f"  사람의 결정({override.by}): {decisions[override.previous]} → "
            f"{decisions[override.decision]}. 사유: {override.note}",
            f"  Decided by {override.by}: {decisions[override.previous]} -> "
            f"{decisions[override.decision]}. Reason: {override.note}",
        )
    for reason in verdict.reasons:
        say(
            f"  {OUTCOME_MARKS[reason.outcome]} {reason.words.ko}",
            f"  {OUTCOME_MARKS[reason.outcome]} {reason.words.en}",
        )


def print_runs(runs: list[RunRecord], zone: ZoneInfo) -> None:
    """The run history as a table, newest first."""
    table = listing(
        [
            words("실행", "Run"),
            words("끝난 시각", "Finished"),
            words("상태", "Status"),
            words("데이터셋", "Dataset"),
            words("평가 손실", "Eval loss"),
            words("모델", "Model"),
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
