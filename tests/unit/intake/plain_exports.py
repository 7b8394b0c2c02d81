"""Plain exports with the small accidents of every day, each with what its owner expects."""

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
    spoken,
    workbook,
)


def form_with_advice(path: Path) -> list[Pair]:
    """A form whose headings go on about other things, beside a rating and who answered."""
    head = (
        "타임스탬프",
        "1. 성함을 입력해 주세요.",
        "2. 문의 유형을 선택해 주세요. (복수 선택 불가)",
        "3. 문의하실 내용을 가능한 한 자세히 적어 주세요. 사진은 이메일로 보내 주시기 바랍니다.",
        "4. 평소 저희 고객센터의 답변에 얼마나 만족하고 계신가요?",
        "[담당자 작성란] 고객님의 문의에 대한 답변을 입력해 주세요",
        "[담당자 작성란] 답변한 사람",
    )
    rows = [
        (spoken(clock(n)), NAMES[n % 5], "배송", q, "만족", a if n % 6 else "", NAMES[n % 4])
        for n, (q, a) in enumerate(said())
    ]
    delimited(path, [head, *rows])
    return [pair for n, pair in enumerate(said()) if n % 6]


def form_about_the_service(path: Path) -> None:
    """A survey: what was asked and what was answered is the other way round."""
    head = (
        "타임스탬프",
        "1. 상담사의 답변 가운데 아쉬웠던 점을 적어 주세요.",
        "2. 문의하신 뒤의 처리에 얼마나 만족하셨는지 의견을 적어 주세요.",
    )
    rows = [(spoken(clock(n)), q, a) for n, (q, a) in enumerate(said())]
    workbook(path, ("응답", [head, *rows]))


def headings_in_two_languages(path: Path) -> list[Pair]:
    head = ("접수일(Date)", "국가(Country)", "문의 Inquiry", "답변 Reply", "담당자 Agent")
    rows = [(clock(n).date(), "KR", q, a, NAMES[n % 5]) for n, (q, a) in enumerate(said())]
    delimited(path, [head, *rows], delimiter=";")
    return said()


def english_heading_first(path: Path) -> list[Pair]:
    head = ("No", "Question (질문)", "Answer / 답변", "Category (분류)")
    rows = [(n, q, a, "배송 문의") for n, (q, a) in enumerate(said())]
    workbook(path, ("FAQ", [head, *rows]))
    return said()


def sender_and_what_was_sent(path: Path) -> list[Pair]:
    """Utterances under 발송주체 and 발송내용; a bot greets, the system connects."""
    rows: list[Row] = [("대화ID", "순번", "발송시각", "발송주체", "발송내용")]
    for n, (q, a) in enumerate(said()):
        turns = (
            ("챗봇", "안녕하세요! 챗봇 누리입니다. 상담사 연결을 원하시면 기다려 주세요."),
            ("시스템", "상담사가 입장하였습니다."),
            ("상담사", "안녕하세요, 고객센터입니다. 무엇을 도와드릴까요?"),
            ("고객", q),
            ("상담사", a),
        )
        rows += [
            (f"CH{1001 + n}", at + 1, clock(5 * n + at, 1), who, text)
            for at, (who, text) in enumerate(turns)
        ]
    workbook(path, ("상세", rows))
    return said()


def notices_sent_by_the_system(path: Path) -> None:
    """The same headings above notices that nobody asked for."""
    rows: list[Row] = [("발송번호", "발송시각", "발송주체", "수신번호", "발송내용")]
    rows += [
        (n, clock(n), "시스템", f"010-5550-{n:04}", f"[행복몰] {a}")
        for n, (_, a) in enumerate(said())
    ]
    workbook(path, ("알림톡", rows))


def mail_with_automatic_reply(path: Path) -> list[Pair]:
    """The automatic reply stands before the one that a person wrote."""
    head = ("수신일시", "발신자", "고객 메일 본문", "자동회신 내용", "담당자 회신 내용", "담당자")
    automatic = "[자동회신] 문의가 접수되었습니다. 영업일 기준 1일 이내에 답변드리겠습니다."
    rows = [
        (clock(n), f"a{n}@mail.com", f"안녕하세요.\n{q}", automatic, a, NAMES[n % 5])
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("메일", [head, *rows]))
    return [(f"안녕하세요. {q}", a) for q, a in said()]


def lines_broken_and_too_wide(path: Path) -> list[Pair]:
    """Without quotes: some questions stand on two lines, and their answers hold commas."""
    lines = ["접수번호,접수일,문의내용,답변내용,상담사"]
    for n, (q, a) in enumerate(said()):
        broken = n % 5 == 4
        question = q.replace(" ", "\n", 1) if broken else q
        answer = f"확인해 보니,{a}" if broken else a
        lines.append(f"{31001 + n},{clock(n).date()},{question},{answer},{NAMES[n % 5]}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [pair for n, pair in enumerate(said()) if n % 5 != 4]


def trailing_cells_left_out(path: Path) -> list[Pair]:
    """Rows of a number, whose empty cells at the end were not written: nothing is broken."""
    lines = ["번호,문의내용,답변내용,비고,평점,태그"]
    for n, (q, a) in enumerate(said()):
        lines.append(f"{n},{q},{a}" + ",메모,5,배송" * (n % 3 != 1))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return said()


def nothing_as_a_database_writes_it(path: Path) -> list[Pair]:
    r"""A backslash before quotes, and \N without quotes where nobody answered."""
    lines = ['"id","created_at","question","answer","admin_id"']
    for n, (q, a) in enumerate(said()):
        answer = '"' + f'화면의 \\"내 주문\\"을 눌러 주세요. {a}' + '"' if n % 4 else "\\N"
        lines.append(f'"{n}","{clock(n)}","{q}",{answer},\\N')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [(q, f'화면의 "내 주문"을 눌러 주세요. {a}') for n, (q, a) in enumerate(said()) if n % 4]


def totals_in_words(path: Path) -> list[Pair]:
    """Counts below the columns of questions and answers."""
    head: Row = ("NO", "접수일", "채널", "VOC내용", "조치내용", "조치부서")
    rows: list[Row] = [
        (n + 1, clock(n), "홈페이지", q, a, "품질팀") for n, (q, a) in enumerate(said())
    ]
    total: Row = ("합계", None, None, "총 24건", "조치완료 23건, 보류 1건", None)
    workbook(path, ("1분기", [("2026년 1분기 VOC 관리대장",), (), head, *rows, total]))
    return said()


def _records(rule: str, indent: str = "", head: str = "") -> Build:
    """Labelled lines, a record a case; some have no answer, texts may go on and hold a colon."""

    def write(path: Path) -> list[Pair]:
        lines = [head, rule]
        for n, (q, a) in enumerate(said()):
            asked = q.replace(" ", f"\n{indent}  ", 1) if n % 5 == 2 else q
            fields = (
                ("접수번호", f"3-{n:02}"),
                ("접수시간", spoken(clock(n))),
                ("문의", asked),
                ("답변", "" if n % 6 == 5 else f"안내: {a}"),
                ("응대자", NAMES[n % 5]),
                ("대표문의", "1588-0000"),
            )
            lines += [*(f"{indent}{label}: {text}" for label, text in fields), rule]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return [(q, f"안내: {a}") for n, (q, a) in enumerate(said()) if n % 6 != 5]

    write.__name__ = f"records between '{rule[:4]}'"
    return write


def two_fields_between_rules(path: Path) -> list[Pair]:
    """A line above two labelled ones says the rest; the labels are a desk's own."""
    lines = ["푸른박물관 이야기판 저장", "저장일: 2026-03-31", "", "=" * 30]
    for n, (q, a) in enumerate(said()):
        lines += [f"No. {n + 300}   {clock(n):%Y-%m-%d}   관람객 {'가나다라'[n % 4]}○○"]
        lines += [f"묻습니다: {q}", f"학예사 말씀: {a}", "-" * 30]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return said()


def interviews_between_rules(path: Path) -> None:
    """Labels that say who speaks are those of talk: a superior asks, and an employee answers."""
    lines = ["=" * 30]
    for n, (q, a) in enumerate(said()):
        lines += [f"{n + 1}번 문항", f"면담자: {q}", f"직원: {a}", "-" * 30]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def notices_between_rules(path: Path) -> None:
    lines = ["=" * 30]
    for n, (q, a) in enumerate(said()):
        lines += [f"No. {n + 300}", f"제목: {q.split()[0]} 안내", f"본문: {a}", "-" * 30]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def rows_of_a_console(path: Path) -> list[Pair]:
    """As a database's console prints rows one below the other."""
    lines = ["mysql> SELECT * FROM tb_qna\\G"]
    for n, (q, a) in enumerate(said()):
        lines += [f"{'*' * 27} {n + 1}. row {'*' * 27}"]
        lines += [f"   qna_id: {n}", f"q_content: {q}", f"a_content: {a}", "  a_admin: cs02"]
    path.write_text("\n".join([*lines, "24 rows in set (0.01 sec)"]) + "\n", encoding="utf-8")
    return said()


def ruled_conversations(path: Path) -> list[Pair]:
    """The same look, but the labels are speakers: a conversation between the rules."""
    lines = []
    for n in range(0, 24, 3):
        lines += ["=" * 20]
        lines += [line for q, a in said()[n : n + 3] for line in (f"고객: {q}", f"상담사: {a}")]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return said()


def quoted_mails(path: Path) -> list[Pair]:
    """Mails as a table, each reply above the labelled lines of the mail that it quotes."""
    head: Row = ("제목", "본문", "보낸 사람: (주소)", "받는 사람: (주소)", "날짜")
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        customer, ours = f"user{n}@mail1.example", "help@haneul.example"
        quoted = f"보낸 사람: 강예은\n날짜: {clock(n, 60)}\n받는 사람: 고객지원\n제목: 확인 요청"
        reply = f"{a}\n\n-----원본 메시지-----\n{quoted}\n\n{q}"
        rows.append((f"확인 요청 {n}", q, customer, ours, str(clock(n, 60))))
        rows.append((f"RE: 확인 요청 {n}", reply, ours, customer, str(clock(n, 60))))
    delimited(path, [head, *rows])
    return said()


def newest_line_on_top(path: Path) -> list[Pair]:
    """Conversations in cells, the latest line first, as the heading says."""
    rows: list[Row] = [("티켓", "고객명", "상담사", "대화내용(최신순)")]
    for n in range(0, 24, 3):
        turns = [one for q, a in said()[n : n + 3] for one in (("고객", q), ("상담사", a))]
        told = [f"[{clock(at, 2):%H:%M}] {who}: {text}" for at, (who, text) in enumerate(turns)]
        rows.append((f"TK-{n}", NAMES[0], NAMES[1], "\n".join(reversed(told))))
    workbook(path, ("전문", rows))
    return said()


def _headed(question: str, answer: str) -> Build:
    def write(path: Path) -> list[Pair]:
        head = ("seq", "reg_dt", question, answer, "reg_user")
        rows = [(n, clock(n), q, a, f"cs{n % 3:02}") for n, (q, a) in enumerate(said())]
        workbook(path, ("목록", [head, *rows]))
        return said()

    write.__name__ = f"{question} and {answer}"
    return write


def turns_of_a_query(path: Path) -> list[Pair]:
    """Abbreviated columns of a database, put into the order of their numbers as texts."""
    rows: list[tuple[str, str, str, str]] = []
    for n in range(0, 24, 6):
        turns = [one for q, a in said()[n : n + 6] for one in (("C", q), ("A", a))]
        numbered = [(f"CN26{n:02}", str(at), *one) for at, one in enumerate(turns, start=1)]
        rows += sorted(numbered, key=lambda row: row[1])
    delimited(path, [("CNSL_ID", "TURN_NO", "SPKR_CD", "UTTR_TXT"), *rows])
    return said()


def _kakao_rows(*customers: str) -> Build:
    def write(path: Path) -> list[Pair]:
        rows: list[Row] = [("Date", "User", "Message")]
        for n, (q, a) in enumerate(said()):
            customer = customers[n // 6 % len(customers)]
            rows.append((str(clock(n)), customer, q))
            rows.append((str(clock(n) + timedelta(minutes=2)), "행복몰 매니저", a))
        delimited(path, rows)
        return said()

    write.__name__ = f"chat of a manager with {len(customers)}"
    return write


PLAIN: Sequence[tuple[Build, str]] = (
    (_records("=" * 40), "a.txt"),
    (_records("-" * 12, indent="  ", head="전화 응대 기록"), "a.txt"),
    (_records(""), "a.txt"),
    (two_fields_between_rules, "talk.txt"),
    (notices_between_rules, "notices.txt"),
    (interviews_between_rules, "talk.txt"),
    (rows_of_a_console, "a.txt"),
    (ruled_conversations, "a.txt"),
    (quoted_mails, "a.csv"),
    (newest_line_on_top, "a.xlsx"),
    (_headed("q_content", "a_content"), "a.xlsx"),
    (turns_of_a_query, "a.csv"),
    (_kakao_rows("곽진영"), "a.csv"),
    (_headed("cust_qna", "reply_txt"), "a.xlsx"),
    (_headed("wr_content", "qa_answer"), "a.xlsx"),
    (_headed("증상(고객 표현)", "해결"), "a.xlsx"),
    (_headed("고객 말씀", "상담사 답변"), "a.xlsx"),
    (_headed("inq_txt", "ans_txt"), "a.xlsx"),
    (_headed("Problem", "Solution"), "a.xlsx"),
    (form_with_advice, "a.csv"),
    (form_about_the_service, "a.xlsx"),
    (headings_in_two_languages, "a.csv"),
    (english_heading_first, "a.xlsx"),
    (sender_and_what_was_sent, "a.xlsx"),
    (notices_sent_by_the_system, "a.xlsx"),
    (mail_with_automatic_reply, "a.xlsx"),
    (lines_broken_and_too_wide, "a.csv"),
    (trailing_cells_left_out, "a.csv"),
    (nothing_as_a_database_writes_it, "a.csv"),
    (totals_in_words, "a.xlsx"),
)
"""Builders and names of files; the pairs that their owners expect come from the builders."""
