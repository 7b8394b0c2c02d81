"""Exports as desks, messengers and boards really write them, with the pairs their owner expects.

Each builder is named by what is special about its export. All people and numbers are made up.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from tests.unit.intake import other_formats

Rows = list[list[object]]
Pair = tuple[str, str]

PAIRS: list[Pair] = [
    ("배송은 언제 오나요?", "내일 오후에 도착합니다."),
    ("환불하고 싶어요", "환불을 접수했습니다. 3일 걸립니다."),
    ("색상 변경이 되나요?", "출고 전이라 변경해 드렸습니다."),
    ("영수증을 다시 받고 싶습니다", "메일로 다시 보내 드렸습니다."),
    ("비밀번호를 잊어버렸어요", "로그인 화면에서 다시 정하실 수 있습니다."),
    ("쿠폰이 적용되지 않아요", "기간이 지난 쿠폰입니다. 새로 드렸습니다."),
    ("교환 신청은 어떻게 하나요?", "주문 내역에서 교환 단추를 눌러 주세요."),
    ("매장 영업시간이 궁금해요", "평일은 열 시부터 여덟 시까지입니다."),
    ("포인트가 안 쌓였어요", "확인해서 오늘 안에 적립해 드리겠습니다."),
    ("주소를 잘못 적었어요", "새 주소로 고쳐 두었습니다."),
    ("제품에서 소리가 나요", "점검 기사님을 보내 드리겠습니다."),
    ("해지하려면 어떻게 해요?", "해지 신청을 도와 드리겠습니다."),
]
AGENTS = ["나래울", "도담솔", "김하나"]
CUSTOMERS = ["한여름", "박가람", "이서준", "최유나", "정다운", "오세라"]
BEGIN = datetime(2026, 3, 2, 9, 3)


def at(minutes: float) -> datetime:
    return BEGIN + timedelta(minutes=minutes)


def korean(moment: datetime) -> str:
    half = "오전" if moment.hour < 12 else "오후"
    return f"{moment:%Y-%m-%d} {half} {(moment.hour - 1) % 12 + 1}:{moment:%M}"


def agent(number: int) -> str:
    return AGENTS[number % len(AGENTS)]


def customer(number: int) -> str:
    return CUSTOMERS[number % len(CUSTOMERS)]


def save(path: Path, rows: Sequence[Sequence[object]], name: str = "상담") -> Path:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    workbook.save(path)
    return path


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def table(headings: str, row: Callable[[int, str, str], Sequence[object]]) -> Rows:
    """Headings parted by |, and a row a pair."""
    rows: Rows = [list(headings.split("|"))]
    return rows + [list(row(number, *pair)) for number, pair in enumerate(PAIRS)]


def pairs_table(headings: str, row: Callable[[int, str, str], Sequence[object]]):
    return lambda path: save(path, table(headings, row))


def log(headings: str, row: Callable[[int, bool, str], Sequence[object]], *, newest_first=False):
    """A row an utterance: number of the conversation, whether the customer speaks, words."""

    def build(path: Path) -> Path:
        rows = [
            list(row(number, side == 0, words))
            for number, pair in enumerate(PAIRS)
            for side, words in enumerate(pair)
        ]
        return save(path, [headings.split("|"), *(rows[::-1] if newest_first else rows)])

    return build


# Tables of questions and answers -----------------------------------------------------------------

agents_names_beside_what_they_did = pairs_table(
    "문의내용|처리내용|상담사", lambda n, q, a: (q, a, agent(n))
)
agents_names_before_the_answer = pairs_table(
    "접수일시|고객명|문의내용|담당자|답변내용|처리상태",
    lambda n, q, a: (at(n), customer(n), q, agent(n), a, "처리완료"),
)
category_called_like_a_question = pairs_table(
    "번호|문의|문의내용|상담원|상담내용",
    lambda n, q, a: (n + 1, ["배송", "환불", "교환"][n % 3], q, agent(n), a),
)
status_called_like_an_answer = pairs_table(
    "접수번호|문의유형|문의내용|답변|답변내용|답변일",
    lambda n, q, a: (n + 1, "배송", q, "완료" if n % 3 else "진행중", a, "2026-03-02"),
)
voc_list = pairs_table(
    "No|접수일|VOC유형|VOC내용|조치내용|조치자|완료일",
    lambda n, q, a: (n + 1, "2026-03-02", "불만", q, a, agent(n), "2026-03-03"),
)
measures_list = pairs_table(
    "고객|불편사항|조치사항|담당", lambda n, q, a: (customer(n), q, a, agent(n))
)
resolution_list = pairs_table(
    "Ticket ID|Requester|Subject|Description|Assignee|Resolution|Status",
    lambda n, q, a: (n + 100, "Kim Haneul", f"Re: {n}", q, "Lee Sora", a, "solved"),
)
instruction_data = pairs_table("instruction|response", lambda n, q, a: (q, a))
faq = pairs_table("분류|FAQ 질문|FAQ 답변", lambda n, q, a: ("배송", q, a))
board = pairs_table(
    "번호|제목|내용|작성자|작성일|댓글|댓글 작성자",
    lambda n, q, a: (12 - n, f"문의 {n}", q, customer(n), "2026.03.02", a, "관리자"),
)
one_to_one_board = pairs_table(
    "글번호|문의제목|문의글|문의자|등록일|답변글|답변자|답변일",
    lambda n, q, a: (n, "문의드려요", q, customer(n), "2026-03-02", a, agent(n), "2026-03-03"),
)
customer_and_agent_say = pairs_table("고객|상담사", lambda n, q, a: (q, a))
speakers_words_side_by_side = pairs_table(
    "통화ID|고객 발화|상담사 발화|고객|상담사",
    lambda n, q, a: (f"C{n}", q, a, customer(n), agent(n)),
)
google_form = pairs_table(
    "타임스탬프|1. 고객님의 성함을 적어 주세요|2. 어떤 점이 궁금하셨는지 문의 내용을 자세히 적어 "
    "주세요"
    "|3. 위 문의에 대해 상담사가 드린 답변을 적어 주세요|4. 만족도를 골라 주세요",
    lambda n, q, a: (korean(at(n)), customer(n), q, a, 5),
)
freshdesk_tickets = pairs_table(
    "Ticket ID|Subject|Description|Status|Agent|Agent reply|Created time",
    lambda n, q, a: (n, f"문의 {n}", q, "Closed", agent(n), a, at(n)),
)


def long_cover(path: Path) -> Path:
    cover: Rows = [[f"{number}. 이 자료는 내부 참고용입니다"] for number in range(40)]
    return save(path, [*cover, *table("번호|문의 내용|답변 내용", lambda n, q, a: (n, q, a))])


def two_tables_with_other_columns(path: Path) -> Path:
    upper = [["번호", "질문", "답변"], *([n, *PAIRS[n]] for n in range(6))]
    lower = [
        ["일자", "고객명", "문의내용", "담당자", "처리내용"],
        *(["2026-03-02", customer(n), PAIRS[n][0], agent(n), PAIRS[n][1]] for n in range(6, 12)),
    ]
    return save(path, [*upper, [], ["전화 상담"], *lower])


def two_tables_without_a_gap(path: Path) -> Path:
    upper = [["번호", "질문", "답변"], *([n, *PAIRS[n]] for n in range(6))]
    lower = [
        ["담당자", "문의내용", "처리내용"],
        *([agent(n), *PAIRS[n]] for n in range(6, 12)),
    ]
    return save(path, [*upper, *lower])


# Logs of utterances ------------------------------------------------------------------------------

newest_row_on_top = log(
    "대화ID|작성일시|발화자|내용",
    lambda n, asks, words: (
        f"c{n // 4}",
        korean(at(2 * n + (not asks))),
        "고객" if asks else "상담사",
        words,
    ),
    newest_first=True,
)
newest_row_on_top_within_a_minute = log(
    "대화ID|일시|발화자|내용",
    lambda n, asks, words: (
        f"c{n // 4}",
        f"{at(n // 2):%Y-%m-%d %H:%M}",
        "고객" if asks else "상담사",
        words,
    ),
    newest_first=True,
)
newest_row_on_top_by_serial_number = log(
    "상담번호|시간|화자|메시지",
    lambda n, asks, words: (
        n // 4,
        46083.25 + n / 100 + (not asks) / 500,
        "고객" if asks else "상담원",
        words,
    ),
    newest_first=True,
)
newest_row_on_top_by_epoch = log(
    "session_id|timestamp|role|content",
    lambda n, asks, words: (
        f"s{n // 3}",
        1772323507 + 60 * n + 20 * (not asks),
        "user" if asks else "assistant",
        words,
    ),
    newest_first=True,
)
newest_row_on_top_by_day_and_time = log(
    "날짜|시간|화자|내용",
    lambda n, asks, words: (
        "2026-03-02",
        f"{at(2 * n + (not asks)):%H:%M:%S}",
        "고객" if asks else "상담사",
        words,
    ),
    newest_first=True,
)
newest_row_on_top_without_times = log(
    "발화자|내용", lambda n, asks, words: ("고객" if asks else "상담사", words), newest_first=True
)
newest_row_on_top_by_turn_number = log(
    "대화ID|순번|발화자|내용",
    lambda n, asks, words: (f"c{n // 4}", 2 * n + (not asks), "고객" if asks else "상담사", words),
    newest_first=True,
)
stt_rx_tx = log(
    "통화ID|채널|시작시간|인식결과",
    lambda n, asks, words: (
        f"r{n // 4}",
        "RX" if asks else "TX",
        f"00:{n:02}:{10 + 20 * (not asks)}",
        words,
    ),
)
stt_received_sent = log(
    "콜ID|송수신|발화시각|발화내용",
    lambda n, asks, words: (
        f"r{n // 4}",
        "수신" if asks else "발신",
        at(n + 0.3 * (not asks)),
        words,
    ),
)
stt_left_right = log(
    "call_id|channel|start|text",
    lambda n, asks, words: (f"r{n // 4}", "L" if asks else "R", n * 10 + 5.5 * (not asks), words),
)
zendesk_comments = log(
    "ticket_id|created_at|author_role|author_name|public|body",
    lambda n, asks, words: (
        n // 4,
        f"{at(n + 0.5 * (not asks)):%Y-%m-%dT%H:%M:%SZ}",
        "end-user" if asks else "agent",
        customer(n // 4) if asks else agent(n // 4),
        True,
        words,
    ),
)
freshdesk_conversations = log(
    "ticket_id|incoming|private|body_text|created_at",
    lambda n, asks, words: (
        n // 4,
        asks,
        False,
        words,
        f"{at(n + 0.5 * (not asks)):%Y-%m-%dT%H:%M:%SZ}",
    ),
)
names_as_speakers = log(
    "채팅방|이름|메시지|시간",
    lambda n, asks, words: (
        f"방{n // 4}",
        customer(n // 4) if asks else "나래울",
        words,
        korean(at(n + 0.5 * (not asks))),
    ),
)
names_beside_roles = log(
    "상담ID|작성자|작성자구분|내용|작성일시",
    lambda n, asks, words: (
        n // 4,
        customer(n // 4) if asks else agent(n // 4),
        "고객" if asks else "상담원",
        words,
        korean(at(2 * n + (not asks))),
    ),
)
customers_by_name_agents_by_role = log(
    "채팅방ID|보낸사람|메시지|보낸시각",
    lambda n, asks, words: (
        f"방{n // 4}",
        customer(n // 4) if asks else "상담사 나래울",
        words,
        at(n + 0.5 * (not asks)),
    ),
)
question_and_answer_rows = log(
    "번호|구분|내용", lambda n, asks, words: (n + 1, "문의" if asks else "답변", words)
)


def private_notes(path: Path) -> Path:
    rows: Rows = [["ticket_id", "incoming", "private", "body", "created_at"]]
    for n, (question, answer) in enumerate(PAIRS):
        rows += [
            [n, True, False, question, at(10 * n)],
            [n, False, True, "이 고객 지난번에도 화냈음. 조심할 것", at(10 * n + 1)],
            [n, False, False, answer, at(10 * n + 2)],
        ]
    return save(path, rows)


def call_list(path: Path) -> Path:
    """No conversation at all."""
    return save(
        path, table("고객|상담사|통화시간", lambda n, q, a: (customer(n), agent(n), "00:03:12"))
    )


def calls_in_and_out(path: Path) -> Path:
    """Each row is a call of its own, summed up."""
    return save(
        path,
        table(
            "통화ID|구분|내용|상담사",
            lambda n, q, a: (f"c{n}", "수신" if n % 2 else "발신", q, agent(n)),
        ),
    )


def answers_are_names(path: Path) -> Path:
    return save(path, table("질문|답변", lambda n, q, a: (q, agent(n))))


def topics_beside_texts(path: Path) -> Path:
    topics = ["회원가입", "상담예약", "시스템오류", "고객등급"]
    return save(path, table("구분|내용", lambda n, q, a: (topics[n % 4], q)))


def transcript_in_a_cell(path: Path) -> Path:
    rows: Rows = [["상담일시", "상담사", "상담내용"]]
    for n in range(0, 12, 2):
        words = "\n".join(f"고객: {q}\n상담사: {a}" for q, a in PAIRS[n : n + 2])
        rows.append([at(n), agent(n), words])
    return save(path, rows)


def transcript_with_times(path: Path) -> Path:
    rows: Rows = [["티켓번호", "대화내용"]]
    for n in range(0, 12, 2):
        words = "\n".join(
            f"[09:0{k}] 고객 {customer(n)}: {q}\n[09:0{k + 1}] 상담원({agent(n)}): {a}"
            for k, (q, a) in enumerate(PAIRS[n : n + 2])
        )
        rows.append([n, f"[09:00] 상담원({agent(n)}): 안녕하세요\n{words}"])
    return save(path, rows)


def transcript_beside_a_subject(path: Path) -> Path:
    rows: Rows = [["문의내용", "상담내용"]]
    for n in range(12):
        rows.append(["배송 문의드립니다", f"고객: {PAIRS[n][0]} 상담사: {PAIRS[n][1]}"])
    return save(path, rows)


# Messengers --------------------------------------------------------------------------------------


def kakao_lines(line: Callable[[str, datetime, str], str]) -> str:
    return "\n".join(
        line("한여름" if side == 0 else "행복쇼핑 상담사", at(3 * n + side), words)
        for n, pair in enumerate(PAIRS)
        for side, words in enumerate(pair)
    )


def kakao_pc(path: Path) -> Path:
    head = "한여름 님과 카카오톡 대화\n저장한 날짜 : 2026-03-05 10:11:12\n\n"
    day = "--------------- 2026년 3월 2일 월요일 ---------------\n"

    def line(who: str, when: datetime, words: str) -> str:
        half = "오전" if when.hour < 12 else "오후"
        return f"[{who}] [{half} {when.hour}:{when:%M}] {words}"

    return write(path, "\ufeff" + head + day + kakao_lines(line) + "\n")


def kakao_mobile(path: Path) -> Path:
    head = (
        "한여름 님과 카카오톡 대화\n저장한 날짜 : 2026년 3월 5일 오전 10:11\n\n2026년 3월 2일 "
        "오전 9:03\n"
    )

    def line(who: str, when: datetime, words: str) -> str:
        return f"2026년 3월 2일 오전 {when.hour}:{when:%M}, {who} : {words}"

    return write(path, head + kakao_lines(line) + "\n")


def kakao_csv(path: Path) -> Path:
    def line(who: str, when: datetime, words: str) -> str:
        return f'{when:%Y-%m-%d %H:%M:%S},"{who}","{words}"'

    return write(path, "\ufeffDate,User,Message\n" + kakao_lines(line) + "\n")


BROKEN_LINE, ESCAPED = "먼저\n", '\\"네\\" '

# Text files --------------------------------------------------------------------------------------


def csv_lines(row: Callable[[int, str, str], str], head: str = "번호,질문,답변,비고") -> str:
    return "\n".join([head, *(row(n, q, a) for n, (q, a) in enumerate(PAIRS))]) + "\n"


def unquoted_comma(path: Path) -> Path:
    """In the fourth pair's question."""
    text = csv_lines(lambda n, q, a: f"{n},{'그런데, ' if n == 3 else ''}{q},{a},")
    return write(path, text)


def unquoted_line_break(path: Path) -> Path:
    """In the fourth pair's answer."""
    return write(
        path, csv_lines(lambda n, q, a: f"{n},{q},{BROKEN_LINE if n == 3 else ''}{a},메모")
    )


def mysql_escapes(path: Path) -> Path:
    text = csv_lines(lambda n, q, a: f'{n},"{q}","{ESCAPED if n == 3 else ""}{a}",' + "\\N")
    return write(path, text)


def one_broken_byte(path: Path) -> Path:
    """In the fourth pair's answer, in a CP949 file."""
    content = csv_lines(lambda n, q, a: f"{n},{q},{a},").encode("cp949")
    whole = PAIRS[3][1].encode("cp949")
    assert content.count(whole) == 1
    path.write_bytes(content.replace(whole, whole[:4] + b"\xff" + whole[5:]))
    return path


def json_lines(path: Path) -> Path:
    lines = [
        json.dumps(
            {
                "id": n,
                "messages": [
                    {"role": "system", "content": "친절한 상담사입니다."},
                    {"role": "user", "content": question},
                    {"role": "assistant", "content": answer},
                ],
            },
            ensure_ascii=False,
        )
        for n, (question, answer) in enumerate(PAIRS)
    ]
    return write(path, "\n".join(lines) + "\n")


def json_lines_of_pairs(path: Path) -> Path:
    lines = [
        json.dumps({"instruction": question, "output": answer}, ensure_ascii=False)
        for question, answer in PAIRS
    ]
    return write(path, "\n".join(lines) + "\n")


def board_as_html(path: Path) -> Path:
    rows = "".join(
        f"<tr><td>{n}</td><td>{customer(n)}</td><td>{q}<br>부탁드려요</td><td><p>{a}</p></td></tr>"
        for n, (q, a) in enumerate(PAIRS)
    )
    return write(
        path,
        "<html><head><meta charset='utf-8'><style>td{color:red}</style>"
        "<script>document.write('질문')</script></head><body><table><tr><td>메뉴</td></tr></table>"
        "<table border=1><tr><th>번호</th><th>작성자</th><th>문의 내용</th><th>답변 내용</th></tr>"
        f"{rows}</table></body></html>",
    )


def html_in_cells(path: Path) -> Path:
    return save(
        path,
        table(
            "문의내용|답변내용",
            lambda n, q, a: (
                f"<p>{q}</p>",
                f"<div>{a}</div><br/>&lt;감사&gt;&nbsp;합니다 &amp; 네",
            ),
        ),
    )


def flat_ods(path: Path) -> Path:
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
            "</table:table-cell>"
            for text in row
        )
        + "</table:table-row>"
        for row in (("질문", "답변"), *PAIRS)
    )
    return write(
        path,
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {spaces} '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="상담">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document>",
    )


# Answers over several rows -----------------------------------------------------------------------


def answers_over_rows(path: Path, *, merge: bool = False) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["번호", "질문", "답변"])
    for n, (question, answer) in enumerate(PAIRS):
        sheet.append([n + 1, question, answer])
        if n % 3 == 0:
            sheet.append([None, None, "더 궁금하시면 전화 주세요."])
            if merge:
                top = sheet.max_row - 1
                sheet.merge_cells(f"A{top}:A{top + 1}")
                sheet.merge_cells(f"B{top}:B{top + 1}")
    workbook.save(path)
    return path


def answers_over_merged_rows(path: Path) -> Path:
    return answers_over_rows(path, merge=True)


def answers_over_merged_rows_of_an_ods(path: Path) -> Path:
    """The same as LibreOffice writes it."""
    from openpyxl import load_workbook

    sheet = load_workbook(answers_over_merged_rows(path.with_suffix(".xlsx"))).active
    rows = [
        ["" if cell is None else str(cell) for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]
    merged = [
        (cells.min_row - 1, cells.max_row - 1, cells.min_col - 1)
        for cells in sheet.merged_cells.ranges
    ]
    return other_formats.ods(path, rows, merged=merged)


CONTINUED: list[Pair] = [
    (q, f"{a} 더 궁금하시면 전화 주세요." if n % 3 == 0 else a) for n, (q, a) in enumerate(PAIRS)
]


def answers_without_a_number(path: Path) -> Path:
    """Nothing tells whether the fourth row's answer belongs to the row above."""
    rows: Rows = [["질문", "답변"], *map(list, PAIRS[:3]), ["", "그리고 내일 전화 드릴게요."]]
    return save(path, [*rows, *map(list, PAIRS[3:])])
