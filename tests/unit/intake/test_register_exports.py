"""Registers with rows that do not count: nothing of those is accepted, and all of the others."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.sheets.row_states import row_states
from cs_pipeline.intake.sheets.stand_ins import (
    is_ditto,
    is_unfilled,
    notes_answer,
    notes_question,
    stands_in,
)
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.register_exports import REGISTERS
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), REGISTERS.values(), ids=REGISTERS)
def test_a_register_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


@pytest.mark.parametrize(
    ("register", "reasons", "words"),
    [
        ("entered in error", {"void_row": 4}, "says that the row is void"),
        ("struck through", {"void_row": 4}, "is struck through"),
        ("not answered", {"unsent_answer": 4}, "was not sent yet"),
        ("templates not filled in", {"stand_in": 4}, "was not filled in"),
        ("a column more", {"uneven_row": 10}, "one column beside their headings"),
        ("stairs with names", {"unanswered": 3}, "No agent's answer follows"),
    ],
)
def test_rows_are_refused_for_what_is_wrong_with_them(
    tmp_path: Path, register: str, reasons: dict[str, int], words: str
) -> None:
    build, name = REGISTERS[register]
    build(tmp_path / name)
    refused = read_exchanges(tmp_path / name, max_bytes=1_000_000).refused
    assert Counter(row.reason for row in refused) == reasons
    assert all(words in row.words.en for row in refused)


def test_a_void_row_is_shown_by_the_cell_that_says_so(tmp_path: Path) -> None:
    build, name = REGISTERS["entered in error"]
    build(tmp_path / name)
    refused = read_exchanges(tmp_path / name, max_bytes=1_000_000).refused
    assert [row.cell for row in refused] == ["E5", "E6", "E13", "E21"]


@pytest.mark.parametrize(
    ("tells", "text", "expected"),
    [
        (stands_in, "〃", True),
        (stands_in, "3번 답변 참조", True),
        (stands_in, "No.12와 동일", True),
        (stands_in, "위 3번과 동일합니다", True),
        (stands_in, "위 답변 참고 바랍니다", True),
        (stands_in, "FAQ 7번 참조", True),
        (stands_in, "첨부파일 참조", True),
        (stands_in, "유선 안내 완료", True),
        (stands_in, "see answer #12", True),
        (stands_in, "Same as row 3", True),
        (stands_in, "replied by phone", True),
        (stands_in, "3번 출구로 나오시면 됩니다.", False),
        (stands_in, "1번 버튼을 눌러 주세요.", False),
        (stands_in, "네, 같습니다.", False),
        (stands_in, "유선으로 안내해 드리겠습니다.", False),
        (stands_in, "위와 같이 하시면 됩니다.", False),
        (stands_in, "See the manual on our site.", False),
        (is_ditto, "상동", True),
        (is_ditto, "ditto", True),
        (is_ditto, "처리중", False),
        (is_ditto, "동일 상품으로 교환되나요?", False),
        (notes_answer, "왕복 택배비 안내함", True),
        (notes_answer, "부재중이라 문자로 안내드림.", True),
        (notes_answer, "절차를 안내해 드립니다.", False),
        (notes_answer, "택배비는 3,000원 포함", False),
        (notes_answer, "1588-0000으로 전화 주세요", False),
        (notes_question, "환불 문의하심", True),
        (notes_question, "교환 원하신다고 함.", True),
        (notes_question, "환불 문의", False),
        (notes_question, "기사님이 안 오심", False),
        (notes_question, "환불은 언제 해 주심?", False),
        (notes_question, "진심 화나네요", False),
        (is_unfilled, "안녕하세요. [답변 내용을 입력하세요]", True),
        (is_unfilled, "(여기에 답변을 작성해 주세요)", True),
        (is_unfilled, "Hello, <enter your reply here>", True),
        (is_unfilled, "[비밀번호 입력] 단추를 눌러 주세요.", False),
        (is_unfilled, "답변을 입력하시고 [확인]을 눌러 주세요.", False),
        (is_unfilled, "Enter your answer and press [OK].", False),
    ],
)
def test_texts_that_say_nothing_themselves(
    tells: Callable[[str], bool], text: str, expected: bool
) -> None:
    assert tells(text) is expected


@pytest.mark.parametrize(
    ("label", "states", "expected"),
    [
        ("처리상태", ("완료", "폐기"), "void_row"),
        ("상태", ("정상", "중복등록 삭제"), "void_row"),
        ("recordstatus", ("active", "entered in error"), "void_row"),
        ("isdeleted", ("false", "true"), "void_row"),
        ("삭제여부", ("", "Y"), "void_row"),
        ("유효여부", ("Y", "N"), "void_row"),
        ("useyn", ("Y", "N"), "void_row"),
        ("진행상태", ("답변완료", "임시저장"), "unsent_answer"),
        ("승인여부", ("승인", "반려"), "unsent_answer"),
        ("status", ("solved", "awaiting reply"), "unsent_answer"),
        ("status", ("solved", "pending"), None),
        ("처리결과", ("완료", "삭제"), None),
        ("예약상태", ("확정", "취소"), None),
        ("처리상태", ("완료", "반려"), None),
        ("공개여부", ("Y", "N"), None),
        ("useyn", ("N", "N"), None),
        ("비고", ("", "오등록 - 폐기"), "void_row"),
        ("비고", ("", "반품 상품 폐기 완료"), None),
        ("비고", ("", "폐기 완료"), None),
    ],
)
def test_columns_that_speak_against_a_row(
    label: str, states: tuple[str, str], expected: str | None
) -> None:
    rows = [("질문", "답변", states[0])] * 9 + [("질문", "답변", states[1])]
    told = row_states(["문의", "답변", label], rows, (0, 1))
    found = [told.of(row, answered=True) if told else None for row in rows]
    assert found == [None] * 9 + [(2, expected) if expected else None]
