"""Exports of branches and databases: templates sent, rooms at a time, lines cut, rows repeated."""

import json
from collections.abc import Sequence
from datetime import timedelta
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

_TEMPLATES = ("[T-012] 배송 안내 템플릿", "[T-034] 환불 규정", "템플릿: 일반", "직접작성")


def what_was_sent_beside_its_template(path: Path) -> list[Pair]:
    """답변 names a template; what the customer read stands under 발송내용."""
    head = ("접수번호", "문의", "답변", "발송내용", "발송채널", "처리자")
    rows = [
        (f"R{n}", q, _TEMPLATES[n % 4], a, "알림톡", NAMES[n % 5])
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("발송이력", [head, *rows]))
    return said()


def what_was_sent_in_english(path: Path) -> list[Pair]:
    rows = [(n, q, f"macro_{n % 3}", a) for n, (q, a) in enumerate(said())]
    delimited(path, (("Ticket", "Question", "Answer", "Sent message"), *rows))
    return said()


def templates_alone(path: Path) -> None:
    """Only the template's name is known: nothing says what was answered."""
    rows = [(q, _TEMPLATES[n % 4], NAMES[n % 5]) for n, (q, _) in enumerate(said())]
    workbook(path, ("이력", [("문의", "답변", "처리자"), *rows]))


def answers_with_a_mark(path: Path) -> list[Pair]:
    """A code in brackets before every answer is part of what was sent."""
    rows = [(q, f"[T-0{n % 4}] {a}") for n, (q, a) in enumerate(said())]
    workbook(path, ("이력", [("문의", "답변"), *rows]))
    return [(q, f"[T-0{n % 4}] {a}") for n, (q, a) in enumerate(said())]


def an_answer_that_was_sent_later(path: Path) -> list[Pair]:
    """답변 holds sentences: what was sent about it besides is no other answer."""
    rows = [(q, a, f"{n}번 문의에 답변이 등록되었습니다.") for n, (q, a) in enumerate(said())]
    workbook(path, ("이력", [("문의", "답변", "발송문구"), *rows]))
    return said()


def headings_in_sentences(path: Path) -> list[Pair]:
    head = ("순번", "고객이 물어본 말", "우리가 답한 말", "담당")
    rows = [(n, q, a, NAMES[n % 5]) for n, (q, a) in enumerate(said())]
    workbook(path, ("3월", [("3월 고객 응대 기록",), (), head, *rows]))
    return said()


def headings_in_english_sentences(path: Path) -> list[Pair]:
    head = ("No.", "What the customer asked", "What we answered")
    delimited(path, (head, *((n, q, a) for n, (q, a) in enumerate(said()))))
    return said()


def headings_of_an_inspection(path: Path) -> None:
    """What was asked for and when somebody answered: neither is what anybody said."""
    rows = [(NAMES[n % 5], "전화", str(clock(n))) for n in range(24)]
    workbook(path, ("점검", [("문의한 고객", "문의한 방법", "답변한 시각"), *rows]))


def _rooms(rows_of: int = 3) -> list[tuple[str, str, str]]:
    """Rooms in which so many talk at a time: questions first, then their answers."""
    rows = []
    for first in range(0, len(said()), rows_of):
        some = list(enumerate(said()))[first : first + rows_of]
        rows += [(f"room-{n}", "손님", q) for n, (q, _) in some]
        rows += [(f"room-{n}", "매니저", a) for n, (_, a) in reversed(some)]
    return rows


def rooms_at_a_time(path: Path) -> list[Pair]:
    rows = [("26.3.2(월)", f"{clock(n, 1):%H:%M}", *row) for n, row in enumerate(_rooms())]
    workbook(path, ("채팅", [("일자", "시간", "상담방", "발신", "내용"), *rows]))
    return said()


def cut_lines(path: Path) -> list[Pair]:
    """A database's long texts, two rows an utterance, the last line first."""
    rows = []
    for n, pair in enumerate(said()):
        for turn, (role, text) in enumerate(zip(("고객", "상담원"), pair, strict=True), start=1):
            begins, ends = text.split(" ", 1)
            rows += [
                (f"2026{n:04}", turn, role, line, part) for line, part in ((2, ends), (1, begins))
            ]
    delimited(path, (("TICKET_NO", "TURN_NO", "ROLE_NM", "LINE_NO", "LINE_TEXT"), *rows), "cp949")
    return said()


def numbered_lines_that_are_utterances(path: Path) -> list[Pair]:
    """Both columns number whole utterances: one in the call, one in the file."""
    rows = [
        (f"C{n}", 2 * n + place, place + 1, role, text)
        for n, pair in enumerate(said())
        for place, (role, text) in enumerate(zip(("고객", "상담사"), pair, strict=True))
    ]
    head = ("통화ID", "라인", "발화순번", "화자", "발화내용")
    delimited(path, (head, *rows[::-1]))
    return said()


def _messages() -> list[tuple[str, int, str, str]]:
    return [
        (f"TK{n // 2}", 2 * (n % 2) + place, sender, text)
        for n, pair in enumerate(said())
        for place, (sender, text) in enumerate(zip(("고객", "상담사"), pair, strict=True))
    ]


def repeated_by_label(path: Path) -> list[Pair]:
    """Every ticket as often as it has labels, one time below the other."""
    rows = []
    for ticket in range(12):
        own = [row for row in _messages() if row[0] == f"TK{ticket}"]
        rows += [(*row, tag) for tag in ("vip", "모바일", "신규") for row in own]
    delimited(path, (("ticket_no", "msg_seq", "sender", "msg_body", "tag_name"), *rows), "utf-8")
    return said()


def said_twice_under_two_numbers(path: Path) -> list[Pair]:
    """The same words under another number were said again."""
    rows = [(0, "고객", said()[0][0]), (1, "상담사", "네, 고객님.")]
    rows += [(2, "고객", said()[1][0]), (3, "상담사", "네, 고객님.")]
    rows += [(4, "고객", said()[2][0]), (5, "상담사", said()[2][1])]
    delimited(path, (("ticket_no", "msg_seq", "sender", "msg_body"), *((7, *row) for row in rows)))
    return [(rows[place][2], rows[place + 1][2]) for place in (0, 2, 4)]


_BOARD = ("글번호", "댓글번호", "상위댓글번호", "작성자", "내용", "작성일시")


def _comments(*, asks_more: bool = True) -> tuple[list[tuple[object, ...]], list[Pair]]:
    """Posts with a member's, a manager's and the author's comments; every other one goes on."""
    rows: list[tuple[object, ...]] = []
    pairs: list[Pair] = []
    for n, (q, a) in enumerate(said()[:16]):
        author, at = f"회원{n}", 1000 * n
        rows += [(n, "", "", author, q), (n, at + 1, "", f"이웃{n}", "저는 그냥 직접 갔어요.")]
        rows += [(n, at + 2, "", "운영자", a)]
        pairs.append((q, a))
        if asks_more and n % 2:
            more, reply = said()[16 + n // 2]
            rows += [(n, at + 3, at + 2, author, more), (n, at + 4, at + 3, "운영자", reply)]
            pairs.append((more, reply))
    return [(*row, clock(step)) for step, row in enumerate(rows)], pairs


def comments_below_posts(path: Path) -> list[Pair]:
    rows, pairs = _comments()
    workbook(path, ("카페", [_BOARD, *rows]))
    return pairs


def comments_newest_first(path: Path) -> list[Pair]:
    rows, pairs = _comments()
    delimited(path, (_BOARD, *rows[::-1]), delimiter="\t")
    return pairs


def comments_in_english(path: Path) -> list[Pair]:
    """A manager replies to a member's comment, which is then a question."""
    rows: list[tuple[object, ...]] = []
    for n, (q, a) in enumerate(said()[:12]):
        more, reply = said()[12 + n]
        post = 100 * n + 5
        rows += [
            (post, "", f"user{n}", q),
            (post + 1, post, f"user{n + 50}", "Same here, I am waiting too."),
            (post + 2, post, f"user{n + 70}", more),
            (post + 3, post + 2, "staff", reply),
            (post + 4, post, "staff", a),
        ]
    delimited(path, (("id", "parent_id", "author", "body"), *rows), "utf-8")
    return said()


def comments_without_links(path: Path) -> list[Pair]:
    """A manager writes again below a member's question: to whom is not said."""
    rows: list[tuple[object, ...]] = []
    for n, (q, a) in enumerate(said()[:12]):
        more, reply = said()[12 + n]
        post = 100 * n + 5
        rows += [(post, "", f"회원{n}", q), (post + 1, post, "운영자", a)]
        if n < 6:
            rows += [(post + 2, post, f"회원{n + 50}", more), (post + 3, post, "운영자", reply)]
    head = ("글번호", "부모글", "닉네임", "본문", "등록일시")
    workbook(path, ("게시판", [head, *((*row, clock(n)) for n, row in enumerate(rows))]))
    return said()[:12]


def comments_by_their_author(path: Path) -> list[Pair]:
    """The author alone asks again; every row names the post."""
    rows: list[tuple[object, ...]] = []
    for n in range(12):
        (q, a), (more, reply) = said()[n], said()[12 + n]
        texts = ((f"회원{n}", q), ("관리자", a), (f"회원{n}", more), ("관리자", reply))
        rows += [(40 * n + k + 9, 40 * n + 9, *one) for k, one in enumerate(texts)]
    head = ("글번호", "원글번호", "작성자", "본문", "등록일시")
    workbook(path, ("게시판", [head, *((*row, clock(n)) for n, row in enumerate(rows))]))
    return said()


_HELP, _AUTOMATIC = "한빛몰 고객센터 <help@hanbit.example>", "한빛몰 <noreply@hanbit.example>"


def _mails(company: str, customers: Sequence[str]) -> list[tuple[object, ...]]:
    """Several customers at a time: moment, from, to, subject and text of each mail."""
    rows: list[tuple[object, ...]] = []
    for n, (q, a) in enumerate(said()):
        customer = customers[n % len(customers)]
        rows.append((clock(n, 3), customer, company, f"문의 {n}", q))
        rows.append((clock(n, 3) + timedelta(minutes=20), company, customer, f"RE: 문의 {n}", a))
    return sorted(rows, key=lambda row: str(row[0]))


def mailbox_newest_first(path: Path) -> list[Pair]:
    """With automatic replies, mail to colleagues, and a reply that quotes the question."""
    rows = _mails(_HELP, [f"{name} <u{n}@mail.example>" for n, name in enumerate(NAMES)])
    for n, (moment, asks, _, subject, text) in enumerate(list(rows)):
        if asks == _HELP:
            continue
        rows.append((moment, _AUTOMATIC, asks, "[자동회신] 접수", "메일이 접수되었습니다."))
        if n % 3 == 0:
            colleague = "물류팀 <logis@hanbit.example>"
            rows.append((moment, _HELP, colleague, f"FW: {subject}", f"확인 바랍니다. {text}"))
    rows.sort(key=lambda row: str(row[0]), reverse=True)
    delimited(path, (("날짜", "보낸사람", "받는사람", "제목", "본문"), *rows))
    return said()


def mailbox_of_outlook(path: Path) -> list[Pair]:
    """Everybody has an address of one provider; names stand in columns of their own."""
    rows = _mails("shop@naver.com", [f"buyer{n}@naver.com" for n in range(5)])
    head = ("제목", "본문", "보낸 사람: (이름)", "보낸 사람: (주소)", "받는 사람: (주소)", "날짜")
    cells = [(row[3], row[4], NAMES[n % 5], *row[1:3], row[0]) for n, row in enumerate(rows)]
    workbook(path, ("메일", [head, *cells]))
    return said()


def mailbox_of_one_subject(path: Path) -> list[Pair]:
    """All customers write about the same; one mail has a copy for a colleague."""
    mails = _mails("support@shop.example", [f"c{n}@mail.example" for n in range(24)])
    rows = [(*row[:2], f"{row[2]}, boss@shop.example", "Inquiry", row[4]) for row in mails]
    delimited(path, (("Date", "From", "To", "Subject", "Body"), *rows), "utf-8")
    return said()


def mail_among_colleagues(path: Path) -> None:
    rows = [
        (clock(n), f"a{n % 5}@shop.example", f"a{(n + 1) % 5}@shop.example", f"업무 {n % 5}", text)
        for n, text in enumerate(text for pair in said() for text in pair)
    ]
    delimited(path, (("날짜", "보낸사람", "받는사람", "제목", "본문"), *rows))


def mail_that_only_went_out(path: Path) -> None:
    rows = [
        (clock(n), "news@shop.example", f"c{n}@mail.example", "소식", f"{a} 어떠셨나요?")
        for n, (_, a) in enumerate(said())
    ]
    delimited(path, (("날짜", "보낸사람", "받는사람", "제목", "본문"), *rows))


def mail_of_strangers(path: Path) -> None:
    """An archive of many people's mail: nobody is the company."""
    rows = [
        (clock(2 * n + place), f"p{n}@{n}.example", f"q{n}@q{n}.example", f"{n}", text)
        for n, pair in enumerate(said())
        for place, text in enumerate(pair)
    ]
    delimited(path, (("날짜", "보낸사람", "받는사람", "제목", "본문"), *rows))


def _steps(*, newest_first: bool) -> list[tuple[object, ...]]:
    """Two rows a case: what was said at once, and in the end."""
    rows: list[tuple[object, ...]] = []
    for n, (q, a) in enumerate(said()):
        steps = [
            (f"R{n}", q, "확인해 보겠습니다.", clock(2 * n)),
            (f"R{n}", q, a, clock(2 * n + 1)),
        ]
        rows += reversed(steps) if newest_first else steps
    return rows


def steps_of_a_case(path: Path) -> list[Pair]:
    workbook(
        path,
        ("이력", [("접수번호", "문의내용", "처리내용", "처리일시"), *_steps(newest_first=False)]),
    )
    return [(q, f"확인해 보겠습니다. {a}") for q, a in said()]


def steps_newest_first(path: Path) -> list[Pair]:
    head = ("ticket_id", "question", "answer", "time")
    delimited(path, (head, *_steps(newest_first=True)), "utf-8")
    return [(q, f"확인해 보겠습니다. {a}") for q, a in said()]


def one_answer_a_label(path: Path) -> list[Pair]:
    """The same answer once more for each of a ticket's labels."""
    rows = [(n, q, a, tag) for n, (q, a) in enumerate(said()) for tag in ("vip", "신규")]
    delimited(path, (("ticket_id", "question", "answer", "tag"), *rows), "utf-8")
    return said()


def one_question_of_two_customers(path: Path) -> list[Pair]:
    """Two customers ask the same, and each gets an answer."""
    q, a = said()[0]
    pairs = [(q, a), (q, "주소를 알려 주시면 확인해 드리겠습니다."), *said()[1:]]
    rows = [(f"R{n}", *pair) for n, pair in enumerate(pairs)]
    workbook(path, ("이력", [("접수번호", "문의내용", "답변내용"), *rows]))
    return pairs


def _card(n: int, asked: str, replied: str | None) -> list[tuple[object, ...]]:
    return [
        ("민 원 접 수 카 드",),
        ("※ 문의내용과 답변내용은 접수 담당자가 그대로 적습니다.",),
        ("접수번호", f"2026-{n}", "접수일", f"2026. 3. {n + 1}."),
        ("민원인", NAMES[n % 5], "접수방법", "전화"),
        ("문의내용", asked),
        ("답변내용", replied),
        ("담당자", NAMES[(n + 1) % 5], "처리결과", "완결" if replied else "처리중"),
    ]


def cards_of_a_form(path: Path) -> list[Pair]:
    """Every fourth has no answer yet; a blank row between two of them."""
    rows: list[tuple[object, ...]] = []
    for n, (q, a) in enumerate(said()):
        rows += [*_card(n, q, a if n % 4 else None), ()]
    workbook(path, ("접수카드", rows))
    return [pair for n, pair in enumerate(said()) if n % 4]


def cards_without_gaps(path: Path) -> list[Pair]:
    """Long texts go on below; a state stands in the place of every third answer."""
    rows: list[tuple[object, ...]] = []
    for n, (q, a) in enumerate(said()):
        begins, ends = q.rsplit(" ", 1)
        rows += [("No", n), ("질문", begins), ("", ends), ("답변", a if n % 3 else "처리중")]
    delimited(path, rows)
    return [pair for n, pair in enumerate(said()) if n % 3]


def cards_in_english(path: Path) -> list[Pair]:
    rows: list[tuple[object, ...]] = []
    for n, (q, a) in enumerate(said()):
        rows += [("Case", f"#{n}"), ("Customer", "Kim"), ("Question", q), ("Reply", a), ()]
    workbook(path, ("Cards", rows))
    return said()


def a_guide_to_a_form(path: Path) -> None:
    rows = [
        ("문의내용", "고객이 물어본 것을 그대로 적습니다."),
        ("답변내용", "안내한 내용을 적습니다."),
    ]
    workbook(path, ("작성 요령", [("항목별 작성 요령",), *rows, ("담당자", "이름을 적습니다.")]))


def cards_of_a_survey(path: Path) -> None:
    rows: list[tuple[object, ...]] = []
    for n in range(24):
        asked = ("상담에 만족하셨나요?", "다시 이용하시겠어요?")[n % 2]
        rows += [("응답자", n), ("질문", asked), ("답변", f"{n + 2}번 이용했는데 대체로 좋았어요.")]
    workbook(path, ("설문", rows))


def cards_of_states(path: Path) -> None:
    rows: list[tuple[object, ...]] = []
    for n, (q, _) in enumerate(said()):
        rows += [("접수번호", n), ("문의내용", q), ("처리결과", "완결"), ("담당자", NAMES[n % 5])]
    workbook(path, ("접수카드", rows))


def answers_on_a_sheet_of_their_own(path: Path) -> list[Pair]:
    """In another order, every sixth not answered, a sheet of figures between."""
    asked = [(1200 + n, f"2026-03-0{1 + n % 9}", f"mem{n}", q) for n, (q, _) in enumerate(said())]
    replied = [
        (9000 + n, 1200 + n, "2026-04-01", NAMES[n % 5], a)
        for n, (_, a) in enumerate(said())
        if n % 6
    ]
    workbook(
        path,
        ("문의", [("문의번호", "등록일", "회원ID", "문의내용"), *asked]),
        ("집계", [("구분", "건수"), ("문의", 24), ("답변", 20)]),
        ("답변", [("답변번호", "문의번호", "답변일", "상담사", "답변내용"), *replied[::-1]]),
    )
    return [pair for n, pair in enumerate(said()) if n % 6]


def answers_by_the_number_of_a_post(path: Path) -> list[Pair]:
    """The question's own number is called so; two answers to every other question."""
    asked = [(n + 5, q) for n, (q, _) in enumerate(said())]
    replied = [
        (n + 5, part) for n, (_, a) in enumerate(said()) for part in (a, "감사합니다.")[: 1 + n % 2]
    ]
    workbook(
        path,
        ("Questions", [("ID", "Question"), *asked]),
        ("Answers", [("Question ID", "Answer"), *replied]),
    )
    return [(q, f"{a} 감사합니다." if n % 2 else a) for n, (q, a) in enumerate(said())]


def sheets_that_count_their_own_rows(path: Path) -> None:
    """Each sheet numbers its rows: that says nothing of which belong together."""
    asked, replied = zip(*said(), strict=True)
    workbook(
        path,
        ("문의", [("번호", "문의내용"), *enumerate(asked, start=1)]),
        ("답변", [("번호", "답변내용"), *enumerate(reversed(replied), start=1)]),
    )


def sheets_of_other_numbers(path: Path) -> None:
    asked, replied = zip(*said(), strict=True)
    workbook(
        path,
        ("1월", [("문의번호", "문의내용"), *enumerate(asked, start=1)]),
        ("2월", [("문의번호", "답변내용"), *enumerate(replied, start=20)]),
    )


def _json(path: Path, document: object) -> None:
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


def conversations_of_a_help_desk(path: Path) -> list[Pair]:
    """What began a conversation stands apart from its parts; notes are for colleagues."""
    conversations = []
    for n in range(12):
        (q, a), (more, reply) = said()[n], said()[n + 12]
        parts = [
            ("assignment", "admin", None),
            ("note", "admin", "이전 상담을 확인했음"),
            ("comment", "admin", f"<p>{a}</p>"),
            ("comment", "user", more),
            ("comment", "admin", reply),
            ("close", "admin", None),
        ]
        listed = [
            {
                "part_type": kind,
                "body": body,
                "created_at": 1_772_400_000 + 100 * n + place,
                "author": {"type": who, "name": NAMES[place % 5]},
            }
            for place, (kind, who, body) in enumerate(parts, start=1)
        ]
        source = {"author": {"type": "lead", "name": NAMES[n % 5]}, "body": q}
        conversations.append(
            {
                "id": str(n),
                "created_at": 1_772_400_000 + 100 * n,
                "source": source,
                "conversation_parts": {"conversation_parts": listed, "total_count": 6},
            }
        )
    _json(path, {"type": "conversation.list", "conversations": conversations})
    return said()


def _questions(*, answered_by: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
    """Questions about products; `answered_by` are role and name of who replies to each."""
    return [
        {
            "questionId": n,
            "writer": f"buyer{n}",
            "question": q,
            "answers": [
                {
                    "answerId": 10 * n + place,
                    "writerType": role,
                    "writer": name,
                    "content": a if role == "SELLER" else f"{n}번은 저도 궁금하네요",
                }
                for place, (role, name) in enumerate(answered_by)
            ],
        }
        for n, (q, a) in enumerate(said())
    ]


def questions_of_products(path: Path) -> list[Pair]:
    """Other buyers reply, too, before and after the seller."""
    replies = (("BUYER", "kim"), ("SELLER", "행복몰"), ("BUYER", "lee"))
    questions = _questions(answered_by=replies)
    _json(path, [{"productId": n, "qna": questions[6 * n : 6 * n + 6]} for n in range(4)])
    return said()


def questions_one_a_line(path: Path) -> list[Pair]:
    questions = _questions(answered_by=[("SELLER", "행복몰")])
    path.write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    return said()


def questions_that_buyers_answer(path: Path) -> None:
    _json(path, _questions(answered_by=(("BUYER", "kim"), ("BUYER", "lee"))))


def pairs_with_lists_beside(path: Path) -> list[Pair]:
    """A row a pair: lists of labels and of searches in it are no replies."""
    rows = [
        {"question": q, "answer": a, "tags": [{"name": "배송"}], "sources": [{"body": "약관"}]}
        for q, a in said()
    ]
    _json(path, rows)
    return said()


def calls_of_a_customer(path: Path) -> list[Pair]:
    """A customer's calls begin their turns anew; rows are numbered through."""
    rows: list[tuple[object, ...]] = []
    for n, (q, a) in enumerate(said()):
        rows += [(2 * n + 1, f"C{n // 3}", 1, "고객", q), (2 * n + 2, f"C{n // 3}", 2, "상담사", a)]
    workbook(path, ("통화", [("순번", "통화ID", "턴", "화자", "발화내용"), *rows]))
    return said()


def cards_with_repeated_labels(path: Path) -> list[Pair]:
    """Two lines a side, each with its label."""
    rows: list[tuple[object, ...]] = []
    for q, a in said():
        rows += [("질문", "안녕하세요."), ("질문", q), ("답변", a), ("답변", "감사합니다.")]
    workbook(path, ("문답", rows))
    return [(f"안녕하세요. {q}", f"{a} 감사합니다.") for q, a in said()]


def texts_of_a_campaign(path: Path) -> None:
    """What was planned and what was sent: nobody asked."""
    rows = [(n, f"{q} 지금 확인하세요.", a, "성공") for n, (q, a) in enumerate(said())]
    workbook(path, ("발송", [("번호", "내용", "발송내용", "결과"), *rows]))


_SIDES = ("시각", "고객 메시지", "시각", "상담사 메시지")


def lists_with_their_own_times(path: Path) -> None:
    """Each side is a list; every fourth question is two messages."""
    asked: list[tuple[object, ...]] = []
    replied: list[tuple[object, ...]] = []
    for n, (q, a) in enumerate(said()):
        asked.append((clock(3 * n), q))
        if n % 4 == 0:
            asked.append((clock(3 * n + 1), f"그리고 {n}번 주문도 봐 주세요."))
        replied.append((clock(3 * n + 2), a))
    replied += [("", "")] * (len(asked) - len(replied))
    rows = [(*one, *other) for one, other in zip(asked, replied, strict=True)]
    workbook(path, ("채팅", [_SIDES, *rows]))


def pairs_with_times_beside(path: Path) -> list[Pair]:
    """A row a pair; the last ones are not answered yet."""
    rows = [
        (clock(3 * n), q, clock(3 * n + 2) if n < 20 else "", a if n < 20 else "")
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("채팅", [_SIDES, *rows]))
    return said()[:20]


def _halves(text: str) -> tuple[str, str]:
    words = text.split()
    return " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])


def texts_cut_over_columns(path: Path) -> None:
    head = ("번호", "문의내용1", "문의내용2", "답변내용1", "답변내용2")
    rows = [(n, *_halves(q), *_halves(a)) for n, (q, a) in enumerate(said())]
    workbook(path, ("원문", [head, *rows]))


def answers_cut_over_columns(path: Path) -> None:
    rows = [(n, q, *_halves(a)) for n, (q, a) in enumerate(said())]
    workbook(path, ("원문", [("번호", "문의", "답변1", "답변2"), *rows]))


def questions_before_answers(path: Path) -> list[Pair]:
    """Two exchanges a row, both questions first: numbers tell pairs, and neighbours are none."""
    rows = [(n, *(said()[at][side] for side in (0, 1) for at in (n, n + 12))) for n in range(12)]
    workbook(path, ("이력", [("번호", "문의1", "문의2", "답변1", "답변2"), *rows]))
    return said()


def numbered_pairs(path: Path) -> list[Pair]:
    rows = [(n, *said()[n], *said()[n + 12]) for n in range(12)]
    workbook(path, ("이력", [("번호", "문의1", "답변1", "문의2", "답변2"), *rows]))
    return said()


BRANCHES: Sequence[tuple[Build, str]] = (
    (what_was_sent_beside_its_template, "sent.xlsx"),
    (what_was_sent_in_english, "sent.csv"),
    (templates_alone, "templates.xlsx"),
    (answers_with_a_mark, "marks.xlsx"),
    (an_answer_that_was_sent_later, "later.xlsx"),
    (headings_in_sentences, "sentences.xlsx"),
    (headings_in_english_sentences, "sentences.csv"),
    (headings_of_an_inspection, "inspection.xlsx"),
    (rooms_at_a_time, "rooms.xlsx"),
    (cut_lines, "lines.csv"),
    (numbered_lines_that_are_utterances, "numbers.csv"),
    (repeated_by_label, "labels.csv"),
    (said_twice_under_two_numbers, "twice.csv"),
    (comments_below_posts, "comments.xlsx"),
    (comments_newest_first, "comments.tsv"),
    (comments_in_english, "comments.csv"),
    (comments_without_links, "links.xlsx"),
    (comments_by_their_author, "author.xlsx"),
    (steps_of_a_case, "steps.xlsx"),
    (steps_newest_first, "steps.csv"),
    (one_answer_a_label, "tags.csv"),
    (one_question_of_two_customers, "customers.xlsx"),
    (cards_of_a_form, "cards.xlsx"),
    (cards_without_gaps, "cards.csv"),
    (cards_in_english, "cases.xlsx"),
    (a_guide_to_a_form, "guide.xlsx"),
    (cards_of_a_survey, "survey.xlsx"),
    (cards_of_states, "states.xlsx"),
    (answers_on_a_sheet_of_their_own, "sheets.xlsx"),
    (answers_by_the_number_of_a_post, "posts.xlsx"),
    (sheets_that_count_their_own_rows, "counted.xlsx"),
    (sheets_of_other_numbers, "others.xlsx"),
    (conversations_of_a_help_desk, "desk.json"),
    (questions_of_products, "products.json"),
    (questions_one_a_line, "products.jsonl"),
    (questions_that_buyers_answer, "buyers.json"),
    (pairs_with_lists_beside, "pairs.json"),
    (calls_of_a_customer, "calls.xlsx"),
    (cards_with_repeated_labels, "labels.xlsx"),
    (texts_of_a_campaign, "campaign.xlsx"),
    (lists_with_their_own_times, "lists.xlsx"),
    (pairs_with_times_beside, "beside.xlsx"),
    (texts_cut_over_columns, "cut.xlsx"),
    (answers_cut_over_columns, "halves.xlsx"),
    (questions_before_answers, "grouped.xlsx"),
    (numbered_pairs, "numbered.xlsx"),
    (mailbox_newest_first, "mail.csv"),
    (mailbox_of_outlook, "outlook.xlsx"),
    (mailbox_of_one_subject, "inquiries.csv"),
    (mail_among_colleagues, "colleagues.csv"),
    (mail_that_only_went_out, "news.csv"),
    (mail_of_strangers, "strangers.csv"),
)
