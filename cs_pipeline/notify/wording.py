"""What people are told, and what is said of channels that fail. Figures only, no customer's words.

Names of files are left out as well: a person's name may stand in them.
"""

from cs_pipeline.config import NotifyKind
from cs_pipeline.language import Words

TEST = Words(
    ko="시험 알림입니다. 이 글이 보이면 상담 챗봇 재학습의 알림이 이곳에 도착합니다.",
    en="This is a test: messages of the chatbot retraining arrive here.",
)
_SAFE = Words(
    ko="지금 모델은 그대로 답하고, 올린 파일은 다음 실행이 이어받습니다.",
    en="The live model goes on answering, and the next run picks up the files.",
)
_STAYS = Words(ko="지금 모델이 계속 답합니다.", en="The live model goes on answering.")
_WHAT_IS_OVER: dict[NotifyKind, Words] = {
    "failed": Words(ko="재학습이 다시 정상으로 돌아왔습니다.", en="The retraining works again."),
    "inbox_stuck": Words(
        ko="인박스에 밀린 파일이 처리되었습니다.", en="The inbox is being emptied again."
    ),
    "watcher_silent": Words(
        ko="인박스 감시가 다시 시작되었습니다.", en="The inbox is being watched again."
    ),
    "disk_low": Words(
        ko="디스크에 자리가 다시 넉넉합니다.", en="There is enough room on the disk again."
    ),
    "run_late": Words(ko="늦어지던 실행이 끝났습니다.", en="The run that was late has ended."),
}


def promoted(version_id: str, loss: float | None, before: float | None) -> Words:
    """A model went live."""
    both = loss is not None and before is not None
    ko = f" (평가 손실 {before:.3f} → {loss:.3f})" if both else ""
    en = f" (eval loss {before:.3f} -> {loss:.3f})" if both else ""
    return Words(
        ko=f"새 모델 {version_id}이(가) 운영을 시작했습니다{ko}.",
        en=f"The new model {version_id} is live{en}.",
    )


def rejected(reason: Words | None) -> Words:
    """The gate refused a candidate."""
    ko, en = (f" {reason.ko}", f" {reason.en}") if reason else ("", "")
    return Words(
        ko=f"새 모델이 판정을 통과하지 못했습니다.{ko} {_STAYS.ko}",
        en=f"The new model did not pass the gate.{en} {_STAYS.en}",
    )


def kept() -> Words:
    """A candidate makes no difference."""
    return Words(
        ko=f"새로 학습한 모델이 지금 모델과 구별되지 않습니다. {_STAYS.ko}",
        en=f"The new model cannot be told from the live one. {_STAYS.en}",
    )


def approval(version_id: str, reason: Words | None) -> Words:
    """A candidate waits for a person."""
    ko, en = (f" {reason.ko}", f" {reason.en}") if reason else ("", "")
    return Words(
        ko=f"새 모델 {version_id}이(가) 승인을 기다립니다.{ko} {_STAYS.ko}",
        en=f"The new model {version_id} waits for approval.{en} {_STAYS.en}",
    )


def rows_to_correct(rows: int, exports: int, whole: int) -> Words:
    """Refused rows of `exports` exports; `whole` ones were refused whole."""
    parts_ko, parts_en = [], []
    if rows:
        parts_ko.append(f"파일 {exports}개의 {rows:,}행")
        parts_en.append(f"{rows:,} rows of {exports} exports")
    if whole:
        parts_ko.append(f"통째로 거절된 파일 {whole}개")
        parts_en.append(f"{whole} exports that were refused whole")
    return Words(
        ko=f"고칠 것이 있습니다: {', '.join(parts_ko)}. 고쳐서 인박스에 다시 올려 주세요.",
        en=f"To be corrected and dropped again: {', '.join(parts_en)}.",
    )


def failed(step: Words | None, why: Words | None) -> Words:
    """A run broke: at which step, why as far as known, and what is safe."""
    at_ko, at_en = (f" '{step.ko}' 단계에서", f" at '{step.en}'") if step else ("", "")
    ko, en = (f" {why.ko}", f" {why.en}") if why else ("", "")
    return Words(
        ko=f"재학습이{at_ko} 멈췄습니다.{ko} {_SAFE.ko}",
        en=f"The retraining stopped{at_en}.{en} {_SAFE.en}",
    )


def recovered(kind: NotifyKind) -> Words:
    """A fault is over."""
    return _WHAT_IS_OVER[kind]


def nothing_new(days: int) -> Words:
    """No export came for so long."""
    return Words(
        ko=f"{days}일 동안 새 상담 엑셀이 들어오지 않았습니다. 내보내기가 멈추지 않았는지 "
        "확인하세요.",
        en=f"No new export came for {days} days. Check that exporting has not stopped.",
    )


def inbox_stuck(files: int, hours: int) -> Words:
    """Files that nobody claims."""
    return Words(
        ko=f"인박스의 파일 {files}개가 {hours}시간 넘게 그대로입니다. 실행이 멈췄거나 일정이 꺼져 "
        "있지 않은지 확인하세요.",
        en=f"{files} files have been in the inbox for over {hours} hours. Check that no run hangs "
        "and that the schedule is not paused.",
    )


def watcher_silent(minutes: int) -> Words:
    """The watcher of the inbox has stopped."""
    return Words(
        ko=f"인박스 감시가 {minutes}분째 조용합니다. Airflow의 triggerer가 살아 있는지 확인하세요.",
        en=f"The watcher of the inbox has been silent for {minutes} minutes. Check that Airflow's "
        "triggerer runs.",
    )


def run_late(hours: int) -> Words:
    """A run that does not end."""
    return Words(
        ko=f"실행이 {hours}시간 넘게 끝나지 않았습니다. 로그를 확인하세요. {_STAYS.ko}",
        en=f"A run has not ended for over {hours} hours. Look at its logs. {_STAYS.en}",
    )


def unusable_address(number: int) -> Words:
    """The library does not know such an address; the address itself is a secret."""
    return Words(
        ko=f"CS_PIPELINE_NOTIFY_URLS의 {number}번째 주소를 쓸 수 없습니다. docs/notifications.md의 "
        "예와 비교하세요.",
        en=f"Address {number} of CS_PIPELINE_NOTIFY_URLS cannot be used. Compare it with the "
        "recipes in docs/notifications.md.",
    )


def answered_with(status: int) -> Words:
    """The service refused."""
    return Words(
        ko=f"서비스가 HTTP {status}(으)로 답했습니다.", en=f"The service answered HTTP {status}."
    )


def no_answer(error: str = "") -> Words:
    """The service is out of reach, or says nothing of use."""
    kind = f" ({error})" if error else ""
    return Words(
        ko=f"보내지 못했습니다{kind}. 주소와 네트워크를 확인하세요.",
        en=f"It could not be sent{kind}. Check the address and the network.",
    )


def not_sent(channel: str, problem: Words) -> Words:
    """For the log."""
    return Words(
        ko=f"알림 채널 {channel}: {problem.ko}", en=f"Notification channel {channel}: {problem.en}"
    )
