"""Web pages with all that belongs to them in one file (.mht, .mhtml), as browsers and Excel do.

They are built like mail with attachments (RFC 2557). Nothing is fetched; parts that are no pages
are passed over. Runs in the reading process.
"""

from collections.abc import Iterator
from email import policy
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesParser
from io import BytesIO
from typing import BinaryIO

from cs_pipeline.intake.files.html_tables import HtmlTable, html_tables
from cs_pipeline.intake.files.reader_problem import ReaderProblem

MAX_PARTS = 10_000
_BROKEN_OFF = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)


def archived_tables(stream: BinaryIO) -> list[HtmlTable]:
    """The tables of all pages in the file, in its order.

    Raises:
        ReaderProblem: `html_page` when there is none, `incomplete_workbook`, `too_large`, or the
            encoding of a page is unknown.
    """
    stream.seek(0)
    tables: list[HtmlTable] = []
    for page in _pages(BytesParser(policy=policy.compat32).parse(stream)):
        try:
            tables += html_tables(BytesIO(page))
        except ReaderProblem as problem:
            if problem.explanation != "html_page":  # a frame or an advertisement
                raise
    if not tables:
        raise ReaderProblem("html_page")
    return tables


def _pages(message: "Message[str, str]") -> Iterator[bytes]:
    """The bytes of each page."""
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            raise ReaderProblem("too_large")
        if any(isinstance(defect, _BROKEN_OFF) for defect in part.defects):
            raise ReaderProblem("incomplete_workbook")
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield content
