"""What owners expect of exports of every kind, compared whole: nothing wrong is accepted."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.errors import ExportError
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.stages import Installation
from tests.unit.intake.call_centre_exports import Build, workbook
from tests.unit.intake.independent_exports import (
    INDEPENDENT,
    survey,
    voices,
    voices_in_cells,
)
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(
    ("build", "name"), INDEPENDENT, ids=[one.__name__ for one, _ in INDEPENDENT]
)
def test_an_independent_export_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


@pytest.mark.parametrize(
    ("build", "name", "refused"), [(voices, "a.txt", 2), (voices_in_cells, "a.xlsx", 12)]
)
def test_speakers_that_nobody_named_are_asked_for(
    tmp_path: Path, build: Build, name: str, refused: int
) -> None:
    build(tmp_path / name)
    reading = read_exchanges(tmp_path / name, max_bytes=1_000_000)
    assert [row.reason for row in reading.refused] == ["unknown_speaker"] * refused


def test_a_text_that_nobody_says_is_refused_for_that(tmp_path: Path) -> None:
    rows = [("고객", "언제 오나요?"), (None, "상담이 연결되었습니다."), ("상담사", "내일 옵니다.")]
    workbook(tmp_path / "a.xlsx", ("대화", [("화자", "내용"), *rows]))
    reading = read_exchanges(tmp_path / "a.xlsx", max_bytes=1_000_000)
    assert [(row.cell, row.reason) for row in reading.refused] == [
        ("B3", "unknown_speaker"),
        ("B2", "beside_refused"),
    ]


def test_a_survey_is_told_that_its_questions_are_the_same_all_over(
    settings: Settings, tmp_path: Path
) -> None:
    survey(tmp_path / "a.xlsx")
    with pytest.raises(ExportError) as caught:
        Installation(settings).intake.read(tmp_path / "a.xlsx")
    assert caught.value.reason == "no_conversation_sheet"
    assert "'질문'(같은 글 몇 개)" in caught.value.words.ko
