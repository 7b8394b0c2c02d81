"""The verdicts in a reviewed workbook."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from pydantic import ValidationError

from cs_pipeline.audit.estimate import AuditPlan, AuditVerdict, DrawnRow
from cs_pipeline.audit.guide import VERDICTS
from cs_pipeline.audit.workbook import MARK, PLAN_TITLE, ROW_ID, VERDICT
from cs_pipeline.errors import DatasetError
from cs_pipeline.language import Words

_MAX_COLUMNS = 26
_CELLS_SHOWN = 10

Cells = list[tuple[Any, ...]]


class _Review(NamedTuple):
    """The rows of the sheet under review, by their number: row id and what was said of it."""

    id_letter: str
    verdict_letter: str
    rows: dict[int, tuple[str, str]]


def read_verdicts(path: Path) -> tuple[AuditPlan, dict[str, AuditVerdict]]:
    """The plan in a reviewed workbook and the verdict of each row that has one, by row id.

    Rows may be sorted and filtered, columns moved or added, sheets renamed, verdicts written in
    either language.

    Raises:
        DatasetError: the file is not one of ours, rows were removed or added, or a verdict is
            none of those to choose from.
    """
    sheets = _read_sheets(path)
    plan = _plan(path, sheets.pop(PLAN_TITLE, []))
    review = _find_review(path, sheets)
    _check_rows(plan, review)
    choices = {
        _plain(said): verdict
        for verdict, words in VERDICTS.items()
        for said in (words.ko, words.en)
    }
    unknown = [number for number, (_, said) in review.rows.items() if said not in {"", *choices}]
    if unknown:
        raise _unknown_verdicts(_places(review.verdict_letter, unknown))
    return plan, {row_id: choices[said] for row_id, said in review.rows.values() if said}


def _read_sheets(path: Path) -> dict[str, Cells]:
    """The leading cells of every row of every sheet."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
        try:
            for sheet in workbook.worksheets:
                sheet.reset_dimensions()  # what a file says of its size need not be true
            return {
                sheet.title: list(sheet.iter_rows(max_col=_MAX_COLUMNS, values_only=True))
                for sheet in workbook.worksheets
            }
        finally:
            workbook.close()
    except (
        *(InvalidFileException, BadZipFile, ParseError, OSError),
        *(KeyError, ValueError, TypeError, AttributeError),  # of a zip that holds something else
    ):
        raise _not_ours(path) from None


def _plan(path: Path, cells: Cells) -> AuditPlan:
    lines = [str(row[0]) for row in cells if row and row[0] is not None]
    if len(lines) < 2 or lines[0] != MARK:
        raise _not_ours(path)
    try:
        plan = AuditPlan.model_validate_json(lines[1])
        drawn = tuple(DrawnRow.model_validate_json(line) for line in lines[2:])
    except ValidationError:
        raise _not_ours(path) from None
    if len(drawn) != sum(stratum.drawn for stratum in plan.strata):
        raise _not_ours(path)
    return plan.model_copy(update={"drawn": drawn})


def _find_review(path: Path, sheets: dict[str, Cells]) -> _Review:
    """The sheet whose first row has both headings, in either language."""
    from openpyxl.utils import get_column_letter

    for cells in sheets.values():
        headings = [_plain(value) for value in cells[0]] if cells else []
        id_column, verdict_column = (_column(headings, words) for words in (ROW_ID, VERDICT))
        if id_column is not None and verdict_column is not None:
            return _Review(
                get_column_letter(id_column + 1),
                get_column_letter(verdict_column + 1),
                {
                    number: (str(row[id_column] or "").strip(), _plain(row[verdict_column]))
                    for number, row in enumerate(cells[1:], start=2)
                    if any(value is not None and str(value).strip() for value in row)
                },
            )
    raise _not_ours(path)


def _column(headings: Sequence[str], words: Words) -> int | None:
    names = {_plain(words.ko), _plain(words.en)}
    return next((column for column, heading in enumerate(headings) if heading in names), None)


def _plain(value: object) -> str:
    """For comparing: composed, in lower case, without spaces."""
    text = "" if value is None else str(value)
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _check_rows(plan: AuditPlan, review: _Review) -> None:
    present = Counter(row_id for row_id, _ in review.rows.values())
    expected = {row.row_id for row in plan.drawn}
    missing = len(expected - present.keys())
    strange = [
        number
        for number, (row_id, _) in review.rows.items()
        if row_id not in expected or present[row_id] > 1
    ]
    if missing or strange:
        cells = _places(review.id_letter, strange) if strange else "-"
        raise DatasetError(
            ko=f"뽑은 행과 맞지 않습니다: 빠진 행 {missing}개, 모르는 행이나 겹친 행 "
            f"{len(strange)}개 (위치: {cells}). 뽑은 행을 모두 한 번씩만 두고 다시 실행해 주세요.",
            en=f"The rows are not those that were drawn: {missing} missing, {len(strange)} unknown "
            f"or twice (at: {cells}). Keep every drawn row exactly once and run again.",
        )


def _places(letter: str, numbers: Sequence[int]) -> str:
    shown = ", ".join(f"{letter}{number}" for number in numbers[:_CELLS_SHOWN])
    return shown + (", …" if len(numbers) > _CELLS_SHOWN else "")


def _unknown_verdicts(places: str) -> DatasetError:
    ko, en = (
        ", ".join(getattr(words, language) for words in VERDICTS.values())
        for language in ("ko", "en")
    )
    return DatasetError(
        ko=f"알 수 없는 판정이 있습니다 ({places}). {ko} 가운데 하나를 고르고 다시 실행해 주세요.",
        en=f"There are unknown verdicts ({places}). Choose one of {en} and run again.",
    )


def _not_ours(path: Path) -> DatasetError:
    return DatasetError(
        ko=f"{path.name}은(는) 'pii-audit draw'로 만든 파일이 아니거나 숨은 시트나 제목이 "
        "바뀌었습니다. 만들어진 파일에 판정을 적어 다시 실행해 주세요.",
        en=f"{path.name} was not made by 'pii-audit draw', or its hidden sheet or its headings "
        "were changed. Write the verdicts into the file that was made and run again.",
    )
