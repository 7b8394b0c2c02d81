"""Logs in which rows are none of the conversation's words, or stand in another order than said.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tests.unit.intake.call_centre_exports import (
    NAMES,
    Build,
    Pair,
    Row,
    clock,
    delimited,
    said,
    workbook,
)

Cells = tuple[object, ...]
Said = tuple[str, str, object]
"""Who says what, and what a column says of the row."""
_WAIT = "지금은 상담이 몰려 있습니다. 순서대로 안내해 드리겠습니다."
_ELSEWHERE = "편도 반납료가 붙고 3번 주차장으로 오시면 됩니다."


def _log(
    column: str,
    exchange: Callable[[int, str, str], Iterable[Said]],
    *,
    by: str = "화자",
    english: bool = False,
    left_out: Sequence[int] = (),
) -> Build:
    """Conversations of two exchanges each, with one column more."""

    def write(path: Path) -> list[Pair]:
        head = ("chat_id", "sent_at", by, column, "message")
        rows: list[Row] = [head if english else ("상담번호", "일시", by, column, "내용")]
        for n, (q, a) in enumerate(said()):
            rows += [
                (f"C{n // 2:03}", clock(n) + timedelta(seconds=20 * step), who, mark, text)
                for step, (who, text, mark) in enumerate(exchange(n, q, a))
            ]
        workbook(path, ("log", rows)) if path.suffix == ".xlsx" else delimited(path, rows)
        return [pair for n, pair in enumerate(said()) if n not in left_out]

    return write


def _surveyed(n: int, q: str, a: str) -> Iterable[Said]:
    yield from (("고객", q, "일반"), ("상담사", _WAIT, "자동"), ("상담사", a, "일반"))
    if n % 2:
        yield "상담사", "상담은 만족스러우셨나요? 1~5점으로 남겨 주세요.", "설문"
        yield "고객", "5점 친절했어요", "설문"


def _surveyed_in_english(n: int, q: str, a: str) -> Iterable[Said]:
    yield from (("customer", q, "text"), ("agent", _WAIT, "auto"), ("agent", a, "text"))
    if n % 2:
        yield "customer", "3점 오래 걸렸네요", "survey"


def _by_a_bot(n: int, q: str, a: str) -> Iterable[Said]:
    yield from (("고객", q, "신도윤"), ("상담사", _WAIT, "알림봇"), ("상담사", a, NAMES[n % 5]))


def _marked(
    yes: object, no: object, sides: tuple[str, str] = ("고객", "상담사")
) -> Callable[[int, str, str], Iterable[Said]]:
    """Some questions and some answers are marked as ones that do not count."""

    def exchange(n: int, q: str, a: str) -> Iterable[Said]:
        if n % 3 == 0:
            yield sides[0], "계정이 잠겼어요", yes
        yield sides[0], q, no
        if n % 3 == 1:
            yield sides[1], _ELSEWHERE, yes
        yield sides[1], a, no

    return exchange


def _sent(
    draft: str, called_off: str, sent: str, asked: str, sides: tuple[str, str]
) -> Callable[[int, str, str], Iterable[Said]]:
    """Drafts and answers that were called off beside those that were sent."""

    def exchange(n: int, q: str, a: str) -> Iterable[Said]:
        yield sides[0], q, asked
        if n % 2:
            yield sides[1], _ELSEWHERE, called_off
        if n % 3 == 0:
            yield sides[1], a[: len(a) // 2], draft
        if n != 23:
            yield sides[1], a, sent

    return exchange


def _of_a_case(n: int, q: str, a: str) -> Iterable[Said]:
    state = ("접수", "처리중", "취소", "완료")[n // 2 % 4]
    yield from (("고객", q, state), ("상담사", a, state))


def _translated(original: str, translation: str) -> Callable[[int, str, str], Iterable[Said]]:
    def exchange(n: int, q: str, a: str) -> Iterable[Said]:
        yield "customer", q, original
        yield "customer", f"Question number {n} about a thing.", translation
        yield "agent", a, original
        yield "agent", f"Answer number {n} about a thing.", translation

    return exchange


def _through(n: int, q: str, a: str) -> Iterable[Said]:
    yield from (("customer", q, ("web", "app")[n % 2]), ("agent", a, ("web", "app")[n % 2]))


def rooms_with_colleagues(path: Path) -> list[Pair]:
    """Customers and teams in one messenger; what is for staff alone, and a room of theirs."""
    rows: list[Row] = [("대화방", "일시", "소속", "보낸 사람", "공개범위", "메시지")]
    for n, (q, a) in enumerate(said()):
        room, agent = f"{n // 2}번 상담방", NAMES[n // 2 % 3]
        steps = [
            ("고객", f"고객{n // 2}", "전체", q),
            ("상담팀", agent, "직원만", "이거 어떻게 안내해요?"),
            ("물류팀", "오상훈", "직원만", "3페이지대로 하시면 돼요"),
            ("상담팀", agent, "전체", a),
        ]
        rows += [(room, clock(n) + timedelta(seconds=at), *one) for at, one in enumerate(steps)]
    rows += [
        ("업무방", clock(30), "상담팀", NAMES[0], "직원만", "재고 몇 개 남았어요?"),
        ("업무방", clock(31), "물류팀", "오상훈", "직원만", "지금 12개요"),
    ]
    workbook(path, ("백업", rows))
    return said()


def _namesakes(head: Cells, own: Callable[[int, int], object], together: int) -> Build:
    """Chats by the customer's name; those of one name go on at the same time."""

    def write(path: Path) -> list[Pair]:
        rows: list[Cells] = []
        for n, (q, a) in enumerate(said()):
            name, at = f"{'김이박최'[n // together % 4]}민수{n // together // 4}", clock(n // 2)
            rows.append((name, own(n, 0), at + timedelta(seconds=n % 2), "고객", q))
            rows.append((name, own(n, 1), at + timedelta(seconds=60 + n % 2), "상담원", a))
        delimited(path, [head, *sorted(rows, key=lambda row: (str(row[0]), str(row[2])))])
        return said()

    return write


def _zones(
    asked: Callable[[datetime], str], replied: Callable[[datetime], str], *, told: bool = True
) -> Build:
    """Conversations of three exchanges; rows are sorted by what the times look like."""

    def write(path: Path) -> list[Pair] | None:
        rows: list[tuple[str, ...]] = []
        for n, (q, a) in enumerate(said()):
            at, chat = clock(n, 2), f"conv_{n // 3:02}"
            rows.append((chat, "customer", asked(at), q))
            rows.append((chat, "agent", replied(at + timedelta(minutes=1)), a))
        head = ("conversation_id", "author_type", "sent_at", "body")
        delimited(path, [head, *sorted(rows, key=lambda row: (row[0], row[2]))])
        return said() if told else None

    return write


def _utc(moment: datetime) -> str:
    return f"{moment - timedelta(hours=9):%Y-%m-%dT%H:%M:%SZ}"


def _seoul(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S+09:00}"


def _new_york(moment: datetime) -> str:
    return f"{moment - timedelta(hours=14):%Y-%m-%dT%H:%M:%S-0500}"


def _local(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _nights(day_of: Callable[[datetime, datetime], datetime]) -> Build:
    """Talks that pass midnight now and then, with the day beside the time of day."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = [("상담번호", "일자", "시각", "화자", "내용")]
        for n, (q, a) in enumerate(said()):
            began = datetime(2026, 3, 2, 20, 10) + timedelta(days=n // 3)
            if n // 3 % 2:
                began = began.replace(hour=23, minute=58, second=30)
            asked = began + timedelta(seconds=70 * (n % 3))
            for at, who, text in (
                (asked, "고객", q),
                (asked + timedelta(seconds=25), "상담원", a),
                (asked + timedelta(seconds=40), "상담원", "더 알려 드리겠습니다."),
            ):
                day = day_of(began, at)
                rows.append((f"N{n // 3}", f"{day:%Y-%m-%d}", f"{at:%H:%M:%S}", who, text))
        workbook(path, ("야간", rows))
        return [(q, f"{a} 더 알려 드리겠습니다.") for q, a in said()]

    return write


def calls_one_after_another(path: Path) -> list[Pair]:
    """Calls in one file that nothing parts but the greeting; some end with a question."""
    lines: list[str] = []
    for n, (q, a) in enumerate(said()):
        at = clock(n, 5)
        if n % 3 == 0:
            hello = f"상담사: 감사합니다. 통신 고객센터 상담사 {NAMES[n % 5]}입니다."
            lines.append(f"[{at - timedelta(seconds=9):%H:%M:%S}] {hello} 무엇을 도와드릴까요?")
        lines.append(f"[{at:%H:%M:%S}] 고객: {q}")
        lines.append(f"[{at + timedelta(seconds=20):%H:%M:%S}] 상담사: {a}")
        if n % 6 == 2:
            lines.append(f"[{at + timedelta(seconds=40):%H:%M:%S}] 고객: 얼마나 걸리나요?")
    path.write_text("\n".join(lines), encoding="utf-8")
    return said()


def greetings_before_answers(path: Path) -> list[Pair]:
    """Whoever takes over greets, and then answers; that is one answer, in several rows."""
    rows: list[Row] = [("상담번호", "화자", "내용")]
    for n, (q, a) in enumerate(said()):
        for who, text in (
            ("고객", q),
            ("상담사", "담당 팀에 물어보겠습니다."),
            ("상담사", f"안녕하세요. 상담사 {NAMES[n % 5]}입니다."),
            ("상담사", a),
        ):
            rows.append((n, who, text))
    workbook(path, ("대화", rows))
    return [
        (q, f"담당 팀에 물어보겠습니다. 안녕하세요. 상담사 {NAMES[n % 5]}입니다. {a}")
        for n, (q, a) in enumerate(said())
    ]


def _messenger(later: timedelta) -> Build:
    """A chat as KakaoTalk saves it; every third answer comes after midnight."""

    def write(path: Path) -> list[Pair]:
        lines, day = ["박서준 님과 카카오톡 대화", "저장한 날짜 : 2026-05-10 18:22:10", ""], ""
        for n, (q, a) in enumerate(said()):
            asked = datetime(2026, 3, 1, 23, 50) + timedelta(days=n)
            replied = asked + (later if n % 3 == 0 else timedelta(minutes=3))
            for at, who, text in ((asked, "박서준", q), (replied, "하루리빙 고객센터", a)):
                if f"{at:%Y년 %-m월 %-d일}" != day:
                    day = f"{at:%Y년 %-m월 %-d일}"
                    lines.append(f"--------------- {day} 월요일 ---------------")
                half = "오전" if at.hour < 12 else "오후"
                lines.append(f"[{who}] [{half} {(at.hour - 1) % 12 + 1}:{at:%M}] {text}")
        path.write_text("\n".join(lines), encoding="utf-8")
        soon = later < timedelta(hours=1)
        return [pair for n, pair in enumerate(said()) if n % 3 or soon]

    return write


_BACK = (
    ("주문을 취소하려고 합니다", "주문번호를 알려 주시겠어요?"),
    ("어제 저녁에 산 선풍기예요", "결제는 카드로 하셨을까요?"),
    ("네 현대카드요", "승인 취소까지 3일 걸립니다."),
    ("보일러가 안 켜져요", "화면에 에러 코드가 보이시나요?"),
    ("03이라고 떠요", "가스 밸브를 열어 두셨나요?"),
    ("아 잠겨 있었네요 이제 됩니다", "또 꺼지면 바로 연락 주세요."),
    ("예약을 옮기고 싶습니다", "어느 날짜가 편하신가요?"),
    ("다음 주 목요일 오후요", "4시로 예약해 드릴까요?"),
)


def answers_that_ask_back(path: Path) -> list[Pair]:
    """Agents who ask what they need to know; customers say what they want."""
    pairs = [(f"{q} ({n})", f"{n}번 고객님, {a}") for n in range(4) for q, a in _BACK]
    rows = [(n, *one) for n, (q, a) in enumerate(pairs) for one in (("손님", q), ("직원", a))]
    workbook(path, ("채팅", [("대화ID", "발신", "메시지"), *rows]))
    return pairs


def sides_the_wrong_way_round(path: Path) -> None:
    """What customers ask stands under 직원, and what they are told under 손님."""
    pairs = [(f"{q.rstrip('.')} 언제 되나요?", a) for q, a in said()]
    rows = [(n, *one) for n, (q, a) in enumerate(pairs) for one in (("손님", a), ("직원", q))]
    workbook(path, ("채팅", [("대화ID", "발신", "메시지"), *rows]))


_KOREAN, _ENGLISH = ("고객", "상담사"), ("customer", "agent")
_TAILS, _PHONES = ("고객명", "휴대폰(뒷자리)"), ("고객명", "연락처")
_SAID_AT = ("일시", "구분", "내용")

UNSAID: dict[str, tuple[Build, str]] = {
    "kinds of messages": (_log("메시지유형", _surveyed), "a.xlsx"),
    "kinds in English": (
        _log("message_type", _surveyed_in_english, by="sender", english=True),
        "a.csv",
    ),
    "a program's name": (_log("이름", _by_a_bot), "a.xlsx"),
    "rows taken back": (_log("삭제여부", _marked("Y", "N")), "a.xlsx"),
    "rows taken back in words": (_log("메시지상태", _marked("삭제", "정상")), "a.csv"),
    "rows taken back at a time": (
        _log("deleted_at", _marked(clock(99), "", _ENGLISH), by="sender", english=True),
        "a.csv",
    ),
    "rows taken back in English": (
        _log("is_deleted", _marked("true", "false", _ENGLISH), by="sender", english=True),
        "a.csv",
    ),
    "drafts": (
        _log("상태", _sent("임시저장", "발송취소", "발송완료", "접수", _KOREAN), left_out=(23,)),
        "a.xlsx",
    ),
    "drafts in English": (
        _log(
            "delivery_status",
            _sent("draft", "failed", "sent", "received", _ENGLISH),
            by="sender",
            english=True,
            left_out=(23,),
        ),
        "a.csv",
    ),
    "states of cases": (_log("상태", _of_a_case), "a.xlsx"),
    "translations": (
        _log("source", _translated("original", "machine_translation"), by="author", english=True),
        "a.csv",
    ),
    "translations by yes and no": (
        _log("번역여부", _translated("N", "Y"), by="author", english=True),
        "a.xlsx",
    ),
    "ways in": (_log("source", _through, by="author", english=True), "a.csv"),
    "rooms with colleagues": (rooms_with_colleagues, "a.xlsx"),
    "customers of one name": (
        _namesakes((*_TAILS, *_SAID_AT), lambda n, _: f"{4000 + n}", together=2),
        "a.csv",
    ),
    "numbers of each side": (
        _namesakes(
            (*_PHONES, *_SAID_AT),
            lambda n, side: f"02-300-10{n % 5}0" if side else f"010-2000-{3000 + n}",
            together=1,
        ),
        "a.csv",
    ),
    "times of two zones": (_zones(_utc, _seoul), "a.csv"),
    "times of three hours": (_zones(_new_york, _seoul), "a.csv"),
    "times of one zone": (_zones(_utc, _utc), "a.csv"),
    "times with a zone now and then": (_zones(_utc, _local, told=False), "a.csv"),
    "nights under the day they began": (_nights(lambda began, _: began), "a.xlsx"),
    "nights of two days": (_nights(lambda _, at: at), "a.xlsx"),
    "calls one after another": (calls_one_after_another, "a.txt"),
    "greetings before answers": (greetings_before_answers, "a.xlsx"),
    "a chat past midnight": (_messenger(timedelta(minutes=14)), "a.txt"),
    "answers of the next morning": (_messenger(timedelta(hours=10)), "a.txt"),
    "answers that ask back": (answers_that_ask_back, "a.xlsx"),
    "sides the wrong way round": (sides_the_wrong_way_round, "a.xlsx"),
}
"""Builders and names of files, by what is special about them."""
