"""More exports as offices have them: text messages, mail, unfinished lists, programs' answers."""

import json
from collections.abc import Sequence
from datetime import timedelta
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

_SHOP = "1588-0000"
_AD = "(광고) 3월 특가 행사가 시작되었습니다. 무료수신거부 080-123-4567"


def _number(n: int) -> str:
    return f"010-5550-{n:04}"


def texts_by_sender_and_recipient(path: Path) -> list[Pair]:
    """Conversations of five customers, one beginning while another goes on."""
    rows = []
    for n, (q, a) in enumerate(said()):
        asked, replied = clock(n, 3), clock(n, 3) + timedelta(minutes=8)
        rows.append((str(asked), "수신", _number(n % 5), _SHOP, "SMS", q))
        rows.append((str(replied), "발신", _SHOP, _number(n % 5), "LMS", a))
    head = ("발송일시", "구분", "발신번호", "수신번호", "유형", "메시지 내용")
    delimited(path, (head, *sorted(rows)), encoding="cp949")
    return said()


def texts_newest_first_with_notices(path: Path) -> list[Pair]:
    """Every third is not answered; everyone gets a notice two days later."""
    rows, head = [], ("발송시각", "수신/발신", "휴대폰번호", "메시지")
    for n, (q, a) in enumerate(said()):
        rows.append((clock(n, 3), "수신", _number(n), q))
        if n % 3:
            rows.append((clock(n, 3) + timedelta(minutes=8), "발신", _number(n), a))
        notice = "[행복몰] 회원 등급이 새로 정해졌습니다. 앱에서 확인해 주세요."
        rows.append((clock(n, 3) + timedelta(days=2), "발신", _number(n), notice))
        rows.append((clock(n, 3) + timedelta(minutes=20), "발신", _number(n), _AD))
    workbook(path, ("문자", [head, *sorted(rows, reverse=True)]))
    return [pair for n, pair in enumerate(said()) if n % 3]


def texts_by_name(path: Path) -> list[Pair]:
    rows, head = [], ("일시", "구분", "상대방", "문자내용")
    for n, (q, a) in enumerate(said()):
        asked = clock(n, 300)
        rows.append((asked, "수신", NAMES[n % 5], q))
        rows.append((asked + timedelta(minutes=8), "발신", NAMES[n % 5], a))
    workbook(path, ("문자", [head, *sorted(rows)]))
    return said()


def calls_summed_up_by_number(path: Path) -> None:
    """In and out from one number, but each row is a call of its own."""
    head: Row = ("통화일시", "수발신", "전화번호", "통화시간", "내용")
    rows = [
        (clock(n), ("수신", "발신")[n % 2], _number(n % 5), "00:03:10", f"{q} {a}")
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("통화", [head, *rows]))


def calls_noted_by_name(path: Path) -> None:
    head: Row = ("일시", "구분", "고객명", "상담내용")
    rows = [
        (clock(n), ("수신", "발신")[n % 2], NAMES[n % 5], f"{q[:-1]} 문의하여 확인 후 안내함")
        for n, (q, _) in enumerate(said())
    ]
    workbook(path, ("상담일지", [head, *rows]))


def mail_with_quotes(path: Path) -> list[Pair]:
    """Each answer quotes the mail that it answers, in the manner of one program or another."""
    rows: list[Row] = [("티켓번호", "날짜", "발신자 구분", "본문")]
    for n, (q, a) in enumerate(said()):
        below = (
            f"2026년 3월 2일 (월) 오전 9:03, 김민지 <mj@naver.com>님이 작성:\n> {q}\n>",
            f"-----Original Message-----\nFrom: mj@naver.com\n> {q}",
            "보낸 사람: 김민지 <mj@naver.com>\n보낸 날짜: 2026년 3월 2일 월요일\n"
            f"받는 사람: cs@happymall.co.kr\n제목: 문의\n\n{q}",
            f"On Mon, Mar 2, 2026 at 9:03 AM Kim <mj@naver.com> wrote:\n> {q}",
        )[n % 4]
        rows += [
            (f"T{n}", clock(2 * n), "고객", q),
            (f"T{n}", clock(2 * n + 1), "상담원", f"{a}\n\n{below}"),
        ]
    workbook(path, ("메일", rows))
    return said()


def mail_between_addresses(path: Path) -> list[Pair]:
    """Threads of six customers mixed up."""
    rows, head = [], ("날짜", "구분", "보낸사람", "받는사람", "내용")
    for n, (q, a) in enumerate(said()):
        customer = f"minji.kim{n % 6}@naver.com"
        rows.append((clock(n, 5), "수신", customer, "cs@happymall.co.kr", q))
        replied = clock(n, 5) + timedelta(minutes=12)
        rows.append((replied, "발신", "cs@happymall.co.kr", customer, a))
    workbook(path, ("메일", [head, *sorted(rows)]))
    return said()


def states_among_answers(path: Path) -> list[Pair]:
    states = ("답변대기", "미답변", "처리중", "-", "확인 중입니다", "접수완료")
    rows = [(n, q, a if n % 4 else states[n // 4]) for n, (q, a) in enumerate(said())]
    workbook(path, ("목록", [("번호", "문의내용", "답변내용"), *rows]))
    return [pair for n, pair in enumerate(said()) if n % 4]


def ditto_among_answers(path: Path) -> list[Pair]:
    words = ("상동", "위와 동일", "〃", "동일", "위와 같음", '"', "위 내용과 동일함", "(상동)")
    rows = [(n, q, a if n % 3 != 2 else words[n // 3]) for n, (q, a) in enumerate(said())]
    workbook(path, ("목록", [("번호", "문의내용", "답변내용"), *rows]))
    return [pair for n, pair in enumerate(said()) if n % 3 != 2]


def columns_change_places(path: Path) -> list[Pair]:
    """The same headings once more below, answers before questions."""
    above, below = said()[:12], said()[12:]
    rows: list[Row] = [("번호", "문의", "답변"), *((n, q, a) for n, (q, a) in enumerate(above))]
    rows += [("번호", "답변", "문의"), *((n, a, q) for n, (q, a) in enumerate(below))]
    workbook(path, ("목록", rows))
    return said()


def signatures_below(path: Path) -> list[Pair]:
    rows: list[Row] = [("No.", "고객명", "상담 요청사항", "상담사 안내사항", "비고")]
    rows += [(n, NAMES[n % 5], q, a, "") for n, (q, a) in enumerate(said())]
    rows += [(), ("작성자: 홍길순", "", "확인자: 남궁민", "(서명)", "")]
    workbook(path, ("내역서", rows))
    return said()


def what_a_bot_should_have_said(path: Path) -> list[Pair]:
    """An appraisal of a bot: its answers are those of other questions."""
    rows = [
        (n, q, said()[(n + 5) % 24][1], a, ("O", "X")[n % 2]) for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("평가", [("No", "질문", "챗봇 답변", "정답", "평가"), *rows]))
    return said()


def replies_by_number(path: Path) -> list[Pair]:
    """A board: all questions of a morning, then the answers; each names what it replies to."""
    rows = []
    for n, (q, a) in enumerate(said()):
        rows.append((100 + n, "", "질문", q, clock(n)))
        rows.append((200 + n, 100 + n, "답변", a, clock(n) + timedelta(hours=3)))
    rows.sort(key=lambda row: row[4])
    workbook(path, ("글", [("글번호", "부모글번호", "구분", "내용", "등록일시"), *rows]))
    return said()


def questions_apart_from_answers(path: Path) -> None:
    """As above, and nothing says what an answer replies to."""
    rows: list[Row] = [("질문", q, clock(n)) for n, (q, _) in enumerate(said())]
    rows += [("답변", a, clock(n) + timedelta(hours=3)) for n, (_, a) in enumerate(said())]
    workbook(path, ("글", [("구분", "내용", "등록일시"), *rows]))


def participants(path: Path) -> list[Pair]:
    rows: list[Row] = [("Conversation ID", "Participant Purpose", "Message Time", "Text Body")]
    for n, (q, a) in enumerate(said()):
        sides = (("customer", q), ("workflow", "상담원을 연결하고 있습니다."), ("agent", a))
        rows += [
            (f"c-{n // 4}", side, f"{clock(3 * n + step):%Y-%m-%dT%H:%M:%S.000Z}", text)
            for step, (side, text) in enumerate(sides)
        ]
    workbook(path, ("Export", rows))
    return said()


def _document(path: Path, found: object) -> list[Pair]:
    path.write_text(json.dumps(found, ensure_ascii=False, indent=2), encoding="utf-8")
    return said()


def answer_of_a_service(path: Path) -> list[Pair]:
    rows = [{"no": n, "inquiryContent": q, "answerContent": a} for n, (q, a) in enumerate(said())]
    return _document(path, {"code": 200, "data": {"total": len(rows), "list": rows}})


def transcript_of_a_call(path: Path) -> list[Pair]:
    said_by = [
        {"ParticipantId": side, "Content": text, "BeginOffsetMillis": 9000 * (2 * n + step)}
        for n, pair in enumerate(said())
        for step, (side, text) in enumerate(zip(("CUSTOMER", "AGENT"), pair, strict=True))
    ]
    people = [{"ParticipantId": "AGENT", "ParticipantRole": "AGENT"}]
    return _document(path, {"Language": "ko-KR", "Participants": people, "Transcript": said_by})


def tickets_with_comments(path: Path) -> list[Pair]:
    tickets = [
        {
            "id": n,
            "comments": [
                {"author_role": "end-user", "body": q, "created_at": f"2026-03-02T09:{n:02}:00Z"},
                {"author_role": "agent", "body": a, "created_at": f"2026-03-02T09:{n:02}:30Z"},
            ],
        }
        for n, (q, a) in enumerate(said())
    ]
    return _document(path, {"tickets": tickets, "count": len(tickets), "next_page": None})


def task_and_input(path: Path) -> list[Pair]:
    """The task is the same all over: the customer said the input."""
    rows = [{"instruction": "문의에 답하세요.", "input": q, "output": a} for q, a in said()]
    return _document(path, rows)


def question_and_input(path: Path) -> list[Pair]:
    """Some questions have something added to them."""
    added = [f"주문번호는 {n}번입니다." if n % 3 == 0 else "" for n in range(24)]
    rows = [
        {"instruction": q, "input": more, "output": a}
        for (q, a), more in zip(said(), added, strict=True)
    ]
    _document(path, rows)
    return [(f"{q} {more}".strip(), a) for (q, a), more in zip(said(), added, strict=True)]


def line_on_a_phone(path: Path) -> list[Pair]:
    """Parted by tabs below the line of a day; messages of two lines are in quotes."""
    lines = ["[LINE] 이하은님과의 대화", "저장 시간: 2026.03.09 10:11", "", "2026.03.02 월요일"]
    for n, (q, a) in enumerate(said()):
        when = f"{clock(n, 3):%H:%M}"
        lines += [f"{when}\t이하은\t{q}", f"{when}\t이하은\t[사진]"]
        lines += [f'{when}\t행복몰 상담사\t"{a}', '고맙습니다."']
    lines.append("10:59\t이하은님이 나갔습니다.")
    path.write_text("\n".join(lines), encoding="utf-8")
    return [(q, f"{a} 고맙습니다.") for q, a in said()]


def messages_in_dated_lines(path: Path) -> list[Pair]:
    lines = ["톡톡 대화내역", ""]
    for n, (q, a) in enumerate(said()):
        when = f"[{clock(n, 3):%Y.%m.%d %H:%M}]"
        lines += [f"{when} 하은*** : {q}", f"{when} 행복몰 상담사 : {a}"]
    path.write_text("\r\n".join(lines), encoding="utf-8-sig")
    return said()


def asked_again_beside(path: Path) -> list[Pair]:
    """A row may hold a second question and its answer, under headings of their own."""
    first, second = said()[:12], said()[12:]
    head = ("번호", "고객명", "문의내용", "답변내용", "추가문의", "추가답변", "담당자")
    rows = [
        (n, NAMES[n % 5], *first[n], *(second[n] if n % 3 == 0 else ("", "")), NAMES[1])
        for n in range(12)
    ]
    workbook(path, ("목록", [head, *rows]))
    return first + [second[n] for n in range(12) if n % 3 == 0]


def contents_and_replies_side_by_side(path: Path) -> list[Pair]:
    rows = [(*one, *other) for one, other in zip(said()[:12], said()[12:], strict=True)]
    workbook(path, ("목록", [("내용", "답변") * 2, *rows]))
    return said()


def lines_below_a_query(path: Path) -> list[Pair]:
    """Two lines of one cell below the rows, whose last column is not one of those read."""
    rows = [(f"R{n}", q, a, "완료") for n, (q, a) in enumerate(said())]
    delimited(path, (("접수번호", "문의내용", "답변내용", "상태"), *rows))
    below = '"조회건수: 24건"\r\n"출력일시: 2026-03-31 10:00"\r\n'
    path.write_bytes(path.read_bytes() + below.encode())
    return said()


def a_line_below_the_last_answer(path: Path) -> list[Pair]:
    """It may be the end of the answer above, which is left out."""
    rows = [(f"R{n}", q, a) for n, (q, a) in enumerate(said())]
    delimited(path, (("접수번호", "문의내용", "답변내용"), *rows))
    path.write_bytes(path.read_bytes() + "감사합니다.\r\n".encode())
    return said()[:-1]


def _two_answers(path: Path, first: str, second: str) -> list[Pair]:
    rows = [(n, q, f"예전에는 {n}일 걸렸습니다.", a) for n, (q, a) in enumerate(said())]
    workbook(path, ("목록", [("번호", "문의", first, second), *rows]))
    return said()


def answers_before_and_after(path: Path) -> list[Pair]:
    return _two_answers(path, "기존답변", "수정답변")


def old_and_new_answers(path: Path) -> list[Pair]:
    return _two_answers(path, "답변(구)", "답변(신)")


def answers_and_last_answers(path: Path) -> list[Pair]:
    return _two_answers(path, "답변", "최종 답변")


def several_columns_of_comments(path: Path) -> None:
    """Nothing says which of them the customer saw."""
    head = ("Issue key", "Description", "Comment", "Comment", "Comment")
    rows = [
        (f"CS-{n}", q, f"02/Mar/26;agent1;{n}번 건을 전달했습니다.", f"02/Mar/26;agent1;{a}", "")
        for n, (q, a) in enumerate(said())
    ]
    delimited(path, (head, *rows))


def complaints(path: Path) -> list[Pair]:
    head = ("접수일", "불만내용", "원인", "조치사항", "재발방지대책")
    rows = [
        (clock(n), q, f"{n}번 창고에서 늦게 나갔습니다.", a, "다시 교육합니다.")
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("대장", [head, *rows]))
    return said()


EVERYDAY: Sequence[tuple[Build, str]] = (
    (texts_by_sender_and_recipient, "a.csv"),
    (texts_newest_first_with_notices, "a.xlsx"),
    (texts_by_name, "a.xlsx"),
    (calls_summed_up_by_number, "a.xlsx"),
    (calls_noted_by_name, "a.xlsx"),
    (mail_with_quotes, "a.xlsx"),
    (mail_between_addresses, "a.xlsx"),
    (states_among_answers, "a.xlsx"),
    (ditto_among_answers, "a.xlsx"),
    (columns_change_places, "a.xlsx"),
    (signatures_below, "a.xlsx"),
    (what_a_bot_should_have_said, "a.xlsx"),
    (replies_by_number, "a.xlsx"),
    (questions_apart_from_answers, "a.xlsx"),
    (participants, "a.xlsx"),
    (answer_of_a_service, "a.json"),
    (transcript_of_a_call, "a.json"),
    (tickets_with_comments, "a.json"),
    (task_and_input, "a.json"),
    (question_and_input, "a.json"),
    (line_on_a_phone, "a.txt"),
    (messages_in_dated_lines, "a.txt"),
    (asked_again_beside, "a.xlsx"),
    (contents_and_replies_side_by_side, "a.xlsx"),
    (lines_below_a_query, "a.csv"),
    (a_line_below_the_last_answer, "a.csv"),
    (answers_before_and_after, "a.xlsx"),
    (old_and_new_answers, "a.xlsx"),
    (answers_and_last_answers, "a.xlsx"),
    (several_columns_of_comments, "a.csv"),
    (complaints, "a.xlsx"),
)
"""Builders and names of files; the pairs that their owners expect come from the builders."""
