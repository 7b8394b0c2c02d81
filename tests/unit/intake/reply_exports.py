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


def table_of_a_shop(path: Path) -> list[Pair]:
    """A database's columns are called after their table; one question waits for its answer."""
    rows: list[tuple[object, ...]] = [("iq_id", "iq_parent", "iq_title", "iq_content", "iq_name")]
    for n, (question, answer) in enumerate(said()):
        rows.append((10 + n, 0, "문의", question, f"구름{n}"))
        rows.append((90 - n, 10 + n, "[답변] 문의", answer, "꽃집지기"))
    delimited(path, [*rows, (200, 0, "문의", "휴무일은 언제인가요?", "구름77")], "utf-8")
    return said()


def table_of_pairs(path: Path) -> list[Pair]:
    rows = [(n, "문의", q, a, clock(n)) for n, (q, a) in enumerate(said())]
    delimited(path, [("fq_id", "fq_title", "fq_content", "fq_reply", "fq_date"), *rows], "utf-8")
    return said()


def table_of_goods(path: Path) -> None:
    """Descriptions, and what somebody noted of them."""
    rows = [
        (n, f"화분{n}", f"흙이 {n}리터 드는 화분입니다.", f"창고에 {n}개 남았습니다.", "지기")
        for n in range(24)
    ]
    head = ("gd_id", "gd_name", "gd_content", "gd_comment", "gd_writer")
    delimited(path, [head, *rows], "utf-8")


def table_of_questions_on_questions(path: Path) -> None:
    """Both columns ask."""
    rows = [(n, "문의", q, said()[n - 1][0], clock(n)) for n, (q, _) in enumerate(said())]
    delimited(path, [("fq_id", "fq_title", "fq_content", "fq_reply", "fq_date"), *rows], "utf-8")


_LETTERED: tuple[object, ...] = (
    *("wr_id", "wr_num", "wr_reply", "wr_parent", "wr_is_comment", "wr_subject"),
    *("wr_content", "wr_name", "wr_datetime"),
)


def _lettered(number: int, letters: str, name: str, step: int, text: str) -> tuple[object, ...]:
    own = 50 + step
    return (own, -number, letters, own, 0, "문의", text, name, f"{clock(step):%Y-%m-%d %H:%M:%S}")


def table_of_lettered_replies(path: Path) -> list[Pair]:
    """All answers stand below all questions; those who asked thank for some of them."""
    rows = [_lettered(n, "", f"별빛{n}", n, q) for n, (q, _) in enumerate(said())]
    rows += [_lettered(n, "A", "행정과", 90 - n, a) for n, (_, a) in enumerate(said())]
    rows += [_lettered(n, "AA", f"별빛{n}", 100 + n, "고맙습니다.") for n in range(5)]
    delimited(path, [_LETTERED, *rows], "utf-8")
    return said()


def table_of_lettered_replies_and_comments(path: Path) -> None:
    rows = [_lettered(n, "", f"별빛{n}", n, q) for n, (q, _) in enumerate(said())]
    rows += [_lettered(n, "A", "행정과", 90 - n, a) for n, (_, a) in enumerate(said())]
    comment = (999, -3, "", 53, 1, "", "서류도 필요한가요?", "별빛3", "2026-03-02 18:00:00")
    delimited(path, [_LETTERED, *rows, comment], "utf-8")


def table_of_lettered_replies_of_members(path: Path) -> None:
    """Who replies asks elsewhere."""
    rows = [_lettered(n, "", f"별빛{n % 7}", n, q) for n, (q, _) in enumerate(said())]
    rows += [_lettered(n, "A", f"별빛{(n + 1) % 7}", 90 - n, a) for n, (_, a) in enumerate(said())]
    delimited(path, [_LETTERED, *rows], "utf-8")


_Titled = list[tuple[object, ...]]
_TITLED = ("글번호", "답변여부", "제목", "내용", "작성자", "작성일")
_COMMON = ("문의합니다", "질문 있어요", "문의합니다~")


def _titled() -> tuple[_Titled, _Titled]:
    """Posts, some of which have one title, and the replies to them."""
    posts, replies = _Titled(), _Titled()
    for n, (question, answer) in enumerate(said()):
        title = _COMMON[n % 3]
        posts.append((2 * n, "Y", title, question, _NICKS[n % 5], clock(2 * n, 60)))
        replies.append((2 * n + 1, "", f"[RE] {title}", answer, "꽃집", clock(2 * n + 1, 60)))
    return posts, replies


def replies_below_their_posts(path: Path) -> list[Pair]:
    """One post waits for its reply."""
    posts, replies = _titled()
    posts[7] = (14, "N", *posts[7][2:])
    rows = [row for n in range(24) for row in (posts[n], replies[n]) if row is not replies[7]]
    delimited(path, [_TITLED, *rows], "cp949")
    return [pair for n, pair in enumerate(said()) if n != 7]


def replies_below_posts_of_one_state(path: Path) -> None:
    """No post waits, so that the state tells nothing of who has a reply."""
    posts, replies = _titled()
    rows = [row for pair in zip(posts, replies, strict=True) for row in pair]
    delimited(path, [_TITLED, *rows], "cp949")


def reply_below_a_waiting_post(path: Path) -> None:
    """The post that it was to is gone, and another one stands there."""
    posts, replies = _titled()
    posts[7] = (14, "N", *posts[7][2:])
    rows = [row for pair in zip(posts, replies, strict=True) for row in pair]
    delimited(path, [_TITLED, *rows], "cp949")


def replies_below_the_next_posts(path: Path) -> None:
    """Each post is answered after the next one was written; all have one title."""
    posts, replies = _titled()
    rows: _Titled = []
    for n in range(24):
        rows.append((*posts[n][:2], "문의합니다", *posts[n][3:]))
        if n:
            rows.append(
                (replies[n - 1][0], "", "[RE] 문의합니다", *replies[n - 1][3:5], clock(999))
            )
    delimited(path, [_TITLED, *rows], "cp949")


def replies_above_their_posts(path: Path) -> None:
    """The newest is on top, and a reply may stand below another post of its title."""
    posts, replies = _titled()
    rows = [row for n in reversed(range(24)) for row in (replies[n], posts[n])]
    delimited(path, [_TITLED, *rows], "cp949")


def replies_to_posts_of_another_state(path: Path) -> None:
    """A post that has no answer, as its state says, has a reply below it."""
    posts, replies = _titled()
    posts[7] = (14, "N", *posts[7][2:])
    posts[8] = (16, "N", *posts[8][2:])
    rows = [row for n in range(24) for row in (posts[n], replies[n]) if row is not replies[7]]
    delimited(path, [_TITLED, *rows], "cp949")


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
    (replies_below_their_posts, "a.csv"),
    (replies_below_posts_of_one_state, "a.csv"),
    (reply_below_a_waiting_post, "a.csv"),
    (replies_below_the_next_posts, "a.csv"),
    (replies_above_their_posts, "a.csv"),
    (replies_to_posts_of_another_state, "a.csv"),
    (table_of_a_shop, "a.csv"),
    (table_of_pairs, "a.csv"),
    (table_of_goods, "a.csv"),
    (table_of_questions_on_questions, "a.csv"),
    (table_of_lettered_replies, "a.csv"),
    (table_of_lettered_replies_and_comments, "a.csv"),
    (table_of_lettered_replies_of_members, "a.csv"),
)
"""Builders and names of files."""
