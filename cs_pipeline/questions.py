"""Whether a text ends like a question, and like one of a customer's."""

import re

# 주세요 is left out on purpose: agents write it as often as customers do.
_QUESTION_ENDS = ("까요", "나요", "가요", "는지요", "습니까")
_BEHIND = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "?!.~^ㅠㅜㅋㅎ"
# What an agent asks back: 카드로 하셨을까요, 알려 주시겠어요, 예약해 드릴까요.
_ASKS_BACK = re.compile(
    r"(?:(?<![주계])(?:시나요|시겠[가-힣]{2,3}|신가요|신지요|실까요"
    r"|셨(?:나요|을까요|습니까|어요|는지요))"
    r"|드릴까요|드(?:리면|려도) (?:될|괜찮을)까요|(?<!안녕하)(?<!주)세요"
    r"|(?:알려|말씀해|불러) ?주시겠[가-힣]{2,3})[\s?!.~^]*$"
)


def asks(text: str) -> bool:
    """Whether a text ends like a question."""
    words = text.rstrip(_BEHIND)
    return words.endswith(_QUESTION_ENDS) or "?" in text[len(words) :]


def asks_as_customer(text: str) -> bool:
    """Whether a text ends like a question that agents do not ask back so (`맞으신가요?`)."""
    return asks(text) and _ASKS_BACK.search(text) is None
