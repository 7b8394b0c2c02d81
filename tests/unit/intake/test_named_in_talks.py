"""Whom conversations name, where signs or replies tell who speaks, is masked all the same."""

from pathlib import Path

import pytest

from cs_pipeline.intake.exchanges import ExportReading, read_exchanges
from tests.unit.intake.call_centre_exports import clock, workbook
from tests.unit.intake.office_exports import ASKED

ASKERS = ("김민수", "박서연", "최도윤", "정하은", "한지호")


def _read(path: Path, head: tuple[str, ...], *, signs: bool) -> ExportReading:
    """One answers on a board; `signs` stand for people beside their names."""
    rows: list[tuple[object, ...]] = []
    for n, (question, answer) in enumerate(ASKED * 2):
        name = ASKERS[n % len(ASKERS)]
        who = ("Member", name) if signs else (name,)
        desk = ("Owner", "이지은") if signs else ("이지은",)
        rows.append((1 + n, "", *who, question, clock(2 * n)))
        rows.append((100 + n, 1 + n, *desk, answer, clock(2 * n + 1)))
    workbook(path, ("글", [head, *rows]))
    return read_exchanges(path, max_bytes=10_000_000)


@pytest.mark.parametrize(
    ("head", "signs"),
    [
        (("MessageId", "ReplyToId", "From", "display_name", "Content", "Created"), True),
        (("글번호", "원글번호", "닉네임", "내용", "작성일"), False),
    ],
    ids=["signs", "names"],
)
def test_people_on_a_board_are_known(tmp_path: Path, head: tuple[str, ...], signs: bool) -> None:
    reading = _read(tmp_path / "a.xlsx", head, signs=signs)
    assert len(reading.exchanges) == 2 * len(ASKED)
    known = {one.value for exchange in reading.exchanges for one in exchange.known_values}
    assert known == {*ASKERS, "이지은"}
