"""What help desks write into tickets that they merge: no words of the agent's, nor an answer.

요청 #5501 "추가 문의"이(가) 종료되고 이 요청에 병합되었습니다. 요청 #5501의 마지막 댓글: …
This request was closed and merged into request #5500 "Courses".
"""

import re

_KO, _EN = "(?:티켓|문의|상담|요청|케이스|대화)", "(?:ticket|request|case|conversation|issue)"
_ONE = rf"(?:\(?\s?#?\d+\)?|{_EN}s? (?:with id |number )?\(?#?\d+\)?)"
_NOTICE = re.compile(
    # begins with the ticket, by its number or as this one
    rf"(?:(?:이|본|해당)\s{_KO}[은는이가]?\s|{_KO}\s?#?\d+).{{0,120}}?"
    rf"{_KO}.{{0,80}}?병합(?:되었습니다|됐습니다|됨|처리됨)"
    rf"|(?:this {_EN}|{_ONE})\b.{{0,120}}?\bmerged (?:in)?(?:to|with)\s(?:this {_EN}|{_ONE})",
    re.IGNORECASE,
)


def is_merge_notice(text: str) -> bool:
    """Whether a text is what a help desk writes into a ticket that it merges with another one."""
    if "병합" not in text and "merged" not in text:
        return False  # quick, since every row asks
    return _NOTICE.match(" ".join(text.split())) is not None
