"""What the server says on the page; what the page itself says stands in `labels`."""

from datetime import datetime

from cs_pipeline.language import Words
from cs_pipeline.moments import shown_moment
from cs_pipeline.numbers import finite
from cs_pipeline.records import RunRecord, RunStatus

BETTER = "better_than_champion"
"""The rule that compares a candidate with the live model."""
DAMAGED = Words(ko="기록 손상", en="damaged record")
OTHERS = Words(ko="나머지", en="others")


def outcome(status: RunStatus) -> Words:
    """What became of a run."""
    return {
        "promoted": Words(ko="운영에 반영", en="went live"),
        "rejected": Words(ko="거절", en="rejected"),
        "kept": Words(ko="유지: 차이 없음", en="kept: no difference"),
        "held": Words(ko="승인 대기", en="waits for approval"),
        "refused": Words(ko="파일 모두 거절", en="all files refused"),
        "nothing_to_do": Words(ko="할 일 없음", en="nothing to do"),
        "failed": Words(ko="실패", en="failed"),
        "compared": Words(ko="비교용 학습", en="trained to compare"),
    }[status]


def first_reason(run: RunRecord) -> Words:
    """Why that became of it, in one sentence."""
    verdict = run.verdict
    if verdict is not None and verdict.override is not None:
        by, note = verdict.override.by, verdict.override.note
        return Words(ko=f"{by}: {note}", en=f"{by}: {note}")
    for wanted in ("failed", "hold", "kept"):
        for reason in verdict.reasons if verdict else ():
            if reason.outcome == wanted:
                in_short = reason.rule == BETTER and compared(run)
                return in_short or reason.words
    return _of_status(run)


def compared(run: RunRecord | None) -> Words | None:
    """How much of the live model's error went away; None where there was none to compare with."""
    result = run.result if run else None
    found = result.comparison if result else None
    champion = result.champion.score if result and result.champion else None
    if found is None or champion is None or found.unit == "chrF":
        return None
    bits = found.unit == "bits/character"
    before = finite(champion.bits_per_character if bits else champion.loss_nats_per_token)
    share = finite(found.improvement / before) if before else None
    return None if share is None else smaller_error(share, found.rows)


def _of_status(run: RunRecord) -> Words:
    if run.status == "failed":
        return run.training_problem or Words(
            ko="끝까지 가지 못했습니다. 운영 모델은 그대로입니다.",
            en="It did not finish. The live model is as it was.",
        )
    if run.status == "refused":
        words = next((report.words for report in run.reports if report.words), None)
        return words or Words(ko="파일을 읽을 수 없습니다.", en="No file could be read.")
    if run.status == "promoted":
        return compared(run) or Words(ko="모든 규칙을 통과했습니다.", en="All rules passed.")
    return Words(ko="새 파일이 없습니다.", en="No new file.")


def started_by(run_id: str) -> Words:
    """What started a run, from its name."""
    kind = run_id.partition("__")[0]
    return {
        "manual": Words(ko="직접 시작", en="by hand"),
        "scheduled": Words(ko="일정", en="schedule"),
        "asset_triggered": Words(ko="새 파일", en="new file"),
        "cli": Words(ko="명령줄", en="command line"),
    }.get(kind, Words(ko="-", en="-"))


def all_is_well(since: datetime | None) -> Words:
    """Nothing to do."""
    if since is None:
        return Words(
            ko="정상입니다. 아직 운영 모델이 없습니다. 엑셀을 올리면 첫 학습을 시작합니다.",
            en="All is well. No model is live yet; the first export starts a training.",
        )
    day = f"{since:%Y-%m-%d}"
    return Words(
        ko=f"정상입니다. 지금 모델이 {day}부터 답하고 있습니다.",
        en=f"All is well. The present model has been answering since {day}.",
    )


def to_look_at(count: int) -> Words:
    """A person must decide something."""
    return Words(
        ko=f"확인할 일이 {count}가지 있습니다. 지금 모델은 계속 답하고 있습니다.",
        en=f"{count} thing{'s need' if count > 1 else ' needs'} a person. "
        "The present model keeps answering.",
    )


BROKEN_DOWN = Words(
    ko="고장 난 곳이 있습니다. 아래 할 일부터 처리하세요.",
    en="Something is broken. Begin with the list below.",
)
OUT_OF_REACH = Words(
    ko="모델 저장소에 닿지 않습니다. 연결과 접속 키를 확인하세요.",
    en="The model store is out of reach. Check the connection and its keys.",
)


def approval(found: Words | None, *, newest: bool = True) -> Words:
    """A candidate waits for a person; `newest`: none was trained after it."""
    found = found or FIRST_MODEL
    if not newest:
        return Words(
            ko=f"먼저 학습한 모델도 승인을 기다립니다. {found.ko}",
            en=f"An earlier model is waiting for approval, too. {found.en}",
        )
    return Words(
        ko=f"새 모델이 승인을 기다립니다. {found.ko}",
        en=f"A new model waits for approval. {found.en}",
    )


def rows_to_correct(rows: int, files: int) -> Words:
    """Refused rows lie in quarantine."""
    return Words(
        ko=f"고칠 행이 {rows:,}개 있습니다(파일 {files:,}개).",
        en=f"{rows:,} rows wait to be corrected (in {files:,} files).",
    )


def channel_fails(channel: str, problem: Words) -> Words:
    """People are not told by this channel; its name holds no address."""
    return Words(
        ko=f"알림을 보내지 못합니다({channel}). {problem.ko}",
        en=f"Messages do not get through ({channel}). {problem.en}",
    )


def files_refused(files: int) -> Words:
    """Exports were refused whole lately."""
    return Words(
        ko=f"읽지 못해 거절한 파일이 {files:,}개 있습니다.",
        en=f"{files:,} files could not be read and were refused.",
    )


def run_failed(reason: Words) -> Words:
    """The newest run failed."""
    return Words(
        ko=f"마지막 실행이 실패했습니다. {reason.ko}", en=f"The last run failed. {reason.en}"
    )


LIVE_DATA_WITHDRAWN = Words(
    ko="지금 모델은 나중에 삭제 요청된 데이터로 학습했습니다. 다시 학습하세요.",
    en="The present model learnt from data that has since been withdrawn. Train again.",
)


def maintenance(until: datetime, by: str, reason: str) -> Words:
    """Automatic promotion is switched off."""
    moment = shown_moment(until)
    return Words(
        ko=f"{moment}까지 새 모델을 자동으로 반영하지 않습니다. {by}: {reason}",
        en=f"No model goes live by itself until {moment}. {by}: {reason}",
    )


def smaller_error(share: float, rows: int) -> Words:
    """How the live model did against the one before, on so many conversations."""
    percent = f"{abs(share):.1%}"
    if share >= 0:
        ko, en = f"이전 모델보다 오차가 {percent} 작습니다", f"{percent} less error than before"
    else:
        ko, en = f"이전 모델보다 오차가 {percent} 큽니다", f"{percent} more error than before"
    return Words(
        ko=f"{ko} (검증 대화 {rows:,}건).", en=f"{en} (on {rows:,} held-out conversations)."
    )


FIRST_MODEL = Words(
    ko="비교할 이전 모델이 없습니다.", en="There is no earlier one to compare with."
)
