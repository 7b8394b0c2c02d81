"""Logs in which something is said in between that belongs to no question and no answer.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.unit.intake.call_centre_exports import Build, Pair, clock, said, workbook

Line = tuple[str, str]
_CUSTOMER, _AGENT = "고객", "상담사 정하린"


def _log(talk: Callable[[int, str, str], Sequence[Line]]) -> Build:
    """Conversations of two exchanges each, as `talk` has them; both sides in one column."""

    def write(path: Path) -> list[Pair]:
        rows = [
            (f"K{n // 2:03}", clock(8 * n + step, 1), who, text)
            for n, (q, a) in enumerate(said())
            for step, (who, text) in enumerate(talk(n, q, a))
        ]
        workbook(path, ("log", [("상담ID", "일시", "발화자", "내용"), *rows]))
        return said()

    return write


def _in_two(answer: str) -> tuple[str, str]:
    first, _, second = answer.rpartition(" ")
    return first, second


def _nodded(n: int, q: str, a: str) -> Sequence[Line]:
    first, second = _in_two(a)
    nods = [(_CUSTOMER, ("네네", "아 네")[n % 2])]
    return [(_CUSTOMER, q), (_AGENT, first), *nods * (n % 3), (_AGENT, second)]


def _timed_out(n: int, q: str, a: str) -> Sequence[Line]:
    notice = (
        "고객님, 5분 동안 답변이 없으셔서 곧 채팅이 자동 종료됩니다.",
        "일정 시간 응답이 없어 채팅을 종료하겠습니다. 다시 문의해 주세요.",
        "2분 안에 응답이 없으시면 상담이 종료됩니다.",
    )[n % 3]
    return [(_CUSTOMER, q), (_AGENT, a), (_AGENT, notice)]


def _heard(n: int, q: str, a: str) -> Sequence[Line]:
    sound = ("(무음 12초)", "[통화 대기음]", "<noise>", "(한숨)")[n % 4]
    if n % 2:
        return [(_CUSTOMER, f"[침묵 00:03] {q}"), (_AGENT, sound), (_AGENT, a)]
    return [(_CUSTOMER, sound), (_CUSTOMER, q), (_AGENT, f"(잡음) {a}")]


def yes_is_an_answer(path: Path) -> list[Pair]:
    """Whoever is asked something says yes to it, and what an agent says then is told after that."""
    pairs, rows = list[Pair](), list[tuple[object, ...]]()
    for n, (q, a) in enumerate(said()):
        talk = [(q, f"{a} 그대로 진행할까요?"), ("네", f"{n}번으로 접수했습니다.")]
        pairs += talk if n % 6 == 0 else [(q, a)]
        words = (text for pair in (talk if n % 6 == 0 else [(q, a)]) for text in pair)
        for step, text in enumerate(words):
            who = _AGENT if step % 2 else _CUSTOMER
            rows.append((f"K{n}", clock(8 * n + step, 1), who, text))
    workbook(path, ("log", [("상담ID", "일시", "발화자", "내용"), *rows]))
    return pairs


def questions_about_the_end(path: Path) -> list[Pair]:
    """What happens to a silent customer may be what was asked; pictures are written of, too."""
    asked = [
        ("채팅은 언제 끊기나요?", "10분 동안 응답이 없으시면 상담이 종료됩니다."),
        ("사진 보냈습니다", "잘 받았습니다. 내일 새 상품을 보내 드립니다."),
        ("[소음] 윗집이 밤마다 시끄러워요", "관리실에서 오늘 저녁에 찾아가 보겠습니다."),
    ]
    pairs = [*said(), *asked]
    rows = [
        (f"K{n}", clock(2 * n + side), who, text)
        for n, pair in enumerate(pairs)
        for side, (who, text) in enumerate(zip((_CUSTOMER, _AGENT), pair, strict=True))
    ]
    workbook(path, ("log", [("상담ID", "일시", "발화자", "내용"), *rows]))
    return pairs


INTERJECTED: dict[str, tuple[Build, str]] = {
    "nods amid answers": (_log(_nodded), "a.xlsx"),
    "notices of a silent customer": (_log(_timed_out), "a.xlsx"),
    "sounds that were heard": (_log(_heard), "a.xlsx"),
    "a yes to a question": (yes_is_an_answer, "a.xlsx"),
    "questions about the end": (questions_about_the_end, "a.xlsx"),
}
"""Builders and names of files, by what is special about them."""
