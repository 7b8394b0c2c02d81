"""Mailboxes: one row a mail, with who sent it to whom; whose the mailbox is, the rows tell.

The company is whom nearly everybody writes to and hears from: one address, or all of its domain
unless that is one of those where everybody can have an address.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at, clean_text, label_of
from cs_pipeline.intake.sheets.headings import (
    Heading,
    Headings,
    candidates,
    names_recipient,
    names_sender,
    names_subject,
)
from cs_pipeline.intake.sheets.speakers import Speaker

_ADDRESS = re.compile(r"[\w.+%*-]+@[\w*-]+(?:\.[\w*-]+)+")
_OPEN_DOMAINS = frozenset(
    f"@{domain}"
    for domain in (
        *("naver.com", "gmail.com", "daum.net", "hanmail.net", "kakao.com", "nate.com"),
        *("hotmail.com", "outlook.com", "outlook.kr", "yahoo.com", "yahoo.co.kr", "icloud.com"),
        *(
            "me.com",
            "live.com",
            "proton.me",
            "empas.com",
            "dreamwiz.com",
            "korea.com",
            "lycos.co.kr",
        ),
    )
)
_DESK = re.compile(
    r"(?:support|help|helpdesk|cs|care|info|contact|service|admin|desk|voc|qna|ask)\b"
)
_ROBOT = re.compile(r"(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer-daemon|postmaster|bounce)")
_AUTOMATIC = re.compile(
    r"자동\s*(?:회신|응답|답장|발송)|부재\s*중|[(\[]\s*광고\s*[)\]]|out of office"
    r"|auto(?:matic|mated)?[\s-]?(?:reply|response)|undeliver(?:able|ed)|delivery status",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"\s*(?:(?P<passed>fwd?|전달)|re|회신|답장|답변)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*",
    re.IGNORECASE,
)
_MOSTLY, _NEARLY_ALL, _CLEARLY = 0.8, 0.9, 2

Row = tuple[str, ...]


class Mailbox(NamedTuple):
    """The columns of a mailbox, and whose it is.

    `own` holds the company's addresses, and its domain with an `@` in front; it is empty where
    the rows do not tell. `colleagues` are others to whom the company passes mails on. Mails of one
    `subject` (-1: none tells) belong together.
    """

    sender: int
    recipient: int
    text: int
    subject: int
    own: frozenset[str] = frozenset()
    colleagues: frozenset[str] = frozenset()
    by_subject: bool = True

    def speaker_of(self, row: Row) -> Speaker | None:
        """The customer or the agent; `bot` for what no customer wrote or was meant to read."""
        if not self.own:
            return None
        sender, to = self._ends(row)
        outside = [one for one in (sender, *to) if not _is_of(one, self.own)]
        subject = cell_at(row, self.subject) if self.subject >= 0 else ""
        if not outside or outside[0] in self.colleagues or _AUTOMATIC.search(subject):
            return "bot"
        if _ROBOT.match(sender) and sender not in self.own:
            return "bot"
        if sender == outside[0]:
            return "customer" if any(_is_of(one, self.own) for one in to) else "bot"
        return "bot" if _passes_on(subject) else "agent"

    def conversation_of(self, row: Row) -> str:
        """With whom, and about what."""
        sender, to = self._ends(row)
        ends = [one for one in (sender, *to[:1]) if not _is_of(one, self.own)]
        about = [_topic(cell_at(row, self.subject))] if self.by_subject else []
        return " / ".join([*sorted(ends), *about])

    def names_in(self, row: Row) -> list[str]:
        """What those at the mail's ends are called who are not the company."""
        cells = (
            cell
            for column in (self.sender, self.recipient)
            if (cell := cell_at(row, column))
            and not any(_is_of(party, self.own) for party in _parties(cell))
        )
        return [name for cell in cells if (name := _ADDRESS.sub("", cell).strip(" \t\"'<>()[],;"))]

    def _ends(self, row: Row) -> tuple[str, list[str]]:
        (sender, *_), to = (
            _parties(cell_at(row, column)) or [""] for column in (self.sender, self.recipient)
        )
        outside = [one for one in to if not _is_of(one, self.own)]
        return sender, [*outside, *(one for one in to if one not in outside)]


def mailbox_in(headings: Sequence[Heading], known: Headings, body: Body) -> Mailbox | None:
    """The mailbox, where columns say who wrote to whom, by address or about what."""
    sender = _column(headings, names_sender, body)
    recipient = _column(headings, names_recipient, body)
    if sender is None or recipient is None or sender == recipient:
        return None
    subject = _column(headings, names_subject, body)
    by_address = all(_are_addresses(body.cells(column)) for column in (sender, recipient))
    numbers = body.look(sender).holds == "figures"
    if not by_address and (subject is None or numbers):
        return None
    texts = (
        one.column
        for one in candidates(headings, known.text)
        if one.column not in (sender, recipient, subject)
        and body.look(one.column).holds in ("sentences", "mixed")
    )
    text = next(texts, None)
    if text is None:
        return None
    found = Mailbox(sender, recipient, text, -1 if subject is None else subject)
    own = _own(found, body.rows)
    if not own and not by_address:
        return None  # names of those who talk, as in other logs
    found = found._replace(own=own, by_subject=False)
    found = found._replace(colleagues=_colleagues(found, body.rows))
    apart = found._replace(by_subject=subject is not None)
    whole = _CLEARLY * _answered(apart, body.rows) >= _answered(found, body.rows)
    return apart if whole else found


def _column(headings: Sequence[Heading], names: Callable[[str], bool], body: Body) -> int | None:
    """The column with such a heading that is filled nearly all over; one of addresses first."""
    rows = sum(map(any, body.rows))
    columns = [
        column
        for column, heading in enumerate(headings)
        if any(map(names, heading)) and len(body.cells(column)) >= max(_NEARLY_ALL * rows, 1)
    ]
    return next(
        (one for one in columns if _are_addresses(body.cells(one))), next(iter(columns), None)
    )


def _are_addresses(cells: Sequence[str]) -> bool:
    return sum("@" in cell and bool(_ADDRESS.search(cell)) for cell in cells) >= _MOSTLY * len(
        cells
    )


def _parties(cell: str) -> list[str]:
    """The addresses in a cell, or else its names."""
    plain = cell.casefold()
    return _ADDRESS.findall(plain) or [
        name for part in re.split("[;,]", plain) if (name := clean_text(part))
    ]


def _domain(party: str) -> str:
    """The party's domain with its `@`; its own name where there is none or many share it."""
    _, at, domain = party.rpartition("@")
    return party if not at or f"@{domain}" in _OPEN_DOMAINS else f"@{domain}"


def _is_of(party: str, own: frozenset[str]) -> bool:
    return party in own or _domain(party) in own


def _own(found: Mailbox, rows: Iterable[Row]) -> frozenset[str]:
    """Who the mailbox belongs to, empty where several could be it."""
    mails = [
        (sender, to[0]) for row in rows for sender, to in [found._ends(row)] if sender and to[0]
    ]
    others: dict[str, set[str]] = defaultdict(set)
    for sender, to in mails:
        others[sender].add(to)
        others[to].add(sender)
    for kin in (_domain, str):
        desk = max(others, key=lambda one: (len(others[one]), bool(_DESK.match(one))), default="")
        own = frozenset((desk, kin(desk)))
        within = [sum(_is_of(one, own) for one in mail) for mail in mails]
        if within.count(2) > (1 - _MOSTLY) * len(within) and kin is _domain:
            continue  # colleagues ask their own help desk
        rivals = [len(others[one]) for one in others if not _is_of(one, own)]
        if not mails or len(within) - within.count(0) < _NEARLY_ALL * len(mails) or not rivals:
            return frozenset()
        sure = len(others[desk]) >= _CLEARLY * max(rivals) or _DESK.match(desk) is not None
        return own if sure else frozenset()
    return frozenset()


def _colleagues(found: Mailbox, rows: Iterable[Row]) -> frozenset[str]:
    """To whom the company passes mails on: they are no customers."""
    return frozenset(
        to[0]
        for row in rows
        for sender, to in [found._ends(row)]
        if _is_of(sender, found.own) and found.subject >= 0
        if _passes_on(cell_at(row, found.subject))
    )


def _answered(found: Mailbox, rows: Iterable[Row]) -> int:
    """How many of the conversations both sides take part in."""
    sides: dict[str, set[Speaker]] = defaultdict(set)
    for row in rows:
        speaker = found.speaker_of(row)
        if speaker and speaker != "bot":
            sides[found.conversation_of(row)].add(speaker)
    return sum(len(both) > 1 for both in sides.values())


def _passes_on(subject: str) -> bool:
    """Whether the mail is one that was passed on."""
    while match := _PREFIX.match(subject):
        if match["passed"]:
            return True
        subject = subject[match.end() :]
    return False


def _topic(subject: str) -> str:
    """The subject as it is the same in each mail of a conversation."""
    while match := _PREFIX.match(subject):
        subject = subject[match.end() :]
    return label_of(subject)
