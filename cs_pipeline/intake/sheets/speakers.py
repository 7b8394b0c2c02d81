"""Who a cell of a speaker column means."""

import re
import unicodedata
from typing import Literal

Speaker = Literal["customer", "agent", "bot"]

# Korean words count anywhere in the cell, English ones as words of their own, letters alone.
# The order matters: a 챗봇 상담사 is a bot, and a 고객센터 is no customer.
_SPEAKERS: tuple[tuple[Speaker, re.Pattern[str]], ...] = (
    (
        "bot",
        re.compile(
            "봇|시스템|자동(?!차)|알림"
            r"|\b(?:\w*bot|system|auto|automated|ivr|ars)\b"
        ),
    ),
    (
        "agent",
        re.compile(
            "상담(?!.{0,4}(?:고객|회원|신청))|매니저|직원|담당자|운영자|관리자|판매자|고객(?:센터|지원|만족)"
            r"|\b(?:agent|manager|counsell?or|assistant|staff|operator|admin|support)\b"
            r"|^[ha]$"
        ),
    ),
    (
        "customer",
        re.compile(
            "고객|손님|회원|구매자|이용자|사용자|문의자|신청자|민원인"
            r"|\b(?:customer|end-?user|user|client|visitor|guest|member)\b"
            r"|^[cq]$"
        ),
    ),
)
_APART = re.compile(r"[_\d]+")
_NO_NAMES = re.compile(
    r"님|씨|팀|팀장|과장|대리|사원|주임|실장|부장|차장|센터|채팅|문의|vip", re.IGNORECASE
)


def speaker_of(text: str) -> Speaker | None:
    """The speaker that `text` names (`고객님`, `상담사 A`, `user_1`, `H`), or None."""
    plain = _APART.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return next((speaker for speaker, words in _SPEAKERS if words.search(plain)), None)


def name_of_speaker(text: str) -> str:
    """The name beside the role in a speaker cell (`상담사 이지은`, `김민수(고객)`), or `""`."""
    words = re.findall(r"[가-힣]+|[A-Za-z]+", unicodedata.normalize("NFKC", text))
    names = [word for word in words if not (speaker_of(word) or _NO_NAMES.fullmatch(word))]
    return names[0] if len(words) > 1 and len(names) == 1 else ""
