"""The workbook in which a person compares two models' answers without knowing whose they are."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from cs_pipeline.audit import wording_answers as words
from cs_pipeline.audit.answer_pairs import ShownPair
from cs_pipeline.audit.review_form import (
    HIDDEN_TITLE,
    ReviewForm,
    read_form,
    verdicts_in,
    write_hidden,
    write_review,
)
from cs_pipeline.audit.wording import ROW_ID, not_ours
from cs_pipeline.excel_sheets import (
    cell_to_fill,
    heading_cell,
    plain_cell,
    row_points,
    temporary_files_in,
    text_cell,
    wide_pages,
)
from cs_pipeline.files import atomic_path
from cs_pipeline.records import PairVerdict

FORM = ReviewForm(
    command="answers draw",
    mark="cs_pipeline.answers/1",
    row_id=ROW_ID,
    verdict=words.BETTER,
    verdicts=words.VERDICTS,
)
"""Its hidden sheet holds the name of the draw, then the ids of its pairs."""
_COLUMNS = (
    (FORM.row_id, 18),
    (words.BEFORE, 30),
    (words.QUESTION, 34),
    (words.REAL_ANSWER, 34),
    (words.ANSWER_A, 42),
    (words.ANSWER_B, 42),
    (FORM.verdict, 14),
    (words.NOTE, 24),
)
_GUIDE_WIDTH = 110


def write_answers(path: Path, draw_id: str, pairs: Sequence[ShownPair]) -> None:
    """Write the pairs for review, in the reader's language, in one step.

    Sheets: the pairs with a verdict to choose, how to judge, and a hidden one with the name of the
    draw and the pairs' ids.
    """
    from openpyxl import Workbook

    path.parent.mkdir(parents=True, exist_ok=True)
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "cs-pipeline"
    with temporary_files_in(path.parent), atomic_path(path) as temporary:
        _write_pairs(workbook.create_sheet(str(words.TITLE)), pairs)
        _write_guide(workbook.create_sheet(str(words.GUIDE_TITLE)))
        ids = [pair.pair_id for pair in pairs]
        write_hidden(workbook.create_sheet(HIDDEN_TITLE), FORM, [draw_id, *ids])
        workbook.save(temporary)


def read_answers(path: Path) -> tuple[str, dict[str, PairVerdict]]:
    """The name of the draw, and the verdict of each pair that has one, by pair id.

    Raises:
        DatasetError: the file is not one of ours, rows were removed or added, or a verdict is
            none of those to choose from; names sheet and cells.
    """
    (draw_id, *ids), review = read_form(path, FORM)
    if not ids or not all(one.startswith(f"{draw_id}-") for one in ids):
        raise not_ours(path, command=FORM.command)
    return draw_id, cast(dict[str, PairVerdict], verdicts_in(FORM, review, ids))


def _write_pairs(sheet: Any, pairs: Sequence[ShownPair]) -> None:
    rows = []
    for pair in pairs:
        answers = [text.strip() or str(words.EMPTY) for text in (pair.a, pair.b)]
        rows.append([pair.pair_id, _told(pair.context), pair.question, pair.real, *answers])
    write_review(sheet, FORM, _COLUMNS, rows, to_fill=cell_to_fill(sheet))


def _told(context: Sequence[str]) -> str:
    """What was said before: questions and answers in turn, a line each."""
    who = (words.CUSTOMER, words.AGENT)
    return "\n".join(f"{who[place % 2]}: {turn}" for place, turn in enumerate(context))


def _write_guide(sheet: Any) -> None:
    sheet.column_dimensions["A"].width = _GUIDE_WIDTH
    wide_pages(sheet)
    heading, plain = heading_cell(sheet), plain_cell(sheet)
    lines = [str(words.GUIDE_TITLE), *map(str, words.ADVICE)]
    for number, text in enumerate(lines, start=1):
        sheet.row_dimensions[number].height = row_points([text], [_GUIDE_WIDTH])
        sheet.append([text_cell(sheet, text, heading if number == 1 else plain)])
