"""Greetings that answer nothing, and answers that look like them."""

import pytest

from cs_pipeline.intake.openings import calls_only, opens_only


@pytest.mark.parametrize(
    "text",
    [
        "안녕하세요, 상담원 김은지입니다. 문의하실 내용을 말씀해 주세요.",
        "감사합니다 상담사 김은지입니다 무엇을 도와드릴까요?",
        "네 안녕하십니까 온누리 고객센터 상담사 김은지입니다",
        "네, 푸른생활 고객센터입니다.",
        "네, 문의 내용을 남겨 주세요",
        "안녕하세요 고객님, 어떤 도움이 필요하신가요?",
        "상담원이 연결되었습니다.",
        "안녕하세요. 김은지입니다, 말씀해 주세요.",
        "네, 고객센터 김은지입니다. 어떤 일로 연락 주셨을까요?",
        "Hi, this is Anna. How can I help you today?",
        "Thanks for waiting! You are now chatting with Anna.",
    ],
)
def test_a_greeting_alone_answers_nothing(text: str) -> None:
    assert opens_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "안녕하세요, 상담원 김은지입니다. 내일 도착합니다.",
        "안녕하세요 고객님, 환불은 3일 걸립니다",
        "네 고객님",
        "감사합니다",
        "이용해 주셔서 감사합니다.",
        "문의하실 곳은 고객센터입니다",
        "사진을 남겨 주세요.",
        "안녕하세요. 품절입니다.",
        "성함을 말씀해 주세요.",
        "주문번호를 알려 주세요.",
        "Hi! Your parcel arrives tomorrow.",
        "Thank you for contacting us. We refunded it.",
    ],
)
def test_whatever_says_more_may_be_an_answer(text: str) -> None:
    assert not opens_only(text)


def test_who_greets_or_asks_for_a_person_is_answered_by_a_greeting() -> None:
    calls = ("안녕하세요", "상담원 연결해 주세요", "안녕하세요, 문의 좀 드릴게요.", "Hello?")
    assert all(map(calls_only, calls))
    asked = ("배송은 언제 오나요?", "안녕하세요 배송 언제 와요?", "Hi, where is my parcel?")
    assert not any(map(calls_only, asked))


@pytest.mark.parametrize("piece", ["네", "네 ", "안녕하세요 ", "고객님 ", "고객센터입니다 "])
def test_one_piece_over_and_over_is_soon_told(piece: str) -> None:
    """Where it could be parted in many ways, none of which fits, this would take for ever."""
    text = (piece * 60)[:110] + "\x01말씀"
    assert not opens_only(text)
    assert not calls_only(text[:50] + "\x01")
