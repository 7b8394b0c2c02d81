import pytest

from cs_pipeline.pii.joints import join_groups
from cs_pipeline.pii.rules import Found


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("010에 1234 다시 5678이요", "010 1234-5678이요"),
        ("010 그리고 1234 음 5678", "010 1234 5678"),
        ("010이고요 1234구요 5678", "010 1234 5678"),
        ("010. 어 그 다음에 1234", "010 1234"),
        ("010\n상담사: 네\n고객: 1234", "010\n1234"),
        ("010\n2) 1234", "010\n1234"),
        ("O1O-I234-567O", "010-1234-5670"),
        ("ㅇㅣㅇ-1234-5678", "010-1234-5678"),
        ("0|0-1234-5678", "010-1234-5678"),
        ("010-xxxx-5678", "010-****-5678"),
        ("880101-1●●●●●●", "880101-1******"),
    ],
)
def test_groups_are_joined(text: str, joined: str) -> None:
    assert join_groups(text).text == joined


@pytest.mark.parametrize(
    "text",
    [
        "",
        "010-1234-5678ㅇㅇ",
        "1개 2개",
        "3월 4일",
        "1만 2천",
        "010|1234|5678",
        "2박 3일",
        "사이즈 XL 2",
        "oil 5 lil",
        "1 ㅇㅇ ㅇㅋ",
        "에 다시 음",
    ],
)
def test_what_joins_no_groups_stays(text: str) -> None:
    assert join_groups(text).text == text


def test_findings_lead_back_and_leave_other_speakers_out() -> None:
    text = "고객: 010 음 1234\n상담사: 네\n고객: 5678이요"
    joined = join_groups(text)
    whole = Found(4, len(joined.text) - 2, "PHONE", 0.9, "phone.mobile")
    shown = [text[one.start : one.end] for one in joined.original([whole])]
    assert shown == ["010 음 1234", "5678"]


def test_a_finding_goes_on_over_a_bare_line_end() -> None:
    joined = join_groups("010-1234\n5678")
    (one,) = joined.original([Found(0, 13, "PHONE", 0.9, "phone.mobile")])
    assert (one.start, one.end) == (0, 13)
