"""What the commands of `cli/deciding.py` say."""

from cs_pipeline.errors import SettingsError
from cs_pipeline.language import Words

RUN = Words(ko="실행 ID, 그 앞부분, 또는 last", en="Run id, its first characters, or last")

WHY_PROMOTE = Words(ko="승격 사유", en="Why it is promoted")

OVERRIDE_RULES = Words(
    ko="규칙을 어긴 후보라도 승격", en="Promote even a candidate that breaks rules"
)

COMPARING_AGAIN = Words(
    ko="판정 뒤에 다른 모델이 운영에 들어갔습니다. 같은 행으로 다시 비교합니다.",
    en="Another model went live since the verdict. Comparing again on the same rows.",
)


def is_live_already(version_id: str) -> Words:
    """Nothing is left to promote."""
    return Words(
        ko=f"{version_id}은(는) 이미 운영 중이라 바꿀 것이 없습니다.",
        en=f"{version_id} is live already; nothing changes.",
    )


ASK_OVERRIDE = Words(ko="위의 규칙을 무릅쓰고 승격할까요?", en="Promote it over the rules above?")

WHY_HOLD = Words(ko="보류 사유", en="Why it must wait")


def on_hold(run_id: str) -> Words:
    """A candidate waits for a person now."""
    return Words(
        ko=f"실행 {run_id}의 후보를 보류했습니다. `cs-pipeline promote`로 승격할 수 있습니다.",
        en=f"The candidate of run {run_id} is on hold. `cs-pipeline promote` promotes it.",
    )


WHY_DISCARD = Words(ko="폐기 사유", en="Why it is discarded")


def to_discard(model: str) -> Words:
    """Which model goes."""
    return Words(ko=f"폐기할 모델: {model}", en=f"To be discarded: {model}")


ASK_DISCARD = Words(ko="폐기할까요?", en="Discard it?")


def discarded(run_id: str) -> Words:
    """A candidate is gone."""
    return Words(
        ko=f"실행 {run_id}의 후보를 폐기했습니다. 운영 모델은 그대로입니다.",
        en=f"Discarded the candidate of run {run_id}. The live model stays.",
    )


ROLLBACK_TO = Words(
    ko="되돌릴 버전: 이력의 번호, 앞부분, last (기본: 문제없던 마지막 운영 모델)",
    en="A number of the history, first characters, or last (default: last sound one)",
)

WHY = Words(ko="되돌리는 사유", en="Why")

OVERRIDE_DOUBTS = Words(
    ko="거절, 뺀 데이터, 되돌림 표시가 있는 버전이라도 (--note 필요)",
    en="Even a version with doubts (needs --note)",
)

ASK_ROLLBACK = Words(ko="되돌릴까요?", en="Roll back?")


def rolled_back(version_id: str) -> Words:
    """What is live again."""
    return Words(ko=f"되돌렸습니다. 운영 모델: {version_id}", en=f"Rolled back. Live: {version_id}")


AT = Words(
    ko="이때 답하던 모델만: '2026-11-24 14:00' (일정의 시간대)",
    en="The model that answered then: '2026-11-24 14:00' (the schedule's zone)",
)

NOTHING_LIVE = Words(ko="그때는 운영 모델이 없었습니다.", en="No model was live then.")

NUMBER = Words(ko="번호", en="No.")

WHEN = Words(ko="언제", en="When")

FROM = Words(ko="이전", en="From")

TO = Words(ko="이후", en="To")

HOW = Words(ko="방법", en="How")

WHO = Words(ko="누가", en="Who")

NOTE = Words(ko="사유", en="Note")

UNTIL = Words(
    ko="이때까지 자동 승격을 멈춤: '2026-12-01 09:00' (일정의 시간대)",
    en="No automatic promotion until then: '2026-12-01 09:00' (the schedule's zone)",
)

WHY_MAINTENANCE = Words(ko="사유", en="Why")

END = Words(ko="지금 끝냄", en="End it now")

NO_MAINTENANCE = Words(
    ko="점검 기간이 아닙니다. 자동 승격이 켜져 있습니다.", en="No maintenance is in force."
)


def no_maintenance_reason() -> SettingsError:
    """Maintenance is begun without a word of why."""
    return SettingsError(
        ko="사유(--reason)가 비어 있습니다. 왜 멈추는지 한 문장으로 적으세요.",
        en="The reason (--reason) is blank. Say in a sentence why.",
    )


def no_promotion_until(moment: str, by: str, reason: str) -> Words:
    """Who stopped automatic promotion, and until when."""
    return Words(
        ko=f"{moment}까지 자동 승격을 멈췄습니다. {by}: {reason}",
        en=f"No automatic promotion until {moment}. {by}: {reason}",
    )


def not_a_moment() -> SettingsError:
    """A moment that cannot be read."""
    return SettingsError(
        ko="시각은 '2026-11-24 14:00'처럼 적으세요.", en="Write a moment like '2026-11-24 14:00'."
    )


def goes(model: str) -> Words:
    """The model that would leave."""
    return Words(ko=f"나가는 모델: {model}", en=f"Goes: {model}")


def comes(model: str) -> Words:
    """The model that would go live."""
    return Words(ko=f"들어오는 모델: {model}", en=f"Comes: {model}")


def model(version_id: str, loss: str, data: str) -> Words:
    """A model with its loss and its data."""
    return Words(
        ko=f"{version_id} (평가 손실 {loss}, 데이터셋 {data})",
        en=f"{version_id} (eval loss {loss}, dataset {data})",
    )


HELP = {
    "promote": "사람의 승인을 기다리는 후보를 승격합니다. 어긴 규칙이 있으면 종료 코드 4입니다.",
    "hold": "승격될 수 있는 후보를 사람이 승격할 때까지 보류합니다.",
    "discard": "운영 모델이 아닌 후보를 폐기합니다. 모델 저장소에서도 지웁니다.",
    "recompare": "후보를 지금의 운영 모델과 같은 행으로 다시 비교합니다.",
    "rollback": "이전 모델로 되돌립니다. 문제가 있는 버전이면 종료 코드 4, 없으면 2입니다.",
    "history": "언제 어느 모델이 답했고 누가 바꿨는지 오래된 것부터 보여 줍니다.",
    "maintenance": "모든 실행의 자동 승격을 정한 때까지 멈추거나, 그 상태를 봅니다.",
}
"""Korean help of each command; the English is its docstring."""
