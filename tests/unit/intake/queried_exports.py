"""What queries and boards write: tickets beside comments, replies by name, headings on two levels.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.unit.intake.call_centre_exports import (
    NAMES,
    Build,
    Pair,
    Row,
    clock,
    delimited,
    said,
    workbook,
)

_TICKET = ("ticket_id", "subject", "description", "author_role", "body", "created_at")
_THANKS = "네 감사합니다"
_GREETING = "안녕하세요, 무엇을 도와드릴까요?"


def _write(path: Path, headings: Sequence[str], rows: Sequence[Row]) -> None:
    if path.suffix == ".csv":
        delimited(path, [headings, *rows])
    else:
        workbook(path, ("시트", [headings, *rows]))


def _tickets(
    headings: Sequence[str], comments: Callable[[int, str, str], Sequence[tuple[str, str]]]
) -> Build:
    """Tickets joined with their comments: what was asked stands in each row."""

    def write(path: Path) -> list[Pair]:
        rows = [
            (4400 + n, "문의드립니다", q, role, text, clock(n, 60).replace(second=step))
            for n, (q, a) in enumerate(said())
            for step, (role, text) in enumerate(comments(n, q, a))
        ]
        _write(path, headings, rows)
        return said()

    return write


def _answered(n: int, _q: str, a: str) -> list[tuple[str, str]]:
    """A note of the system, the answer, and thanks now and then."""
    received = [("system", "문의가 접수되었습니다.")] if n % 4 == 1 else []
    return [*received, ("agent", a), *([("end_user", _THANKS)] if n % 6 == 4 else [])]


def _repeated(_n: int, q: str, a: str) -> list[tuple[str, str]]:
    """The first comment is the description itself."""
    return [("end_user", q), ("agent", a)]


def summaries_beside_chats(path: Path) -> list[Pair]:
    """What an agent made of each chat stands in each of its rows; agents greet first."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        topic = f"{NAMES[n % 5]} 고객님이 제품에 대해 물어보셨습니다 {n}"
        chat = (("상담사", _GREETING), ("고객", q), ("상담사", a))
        rows += [(n, topic, who, text) for who, text in chat]
    _write(path, ("상담번호", "문의내용", "발화자", "대화내용"), rows)
    return said()


def _board(replies: Sequence[str], asks: Callable[[int], str]) -> Build:
    """Posts and replies that name them by number; writers are names alone."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            rows.append((2 * n + 1, "", "문의드립니다", q, asks(n), clock(2 * n)))
            if n not in (6, 17):
                replier = replies[n % len(replies)]
                reply = (2 * n + 2, 2 * n + 1, "답변: 문의드립니다", a, replier, clock(2 * n + 1))
                rows.append(reply)
        _write(path, ("게시글번호", "원글번호", "제목", "내용", "작성자", "작성일"), rows[::-1])
        return [pair for n, pair in enumerate(said()) if n not in (6, 17)]

    return write


def members_help_each_other(path: Path) -> None:
    """A board without staff: whoever knows replies, and asks another day."""
    _board(NAMES, lambda n: NAMES[(n + 2) % 5])(path)


def _further(headings: Sequence[str]) -> Build:
    """A question and its answer, and in some rows what was asked and answered further."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        pairs = said()
        for n in range(0, 24, 2):
            more = pairs[n + 1] if n % 4 else ("", "")
            rows.append(
                (f"2026-{n:03}", *_beside(pairs[n], "민원실"), *_beside(more, "시설과"), "만족")
            )
        _write(path, headings, rows)
        return [pair for n, pair in enumerate(pairs) if n % 2 == 0 or (n - 1) % 4]

    return write


def _beside(pair: Pair, team: str) -> tuple[str, str, str]:
    return pair[0], team if pair[0] else "", pair[1]


def _two_levels(upper: Sequence[str], lower: Sequence[str], index: Sequence[str] = ()) -> Build:
    """As pandas writes columns on two levels: the upper heading once above each lower one."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = [upper, lower, *([index] if index else [])]
        rows += [
            (f"K{n:03}", NAMES[n % 5], ("앱", "웹")[n % 2], q, 2000 + n, a, "강남")
            for n, (q, a) in enumerate(said())
        ]
        _write(path, rows[0], rows[1:])  # type: ignore[arg-type]
        return said()

    return write


def messages_taken_back(path: Path) -> list[Pair]:
    """Agents deleted what they sent to the wrong chat; the answer comes below."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        wrong = [("agent", said()[n - 9][1], "Y")] if n % 3 == 0 else []
        for step, (role, text, deleted) in enumerate(
            [("customer", q, "N"), *wrong, ("agent", a, "N")]
        ):
            rows.append((f"r{n}", clock(n, 60).replace(second=step), role, text, deleted))
    _write(path, ("room_id", "sent_at", "sender", "message", "is_deleted"), rows)
    return said()


def revised_answers(path: Path) -> list[Pair]:
    """Each inquiry is listed with every version of its answer, the last one below."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        versions = [a.replace("니다", "니당"), a] if n % 3 else [a]
        rows += [(700 + n, q, text, 1 + step) for step, text in enumerate(versions)]
    _write(path, ("문의번호", "문의내용", "답변내용", "버전"), rows)
    return said()


def the_same_moment(path: Path) -> list[Pair]:
    """No column tells inquiries apart, but the minute of each does."""
    rows = [
        (clock(n), NAMES[n % 5], q, a, f"{n}-{line}")
        for n, (q, a) in enumerate(said())
        for line in range(1 + n % 3)
    ]
    _write(path, ("문의일시", "고객명", "문의", "답변", "상품코드"), rows)
    return said()


QUERIED: dict[str, tuple[Build, str]] = {
    "tickets with comments": (_tickets(_TICKET, _answered), "a.csv"),
    "tickets in Korean": (
        _tickets(("상담번호", "제목", "문의내용", "작성자", "내용", "작성일시"), _answered),
        "a.xlsx",
    ),
    "tickets that begin with the customer": (_tickets(_TICKET, _repeated), "a.csv"),
    "summaries beside chats": (summaries_beside_chats, "a.xlsx"),
    "messages taken back": (messages_taken_back, "a.csv"),
    "revised answers": (revised_answers, "a.xlsx"),
    "the same moment": (the_same_moment, "a.csv"),
    "a shop's board": (_board(["다온리빙"], lambda n: f"손{NAMES[n % 5][1:]}{n}"), "a.xlsx"),
    "a board of two agents": (_board(["다온리빙", "박실장"], lambda n: NAMES[n % 5]), "a.csv"),
    "members help each other": (members_help_each_other, "a.xlsx"),
    "asked further": (
        _further(
            (
                "민원번호",
                "민원내용",
                "1차 답변부서",
                "1차 답변",
                "추가 문의",
                "2차 답변부서",
                "2차 답변",
                "만족도",
            )
        ),
        "a.xlsx",
    ),
    "asked again": (
        _further(
            (
                "접수번호",
                "고객 문의",
                "담당",
                "답변 내용",
                "재문의",
                "재답변 담당",
                "재답변",
                "비고",
            )
        ),
        "a.csv",
    ),
    "columns on two levels": (
        _two_levels(
            ("", "고객", "고객", "고객", "상담사", "상담사", "메타"),
            ("", "이름", "채널", "내용", "사번", "내용", "지점"),
            ("case_id", "", "", "", "", "", ""),
        ),
        "a.csv",
    ),
    "columns on two levels in English": (
        _two_levels(
            ("", "customer", "customer", "customer", "agent", "agent", "meta"),
            ("id", "name", "channel", "text", "no", "text", "branch"),
        ),
        "a.xlsx",
    ),
}
"""Builders and names of files, by what is special about them."""
