"""Logs in which something is said in between that belongs to no question and no answer.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from tests.unit.intake.call_centre_exports import NAMES, Build, Pair, clock, said, workbook

Line = tuple[str, str]
_CUSTOMER, _AGENT = "고객", "상담사 정하린"


def _log(talk: Callable[[int, str, str], Sequence[Line]]) -> Build:
    """Conversations of two exchanges each, as `talk` has them; both sides in one column."""

    def write(path: Path) -> list[Pair]:
        rows = [
            (f"K{n // 2:03}", clock(8 * n + step, 1), who, text)
            for n, (q, a) in enumerate(said())
            for step, (who, text) in enumerate(talk(n, q, a))
        ]
        workbook(path, ("log", [("상담ID", "일시", "발화자", "내용"), *rows]))
        return said()

    return write


def _in_two(answer: str) -> tuple[str, str]:
    first, _, second = answer.rpartition(" ")
    return first, second


def _nodded(n: int, q: str, a: str) -> Sequence[Line]:
    first, second = _in_two(a)
    nods = [(_CUSTOMER, ("네네", "아 네")[n % 2])]
    return [(_CUSTOMER, q), (_AGENT, first), *nods * (n % 3), (_AGENT, second)]


def _timed_out(n: int, q: str, a: str) -> Sequence[Line]:
    notice = (
        "고객님, 5분 동안 답변이 없으셔서 곧 채팅이 자동 종료됩니다.",
        "일정 시간 응답이 없어 채팅을 종료하겠습니다. 다시 문의해 주세요.",
        "2분 안에 응답이 없으시면 상담이 종료됩니다.",
    )[n % 3]
    return [(_CUSTOMER, q), (_AGENT, a), (_AGENT, notice)]


def _heard(n: int, q: str, a: str) -> Sequence[Line]:
    sound = ("(무음 12초)", "[통화 대기음]", "<noise>", "(한숨)")[n % 4]
    if n % 2:
        return [(_CUSTOMER, f"[침묵 00:03] {q}"), (_AGENT, sound), (_AGENT, a)]
    return [(_CUSTOMER, sound), (_CUSTOMER, q), (_AGENT, f"(잡음) {a}")]


def yes_is_an_answer(path: Path) -> list[Pair]:
    """Whoever is asked something says yes to it, and what an agent says then is told after that."""
    pairs, rows = list[Pair](), list[tuple[object, ...]]()
    for n, (q, a) in enumerate(said()):
        talk = [(q, f"{a} 그대로 진행할까요?"), ("네", f"{n}번으로 접수했습니다.")]
        pairs += talk if n % 6 == 0 else [(q, a)]
        words = (text for pair in (talk if n % 6 == 0 else [(q, a)]) for text in pair)
        for step, text in enumerate(words):
            who = _AGENT if step % 2 else _CUSTOMER
            rows.append((f"K{n}", clock(8 * n + step, 1), who, text))
    workbook(path, ("log", [("상담ID", "일시", "발화자", "내용"), *rows]))
    return pairs


def questions_about_the_end(path: Path) -> list[Pair]:
    """What happens to a silent customer may be what was asked; pictures are written of, too."""
    asked = [
        ("채팅은 언제 끊기나요?", "10분 동안 응답이 없으시면 상담이 종료됩니다."),
        ("어제 상담이 왜 갑자기 끊겼나요?", "5분 동안 답변이 없으셔서 채팅이 종료되었습니다."),
        ("사진 보냈습니다", "잘 받았습니다. 내일 새 상품을 보내 드립니다."),
        ("[소음] 윗집이 밤마다 시끄러워요", "관리실에서 오늘 저녁에 찾아가 보겠습니다."),
    ]
    pairs = [*said(), *asked]
    rows = [
        (f"K{n}", clock(2 * n + side), who, text)
        for n, pair in enumerate(pairs)
        for side, (who, text) in enumerate(zip((_CUSTOMER, _AGENT), pair, strict=True))
    ]
    workbook(path, ("log", [("상담ID", "일시", "발화자", "내용"), *rows]))
    return pairs


def _chat(path: Path, host: str, guests: Sequence[str], *, lost: Sequence[int] = ()) -> list[Pair]:
    """An open chat on a computer; the `lost` answers were taken back."""
    lines = ["늘봄공방 문의 님과 카카오톡 대화", "저장한 날짜 : 2026-03-05 18:02:11", ""]
    lines += ["--------------- 2026년 3월 2일 월요일 ---------------"]
    asked = [(f"{q.rstrip('.')} 알 수 있나요?", a) for q, a in said()]
    for n, (q, a) in enumerate(asked):
        lines.append(f"[{guests[n % len(guests)]}] [오전 9:{2 * n:02}] {q}")
        text = "삭제된 메시지입니다." if n in lost else a
        lines.append(f"[{host}] [오전 9:{2 * n + 1:02}] {text}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [pair for n, pair in enumerate(asked) if n not in lost]


def an_open_chat_with_its_host(path: Path) -> list[Pair]:
    """Whoever asks is answered by the one who is called its host."""
    return _chat(path, "방장_나무", ("나무늘보", "Jenny", "수연/31", "곰곰"))


def answers_that_were_taken_back(path: Path) -> list[Pair]:
    """What was asked above a deleted answer is no part of the next question."""
    return _chat(path, "늘봄공방 매니저", ("차박러1호", "별 하나"), lost=(3, 11))


def an_open_chat_of_names(path: Path) -> None:
    """The one who answers may be anybody."""
    _chat(path, "가온", ("나무늘보", "Jenny", "수연/31", "곰곰"))


def a_chat_with_a_trade(path: Path) -> list[Pair]:
    """The title names who answers by a trade, and a picture is the answer now and then."""
    lines = ["달빛캠핑장 님과 카카오톡 대화", "저장한 날짜 : 2026년 3월 5일 오후 6:02", ""]
    for n, (q, a) in enumerate(said()):
        lines.append(f"2026년 3월 2일 오전 9:{2 * n:02}, 하루맘 : {q}")
        lines.append(
            f"2026년 3월 2일 오전 9:{2 * n + 1:02}, 달빛캠핑장 : {'사진' if n == 5 else a}"
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [pair for n, pair in enumerate(said()) if n != 5]


def a_line_chat_below_its_days(path: Path) -> list[Pair]:
    """No line on top says which program saved it; two answers went to the wrong chat at first."""
    lines = ["대화 내역 / 늘봄홀 / 2026.03.05", "", "2026.03.02 월요일"]
    asked = [(f"{q.rstrip('.')} 알 수 있나요?", a) for q, a in said()]
    for n, (q, a) in enumerate(asked):
        lines.append(f"10:{2 * n:02}\t도윤맘\t{q}")
        if n in (4, 15):
            lines.append(f"10:{2 * n + 1:02}\t늘봄홀 매니저\t신부님, 3층으로 오시면 됩니다.")
            lines.append(f"10:{2 * n + 1:02}\t늘봄홀 매니저\t죄송해요 위 톡은 잘못 보낸 거예요")
        lines.append(f"10:{2 * n + 1:02}\t늘봄홀 매니저\t{a}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return asked


def goods_that_went_to_somebody_else(path: Path) -> list[Pair]:
    """What was sent wrongly are goods, and no message."""
    excuse = "다른 고객님 상품을 잘못 보냈습니다."
    rows = [
        (f"K{n}", clock(8 * n + step, 1), who, text)
        for n, (q, a) in enumerate(said())
        for step, (who, text) in enumerate(
            [(_CUSTOMER, q), (_AGENT, "확인했습니다."), (_AGENT, excuse), (_AGENT, a)]
        )
    ]
    workbook(path, ("log", [("상담ID", "일시", "발화자", "내용"), *rows]))
    return [(q, f"확인했습니다. {excuse} {a}") for q, a in said()]


def messages_that_a_system_sent(path: Path) -> list[Pair]:
    """Customers ask about a text message, which a system sent by mistake."""
    asked = [
        (
            "결제 문자가 왔어요. 이게 뭔가요?",
            "문자가 잘못 발송되었습니다. 죄송합니다.",
        ),
        ("왜 이런 안내를 받았나요?", "시스템 오류로 안내 문자가 잘못 발송되었습니다."),
    ]
    talks = [*([(_CUSTOMER, q), (_AGENT, a)] for q, a in said())]
    talks += [[(_CUSTOMER, q), (_AGENT, "확인해 보니 그렇네요."), (_AGENT, a)] for q, a in asked]
    rows = [
        (f"K{n}", clock(8 * n + step, 1), *line)
        for n, talk in enumerate(talks)
        for step, line in enumerate(talk)
    ]
    workbook(path, ("log", [("상담ID", "일시", "발화자", "내용"), *rows]))
    return [*said(), *((q, f"확인해 보니 그렇네요. {a}") for q, a in asked)]


def _texts(path: Path, others: Sequence[str]) -> list[Pair]:
    """Texts of a shop's phone, with customers by number and with others."""
    rows = [("일시", "구분", "상대", "내용")]
    for n, (q, a) in enumerate(said()):
        for step, (way, text) in enumerate((("받음", q), ("보냄", a))):
            rows.append((str(clock(n) + timedelta(minutes=step)), way, f"손님_{n // 4}", text))
        if n % 4 == 0:
            other = others[n // 4 % len(others)]
            rows.append((str(clock(n, 7) + timedelta(minutes=3)), "받음", other, f"{n}단 올려요?"))
            rows.append((str(clock(n, 7) + timedelta(minutes=4)), "보냄", other, "네 그렇게 해요"))
    workbook(path, ("문자", rows))
    return said()


def texts_with_suppliers(path: Path) -> list[Pair]:
    """Who is no customer is called by the trade."""
    return _texts(path, ("도매상", "퀵기사"))


def texts_with_somebody(path: Path) -> list[Pair]:
    """A name among customers may be a customer's."""
    pairs = _texts(path, ("김도현",))
    return [*pairs, *((f"{n}단 올려요?", "네 그렇게 해요") for n in range(0, 24, 4))]


def talks_with_swapped_sides(path: Path) -> list[Pair]:
    """In one conversation the agent asks and the customer tells what to do."""
    swapped = [
        ("통장을 잃어버렸어요", "가까운 지점에 오시면 다시 만들어 드립니다."),
        ("가족이 대신 가도 되나요?", "가족관계증명서가 있으면 대신 오셔도 됩니다."),
    ]
    talks = [[pair] for pair in said()]
    rows = [
        (f"K{n}", clock(8 * n + 2 * step + side, 1), who, text)
        for n, talk in enumerate([*talks, swapped])
        for step, pair in enumerate(talk)
        for side, (who, text) in enumerate(
            zip((_AGENT, _CUSTOMER) if talk is swapped else (_CUSTOMER, _AGENT), pair, strict=True)
        )
    ]
    workbook(path, ("log", [("상담ID", "일시", "발화자", "내용"), *rows]))
    return said()


def _talks_in(path: Path, talks: Sequence[Sequence[tuple[str, str]]]) -> None:
    """Write who says what in each conversation."""
    rows = [
        (f"K{n}", clock(8 * n + step, 1), *line)
        for n, one in enumerate(talks)
        for step, line in enumerate(one)
    ]
    workbook(path, ("log", [("상담ID", "일시", "발화자", "내용"), *rows]))


def agents_who_call(path: Path) -> list[Pair]:
    """An agent who asks first is one all the same, and a customer may state what is."""
    talk = [
        (_AGENT, "어제 신청하신 설치 날짜를 바꾸고 싶다고 하셨나요?"),
        (_CUSTOMER, "네 이번 주는 집에 없습니다."),
        (_AGENT, "다음 주 화요일로 옮겨 드렸습니다."),
        (_CUSTOMER, "화요일 저녁이면 더 좋습니다."),
        (_AGENT, "저녁 7시로 적어 두었습니다."),
    ]
    talks = [*([(_CUSTOMER, q), (_AGENT, a)] for q, a in said()), talk]
    _talks_in(path, talks)
    return [*said(), (talk[1][1], talk[2][1]), (talk[3][1], talk[4][1])]


def formal_customers_of_a_plain_desk(path: Path) -> list[Pair]:
    """Customers say what they have done and beg for help; agents ask back, and do so in 요."""
    talk = [
        (_CUSTOMER, "사흘 전에 교환 신청 드렸습니다. 확인해 주시기 바랍니다."),
        (_AGENT, "주문번호가 어떻게 되나요?"),
        (_CUSTOMER, "K-204번이고 어제도 전화 드렸습니다. 빠른 처리 해 주시기 바랍니다."),
        (_AGENT, "네, 새 상품은 내일 도착해요."),
    ]
    talks = [*([(_CUSTOMER, q), (_AGENT, a)] for q, a in said()), talk]
    _talks_in(path, talks)
    return [*said(), (talk[0][1], talk[1][1]), (talk[2][1], talk[3][1])]


def _mails(path: Path, subject_of: Callable[[int], int]) -> list[Pair]:
    """A register of tickets' mails; a reply names the subject of the ticket that it is to."""
    rows = [("티켓", "일시", "수발신", "제목", "본문")]
    for n, (q, a) in enumerate(said()):
        asked, replied = f"{n}번 문의", f"RE: {subject_of(n)}번 문의"
        rows.append((f"T-{n}", str(clock(2 * n)), "수신", asked, q))
        rows.append((f"T-{n}", str(clock(2 * n + 1)), "발신", replied, a))
    workbook(path, ("대장", rows))
    return [pair for n, pair in enumerate(said()) if subject_of(n) == n or subject_of(n) > 23]


def replies_in_their_tickets(path: Path) -> list[Pair]:
    """A subject that is nobody's question says nothing."""
    return _mails(path, lambda n: n if n != 7 else 99)


def replies_in_tickets_of_others(path: Path) -> list[Pair]:
    """Two replies have changed places."""
    return _mails(path, lambda n: {5: 9, 9: 5}.get(n, n))


def replies_to_a_usual_subject(path: Path) -> list[Pair]:
    """An agent replies below a subject that several customers used, in whichever ticket."""
    rows = [("티켓", "일시", "수발신", "제목", "본문")]
    for n, (q, a) in enumerate(said()):
        asked = "문의드립니다" if n % 6 == 1 else f"{n}번 문의"
        replied = "RE: 문의드립니다" if n % 6 in (1, 3) else f"RE: {asked}"
        rows.append((f"T-{n}", str(clock(2 * n)), "수신", asked, q))
        rows.append((f"T-{n}", str(clock(2 * n + 1)), "발신", replied, a))
    workbook(path, ("대장", rows))
    return said()


def messages_that_ask_or_reply(path: Path) -> list[Pair]:
    """Names speak, a kind in English says whose side they are on; some replies were recalled."""
    rows = [("channel", "user", "type", "state", "text", "sentAt")]
    for n, (q, a) in enumerate(said()):
        room, at = f"dm-{n // 3}", str(clock(n))
        rows.append((room, NAMES[n // 3 % 5], "ask", "NORMAL", q, at))
        if n % 5 == 0:
            rows.append((room, "총무 한별", "reply", "RECALLED", "그런 것은 없습니다.", at))
        rows.append((room, "총무 한별", "reply", "NORMAL", a, at))
    workbook(path, ("dm", rows))
    return said()


INTERJECTED: dict[str, tuple[Build, str]] = {
    "nods amid answers": (_log(_nodded), "a.xlsx"),
    "notices of a silent customer": (_log(_timed_out), "a.xlsx"),
    "sounds that were heard": (_log(_heard), "a.xlsx"),
    "a yes to a question": (yes_is_an_answer, "a.xlsx"),
    "questions about the end": (questions_about_the_end, "a.xlsx"),
    "an open chat with its host": (an_open_chat_with_its_host, "a.txt"),
    "an open chat of names": (an_open_chat_of_names, "a.txt"),
    "answers that were taken back": (answers_that_were_taken_back, "a.txt"),
    "a chat with a trade": (a_chat_with_a_trade, "a.txt"),
    "a chat of LINE below its days": (a_line_chat_below_its_days, "a.txt"),
    "goods that went to somebody else": (goods_that_went_to_somebody_else, "a.xlsx"),
    "messages that a system sent": (messages_that_a_system_sent, "a.xlsx"),
    "texts with suppliers": (texts_with_suppliers, "a.xlsx"),
    "texts with somebody": (texts_with_somebody, "a.xlsx"),
    "talks with swapped sides": (talks_with_swapped_sides, "a.xlsx"),
    "replies in their tickets": (replies_in_their_tickets, "a.xlsx"),
    "replies in tickets of others": (replies_in_tickets_of_others, "a.xlsx"),
    "replies to a usual subject": (replies_to_a_usual_subject, "a.xlsx"),
    "messages that ask or reply": (messages_that_ask_or_reply, "a.xlsx"),
    "agents who call": (agents_who_call, "a.xlsx"),
    "formal customers of a plain desk": (formal_customers_of_a_plain_desk, "a.xlsx"),
}
"""Builders and names of files, by what is special about them."""
