"""Chats of a LINE official account, saved as CSV one by one, as a table.

    Account name,한빛리조트
    Time zone,+09:00
    Download date,2026/03/20 10:11
    Sender type,Sender name,Date sent,Time sent,Content
    User,지혜,2026/03/02,11:03:26,주차비는 얼마인가요?
    Account,Auto-response,2026/03/02,11:03:27,담당자가 곧 답장드릴게요.
    Account,프런트 정유진,2026/03/02,11:08:00,4시간까지 무료입니다.

Chats may be put below each other, each with its own lines on top.
"""

import csv
import re
from collections.abc import Iterator
from typing import TextIO

from cs_pipeline.intake.files.reader_problem import ReaderProblem

HEADINGS = ["채팅방", "발신자", "이름", "메시지", "보낸시각"]
_TOP, _COLUMNS = "Account name", ("Sender type", "Sender name", "Date sent", "Time sent", "Content")
_SENDERS = {"user": "고객", "account": "상담사"}
_AUTOMATIC = re.compile(r"auto.?(?:response|reply)|greeting|자동.?응답|응답 ?메시지|인사말", re.I)


def is_line_account(sample: str) -> bool:
    """Whether a text begins as such a chat."""
    head = sample.lstrip("\ufeff")[:4000].splitlines()
    return bool(head) and head[0].startswith(f"{_TOP},") and ",".join(_COLUMNS) in head


def line_account_rows(text: TextIO) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each message, below a row of `HEADINGS`.

    Raises:
        ReaderProblem: `unreadable_csv` with the line.
    """
    yield 0, list(HEADINGS)
    reader, chat, number = csv.reader(text), 0, 0
    try:
        for row in reader:
            begins, number = number, reader.line_num
            chat += tuple(row) == _COLUMNS
            sender = _SENDERS.get(row[0].casefold()) if len(row) == len(_COLUMNS) else None
            if sender:
                _, name, day, clock, said = row
                who = "봇" if sender == "상담사" and _AUTOMATIC.search(name) else sender
                yield begins + 1, [str(chat), who, name, said, f"{day.replace('/', '-')} {clock}"]
    except csv.Error:
        raise ReaderProblem("unreadable_csv", line=reader.line_num) from None
