"""Logs of offices and desks under headings of their own, each with the pairs its owner expects."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from tests.unit.intake.call_centre_exports import (
    NAMES,
    Build,
    Pair,
    clock,
    delimited,
    said,
    workbook,
)

Line = tuple[object, ...]


def _talks(customer: str, desk: str) -> Iterator[tuple[int, int, str, str]]:
    """Number of the conversation and of the line, who, what: two exchanges a conversation."""
    for n, (question, answer) in enumerate(said()):
        yield n // 2, 2 * n, customer, question
        yield n // 2, 2 * n + 1, desk, answer


def _log(head: Line, customer: str, desk: str) -> list[Line]:
    talks = _talks(customer, desk)
    return [head, *((f"W{part:02}", clock(n, 1), who, text) for part, n, who, text in talks)]


def desk_under_other_headings(path: Path) -> list[Pair]:
    workbook(path, ("log", _log(("대화", "시각", "누가", "글"), "손님", "꽃다발 데스크")))
    return said()


def office_of_a_school(path: Path) -> list[Pair]:
    workbook(path, ("문의", _log(("건", "시각", "말한이", "내용"), "학부모", "행정실")))
    return said()


def station_in_a_column_of_kinds(path: Path) -> list[Pair]:
    workbook(path, ("7.1", _log(("번호", "시각", "구분", "내용"), "승객", "역무원")))
    return said()


def side_without_a_known_heading(path: Path) -> list[Pair]:
    delimited(path, _log(("접수", "시각", "측", "글"), "고객", "상담"))
    return said()


def opinions_by_groups(path: Path) -> None:
    """A survey: nobody asks, and nobody answers."""
    opinions = ("급식이 더 맛있었으면 좋겠습니다", "화장실이 너무 춥습니다", "벤치를 늘려 주세요")
    rows = [
        (n, ("학생", "행정실", "학부모")[n % 3], f"{opinions[n % 3]}, {n}층이요.")
        for n in range(24)
    ]
    workbook(path, ("설문", [("순번", "누구", "글"), *rows]))


def wishes_by_groups(path: Path) -> None:
    workbook(path, ("설문", _log(("번호", "시각", "신분", "바라는 점"), "학생", "행정실")))


def desk_beside_a_driver(path: Path) -> None:
    """A third one speaks, so that nobody knows whom the control room answers."""
    rows: list[Line] = [("콜번호", "화자", "대화")]
    for n, (question, answer) in enumerate(said()):
        rows += [(n, "손님", question), (n, "기사", "지금 갑니다."), (n, "상황실", answer)]
    workbook(path, ("log", rows))


def people_under_a_heading_nobody_knows(path: Path) -> None:
    rows: list[Line] = [("누가", "글")]
    for n, (question, answer) in enumerate(said()):
        rows += [(NAMES[n % 3], question), (NAMES[3 + n % 2], answer)]
    workbook(path, ("log", rows))


def categories_of_texts(path: Path) -> None:
    """What each text is about, not who says it."""
    rows: list[Line] = [("category", "sentence")]
    for question, answer in said():
        rows += [("고객", question), ("상담사", answer)]
    delimited(path, rows)


def memos_of_both_sides(path: Path) -> None:
    rows: list[Line] = [("날짜", "측", "적은 것")]
    for n in range(20):
        rows += [
            (clock(2 * n), "고객", f"주문 {n}번의 배송 날짜를 다시 확인해 달라고 요청함"),
            (clock(2 * n + 1), "상담", f"창고에 연락해서 주문 {n}번을 오늘 보내기로 처리함"),
        ]
    workbook(path, ("기록", rows))


def kinds_of_customers_beside_answers(path: Path) -> list[Pair]:
    """Who asked, and which office that concerns, beside a question and its answer."""
    who = ("학생", "학부모", "행정실")
    rows = [(n, who[n % 3], q, a) for n, (q, a) in enumerate(said())]
    workbook(path, ("민원", [("번호", "구분", "내용", "답변"), *rows]))
    return said()


def queue_in_the_agents_name(path: Path) -> list[Pair]:
    rows: list[Line] = [("상담번호", "시각", "화자", "내용")]
    for n, (question, answer) in enumerate(said()):
        waits = [f"현재 대기 인원은 {left}명입니다. 잠시만 기다려 주세요." for left in (2, 1)]
        texts = [question, *waits, "상담사와 연결되었습니다.", answer]
        rows += [
            (f"Q{n}", clock(6 * n + m, 1), "상담" if m else "고객", text)
            for m, text in enumerate(texts)
        ]
    workbook(path, ("log", rows))
    return said()


def queue_of_a_restaurant(path: Path) -> list[Pair]:
    """How many wait is what was asked here."""
    pairs = [
        (f"{n}호점은 지금 몇 팀이 기다리나요?", f"현재 대기 인원은 {n + 2}명입니다.")
        for n in range(1, 9)
    ]
    rows: list[Line] = [("상담번호", "화자", "내용")]
    for n, (question, answer) in enumerate([*said(), *pairs]):
        rows += [(f"Q{n}", "고객", question), (f"Q{n}", "상담", answer)]
    workbook(path, ("log", rows))
    return [*said(), *pairs]


def wishes_for_a_person(path: Path) -> list[Pair]:
    """That somebody is there is what they wanted."""
    rows: list[Line] = [("상담번호", "화자", "내용")]
    for n, (question, answer) in enumerate(said()):
        rows += [(f"Q{n}", "고객", question), (f"Q{n}", "상담", answer)]
        rows += [(f"Q{n}", "고객", f"{n}번 건은 상담사를 연결해 주시겠어요?")]
        rows += [(f"Q{n}", "상담", "상담사와 연결되었습니다.")]
    workbook(path, ("log", rows))
    wishes = (f"{n}번 건은 상담사를 연결해 주시겠어요?" for n in range(len(said())))
    return [*said(), *((wish, "상담사와 연결되었습니다.") for wish in wishes)]


def lines_numbered_in_each_conversation(path: Path) -> list[Pair]:
    """The column is called as conversations are, and numbers their lines."""
    rows: list[Line] = [("상담번호", "대화", "화자", "글")]
    talks = _talks("고객", "상담사")
    rows += [(f"S{part}", n % 4 + 1, who, text) for part, n, who, text in talks]
    workbook(path, ("log", rows))
    return said()


def parents_in_one_room(path: Path) -> None:
    """Several parents ask, so that nobody knows whom the head answers."""
    rows: list[Line] = [("방", "보낸사람", "내용")]
    for n, (question, answer) in enumerate(said()):
        rows += [(n // 6, f"{NAMES[n % 3][1:]} 보호자", question)]
        rows += [(n // 6, "원장", answer)]
    workbook(path, ("log", rows))


def survey_in_the_agents_name(path: Path) -> list[Pair]:
    """What follows the survey is joined to no answer above it."""
    rows: list[Line] = [("방", "시각", "보낸 사람", "내용")]
    for n, (question, answer) in enumerate(said()):
        talk = [
            ("학생", question),
            ("입학팀", answer),
            ("입학팀", "오늘 상담은 만족스러우셨나요? 1~5점으로 답해 주세요."),
            ("학생", str(1 + n % 5)),
            ("입학팀", "의견 감사합니다. 하실 말씀이 있으면 적어 주세요."),
            ("학생", "안내가 빨랐어요"),
            ("입학팀", "설문이 끝났습니다."),
        ]
        rows += [(f"R{n}", clock(8 * n + m, 1), *one) for m, one in enumerate(talk)]
    delimited(path, rows, delimiter="\t")
    return said()


def calls_that_the_company_makes(path: Path) -> list[Pair]:
    """There the agent asks, and what customers reply is no question."""
    rows: list[Line] = [("call_id", "in_out", "party", "stt_text")]
    for n, (question, answer) in enumerate(said()):
        rows += [(f"I{n}", "IB", "상대방", question), (f"I{n}", "IB", "우리", answer)]
        talk = [
            ("우리", "지난 방문은 어떠셨어요?"),
            ("상대방", f"{n}번 다 괜찮았어요"),
            ("우리", "설명은 충분했나요?"),
            ("상대방", "네 좋았어요"),
            ("우리", "감사합니다."),
        ]
        rows += [(f"O{n}", "OB", *one) for one in talk]
    delimited(path, rows)
    return said()


def callbacks(path: Path) -> list[Pair]:
    """Whoever asked to be called states what is wrong once the agent asks for it."""
    offers = ("어떤 점이 불편하신가요?", "무슨 문제로 신청하셨나요?", "궁금하신 점이 무엇인가요?")
    rows: list[Line] = [("통화번호", "통화방향", "화자", "내용")]
    pairs = [(f"{q.split()[0]} 안에서 물이 새고 있어요.", a) for q, a in said()]
    for n, (question, answer) in enumerate(pairs):
        opening = f"콜백 요청하셔서 전화드렸습니다. {offers[n % 3]}"
        talk = [("상담사", opening), ("고객", question), ("상담사", answer)]
        rows += [(f"B{n}", "OB", *one) for one in talk]
    delimited(path, rows)
    return pairs


def nights_of_a_business_day(path: Path) -> list[Pair]:
    """Sorted by the time of day, so that what was said past midnight stands on top."""
    rows = []
    for n, (question, answer) in enumerate(said()):
        start = datetime(2026, 3, 2, 21, 58) + timedelta(minutes=5 * n)
        rows += [(start, f"D{n}", "손님", question)]
        rows += [(start + timedelta(minutes=2), f"D{n}", "상황실", answer)]
    lines = sorted((f"{at:%H:%M:%S}", *line) for at, *line in rows)
    head = ("영업일", "시각", "콜", "화자", "대화")
    workbook(path, ("0302", [head, *(("2026-03-02", *line) for line in lines)]))
    return said()


def numbers_that_begin_anew_each_day(path: Path) -> list[Pair]:
    """Two days, sorted by number and time of day: their conversations stand in each other."""
    rows = []
    for n, (question, answer) in enumerate(said()):
        number, day, at = f"{n % 12:03}", f"2026-03-{2 + n // 12:02}", clock(2 * (n % 12))
        asked, told = at + timedelta(minutes=3 * (n // 12)), at + timedelta(minutes=5 + n // 12)
        rows += [(number, day, f"{asked:%H:%M}", "민원인", question)]
        rows += [(number, day, f"{told:%H:%M}", "상담관", answer)]
    rows.sort(key=lambda row: (row[0], row[2]))
    workbook(path, ("log", [("접수", "일자", "시각", "구분", "대화내용"), *rows]))
    return said()


def clocks_of_two_zones(path: Path) -> list[Pair]:
    lines = []
    for part, n, who, text in _talks("customer", "agent"):
        hours = 0 if who == "customer" else -9
        at = (clock(n, 1) + timedelta(hours=hours)).isoformat()
        lines.append({"session": part, "seq": n, "sender": who, "ts": at, "text": text})
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return said()


def comments_with_a_mark_of_staff(path: Path) -> list[Pair]:
    """Three ask one after the other, and are answered in another order, by number."""
    rows: list[Line] = [("id", "reply_to", "writer", "staff", "time", "text")]
    for start in range(0, 24, 3):
        for n in range(start, start + 3):
            rows.append((1 + n, None, f"user_{n}", "N", clock(2 * start + n, 1), said()[n][0]))
        for m, n in enumerate((start + 1, start + 2, start)):
            at = clock(2 * start + start + 3 + m, 1)
            rows.append((100 + n, 1 + n, "브랜드소식", "Y", at, said()[n][1]))
    delimited(path, rows)
    return said()


def _continued(blank: str) -> list[list[Line]]:
    pages: list[list[Line]] = []
    for page in range(2):
        rows: list[Line] = [("문의번호", "화자", "대화")]
        for n in range(12 * page, 12 * page + 12):
            question, answer = said()[n]
            rows += [
                (f"E{n}" if n % 2 == 0 else None, "응시자", question),
                (None, blank, "빨리 알고 싶어요."),
                (None, "시험관리팀", answer),
                (None, blank, "누리집에도 있습니다."),
            ]
        pages.append(rows)
    return pages


def speakers_named_where_they_change(path: Path) -> list[Pair]:
    workbook(path, *((f"{n}쪽", page) for n, page in enumerate(_continued(""), 1)))
    return [(f"{q} 빨리 알고 싶어요.", f"{a} 누리집에도 있습니다.") for q, a in said()]


def notices_without_a_speaker(path: Path) -> None:
    """Only behind what the office says, as a program's; nobody goes on."""
    rows: list[Line] = [("문의번호", "화자", "대화")]
    for n, (question, answer) in enumerate(said()):
        rows += [(f"E{n}", "응시자", question), (None, "시험관리팀", answer)]
        rows.append((None, None, "상담을 마쳤습니다. 창을 닫아 주세요."))
    workbook(path, ("log", rows))


def _chat(day: str, line: str, head: str) -> str:
    lines = [head]
    for n, (question, answer) in enumerate(said()):
        if n % 6 == 0:
            lines += ["", day.format(2 + n // 6)]
        for who, text, minute in (("1203호 투숙객", question, 0), ("프런트", answer, 1)):
            lines.append(line.format(f"오전 10:{4 * (n % 6) + minute:02}", who, text))
    return "\n".join(lines)


def chat_of_a_hotel(path: Path) -> list[Pair]:
    text = _chat("----- 2026년 3월 {}일 -----", "{} {}> {}", "[객실 메신저] 출력: 2026-03-09")
    path.write_text(text, "utf-16")
    return said()


def chat_below_days(path: Path) -> list[Pair]:
    path.write_text(_chat("■ 2026년 3월 {}일", "[{}] {}: {}", "바다 호텔 상담 기록"), "utf-8")
    return said()


def hotel_and_guests(path: Path) -> list[Pair]:
    workbook(path, ("log", _log(("Reservation", "Sent at", "From", "Body"), "Guest", "Hotel")))
    return said()


DESK_LOGS: tuple[tuple[Build, str], ...] = (
    (opinions_by_groups, "survey.xlsx"),
    (wishes_by_groups, "survey.xlsx"),
    (desk_under_other_headings, "a.xlsx"),
    (office_of_a_school, "b.xlsx"),
    (station_in_a_column_of_kinds, "c.xlsx"),
    (side_without_a_known_heading, "d.csv"),
    (desk_beside_a_driver, "e.xlsx"),
    (people_under_a_heading_nobody_knows, "f.xlsx"),
    (categories_of_texts, "g.csv"),
    (memos_of_both_sides, "h.xlsx"),
    (kinds_of_customers_beside_answers, "i.xlsx"),
    (queue_in_the_agents_name, "j.xlsx"),
    (wishes_for_a_person, "v.xlsx"),
    (lines_numbered_in_each_conversation, "w.xlsx"),
    (parents_in_one_room, "x.xlsx"),
    (queue_of_a_restaurant, "k.xlsx"),
    (survey_in_the_agents_name, "l.tsv"),
    (calls_that_the_company_makes, "m.csv"),
    (callbacks, "m.csv"),
    (nights_of_a_business_day, "n.xlsx"),
    (numbers_that_begin_anew_each_day, "o.xlsx"),
    (clocks_of_two_zones, "p.jsonl"),
    (comments_with_a_mark_of_staff, "q.csv"),
    (speakers_named_where_they_change, "r.xlsx"),
    (notices_without_a_speaker, "s.xlsx"),
    (chat_of_a_hotel, "t.txt"),
    (chat_below_days, "u.txt"),
    (hotel_and_guests, "y.xlsx"),
)
