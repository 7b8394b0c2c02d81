"""Who asks, what they may do, and whether the request comes from our own page."""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request

from cs_pipeline.ops import error_wording
from cs_pipeline.records import Record

_HARMLESS = frozenset({"GET", "HEAD"})

PersonOf = Callable[..., Any]
"""A FastAPI dependency that returns a `Person`; it answers 401 to a caller without a name."""


class Person(Record):
    """A caller, and what the scheduler lets them do; nothing, where it does not say so.

    `reads` may look, `acts` may decide and upload, `raw_text` may see unmasked rows.
    """

    name: str
    reads: bool = False
    acts: bool = False
    raw_text: bool = False


class Guards:
    """Dependencies of routes, made of the one that knows the caller."""

    def __init__(self, person: PersonOf) -> None:
        def reads(who: Annotated[Person, Depends(person)]) -> Person:
            return _allowed(who, who.reads)

        def acts(who: Annotated[Person, Depends(reads)]) -> Person:
            return _allowed(who, who.acts)

        def raw_text(who: Annotated[Person, Depends(acts)]) -> Person:
            return _allowed(who, who.raw_text)

        self.reads, self.acts, self.raw_text = reads, acts, raw_text


def same_origin(request: Request) -> None:
    """Refuse a change that another site, or no page at all, asks for (403).

    A browser says by `Sec-Fetch-Site` where a request comes from; where it does not, over plain
    HTTP, `Origin` names the page's host.
    """
    if request.method in _HARMLESS:
        return
    site = request.headers.get("sec-fetch-site")
    if site is None:
        host = urlsplit(request.headers.get("origin", "")).netloc
        own = bool(host) and host == request.headers.get("host")
    else:
        own = site == "same-origin"
    if not own:
        raise HTTPException(403, detail=error_wording.OTHER_SITE.model_dump())


def _allowed(who: Person, allowed: bool) -> Person:
    if not allowed:
        raise HTTPException(403, detail=error_wording.NOT_ALLOWED.model_dump())
    return who
