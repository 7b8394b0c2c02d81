"""Exports as Korean call centres have them, each with the pairs that its owner expects.

Written from what such systems write, without a look at how they are read: each builder writes
one file and returns the pairs. `None` instead of pairs: nothing in the file is an exchange.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

Pair = tuple[str, str]
Row = Iterable[object]
Build = Callable[[Path], list[Pair] | None]
"""Writes an export; gives the pairs that its owner expects, None where all of it is refused."""

TOPICS = (
    (
        "{thing} 배송이 언제쯤 도착하는지 알고 싶어요.",
        "{thing} 상품은 내일 오후에 도착할 예정입니다.",
    ),
    (
        "{thing} 환불 신청했는데 아직 입금이 안 됐어요.",
        "{thing} 환불은 카드사 사정으로 3일 더 걸립니다.",
    ),
    (
        "{thing} 색상을 바꾸고 싶은데 가능한가요?",
        "{thing} 색상 변경은 출고 전이라 가능합니다.",
    ),
    (
        "{thing} 전원이 켜지지 않는데 어떻게 하나요?",
        "{thing} 전원 단추를 10초 동안 눌러 주세요.",
    ),
    (
        "{thing} 설치 기사님은 언제 오시나요?",
        "{thing} 설치 기사는 모레 오전에 방문합니다.",
    ),
    (
        "{thing} 보증 기간이 얼마나 되는지 궁금합니다.",
        "{thing} 보증 기간은 구매일부터 2년입니다.",
    ),
)
THINGS = ("냉장고", "세탁기", "공기청정기", "전기밥솥")
NAMES = ("김민지", "박서준", "이하은", "최도윤", "정수아")
START = datetime(2026, 3, 2, 9, 3)


def said() -> list[Pair]:
    """24 questions, each with the one answer that fits it."""
    return [
        (question.format(thing=thing), answer.format(thing=thing))
        for thing in THINGS
        for question, answer in TOPICS
    ]


def clock(step: int, minutes: int = 7) -> datetime:
    """The moment of one step."""
    return START + timedelta(minutes=minutes * step)


def spoken(moment: datetime) -> str:
    """A moment as Korean Excel shows it."""
    half = "오전" if moment.hour < 12 else "오후"
    return f"{moment:%Y-%m-%d} {half} {(moment.hour - 1) % 12 + 1}:{moment:%M:%S}"


def workbook(path: Path, *sheets: tuple[str, Iterable[Row]]) -> None:
    """Write an .xlsx of so many sheets."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)


def delimited(
    path: Path, rows: Iterable[Row], encoding: str = "utf-8-sig", delimiter: str = ","
) -> None:
    """Write rows as text."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def crm_memo(path: Path) -> list[Pair]:
    """A CRM's list: what was asked, what was done, its state, the agent and the customer."""
    head = (
        "접수번호",
        "접수일시",
        "고객명",
        "연락처",
        "문의유형",
        "문의내용",
        "처리내용",
        "처리상태",
        "상담원",
    )
    rows = [
        (
            f"R26{n:05}",
            clock(n),
            NAMES[n % 5],
            f"010-2345-{6000 + n}",
            "배송",
            q,
            a,
            "완료",
            NAMES[(n + 2) % 5],
        )
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("상담이력", [("2026년 3월 상담 이력",), (), head, *rows]))
    return said()


def shop_questions(path: Path) -> list[Pair]:
    """A shop's product questions, in CP949, with dates of both sides."""
    head = (
        "번호",
        "상품번호",
        "상품명",
        "문의유형",
        "질문",
        "답변",
        "작성자ID",
        "답변여부",
        "문의등록일",
        "답변등록일",
    )
    rows = [
        (
            n,
            88000 + n,
            THINGS[n % 4],
            "상품",
            q,
            a,
            f"shop{n}***",
            "답변완료",
            f"{clock(n):%Y.%m.%d %H:%M}",
            f"{clock(n + 3):%Y.%m.%d %H:%M}",
        )
        for n, (q, a) in enumerate(said())
    ]
    delimited(path, [head, *rows], "cp949")
    return said()


def messenger_two_sheets(path: Path) -> list[Pair]:
    """A messenger's two sheets: chats without words, and messages, newest on top."""
    chats = [("id", "state", "assigneeId", "tags", "createdAt")]
    messages: list[Row] = []
    for n, (q, a) in enumerate(said()):
        chats.append((f"65f{n:05}", "closed", f"mgr{n % 3}", "배송", str(clock(n))))
        messages.append((f"65f{n:05}", "user", f"usr{n}", q, f"{clock(n, 30):%Y-%m-%d %H:%M:%S}"))
        later = clock(n, 30) + timedelta(minutes=2)
        messages.append((f"65f{n:05}", "manager", f"mgr{n % 3}", a, f"{later:%Y-%m-%d %H:%M:%S}"))
    head = ("chatId", "personType", "personId", "plainText", "createdAt")
    workbook(path, ("UserChat data", chats), ("Message data", [head, *reversed(messages)]))
    return said()


def chat_with_system_lines(path: Path) -> list[Pair]:
    """A chat log with lines of the system itself and an agent's greeting before each question."""
    rows: list[Row] = [("상담번호", "발신자구분", "메시지", "발송일시")]
    for n, (q, a) in enumerate(said()):
        lines = (
            ("시스템", "상담이 시작되었습니다."),
            ("상담사", f"안녕하세요, 상담사 {NAMES[n % 5]}입니다. 무엇을 도와드릴까요?"),
            ("고객", q),
            ("상담사", a),
            ("시스템", "상담이 종료되었습니다."),
        )
        for step, (speaker, text) in enumerate(lines):
            moment = clock(n, 30) + timedelta(minutes=step)
            rows.append((f"H{n:04}", speaker, text, f"{moment:%Y-%m-%d %H:%M:%S}"))
    delimited(path, rows)
    return said()


def board_page(path: Path) -> list[Pair]:
    """A board saved by a web page as HTML, with the name of an old workbook."""
    rows = "".join(
        f"<tr><td>{n}</td><td>배송문의</td><td>{q}<br>빠른 답변 부탁드려요.</td>"
        f"<td>{a}</td><td>{NAMES[n % 5]}</td><td>{clock(n):%Y-%m-%d}</td></tr>"
        for n, (q, a) in enumerate(said())
    )
    path.write_bytes(
        (
            "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head>"
            "<meta http-equiv='Content-Type' content='text/html; charset=euc-kr'>"
            "<style>td{mso-number-format:'\\@'}</style></head><body><table border=1>"
            "<tr><th>번호</th><th>분류</th><th>내용</th><th>답변내용</th><th>작성자</th>"
            f"<th>작성일</th></tr>{rows}</table></body></html>"
        ).encode("cp949")
    )
    return [(f"{q} 빠른 답변 부탁드려요.", a) for q, a in said()]


def speech_channels(path: Path) -> list[Pair]:
    """Speech to text: two channels of each call, the calls written as they ended, unsorted."""
    rows = []
    for n, (q, a) in enumerate(said()):
        rows.append((f"CALL{n:04}", "TX", 9800, a))
        rows.append((f"CALL{n:04}", "RX", 4200, q))
        rows.append((f"CALL{n:04}", "TX", 300, "정성을 다하겠습니다. 상담사입니다."))
    delimited(path, [("call_id", "channel", "start_ms", "text"), *rows])
    return said()


def two_heading_rows(path: Path) -> list[Pair]:
    """Headings in two rows, the upper ones merged."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet("상담", 0)
    sheet.append(["상담 이력 조회 결과"])
    sheet.append(["번호", "고객 문의", None, "상담 답변", None, None])
    sheet.append([None, "내용", "일시", "내용", "일시", "담당자"])
    for cells in ("A2:A3", "B2:C2", "D2:F2"):
        sheet.merge_cells(cells)
    for n, (q, a) in enumerate(said()):
        sheet.append([n + 1, q, clock(n), a, clock(n + 1), NAMES[n % 5]])
    book.save(path)
    return said()


def months_with_totals(path: Path) -> list[Pair]:
    """A sheet a month, with a line of totals below each and a sheet of figures in front."""
    head = ("No.", "일자", "고객문의", "답변내용", "비고")
    half = len(said()) // 2
    sheets: list[tuple[str, Iterable[Row]]] = [
        ("요약", [("월", "건수"), ("3월", half), ("4월", half)])
    ]
    for month, part in (("3월", said()[:half]), ("4월", said()[half:])):
        rows = [(n + 1, clock(n).date(), q, a, "") for n, (q, a) in enumerate(part)]
        sheets.append((month, [head, *rows, ("합계", "", f"{len(part)}건", f"{len(part)}건", "")]))
    workbook(path, *sheets)
    return said()


def kinds_below_each_other(path: Path) -> list[Pair]:
    """Question and answer on rows of their own, told apart by 구분."""
    rows: list[Row] = [("순번", "구분", "내용")]
    for n, (q, a) in enumerate(said()):
        rows += [(n + 1, "질문", q), (n + 1, "답변", a)]
    workbook(path, ("FAQ", rows))
    return said()


def states_as_answers(path: Path) -> None:
    """Questions with the state of each, and the answering person's name: no answer anywhere."""
    rows = [
        (n, q, ("완료", "미처리", "이관")[n % 3], NAMES[n % 5]) for n, (q, _) in enumerate(said())
    ]
    workbook(path, ("VOC", [("번호", "문의내용", "처리결과", "답변자"), *rows]))


def newest_call_first(path: Path) -> list[Pair]:
    """One log for all, the newest row on top, moments as words."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        rows.append((spoken(clock(n)), "고객", q))
        rows.append((spoken(clock(n) + timedelta(minutes=1)), "상담사", a))
    workbook(path, ("채팅", [("시간", "화자", "대화내용"), *reversed(rows)]))
    return said()


def titled_speakers(path: Path) -> list[Pair]:
    """Speakers written with their title: 상담사 김민지, 고객 이**."""
    rows: list[Row] = [("상담ID", "작성자", "내용", "작성일시")]
    for n, (q, a) in enumerate(said()):
        rows.append((n, f"고객 {NAMES[n % 5][0]}**", q, clock(n)))
        rows.append((n, f"상담사 {NAMES[(n + 1) % 5]}", a, clock(n) + timedelta(minutes=2)))
    workbook(path, ("대화", rows))
    return said()


def timed_transcripts(path: Path) -> list[Pair]:
    """A whole call in one cell, each line with its time."""
    rows: list[Row] = [("통화ID", "상담사", "통화일시", "통화내용")]
    for n, (q, a) in enumerate(said()):
        text = f"[09:01] 고객: {q}\n[09:02] 상담사: {a}"
        rows.append((f"T{n:03}", NAMES[n % 5], clock(n), text))
    workbook(path, ("녹취", rows))
    return said()


def plain_transcript(path: Path) -> list[Pair]:
    """A conversation as plain text."""
    lines = [line for q, a in said() for line in (f"고객 : {q}", f"상담사 : {a}", "")]
    path.write_text("\r\n".join(lines), encoding="utf-8", newline="")
    return said()


def group_chat_of_names(path: Path) -> None:
    """A messenger's export between people: who asks and who answers is for its owner to say."""
    lines = ["김민지 님과 카카오톡 대화", "저장한 날짜 : 2026-03-02 18:00:00", ""]
    lines.append("--------------- 2026년 3월 2일 월요일 ---------------")
    for n, (q, a) in enumerate(said()[:12]):
        lines += [
            f"[이하은] [오전 {9 + n // 6}:{n % 6}0] {q}",
            f"[김민지] [오전 {9 + n // 6}:{n % 6}5] {a}",
        ]
    path.write_text("\n".join(lines), encoding="utf-8")


def ticket_comments(path: Path) -> list[Pair]:
    """A help desk's comments, newest first, as HTML, told apart by `incoming`."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        rows.append(
            (n, "true", f"<div dir='ltr'><p>{q}</p></div>", f"{clock(n, 60):%Y-%m-%dT%H:%M:%SZ}")
        )
        rows.append(
            (
                n,
                "false",
                f"<p>{a}</p><p>감사합니다.&nbsp;</p>",
                f"{clock(n, 60) + timedelta(minutes=30):%Y-%m-%dT%H:%M:%SZ}",
            )
        )
    delimited(path, [("ticket_id", "incoming", "body", "created_at"), *reversed(rows)], "utf-8")
    return [(q, f"{a} 감사합니다.") for q, a in said()]


def form_replies(path: Path) -> list[Pair]:
    """A form's replies, with the whole questions as headings."""
    head = (
        "타임스탬프",
        "성함을 적어 주세요",
        "1. 문의하실 내용을 자세히 적어 주세요.",
        "2. (상담사 작성란) 고객님께 드린 답변 내용을 입력해 주세요.",
        "만족도(1~5)",
    )
    rows = [(spoken(clock(n)), NAMES[n % 5], q, a, n % 5 + 1) for n, (q, a) in enumerate(said())]
    workbook(path, ("설문지 응답 시트1", [head, *rows]))
    return said()


def merged_categories(path: Path) -> list[Pair]:
    """An FAQ with merged categories and answers of several lines."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet("FAQ", 0)
    sheet.append(["대분류", "중분류", "질문(Q)", "답변(A)"])
    for n, (q, a) in enumerate(said()):
        sheet.append(
            [f"분류{n // 6}" if n % 6 == 0 else None, "일반", q, f"{a}\n- 문의처: 고객센터"]
        )
    for first in range(2, 26, 6):
        sheet.merge_cells(start_row=first, end_row=first + 5, start_column=1, end_column=1)
    book.save(path)
    return [(q, f"{a} - 문의처: 고객센터") for q, a in said()]


def answers_over_rows(path: Path) -> list[Pair]:
    """Two rows of answer for each merged question."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet("상담", 0)
    sheet.append(["번호", "문의", "답변"])
    for n, (q, a) in enumerate(said()):
        sheet.append([n + 1, q, a])
        sheet.append([None, None, "추가로 궁금한 점은 다시 문의해 주세요."])
        row = 2 + 2 * n
        for column in (1, 2):
            sheet.merge_cells(
                start_row=row, end_row=row + 1, start_column=column, end_column=column
            )
    book.save(path)
    return [(q, f"{a} 추가로 궁금한 점은 다시 문의해 주세요.") for q, a in said()]


def unicode_text(path: Path) -> list[Pair]:
    """Excel's 'Unicode text': UTF-16 with tabs."""
    rows = [(n, q, a) for n, (q, a) in enumerate(said())]
    delimited(path, [("번호", "고객 문의", "상담 답변"), *rows], "utf-16", "\t")
    return said()


def separator_line(path: Path) -> list[Pair]:
    """A first line that names the separator."""
    rows = [(n, q, a) for n, (q, a) in enumerate(said())]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([("번호", "문의내용", "답변내용"), *rows])
    path.write_bytes(("sep=;\r\n" + text.getvalue()).encode("utf-8-sig"))
    return said()


def unquoted_commas(path: Path) -> list[Pair]:
    """Written without quotes: every sixth question has a comma of its own."""
    lines = ["번호,문의내용,답변내용,상담사"]
    for n, (q, a) in enumerate(said()):
        question = f"안녕하세요, {q}" if n % 6 == 0 else q
        lines.append(f"{n},{question},{a},{NAMES[n % 5]}")
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return [pair for n, pair in enumerate(said()) if n % 6]


def spreadsheet_xml(path: Path) -> list[Pair]:
    """Excel 2003's XML, as older web frameworks write it."""
    rows = [("번호", "문의내용", "답변내용"), *((n, q, a) for n, (q, a) in enumerate(said()))]
    cells = "".join(
        "<Row>"
        + "".join(f"<Cell><Data ss:Type='String'>{cell}</Data></Cell>" for cell in row)
        + "</Row>"
        for row in rows
    )
    path.write_text(
        "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>"
        "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'"
        " xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>"
        f"<Worksheet ss:Name='Sheet1'><Table>{cells}</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    return said()


def old_workbook(path: Path) -> list[Pair]:
    """A workbook of Excel 97 with real dates."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("상담")
    style = xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM")
    for column, name in enumerate(("접수일시", "상담요청내용", "상담답변", "상담원명")):
        sheet.write(0, column, name)
    for n, (q, a) in enumerate(said()):
        sheet.write(n + 1, 0, clock(n), style)
        for column, cell in enumerate((q, a, NAMES[n % 5]), start=1):
            sheet.write(n + 1, column, cell)
    book.save(str(path))
    return said()


def escaped_markup(path: Path) -> list[Pair]:
    """Cells with the markup of a web editor, entities escaped twice."""
    rows = [
        (
            n,
            f"<p>{q}</p><p>&nbsp;</p>",
            f"{a}&lt;br /&gt;좋은 하루 보내세요 &amp;lt;고객센터&amp;gt;",
        )
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("1대1문의", [("번호", "문의", "답변"), *rows]))
    return [(q, f"{a} 좋은 하루 보내세요 <고객센터>") for q, a in said()]


def opinions_and_measures(path: Path) -> list[Pair]:
    """A survey: every third opinion has no measure."""
    rows = [
        (n, n % 5 + 1, q, a if n % 3 else None, NAMES[n % 5]) for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("VOC", [("NO", "점수", "VOC내용", "조치내용", "조치자"), *rows]))
    return [pair for n, pair in enumerate(said()) if n % 3]


def figures_beside(path: Path) -> list[Pair]:
    """A table of figures to the right of the exchanges."""
    rows: list[Row] = [("문의내용", "답변내용", None, None, "상담사", "건수")]
    for n, (q, a) in enumerate(said()):
        rows.append((q, a, None, None, *((NAMES[n], 10 + n) if n < 5 else ())))
    workbook(path, ("3월", rows))
    return said()


def answer_first(path: Path) -> list[Pair]:
    """The answer's column before the question's."""
    workbook(path, ("QA", [("답변", "질문"), *((a, q) for q, a in said())]))
    return said()


def customer_list(path: Path) -> None:
    """Customers with remarks: no conversation."""
    rows = [
        (
            NAMES[n % 5],
            f"010-1234-{5600 + n}",
            "서울시 강남구",
            f"{THINGS[n % 4]} 구매, 재방문 예정",
        )
        for n in range(24)
    ]
    workbook(path, ("고객", [("고객", "연락처", "주소", "메모"), *rows]))


def one_word_answers(path: Path) -> None:
    """Answers that say nothing."""
    rows = [(q, ("네", "확인", "완료", "처리")[n % 4]) for n, (q, _) in enumerate(said())]
    workbook(path, ("상담", [("문의내용", "답변내용"), *rows]))


def summaries(path: Path) -> None:
    """One column in which the agent sums up the call: nobody's words."""
    rows = [
        (
            n,
            NAMES[n % 5],
            NAMES[(n + 1) % 5],
            f"{THINGS[n % 4]} 배송 지연 문의하여 익일 도착 안내함.",
        )
        for n in range(24)
    ]
    workbook(path, ("상담", [("번호", "고객", "상담사", "상담내용"), *rows]))


def english_headings(path: Path) -> list[Pair]:
    """A messenger's list with English headings and ratings."""
    rows = [
        (f"c-{n}", clock(n).isoformat(), q, a, f"agent{n % 3}", n % 5 + 1)
        for n, (q, a) in enumerate(said())
    ]
    head = ("conversation_id", "created_at", "customer_message", "agent_reply", "agent", "csat")
    delimited(path, [head, *rows], "utf-8")
    return said()


def seconds_since_1970(path: Path) -> list[Pair]:
    """JSON Lines of messages with moments as numbers, a robot's greeting among them, shuffled."""
    lines = []
    for n, (q, a) in enumerate(said()):
        first = int(clock(n, 60).timestamp())
        turns = (
            ("admin", a, 90),
            ("bot", "상담 시간은 9시부터 18시까지입니다.", -5),
            ("user", q, 0),
        )
        lines += [
            {"conversation_id": n, "author_type": who, "body": text, "created_at": first + later}
            for who, text, later in turns
        ]
    path.write_text(
        "\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8"
    )
    return said()


def heading_on_every_page(path: Path) -> list[Pair]:
    """A printed list: its heading row again after every ten rows."""
    head = ("번호", "문의내용", "답변내용")
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        if n % 10 == 0:
            rows.append(head)
        rows.append((n + 1, q, a))
    workbook(path, ("인쇄", rows))
    return said()


def staggered_turns(path: Path) -> list[Pair]:
    """A column a speaker, a row a turn."""
    rows: list[Row] = [("No", "고객", "상담사")]
    for n, (q, a) in enumerate(said()):
        rows += [(2 * n + 1, q, None), (2 * n + 2, None, a)]
    workbook(path, ("대화", rows))
    return said()


def reversed_without_time(path: Path) -> None:
    """Newest row on top, and nothing that tells so."""
    rows: list[Row] = []
    for q, a in said():
        rows += [("고객", q), ("상담사", a)]
    workbook(path, ("대화", [("화자", "내용"), *reversed(rows)]))


def names_beside_words(path: Path) -> list[Pair]:
    """Headings of people that hold the words of the real ones: 문의자, 답변자."""
    rows = [
        (n, NAMES[n % 5], q, NAMES[(n + 1) % 5], a, f"{clock(n):%Y/%m/%d}")
        for n, (q, a) in enumerate(said())
    ]
    head = ("번호", "문의자", "문의 내용", "답변자", "답변 내용", "답변일")
    workbook(path, ("문의", [head, *rows]))
    return said()


def numbered_turns(path: Path) -> list[Pair]:
    """Turns of a call by number, the rows sorted by speaker."""
    turns = [
        row for n, (q, a) in enumerate(said()) for row in ((n, 1, "고객", q), (n, 2, "상담원", a))
    ]
    rows = sorted(turns, key=lambda row: (row[2] == "고객", row[0]))
    workbook(path, ("발화", [("통화번호", "발화순번", "화자구분", "발화내용"), *rows]))
    return said()


def interleaved_calls(path: Path) -> list[Pair]:
    """Two conversations a time, their lines between each other, in order of time."""
    rows: list[Row] = [("세션ID", "일시", "발화자", "발화")]
    pairs = said()
    for n in range(0, len(pairs), 2):
        turns = (
            (n, "고객", pairs[n][0]),
            (n + 1, "고객", pairs[n + 1][0]),
            (n, "상담사", pairs[n][1]),
            (n + 1, "상담사", pairs[n + 1][1]),
        )
        rows += [
            (
                f"S{number:03}",
                f"{clock(n) + timedelta(seconds=20 * step):%Y-%m-%d %H:%M:%S}",
                who,
                text,
            )
            for step, (number, who, text) in enumerate(turns)
        ]
    delimited(path, rows)
    return said()


def database_dump(path: Path) -> list[Pair]:
    """A database's own export: tabs, backslashes before quotes, \\N where nothing stands."""
    lines = ["id\tquestion\tanswer\tagent_name\tmemo"]
    for n, (q, a) in enumerate(said()):
        lines.append(f'"{n}"\t"{q} \\"급해요\\""\t"{a}"\t"{NAMES[n % 5]}"\t\\N')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [(f'{q} "급해요"', a) for q, a in said()]


def transfer_between_agents(path: Path) -> list[Pair]:
    """One number for two calls on different days: no answer to yesterday's question."""
    rows: list[Row] = [("고객번호", "일시", "구분", "내용")]
    for n, (q, a) in enumerate(said()):
        day = START + timedelta(days=n)
        rows.append(("C-1001", f"{day:%Y-%m-%d %H:%M}", "고객", q))
        rows.append(("C-1001", f"{day + timedelta(minutes=3):%Y-%m-%d %H:%M}", "상담사", a))
    workbook(path, ("이력", rows))
    return said()


def long_cover(path: Path) -> list[Pair]:
    """Forty lines of a cover above the headings, with a notice that holds their words."""
    cover: list[Row] = [("고객센터 상담 내역",), ("문의와 답변은 외부에 공개할 수 없습니다.",)]
    cover += [("조회조건", "기간", "2026-03-01 ~ 2026-03-31")] + [()] * 37
    rows = [(n, q, a) for n, (q, a) in enumerate(said())]
    workbook(path, ("출력", [*cover, ("연번", "고객 문의사항", "상담사 답변"), *rows]))
    return said()


def error_cells(path: Path) -> None:
    """Answers by formulas that all went wrong."""
    workbook(path, ("상담", [("문의내용", "답변내용"), *((q, "#REF!") for q, _ in said())]))


def unanswered(path: Path) -> None:
    """A board on which nobody has answered yet."""
    workbook(
        path, ("게시판", [("제목", "문의내용", "답변"), *(("문의", q, None) for q, _ in said())])
    )


@dataclass(frozen=True)
class CallCentreExport:
    """A builder and the name of the file it writes."""

    file_name: str
    write: Callable[[Path], list[Pair] | None]


EXPORTS = (
    CallCentreExport("상담이력_202603.xlsx", crm_memo),
    CallCentreExport("상품문의.csv", shop_questions),
    CallCentreExport("userchat.xlsx", messenger_two_sheets),
    CallCentreExport("채팅상담.csv", chat_with_system_lines),
    CallCentreExport("게시판.xls", board_page),
    CallCentreExport("stt.csv", speech_channels),
    CallCentreExport("두줄제목.xlsx", two_heading_rows),
    CallCentreExport("월별.xlsx", months_with_totals),
    CallCentreExport("faq_행.xlsx", kinds_below_each_other),
    CallCentreExport("voc_상태.xlsx", states_as_answers),
    CallCentreExport("최신순.xlsx", newest_call_first),
    CallCentreExport("화자이름.xlsx", titled_speakers),
    CallCentreExport("녹취.xlsx", timed_transcripts),
    CallCentreExport("대화.txt", plain_transcript),
    CallCentreExport("카톡.txt", group_chat_of_names),
    CallCentreExport("tickets.csv", ticket_comments),
    CallCentreExport("설문.xlsx", form_replies),
    CallCentreExport("faq.xlsx", merged_categories),
    CallCentreExport("병합.xlsx", answers_over_rows),
    CallCentreExport("유니코드.txt", unicode_text),
    CallCentreExport("sep.csv", separator_line),
    CallCentreExport("쉼표.csv", unquoted_commas),
    CallCentreExport("넥사크로.xls", spreadsheet_xml),
    CallCentreExport("구버전.xls", old_workbook),
    CallCentreExport("1대1문의.xlsx", escaped_markup),
    CallCentreExport("voc.xlsx", opinions_and_measures),
    CallCentreExport("통계옆.xlsx", figures_beside),
    CallCentreExport("답변먼저.xlsx", answer_first),
    CallCentreExport("고객명단.xlsx", customer_list),
    CallCentreExport("한마디.xlsx", one_word_answers),
    CallCentreExport("요약.xlsx", summaries),
    CallCentreExport("conversations.csv", english_headings),
    CallCentreExport("messages.jsonl", seconds_since_1970),
    CallCentreExport("인쇄.xlsx", heading_on_every_page),
    CallCentreExport("엇갈림.xlsx", staggered_turns),
    CallCentreExport("역순.xlsx", reversed_without_time),
    CallCentreExport("문의자답변자.xlsx", names_beside_words),
    CallCentreExport("발화순번.xlsx", numbered_turns),
    CallCentreExport("섞인세션.csv", interleaved_calls),
    CallCentreExport("dump.tsv", database_dump),
    CallCentreExport("고객번호.xlsx", transfer_between_agents),
    CallCentreExport("표지.xlsx", long_cover),
    CallCentreExport("오류.xlsx", error_cells),
    CallCentreExport("미답변.xlsx", unanswered),
)
