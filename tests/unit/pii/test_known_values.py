import pytest

from cs_pipeline.pii.detector import PiiContext, find_spans
from cs_pipeline.pii.known_values import KnownValues
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.pii.rules import Found
from cs_pipeline.records import KnownValue

VALUES = [
    KnownValue("PHONE", "010-3829-4756"),
    KnownValue("PHONE", "1072839104"),  # Excel took the zero
    KnownValue("NAME", "김다온"),
    KnownValue("NAME", "이슬"),
    KnownValue("NAME", "Mina Holm"),
    KnownValue("LOGIN_ID", "daon_kim"),
    KnownValue("EMAIL", "daon@example.com"),
    KnownValue("MEMBER_NO", "88120047"),
    KnownValue("ADDRESS", "달빛시 별빛동 12-3"),
    KnownValue("NAME", "김"),
    KnownValue("MEMBER_NO", "1234"),
]
INDEX = KnownValues(VALUES)


def found_in(text: str) -> list[tuple[str, str]]:
    spans = find_spans(text, context=PiiContext(known_values=INDEX))
    return [(span.entity_type, text[span.start : span.end]) for span in spans]


def known_in(text: str) -> list[Found]:
    return list(INDEX.find(normalize(text).text))


@pytest.mark.parametrize(
    ("text", "entity_type", "value"),
    [
        ("3829 4756이에요", "PHONE", "3829 4756"),
        ("끝이 38294756요", "PHONE", "38294756"),
        ("1038294756", "PHONE", "1038294756"),
        ("7283-9104로", "PHONE", "7283-9104"),
        ("김다온이가요", "NAME", "김다온"),
        ("울김다온예요", "NAME", "김다온"),
        ("01072839104", "PHONE", "01072839104"),
        ("김 다온이요", "NAME", "김 다온"),
        ("김 다 온이요", "NAME", "김 다 온"),
        ("이슬 왔어요", "NAME", "이슬"),
        ("mina holm한테", "NAME", "mina holm"),
        ("DAON_KIM으로 가입", "LOGIN_ID", "DAON_KIM"),
        ("8812 0047 조회", "MEMBER_NO", "8812 0047"),
        ("달빛시 별빛동 12-3으로 가요", "ADDRESS", "달빛시 별빛동 12-3"),
    ],
)
def test_found_however_written(text: str, entity_type: str, value: str) -> None:
    assert (entity_type, value) in found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "참이슬 한 병",
        "김치찌개 1234",
        "daon_kimchi 주세요",
        "mina holmes",
        "달빛시 별빛동 12-34",
        "138829 4756 29",
        "3829 원 4756 원",
        "다온",
        "한가한 김에",
    ],
)
def test_not_found_in_other_words(text: str) -> None:
    assert known_in(text) == []


def test_a_tail_of_zeros_matches_no_shorter_number() -> None:
    context = PiiContext(known_values=KnownValues([KnownValue("PHONE", "010-0000-1234")]))
    assert find_spans("1234번, 0원, 1234호", context=context) == []
    assert len(find_spans("0000 1234요", context=context)) == 1


def test_an_index_looks_into_the_one_beside_it() -> None:
    inner = KnownValues([KnownValue("NAME", "정가람")], beside=INDEX)
    text = "정가람, 김다온"
    spans = find_spans(text, context=PiiContext(known_values=inner))
    assert {text[span.start : span.end] for span in spans} == {"정가람", "김다온"}


def test_an_empty_index_is_false() -> None:
    assert not KnownValues()
    assert not KnownValues([KnownValue("NAME", "김")])
    assert KnownValues(beside=INDEX)


def test_many_values_cost_no_more_than_few() -> None:
    many = KnownValues(KnownValue("NAME", f"가{chr(0xAC00 + n)}나") for n in range(5000))
    context = PiiContext(known_values=many)
    assert len(find_spans("가각나와 가갂나", context=context)) == 2
