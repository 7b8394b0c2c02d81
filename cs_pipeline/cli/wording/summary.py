"""What the commands of `cli/summary.py` say."""

from cs_pipeline.language import Words
from cs_pipeline.records import DatasetVersion


def quarantined(name: str, why: Words | None) -> Words:
    """Why an export was refused."""
    return Words(
        ko=f"파일 거절: {name} - {why and why.ko}", en=f"Quarantined: {name} - {why and why.en}"
    )


def refused_rows(uri: str) -> Words:
    """Where a refused export's rows are."""
    return Words(ko=f"  거절된 행: {uri}", en=f"  Refused rows: {uri}")


def rows_refused(name: str, count: int, uri: str) -> Words:
    """How many rows of an export were refused, and where they are."""
    return Words(
        ko=f"{name}: {count:,}행 거절 → {uri}", en=f"{name}: {count:,} rows refused -> {uri}"
    )


def checked(name: str, page: str) -> Words:
    """Where the page about an export's checks is."""
    return Words(ko=f"{name}: 검사 결과 → {page}", en=f"{name}: what was checked -> {page}")


def rows(read: int, refused: int, masked: str) -> Words:
    """What the exports held."""
    return Words(
        ko=f"읽은 행 {read:,} · 거절 {refused:,} · 마스킹 {masked}",
        en=f"Rows read {read:,} · refused {refused:,} · masked {masked}",
    )


def dataset(made: DatasetVersion) -> Words:
    """What a dataset version holds, and what it leaves out."""
    near, repeated = made.near_duplicates_removed, made.boilerplate_removed
    return Words(
        ko=f"데이터셋 {made.version_id}: 학습 {made.train_rows:,} · 검증 {made.val_rows:,} · "
        f"제외: 중복 {made.duplicates_removed:,}, 거의 같은 질문 {near:,}, "
        f"되풀이된 답변 {repeated:,}, 마스킹 누락 {made.masking_misses:,}",
        en=f"Dataset {made.version_id}: train {made.train_rows:,} · val {made.val_rows:,} · "
        f"left out: duplicates {made.duplicates_removed:,}, near-duplicates {near:,}, "
        f"repeated answers {repeated:,}, masking misses {made.masking_misses:,}",
    )


def trained(steps: int, seconds: float, speed: str, device: str, loss: str) -> Words:
    """How long the training took, and the loss it reached."""
    return Words(
        ko=(
            f"학습 {steps:,}스텝, {seconds:.1f}초, {speed} 토큰/초 ({device}) · 평가 손실 {loss} "
            "nats/token"
        ),
        en=(
            f"Trained {steps:,} steps in {seconds:.1f} s, {speed} tokens/s ({device}) · eval "
            f"loss {loss} nats/token"
        ),
    )


def qualities(perplexity: str, bits: str, chrf: str) -> Words:
    """Other measures of the answers."""
    return Words(
        ko=f"퍼플렉서티 {perplexity} · 글자당 비트 {bits} · chrF {chrf}",
        en=f"Perplexity {perplexity} · bits/character {bits} · chrF {chrf}",
    )


def leak(hits: int, suspicious: int, samples: int) -> Words:
    """What the leak probe found."""
    return Words(
        ko=(
            f"유출 검사: 답변 {samples:,}개 가운데 마스킹한 값 {hits:,}건, 개인정보로 보이는 글 "
            f"{suspicious:,}건"
        ),
        en=(
            f"Leak probe: {hits:,} masked values and {suspicious:,} texts like personal data in "
            f"{samples:,} answers"
        ),
    )


def not_scored(version_id: str, why: Words) -> Words:
    """Why there is no comparison."""
    return Words(
        ko=f"운영 모델 {version_id}을(를) 평가하지 못했습니다: {why.ko}",
        en=f"The live model {version_id} could not be scored: {why.en}",
    )


def improvement(
    version_id: str, improvement: float, unit: str, confidence: float, interval: str
) -> Words:
    """How much better the candidate is than the live model."""
    return Words(
        ko=(
            f"운영 모델 {version_id} 대비 개선 {improvement:+.4f} {unit} ({confidence:.0%} 구간 "
            f"{interval})"
        ),
        en=(
            f"Improvement over the live model {version_id}: {improvement:+.4f} {unit} "
            f"({confidence:.0%} interval {interval})"
        ),
    )


def verdict(decision: Words) -> Words:
    """What the gate decided."""
    return Words(ko=f"판정: {decision.ko}", en=f"Verdict: {decision.en}")


def overridden(by: str, previous: Words, decision: Words, note: str) -> Words:
    """Who overruled the gate."""
    return Words(
        ko=f"  사람의 결정({by}): {previous.ko} → {decision.ko}. 사유: {note}",
        en=f"  Decided by {by}: {previous.en} -> {decision.en}. Reason: {note}",
    )


RUN = Words(ko="실행", en="Run")

FINISHED = Words(ko="끝난 시각", en="Finished")

STATUS = Words(ko="상태", en="Status")

DATASET = Words(ko="데이터셋", en="Dataset")

EVAL_LOSS = Words(ko="평가 손실", en="Eval loss")

MODEL = Words(ko="모델", en="Model")

STATUSES = {
    "promoted": Words(ko="승격됨", en="promoted"),
    "rejected": Words(ko="거절됨", en="rejected"),
    "kept": Words(ko="유지: 차이 없음", en="kept: no difference"),
    "held": Words(ko="사람의 승인 대기", en="held for a person"),
    "refused": Words(ko="파일 모두 거절됨", en="all exports refused"),
    "nothing_to_do": Words(ko="할 일 없음", en="nothing to do"),
    "failed": Words(ko="실패", en="failed"),
    "compared": Words(ko="비교용으로 학습됨", en="trained to be compared"),
}
"""A run's status."""


DECISIONS = {
    "promote": Words(ko="승격", en="promote"),
    "reject": Words(ko="거절", en="reject"),
    "hold": Words(ko="보류", en="hold"),
}
"""What the gate or a person decided."""
