"""Texts that stand where they do not belong in some rows of an export: none of them comes in."""

from collections import Counter
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.sheets.stand_ins import stands_in
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.misplaced_exports import MISPLACED
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), MISPLACED.values(), ids=MISPLACED)
def test_an_export_with_misplaced_texts_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


@pytest.mark.parametrize(
    ("export", "reasons", "words"),
    [
        ("shifted by a second number", {"uneven_row": 5}, "seem to be shifted"),
        ("rows of other columns, by names", {"sides_swapped": 8}, "Exchange the two cells"),
        ("rows of other columns, by texts", {"sides_swapped": 9}, "Exchange the two cells"),
        ("answered by the customer", {"stand_in": 4}, "The customer who asked"),
        ("notes in the place of answers", {"stand_in": 4}, "a note for colleagues"),
        ("dragged down", {"dragged_answer": 6}, "dragged down in Excel"),
    ],
)
def test_misplaced_texts_are_refused_for_what_they_are(
    tmp_path: Path, export: str, reasons: dict[str, int], words: str
) -> None:
    build, name = MISPLACED[export]
    build(tmp_path / name)
    refused = read_exchanges(tmp_path / name, max_bytes=1_000_000).refused
    assert Counter(row.reason for row in refused) == reasons
    assert all(words in row.words.en for row in refused)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("답변 준비중입니다", True),
        ("[첨부파일] 답변서_0917.pdf", True),
        ("첨부 참조", True),
        ("첨부파일 확인 바랍니다.", True),
        ("(내용 없음)", True),
        ("전일 통화 건과 동일", True),
        ("테스트입니다", True),
        ("ㅁㄴㅇㄹ", True),
        ("same as before", True),
        ("사진을 보내 주세요", False),
        ("첨부파일은 5개까지 됩니다", False),
        ("테스트 서버입니다만 됩니다", False),
        ("기존 요금과 동일합니다", False),
        ("재고 없음", False),
    ],
)
def test_what_stands_for_an_answer_is_none(answer: str, expected: bool) -> None:
    assert stands_in(answer) is expected
