"""Answers that somebody wrote into the question's cell, below it and a mark: `[답변] …`."""

import re

from cs_pipeline.intake.sheets.cells import cell_at, clean_text
from cs_pipeline.intake.sheets.stand_ins import stands_in

Row = tuple[str, ...]

_LINE = r"[ \t]*(?:(?:└|ㄴ|→|➡|▶|▷|=>|->|->>|>+)[ \t]*)?"
_ANSWER = re.compile(
    rf"\n{_LINE}(?:[\[(<【]\s*(?:답변|답|회신|answer|reply|a)\s*[\])>】]\s*[:：]?"
    r"|(?:답변|답|회신|answer|reply)\s*[:：])\s*(?=\S)",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    rf"\n{_LINE}(?:[\[(<【]\s*(?:\d차|재|추가)?\s?(?:문의|질문|고객|메모|question|q)\s*[\])>】]"
    r"|(?:재|추가)?(?:문의|질문|고객|메모|question|q)\s*[:：])",
    re.IGNORECASE,
)
# How the customer wants to be answered: `답변: 문자로 주세요`.
_WISH = re.compile(
    r"부탁\s?(?:드|합|해|요)|주시면\s(?:감사|고맙)|(?:문자|메일|전화|카톡|톡|유선)(?:으?로)\s.{0,8}(?:주세요|바랍니다|바라요|희망|원)"
)


def with_answer_below(row: Row, question: int, answer: int) -> Row:
    """The row with question and answer apart, where its question's cell has both for sure.

    That is, below one mark in it and nothing else that is marked, and its answer's cell has none.
    """
    both = cell_at(row, question)
    if "\n" not in both:
        return row  # quick, since every row asks
    parts = _ANSWER.split(both.replace("\r\n", "\n"))
    if len(parts) != 2 or not parts[0].strip() or _FURTHER.search(both) or _WISH.search(parts[1]):
        return row
    beside = clean_text(cell_at(row, answer))
    if beside and not stands_in(beside):
        return row
    wide = [*row, *[""] * (1 + max(question, answer) - len(row))]
    wide[question], wide[answer] = parts
    return tuple(wide)
