"""What call centres' owners expect of their exports: compared whole, nothing wrong accepted."""

from collections import Counter
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.errors import ExportError
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.stages import Installation
from tests.unit.intake.call_centre_exports import (
    EXPORTS,
    Build,
    CallCentreExport,
    Pair,
    clock,
    said,
    workbook,
)
from tests.unit.intake.further_exports import FURTHER


def accepted(settings: Settings, path: Path) -> tuple[Counter[Pair], str]:
    """Accepted pairs in one line each, and why the export was refused whole, or ''."""
    intake = Installation(settings).intake
    try:
        outcome = intake.check(intake.read(path))
    except ExportError as error:
        return Counter(), error.reason
    if outcome.blocking:
        return Counter(), outcome.blocking.expectation
    return Counter((row.question, row.answer) for row in outcome.accepted), ""


def assert_as_expected(settings: Settings, path: Path, build: Build) -> None:
    """The pairs that its owner expects of an export, or a refusal, and nothing else."""
    expected = Counter(build(path) or ())
    found, reason = accepted(settings, path)
    assert (found, bool(reason)) == (expected, not expected)


NAMED = {export.write.__name__: export for export in EXPORTS} | FURTHER


@pytest.mark.parametrize("export", NAMED.values(), ids=NAMED)
def test_an_export_of_a_call_centre_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, export: CallCentreExport
) -> None:
    path = tmp_path / export.file_name
    expected = Counter(export.write(path) or ())
    found, reason = accepted(settings, path)
    assert found - expected == Counter()
    assert (expected - found, bool(reason)) == (Counter(), not expected)


def test_the_exports_are_many_and_their_pairs_differ() -> None:
    assert len(NAMED) > 60
    assert len(set(said())) == len(said()) == 24


def test_reading_goes_through_what_was_said_beside_a_column_of_staggered_turns(
    tmp_path: Path,
) -> None:
    [export] = [one for one in EXPORTS if one.write.__name__ == "staggered_turns"]
    export.write(tmp_path / "a.xlsx")
    reading = read_exchanges(tmp_path / "a.xlsx", max_bytes=10_000_000)
    [sheet] = reading.sheets
    assert [(column.use, column.letters) for column in sheet.columns] == [
        ("question", "B"),
        ("answer", "C"),
    ]
    first = reading.exchanges[0]
    assert (first.question_cell, first.answer_cell) == ("B2", "C3")


def lists_below_each_other(path: Path) -> None:
    """Twelve questions, then answers to others: nothing says which belongs to which."""
    pairs = said()
    rows = [(question, None) for question, _ in pairs[:12]]
    workbook(
        path, ("목록", [("문의", "답변"), *rows, *((None, answer) for _, answer in pairs[12:])])
    )


def several_lines_a_side(path: Path) -> list[Pair]:
    """Staggered turns of two lines each, the moment beside each, the newest on top."""
    rows: list[tuple[object, ...]] = []
    for n, (question, answer) in enumerate(said()):
        lines = (("안녕하세요.", None), (question, None), (None, answer), (None, "감사합니다."))
        rows += [(clock(4 * n + step), *line) for step, line in enumerate(lines)]
    workbook(path, ("대화", [("일시", "고객", "상담사"), *reversed(rows)]))
    return [(f"안녕하세요. {question}", f"{answer} 감사합니다.") for question, answer in said()]


def test_questions_above_answers_are_no_turns(settings: Settings, tmp_path: Path) -> None:
    lists_below_each_other(tmp_path / "a.xlsx")
    found, reason = accepted(settings, tmp_path / "a.xlsx")
    assert (found, bool(reason)) == (Counter(), True)


def test_staggered_turns_are_put_in_order_and_joined(settings: Settings, tmp_path: Path) -> None:
    expected = Counter(several_lines_a_side(tmp_path / "a.xlsx"))
    assert accepted(settings, tmp_path / "a.xlsx") == (expected, "")
