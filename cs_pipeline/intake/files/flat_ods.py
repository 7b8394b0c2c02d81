"""OpenDocument spreadsheets in one XML file (.fods), put into the archive that readers expect."""

import zipfile
from io import BytesIO
from typing import BinaryIO

from cs_pipeline.intake.files.reader_problem import ReaderProblem

MIME = "application/vnd.oasis.opendocument.spreadsheet"

_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
    "</manifest:manifest>"
)


def as_archive(stream: BinaryIO) -> BytesIO:
    """The same spreadsheet as an .ods, in memory.

    Raises:
        ReaderProblem: `xml_entities`.
    """
    stream.seek(0)
    content = stream.read()
    if b"<!ENTITY" in content.replace(b"\0", b""):
        raise ReaderProblem("xml_entities")
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    packed.seek(0)
    return packed
