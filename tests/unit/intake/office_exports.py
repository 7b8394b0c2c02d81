"""Chats with one who is called by a place and its office or owner, or a shop's partner."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from tests.unit.intake.call_centre_exports import Build, Pair, Row, clock, said, workbook

ASKED = [
    ("수영 강습은 몇 시에 있나요?", "평일 저녁 7시에 있습니다. 10분 일찍 오시면 됩니다."),
    ("수영모는 빌릴 수 있을까요", "안내 창구에서 빌려 드립니다."),
    ("주차는요?", "두 시간까지 무료예요."),
    ("아이도 같이 들어가도 되나요?", "네, 보호자와 함께면 됩니다."),
    ("샤워실 수건 있나요?", "수건은 챙겨 오셔야 해요."),
    ("회원권은 어디서 끊나요?", "1층 창구로 오시면 됩니다."),
    ("비 오는 날도 여나요?", "네, 실내라서 매일 엽니다."),
    ("락카가 안 열려요", "창구에 말씀하시면 바로 열어 드립니다."),
]


def _chat(
    path: Path, title: str, asks: str, answers: str, pairs: Sequence[Pair] = ASKED
) -> list[Pair]:
    lines = [f"{title} 님과 카카오톡 대화", "저장한 날짜 : 2026년 3월 5일 오후 6:02", ""]
    for n, (question, answer) in enumerate(pairs):
        day = f"2026년 3월 {1 + n // 3}일 오전 {9 + n % 3}"
        lines += [f"{day}:02, {asks} : {question}", f"{day}:05, {answers} : {answer}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(pairs)


def rooms_of_an_office(path: Path) -> list[Pair]:
    """Chats one below the other: each title names who asks."""
    text = ""
    for n, guest in enumerate(("하람맘", "초록손", "정은 집사")):
        _chat(path, guest, guest, "새봄수영장 사무실", ASKED[4 * (n % 2) : 4 * (n % 2) + 4])
        text += path.read_text(encoding="utf-8") + "\n"
    path.write_text(text, encoding="utf-8")
    return [*ASKED, *ASKED[:4]]


def _refused(path: Path, title: str, asks: str, answers: str, pairs: Sequence[Pair]) -> None:
    _chat(path, title, asks, answers, pairs)


def _refused_with(
    place: str, pairs: Sequence[Pair] = ASKED, *, asks: str = "나"
) -> tuple[Build, str]:
    """A chat that is called after the place, which answers in it."""
    return partial(_refused, title=place, asks=asks, answers=place, pairs=pairs), "a.txt"


_ORDERS = [
    ("내일 몇 상자 필요하세요?", "열 상자 부탁해요"),
    ("배추도 같이 보내 드릴까요?", "네, 다섯 포기요"),
    ("입금은 언제 하시나요?", "오후에 넣을게요"),
    ("파는 어떠세요?", "이번에는 괜찮아요"),
    ("새벽에 갖다 드리겠습니다. 문은 열려 있나요?", "뒷문으로 오시면 됩니다"),
]
_SUPPLIES = [
    ("이번 주도 열 상자 보낼까요?", "네, 아침에 보내시면 됩니다."),
    ("배추값은 어디로 청구하면 되나요?", "사무실로 보내시면 됩니다."),
    ("결제는 언제 해 주시나요?", "오늘 이체해 드리겠습니다."),
    ("빈 상자는 언제 찾으러 가면 되나요?", "월요일에 오시면 됩니다."),
]
_WAGES = [
    ("제 월급은 언제 들어오나요?", "25일에 입금해 드립니다."),
    ("명절 수당도 나오나요?", "네, 함께 입금해 드립니다."),
    ("연말정산 서류는 언제 내나요?", "1월 말까지 내시면 됩니다."),
    ("주차증은 어디서 받나요?", "행정실로 오시면 됩니다."),
]
_ASKED_BY_THE_PLACE = [(answer, question) for question, answer in ASKED]
_TALK = [(f"{q.rstrip('?')} 생각해 봤어", a) for q, a in said()]


def _messages(
    path: Path,
    sides: tuple[str, str],
    pairs: Sequence[Pair] = ASKED,
    head: Row = ("상담번호", "발신", "메시지 유형", "메시지", "발신일시"),
) -> list[Pair]:
    """Two exchanges a chat, behind what a program greets with."""
    rows: list[Row] = []
    for n, pair in enumerate(pairs):
        chat = f"T{n // 2}"
        if n % 2 == 0:
            rows.append((chat, "자동응답", "텍스트", "저녁 6시까지 상담합니다.", clock(3 * n)))
        rows += [
            (chat, who, "텍스트", text, clock(3 * n + step))
            for step, (who, text) in enumerate(zip(sides, pair, strict=True), start=1)
        ]
    workbook(path, ("상담", [("상담내역",), head, *rows]))
    return list(pairs)


def a_partner_who_asks(path: Path) -> None:
    _messages(path, ("파트너", "고객"))


def a_partner_who_is_asked_to_order(path: Path) -> None:
    _messages(path, ("고객", "파트너"), _ORDERS)


def what_customers_and_partners_ask(path: Path) -> None:
    """A list of inquiries, and of whom they are."""
    asked = [question for question, _ in ASKED]
    rows = [(n, ("고객", "파트너")[n % 2], text, clock(n)) for n, text in enumerate(asked * 2)]
    workbook(path, ("문의", [("번호", "발신", "내용", "접수일시"), *rows]))


def partners_whom_agents_answer(path: Path) -> list[Pair]:
    """Customers and partners ask the same agents."""
    rows: list[Row] = []
    for n, pair in enumerate(ASKED * 2):
        sides = (("고객", "파트너")[n % 2], "상담사")
        rows += [(f"T{n}", who, text, clock(n)) for who, text in zip(sides, pair, strict=True)]
    workbook(path, ("상담", [("상담번호", "발화자", "메시지", "발신일시"), *rows]))
    return [*ASKED[::2]] * 2


OFFICES: Mapping[str, tuple[Build, str]] = {
    "an office": (
        partial(_chat, title="늘봄유치원 행정실", asks="회원님", answers="늘봄유치원 행정실"),
        "a.txt",
    ),
    "an owner": (
        partial(_chat, title="솔펜션 사장님", asks="나", answers="솔펜션 사장님"),
        "a.txt",
    ),
    "a customer's title": (
        partial(_chat, title="정은 집사", asks="정은 집사", answers="은혜교회 사무실"),
        "a.txt",
    ),
    "a place's title": (
        partial(_chat, title="바른수학 상담방", asks="하람맘", answers="바른수학 원장"),
        "a.txt",
    ),
    "rooms": (rooms_of_an_office, "a.txt"),
    "orders": _refused_with("한울식당 사장님", _ORDERS),
    "a supplier": _refused_with("솔펜션 사장님", asks="푸른농장"),
    "supplies": _refused_with("솔펜션 사장님", _SUPPLIES),
    "wages": _refused_with("늘봄유치원 행정실", _WAGES),
    "the place asks": _refused_with("한울식당 사장님", _ASKED_BY_THE_PLACE),
    "a talk": _refused_with("솔숲모임 회장님", _TALK),
    "a person called so": _refused_with("김민수 사장님"),
    "two offices": _refused_with("늘봄유치원 행정실", asks="은혜교회 사무실"),
    "a group": (
        partial(
            _refused, title="우리 동네 이웃", asks="하람맘", answers="바른수학 원장", pairs=ASKED
        ),
        "a.txt",
    ),
    "a company that asks": (
        partial(_refused, title="대성상사", asks="대성상사", answers="회원님", pairs=ASKED),
        "a.txt",
    ),
    "a company": (partial(_chat, title="대성상사", asks="회원님", answers="대성상사"), "a.txt"),
    "a partner": (partial(_messages, sides=("고객", "파트너")), "a.xlsx"),
    "a partner of few words": (
        partial(_messages, sides=("고객", "파트너"), pairs=[(q, "네, 돼요.") for q, _ in ASKED]),
        "a.xlsx",
    ),
    "a partner who asks": (a_partner_who_asks, "a.xlsx"),
    "orders by a partner": (a_partner_who_is_asked_to_order, "a.xlsx"),
    "inquiries of partners": (what_customers_and_partners_ask, "a.xlsx"),
    "partners and agents": (partners_whom_agents_answer, "a.xlsx"),
}
"""Builders and names of files, by what is special about them."""
