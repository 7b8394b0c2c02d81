"""Further exports of call centres: many headings that mislead, and lists without a conversation."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.unit.intake.call_centre_exports import (
    NAMES,
    THINGS,
    CallCentreExport,
    Pair,
    Row,
    clock,
    delimited,
    said,
    workbook,
)

Cells = tuple[object, ...]


def columns(head: Cells, row: Callable[[int, str, str], Cells]) -> Callable[[Path], list[Pair]]:
    """Writes one row an exchange below the headings."""

    def write(path: Path) -> list[Pair]:
        workbook(path, ("상담", [head, *(row(n, q, a) for n, (q, a) in enumerate(said()))]))
        return said()

    return write


def no_conversation(head: Cells, row: Callable[[int], Cells]) -> Callable[[Path], None]:
    """Writes 24 rows in which nobody talks to anybody."""

    def write(path: Path) -> None:
        workbook(path, ("목록", [head, *map(row, range(24))]))

    return write


def talk_ways(path: Path) -> list[Pair]:
    """Directions for speakers, the newest on top."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        rows.append((f"T{n}", "수신", q, str(clock(n, 60))))
        rows.append((f"T{n}", "발신", a, str(clock(n, 60) + timedelta(minutes=3))))
    delimited(path, [("대화ID", "방향", "메시지 내용", "시각"), *reversed(rows)])
    return said()


def titled_csv(path: Path) -> list[Pair]:
    """A title, a period and a blank line above the headings, in CP949."""
    rows = [(n, q, a) for n, (q, a) in enumerate(said())]
    cover: list[Row] = [("고객센터 상담내역",), ("기간: 2026-03-01 ~ 2026-03-31",), ()]
    delimited(path, [*cover, ("순번", "문의내용", "처리결과 내용"), *rows], "cp949")
    return said()


def wide_turns(path: Path) -> list[Pair]:
    """Two exchanges a row, the columns numbered."""
    pairs = said()
    rows = [(n, *pairs[n], *pairs[n + 1]) for n in range(0, len(pairs), 2)]
    workbook(path, ("상담", [("상담번호", "고객1", "상담사1", "고객2", "상담사2"), *rows]))
    return pairs


def outbound_calls(path: Path) -> list[Pair]:
    """The agent calls: greets first, and the customer thanks last."""
    rows: list[Row] = [("통화ID", "순번", "화자", "내용")]
    for n, (q, a) in enumerate(said()):
        greeting = "해피콜입니다. 통화 괜찮으신가요?"
        turns = (("상담사", greeting), ("고객", q), ("상담사", a), ("고객", "네 알겠습니다."))
        rows += [(n, step, who, text) for step, (who, text) in enumerate(turns)]
    workbook(path, ("해피콜", rows))
    return said()


def transcripts_of_names(path: Path) -> None:
    """Calls in one cell each, in which nobody says who is the customer."""
    rows = [(n, f"이하은: {q}\n김민지: {a}") for n, (q, a) in enumerate(said())]
    workbook(path, ("녹취", [("번호", "대화내용"), *rows]))


def automatic_replies(path: Path) -> list[Pair]:
    """A program's line stands between question and answer; times of day alone."""
    rows: list[Row] = [("방번호", "발신자", "내용", "시간")]
    for n, (q, a) in enumerate(said()):
        wait = "문의가 접수되었습니다. 잠시만 기다려 주세요."
        for step, (who, text) in enumerate((("고객", q), ("자동응답", wait), ("상담원", a))):
            rows.append((n, who, text, f"{clock(n, 60) + timedelta(minutes=step):%H:%M:%S}"))
    workbook(path, ("톡", rows))
    return said()


def guide_sheet(path: Path) -> list[Pair]:
    """A sheet in front explains the columns in their own words."""
    guide: list[Row] = [
        ("항목", "설명"),
        ("질문", "고객의 말을 그대로 적습니다."),
        ("답변", "상담사의 답을 적습니다."),
    ]
    workbook(path, ("작성요령", guide), ("데이터", [("질문", "답변"), *said()]))
    return said()


def emoji(path: Path) -> list[Pair]:
    """Emoji beyond the basic plane, and telephones as numbers."""
    pairs = [(f"{q} 😢", f"{a} 😊") for q, a in said()]
    rows = [(q, a, 1012345678 + n) for n, (q, a) in enumerate(pairs)]
    workbook(path, ("상담", [("문의", "답변", "연락처"), *rows]))
    return pairs


def names_with_sides(path: Path) -> list[Pair]:
    """Each name with its side in brackets."""
    rows: list[Row] = [("보낸사람", "내용", "보낸시간")]
    for n, (q, a) in enumerate(said()):
        rows.append(("이하은(고객)", q, str(clock(n, 20))))
        rows.append(("김민지(상담팀)", a, str(clock(n, 20) + timedelta(minutes=2))))
    workbook(path, ("톡", rows))
    return said()


def web_page(path: Path) -> list[Pair]:
    """A web page with a script and a menu table in front of the list."""
    rows = "".join(
        f"<tr><td>{n}</td><td>{q}</td><td>{a}</td></tr>" for n, (q, a) in enumerate(said())
    )
    path.write_text(
        "<!DOCTYPE html><html><head><meta charset='utf-8'><script>alert(1)</script></head>"
        "<body><h1>상담</h1><table><tr><td>메뉴</td></tr></table><table><thead><tr><th>번호</th>"
        f"<th>고객문의</th><th>상담답변</th></tr></thead><tbody>{rows}</tbody></table></body></html>",
        encoding="utf-8",
    )
    return said()


def _writers() -> dict[str, tuple[str, Callable[[Path], list[Pair] | None]]]:
    return {
        "ways": ("a.csv", talk_ways),
        "titled csv": ("a.csv", titled_csv),
        "wide turns": ("a.xlsx", wide_turns),
        "outbound": ("a.xlsx", outbound_calls),
        "names in transcripts": ("a.xlsx", transcripts_of_names),
        "automatic replies": ("a.xlsx", automatic_replies),
        "guide": ("a.xlsx", guide_sheet),
        "emoji": ("a.xlsx", emoji),
        "names with sides": ("a.xlsx", names_with_sides),
        "web page": ("a.xls", web_page),
        "letters": ("a.xlsx", columns(("No", "Q", "A"), lambda n, q, a: (n, q, a))),
        "final answer": (
            "a.xlsx",
            columns(
                ("문의", "1차 답변", "최종 답변"), lambda _, q, a: (q, "확인 후 연락드릴게요.", a)
            ),
        ),
        "summaries beside": (
            "a.xlsx",
            columns(
                ("문의 원문", "문의 요약", "답변 원문", "답변 요약"),
                lambda _, q, a: (q, "배송 관련 문의함", a, "안내함"),
            ),
        ),
        "camel case": (
            "a.xlsx",
            columns(("sessionId", "customerMessage", "agentMessage"), lambda n, q, a: (n, q, a)),
        ),
        "who answers": (
            "a.xlsx",
            columns(
                ("접수일", "고객의 소리", "답변 담당", "처리 내역"),
                lambda n, q, a: (clock(n), q, NAMES[n % 5], a),
            ),
        ),
        "tickets": (
            "a.xlsx",
            columns(
                ("Ticket ID", "Subject", "Description", "Resolution", "Assignee"),
                lambda n, q, a: (n, "배송", q, a, NAMES[n % 5]),
            ),
        ),
        "judgements": (
            "a.xlsx",
            no_conversation(
                ("상담사", "평가항목", "평가의견", "점수"),
                lambda n: (NAMES[n % 5], "친절도", "인사말이 밝고 안내가 정확하였습니다.", 90),
            ),
        ),
        "notices": (
            "a.xlsx",
            no_conversation(
                ("번호", "제목", "내용", "작성자"),
                lambda n: (n, f"{THINGS[n % 4]} 안내", "이렇게 안내해 주세요.", NAMES[n % 5]),
            ),
        ),
        "agents' summaries": (
            "a.xlsx",
            no_conversation(
                ("인입시간", "고객명", "상담유형", "상담요약", "후처리내용"),
                lambda n: (
                    clock(n),
                    NAMES[n % 5],
                    "배송",
                    "배송일을 문의함.",
                    "확인 후 안내 예정임.",
                ),
            ),
        ),
        "survey": (
            "a.xlsx",
            no_conversation(
                ("응답일", "만족도", "불만 사유", "개선 요청 사항"),
                lambda n: (clock(n), 3, "대기 시간이 너무 길었습니다.", "상담원을 늘려 주세요."),
            ),
        ),
    }


FURTHER = {
    name: CallCentreExport(file_name, write) for name, (file_name, write) in _writers().items()
}
