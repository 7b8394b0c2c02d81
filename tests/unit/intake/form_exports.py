"""A form a case, or cases side by side: what an owner expects, or None."""

from collections.abc import Sequence
from pathlib import Path

from tests.unit.intake.call_centre_exports import (
    NAMES,
    Build,
    Pair,
    Row,
    clock,
    delimited,
    said,
    workbook,
)


def _page(path: Path, forms: Sequence[Sequence[Row]]) -> None:
    tables = []
    for form in forms:
        rows = [[str(cell).replace("\n", "<br>") for cell in row] for row in form]
        body = "".join(
            f"<tr><th>{label}</th>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
            for label, *cells in rows
        )
        tables.append(f"<table>{body}</table><br>")
    path.write_text(f"<html><body><h3>민원</h3>{''.join(tables)}</body></html>", encoding="utf-8")


def sheets_of_cases(path: Path) -> list[Pair]:
    """Texts are merged over rows, a list of all cases stands in front, some have no answer yet."""
    from openpyxl import load_workbook

    pairs = said()
    listed = [("접수번호", "민원인", "처리상태")]
    sheets: list[tuple[str, list[Row]]] = []
    for number, (question, answer) in enumerate([*pairs, ("언제 되나요?", "")]):
        listed.append((f"2026-{number}", NAMES[number % 5], "처리완료" if answer else "처리중"))
        top = [("민원 처리 결과",), (), ("접수번호", f"2026-{number}", "접수일자", clock(number))]
        top += [("민원인", NAMES[number % 5], "처리부서", "환경과")]
        below = [("민원내용", question), (), (), ("답변내용", answer), (), ("담당자", "홍수아")]
        sheets.append((f"2026-{number}", [*top, *below]))
    workbook(path, ("접수목록", listed), *sheets)
    book = load_workbook(path)
    for sheet in book.worksheets[1:]:
        sheet.merge_cells("B5:D7")
        sheet.merge_cells("B8:D9")
    book.save(path)
    return pairs


def page_of_forms(path: Path) -> list[Pair]:
    forms = [
        [
            ("민원번호", f"1AA-{number}", "신청일", "2026-03-02"),
            ("민원제목", "개선 요청"),
            ("민원내용", question),
            ("처리기관", "상하수도사업소", "처리상태", "답변완료"),
            ("답변내용", answer),
        ]
        for number, (question, answer) in enumerate(said())
    ]
    _page(path, forms)
    return said()


def english_cases(path: Path) -> list[Pair]:
    sheets = [
        (
            f"Case {number}",
            [
                ("Ticket", number),
                ("Customer", NAMES[number % 5]),
                ("Inquiry", question),
                ("Reply", answer),
                ("Rating", "good"),
            ],
        )
        for number, (question, answer) in enumerate(said())
    ]
    workbook(path, *sheets)
    return said()


def forms_with_two_questions(path: Path) -> None:
    """Which of both the answer is to, a form does not say."""
    forms = [
        [("접수번호", n), ("문의내용", one), ("추가 문의", "언제까지인가요?"), ("답변내용", other)]
        for n, (one, other) in enumerate(said())
    ]
    _page(path, forms)


def forms_of_a_survey(path: Path) -> None:
    """Everybody was asked the same."""
    forms = [
        [("번호", n), ("질문", "서비스에 얼마나 만족하셨나요?"), ("답변", answer)]
        for n, (_, answer) in enumerate(said())
    ]
    _page(path, forms)


def two_forms_alone(path: Path) -> None:
    sheets = [
        (f"{n}", [("번호", n), ("문의내용", one), ("답변내용", other)])
        for n, (one, other) in enumerate(said()[:2])
    ]
    workbook(path, *sheets)


def cases_side_by_side(path: Path) -> list[Pair]:
    """Labels stand in front of the rows; a case in progress has no answer yet."""
    pairs = [*said(), ("언제 되나요?", "")]
    rows: list[Row] = [("문의 정리 (가로형)",), ("접수번호", *range(101, 101 + len(pairs)))]
    rows.append(("접수일", *(clock(number) for number in range(len(pairs)))))
    rows.append(("고객", *(NAMES[number % 5] for number in range(len(pairs)))))
    rows.append(("문의", *(question for question, _ in pairs)))
    rows.append(("답변", *(answer for _, answer in pairs)))
    workbook(path, ("정리", rows))
    return said()


def english_cases_side_by_side(path: Path) -> list[Pair]:
    numbers = [str(number) for number, _ in enumerate(said())]
    rows = [["Ticket", *numbers], ["Inquiry", *(one for one, _ in said())]]
    rows += [["Reply", *(other for _, other in said())], ["Status", *["closed"] * len(numbers)]]
    delimited(path, [["", *row] for row in rows], "utf-8")
    return said()


def survey_side_by_side(path: Path) -> None:
    """Everybody was asked the same."""
    rows: list[Row] = [("질문", *["서비스에 얼마나 만족하셨나요?"] * len(said()))]
    workbook(path, ("설문", [*rows, ("답변", *(answer for _, answer in said()))]))


def two_questions_side_by_side(path: Path) -> None:
    rows = [("문의", *(one for one, _ in said())), ("추가 문의", *["언제까지인가요?"] * 24)]
    workbook(path, ("정리", [*rows, ("답변", *(other for _, other in said()))]))


def labels_of_turns(path: Path) -> list[Pair]:
    """Whoever speaks stands in front of each row, as in any log."""
    rows: list[Row] = [("구분", "내용", "비고")]
    for question, answer in said():
        rows += [("문의", question, ""), ("답변", answer, ""), ()]
    workbook(path, ("상담", rows))
    return said()


FORMS: Sequence[tuple[Build, str]] = (
    (sheets_of_cases, "a.xlsx"),
    (page_of_forms, "a.xls"),
    (english_cases, "a.xlsx"),
    (forms_with_two_questions, "a.xls"),
    (forms_of_a_survey, "a.xls"),
    (two_forms_alone, "a.xlsx"),
    (cases_side_by_side, "a.xlsx"),
    (english_cases_side_by_side, "a.csv"),
    (survey_side_by_side, "a.xlsx"),
    (two_questions_side_by_side, "a.xlsx"),
    (labels_of_turns, "a.xlsx"),
)
"""Builders and names of files."""
