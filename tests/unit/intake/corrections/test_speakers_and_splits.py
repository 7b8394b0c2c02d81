"""One line of a workbook of refused rows that stands for many rows, and many lines for one."""

from pathlib import Path
from typing import Any

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.errors import ExportError
from cs_pipeline.records import KnownValue
from tests.unit.intake import owner_exports, workbooks
from tests.unit.intake.correction_desk import Desk, edited, lines_of, pairs_of
from tests.unit.intake.owner_exports import PAIRS
from tests.unit.intake.workbooks import OTHER_ANSWER, OTHER_QUESTION

LONG = "긴 답변입니다. " * 300


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return Desk(settings)


def said(reading: Any) -> list[tuple[str, str]]:
    return [(row.question, row.answer) for row in reading.exchanges]


def test_one_answer_about_an_agents_name_settles_the_whole_log(desk: Desk, tmp_path: Path) -> None:
    refused = desk.processed(owner_exports.names_as_speakers(tmp_path / "a.xlsx"))
    lines = lines_of(refused)
    assert next(iter(lines)) == "B3"
    assert lines["B3"]["원본 B열"] == "나래울"
    assert "12" in str(lines["B3"]["거절 이유"])
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", {("B3", "B"): "상담사"}))
    assert said(reading) == PAIRS
    assert KnownValue("NAME", "나래울") in reading.exchanges[0].known_values
    assert KnownValue("NAME", "한여름") in reading.exchanges[0].known_values


def test_left_and_right_of_a_call_are_settled_by_one_answer(desk: Desk, tmp_path: Path) -> None:
    refused = desk.processed(owner_exports.stt_left_right(tmp_path / "a.xlsx"))
    assert list(lines_of(refused)) == ["B2", "B3"]
    edits = {("B2", "B"): "고객", ("B3", "B"): "상담사"}
    assert said(desk.read(edited(refused, tmp_path / "b.xlsx", edits))) == PAIRS


def long_answer(path: Path) -> Path:
    rows: list[list[object]] = [["번호", "질문", "답변"], *([n, *PAIRS[n]] for n in range(4))]
    rows.append([9, OTHER_QUESTION, LONG])
    return workbooks.save(path, ("상담", rows))


def add_a_line(page: Any, row: int, answer: str) -> None:
    """A copy of a line with another answer, at the end."""
    values = [cell.value for cell in page[row]]
    values[5] = answer
    page.append(values)


def test_a_long_answer_may_come_back_as_two_rows(desk: Desk, tmp_path: Path) -> None:
    refused = desk.processed(long_answer(tmp_path / "a.xlsx"))
    back = edited(
        refused,
        tmp_path / "b.xlsx",
        {("C6", "C"): "첫 부분입니다."},
        then=lambda page: add_a_line(page, 2, "둘째 부분입니다."),
    )
    reading = desk.read(back)
    assert pairs_of(reading) == [
        ("B6", "C6", OTHER_QUESTION, "첫 부분입니다."),
        ("B7", "C7", OTHER_QUESTION, "둘째 부분입니다."),
    ]
    assert reading.rows_read == 2


def test_of_two_corrections_of_a_row_the_lower_one_counts_and_the_page_says_so(
    desk: Desk, tmp_path: Path
) -> None:
    rows: list[list[object]] = [["번호", "질문", "답변"], [1, OTHER_QUESTION, None]]
    refused = desk.processed(workbooks.save(tmp_path / "a.xlsx", ("상담", rows)))
    back = edited(
        refused,
        tmp_path / "b.xlsx",
        {("C2", "C"): "먼저 쓴 답변입니다."},
        then=lambda page: add_a_line(page, 2, OTHER_ANSWER),
    )
    reading = desk.read(back)
    assert said(reading) == [(OTHER_QUESTION, OTHER_ANSWER)]
    note = reading.sheets[0].note
    assert note is not None
    assert "두 번" in note.ko
    assert "twice: 1" in note.en


def test_renamed_headings_are_told(desk: Desk, tmp_path: Path) -> None:
    refused = desk.processed(long_answer(tmp_path / "a.xlsx"))

    def rename(page: Any) -> None:
        page["B1"], page["C1"] = "어디", "칸"

    with pytest.raises(ExportError) as caught:
        desk.read(edited(refused, tmp_path / "b.xlsx", {}, then=rename))
    assert caught.value.reason == "correction_headings"
    assert "'셀'" in caught.value.words.ko


@pytest.mark.parametrize("form", ["1", "2"])
def test_lines_of_a_text_file_find_their_place_in_either_form(
    desk: Desk, tmp_path: Path, form: str
) -> None:
    """The first form counted rows from the headings, which are not in the file."""
    path = tmp_path / "a.txt"
    lines = ["고객: 배송은 언제 오나요?", "상담사: 내일 도착합니다.", "고객: 환불은 언제 되나요?"]
    lines += ["상담사: 환불은 3일 안에 됩니다.", "상담사: 123", "고객: 456", "상담사: 789"]
    path.write_text("\n".join(lines), encoding="utf-8")
    refused = desk.processed(path)
    assert set(lines_of(refused)) == {"C6"}

    def as_before(page: Any) -> None:
        marker = page.parent.worksheets[-1]
        marker["B1"] = form
        if form == "1":
            page["C2"] = "C7"

    corrected = edited(
        refused, tmp_path / "b.xlsx", {("C6", "C"): "교환도 되나요?"}, then=as_before
    )
    [pair] = pairs_of(desk.read(corrected))
    assert pair[:1] + pair[2:3] == ("C6", "교환도 되나요?")
