"""Rows that say by a number to which they reply: what an owner expects, or None."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.unit.intake.call_centre_exports import Build, Pair, clock, delimited, said, workbook

_NICKS = ("sun908", "love739", "k374", "blue269", "hi_715")


def _posts() -> tuple[list[tuple[object, ...]], list[Pair]]:
    """Replies stand apart from their questions, which others comment on."""
    pairs, rows = said(), list[tuple[object, ...]]()
    for n, (question, answer) in enumerate(pairs):
        rows.append((100 + n, "", "문의드립니다", _NICKS[n % 5], clock(n, 60), question))
        rows.append((500 + n, 100 + n, "", _NICKS[(n + 2) % 5], clock(n, 60), "저도 궁금해요"))
        rows.append((300 + (7 * n) % 24, 100 + n, "[Re]", "관리자", clock(n + 30, 60), answer))
    return sorted(rows, key=lambda row: str(row[0]), reverse=True), pairs


def board_of_nicknames(path: Path) -> list[Pair]:
    posts, pairs = _posts()
    notice = (900, "", "[공지]", "관리자", clock(900), "3월 1일은 고객센터를 쉽니다.")
    headings = ("글번호", "원글번호", "제목", "작성자", "작성일", "내용")
    delimited(path, [headings, notice, *posts], "cp949")
    return pairs


def board_in_english(path: Path) -> list[Pair]:
    posts, pairs = _posts()
    rows = [(*row[:3], "admin" if row[3] == "관리자" else row[3], *row[4:]) for row in posts]
    workbook(path, ("posts", [("id", "parent_id", "title", "author", "created_at", "body"), *rows]))
    return pairs


def _group(path: Path, messages: Sequence[dict[str, Any]]) -> None:
    export = {"name": "사용자 문의방", "id": 1820001234, "messages": messages}
    path.write_text(json.dumps(export, ensure_ascii=False), encoding="utf-8")


def group_of_users(path: Path) -> list[Pair]:
    """Support answers in another order, and users say something to each other's questions."""
    asked, replied = [], []
    for n, (question, answer) in enumerate(said()):
        when, later = (f"{clock(step):%Y-%m-%dT%H:%M:%S}" for step in (n, 100 - n))
        asked.append({"id": n, "type": "message", "date": when, "from": _NICKS[n % 5]})
        asked[-1]["text"] = question
        replied.append({"id": 200 - n, "type": "message", "date": later, "from": "앱 고객지원"})
        replied[-1] |= {"reply_to_message_id": n, "text": answer}
        replied.append({"id": 400 - n, "type": "message", "date": later, "from": _NICKS[n % 4]})
        replied[-1] |= {"reply_to_message_id": n, "text": "저도 같은 증상이에요"}
    asked[0]["id"] = 999
    replied[0]["reply_to_message_id"] = replied[1]["reply_to_message_id"] = 999
    _group(path, [*asked, *sorted(replied, key=lambda one: str(one["date"]))])
    return said()


def chat_with_few_links(path: Path) -> list[Pair]:
    """Most answers are to what stands above them; a few say so."""
    messages: list[dict[str, Any]] = []
    for n, (question, answer) in enumerate(said()):
        when, later = (f"{clock(step):%Y-%m-%dT%H:%M:%S}" for step in (2 * n, 2 * n + 1))
        messages.append({"id": 2 * n + 1, "date": when, "from": "고객", "text": question})
        messages.append({"id": 2 * n + 2, "date": later, "from": "상담사", "text": answer})
        if n % 6 == 5:
            messages[-1]["reply_to_message_id"] = 2 * n + 1
    _group(path, messages)
    return said()


def board_of_members_alone(path: Path) -> None:
    """Nobody who writes is known to be an agent."""
    posts, _ = _posts()
    rows = [(*row[:3], "k100" if row[3] == "관리자" else row[3], *row[4:]) for row in posts]
    workbook(path, ("글", [("글번호", "원글번호", "제목", "작성자", "작성일", "내용"), *rows]))


_SIGNS = ("MessageId", "ReplyToId", "From", "Role", "CreatedDateTime", "Content")


_ASKED = [(f"{question.rstrip('?.')} 알 수 있나요?", answer) for question, answer in said()]
_REPORTS = [(f"오늘은 {question[:6]} 일을 했습니다.", "수고했어요.") for question, _ in said()]


def _channel(
    path: Path,
    pairs: Sequence[Pair] = _ASKED,
    *,
    members_help: bool = False,
    owners_ask: bool = False,
) -> list[Pair]:
    """Owners of a channel answer its members, newest on top; one thanks."""
    rows: list[tuple[object, ...]] = [(9999, "", "", "", clock(900), "")]
    for n, (question, answer) in enumerate(pairs):
        asks = ("한결 대리", "Owner") if owners_ask and n == 7 else (f"회계{n:02}", "Member")
        rows.append((100 + n, "", *asks, clock(n, 60), question))
        rows.append((300 + n, 100 + n, "한결 대리", "Owner", clock(n + 30, 60), answer))
        if n % 6 == 0:
            rows.append((500 + n, 100 + n, *asks, clock(n + 40, 60), "됐습니다 고마워요"))
        if members_help and n % 6 == 1:
            other = (f"회계{n + 1:02}", "Member")
            rows.append((500 + n, 100 + n, *other, clock(n + 20, 60), "저는 다시 켜니 됐어요"))
    delimited(path, [_SIGNS, *sorted(rows, key=lambda row: str(row[4]), reverse=True)])
    return list(pairs)


def channel_of_owners_and_members(path: Path) -> list[Pair]:
    return _channel(path)


def channel_whose_members_help_each_other(path: Path) -> None:
    _channel(path, members_help=True)


def channel_whose_owners_ask(path: Path) -> None:
    _channel(path, owners_ask=True)


def _slack(
    path: Path, pairs: Sequence[Pair] = _ASKED, *, helps: bool = False, announces: bool = False
) -> list[Pair]:
    """One of five answers in threads; nothing is known of them but names."""
    messages: list[dict[str, Any]] = []
    for n, (question, answer) in enumerate(pairs):
        ts, later = f"{1788220000 + 100 * n}.000100", f"{1788220050 + 100 * n}.000200"
        for user, text, own in ((f"U{n % 4}", question, ts), ("U9", answer, later)):
            one = {"type": "message", "user": user, "text": text, "ts": own, "thread_ts": ts}
            messages.append(one)
        if helps and n == 4:
            messages.append({**messages[-1], "user": "U2", "text": "저도 궁금해요"})
            messages[-1]["ts"] = f"{1788220060 + 100 * n}.000300"
    if announces:
        notice = {"type": "message", "user": "U9", "text": "내일은 쉽니다. 급하신가요?"}
        messages.append({**notice, "ts": "1788219000.000100"})
    users = [{"id": f"U{n}", "real_name": f"{'가나다라'[n]}은별"} for n in range(4)]
    users.append({"id": "U9", "real_name": "한결 (재무)"})
    channel = {"channel": "help", "users": users, "messages": messages}
    path.write_text(json.dumps(channel, ensure_ascii=False), encoding="utf-8")
    return list(pairs)


def slack_channel_of_one_who_answers(path: Path) -> list[Pair]:
    return _slack(path)


def slack_channel_of_those_who_help_each_other(path: Path) -> None:
    _slack(path, helps=True)


def slack_channel_whose_host_writes_first(path: Path) -> None:
    _slack(path, announces=True)


def reports_to_an_owner(path: Path) -> None:
    """Members say what they did, and whoever leads them replies."""
    _channel(path, _REPORTS)


def reports_in_slack(path: Path) -> None:
    _slack(path, _REPORTS)


REPLIES: Sequence[tuple[Build, str]] = (
    (board_of_nicknames, "a.csv"),
    (board_in_english, "a.xlsx"),
    (group_of_users, "a.json"),
    (chat_with_few_links, "a.json"),
    (board_of_members_alone, "a.xlsx"),
    (channel_of_owners_and_members, "a.csv"),
    (channel_whose_members_help_each_other, "a.csv"),
    (channel_whose_owners_ask, "a.csv"),
    (slack_channel_of_one_who_answers, "a.json"),
    (slack_channel_of_those_who_help_each_other, "a.json"),
    (slack_channel_whose_host_writes_first, "a.json"),
    (reports_to_an_owner, "a.csv"),
    (reports_in_slack, "a.json"),
)
"""Builders and names of files."""
