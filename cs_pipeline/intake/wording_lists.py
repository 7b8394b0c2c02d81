"""What the data owner reads about rows of lists with something against them."""

from cs_pipeline.language import Words

FAULTED_CELL = Words(
    ko="이 칸에 '다른 고객 건', '수정 필요'처럼 글이 잘못되었다는 메모가 달려 있어 "
    "쓰지 않았습니다. 바로잡은 뒤 메모를 지우고 다시 올려 주세요. 아니면 그대로 두셔도 됩니다.",
    en="A comment on this cell says that its text is wrong, as 'another customer's' or 'needs "
    "correction', so the row was not used. Correct it, delete the comment and drop the file "
    "again; otherwise leave it as it is.",
)
AGENT_OPENED = Words(
    ko="이 문의는 고객이 아니라 상담원이 등록했습니다. 질문 칸의 글은 고객이 한 말이 아니라 "
    "상담원의 메모로 보아 쓰지 않았습니다. 고객이 한 말이면 등록한 사람을 고객으로 고쳐 "
    "다시 올려 주세요.",
    en="An agent opened this inquiry, not the customer, so what stands as its question counts as "
    "a note. If the customer did say so, name the customer as who opened it and drop the file "
    "again.",
)
LATER_ANSWER = Words(
    ko="이 상담에는 메시지가 여럿인데 최초 문의와 최종 답변만 있습니다. 최종 답변은 여기에 없는 "
    "다른 질문에 대한 것일 수 있어 쓰지 않았습니다. 메시지를 모두 담아 내보내 주세요.",
    en="This conversation has several messages, of which the list shows the first question and the "
    "last answer, which may be to something else. Export all messages.",
)
OTHER_TITLE = Words(
    ko="이 행의 질문은 위에 나온 질문과 글자까지 같은데, 제목은 다른 질문의 것입니다. 위 행의 "
    "질문이 아래로 복사된 것 같습니다. 고객이 물은 말을 적어 다시 올려 주세요.",
    en="The question of this row is that of a row above, word for word, and its title is that of "
    "another question: the question seems to have been copied down. Write what the customer asked "
    "and drop the file again.",
)
