import pytest

from cs_pipeline.pii.residue import residue, residue_in_turns


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("123456789", "digit_run"),
        ("1234 5678 9", "digit_run"),
        ("123-456-789", "digit_run"),
        ("123\n456\n789", "digit_run"),
        ("１２３４５６７８９", "digit_run"),
        ("1234\u200b5678\u200b9", "digit_run"),
        ("1234–5678–9", "digit_run"),
        ("12_34_56_78_9", "digit_run"),
        ("010,1234,5678", "digit_run"),
        ("010,123,456", "digit_run"),
        ("(010)1234 - 5678", "digit_run"),
        ("1588-1234-5678", "digit_run"),
        ("2026-03-01-1234", "digit_run"),
        ("1,234,5678901", "digit_run"),
        ("20260301 1234", "digit_run"),
        ("공일공 일이삼사 오육칠팔", "spoken_digit_run"),
        ("hong@example", "at_sign"),
        ("길동 @ 회사", "at_sign"),
        ("a＠b", "at_sign"),
        ("공 하나 공 하나 둘 셋 넷 다섯 여섯", "spoken_digit_run"),
        ("이름은 김서준", "named"),
        ("예금주: 박하늘님", "named"),
        ("받는 분은 최도윤이고", "named"),
    ],
)
def test_trips(text: str, rule: str) -> None:
    assert residue(f"문의 {text} 입니다") == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "안녕하세요",
        "#@전화번호#로 연락, #@이메일#으로 회신, #@계좌번호##@카드번호#",
        "1588-1234",
        "1588-1234 / 1577-5678",
        "15881234, 080-123-4567",
        "080 1234 5678",
        "1,234,567,000원",
        "10,000원 20,000원 30,000원",
        "2026-03-01 14:30:00",
        "2026.3.1 ~ 2026.3.31 09:00-18:00",
        "2026/03/01 2026/03/02",
        "20260301 14시",
        "20260301 14:30",
        "2026년 3월 14일 오후 2시 30분 5초",
        "9:00~18:00, 10:00~19:00",
        "3개 중에 1개, 12개 중에 5개, 144개",
        "230, 235, 240, 245",
        "1번 2번 3번 4번 5번 6번 7번 8번 9번",
        "12345678",
        "@길동 님",
        "일이 생겨서 이사 가요",
        "하나 둘 셋 하면 시작",
        "바코드 8801234567893, ISBN 979-11-1234-567-8",
        "예금주: #@이름2#, 연락처 #@전화번호12#",
        "이름은 이상하게 나오고 성함은 확인이 안 돼요",
        "받는 분이 주소를 바꾸셨어요",
        "성함은 정확하게 적어 주세요",
    ],
)
def test_does_not_trip(text: str) -> None:
    assert residue(text) == []


def test_names_rules_never_values() -> None:
    assert residue("123456789 a@b") == ["digit_run", "at_sign"]


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (["4829", "네", "1038", "네", "2756이요"], {0, 2, 4}),
        (["사팔이구", "네", "일공삼팔", "네네", "이칠오육이요"], {0, 2, 4}),
        (["4829", "4829", "1038", "1038", "2756"], {0, 2, 4}),
        (["안녕하세요", "482910", "네 맞습니다", "382756"], {1, 3}),
    ],
)
def test_digits_in_turns_are_joined(turns: list[str], told: set[int]) -> None:
    assert residue_in_turns(turns) == told


@pytest.mark.parametrize(
    "turns",
    [
        ["2024", "네", "2025", "네", "2026"],
        ["10000", "네", "20000", "네", "30000"],
        ["3개요", "네", "아니 5개요", "네", "7개요"],
        ["4829", "그건 주문하실 때 넣으신 금액이라서 취소는 어렵습니다", "1038", "네", "12"],
        ["#@전화번호#", "네", "4829", "네", "1038"],
        ["일이 생겼어요", "네", "이사 가요", "네", "삼일 걸려요"],
    ],
)
def test_other_digits_in_turns_are_not(turns: list[str]) -> None:
    assert residue_in_turns(turns) == set()
