"""What lets somebody in: login ids, passwords, one-time codes, and a card's expiry, code and PIN.

The words beside a value decide what it is (`named`), or what it stands between (`shapes`). Links
that let their bearer in and IP addresses of a connection are asked for here too.
"""

from collections.abc import Iterator
from itertools import chain

from cs_pipeline.pii.finders.credentials import named, shapes
from cs_pipeline.pii.finders.web import ip_addresses, urls
from cs_pipeline.pii.rules import Found, compiled

# `named.NAMED` has triggers of its own; every text in which the others find something holds this.
_TRIGGER = r"(?-i: [0-9A-Za-z점쩜닷] | 인증 \s? (?: 번호 | 코드 | 숫자 ) )"


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    yield from named.NAMED.find(text)
    yield from shapes.find_in_hangul(text)
    if compiled(_TRIGGER).search(text):
        yield from chain(
            named.BESIDE_A_WORD.find(text),
            shapes.find(text),
            urls.find(text),
            ip_addresses.find(text),
        )
