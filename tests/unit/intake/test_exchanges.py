from collections.abc import Callable
from pathlib import Path

import pytest

from cs_pipeline.intake.exchanges import ExportReading, read_exchanges
from tests.unit.intake import workbooks
from tests.unit.intake.workbooks import ANSWER, OTHER_ANSWER, OTHER_QUESTION, QUESTION

Rows = list[tuple[str, str, str, str]]


def reading_of(path: Path) -> ExportReading:
    return read_exchanges(path, max_bytes=10_000_000)


def rows_of(reading: ExportReading) -> Rows:
    return [
        (item.question_cell, item.answer_cell, item.question, item.answer)
        for item in reading.exchanges
    ]


CASES: list[tuple[Callable[[Path], Path], Rows]] = [
    (
        workbooks.plain_qa,
        [("A2", "B2", QUESTION, ANSWER), ("A3", "B3", OTHER_QUESTION, OTHER_ANSWER)],
    ),
    (workbooks.title_rows_and_merged_header, [("B6", "E6", QUESTION, ANSWER)]),
    (lambda path: workbooks.header_at_row(path, 15), [("A16", "B16", QUESTION, ANSWER)]),
    (lambda path: workbooks.header_at_row(path, 20), [("A21", "B21", QUESTION, ANSWER)]),
    (
        workbooks.two_sheets_and_a_memo,
        [("B2", "A2", QUESTION, ANSWER), ("B2", "C2", OTHER_QUESTION, OTHER_ANSWER)],
    ),
    (
        workbooks.totals_and_repeated_header,
        [
            ("B2", "C2", QUESTION, ANSWER),
            ("B5", "C5", OTHER_QUESTION, OTHER_ANSWER),
            ("B6", "C6", "합계", "총 3만원입니다."),
        ],
    ),
    (workbooks.untidy_text, [("A2", "B2", "배송은 언제 오나요?", "내일 도착\u200b합니다.")]),
    (workbooks.phone_as_number, [("B2", "C2", "01012345678", "12.5")]),
    (
        workbooks.table_away_from_a1,
        [("AB4", "AC4", QUESTION, ANSWER), ("AB5", "AC5", OTHER_QUESTION, OTHER_ANSWER)],
    ),
    (workbooks.empty_sides, [("A2", "B2", QUESTION, ""), ("A3", "B3", "", ANSWER)]),
    (
        workbooks.turns_by_id,
        [
            ("D3", "D7", "배송은 언제 오나요?", f"확인했습니다. {ANSWER}"),
            ("D4", "D9", OTHER_QUESTION, OTHER_ANSWER),
        ],
    ),
    (workbooks.turns_by_blank_rows, [("B5", "B6", OTHER_QUESTION, OTHER_ANSWER)]),
    (
        workbooks.turns_with_merged_ids,
        [("C2", "C3", QUESTION, ANSWER), ("C4", "C6", OTHER_QUESTION, OTHER_ANSWER)],
    ),
]


@pytest.mark.parametrize(("build", "expected"), CASES)
def test_an_export_becomes_exactly_these_exchanges(
    tmp_path: Path, build: Callable[[Path], Path], expected: Rows
) -> None:
    assert rows_of(reading_of(build(tmp_path / "a.xlsx"))) == expected


def test_a_header_below_row_20_is_not_found(tmp_path: Path) -> None:
    from cs_pipeline.errors import ExportError

    with pytest.raises(ExportError) as caught:
        reading_of(workbooks.header_at_row(tmp_path / "a.xlsx", 21))
    assert caught.value.reason == "no_conversation_sheet"


def test_every_sheet_is_reported_and_unread_ones_say_why(tmp_path: Path) -> None:
    reading = reading_of(workbooks.two_sheets_and_a_memo(tmp_path / "a.xlsx"))
    told = [(item.name, item.layout, item.header_row, item.rows) for item in reading.sheets]
    assert told == [
        ("1월", "qa", 1, 1),
        ("메모", "unread", None, 0),
        ("빈 시트", "unread", None, 0),
        ("2월", "qa", 1, 1),
    ]
    memo, empty = reading.sheets[1].note, reading.sheets[2].note
    assert memo is not None
    assert "읽지 않았습니다" in memo.ko
    assert "Not read" in memo.en
    assert empty is not None
    assert empty.en == "The sheet is empty."


def test_rows_are_counted_without_headers_totals_and_blanks(tmp_path: Path) -> None:
    reading = reading_of(workbooks.totals_and_repeated_header(tmp_path / "a.xlsx"))
    assert reading.rows_read == 3
    assert reading.refused == []


def test_the_original_row_travels_along(tmp_path: Path) -> None:
    reading = reading_of(workbooks.phone_as_number(tmp_path / "a.xlsx"))
    assert reading.exchanges[0].original == ("1012345678", "1012345678", "12.5")


def test_a_question_left_open_is_refused_as_unanswered(tmp_path: Path) -> None:
    reading = reading_of(workbooks.turns_by_id(tmp_path / "a.xlsx"))
    [row] = reading.refused
    assert (row.sheet, row.cell, row.reason) == ("채팅", "D12", "unanswered")
    assert row.original == ("가", "09:07", "고객", "그럼 모레는요?")
    assert reading.rows_read == 11
    assert [(item.conversation_id, item.turn_index) for item in reading.exchanges] == [
        ("가", 0),
        ("나", 0),
    ]


def test_blank_rows_part_conversations_without_an_id(tmp_path: Path) -> None:
    reading = reading_of(workbooks.turns_by_blank_rows(tmp_path / "a.xlsx"))
    assert [(row.cell, row.reason) for row in reading.refused] == [("B2", "unanswered")]


def test_a_speaker_that_is_not_known_is_refused_and_never_named(tmp_path: Path) -> None:
    reading = reading_of(workbooks.turns_with_merged_ids(tmp_path / "a.xlsx"))
    [row] = reading.refused
    assert (row.cell, row.reason) == ("B5", "unknown_speaker")
    assert "홍길동" not in row.words.ko + row.words.en + repr(row)


def test_turns_of_one_conversation_are_numbered(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["conversation_id", "role", "content"],
        *([7, role, f"{role} {turn}"] for turn in range(3) for role in ("user", "assistant")),
    ]
    reading = reading_of(workbooks.save(tmp_path / "a.xlsx", ("s", rows)))
    assert [(item.question, item.turn_index) for item in reading.exchanges] == [
        ("user 0", 0),
        ("user 1", 1),
        ("user 2", 2),
    ]
    assert {item.conversation_id for item in reading.exchanges} == {"7"}


def test_a_csv_export_reads_like_a_workbook(tmp_path: Path) -> None:
    path = workbooks.written(tmp_path / "a.csv", f"문의,회신\n{QUESTION},{ANSWER}\n")
    assert rows_of(reading_of(path)) == [("A2", "B2", QUESTION, ANSWER)]
