"""Endings of sentences, and of polite ones."""

import pytest

from cs_pipeline.sentence_ends import ends_sentence, is_polite


@pytest.mark.parametrize(
    "text",
    [
        "내일까지 보내 드릴게요",
        "접수해 드렸습니다. 문의: 고객지원팀",
        "확인해 보시겠어요?!",
        "사흘 걸려요.",
        "눌러 봐요",
        "Thank you for waiting",
    ],
)
def test_words_to_a_customer_are_polite(text: str) -> None:
    assert is_polite(text)


@pytest.mark.parametrize(
    "text", ["", "환불 안내함", "수정 필요", "내일 온대요", "고객이 급하다고요청", "yourself"]
)
def test_notes_are_not(text: str) -> None:
    assert not is_polite(text)


@pytest.mark.parametrize("text", ["됩니다", "갔어요 ", "끝났다", "(영업일 기준)", "네…", "그렇죠?"])
def test_sentences_end(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "배송은 영업일 기", "환불 접수", "담당자가 확인하고 "])
def test_what_breaks_off_does_not(text: str) -> None:
    assert not ends_sentence(text)
