"""Refused rows go into their workbook one by one, and checks look at an export part by part."""

import weakref
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from cs_pipeline.language import Words
from cs_pipeline.packed_lists import PackedList
from cs_pipeline.quality import expectations, quarantine
from cs_pipeline.quality.expectations import check_exchanges
from cs_pipeline.quality.quarantine import write_refused_rows
from cs_pipeline.quality.refused_workbooks import listed_rows
from cs_pipeline.quality.rules import load_rules
from cs_pipeline.records import Exchange, RefusedRow

ROWS = 3000
RULES = load_rules(None, max_text_characters=2000)
WORDS = Words(ko="답변이 비어 있습니다.", en="The answer is empty.")


class Cell(str):
    """A text whose life can be watched."""


class Refused(Collection[RefusedRow]):
    """Rows that are made when they are asked for; counts how many of them live at a time."""

    def __init__(self) -> None:
        self._alive: weakref.WeakSet[Cell] = weakref.WeakSet()
        self.most_alive = 0

    def __len__(self) -> int:
        return ROWS

    def __contains__(self, row: object) -> bool:
        return False

    def __iter__(self) -> Iterator[RefusedRow]:
        for number in range(ROWS):
            cell = Cell(f"{number}번 질문")
            self._alive.add(cell)
            self.most_alive = max(self.most_alive, len(self._alive))
            yield RefusedRow("상담", f"B{number + 2}", "empty_answer", WORDS, (cell, ""))


@pytest.mark.parametrize("room", [1_048_576, 1001])
def test_few_refused_rows_are_in_memory_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr(quarantine, "MAX_SHEET_ROWS", room)
    path, refused = tmp_path / "a-refused.xlsx", Refused()
    write_refused_rows(path, refused, export_name="a.xlsx", export_sha256="0" * 64)
    assert refused.most_alive < 50
    listed = list(listed_rows(path))
    assert [row.row for row in listed] == list(range(2, ROWS + 2))
    assert listed[-1].cells[-2] == f"{ROWS - 1}번 질문"


def exchange(number: int) -> Exchange:
    question = f"{number % 40}번 상품은 언제 오나요?"
    answer = ("", "123", question, f"{number}번은 내일 도착합니다.")[min(number % 9, 3)]
    original = (question, answer)
    return Exchange("상담", f"A{number}", f"B{number}", question, answer, None, 0, original)


def test_checks_say_the_same_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [exchange(number) for number in range(1500)]
    whole = check_exchanges(rows, RULES, earlier=())
    seen = []
    validate = expectations._validate
    monkeypatch.setattr(
        expectations,
        "_validate",
        lambda figures, suite: seen.append(len(figures)) or validate(figures, suite),
    )
    monkeypatch.setattr(expectations, "_ROWS_AT_ONCE", 400)
    parts = check_exchanges(PackedList(rows), RULES, earlier=())
    assert seen == [400, 400, 400, 300, 1500]
    assert (parts.accepted, parts.refused) == (whole.accepted, whole.refused)
    assert (parts.findings, parts.profile) == (whole.findings, whole.profile)
    assert len(whole.refused) == 3 * 167
    assert {row.reason for row in whole.refused} == {"empty_answer", "no_text", "same_text"}
