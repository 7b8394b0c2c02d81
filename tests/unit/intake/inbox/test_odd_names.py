import os
from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.intake.exchanges import read_exchanges
from tests.unit.intake import workbooks
from tests.unit.intake.inbox.claims import claim_exports, pending_exports

NAMES = {
    "line break": b"a\nb.xlsx",
    "looks like a path": "a..\\..\\etc／passwd.xlsx".encode(),
    "starts with dots": b"_..xlsx",
    "emoji": "상담😀👨‍👩‍👧.xlsx".encode(),
    "255 bytes": ("가" * 83).encode() + b"a.xlsx",
    "turned direction": "상담\u202exslx.exe".encode(),
    "line separator and marks of direction": "상담\u2028\u200f\u061c3월.xlsx".encode(),
    "255 bytes of emoji": "😀".encode() * 62 + b"ab.xlsx",
    "CP949": "상담내역 3월.xlsx".encode("cp949"),
    "no text": b"\xff\xfe\xfd.xlsx",
    "quotes and braces": b"'{file}' \"$(x)\" %s.xlsx",
    "leading dash": b"--help.xlsx",
}


@pytest.mark.parametrize("raw", NAMES.values(), ids=NAMES)
def test_an_odd_name_is_claimed_safely_and_read(
    settings: Settings, inbox: Path, raw: bytes
) -> None:
    workbooks.plain_qa(inbox / "plain.xlsx").rename(inbox / os.fsdecode(raw))
    [pending] = pending_exports(settings)
    pending.name.encode()
    [export] = claim_exports(settings, run_key="run", mask_name=lambda name: name)
    path = Path(export.uri)
    assert path.parent == settings.processing_dir / "run"
    assert len(export.name.encode()) <= 200
    assert export.name.isprintable() or "\u200d" in export.name
    assert not list(inbox.iterdir())
    assert len(read_exchanges(path, max_bytes=1_000_000).exchanges) == 2


def test_korean_names_of_old_archives_are_readable(settings: Settings, inbox: Path) -> None:
    workbooks.plain_qa(inbox / "plain.xlsx").rename(
        inbox / os.fsdecode("상담내역 3월.xlsx".encode("cp949"))
    )
    assert [export.name for export in pending_exports(settings)] == ["상담내역 3월.xlsx"]


def test_names_that_only_differ_in_bytes_that_are_no_text_stay_apart(
    settings: Settings, inbox: Path
) -> None:
    for index, raw in enumerate((b"\xff\xfe.xlsx", b"\xfe\xff.xlsx")):
        (inbox / os.fsdecode(raw)).write_bytes(b"%d" % index)
    claimed = claim_exports(settings, run_key="run", mask_name=lambda name: name)
    assert len({export.name for export in claimed}) == 2
    assert len({export.sha256 for export in claimed}) == 2
