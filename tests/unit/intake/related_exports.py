"""Exports whose questions and answers stand apart, and a number or a label says which is whose."""

from pathlib import Path

from tests.unit.intake.call_centre_exports import NAMES, Build, Pair, Row, clock, said, workbook

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


RELATED: list[tuple[Build, str]] = [
    (tables_of_a_database, "a.xlsx"),
    (tables_in_english, "a.xlsx"),
    (messages_sent_of_several_kinds, "a.xlsx"),
    (messages_sent_once_each, "a.xlsx"),
    (messages_sent_of_no_kind, "a.xlsx"),
    (messages_sent_by_programs, "a.xlsx"),
    (memos_beside_questions, "a.xlsx"),
    (answers_to_numbers_that_come_again, "a.xlsx"),
]
"""Builders and the names of their files."""
