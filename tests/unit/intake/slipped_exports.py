"""Lists whose answers slipped by some rows, and say so by a number, an empty cell or a copy.

Each builder writes one file and returns the pairs that its owner expects; None: there are none.
"""

from collections.abc import Callable, Sequence
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
from tests.unit.intake.moved_exports import TOLD

_LOST = 15


def _marked(question: str, answer: str, *, lost: bool = True) -> Build:
    """Each text is numbered; an answer that was lost lets those below it move up."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, _) in enumerate(said(), 1):
            of = n + 1 if lost and n >= _LOST else n
            told = answer.format(of) + said()[of - 1][1] if of <= len(said()) else ""
            rows.append((question.format(n) + q, told, n // 5))
        delimited(path, [("질문", "답변", "쪽"), *rows])
        return said()[: _LOST - 1] if lost else said()

    return write


def steps_in_answers(path: Path) -> list[Pair]:
    """Questions are numbered; some answers count what is to be done."""
    pairs = [(f"문의{n}. {q}", f"A2. {a}" if n % 3 else a) for n, (q, a) in enumerate(said(), 1)]
    delimited(path, [("질문", "답변"), *pairs])
    return [(q, a) for (q, _), (_, a) in zip(said(), pairs, strict=True)]


def _named(head: Row, number: str, call: str) -> Build:
    """Answers begin with a case's number; their column was sorted by itself."""

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        pairs: list[Pair] = []
        for n, (q, _) in enumerate(said()):
            of = n if n % 6 == 0 else (n * 7 + 3) % 24
            told = call.format(number.format(3 * of)) + said()[of][1]
            rows.append((number.format(3 * n), clock(n), q, told, NAMES[n % 3]))
            if of == n:
                pairs.append((q, told))
        delimited(path, [head, *rows])
        return pairs

    return write


def earlier_cases_in_answers(path: Path) -> list[Pair]:
    """Answers name the case before, which they go on with."""
    pairs = [
        (q, f"R-{2023 + n} 접수 건에 이어 안내드립니다. {a}") for n, (q, a) in enumerate(said())
    ]
    rows = [(f"R-{2024 + n}", *pair) for n, pair in enumerate(pairs)]
    delimited(path, [("접수번호", "문의내용", "답변내용"), *rows])
    return pairs


def exchanged_orders_in_answers(path: Path) -> list[Pair]:
    """Most answers name their order; a few the one that goes out in exchange for it."""
    pairs = [(q, f"주문번호 2026-{1063 + n} 확인했습니다. {a}") for n, (q, a) in enumerate(said())]
    for n in (6, 15):
        pairs[n] = (pairs[n][0], f"교환 주문 2026-{1070 + n} 로 다시 보내 드렸습니다.")
    rows = [(f"2026-{1063 + n}", *pair) for n, pair in enumerate(pairs)]
    delimited(path, [("주문번호", "문의내용", "답변내용"), *rows])
    return pairs


def other_cases_in_some_answers(path: Path) -> list[Pair]:
    pairs: list[Pair] = []
    for n, (q, a) in enumerate(said()):
        of = f"R-{2024 + n - (2 if n % 5 == 4 else 0)}"
        pairs.append((q, f"R-{2024 + n} 건은 {of} 건과 함께 처리했습니다. {a}"))
    delimited(
        path,
        [
            ("접수번호", "문의내용", "답변내용"),
            *((f"R-{2024 + n}", *pair) for n, pair in enumerate(pairs)),
        ],
    )
    return pairs


def _nearest(head: Row, *, threads: bool = False) -> Build:
    """Answers looked up with their numbers; where there was none, the next lower one's.

    With `threads`, cases that go on with an earlier one name it, and have answers of their own.
    """

    def write(path: Path) -> list[Pair]:
        rows: list[Row] = []
        for n, (q, a) in enumerate(said()):
            of = n - 1 if n % 4 == 3 else n
            told = a if threads else said()[of][1]
            rows.append((20240300 + 3 * n, clock(n), q, 20240300 + 3 * of, told))
        workbook(path, ("통합", [head, *rows]))
        return [pair for n, pair in enumerate(said()) if threads or n % 4 != 3]

    return write


def swapped_by_a_newcomer(path: Path) -> list[Pair]:
    """Whoever typed a few rows took the columns for each other."""
    rows: list[Row] = []
    pairs: list[Pair] = []
    for n, (q, a) in enumerate(said()):
        asked, told = q.replace("궁금합니다", "궁금해요"), a
        if 8 <= n < 15:
            asked, told = told, asked
        else:
            pairs.append((asked, told))
        rows.append((clock(n).date(), asked, told, NAMES[8 <= n < 15]))
    workbook(path, ("VOC", [("일자", "문의", "답변", "작성"), *rows]))
    return pairs


def formal_customers(path: Path) -> list[Pair]:
    """Some customers state what is wrong, and agents ask back or promise something."""
    back = ("혹시 언제 구매하셨나요?", "바로 확인해 볼게요", "사진이 있을까요?", "어느 매장인가요?")
    pairs = [
        (f"{q[:4]}에 흠집이 있어 사진을 보냅니다.", back[n % 4]) if n % 3 == 1 else (q, a)
        for n, (q, a) in enumerate(said())
    ]
    delimited(path, [("질문", "답변"), *pairs])
    return pairs


def asked_back_in_turn(path: Path) -> list[Pair]:
    """Four neighbours state what is wrong, and are asked back."""
    stated = [
        ("건조기 표시등이 깜박입니다.", "전원을 껐다가 10초 뒤에 켜 보세요."),
        ("세탁기 탈수가 되지 않습니다.", "수평은 맞춰져 있나요?"),
        ("문이 잠기고 열리지 않습니다.", "물이 남아 있나요?"),
        ("급수가 안 됩니다.", "수도꼭지는 열려 있나요?"),
        ("배수 소리가 큽니다.", "거름망은 언제 청소했나요?"),
    ]
    pairs = [*said()[:9], *stated, *said()[9:]]
    delimited(path, [("질문", "답변"), *pairs])
    return pairs


def _moved(change: Callable[[list[str]], object], kept: Sequence[int]) -> Build:
    """A change to the column of answers left a cell empty; the places of the pairs that stand."""

    def write(path: Path) -> list[Pair]:
        answers = [answer for _, answer in TOLD]
        change(answers)
        rows = [
            (n, clock(n), q, a) for n, ((q, _), a) in enumerate(zip(TOLD, answers, strict=True))
        ]
        workbook(path, ("대장", [("번호", "접수일", "문의", "답변"), *rows]))
        return [(TOLD[n][0], answers[n]) for n in kept]

    return write


def _put_in(answers: list[str]) -> None:
    answers.insert(8, "")
    del answers[12]


def _taken_out(answers: list[str]) -> None:
    del answers[6]
    answers.insert(9, "")


def _taken_out_for_good(answers: list[str]) -> None:
    del answers[17]
    answers.append("")


def _unanswered(answers: list[str]) -> None:
    """Some speak of what is asked next, too."""
    answers[:] = [f"{a} {b}" for a, b in zip(answers, [*answers[1:], ""], strict=True)]
    answers[5] = answers[11] = answers[12] = answers[21] = ""


def _side_by_side(*, low: bool) -> Build:
    """Two lists, the right one with its answers a row `low`, or with one that takes two rows."""

    def write(path: Path) -> list[Pair]:
        left, right = TOLD[:8], TOLD[8:14]
        asked = [q for q, _ in right]
        told = [a for _, a in right]
        if low:
            told.insert(0, "")
        else:
            told[0:1], told[5:6] = [""], [told[5], "자세한 것은 홈페이지에 있습니다."]
        head = ("번호", "질문", "답변")
        rows: list[Row] = [(*head, None, *head)]
        for n, pair in enumerate(left):
            beside = (n + 9, asked[n]) if n < len(asked) else (None, None)
            rows.append((n + 1, *pair, None, *beside, told[n] if n < len(told) else None))
        workbook(path, ("한눈에", rows))
        if low:
            return list(left)
        return [*left, *right[1:5], (right[5][0], " ".join(told[5:]))]

    return write


def _copied(month: int | None, *, newest_first: bool = False) -> Build:
    """A sheet began as a copy of that for March; five answers were not cleared there.

    Unless there is a `month` beside each row, which one was the copy cannot be told.
    """

    def write(path: Path) -> list[Pair]:
        first, second, stale = TOLD[:10], TOLD[10:], range(2, 7)
        written = [(q, first[n][1] if n in stale else a) for n, (q, a) in enumerate(second)]
        days = (3, month) if month else ("", "")
        sheets = [
            [
                (f"2026-{day:02}-{n + 1:02}" if day else n, *pair, NAMES[0])
                for n, pair in enumerate(pairs)
            ]
            for day, pairs in zip(days, (first, written), strict=True)
        ]
        head = ("일자" if month else "번호", "문의", "답변", "응대자")
        named = [("하나", [head, *sheets[0]]), ("둘", [head, *sheets[1]])]
        workbook(path, *(reversed(named) if newest_first else named))
        sure = [pair for n, pair in enumerate(second) if n not in stale]
        return [*sure, *(pair for n, pair in enumerate(first) if month or n not in stale)]

    return write


def worded_anew(path: Path) -> list[Pair]:
    """A second sheet asks the same in other words, and something more."""
    first = TOLD[:12]
    second = [*((f"저기, {q.rstrip('?')} 궁금해요", a) for q, a in first[:8]), *TOLD[12:18]]
    workbook(path, ("원본", [("질문", "답변"), *first]), ("변형", [("질문", "답변"), *second]))
    return [*first, *second]


_OF_TWO_YEARS = (
    (
        "포인트 유효기간",
        "적립금은 언제까지 쓸 수 있나요?",
        "적립금은 1년 동안 쓸 수 있습니다.",
    ),
    ("반송 방법", "물건을 돌려보내려면요?", "택배 기사님이 댁에서 가져가도록 접수해 주세요."),
    ("카드 할부", "나눠 내도 되나요?", "5만 원부터 6개월까지 무이자입니다."),
    (
        "탈퇴 후 재가입",
        "다시 회원이 되고 싶어요",
        "30일이 지나면 가입하실 수 있습니다.",
    ),
    ("배송 조회", "내 물건은 어디쯤인가요?", "주문 상세의 송장 번호를 눌러 보세요."),
    ("선물 포장", "예쁘게 싸 주시나요?", "장바구니에서 상자를 고르시면 됩니다."),
)


def answers_of_two_years(path: Path) -> list[Pair]:
    """The questions of a standing list were rewritten, and two were added below."""
    old = [(heading, answer) for heading, _, answer in _OF_TWO_YEARS] + [*TOLD[12:18]]
    new = [(question, answer) for _, question, answer in _OF_TWO_YEARS] + [*TOLD[18:22]]
    head = ("질문", "답변")
    workbook(path, ("2025 FAQ", [head, *old]), ("2026 FAQ", [head, *new]))
    return [*old, *new]


def canned_in_turn(path: Path) -> list[Pair]:
    """The same few texts were sent to most customers of either month."""
    texts = ("담당 부서로 전달했습니다.", "확인 후 문자를 드립니다.", "내일 오전에 전화드립니다.")
    months = [
        [(q, texts[n % 3] if n % 8 else a) for n, (q, a) in enumerate(part)]
        for part in (TOLD[:11], TOLD[11:])
    ]
    head = ("문의", "답변")
    workbook(path, ("3월", [head, *months[0]]), ("4월", [head, *months[1]]))
    return [*months[0], *months[1]]


SLIPPED: dict[str, tuple[Build, str]] = {
    "marks that disagree": (_marked("문{}. ", "답{}. "), "a.csv"),
    "marks that disagree in brackets": (_marked("[질문 {}] ", "[답변 {}] "), "a.csv"),
    "marks that agree": (_marked("Q{}. ", "A{}. ", lost=False), "a.csv"),
    "steps in answers": (steps_in_answers, "a.csv"),
    "answers that name other cases": (
        _named(("접수번호", "접수일", "문의", "답변", "담당자"), "고충-{:04}", "[{} 회신] "),
        "a.csv",
    ),
    "answers that name other cases in English": (
        _named(("case no", "date", "question", "answer", "agent"), "CS-{:05}", "Re: {} - "),
        "a.csv",
    ),
    "earlier cases in answers": (earlier_cases_in_answers, "a.csv"),
    "exchanged orders in answers": (exchanged_orders_in_answers, "a.csv"),
    "other cases in some answers": (other_cases_in_some_answers, "a.csv"),
    "looked up with its number": (
        _nearest(("접수번호", "문의일", "문의내용", "답변접수번호", "답변내용")),
        "a.xlsx",
    ),
    "swapped by a newcomer": (swapped_by_a_newcomer, "a.xlsx"),
    "asked back in turn": (asked_back_in_turn, "a.csv"),
    "formal customers": (formal_customers, "a.csv"),
    "an empty cell put in": (_moved(_put_in, [*range(8), *range(12, 22)]), "a.xlsx"),
    "an empty cell below": (_moved(_taken_out, [*range(6), *range(10, 22)]), "a.xlsx"),
    "an empty cell at the end": (_moved(_taken_out_for_good, range(17)), "a.xlsx"),
    "nobody answered some": (
        _moved(_unanswered, [n for n in range(21) if n not in (5, 11, 12)]),
        "a.xlsx",
    ),
    "one of two lists a row low": (_side_by_side(low=True), "a.xlsx"),
    "one of two lists ends with a long answer": (_side_by_side(low=False), "a.xlsx"),
    "answers of the month before": (_copied(4), "a.xlsx"),
    "answers of the month before, newest first": (_copied(4, newest_first=True), "a.xlsx"),
    "answers of a sheet beside": (_copied(None), "a.xlsx"),
    "worded anew": (worded_anew, "a.xlsx"),
    "answers of two years": (answers_of_two_years, "a.xlsx"),
    "canned in turn": (canned_in_turn, "a.xlsx"),
    "cases that go on": (
        _nearest(("접수번호", "문의일", "문의내용", "대표접수번호", "답변내용"), threads=True),
        "a.xlsx",
    ),
}
