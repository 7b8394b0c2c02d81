"""The verdicts in a reviewed workbook of masked rows."""

from pathlib import Path
from typing import cast

from pydantic import ValidationError

from cs_pipeline.audit.estimate import AuditPlan, AuditVerdict, DrawnRow
from cs_pipeline.audit.review_form import read_form, verdicts_in
from cs_pipeline.audit.wording import not_ours
from cs_pipeline.audit.workbook import FORM


def read_verdicts(path: Path) -> tuple[AuditPlan, dict[str, AuditVerdict]]:
    """The plan in a reviewed workbook and the verdict of each row that has one, by row id.

    Raises:
        DatasetError: the file is not one of ours, rows were removed or added, or a verdict is
            none of those to choose from.
    """
    lines, review = read_form(path, FORM)
    plan = _plan(path, lines)
    given = verdicts_in(FORM, review, [row.row_id for row in plan.drawn])
    return plan, cast(dict[str, AuditVerdict], given)


def _plan(path: Path, lines: list[str]) -> AuditPlan:
    try:
        plan = AuditPlan.model_validate_json(lines[0])
        drawn = tuple(DrawnRow.model_validate_json(line) for line in lines[1:])
    except ValidationError:
        raise not_ours(path, command=FORM.command) from None
    if len(drawn) != sum(stratum.drawn for stratum in plan.strata):
        raise not_ours(path, command=FORM.command)
    return plan.model_copy(update={"drawn": drawn})
