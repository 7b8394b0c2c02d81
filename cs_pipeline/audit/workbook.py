"""The workbook in which a person reviews masked rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cs_pipeline.audit.estimate import AuditPlan
from cs_pipeline.audit.guide import (
    GUIDE_TITLE,
    STRATA_TITLE,
    VERDICTS,
    write_guide,
    write_strata,
)
from cs_pipeline.audit.review_form import HIDDEN_TITLE, ReviewForm, write_hidden, write_review
from cs_pipeline.audit.sample import AuditRow
from cs_pipeline.excel_sheets import (
    plain_cell,
    temporary_files_in,
)
from cs_pipeline.files import atomic_path
from cs_pipeline.language import Words
from cs_pipeline.masked.placeholders import ENTITY_NAMES

_REVIEW_TITLE = Words(ko="검토", en="Review")
FORM = ReviewForm(
    command="pii-audit draw",
    mark="cs_pipeline.pii_audit/1",
    row_id=Words(ko="행 번호", en="Row id"),
    verdict=Words(ko="판정", en="Verdict"),
    verdicts=VERDICTS,
)
"""Its hidden sheet holds the plan, then each drawn row."""
_MASKED = (
    (FORM.row_id, 18),
    (Words(ko="질문 (가린 뒤)", en="Question (masked)"), 42),
    (Words(ko="답변 (가린 뒤)", en="Answer (masked)"), 42),
    (Words(ko="가린 종류", en="Types"), 15),
    (Words(ko="규칙", en="Rules"), 18),
)
_SOURCE = (
    (Words(ko="원본 질문 (개인정보 포함)", en="Source question (unmasked)"), 42),
    (Words(ko="원본 답변 (개인정보 포함)", en="Source answer (unmasked)"), 42),
)
_REVIEW = ((FORM.verdict, 12), (Words(ko="검토자 메모", en="Reviewer's note"), 28))
_NO_SOURCE = Words(ko="원본 엑셀이 없습니다.", en="The export is no longer there.")
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
        _write_review(workbook.create_sheet(str(_REVIEW_TITLE)), rows, with_source)
        write_guide(workbook.create_sheet(str(GUIDE_TITLE)))
        write_strata(workbook.create_sheet(str(STRATA_TITLE)), plan)
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
            texts += row.source or (str(_NO_SOURCE), str(_NO_SOURCE))
        shown.append(texts)
    write_review(sheet, FORM, columns, shown, to_fill=to_fill)


def _write_plan(sheet: Any, plan: AuditPlan) -> None:
    drawn = (row.model_dump_json() for row in plan.drawn)
    write_hidden(sheet, FORM, [plan.model_dump_json(exclude={"drawn"}), *drawn])
