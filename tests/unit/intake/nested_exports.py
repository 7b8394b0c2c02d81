"""Conversations as programs nest them, and spread over a row: what an owner expects, or None."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.unit.intake.call_centre_exports import NAMES, Build, Pair, Row, clock, said, workbook


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def _csv(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def tickets_beside_users(path: Path) -> list[Pair]:
    """Roles are in a list of users that is longer than that of tickets; an agent opened one."""
    users = [
        {"id": 1, "name": "박지훈", "role": "agent"},
        {"id": 2, "name": "최서연", "role": "admin"},
    ]
    users += [{"id": 100 + n, "name": NAMES[n % 5], "role": "end-user"} for n in range(40)]
    tickets = [
        {
            "id": 7000 + n,
            "requester_id": 1 if n == 3 else 100 + n,
            "description": q,
            "satisfaction_rating": {"score": "good", "comment": "친절했어요."},
            "comments": [
                {"id": 3 * n, "author_id": 100 + n, "public": True, "body": q},
                {"id": 3 * n + 1, "author_id": 2, "public": False, "body": "재고 확인 요망"},
                {"id": 3 * n + 2, "author_id": 1, "public": True, "body": a},
            ],
        }
        for n, (q, a) in enumerate(said())
    ]
    _json(path, {"users": users, "tickets": tickets, "count": 24})
    return said()


def questions_beside_their_conversations(path: Path) -> list[Pair]:
    """What the customer wrote first is the ticket's description, and no part of the list."""
    tickets = [
        {
            "id": n,
            "description_text": q,
            "conversations": [
                {"body_text": "담당자에게 전달함", "incoming": False, "private": True},
                {"body_text": a, "incoming": False, "private": False},
                {"body_text": "감사합니다.", "incoming": True, "private": False},
            ],
        }
        for n, (q, a) in enumerate(said())
    ]
    _json(path, tickets)
    return said()


def tickets_in_envelopes(path: Path) -> list[Pair]:
    """Each ticket and each note of it stands in an object of its own, and some are for agents."""
    tickets = [
        {
            "desk_ticket": {
                "display_id": 40 + n,
                "description": q,
                "requester": {"name": NAMES[n % 5], "agent": False},
                "notes": [
                    {"note": {"body": "재고 확인 요망", "incoming": False, "private": True}},
                    {"note": {"body": a, "incoming": False, "private": False}},
                ],
                "attachments": [],
            }
        }
        for n, (q, a) in enumerate(said())
    ]
    _json(path, tickets)
    return said()


def drafts_in_envelopes(path: Path) -> None:
    """What stands in the envelopes was sent to nobody."""
    _json(path, [{"reply_draft": {"question": q, "answer": a}} for q, a in said()])


def notes_that_tell_no_side(path: Path) -> None:
    tickets = [
        {"desk_ticket": {"description": q, "notes": [{"note": {"body": a, "user_id": 7}}]}}
        for q, a in said()
    ]
    _json(path, tickets)


def _posts(path: Path, **more: object) -> None:
    posts = [
        {
            "post_srl": 500 + n,
            "title": f"문의 {n}",
            "nick_name": f"회원{n:02}",
            "content": q,
            "comments": [
                *([_comment("회원99", "N", "저도 궁금해요.", n)] if n % 5 == 0 else []),
                _comment("운영팀", "Y", a, n) | more,
                _comment(f"회원{n:02}", "N", "감사합니다!", n),
            ]
            if n != 7
            else [],
        }
        for n, (q, a) in enumerate(said())
    ]
    _json(path, {"board": "help", "documents": posts})


def _comment(nick: str, admin: str, text: str, number: int) -> dict[str, object]:
    return {"nick_name": nick, "is_admin": admin, "content": text, "regdate": f"2026030209{number}"}


def posts_with_comments(path: Path) -> list[Pair]:
    """Other members comment, too, and one post has no comment yet."""
    _posts(path)
    return [pair for n, pair in enumerate(said()) if n != 7]


def posts_with_comments_for_colleagues(path: Path) -> None:
    """Some of the comments are not for the member who wrote the post."""
    _posts(path, internal=True)


def posts_with_comments_of_some_scope(path: Path) -> None:
    """Nothing says what it means that a comment was pinned."""
    _posts(path, pinned=True)


def posts_with_comments_of_nobody(path: Path) -> list[Pair]:
    """A comment without a name is another member's, as is that of another one without a name."""
    posts = [
        {
            "id": n,
            "content": q,
            **({"writer": "익명"} if n % 2 else {}),
            "comments": [
                {"content": "저도 알고 싶습니다", "isOfficial": 0, "badge": None}
                | ({"writer": "익명"} if n % 2 else {}),
                {"content": a, "isOfficial": 1, "badge": None},
            ],
        }
        for n, (q, a) in enumerate(said())
    ]
    _json(path, posts)
    return said()


def comments_of_numbered_sellers(path: Path) -> None:
    """`seller` is whose shop it is, and no flag."""
    posts = [
        {"content": q, "comments": [{"content": a, "seller": 1}, {"content": q, "seller": 0}]}
        for q, a in said()
    ]
    _json(path, posts)


def answers_with_two_flags(path: Path) -> list[Pair]:
    """Who is no seller may be an administrator."""
    found = [
        {"content": q, "replies": [{"content": a, "isSeller": "N", "isAdmin": "Y"}]}
        for q, a in said()
    ]
    _json(path, found)
    return said()


def replies_in_what_was_done(path: Path) -> list[Pair]:
    """The object that holds the reply is called after what was done; one is not answered yet."""
    found = [
        {
            "seq": n,
            "vocCn": q,
            "prcsInfo": {"deptNm": "고객팀", "replyCn": a, "prcsDt": "03-02"},
        }
        for n, (q, a) in enumerate(said())
    ]
    found.append({"seq": 99, "vocCn": "아직 답이 없나요?", "prcsInfo": None})
    _json(path, {"code": "00", "list": found})
    return said()


def first_and_last_replies(path: Path) -> None:
    """Of two replies, nothing says which one counts."""
    found = [
        {
            "seq": n,
            "vocCn": q,
            "firstInfo": {"replyCn": "확인 후 연락드리겠습니다."},
            "lastInfo": {"replyCn": a},
        }
        for n, (q, a) in enumerate(said())
    ]
    _json(path, found)


def conversations_with_parts(path: Path) -> list[Pair]:
    found = [
        {
            "id": str(n),
            "source": {"author": {"type": "user", "name": NAMES[n % 5]}, "body": f"<p>{q}</p>"},
            "conversation_parts": {
                "conversation_parts": [
                    {"part_type": "note", "body": "이력 확인", "author": {"type": "admin"}},
                    {"part_type": "assignment", "body": None, "author": {"type": "admin"}},
                    {"part_type": "comment", "body": "접수되었습니다.", "author": {"type": "bot"}},
                    {"part_type": "comment", "body": a, "author": {"type": "admin"}},
                ]
            },
        }
        for n, (q, a) in enumerate(said())
    ]
    _json(path, {"type": "conversation.list", "conversations": found})
    return said()


def _answers(n: int, answer: str) -> list[dict[str, object]]:
    """The seller's answer among those of other buyers, and one to a later question of somebody."""
    return [
        {"writerType": "BUYER", "content": "저는 잘 쓰고 있어요."},
        {"writerType": "SELLER", "content": answer},
        {"writerType": "BUYER", "content": f"그럼 {n}호도 되나요?"},
        {"writerType": "SELLER", "content": "그 모델은 안 됩니다."},
    ]


def product_questions(path: Path) -> list[Pair]:
    """A product's questions, of which some were answered by nobody but buyers."""
    pairs = said()
    questions = [
        {
            "questionId": 500 + n,
            "question": q,
            "answers": _answers(n, a)[: 1 if n % 6 == 5 else None],
        }
        for n, (q, a) in enumerate(pairs)
    ]
    halves = (questions[:12], questions[12:])
    _json(path, [{"productId": n, "qna": half} for n, half in enumerate(halves)])
    return [pair for n, pair in enumerate(pairs) if n % 6 != 5]


def posts_with_replies(path: Path) -> list[Pair]:
    posts = [
        {
            "id": n,
            "content": q,
            "replies": [{"isStaff": n % 2 == 1, "body": a if n % 2 else "저도 궁금해요."}],
        }
        for n, (q, a) in enumerate(said())
    ]
    _json(path, {"result": {"posts": posts}})
    return [pair for n, pair in enumerate(said()) if n % 2]


def preferences(path: Path) -> list[Pair]:
    pairs = said()
    lines = [
        {"prompt": q, "rejected": pairs[n - 1][1], "chosen": a, "annotator": NAMES[n % 5]}
        for n, (q, a) in enumerate(pairs)
    ]
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in lines), "utf-8")
    return pairs


def _messages(n: int, pair: Pair) -> list[dict[str, object]]:
    texts: list[dict[str, object]] = [
        {"sender": "customer", "kind": "text", "body": pair[0]},
        {"sender": "agent", "kind": "text", "body": pair[1]},
    ]
    note: dict[str, object] = {"sender": "agent", "kind": "private_note", "body": "이력 확인"}
    return [texts[0], note, texts[1]] if n % 2 else texts


def messages_in_a_cell(path: Path) -> list[Pair]:
    rows: list[Row] = [("conversation_id", "created_at", "channel", "messages", "tags")]
    for n, pair in enumerate(said()):
        cell = json.dumps(_messages(n, pair), ensure_ascii=False)
        rows.append((n, clock(n), ("web", "ios")[n % 2], cell, "문의"))
    _csv(path, rows)
    return said()


def messages_as_python_writes_them(path: Path) -> list[Pair]:
    """As data frames of lists are saved, long conversations among them."""
    pairs, rows = said(), list[Row]()
    for n in range(0, 24, 8):
        spoken = [
            {"role": role, "content": text * (20 if n else 1)}
            for pair in pairs[n : n + 8]
            for role, text in zip(("user", "assistant"), pair, strict=True)
        ]
        rows.append((n, str([{"role": "system", "content": "친절히 답하세요."}, *spoken])))
    workbook(path, ("data", [("id", "conversations"), *rows]))
    return [pair if n < 8 else (pair[0] * 20, pair[1] * 20) for n, pair in enumerate(pairs)]


def comments_over_a_row(path: Path) -> list[Pair]:
    """An agent opens every fourth ticket, and a customer's thanks end every third."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        spoken = [("고객", q), ("상담원", a)]
        spoken = [("상담원", "티켓을 열었습니다."), *spoken] if n % 4 == 0 else spoken
        spoken = [*spoken, ("고객", "감사합니다.")] if n % 3 == 0 else spoken
        rows.append((f"T-{n}", "종결", *(cell for one in spoken for cell in one)))
    head = [f"댓글{n} {what}" for n in range(1, 5) for what in ("작성자", "내용")]
    workbook(path, ("tickets", [("티켓번호", "상태", *head), *rows]))
    return said()


def a_question_before_the_comments(path: Path) -> list[Pair]:
    """Colleagues' memos and the customer's own words stand among the comments."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        more = ("customer", "아직 기다리고 있어요.") if n % 2 else ("memo", "재고 확인")
        rows.append((n, q, *more, "agent", a))
    head = ("author_1", "comment_1", "author_2", "comment_2")
    _csv(path, [("id", "description", *head), *rows])
    return [(f"{q} 아직 기다리고 있어요." if n % 2 else q, a) for n, (q, a) in enumerate(said())]


def shop_and_customer_by_letter(path: Path) -> list[Pair]:
    rows: list[Row] = [("IDX", "발화자", "발화문", "QA여부", "인텐트", "상담번호", "상담내순번")]
    for n, (q, a) in enumerate(said()):
        rows += [(2 * n, "c", q, "q", "문의", n, 1), (2 * n + 1, "s", a, "a", "안내", n, 2)]
    _csv(path, rows)
    return said()


def drafts_and_what_was_sent(path: Path) -> list[Pair]:
    rows: list[Row] = [("번호", "고객 메시지", "AI 초안", "평가", "상담사 발송 답변", "발송여부")]
    for n, (q, a) in enumerate(said()):
        sent = (a, "Y") if n % 4 else (None, "N")
        rows.append((n, q, f"안녕하세요! {said()[n - 1][1]}", "부정확", *sent))
    workbook(path, ("검수", rows))
    return [pair for n, pair in enumerate(said()) if n % 4]


def labels_of_intents_and_answers(path: Path) -> list[Pair]:
    rows = [(q, "문의_배송", a, "라벨 확인 필요함") for q, a in said()]
    workbook(path, ("data", [("발화", "의도", "답변", "comment"), *rows]))
    return said()


def users_alone(path: Path) -> None:
    _json(path, {"users": [{"id": n, "name": NAMES[n % 5], "role": "end-user"} for n in range(30)]})


def reviews_of_buyers(path: Path) -> None:
    replies = [[{"writerType": "BUYER", "content": a}] for _, a in said()]
    _json(
        path, [{"content": q, "replies": one} for (q, _), one in zip(said(), replies, strict=True)]
    )


def labels_of_intents(path: Path) -> None:
    remarks = ("두 라벨 사이에서 애매합니다.", "오탈자를 수정했습니다.", "다시 확인해 주세요.")
    rows = [
        (q, "문의", NAMES[n % 5], f"{n}번은 {remarks[n % 3]}") for n, (q, _) in enumerate(said())
    ]
    _csv(path, [("utterance", "label", "labeler", "comment"), *rows])


def letters_of_three(path: Path) -> None:
    """`s` is a system where agents have a letter of their own."""
    rows: list[Row] = [("상담번호", "발화자", "발화문")]
    for n, (q, _) in enumerate(said()):
        rows += [(n, "c", q), (n, "s", f"{n}번 손님, 상담원을 찾고 있습니다.")]
    rows += [(99, "a", "연결되었습니다.")]
    _csv(path, rows)


def letters_in_columns(path: Path) -> None:
    """Numbered columns of which none says who speaks."""
    rows = [(n, NAMES[n % 5], q, NAMES[(n + 1) % 5], a) for n, (q, a) in enumerate(said())]
    head = ("작성자1", "내용1", "작성자2", "내용2")
    workbook(path, ("목록", [("번호", *head), *rows]))


def posts_with_one_reply(path: Path) -> list[Pair]:
    """Posts hold the one reply to them, with the same keys; some have none yet."""
    posts = [
        {
            "nttId": 500 + n,
            "sj": "문의합니다",
            "nttCn": f"<p>{q}</p>",
            "wrterNm": NAMES[n % 5],
            "answer": None if n % 7 == 3 else {"nttCn": f"<p>{a}</p>", "wrterNm": "고객지원과"},
        }
        for n, (q, a) in enumerate(said())
    ]
    _json(path, {"resultCode": "00", "items": posts})
    return [pair for n, pair in enumerate(said()) if n % 7 != 3]


def tickets_beside_replies(path: Path) -> list[Pair]:
    """A ticket and a reply in each line; two replies name each other's ticket."""
    lines = [
        {
            "ticket": {"id": f"T{100 + n}", "body": q},
            "reply": {"ticket_id": f"T{100 + {5: 6, 6: 5}.get(n, n)}", "body": a},
        }
        for n, (q, a) in enumerate(said())
    ]
    path.write_text("\n".join(json.dumps(one) for one in lines), encoding="utf-8")
    return [pair for n, pair in enumerate(said()) if n not in (5, 6)]


def _replied(asked: str, reply: str, text: str, **others: str) -> Build:
    """A question under a name of its own, and the reply to it in an object."""

    def write(path: Path) -> list[Pair]:
        _json(
            path,
            [{"no": n, asked: q, reply: {text: a, **others}} for n, (q, a) in enumerate(said())],
        )
        return said()

    return write


def _titled(beside: dict[str, str], reply: str) -> Build:
    """What a post says besides is called as its question or the reply to it."""

    def write(path: Path) -> list[Pair]:
        _json(path, [{**beside, "content": q, reply: {"content": a}} for q, a in said()])
        return said()

    return write


def _twice(asked: dict[str, str], told: dict[str, str], first: str, empty: str) -> Build:
    """Messages whose words have two names, under one of which nothing stands."""

    def write(path: Path) -> list[Pair]:
        lists = [[{**asked, first: q, empty: ""}, {**told, first: a, empty: ""}] for q, a in said()]
        _json(path, [{"id": n, "messages": messages} for n, messages in enumerate(lists)])
        return said()

    return write


def _processed(asked: str, told: str, log: str) -> Build:
    """Tickets with their question and answer, and a log of who did what with them."""

    def write(path: Path) -> list[Pair]:
        done = [{"by": "김대리", "text": "접수 확인"}, {"by": "이과장", "text": "처리 완료"}]
        _json(path, [{"no": n, asked: q, told: a, log: done} for n, (q, a) in enumerate(said())])
        return said()

    return write


def messages_with_what_they_reply_to(path: Path) -> None:
    """Each message of a chat holds the one that it replies to, and nothing says who speaks."""
    texts = [text for pair in said() for text in pair]
    lines = [
        {"id": n, "text": text, "reply": {"id": n - 1, "text": texts[n - 1]} if n % 2 else None}
        for n, text in enumerate(texts)
    ]
    path.write_text("\n".join(json.dumps(one) for one in lines), encoding="utf-8")


NESTED: Sequence[tuple[Build, str]] = (
    (tickets_beside_users, "a.json"),
    (questions_beside_their_conversations, "a.json"),
    (replies_in_what_was_done, "a.json"),
    (first_and_last_replies, "a.json"),
    (conversations_with_parts, "a.json"),
    (product_questions, "a.json"),
    (posts_with_replies, "a.json"),
    (preferences, "a.jsonl"),
    (messages_in_a_cell, "a.csv"),
    (messages_as_python_writes_them, "a.xlsx"),
    (tickets_in_envelopes, "a.json"),
    (notes_that_tell_no_side, "a.json"),
    (posts_with_comments, "a.json"),
    (posts_with_comments_for_colleagues, "a.json"),
    (posts_with_comments_of_some_scope, "a.json"),
    (posts_with_comments_of_nobody, "a.json"),
    (comments_of_numbered_sellers, "a.json"),
    (answers_with_two_flags, "a.json"),
    (drafts_in_envelopes, "a.json"),
    (comments_over_a_row, "a.xlsx"),
    (a_question_before_the_comments, "a.csv"),
    (shop_and_customer_by_letter, "a.csv"),
    (drafts_and_what_was_sent, "a.xlsx"),
    (labels_of_intents_and_answers, "a.xlsx"),
    (posts_with_one_reply, "a.json"),
    (tickets_beside_replies, "a.jsonl"),
    (_replied("question", "answer", "text", by="상담팀"), "a.json"),
    (_replied("inquiry", "response", "output"), "a.json"),
    (_replied("질문", "답변", "내용", 작성자="고객지원과"), "a.json"),
    (_titled({"answer": "Y"}, "reply"), "a.json"),
    (_titled({"question": "배송 문의"}, "answer"), "a.json"),
    (_twice({"spk": "고객"}, {"spk": "상담사"}, "msg", "txt"), "a.json"),
    (_twice({"spk": "고객", "by": ""}, {"spk": "상담사", "by": ""}, "msg", "text"), "a.json"),
    (_processed("문의", "답변", "메모"), "a.json"),
    (_processed("question", "reply_text", "history"), "a.json"),
    (messages_with_what_they_reply_to, "a.jsonl"),
    (users_alone, "a.json"),
    (reviews_of_buyers, "a.json"),
    (labels_of_intents, "a.csv"),
    (letters_of_three, "a.csv"),
    (letters_in_columns, "a.xlsx"),
)
"""Builders and names of files."""
