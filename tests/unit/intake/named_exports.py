"""Logs in which names alone say who speaks, over many conversations."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.unit.intake.call_centre_exports import Build, Pair, Row, clock, said, workbook

_AGENTS = ("한지원", "오세훈", "유나영")
_FAMILY, _GIVEN = "김이박최정강", "민서하도수은"
CUSTOMERS = [f"{_FAMILY[n % 6]}{_GIVEN[n // 6]}{_GIVEN[n % 6]}" for n in range(24)]


def _log(
    path: Path,
    sides: Callable[[int], tuple[str, str]],
    *,
    head: Row = ("상담번호", "시각", "보낸사람", "내용"),
) -> list[Pair]:
    """A conversation of its own for each exchange; `sides`: the names of who asks and answers."""
    rows: list[Row] = []
    for n, pair in enumerate(said()):
        for step, (name, text) in enumerate(zip(sides(n), pair, strict=True)):
            rows.append((f"CH{n:03}", clock(n) + timedelta(minutes=step), name, text))
    workbook(path, ("대화", [head, *rows]))
    return said()


def names_of_agents_come_again(path: Path) -> list[Pair]:
    return _log(path, lambda n: (CUSTOMERS[n], _AGENTS[n % 3]))


def names_in_english_come_again(path: Path) -> list[Pair]:
    agents = ("Jane Doe", "John Roe")
    return _log(
        path,
        lambda n: (f"Kim {'ABCDEFGHIJKLMNOPQRSTUVWX'[n]}eon", agents[n % 2]),
        head=("conversation_id", "sent_at", "sender", "message"),
    )


def a_customer_comes_back(path: Path) -> None:
    """A name that two conversations share may be anybody's: everybody is asked for."""
    _log(path, lambda n: (CUSTOMERS[max(n, 1)], _AGENTS[n % 3]))


def one_customer_and_many_agents(path: Path) -> None:
    """Those who come again ask: these are the conversations of three customers."""
    _log(path, lambda n: (_AGENTS[n % 3], CUSTOMERS[n]))


def names_of_either_side_come_again(path: Path) -> None:
    """Those who come again answer here and ask there, as colleagues do."""

    def sides(n: int) -> tuple[str, str]:
        both = (CUSTOMERS[n], _AGENTS[n % 3])
        return both[::-1] if n % 6 in (2, 4) else both

    _log(path, sides)


def a_third_name_in_one_conversation(path: Path) -> None:
    pairs = said()
    rows: list[Row] = []
    for n, (q, a) in enumerate(pairs):
        rows += [
            (f"CH{n:03}", clock(n), CUSTOMERS[n], q),
            (f"CH{n:03}", clock(n) + timedelta(minutes=1), _AGENTS[n % 3], a),
        ]
    rows.append(("CH023", clock(23) + timedelta(minutes=2), "서문탁", "저도 그 답이 궁금했습니다."))
    workbook(path, ("대화", [("상담번호", "시각", "보낸사람", "내용"), *rows]))


def teams_that_talk_with_an_agent(path: Path) -> None:
    """Who is no agent is no customer: branches ask the head office."""
    _log(path, lambda n: (f"{CUSTOMERS[n]}지점", "본사 상담사"))


def nicknames_beside_an_agent(path: Path) -> list[Pair]:
    nick = ("준이맘", "친절한사장님", "오리온", "몽실언니", "하늘이네", "한결", "Jay", "서준파파")
    return _log(path, lambda n: (nick[n % 8], "하늘가구 상담"))


def one_nickname_beside_an_agent(path: Path) -> None:
    """Whoever it is speaks in more than a third of all conversations."""
    _log(path, lambda n: ("Sky" if n % 2 else f"{CUSTOMERS[n]}네집", "하늘가구 상담"))


def helpers_of_one_kind_come_again(path: Path) -> list[Pair]:
    """One of them in two conversations alone; the others are called the same."""
    return _log(
        path,
        lambda n: (f"나그네{CUSTOMERS[n]}", "길잡이B" if n in (3, 9) else "길잡이A"),
        head=("건번호", "시각", "닉", "내용"),
    )


def _letters(path: Path, asks: str, answers: str) -> None:
    """Who writes to whom says what belongs together: two exchanges each."""
    rows: list[Row] = []
    for n, (question, answer) in enumerate(said()):
        guest = asks.format(301 + n // 2)
        rows += [(guest, answers, clock(n), question), (answers, guest, clock(n), answer)]
    workbook(path, ("대화", [("보낸 곳", "받는 곳", "시각", "메시지"), *rows]))


def rooms_and_the_front_desk(path: Path) -> list[Pair]:
    _letters(path, "{}호", "프런트 데스크")
    return said()


def branches_and_the_head_office(path: Path) -> None:
    """Colleagues ask each other."""
    _letters(path, "{}호점", "본사 지원센터")


def calls_by_way(path: Path) -> list[Pair]:
    return _log(path, lambda _: ("인입", "응대"), head=("콜번호", "시각", "채널", "전사문"))


def messages_in_a_list_of_any_name(path: Path) -> list[Pair]:
    found = [
        {"no": n, "exchange": [{"by": "신고인", "say": q}, {"by": "당직실", "say": a}]}
        for n, (q, a) in enumerate(said())
    ]
    path.write_text(json.dumps(found, ensure_ascii=False), "utf-8")
    return said()


def _timed(path: Path, line: str, head: str, sides: Callable[[int], tuple[str, str]]) -> None:
    lines = ["창구 기록"]
    for n, pair in enumerate(said()):
        lines += ["", head.format(n + 1)]
        lines += [
            line.format(f"09:{2 * n + step:02}", name, text)
            for step, (name, text) in enumerate(zip(sides(n), pair, strict=True))
        ]
    path.write_text("\n".join(lines), "utf-8")


def calls_below_headings(path: Path) -> list[Pair]:
    _timed(path, "[{}] {}: {}", "## 전화 {}", lambda _: ("문의하신 분", "예약실"))
    return said()


def names_before_clocks(path: Path) -> list[Pair]:
    _timed(
        path,
        "{1} ({0}) > {2}",
        "=" * 20,
        lambda n: (f"{n}반 {CUSTOMERS[n]} 엄마", "배차실"),
    )
    return said()


def minutes_with_clocks(path: Path) -> None:
    """Three colleagues talk about several matters."""
    _timed(path, "[{}] {}: {}", "# 안건 {}", lambda n: (_AGENTS[n % 3], _AGENTS[(n + 1) % 3]))


def _transcripts(path: Path, head: Row, asks: Callable[[int], str]) -> list[Pair]:
    """A call in each row's last cell, between those whom the cells before it name."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        agent = _AGENTS[n % 3]
        spoken = ((agent, "안녕하세요."), (asks(n), q), (agent, a))
        call = "\n".join(f"[10:{step:02}] {who}: {text}" for step, (who, text) in enumerate(spoken))
        rows.append((f"CH{n:03}", clock(n), CUSTOMERS[n % 7], agent, call))
    workbook(path, ("녹취", [head, *rows]))
    return said()


def calls_between_the_row_s_names(path: Path) -> list[Pair]:
    head = ("콜번호", "통화일시", "고객명", "상담사", "상담내용전문")
    return _transcripts(path, head, lambda n: CUSTOMERS[n % 7])


def calls_with_the_row_s_agent(path: Path) -> list[Pair]:
    """The other one is called a customer."""
    return _transcripts(path, ("id", "start", "고객명", "agent", "녹취록"), lambda _: "고객")


def calls_between_names_of_no_side(path: Path) -> None:
    """Who of the two is a customer is told nowhere."""
    _transcripts(path, ("번호", "일시", "참석자", "작성자", "대화내용"), lambda n: CUSTOMERS[n % 7])


def calls_with_somebody_else(path: Path) -> None:
    """The row names another customer than the one who speaks."""
    head = ("콜번호", "통화일시", "고객명", "상담사", "상담내용전문")
    _transcripts(path, head, lambda n: CUSTOMERS[8 + n % 7])


NAMED: list[tuple[Build, str]] = [
    (names_of_agents_come_again, "a.xlsx"),
    (names_in_english_come_again, "a.xlsx"),
    (a_customer_comes_back, "a.xlsx"),
    (one_customer_and_many_agents, "a.xlsx"),
    (names_of_either_side_come_again, "a.xlsx"),
    (a_third_name_in_one_conversation, "a.xlsx"),
    (teams_that_talk_with_an_agent, "a.xlsx"),
    (nicknames_beside_an_agent, "a.xlsx"),
    (one_nickname_beside_an_agent, "a.xlsx"),
    (helpers_of_one_kind_come_again, "a.xlsx"),
    (rooms_and_the_front_desk, "a.xlsx"),
    (branches_and_the_head_office, "a.xlsx"),
    (calls_by_way, "a.xlsx"),
    (messages_in_a_list_of_any_name, "a.json"),
    (calls_below_headings, "a.txt"),
    (names_before_clocks, "a.txt"),
    (minutes_with_clocks, "a.txt"),
    (calls_between_the_row_s_names, "a.xlsx"),
    (calls_with_the_row_s_agent, "a.xlsx"),
    (calls_between_names_of_no_side, "a.xlsx"),
    (calls_with_somebody_else, "a.xlsx"),
]
"""Builders and the names of their files."""
