"""What the data owner reads about rows of lists with something against them."""

from cs_pipeline.language import Words

FAULTED_CELL = Words(
    ko="이 칸에 '다른 고객 건', '수정 필요'처럼 글이 잘못되었다는 메모가 달려 있어 "
    "쓰지 않았습니다. 바로잡은 뒤 메모를 지우고 다시 올려 주세요. 아니면 그대로 두셔도 됩니다.",
    en="A comment on this cell says that its text is wrong, as 'another customer's' or 'needs "
    "correction', so the row was not used. Correct it, delete the comment and drop the file "
    "again; otherwise leave it as it is.",
)
