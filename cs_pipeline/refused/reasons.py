"""Why a row was refused, in a few words: the one list for terminal, pages and reports."""

from cs_pipeline.language import Words

ROW_REASONS: dict[str, Words] = {
    "empty_question": Words(ko="질문이 비어 있음", en="no question"),
    "empty_answer": Words(ko="답변이 비어 있음", en="no answer"),
    "too_long": Words(ko="너무 긴 글", en="too long"),
    "no_text": Words(ko="글자가 없음", en="no letters"),
    "same_text": Words(ko="질문과 답변이 같음", en="answer repeats the question"),
    "unknown_speaker": Words(ko="알 수 없는 발화자", en="unknown speaker"),
    "unanswered": Words(ko="답변 없이 끝난 문의", en="never answered"),
    "reversed_order": Words(ko="답변이 질문보다 먼저 나옴", en="answers before questions"),
    "order_unclear": Words(ko="순서를 알 수 없는 대화", en="conversation in no clear order"),
    "customers_mingled": Words(ko="여러 고객의 대화가 섞임", en="customers mingled"),
    "questions_apart": Words(ko="질문과 답변이 따로 모여 있음", en="questions apart from answers"),
    "beside_refused": Words(ko="제외된 행과 이어진 말", en="part of a turn that was left out"),
    "continued_answer": Words(ko="질문 없이 이어지는 답변", en="answer without its question"),
    "stand_in": Words(
        ko="답변이 아닌 상태, '상동', 메모, 자동 응답",
        en="a state, 'ditto', a note or auto reply, not an answer",
    ),
    "sides_swapped": Words(ko="질문과 답변이 바뀐 행", en="question and answer swapped"),
    "dragged_answer": Words(ko="아래로 끌어 채운 답변", en="answer dragged down"),
    "other_customer": Words(ko="다른 고객을 부르는 답변", en="answer to another customer"),
    "void_row": Words(ko="쓰지 않는다고 적힌 행", en="row marked as void"),
    "unsent_answer": Words(ko="아직 나가지 않은 답변", en="an answer that was not sent yet"),
    "hidden_question": Words(ko="볼 수 없는 질문(비밀글)", en="a question that is not shown"),
    "unfinished_speech": Words(ko="끝까지 인식되지 않은 말", en="speech without a final result"),
    "no_transcript": Words(ko="말한 사람이 없는 대화", en="no conversation in the cell"),
    "uneven_row": Words(ko="칸이 밀린 행", en="row with shifted cells"),
    "broken_character": Words(ko="깨진 글자", en="damaged character"),
    "formula_without_value": Words(
        ko="값이 저장되지 않은 수식", en="formula without a stored value"
    ),
    "error_cell": Words(ko="오류 셀", en="error cell"),
    "unreadable_template": Words(ko="읽을 수 없는 메시지 양식", en="unreadable message template"),
    "not_corrected": Words(ko="고치지 않음", en="not corrected"),
    "unknown_row": Words(ko="원본에 없는 행", en="not a row of the export"),
    "residual_pii": Words(
        ko="마스킹 뒤에도 개인정보로 보이는 글",
        en="still looks like personal data after masking",
    ),
    "too_long_to_mask": Words(
        ko="너무 길어 개인정보를 가릴 수 없는 글", en="too long to be masked"
    ),
}
"""By the stable identifier of the reason; a site's own rules have words of their own."""


def reason_words(reason: str) -> str:
    """Why rows were refused, in the reader's language; the identifier where it is not known."""
    return str(ROW_REASONS.get(reason, reason))
