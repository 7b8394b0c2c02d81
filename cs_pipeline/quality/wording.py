"""What the data owner reads about refused rows and findings; figures only, never a value."""

from cs_pipeline.language import Words

_ROWS: dict[str, Words] = {
    "empty_question": Words(ko="질문이 빈 행", en="Rows without a question"),
    "empty_answer": Words(ko="답변이 빈 행", en="Rows without an answer"),
    "too_long": Words(ko="너무 긴 행", en="Rows that are too long"),
    "no_text": Words(ko="글자가 없는 행", en="Rows without any letter"),
    "same_text": Words(ko="질문과 답변이 같은 행", en="Rows whose answer repeats the question"),
}
# reason -> (when it holds, when it does not); {share} is the measured share in percent,
# {place} names the two columns.
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
            ko="한글 비율이 {share}뿐입니다. 글자가 깨지지 않았는지 확인하고, 엑셀에서 .xlsx로 "
            "다시 저장해 올려 주세요.",
            en="Only {share} of the letters are Hangul. Check whether the text is garbled, save "
            "it again as .xlsx and drop it.",
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
}


def rows_words(reason: str, rows: int) -> Words:
    """How many rows of the export break a row rule."""
    words = _ROWS[reason]
    return Words(ko=f"{words.ko}: {rows:,}개", en=f"{words.en}: {rows:,}")


def export_words(
    reason: str, *, passed: bool, measured: float | None, columns: tuple[str, str]
) -> Words:
    """The outcome of a check on the export as a whole.

    `columns` are the letters of the question and the answer column; equal ones mean a sheet with
    one row an utterance.
    """
    words = _EXPORT[reason][0 if passed else 1]
    share = f"{measured:.1%}" if measured is not None else ""
    question, answer = columns
    ko, en = (
        ("발화자 열의 고객과 상담사를", "customer and agent in the speaker column")
        if question == answer
        else (
            f"{question}열과 {answer}열의 제목을",
            f"the headings of columns {question} and {answer}",
        )
    )
    return Words(
        ko=words.ko.format(share=share, place=ko), en=words.en.format(share=share, place=en)
    )


def row_words(reason: str, *, on_answer: bool, limit: float | None) -> Words:
    """Why one row is refused and what to do about it."""
    ko, en = ("답변", "answer") if on_answer else ("질문", "question")
    most = f"{limit or 0:,.0f}"
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
    }[reason]
