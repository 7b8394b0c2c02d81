"""Lists of questions and answers of which some rows are no pair, and say so by something else."""

import json
from collections.abc import Callable
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

_HEAD = ("번호", "등록일", "고객명", "문의내용", "답변내용", "상태")


def _others(n: int) -> str:
    return said()[(n + 7) % 24][1]


def _states(path: Path, head: Row, state: Callable[[int], tuple[str, bool]]) -> list[Pair]:
    """`state`: a row's state, and whether the answer in it is another one's."""
    rows, found = list[Row](), list[Pair]()
    for n, (q, a) in enumerate(said()):
        cell, wrong = state(n)
        rows.append((n, clock(n).date(), NAMES[n % 5], q, _others(n) if wrong else a, cell))
        found += [] if wrong else [(q, a)]
    workbook(path, ("대장", [head, *rows]))
    return found


def rows_that_are_void(path: Path) -> list[Pair]:
    states = ("완료", "오등록(폐기)", "처리중", "미답변", "취소", "접수")
    return _states(path, _HEAD, lambda n: (states[n % 6], n % 6 in (1, 3)))


def rows_without_an_answer_yet(path: Path) -> list[Pair]:
    head = ("번호", "등록일", "고객명", "문의내용", "답변내용", "답변여부")
    return _states(path, head, lambda n: ("N" if n % 6 == 2 else "Y" if n % 2 else "", n % 6 == 2))


def rows_in_english_without_an_answer_yet(path: Path) -> list[Pair]:
    head = ("no", "date", "customer", "question", "answer", "reply status")
    return _states(path, head, lambda n: ("Awaiting reply" if n % 6 == 2 else "sent", n % 6 == 2))


def _answers(path: Path, odd: tuple[str, ...], *, read: bool) -> list[Pair]:
    """Every sixth answer is one of the odd ones, to be read or not."""
    pairs = [(q, odd[n // 6 % len(odd)] if n % 6 == 5 else a) for n, (q, a) in enumerate(said())]
    workbook(
        path, ("문의", [("번호", "문의", "답변"), *((n, *one) for n, one in enumerate(pairs))])
    )
    return [one for n, one in enumerate(pairs) if read or n % 6 != 5]


def answers_that_point_elsewhere(path: Path) -> list[Pair]:
    return _answers(path, ("13번 답변 참조", "〃", "위 3번과 동일합니다", "See row 4"), read=False)


def answers_with_numbers(path: Path) -> list[Pair]:
    odd = ("3번 창구로 오시면 됩니다.", "114번을 눌러 주세요.", "2번 출구에서 가깝습니다.")
    return _answers(path, odd, read=True)


def forms_that_are_not_filled_in(path: Path) -> list[Pair]:
    odd = (
        "안녕하세요 고객님. 감사합니다. [답변 내용을 입력하세요]",
        "Hello, <enter your reply here>",
    )
    return _answers(path, odd, read=False)


def answers_with_brackets(path: Path) -> list[Pair]:
    odd = ("[답변 입력] 단추를 눌러 주세요.", "[내용] 칸에 주소를 입력해 주세요.")
    return _answers(path, odd, read=True)


def rows_that_moved_to_the_right(path: Path) -> list[Pair]:
    """Another branch's rows have a column more: what was asked stands under the answers."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        day, name = clock(n).date(), NAMES[n % 5]
        rows.append((day, name, q, a, "유지우") if n < 16 else (day, name, "카톡", q, a, "유지우"))
    delimited(path, [("접수일", "고객명", "문의", "답변", "상담사", "비고"), *rows])
    return said()[:16]


def _stairs(path: Path, name: Callable[[int], str]) -> None:
    """An answer stands a row below its question; every sixth question has none."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        rows.append((clock(n).date(), name(n), q, "", ""))
        if n % 6 != 1:
            rows.append((clock(n).date(), "", "", a, "매니저"))
    workbook(path, ("노트", [("일자", "성함", "문의", "답변", "처리자"), *rows]))


def stairs_of_other_people(path: Path) -> list[Pair]:
    _stairs(path, lambda n: NAMES[n % 5])
    return [pair for n, pair in enumerate(said()) if n % 6 != 1]


def stairs_of_one_person(path: Path) -> list[Pair]:
    """The two questions are of one person, who waits for the answer to both."""
    _stairs(path, lambda n: NAMES[(n - (n % 6 == 2)) % 5])
    pairs = said()
    joined = {n: f"{pairs[n - 1][0]} {pairs[n][0]}" for n in range(2, 24, 6)}
    return [(joined.get(n, q), a) for n, (q, a) in enumerate(pairs) if n % 6 != 1]


def mails_of_cases(path: Path) -> list[Pair]:
    """In no order, two questions a case, the mails before below each answer."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        case, customer = f"5{n // 2:05}", f"user{n // 2}@mail.example"
        rows += [
            (f"02s{n}a", case, 1, customer, q, f"{clock(2 * n):%Y-%m-%dT%H:%M:%SZ}"),
            (f"02s{n}b", case, 0, "help@shop.example", a, f"{clock(2 * n + 1):%Y-%m-%dT%H:%M:%SZ}"),
        ]
    head = ("Id", "ParentId", "Incoming", "FromAddress", "TextBody", "MessageDate")
    delimited(path, [head, *(rows[n * 11 % 48] for n in range(48))])
    return said()


def _log(path: Path, state: Callable[[int], str], *, unsent: bool) -> list[Pair]:
    """A log in which the agent has something in a state for each third question."""
    rows: list[Row] = []
    pairs = []
    for n, (q, a) in enumerate(said()):
        case, odd = f"CH{n // 2}", n % 3 == 1
        rows.append((case, clock(3 * n), "고객", q, state(0)))
        if odd:
            rows.append((case, clock(3 * n + 1), "상담사", _others(n), state(1)))
        rows.append((case, clock(3 * n + 2), "상담사", a, state(0)))
        pairs.append((q, f"{_others(n)} {a}" if odd and not unsent else a))
    workbook(path, ("대화", [("상담번호", "시각", "발화자", "내용", "상태"), *rows]))
    return pairs


def messages_that_were_not_sent(path: Path) -> list[Pair]:
    return _log(path, lambda odd: ("발송완료", "임시저장")[odd], unsent=True)


def messages_of_cases_in_states(path: Path) -> list[Pair]:
    """The states are those of the cases, and say nothing of a message."""
    return _log(path, lambda odd: ("진행중", "완료")[odd], unsent=False)


def drafts_in_cells(path: Path) -> list[Pair]:
    """Messages of a program in a cell, of which some were never sent."""
    rows: list[Row] = []
    for n in range(0, 24, 2):
        told = [{"role": "system", "status": "sent", "text": "상담이 시작되었습니다."}]
        for q, a in said()[n : n + 2]:
            told += [
                {"role": "customer", "status": "sent", "text": q},
                {"role": "agent", "status": "draft", "text": _others(n)},
                {"role": "agent", "status": "sent", "text": a},
            ]
        rows.append((f"s-{n}", json.dumps(told, ensure_ascii=False)))
    delimited(path, [("session_id", "messages"), *rows])
    return said()


def notes_beside_open_cases(path: Path) -> list[Pair]:
    """What stands beside a case that is still open is for colleagues, unless said to somebody."""
    notes = ("야간조에서 재통화 예정", "※ 물류팀 회신 대기", None)
    rows, found = list[Row](), list[Pair]()
    for n, (q, a) in enumerate(said()):
        note = notes[n // 4 % 3] if n % 4 == 1 else None
        rows.append((n, ("종결", "처리중")[n % 4 == 1], q, note or a))
        found += [] if note else [(q, a)]
    workbook(path, ("접수", [("번호", "처리상태", "문의내용", "처리내용"), *rows]))
    return found


def plans_beside_open_cases(path: Path) -> list[Pair]:
    """A customer whose case is open is told in short what will be."""
    plans = ("환불금은 3일 이내 입금 예정", "기사 배정은 오늘 오후 3시쯤")
    pairs = [(q, plans[n // 4 % 2] if n % 4 == 1 else a) for n, (q, a) in enumerate(said())]
    rows = [(n, ("종결", "진행중")[n % 4 == 1], *pair) for n, pair in enumerate(pairs)]
    workbook(path, ("접수", [("번호", "처리상태", "문의내용", "처리내용"), *rows]))
    return pairs


def short_answers_of_closed_cases(path: Path) -> list[Pair]:
    """Where nobody writes whole sentences, an open case has its answer as the others have."""
    rows, found = list[Row](), list[Pair]()
    for n, (q, a) in enumerate(said()):
        answer = " ".join(a.split()[:-1]) if n % 3 else a
        rows.append((n, ("종결", "처리중")[n % 4 == 1], q, answer))
        found.append((q, answer))
    workbook(path, ("접수", [("번호", "처리상태", "문의내용", "답변"), *rows]))
    return found


def last_words_of_who_asked(path: Path) -> list[Pair]:
    """The last comment of an issue is now and then from whoever asked."""
    rows, found = list[Row](), list[Pair]()
    for n, (q, a) in enumerate(said()):
        own = n % 6 == 2
        rows.append((f"CS-{n}", q, "고맙습니다!" if own else a, "요청자" if own else "지원팀"))
        found += [] if own else [(q, a)]
    delimited(path, [("Key", "Summary", "Last Comment", "Last Comment Author"), *rows])
    return found


def replies_from_stock(path: Path) -> list[Pair]:
    """A sentence that only says that it was dealt with stands beside several questions."""
    stock = "안녕하세요. 접수하신 민원은 소관 부서에서 검토 후 조치하였습니다. 감사합니다."
    return _answers(path, (stock,), read=False)


def replies_that_say_more(path: Path) -> list[Pair]:
    """The same answer to several questions, which says what was done."""
    more = "안녕하세요. 접수하신 민원은 검토 후 가로등을 새로 달았습니다. 감사합니다."
    return _answers(path, (more,), read=True)


STATES: list[tuple[Build, str]] = [
    (rows_that_are_void, "a.xlsx"),
    (rows_without_an_answer_yet, "a.xlsx"),
    (rows_in_english_without_an_answer_yet, "a.xlsx"),
    (answers_that_point_elsewhere, "a.xlsx"),
    (answers_with_numbers, "a.xlsx"),
    (forms_that_are_not_filled_in, "a.xlsx"),
    (answers_with_brackets, "a.xlsx"),
    (rows_that_moved_to_the_right, "a.csv"),
    (stairs_of_other_people, "a.xlsx"),
    (stairs_of_one_person, "a.xlsx"),
    (mails_of_cases, "a.csv"),
    (messages_that_were_not_sent, "a.xlsx"),
    (messages_of_cases_in_states, "a.xlsx"),
    (drafts_in_cells, "a.csv"),
    (notes_beside_open_cases, "a.xlsx"),
    (plans_beside_open_cases, "a.xlsx"),
    (short_answers_of_closed_cases, "a.xlsx"),
    (last_words_of_who_asked, "a.csv"),
    (replies_from_stock, "a.xlsx"),
    (replies_that_say_more, "a.xlsx"),
]
"""Builders and the names of their files."""
