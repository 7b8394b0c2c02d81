import pytest

from cs_pipeline.intake.sheets.layouts import Template
from cs_pipeline.intake.sheets.moments import moment_of
from cs_pipeline.intake.sheets.templates import template_text

TEMPLATE = Template(frozenset({"title", "message"}), frozenset({"buttonList"}))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01 09:05:07", (2026, 3, 1, 9, 5, 7, 0)),
        ("2026-03-01T09:05:07.25Z", (2026, 3, 1, 18, 5, 7, 250_000_000)),
        ("2026-03-01T09:05+09:00", (2026, 3, 1, 9, 5, 0, 0)),
        ("2026. 3. 1. 오후 1:05", (2026, 3, 1, 13, 5, 0, 0)),
        ("3/2/26 오전 9:03", (2026, 3, 2, 9, 3, 0, 0)),
        ("10/1/26 오후 1:05", (2026, 10, 1, 13, 5, 0, 0)),
        ("12/25/2026, 9:00:07 PM", (2026, 12, 25, 21, 0, 7, 0)),
        ("3/14/2026 9:03", (2026, 3, 14, 9, 3, 0, 0)),
        ("26/03/02 09:03", (2026, 3, 2, 9, 3, 0, 0)),
        ("3/2/2026 9:03", None),
        ("28/2/2026 9:03", None),
        ("2026-13-02", None),
        ("2026/3/1 12:05 AM", (2026, 3, 1, 0, 5, 0, 0)),
        ("2026년 3월 1일", (2026, 3, 1, 0, 0, 0, 0)),
        ("1772323507", (1772323507000,)),
        ("1772323507123", (1772323507123,)),
        ("09:05", None),
        ("3월 1일", None),
        ("어제", None),
        ("", None),
    ],
)
def test_moments(text: str, moment: tuple[int, ...] | None) -> None:
    assert moment_of(text) == moment


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("배송은 언제 오나요?", "배송은 언제 오나요?"),
        ('{"type":"TEXT","message":"내일 도착합니다.","isLocked":false}', "내일 도착합니다."),
        ('{"message":"가","buttonList":[{"title":"링크"}]}', "가"),
        ('[{"title":"가"},{"list":[{"message":"나","type":"x"}]}]', "가 나"),
        ('{"type":"IMAGE","imageUrl":"https://a.example"}', ""),
        ('{"message": 7, "title": " "}', ""),
        ("{고객명}님 안녕하세요", "{고객명}님 안녕하세요"),
        ("{}", ""),
        ('{"message":"내일 도착', None),
        ("{" * 100_000, "{" * 100_000),
        ('[{"a":' * 100_000, None),
    ],
)
def test_templates(cell: str, text: str | None) -> None:
    assert template_text(cell, TEMPLATE) == text
