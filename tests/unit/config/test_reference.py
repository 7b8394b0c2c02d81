from pathlib import Path

import pytest

from cs_pipeline.config import RunOptions, Settings, declared
from cs_pipeline.config.reference import FILES, main, page

DOCS = Path(__file__).resolve().parents[3] / "docs"
SECRET = "tiger-balm-9000"


@pytest.mark.parametrize("language", FILES)
def test_the_pages_are_those_of_the_declarations(language):
    written = (DOCS / FILES[language]).read_text(encoding="utf-8")
    assert written == page(language), f"docs/{FILES[language]} is out of date: run `make docs`"


@pytest.mark.parametrize("language", FILES)
def test_each_setting_has_one_row_with_default_limits_and_meaning(language):
    rows = [line for line in page(language).splitlines() if line.startswith("| `CS_PIPELINE_")]
    cells = {row.split("`")[1]: [cell.strip() for cell in row.split(" | ")] for row in rows}
    assert len(rows) == len(cells) == len(Settings.model_fields)
    for field in declared(Settings):
        row = cells[f"CS_PIPELINE_{field.name.upper()}"]
        assert len(row) == 5
        assert getattr(field.described, language) in row[4]
        assert row[0].endswith("*") == (field.name in RunOptions.model_fields)
    assert cells["CS_PIPELINE_VAL_SHARE"][2:4] == ["`0.1`", "> 0, < 1"]
    assert cells["CS_PIPELINE_HIDDEN_ROWS"][2:4] == ["`read`", "`read`, `skip`"]
    assert cells["CS_PIPELINE_AUTO_PROMOTE"][2] == "`true`"
    assert cells["CS_PIPELINE_INBOX"][2] == "`<data_dir>/inbox`"


@pytest.mark.parametrize("language", FILES)
def test_a_page_holds_no_value_of_the_environment(monkeypatch, language):
    before = page(language)
    for name in ("S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY", "INBOX", "DATA_DIR"):
        monkeypatch.setenv(f"CS_PIPELINE_{name}", SECRET)
    monkeypatch.setenv("CS_PIPELINE_EXPORT_PASSWORDS", f'["{SECRET}"]')
    assert page(language) == before
    assert SECRET not in before


def test_both_pages_are_written(tmp_path):
    main(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"settings.md", "settings.ko.md"}
    assert (tmp_path / "settings.ko.md").read_text(encoding="utf-8") == page("ko")
