"""Refused rows on their way back: corrected in Excel, read as part of their export."""

import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pydantic import SecretStr

from cs_pipeline.config import Settings
from cs_pipeline.errors import ExportError
from cs_pipeline.files import sha256_file
from cs_pipeline.intake.corrections import corrections
from cs_pipeline.refused.workbook_form import MARKER_SHEET
from tests.unit.intake import layout_workbooks, other_formats, workbooks
from tests.unit.intake.correction_desk import Desk, edited, lines_of, open_of, pairs_of
from tests.unit.intake.workbooks import ANSWER, OTHER_ANSWER, OTHER_QUESTION, QUESTION

LONG = "가" * 2001
NEW = "영업일 2일 안에 도착합니다."


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return Desk(settings)


def pairs_export(path: Path) -> Path:
    """Good rows among an empty answer, one that is too long and one without letters."""
    return workbooks.save(
        path,
        (
            "상담",
            [
                ["번호", "질문", "답변"],
                [1, QUESTION, ANSWER],
                [2, OTHER_QUESTION, None],
                [3, LONG, ANSWER],
                [4, "교환은요?", "123"],
            ],
        ),
        ("메모", [["없음"]]),
    )


def turns_export(path: Path) -> Path:
    """An unknown speaker between two turns, a question that nobody answered."""
    return workbooks.save(
        path,
        (
            "채팅",
            [
                ["대화ID", "발화자", "내용"],
                ["가", "고객", QUESTION],
                ["가", "??", ANSWER],
                ["가", "고객", OTHER_QUESTION],
                ["가", "상담사", OTHER_ANSWER],
                ["나", "고객", "교환은요?"],
                ["다", "고객", "감사합니다"],
                ["다", "상담사", "네 감사합니다"],
            ],
        ),
    )


def test_a_case_that_stands_in_a_column_is_corrected_at_its_place(
    desk: Desk, tmp_path: Path
) -> None:
    cases = [
        ["번호", 1, 2, 3, 4],
        ["질문", QUESTION, OTHER_QUESTION, "왜요?", "교환은 어떻게 하나요?"],
    ]
    answers = ["답변", ANSWER, None, OTHER_ANSWER, "반품 후에 다시 주문해 주세요."]
    refused = desk.processed(workbooks.save(tmp_path / "a.xlsx", ("정리", [*cases, answers])))
    assert list(lines_of(refused)) == ["C3"]
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", {("C3", "C"): NEW}))
    assert pairs_of(reading) == [("B3", "C3", OTHER_QUESTION, NEW)]


def test_only_corrected_rows_of_pairs_come_in(desk: Desk, tmp_path: Path) -> None:
    refused = desk.processed(pairs_export(tmp_path / "a.xlsx"))
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", {("C3", "C"): OTHER_ANSWER}))
    assert pairs_of(reading) == [("B3", "C3", OTHER_QUESTION, OTHER_ANSWER)]
    assert open_of(reading) == [("B4", "not_corrected"), ("C5", "not_corrected")]
    assert reading.rows_read == 1
    assert reading.origin_sha256 == sha256_file(tmp_path / "a.xlsx")
    [report] = reading.sheets
    assert (report.name, report.rows, report.exchanges) == ("상담", 1, 1)


def test_rows_left_alone_keep_their_reason_and_cells(desk: Desk, tmp_path: Path) -> None:
    refused = desk.processed(pairs_export(tmp_path / "a.xlsx"))
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", {("C3", "C"): OTHER_ANSWER}))
    before = lines_of(refused)["C5"]
    [row] = [row for row in reading.refused if row.cell == "C5"]
    assert str(row.words) == before["거절 이유"]
    assert row.sheet == "상담"
    assert row.original == ("4", "교환은요?", "123")


@pytest.mark.parametrize(
    ("edits", "pairs", "still"),
    [
        pytest.param(
            {("B3", "B"): "상담사"},
            [("C2", "C3", QUESTION, ANSWER), ("C4", "C5", OTHER_QUESTION, OTHER_ANSWER)],
            [("C6", "not_corrected")],
            id="an agent answers what went before; the next question is one of its own",
        ),
        pytest.param(
            {("B3", "B"): "고객"},
            [("C2", "C5", f"{QUESTION} {ANSWER} {OTHER_QUESTION}", OTHER_ANSWER)],
            [("C6", "not_corrected")],
            id="a customer goes on asking",
        ),
        pytest.param({("B3", "B"): "봇"}, [], [("C6", "not_corrected")], id="a bot is dropped"),
        pytest.param(
            {("B3", "B"): "누구"},
            [],
            [("B3", "unknown_speaker"), ("C6", "not_corrected")],
            id="still unknown",
        ),
        pytest.param(
            {("C6", "B"): "상담사"}, [], [("B3", "not_corrected")], id="an answer to nothing"
        ),
        pytest.param(
            {("C6", "A"): "다"},
            [("C6", "C8", "교환은요? 감사합니다", "네 감사합니다")],
            [("B3", "not_corrected")],
            id="moved into another conversation",
        ),
    ],
)
def test_turns_are_paired_anew(
    desk: Desk, tmp_path: Path, edits: Any, pairs: Any, still: Any
) -> None:
    refused = desk.processed(turns_export(tmp_path / "a.xlsx"))
    assert list(lines_of(refused)) == ["B3", "C6"]
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", edits))
    assert pairs_of(reading) == pairs
    assert open_of(reading) == still


def test_a_line_left_alone_is_settled_by_another_ones_correction(
    desk: Desk, tmp_path: Path
) -> None:
    path = workbooks.save(
        tmp_path / "a.xlsx",
        ("채팅", [["발화자", "내용"], ["고객", QUESTION], ["??", ANSWER]]),
    )
    refused = desk.processed(path)
    assert list(lines_of(refused)) == ["A3", "B2"]
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", {("A3", "A"): "상담원"}))
    assert pairs_of(reading) == [("B2", "B3", QUESTION, ANSWER)]
    assert open_of(reading) == []


def test_the_rest_of_the_conversation_comes_along_as_evidence(desk: Desk, tmp_path: Path) -> None:
    refused = desk.processed(turns_export(tmp_path / "a.xlsx"))
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", {("C6", "A"): "다"}))
    assert {row.conversation_id for row in reading.conversations} == {"다"}
    reading = desk.read(edited(refused, tmp_path / "c.xlsx", {("B3", "B"): "상담사"}))
    assert [row.question_cell for row in reading.conversations] == ["C2", "C4"]


def test_errors_and_formulas_are_replaced_by_what_was_typed(desk: Desk, tmp_path: Path) -> None:
    refused = desk.processed(layout_workbooks.valueless_cells(tmp_path / "a.xlsx"))
    edits = {
        ("B3", "B"): "교환은요?",
        ("C4", "C"): NEW,
        ("C6", "B"): "반품은요?",  # its answer is a formula still
        ("B7", "B"): "=1+1",  # no program has calculated it
    }
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", edits))
    assert pairs_of(reading) == [
        ("B3", "C3", "교환은요?", ANSWER),
        ("B4", "C4", OTHER_QUESTION, NEW),
    ]
    assert open_of(reading) == [("C6", "formula_without_value"), ("B7", "not_corrected")]


def test_the_other_table_of_the_row_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    path = workbooks.save(
        tmp_path / "a.xlsx",
        (
            "상담",
            [
                ["질문", "답변", None, "고객문의", "회신"],
                [QUESTION, None, None, OTHER_QUESTION, OTHER_ANSWER],
                [QUESTION, ANSWER, None, "환불은요?", None],
            ],
        ),
    )
    refused = desk.processed(path)
    edits = {("B2", "B"): NEW, ("E3", "E"): "됩니다."}
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", edits))
    assert pairs_of(reading) == [
        ("A2", "B2", QUESTION, NEW),
        ("D3", "E3", "환불은요?", "됩니다."),
    ]


def test_two_level_headings(desk: Desk, tmp_path: Path) -> None:
    path = layout_workbooks.two_levels(tmp_path / "a.xlsx")
    workbook = load_workbook(path)
    workbook.active["F7"] = None
    workbook.save(path)
    refused = desk.processed(path)
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", {("F7", "F"): NEW}))
    assert pairs_of(reading) == [("C7", "F7", OTHER_QUESTION, NEW)]


def test_merged_cells_count_in_corrected_rows_too(desk: Desk, tmp_path: Path) -> None:
    path = layout_workbooks.merged_down(tmp_path / "a.xlsx")
    workbook = load_workbook(path)
    workbook.active["C6"] = "??"
    workbook.save(path)
    refused = desk.processed(path)
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", {("C6", "C"): "상담사"}))
    [exchange] = reading.exchanges
    assert (exchange.conversation_id, exchange.answer) == ("102", OTHER_ANSWER)
    assert [value.value for value in exchange.known_values] == ["나래울"]


def test_channel_talk(desk: Desk, tmp_path: Path) -> None:
    path = layout_workbooks.channel_talk(tmp_path / "a.xlsx")
    workbook = load_workbook(path)
    workbook["Message data"]["B2"] = "??"  # the newest message answers the one below
    workbook.save(path)
    refused = desk.processed(path)
    [cell] = [cell for cell in lines_of(refused) if cell == "B2"]
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", {(cell, "B"): "manager"}))
    [exchange] = reading.exchanges
    assert (exchange.question, exchange.conversation_id) == ("반품도 되나요?", "c1")
    assert "나래울" in [value.value for value in exchange.known_values]


def test_happytalk_takes_plain_words_for_a_broken_template(desk: Desk, tmp_path: Path) -> None:
    refused = desk.processed(layout_workbooks.happytalk(tmp_path / "a.xlsx"))
    assert "F8" in lines_of(refused)
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", {("F8", "F"): NEW}))
    assert pairs_of(reading) == [("F7", "F8", OTHER_QUESTION, NEW)]
    assert open_of(reading) == []


def test_what_looked_like_personal_data_is_corrected_where_it_stands(
    desk: Desk, tmp_path: Path
) -> None:
    suspicious = "번호는 12345678901234 이에요"
    path = workbooks.save(
        tmp_path / "a.xlsx",
        (
            "채팅",
            [
                ["발화자", "내용"],
                ["고객", QUESTION],
                ["상담사", suspicious],
                ["고객", OTHER_QUESTION],
            ],
        ),
    )
    refused = desk.processed(path)
    line = lines_of(refused)["B3"]
    assert line["원본 B열"] == suspicious, "the row of the answer, not of its question"
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", {("B3", "B"): NEW}))
    assert pairs_of(reading) == [("B2", "B3", QUESTION, NEW)]


def test_an_encrypted_export_is_opened_again(settings: Settings, tmp_path: Path) -> None:
    desk = Desk(settings.model_copy(update={"export_passwords": [SecretStr("열려라")]}))
    plain = pairs_export(tmp_path / "plain.xlsx").read_bytes()
    path = other_formats.encrypted_xlsx(tmp_path / "a.xlsx", "열려라", plain)
    refused = desk.processed(path)
    corrected = edited(refused, tmp_path / "b.xlsx", {("C3", "C"): OTHER_ANSWER})
    assert pairs_of(desk.read(corrected)) == [("B3", "C3", OTHER_QUESTION, OTHER_ANSWER)]
    with pytest.raises(ExportError) as caught:
        Desk(settings).read(corrected)
    assert caught.value.reason == "password_protected"


def test_a_csv_is_found_whatever_its_name_became(desk: Desk, tmp_path: Path) -> None:
    path = workbooks.written(tmp_path / "a.csv", f"질문,답변\n{QUESTION},{ANSWER}\n환불은요?,\n")
    refused = desk.processed(path)
    quarantined = desk.settings.quarantine_dir / f"a-{sha256_file(path)[:8]}.csv"
    (desk.settings.processed_dir / sha256_file(path) / "a.csv").rename(quarantined)
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", {("B3", "B"): NEW}))
    assert pairs_of(reading) == [("A3", "B3", "환불은요?", NEW)]


@pytest.mark.parametrize("place", ["quarantine", "processing"])
def test_the_export_is_found_where_it_lies(desk: Desk, tmp_path: Path, place: str) -> None:
    path = pairs_export(tmp_path / "a.xlsx")
    sha256 = sha256_file(path)
    refused = desk.processed(path)
    folder = {
        "quarantine": desk.settings.quarantine_dir,
        "processing": desk.settings.processing_dir / "run-1",
    }[place]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"a-{sha256[:8]}.xml").write_bytes(b"another file of this name")
    moved = folder / f"a-{sha256[:8]}.xlsx"
    (desk.settings.processed_dir / sha256 / "a.xlsx").rename(moved)
    corrected = edited(refused, tmp_path / "b.xlsx", {("C3", "C"): OTHER_ANSWER})
    assert len(desk.read(corrected).exchanges) == 1
    moved.unlink()
    with pytest.raises(ExportError) as caught:
        desk.read(corrected)
    assert caught.value.reason == "origin_missing"


def rearranged(page: Any) -> None:
    """Sorted the other way round, a row deleted, one hidden by a filter, columns moved."""
    headings, *rows = [[cell.value for cell in row] for row in page.iter_rows()]
    rows = [row for row in reversed(rows) if row[2] != "B4"]
    page.delete_rows(1, page.max_row)
    for row in (headings, *rows):
        page.append([row[4], row[5], None, row[2], "메모", row[1], row[3], row[0]])
    page.row_dimensions[2].hidden = True


def test_rows_and_columns_of_the_page_may_move(desk: Desk, tmp_path: Path) -> None:
    refused = desk.processed(pairs_export(tmp_path / "a.xlsx"))
    edits = {("C3", "C"): OTHER_ANSWER, ("C5", "C"): NEW}
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", edits, then=rearranged))
    assert pairs_of(reading) == [
        ("B3", "C3", OTHER_QUESTION, OTHER_ANSWER),
        ("B5", "C5", "교환은요?", NEW),
    ]
    assert open_of(reading) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_headings_of_either_language(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("CS_PIPELINE_LANG", language)
    refused = desk.processed(pairs_export(tmp_path / "a.xlsx"))
    monkeypatch.setenv("CS_PIPELINE_LANG", "ko" if language == "en" else "en")
    workbook = load_workbook(refused)
    workbook.worksheets[0]["F2"] = NEW
    workbook.save(tmp_path / "b.xlsx")
    assert [row.answer for row in desk.read(tmp_path / "b.xlsx").exchanges] == [NEW]


@pytest.mark.parametrize(
    ("written", "comes_back"),
    [
        ("  환불\r\n하고 싶어요 ", "환불\n하고 싶어요"),
        ("환불_x000D_\n하고", "환불\n하고"),
        ("환불\x0b하고", "환불하고"),
    ],
)
def test_what_programs_change_by_themselves_is_no_correction(
    desk: Desk, tmp_path: Path, written: str, comes_back: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'질문,답변\n{QUESTION},{ANSWER}\n"{written}",\n', newline="")
    refused = desk.processed(path)
    with pytest.raises(ExportError) as caught:
        desk.read(edited(refused, tmp_path / "b.xlsx", {("B3", "A"): comes_back}))
    assert caught.value.reason == "nothing_corrected"


def test_a_place_that_the_export_does_not_have_is_refused(desk: Desk, tmp_path: Path) -> None:
    refused = desk.processed(pairs_export(tmp_path / "a.xlsx"))

    def renumbered(page: Any) -> None:
        page["C2"] = "C99"
        page["B3"] = "다른 시트"

    edits = {("B4", "B"): "교환은요?", ("C5", "C"): NEW}
    reading = desk.read(edited(refused, tmp_path / "b.xlsx", edits, then=renumbered))
    assert pairs_of(reading) == [("B5", "C5", "교환은요?", NEW)]
    assert open_of(reading) == [("C99", "unknown_row"), ("B4", "unknown_row")]
    assert [row.original for row in reading.refused][1] == ("3", "교환은요?", ANSWER)


def test_nothing_corrected_is_told(desk: Desk, tmp_path: Path) -> None:
    refused = desk.processed(pairs_export(tmp_path / "a.xlsx"))
    with pytest.raises(ExportError) as caught:
        desk.read(refused)
    assert caught.value.reason == "nothing_corrected"


def without_marker(path: Path, target: Path) -> Path:
    workbook = load_workbook(path)
    del workbook[MARKER_SHEET]
    workbook.save(target)
    return target


def with_marker(path: Path, target: Path, key: str, value: str) -> Path:
    workbook = load_workbook(path)
    for row in workbook[MARKER_SHEET].iter_rows():
        if row[0].value == key:
            row[1].value = value
    workbook.save(target)
    return target


def test_a_lost_or_foreign_marker_is_told(desk: Desk, tmp_path: Path) -> None:
    refused = desk.processed(pairs_export(tmp_path / "a.xlsx"))
    target = tmp_path / "b.xlsx"
    for path in (
        without_marker(refused, target),
        with_marker(refused, tmp_path / "c.xlsx", "origin_sha256", "../../etc/*"),
        with_marker(refused, tmp_path / "d.xlsx", "refused_rows_format", "3"),
    ):
        with pytest.raises(ExportError) as caught:
            desk.read(path)
        assert caught.value.reason == "correction_without_origin"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949"])
def test_a_page_saved_as_csv_is_told_what_it_lacks(
    desk: Desk, tmp_path: Path, encoding: str
) -> None:
    refused = desk.processed(pairs_export(tmp_path / "a.xlsx"))
    with (tmp_path / "b.csv").open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(load_workbook(refused).worksheets[0].values)
    with pytest.raises(ExportError) as caught:
        desk.read(tmp_path / "b.csv")
    assert caught.value.reason == "correction_without_origin"


def test_another_workbook_with_such_a_sheet_is_read_as_ever(desk: Desk, tmp_path: Path) -> None:
    path = workbooks.save(
        tmp_path / "a.xlsx",
        ("상담", [["시트", "셀", "질문", "답변"], ["1월", "B2", QUESTION, ANSWER]]),
        (MARKER_SHEET, [["메모", "없음"]]),
    )
    assert desk.read(path).origin_sha256 is None
    assert len(desk.read(path).exchanges) == 1


def test_no_message_shows_a_cell(desk: Desk, tmp_path: Path) -> None:
    path = workbooks.save(
        tmp_path / "a.xlsx", ("상담", [["질문", "답변"], [workbooks.SECRET, None]])
    )
    refused = desk.processed(path)
    for made in (refused, without_marker(refused, tmp_path / "b.xlsx")):
        with pytest.raises(ExportError) as caught:
            desk.read(made)
        assert "9999" not in repr(caught.value) + caught.value.words.model_dump_json()
    reading = desk.read(edited(refused, tmp_path / "c.xlsx", {("B2", "B"): ANSWER}))
    assert "9999" not in repr(reading)
    assert reading.exchanges[0].question == workbooks.SECRET


def test_what_is_refused_again_can_be_corrected_again(desk: Desk, tmp_path: Path) -> None:
    path = pairs_export(tmp_path / "a.xlsx")
    first = edited(
        desk.processed(path),
        tmp_path / "first.xlsx",
        {("C3", "C"): "5", ("B4", "B"): "짧은 질문?"},
    )
    assert [cell for cell, _ in open_of(desk.read(first))] == ["C5"]
    again = desk.processed(first)
    assert set(lines_of(again)) == {"C3", "C5"}, "all that is still open, and nothing else"
    edits = {("C3", "C"): OTHER_ANSWER, ("C5", "C"): NEW}
    second = edited(again, tmp_path / "second.xlsx", edits)
    reading = desk.read(second)
    assert reading.origin_sha256 == sha256_file(path)
    assert pairs_of(reading) == [
        ("B3", "C3", OTHER_QUESTION, OTHER_ANSWER),
        ("B5", "C5", "교환은요?", NEW),
    ]
    assert open_of(reading) == []


def test_a_chain_of_corrections_has_an_end(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "MOST_LINKS", 2)
    refused = desk.processed(pairs_export(tmp_path / "a.xlsx"))
    for number in range(2):
        made = edited(refused, tmp_path / f"{number}.xlsx", {("C5", "C"): str(number)})
        refused = desk.processed(made)
    with pytest.raises(ExportError) as caught:
        desk.read(edited(refused, tmp_path / "last.xlsx", {("C5", "C"): NEW}))
    assert caught.value.reason == "too_many_corrections"
