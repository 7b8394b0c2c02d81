"""Lists of questions and answers below each other in one column, which marks alone tell apart."""

from collections.abc import Callable
from pathlib import Path

from tests.unit.intake.call_centre_exports import Build, Pair, Row, said, workbook


def _marked(
    path: Path,
    question: str = "Q{n}. {text}",
    answer: str = "A{n}. {text}",
    title: str = "■ {n}부 이용 안내",
) -> list[Pair]:
    """One column: a title above each six exchanges, the longer answers in two rows."""
    rows: list[Row] = [(), (None, "자주 묻는 질문 (2026년 개정)"), ()]
    found = []
    for n, (q, a) in enumerate(said(), 1):
        if n % 6 == 1:
            rows += [(), (None, title.format(n=n // 6 + 1))]
        rows.append((None, question.format(n=n, text=q)))
        rows.append((None, answer.format(n=n, text=a)))
        if n % 3 == 0:
            rows.append((None, f"{n}번 안내는 앱에서도 보실 수 있습니다."))
        found.append((q, f"{a} {n}번 안내는 앱에서도 보실 수 있습니다." if n % 3 == 0 else a))
    workbook(path, ("FAQ", rows))
    return found


def marks_in_one_column(path: Path) -> list[Pair]:
    return _marked(path)


def marks_without_numbers(path: Path) -> list[Pair]:
    return _marked(path, "[Q] {text}", "[A] {text}", "결제 안내 {n}")


def marks_in_words(path: Path) -> list[Pair]:
    return _marked(path, "질문 {n}: {text}", "답변 {n}: {text}", "【{n}장】")


def _lines(path: Path, lines: Callable[[int, Pair], list[str]]) -> list[Pair]:
    """One column of such lines; the pairs without every sixth one, from the second on."""
    rows: list[Row] = [(line,) for n, pair in enumerate(said()) for line in lines(n, pair)]
    workbook(path, ("FAQ", rows))
    return [pair for n, pair in enumerate(said()) if n % 6 != 1]


def marks_of_questions_above_all_answers(path: Path) -> list[Pair]:
    """The questions of six, then the answers to them."""
    rows: list[Row] = []
    for start in range(0, 24, 6):
        part = list(enumerate(said()[start : start + 6], 1))
        rows += [(f"Q{n}. {q}",) for n, (q, _) in part] + [(f"A{n}. {a}",) for n, (_, a) in part]
    workbook(path, ("FAQ", rows))
    return said()


def marks_with_lines_that_may_be_titles(path: Path) -> list[Pair]:
    """Below some answers stands a line that may be the next title or more of the answer."""
    return _lines(
        path, lambda n, pair: [f"Q. {pair[0]}", f"A. {pair[1]}", *["배송 안내"][: n % 6 == 1]]
    )


def marks_with_a_question_that_lost_its_own(path: Path) -> list[Pair]:
    """What stands below an answer without a mark is the next question."""
    pairs = said()

    def lines(n: int, pair: Pair) -> list[str]:
        return [pair[0] if n % 6 == 2 else f"Q{n}. {pair[0]}", f"A{n}. {pair[1]}"]

    workbook(path, ("FAQ", [(line,) for n, pair in enumerate(pairs) for line in lines(n, pair)]))
    return [pair for n, pair in enumerate(pairs) if n % 6 not in (1, 2)]


def marks_with_two_answers(path: Path) -> list[Pair]:
    return _lines(
        path,
        lambda n, pair: [f"Q. {pair[0]}", f"A. {pair[1]}", *[f"A. 다시 {pair[1]}"][: n % 6 == 1]],
    )


def marks_of_a_quiz(path: Path) -> None:
    """A column of questions that have choices, and their solutions by a letter."""
    rows = [
        (line,) for n, (q, _) in enumerate(said()) for line in (f"Q{n}. {q}", f"A{n}. {n % 4}번")
    ]
    workbook(path, ("퀴즈", rows))


def marks_with_notes_of_the_staff(path: Path) -> list[Pair]:
    """Whoever kept the list noted something below some answers."""
    return _lines(
        path,
        lambda n, pair: [
            f"문) {pair[0]}",
            f"답) {pair[1]}",
            *["※ 원장님 확인 필요"][: n % 6 == 1],
        ],
    )


def marks_of_several_kinds(path: Path) -> list[Pair]:
    """They change through the sheet; between some of them stands whom to ask."""
    kinds = (("문)", "답)"), ("Q.", "A."), ("문의:", "답변:"))
    rows: list[Row] = [("날짜", "내용", "담당자")]
    for n, (q, a) in enumerate(said()):
        one, other = kinds[n // 8]
        rows += [("03/04", f"{one} {q}"), (None, f"{other} {a}", "박지훈")]
        if n % 6 == 1:
            rows += [(), (None, "문의: 02-123-4567")]
    workbook(path, ("3월", rows))
    return said()


MARKED: list[tuple[Build, str]] = [
    (marks_in_one_column, "a.xlsx"),
    (marks_without_numbers, "a.xlsx"),
    (marks_in_words, "a.xlsx"),
    (marks_of_questions_above_all_answers, "a.xlsx"),
    (marks_with_lines_that_may_be_titles, "a.xlsx"),
    (marks_with_a_question_that_lost_its_own, "a.xlsx"),
    (marks_with_two_answers, "a.xlsx"),
    (marks_of_a_quiz, "a.xlsx"),
    (marks_with_notes_of_the_staff, "a.xlsx"),
    (marks_of_several_kinds, "a.xlsx"),
]
"""Builders and the names of their files."""
