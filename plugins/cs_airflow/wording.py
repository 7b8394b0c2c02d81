"""What tasks say in their logs, in the reader's language."""

from collections.abc import Iterator

from cs_pipeline.language import Words
from cs_pipeline.records import ValidationReport, Verdict

NOTHING_TO_DO = Words(
    ko="할 일이 없습니다. 새 엑셀이 없고, 지금 데이터셋은 이미 판정을 받았습니다.",
    en="Nothing to do: no new export, and the dataset has a verdict.",
)
NOTHING_TO_TRAIN_ON = Words(
    ko="학습할 것이 없습니다. 새 엑셀이 없거나 모두 거절되었습니다. 이유는 validate의 로그와 "
    "quality/의 페이지에 있습니다.",
    en="Nothing to train on: no export, or every export was refused. See the logs of validate and "
    "the pages in quality/.",
)
DISK_FULL = Words(
    ko="디스크가 가득 찼습니다. 자리를 비운 뒤 작업을 Clear 하세요.",
    en="The disk is full. Make room, then clear the task.",
)
CANDIDATE = Words(ko="후보로 (실험의 모델)", en="make it the candidate (a model of an experiment)")


def judged_candidate(run_id: str, verdict: Verdict) -> Words:
    """What the gate made of a model of an experiment, and what it has against it."""
    against = [one.words for one in verdict.reasons if one.outcome in ("failed", "hold", "kept")]
    return Words(
        ko=f"실행 {run_id}의 판정은 {verdict.decision}입니다. "
        + " ".join(words.ko for words in against),
        en=f"The verdict on run {run_id} is {verdict.decision}. "
        + " ".join(words.en for words in against),
    )


def unexpected(error: str) -> Words:
    """An error that is not ours: its kind alone, since its message may hold anything."""
    return Words(ko=f"예상하지 못한 오류({error})입니다.", en=f"Unexpected error ({error}).")


def refused_whole(report: ValidationReport) -> Words:
    """An export that went to quarantine, and where its page is."""
    words = report.words or Words(ko="", en="")
    page = report.page_uri or "-"
    return Words(
        ko=f"파일 전체를 거절했습니다. {words.ko} 검사 결과: {page}",
        en=f"Refused whole. {words.en} What was checked: {page}",
    )


def rows_refused(report: ValidationReport) -> Iterator[Words]:
    """How many rows were refused, the most frequent reason first, and where they are."""
    refused, read = sum(report.refused.values()), report.rows_read
    if refused:
        reasons = sorted(report.refused.items(), key=lambda item: (-item[1], item[0]))
        listed = ", ".join(f"{reason} {count:,}" for reason, count in reasons)
        yield Words(
            ko=f"읽은 {read:,}행 가운데 {refused:,}행을 거절했습니다({listed}): "
            f"{report.refused_uri or '-'}",
            en=f"{refused:,} of {read:,} rows refused ({listed}): {report.refused_uri or '-'}",
        )
    if report.page_uri:
        yield Words(ko=f"검사 결과: {report.page_uri}", en=f"What was checked: {report.page_uri}")


def trainer_ended(exit_code: int) -> Words:
    """Why the trainer's process ended without a result; what a signal mostly means."""
    if exit_code == -9:
        return Words(
            ko="학습 프로세스가 강제로 끝났습니다(신호 9). 아마 메모리가 모자랐습니다. 다른 "
            "프로그램을 끝내거나 스텝당 토큰(batch_tokens)을 줄이세요.",
            en="The trainer was killed (signal 9), probably because memory ran out. End other "
            "programs, or lower the tokens per step (batch_tokens).",
        )
    if exit_code < 0:
        return Words(
            ko=f"학습 프로세스가 신호 {-exit_code}(으)로 끝났습니다. 위의 로그를 확인하세요.",
            en=f"The trainer was ended by signal {-exit_code}. Its log is above.",
        )
    return Words(
        ko=f"학습이 종료 코드 {exit_code}(으)로 끝났습니다. 위의 로그를 확인하세요.",
        en=f"The trainer ended with exit code {exit_code}; its log is above.",
    )
