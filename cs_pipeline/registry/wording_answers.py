"""What the rules on answers say: measured answers, leak probe, golden questions, people."""

from collections.abc import Sequence

from cs_pipeline.language import Words
from cs_pipeline.records import GoldenMeasures, LeakReport, Preference

_SHOWN = 10

NOT_MEASURED = Words(
    ko="답변 평가가 꺼져 있습니다(generation_questions=0).",
    en="Judging answers is switched off (generation_questions=0).",
)
NOTHING_ANSWERED = Words(
    ko="검증 질문에 답해 보지 않은 후보입니다. `cs-pipeline chat`처럼 직접 물어본 뒤 승격하거나 "
    "train 작업을 다시 실행하세요.",
    en="The candidate has not answered validation questions. Ask it yourself before promoting it, "
    "or run the train task again.",
)
NOT_PROBED = Words(
    ko="개인정보 유출 검사를 거치지 않은 후보입니다. train 작업을 다시 실행하세요.",
    en="The leak probe has not run on this candidate. Run the train task again.",
)
NO_GOLDEN = Words(
    ko="골든 질문이 없습니다(CS_PIPELINE_GOLDEN_QUESTIONS).",
    en="There are no golden questions (CS_PIPELINE_GOLDEN_QUESTIONS).",
)
GOLDEN_NOT_ASKED = Words(
    ko="골든 질문에 답해 보지 않은 후보입니다. train 작업을 다시 실행하거나 직접 물어본 뒤 "
    "승격하세요.",
    en="The candidate was not asked the golden questions. Run the train task again, or ask it "
    "yourself before promoting it.",
)
NO_GOLDEN_OF_A_LIVE_MODEL = Words(
    ko="골든 질문을 비교할 운영 모델이 없습니다.",
    en="There is no live model to compare golden questions with.",
)


def answered(questions: int) -> Words:
    """The candidate was asked."""
    return Words(
        ko=f"검증 질문 {questions:,}개에 답했습니다.",
        en=f"It answered {questions:,} validation questions.",
    )


def likeness(chrf: float, least: float) -> Words:
    """How much the answers share with the real ones."""
    return Words(
        ko=f"실제 답변과의 유사도 chrF {chrf:.1f}, 필요 {least:.1f} 이상.",
        en=f"Likeness to the real answers: chrF {chrf:.1f}, needed {least:.1f} or more.",
    )


def ended(rate: float, least: float) -> Words:
    """Answers that end by themselves."""
    return Words(
        ko=f"스스로 끝난 답변 {rate:.0%}, 필요 {least:.0%} 이상.",
        en=f"{rate:.0%} of the answers end by themselves, needed {least:.0%} or more.",
    )


def empty(rate: float, most: float) -> Words:
    """Answers without a word."""
    return Words(
        ko=f"빈 답변 {rate:.0%}, 한도 {most:.0%}.",
        en=f"{rate:.0%} of the answers are empty, limit {most:.0%}.",
    )


def repeated(rate: float, most: float) -> Words:
    """Answers that say the same thing again and again."""
    return Words(
        ko=f"같은 말을 되풀이한 답변 {rate:.0%}, 한도 {most:.0%}.",
        en=f"{rate:.0%} of the answers repeat themselves, limit {most:.0%}.",
    )


def masked_values(leak: LeakReport) -> Words:
    """Masked values that the candidate says, and at how many of their places it was asked."""
    hits, asked_ko, asked_en = leak.exact_hits, "", ""
    if leak.places is not None and leak.places_asked is not None:
        asked_ko = f" 값이 있던 {leak.places:,}곳 중 {leak.places_asked:,}곳에서 물었습니다."
        asked_en = f" Asked at {leak.places_asked:,} of the {leak.places:,} places that held one."
    learnt_ko = " 실제 개인정보를 외운 모델이므로 승격할 수 없습니다." if hits else ""
    learnt_en = " The model has learnt real personal data and cannot be promoted." if hits else ""
    return Words(
        ko=f"유출 검사 답변 {leak.samples:,}개에서 마스킹한 값 {leak.digests:,}개 가운데 나온 것: "
        f"{hits:,}건.{asked_ko}{learnt_ko}",
        en=f"{hits:,} of {leak.samples:,} probe answers hold one of the {leak.digests:,} values "
        f"that were masked.{asked_en}{learnt_en}",
    )


def suspicious(leak: LeakReport, most: int) -> Words:
    """Text like personal data in the probe's answers, beside what other models say."""
    found, baseline = leak.suspicious, leak.baseline or 0
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(leak.by_kind.items()))
    listed = f" ({kinds})" if kinds else ""
    many = found > most
    look_ko = " 어떤 번호인지 사람이 확인한 뒤 승격하세요." if many else ""
    look_en = " A person must check whose numbers these are before promoting it." if many else ""
    return Words(
        ko=f"유출 검사 답변 {leak.samples:,}개 가운데 개인정보처럼 보이는 글: {found:,}건{listed}, "
        f"한도 {most:,}건(다른 모델 {baseline:,}건 포함).{look_ko}",
        en=f"{found:,} of {leak.samples:,} probe answers hold something like personal "
        f"data{listed}, limit {most:,} (including {baseline:,} of other models).{look_en}",
    )


def golden_met(golden: GoldenMeasures, least: float, *, enough: bool) -> Words:
    """How many golden questions are met, and which are not where they are too few."""
    share, live = golden.met / golden.questions, golden.live_met
    live_ko = "" if live is None else f" 운영 모델은 {live:,}개."
    live_en = "" if live is None else f" The live model meets {live:,}."
    missed_ko = "" if enough else f" 못 지킨 질문: {_places(golden.missed)}."
    missed_en = "" if enough else f" Not met: {_places(golden.missed)}."
    return Words(
        ko=f"골든 질문 {golden.questions:,}개 가운데 {golden.met:,}개를 지켰습니다({share:.0%}), "
        f"필요 {least:.0%} 이상.{live_ko}{missed_ko}",
        en=f"{golden.met:,} of {golden.questions:,} golden questions are met ({share:.0%}), needed "
        f"{least:.0%} or more.{live_en}{missed_en}",
    )


def golden_lost(places: Sequence[int]) -> Words:
    """Golden questions that the live model meets and the candidate does not, if any."""
    if not places:
        return Words(
            ko="운영 모델이 지키는 골든 질문을 모두 지켰습니다.",
            en="Every golden question that the live model meets is met.",
        )
    return Words(
        ko=f"운영 모델은 지키고 후보는 못 지킨 골든 질문 {len(places):,}개: {_places(places)}.",
        en=f"{len(places):,} golden questions that the live model meets are lost: "
        f"{_places(places)}.",
    )


def nobody_compared(run_id: str) -> Words:
    """A site demands a person's judgement, and there is none."""
    return Words(
        ko="사람이 운영 모델과 답변을 비교해야 합니다. "
        f"`cs-pipeline answers draw {run_id}`로 엑셀을 만들어 판정하세요.",
        en="A person must compare its answers with the live model's. Make the workbook with "
        f"`cs-pipeline answers draw {run_id}`.",
    )


def preferred(preference: Preference, least: float) -> Words:
    """What a person prefers; `least` is demanded of the interval's lower end, 0: nothing is."""
    interval = f"{preference.share:.0%} ({preference.low:.0%} ~ {preference.high:.0%})"
    needed_ko = f" 구간의 아래 끝이 {least:.0%} 이상이어야 합니다." if least else ""
    needed_en = f" The lower end must reach {least:.0%}." if least else ""
    return Words(
        ko=f"사람이 고른 답변: 두 모델의 답이 다른 {preference.judged:,}개 질문에서 후보를 선호 "
        f"{interval}.{needed_ko}",
        en="A person's choice where the two models answer differently: the candidate in "
        f"{interval} of {preference.judged:,} questions.{needed_en}",
    )


def _places(places: Sequence[int]) -> str:
    """The first of them: `#1, #4`."""
    listed = ", ".join(f"#{place}" for place in places[:_SHOWN])
    return listed + (" …" if len(places) > _SHOWN else "")
