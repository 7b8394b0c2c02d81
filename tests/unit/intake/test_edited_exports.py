"""What lists tell beside question and answer keeps rows out that are no pairs, and no others."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.files.cell_comments import says_wrong
from cs_pipeline.intake.sheets.stand_ins import is_unfilled, stands_in
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.edited_exports import EDITED
from tests.unit.intake.test_call_centre_exports import assert_as_expected


@pytest.mark.parametrize(("build", "name"), EDITED.values(), ids=EDITED)
def test_an_edited_list_gives_what_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


@pytest.mark.parametrize(
    ("tells", "text", "expected"),
    [
        (stands_in, "좌측 참조", True),
        (stands_in, "(문의란 참고)", True),
        (stands_in, "옆 칸 참조 바랍니다", True),
        (stands_in, "왼쪽 출입문으로 오세요.", False),
        (is_unfilled, "[이름] 고객님 안녕하세요. (여기에 답변 입력) 감사합니다.", True),
        (is_unfilled, "${reply_text}", True),
        (is_unfilled, "안내문의 #{고객명}에 이름이 들어갑니다.", False),
        (is_unfilled, "[답변 내용] 안녕하세요. 내일 도착합니다.", False),
        (is_unfilled, "문의 감사합니다. [안내 내용] 배송은 이틀 걸립니다.", False),
        (is_unfilled, "주소창에 (여기에 주소 입력)이라고 나옵니다.", False),
        (is_unfilled, "메일 본문(내용) 아래에 적어 주세요.", False),
    ],
)
def test_texts_that_hold_the_place_of_an_answer(tells: object, text: str, expected: bool) -> None:
    assert callable(tells)
    assert tells(text) is expected


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("다른 고객 건 답변이 잘못 들어감. 수정 필요 - 이과장", True),
        ("답변 내용이 서로 바뀜", True),
        ("오등록", True),
        ("학습 제외", True),
        ("타 회원 답변임", True),
        ("This is another customer's answer", True),
        ("needs to be corrected", True),
        ("처리 빠름. 좋아요", False),
        ("다른 고객에게도 이렇게 안내 바랍니다", False),
        ("잘못된 내용 없음", False),
        ("수정 필요 없음", False),
        ("맞춤법 수정 필요", False),
        ("바뀐 규정을 잘 반영함", False),
        ("Not a typo", False),
    ],
)
def test_comments_that_say_that_a_text_is_wrong(comment: str, expected: bool) -> None:
    assert says_wrong(comment) is expected
