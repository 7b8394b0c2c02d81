"""Exports whose questions and answers stand apart, and a number or a label says which is whose."""

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

_AGENTS = ("한지원", "오세훈", "유나영")
_NOTICE = "문의가 접수되었습니다. 영업일 기준 이틀 안에 답변드리겠습니다."


def _by_answer(step: int = 7) -> list[tuple[int, Pair]]:
    """The exchanges by their places, in another order than they were asked."""
    pairs = said()
    return [(place, pairs[place]) for place in (n * step % 24 for n in range(24))]


def tables_of_a_database(path: Path) -> list[Pair]:
    """Both call their texts 내용; the answers are listed with the number of their question."""
    asked = [(880 + 3 * n, NAMES[n % 5], q, clock(n)) for n, (q, _) in enumerate(said())]
    told = [
        (5000 + at, 880 + 3 * n, a, _AGENTS[at % 3], clock(at, 90))
        for at, (n, (_, a)) in enumerate(_by_answer())
    ]
    workbook(
        path,
        ("inquiry", [("문의ID", "회원", "내용", "등록일"), *asked]),
        ("answer", [("답변ID", "문의ID", "내용", "작성자", "등록일"), *told]),
    )
    return said()


def tables_in_english(path: Path) -> list[Pair]:
    asked = [(f"T-{n:03}", q) for n, (q, _) in enumerate(said())]
    told = [(at, f"T-{n:03}", a) for at, (n, (_, a)) in enumerate(_by_answer(5))]
    workbook(
        path,
        ("questions", [("question_id", "content"), *asked]),
        ("replies", [("reply_id", "question_id", "content"), *told]),
    )
    return said()


def _sent(path: Path, rows: list[Row], *headings: str) -> None:
    asked = [(f"IN25-{n:05}", clock(n), q) for n, (q, _) in enumerate(said())]
    workbook(
        path,
        ("집계", [("분류", "건수"), ("가전", 24)]),
        ("문의접수", [("접수번호", "접수일시", "문의내용"), *asked]),
        ("발송내역", [headings, *rows]),
    )


_SENT = ("발송일시", "접수번호", "발송유형", "발송내용", "발송자")


def messages_sent_of_several_kinds(path: Path) -> list[Pair]:
    """A program tells each customer that the question came in; some are asked how it was."""
    rows: list[Row] = []
    for at, (n, (_, a)) in enumerate(_by_answer()):
        number = f"IN25-{n:05}"
        rows.append((clock(at), number, "자동안내", _NOTICE, "SYSTEM"))
        rows.append((clock(at), number, "상담사답변", a, _AGENTS[at % 3]))
        if at % 3 == 0:
            ask = f"{at}번째 상담은 어떠셨나요? 별점을 남겨 주세요."
            rows.append((clock(at), number, "만족도조사", ask, "SYSTEM"))
    _sent(path, rows, *_SENT)
    return said()


def messages_sent_once_each(path: Path) -> list[Pair]:
    rows: list[Row] = [(f"IN25-{n:05}", "답변", a) for n, (_, a) in _by_answer()]
    rows.append(("IN25-99999", "공지", "이번 주 토요일에는 상담을 쉽니다."))
    _sent(path, rows, "접수번호", "구분", "발송내용")
    return said()


def messages_sent_of_no_kind(path: Path) -> None:
    """Two to each number, and nothing says which of them is the answer."""
    rows: list[Row] = []
    for n, (_, a) in _by_answer():
        rows += [(f"IN25-{n:05}", _NOTICE), (f"IN25-{n:05}", a)]
    _sent(path, rows, "접수번호", "발송내용")


def messages_sent_by_programs(path: Path) -> None:
    rows: list[Row] = [
        (clock(n), f"IN25-{n:05}", kind, f"{n}번 접수 건의 상태가 바뀌었습니다.", "SYSTEM")
        for n in range(24)
        for kind in (("자동안내", "만족도조사")[n % 2],)
    ]
    _sent(path, rows, *_SENT)


def memos_beside_questions(path: Path) -> None:
    """The second sheet has the questions' numbers, and what colleagues noted of them."""
    asked = [(n + 100, q) for n, (q, _) in enumerate(said())]
    noted = [(n + 100, f"{n}번 고객님은 다시 전화하지 않으셔도 됩니다.") for n in range(24)]
    workbook(path, ("문의", [("문의ID", "내용"), *asked]), ("메모", [("문의ID", "내용"), *noted]))


def answers_to_numbers_that_come_again(path: Path) -> None:
    """Three questions have one number: an answer may be to any of them."""
    asked = [(n // 3 + 100, q) for n, (q, _) in enumerate(said())]
    told = [(at, n // 3 + 100, a) for at, (n, (_, a)) in enumerate(_by_answer())]
    workbook(
        path,
        ("inquiry", [("문의ID", "내용"), *asked]),
        ("answer", [("답변ID", "문의ID", "내용"), *told]),
    )


_LISTS = ("No", "접수번호", "문의내용", None, "접수번호", "답변내용", "답변자")


def _side_by_side(numbers: Sequence[object], answered: Sequence[object]) -> list[Row]:
    """The questions in their order, beside the answers in another one."""
    rows: list[Row] = []
    for at, (n, (_, a)) in enumerate(_by_answer()):
        answer = ("", "", "") if n in UNANSWERED else (answered[n], a, _AGENTS[at % 3])
        rows.append((at + 1, numbers[at], said()[at][0], None, *answer))
    return rows


UNANSWERED = (4, 15)
"""Places of the questions that nobody answered in the lists side by side."""
_CASES = [f"Q{3301 + n}" for n in range(24)]


def _in_step() -> list[Pair]:
    """Where an answer happens to stand beside its question."""
    return [pair for at, (n, pair) in enumerate(_by_answer()) if at == n not in UNANSWERED]


def lists_side_by_side(path: Path) -> list[Pair]:
    """A list of questions and one of answers under titles, each sorted in its own way."""
    title = ("▣ 접수 목록", None, None, None, "▣ 답변 발송 목록")
    workbook(path, ("대조", [title, _LISTS, *_side_by_side(_CASES, _CASES)]))
    return [pair for n, pair in enumerate(said()) if n not in UNANSWERED]


def lists_side_by_side_in_english(path: Path) -> list[Pair]:
    head = ("no", "ticket no", "question", "", "ticket no", "answer", "agent")
    delimited(path, [head, *_side_by_side(_CASES, _CASES)])
    return [pair for n, pair in enumerate(said()) if n not in UNANSWERED]


def lists_with_two_answers_to_one(path: Path) -> list[Pair]:
    """Which of them is the answer cannot be told; what stands in step with its number can."""
    answered = [*_CASES]
    answered[9] = answered[10]
    workbook(path, ("대조", [_LISTS, *_side_by_side(_CASES, answered)]))
    return _in_step()


def lists_with_answers_to_others(path: Path) -> list[Pair]:
    answered = [*_CASES]
    answered[9] = "Q9999"
    workbook(path, ("대조", [_LISTS, *_side_by_side(_CASES, answered)]))
    return _in_step()


def lists_with_a_question_without_a_number(path: Path) -> list[Pair]:
    workbook(path, ("대조", [_LISTS, *_side_by_side(["Q3301", "", *_CASES[2:]], _CASES)]))
    return _in_step()


def _attributes(items: Callable[[int, Pair], dict[str, str]]) -> list[Row]:
    """One row an item of each of 24 cases."""
    return [
        (f"R{2407 + n}", item, text)
        for n, pair in enumerate(said())
        for item, text in items(n, pair).items()
    ]


def attributes_in_rows(path: Path) -> list[Pair]:
    """Sorted by the items' names, so that answers stand above their questions."""

    def items(n: int, pair: Pair) -> dict[str, str]:
        told = {
            "고객명": NAMES[n % 5],
            "답변내용": pair[1],
            "답변일자": f"{clock(n):%Y-%m-%d}",
            "문의내용": pair[0],
            "문의유형": "가전",
            "처리결과": "안내하고 종결하였음",
        }
        if n in UNANSWERED:
            del told["답변내용"]
        return told

    workbook(path, ("EAV", [("접수번호", "항목명", "항목값"), *_attributes(items)]))
    return [pair for n, pair in enumerate(said()) if n not in UNANSWERED]


def attributes_in_english(path: Path) -> list[Pair]:
    def items(n: int, pair: Pair) -> dict[str, str]:
        return {
            "channel": "web",
            "description": pair[0],
            "resolution": pair[1],
            "requester": NAMES[0],
        }

    rows = _attributes(items)
    cases = [rows[at : at + 4] for at in range(0, len(rows), 4)]
    delimited(
        path, [("ticket_id", "field", "value"), *(row for case in cases[::-1] for row in case)]
    )
    return said()


def attributes_of_several_questions(path: Path) -> None:
    """A case has two questions and one answer: to which of them cannot be told."""

    def items(n: int, pair: Pair) -> dict[str, str]:
        other = said()[(n + 6) % 24][0]
        return {"답변내용": pair[1], "문의내용": pair[0], "문의유형": "가전", "추가문의내용": other}

    workbook(path, ("EAV", [("접수번호", "항목명", "항목값"), *_attributes(items)]))


def attributes_that_come_again(path: Path) -> None:
    """The cases' numbers begin anew, answers on top: two cases are one number's."""
    rows: list[Row] = []
    for n, (q, a) in enumerate(said()):
        case = f"R{n % 12}"
        rows += [(case, "답변내용", a), (case, "문의내용", q), (case, "문의유형", "가전")]
    workbook(path, ("EAV", [("접수번호", "항목명", "항목값"), *rows]))


def attributes_of_a_survey(path: Path) -> None:
    """Everybody is asked one of two things, and says something else."""
    asked = ("상담에서 불편한 점이 있으셨나요?", "어떤 상품을 더 보고 싶으세요?")

    def items(n: int, pair: Pair) -> dict[str, str]:
        return {"고객명": NAMES[n % 5], "질문": asked[n % 2], "응답": f"{pair[1]} ({n})"}

    workbook(path, ("설문", [("응답번호", "항목", "내용"), *_attributes(items)]))


_NUMBERED = (
    "문의번호",
    "문의1",
    "추가문의2",
    "추가문의3",
    "등록일",
    "답변1",
    "추가답변2",
    "추가답변3",
)


def _threes(path: Path, head: Row, told: Callable[[int, int], bool]) -> list[Pair]:
    """Up to three questions a row before the answers; `told`: whether a row's has an answer."""
    pairs, rows, found = said(), list[Row](), list[Pair]()
    at = 0
    for n in range(12):
        own = pairs[at : at + 1 + n % 3]
        at += len(own)
        answers = [a if told(n, place) else "" for place, (_, a) in enumerate(own)]
        found += [pair for pair, answer in zip(own, answers, strict=True) if answer]
        blank = [""] * (3 - len(own))
        rows.append((60110 + n, *(q for q, _ in own), *blank, clock(n), *answers, *blank))
    workbook(path, ("문의", [head, *rows]))
    return found


def questions_before_their_answers(path: Path) -> list[Pair]:
    """Some of the last ones have no answer yet."""
    return _threes(path, _NUMBERED, lambda n, place: place < 1 or n % 6 != 5)


def questions_before_their_answers_in_english(path: Path) -> list[Pair]:
    head = ("id", "question1", "question2", "question3", "date", "answer1", "answer2", "answer3")
    return _threes(path, head, lambda _n, _place: True)


def one_answer_to_all_questions(path: Path) -> None:
    """However many questions a row has, there is but one answer, to all of them."""
    _threes(path, _NUMBERED, lambda n, place: place < 1 or n == 2)


def answers_that_outnumber_questions(path: Path) -> None:
    """The first answer goes on in the further columns."""
    rows = [(60110 + n, q, "", a, f"추가로 {a}", "") for n, (q, a) in enumerate(said())]
    head = ("문의번호", "문의1", "추가문의2", "답변1", "추가답변2", "비고")
    workbook(path, ("문의", [head, *rows]))


def _halves(
    path: Path,
    head: Row,
    which: Callable[[int], tuple[bool, bool]] = lambda n: (n % 3 > 0, n % 3 == 0),
) -> list[Pair]:
    """`which`: whether a row fills the first and the second column of answers."""
    rows = []
    for n, (q, a) in enumerate(said()):
        one, other = which(n)
        rows.append((n + 100, q, a if one else "", NAMES[n % 5], a if other else ""))
    workbook(path, ("문의", [head, *rows]))
    return [pair for n, pair in enumerate(said()) if any(which(n))]


def answers_of_two_teams(path: Path) -> list[Pair]:
    return _halves(path, ("문의번호", "문의내용", "상담사답변", "상담사", "전문상담답변"))


def answers_of_two_offices(path: Path) -> list[Pair]:
    """Some questions have no answer yet."""
    head = ("접수번호", "질문", "지점 답변", "담당자", "본사 답변")
    return _halves(path, head, lambda n: (n % 3 == 1, n % 3 == 2))


def answers_in_english_of_two_teams(path: Path) -> list[Pair]:
    return _halves(path, ("case id", "question", "answer", "agent", "specialist answer"))


def drafts_beside_answers(path: Path) -> list[Pair]:
    """What stands in a column of drafts alone was never sent."""
    _halves(path, ("문의번호", "문의내용", "답변", "상담사", "답변 초안"))
    return [pair for n, pair in enumerate(said()) if n % 3]


def replies_of_customers_beside_answers(path: Path) -> list[Pair]:
    _halves(path, ("문의번호", "문의내용", "답변", "상담사", "고객 회신"))
    return [pair for n, pair in enumerate(said()) if n % 3]


RELATED: list[tuple[Build, str]] = [
    (tables_of_a_database, "a.xlsx"),
    (tables_in_english, "a.xlsx"),
    (messages_sent_of_several_kinds, "a.xlsx"),
    (messages_sent_once_each, "a.xlsx"),
    (messages_sent_of_no_kind, "a.xlsx"),
    (messages_sent_by_programs, "a.xlsx"),
    (memos_beside_questions, "a.xlsx"),
    (answers_to_numbers_that_come_again, "a.xlsx"),
    (lists_side_by_side, "a.xlsx"),
    (lists_side_by_side_in_english, "a.csv"),
    (lists_with_two_answers_to_one, "a.xlsx"),
    (lists_with_answers_to_others, "a.xlsx"),
    (lists_with_a_question_without_a_number, "a.xlsx"),
    (attributes_in_rows, "a.xlsx"),
    (attributes_in_english, "a.csv"),
    (attributes_of_several_questions, "a.xlsx"),
    (attributes_that_come_again, "a.xlsx"),
    (attributes_of_a_survey, "a.xlsx"),
    (questions_before_their_answers, "a.xlsx"),
    (questions_before_their_answers_in_english, "a.xlsx"),
    (one_answer_to_all_questions, "a.xlsx"),
    (answers_that_outnumber_questions, "a.xlsx"),
    (answers_of_two_teams, "a.xlsx"),
    (answers_of_two_offices, "a.xlsx"),
    (answers_in_english_of_two_teams, "a.xlsx"),
    (drafts_beside_answers, "a.xlsx"),
    (replies_of_customers_beside_answers, "a.xlsx"),
]
"""Builders and the names of their files."""
