"""The workbook in which a person reviews masked rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cs_pipeline.audit import wording_masking as words
from cs_pipeline.audit.estimate import AuditPlan
from cs_pipeline.audit.guide import write_guide, write_strata
from cs_pipeline.audit.review_form import HIDDEN_TITLE, ReviewForm, write_hidden, write_review
from cs_pipeline.audit.sample import AuditRow
from cs_pipeline.audit.wording import ROW_ID
from cs_pipeline.excel_sheets import (
    plain_cell,
    temporary_files_in,
)
from cs_pipeline.files import atomic_path
from cs_pipeline.masked.placeholders import ENTITY_NAMES

FORM = ReviewForm(
    command="pii-audit draw",
    mark="cs_pipeline.pii_audit/1",
    row_id=ROW_ID,
    verdict=words.VERDICT,
    verdicts=words.VERDICTS,
)
"""Its hidden sheet holds the plan, then each drawn row."""
_MASKED = (
    (FORM.row_id, 18),
    (words.QUESTION, 42),
    (words.ANSWER, 42),
    (words.TYPES, 15),
    (words.RULES, 18),
)
_SOURCE = (
    (words.SOURCE_QUESTION, 42),
    (words.SOURCE_ANSWER, 42),
)
_REVIEW = ((FORM.verdict, 12), (words.NOTE, 28))
_TO_FILL = "FFF8E1"  # pale yellow: what the reviewer writes


def write_workbook(
    path: Path, plan: AuditPlan, rows: Sequence[AuditRow], *, with_source: bool
) -> None:
    """Write the drawn rows for review, in the reader's language, in one step.

    Sheets: the rows with a verdict to choose, how to judge, the strata, and a hidden one with the
    plan (ids, types and rules, no text). With the source, the file is closed to others (0600) from
    the first byte on; its folder is the caller's affair.
    """
    from openpyxl import Workbook

    path.parent.mkdir(parents=True, exist_ok=True)
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "cs-pipeline"
    workbook.properties.title = f"pii-audit {plan.dataset_version}"
    with temporary_files_in(path.parent), atomic_path(path) as temporary:
        _write_review(workbook.create_sheet(str(words.REVIEW_TITLE)), rows, with_source)
        write_guide(workbook.create_sheet(str(words.GUIDE_TITLE)))
        write_strata(workbook.create_sheet(str(words.STRATA_TITLE)), plan)
        _write_plan(workbook.create_sheet(HIDDEN_TITLE), plan)
        temporary.touch(mode=0o600 if with_source else 0o666)
        workbook.save(temporary)


def _write_review(sheet: Any, rows: Sequence[AuditRow], with_source: bool) -> None:
    from openpyxl.styles import PatternFill

    columns = (*_MASKED, *(_SOURCE if with_source else ()), *_REVIEW)
    to_fill = plain_cell(sheet)
    to_fill.fill = PatternFill("solid", fgColor=_TO_FILL)
    shown = []
    for row in rows:
        types = ", ".join(str(ENTITY_NAMES[kind]) for kind in row.types)
        texts = [row.row_id, row.question, row.answer, types, "\n".join(row.rules)]
        if with_source:
            texts += row.source or (str(words.NO_SOURCE), str(words.NO_SOURCE))
        shown.append(texts)
    write_review(sheet, FORM, columns, shown, to_fill=to_fill)


def _write_plan(sheet: Any, plan: AuditPlan) -> None:
    drawn = (row.model_dump_json() for row in plan.drawn)
    write_hidden(sheet, FORM, [plan.model_dump_json(exclude={"drawn"}), *drawn])
