"""Logs that say who speaks only where that changes, as they number a conversation only once.

문의번호 | 화자   | 대화
A-1      | 고객   | 접수 기간을 놓쳤어요
         |        | 추가 접수가 있나요?
         | 상담사 | 네, 다음 주에 있습니다.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.body import sample_of
from cs_pipeline.intake.sheets.cells import cell_at
from cs_pipeline.intake.sheets.head_rows import head_rows
from cs_pipeline.intake.sheets.headings import SURE, candidates
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.packed_lists import PackedList

Row = tuple[str, ...]
_LEAST_CHANGES, _LEAST_CONTINUED, _FIRST = 4, 3, 100


@dataclass(slots=True)
class _Log:
    """Labels, row and columns of a page; how often speakers change there, and who goes on."""

    labels: Row
    index: int
    conversation: int
    speaker: int
    text: int
    changes: int = 0
    continued: list[str] = field(default_factory=list)


def with_speakers_continued(sheets: Sequence[RawSheet], layouts: Layouts) -> Sequence[RawSheet]:
    """The sheets with the speaker of the row above where a row says none.

    Pages of one log, with the same headings, tell together whether it is so.
    """
    logs = [_log_on(sheet, layouts) for sheet in sheets]
    pages: dict[Row, list[_Log]] = defaultdict(list)
    for log in filter(None, logs):
        pages[log.labels].append(log)
    sure = {labels for labels, found in pages.items() if _say_changes(found)}
    return [
        replace(sheet, rows=PackedList(_continued(sheet, log)))
        if log and log.labels in sure
        else sheet
        for sheet, log in zip(sheets, logs, strict=True)
    ]


def _log_on(sheet: RawSheet, layouts: Layouts) -> _Log | None:
    known = layouts.headings
    for index, labels in head_rows(sheet.rows):
        headings = [(label,) for label in labels]
        speakers, texts = (
            [one.column for one in candidates(headings, scale) if one.score >= SURE]
            for scale in (known.speaker, known.text)
        )
        ids = [at for at, one in enumerate(headings) if known.names_conversation(one)]
        if len(speakers) != 1 or len(texts) != 1 or len(ids) != 1:
            continue
        log = _Log(labels, index, ids[0], speakers[0], texts[0])
        if not _are_merged(sheet, index, speakers[0]) and _looked_at(sheet, log):
            return log
    return None


def _are_merged(sheet: RawSheet, index: int, column: int) -> bool:
    """Whether cells of the column are merged, which says the same."""
    return any(top > index and left <= column <= right for top, left, _, right in sheet.merged)


def _looked_at(sheet: RawSheet, log: _Log) -> bool:
    """Note who is named and goes on; whether each that is named is another one than above.

    A program's notices have no speaker, either, but a conversation may begin with them.
    """
    last = ""
    for row in sample_of(sheet.rows, log.index + 1, log.index + 1 + _FIRST):
        who, begins = cell_at(row, log.speaker).strip(), cell_at(row, log.conversation).strip()
        last = "" if begins else last
        if who and who == last:
            return False
        if who:
            log.changes += last != ""
            last = who
        elif cell_at(row, log.text).strip():
            if begins:
                return False
            log.continued.append(last)
    return True


def _say_changes(pages: Sequence[_Log]) -> bool:
    """Whether a log names speakers where they change, and either side goes on now and then."""
    continued = [who for page in pages for who in page.continued]
    return (
        sum(page.changes for page in pages) >= _LEAST_CHANGES
        and len(continued) >= _LEAST_CONTINUED
        and len({*continued} - {""}) > 1
    )


def _continued(sheet: RawSheet, log: _Log) -> Iterator[Row]:
    last = ""
    for at, row in enumerate(sheet.rows):
        who = cell_at(row, log.speaker).strip()
        if at <= log.index or who or cell_at(row, log.conversation).strip():
            last = who if at > log.index else ""
            yield row
        elif last and cell_at(row, log.text).strip():
            yield (*row[: log.speaker], last, *row[log.speaker + 1 :])
        else:
            yield row
