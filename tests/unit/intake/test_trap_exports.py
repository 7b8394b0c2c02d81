"""What looks like a question or an answer and is none: nothing of it is accepted."""

from collections import Counter
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.sheets.asides import is_marked_note
from cs_pipeline.intake.sheets.body import sample_of
from cs_pipeline.intake.sheets.question_numbers import question_numbers
from cs_pipeline.intake.sheets.speakers import is_code
from cs_pipeline.intake.sheets.stand_ins import hides_question
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.test_call_centre_exports import assert_as_expected
from tests.unit.intake.trap_exports import TRAPS


@pytest.mark.parametrize(("build", "name"), TRAPS.values(), ids=TRAPS)
def test_an_export_with_a_trap_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


@pytest.mark.parametrize(
    ("trap", "reasons", "words"),
    [
        ("hidden questions", {"hidden_question": 4}, "private"),
        ("answers of a program", {"stand_in": 4}, "a program sent it"),
        ("answers that move up", {"questions_apart": 13}, "Look them up by number"),
    ],
)
def test_rows_are_refused_for_what_is_wrong_with_them(
    tmp_path: Path, trap: str, reasons: dict[str, int], words: str
) -> None:
    build, name = TRAPS[trap]
    build(tmp_path / name)
    refused = read_exchanges(tmp_path / name, max_bytes=1_000_000).refused
    assert Counter(row.reason for row in refused) == reasons
    assert all(words in row.words.en for row in refused)


@pytest.mark.parametrize(
    ("tells", "text", "expected"),
    [
        (is_marked_note, "[자동 응답] 접수되었습니다.", True),
        (is_marked_note, "[Web발신]\n[자동회신] 접수되었습니다.", True),
        (is_marked_note, "[Auto-reply] We got your message.", True),
        (is_marked_note, "[내부메모] 단골 고객", True),
        (is_marked_note, "[자동이체] 신청은 앱에서 하실 수 있습니다.", False),
        (is_marked_note, "[자동차보험] 갱신은 앱에서 하실 수 있습니다.", False),
        (is_marked_note, "자동응답은 끄실 수 있습니다.", False),
        (is_code, "[인증번호] 482913 을 입력해 주세요", True),
        (is_code, "Your verification code is 482913.", True),
        (is_code, "인증번호는 6자리 숫자입니다.", False),
        (is_code, "인증번호가 오지 않으면 1588-0000으로 전화해 주세요.", False),
        (hides_question, "비밀글입니다.", True),
        (hides_question, "비공개 문의입니다", True),
        (hides_question, "This is a private post.", True),
        (hides_question, "비밀글로 문의해도 되나요?", False),
        (hides_question, "비밀번호를 잊어버렸어요", False),
        (hides_question, "삭제된 글을 되살릴 수 있나요?", False),
    ],
)
def test_texts_that_say_of_themselves_what_they_are(
    tells: object, text: str, expected: bool
) -> None:
    assert callable(tells)
    assert tells(text) is expected


@pytest.mark.parametrize(
    ("step", "rows", "expected"),
    [
        (7, 5_000, (0, 2)),
        (1, 5_000, None),  # every answer is to the question in its row
        (7, 50, (0, 2)),
    ],
)
def test_numbers_out_of_step_are_found_however_long_the_table(
    step: int, rows: int, expected: tuple[int, int] | None
) -> None:
    labels = ("문의번호", "문의내용", "원문의번호", "답변내용")
    below = [
        (f"Q{n:05}", f"{n}번 배송은 언제 오나요?", f"Q{n * step % rows:05}", "내일 오후에 옵니다.")
        for n in range(rows)
    ]
    assert question_numbers(labels, sample_of(below), below, (1, 3)) == expected


def test_numbers_of_two_things_are_written_alike_and_name_no_other_row() -> None:
    labels = ("접수번호", "문의내용", "주문번호", "답변내용")
    below = [
        (f"2026{n:06}", f"{n}번 배송은 언제 오나요?", f"2025{n * 7 % 50:06}", "내일 오후에 옵니다.")
        for n in range(50)
    ]
    assert question_numbers(labels, below, below, (1, 3)) is None
