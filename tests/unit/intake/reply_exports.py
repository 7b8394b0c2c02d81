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


def table_of_a_shop(path: Path) -> list[Pair]:
    """A database's columns are called after their table; one question waits for its answer."""
    rows: list[tuple[object, ...]] = [("iq_id", "iq_parent", "iq_title", "iq_content", "iq_name")]
    for n, (question, answer) in enumerate(said()):
        rows.append((10 + n, 0, "문의", question, f"구름{n}"))
        rows.append((90 - n, 10 + n, "[답변] 문의", answer, "꽃집지기"))
    delimited(path, [*rows, (200, 0, "문의", "휴무일은 언제인가요?", "구름77")], "utf-8")
    return said()


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
    (replies_below_their_posts, "a.csv"),
    (replies_below_the_next_posts, "a.csv"),
    (replies_above_their_posts, "a.csv"),
    (replies_to_posts_of_another_state, "a.csv"),
    (table_of_a_shop, "a.csv"),
    (table_of_lettered_replies, "a.csv"),
    (table_of_lettered_replies_and_comments, "a.csv"),
    (table_of_lettered_replies_of_members, "a.csv"),
)
"""Builders and names of files."""
