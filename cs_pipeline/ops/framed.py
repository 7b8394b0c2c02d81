"""Pages of ours inside the page: reports, quality pages, receipts."""

from pathlib import Path
from typing import Literal

from fastapi.responses import HTMLResponse

Theme = Literal["", "light", "dark"]
"""What is around it; empty: it stands alone and goes by the reader's system."""

# They are made by us; should anything slip into one, it may still do and load nothing.
_NO_SCRIPTS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "font-src data:; frame-ancestors 'self'; sandbox allow-popups",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_IF_DARK, _EITHER = "@media (prefers-color-scheme: dark)", "color-scheme: light dark"


def framed(path: Path, theme: Theme = "") -> HTMLResponse:
    """A page that may run and load nothing, as light or dark as what is around it."""
    text = path.read_text(encoding="utf-8")
    if theme:
        always = "@media all" if theme == "dark" else "@media not all"
        text = text.replace(_IF_DARK, always).replace(_EITHER, f"color-scheme: {theme}")
    return HTMLResponse(text, headers=_NO_SCRIPTS)
