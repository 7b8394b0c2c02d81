"""Exchanges as figures: all that the expectations ever see, so that no result can hold a value."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_pipeline.records import Exchange

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "question_characters",
    "answer_characters",
    "question_letters",
    "answer_letters",
    "is_same_text",
    "is_duplicate",
    "hangul_share",
    "asks_more",
)

_HANGUL = re.compile(r"[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")
# 주세요 is left out on purpose: agents write it as often as customers do.
_QUESTION_END = re.compile(r"(\?|까요|나요|가요|는지요|습니까)[\s?!.~^ㅠㅜㅋㅎ]*$")


def figures_of(exchanges: Sequence[Exchange]) -> "pd.DataFrame":
    """One row an exchange, indexed 0, 1, 2 ... as given.

    Columns (all float64): `question_characters`, `answer_characters` (after strip),
    `question_letters`, `answer_letters` (letters of any script), `is_same_text` (0/1: question
    and answer are equal), `is_duplicate` (0/1: the same pair came before), `hangul_share` (of the
    letters of both sides, 0..1; NaN without letters), `asks_more` (-1, 0, 1: 1 when the answer
    ends like a question and the question does not).
    """
    import pandas as pd

    seen: set[tuple[str, str]] = set()
    rows = []
    for exchange in exchanges:
        question, answer = exchange.question.strip(), exchange.answer.strip()
        letters = sum(map(str.isalpha, question)), sum(map(str.isalpha, answer))
        hangul = len(_HANGUL.findall(question)) + len(_HANGUL.findall(answer))
        rows.append(
            (
                len(question),
                len(answer),
                *letters,
                question == answer,
                (question, answer) in seen,
                hangul / sum(letters) if any(letters) else float("nan"),
                _asks(answer) - _asks(question),
            )
        )
        seen.add((question, answer))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype("float64")


def _asks(text: str) -> int:
    return int(_QUESTION_END.search(text) is not None)
