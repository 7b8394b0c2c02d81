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
from cs_pipeline.intake.sheets.row_fit import names_answerer
from cs_pipeline.intake.sheets.speakers import is_desk, speaker_of
from cs_pipeline.questions import asks, asks_as_customer
from cs_pipeline.sentence_ends import is_polite
from cs_pipeline.shared_words import parts_of

_TITLE = re.compile(
    "(?:글|게시글|게시물|민원|요청|건의|제보|티켓|faq)?(?:제목|타이틀)|(?:faq|ticket|post)?(?:title|subject|summary)"
)
_FAQ_TEXT = re.compile("faq(?:내용|본문|contents?|body|text|cn|txt)")
_OTHER_TEXT = re.compile(
    "희망|바라는|건의|요청|소원|제안|사연|본문|공지|메모|비고|특이|참고|제목|요약|초안|예시|추천|템플릿|후기|리뷰|평가|평점|감상|소감|의견|설명|사유|원인|상태|결과|이름|내부"
    "|전달|공유|인수|인계|지시|보고|협조|해설|보기|번역|원문|목적|계획|주제|분류|title|subject|summary|notes?|memo|remark|draft|sample|template|review"
    "|feedback|reason|cause|state|status|result|name|intern|translat|origin|topic|categor"
)
_ANY_TEXT = re.compile(r"(.*)(원문|remarks?)")
_COMMENT = re.compile("댓글|코멘트|comment")
_NUMBERS = re.compile(r"\d+$|(?<=[가-힣])[a-z]$|^(?:이번|다음|지난|저번)")
_WISHES = re.compile(r"(?:부탁\s?드(?:립니다|려요)|주세요|싶습니다|싶어요|좋겠\S*)[\s.!~^ㅠㅜ]*$")
_DOES = re.compile(
    "여쭙니다|여쭤봅니다|여쭈어봅니다|묻습니다|물어봅니다|답(?:변|글)?(?:합니다|드립니다)"
)
"""A heading that says what its side does."""
_REPORTS = re.compile(
    r"(?:안내|설명|전달|요청|보고|공유|이관|인계)(?:해|하여)?\s?(?:드렸|했|하였)습니다[\s.!)]*$"
)
"""Polite, but about a customer: `환불 규정을 안내드렸습니다.`"""
_SPOKEN = re.compile(r"(?:요|죠|까|나|니다|시오|세요|줘|[?ㅠㅜㅋㅎ])[\s.!?~^…ㅠㅜㅋㅎ]*$")
_LEAST_ROWS, _LEAST_ASKING = 5, 2
_SOME, _MANY, _HALF, _MOSTLY, _NEARLY_ALL = 0.1, 0.4, 0.5, 0.8, 0.9
_LONGEST_LABEL = 12
_TALKING = ("sentences", "mixed")


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
    if _count(_SPOKEN, asked) < _HALF * len(asked) or len(set(asked)) < _NEARLY_ALL * len(asked):
        return None
    return Pair(LEAST_PAIR, titles[0], answers[0].column)


def plain_pair(headings: Sequence[Heading], known: Headings, body: Body) -> Pair | None:
    """The only two columns of sentences: one asks in many rows, and the other one answers.

    Their headings may be any names of columns but those of notes, titles, states and the like, and
    those of the other side; comments are a desk's, or a column says who wrote each. What differs
    by numbers alone (`내용1` and `내용2`) may be of either side.
    """
    if not _is_head(headings):
        return None
    texts = [column for column in range(len(headings)) if body.look(column).holds in _TALKING]
    if len(texts) != 2:
        return None
    names = _told_apart(*(headings[one] for one in texts))
    found = [candidates(names, scale) for scale in (known.question, known.answer)]
    # where headings tell both sides, something else spoke against them
    refused = all(found) and not _too_weak(*(one[0].score for one in found))
    numbered = len({_NUMBERS.sub("", name[-1]) for name in names}) == 1
    if refused or numbered or not all(map(_may_name_text, names)):
        return None
    rows = [row for row in body.rows if any(cell_at(row, one).strip() for one in texts)]
    both = [[cell_at(row, one).strip() for one in texts] for row in rows]
    columns = list(zip(*filter(all, both), strict=True))
    if not columns or len(columns[0]) < max(_LEAST_ROWS, _MOSTLY * len(rows)):
        return None
    asking, replying = ({one.column for one in side} for side in found)
    told = any(names_answerer(heading[0]) for heading in headings)
    for first, second in ((0, 1), (1, 0)):
        against = first in replying or second in asking
        if against or not (told or _may_be_desks(names[second])):
            continue
        if _answer(columns[first], columns[second]):
            return Pair(LEAST_PAIR, texts[first], texts[second])
    return None


def _answer(asked: Sequence[str], replied: Sequence[str]) -> bool:
    """Whether customers ask in one column, and somebody answers them politely in the other."""
    rows = len(asked)
    return (
        sum(map(asks, asked)) >= _MANY * rows
        and sum(map(asks_as_customer, asked)) > _SOME * rows
        and sum(map(asks, replied)) <= _SOME * rows
        and sum(map(is_polite, replied)) >= _MOSTLY * rows
        and len(set(asked)) >= _NEARLY_ALL * rows
        and _count(_REPORTS, replied) <= _SOME * rows
        and _count(_WISHES, replied) <= _MANY * rows
        and _fit(asked, replied)
    )


def _count(pattern: re.Pattern[str], texts: Sequence[str]) -> int:
    """How many of the texts it is found in."""
    return sum(pattern.search(text) is not None for text in texts)


def _fit(asked: Sequence[str], replied: Sequence[str]) -> bool:
    """Whether questions share more words with their own answers than with those beside these."""
    ours, theirs = ([parts_of(text) for text in side] for side in (asked, replied))
    for step in (1, -1):
        beside = [*theirs[step:], *theirs[:step]]
        gains = [
            len(q & own) - len(q & other)
            for q, own, other in zip(ours, theirs, beside, strict=True)
        ]
        more, less = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
        if more < _SOME * len(ours) or more < 2 * less:
            return False
    return True


def _asks_elsewhere(headings: Sequence[Heading], known: Headings, body: Body) -> bool:
    """Whether another column is named one of questions and holds sentences."""
    asked = candidates(headings, known.question)
    return any(body.look(one.column).holds == "sentences" for one in asked)


def _is_head(headings: Sequence[Heading]) -> bool:
    """Whether the row shows nothing but short names, unlike the rows below it."""
    labels = [heading[0] for heading in headings if heading[0]]
    return len(labels) > 1 and all(
        len(label) <= _LONGEST_LABEL
        and (label == "no" or _DOES.fullmatch(label) or kind_of(label) in ("word", "name"))
        for label in labels
    )


def _told_apart(one: Heading, other: Heading) -> tuple[Heading, Heading]:
    """Two headings without the word for any text that both end in (`접수 원문`, `발송 원문`).

    They stay whole where nothing else tells them apart.
    """
    found = [_ANY_TEXT.fullmatch(heading[-1]) for heading in (one, other)]
    if not all(found) or len({match[2] for match in found if match}) > 1:
        return one, other
    first, second = ((match[1],) for match in found if match)
    return (first, second) if first != second and all((*first, *second)) else (one, other)


def _too_weak(question: int, answer: int) -> bool:
    """Whether headings tell who says each, but not surely enough to do without the cells."""
    return question + answer < LEAST_PAIR <= 2 * max(question, answer)


def _may_be_desks(heading: Heading) -> bool:
    """Whether no comments are meant, which may be anybody's, but those of a desk or an agent."""
    return all(
        is_desk(whose) or speaker_of(whose) == "agent"
        for label in heading
        if _COMMENT.search(label)
        for whose in [_COMMENT.split(label)[0]]
    )


def _may_name_text(heading: Heading) -> bool:
    """Whether there is a heading, and none of something beside questions and answers."""
    return bool(heading[0]) and not any(map(_OTHER_TEXT.search, heading))
