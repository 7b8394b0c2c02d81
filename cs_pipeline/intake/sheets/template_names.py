"""Columns that name the text that was sent instead of holding it: templates, macros, scripts."""

import re
from collections.abc import Sequence

_LONGEST = 60
_KINDS = (
    r"템플릿|양식|서식|매크로|상용구|자동\s*문구|스크립트"
    r"|template|macro|canned(?:\s*response)?|snippet"
)
_NAME = re.compile(
    # `[T-012] 배송 안내 템플릿`, `배송 지연 매크로`, `canned response`
    rf".*(?:{_KINDS})\s*[-_#]?\s*\w{{0,8}}"
    # `템플릿: 환불 규정`, `macro_17`
    rf"|[\[(<]?(?:{_KINDS})\b.*"
    # `[T-034] 환불 규정`, `TPL_0012`
    r"|[\[(<]?[A-Z]{1,5}[-_ ]?\d{1,5}[\])>]?(?:\s*[^\s.?!][^.?!]{0,30})?"
    # written without one
    r"|(?:직접|수기|수동|자유|개별)\s*(?:작성|입력|답변)|free\s*text|manual|custom",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"(?:요|죠|까|니다|시오|세요)[\s.!?~)]*$")
_MOSTLY, _LEAST, _OFTEN = 0.8, 4, 2


def name_templates(cells: Sequence[str]) -> bool:
    """Whether nearly all of the filled cells name a text, the same few names again and again."""
    plain = [cell.strip() for cell in cells]
    names = [one for one in plain if _is_name(one)]
    return (
        len(plain) >= _LEAST
        and len(names) >= _MOSTLY * len(plain)
        and len(plain) >= _OFTEN * len(set(plain))
    )


def _is_name(cell: str) -> bool:
    return len(cell) <= _LONGEST and _NAME.fullmatch(cell) is not None and not _SPOKEN.search(cell)
