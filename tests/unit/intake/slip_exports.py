"""Lists in which a slip put answers beside questions of others, and lists that only look so.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

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
    workbook,
)

_UNANSWERED = (4, 5, 9, 17)


def _filled(head: Sequence[str], *, waits: bool = False) -> Build:
    """Cells without an answer were filled with what stands above; some wait until the next asks."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        answer: Row = ()
        for n, (q, a) in enumerate(said()):
            asked = clock(n, 90)
            if n not in _UNANSWERED:
                wait = timedelta(minutes=100 if waits and n == 8 else 25, seconds=n)
                answer = (asked + wait, a, NAMES[n % 3])
            rows.append((asked, f"손님{n}", q, *answer))
        (workbook if path.suffix == ".xlsx" else _text)(path, ("list", [head, *rows]))
        return [pair for n, pair in enumerate(said()) if n not in _UNANSWERED]

    return write


def _text(path: Path, sheet: tuple[str, list[Row]]) -> None:
    delimited(path, sheet[1])


def told_all_at_once(path: Path) -> list[Pair]:
    """Customers who asked one after the other were told the same in one moment."""
    told = "현재 결제 장애를 복구하고 있습니다. 오후 3시부터 다시 이용하실 수 있습니다."
    rows: list[Row] = []
    pairs = [(q, told if 8 <= n < 14 else a) for n, (q, a) in enumerate(said())]
    for n, (q, a) in enumerate(pairs):
        at = clock(14 if a == told else n, 30) + timedelta(minutes=5, seconds=7)
        rows.append((clock(n, 30), q, a, at))
    workbook(path, ("list", [("접수일시", "문의내용", "답변내용", "답변일시"), *rows]))
    return pairs


def _joined(own: str, other: str, *, one_counter: bool = True) -> Build:
    """Questions joined with answers by the customer's name; some customers asked twice.

    Unless both sides have `one_counter`, answers have numbers of their own.
    """

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        pairs: list[Pair] = []
        for n, (q, a) in enumerate(said()):
            twice = one_counter and n // 2 in (3, 7, 8)
            for m in (n - n % 2, n - n % 2 + 1) if twice else (n,):
                number = f"A{2001 + m}" if one_counter else f"R{7301 + m}"
                rows.append((f"손님{n // 2}", f"A{2001 + n}", q, number, said()[m][1], "완료"))
            pairs.append((q, a))
        delimited(path, [("고객명", own, "문의내용", other, "답변내용", "처리결과"), *rows])
        return pairs

    return write


def _months(head: Row, first: int) -> Build:
    """One month has texts where the next one has a topic and whether it was answered."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            topic = ("배송 문의", "환불 문의", "설치 문의")[n % 3]
            one, two = ((q, a), ()) if n < first else ((topic, "Y" if n % 5 else "N"), (q, a))
            rows.append((f"J{n:03}", clock(n), *one, NAMES[n % 3], *two))
        delimited(path, [head, *rows])
        return said()

    return write


def first_of_repeated_headings_is_no_pair(path: Path) -> list[Pair]:
    """Tables side by side with the same headings; in the first one are topics and states."""
    head = ("번호", "문의", "답변", "번호", "문의내용", "답변내용", "번호", "문의2", "답변2")
    rows: list[Row] = []
    for n in range(0, 24, 2):
        one, two = said()[n : n + 2]
        rows.append((n, ("배송", "환불")[n % 4 // 2], "Y", n + 100, *one, n + 500, *two))
    workbook(path, ("list", [head, *rows]))
    return said()


def _wider_below(first: int) -> Build:
    """Rows of a list with a column more were put below, from the `first` one on."""

    def write(path: Path) -> list[Pair]:
        head = ("번호", "접수일", "고객명", "제목", "문의내용", "답변내용", "담당자")
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            more = (("홈페이지", "앱", "전화")[n % 3],) if n >= first else ()
            title = ("배송 관련 문의드립니다", "환불 문의")[n % 2]
            rows.append((n, clock(n), *more, f"손님{n}", title, q, a, NAMES[n % 3]))
        workbook(path, ("list", [head, *rows]))
        return said()[:first]

    return write


def remarks_right_of_the_headings(path: Path) -> list[Pair]:
    """Sentences that nobody gave a heading, in some rows, also beside the name of who answered."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        remark = ("전화로 다시 한번 안내해 드렸습니다.",) if n >= 14 else ()
        rows.append((n, f"{q[:6]} 문의드립니다", q, a, NAMES[n % 3], *remark))
    workbook(path, ("list", [("번호", "제목", "문의내용", "답변내용", "담당자"), *rows]))
    return said()


_PASTED = {6: 3, 7: 6, 15: 9, 20: 2}


def _called(head: Row, call: str, *, sometimes: bool = False) -> Build:
    """Answers call their customers by name; a few are those of earlier rows, pasted once more."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        pairs: list[Pair] = []
        for n, (q, _) in enumerate(said()):
            of = _PASTED.get(n, n)
            answer = said()[of][1]
            if not sometimes or of != n or n % 3:
                answer = call.format(_person(of, call), answer)
            rows.append((n, clock(n), _person(n, call), q, answer, NAMES[n % 3]))
            if of == n:
                pairs.append((q, answer))
        (workbook if path.suffix == ".xlsx" else _text)(path, ("list", [head, *rows]))
        return pairs

    return write


def _person(n: int, call: str) -> str:
    if call.isascii():
        first = ("Jane", "Omar", "Lucy", "Ivan")[n % 4]
        return f"{first} {('Stone', 'Miller')[n % 2]}{'abcdef'[n // 4]}"
    return f"{'김이박최'[n % 4]}{('서연', '도윤', '하은', '지호', '유나', '태민')[n // 4]}"


def moved_up(path: Path) -> list[Pair]:
    """An answer that stood twice was removed from its column, so that the others moved up."""
    rows: list[Row] = []
    call = "{} 고객님, {}"
    for n, (q, _) in enumerate(said()):
        of = n if n < 9 else n + 1
        answer = call.format(_person(of, call), said()[of][1]) if of < 24 else ""
        if n == 14:
            answer = said()[of][1]
        rows.append((f"C{n}", _person(n, call), q, answer))
    workbook(path, ("list", [("접수번호", "고객명", "문의내용", "답변"), *rows]))
    return [(q, call.format(_person(n, call), a)) for n, (q, a) in enumerate(said()[:9])]


def names_of_others(path: Path) -> list[Pair]:
    """Customers write for others, whom answers call, or an agent's name comes first."""
    pairs: list[Pair] = []
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        call = (
            f"{_person(n, '가')}님, ",
            f"보호자님, {a[:1]}",
            "강만수 고객님, ",
            f"{NAMES[n % 3]}입니다. ",
        )
        answer = f"{call[n % 4]}{a}"
        rows.append((n, f"{_person(n, '가')} 고객님", q, answer, f"{NAMES[n % 3]} 상담사"))
        pairs.append((q, answer))
    workbook(path, ("list", [("번호", "고객명", "문의", "답변", "상담사"), *rows]))
    return pairs


def _looked_up(head: Row, listed: Row, *, exactly: bool = False) -> Build:
    """Answers from a list on another sheet; where it has none, that of the next lower number."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = [head]
        answers: list[Row] = [listed]
        for n, (q, a) in enumerate(said()):
            if n not in _UNANSWERED:
                answers.append((24030101 + 3 * n, a, NAMES[n % 3]))
            last = (
                [*answers[-1]][1] if n not in _UNANSWERED or not exactly else "곧 전화드리겠습니다."
            )
            rows.append((24030101 + 3 * n, clock(n), f"손님{n}", q, last))
        workbook(path, ("문의", rows), ("DB", answers))
        if exactly:
            return [(str(q), str(a)) for _, _, _, q, a in rows[1:]]
        return [pair for n, pair in enumerate(said()) if n not in _UNANSWERED]

    return write


def crossed(path: Path) -> list[Pair]:
    """Questions joined with answers by the customer, with no numbers that tell them apart."""
    rows: list[Row] = []
    for n, (q, _) in enumerate(said()):
        twice = n // 2 in (2, 9)
        for m in (n - n % 2, n - n % 2 + 1) if twice else (n,):
            rows.append((f"손님{n // 2}", f"010-1234-{n // 2:04}", q, said()[m][1], NAMES[m % 3]))
    delimited(path, [("고객명", "연락처", "문의내용", "답변내용", "상담사"), *rows])
    return [pair for n, pair in enumerate(said()) if n // 2 not in (2, 9)]


def ways_to_ask_and_to_reply(path: Path) -> list[Pair]:
    """What somebody made up for a chatbot: each way to ask beside each way to reply."""
    pairs: list[Pair] = []
    for q, a in said():
        for asked in (q, f"저기요, {q}"):
            pairs += [(asked, a), (asked, f"네, {a}")]
    workbook(path, ("faq", [("질문", "답변"), *pairs]))
    return pairs


def _with_old_answers(told: Sequence[int], months: int) -> Build:
    """Answers of so many months before, with their times, in the rows `told`."""

    def write(path: Path) -> list[Pair]:
        pairs = said()
        rows: list[Row] = []
        for n, (q, a) in enumerate(pairs):
            asked = clock(n, 90)
            old = asked - timedelta(days=30 * months), pairs[(n + 9) % 24][1]
            rows.append((asked, q, *(old if n in told else (asked + timedelta(hours=5), a))[::-1]))
        workbook(path, ("대장", [("접수일시", "문의내용", "답변내용", "답변일시"), *rows]))
        return [pair for n, pair in enumerate(pairs) if n not in told]

    return write


def old_answers_all_over(path: Path) -> None:
    """Here and there an answer is old: which row each of the others belongs to is not sure."""
    _with_old_answers(range(2, 24, 4), 5)(path)


def answers_that_drift(path: Path) -> None:
    """A list of answers beside one of questions gets ahead of it, day by day."""
    rows = [
        (clock(n, 1500), q, said()[(n + 5) % 24][1], clock(n, 1500 - 90 * (n - 14)))
        for n, (q, _) in enumerate(said())
    ]
    workbook(path, ("대장", [("접수일시", "문의내용", "답변내용", "답변일시"), *rows]))


_KOREAN = ("접수일시", "고객명", "문의내용", "답변일시", "답변내용", "상담사")
_ENGLISH = ("created_at", "customer", "question", "answered_at", "answer", "agent")

SLIPS: dict[str, tuple[Build, str]] = {
    "filled down": (_filled(_KOREAN), "a.csv"),
    "filled down in English": (_filled(_ENGLISH), "a.xlsx"),
    "filled down where the next one asked meanwhile": (_filled(_KOREAN, waits=True), "a.xlsx"),
    "told all at once": (told_all_at_once, "a.xlsx"),
    "joined by name": (_joined("접수번호_x", "접수번호_y"), "a.csv"),
    "joined by name in a database": (_joined("ticket_id", "ticket_id"), "a.csv"),
    "answers with numbers of their own": (
        _joined("접수번호_x", "접수번호_y", one_counter=False),
        "a.csv",
    ),
    "months below each other": (
        _months(("접수번호", "접수일", "문의", "답변", "담당자", "문의내용", "답변내용"), 10),
        "a.csv",
    ),
    "a column more below": (_wider_below(13), "a.xlsx"),
    "a column more in many rows below": (_wider_below(8), "a.xlsx"),
    "pasted once more": (
        _called(("번호", "접수일", "고객명", "문의", "답변", "상담사"), "{} 고객님, {}"),
        "a.xlsx",
    ),
    "pasted once more where some are called": (
        _called(
            ("번호", "일시", "회원명", "질문", "답변", "담당자"),
            "안녕하세요. {}님, {}",
            sometimes=True,
        ),
        "a.csv",
    ),
    "pasted once more in English": (
        _called(("no", "date", "customer name", "question", "answer", "agent"), "Dear {}, {}"),
        "a.csv",
    ),
    "moved up": (moved_up, "a.xlsx"),
    "names of others": (names_of_others, "a.xlsx"),
    "looked up": (
        _looked_up(
            ("접수번호", "접수일", "고객명", "문의내용", "답변"),
            ("접수번호", "답변내용", "답변자"),
        ),
        "a.xlsx",
    ),
    "looked up in English": (
        _looked_up(
            ("Case No", "Date", "Customer", "Question", "Answer"), ("case no", "text", "by")
        ),
        "a.xlsx",
    ),
    "looked up exactly": (
        _looked_up(
            ("접수번호", "접수일", "고객명", "문의내용", "답변"),
            ("접수번호", "답변내용", "답변자"),
            exactly=True,
        ),
        "a.xlsx",
    ),
    "crossed": (crossed, "a.csv"),
    "ways to ask and to reply": (ways_to_ask_and_to_reply, "a.xlsx"),
    "remarks right of the headings": (remarks_right_of_the_headings, "a.xlsx"),
    "old answers in one stretch": (_with_old_answers(range(7, 12), 5), "a.xlsx"),
    "old answers all over": (old_answers_all_over, "a.xlsx"),
    "answers that drift": (answers_that_drift, "a.xlsx"),
    "repeated headings": (first_of_repeated_headings_is_no_pair, "a.xlsx"),
}
