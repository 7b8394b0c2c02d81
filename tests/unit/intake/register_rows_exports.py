"""Registers whose answers go on below, their totals, and logs under a database's short names.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from tests.unit.intake.call_centre_exports import Build, Pair, Row, clock, delimited, said, workbook

_MORE = "추가 문의는 대표번호로 연락 주세요."


def answers_over_rows_with_agents(path: Path) -> list[Pair]:
    """Number, day and question are merged over an answer's rows; each row names the agent."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["No", "상담일", "고객 질문", "안내 내용", "안내자"])
    pairs: list[Pair] = []
    for n, (q, a) in enumerate(said()):
        parts = [a, _MORE, "감사합니다."][: 1 + n % 3]
        top = sheet.max_row + 1
        for place, part in enumerate(parts):
            own = (n + 1, f"2026-03-{n + 1:02}", q) if not place else (None, None, None)
            sheet.append([*own, part, ("윤하린", "박도윤")[n % 2]])
        for column in (1, 2, 3) if len(parts) > 1 else ():
            sheet.merge_cells(None, top, column, sheet.max_row, column)
        pairs.append((q, " ".join(parts)))
    book.save(path)
    return pairs


def steps_below_their_numbers(path: Path) -> list[Pair]:
    """Rows below a numbered case hold its further steps, each with its own time."""
    rows: list[Row] = []
    pairs: list[Pair] = []
    for n, (q, a) in enumerate(said()):
        at = clock(n, 60)
        rows.append((n + 1, q, a, f"{at:%H}시 {at:%M}분"))
        if n % 3:
            rows.append((None, None, _MORE, f"{at:%H}시 {at.minute + 5:02}분"))
        pairs.append((q, f"{a} {_MORE}" if n % 3 else a))
    workbook(path, ("조치", [("신고번호", "신고내용", "조치사항", "조치시각"), *rows]))
    return pairs


def answers_of_others_below(path: Path) -> list[Pair]:
    """The same, but another agent wrote the further row: whose answer it is cannot be told."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        rows.append((n + 1, q, a, "윤하린"))
        if n % 3 == 1:
            rows += [(None, None, _MORE, "박도윤"), (None, None, "감사합니다.", "윤하린")]
    workbook(path, ("조치", [("신고번호", "신고내용", "조치사항", "처리자"), *rows]))
    return [pair for n, pair in enumerate(said()) if n % 3 != 1]


def days_written_once(path: Path) -> list[Pair]:
    """A day stands beside its first row alone; some answers are to a question that nobody wrote.

    Below a day's first row they might go on with its answer.
    """
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        rows.append((f"3월 {1 + n // 4}일" if n % 4 == 0 else None, q, a, "윤하린"))
        if n % 2 == 0:
            rows.append((None, None, _MORE, "윤하린"))
    workbook(path, ("일지", [("날짜", "문의", "답변", "상담사"), *rows]))
    return [pair for n, pair in enumerate(said()) if n % 4]


def scripts_a_sentence_a_row(path: Path) -> list[Pair]:
    """What to say stands a sentence a row; a topic stands beside the first of its rows alone."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        rows.append((("배송", "환불", "수리")[n // 8] if n % 8 == 0 else None, q, a))
        rows += [(None, None, _MORE)] * (n % 2)
    rows += [(None, None, None), (None, None, "3월부터 위 문구를 씁니다.")]
    workbook(path, ("응대", [("구분", "고객 질문", "답변 멘트"), *rows]))
    return [(q, f"{a} {_MORE}" if n % 2 else a) for n, (q, a) in enumerate(said())]


def answers_alone_now_and_then(path: Path) -> list[Pair]:
    """The same, with two answers without a question: they may be to one that was left out."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        rows.append(("배송" if n == 0 else None, q, a))
        rows += [(None, None, said()[3][1])] * (n in (9, 15))
    workbook(path, ("응대", [("구분", "고객 질문", "답변 멘트"), *rows]))
    return [pair for n, pair in enumerate(said()) if n not in (9, 15)]


def questions_left_out(path: Path) -> list[Pair]:
    """Answers without a question of their own belong to none above."""
    left_out = (4, 9, 14, 17, 21)
    rows = [(None if n in left_out else q, a) for n, (q, a) in enumerate(said())]
    workbook(path, ("응대", [("질문", "답변"), *rows]))
    above = [n - 1 for n in left_out]
    return [pair for n, pair in enumerate(said()) if n not in (*left_out, *above)]


def answers_revised_now_and_then(path: Path) -> list[Pair]:
    """Most rows of the reviewer's column say that the answer may stay."""
    notes = ("수정 불필요합니다", "기존 답변 유지", "수정할 내용 없음", "검수 완료", "말투 다듬기")
    pairs = [(q, f"{a} 감사합니다." if n % 6 == 0 else a) for n, (q, a) in enumerate(said())]
    rows = [
        (q, a, pairs[n][1] if n % 6 == 0 else notes[n % 6 - 1]) for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("검수", [("문의내용", "답변", "수정답변"), *rows]))
    return pairs


def counted_at_the_end(path: Path) -> list[Pair]:
    """The last row counts what was asked and done."""
    rows = [(n + 1, "장민*", q, a, "요금과") for n, (q, a) in enumerate(said())]
    total: Row = ("계", None, "24건", "24건 처리 완료", None)
    head = ("연번", "민원인", "민원요지", "처리결과", "처리부서")
    workbook(path, ("처리대장", [head, *rows, (), total]))
    return said()


def _database(times: str, *, serial: bool) -> Build:
    """A database's log with the newest row on top, which its agents begin and end."""

    def write(path: Path) -> list[Pair] | None:
        rows: list[Row] = []
        pairs = said()
        for room, (q, a) in enumerate(pairs):
            turns = (("AGENT", "반갑습니다, 고객지원팀 오세라입니다."), ("CUST", q), ("AGENT", a))
            for step, (side, text) in enumerate(turns):
                at = clock(room, 90) + timedelta(seconds=40 * step)
                days = (at - datetime(1899, 12, 30)) / timedelta(days=1)
                rows.append((f"{88000 + room}", f"{days:.8f}" if serial else "-", side, text))
        delimited(path, [("ROOM_NO", times, "SND_GBN", "MSG_CN"), *reversed(rows)])
        return pairs if serial else None

    return write


def log_with_serial_times(path: Path) -> Sequence[Pair] | None:
    """Times are a spreadsheet's numbers of days."""
    return _database("SEND_DT", serial=True)(path)


def log_without_times(path: Path) -> Sequence[Pair] | None:
    """Nothing tells the order but that agents greet at the end."""
    return _database("SEND_DT", serial=False)(path)


def short_names(path: Path) -> list[Pair]:
    """A database's list of questions and answers."""
    rows = [(n, q, a, "E10") for n, (q, a) in enumerate(said())]
    delimited(path, [("qna_id", "qst_cn", "ans_cn", "ans_emp"), *rows])
    return said()


def guests_and_staff(path: Path) -> list[Pair]:
    """Headings in two languages, of a hotel."""
    rows = [("02-Mar-2026", "A-201", q, a, "Jin") for q, a in said()]
    head = (
        "Date",
        "Room / 객실",
        "Guest Inquiry (고객 문의)",
        "Staff Comment (직원 답변)",
        "Staff",
    )
    workbook(path, ("Inbox", [head, *rows]))
    return said()


def chat_that_its_agent_saved(path: Path) -> None:
    """KakaoTalk calls whoever saved a chat a member: whose side that is nobody says."""
    lines = ["노현주 님과 카카오톡 대화", "저장한 날짜 : 2026년 3월 7일 오후 6:20", ""]
    for n, (q, a) in enumerate(said()):
        day = f"2026년 3월 {n + 1}일"
        lines += [f"{day} 오전 10:12, 노현주 : {q}", f"{day} 오후 1:41, 회원님 : {a}"]
    path.write_text("\n".join(lines), encoding="utf-8")


REGISTER_ROWS: tuple[tuple[Build, str], ...] = (
    (answers_over_rows_with_agents, "register.xlsx"),
    (steps_below_their_numbers, "register.xlsx"),
    (answers_of_others_below, "register.xlsx"),
    (days_written_once, "register.xlsx"),
    (scripts_a_sentence_a_row, "scripts.xlsx"),
    (answers_alone_now_and_then, "scripts.xlsx"),
    (questions_left_out, "list.xlsx"),
    (answers_revised_now_and_then, "list.xlsx"),
    (counted_at_the_end, "register.xlsx"),
    (log_with_serial_times, "log.csv"),
    (log_without_times, "log.csv"),
    (short_names, "qna.csv"),
    (guests_and_staff, "inbox.xlsx"),
    (chat_that_its_agent_saved, "KakaoTalkChats.txt"),
)
