"""Calls, messengers and bots as files, each with the pairs that its owner expects."""

from pathlib import Path

from tests.unit.intake.call_centre_exports import (
    Build,
    Pair,
    clock,
    delimited,
    said,
)


def bot_hands_over(path: Path) -> list[Pair]:
    """What was asked of the bot stays unanswered: the agent only greets and asks anew."""
    rows: list[tuple[object, ...]] = [("세션ID", "시각", "발신", "유형", "내용")]
    for n, (q, a) in enumerate(said()):
        talk = [
            ("BOT", "TEXT", "안녕하세요! 상담봇이에요. 궁금한 점을 입력해 주세요."),
            ("USER", "TEXT", f"포인트 {n}점은 어디서 쓰나요"),
            ("BOT", "TEXT", "아직 배우지 못한 질문이에요. 상담원을 연결해 드릴까요?"),
            ("SYSTEM", "EVENT", "상담원 김은지 배정"),
            ("AGENT", "TEXT", "안녕하세요, 상담원 김은지입니다. 문의하실 내용을 말씀해 주세요."),
            ("USER", "TEXT", q),
            ("AGENT", "TEXT", a),
        ]
        rows += [(f"B{n}", clock(10 * n + m, 1), *one) for m, one in enumerate(talk)]
    delimited(path, rows)
    return said()


def bot_hands_over_in_english(path: Path) -> list[Pair]:
    rows: list[tuple[object, ...]] = [("chat_id", "time", "role", "message")]
    for n, (q, a) in enumerate(said()):
        talk = [
            ("user", f"where do I use my {n} points"),
            ("bot", "I did not understand that."),
            ("agent", "Hi, this is Anna. How can I help you today?"),
            ("user", q),
            ("agent", a),
        ]
        rows += [(n, clock(10 * n + m, 1), *one) for m, one in enumerate(talk)]
    delimited(path, rows)
    return said()


def bot_hands_over_and_the_agent_answers(path: Path) -> list[Pair]:
    """Here the agent has read what was asked of the bot, and greets before answering it."""
    rows: list[tuple[object, ...]] = [("세션ID", "시각", "발신", "내용")]
    pairs = []
    for n, (q, a) in enumerate(said()):
        greeting = "안녕하세요, 상담원 김은지입니다."
        talk = [
            ("USER", q),
            ("BOT", "상담원을 연결해 드릴게요."),
            ("AGENT", greeting),
            ("AGENT", a),
        ]
        rows += [(f"B{n}", clock(10 * n + m, 1), *one) for m, one in enumerate(talk)]
        pairs.append((q, f"{greeting} {a}"))
    delimited(path, rows)
    return pairs


def asks_for_a_person(path: Path) -> list[Pair]:
    """A greeting does answer who greets or asks for a person."""
    rows: list[tuple[object, ...]] = [("대화번호", "시각", "화자", "내용")]
    pairs = []
    for n, (q, a) in enumerate(said()):
        hello = "안녕하세요 고객님, 무엇을 도와드릴까요?"
        call = ("안녕하세요", "상담원 연결해 주세요")[n % 2]
        talk = [("고객", call), ("상담사", hello), ("고객", q), ("상담사", a)]
        rows += [(n, clock(10 * n + m, 1), *one) for m, one in enumerate(talk)]
        pairs += [(call, hello), (q, a)]
    delimited(path, rows)
    return pairs


SPOKEN: tuple[tuple[Build, str], ...] = (
    (bot_hands_over, "a.csv"),
    (bot_hands_over_in_english, "b.csv"),
    (bot_hands_over_and_the_agent_answers, "c.csv"),
    (asks_for_a_person, "d.csv"),
)
