"""Replies that were put into the wrong conversation, by the subjects that they name.

T-4  customer  글자 수               초록은 몇 자까지인가요?
T-4  agent     RE: 포스터 크기       가로 90cm입니다.
T-6  customer  포스터 크기           포스터 크기가 궁금합니다.
"""

from collections.abc import Mapping, Sequence

from cs_pipeline.intake.said import Heard
from cs_pipeline.intake.sheets.cells import cell_at, clean_text
from cs_pipeline.intake.sheets.header import Header
from cs_pipeline.intake.sheets.mailboxes import REPLIES, SUBJECTS


def misfiled_in(header: Header, conversations: Mapping[str, Sequence[Heard]]) -> set[str]:
    """The conversations with a reply to what was asked, by its subject, in another one alone.

    A subject that was asked in several says nothing (`문의드립니다`).
    """
    taken = {header.first, header.second, header.conversation}
    labels = enumerate(header.labels[-1])
    column = next(
        (at for at, label in labels if at not in taken and SUBJECTS.fullmatch(label)), None
    )
    if column is None or header.thread is None:
        return set()
    asked: dict[str, set[str]] = {}
    replied: list[tuple[str, str]] = []
    for part, turns in conversations.items():
        for turn in turns:
            subject = clean_text(cell_at(turn.turn().original, column))
            plain = REPLIES.sub("", subject).strip()
            if turn.speaker == "customer":
                asked.setdefault(plain, set()).add(part)
            elif plain != subject and plain:
                replied.append((plain, part))
    return {
        part
        for plain, part in replied
        if len(parts := asked.get(plain, {part})) == 1 and part not in parts
    }
