"""Records of runs with every outcome, and the curves that a trainer leaves."""

import json
import math
import random
from datetime import UTC, datetime

from cs_pipeline.config import RunOptions
from cs_pipeline.language import Words
from cs_pipeline.recipes.recipe import Recipe
from cs_pipeline.records import (
    ChampionScore,
    DataProfile,
    DatasetVersion,
    ExportFile,
    Finding,
    GenerationMeasures,
    LeakReport,
    MaskedShard,
    ModelVersion,
    PairedComparison,
    Reason,
    RunRecord,
    Score,
    SheetReport,
    Throughput,
    TrainResult,
    ValidationReport,
    Verdict,
)

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
RUN_ID = "manual__2026-03-02T03:00:00+00:00"
SHA = "ab12" * 16


def export(name: str = "상담_3월.xlsx", sha256: str = SHA) -> ExportFile:
    return ExportFile(uri=f"/data/processing/{name}", name=name, sha256=sha256, size_bytes=1000)


def reports() -> tuple[ValidationReport, ...]:
    good = ValidationReport(
        export=export(),
        sheets=(
            SheetReport(name="3월", layout="qa", header_row=2, rows=1240, exchanges=1238),
            SheetReport(
                name="요약",
                layout="unread",
                note=Words(ko="제목 행이 없습니다.", en="No header row."),
            ),
        ),
        rows_read=1240,
        exchanges=1238,
        accepted=1204,
        refused={"empty_answer": 21, "too_long": 11, "odd_reason": 2},
        refused_uri="/data/quarantine/상담_3월-refused.xlsx",
        page_uri="/data/quality/상담_3월.html",
        findings=(
            Finding(
                expectation="empty_answer",
                severity="warning",
                passed=False,
                words=Words(ko="답변이 빈 행: 21개", en="Rows without an answer: 21"),
            ),
            Finding(
                expectation="many_duplicates",
                severity="warning",
                passed=False,
                words=Words(ko="중복이 많습니다.", en="Many duplicates."),
            ),
            Finding(
                expectation="not_korean",
                severity="blocking",
                passed=True,
                words=Words(ko="한글 비율: 98%", en="Share of Hangul: 98%"),
            ),
        ),
    )
    return (good, quarantined())


def quarantined() -> ValidationReport:
    return ValidationReport(
        export=export("암호.xlsx", "cd34" * 16),
        quarantined="password_protected",
        words=Words(ko="암호가 걸려 있습니다.", en="Protected by a password."),
    )


def shard() -> MaskedShard:
    return MaskedShard(
        export=export(),
        uri="/data/shards/ab12.parquet",
        sha256=SHA,
        rows=1201,
        refused_rows=3,
        entity_counts={"PHONE": 310, "CARD": 12, "EMAIL": 45},
    )


def dataset() -> DatasetVersion:
    return DatasetVersion(
        version_id="20260302-ab12ab12",
        sha256=SHA,
        uri="/data/datasets/1",
        train_uri="/data/datasets/1/train.csv",
        val_uri="/data/datasets/1/val.csv",
        train_rows=10643,
        val_rows=1180,
        duplicates_removed=37,
        shards=4,
    )


def score(loss: float, rows: int = 1180) -> Score:
    return Score(rows=rows, nats=loss * 20000, scored_tokens=20000, characters=33000)


def result(loss: float = 3.1215, **changes: object) -> TrainResult:
    values: dict[str, object] = {
        "run_id": RUN_ID,
        "dataset_version": "20260302-ab12ab12",
        "dataset_sha256": SHA,
        "base_model": "skt/kogpt2-base-v2",
        "recipe": Recipe().model_dump(mode="json"),
        "checkpoint_uri": "/runs/1/train/checkpoint",
        "checkpoint_files": {},
        "tokenizer_sha256": "t1",
        "candidate": score(loss),
        "champion": ChampionScore(version_id="m-0007", tokenizer_sha256="t1", score=score(3.3)),
        "train_rows": 10643,
        "steps": 240,
        "train_loss_nats_per_token": 2.91,
        "throughput": Throughput(
            tokens=1_420_000,
            train_seconds=754.2,
            tokens_per_second=1883.4,
            padding_share=0.021,
            parameters=125_164_032,
        ),
        "device": "cpu",
        "started_at": NOON,
        "finished_at": NOON,
    }
    return TrainResult.model_validate(values | changes)


def generation(**changes: object) -> GenerationMeasures:
    values: dict[str, object] = {
        "questions": 64,
        "chrf": 24.3,
        "length_ratio": 0.93,
        "distinct_1": 0.412,
        "distinct_2": 0.688,
        "stop_rate": 0.984,
        "repetition_rate": 0.016,
        "empty_rate": 0.0,
    }
    return GenerationMeasures.model_validate(values | changes)


def comparison(low: float = 0.15, high: float = 0.21, **changes: object) -> PairedComparison:
    values: dict[str, object] = {
        "unit": "nats/token",
        "improvement": (low + high) / 2,
        "low": low,
        "high": high,
        "confidence": 0.95,
        "resamples": 2000,
        "seed": 1,
        "rows": 1180,
    }
    return PairedComparison.model_validate(values | changes)


def leak(**changes: object) -> LeakReport:
    values = {"prompts": 120, "samples": 960, "digests": 4213, "exact_hits": 0, "suspicious": 0}
    return LeakReport.model_validate(values | {"seed": 1} | changes)


def profile(seed: int = 7, **changes: object) -> DataProfile:
    draw = random.Random(seed)
    words = [draw.random() for _ in range(64)]
    values: dict[str, object] = {
        "rows": 11823,
        "question_characters": 31.2,
        "answer_characters": 58.9,
        "duplicate_share": 0.21,
        "word_buckets": tuple(word / sum(words) for word in words),
    }
    return DataProfile.model_validate(values | changes)


def full_result(**changes: object) -> TrainResult:
    """A result in which everything was measured."""
    champion = ChampionScore(
        version_id="m-0007",
        tokenizer_sha256="t1",
        score=score(3.3),
        generation=generation(chrf=22.0, stop_rate=0.969, distinct_2=0.7),
        profile=profile(),
    )
    values: dict[str, object] = {
        "champion": champion,
        "comparison": comparison(),
        "generation": generation(),
        "leak": leak(),
        "profile": profile(9, question_characters=34.6, duplicate_share=0.238),
        "licence": "cc-by-nc-sa-4.0",
    }
    return result(**(values | changes))


def verdict(decision: str, *reasons: Reason) -> Verdict:
    return Verdict.model_validate(
        {
            "run_id": RUN_ID,
            "decision": decision,
            "dataset_version": "20260302-ab12ab12",
            "dataset_sha256": SHA,
            "reasons": reasons,
            "decided_at": NOON,
        }
    )


SAME_RUN = Reason(
    rule="same_run", outcome="passed", words=Words(ko="이번 실행의 것입니다.", en="Of this run.")
)
BELOW = Reason(
    rule="below_limit",
    outcome="passed",
    measured=3.1215,
    limit=4.0,
    words=Words(ko="평가 손실 3.1215, 한도 4.0000.", en="Eval loss 3.1215, limit 4.0000."),
)
ABOVE = BELOW.model_copy(
    update={
        "outcome": "failed",
        "measured": 4.8,
        "words": Words(ko="평가 손실 4.8000, 한도 4.0000.", en="Eval loss 4.8000, limit 4.0000."),
    }
)
BETTER = Reason(
    rule="better_than_champion",
    outcome="passed",
    measured=0.1785,
    limit=0.0,
    words=Words(ko="운영 모델보다 낫습니다.", en="Better than the live model."),
)
UNTOLD = BETTER.model_copy(
    update={"outcome": "kept", "words": Words(ko="차이 없음.", en="No difference.")}
)
BY_HAND = Reason(
    rule="promotion_is_automatic",
    outcome="hold",
    words=Words(ko="자동 승격이 꺼져 있습니다.", en="Automatic promotion is off."),
)


def model(previous: str | None = "m-0007") -> ModelVersion:
    return ModelVersion(
        version_id="m-0008",
        uri="/store/versions/m-0008",
        manifest_sha256=SHA,
        run_id=RUN_ID,
        dataset_version="20260302-ab12ab12",
        base_model="skt/kogpt2-base-v2",
        loss_nats_per_token=3.1215,
        previous_version_id=previous,
        promoted_at=NOON,
    )


def run(status: str, **parts: object) -> RunRecord:
    options = RunOptions(note="3월 정기 학습").model_dump(mode="json")
    return RunRecord.model_validate(
        {"run_id": RUN_ID, "status": status, "finished_at": NOON, "options": options} | parts
    )


def reached(status: str, **parts: object) -> RunRecord:
    """A run that got as far as a dataset."""
    return run(
        status, **({"reports": reports(), "shards": (shard(),), "dataset": dataset()} | parts)
    )


OUT_OF_MEMORY = Words(
    ko="메모리가 모자랐습니다. CS_PIPELINE_POD_MEMORY_LIMIT를 늘리세요.",
    en="It ran out of memory. Raise CS_PIPELINE_POD_MEMORY_LIMIT.",
)
RUNS = {
    "promoted": reached(
        "promoted",
        result=result(),
        verdict=verdict("promote", SAME_RUN, BELOW, BETTER),
        model=model(),
    ),
    "first promoted": reached(
        "promoted",
        result=result(champion=None),
        verdict=verdict("promote", SAME_RUN, BELOW),
        model=model(previous=None),
    ),
    "rejected": reached("rejected", result=result(4.8), verdict=verdict("reject", ABOVE)),
    "kept": reached("kept", result=result(), verdict=verdict("reject", BELOW, UNTOLD)),
    "held": reached("held", result=result(), verdict=verdict("hold", BELOW, BETTER, BY_HAND)),
    "refused": run("refused", reports=(quarantined(),)),
    "nothing_to_do": run("nothing_to_do"),
    "failed": run("failed"),
    "failed in training": reached("failed"),
    "failed in its pod": reached("failed", training_problem=OUT_OF_MEMORY),
    "failed to promote": reached("failed", result=result(), verdict=verdict("promote", BELOW)),
    "bare": RunRecord(run_id="r", status="failed", finished_at=NOON),
}


def curves(steps: int = 240) -> str:
    lines = []
    for step in range(0, steps + 1, 5):
        lines.append(
            {
                "step": max(step, 1),
                "epoch": step / steps * 3,
                "train_loss_nats_per_token": 2.9 + 5.1 * math.exp(-step / 40),
                "learning_rate": 5e-5 * min(step / 12, 0.5 + 0.5 * math.cos(step / steps * 3.14)),
                "gradient_norm": 1.2,
                "elapsed_seconds": step * 3.1,
            }
        )
        if step and step % 80 == 0:
            loss = 3.05 + 5 * math.exp(-step / 35)
            lines.append({"step": step, "epoch": step / 80, "eval_loss_nats_per_token": loss})
    return "".join(json.dumps(line) + "\n" for line in lines)
