"""What a program says in an agent's name and answers nothing: how long a queue is, and surveys.

customer  언제 와요?
agent     현재 대기 인원은 2명입니다.        the queue, up to where an agent is there
agent     상담사와 연결되었습니다.
agent     내일 오후에 갑니다.
agent     상담은 만족스러우셨나요? 1~5점으로 답해 주세요.     a survey, down to what is said of it
customer  5
agent     소중한 의견 감사합니다.
"""

import re
from collections.abc import Iterator, Sequence

from cs_pipeline.intake.said import Turn
from cs_pipeline.questions import asks

_LONGEST = 120
_CONNECTED = re.compile(
    r"(?:상담(?:사|원|직원)|담당자|직원)(?:님)?(?:이|가|과|와|에게|께)?\s?"
    r"연결(?:되었|됐|되셨|해 드렸)(?:습니다|어요)[\s.!~]*"
)
_QUEUE = re.compile(
    r"(?:현재|지금|고객님)?[\s,]*(?:앞에?\s?)?(?:대기|순번|순서|예상 대기)[^.!?]{0,30}"
    r"(?:명|번째|번|분|초|중)(?:입니다|이에요|예요)[\s.!]*(?:잠시만?|조금만)?[^.!?]{0,20}(?:기다려[^.!?]{0,12})?[\s.!~]*"
    r"|.{0,20}상담(?:사|원|직원)[을를과와에게]*\s?연결(?:하고|해|하겠|중|을|하는)[^.!?]{0,20}[\s.!~]*(?:잠시만[^.!?]{0,16}[\s.!~]*)?"
)
_RATES = re.compile(
    r"만족(?:도|스러|하셨|하시)|상담(?:은|이|에)?[^.?!]{0,10}(?:어떠셨|어땠)|평가해|별점"
)
_SCALE = re.compile(r"\d\s?(?:점)?\s?[~∼\-–]\s?\d{1,2}\s?점?|\d{1,2}점 만점|별점|번호를|설문")
_SCORE = re.compile(
    r"(?:[1-9]|10)\s?점?\s?(?:이요|요|입니다|드려요|드릴게요)?[\s.!~]*|(?:매우\s?)?(?:만족|불만족|보통)[가-힣]{0,4}[\s.!~]*|[★☆]+"
)
_ASKS_FOR = re.compile(r"주세요|주십시오|주시|부탁|까요|나요")
_OF_RATING = re.compile(rf"{_RATES.pattern}|{_SCALE.pattern}|감사|부탁드|안녕하세요")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=\S)")
_OF_SURVEY = re.compile(r"설문|의견|평가|만족도|참여")
_WANTS_WORDS = re.compile(r"(?:말씀|의견|이유|점|내용)[^.?!]{0,14}(?:적어|남겨|입력|말씀해|알려)")


def without_notices(turns: Sequence[Turn]) -> Sequence[Turn]:
    """The turns without those of a queue and of a survey."""
    said = [turn.text for turn in turns if turn.speaker == "agent" and len(turn.text) <= _LONGEST]
    if any(map(_CONNECTED.fullmatch, said)):
        turns = list(_without_queue(turns))
    if any(map(_asks_to_rate, said)):
        turns = list(_without_survey(turns))
    return turns


def _without_queue(turns: Sequence[Turn]) -> Iterator[Turn]:
    """The turns without that an agent is there, and without what stands above it of a queue.

    Where the agent says no more, that he is there may be what the customer wanted.
    """
    waiting: list[Turn] = []
    for place, turn in enumerate(turns):
        following = turns[place + 1].speaker if place + 1 < len(turns) else ""
        if turn.speaker == "agent" and _QUEUE.fullmatch(turn.text):
            waiting.append(turn)
        elif turn.speaker == following == "agent" and _CONNECTED.fullmatch(turn.text):
            waiting = []
        else:
            yield from waiting
            waiting = []
            yield turn
    yield from waiting


def _without_survey(turns: Sequence[Turn]) -> Iterator[Turn]:
    """The turns without surveys; what customers tell one stays as a turn without words.

    So what an agent says below is joined to nothing above. What a customer asked of a survey is
    answered.
    """
    asked, expects = "", ""
    for turn in turns:
        if turn.speaker == "customer" and _tells(turn.text, expects):
            turn.text, expects = "", "thanks"
        elif turn.speaker == "customer":
            asked, expects = turn.text, ""
        elif _asks_to_rate(turn.text) and not _RATES.search(asked):
            expects = "score"
            continue
        elif expects == "thanks" and _is_of_survey(turn.text):
            expects = "words" if _WANTS_WORDS.search(turn.text) else ""
        else:
            expects = ""
        yield turn


def _tells(text: str, expects: str) -> bool:
    """Whether a customer says what the survey wants to know."""
    if expects == "score":
        return _SCORE.fullmatch(text) is not None
    return expects == "words" and not asks(text)


def _asks_to_rate(text: str) -> bool:
    """Whether a text asks how it was, on a scale, and says nothing else."""
    return (
        len(text) <= _LONGEST
        and _RATES.search(text) is not None
        and _SCALE.search(text) is not None
        and _ASKS_FOR.search(text) is not None
        and all(map(_OF_RATING.search, _SENTENCES.split(text)))
    )


def _is_of_survey(text: str) -> bool:
    return len(text) <= _LONGEST and _OF_SURVEY.search(text) is not None
