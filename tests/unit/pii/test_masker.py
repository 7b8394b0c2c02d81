import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from cs_pipeline.masked.placeholders import PLACEHOLDERS
from cs_pipeline.pii import mask_text
from cs_pipeline.pii.detector import Detector, PiiContext
from cs_pipeline.pii.known_values import KnownValues
from cs_pipeline.pii.masker import mask
from cs_pipeline.records import KnownValue, PiiSpan


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


def test_types_and_rules_of_what_was_replaced() -> None:
    masked = mask("010-1234-5678 / 900101-1234567 / a@example.com / 02-123-4567")
    assert masked.text == "#@전화번호# / #@주민번호# / #@이메일# / #@전화번호#"
    assert masked.entities == ["PHONE", "RRN", "EMAIL", "PHONE"]
    assert [rule.split(".")[0] for rule in masked.rules] == ["phone", "rrn", "email", "phone"]
    assert "1234" not in repr(masked)


@pytest.mark.parametrize("entity_type", PLACEHOLDERS)
def test_every_type_has_its_placeholder(entity_type: str) -> None:
    known = KnownValues([KnownValue(entity_type, "qwer12zx")])
    masked = mask("값은 qwer12zx로요", context=PiiContext(known_values=known))
    assert masked.text == f"값은 {PLACEHOLDERS[entity_type]}로요"
    assert masked.entities == [entity_type]


@pytest.mark.parametrize("placeholder", [*PLACEHOLDERS.values(), "#@이름2#", "#@전화번호12#"])
def test_a_placeholder_is_left_alone(placeholder: str) -> None:
    for text in (
        placeholder,
        f"이름 {placeholder}님",
        f"비밀번호: {placeholder}1",
        f"010{placeholder}",
    ):
        once = mask_text(text)
        assert placeholder in once
        assert mask_text(once) == once


def test_threads_get_what_one_thread_gets() -> None:
    texts = [f"{n}번 김민수 고객님 010-{n:04}-5678, 주문번호 20260301-{n:07}" for n in range(200)]
    alone = [mask_text(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(mask_text, texts)) == alone
    assert len(set(alone)) == 200


class FindsWord:
    """A plug-in that finds one word."""

    def __init__(self, word: str) -> None:
        self.word = word

    def find_batch(self, texts):
        return [
            [PiiSpan(at, at + len(self.word), "NAME", 0.9, "model.NAME")]
            if (at := text.find(self.word)) >= 0
            else []
            for text in texts
        ]


def test_a_plug_in_joins_the_rules() -> None:
    detector = Detector(finder=FindsWord("담쟁이"))
    masked = mask("담쟁이, 010-1234-5678", detector=detector)
    assert masked.text == "#@이름#, #@전화번호#"
    assert "model.NAME" in masked.rules


def test_of_overlapping_findings_the_longer_one_stays() -> None:
    masked = mask("내 번호 010-1234-5678", detector=Detector(finder=FindsWord("1234-5678")))
    assert masked.text == "내 번호 #@전화번호#"
    masked = mask(
        "내 번호 010-1234-5678요", detector=Detector(finder=FindsWord("번호 010-1234-5678"))
    )
    assert masked.text == "내 #@이름#요"


def test_neighbour_of_a_masked_number_looks_the_same_as_before() -> None:
    text = "02-123-4567-" * 50
    once = mask_text(text)
    assert mask_text(once) == once


def test_import_is_light() -> None:
    code = (
        "import sys, cs_pipeline.pii;"
        "print({'pandas', 'pyarrow', 'torch', 'great_expectations', 'openpyxl', 'boto3'}"
        " & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"
