"""What the data owner reads about refused rows and findings; figures only, never a value."""

from functools import lru_cache

from cs_pipeline.language import Words
from cs_pipeline.quality.comparison import Comparison
from cs_pipeline.quality.rules import Rule
from cs_pipeline.refused.reasons import ROW_REASONS

# reason -> (when it holds, when it does not); {share} is what was measured, {place} names the two
# columns, {change} the part of the drift that is the largest.
_EXPORT: dict[str, tuple[Words, Words]] = {
    "columns_missing": (
        Words(ko="필요한 열이 모두 있습니다.", en="All needed columns are there."),
        Words(
            ko="검사에 필요한 열이 없습니다. 관리자에게 알려 주세요.",
            en="Columns that the checks need are missing. Tell your administrator.",
        ),
    ),
    "nothing_left": (
        Words(ko="쓸 수 있는 행이 있습니다.", en="There are rows to use."),
        Words(
            ko="쓸 수 있는 행이 하나도 없습니다. 거절된 행의 이유를 보고 고쳐 다시 올려 주세요.",
            en="Not one row can be used. See why the rows were refused, correct them and drop the "
            "file again.",
        ),
    ),
    "mostly_refused": (
        Words(ko="거절된 행: {share}", en="Refused rows: {share}"),
        Words(
            ko="거절된 행이 {share}로 많습니다. 거절된 행의 파일을 확인해 주세요.",
            en="Many rows were refused ({share}). Look into the workbook of refused rows.",
        ),
    ),
    "many_duplicates": (
        Words(ko="중복된 행: {share}", en="Duplicate rows: {share}"),
        Words(
            ko="같은 질문·답변이 되풀이된 행이 {share}입니다. 같은 자료를 여러 번 내보내지 "
            "않았는지 확인해 주세요. 중복은 한 번만 학습합니다.",
            en="{share} of the rows repeat the same question and answer. Check whether the same "
            "data was exported several times; duplicates are used once.",
        ),
    ),
    "not_korean": (
        Words(ko="한글 비율: {share}", en="Share of Hangul: {share}"),
        Words(
            ko="한글 비율이 {share}뿐입니다. 영어 등 다른 언어의 대화는 학습에 쓰지 않습니다. "
            "한국어 대화라면 글자가 깨지지 않았는지 확인하고, 엑셀에서 .xlsx로 다시 저장해 올려 "
            "주세요.",
            en="Only {share} of the letters are Hangul. Conversations in other languages are not "
            "trained on. If these are Korean, check whether the text is garbled, save it again as "
            ".xlsx and drop it.",
        ),
    ),
    "columns_swapped": (
        Words(ko="질문과 답변이 제자리에 있습니다.", en="Questions and answers are in place."),
        Words(
            ko="질문과 답변이 서로 바뀐 것 같습니다. 물음으로 끝나는 비율이 답변 쪽에서 {share} 더 "
            "높습니다. {place} 서로 바꾸어 다시 올려 주세요.",
            en="Questions and answers seem to be swapped: answers end like questions more often, "
            "by {share} of the rows. Exchange {place} and drop the file again.",
        ),
    ),
    "answers_not_sentences": (
        Words(ko="문장이 아닌 답변: {share}", en="Answers that are not sentences: {share}"),
        Words(
            ko="답변의 {share}가 문장이 아니라 이름이나 처리 상태, 한두 낱말입니다. 답변이 든 "
            "열의 머리글을 "
            "'답변'으로, 다른 열의 머리글을 다르게 고쳐 다시 올려 주세요.",
            en="{share} of the answers are names, states or a word or two instead of sentences. "
            "Name the column with the answers 'answer', the other one differently, and drop the "
            "file again.",
        ),
    ),
    "staff_notes": (
        Words(ko="상담사 메모로 보이는 답변: {share}", en="Answers that look like notes: {share}"),
        Words(
            ko="답변의 {share}가 '안내함', '재발급 접수'처럼 끝납니다. 고객에게 한 말이 아니라 "
            "상담사가 적은 메모로 보입니다. 고객에게 보낸 글이나 통화 내용이 든 열을 '답변'으로 "
            "하여 다시 내보내 주세요.",
            en="{share} of the answers end as agents' notes do (안내함, 재발급 접수): they tell "
            "what was done, not what the customer was told. Export the texts that customers got, "
            "or what was said, as the column 'answer'.",
        ),
    ),
    "answers_misplaced": (
        Words(ko="답변이 옆의 질문과 맞습니다.", en="Answers fit the questions beside them."),
        Words(
            ko="답변이 옆의 질문이 아니라 다른 행의 질문과 맞습니다 (파일 전체나 이어진 행에서 "
            "견주어 본 짝의 {share}). 한 열만 정렬했거나 행이 밀린 것 같습니다. 답변이 제 질문 "
            "옆에 오게 고쳐 다시 올려 주세요.",
            en="Answers fit the questions of other rows, not those beside them ({share} of the "
            "pairs that were compared in the file, or in a stretch of it). A column may have been "
            "sorted by itself, or rows may have shifted. Put each answer beside its question and "
            "drop the file again.",
        ),
    ),
    "drift": (
        Words(
            ko="이전 엑셀들과 비슷합니다. 가장 많이 달라진 것: {change}.",
            en="Much like the exports before it. What changed most: {change}.",
        ),
        Words(
            ko="이전 엑셀들과 많이 다릅니다 (차이 {share}). 가장 많이 달라진 것: {change}. 다른 "
            "업무나 시스템의 자료를 넣지 않았는지 확인해 주세요. 맞는 자료라면 그대로 두면 됩니다.",
            en="Very unlike the exports before it (by {share}). What changed most: {change}. Check "
            "that it is not from another team or system. If it is right, leave it.",
        ),
    ),
}


def rows_words(rule: Rule, rows: int) -> Words:
    """How many rows of the export break a row rule, and what that means if it stops the export."""
    words = rule.words or ROW_REASONS[rule.reason]
    unit = "row" if rows == 1 else "rows"
    said = words.en[:1].upper() + words.en[1:].rstrip(".")
    ko, en = f"{words.ko.rstrip('.')}: {rows:,}행", f"{said}: {rows:,} {unit}"
    if not rows or rule.severity != "critical":
        return Words(ko=ko, en=en)
    return Words(
        ko=f"{ko}. 이런 행이 하나라도 있으면 파일 전체를 쓰지 않습니다. 거절된 행의 파일을 보고 "
        "고쳐 다시 올려 주세요.",
        en=f"{en}. With such a row the whole file is refused. See the workbook of refused rows, "
        "correct them and drop the file again.",
    )


def export_words(
    rule: Rule,
    *,
    passed: bool,
    measured: float | None,
    columns: tuple[str, str],
    comparison: Comparison | None,
) -> Words:
    """The outcome of a check on the export as a whole.

    `columns` are the letters of the question and the answer column; equal ones mean a sheet with
    one row an utterance.
    """
    if rule.words:
        return _own_words(rule, rule.words, passed=passed, measured=measured)
    words = _EXPORT[rule.reason][0 if passed else 1]
    share = shown_figure(rule.figures[0], measured) if rule.figures else Words(ko="", en="")
    place, change = _place(columns), _most_changed(comparison)
    return Words(
        ko=words.ko.format(share=share.ko, place=place.ko, change=change.ko),
        en=words.en.format(share=share.en, place=place.en, change=change.en),
    )


def _own_words(rule: Rule, words: Words, *, passed: bool, measured: float | None) -> Words:
    """What a site says of its own rule, or that it is kept; with what was measured."""
    shown, limit = shown_figure(rule.figures[0], measured), limit_words(rule)
    if passed:
        return Words(
            ko=f"{rule.reason}: 기준에 맞습니다 (측정값 {shown.ko}).",
            en=f"{rule.reason}: within the limit (measured {shown.en}).",
        )
    return Words(
        ko=f"{words.ko} (측정값 {shown.ko}, 기준 {limit.ko})",
        en=f"{words.en} (measured {shown.en}, limit {limit.en})",
    )


def shown_figure(figure: str, value: float | None) -> Words:
    """A figure in its unit: characters, a share in percent, or a bare number from 0 to 1."""
    if value is None:
        return Words(ko="–", en="–")
    if figure.endswith(("_characters", "_letters")):
        number = f"{value:,.1f}".removesuffix(".0")
        return Words(ko=f"{number}자", en=f"{number} characters")
    share = f"{value:.2f}" if figure == "drift" else f"{value:.1%}".replace(".0%", "%")
    return Words(ko=share, en=share)


def limit_words(rule: Rule) -> Words:
    """What a rule's figure has to keep to; the rule has at least one limit."""
    parts = []
    for limit, strict, allowed, forbidden in (
        (rule.least, rule.above_least, ("이상", "at least"), ("초과", "above")),
        (rule.most, rule.below_most, ("이하", "at most"), ("미만", "below")),
    ):
        if limit is not None:
            ko, en = forbidden if strict else allowed
            shown = shown_figure(rule.figures[0], limit)
            parts.append(Words(ko=f"{shown.ko} {ko}", en=f"{en} {shown.en}"))
    return Words(ko=" ".join(part.ko for part in parts), en=", ".join(part.en for part in parts))


def _place(columns: tuple[str, str]) -> Words:
    """What to exchange where questions and answers are swapped."""
    question, answer = columns
    if question == answer:
        return Words(
            ko="발화자 열의 고객과 상담사를", en="customer and agent in the speaker column"
        )
    return Words(
        ko=f"{question}열과 {answer}열의 머리글을",
        en=f"the headings of columns {question} and {answer}",
    )


def _most_changed(comparison: Comparison | None) -> Words:
    """Which part of the drift is the largest, and by how much."""
    if comparison is None:
        return Words(ko="", en="")
    before, now, parts = comparison.before, comparison.now, comparison.parts
    length = "{:,.0f} -> {:,.0f}"
    question = length.format(before.question_characters, now.question_characters)
    answer = length.format(before.answer_characters, now.answer_characters)
    duplicates = f"{before.duplicate_share:.1%} -> {now.duplicate_share:.1%}"
    changes = (
        (parts.words, "쓰인 단어", "the words in use", f"{parts.words:.2f}"),
        (parts.question_length, "질문의 평균 길이", "the mean length of questions", question),
        (parts.answer_length, "답변의 평균 길이", "the mean length of answers", answer),
        (parts.duplicates, "중복 비율", "the share of duplicates", duplicates),
    )
    _, ko, en, figures = max(changes, key=lambda change: change[0])
    return Words(ko=f"{ko} ({figures.replace('->', '→')})", en=f"{en} ({figures})")


@lru_cache(maxsize=64)  # half a million refused rows share a few
def row_words(rule: Rule, *, on_answer: bool) -> Words:
    """Why one row is refused and what to do about it."""
    if rule.words:
        return rule.words
    ko, en = ("답변", "answer") if on_answer else ("질문", "question")
    most = f"{rule.most or 0:,.0f}"
    return {
        "empty_question": Words(
            ko="질문이 비어 있습니다. 질문을 적어 다시 올려 주세요.",
            en="The question is empty. Fill it in and drop the file again.",
        ),
        "empty_answer": Words(
            ko="답변이 비어 있습니다. 답변을 적어 다시 올려 주세요.",
            en="The answer is empty. Fill it in and drop the file again.",
        ),
        "too_long": Words(
            ko=f"{ko}이 {most}자를 넘습니다. 나누거나 줄여서 다시 올려 주세요.",
            en=f"The {en} is longer than {most} characters. Split or shorten it.",
        ),
        "no_text": Words(
            ko=f"{ko}에 글자가 없습니다(숫자나 기호뿐). 내용을 적어 다시 올려 주세요.",
            en=f"The {en} holds no letters, only digits or signs. Write it out in words.",
        ),
        "same_text": Words(
            ko="질문과 답변이 똑같습니다. 답변을 고쳐 다시 올려 주세요.",
            en="Question and answer are the same. Correct the answer.",
        ),
    }[rule.reason]
