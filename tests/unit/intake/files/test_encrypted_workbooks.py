import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from cs_pipeline.errors import ExportError
from cs_pipeline.intake.files.encryption import EXCELS_OWN_PASSWORD, opened
from cs_pipeline.intake.files.workbook import read_workbook
from tests.unit.intake import hostile_files, other_formats

LIMIT = 10_000_000
PASSWORD = "열려라 참깨!1"
TABLE = [tuple(row) for row in other_formats.TABLE]
BUILDERS = {"xlsx": other_formats.encrypted_xlsx, "xls": other_formats.encrypted_xls}
Build = Callable[[Path, str], Path]
both = pytest.mark.parametrize("build", BUILDERS.values(), ids=BUILDERS)


def read(path: Path, *passwords: str) -> list[tuple[str, ...]]:
    [sheet] = read_workbook(
        path, max_bytes=LIMIT, passwords=[SecretStr(password) for password in passwords]
    )
    return sheet.rows


@both
def test_any_of_several_passwords_opens_it(tmp_path: Path, build: Build) -> None:
    path = build(tmp_path / "a.xlsx", PASSWORD)
    assert read(path, "", "다른 암호", PASSWORD, "another") == TABLE


@both
def test_what_excel_encrypts_by_itself_needs_no_password(tmp_path: Path, build: Build) -> None:
    assert read(build(tmp_path / "a.xls", EXCELS_OWN_PASSWORD)) == TABLE


@both
@pytest.mark.parametrize(
    ("reason", "passwords"),
    [
        ("password_protected", []),
        ("wrong_password", ["열려라 참깨!2"]),
        ("wrong_password", ["", "x", "가" * 300]),
    ],
)
def test_without_the_password_it_stays_closed(
    tmp_path: Path, build: Build, reason: str, passwords: list[str]
) -> None:
    path = build(tmp_path / "a.xlsx", PASSWORD)
    with pytest.raises(ExportError) as caught:
        read(path, *passwords)
    assert caught.value.reason == reason
    for text in (*vars(caught.value).values(), caught.value.__context__):
        assert "참깨" not in repr(text)
    assert "CS_PIPELINE_EXPORT_PASSWORDS" in caught.value.words.ko


@both
def test_no_plain_byte_reaches_a_disk(
    tmp_path: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was made")

    path = build(tmp_path / "a.xls", PASSWORD)
    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, forbidden)
    with path.open("rb") as stream:
        assert opened(stream, [PASSWORD]).read(2) in (b"PK", b"\xd0\xcf")
    assert list(tmp_path.iterdir()) == [path]


def test_passwords_do_no_harm_to_open_workbooks(tmp_path: Path) -> None:
    assert read(other_formats.xls(tmp_path / "a.xls"), PASSWORD) == TABLE
    assert read(other_formats.xlsx(tmp_path / "a.xlsx"), PASSWORD) == TABLE


@pytest.mark.parametrize(
    ("reason", "build"),
    [
        ("unsupported_encryption", other_formats.encrypted_ods),
        ("unsupported_encryption", hostile_files.zip_with_password),
        ("wrong_password", other_formats.obscured_xls),
        ("unsupported_encryption", other_formats.obscured_book),
        ("damaged_workbook", hostile_files.laughing_encryption),
        ("drm_protected", lambda path: other_formats.ole_with(path, "\tDRMContent")),
        ("not_a_workbook", lambda path: other_formats.ole_with(path, "WordDocument")),
    ],
)
def test_what_no_password_opens(tmp_path: Path, reason: str, build: Callable[[Path], Path]) -> None:
    with pytest.raises(ExportError) as caught:
        read(build(tmp_path / "a.xlsx"), PASSWORD)
    assert caught.value.reason == reason
