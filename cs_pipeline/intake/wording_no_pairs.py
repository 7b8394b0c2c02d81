"""What the data owner reads about rows whose two texts are no question and its answer."""

from cs_pipeline.intake.wording import STAND_IN, UNSENT_ANSWER, VOID_ROW
from cs_pipeline.language import Words

STATE_WORDS = {
    STAND_IN: Words(
        ko="이 칸에 '챗봇'이나 '시스템'처럼 프로그램이 답했다고 적혀 있습니다. 상담사의 답변이 "
        "아니어서 쓰지 않았습니다. 상담사가 고객에게 한 답변이면 이 칸을 고쳐 다시 올려 주세요.",
        en="This cell says that a program answered, as by 'chatbot' or 'system', so the answer was "
        "not used. If an agent did tell the customer so, correct the cell and drop the file again.",
    ),
    VOID_ROW: Words(
        ko="이 칸에 오등록·폐기·삭제·취소처럼 쓰지 않는 행이라고 적혀 있습니다. 쓸 행이면 그 칸을 "
        "고쳐 다시 올려 주세요. 아니면 그대로 두셔도 됩니다.",
        en="This cell says that the row is void, as by 'entered in error' or 'deleted'. If the row "
        "counts, correct the cell and drop the file again; otherwise leave it as it is.",
    ),
    UNSENT_ANSWER: Words(
        ko="이 칸에 '미답변'이나 '승인대기'처럼 답변이 아직 나가지 않았다고 적혀 있어, 답변 칸의 "
        "글을 양식이나 초안으로 보았습니다. 고객이 받은 답변이면 그 칸을 고쳐 다시 올려 주세요.",
        en="This cell says that the answer was not sent yet, as by 'not answered' or 'draft', so "
        "what stands there counts as a template or a draft. If the customer did get it, correct "
        "the cell and drop the file again.",
    ),
}
UNFILLED_ANSWER = Words(
    ko="답변 칸에 '[답변 내용을 입력하세요]'처럼 채우지 않은 양식이 있습니다. 고객이 받은 답변을 "
    "적어 다시 올려 주세요. 답변이 없었다면 그대로 두셔도 됩니다.",
    en="The answer is a template that was not filled in, as '[enter your reply here]'. Write what "
    "the customer was told and drop the file again. If there was no answer, leave the row as it "
    "is.",
)
STOCK_ANSWER = Words(
    ko="여러 질문에 '담당 부서에서 확인 후 처리하였습니다'처럼 내용 없는 답변이 똑같이 있습니다. "
    "고객이 받은 답변을 적어 다시 올려 주세요. 답변이 없었다면 그대로 두셔도 됩니다.",
    en="Several questions have the same answer, which only says that they were dealt with. Write "
    "what the customer was told and drop the file again. If there was no answer, leave the row as "
    "it is.",
)
DITTO_QUESTION = Words(
    ko="질문 칸에 '상동'처럼 다른 행과 같다는 말만 있습니다. 고객이 물은 말을 적어 다시 올려 "
    "주세요.",
    en="The question's cell only says that it is that of another row, as 'ditto'. Write what the "
    "customer asked and drop the file again.",
)
STRUCK_ROW = Words(
    ko="이 행의 글에 취소선이 그어져 있어 쓰지 않는 행으로 보았습니다. 쓸 행이면 취소선을 지우고 "
    "다시 올려 주세요. 아니면 그대로 두셔도 됩니다.",
    en="The text of this row is struck through, so that the row counts as void. If it counts, "
    "clear the strikethrough and drop the file again; otherwise leave it as it is.",
)
NOTED_QUESTION = Words(
    ko="질문 칸에 '환불 문의하심'처럼 상담사가 적은 메모가 있습니다. 고객이 한 말을 적어 다시 올려 "
    "주세요.",
    en="The question's cell holds an agent's note of what the customer wanted (환불 문의하심). "
    "Write what the customer said and drop the file again.",
)
SHIFTED_TEXTS = Words(
    ko="이 행의 글은 머리글보다 한 칸 옆에 있는 것 같습니다. 열이 하나 더 있거나 없는 표를 이어 "
    "붙였을 때 그렇습니다. 질문과 답변을 제 머리글 아래로 옮겨 다시 올려 주세요.",
    en="The texts of this row seem to stand one column beside their headings, as where a table "
    "with a column more or less was put below another. Move question and answer below their "
    "headings and drop the file again.",
)
EVENT_ANSWER = Words(
    ko="답변 칸에 '다른 티켓에 병합되었습니다'나 '자동 종결되었습니다'처럼 시스템이 남긴 기록만 "
    "있습니다. 고객이 받은 답변을 적어 다시 올려 주세요. 답변이 없었다면 그대로 두셔도 됩니다.",
    en="The answer only records what a program did to the inquiry, as 'merged into another "
    "ticket' or 'closed automatically'. Write what the customer was told and drop the file again. "
    "If there was no answer, leave the row as it is.",
)
FORM_ROW = Words(
    ko="이 행의 두 칸은 '필수 입력'이나 '예)'처럼 양식의 안내나 예시로 보입니다. 그대로 두셔도 "
    "됩니다. 실제 문의라면 그 말을 지우고 다시 올려 주세요.",
    en="Both cells of this row read like a form's own advice or example ('required', 'e.g.'). "
    "Leave the row as it is. If a customer did ask this, remove that word and drop the file "
    "again.",
)
LATE_ANSWER = Words(
    ko="이 질문 뒤로 일주일 넘게 답변이 없습니다. 그 뒤에 보낸 글은 이 질문의 답변이 아니라 따로 "
    "보낸 안내로 보고 둘 다 쓰지 않았습니다. 답변이 맞으면 두 행에 같은 번호를 적은 '대화번호' "
    "열을 더해 다시 올려 주세요.",
    en="Nothing follows this question for more than a week, so that what was sent then counts as a "
    "notice of its own and neither was used. If it is the answer, add a column 'conversation ID' "
    "with one number for both rows and drop the file again.",
)
UNFINISHED = "unfinished_speech"
UNFINISHED_WORDS = Words(
    ko="음성 인식의 중간 결과만 있고 최종 결과가 없는 말입니다. 말이 끊겼을 수 있어 쓰지 "
    "않았습니다. 최종 결과까지 있는 기록을 다시 올려 주세요.",
    en="Of this speech there are interim results alone, and no final one: it may break off, so it "
    "was not used. Drop a log that has its final result, too.",
)
CUT_TEXT = "cut_text"
CUT_WORDS = Words(
    ko="이 열의 긴 글은 모두 같은 길이에서 문장 중간에 끊깁니다. 내보낼 때 글자 수가 제한된 것 "
    "같아, 끊긴 글은 쓰지 않았습니다. 글 전체를 담아 다시 내보내 주세요.",
    en="The long texts of this column all break off at the same length, within a sentence: the "
    "export seems to keep so many characters alone. Texts that were cut are not used. Export them "
    "whole.",
)
