"""Exports in which something looks like a question or an answer and is none, and their likes.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

from tests.unit.intake.call_centre_exports import Build, Pair, Row, clock, delimited, said, workbook

ASKED = (
    "상담원의 설명은 이해하기 쉬우셨나요?",
    "기다리신 시간은 어떠셨습니까?",
    "문의하신 내용이 해결되셨나요?",
    "저희 서비스를 주변에 권하실 의향이 있으신가요?",
    "더 바라시는 점이 있으면 말씀해 주세요",
    "상담원은 친절하게 응대해 드렸으며 인사를 하였습니까?",
    "다시 이용하실 생각이 있으십니까?",
)
REPLIED = ("네 그랬어요", "조금 아쉬웠습니다", "잘 모르겠어요")


def _channel_talk(extra: str, note: str, said_aloud: str) -> Callable[[Path], list[Pair]]:
    def write(path: Path) -> list[Pair]:
        rows: list[Row] = [("createdAt", "chatId", "personType", extra, "plainText")]
        for n, (q, a) in enumerate(said()):
            steps = [
                ("user", said_aloud, q),
                ("bot", said_aloud, "상담원을 연결하고 있습니다."),
                ("manager", note, "이 고객 지난번에도 문의하셨어요."),
                ("manager", said_aloud, a),
            ]
            rows += [
                (clock(n) + timedelta(seconds=20 * step), f"65e0{n:03}", *cells)
                for step, cells in enumerate(steps)
            ]
        delimited(path, rows)
        return said()

    return write


def _texts(between: Iterable[str]) -> Callable[[Path], list[Pair]]:
    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            phone, at = f"010-0000-{2000 + n}", clock(n, 40)
            rows.append(("수신", phone, q, at))
            rows += [("발신", phone, one, at + timedelta(minutes=1)) for one in between]
            rows.append(("발신", phone, a, at + timedelta(minutes=9)))
        workbook(path, ("문자", [("구분", "상대번호", "메시지", "일시"), *rows]))
        return said()

    return write


def chat_with_automatic_lines(path: Path) -> list[Pair]:
    """Lines under the agent's name that say a program wrote them; one of them is all there is."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        rows += [(n, "고객", q), (n, "상담사", "[자동안내] 순서대로 답변드립니다.")]
        rows += [] if n == 3 else [(n, "상담사", a)]
    workbook(path, ("대화", [("상담번호", "화자", "내용"), *rows]))
    return [pair for n, pair in enumerate(said()) if n != 3]


def answers_of_a_program(path: Path) -> list[Pair]:
    """Some rows have an automatic reply for an answer; another begins with a name in brackets."""
    rows = [
        (q, "[자동응답] 문의가 접수되었습니다." if n % 6 == 0 else f"[{n}번 창구] {a}")
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("문의", [("문의내용", "답변내용"), *rows]))
    return [(q, a) for q, a in rows if not a.startswith("[자동")]


def _survey(head: Row, questions: tuple[str, ...], answers: tuple[str, ...]) -> Build:
    def write(path: Path) -> None:
        rows = [
            (n, question, f"{answers[(n + at) % len(answers)]} {n % 2 or ''}".strip())
            for n in range(9)
            for at, question in enumerate(questions)
        ]
        delimited(path, [head, *rows])

    return write


def _exam(*beside: str) -> Callable[[Path], list[Pair]]:
    """Questions with right answers; columns beside them may say that they are an exam's."""

    def write(path: Path) -> list[Pair]:
        rows = [(n, q, a, *("5점" for _ in beside)) for n, (q, a) in enumerate(said())]
        workbook(path, ("문항", [("연번", "문제", "정답", *beside), *rows]))
        return [] if beside else said()

    return write


def questions_that_come_again(path: Path) -> list[Pair]:
    """Six things that customers ask again and again, answered by several agents."""
    rows = [
        (q, f"{a} {closing}")
        for closing in ("고맙습니다.", "좋은 하루 되세요.", "또 문의해 주세요.", "네, 그렇습니다.")
        for q, a in said()[:6]
    ]
    delimited(path, [("질문", "답변"), *rows])
    return rows


def _board(number: Callable[[int], tuple[object, object]]) -> Callable[[Path], list[Pair]]:
    """A board, the newest on top: some questions have no answer yet."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            asked, replied = number(300 - n)
            at = clock(0) - timedelta(days=n)
            rows.append((asked, "질문", q, at))
            if n % 5 != 2:
                rows.append((replied, "답변", a, at + timedelta(hours=5)))
        workbook(path, ("게시판", [("번호", "구분", "내용", "일시"), *rows]))
        return [pair for n, pair in enumerate(said()) if n % 5 != 2]

    return write


def replies_below_their_posts(path: Path) -> list[Pair]:
    """Reply rows without a number, notices on top, masked names of writers."""
    rows: list[Row] = [("공지", "설 연휴 안내", "9일부터 12일까지 쉽니다.", "관리자", clock(0))]
    for n, (q, a) in enumerate(said()):
        at = clock(0) - timedelta(days=n)
        rows.append((340 - n, "문의드립니다", q, "김이박최정강"[n % 6] + "*" + "연우"[n % 2], at))
        if n % 7 != 3:
            reply = at + timedelta(hours=2)
            rows.append(("", "└ RE: 문의드립니다", a, "관리자", reply))
    workbook(path, ("게시판", [("번호", "제목", "내용", "글쓴이", "등록일시"), *rows]))
    return [pair for n, pair in enumerate(said()) if n % 7 != 3]


def replies_of_other_members(path: Path) -> None:
    """The same board without a desk: members answer each other."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        at = clock(0) - timedelta(days=n)
        rows += [(340 - n, q, f"회원{n}", at), ("", a, f"회원{n + 7}", at + timedelta(hours=2))]
    workbook(path, ("게시판", [("번호", "내용", "글쓴이", "등록일시"), *rows]))


def _cells(form: str) -> Callable[[Path], list[Pair]]:
    """Two exchanges a cell; of each third cell the first was not answered."""

    def write(path: Path) -> list[Pair]:
        pairs, rows, expected = said(), list[Row](), list[Pair]()
        for n in range(0, len(pairs), 2):
            (q1, a1), (q2, a2) = pairs[n : n + 2]
            answer = "" if n % 6 == 4 else a1
            rows.append((n, clock(n).date(), form.format(q1, answer) + form.format(q2, a2)))
            expected += [(q2, a2)] if not answer else [(q1, a1), (q2, a2)]
        workbook(path, ("상담등록", [("No", "상담일자", "상담내용"), *rows]))
        return expected

    return write


def merged_numbers_of_a_page(path: Path) -> list[Pair]:
    """A web page under the name .xls: the number spans question and answer."""
    cells = ["<table><tr><th>No</th><th>구분</th><th>내용</th><th>일시</th></tr>"]
    for n, (q, a) in enumerate(said()):
        at, span = clock(0) - timedelta(days=n), "" if n % 5 == 2 else " rowspan=2"
        cells.append(f"<tr><td{span}>{300 - n}</td><td>질문</td><td>{q}</td><td>{at}</td></tr>")
        if span:
            later = at + timedelta(hours=5)
            cells.append(f"<tr><td>답변</td><td>{a}</td><td>{later}</td></tr>")
    path.write_text("".join([*cells, "</table>"]), encoding="cp949")
    return [pair for n, pair in enumerate(said()) if n % 5 != 2]


def numbers_of_lines(path: Path) -> list[Pair]:
    """Every line has a number of its own: such numbers part nothing."""
    lines = [(side, text) for q, a in said() for side, text in (("고객", q), ("상담사", a))]
    rows = [(n, clock(n), *line) for n, line in enumerate(lines)]
    workbook(path, ("대화", [("번호", "시각", "화자", "내용"), *rows]))
    return said()


def _keyed(
    head: Row, answered: Callable[[int], int | None], refers: Callable[[int], str]
) -> Callable[[Path], list[Pair] | None]:
    """Questions and answers side by side; `answered`: whose answer stands in a row."""

    def write(path: Path) -> list[Pair] | None:
        pairs, rows = said(), list[Row]()
        for n, (q, _) in enumerate(pairs):
            other = answered(n)
            answer = (None,) * 3
            if other is not None:
                answer = (f"A{n:03}", refers(other), pairs[other][1])
            rows.append((f"Q{5100 + 2 * n}", clock(n).date(), q, *answer))
        workbook(path, ("취합", [head, *rows]))
        right = [pair for n, pair in enumerate(pairs) if answered(n) == n]
        return right or None

    return write


def cases_that_name_an_earlier_one(path: Path) -> list[Pair]:
    """Inquiries that follow an earlier one, and say which; each has its own answer."""
    rows = [(f"C{100 + n}", f"C{99 + n}", q, a) for n, (q, a) in enumerate(said())]
    workbook(path, ("재문의", [("문의번호", "원문의번호", "문의내용", "답변내용"), *rows]))
    return said()


def hidden_questions(path: Path) -> list[Pair]:
    """Posts that only their writers may read, and questions about such posts."""
    pairs = said()
    pairs[4] = ("비밀글입니다만 답변은 메일로 받을 수 있나요?", pairs[4][1])
    hidden = (
        "비밀글입니다.",
        "🔒 비밀글 입니다",
        "작성자만 볼 수 있는 글입니다.",
        "삭제된 글입니다.",
    )
    rows = [(hidden[n // 6], a) if n % 6 == 1 else (q, a) for n, (q, a) in enumerate(pairs)]
    workbook(path, ("상품문의", [("문의내용", "판매자 답변"), *rows]))
    return [pair for n, pair in enumerate(pairs) if n % 6 != 1]


_LISTS = ("문의번호", "문의일", "문의내용", "답변번호", "원문의번호", "답변내용")
_RECEIPTS = (
    "[자동응답] 문자가 접수되었습니다.",
    "[Web발신] (자동 회신) 순서대로 답변드립니다.",
    "(광고) 최대 40% 할인! 무료수신거부 080-000-0000",
    "[인증번호] 482913 을 입력해 주세요",
    "[Web발신] 본인확인 인증번호는 [193847]입니다.",
)
_ENGLISH = (
    "How satisfied were you with our agent?",
    "Would you recommend us to a friend?",
    "Was your issue resolved?",
    "Any other comments for us?",
)

TRAPS: dict[str, tuple[Build, str]] = {
    "private notes of a product": (_channel_talk("isPrivate", "TRUE", "FALSE"), "a.csv"),
    "private by options": (_channel_talk("options", '["private"]', '["actAsManager"]'), "a.csv"),
    "private by a word for it": (_channel_talk("내부메모여부", "Y", ""), "a.csv"),
    "texts that programs sent": (_texts(_RECEIPTS), "a.xlsx"),
    "texts of people alone": (_texts(()), "a.xlsx"),
    "chat with automatic lines": (chat_with_automatic_lines, "a.xlsx"),
    "answers of a program": (answers_of_a_program, "a.xlsx"),
    "survey of five": (_survey(("응답자", "질문", "답변"), ASKED[:5], REPLIED), "a.csv"),
    "survey of seven": (_survey(("응답자", "문의", "응답"), ASKED, REPLIED), "a.csv"),
    "survey in English": (
        _survey(("respondent", "question", "answer"), _ENGLISH, ("yes it was", "not really")),
        "a.csv",
    ),
    "exam with points": (_exam("배점"), "a.xlsx"),
    "exam with choices": (_exam("보기1", "보기2"), "a.xlsx"),
    "right answers of a benchmark": (_exam(), "a.xlsx"),
    "questions that come again": (questions_that_come_again, "a.csv"),
    "numbers in both rows": (_board(lambda n: (n, n)), "a.xlsx"),
    "numbers beside questions": (_board(lambda n: (n, None)), "a.xlsx"),
    "merged numbers of a page": (merged_numbers_of_a_page, "a.xls"),
    "replies below their posts": (replies_below_their_posts, "a.xlsx"),
    "replies of other members": (replies_of_other_members, "a.xlsx"),
    "marks before lines": (_cells("▶문의: {}\n▶답변: {}\n"), "a.xlsx"),
    "marks before questions": (_cells("■ 고객: {}\n◆ 상담원: {}\n\n"), "a.xlsx"),
    "marks in one line": (_cells("▶문의: {} ▶답변: {} "), "a.xlsx"),
    "marks without any": (_cells("문의: {}\n답변: {}\n"), "a.xlsx"),
    "numbers of lines": (numbers_of_lines, "a.xlsx"),
    "answers in another order": (
        _keyed(_LISTS, lambda n: 23 - n, lambda n: f"Q{5100 + 2 * n}"),
        "a.xlsx",
    ),
    "answers that move up": (
        _keyed(_LISTS, lambda n: n + (n > 9) if n < 23 else None, lambda n: f"Q{5100 + 2 * n}"),
        "a.xlsx",
    ),
    "answers under another heading": (
        _keyed(
            ("id", "date", "question", "reply id", "ticket", "answer"),
            lambda n: (n * 7) % 24 or None,
            lambda n: f"q{5100 + 2 * n}",
        ),
        "a.xlsx",
    ),
    "answers in step": (_keyed(_LISTS, lambda n: n, lambda n: f"Q{5100 + 2 * n}"), "a.xlsx"),
    "cases that name an earlier one": (cases_that_name_an_earlier_one, "a.xlsx"),
    "hidden questions": (hidden_questions, "a.xlsx"),
}
"""Builders and names of files, by what is special about them."""
