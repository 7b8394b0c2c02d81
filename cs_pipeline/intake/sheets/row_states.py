"""What a column of states says of a row: that nobody answered yet, or that the row is void."""

import re
from collections.abc import Sequence

from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.headings import Heading
from cs_pipeline.intake.sheets.speakers import is_yes

_STATE = re.compile(
    "(?:답변|처리|진행|등록|접수|문의|응답|회신|상담)?(?:상태|현황|결과|여부|유무)|(?:reply|answer|ticket|case)?(?:status|state)"
    "|(?:is)?(?:answered|replied)"
)
_WHETHER = re.compile("(?:답변|응답|회신)(?:여부|유무)|(?:is)?(?:answered|replied)")
_OUT = re.compile(
    "미(?:답변|응답|회신)|(?:답변|응답|회신)(?:대기|전|없음|필요|미완료)(?:중)?"
    "|(?:오(?:등록|입력|접수|기재)|폐기|무효)(?:처리|건|됨)?(?:폐기|삭제|무효)?"
    "|unanswered|notanswered|notreplied|awaitingreply|noreply|void|voided|invalid"
)
Row = tuple[str, ...]


class RowStates:
    """The columns of states, and those that say whether there is an answer."""

    def __init__(self, headings: Sequence[Heading], taken: set[int]) -> None:
        columns = [
            column
            for column, heading in enumerate(headings)
            if column not in taken and any(map(_STATE.fullmatch, heading))
        ]
        self._columns = columns
        self._whether = [one for one in columns if any(map(_WHETHER.fullmatch, headings[one]))]

    def leave_out(self, row: Row) -> bool:
        """Whether the row says of itself that it holds no answer, or not the right one."""
        if any(_OUT.fullmatch(label_of(cell_at(row, column))) for column in self._columns):
            return True
        cells = (cell_at(row, column).strip() for column in self._whether)
        return any(cell and is_yes(cell) is False for cell in cells)
