"""What the data owner reads about answers that a slip put beside questions of others."""

from cs_pipeline.language import Words

FILLED_DOWN = Words(
    ko="답변과 답변 시각이 윗행과 같은데, 이런 행 가운데 답변 시각이 질문보다 이른 것이 있습니다. "
    "답변이 없던 칸을 윗행의 값으로 채운 것 같습니다. 이 질문에 한 답변을 적어 다시 올려 주세요. "
    "답변이 없었다면 그대로 두셔도 됩니다.",
    en="Answer and time are those of the row above, and in some such rows the answer is older than "
    "its question: cells without an answer seem to have been filled with what stands above. Write "
    "what this question was answered and drop the file again. If there was no answer, leave the "
    "row as it is.",
)
