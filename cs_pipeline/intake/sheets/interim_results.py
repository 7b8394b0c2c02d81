"""Speech while it is recognised: a recogniser's rows of what it has so far, before the last one."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.headings import Heading
from cs_pipeline.intake.sheets.speakers import is_yes

_FINALS = re.compile(
    "(?:is)?(?:final|finalized|complete)(?:result|yn|flag)?|(?:최종|확정|완료)(?:결과|인식)?(?:여부|yn)"
)
_PARTIALS = re.compile(
    "(?:is)?(?:partial|interim|intermediate)(?:result|yn|flag)?"
    "|(?:중간|임시|부분)(?:결과|인식)?(?:여부|yn)"
)
_KINDS = re.compile(
    "(?:result|recognition|transcript|transcription|stt|event|message|utterance|speech)?"
    "(?:type|kind|status|state)|(?:인식|결과|인식결과|발화|이벤트)?(?:상태|구분|유형|종류)"
)
_IS_INTERIM = re.compile(
    ".{0,20}(?:partial|interim|intermediate|hypothesis|recognizing|중간|부분|임시)(?:result|transcript|결과|인식)?"
)
_LEAST_GROWING = 0.6

Row = tuple[str, ...]


class InterimResults(NamedTuple):
    """The column that says which rows are not final yet, and how it does."""

    column: int
    says: Callable[[str], bool]

    def has(self, row: Row) -> bool:
        """Whether the row is what was recognised so far."""
        return self.says(cell_at(row, self.column))


def interim_results(
    headings: Sequence[Heading], body: Body, first: int, second: int
) -> InterimResults | None:
    """The column that tells them; None where there is none.

    What is so marked is said once more, and more of it, in a later row of the same speaker
    (`first` is the column of speakers, `second` that of the words).
    """
    rows = [row for row in body.rows if any(row)]
    for column, heading in enumerate(headings):
        says = _told_by(heading) if column not in (first, second) else None
        if says and _grow(rows, InterimResults(column, says), first, second):
            return InterimResults(column, says)
    return None


def is_same_speech(before: str, after: str) -> bool:
    """Whether a text goes on with the one before it, of which some words may have changed."""
    if after.startswith(before[: (len(before) + 1) // 2]):
        return True
    words, others = set(before.split()), set(after.split())
    return 2 * len(words & others) >= len(words)


def _told_by(heading: Heading) -> Callable[[str], bool] | None:
    tells = ((_FINALS, _is_no), (_PARTIALS, _is_yes), (_KINDS, _is_interim))
    return next((says for names, says in tells if any(map(names.fullmatch, heading))), None)


def _grow(rows: Sequence[Row], told: InterimResults, first: int, second: int) -> bool:
    """Whether some rows are told apart, and most of them are said anew by the next one."""
    interim = [row for row in rows if told.has(row)]
    if not 0 < len(interim) < len(rows):
        return False
    pairs = list(_with_next(rows, told, first))
    same = [is_same_speech(cell_at(one, second), cell_at(two, second)) for one, two in pairs]
    return bool(same) and sum(same) >= _LEAST_GROWING * len(same)


def _with_next(rows: Sequence[Row], told: InterimResults, first: int) -> Iterator[tuple[Row, Row]]:
    """Each such row and the next one of the same speaker."""
    waiting: dict[str, Row] = {}
    for row in rows:
        speaker = cell_at(row, first).strip()
        if speaker in waiting:
            yield waiting.pop(speaker), row
        if told.has(row):
            waiting[speaker] = row


def _is_yes(cell: str) -> bool:
    return is_yes(cell) is True


def _is_no(cell: str) -> bool:
    return bool(cell.strip()) and is_yes(cell) is False


def _is_interim(cell: str) -> bool:
    return _IS_INTERIM.fullmatch(label_of(cell)) is not None
