"""How surely a heading names a question, an answer, a speaker, a text or a conversation."""

import re
from collections.abc import Mapping, Sequence

LABEL_CHARACTERS = 30
MENTION_CHARACTERS = 16

# How sure a heading is. A word of its own beats a compound (질문 > 고객 질문 내용), what a column
# holds beats who (질문 > 고객), and both beat a bare 내용 or a mention among other words.
_SCORES = {"exact": 10, "compound": 9, "weak": 6, "weak_compound": 5, "bare": 3, "mention": 2}
LEAST_PAIR = 2 * _SCORES["weak_compound"]
"""A pair below this is more likely data: a bare word or a mention counts beside a sure heading."""

_KIND = "구분|유형|타입|종류|type|role|kind"
_TALK = "대화|채팅|상담|발화|chat|plain|dialog(?:ue)?|conversation"
_NUMBER = "id|아이디|번호|no|key|코드|식별자|number"
_ABOUT = (
    "일시|일자|날짜|시간|시각|유형|종류|분류|카테고리|번호|아이디|코드|여부|상태|건수|횟수|점수|만족|"
    "평가|채널|경로|이름|성명|연락처|전화|메일|첨부|링크|부서|비고|메모|(?:명|자|처|수|율|id|no)$|"
    "date|time|type|category|number|code|status|count|score|channel|name|phone|mail|url"
)

Heading = tuple[str, ...]
"""The labels of one column: of its lowest heading, and joined with that above it."""
Scale = tuple[tuple[int, re.Pattern[str]], ...]


class Headings:
    """Scales for headings, made of words by role (the keys of `columns` in `layouts.yaml`)."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        customer, agent, text, speaker = (
            _any(words[role]) for role in ("customer", "agent", "text", "speaker")
        )
        about = f"(?=.{{1,{MENTION_CHARACTERS}}}$)(?!.*(?:{_ABOUT}))"
        fillers = f"(?:{customer}|{agent}|{text}|사항|상세|최종|필수|의|\\d)*"
        # A single letter is a heading of its own only: it is part of nearly every word.
        ask, reply = (_any(words[role], least=2) for role in ("question", "answer"))
        self.question = _scale(
            exact=_any(words["question"]),
            compound=f"{fillers}(?:{ask}){fillers}",
            weak=customer,
            weak_compound=f"(?:{customer})(?:{text})+",
            bare=text,
            mention=f"{about}.*(?:{ask}).*",
        )
        self.answer = _scale(
            exact=_any(words["answer"]),
            compound=f"{fillers}(?:{reply}){fillers}",
            weak=agent,
            weak_compound=f"(?:{agent})(?:{text})+",
            mention=f"{about}.*(?:{reply}).*",
        )
        self.speaker = _scale(
            exact=speaker,
            compound=f"(?:{text})*(?:{speaker}|user|person)(?:{_KIND})",
            weak="구분|유형|type|from|who|대화자|참여자",
        )
        self.text = _scale(
            exact=f"대화내용|{text}|대화|채팅",
            compound=f"(?:{_TALK})+(?:{text})+|(?:{text}){{2,}}",
        )
        self._conversation = re.compile(
            f"(?:{_any(words['numbered'])})(?:{_NUMBER})|{_any(words['conversation'])}"
        )

    def names_conversation(self, heading: Heading) -> bool:
        """True for the heading of a column that tells conversations apart."""
        return any(self._conversation.fullmatch(label) for label in heading)


def best_pair(
    headings: Sequence[Heading], first: Scale, second: Scale
) -> tuple[int, int, int] | None:
    """Score and two different columns for the two scales, or None when they are not sure."""
    pairs = [
        (one + other, left, right)
        for one, left in _candidates(headings, first)
        for other, right in _candidates(headings, second)
        if left != right and one + other >= LEAST_PAIR
    ]
    return max(pairs, key=lambda pair: pair[0], default=None)


def _candidates(headings: Sequence[Heading], scale: Scale) -> list[tuple[int, int]]:
    """The two surest columns; the second one serves when the first is taken."""
    scored = [(_surest(heading, scale), column) for column, heading in enumerate(headings)]
    return sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])[:2]


def _surest(heading: Heading, scale: Scale) -> int:
    """The best score of its labels; a mention across two cells is none."""
    alone, *joined = (_score(label, scale) for label in heading)
    return max(alone, *(score for score in joined if score > _SCORES["mention"]), 0)


def _score(label: str, scale: Scale) -> int:
    if not 0 < len(label) <= LABEL_CHARACTERS:
        return 0
    return next((score for score, pattern in scale if pattern.fullmatch(label)), 0)


def _any(words: Sequence[str], least: int = 1) -> str:
    return "|".join(re.escape(word) for word in words if len(word) >= least)


def _scale(**levels: str) -> Scale:
    return tuple((_SCORES[level], re.compile(pattern)) for level, pattern in levels.items())
