"""Old and encrypted Excel files: OLE containers, opened in memory by the passwords at hand."""

import io
import struct
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, BinaryIO

from cs_pipeline.intake.files.reader_problem import ReaderProblem

EXCELS_OWN_PASSWORD = "VelvetSweatshop"  # noqa: S105 - published; Excel writes it by itself
"""What Excel encrypts with when only a workbook's structure is protected."""

_HEAD_BYTES, _INFO_BYTES = 4096, 64 * 1024
_FILE_PASS = 0x2F
_INFO_VERSIONS = (2, 3, 4)  # standard, extensible, agile


def opened(stream: BinaryIO, passwords: Sequence[str]) -> BinaryIO:
    """The workbook inside an OLE container: `stream` itself, or its decrypted bytes in memory.

    Raises:
        ReaderProblem: `drm_protected`, `password_protected` (none was given), `wrong_password`
            (none fits), `unsupported_encryption`, `not_a_workbook` or `damaged_workbook`.
    """
    import olefile

    stream.seek(0)
    try:
        with olefile.OleFileIO(stream) as container:
            paths = [[name.lower() for name in path] for path in container.listdir()]
            undoable = _has_known_cipher(container)
    except Exception:  # olefile raises whatever a broken container leads it into
        raise ReaderProblem("damaged_workbook") from None
    stream.seek(0)
    if any("drm" in name for path in paths for name in path):
        raise ReaderProblem("drm_protected")
    if ["encryptedpackage"] in paths or ["workbook"] in paths:
        return _decrypted(stream, passwords, sound=undoable)
    if ["book"] in paths:  # Excel 5.0 and 95
        if undoable:
            raise ReaderProblem("unsupported_encryption")
        return stream
    raise ReaderProblem("not_a_workbook")


def _has_known_cipher(container: Any) -> bool:
    """Whether the container says how it is encrypted: a sound header, whatever the cipher.

    That is a FilePass record ([MS-XLS] 2.4.117) among the first ones of an old workbook, or an
    EncryptionInfo stream ([MS-OFFCRYPTO] 2.3) that names a version and defines no entities.
    """
    for name in ("Workbook", "Book"):
        if container.exists(name):
            return _has_file_pass(container.openstream(name).read(_HEAD_BYTES))
    if container.exists("EncryptionInfo"):
        info = container.openstream("EncryptionInfo").read(_INFO_BYTES)
        minor = int.from_bytes(info[2:4], "little")
        return minor in _INFO_VERSIONS and b"<!" not in info
    return False


def _has_file_pass(head: bytes) -> bool:
    at = 0
    while at + 4 <= len(head):
        number, size = struct.unpack_from("<HH", head, at)
        if number == _FILE_PASS:
            return True
        at += 4 + size
    return False


def _decrypted(stream: BinaryIO, passwords: Sequence[str], *, sound: bool) -> BinaryIO:
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    try:
        office = _office_file(stream)
        if not office.is_encrypted():
            stream.seek(0)
            return stream
        for password in dict.fromkeys([*filter(None, passwords), EXCELS_OWN_PASSWORD]):
            try:
                return _decrypted_by(office, password)
            except InvalidKeyError:
                continue
    except DecryptionError:
        raise ReaderProblem("unsupported_encryption") from None
    except MemoryError:
        raise
    except Exception:  # a broken header, or an unknown cipher, leads the library into any error
        raise ReaderProblem("unsupported_encryption" if sound else "damaged_workbook") from None
    raise ReaderProblem("wrong_password" if passwords else "password_protected")


def _office_file(stream: BinaryIO) -> Any:
    import msoffcrypto
    from msoffcrypto.format import xls97

    # The library decrypts an .xls in a temporary file. No plain byte may reach a disk.
    xls97.tempfile = SimpleNamespace(TemporaryFile=io.BytesIO)
    return msoffcrypto.OfficeFile(stream)


def _decrypted_by(office: Any, password: str) -> BinaryIO:
    options = {"verify_password": True} if office.format == "ooxml" else {}
    office.load_key(password=password, **options)
    plain = io.BytesIO()
    office.decrypt(plain)
    plain.seek(0)
    return plain
