"""Rows that are none of a conversation's words stay out, and the others stand as they were said."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.openings import greets_anew
from cs_pipeline.intake.sheets.moments import moment_of, tells_zone
from cs_pipeline.intake.sheets.speakers import is_program
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.interjected_exports import INTERJECTED
from tests.unit.intake.test_call_centre_exports import assert_as_expected
from tests.unit.intake.unsaid_exports import UNSAID

_LOGS = UNSAID | INTERJECTED


@pytest.mark.parametrize(("build", "name"), _LOGS.values(), ids=_LOGS)
def test_a_log_with_rows_that_do_not_count_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-05-03T01:20:52Z", (2026, 5, 3, 10, 20, 52, 0)),
        ("2026-05-03T10:20:52+09:00", (2026, 5, 3, 10, 20, 52, 0)),
        ("2026-05-03 23:20:52.5 UTC", (2026, 5, 4, 8, 20, 52, 500_000_000)),
        ("2026-05-03 10:20 KST", (2026, 5, 3, 10, 20, 0, 0)),
        ("2026-12-31T20:20:52-0500", (2027, 1, 1, 10, 20, 52, 0)),
        ("2026-05-03 06:50:00+05:30", (2026, 5, 3, 10, 20, 0, 0)),
        ("2026-02-31T01:20:52Z", None),
    ],
)
def test_moments_of_all_zones_are_compared_by_clocks_in_korea(
    text: str, moment: tuple[int, ...] | None
) -> None:
    assert tells_zone(text)
    assert moment_of(text) == moment


@pytest.mark.parametrize("text", ["2026-05-03 10:20:52", "2026-05-03", "10:20:52", "1777771252"])
def test_moments_without_a_zone_tell_none(text: str) -> None:
    assert not tells_zone(text)


@pytest.mark.parametrize(
    ("tells", "texts", "expected"),
    [
        (is_program, ("알림봇",), True),
        (is_program, ("ChatBot",), True),
        (is_program, ("자동 응답",), True),
        (is_program, ("김봇들",), False),
        (is_program, ("이시스",), False),
        (greets_anew, ("안녕하세요. 상담사 김나래입니다.", "내일 도착합니다."), True),
        (greets_anew, ("무엇을 도와드릴까요?", "내일 도착합니다.", "안녕하세요."), True),
        (greets_anew, ("무엇을 도와드릴까요?", "내일 도착합니다."), False),
        (greets_anew, ("상담사 김나래입니다.", "안녕하세요."), False),
        (greets_anew, ("안녕하세요. 환불은 3일 걸립니다.", "확인했습니다."), False),
    ],
)
def test_texts_that_tell_who_speaks(tells: object, texts: tuple[str, ...], expected: bool) -> None:
    assert callable(tells)
    assert tells(*texts) is expected
