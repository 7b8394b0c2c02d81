"""A mailbox as a table: who wrote to whom about what, and which of the addresses are the company's.

The company's address is the one that most of the mail goes to or comes from. Addresses of its
domain are the company's, too, unless the domain is one where anybody may have an address.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from cs_pipeline.intake.sheets.body import Body
from cs_pipeline.intake.sheets.cells import cell_at, clean_text
from cs_pipeline.intake.sheets.headings import Heading, Headings, candidates
from cs_pipeline.intake.sheets.speakers import Speaker

Row = tuple[str, ...]

_SENDERS = re.compile(
    "(?:발신|송신|보낸|보내는|발송)(?:자|인|사람|이|분)?(?:e?mail|이?메일|전자우편)?(?:주소|address)?"
    "|(?:mail)?(?:from|sender)(?:e?mail)?(?:address)?"
)
_RECIPIENTS = re.compile(
    "(?:수신|받는|받은)(?:자|인|사람|이|분)?(?:e?mail|이?메일|전자우편)?(?:주소|address)?"
    "|(?:mail)?(?:to|recipient|receiver|recipients|deliveredto)(?:e?mail)?(?:address)?"
)
SUBJECTS = re.compile("(?:메일|이메일|mail)?(?:제목|subject|title)")
_ADDRESS = re.compile(r"[\w.+%-]+@([\w-]+(?:\.[\w-]+)+)")
_ANYBODY = re.compile(
    r"(?:naver|gmail|daum|hanmail|kakao|nate|outlook|hotmail|live|yahoo|icloud|me|msn|googlemail"
    r"|proton|protonmail|korea|dreamwiz|empas|paran)\.(?:com|net|co\.kr|me|kr)"
)
_AUTOMATIC_SENDER = re.compile(
    r"no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer[-_.]?daemon|postmaster|bounce|notification|발신\s*전용"
)
_AUTOMATIC = re.compile(
    r"\s*(?:(?:re|fw|fwd|회신|답장)\s*:\s*)*[\[(<]?\s*(?:자동\s*(?:회신|응답|답장|발송|답변)|부재중|접수\s*확인"
    r"|auto(?:matic)?[- ]?(?:reply|response)|autoreply|out of office|undeliver|delivery status)",
    re.IGNORECASE,
)
REPLIES = re.compile(
    r"\s*(?:(?:re|fw|fwd|tr|회신|답장|답변|전달)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE
)
_PASSED_ON = re.compile(
    r"\s*(?:(?:re|회신|답장|답변)\s*(?:\[\d+\])?\s*[:：]\s*)*(?:fwd?|tr|전달)\s*[:：]",
    re.IGNORECASE,
)
_MOSTLY = 0.8


class Mailbox(NamedTuple):
    """Columns of senders (`column`), recipients and subjects (-1: none), and what is ours.

    `ours` are the company's addresses and its domain, `helpers` those outside to whom it passes
    mail on, such as a carrier. A conversation is what one address outside and the company write
    each other about one subject, or about any where answers have subjects of their own.
    """

    column: int
    recipient: int
    subject: int
    ours: frozenset[str]
    helpers: frozenset[str] = frozenset()
    by_subject: bool = True
    tells: Literal["mail"] = "mail"

    def of(self, row: Row) -> str:
        """The conversation of a row, '' for mail that did not cross the company's door."""
        outside = self.outside(row)
        subject = REPLIES.sub("", self._about(row)) if self.by_subject else ""
        return " / ".join(filter(None, (outside, clean_text(subject)))) if outside else ""

    def speaker_of(self, sender: str) -> Speaker | None:
        """Who wrote the mail of a cell of senders; None where it holds no address."""
        addresses = addresses_in(sender)
        if not addresses:
            return None
        if _AUTOMATIC_SENDER.search(sender.casefold()):
            return "bot"
        return "agent" if self._is_ours(addresses[0]) else "customer"

    def leaves_out(self, row: Row) -> bool:
        """Whether the mail is an automatic one, or between colleagues, helpers or strangers."""
        outside, subject = self.outside(row), self._about(row)
        return (
            not outside
            or outside in self.helpers
            or self.passes_on(row)
            or _AUTOMATIC.match(subject) is not None
        )

    def passes_on(self, row: Row) -> bool:
        """Whether the company passes somebody's mail on."""
        senders = addresses_in(cell_at(row, self.column))
        passed_on = _PASSED_ON.match(self._about(row)) is not None
        return passed_on and bool(senders) and self._is_ours(senders[0])

    def outside(self, row: Row) -> str:
        """The address outside; '' where the mail is not from one side to the other."""
        senders = addresses_in(cell_at(row, self.column))
        recipients = addresses_in(cell_at(row, self.recipient))
        if not senders or not recipients:
            return ""
        ours = [one for one in (senders[0], *recipients) if self._is_ours(one)]
        theirs = [one for one in recipients if one not in ours]
        if not self._is_ours(senders[0]):
            return senders[0] if ours else ""
        return theirs[0] if theirs else ""

    def _about(self, row: Row) -> str:
        return cell_at(row, self.subject) if self.subject >= 0 else ""

    def _is_ours(self, address: str) -> bool:
        return address in self.ours or address.partition("@")[2] in self.ours


@lru_cache(maxsize=1024)
def addresses_in(cell: str) -> tuple[str, ...]:
    """The mail addresses of a cell, in lower case."""
    return tuple(match[0].casefold() for match in _ADDRESS.finditer(cell))


def mail_text(headings: Sequence[Heading], known: Headings, body: Body) -> int | None:
    """The column of mails' texts, where others hold the addresses from and to which they went."""
    if -1 in _sides(headings, body):
        return None
    texts = [
        (one.score, body.look(one.column).sentences, -one.column)
        for one in candidates(headings, known.text)
        if body.look(one.column).may_talk(sure=True)
    ]
    return -max(texts)[2] if texts else None


def mailbox_of(headings: Sequence[Heading], body: Body) -> Mailbox | None:
    """The columns of a mailbox; None where no address takes part in nearly all of the mail."""
    sender, recipient = _sides(headings, body)
    if -1 in (sender, recipient):
        return None
    columns = range(len(headings))
    subject = next((one for one in columns if any(map(SUBJECTS.fullmatch, headings[one]))), -1)
    sides = [(cell_at(row, sender), cell_at(row, recipient)) for row in body.rows]
    told = [(addresses_in(one)[:1], addresses_in(other)) for one, other in sides if one and other]
    took_part = Counter(address for one, other in told for address in {*one, *other})
    [(hub, _)] = took_part.most_common(1)
    ours = {hub}
    domain = hub.partition("@")[2]
    if not _ANYBODY.fullmatch(domain):
        ours.add(domain)
    box = Mailbox(sender, recipient, subject, frozenset(ours))
    if not _is_ours_indeed(box, body.rows):
        return None
    helpers = frozenset(box.outside(row) for row in body.rows if box.passes_on(row)) - {""}
    box = box._replace(helpers=helpers)
    whole = box._replace(by_subject=False)
    return box if 2 * _answered(box, body.rows) >= _answered(whole, body.rows) else whole


def _answered(box: Mailbox, rows: Sequence[Row]) -> int:
    """How many of the conversations both sides take part in."""
    sides: dict[str, set[Speaker | None]] = defaultdict(set)
    for row in rows:
        if any(row) and not box.leaves_out(row):
            sides[box.of(row)].add(box.speaker_of(cell_at(row, box.column)))
    return sum(both >= {"customer", "agent"} for both in sides.values())


def _sides(headings: Sequence[Heading], body: Body) -> tuple[int, int]:
    """The columns of senders' and of recipients' addresses, -1 where there is none."""
    sender, recipient = (
        next(
            (
                column
                for column, heading in enumerate(headings)
                if any(map(names.fullmatch, heading)) and _holds_mail(body, column)
            ),
            -1,
        )
        for names in (_SENDERS, _RECIPIENTS)
    )
    return sender, recipient


def _holds_mail(body: Body, column: int) -> bool:
    """Whether nearly all of the column's cells hold a mail address."""
    cells = body.cells(column)
    return bool(cells) and sum(map(bool, map(addresses_in, cells))) >= _MOSTLY * len(cells)


def _is_ours_indeed(box: Mailbox, rows: Sequence[Row]) -> bool:
    """Whether nearly all mail crosses the door, with several strangers, and somebody replies."""
    filled = [row for row in rows if any(row)]
    outside = [one for row in filled if (one := box.outside(row))]
    senders = {box.speaker_of(cell_at(row, box.column)) for row in filled}
    return (
        len(outside) >= _MOSTLY * len(filled)
        and len(set(outside)) > 1
        and {"customer", "agent"} <= senders
    )
