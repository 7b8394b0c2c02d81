from pathlib import Path

import pytest

from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.sheets.cells import label_of
from cs_pipeline.intake.sheets.personal import personal_columns
from cs_pipeline.intake.sheets.speakers import name_of_speaker
from cs_pipeline.records import KnownValue
from tests.unit.intake import workbooks


@pytest.mark.parametrize(
    ("heading", "entity_type"),
    [
        ("고객명", "NAME"),
        ("성함", "NAME"),
        ("상담원 이름", "NAME"),
        ("담당자", "NAME"),
        ("Customer Name", "NAME"),
        ("연락처", "PHONE"),
        ("휴대폰 번호", "PHONE"),
        ("고객 전화번호", "PHONE"),
        ("Phone", "PHONE"),
        ("E-mail", "EMAIL"),
        ("이메일 주소", "EMAIL"),
        ("user_id", "LOGIN_ID"),
        ("고객ID", "LOGIN_ID"),
        ("회원번호", "MEMBER_NO"),
        ("배송지 주소", "ADDRESS"),
        ("생년월일", "DOB"),
        ("주민번호", "RRN"),
        ("환불 계좌", "ACCOUNT"),
        ("차량 번호", "PLATE"),
        ("주문번호", "ORDER"),
        ("운송장", "TRACKING"),
    ],
)
def test_headings_of_personal_columns(heading: str, entity_type: str) -> None:
    assert personal_columns([label_of("접수일"), label_of(heading)]) == {1: entity_type}


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "접수일",
        "문의 유형",
        "상품명",
        "고객 등급",
        "처리 상태",
        "이름 변경 여부",
        "전화 상담 건수",
        "만족도",
        "채널",
        "이메일 발송",
        "ID 찾기",
    ],
)
def test_other_headings(heading: str) -> None:
    assert personal_columns([label_of(heading)]) == {}


def test_a_rows_own_columns_are_known_values(tmp_path: Path) -> None:
    path = workbooks.save(
        tmp_path / "a.xlsx",
        (
            "상담",
            [
                ["고객명", "연락처", "질문", "답변", "상담사명", "비고"],
                ["한여름 고객님", 1038294756, "배송 문의", "네", "나래울(1팀)", "단골"],
                ["고객", "-", "환불 문의", "네", "상담사", ""],
            ],
        ),
    )
    first, second = read_exchanges(path, max_bytes=10**7).exchanges
    assert set(first.known_values) == {
        KnownValue("NAME", "한여름"),
        KnownValue("PHONE", "01038294756"),
        KnownValue("NAME", "나래울"),
    }
    assert second.known_values == ()
    assert "한여름" not in repr(first)


def test_people_of_a_conversation_are_known_in_each_of_its_exchanges(tmp_path: Path) -> None:
    path = workbooks.save(
        tmp_path / "a.xlsx",
        (
            "대화",
            [
                ["상담ID", "발화자", "내용", "고객명"],
                ["c1", "고객", "배송 언제 와요?", "한여름"],
                ["c1", "상담사 나래울", "내일요", ""],
                ["c1", "고객", "네", ""],
                ["c1", "상담사 나래울", "감사합니다", ""],
                ["c2", "고객", "환불요", ""],
                ["c2", "상담사", "네", ""],
            ],
        ),
    )
    one, two, three = read_exchanges(path, max_bytes=10**7).exchanges
    assert one.known_values == two.known_values
    assert {known.value for known in one.known_values} == {"한여름", "나래울"}
    assert three.known_values == ()


def test_a_user_sheet_is_a_list_of_people(tmp_path: Path) -> None:
    path = workbooks.save(
        tmp_path / "a.xlsx",
        ("Message", [["질문", "답변"], ["한여름인데요", "네"]]),
        ("User", [["id", "이름", "전화번호"], ["u1", "한여름", "010-3829-4756"], ["", "", ""]]),
        ("메모", [["담당", "메모"], ["김", "이것저것"]]),
    )
    reading = read_exchanges(path, max_bytes=10**7)
    assert reading.people == [KnownValue("NAME", "한여름"), KnownValue("PHONE", "010-3829-4756")]
    notes = {sheet.name: sheet.note for sheet in reading.sheets}
    assert "사람 목록" in notes["User"].ko
    assert "사람 목록" not in notes["메모"].ko
    assert "한여름" not in repr(reading)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("상담사 이지은", "이지은"),
        ("김민수(고객)", "김민수"),
        ("[상담원] 나래울 님", "나래울"),
        ("Agent Kim", "Kim"),
        ("고객", ""),
        ("상담사A", ""),
        ("user_1", ""),
        ("고객센터 상담 1팀", ""),
        ("이지은", ""),
    ],
)
def test_names_beside_a_role(cell: str, name: str) -> None:
    assert name_of_speaker(cell) == name
