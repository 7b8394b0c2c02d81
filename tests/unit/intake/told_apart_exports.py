"""Logs of conversations that go on at one time, and rows of them that were said in other words.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from tests.unit.intake.call_centre_exports import Build, Pair, Row, clock, delimited, said, workbook

_GREETING = "안녕하세요, 고객님. 무엇을 도와드릴까요?"
_DAY_ZERO = datetime(1899, 12, 30)
_SURNAMES, _GIVEN = "김이박최정강", ("서연", "도윤", "하은", "지호")

Step = tuple[int, datetime, str, str]
"""Conversation, moment, side and words."""


def _mingled(greets: bool = True) -> list[Step]:
    """Each conversation has two pairs, and the next one begins before it is over."""
    steps: list[Step] = []
    for n, (q, a) in enumerate(said()):
        begin = clock(n // 2, 3) + timedelta(minutes=4 * (n % 2), seconds=n)
        if greets and n % 2 == 0:
            steps.append((n // 2, begin, "agent", _GREETING))
        steps.append((n // 2, begin + timedelta(seconds=40), "customer", q))
        steps.append((n // 2, begin + timedelta(seconds=220), "agent", a))
    return sorted(steps, key=lambda step: step[1])


def _table(path: Path, rows: Sequence[Row]) -> None:
    workbook(path, ("log", list(rows))) if path.suffix == ".xlsx" else delimited(path, list(rows))


def _rooms(heading: str, *, whole: bool = True) -> Build:
    """Rows in the order of random numbers; milliseconds alone tell when each was said."""

    def write(path: Path) -> list[Pair] | None:
        rows: list[Row] = [
            (5500 + room, {"customer": "USER", "agent": "COUNSELOR"}[side], text, _millis(moment))
            for room, moment, side, text in _mingled()
        ]
        Random(7).shuffle(rows)
        numbered = [(f"{41 * n:05x}", *row) for n, row in enumerate(rows)]
        _table(path, [("msg_uuid", heading, "sender_type", "msg_body", "reg_ts"), *numbered])
        return said() if whole else None

    return write


def _millis(moment: datetime) -> int:
    return round(1000 * moment.timestamp())


def _lines(path: Path, rows: Iterable[dict[str, object]]) -> None:
    path.write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8"
    )


def named_chats(path: Path) -> list[Pair]:
    """Lines of JSON as a widget of a site sends them."""
    sides = {"customer": "visitor", "agent": "operator"}
    _lines(
        path,
        (
            {"chat": f"lc-{chat}", "from": sides[side], "text": text, "at": _millis(at) // 1000}
            for chat, at, side, text in _mingled()
        ),
    )
    return said()


def threads_of_a_channel(path: Path) -> list[Pair]:
    """Questions of many people, each with its answer in the thread below it, in another order."""
    asked = [_millis(clock(n, 1)) // 1000 for n in range(len(said()))]
    rows: list[tuple[int, dict[str, object]]] = []
    for n, (q, a) in enumerate(said()):
        root, at = f"{asked[n]}.000100", asked[n] + 90 + 200 * (n % 3)
        rows.append((asked[n], {"ts": root, "user_type": "customer", "text": q}))
        answer = {"ts": f"{at}.{n:06}", "thread_ts": root, "user_type": "agent", "text": a}
        rows.append((at, answer))
    _lines(path, (row for _, row in sorted(rows, key=lambda one: one[0])))
    return said()


def topics_that_come_back(path: Path) -> list[Pair]:
    """One customer after the other; what each asks about is no number of a conversation."""
    rows: list[Row] = [("일시", "발신자", "주제", "내용")]
    for n, (q, a) in enumerate(said()):
        topic = ("배송", "환불", "색상", "전원", "설치", "보증")[n % 6]
        steps = (("상담사", _GREETING), ("고객", q), ("상담사", a), ("고객", "네 감사합니다"))
        rows += [
            (clock(n) + timedelta(seconds=20 * step), who, topic, text)
            for step, (who, text) in enumerate(steps)
        ]
    _table(path, rows)
    return said()


def serial_days_from_the_newest_on(path: Path) -> list[Pair]:
    rows: list[Row] = [
        (880100 + room, round((at - _DAY_ZERO) / timedelta(days=1), 8), who, text)
        for room, at, side, text in _mingled()
        for who in ({"customer": "손님", "agent": "예약담당"}[side],)
    ]
    rows.sort(key=lambda row: [*row][:2], reverse=True)
    _table(path, [("대화ID", "발송시각", "발송자", "메시지"), *rows])
    return said()


def _pressed(head: Row, sides: Sequence[str], kinds: Sequence[str]) -> Build:
    """Menus of a program: a button before each question, and one that an agent answers at once."""
    customer, agent, bot = sides
    words, button = kinds

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            steps = [
                (customer, button, "[배송 문의]"),
                (bot, words, "자주 묻는 질문을 확인해 주세요."),
                (customer, button, "[상담원 연결]"),
                (customer, words, q),
                (agent, words, a),
                (customer, button, "[영업시간]"),
                (agent, words, "평일 9시부터 18시까지 상담합니다."),
            ]
            rows += [
                (f"S-{n:03}", clock(n) + timedelta(seconds=20 * step), *cells)
                for step, cells in enumerate(steps)
            ]
        _table(path, [head, *rows])
        return said()

    return write


def topics_that_are_parts_of_a_product(path: Path) -> list[Pair]:
    """버튼 is what is broken, and nothing that anybody pressed."""
    rows: list[Row] = [("상담번호", "일시", "화자", "유형", "내용")]
    for n, (q, a) in enumerate(said()):
        kind = ("버튼", "전원", "화면")[n % 3]
        rows += [
            (n, clock(n), "고객", kind, q),
            (n, clock(n) + timedelta(minutes=3), "상담사", kind, a),
        ]
    _table(path, rows)
    return said()


def _journal(every_row: bool = False, unanswered: Sequence[int] = ()) -> Build:
    """A form with each answer in the row below its question, in no order of days."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = [("번호", "일시", "고객", "문의사항", "상담사", "답변사항")]
        for n, (q, a) in enumerate(said()):
            asked = clock(n) + timedelta(days=n * 7 % 24)
            replied = asked + timedelta(hours=5)
            days = (None, None) if every_row else (asked, replied)
            numbers = (2 * n + 1, 2 * n + 2) if every_row else (n + 1, None)
            rows.append((numbers[0], days[0], f"김손님{n}", q, None, None))
            if n not in unanswered:
                rows.append((numbers[1], days[1], None, None, "박가람", a))
        _table(path, rows)
        return [pair for n, pair in enumerate(said()) if n not in unanswered]

    return write


def _shortened(*, named: bool) -> Build:
    """Numbers of conversations that a spreadsheet has cut to six figures."""

    def write(path: Path) -> list[Pair] | None:
        head = ("대화ID", "시각", "발신", *(("고객명",) if named else ()), "메시지")
        rows: list[Row] = [head]
        for room, moment, side, text in _mingled():
            who = {"customer": "고객", "agent": "상담원"}[side]
            name = (_SURNAMES[room % 6] + _GIVEN[room // 6],) if named else ()
            rows.append(("2.02403E+15", moment, who, *name, text))
        _table(path, rows)
        return said() if named else None

    return write


def _edited(head: Row, first: int, *, newest_first: bool = False) -> Build:
    """Every third answer was put in other words afterwards, when the customer had gone on."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            asked, replied = 5000 + 2 * n, 5001 + 2 * n
            before = "확인해 보니 해당 건은 처리가 어렵습니다." if n % 3 == 0 else a
            rows += [
                (700 + n // 4, asked, first, "고객", clock(n), q),
                (700 + n // 4, replied, first, "상담사", clock(n) + timedelta(minutes=3), before),
            ]
            if n % 3 == 0:
                later = clock(n) + timedelta(minutes=3) + timedelta(minutes=9)
                rows.append((700 + n // 4, replied, first + 1, "상담사", later, a))
        rows.sort(key=lambda row: [*row][4], reverse=newest_first)  # type: ignore[arg-type,return-value]
        _table(path, [head, *rows])
        return said()

    return write


def turns_that_are_counted(path: Path) -> list[Pair]:
    """A number of each conversation beside one of each turn: nothing was edited."""
    rows: list[Row] = [("문의번호", "메시지번호", "구분", "내용")]
    for n, (q, a) in enumerate(said()):
        rows += [(n // 2, 2 * (n % 2) + 1, "고객", q), (n // 2, 2 * (n % 2) + 2, "상담사", a)]
    _table(path, rows)
    return said()


def _saved_chats(partners: Sequence[str], colleagues: Sequence[str] = ()) -> Build:
    """Chats of a shop below each other in one file; those with `colleagues` are about its work."""

    def write(path: Path) -> list[Pair]:
        lines: list[str] = []
        chats = [(partner, said()[n :: len(partners)]) for n, partner in enumerate(partners)]
        work = ("어제 상담 건수 보고서 올렸어요?", "네 방금 공유폴더에 올려두었습니다.")
        chats += [(colleague, [work]) for colleague in colleagues]
        for day, (partner, pairs) in enumerate(chats, start=4):
            lines += [f"{partner} 님과 카카오톡 대화", "저장한 날짜 : 2026-04-01 18:01:22", ""]
            lines.append(f"--------------- 2026년 3월 {day}일 수요일 ---------------")
            for n, (q, a) in enumerate(pairs):
                lines.append(f"[{partner}] [오전 {9 + n // 6}:{9 * (n % 6):02}] {q}")
                lines.append(f"[한빛가구 상담] [오전 {9 + n // 6}:{9 * (n % 6) + 4:02}] {a}")
            lines += ["", ""]
        path.write_text("\n".join(lines), encoding="utf-8")
        return said()

    return write


def _exports() -> Iterator[tuple[str, Callable[[Path], list[Pair] | None], str]]:
    yield "rooms of a database", _rooms("room_seq"), "rooms.csv"
    yield "rooms by index", _rooms("chat_room_idx"), "rooms.xlsx"
    yield "rooms that no heading names", _rooms("grp_cd", whole=False), "groups.csv"
    yield "named chats", named_chats, "chats.jsonl"
    yield "threads of a channel", threads_of_a_channel, "channel.jsonl"
    yield "topics that come back", topics_that_come_back, "topics.csv"
    yield "serial days", serial_days_from_the_newest_on, "days.xlsx"
    korean = ("세션", "시각", "발신유형", "메시지유형", "메시지")
    yield (
        "pressed buttons",
        _pressed(korean, ("고객", "상담원", "챗봇"), ("텍스트", "버튼")),
        "b.xlsx",
    )
    english = ("session_id", "sent_at", "sender", "message_type", "message")
    yield (
        "pressed buttons in English",
        _pressed(english, ("customer", "agent", "bot"), ("text", "quick_reply")),
        "buttons.csv",
    )
    yield "buttons that are broken", topics_that_are_parts_of_a_product, "parts.csv"
    yield "numbered journal", _journal(unanswered=(3, 11)), "journal.xlsx"
    yield "numbered journal as text", _journal(), "journal.csv"
    yield "journal with all rows numbered", _journal(every_row=True), "rows.xlsx"
    yield "shortened numbers beside names", _shortened(named=True), "names.csv"
    yield "shortened numbers alone", _shortened(named=False), "numbers.csv"
    versions = ("대화번호", "메시지ID", "버전", "구분", "작성시각", "내용")
    yield "edited messages", _edited(versions, 1), "edited.xlsx"
    counted = ("chat_id", "message_id", "edit_count", "role", "created_at", "content")
    yield "edited messages, newest first", _edited(counted, 0, newest_first=True), "edited.csv"
    odd = ("상담받고싶은사람", "🌸하늘맘", "고객센터직원아님", "최준호")
    yield "chats with odd nicknames", _saved_chats(odd), "chats.txt"
    colleagues = ("본사 박팀장", "물류팀 이지호", "김과장님")
    yield "chats with colleagues", _saved_chats(odd[1::2], colleagues), "colleagues.txt"
    alike = ("본사랑", "팀장맘", "박대리운전", "우리집")
    yield "nicknames like colleagues", _saved_chats(alike), "alike.txt"
    yield "turns that are counted", turns_that_are_counted, "turns.csv"


TOLD_APART: dict[str, tuple[Build, str]] = {name: (build, file) for name, build, file in _exports()}
