"""Sheets with one attribute of a case a row: its number, what the row tells, and the value.

접수번호 | 항목명 | 항목값      R240700 | 문의내용 | 처방전을 잃어버렸어요
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cs_pipeline.intake.files.workbook import RawSheet
from cs_pipeline.intake.sheets.cards import side_of
from cs_pipeline.intake.sheets.cell_kinds import SENTENCES, ColumnLook, look_at
from cs_pipeline.intake.sheets.cells import cell_at, label_of
from cs_pipeline.intake.sheets.head_rows import head_rows
from cs_pipeline.intake.sheets.header import Header, Row
from cs_pipeline.intake.sheets.headings import SURE, SURE_OF_ANSWER
from cs_pipeline.intake.sheets.layouts import Layouts
from cs_pipeline.intake.sheets.personal import personal_columns
from cs_pipeline.intake.sheets.speakers import Speaker
from cs_pipeline.intake.sheets.stand_ins import stands_in
from cs_pipeline.intake.sheets.threads import Thread
from cs_pipeline.packed_lists import PackedList, items_from

_ITEM = re.compile(
    "(?:항목|속성|필드|컬럼|입력항목|양식항목)(?:명|이름|키)?|(?:attribute|field|item|property|column|meta)(?:name|key)?"
)
_VALUE = re.compile(
    "(?:항목|속성|필드|컬럼|입력|답변|응답)?(?:값|내용)|(?:attribute|field|item|property|column|meta)?(?:value|content|text)"
)
_LEAST_CASES, _MOST_ITEMS, _LOOKED_AT = 3, 60, 2000
_NUMBERS: dict[Speaker, str] = {"customer": "1", "agent": "2"}


class _Form(NamedTuple):
    """The row of headings, and the columns of the case, of what a row tells and of the value."""

    row: int
    case: int
    item: int
    value: int


def attribute_table(sheet: RawSheet, layouts: Layouts) -> tuple[RawSheet, Header] | None:
    """The sheet as a log of questions and answers, and its header; None for any other sheet.

    A case has each of its items once, one of which is the question and one the answer, in whatever
    order. Other rows are blank. Columns right of the sheet's own number question and answer and
    hold the case's personal values.
    """
    form = None if sheet.shifted or sheet.loose else _form_of(sheet)
    cases = form and _cases(sheet, form)
    if form is None or not cases:
        return None
    items = {item for case in cases.values() for item in case}
    sides = _sides(items, layouts)
    look = _look(cases, sides)
    if look is None:
        return None
    names = sorted(items)
    personal = {names[at]: kind for at, kind in personal_columns(names, layouts.personal).items()}
    width = len(sheet.rows[form.row])
    rows = PackedList(_rows(sheet.rows, form, sides, cases, list(personal)))
    header = Header(
        layout="turns",
        row=form.row,
        first=form.item,
        second=form.value,
        thread=Thread(form.case),
        labels=(tuple(map(label_of, sheet.rows[form.row])),),
        personal={width + at: kind for at, kind in enumerate(personal.values(), 1)},
        orders=(width,),
        tells="label",
        looks={form.value: look},
    )
    return replace(sheet, rows=rows, widths={}), header


def _form_of(sheet: RawSheet) -> _Form | None:
    """The first row that names a column of items and one of values, beside that of the cases."""
    for index, labels in head_rows(sheet.rows):
        items = [at for at, label in enumerate(labels) if _ITEM.fullmatch(label)]
        values = [at for at, label in enumerate(labels) if _VALUE.fullmatch(label)]
        if len(items) != 1 or len(values) != 1:
            continue
        sample = list(sheet.rows[index + 1 : index + 1 + _LOOKED_AT])
        for case, label in enumerate(labels):
            form = _Form(index, case, items[0], values[0])
            if label and case not in (items[0], values[0]) and _are_cases(sample, form):
                return form
    return None


def _are_cases(rows: Sequence[Row], form: _Form) -> bool:
    """Whether the column has the same few numbers over rows, each once with each item."""
    told = [(cell_at(row, form.case).strip(), label_of(cell_at(row, form.item))) for row in rows]
    told = [one for one in told if any(one)]
    cases = {case for case, _ in told}
    return (
        "" not in cases
        and len(set(told)) == len(told)
        and len(cases) >= _LEAST_CASES
        and 2 * len(cases) <= len(told)
    )


def _cases(sheet: RawSheet, form: _Form) -> Mapping[str, Mapping[str, str]] | None:
    """The values by item, by case; None where a case has an item twice."""
    cases: dict[str, dict[str, str]] = defaultdict(dict)
    items: set[str] = set()
    for row in items_from(sheet.rows, form.row + 1):
        case, item = cell_at(row, form.case).strip(), label_of(cell_at(row, form.item))
        if not item:
            continue
        items.add(item)
        if not case or item in cases[case] or len(items) > _MOST_ITEMS:
            return None
        cases[case][item] = cell_at(row, form.value)
    return cases


def _sides(items: set[str], layouts: Layouts) -> Mapping[str, Speaker]:
    """Which item is the question and which the answer; what was done is none beside an answer."""
    for least in (SURE_OF_ANSWER, SURE):
        sides = {
            item: side for item in sorted(items) if (side := side_of(item, layouts.headings, least))
        }
        if "agent" in sides.values():
            return sides
    return {}


def _look(
    cases: Mapping[str, Mapping[str, str]], sides: Mapping[str, Speaker]
) -> ColumnLook | None:
    """What question and answer look like; None unless there is one of each, in sentences."""
    if sorted(sides.values()) != ["agent", "customer"]:
        return None
    looks = [look_at(case[item] for case in cases.values() if item in case) for item in sides]
    if any(look.same_all_over or look.sentences < SENTENCES for look in looks):
        return None
    return look_at(case[item] for case in cases.values() for item in sides if item in case)


def _rows(
    rows: Sequence[Row],
    form: _Form,
    sides: Mapping[str, Speaker],
    cases: Mapping[str, Mapping[str, str]],
    personal: Sequence[str],
) -> Iterator[Row]:
    """All rows; those below the headings that tell no question and no answer are blank."""
    width = len(rows[form.row])
    for index, row in enumerate(rows):
        side = sides.get(label_of(cell_at(row, form.item)))
        if index <= form.row:
            yield row
        elif side is None or stands_in(cell_at(row, form.value)):
            yield ()
        else:
            case = cases[cell_at(row, form.case).strip()]
            own = (*row[:width], *[""] * (width - len(row)))
            yield (*own, _NUMBERS[side], *(case.get(item, "") for item in personal))
