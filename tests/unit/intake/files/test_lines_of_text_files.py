"""Of a text file a cell's row is its line, so that a reason can be looked up."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from time import process_time

import pytest

from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.files.clocked_chats import is_clocked_chat
from cs_pipeline.intake.files.timed_lines import is_timed_lines, timed_rows

LIMIT = 10_000_000
SAID = ["배송은 언제 오나요?", "내일 도착합니다.", "환불은 언제 되나요?", "3일 안에 됩니다.", "네?"]
TITLE = ["한여름 님과 카카오톡 대화", "저장한 날짜 : 2026년 3월 5일 오전 10:11", ""]
DAY = "--------------- 2026년 3월 2일 월요일 ---------------"


def of_phone(number: int, text: str) -> str:
    return f"2026년 3월 2일 오전 9:{number:02}, {('한여름', '상담사')[number % 2]} : {text}"


def of_computer(number: int, text: str) -> str:
    return f"[{('한여름', '상담사')[number % 2]}] [오전 9:{number:02}] {text}"


def spoken(number: int, text: str) -> str:
    return f"{('고객', '상담사')[number % 2]}: {text}"


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ([], of_phone),
        (TITLE, of_phone),
        ([*TITLE, DAY], of_computer),
        ([DAY], of_computer),
        ([], spoken),
        (["", ""], spoken),
    ],
)
def test_the_row_of_a_cell_is_its_line(
    tmp_path: Path, above: list[str], line: Callable[[int, str], str]
) -> None:
    path = tmp_path / "a.txt"
    lines = [*above, *(line(number, text) for number, text in enumerate(SAID))]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    reading = read_exchanges(path, max_bytes=LIMIT)
    cells = [cell for one in reading.exchanges for cell in (one.question_cell, one.answer_cell)]
    cells += [row.cell for row in reading.refused]
    assert [lines[int(cell[1:]) - 1].endswith(text) for cell, text in zip(cells, SAID, strict=True)]
    assert cells == [f"C{len(above) + 1 + number}" for number in range(len(SAID))]


def test_the_row_of_an_object_is_its_number(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    one = f'{{"question": "{SAID[0]}", "answer": "{SAID[1]}"}}'
    path.write_text("\n".join([one] * 6), encoding="utf-8")
    reading = read_exchanges(path, max_bytes=LIMIT)
    assert [one.question_cell for one in reading.exchanges] == [f"A{n}" for n in range(1, 7)]


@pytest.mark.parametrize("is_form", [is_clocked_chat, is_timed_lines])
@pytest.mark.parametrize("line", ["2026-03-05{}x", "{}x", "2026-03-05 {0}({0}x", "[10:00]{}x"])
def test_lines_padded_with_blanks_are_told_at_once(
    is_form: Callable[[str], bool], line: str
) -> None:
    began = process_time()
    assert not is_form(f"{line.format(' ' * 2000)}\n" * 30)
    assert process_time() - began < 5


def test_rules_far_below_do_not_part_what_blank_lines_part() -> None:
    call = "[00:11] 전화하신 분: 예약되나요?\n[00:20] 접수데스크: 네, 2시에 됩니다.\n\n"
    whole = call * 8 + f"{'-' * 9}\n{call}" * 4
    rows = list(timed_rows(StringIO(whole), call * 8))
    assert [int(cells[0]) for _, cells in rows[1:]] == [n // 2 + 1 for n in range(24)]
