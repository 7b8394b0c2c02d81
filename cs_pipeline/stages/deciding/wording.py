"""How people are asked for their approval, and the three answers."""

from collections.abc import Iterable

from cs_pipeline.language import Words
from cs_pipeline.records import Reason

PROMOTE = Words(ko="승격", en="Promote")
HOLD = Words(ko="보류", en="Hold")
DISCARD = Words(ko="폐기", en="Discard")
QUESTION = Words(ko="새 모델을 운영할까요?", en="May the new model go live?")
NOTE = Words(ko="사유", en="Why")
NOTE_HELP = Words(
    ko="왜 그렇게 정했는지 한 문장. 고객 정보를 적지 마세요.",
    en="Why, in a sentence. No customer data, please.",
)
NOBODY = Words(ko="기한 안에 답이 없었습니다.", en="Nobody answered in time.")
NO_REASON = Words(ko="승인 화면에서 결정", en="Decided when asked for approval")
_MARKS = {"failed": "✗", "hold": "…", "warning": "!", "passed": "✓"}


def title(version_id: str) -> Words:
    """The question."""
    return Words(
        ko=f"새 모델 {version_id}을(를) 운영할까요?", en=f"May the new model {version_id} go live?"
    )


def candidate_line(version_id: str, loss: float | None, dataset: str | None) -> Words:
    """What would come."""
    figures = _figures(loss, dataset)
    return Words(
        ko=f"**새 모델** {version_id}{figures.ko}", en=f"**New model** {version_id}{figures.en}"
    )


def live_line(version_id: str | None, loss: float | None, dataset: str | None) -> Words:
    """What would go."""
    if version_id is None:
        return Words(ko="**지금 모델** 없음", en="**Live model** none")
    figures = _figures(loss, dataset)
    return Words(
        ko=f"**지금 모델** {version_id}{figures.ko}", en=f"**Live model** {version_id}{figures.en}"
    )


def compared_again(improvement: float, low: float, high: float, unit: str, rows: int) -> Words:
    """The comparison with a model that went live after the gate."""
    figures = f"{improvement:+.4f} ({low:+.4f} ~ {high:+.4f} {unit})"
    return Words(
        ko=f"지금 모델과 다시 비교함({rows:,}행): 개선 {figures}",
        en=f"Compared again with the live model ({rows:,} rows): improvement {figures}",
    )


def reason_lines(reasons: Iterable[Reason]) -> list[Words]:
    """One line for each rule's outcome."""
    return [
        Words(
            ko=f"{_MARKS[one.outcome]} {one.words.ko}", en=f"{_MARKS[one.outcome]} {one.words.en}"
        )
        for one in reasons
        if one.outcome in _MARKS
    ]


def report_line(path: str) -> Words:
    """Where the whole report is."""
    return Words(ko=f"보고서: `{path}`", en=f"Report: `{path}`")


def what_answers_mean(hours: int) -> Words:
    """The three answers, and no answer."""
    return Words(
        ko=f"승격: 바로 운영합니다. 보류: 지금 모델이 계속 답하고 나중에 다시 정할 수 있습니다. "
        f"폐기: 이 모델을 쓰지 않습니다. {hours}시간 안에 답이 없으면 보류입니다.",
        en="Promote: it goes live at once. Hold: the live model goes on, and it may be decided "
        "later. Discard: it is not used. Without an answer within "
        f"{hours} hours it is on hold.",
    )


def outdated(version_id: str, live: str | None) -> Words:
    """Another model went live between question and answer."""
    return Words(
        ko=f"묻는 동안 다른 모델({live or '없음'})이 운영에 들어가 {version_id}을(를) 승격하지 "
        "않았습니다. 다시 비교해 새로 묻습니다.",
        en=f"While the question was open another model went live ({live or 'none'}), so "
        f"{version_id} was not promoted. It is compared again and asked about again.",
    )


def done(choice: str, version_id: str, by: str) -> Words:
    """What was done."""
    what = {"promote": PROMOTE, "hold": HOLD, "discard": DISCARD}[choice]
    return Words(
        ko=f"{version_id}: {what.ko} ({by or NOBODY.ko})",
        en=f"{version_id}: {what.en} ({by or NOBODY.en})",
    )


def nothing_to_ask() -> Words:
    """No candidate waits."""
    return Words(
        ko="승인을 기다리는 모델이 없습니다. 이미 정해졌거나 운영 중입니다.",
        en="No model is waiting for approval: it has been decided, or is live.",
    )


def _figures(loss: float | None, dataset: str | None) -> Words:
    shown = "-" if loss is None else f"{loss:.4f}"
    return Words(
        ko=f" (평가 손실 {shown}, 데이터셋 {dataset or '-'})",
        en=f" (eval loss {shown}, dataset {dataset or '-'})",
    )
