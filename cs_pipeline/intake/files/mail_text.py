"""Mails one below the other in a text file, as a table: who wrote what to whom, and when.

    From: 김민지 <minji@example.com>
    To: 고객지원팀 <help@example.kr>
    Date: 2026-03-02 09:03:00
    Subject: 배송 문의

    배송은 언제 오나요?
    ==========================

Where lines of signs part the mails, nothing else does; else a blank line above the same heads in
the same order as those of the first mail. So a mail that is quoted in another one is none itself,
unless no mail that is quoted stands in the file by itself, as where the newest of each thread was
copied:

    From: 고객지원팀 <help@example.kr>
    ...
    내일 도착합니다.

    -----Original Message-----
    From: 김민지 <minji@example.com>
    ...
    배송은 언제 오나요?
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple, TextIO

HEADINGS = ["보낸사람", "받는사람", "날짜", "제목", "본문"]

_KEYS = (
    r"(?P<sender>from|sender|보낸\s*(?:사람|이)|발신(?:자|인)?)",
    r"(?P<to>to|recipients?|받는\s*(?:사람|이)|수신(?:자|인)?)",
    r"(?P<when>date|sent|(?:보낸|받은)\s*(?:날짜|일시|시간|시각)|날짜|일시|발송일시?|수신일시?)",
    r"(?P<subject>subject|(?:메일\s*)?제목)",
    r"(?:cc|bcc|reply-to|message-id|in-reply-to|importance|attachments?|참조|숨은\s*참조|첨부(?:파일)?)",
)
_HEAD = re.compile(rf"\s*(?:{'|'.join(_KEYS)})\s*[:：]\s*(?P<value>.*)", re.IGNORECASE)
_FIELDS = ("sender", "to", "when", "subject")
_APART = re.compile(r"\s*([=\-_*~#─━])\1{9,}\s*")
_QUOTES = re.compile(
    r"-{2,}.*(?:original|forwarded|원본|원문|전달).*-{2,}|wrote\s*:\s*$", re.IGNORECASE
)
_ENDS = frozenset(("sender", "to"))
_LONGEST_HEAD, _LEAST_MAILS, _COVER = 12, 2, 10


class _Form(NamedTuple):
    """How mails begin: below a line of these signs ('': there are none), or with these heads."""

    sign: str
    heads: tuple[str, ...]

    def begins(self, fields: Sequence[str]) -> bool:
        """Whether heads for these fields are those of a mail."""
        return set(fields) >= _ENDS if self.sign else tuple(fields) == self.heads


class _Head(NamedTuple):
    """A line that may belong to the heads of a mail."""

    number: int
    line: str
    field: str
    value: str


class _Mail(NamedTuple):
    """The 0-based line of a mail below the row of headings, its heads, and its words."""

    row: int
    heads: dict[str, str]
    said: list[str]

    def cells(self) -> list[str]:
        fields = [self.heads.get(field, "") for field in _FIELDS]
        return [*fields, "\n".join(self.said).strip()]


def is_mails(sample: str) -> bool:
    """Whether a text begins with the heads of a mail, and another one follows."""
    form = _form_of(sample)
    if form is None:
        return False
    found = list(_mails(sample.splitlines(), form))
    return sum(any(mail.said) for mail in found) >= _LEAST_MAILS


def mail_rows(text: TextIO, sample: str) -> Iterator[tuple[int, list[str]]]:
    """0-based line and cells of each mail, below a row of `HEADINGS`.

    `sample` is the text's beginning, in which `is_mails` saw mails.
    """
    yield 0, list(HEADINGS)
    form = _form_of(sample)
    if form is None:
        return
    unfolds = _holds_threads(list(_mails(sample.splitlines(), form)))
    seen = set()
    for mail in _mails(text, form):
        for one in _unfolded(mail) if unfolds else (mail,):
            cells = one.cells()
            if not unfolds or (key := hash(tuple(cells))) not in seen:
                yield one.row, cells
            if unfolds:
                seen.add(key)


def _form_of(sample: str) -> _Form | None:
    """How the mails begin; None where the text does not begin with one."""
    lines = [line for line in sample.lstrip("\ufeff").splitlines() if line.strip()]
    first = next((at for at, line in enumerate(lines[:_COVER]) if _HEAD.fullmatch(line)), 0)
    heads = list(takewhile(bool, map(_head, range(_LONGEST_HEAD), lines[first:])))
    fields = tuple(head.field for head in heads if head)
    if not set(fields) >= _ENDS:
        return None
    parted = (
        match[1]
        for one, other in pairwise(lines)
        if (match := _APART.fullmatch(one)) and _HEAD.fullmatch(other)
    )
    return _Form(next(parted, ""), fields)


def _head(number: int, line: str) -> _Head | None:
    match = _HEAD.fullmatch(line)
    if match is None:
        return None
    field = next((field for field in _FIELDS if match[field]), "other")
    return _Head(number, line, field, match["value"].strip())


def _mails(lines: Iterable[str], form: _Form) -> Iterator[_Mail]:
    """The mails of a text's lines."""
    mail: _Mail | None = None
    for part in _parts(lines, form):
        if isinstance(part, str):
            if mail:
                mail.said.append(part)
        else:
            if mail:
                yield mail
            mail = part
    if mail:
        yield mail


def _parts(lines: Iterable[str], form: _Form) -> Iterator[_Mail | str]:
    """Each mail as it begins, with no words yet, and the lines of its words."""
    above: list[_Head] = []
    may_begin, quotes, began = True, False, False
    for number, raw in enumerate(lines):
        line = raw.strip("\r\n\ufeff")
        head = None
        if (may_begin or above) and len(above) < _LONGEST_HEAD:
            head = _head(number, line)
        if head:
            above.append(head)
            continue
        began = began or form.begins([one.field for one in above])
        yield from _begun(above, form)
        above = []
        match, blank = _APART.fullmatch(line), not line.strip()
        apart = match is not None and form.sign in ("", match[1])
        quotes = _QUOTES.search(line) is not None or (quotes and blank)
        may_begin = apart or (blank and not quotes and (may_begin or not (form.sign and began)))
        if match is None:
            yield line
    yield from _begun(above, form)


def _begun(above: Sequence[_Head], form: _Form) -> Iterator[_Mail | str]:
    """The mail that these heads begin, or else their lines."""
    if above and form.begins([head.field for head in above]):
        heads = {head.field: head.value for head in reversed(above)}
        yield _Mail(above[0].number + 1, heads, [])
    else:
        yield from (head.line for head in above)


def _holds_threads(mails: Sequence[_Mail]) -> bool:
    """Whether the mails quote others, and none of those stands in the file by itself."""
    threads = [list(_unfolded(mail)) for mail in mails]
    own = {"".join(mail[0].cells()[-1].split()) for mail in threads}
    quoted = {"".join(mail.cells()[-1].split()) for thread in threads for mail in thread[1:]}
    return bool(quoted) and own.isdisjoint(quoted)


def _unfolded(mail: _Mail) -> Iterator[_Mail]:
    """The mail without those that it quotes, and each of them; their rows are about where."""
    current, heads = mail._replace(said=[]), list[_Head]()
    begins = False
    for number, line in enumerate(mail.said, start=mail.row + 1):
        head = _head(number, line) if begins else None
        if head:
            heads.append(head)
            continue
        if begins and (heads or line.strip()):
            fields = {one.field: one.value for one in reversed(heads)}
            if fields.keys() >= _ENDS:
                yield current
                current = _Mail(heads[0].number, fields, [])
            else:
                current.said.extend(one.line for one in heads)
            begins, heads = False, []
        if _QUOTES.search(line):
            begins = True
        elif not begins:
            current.said.append(line)
    yield current
