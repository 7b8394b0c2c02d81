"""Text on the page: what is shown of an answer, and how placeholders and commands stand out."""

import re
import unicodedata

from markupsafe import Markup, escape

from cs_pipeline.masked.placeholders import PLACEHOLDER

_JOINERS = "\u200c\u200d"  # emoji fall apart without them
_COMMAND = re.compile(r"`([^`]+)`")


def printable(text: str) -> str:
    """`text` without control, direction and half characters; its line breaks stay."""
    return "".join(
        sign
        for sign in text
        if sign in "\n" + _JOINERS or unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
    ).strip()


def with_placeholders(text: str) -> Markup:
    """Masked text whose placeholders stand out and do not break over lines."""
    marked = PLACEHOLDER.sub(r'<span class="mask">\g<0></span>', str(escape(text)))
    return Markup(marked)  # noqa: S704 - escaped before the spans came in


def with_commands(text: object) -> Markup:
    """A reason whose `commands` are set as code."""
    marked = _COMMAND.sub(r"<code>\1</code>", str(escape(str(text))))
    return Markup(marked)  # noqa: S704 - escaped before the code tags came in
