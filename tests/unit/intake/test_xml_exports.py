"""Records of XML are read as tables, and what cannot be is refused for what it is."""

from pathlib import Path

import pytest

from cs_pipeline.config import Settings
from cs_pipeline.errors import ExportError
from cs_pipeline.intake.exchanges import read_exchanges
from tests.unit.intake.call_centre_exports import Build
from tests.unit.intake.test_call_centre_exports import assert_as_expected
from tests.unit.intake.xml_exports import XML


@pytest.mark.parametrize(("build", "name"), XML.values(), ids=XML)
def test_an_export_gives_the_pairs_that_its_owner_expects(
    settings: Settings, tmp_path: Path, build: Build, name: str
) -> None:
    assert_as_expected(settings, tmp_path / name, build)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<a><b>1</b><b>2</b>", "damaged_workbook"),
        ("<a><b>1</c></a>", "damaged_workbook"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "xml_entities"),
        ("<a>" * 60 + "</a>" * 60, "damaged_workbook"),
        ("<a><b>1</b></a>", "no_conversation_sheet"),
    ],
)
def test_xml_that_cannot_be_read_says_why(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(f'<?xml version="1.0"?>{text}', encoding="utf-8")
    with pytest.raises(ExportError) as error:
        read_exchanges(path, max_bytes=1_000_000)
    assert error.value.reason == reason
