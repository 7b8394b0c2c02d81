"""What is wrong with golden questions, and what to do."""

from cs_pipeline.language import Words

KIND = Words(ko="골든 질문", en="golden questions")


def too_many(questions: int, most: int) -> Words:
    """A longer list than a training can ask."""
    return Words(
        ko=f"질문이 {questions:,}개입니다. {most:,}개까지만 쓸 수 있습니다.",
        en=f"There are {questions:,} questions; at most {most:,} can be used.",
    )


ODD_CONTEXT = Words(
    ko="context는 질문과 답변이 번갈아 짝을 이루어야 합니다. 줄 수를 짝수로 맞추세요.",
    en="The context alternates questions and answers. Give it an even number of lines.",
)

NOTHING_DEMANDED = Words(
    ko="must_contain이나 must_not_contain 가운데 하나는 있어야 합니다.",
    en="One of must_contain and must_not_contain is needed.",
)
