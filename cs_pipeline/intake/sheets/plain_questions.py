"""Pairs told by their cells, not by headings: titles that ask, questions by any other name."""

import re
from collections.abc import Sequence

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cell_kinds import kind_of
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.column_pairs import Pair
from cs_pipeline.intake.sheets.headings import (
    LEAST_PAIR,
    SURE,
    Candidate,
    Heading,
    Headings,
    candidates,
)
from cs_pipeline.intake.sheets.numbered_columns import name_without_count
from cs_pipeline.intake.sheets.row_fit import names_answerer
from cs_pipeline.questions import asks, asks_as_customer

_TITLE = re.compile(
    "(?:글|게시글|게시물|민원|요청|건의|제보|티켓|faq)?(?:제목|타이틀)|(?:faq|ticket|post)?(?:title|subject|summary)"
)
_FAQ_TEXT = re.compile("faq(?:내용|본문|contents?|body|text|cn|txt)")
_OTHER_TEXT = re.compile(
    "메모|비고|특이|참고|제목|요약|초안|예시|추천|템플릿|후기|리뷰|평가|평점|감상|소감|의견|설명|사유|원인|상태|결과|이름|내부"
    "|전달|공유|인수|인계|지시|보고|협조|해설|보기|번역|원문|목적|계획|주제|분류|title|subject|summary|notes?|memo|remark|draft|sample|template|review"
    "|feedback|reason|cause|state|status|result|name|intern|translat|origin|topic|categor"
)
_COMMENT = re.compile("댓글|코멘트|comment")
_SPOKEN = re.compile(r"(?:요|죠|까|나|니다|시오|세요|줘|[?ㅠㅜㅋㅎ])[\s.!?~^…ㅠㅜㅋㅎ]*$")
_POLITE = re.compile(r"(?:니다|세요|시오|[가-힣]요)[\s.!~^)]*$")
_LEAST_ROWS, _LEAST_ASKING = 5, 2
_SOME, _MANY, _HALF, _MOSTLY, _NEARLY_ALL = 0.1, 0.4, 0.5, 0.8, 0.9
_LONGEST_LABEL = 12


def titled_pair(headings: Sequence[Heading], known: Headings, body: Body) -> Pair | None:
    """A title that asks and the answer to it, for a table without any other question.

    Titles come once each and most are spoken; they ask more often than the answers do. Comments
    may be anybody's, unless a column says who wrote each.
    """
    told = any(names_answerer(heading[0]) for heading in headings)
    answers = [
        one
        for one in candidates(headings, known.answer)
        if one.score >= SURE and body.look(one.column).holds == "sentences"
        if told or not any(map(_COMMENT.search, headings[one.column]))
    ]
    titles = [one for one, heading in enumerate(headings) if any(map(_TITLE.fullmatch, heading))]
    if any(headings[one][0].startswith("faq") for one in titles):
        answers += [
            Candidate(SURE, column)
            for column, heading in enumerate(headings)
            if _FAQ_TEXT.fullmatch(heading[0]) and body.look(column).holds == "sentences"
        ]
    if len(titles) != 1 or len(answers) != 1 or _asks_elsewhere(headings, known, body):
        return None
    asked, replied = body.cells(titles[0]), body.cells(answers[0].column)
    asking = sum(map(asks, asked))
    if asking < max(_LEAST_ASKING, _SOME * len(asked)) or asking <= sum(map(asks, replied)):
        return None
    spoken = sum(map(bool, map(_SPOKEN.search, asked)))
    if spoken < _HALF * len(asked) or len(set(asked)) < _NEARLY_ALL * len(asked):
        return None
    return Pair(LEAST_PAIR, titles[0], answers[0].column)


def plain_pair(headings: Sequence[Heading], known: Headings, body: Body) -> Pair | None:
    """The only two columns of sentences: one asks in many rows, and the other one answers.

    Their headings may be any names of columns but those of notes, titles, states and the like, and
    those of the other side.
    """
    if not _is_head(headings):
        return None
    texts = [
        column
        for column, heading in enumerate(headings)
        if body.look(column).holds in ("sentences", "mixed")
    ]
    if len(texts) != 2 or not _may_name_texts([headings[one] for one in texts]):
        return None
    named = [
        {one.column for one in candidates(headings, scale)}.intersection(texts)
        for scale in (known.question, known.answer)
    ]
    if all(named):
        return None  # where headings tell both sides, something else spoke against them
    rows = [row for row in body.rows if any(cell_at(row, one).strip() for one in texts)]
    both = [row for row in rows if all(cell_at(row, one).strip() for one in texts)]
    if len(both) < max(_LEAST_ROWS, _MOSTLY * len(rows)):
        return None
    for first, second in (texts, texts[::-1]):
        if first in named[1] or second in named[0]:
            continue
        asked, replied = ([cell_at(row, one).strip() for row in both] for one in (first, second))
        if (
            sum(map(asks, asked)) >= _MANY * len(both)
            and sum(map(asks_as_customer, asked)) > _SOME * len(both)
            and sum(map(asks, replied)) <= _SOME * len(both)
            and sum(map(bool, map(_POLITE.search, replied))) >= _MOSTLY * len(both)
            and len(set(asked)) >= _NEARLY_ALL * len(both)
        ):
            return Pair(LEAST_PAIR, first, second)
    return None


def _asks_elsewhere(headings: Sequence[Heading], known: Headings, body: Body) -> bool:
    """Whether another column is named one of questions and holds sentences."""
    asked = candidates(headings, known.question)
    return any(body.look(one.column).holds == "sentences" for one in asked)


def _is_head(headings: Sequence[Heading]) -> bool:
    """Whether the row shows nothing but short names, unlike the rows below it."""
    labels = [heading[0] for heading in headings if heading[0]]
    return len(labels) > 1 and all(
        len(label) <= _LONGEST_LABEL and (label == "no" or kind_of(label) in ("word", "name"))
        for label in labels
    )


def _may_name_texts(headings: Sequence[Heading]) -> bool:
    """Whether they may head questions and answers: no notes, and no texts that are only counted.

    내용1 and 내용2 come one after the other, whoever says them.
    """
    names = {heading[-1] for heading in headings}
    counted = len(set(map(name_without_count, names))) < len(names)
    return not counted and all(map(_may_name_text, headings))


def _may_name_text(heading: Heading) -> bool:
    """Whether there is a heading, and none of something beside questions and answers."""
    return bool(heading[0]) and not any(map(_OTHER_TEXT.search, heading))
