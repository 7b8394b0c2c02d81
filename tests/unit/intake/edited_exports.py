"""Lists in which something beside question and answer tells that some rows are no pairs.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.unit.intake.call_centre_exports import (
    NAMES,
    Build,
    Pair,
    Row,
    delimited,
    said,
    workbook,
)

_ODD = (3, 9, 14, 20)


def table(path: Path, headings: Sequence[str], rows: Sequence[Row]) -> None:
    """Write a list as text or as a workbook, as the file's name says."""
    if path.suffix == ".csv":
        delimited(path, [headings, *rows])
    else:
        workbook(path, ("목록", [headings, *rows]))


def even(odd: Sequence[int] = _ODD) -> list[Pair]:
    """The pairs of the rows that are as they seem."""
    return [pair for n, pair in enumerate(said()) if n not in odd]


def _last_comment(asker: str, writer: str, text: str, *, own: bool) -> Build:
    """A list of posts with one comment each; the customer's own is no answer."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            mine = own and n in _ODD
            name = f"별명{n:02}"
            rows.append((n, name, q, name if mine else "운영팀", "네 확인했어요" if mine else a))
        table(path, ("글번호", asker, "문의내용", writer, text), rows)
        return even() if own else said()

    return write


def _answered(answers: Callable[[str], str], *, counts: bool) -> Build:
    """In some rows the answer is made of the right one."""

    def write(path: Path) -> list[Pair]:
        pairs = [(q, answers(a) if n in _ODD else a) for n, (q, a) in enumerate(said())]
        table(
            path,
            ("순번", "고객명", "문의 본문", "회신 본문"),
            [(n, NAMES[n % 5], *pair) for n, pair in enumerate(pairs)],
        )
        return pairs if counts else even()

    return write


_CALLED = (
    ("설치는 잘 되셨나요?", "네 기사님이 친절하셨어요"),
    ("소음은 괜찮으신가요?", "밤에는 조금 시끄러운 편이에요"),
    ("사용 방법은 이해되셨습니까?", "예약 기능은 아직 모르겠어요"),
    ("다음에도 구매하실 의향이 있으신가요?", "가격만 좀 내려가면요"),
    ("필터 청소 방법을 안내받으셨나요?", "아니요 못 들었어요"),
    ("보증서는 받으셨습니까?", "네 봉투에 같이 있었어요"),
    ("기존 제품은 수거해 갔나요?", "아직 베란다에 있어요"),
    ("앱 연결은 잘 되시나요?", "와이파이가 자꾸 풀려요"),
    ("고장 증상은 해결되셨나요?", "네 지금은 잘 돌아가요"),
    ("방문 시간은 편하셨습니까?", "오전이 더 좋긴 한데 괜찮아요"),
)
_ASKED_POLITELY = (
    ("오늘 영업하시나요?", "네, 밤 10시까지 영업합니다."),
    ("배달도 하시나요?", "네, 3만원부터 배달해 드립니다."),
    ("카드 받으시나요?", "네 가능합니다."),
    ("예약금 받으십니까?", "아니요, 받지 않습니다."),
    ("주말에도 여시나요?", "토요일만 엽니다."),
    ("아이 의자 있으신가요?", "네, 두 개 있습니다."),
    ("포장도 해 주시나요?", "네 포장해 드립니다."),
    ("반려견 받으시나요?", "죄송하지만 어렵습니다."),
    ("기사님은 언제 오시나요?", "모레 오전에 방문합니다."),
    ("몇 시에 닫으십니까?", "밤 10시에 닫습니다."),
)


def _asked_by(pairs: Sequence[Pair], *, company: bool) -> Build:
    """A list of calls: of a company to those who bought something, or of customers to a shop."""

    def write(path: Path) -> list[Pair] | None:
        rows = [(n, NAMES[n % 5], *pair, "오세라") for n, pair in enumerate(pairs)]
        table(path, ("번호", "고객명", "질문", "답변", "상담원"), rows)
        return None if company else list(pairs)

    return write


def _commented(comments: Sequence[str], *, void: bool) -> Build:
    """Answers with comments; of void ones the answer is another's."""

    def write(path: Path) -> list[Pair]:
        from openpyxl import load_workbook
        from openpyxl.comments import Comment

        pairs = said()
        texts = [
            (q, pairs[n - 7][1] if void and n in _ODD else a) for n, (q, a) in enumerate(pairs)
        ]
        workbook(
            path,
            ("표지", [("문의 목록",)]),
            (
                "검토",
                [("번호", "문의내용", "답변내용"), *((n, *pair) for n, pair in enumerate(texts))],
            ),
        )
        book = load_workbook(path)
        for n, text in zip(_ODD, comments, strict=False):
            book["검토"].cell(n + 2, 3).comment = Comment(f"이과장:\n{text}", "이과장")
        book["검토"]["C8"].comment = Comment("친절 응대 우수 사례", "이과장")
        book["검토"]["A9"].comment = Comment("문의가 잘못 들어온 부서 확인", "이과장")
        book.save(path)
        return even() if void else pairs

    return write


def _revised(number: str, beside: str, *, apart: bool, versions: bool = True) -> Build:
    """A log of edits: only the last version of an answer was sent; or a case of two questions."""

    def write(path: Path) -> list[Pair]:
        pairs = said()
        early, late, expected = [], [], []
        for n, (q, a) in enumerate(pairs):
            case = f"R{3300 + n}"
            if n in _ODD and versions:
                early += [(case, f"{k}차", "3/4", q, pairs[n - k][1]) for k in (1, 2)]
            elif n in _ODD:
                early.append((case, "1차", "3/4", f"{q} 급해요", pairs[n][1]))
                expected.append((f"{q} 급해요", a))
            late.append((case, "3차", "3/5", q, a))
            expected.append((q, a))
        rows = [*late, *early] if apart else sorted([*early, *late])
        table(path, ("접수번호", number, beside, "문의내용", "답변내용"), rows)
        return expected

    return write


def _counted(
    columns: tuple[str, str], headings: Row, counts: Callable[[int], Row], *, void: bool
) -> Build:
    """A question, an answer and how many messages there were; void rows have a later answer."""

    def write(path: Path) -> list[Pair]:
        rows = [
            (8800 + n, q, "도움이 되셨다니 다행입니다." if void and n in _ODD else a, *counts(n))
            for n, (q, a) in enumerate(said())
        ]
        table(path, ("티켓번호", *columns, *headings), rows)
        kept = set(even()) if void else set(said())
        return [(q, a) for _, q, a, *_ in rows if (q, a) in kept]

    return write


def _opened(requester: str, opener: str, by: Callable[[int, str], str], *, void: bool) -> Build:
    """Who asked and who opened the ticket; in void ones an agent wrote both texts."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            noted = void and n in _ODD
            texts = ("카드사 확인 필요하여 티켓 생성함", "회신 대기 후 종결") if noted else (q, a)
            name = f"고객{n:02}"
            rows.append((n, name, by(n, name) if n in _ODD else name, "문의", *texts))
        table(path, ("Ticket ID", requester, opener, "Subject", "Description", "Agent Reply"), rows)
        return even() if void else said()

    return write


def _titled(heading: str, title: Callable[[int, str], str], *, void: bool) -> Build:
    """Titles made of questions, or others; in some rows stands the question above."""

    def write(path: Path) -> list[Pair]:
        odd = range(8, 13)
        pairs = [(said()[7][0] if n in odd else q, a) for n, (q, a) in enumerate(said())]
        rows = [(n, title(n, said()[n][0]), *pair) for n, pair in enumerate(pairs)]
        table(path, ("번호", heading, "문의내용", "답변"), rows)
        return even(odd) if void else pairs

    return write


def _sent(short: str, long: str, *, begins: bool) -> Build:
    """Text messages cut short, with the long ones beside them; or another text beside them."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            beside = a if begins else f"{n}번 고객은 지난달에도 같은 문의를 하셨습니다."
            rows.append((n, q, a[:18] if begins and n % 3 else a, beside if n % 3 else None))
        table(path, ("번호", "문의문자", short, long), rows)
        return said()

    return write


def thanked_drafts(path: Path) -> list[Pair]:
    """Drafts say the same as the approved answers and thank for it, which was left out."""
    rows = [(n, q, f"{a} 감사합니다." if n % 2 else None, a) for n, (q, a) in enumerate(said())]
    table(path, ("번호", "고객문의", "팀장 수정안", "최종 승인 답변"), rows)
    return said()


def _lettered(question: str, answer: str) -> Build:
    """Answers left of their questions, the newest on top, named by a letter and who speaks."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = [("상담이력 (최근순)",), (), ("No.", answer, question, "상담일")]
        rows += [(24 - n, a, q, f"2026-03-{24 - n:02}") for n, (q, a) in enumerate(said())]
        workbook(path, ("이력", rows))
        return said()

    return write


def _below(mark: str, beside: Callable[[int], str | None], *, sure: bool) -> Build:
    """In some rows the answer stands below its question, and nothing beside; or more than that."""

    def write(path: Path) -> list[Pair]:
        rows = [
            (n, f"{q}\n{mark}{a}", beside(n)) if n in _ODD else (n, q, a)
            for n, (q, a) in enumerate(said())
        ]
        table(path, ("접수번호", "문의내용", "답변내용"), rows)
        return said() if sure else even()

    return write


EDITED: dict[str, tuple[Build, str]] = {
    "the asker's own comment": (
        _last_comment("작성자", "최종댓글 작성자", "최종댓글", own=True),
        "posts.xlsx",
    ),
    "the asker's own comment, told in English": (
        _last_comment("Author", "Last comment by", "답변", own=True),
        "posts.csv",
    ),
    "comments of the desk alone": (
        _last_comment("작성자", "최종댓글 작성자", "최종댓글", own=False),
        "posts.xlsx",
    ),
    "a template without its answer": (
        _answered(lambda a: "#{고객명} 고객님, 안내드립니다. #{답변내용}", counts=False),
        "mails.xlsx",
    ),
    "a template in English without its answer": (
        _answered(lambda a: "Dear {{name}}, {{answer.body}}", counts=False),
        "mails.csv",
    ),
    "a place for an answer": (
        _answered(lambda a: "OOO 고객님 안녕하세요. ( 내용 ) 감사합니다.", counts=False),
        "mails.xlsx",
    ),
    "a name that was masked": (
        _answered(lambda a: f"OOO 고객님, {a} 본문(내용)도 보내 드렸습니다.", counts=True),
        "mails.xlsx",
    ),
    "comments that say what is wrong": (
        _commented(("다른 고객 건 답변", "수정 필요", "오답변", "Wrong customer"), void=True),
        "checked.xlsx",
    ),
    "comments that praise": (
        _commented(
            ("다른 고객 문의에도 쓰면 좋겠음", "잘못된 부분 없음", "오타 수정 필요", "Not bad"),
            void=False,
        ),
        "checked.xlsx",
    ),
    "versions of answers": (_revised("차수", "수정일시", apart=False), "edits.xlsx"),
    "versions of answers far apart": (_revised("답변 버전", "등록일", apart=True), "edits.csv"),
    "questions of a case in versions": (
        _revised("차수", "수정일시", apart=False, versions=False),
        "edits.xlsx",
    ),
    "last answers of long conversations": (
        _counted(
            ("최초 문의", "최종 답변"),
            ("고객 메시지 수", "상담사 메시지 수"),
            lambda n: (3, 3) if n in _ODD else (1, 2),
            void=True,
        ),
        "tickets.csv",
    ),
    "last answers of reopened tickets": (
        _counted(
            ("First question", "Last answer"),
            ("Reopen count",),
            lambda n: (2 if n in _ODD else 0,),
            void=True,
        ),
        "tickets.xlsx",
    ),
    "answers that were counted": (
        _counted(
            ("문의내용", "답변내용"),
            ("고객 메시지 수", "문의 건수"),
            lambda n: (1 + n % 4, n),
            void=False,
        ),
        "tickets.xlsx",
    ),
    "tickets that agents opened": (
        _opened("Requester", "Submitter", lambda n, _: f"오세라{n}(상담원)", void=True),
        "tickets.csv",
    ),
    "tickets that one agent opened": (
        _opened("고객명", "등록자", lambda *_: "오세라", void=True),
        "tickets.xlsx",
    ),
    "tickets that relatives opened": (
        _opened("고객명", "작성자", lambda n, _: f"가족{n}", void=False),
        "tickets.xlsx",
    ),
    "questions drawn down": (
        _titled("제목", lambda n, q: f"[배송] {q[:9]}..", void=True),
        "board.xlsx",
    ),
    "questions asked again": (
        _titled("제목", lambda n, _: f"{n}번째로 문의드립니다", void=False),
        "board.xlsx",
    ),
    "messages cut short": (
        _sent("발송내용(SMS)", "발송내용(LMS 원문)", begins=True),
        "texts.xlsx",
    ),
    "answers cut short": (_sent("답변", "답변 전문", begins=True), "texts.csv"),
    "a remark beside the answer": (_sent("답변내용", "특이사항", begins=False), "texts.xlsx"),
    "drafts that thank": (thanked_drafts, "drafts.xlsx"),
    "letters and who speaks": (_lettered("Q (고객)", "A (상담사)"), "history.xlsx"),
    "letters behind who speaks": (_lettered("고객(Q)", "상담원(A)"), "history.xlsx"),
    "answers below their questions": (
        _below("[답변] ", lambda n: ("완료", "좌측 참조", None)[n % 3], sure=True),
        "register.xlsx",
    ),
    "answers below an arrow": (_below("→ 답변: ", lambda _: None, sure=True), "register.csv"),
    "more than an answer below": (
        _below("[답변] 확인하겠습니다.\n[재문의] 언제요?\n[답변] ", lambda _: "완료", sure=False),
        "register.xlsx",
    ),
    "a wish below a question": (
        _below("답변: 문자로 주세요. 급합니다! ", lambda _: None, sure=False),
        "a.xlsx",
    ),
    "calls to customers": (_asked_by(_CALLED, company=True), "calls.xlsx"),
    "customers who ask politely": (_asked_by(_ASKED_POLITELY, company=False), "calls.xlsx"),
}
