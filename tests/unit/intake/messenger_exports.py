"""Chats, mails and calls whose speakers something beside them tells: what an owner expects.

A builder that returns None writes an export of which nothing may be accepted.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random

from tests.unit.intake.call_centre_exports import (
    NAMES,
    Build,
    Pair,
    Row,
    clock,
    said,
    spoken,
    workbook,
)


def _csv(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def _text(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join(lines), encoding="utf-8")


def _mails() -> Iterator[tuple[int, bool, str, str, datetime]]:
    """Case, whether a customer wrote it, address, words and time; a case has up to three pairs."""
    for n, (q, a) in enumerate(said()):
        case, turn = n // 3, n % 3
        moment = clock(2 * case + 20 * turn)
        yield case, True, f"{case}@corp.example", q, moment
        yield case, False, "help@shop.example", a, clock(2 * case + 20 * turn + 9)


def mails_of_cases(path: Path, owner: str = "ParentId") -> list[Pair]:
    """Mails in no order, of cases that stand in another table; drafts (5) were never sent."""
    rows: list[Row] = [
        (n, 5_000_000 + case, int(asks), address, f"{text}\n\n> 이전 글", moment, 1 if asks else 3)
        for n, (case, asks, address, text, moment) in enumerate(_mails())
    ]
    rows += [
        (900 + n, 5_000_000 + n, 0, "help@shop.example", "확인 중입니다.", clock(2 * n + 1), 5)
        for n in range(4)
    ]
    Random(3).shuffle(rows)
    head = ("Id", owner, "Incoming", "FromAddress", "TextBody", "MessageDate", "Status")
    _csv(path, [head, *((*row[:4], str(row[4]).split("\n")[0], *row[5:]) for row in rows)])
    return said()


def mails_of_nobody_knows_which_case(path: Path) -> None:
    """The same without the case: customers ask while others wait."""
    rows = [
        (int(asks), address, text, moment)
        for _, asks, address, text, moment in sorted(_mails(), key=lambda mail: mail[4])
    ]
    _csv(path, [("Incoming", "FromAddress", "TextBody", "MessageDate"), *rows])


def customers_one_after_the_other(path: Path) -> list[Pair]:
    """Customers come back, but nobody asks while another one waits."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        rows += [("고객", NAMES[n % 5], q, clock(2 * n)), ("상담사", "", a, clock(2 * n + 1))]
    _csv(path, [("구분", "이름", "내용", "일시"), *rows])
    return said()


def what_was_not_sent(
    path: Path,
    heading: str = "발송상태",
    sent: str = "발송완료",
    states: Sequence[str] = ("발송실패",),
) -> list[Pair]:
    """Agents wrote something else at first, which the customer never got."""
    rows: list[Row] = [("상담번호", "발화자", "내용", "일시", heading)]
    for n, (q, a) in enumerate(said()):
        rows.append((n, "고객", q, clock(3 * n), sent))
        if n % 3 == 0:
            state = states[n % len(states)]
            rows.append((n, "상담사", "그 부분은 정책상 어렵습니다.", clock(3 * n + 1), state))
        rows.append((n, "상담사", a, clock(3 * n + 2), sent))
    _csv(path, rows)
    return said()


def answers_that_are_drafts(path: Path) -> list[Pair]:
    """A question and its answer in one row; some answers wait for somebody to send them."""
    rows = [(q, a, "임시저장" if n % 4 == 0 else "답변완료") for n, (q, a) in enumerate(said())]
    _csv(path, [("문의내용", "답변내용", "답변상태"), *rows])
    return [pair for n, pair in enumerate(said()) if n % 4]


def cases_that_are_cancelled(path: Path) -> list[Pair]:
    """The state is the case's, not that of what was written."""
    rows = [
        (q, a, ("처리완료", "예약취소", "삭제요청", "보류")[n % 4])
        for n, (q, a) in enumerate(said())
    ]
    _csv(path, [("문의내용", "답변내용", "상태"), *rows])
    return said()


def removed_messages_of_channels(path: Path) -> list[Pair]:
    """Newest first; roles stand beside the authors, and removed messages keep their words."""

    def message(
        step: int, text: str, kind: str = "", *, removed: bool = False
    ) -> dict[str, object]:
        user = {"nickname": NAMES[step % 5], "metadata": {"type": kind}}
        told = {"type": "MESG", "user": user} if kind else {"type": "ADMM", "custom_type": ""}
        moment = {"created_at": int(clock(step).timestamp() * 1000)}
        return {**told, **moment, "message": text, "is_removed": removed}

    channels = [
        {
            "channel_url": f"channel_{n}",
            "members": [{"nickname": NAMES[n % 5]}, {"nickname": "정민아"}],
            "messages": [
                message(8 * n + 5, "상담이 종료되었습니다."),
                message(8 * n + 4, a, "operator"),
                message(8 * n + 3, "다른 고객님 답변입니다.", "operator", removed=True),
                message(8 * n + 2, q, "member"),
                message(8 * n + 1, "상담이 시작되었습니다."),
            ],
        }
        for n, (q, a) in enumerate(said())
    ]
    path.write_text(json.dumps({"channels": channels}, ensure_ascii=False), encoding="utf-8")
    return said()


def orders_that_wait(path: Path) -> list[Pair]:
    """The state is that of the goods, beside all that is said of them."""
    rows: list[Row] = [("주문번호", "구분", "내용", "일시", "발송상태")]
    for n, (q, a) in enumerate(said()):
        state = ("발송완료", "발송대기", "취소")[n % 3]
        rows += [(n, "고객", q, clock(2 * n), state), (n, "상담사", a, clock(2 * n + 1), state)]
    _csv(path, rows)
    return said()


def drafts_in_a_cell(path: Path) -> list[Pair]:
    """A list of messages in a cell, some of which were never sent."""
    rows: list[Row] = [("session_id", "messages")]
    for n, (q, a) in enumerate(said()):
        messages = [
            {"role": "customer", "status": "sent", "text": q},
            {"role": "agent", "status": "draft", "text": "그 부분은 정책상 어렵습니다."},
            {"role": "agent", "status": "sent", "text": a},
        ]
        rows.append((n, json.dumps(messages, ensure_ascii=False)))
    _csv(path, rows)
    return said()


def _computer(title: str, customer: str, company: str) -> Iterator[str]:
    yield from (f"{title} 님과 카카오톡 대화", "저장한 날짜 : 2026-03-05 18:02:11", "")
    yield "--------------- 2026년 3월 2일 월요일 ---------------"
    for n, (q, a) in enumerate(said()):
        moment = spoken(clock(n, 3)).split(" ", 1)[1][:-3]
        yield f"[{customer}] [{moment}] {q}"
        yield f"[{company}] [{moment}] {a}"


def a_chat_with_a_company(path: Path) -> list[Pair]:
    """The title names the company; the other one of two has no name that is a person's."""
    _text(path, _computer("한빛렌탈 고객센터", "맘스하우스 이유진", "한빛렌탈 고객센터"))
    return said()


def a_group_with_a_company_in_its_name(path: Path) -> None:
    """The title is the group's, and both may be colleagues."""
    _text(path, _computer("한빛렌탈 고객지원방 3", "물류 나래", "설치 도윤"))


def two_companies(path: Path) -> None:
    """Neither of the two is a customer for sure."""
    _text(path, _computer("한빛렌탈 고객센터", "늘봄 물류센터", "한빛렌탈 고객센터"))


def rooms_of_customers(path: Path) -> list[Pair]:
    """A phone's chats one below the other: the titles name customers, the company is in all."""
    lines: list[str] = []
    for room, customer in enumerate(("하은이엄마", "도윤파파", "별빛")):
        lines += [f"{customer} 님과 카카오톡 대화", "저장한 날짜 : 2026년 4월 2일 오전 10:10", ""]
        for n, (q, a) in enumerate(said()[8 * room : 8 * room + 8]):
            moment = f"2026년 3월 2일 오전 9:{3 * n:02}"
            lines += [f"{moment}, {customer} : {q}", f"{moment}, 행복안심센터 : {a}"]
        lines += [f"2026년 3월 2일 오전 10:05, {customer} : 주말에도 문 여나요?", ""]
    _text(path, lines)
    return said()


def _whatsapp(customer: str) -> Iterator[str]:
    yield f"[2026. 3. 2. 오전 9:00:00] {customer}: \u200e메시지와 통화는 종단간 암호화됩니다."
    for n, (q, a) in enumerate(said()):
        moment = f"[2026. 3. 2. 오후 1:{2 * n:02}:"
        yield f"{moment}10] {customer}: {q}"
        edited = " \u200e<이 메시지가 수정되었습니다.>" if n % 3 == 0 else ""
        yield f"{moment}20] 글로벌유학원 상담팀: {a}{edited}"
        wordless = ("이미지 제외됨", "이 메시지는 삭제되었습니다.")[n % 2]
        yield f"\u200e{moment}30] 글로벌유학원 상담팀: \u200e{wordless}"


def a_number_asks(path: Path) -> list[Pair]:
    """WhatsApp: a customer by a number of which two digits are hidden."""
    _text(path, _whatsapp("+82 10-2231-90XX"))
    return said()


def the_file_names_who_asks(path: Path) -> list[Pair]:
    """WhatsApp: the file's name says with whom the chat is."""
    _text(path, _whatsapp("하은이엄마"))
    return said()


def lines_in_brackets(
    path: Path, asks: str = "[고 10:02]", tells: str = "[상 10:03]"
) -> list[Pair]:
    """Whole conversations in one line, with who speaks and when in brackets."""
    pairs = said()
    rows = [
        (n, "정민아", " ".join(f"{asks} {q} {tells} {a}" for q, a in pairs[2 * n : 2 * n + 2]))
        for n in range(12)
    ]
    _csv(path, [("상담ID", "상담원", "대화"), *rows])
    return pairs


def notes_in_brackets(path: Path) -> None:
    """Somebody noted what was asked and done; nobody said so."""
    rows = [
        (n, f"[고객] {n}번 상품 환불 요청함 [상담사] 환불 규정 {n}조 안내함") for n in range(24)
    ]
    _csv(path, [("상담ID", "대화"), *rows])


def a_chat_s_page(path: Path) -> list[Pair]:
    """HTML in a cell: names that other columns hold, how far in, and the program's own lines."""
    head = ("ChatKey", "상담원", "방문자 이름", "Body")
    rows = [
        (
            f"k-{n}",
            "배유리",
            NAMES[n % 5],
            '<p align="center">채팅 시작: 2026년 03월 02일, 09:30:00</p>'
            '<p align="center">상담원 배유리</p>'
            "( 0m 0s ) 배유리: 안녕하세요, 상담원 배유리입니다.<br>"
            f"( 0m 44s ) {NAMES[n % 5]}: {q}<br>( 1h 2m 9s ) 배유리: {a}<br>"
            '<p align="center">채팅이 방문자에 의해 종료되었습니다.</p>',
        )
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("LiveChat", [head, *rows]))
    return said()


def _signed(asks: str, tells: str) -> Iterator[Row]:
    for n, (q, a) in enumerate(said()):
        yield f"2026-03-{n + 1:02}", f"{asks}{q}\n{tells}{a}"


def signs_in_a_heading(path: Path) -> list[Pair]:
    """`▶` and `◀` are explained by the heading; paths of menus begin no line."""
    rows = [(day, f"{text}\n설정 ▶ 알림 메뉴입니다.") for day, text in _signed("▶", "◀ ")]
    _csv(path, [("일자", "대화(▶고객 ◀상담원)"), *rows])
    return [(q, f"{a} 설정 ▶ 알림 메뉴입니다.") for q, a in said()]


def signs_above_the_headings(path: Path) -> list[Pair]:
    """Emojis are explained by the first line; a system has one, too."""
    rows = [(day, f"⚙️ 상담이 시작되었습니다\n{text}") for day, text in _signed("🙋 ", "🎧 ")]
    workbook(path, ("3월", [("🙋 고객   🎧 상담사   ⚙ 시스템",), ("날짜", "내용"), *rows]))
    return said()


def signs_that_nobody_explains(path: Path) -> None:
    """Nothing says whose `▶` is."""
    _csv(path, [("일자", "대화"), *_signed("▶", "◀")])


def _segments() -> Iterator[Row]:
    yield "file", "start", "speaker", "text"
    for n, (q, a) in enumerate(said()):
        asks = n // 2 % 2
        for place, (speaker, text) in enumerate(((asks, q), (1 - asks, a))):
            start = 10 * (n % 2) + 4 * place + 0.4
            yield f"call_{n // 2}.wav", start, f"SPEAKER_0{speaker}", text


def speakers_listed_by_recording(path: Path) -> list[Pair]:
    """The same number is somebody else in each call; a sheet says who."""
    listed = [
        (f"call_{n}.wav", f"SPEAKER_0{number}", "고객" if number == n % 2 else "상담사")
        for n in range(12)
        for number in (0, 1)
    ]
    listing: list[Row] = [("file", "speaker", "role"), *listed]
    workbook(path, ("segments", _segments()), ("speakers", listing))
    return said()


def speakers_listed_twice(path: Path) -> None:
    """The list has no recordings, so that each number is both."""
    listing = [
        ("speaker", "role"),
        *((f"SPEAKER_0{n}", r) for n in (0, 1) for r in ("고객", "상담사")),
    ]
    workbook(path, ("segments", _segments()), ("speakers", listing))


def by_whether_an_agent_wrote_it(path: Path) -> list[Pair]:
    """A yes or a no, beside names and a translation that a machine made."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        rows += [
            (n, clock(2 * n), "FALSE", NAMES[n % 5], "Translated question?", q),
            (n, clock(2 * n + 1), "TRUE", "배유리", "Translated answer.", a),
        ]
    head = ("ticket_id", "created_datetime", "from_agent", "sender", "body_en (auto)", "body_text")
    _csv(path, [head, *rows])
    return said()


def _mail(sender: str, to: str, subject: str, moment: datetime, text: str) -> list[str]:
    when = f"{moment:%Y년 %m월 %d일} 월요일 {spoken(moment).split(' ', 1)[1][:-3]}"
    heads = [f"보낸 사람: {sender}", f"보낸 날짜: {when}", f"받는 사람: {to}", f"제목: {subject}"]
    return [*heads, "", text, ""]


def _threads(*, newest_only: bool) -> Iterator[str]:
    help_desk = "도움센터 <help@semo.example>"
    for thread in range(8):
        customer = f"{NAMES[thread % 5]} <c{thread}@corp.example>"
        mails: list[list[str]] = []
        for n, (q, a) in enumerate(said()[3 * thread : 3 * thread + 3]):
            moment = clock(20 * thread + 4 * n)
            mails.append(_mail(customer, help_desk, f"문의 {thread}", moment, q))
            mails.append(
                _mail(help_desk, customer, f"RE: 문의 {thread}", clock(20 * thread + 4 * n + 2), a)
            )
        for last in (len(mails),) if newest_only else range(len(mails), 0, -1):
            for place, mail in enumerate(reversed(mails[:last])):
                yield from ("-----Original Message-----", *mail) if place else mail
            yield from ("=" * 40, "")


def mails_with_all_that_they_answer(path: Path) -> list[Pair]:
    """The newest mail of each thread, and below it those that it quotes."""
    _text(path, _threads(newest_only=True))
    return said()


def mails_that_are_quoted_and_there(path: Path) -> list[Pair]:
    """Each mail by itself, with those that it quotes: nothing counts twice."""
    _text(path, _threads(newest_only=False))
    return said()


def _copied(head: str, company: str) -> Iterator[str]:
    customer = "서다인(대한물산, 게스트)"
    for n, (q, a) in enumerate(said()):
        asked, replied = (spoken(clock(2 * n + one, 3))[:-3] for one in (0, 1))
        yield from (
            head.format(who=customer, when=asked),
            *([q[:8], "", q[8:]] if n == 5 else [q]),
            "",
        )
        yield head.format(who=company, when=replied)
        if n % 3 == 0:
            yield from (f"> {customer}", f"> {asked}", f"> {q}")
        yield from (a, *(["좋아요 1개"] if n % 4 == 0 else []), "")


def a_chat_copied_from_a_window(
    path: Path, head: str = "{who}\n{when}", company: str = "정민아 | 세모클라우드 고객지원"
) -> list[Pair]:
    """Who and when stand above the words; answers quote what they are to."""
    _text(path, _copied(head, company))
    return [(f"{q[:8]} {q[8:].strip()}" if n == 5 else q, a) for n, (q, a) in enumerate(said())]


def a_copied_chat_of_names(path: Path) -> None:
    """Nothing says who of the two is the agent."""
    _text(
        path,
        (line.replace("(대한물산, 게스트)", "") for line in _copied("{who}\n{when}", "정민아")),
    )


def _mixed(heading: str, form: str = "R-{}") -> Iterator[Row]:
    """Two conversations at a time, told apart by a column of this name."""
    yield "일시", heading, "구분", "내용"
    pairs = said()
    for n in range(0, 24, 2):
        (q, a), (other_q, other_a) = pairs[n : n + 2]
        code, other = (form.format(n // 4 * 2 + one) for one in (1, 2))
        for place, (room, who, text) in enumerate(
            [
                (code, "고객", q),
                (other, "고객", other_q),
                (code, "상담사", a),
                (other, "상담사", other_a),
            ]
        ):
            yield clock(2 * n + place, 1), room, who, text


def conversations_mixed(path: Path) -> list[Pair]:
    """The column is known for what it is."""
    _csv(path, _mixed("room"))
    return said()


def conversations_mixed_by_a_column_of_no_known_name(path: Path, code: str = "R-{}") -> None:
    """What each answer is to cannot be told, unless its owner renames the column."""
    _csv(path, _mixed("관리키", code))


def codes_that_part_nothing(path: Path) -> list[Pair]:
    """A shelf's code comes again in later conversations, but no question waits for its answer."""
    rows: list[Row] = [("일시", "관리키", "구분", "내용")]
    for n, (q, a) in enumerate(said()):
        code = f"R-{100 + n % 3}"
        rows += [(clock(2 * n), code, "고객", q), (clock(2 * n + 1), code, "상담사", a)]
    _csv(path, rows)
    return said()


def a_table_in_an_object(path: Path, inside: str = "") -> list[Pair]:
    """Columns, rows as lists, and what the codes of speakers stand for."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        rows += [(str(clock(3 * n)), 70 + n, 9, "상담방이 개설되었습니다.")]
        rows += [(str(clock(3 * n + 1)), 70 + n, 1, q), (str(clock(3 * n + 2)), 70 + n, 2, a)]
    table: dict[str, object] = {"columns": ["at", "room", "who", "body"], "data": rows}
    whole = {inside: table} if inside else table
    codes = {"codes": {"who": {"1": "고객", "2": "상담사", "9": "시스템"}}}
    path.write_text(json.dumps(codes | whole, ensure_ascii=False, indent=1), encoding="utf-8")
    return said()


def _inbox(threads: int, people: int = 2) -> list[dict[str, object]]:
    """Threads of an inbox, newest message first; text as bytes that are taken for characters."""

    def bytewise(text: str) -> str:
        return text.encode().decode("latin-1")

    found: list[dict[str, object]] = []
    each = 24 // threads
    for thread in range(threads):
        names = [f"{NAMES[thread % 5]}{n or ''}" for n in range(people - 1)]
        messages: list[dict[str, object]] = []
        for n, (q, a) in enumerate(said()[each * thread : each * thread + each]):
            for place, (name, text) in enumerate(
                [(names[-1], q), ("moon.closet", a), (names[-1], "메시지에 공감했습니다: ❤")]
            ):
                moment = int(clock(100 * thread + 3 * n + place).timestamp() * 1000)
                sender = {"sender_name": bytewise(name), "timestamp_ms": moment}
                messages.insert(0, sender | {"content": bytewise(text)})
        participants = [{"name": bytewise(name)} for name in (*names, "moon.closet")]
        title = bytewise(names[0] if people == 2 else "공동구매 모임")
        found.append({"title": title, "participants": participants, "messages": messages})
    return found


def an_inbox(path: Path) -> list[Pair]:
    """Several threads: who takes part in all of them answers."""
    path.write_text(json.dumps(_inbox(8)), encoding="utf-8")
    return said()


def a_single_thread(path: Path) -> list[Pair]:
    """The title names who is not the owner."""
    path.write_text(json.dumps(_inbox(1)[0], indent=2), encoding="utf-8")
    return said()


def threads_of_groups(path: Path) -> None:
    """Three take part: nothing says whose side two of them are on."""
    path.write_text(json.dumps(_inbox(4, people=3)), encoding="utf-8")


def journals_of_tickets(path: Path) -> list[Pair]:
    """The first question has a column of its own; notes for colleagues stand among comments."""
    head = ("Number", "Caller", "Assigned to", "Short description", "Description")
    rows: list[Row] = []
    for n in range(12):
        (q, a), (more_q, more_a) = said()[2 * n : 2 * n + 2]
        entries = [
            ("배유리", "Work notes", "원격 접속 로그 확인함"),
            ("배유리", "Additional comments", a),
            (NAMES[n % 5], "Additional comments", more_q),
            ("배유리", "Additional comments", more_a),
        ][: 2 if n % 4 == 3 else 4]
        journal = [
            f"{clock(place, 3):%Y-%m-%d %H:%M:%S} - {who} ({kind})\n{text}\n\n"
            for place, (who, kind, text) in enumerate(entries)
        ]
        row = (f"INC{n}", NAMES[n % 5], "배유리", "이용 문의", q, "".join(reversed(journal)))
        rows.append(row)
    workbook(path, ("Page 1", [(*head, "Comments and Work notes"), *rows]))
    return [pair for n, pair in enumerate(said()) if n % 8 != 7]


def drafts_in_a_mailbox(path: Path) -> list[Pair]:
    """A folder of drafts among those that were sent and received."""
    rows: list[Row] = [("보낸사람", "받는사람", "제목", "본문", "날짜", "폴더")]
    for n, (q, a) in enumerate(said()):
        sides = f"c{n}@corp.example", "help@shop.example"
        rows += [
            (*sides, "문의", q, clock(3 * n), "받은편지함"),
            (*sides[::-1], "RE: 문의", "아직 쓰는 중입니다만", clock(3 * n + 1), "임시보관함"),
            (*sides[::-1], "RE: 문의", a, clock(3 * n + 2), "보낸편지함"),
        ]
    _csv(path, rows)
    return said()


def lines_that_were_not_sent(
    path: Path, line: str = "상담사[임시저장]: 정책상 어렵습니다."
) -> list[Pair]:
    """A cell's line says of itself that nobody got it."""
    rows = [(n, f"고객: {q}\n{line}\n상담사: {a}") for n, (q, a) in enumerate(said())]
    _csv(path, [("번호", "대화내용"), *rows])
    return said()


def customers_mixed(path: Path) -> None:
    """Nothing but the speakers' names tells two conversations at a time apart."""
    rows = [
        (
            moment,
            f"{who} {NAMES[(n // 4 * 2 + n % 2) % 5]}" if who == "고객" else "상담사 배유리",
            text,
        )
        for n, (moment, _, who, text) in enumerate(list(_mixed("room"))[1:])
    ]
    _csv(path, [("일시", "발화자", "내용"), *rows])


def what_is_said_of_rows(path: Path) -> list[Pair]:
    """Scores of conversations and moods of rows come again all over, and are no ids."""
    rows: list[Row] = [("일시", "구분", "내용", "만족도", "감정")]
    draw = Random(5)
    for n, (q, a) in enumerate(said()):
        score = draw.randint(1, 5)
        for place, (who, text) in enumerate((("고객", q), ("상담사", a))):
            mood = draw.choice(("긍정", "부정", "중립", "분노"))
            rows.append((clock(2 * n + place), who, text, score, mood))
    _csv(path, rows)
    return said()


MESSENGERS: dict[str, tuple[Build, str]] = {
    "mails of cases": (mails_of_cases, "a.csv"),
    "mails of related records": (partial(mails_of_cases, owner="RelatedToId"), "a.csv"),
    "mails of no case": (mails_of_nobody_knows_which_case, "a.csv"),
    "customers one after the other": (customers_one_after_the_other, "a.csv"),
    "messages that failed": (what_was_not_sent, "a.csv"),
    "messages that were saved or recalled": (
        partial(what_was_not_sent, heading="상태", sent="", states=("임시저장", "회수됨")),
        "a.csv",
    ),
    "messages that were deleted": (
        partial(what_was_not_sent, heading="삭제여부", sent="N", states=("Y",)),
        "a.csv",
    ),
    "messages with a time of deletion": (
        partial(what_was_not_sent, heading="deleted_at", sent="", states=("2026-03-02 10:00",)),
        "a.csv",
    ),
    "messages of a state": (
        partial(what_was_not_sent, heading="메시지 상태", sent="읽음", states=("실패", "예약")),
        "a.csv",
    ),
    "drafts in a mailbox": (drafts_in_a_mailbox, "a.csv"),
    "lines of drafts": (lines_that_were_not_sent, "a.csv"),
    "lines that were taken back": (
        partial(lines_that_were_not_sent, line="상담사: 메시지 전송을 취소했습니다."),
        "a.csv",
    ),
    "customers mixed": (customers_mixed, "a.csv"),
    "what is said of rows": (what_is_said_of_rows, "a.csv"),
    "drafts of answers": (answers_that_are_drafts, "a.csv"),
    "cancelled cases": (cases_that_are_cancelled, "a.csv"),
    "orders that wait": (orders_that_wait, "a.csv"),
    "drafts in a cell": (drafts_in_a_cell, "a.csv"),
    "removed messages": (removed_messages_of_channels, "a.json"),
    "a chat with a company": (a_chat_with_a_company, "a.txt"),
    "a group": (a_group_with_a_company_in_its_name, "a.txt"),
    "two companies": (two_companies, "a.txt"),
    "rooms of customers": (rooms_of_customers, "a.txt"),
    "a number": (a_number_asks, "a.txt"),
    "a file's name": (the_file_names_who_asks, "WhatsApp 대화 - 하은이엄마.txt"),
    "mails that quote": (mails_with_all_that_they_answer, "a.txt"),
    "mails that are quoted, too": (mails_that_are_quoted_and_there, "a.txt"),
    "a copied chat": (a_chat_copied_from_a_window, "a.txt"),
    "a copied chat with times first": (
        partial(a_chat_copied_from_a_window, head="[{when}] {who}"),
        "a.txt",
    ),
    "a copied chat of names": (a_copied_chat_of_names, "a.txt"),
    "mixed conversations": (conversations_mixed, "a.csv"),
    "mixed conversations without ids": (conversations_mixed_by_a_column_of_no_known_name, "a.csv"),
    "mixed conversations by digits": (
        partial(conversations_mixed_by_a_column_of_no_known_name, code="{}"),
        "a.csv",
    ),
    "codes that part nothing": (codes_that_part_nothing, "a.csv"),
    "a table in an object": (a_table_in_an_object, "a.json"),
    "a table in an answer": (partial(a_table_in_an_object, inside="result"), "a.json"),
    "an inbox": (an_inbox, "a.json"),
    "a single thread": (a_single_thread, "a.json"),
    "groups": (threads_of_groups, "a.json"),
    "journals": (journals_of_tickets, "a.xlsx"),
    "brackets": (lines_in_brackets, "a.csv"),
    "brackets before the time": (
        partial(lines_in_brackets, asks="[고객] 10:02", tells="[상담사] 10:03"),
        "a.csv",
    ),
    "notes in brackets": (notes_in_brackets, "a.csv"),
    "a chat's page": (a_chat_s_page, "a.xlsx"),
    "signs in a heading": (signs_in_a_heading, "a.csv"),
    "signs above": (signs_above_the_headings, "a.xlsx"),
    "signs alone": (signs_that_nobody_explains, "a.csv"),
    "listed speakers": (speakers_listed_by_recording, "a.xlsx"),
    "speakers listed twice": (speakers_listed_twice, "a.xlsx"),
    "an agent's yes": (by_whether_an_agent_wrote_it, "a.csv"),
}
"""Builders and names of files, by what is special about them."""
