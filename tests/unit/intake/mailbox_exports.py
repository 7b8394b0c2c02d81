"""Mailboxes, and what looks like one: the pairs that an owner expects, or None for nothing."""

import csv
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from tests.unit.intake.call_centre_exports import NAMES, Build, Pair, Row, clock, said, workbook

DESK = "행복몰 고객센터 <help@happymall.kr>"
Mail = tuple[str, str, str, str, str]
"""When, from whom, to whom, subject and words."""


def customer(n: int) -> str:
    return f"{NAMES[n % len(NAMES)]} <cust{n}@naver.com>"


def mails(desk: str = DESK, *, answered_by: Sequence[str] = ()) -> list[Mail]:
    """Each question a mail, each answer another one two questions later."""
    found = []
    for n, (q, a) in enumerate(said()):
        agent = answered_by[n % len(answered_by)] if answered_by else desk
        subject = f"문의드립니다 ({n})"
        found.append((clock(n, 60), customer(n // 2), desk, subject, q))
        late = clock(n, 60) + timedelta(minutes=130)
        found.append((late, agent, customer(n // 2), f"RE: {subject}", a))
    return [(str(when), *rest) for when, *rest in sorted(found)]


def _csv(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)


def newest_on_top(path: Path) -> list[Pair]:
    """Two questions of a customer wait at once; receipts, adverts and passed-on mails between."""
    rows: list[Row] = []
    for n, mail in enumerate(mails()):
        rows.append(mail)
        when, sender, _, subject, _ = mail
        if n % 3 == 0 and sender != DESK:
            robot = "행복몰 <no-reply@happymall.kr>"
            rows.append((when, robot, sender, "[자동회신] 접수되었습니다", "곧 답변드리겠습니다."))
            rows.append(
                (when, DESK, "물류팀 <ship@happymall.kr>", f"FW: {subject}", "확인 부탁드립니다.")
            )
            rows.append((when, DESK, sender, "(광고) 봄맞이 할인", "전 상품을 할인합니다."))
    _csv(path, [("날짜", "보낸사람", "받는사람", "제목", "본문"), *reversed(rows)])
    return said()


def passed_on_to_another_company(path: Path) -> list[Pair]:
    """The carrier's questions are no customer's."""
    rows: list[Row] = []
    for mail in mails():
        rows.append(mail)
        when, sender, _, subject, _ = mail
        if sender != DESK:
            carrier = "한진택배 <cs@carrier.co.kr>"
            rows.append((when, DESK, carrier, f"FW: {subject}", "조회 부탁드립니다."))
            rows.append((when, carrier, DESK, f"RE: FW: {subject}", "송장 번호를 알려 주시겠어요?"))
            rows.append((when, DESK, carrier, f"RE: RE: FW: {subject}", "1234입니다."))
    _csv(path, [("Date", "From", "To", "Subject", "Body"), *rows])
    return said()


def agents_with_addresses_of_their_own(path: Path) -> list[Pair]:
    agents = [f"{name} <{n}.agent@happymall.kr>" for n, name in enumerate(("최서연", "박지훈"))]
    rows = mails(answered_by=agents)
    workbook(path, ("Mail", [("Sent", "From", "To", "Subject", "Message"), *rows]))
    return said()


def names_and_addresses_apart(path: Path) -> list[Pair]:
    """As Outlook writes them, with what each answers below it."""
    rows: list[Row] = []
    for when, sender, to, subject, text in mails():
        ends = [part.strip("<>") for end in (sender, to) for part in end.rsplit(" ", 1)]
        quoted = (
            f"{text}\n\n-----Original Message-----\nFrom: {to}\nSent: {when}\n\n지난 메일입니다."
        )
        rows.append((subject, quoted if sender == DESK else text, *ends, when))
    head = [f"{end} 사람: ({what})" for end in ("보낸", "받는") for what in ("이름", "주소")]
    workbook(path, ("받은 편지함", [("제목", "본문", *head, "보낸 날짜"), *rows]))
    return said()


def a_shop_with_a_common_address(path: Path) -> list[Pair]:
    _csv(path, [("일시", "보낸사람", "받는사람", "제목", "내용"), *mails("happyshop@naver.com")])
    return said()


def answers_with_a_subject_of_their_own(path: Path) -> list[Pair]:
    """A customer's next question comes after the answer then."""
    rows: list[Row] = [("date", "from", "to", "subject", "body")]
    for n, (q, a) in enumerate(said()):
        rows.append((clock(2 * n, 60), customer(n % 5), DESK, f"문의 {n}", q))
        rows.append((clock(2 * n + 1, 60), DESK, customer(n % 5), "[행복몰] 답변드립니다", a))
    workbook(path, ("mail", rows))
    return said()


def text_with_lines_between(path: Path) -> list[Pair]:
    lines: list[str] = []
    for when, sender, to, subject, text in mails():
        lines += [f"From: {sender}", f"To: {to}", f"Date: {when}", f"Subject: {subject}", ""]
        lines += [*text.split(" ", 1), "", "=" * 60]
    path.write_text("\n".join(lines), encoding="utf-8")
    return said()


def text_in_korean(path: Path) -> list[Pair]:
    """Nothing but blank lines between, and quoted mails with the same heads in the answers."""
    lines: list[str] = []
    for when, sender, to, subject, text in mails():
        lines += [f"보낸사람 : {sender}", f"받는사람 : {to}", f"날짜 : {when}", f"제목 : {subject}"]
        lines += ["", text, ""]
        if sender == DESK:
            lines += ["----- 원본 메시지 -----", "", f"보낸사람 : {to}", f"받는사람 : {DESK}"]
            lines += [f"날짜 : {when}", f"제목 : {subject}", "", "지난번에 여쭌 것입니다.", ""]
    path.write_text("\r\n".join(lines), encoding="cp949")
    return said()


def questions_and_answers_sent(path: Path) -> list[Pair]:
    """A list of questions and answers that also says who sent what."""
    rows = [(q, a, customer(n), DESK) for n, (q, a) in enumerate(said())]
    workbook(path, ("목록", [("문의내용", "답변내용", "보낸사람", "받는사람"), *rows]))
    return said()


def received_mails_alone(path: Path) -> None:
    rows = [mail for mail in mails() if mail[1] != DESK]
    _csv(path, [("날짜", "보낸사람", "받는사람", "제목", "본문"), *rows])


def mails_among_colleagues(path: Path) -> None:
    people = [f"{name} <p{n}@happymall.kr>" for n, name in enumerate(NAMES)]
    rows: list[Row] = [("날짜", "보낸사람", "받는사람", "제목", "본문")]
    for n, (q, a) in enumerate(said()):
        one, other = people[n % 5], people[(n + 1 + n % 3) % 5]
        rows += [
            (clock(2 * n), one, other, f"건 {n}", q),
            (clock(2 * n + 1), other, one, f"RE: 건 {n}", a),
        ]
    _csv(path, rows)


def two_companies(path: Path) -> None:
    """Nothing says which of the two serves the other."""
    one, other = "이하은 <haeun@blue.co.kr>", "박서준 <seojun@green.co.kr>"
    rows: list[Row] = [("날짜", "보낸사람", "받는사람", "제목", "본문")]
    for n, (q, a) in enumerate(said()):
        rows += [
            (clock(2 * n), one, other, f"건 {n}", q),
            (clock(2 * n + 1), other, one, f"RE: 건 {n}", a),
        ]
    _csv(path, rows)


def journeys(path: Path) -> None:
    """Lines that begin as a mail's do."""
    lines: list[str] = []
    for n, (q, _) in enumerate(said()):
        lines += ["From: 서울", "To: 부산", f"Date: {clock(n)}", "", q, ""]
    path.write_text("\n".join(lines), encoding="utf-8")


MAILBOXES: Sequence[tuple[Build, str]] = (
    (newest_on_top, "a.csv"),
    (passed_on_to_another_company, "a.csv"),
    (agents_with_addresses_of_their_own, "a.xlsx"),
    (answers_with_a_subject_of_their_own, "a.xlsx"),
    (names_and_addresses_apart, "a.xlsx"),
    (a_shop_with_a_common_address, "a.csv"),
    (text_with_lines_between, "a.txt"),
    (text_in_korean, "a.txt"),
    (questions_and_answers_sent, "a.xlsx"),
    (received_mails_alone, "a.csv"),
    (mails_among_colleagues, "a.csv"),
    (two_companies, "a.csv"),
    (journeys, "a.txt"),
)
"""Builders and names of files."""
