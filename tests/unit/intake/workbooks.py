"""Exports named by what is special about them. All people and numbers are made up."""

import unicodedata
import zipfile
from pathlib import Path

from openpyxl import Workbook

SECRET = "비밀값 010-9999-0000"
"""Stands in the cells of every broken export; no error may repeat it."""

QUESTION, ANSWER = "배송은 언제 오나요?", "내일 도착합니다."
OTHER_QUESTION, OTHER_ANSWER = "환불하고 싶어요", "환불을 접수했습니다."
PAIRS = [(QUESTION, ANSWER), (OTHER_QUESTION, OTHER_ANSWER)]


def save(path: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    """A workbook of the given sheets; None leaves a cell empty."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets:
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def plain_qa(path: Path) -> Path:
    return save(path, ("상담", [["질문", "답변"], *map(list, PAIRS)]))


def title_rows_and_merged_header(path: Path) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "3월"
    sheet["A1"] = "고객 상담 질문·답변 내역"
    sheet.merge_cells("A1:E1")
    sheet["A2"], sheet["B2"] = "총 문의", 2
    sheet["A4"], sheet["C4"] = "고객", "상담사"
    sheet.merge_cells("A4:B4")
    sheet.merge_cells("C4:E4")
    for column, heading in enumerate(["접수일", "문의 내용", "답변일시", "답변자", "답변 내용"], 1):
        sheet.cell(5, column, heading)
    sheet.append(["2026-03-01", QUESTION, "2026-03-01", "김상담", ANSWER])
    workbook.save(path)
    return path


def header_at_row(path: Path, number: int) -> Path:
    rows: list[list[object]] = [["안내문"] for _ in range(number - 1)]
    return save(path, ("상담", [*rows, ["Q", "A"], list(PAIRS[0])]))


def two_sheets_and_a_memo(path: Path) -> Path:
    return save(
        path,
        ("1월", [["답변", "질문"], [ANSWER, QUESTION]]),
        ("메모", [["담당", "전화"], ["김", SECRET]]),
        ("빈 시트", []),
        ("2월", [["번호", "고객문의", "상담사답변"], [1, OTHER_QUESTION, OTHER_ANSWER]]),
    )


def totals_and_repeated_header(path: Path) -> Path:
    header: list[object] = ["번호", "질문", "답변"]
    return save(
        path,
        (
            "상담",
            [
                header,
                [1, *PAIRS[0]],
                [None, " ", None],
                header,
                [2, *PAIRS[1]],
                [3, "합계", "총 3만원입니다."],
                ["합계", 3, "100%"],
                ["Total: 3건", None, None],
            ],
        ),
    )


def untidy_text(path: Path) -> Path:
    decomposed = unicodedata.normalize("NFD", "배송은 언제")
    return save(
        path,
        (
            "상담",
            [
                ["질문", "답변"],
                [f"  {decomposed}_x000D_\n\u00a0오나요?\t ", "내일\r\n\r\n도착\u200b합니다."],
            ],
        ),
    )


def phone_as_number(path: Path) -> Path:
    return save(path, ("상담", [["전화", "질문", "답변"], [1012345678.0, 1012345678.0, 12.5]]))


def table_away_from_a1(path: Path) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "상담"
    for row, pair in enumerate([("질문", "답변"), *PAIRS], start=3):
        sheet.cell(row, 28, pair[0])
        sheet.cell(row, 29, pair[1])
    workbook.save(path)
    return path


def empty_sides(path: Path) -> Path:
    return save(path, ("상담", [["질문", "답변"], [QUESTION, None], [None, ANSWER]]))


def turns_by_id(path: Path) -> Path:
    """Two conversations, interleaved; greeting, bot and system rows; an open question."""
    return save(
        path,
        (
            "채팅",
            [
                ["대화ID", "시각", "발화자", "메시지"],
                ["가", "09:00", "상담사 김", "안녕하세요, 고객님."],
                ["가", "09:01", "고객", "배송은"],
                ["나", "09:01", "손님", OTHER_QUESTION],
                ["가", "09:01", "챗봇", "잠시만 기다려 주세요."],
                ["가", "09:02", "고객", "언제 오나요?"],
                ["가", "09:03", "상담사 김", "확인했습니다."],
                ["가", "09:03", "상담사 김", ANSWER],
                ["나", "09:04", "매니저", OTHER_ANSWER],
                ["나", "09:05", "시스템", "상담이 종료되었습니다."],
                ["가", "09:06", "고객", None],
                ["가", "09:07", "고객", "그럼 모레는요?"],
            ],
        ),
    )


def turns_by_blank_rows(path: Path) -> Path:
    return save(
        path,
        (
            "log",
            [
                ["speaker", "text"],
                ["customer", QUESTION],
                [None, None],
                ["agent", ANSWER],
                ["C", OTHER_QUESTION],
                ["H", OTHER_ANSWER],
            ],
        ),
    )


def turns_with_merged_ids(path: Path) -> Path:
    """The id stands in the first row of each conversation only."""
    return save(
        path,
        (
            "채팅",
            [
                ["상담번호", "화자", "내용"],
                [101, "고객", QUESTION],
                [None, "상담사", ANSWER],
                [102, "고객", OTHER_QUESTION],
                [None, "홍길동", SECRET],
                [None, "상담사", OTHER_ANSWER],
            ],
        ),
    )


def far_away_cell(path: Path) -> Path:
    """Legal, 5 KB, and too much for calamine's process."""
    workbook = Workbook()
    workbook.active["A1"] = SECRET
    workbook.active["XFD1048576"] = SECRET
    workbook.save(path)
    return path


def truncated(path: Path) -> Path:
    content = save(path, ("상담", [["질문", "답변"], [SECRET, SECRET]])).read_bytes()
    return written(path, content[: len(content) // 2])


def broken_sheet_part(path: Path) -> Path:
    """A sound zip whose worksheet is not XML."""
    plain_qa(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row r='1'><c r='"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def word_document(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", SECRET)
    return path


def broken_ole(path: Path) -> Path:
    return written(path, OLE_HEAD + SECRET.encode() * 20)


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


OLE_HEAD = bytes.fromhex("D0CF11E0A1B11AE1")
