"""What stands in an answer's cell and is no answer: a state, a word for the row above, a mark."""

import re

_LONGEST = 24
_DITTO = (
    r"상동|동상|동일(?:함|합니다)?"
    r"|(?:위|상기|윗\s*글|앞)(?:와|과|의)?\s*(?:(?:내용|답변|문의)(?:과|와|은|는)?\s*)?"
    r"(?:같음|같습니다|동일(?:함|합니다)?|참[조고])"
    r"|ditto|same as above|see above"
)
_STATE = (
    r"(?:답변|처리|응답|회신|확인|접수|검토|조치)?\s*(?:대기|예정|보류)(?:\s*중)?(?:임|입니다)?"
    r"|미\s*(?:답변|처리|응답|회신|확인|완료|조치)"
    r"|(?:답변|처리|확인|검토|진행|접수|조치|작성)\s*중(?:임|입니다)?"
    r"|(?:답변|응답|회신)\s*(?:전|없음)|무응답"
    r"|(?:답변|처리|응답|회신|조치|접수)?\s*완료(?:됨)?"
    r"|pending|open|closed|n/?a|tbd|to do|todo|done"
)
_MARK = r"\(\s*(?:서명|날인|인|signature)\s*\)|서명"
_STANDS_IN = re.compile(rf"[-<(\[\s]*(?:{_DITTO}|{_STATE}|{_MARK})[->)\]\s.~…]*", re.IGNORECASE)


def stands_in(answer: str) -> bool:
    """Whether a cell says nothing but the state of an answer, or that it is the one above.

    Words that somebody may have answered (`확인 부탁드립니다`, `네`) are none of these.
    """
    return len(answer) <= _LONGEST and _STANDS_IN.fullmatch(answer) is not None
