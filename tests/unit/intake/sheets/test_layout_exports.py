"""Exports in the layouts that really come, read from the file on."""

from pathlib import Path

import pytest

from cs_pipeline.errors import ExportError
from cs_pipeline.intake.exchanges import ExportReading, Hidden, read_exchanges
from cs_pipeline.intake.sheets.layouts import load_layouts
from cs_pipeline.records import KnownValue
from tests.unit.intake import layout_workbooks, other_formats, workbooks
from tests.unit.intake.workbooks import ANSWER, OTHER_ANSWER, OTHER_QUESTION, QUESTION


def reading_of(path: Path, hidden: Hidden = "read", layouts: Path | None = None) -> ExportReading:
    return read_exchanges(path, max_bytes=10_000_000, hidden=hidden, layouts=load_layouts(layouts))


def rows_of(reading: ExportReading) -> list[tuple[str, str, str, str]]:
    return [
        (item.question_cell, item.answer_cell, item.question, item.answer)
        for item in reading.exchanges
    ]


def test_a_header_of_two_levels_is_read_as_one_and_again_where_it_repeats(tmp_path: Path) -> None:
    reading = reading_of(layout_workbooks.two_levels(tmp_path / "a.xlsx"))
    assert rows_of(reading) == [
        ("C4", "F4", QUESTION, ANSWER),
        ("C7", "F7", OTHER_QUESTION, OTHER_ANSWER),
    ]
    [sheet] = reading.sheets
    assert (sheet.header_row, sheet.rows) == (3, 2)
    assert reading.exchanges[0].known_values == (KnownValue("NAME", "나래울"),)


def test_without_merged_ranges_a_heading_counts_for_the_blanks_on_its_right(
    tmp_path: Path,
) -> None:
    reading = reading_of(layout_workbooks.two_levels_as_csv(tmp_path / "a.csv"))
    assert rows_of(reading) == [("B3", "D3", QUESTION, ANSWER)]


@pytest.mark.parametrize("build", [other_formats.xls, other_formats.xlsb, other_formats.ods])
def test_a_title_over_plain_headings_is_no_level(tmp_path: Path, build) -> None:
    table = [("문의", "", "", ""), ("번호", "고객", "질문", "답변"), ("1", "김", QUESTION, ANSWER)]
    reading = reading_of(build(tmp_path / "a.xls", table))
    assert rows_of(reading) == [("C3", "D3", QUESTION, ANSWER)]


def test_data_below_wide_headings_stay_data(tmp_path: Path) -> None:
    rows = [["질문", None, "답변"], [QUESTION, "09:00", ANSWER], [OTHER_QUESTION, "", OTHER_ANSWER]]
    reading = reading_of(layout_workbooks.merged(tmp_path / "a.xlsx", rows, "A1:B1"))
    assert rows_of(reading) == [
        ("A2", "C2", QUESTION, ANSWER),
        ("A3", "C3", OTHER_QUESTION, OTHER_ANSWER),
    ]


def test_a_cell_merged_down_counts_in_each_row_but_text_is_said_once(tmp_path: Path) -> None:
    reading = reading_of(layout_workbooks.merged_down(tmp_path / "a.xlsx"))
    assert rows_of(reading) == [
        ("D2", "D4", "배송은 언제 오나요?", ANSWER),
        ("D5", "D6", OTHER_QUESTION, OTHER_ANSWER),
    ]
    assert reading.refused == []
    assert [item.known_values for item in reading.exchanges] == [
        (KnownValue("NAME", "한여름"),),
        (KnownValue("NAME", "나래울"),),
    ]


def test_a_question_merged_over_its_answers_has_them_all(tmp_path: Path) -> None:
    rows = [["질문", "답변"], [QUESTION, ANSWER], [None, OTHER_ANSWER], ["안내 문구", None]]
    path = layout_workbooks.merged(tmp_path / "a.xlsx", rows, "A2:A3", "A4:B4")
    expected = [
        ("A2", "B2", QUESTION, f"{ANSWER} {OTHER_ANSWER}"),
        ("A4", "B4", "안내 문구", ""),
    ]
    assert rows_of(reading_of(path)) == expected
    texts = [[cell or "" for cell in row] for row in rows]
    ods = other_formats.ods(tmp_path / "a.ods", texts, merged=[(1, 2, 0)])
    assert rows_of(reading_of(ods)) == expected


def test_a_question_merged_over_numbered_answers_is_asked_in_each(tmp_path: Path) -> None:
    rows = [["번호", "질문", "답변"], ["1", QUESTION, ANSWER], ["2", None, OTHER_ANSWER]]
    path = layout_workbooks.merged(tmp_path / "a.xlsx", rows, "B2:B3")
    assert rows_of(reading_of(path)) == [
        ("B2", "C2", QUESTION, ANSWER),
        ("B3", "C3", QUESTION, OTHER_ANSWER),
    ]


def test_tables_side_by_side_are_read_one_by_one(tmp_path: Path) -> None:
    reading = reading_of(layout_workbooks.side_by_side(tmp_path / "a.xlsx"))
    assert rows_of(reading) == [
        ("A2", "B2", QUESTION, ANSWER),
        ("A4", "B4", OTHER_QUESTION, OTHER_ANSWER),
        ("D4", "E4", "교환은요?", "됩니다."),
        ("D5", "E5", "환불은요?", "됩니다."),
    ]
    assert [(sheet.header_row, sheet.rows) for sheet in reading.sheets] == [(1, 2), (3, 2)]
    assert reading.rows_read == 4
    assert reading.exchanges[2].original == ("", "", "", "교환은요?", "됩니다.")


def test_conversation_logs_side_by_side_do_not_mix(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["화자", "내용", None, "화자", "내용"],
        ["고객", QUESTION, None, "고객", OTHER_QUESTION],
        ["상담사", ANSWER, None, "상담사", OTHER_ANSWER],
        [],
        [None, None, None, "고객", "또 물어요"],
        [None, None, None, "상담사", "네"],
    ]
    reading = reading_of(workbooks.save(tmp_path / "a.xlsx", ("s", rows)))
    assert [item.question for item in reading.exchanges] == [QUESTION, OTHER_QUESTION, "또 물어요"]
    assert len({item.conversation_id for item in reading.exchanges}) == 3
    assert reading.refused == []


def test_headings_that_repeat_are_turns_of_one_conversation(tmp_path: Path) -> None:
    reading = reading_of(layout_workbooks.repeated_headings(tmp_path / "a.xlsx"))
    assert [
        (item.question, item.conversation_id, item.turn_index, item.known_values[0].value)
        for item in reading.exchanges
    ] == [
        (QUESTION, "가", 0, "한여름"),
        ("교환은요?", "나", 0, "나래울"),
        (OTHER_QUESTION, "가", 1, "한여름"),
    ]
    assert reading.rows_read == 3


def test_blank_columns_inside_a_table_do_not_part_it(tmp_path: Path) -> None:
    rows: list[list[object]] = [["질문", None, "답변", None, "비고"], [QUESTION, None, ANSWER]]
    reading = reading_of(workbooks.save(tmp_path / "a.xlsx", ("s", rows)))
    assert rows_of(reading) == [("A2", "C2", QUESTION, ANSWER)]


def test_hidden_rows_and_sheets_are_read_and_told(tmp_path: Path) -> None:
    reading = reading_of(layout_workbooks.hidden_parts(tmp_path / "a.xlsx"))
    assert [item.question for item in reading.exchanges] == [
        QUESTION,
        OTHER_QUESTION,
        "한여름인데요",
        "교환은요?",
    ]
    note = reading.sheets[0].note
    assert note is not None
    assert note.en == "1 hidden rows were read as well."


def test_hidden_rows_and_sheets_are_skipped_on_request_but_their_people_masked(
    tmp_path: Path,
) -> None:
    reading = reading_of(layout_workbooks.hidden_parts(tmp_path / "a.xlsx"), hidden="skip")
    assert [item.question for item in reading.exchanges] == [QUESTION, "한여름인데요"]
    notes = [sheet.note.en if sheet.note else "" for sheet in reading.sheets]
    assert notes[0] == "1 hidden rows were not read."
    assert notes[1].startswith("Not read: the sheet is hidden.")
    assert reading.people == [KnownValue("NAME", "한여름"), KnownValue("PHONE", "01038294756")]


def test_a_skipped_row_does_not_end_a_conversation(tmp_path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    for row in [["화자", "내용"], ["고객", QUESTION], ["고객", "(지움)"], ["상담사", ANSWER]]:
        workbook.active.append(row)
    workbook.active.row_dimensions[3].hidden = True
    workbook.save(tmp_path / "a.xlsx")
    assert rows_of(reading_of(tmp_path / "a.xlsx", hidden="skip")) == [
        ("B2", "B4", QUESTION, ANSWER)
    ]


def test_cells_without_a_value_are_refused_with_their_place(tmp_path: Path) -> None:
    reading = reading_of(layout_workbooks.valueless_cells(tmp_path / "a.xlsx"))
    assert [(row.cell, row.reason) for row in reading.refused] == [
        ("B3", "formula_without_value"),
        ("C4", "error_cell"),
        ("C6", "formula_without_value"),
        ("B7", "formula_without_value"),
    ]
    assert [item.question_cell for item in reading.exchanges] == ["B2", "B5"]
    assert reading.rows_read == 6
    assert all("엑셀" in row.words.ko or "오류" in row.words.ko for row in reading.refused)


def test_errors_that_a_csv_shows_as_text_are_refused(tmp_path: Path) -> None:
    text = f"질문,답변\n{QUESTION},#REF!\n#1번 상품이요,{ANSWER}\n"
    reading = reading_of(workbooks.written(tmp_path / "a.csv", text))
    assert [(row.cell, row.reason) for row in reading.refused] == [("B2", "error_cell")]
    assert rows_of(reading) == [("A3", "B3", "#1번 상품이요", ANSWER)]


def test_an_export_of_formulas_alone_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        reading_of(layout_workbooks.formulas_only(tmp_path / "a.xlsx"))
    assert caught.value.reason == "formula_without_value"
    assert "A2" in caught.value.words.ko
    assert "A2" in caught.value.words.en


def test_a_formula_that_gives_nothing_is_an_empty_cell(tmp_path: Path) -> None:
    reading = reading_of(layout_workbooks.formula_with_empty_result(tmp_path / "a.xlsx"))
    assert reading.refused == []
    assert [item.answer for item in reading.exchanges] == [ANSWER, ""]


def test_rich_text_is_its_words(tmp_path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    workbook = Workbook()
    workbook.active.append(["질문", "답변"])
    workbook.active.append(
        [CellRichText("배송은 ", TextBlock(InlineFont(b=True), "언제"), " 오나요?"), ANSWER]
    )
    workbook.save(tmp_path / "a.xlsx")
    assert rows_of(reading_of(tmp_path / "a.xlsx")) == [("A2", "B2", QUESTION, ANSWER)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1012345678, "01012345678"),
        ("1012345678", "01012345678"),
        (162345678, "0162345678"),
        (15881234, "15881234"),
        (212345678, "212345678"),
        (2012345678, "2012345678"),
        ("주문 1012345678", "주문 1012345678"),
    ],
)
def test_a_mobile_number_alone_in_a_cell_gets_its_zero_back(
    tmp_path: Path, cell: object, text: str
) -> None:
    path = workbooks.save(tmp_path / "a.xlsx", ("s", [["질문", "답변"], [QUESTION, cell]]))
    assert reading_of(path).exchanges[0].answer == text


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        (212345678, "0212345678"),
        (21234567, "021234567"),
        (311234567, "0311234567"),
        (7012345678, "07012345678"),
        (50412345678, "050412345678"),
        ("010-1234-5678", "010-1234-5678"),
        (15881234, "15881234"),
        (821012345678, "821012345678"),
    ],
)
def test_a_phone_column_gets_its_zeros_back(tmp_path: Path, cell: object, phone: str) -> None:
    rows: list[list[object]] = [["연락처", "질문", "답변"], [cell, QUESTION, ANSWER]]
    [exchange] = reading_of(workbooks.save(tmp_path / "a.xlsx", ("s", rows))).exchanges
    assert exchange.known_values == (KnownValue("PHONE", phone),)


def test_a_channel_talk_export_is_joined_and_put_in_order(tmp_path: Path) -> None:
    reading = reading_of(layout_workbooks.channel_talk(tmp_path / "a.xlsx"))
    assert [
        (item.question, item.answer, item.conversation_id, item.turn_index)
        for item in reading.exchanges
    ] == [
        ("배송 언제 와요?", "내일 도착합니다.", "c1", 0),
        ("반품도 되나요?", "나래울입니다. 반품됩니다.", "c1", 1),
        ("환불해 주세요.", "접수했습니다.", "c2", 0),
    ]
    first, _, last = reading.exchanges
    assert set(first.known_values) == {
        KnownValue("NAME", "한여름"),
        KnownValue("NAME", "나래울"),
        KnownValue("PHONE", "01038294756"),
        KnownValue("LOGIN_ID", "summer77"),
    }
    assert set(last.known_values) == {KnownValue("NAME", "도담솔")}
    assert {one.value for one in reading.people} == {
        *("한여름", "나래울", "도담솔", "summer77", "01038294756")
    }
    notes = {sheet.name: sheet.note.en if sheet.note else "" for sheet in reading.sheets}
    assert "lists people" in notes["Manager data"]
    assert notes["Message data"] == ""


def test_a_conversation_without_all_its_times_stays_as_it_stands(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["chatId", "personType", "plainText", "createdAt"],
        ["c1", "user", QUESTION, "2026-03-01 10:00"],
        ["c1", "manager", ANSWER, ""],
        ["c1", "user", OTHER_QUESTION, "2026-03-01 09:00"],
        ["c1", "manager", OTHER_ANSWER, "2026-03-01 09:01"],
    ]
    reading = reading_of(workbooks.save(tmp_path / "a.xlsx", ("Message", rows)))
    assert [item.question for item in reading.exchanges] == [QUESTION, OTHER_QUESTION]


def test_a_happytalk_export_gives_the_words_of_its_templates(tmp_path: Path) -> None:
    reading = reading_of(layout_workbooks.happytalk(tmp_path / "a.xlsx"))
    assert [(item.question, item.answer, item.turn_index) for item in reading.exchanges] == [
        (QUESTION, ANSWER, 0),
        ("{알겠어요}", "감사합니다.", 1),
    ]
    assert [(row.cell, row.reason) for row in reading.refused] == [
        ("F8", "unreadable_template"),
        ("F7", "unanswered"),
    ]


def test_a_sites_words_and_layout_are_used(tmp_path: Path) -> None:
    site = workbooks.written(
        tmp_path / "site.yaml",
        """
columns: {question: [청원], answer: [처리 결과]}
personal: {MEMBER_NO: [조합원 No.]}
speakers: {agent: [담당관]}
vendors:
  - name: desk
    columns: {speaker: [말한이], text: [발언], conversation: [접수키]}
    speakers: {customer: ['1'], bot: ['9']}
""",
    )
    path = workbooks.save(
        tmp_path / "a.xlsx",
        ("민원", [["조합원No", "청원 내용", "처리결과"], ["A-77", QUESTION, ANSWER]]),
        (
            "대장",
            [
                ["접수키", "말한이", "발언", "내용"],
                ["k1", 1, OTHER_QUESTION, "-"],
                ["k1", 9, "기다려 주세요.", "-"],
                ["k1", "담당관 김", "모릅니다.", "-"],
                ["k1", "담당관", OTHER_ANSWER, "-"],
            ],
        ),
    )
    reading = reading_of(path, layouts=site)
    assert [(item.question, item.answer, item.conversation_id) for item in reading.exchanges] == [
        (QUESTION, ANSWER, None),
        (OTHER_QUESTION, OTHER_ANSWER, "k1"),
    ]
    assert reading.exchanges[0].known_values == (KnownValue("MEMBER_NO", "A-77"),)
    assert [row.reason for row in reading.refused] == ["unknown_speaker"]
    with pytest.raises(ExportError):
        reading_of(path)


@pytest.mark.parametrize(
    "build",
    [
        layout_workbooks.two_levels,
        layout_workbooks.merged_down,
        layout_workbooks.repeated_headings,
        layout_workbooks.valueless_cells,
        layout_workbooks.channel_talk,
        layout_workbooks.happytalk,
    ],
)
def test_reading_again_gives_the_same(tmp_path: Path, build) -> None:
    path = build(tmp_path / "a.xlsx")
    one, other = reading_of(path), reading_of(path)
    assert one.exchanges == other.exchanges
    assert one.refused == other.refused
    assert (one.sheets, one.people, one.rows_read) == (other.sheets, other.people, other.rows_read)


def test_nothing_of_a_reading_shows_what_it_holds(tmp_path: Path) -> None:
    reading = reading_of(layout_workbooks.channel_talk(tmp_path / "a.xlsx"))
    shown = repr(reading) + repr(reading.tables)
    assert "한여름" not in shown
    assert "배송" not in shown
