"""What the data owner reads about rows and sheets that were not read, or read with a reserve."""

from collections.abc import Sequence
from functools import lru_cache

from cs_pipeline.language import Words

UNANSWERED, UNKNOWN_SPEAKER = "unanswered", "unknown_speaker"
BESIDE_REFUSED = "beside_refused"
REVERSED_ORDER, ORDER_UNCLEAR = "reversed_order", "order_unclear"
CONTINUED, NO_TRANSCRIPT = "continued_answer", "no_transcript"
NUMBERS_TURN = "speaker_numbers"
STAND_IN, STAND_APART = "stand_in", "questions_apart"
MINGLED = "customers_mingled"
SWAPPED_ROWS, DRAGGED = "sides_swapped", "dragged_answer"
VOID_ROW, UNSENT_ANSWER = "void_row", "unsent_answer"

ROW_WORDS: dict[str, Words] = {
    UNANSWERED: Words(
        ko="이 질문 뒤에 상담사의 답변이 없습니다. 학습에 쓰지 않았습니다.",
        en="No agent's answer follows this question. It was not used for training.",
    ),
    BESIDE_REFUSED: Words(
        ko="이 질문이나 그 답변과 이어진 행이 거절되어 말이 온전하지 않습니다. 거절된 행을 고쳐 "
        "올리면 "
        "함께 다시 읽습니다.",
        en="A row beside this question or its answer was refused, so that part of it is missing. "
        "Correct the refused row, and this one is read again with it.",
    ),
    REVERSED_ORDER: Words(
        ko="답변이 질문보다 먼저 나옵니다. 최근 것이 위에 오는 순서로 내보낸 것 같은데, 시각 열이 "
        "없거나 그 값으로는 순서를 알 수 없습니다. '2026-03-02 09:03:11' 같은 시각 열을 더하거나 "
        "오래된 것부터 정렬해 다시 올려 주세요.",
        en="Answers come before their questions. The log seems to have its newest row on top, and "
        "there is no column of times, or none that tells the order. Add times such as '2026-03-02 "
        "09:03:11', or sort the rows from old to new, and drop the file again.",
    ),
    ORDER_UNCLEAR: Words(
        ko="이 대화의 말이 어떤 순서였는지 알 수 없습니다. 시각이나 순번이 같은 행이 섞여 있거나, "
        "시각 없이 날짜만 있습니다. 초까지 있는 시각이나 대화마다 1부터 매긴 순번 열을 더해 다시 "
        "올려 주세요.",
        en="The order of what was said in this conversation cannot be told: rows of the same time "
        "or number are mixed up, or there are days without times. Add times with seconds, or a "
        "column that numbers the rows of each conversation from 1, and drop the file again.",
    ),
    STAND_APART: Words(
        ko="질문 여러 개가 이어진 뒤에 답변 여러 개가 이어집니다. 어느 질문의 답변인지 알 수 "
        "없습니다. 대화마다 같은 번호를 적은 '대화번호' 열이나, 말마다의 시각이나 순번 열을 더해 "
        "다시 올려 주세요.",
        en="Many questions stand together, and so do many answers: which answer is to which "
        "question cannot be told. Add a column 'conversation ID' with one number a conversation, "
        "or one of times or numbers for each utterance, and drop the file again.",
    ),
    MINGLED: Words(
        ko="여러 고객의 대화가 섞여 있는데 어느 답변이 누구에게 한 말인지 알 수 없습니다. "
        "대화마다 같은 번호를 적은 '대화번호' 열을 더하거나, 그런 열이 이미 있으면 머리글을 "
        "'대화번호'로 고쳐 다시 올려 주세요.",
        en="Conversations of several customers are mixed, and to whom an answer was cannot be "
        "told. Add a column 'conversation ID' with one number a conversation, or rename the one "
        "that has them, and drop the file again.",
    ),
    NUMBERS_TURN: Words(
        ko="화자 번호가 통화마다 다른 사람을 가리키는데, 이 통화에서는 누가 상담사인지 알 수 "
        "없습니다. 이 통화의 발화자를 '고객'과 '상담사'로 바꾸어 파일을 다시 올려 주세요.",
        en="The numbers of speakers mean somebody else in each call, and nothing says who is the "
        "agent in this one. Write 'customer' and 'agent' as the speakers of this call, and drop "
        "the file again.",
    ),
    CONTINUED: Words(
        ko="질문 없이 답변만 있는 행입니다. 바로 윗행 답변의 계속인지 알 수 없어 두 행 모두 쓰지 "
        "않았습니다. 윗행의 답변 칸에 이어 적거나 질문을 적어 다시 올려 주세요.",
        en="An answer without a question. Whether it continues the row above cannot be told, so "
        "neither row was used. Add it to the answer above, or fill in its question, and drop the "
        "file again.",
    ),
    STAND_IN: Words(
        ko="답변 칸에 '처리 중' 같은 상태나 '상동', '첨부 참조'만 있습니다. 고객이 받은 답변을 "
        "적어 다시 올려 주세요. 답변이 없었다면 그대로 두셔도 됩니다.",
        en="The answer's cell holds a state such as 'pending', 'ditto' or 'see attachment'. Write "
        "what the customer was told and drop the file again. If there was no answer, leave the row "
        "as it is.",
    ),
    SWAPPED_ROWS: Words(
        ko="이 행과 둘레의 행에서는 질문 칸에 답변이, 답변 칸에 질문이 든 것 같습니다. 열 순서가 "
        "다른 표를 아래에 붙인 것 같습니다. 두 칸을 바꾸어 다시 올려 주세요.",
        en="In this row and those around it, question and answer seem to be swapped: rows of a "
        "table with other columns may have been pasted below. Exchange the two cells and drop the "
        "file again.",
    ),
    DRAGGED: Words(
        ko="답변이 윗행과 같고 그 안의 숫자만 하나씩 커집니다. 엑셀에서 칸을 아래로 끌어 채운 것 "
        "같습니다. 이 질문에 한 답변을 적어 다시 올려 주세요.",
        en="The answer is the one above, with a number in it one higher, as when a cell is dragged "
        "down in Excel. Write what this question was answered and drop the file again.",
    ),
    NO_TRANSCRIPT: Words(
        ko="이 칸에는 '고객: …', '상담사: …'처럼 누가 한 말인지 적힌 대화가 없습니다. 말마다 "
        "줄을 바꾸고 "
        "앞에 '고객:'이나 '상담사:'를 적어 다시 올려 주세요.",
        en="This cell holds no conversation that says who speaks. Put each utterance on a line of "
        "its own that begins with 'customer:' or 'agent:', and drop the file again.",
    ),
}


EARLIER_ANSWER = Words(
    ko="답변 시각이 질문 시각보다 이릅니다. 이 행이나 둘레의 행에서 질문과 답변의 줄이 어긋난 것 "
    "같습니다. 질문마다 그 답변이 같은 행에 오도록 고쳐 다시 올려 주세요.",
    en="The answer is older than its question: in this row or those around it, questions and "
    "answers seem to be out of step. Put each answer into the row of its question and drop the "
    "file again.",
)
LISTS_BESIDE = Words(
    ko="질문 목록과 답변 목록이 나란히 있는 것 같습니다. 시각을 보면 같은 행의 질문과 답변이 짝이 "
    "아닙니다. 질문마다 그 답변이 같은 행에 오도록 고치거나, 시각, 발화자, 내용을 말마다 한 행씩 "
    "적어 다시 올려 주세요.",
    en="A list of questions and one of answers seem to stand side by side: by their times, those "
    "in one row are no pair. Put each answer into the row of its question, or write a row of time, "
    "speaker and text for each utterance, and drop the file again.",
)
NOBODY_SPEAKS = Words(
    ko="누가 한 말인지 적혀 있지 않습니다. 발화자 칸에 '고객', '상담사', '봇' 가운데 하나를 적어 "
    "다시 올려 주세요.",
    en="Nothing says who speaks. Write 'customer', 'agent' or 'bot' as the speaker and drop the "
    "file again.",
)
AUTOMATIC_ANSWER = Words(
    ko="답변 칸에 '[자동응답]'처럼 자동으로 보냈거나 내부용이라고 적힌 글이 있습니다. 상담사가 "
    "고객에게 한 답변을 적어 다시 올려 주세요. 답변이 없었다면 그대로 두셔도 됩니다.",
    en="The answer says of itself, as by '[auto reply]', that a program sent it or that it is for "
    "colleagues. Write what an agent told the customer and drop the file again. If there was no "
    "answer, leave the row as it is.",
)
ASKER_ANSWERS = Words(
    ko="답변한 사람이 질문한 고객과 같습니다. 답변 칸의 글은 상담사의 답변이 아닌 것 같습니다. "
    "상담사가 한 답변을 적어 다시 올려 주세요. 답변이 없었다면 그대로 두셔도 됩니다.",
    en="The customer who asked is named as the one who answered, so this is no agent's answer. "
    "Write what an agent told the customer and drop the file again. If there was no answer, leave "
    "the row as it is.",
)
NOTE_ANSWER = Words(
    ko="답변 칸의 글은 고객에게 한 말이 아니라 직원끼리 보는 메모 같습니다. 고객이 받은 답변을 "
    "적어 다시 올려 주세요. 답변이 없었다면 그대로 두셔도 됩니다.",
    en="The answer reads like a note for colleagues, not like something said to the customer. "
    "Write what the customer was told and drop the file again. If there was no answer, leave the "
    "row as it is.",
)
SHIFTED_CELLS = Words(
    ko="이 행의 글이 다른 열에 들어 있습니다. 칸이 옆으로 밀린 것 같습니다. 글을 제 열로 옮겨 다시 "
    "올려 주세요.",
    en="A text of this row stands in another column: its cells seem to be shifted. Put them into "
    "their columns and drop the file again.",
)
HIDDEN_QUESTION = "hidden_question"
HIDDEN_WORDS = Words(
    ko="질문 칸에 '비밀글입니다'처럼 질문을 볼 수 없다는 말만 있습니다. 비밀글의 내용까지 "
    "볼 수 있는 관리자 화면에서 다시 내보내 주세요.",
    en="The question's cell only says that the question is private or was deleted. Export it "
    "again from a page that shows private posts.",
)


@lru_cache(maxsize=256)
def names_in_cell_words(utterances: int) -> Words:
    """What to do about so many utterances of a cell whose speakers are not known."""
    return Words(
        ko=f"이 칸의 말 {utterances:,}건은 누구의 말인지 알 수 없습니다. 엑셀의 '바꾸기'로 말 앞의 "
        "이름을 '고객'과 '상담사'로 바꾸어 다시 올려 주세요.",
        en=f"It is not clear who says {utterances:,} of the utterances in this cell. Replace the "
        "names in front of them by 'customer' and 'agent' (Find and Replace), and drop the file "
        "again.",
    )


@lru_cache(maxsize=256)
def speakers_words(utterances: int) -> Words:
    """What to do about a speaker that is not known, who said so many things."""
    return Words(
        ko="누구의 말인지 알 수 없습니다. 발화자를 '고객', '상담사', '봇' 가운데 하나로 적어 "
        "주세요. "
        f"이 이름으로 된 말 {utterances:,}건에 모두 적용됩니다.",
        en="It is not clear who speaks. Write 'customer', 'agent' or 'bot' as the speaker; it "
        f"counts for all {utterances:,} rows of this speaker.",
    )


_HOLDS = {
    "nothing": Words(ko="빈 열", en="empty"),
    "sentences": Words(ko="문장", en="sentences"),
    "repeats": Words(ko="같은 글 몇 개", en="the same few texts"),
    "mixed": Words(ko="문장 일부", en="some sentences"),
    "names": Words(ko="이름", en="names"),
    "times": Words(ko="시각", en="times"),
    "figures": Words(ko="숫자·코드", en="figures or codes"),
    "words": Words(ko="낱말", en="single words"),
}


def seen_words(headings: Sequence[tuple[str, str]]) -> Words:
    """The (masked) headings that were seen, what their columns hold, and what would do."""
    ko = ", ".join(f"'{heading}'({_HOLDS[holds].ko})" for heading, holds in headings)
    en = ", ".join(f"'{heading}' ({_HOLDS[holds].en})" for heading, holds in headings)
    return Words(
        ko=f"이 파일에서 본 머리글: {ko}. 질문과 답변 열에는 행마다 다른 문장이 있어야 합니다. "
        "그런 열이 있으면 머리글을 '질문'과 '답변'으로 고쳐 주세요. 답변 열이 여럿이면 쓸 것 "
        "하나만 '답변'으로 두세요.",
        en=f"The headings that were seen: {en}. Columns of questions and answers must hold "
        "sentences, and not the same few all over; where there are two such columns, name them "
        "'question' and 'answer'. Of several columns of answers, name one alone 'answer'.",
    )


def markup_words(cells: int) -> Words:
    """Of how many cells only the words of their HTML were read."""
    unit = "cell holds" if cells == 1 else "cells hold"
    return Words(
        ko=f"HTML이 든 칸 {cells:,}개에서는 글만 읽었습니다.",
        en=f"{cells:,} {unit} HTML, of which only the text was read.",
    )


PEOPLE = Words(
    ko="대화 없이 사람 목록만 있어 학습에 쓰지 않았습니다. "
    "여기 적힌 값은 다른 시트에서 모두 가립니다.",
    en="Not used for training: it lists people and holds no conversations. Its values are masked "
    "wherever the other sheets show them.",
)
ANSWERS_READ = Words(
    ko="답변만 있는 시트입니다. 번호가 같은 질문이 있는 시트에 이어 읽었습니다.",
    en="This sheet holds the answers alone. They were read together with the questions that have "
    "the same numbers on another sheet.",
)
ANSWERED_ELSEWHERE = Words(
    ko="답변은 다른 시트에서 번호가 같은 행을 찾아 이 시트의 오른쪽 열에 이어 읽었습니다.",
    en="Their answers were taken from the rows with the same numbers on another sheet, as if they "
    "stood right of these columns.",
)
TURNED = Words(
    ko="항목 이름이 행 앞에 있어 행과 열을 바꾸어 읽었습니다. 셀 주소도 바꾼 표의 주소입니다.",
    en="The labels stand in front of the rows: rows and columns were changed over to read it, and "
    "addresses of cells are those of the sheet so changed.",
)
ANSWERED_BESIDE = Words(
    ko="질문 목록과 답변 목록이 나란히 있어, 답변은 번호가 같은 행에서 찾아 이 시트의 오른쪽 열에 "
    "이어 읽었습니다.",
    en="A list of questions and one of answers stand side by side: the answers were taken from the "
    "rows with the same numbers, as if they stood right of these columns.",
)
EMPTY_SHEET = Words(ko="빈 시트입니다.", en="The sheet is empty.")
HIDDEN_SHEET = Words(
    ko="숨긴 시트여서 읽지 않았습니다. 읽으려면 시트 숨기기를 취소하고 다시 올려 주세요.",
    en="Not read: the sheet is hidden. To have it read, unhide it and drop the file again.",
)
NO_RESULTS = Words(
    ko="모든 행의 수식에 저장된 결과가 없습니다. 엑셀에서 열어 저장한 뒤 다시 올려 주세요.",
    en="In every row a formula has no stored result. Open the file in Excel, save it and drop it "
    "again.",
)


def no_header_words(rows: int) -> Words:
    """Of a sheet of which so many rows were looked at for headings."""
    return Words(
        ko=f"처음 {rows}행에 질문·답변 열이나 발화자·내용 열의 머리글이 없어 읽지 않았습니다.",
        en=f"Not read: its first {rows} rows name neither question and answer columns nor "
        "speaker and text columns.",
    )


def hidden_rows_words(rows: int, *, read: bool) -> Words:
    """Of a sheet with hidden rows, which were read or not."""
    if read:
        return Words(
            ko=f"숨긴 행 {rows:,}개도 읽었습니다.", en=f"{rows:,} hidden rows were read as well."
        )
    return Words(
        ko=f"숨긴 행 {rows:,}개는 읽지 않았습니다.", en=f"{rows:,} hidden rows were not read."
    )


FORMULA, ERROR, TEMPLATE = "formula_without_value", "error_cell", "unreadable_template"
UNEVEN, BROKEN_CHARACTER = "uneven_row", "broken_character"
CELL_WORDS: dict[str, Words] = {
    FORMULA: Words(
        ko="이 셀의 수식에는 저장된 결과가 없습니다. 엑셀에서 파일을 열어 저장하면 결과도 함께 "
        "저장됩니다. 그렇게 저장한 파일을 다시 올려 주세요.",
        en="The formula in this cell has no stored result. Open the file in Excel and save it, "
        "which stores the results, and drop it again.",
    ),
    ERROR: Words(
        ko="이 셀에는 #N/A나 #REF! 같은 오류만 있습니다. 수식이나 값을 고쳐 다시 올려 주세요.",
        en="This cell shows an error such as #N/A or #REF!. Correct its formula or value and "
        "drop the file again.",
    ),
    TEMPLATE: Words(
        ko="이 셀의 메시지 템플릿(JSON)이 중간에 끊겼거나 깨져 있습니다. 상담 시스템에서 다시 "
        "내보내 주세요.",
        en="The message template (JSON) in this cell breaks off or is damaged. Export it from "
        "your system again.",
    ),
    UNEVEN: Words(
        ko="이 행은 칸 수가 머리글 행과 다릅니다. 따옴표 없는 쉼표나 줄바꿈 때문에 칸이 밀린 것 "
        "같습니다. "
        "내용을 제 열로 옮겨 다시 올리거나, 상담 시스템에서 .xlsx로 내보내 주세요.",
        en="This row has more or fewer cells than the headings: a comma or a line break without "
        "quotes seems to have shifted them. Put the texts into their columns, or export the data "
        "as .xlsx, and drop it again.",
    ),
    BROKEN_CHARACTER: Words(
        ko="이 행에 깨진 글자가 있습니다. 글을 바로 적어 다시 올려 주세요.",
        en="A character of this row is damaged. Write the text out again and drop the file.",
    ),
}

NOT_CORRECTED_WORDS = Words(
    ko="고치지 않은 행입니다. 고쳐서 다시 올려 주세요.",
    en="The row was not corrected. Correct it and drop the file again.",
)
UNKNOWN_ROW_WORDS = Words(
    ko="원본 엑셀에 거절된 행으로 없는 '시트'와 '셀'입니다. 두 칸을 처음 받은 대로 되돌려 다시 "
    "올려 주세요.",
    en="The export has no refused row with this 'Sheet' and 'Cell'. Put back what these two "
    "columns said and drop the file again.",
)
_CORRECTED = Words(
    ko="거절된 행을 고쳐 올린 파일입니다. 고친 행만 셉니다.",
    en="A workbook of refused rows; only corrected ones are counted.",
)


def corrected_words(replaced: int) -> Words:
    """What is said of a table that was corrected."""
    if not replaced:
        return _CORRECTED
    return Words(
        ko=f"{_CORRECTED.ko} 같은 행을 두 번 다르게 고친 {replaced:,}건은 아래쪽에 적은 것을 "
        f"썼습니다.",
        en=f"{_CORRECTED.en} Rows that were corrected twice: {replaced:,}; the lower line of "
        "each counts.",
    )
