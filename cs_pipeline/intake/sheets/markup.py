"""Cells that hold HTML, as boards and mail programs keep what people wrote: the words in them."""

import html
import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article blockquote br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6
        header hr li main nav ol p pre section table tbody td tfoot th thead tr ul""",
    )
)
_SILENT = frozenset(("script", "style", "head", "title", "template", "noscript"))
_INLINE = frozenset(
    re.findall(
        r"[\w:]+",
        """a abbr b big body center cite code col colgroup del em font html i img input ins label
        mark meta o:p s small span strike strong sub sup svg u video audio iframe button link""",
    )
)
_TAGS = "|".join(map(re.escape, sorted(_BLOCKS | _SILENT | _INLINE, key=len, reverse=True)))
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>|<!--", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_TWICE = re.compile(rf"&lt;/?(?:{_TAGS})\s*/?&gt;", re.IGNORECASE)


def has_markup(text: str) -> bool:
    """Whether the cell holds tags or entities of HTML; `3 < 5` and `<고객명>` are none."""
    return ("<" in text and _TAG.search(text) is not None) or (
        "&" in text and _ENTITY.search(text) is not None
    )


def words_of(text: str) -> str:
    """The words of a cell with markup; `<br>`, `</p>` and the like end a line.

    Signs in brackets that are no tags stay; what was escaped twice is read twice.
    """
    if _TWICE.search(text):
        text = html.unescape(text)
    if _TAG.search(text) is None:
        return html.unescape(text)
    parser = _Words()
    parser.feed(_escaped(text))
    parser.close()
    return "".join(parser.words).strip()


def _escaped(text: str) -> str:
    """The text with each `<` that begins no tag of HTML written as an entity."""
    pieces: list[str] = []
    at = 0
    for match in _TAG.finditer(text):
        pieces += (text[at : match.start()].replace("<", "&lt;"), match.group())
        at = match.end()
    return "".join((*pieces, text[at:].replace("<", "&lt;")))


class _Words(HTMLParser):
    """Collects words and line ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """A tag begins."""
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._silent:
            self.words.append(data)
