"""A form a case, each on a sheet or in a table of its own: what an owner expects, or None."""

from collections.abc import Sequence
from pathlib import Path

from tests.unit.intake.call_centre_exports import NAMES, Build, Pair, Row, clock, said, workbook


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


FORMS: Sequence[tuple[Build, str]] = (
    (sheets_of_cases, "a.xlsx"),
    (page_of_forms, "a.xls"),
    (english_cases, "a.xlsx"),
    (forms_with_two_questions, "a.xls"),
    (forms_of_a_survey, "a.xls"),
    (two_forms_alone, "a.xlsx"),
)
"""Builders and names of files."""
