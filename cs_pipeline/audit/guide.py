"""What a reviewer reads beside the rows: how to judge, and what the sample stands for."""

from typing import Any

from cs_pipeline.audit import wording_masking as words
from cs_pipeline.audit.estimate import AuditPlan
from cs_pipeline.excel_sheets import (
    heading_cell,
    number_cell,
    plain_cell,
    row_points,
    text_cell,
    wide_pages,
)

_GUIDE_WIDTHS = (20, 96)


def write_guide(sheet: Any) -> None:
    """Fill a sheet with the advice and what each verdict means."""
    for letter, width in zip("AB", _GUIDE_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    wide_pages(sheet)
    heading, plain = heading_cell(sheet), plain_cell(sheet)
    advice = [(f"{number}.", str(line)) for number, line in enumerate(words.ADVICE, start=1)]
    when = (str(words.VERDICT), str(words.WHEN))
    meanings = [
        (str(words.VERDICTS[verdict]), str(means)) for verdict, means in words.MEANINGS.items()
    ]
    for number, texts in enumerate(
        ((str(words.GUIDE_TITLE), ""), *advice, when, *meanings), start=1
    ):
        sheet.row_dimensions[number].height = row_points(texts, _GUIDE_WIDTHS)
        style = heading if number == 1 or texts is when else plain
        sheet.append([text_cell(sheet, text, style) for text in texts])


def write_strata(sheet: Any, plan: AuditPlan) -> None:
    """Fill a sheet with the dataset version and how many rows of each stratum were drawn."""
    for letter, width in (("A", 34), ("B", 22), ("C", 16)):
        sheet.column_dimensions[letter].width = width
    wide_pages(sheet)
    heading, plain = heading_cell(sheet), plain_cell(sheet)
    facts = (
        (words.DATASET_VERSION, plan.dataset_version),
        (words.SEED, str(plan.seed)),
    )
    for fact, text in facts:
        sheet.append([text_cell(sheet, str(fact), plain), text_cell(sheet, text, plain)])
    sheet.append([])
    sheet.append([text_cell(sheet, str(title), heading) for title in words.STRATA_HEADINGS])
    total = (str(words.TOTAL), plan.rows, len(plan.drawn))
    strata = ((str(one.title), one.rows, one.drawn) for one in plan.strata)
    for name, rows, drawn in (*strata, total):
        figures = [number_cell(sheet, figure) for figure in (rows, drawn)]
        sheet.append([text_cell(sheet, name, plain), *figures])
