"""What the data owner reads about answers that a slip put beside questions of others."""

from cs_pipeline.language import Words

OTHER_QUESTION = Words(
    ko="이 행의 답변에는 다른 행의 질문 번호가 적혀 있습니다. 질문 목록과 답변 목록을 나란히 "
    "붙였거나 답변의 줄이 밀린 것 같습니다. 번호로 찾아(엑셀의 XLOOKUP) 질문마다 그 답변이 같은 "
    "행에 오도록 고쳐 다시 올려 주세요.",
    en="The answer in this row names the question of another row by its number: a list of "
    "questions and one of answers seem to stand side by side, or answers have moved. Look them up "
    "by number (XLOOKUP in Excel), put each answer into the row of its question and drop the file "
    "again.",
)
FILLED_DOWN = Words(
    ko="답변과 답변 시각이 윗행과 같은데, 이런 행 가운데 답변 시각이 질문보다 이른 것이 있습니다. "
    "답변이 없던 칸을 윗행의 값으로 채운 것 같습니다. 이 질문에 한 답변을 적어 다시 올려 주세요. "
    "답변이 없었다면 그대로 두셔도 됩니다.",
    en="Answer and time are those of the row above, and in some such rows the answer is older than "
    "its question: cells without an answer seem to have been filled with what stands above. Write "
    "what this question was answered and drop the file again. If there was no answer, leave the "
    "row as it is.",
)
OTHER_QUOTED = Words(
    ko="이 답변이 아래에 인용한 메일은 이 행이 아니라 다른 행의 문의입니다. 답변이 다른 행에 붙은 "
    "것 같습니다. 이 문의에 한 답변을 적어 다시 올려 주세요.",
    en="The mail that this answer quotes is the question of another row, and not of this one: the "
    "answer seems to stand in the wrong row. Write what this question was answered and drop the "
    "file again.",
)
LOOKED_UP = Words(
    ko="다른 시트의 답변 목록에서 이 답변은 다른 번호의 것입니다. VLOOKUP이 이 행의 번호를 찾지 "
    "못해 가까운 번호의 답변을 가져온 것 같습니다. 마지막 인수를 FALSE로 두고 다시 찾거나 이 "
    "질문에 한 답변을 적어 다시 올려 주세요. 답변이 없었다면 그대로 두셔도 됩니다.",
    en="The list of answers on another sheet has this answer under another number: a VLOOKUP that "
    "did not find the row's number seems to have taken that of the next one. Look it up with FALSE "
    "as the last argument, or write what this question was answered, and drop the file again. If "
    "there was no answer, leave the row as it is.",
)
LEFT_OVER = Words(
    ko="이웃한 시트의 같은 칸에 글자까지 같은 답변이 있는데 질문은 서로 다릅니다. 앞 시트를 복사해 "
    "만들고 답변을 지우지 않은 것 같습니다. 이 질문에 한 답변을 적어 다시 올려 주세요. 답변이 "
    "없었다면 그대로 두셔도 됩니다.",
    en="The sheet beside this one has the same answer in the same cell, word for word, beside "
    "another question: one of them seems to be a copy in which answers were not cleared. Write "
    "what this question was answered and drop the file again. If there was no answer, leave the "
    "row as it is.",
)
SLIPPED = Words(
    ko="답변 칸이 빈 행이 있고, 거기서 이어지는 행의 답변은 한 행(또는 두세 행) 위나 아래의 질문에 "
    "맞습니다. 답변 열에 칸을 넣거나 지워 줄이 밀린 것 같습니다. 이 행은 그렇게 밀렸거나 밀리지 "
    "않은 행과의 사이에 있어 쓰지 않았습니다. 답변을 제자리로 옮겨 다시 올려 주세요.",
    en="There is a row without an answer, and next to it answers fit the questions a row (or two "
    "or three) above or below: a cell seems to have been put into the column of answers or taken "
    "out. This row is one of those, or stands between them and the next one in its place. Put the "
    "answers beside their questions and drop the file again.",
)
CROSSED = Words(
    ko="같은 고객의 질문 여러 개와 답변 여러 개가 빠짐없이 서로 짝지어져 있어 어느 질문의 답변인지 "
    "알 수 없습니다. 질문과 답변을 고객으로 합친 것 같습니다. 접수번호로 합쳐 다시 올려 주세요.",
    en="Each of a customer's questions stands beside each of the answers to that customer: which "
    "is to which cannot be told. Two tables seem to have been joined by the customer. Join them by "
    "the number of the inquiry and drop the file again.",
)
SWAPPED_TALK = Words(
    ko="이 대화에서는 고객과 상담사가 서로 바뀐 것 같습니다. 고객이 안내하고 상담사가 묻습니다. 이 "
    "대화의 발화자를 바꾸어 적어 다시 올려 주세요.",
    en="In this conversation customer and agent seem to be swapped: the customer tells what to do, "
    "and the agent asks. Exchange the speakers of this conversation and drop the file again.",
)
MISFILED = Words(
    ko="이 대화의 회신 제목이 다른 대화의 제목입니다. 회신이 다른 대화에 붙은 것 같습니다. 회신을 "
    "제 대화의 번호로 옮겨 다시 올려 주세요.",
    en="A reply in this conversation has the subject of another one: it seems to have been put "
    "into the wrong conversation. Give it the number of its own one and drop the file again.",
)
NO_CUSTOMER = Words(
    ko="다른 대화의 상대는 '손님'이나 '고객'으로 적혀 있는데 이 대화의 상대는 그렇지 않습니다. "
    "거래처나 직원과 나눈 말로 보고 쓰지 않았습니다. 고객이면 상대를 '고객'으로 적어 다시 올려 "
    "주세요. 아니면 그대로 두셔도 됩니다.",
    en="Other conversations are with somebody who is called a customer, and this one is not: it "
    "counts as one with a supplier or a colleague. If it was a customer, write 'customer' there "
    "and drop the file again; otherwise leave it as it is.",
)

OTHER_CUSTOMER = "other_customer"
SLIP_WORDS: dict[str, Words] = {
    OTHER_CUSTOMER: Words(
        ko="답변이 이 행의 고객이 아니라 다른 행의 고객 이름을 부르거나, 그런 행 사이에 있습니다. "
        "다른 고객의 답변을 붙여 넣었거나 답변 열의 줄이 밀린 것 같습니다. 이 질문에 한 답변을 "
        "적어 다시 올려 주세요.",
        en="The answer calls the customer of another row by name, or stands between such answers: "
        "it was pasted into the wrong row, or the column of answers has moved. Write what this "
        "question was answered and drop the file again.",
    ),
}
