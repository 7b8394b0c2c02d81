"""What the commands of `cli/answers.py` say."""

from cs_pipeline.language import Words
from cs_pipeline.records import Preference

QUESTIONS = Words(ko="두 모델에 물을 질문 수", en="Questions that both are asked")

OUT = Words(
    ko="만들 엑셀 파일 (기본: 작업 폴더의 audits)",
    en="Workbook to write (default: audits in the work folder)",
)


def drawn(pairs: int, questions: int, same: int, path: object) -> Words:
    """How many questions the workbook holds, and where it is."""
    return Words(
        ko=(
            f"질문 {questions:,}개 가운데 두 모델의 답이 다른 {pairs:,}개를 실었습니다 (같은 답 "
            f"{same:,}개): {path}"
        ),
        en=(
            f"{pairs:,} of {questions:,} questions, those that the two models answer "
            f"differently ({same:,} alike): {path}"
        ),
    )


def unsafe(count: int) -> Words:
    """Questions left out for their text."""
    return Words(
        ko=f"가린 뒤에도 개인정보처럼 보이는 글이 있어 뺀 질문: {count:,}개",
        en=f"Left out because something still looks like personal data: {count:,}",
    )


WHAT_NEXT = Words(
    ko="판정을 적은 뒤: cs-pipeline answers read 파일.xlsx. 상담 챗봇 페이지에서 판정해도 됩니다.",
    en="When the verdicts are in: cs-pipeline answers read FILE.xlsx. Or judge them on the "
    "operator's page.",
)


def judged(run_id: str, told: Preference) -> Words:
    """The verdicts, counted."""
    return Words(
        ko=f"실행 {run_id}: {told.shown:,}쌍 가운데 {told.judged:,}쌍 판정. 후보가 나음 "
        f"{told.preferred:,}, 운영 모델이 나음 {told.live_preferred:,}, 비슷함 {told.alike:,}, "
        f"둘 다 나쁨 {told.both_bad:,}",
        en=f"Run {run_id}: {told.judged:,} of {told.shown:,} pairs judged. Candidate better "
        f"{told.preferred:,}, live model better {told.live_preferred:,}, alike {told.alike:,}, "
        f"both bad {told.both_bad:,}",
    )


def preferred(share: float, low: float, high: float) -> Words:
    """The share that prefers the candidate, with its interval."""
    return Words(
        ko=f"후보 선호: {share:.1%} (95% 신뢰구간 {low:.1%}–{high:.1%})",
        en=f"Candidate preferred: {share:.1%} (95% confidence interval {low:.1%}–{high:.1%})",
    )


GROUP = Words(
    ko="두 모델의 답변을 사람이 비교합니다: 엑셀 만들기, 판정 읽기.",
    en="Have a person compare two models' answers: make the workbook, read the verdicts.",
)


HELP = {
    "draw": "후보와 운영 모델의 답변을 눈가림으로 나란히 담은 엑셀을 만듭니다.",
    "read": "판정을 읽어 후보를 선호한 비율을 95% 신뢰구간과 함께 보여 줍니다.",
}
"""Korean help of each command; the English is its docstring."""
