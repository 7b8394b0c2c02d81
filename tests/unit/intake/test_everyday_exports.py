"""What owners of everyday exports expect, compared whole, and why other rows are left out."""

from collections import Counter
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.sheets.quoted_mail import own_words
from cs_pipeline.intake.sheets.stand_ins import stands_in
from cs_pipeline.stages.forgetting.conversation_rows import rows_of_conversations
from tests.unit.intake.call_centre_exports import NAMES, Build
from tests.unit.intake.everyday_exports import (
    EVERYDAY,
    asked_again_beside,
    questions_apart_from_answers,
    states_among_answers,
    texts_by_name,
    texts_by_sender_and_recipient,
)
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), EVERYDAY, ids=[one.__name__ for one, _ in EVERYDAY])
def test_an_everyday_export_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


def reasons(path: Path) -> Counter[str]:
    reading = read_exchanges(path, max_bytes=10_000_000)
    return Counter(row.reason for row in reading.refused)


def test_a_state_in_the_place_of_an_answer_is_refused_as_one(tmp_path: Path) -> None:
    states_among_answers(tmp_path / "a.xlsx")
    assert reasons(tmp_path / "a.xlsx") == {"stand_in": 5}  # "-" has no letters: another reason


def test_lists_of_questions_and_answers_are_refused_as_such(tmp_path: Path) -> None:
    questions_apart_from_answers(tmp_path / "a.xlsx")
    assert reasons(tmp_path / "a.xlsx") == {"questions_apart": 24}


def test_what_one_customer_wrote_on_many_days_is_numbered_on(tmp_path: Path) -> None:
    texts_by_name(tmp_path / "a.xlsx")
    found: dict[str | None, list[int]] = {}
    for one in read_exchanges(tmp_path / "a.xlsx", max_bytes=10_000_000).exchanges:
        found.setdefault(one.conversation_id, []).append(one.turn_index)
    assert set(found) == set(NAMES)
    assert all(turns == list(range(len(turns))) for turns in found.values())


def test_all_rows_between_two_numbers_are_found_for_a_withdrawal(tmp_path: Path) -> None:
    texts_by_sender_and_recipient(tmp_path / "a.csv")
    reading = read_exchanges(tmp_path / "a.csv", max_bytes=10_000_000)
    both = "010-5550-0001 / 1588-0000"
    rows = rows_of_conversations(reading, lambda row: row.conversation_id == both)
    [table] = [one for one in reading.tables if one]
    texts = {" ".join(table.table.sheet.rows[row - 1]) for _, row in rows}
    assert len(texts) == 10
    assert all("010-5550-0001" in text for text in texts)


def test_a_row_without_a_second_question_is_not_refused_for_it(tmp_path: Path) -> None:
    asked_again_beside(tmp_path / "a.xlsx")
    reading = read_exchanges(tmp_path / "a.xlsx", max_bytes=10_000_000)
    assert (len(reading.exchanges), len(reading.refused)) == (16, 0)


@pytest.mark.parametrize(
    "answer",
    [
        "네",
        "환불 완료되었습니다.",
        "확인 부탁드립니다",
        "동일한 상품입니다",
        "예정일은 3일입니다",
        "완료일",
    ],
)
def test_a_short_answer_is_an_answer(answer: str) -> None:
    assert not stands_in(answer)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("> 배송 언제 와요?\n내일 도착합니다.", "> 배송 언제 와요?\n내일 도착합니다."),
        (
            "설정 > 앱 > 삭제를 누르세요.\n\n감사합니다.",
            "설정 > 앱 > 삭제를 누르세요.\n\n감사합니다.",
        ),
        ("보낸 사람: 김민지\n물건을 잘 받았습니다.", "보낸 사람: 김민지\n물건을 잘 받았습니다."),
        ("보낸 사람: 김민지\n받는 사람: 이하은\n언제 오나요?",) * 2,
        (
            "On Mon, Mar 2, 2026 at 9:03 AM Kim wrote:\n> 배송 언제 와요?\n\n내일 도착합니다.",
            "내일 도착합니다.",
        ),
        ("내일 도착합니다.\r\n\r\n--- 원본 메시지 ---\r\n배송 언제 와요?", "내일 도착합니다."),
        ("-----Original Message-----\nFrom: a@b.kr\n배송 언제 와요?",) * 2,
    ],
)
def test_of_a_mail_its_own_words_are_read(text: str, own: str) -> None:
    assert own_words(text) == own
