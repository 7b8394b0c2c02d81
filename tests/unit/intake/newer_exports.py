"""More exports of call centres: messengers of 2025, ticket systems' JSON, phones, odd tables."""

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from tests.unit.intake.call_centre_exports import NAMES, Build, Pair, Row, clock, said, workbook


def _half(moment: datetime) -> str:
    return f"{'오전' if moment.hour < 12 else '오후'} {moment.hour % 12 or 12}:{moment:%M}"


def _text(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig")


def kakao_pc_of_2025(path: Path) -> list[Pair]:
    """Replies over two lines, pictures and taken-back messages between."""
    lines = ["이하은 님과 카카오톡 대화", "저장한 날짜 : 2026-03-09 10:11:12", ""]
    lines.append("--------------- 2026년 3월 2일 월요일 ---------------")
    for n, (q, a) in enumerate(said()):
        first, _, rest = a.partition(" ")
        lines += [
            f"[이하은] [{_half(clock(n, 9))}] {q}",
            f"[이하은] [{_half(clock(n, 9))}] 사진 3장",
            f"[행복몰 상담사] [{_half(clock(n, 9))}] {first}",
            rest,
            f"[행복몰 상담사] [{_half(clock(n, 9))}] 삭제된 메시지입니다.",
        ]
    _text(path, lines)
    return said()


def kakao_phone_of_2025(path: Path) -> list[Pair]:
    lines = ["이하은 님과 카카오톡 대화", "저장한 날짜 : 2026. 3. 9. 오전 10:11", "", ""]
    lines.append("2026년 3월 2일 월요일")
    for n, (q, a) in enumerate(said()):
        day = f"2026. 3. 2. {_half(clock(n, 9))}"
        lines += [f"{day}, 이하은 : {q}", f"{day}, 상담사 박지훈 : {a}"]
    _text(path, lines)
    return said()


def kakao_in_english(path: Path) -> list[Pair]:
    """A program set to English writes the days so; a day begins between two exchanges."""
    lines = ["KakaoTalk Chats with 이하은", "Date Saved : 2026-03-09 10:11:12", ""]
    for n, (q, a) in enumerate(said()):
        if n % 8 == 0:
            day = f"{('Monday', 'Tuesday', 'Wednesday')[n // 8]}, March {2 + n // 8}, 2026"
            lines.append(f"--------------- {day} ---------------")
        when = f"{clock(n, 9).hour % 12 or 12}:{clock(n, 9):%M} {clock(n, 9):%p}"
        lines += [f"[이하은] [{when}] {q}", f"[Agent 박지훈] [{when}] {a}"]
    _text(path, lines)
    return said()


def kakao_of_a_mac(path: Path) -> list[Pair]:
    """CSV with line breaks in quotes."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_ALL)
        rows.writerow(("Date", "User", "Message"))
        for n, (q, a) in enumerate(said()):
            rows.writerow((clock(2 * n, 3), "이하은", q.replace(" ", "\n", 1)))
            rows.writerow((clock(2 * n + 1, 3), "상담원 최서연", a))
    return said()


def zendesk_json(path: Path) -> list[Pair]:
    """A line a ticket, its comments inside, one of them for colleagues alone."""
    tickets = (
        {
            "id": 7000 + n,
            "subject": "문의",
            "status": "solved",
            "comments": [
                {"author_role": "end-user", "public": True, "body": q},
                {"author_role": "agent", "public": False, "body": "팀장님 확인 부탁드립니다."},
                {"author_role": "agent", "public": True, "body": a},
            ],
        }
        for n, (q, a) in enumerate(said())
    )
    _text(path, (json.dumps(ticket, ensure_ascii=False) for ticket in tickets))
    return said()


def freshdesk_json(path: Path) -> None:
    """Tickets inside of objects, nothing of what was said in a field of its own."""
    tickets = [
        {"helpdesk_ticket": {"subject": q, "notes": [{"body": a, "private": n % 2 == 0}]}}
        for n, (q, a) in enumerate(said())
    ]
    path.write_text(json.dumps(tickets, ensure_ascii=False, indent=1), encoding="utf-8")


def board_with_folded_rows(path: Path) -> None:
    """A list whose second rows, over all columns, show the text; nobody says where it ends."""
    rows = "".join(
        f"<tr><td>{n}<td>배송 문의<td>{NAMES[n % 5]}<td>2026-03-02</tr>"
        f"<tr><td colspan=4>{q}<p>{a}</p></td></tr>"
        for n, (q, a) in enumerate(said())
    )
    page = f"<html><table><tr><th>번호<th>제목<th>작성자<th>작성일</tr>{rows}</table></html>"
    path.write_text(page, encoding="cp949")


def speech_of_two_unnamed_channels(path: Path) -> None:
    """Channels 0 and 1: nobody says which is the customer."""
    rows: list[Row] = [("콜ID", "시작(초)", "종료(초)", "채널", "인식결과", "신뢰도")]
    for n, pair in enumerate(said()):
        rows += [(f"C{n}", side * 4.2, side * 4.2 + 3, side, pair[side], 0.93) for side in (0, 1)]
    workbook(path, ("STT", rows))


def speech_with_confidence(path: Path) -> list[Pair]:
    rows: list[Row] = [("통화번호", "구간", "시작시간", "화자구분", "인식문장", "신뢰도")]
    for n, pair in enumerate(said()):
        for side, who in enumerate(("고객", "상담사")):
            rows.append((f"T{n}", side + 1, f"00:00:{side * 5:02}", who, pair[side], 0.9))
    workbook(path, ("STT", rows))
    return said()


def phone_system(path: Path) -> list[Pair]:
    """Extension, numbers, kind of call; what was asked and what was done."""
    head = (
        "통화일시",
        "내선",
        "발신번호",
        "상담원",
        "통화시간",
        "문의유형",
        "고객 문의사항",
        "처리내용",
    )
    rows: list[Row] = [("녹취 관리 시스템 - 상담이력",), (), head]
    for n, (q, a) in enumerate(said()):
        number = f"0105550{n:04}"
        rows.append((str(clock(n)), 2100 + n % 5, number, NAMES[n % 5], "00:03:12", "배송", q, a))
    workbook(path, ("상담이력", rows))
    return said()


def figures_above_the_table(path: Path) -> list[Pair]:
    """A small table of figures on top, the conversations below, notes at the end."""
    rows: list[Row] = [
        ("월간 요약",),
        ("유형", "건수", "비율"),
        ("배송", 12, "50%"),
        ("환불", 12, "50%"),
    ]
    rows += [(), (), ("No", "접수일", "문의 내용", "답변 내용", "비고")]
    rows += [(n, str(clock(n)), q, a, "") for n, (q, a) in enumerate(said())]
    rows += [(), ("※ 개인정보가 포함되어 있으니 외부에 공유하지 마세요.",)]
    workbook(path, ("3월", rows))
    return said()


def merged_both_ways(path: Path) -> list[Pair]:
    """Categories merged over rows, answers over two columns."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("분류", "질문", "답변", None, "담당"))
    sheet.merge_cells("C1:D1")
    for n, (q, a) in enumerate(said()):
        sheet.append(
            (("배송", "환불")[n // 4 % 2] if n % 4 == 0 else None, q, a, None, NAMES[n % 5])
        )
        sheet.merge_cells(f"C{n + 2}:D{n + 2}")
        if n % 4 == 0:
            sheet.merge_cells(f"A{n + 2}:A{n + 5}")
    book.save(path)
    return said()


def layouts_mixed(path: Path) -> list[Pair]:
    """Pairs on one sheet, a log on the next one, whole conversations on the third, staff last."""
    pairs = said()
    log: list[Row] = [("대화번호", "발화자", "내용")]
    for n, (q, a) in enumerate(pairs[8:16]):
        log += [(n, "고객", q), (n, "상담사", a)]
    cells: list[Row] = [("번호", "대화 전문")]
    cells += [(n, f"고객: {q}\n상담사: {a}") for n, (q, a) in enumerate(pairs[16:])]
    workbook(
        path,
        ("게시판", [("질문", "답변"), *pairs[:8]]),
        ("채팅", log),
        ("전화", cells),
        ("직원", [("이름", "내선"), *((name, 2100 + n) for n, name in enumerate(NAMES))]),
    )
    return pairs


def letters_for_sides(path: Path) -> list[Pair]:
    """Q and A in the first column, a blank row between two exchanges, no headings but these."""
    rows: list[Row] = [("구분", "내용")]
    for q, a in said():
        rows += [("Q", q), ("A", a), ()]
    workbook(path, ("FAQ", rows))
    return said()


def subject_and_text(path: Path) -> list[Pair]:
    """A subject that is a sentence itself stands beside the text."""
    head = ("순번", "제목", "문의 본문", "답변 본문", "답변자", "처리상태")
    rows = [(n, "배송이 궁금해요", q, a, NAMES[n % 5], "완료") for n, (q, a) in enumerate(said())]
    workbook(path, ("일대일 문의", [head, *rows]))
    return said()


def text_messages(path: Path) -> list[Pair]:
    """In and out by the phone's number, a conversation a day."""
    rows: list[Row] = [("번호", "구분", "휴대폰", "메시지", "일시")]
    for n, (q, a) in enumerate(said()):
        number = f"010-5550-{n:04}"
        rows.append((2 * n, "수신", number, q, str(clock(2 * n, 30))))
        rows.append((2 * n + 1, "발신", number, a, str(clock(2 * n + 1, 30))))
    workbook(path, ("문자", rows))
    return said()


NEWER: Sequence[tuple[Build, str]] = (
    (kakao_pc_of_2025, "a.txt"),
    (kakao_phone_of_2025, "a.txt"),
    (kakao_in_english, "a.txt"),
    (kakao_of_a_mac, "a.csv"),
    (zendesk_json, "a.json"),
    (freshdesk_json, "a.json"),
    (board_with_folded_rows, "a.xls"),
    (speech_of_two_unnamed_channels, "a.xlsx"),
    (speech_with_confidence, "a.xlsx"),
    (phone_system, "a.xlsx"),
    (figures_above_the_table, "a.xlsx"),
    (merged_both_ways, "a.xlsx"),
    (layouts_mixed, "a.xlsx"),
    (letters_for_sides, "a.xlsx"),
    (subject_and_text, "a.xlsx"),
    (text_messages, "a.xlsx"),
)
"""Builders and names of files; the pairs that their owners expect come from the builders."""
