"""What is said in between and belongs to no question or answer: nods, notices, excuses.

customer  약은 계속 먹어요?
agent     아침 약은 그대로 드시고요
customer  네네
agent     저녁 약은 절반만 드세요
agent     3분간 응답이 없어 상담이 자동 종료될 예정입니다.
"""

import re
from collections.abc import Sequence

from cs_pipeline.intake.said import Turn
from cs_pipeline.questions import asks

_LONGEST_NOD, _LONGEST_NOTICE, _LONGEST_EXCUSE = 20, 200, 60
_NODS = re.compile(r"(?:(?:네+|넵|예+|응+|음+|아+|어+|아하|그렇군요|그렇구나)[\s.,~!…]*)+")
_COURTESY = re.compile(r"감사합니다|감사드립니다|좋은 하루|수고하|도움이 되|추가|다른 문의|언제든")
_WRONGLY = r"잘못\s?(?:보냈|보낸|보내졌|전송|발송|올렸|올린|남겼|남긴)"
_WRITTEN = "(?:메시지|메세지|톡|문자|글|답장)"
_MISSENT = re.compile(
    # goods are sent to the wrong place, too: a message says that it is one, or begins with a start
    rf"{_WRITTEN}.{{0,12}}{_WRONGLY}|{_WRONGLY}.{{0,4}}{_WRITTEN}"
    rf"|^(?:앗|엇|어머|아이고|아이쿠|헉|아차|이런).{{0,30}}{_WRONGLY}"
    rf"|(?:다른|딴)\s?(?:고객|손님|분|방|채팅|창).{{0,8}}보낼.{{0,4}}{_WRITTEN}|오발송된 {_WRITTEN}"
)
# A system may have sent what a customer asks about: that is no message of this chat.
_SENT = re.compile(r"잘못\s?(?:전송|발송)|오발송")
_OF_THIS_CHAT = re.compile(
    r"앞|방금|위|다른 (?:고객|방|분)|^(?:앗|엇|어머|아이고|아이쿠|헉|아차|이런)"
)
_TOLD_OF = re.compile("문자|메시지|메세지|톡")
_EXCUSE = re.compile(r"죄송|미안|양해|무시|sorry", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_SILENT = (
    r"(?:응답|답변|답장|입력|대화|말씀|메시지|회신|반응)(?:이|가|을|를|도|은|는)?\s?(?:확인되지\s?)?"
    r"(?:없|않|안\s?계)"
)
_OVER = (
    r"(?:상담|채팅|대화|연결|세션|문의|톡)(?:방|창)?(?:이|가|을|를|은|는)?\s?.{0,12}"
    r"(?:종료|종결|마감|닫|끊)"
)
_NOTICE = re.compile(
    rf"{_SILENT}.{{0,40}}{_OVER}|(?:chat|conversation|session).{{0,60}}inactiv"
    r"|inactiv.{0,60}(?:chat|conversation|session)",
    re.IGNORECASE,
)
_ENDED = re.compile("종료|종결|마감|닫|끊|튕")
_IF = re.compile(r"없으(?:면|시면|실)|않으(?:면|시면|실)|계시면|\bif\b", re.IGNORECASE)
_BESIDE_NOTICE = re.compile(
    r"(?:다시|재|추가|또|계속|언제든).{0,30}(?:문의|상담|연락|말씀|남겨).*|.{0,20}(?:감사합니다|안녕하세요).{0,10}"
    r"|.{0,20}좋은 하루.{0,10}|고객님[.,!]?",
    re.DOTALL,
)


def without_interjections(turns: Sequence[Turn]) -> list[Turn]:
    """The turns that count.

    Left out are nods amid what an agent says, notices of a silent customer, and a message that was
    meant for somebody else, with the excuse for it.
    """
    kept: list[Turn] = []
    asked = ""
    for place, turn in enumerate(turns):
        last = kept[-1] if kept else None
        by_agent = turn.speaker == "agent"
        asked = turn.text if turn.speaker == "customer" and turn.text else asked
        if by_agent and last and last.speaker == "agent" and _was_missent(turn.text, asked):
            kept.pop()
        elif not (by_agent and _is_notice(turn.text, last)) and not (
            last and _nods(turn) and _goes_on(last, turns, place)
        ):
            kept.append(turn)
    return kept


def _was_missent(text: str, asked: str) -> bool:
    """Whether an agent says that the message above was meant for somebody else.

    Not where the customer `asked` about one.
    """
    if len(text) > _LONGEST_EXCUSE or _MISSENT.search(text) is None or _TOLD_OF.search(asked):
        return False
    if _SENT.search(text) and not _OF_THIS_CHAT.search(text):
        return False
    return all(_MISSENT.search(one) or _EXCUSE.search(one) for one in _SENTENCES.split(text))


def _nods(turn: Turn) -> bool:
    return (
        turn.speaker == "customer"
        and turn.whole
        and 0 < len(turn.text) <= _LONGEST_NOD
        and _NODS.fullmatch(turn.text) is not None
    )


def _goes_on(last: Turn, turns: Sequence[Turn], place: int) -> bool:
    """Whether an agent who asked nothing says more behind the nods that begin at a place."""
    if last.speaker != "agent" or asks(last.text):
        return False
    while place < len(turns) and _nods(turns[place]):
        place += 1
    following = turns[place] if place < len(turns) else None
    return (
        following is not None
        and following.speaker == "agent"
        and not asks(following.text)
        and _COURTESY.search(following.text) is None
    )


def _is_notice(text: str, last: Turn | None) -> bool:
    """Whether a text says that nobody answers, so that the chat is over, and nothing else.

    What happens or happened where nobody answers may be what was asked, right below a question.
    """
    if len(text) > _LONGEST_NOTICE or _NOTICE.search(text) is None:
        return False
    if last and last.speaker == "customer" and asks(last.text) and _ENDED.search(last.text):
        return False
    if _IF.search(text) and (last is None or last.speaker != "agent"):
        return False
    sentences = _SENTENCES.split(text)
    return all(_NOTICE.search(one) or _BESIDE_NOTICE.fullmatch(one) for one in sentences)
