"""What known products and databases export: what an owner expects, or None."""

from collections.abc import Sequence
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

_MESSAGE = ("Sender type", "Sender name", "Date sent", "Time sent", "Content")


def _account(path: Path, *, answers: bool) -> list[Pair]:
    """Chats below each other; the account answers by itself first."""
    rows: list[Row] = []
    for n, (question, answer) in enumerate(said()):
        when = clock(n, 60)
        stamp = (f"{when:%Y/%m/%d}", f"{when:%H:%M:%S}")
        rows += [("Account name", "한빛리조트"), ("Time zone", "+09:00")]
        rows += [("Download date", "2026/03/20 10:11"), _MESSAGE]
        rows.append(("Account", "Auto-response", *stamp, "친구로 추가해 주셔서 감사합니다!"))
        rows.append(("User", NAMES[n % 5], *stamp, question))
        rows.append(
            ("Account", "Auto-response", *stamp, "담당자가 곧 답장드릴게요.\n기다려 주세요.")
        )
        rows += [("Account", "프런트", *stamp, answer)] if answers else []
        rows.append(())
    delimited(path, rows)
    return said()


def chats_of_an_account(path: Path) -> list[Pair]:
    return _account(path, answers=True)


def chats_that_nobody_answered(path: Path) -> None:
    _account(path, answers=False)


def a_log_with_such_headings(path: Path) -> list[Pair]:
    """Without the account's lines on top it is a table as any other."""
    rows: list[Row] = [("Chat ID", *_MESSAGE)]
    for n, (question, answer) in enumerate(said()):
        day = f"{clock(n):%Y/%m/%d}"
        rows.append((n, "customer", NAMES[n % 5], day, f"{clock(n):%H:%M:%S}", question))
        rows.append((n, "agent", "프런트", day, f"{clock(n + 1):%H:%M:%S}", answer))
    delimited(path, rows)
    return said()


def reviews_of_an_app(path: Path) -> list[Pair]:
    """Some have stars alone, and to some nobody replied."""
    headings = ("Package Name", "Review Submit Date and Time", "Star Rating", "Review Title")
    headings += ("Review Text", "Developer Reply Date and Time", "Developer Reply Text")
    rows: list[Row] = [headings, ("com.app", clock(0), 5, "", "", "", "")]
    rows.append(("com.app", clock(1), 2, "", "느려요. 언제 고쳐지나요?", "", ""))
    for n, (question, answer) in enumerate(said()):
        rows.append(("com.app", clock(n), 3, "", question, clock(n + 30), answer))
    delimited(path, rows, "utf-16")
    return said()


def reviews_alone(path: Path) -> None:
    headings = ("Package Name", "Star Rating", "Review Title", "Review Text", "Review Link")
    rows = [("com.app", 3, answer, question, "http://a.example") for question, answer in said()]
    delimited(path, [headings, *rows], "utf-16")


def answers_joined_with_files(path: Path) -> list[Pair]:
    """A row for each file of a case: one pair; `[NULL]` is what nobody wrote."""
    rows: list[Row] = [("inq_no", "inq_dt", "mbr_nm", "inq_cont", "ans_cont", "ans_dt", "file_nm")]
    for n, (question, answer) in enumerate(said()):
        for name in ("a.jpg", "b.pdf", "[NULL]")[: 1 + n % 3]:
            rows.append((n, clock(n), NAMES[n % 5], question, answer, clock(n + 9), name))
        rows.append((100 + n, clock(n), NAMES[n % 5], f"{question} (재문의)", *["[NULL]"] * 3))
    delimited(path, rows, "utf-8", "\t")
    return said()


def the_same_question_in_other_cases(path: Path) -> list[Pair]:
    """Two cases with the same words are two pairs."""
    rows: list[Row] = [("inquiry_id", "member", "qstn_cont", "rply_cont")]
    for n, (question, answer) in enumerate(said()):
        rows += [(2 * n, NAMES[0], question, answer), (2 * n + 1, NAMES[1], question, answer)]
    workbook(path, ("result", rows))
    return [pair for pair in said() for _ in range(2)]


_ISSUE = ("Summary", "Issue key", "Reporter", "Assignee", "Created", "Description")


def _issues(path: Path, author: str, *, newest_first: bool = False) -> list[Pair]:
    """Two questions an issue; the comments are `author`'s and the reporter's."""
    pairs, rows = said(), list[Row]()
    for n in range(0, len(pairs), 2):
        times = [f"{2 + n % 20:02}/Mar/26 {hour}:11 {half}" for hour, half in _HOURS]
        (one, reply), (two, other) = pairs[n : n + 2]
        comments = [f"{times[1]};{author};{reply}", f"{times[2]};min{n};{two}"]
        comments.append(f"{times[3]};{author};{other}; 감사합니다.")
        comments = comments[::-1] if newest_first else comments
        rows.append(("문의", f"HELP-{n}", f"min{n}", "kim", times[0], one, *comments, ""))
    delimited(path, [(*_ISSUE, *["Comment"] * 4), *rows])
    told = zip(pairs[::2], pairs[1::2], strict=True)
    return [pair for one, (two, a) in told for pair in (one, (two, f"{a}; 감사합니다."))]


_HOURS = ((9, "AM"), (11, "AM"), (1, "PM"), (3, "PM"))


def issues_with_comments(path: Path) -> list[Pair]:
    return _issues(path, "kim")


def issues_with_the_newest_comment_first(path: Path) -> list[Pair]:
    return _issues(path, "kim", newest_first=True)


def issues_that_somebody_comments(path: Path) -> None:
    """Who is neither reporter nor assignee may be anybody."""
    _issues(path, "choi")


def issues_with_a_plain_comment(path: Path) -> list[Pair]:
    """The one comment that a report shows of each issue says not whose it is."""
    head = ("Issue key", "Reporter", "Description", "Assignee", "Status", "Resolution", "Comment")
    rows = [
        (f"CS-{n}", f"user{n}", q, "desk.kim", "Closed", ("Done", "Duplicate")[n % 2], a)
        for n, (q, a) in enumerate(said())
    ]
    delimited(path, [head, *rows])
    return list(said())


def messages_by_the_epoch(path: Path) -> list[Pair]:
    """Seconds since 1970, the newest on top."""
    rows = [
        (1_772_000_000 + 100 * n + step, f"room{n}", way, text)
        for n, pair in enumerate(said())
        for step, (way, text) in enumerate(zip(("IN", "OUT"), pair, strict=True))
    ]
    delimited(path, [("epoch", "room", "direction", "text"), *reversed(rows)])
    return list(said())


PRODUCTS: Sequence[tuple[Build, str]] = (
    (chats_of_an_account, "a.csv"),
    (chats_that_nobody_answered, "a.csv"),
    (a_log_with_such_headings, "a.csv"),
    (reviews_of_an_app, "a.csv"),
    (reviews_alone, "a.csv"),
    (answers_joined_with_files, "a.tsv"),
    (the_same_question_in_other_cases, "a.xlsx"),
    (issues_with_comments, "a.csv"),
    (issues_with_the_newest_comment_first, "a.csv"),
    (issues_that_somebody_comments, "a.csv"),
    (issues_with_a_plain_comment, "a.csv"),
    (messages_by_the_epoch, "a.csv"),
)
"""Builders and names of files."""
