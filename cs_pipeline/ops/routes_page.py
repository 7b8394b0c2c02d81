"""The page itself: its modules, and a plain page for where they cannot run."""

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import HTMLResponse, Response

from cs_pipeline.errors import ObjectNotFound
from cs_pipeline.html_pages import page_environment
from cs_pipeline.language import Language
from cs_pipeline.moments import shown_moment
from cs_pipeline.ops import error_wording
from cs_pipeline.ops.desk import Desk
from cs_pipeline.ops.labels import LABELS
from cs_pipeline.ops.now import now
from cs_pipeline.ops.people import Guards

if TYPE_CHECKING:
    from jinja2 import Template

_STATIC = Path(__file__).parent / "static"
_PLAIN = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'",
    "Cache-Control": "no-store",
}


def module_url(name: str) -> str:
    """Where a browser gets a module of the page; another one as soon as any of them changed."""
    return f"static/{name}?v={_digest()}"


def page_routes(desk: Desk, guards: Guards) -> APIRouter:
    """The modules and the plain page."""
    router = APIRouter()

    @router.get("/static/{name}")
    def module(name: str, if_none_match: Annotated[str | None, Header()] = None) -> Response:
        path = next((one for one in _STATIC.glob("*.js") if one.name == name), None)
        if path is None:
            raise ObjectNotFound.of(error_wording.NOT_THERE)
        # Modules name each other without a version: each is asked for again, and mostly not sent.
        headers = {"ETag": f'"{_digest()}"', "Cache-Control": "private, no-cache"}
        if if_none_match == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(
            path.read_bytes(),
            media_type="text/javascript; charset=utf-8",
            headers=headers | {"X-Content-Type-Options": "nosniff"},
        )

    @router.get("/", response_class=HTMLResponse)
    def plain(request: Request) -> HTMLResponse:
        installation, lang = desk.reading(), _language(request)
        page = _template().render(
            lang=lang,
            say=lambda words: getattr(words, lang),
            label=lambda name: getattr(LABELS[name], lang),
            moment=lambda when: shown_moment(when, installation.zone),
            now=now(installation, desk.book),
            runs=desk.book.page(installation).lines,
        )
        return HTMLResponse(page, headers=_PLAIN)

    return router


def _language(request: Request) -> Language:
    """Korean, unless the browser asks for English before it."""
    asked = request.headers.get("accept-language", "").lower()
    english, korean = asked.find("en"), asked.find("ko")
    return "en" if english >= 0 and (korean < 0 or english < korean) else "ko"


@cache
def _digest() -> str:
    content = b"".join(path.read_bytes() for path in sorted(_STATIC.glob("*.js")))
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def _template() -> "Template":
    return page_environment(Path(__file__).parent).get_template("plain.html.j2")
