"""Conversations in which customer and agent are swapped, among others of a log that are not.

agent     해외에서 결제가 거절돼요
customer  해외 결제 차단을 앱에서 해제하시면 됩니다.
"""

import re
from collections.abc import Sequence

from cs_pipeline.intake.openings import opens_only
from cs_pipeline.intake.said import Heard
from cs_pipeline.questions import asks, asks_as_customer

_LEAST, _HALF = 2, 0.5
_STATES = re.compile(r"니다[\s.!~^]*$")
_SERVES = re.compile(
    # what customers do, too, and say formally: 교환 신청 드립니다, 어제 전화 드렸습니다
    r"(?<!부탁)(?<!감사)(?<!문의)(?<!질문)(?<!말씀)(?<!연락)(?<!신청)(?<!전화)(?<!요청)(?<!주문)(?<!메일)"
    r"(?<!접수)(?<!의뢰)\s?드(?:립니다|리겠습니다)"
    r"|시면 (?:됩니다|바로|무료)|실 수 (?:있|없)습니다|셔도 됩니다|(?<!주)시기 바랍니다"
)


def serves(text: str) -> bool:
    """Whether a text says formally what is done for others, or what they may do."""
    return _SERVES.search(text) is not None


def are_swapped(turns: Sequence[Heard]) -> bool:
    """Whether customers tell agents what they may do, and nobody the other way round.

    Whoever is called the agent speaks first then, and does not greet: to ask is why they are there.
    """
    first = next((turn for turn in turns if turn.text and turn.speaker != "bot"), None)
    if first is None or first.speaker != "agent" or opens_only(first.text):
        return False
    told = [turn.text for turn in turns if turn.speaker == "customer" and turn.text]
    if len(told) < _LEAST or not all(map(_STATES.search, told)) or any(map(asks, told)):
        return False
    asked = [turn.text for turn in turns if turn.speaker == "agent" and turn.text]
    served = sum(map(serves, told))
    return (
        served >= _HALF * len(told)
        and any(map(asks_as_customer, asked))
        and not any(map(_STATES.search, asked))
    )
