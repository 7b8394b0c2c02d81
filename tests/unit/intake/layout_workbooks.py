"""Workbooks laid out as products and people really lay them out. Everybody in them is made up."""

import json
from pathlib import Path

from openpyxl import Workbook

from tests.unit.intake import other_formats, workbooks
from tests.unit.intake.workbooks import ANSWER, OTHER_ANSWER, OTHER_QUESTION, QUESTION

Cells = list[list[object]]


def merged(path: Path, rows: Cells, *ranges: str) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(row)
    for cells in ranges:
        sheet.merge_cells(cells)
    workbook.save(path)
    return path


def two_levels(path: Path) -> Path:
    """Who above, what below: neither row names both."""
    return merged(
        path,
        [
            ["상담 내역"],
            ["번호", "고객", None, "상담사", None, None],
            [None, "시각", "내용", "시각", "이름", "내용"],
            [1, "09:00", QUESTION, "09:01", "나래울", ANSWER],
            ["번호", "고객", None, "상담사", None, None],
            [None, "시각", "내용", "시각", "이름", "내용"],
            [2, "09:02", OTHER_QUESTION, "09:03", "나래울", OTHER_ANSWER],
        ],
        "A1:F1",
        "A2:A3",
        "B2:C2",
        "D2:F2",
    )


def two_levels_as_csv(path: Path) -> Path:
    return workbooks.written(
        path, f"고객,,상담사,\n시각,내용,시각,내용\n09:00,{QUESTION},09:01,{ANSWER}\n"
    )


def merged_down(path: Path) -> Path:
    """Conversation, customer and speaker stand once for several rows."""
    return merged(
        path,
        [
            ["상담번호", "고객명", "화자", "내용"],
            [101, "한여름", "고객", "배송은"],
            [None, None, None, "언제 오나요?"],
            [None, None, "상담사", ANSWER],
            [102, "나래울", "고객", OTHER_QUESTION],
            [None, None, "상담사", OTHER_ANSWER],
        ],
        "A2:A4",
        "B2:B4",
        "C2:C3",
        "A5:A6",
        "B5:B6",
    )


def side_by_side(path: Path) -> Path:
    """A gap between two tables of different length, which begin in different rows."""
    return workbooks.save(
        path,
        (
            "상담",
            [
                ["질문", "답변", None, "메모"],
                [QUESTION, ANSWER, None, None],
                [None, None, None, "고객문의", "회신"],
                [OTHER_QUESTION, OTHER_ANSWER, None, "교환은요?", "됩니다."],
                [None, None, None, "환불은요?", "됩니다."],
            ],
        ),
    )


def repeated_headings(path: Path) -> Path:
    """One conversation a row, its turns side by side; the second row has one turn only."""
    return workbooks.save(
        path,
        (
            "상담",
            [
                ["대화ID", "고객명", "질문1", "답변1", "질문2", "답변2"],
                ["가", "한여름", QUESTION, ANSWER, OTHER_QUESTION, OTHER_ANSWER],
                ["나", "나래울", "교환은요?", "됩니다."],
            ],
        ),
    )


def hidden_parts(path: Path) -> Path:
    """A hidden row, a hidden sheet with conversations, a hidden one with people."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "상담"
    for row in [["질문", "답변"], *map(list, workbooks.PAIRS), ["한여름인데요", "네 고객님"]]:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    old = workbook.create_sheet("옛 상담")
    for row in [["질문", "답변"], ["교환은요?", "됩니다."]]:
        old.append(row)
    people = workbook.create_sheet("고객")
    for row in [["이름", "전화번호"], ["한여름", 1038294756]]:
        people.append(row)
    old.sheet_state, people.sheet_state = "hidden", "veryHidden"
    workbook.save(path)
    return path


def valueless_cells(path: Path) -> Path:
    """Formulas without a result, errors in cells and as text, and a formula that gives ''."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "상담"
    for row in [
        ["번호", "질문", "답변"],
        [1, QUESTION, ANSWER],
        [2, "=B2", ANSWER],
        [3, OTHER_QUESTION, "#N/A"],
        [4, OTHER_QUESTION, OTHER_ANSWER],
        [None, None, "=C2"],
        [None, "=B2", None],
    ]:
        sheet.append(row)
    sheet["A5"] = "=A4+1"
    sheet["C4"].data_type = "e"
    workbook.save(path)
    return path


def formulas_only(path: Path) -> Path:
    return workbooks.save(path, ("상담", [["질문", "답변"], ["=D2", "=E2"], ["=D3", "=E3"]]))


def formula_with_empty_result(path: Path) -> Path:
    workbooks.save(path, ("상담", [["질문", "답변"], [QUESTION, ANSWER], [QUESTION, "=D3"]]))
    parts = other_formats.parts_of(path.read_bytes())
    sheet = "xl/worksheets/sheet1.xml"
    before, formula, after = parts[sheet].partition(b"<f>D3</f>")
    assert formula
    start = before.rindex(b"<c ")
    cell = before[start:].replace(b"<c ", b'<c t="str" ', 1)
    parts[sheet] = before[:start] + cell + formula + after
    return other_formats.packed(path, parts)


def channel_talk(path: Path) -> Path:
    """Newest message first; the manager is named on the Manager sheet alone."""
    return workbooks.save(
        path,
        (
            "UserChat data",
            [["id", "userId", "name", "state"], ["c1", "u1", "한여름", "closed"]],
        ),
        (
            "User data",
            [["id", "memberId", "name", "mobileNumber"], ["u1", "summer77", "한여름", 1038294756]],
        ),
        ("Manager data", [["id", "name"], ["m1", "나래울"], ["m2", "도담솔"]]),
        ("Bot data", [["id", "name"], ["b1", "알프"]]),
        (
            "Message data",
            [
                ["chatId", "personType", "personId", "plainText", "createdAt"],
                ["c1", "manager", "m1", "나래울입니다. 반품됩니다.", "2026-03-01 09:10:05"],
                ["c1", "user", "u1", "반품도 되나요?", "2026-03-01 09:09:00"],
                ["c1", "manager", "m1", "내일 도착합니다.", "2026-03-01 09:02:00"],
                ["c1", "bot", "b1", "상담사를 연결합니다.", "2026-03-01 09:01:30"],
                ["c2", "manager", "m2", "접수했습니다.", "2026-03-01 10:01:00"],
                ["c1", "user", "u1", "배송 언제 와요?", "2026-03-01 09:01:00"],
                ["c2", "user", "u9", "환불해 주세요.", "2026-03-01 10:00:00"],
            ],
        ),
    )


def template(message: str) -> str:
    buttons = [{"type": "WEB_LINK", "name": "링크", "text": "누르기", "pcUrl": "https://a.example"}]
    return json.dumps(
        {"type": "TEXT", "message": message, "isLocked": False, "buttonList": buttons},
        ensure_ascii=False,
    )


def happytalk(path: Path) -> Path:
    return workbooks.save(
        path,
        (
            "채팅",
            [
                ["chat_list_id", "from_id", "type", "user_type", "contents_type", "contents"],
                ["r1", "site_1", "C", "C", "text", QUESTION],
                ["r1", "robot1", "C", "B", "template", template("무엇을 도와드릴까요?")],
                ["r1", "agent7", "C", "H", "template", template(ANSWER)],
                ["r1", "site_1", "C", "C", "text", "{알겠어요}"],
                ["r1", "agent7", "C", "H", "template", template("감사합니다.")],
                ["r2", "site_2", "C", "C", "text", OTHER_QUESTION],
                ["r2", "agent7", "C", "H", "template", template(OTHER_ANSWER)[:40]],
            ],
        ),
    )
