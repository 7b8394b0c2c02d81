"""Surveys, whose answers are the customers', and exams, whose answers are what staff must know."""

import re
from collections.abc import Iterable

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at

_LEAST_TIMES, _LEAST_CELLS, _SEVERAL_ANSWERS, _MOSTLY = 3, 9, 1.5, 0.6
_HARDLY_ANY = 0.3
_TO_CUSTOMERS = re.compile(
    # 해결되셨나요?, 의향이 있으신가요?, 어떠셨습니까?, 만족하십니까?
    r"(?:셨|시|신|십)(?:나요|습니까|니까|까요|가요|는지요|던가요)[\s?.!]*$|(?:셨어요|실까요)[\s?]*$"
    r"|(?:말씀|적어|남겨|평가|선택|골라|기재|체크)\s*(?:해|하여)?\s*"
    r"주(?:세요|십시오|시기 바랍니다)[\s?.!]*$"
    r"|^(?:how (?:satisfied|likely|easy|would you rate|was|were)|would you recommend"
    r"|(?:did|was|were) (?:our|the|your|you)\b|please (?:rate|tell us|share|leave|describe)"
    r"|(?:do you have )?any (?:other|further|additional)|is there anything)",
    re.IGNORECASE,
)
_AS_COMPANY = re.compile(
    r"니다|십시오|세요|드릴|드려|드렸|시면|시기|고객님|합니까|가능|please|\byour?\b|\bwe\b",
    re.IGNORECASE,
)

_OF_EXAM = re.compile(
    r"배점|(?:시험|출제)\w*|오답\w*|(?:보기|선택지|선지|지문)(?:[1-9]|[가나다라마①-⑤])?|응시\w*|채점\w*|정답률"
    "|option[1-9a-e]|choices?|distractors?"
)
_RIGHT_ANSWER = re.compile("정답|모범답안|correctanswer|answerkey")


def is_exam(labels: Iterable[str]) -> bool:
    """Whether headings are those of questions that staff are examined with."""
    labels = list(labels)
    return any(map(_RIGHT_ANSWER.fullmatch, labels)) and any(map(_OF_EXAM.fullmatch, labels))


def asks_customers(body: Body, question: int, answer: int) -> bool:
    """Whether a company asks, and customers answer: most questions are worded so.

    Either everybody is asked the same, again and again, and answers differently; or hardly any
    answer is worded as a company speaks, as in a list of calls to those who bought something.
    """
    asked = body.look(question)
    if asked.filled >= _LEAST_CELLS and _call_customers(body, question, answer):
        return True
    if asked.filled < max(_LEAST_CELLS, _LEAST_TIMES * asked.distinct):
        return False
    texts = set(body.cells(question))
    asks = sum(_TO_CUSTOMERS.search(text) is not None for text in texts)
    pairs = {(cell_at(row, question).strip(), cell_at(row, answer).strip()) for row in body.rows}
    return asks >= _MOSTLY * len(texts) and len(pairs) >= _SEVERAL_ANSWERS * len(texts)


def _call_customers(body: Body, question: int, answer: int) -> bool:
    questions, answers = body.cells(question), body.cells(answer)
    asks = sum(_TO_CUSTOMERS.search(text) is not None for text in questions)
    if asks < _MOSTLY * len(questions):
        return False
    told = sum(_AS_COMPANY.search(text) is not None for text in answers)
    return told <= _HARDLY_ANY * len(answers)
