import pytest

from cs_pipeline.intake.sheets.layouts import load_layouts
from cs_pipeline.intake.sheets.transcripts import utterances

_WIDE = " " * 3000


@pytest.mark.parametrize(
    "cell",
    [
        f"고객:{_WIDE}언제 오나요?\n상담사:{_WIDE}내일{_WIDE}갑니다.",
        f"{_WIDE}고객: 언제 오나요?\n{_WIDE}상담사: 내일 갑니다.",
        f"[09:13]{_WIDE}고객: 언제{_WIDE}오나요?\n[09:14]{_WIDE}상담사: 내일 갑니다.",
    ],
)
def test_lines_that_are_filled_up_with_blanks_are_read_in_no_time(cell: str) -> None:
    found = [(one.speaker, one.text) for one in utterances(cell, load_layouts())]
    assert found == [("customer", "언제 오나요?"), ("agent", "내일 갑니다.")]


def test_blanks_alone_say_nothing() -> None:
    assert utterances(f"{_WIDE}\x01말씀\n{_WIDE}\x01말씀", load_layouts()) == []
