import subprocess
import sys

import pytest

from cs_pipeline.pii import mask_text
from cs_pipeline.pii.masker import mask_exchanges, mask_with_counts
from cs_pipeline.records import PLACEHOLDERS, Exchange


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("010-1234-5678로 연락 주세요", "#@전화번호#로 연락 주세요"),
        ("제 번호는 공일공 일이삼사 오육칠팔이에요", "제 번호는 #@전화번호#이에요"),
        ("900101-1234567과 900101-5234567", "#@주민번호#과 #@외국인등록번호#"),
        ("123-45-67890입니다", "#@사업자번호#입니다"),
        ("농협 301-0123-4567-81에", "농협 #@계좌번호#에"),
        ("카드4111111111111111이고", "카드#@카드번호#이고"),
        ("hong@example.com으로", "#@이메일#으로"),
        ("（０１０）１２３４－５６７８ ㅋㅋ", "#@전화번호# ㅋㅋ"),
        ("1588-0000으로 １２０원", "1588-0000으로 １２０원"),
        ("\u1112\u1161\u11ab 010-1234-5678", "\u1112\u1161\u11ab #@전화번호#"),
    ],
)
def test_mask_text(text: str, masked: str) -> None:
    assert mask_text(text) == masked


def test_every_type_has_its_placeholder_and_count() -> None:
    text = (
        "010-1234-5678 / 900101-1234567 / 900101-5234567 / 123-45-67890 / "
        "4111-1111-1111-1111 / 국민 123456-78-901234 / a@example.com / 02-123-4567"
    )
    masked, counts = mask_with_counts(text)
    assert counts == {**dict.fromkeys(PLACEHOLDERS, 1), "PHONE": 2}
    assert all(placeholder in masked for placeholder in PLACEHOLDERS.values())


def test_neighbour_of_a_masked_number_looks_the_same_as_before() -> None:
    text = "02-123-4567-" * 50
    once = mask_text(text)
    assert mask_text(once) == once


def exchange(row: int, question: str, answer: str, conversation_id: str | None = None) -> Exchange:
    return Exchange("3월", f"D{row}", f"E{row}", question, answer, conversation_id, row, ("원본",))


def test_mask_exchanges() -> None:
    rows = [
        exchange(2, "010-1234-5678로 주세요", "네, a@example.com으로 드릴게요", "c1"),
        exchange(3, "언제 오나요?", "내일 갑니다 010-1234-5678", "c1"),
        exchange(4, "송장 123456789012 조회요", "네", "c2"),
        exchange(5, "감사합니다", "네"),
    ]
    masked, refused = mask_exchanges(rows, salt="s")
    assert masked.inputs == ("#@전화번호#로 주세요", "언제 오나요?", "감사합니다")
    assert masked.outputs == ("네, #@이메일#으로 드릴게요", "내일 갑니다 #@전화번호#", "네")
    assert masked.turn_indexes == (2, 3, 5)
    assert masked.entity_counts == {"PHONE": 2, "EMAIL": 1}
    first, second, third = masked.conversation_ids
    assert first == second != third
    assert all(len(one) == 16 and int(one, 16) >= 0 for one in masked.conversation_ids)
    (row,) = refused
    assert (row.sheet, row.cell, row.reason, row.original) == (
        "3월",
        "D4",
        "residual_pii",
        ("원본",),
    )
    for words in (row.words.ko, row.words.en):
        assert "D4" in words
        assert "digit_run" in words
        assert "123456789012" not in words


def test_refused_cell_is_the_one_that_tripped_and_its_entities_do_not_count() -> None:
    masked, refused = mask_exchanges(
        [exchange(7, "010-1234-5678", "송장은 123456789012")], salt="s"
    )
    assert [row.cell for row in refused] == ["E7"]
    assert masked.inputs == ()
    assert masked.entity_counts == {}


def test_sheet_name_is_masked_in_words() -> None:
    row = Exchange("010-1234-5678", "A2", "B2", "송장 123456789012", "네")
    _, (refused,) = mask_exchanges([row], salt="s")
    assert "1234-5678" not in refused.words.ko + refused.words.en


def test_conversation_ids_depend_on_the_salt_only() -> None:
    rows = [exchange(2, "네", "네", "c1"), exchange(3, "네", "네")]
    one = mask_exchanges(rows, salt="a")[0].conversation_ids
    assert mask_exchanges(rows, salt="a")[0].conversation_ids == one
    assert not set(mask_exchanges(rows, salt="b")[0].conversation_ids) & set(one)


def test_import_is_light() -> None:
    code = (
        "import sys, cs_pipeline.pii;"
        "print({'pandas', 'pyarrow', 'torch', 'great_expectations', 'openpyxl', 'boto3'}"
        " & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"
