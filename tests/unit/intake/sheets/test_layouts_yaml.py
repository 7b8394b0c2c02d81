"""The site's file of headings and layouts: what it may say, and how a mistake is told."""

import os
import re
from pathlib import Path

import pytest

from cs_pipeline.errors import SettingsError
from cs_pipeline.intake.sheets.layouts import load_layouts
from tests.unit.intake import workbooks

EXAMPLE = Path(__file__).resolve().parents[4] / "docs" / "export-layouts.example.yaml"


def test_the_example_can_be_used_as_it_is() -> None:
    layouts = load_layouts(EXAMPLE)
    assert layouts.vendors[0].name == "civil_desk"
    assert layouts.speaker_of("민 원 인") == "customer"
    assert layouts.speaker_of("9", layouts.vendors[0]) == "bot"
    assert layouts.speaker_of("상담사") == "agent"
    assert layouts.personal["민원인성함"] == "NAME"
    assert "민원" in layouts.words["question"]
    assert "질문" in layouts.words["question"]


def test_a_sites_layout_takes_the_place_of_the_built_in_one_of_its_name(tmp_path: Path) -> None:
    path = workbooks.written(
        tmp_path / "site.yaml",
        "vendors: [{name: happytalk, columns: {question: [물음], answer: [대답]}}]",
    )
    vendors = load_layouts(path).vendors
    assert [vendor.name for vendor in vendors] == [
        "happytalk",
        "channel_talk",
        "salesforce",
        "google_play",
    ]
    assert vendors[0].pair == ("question", "answer")


def test_an_edited_file_is_read_again(tmp_path: Path) -> None:
    path = workbooks.written(tmp_path / "site.yaml", "columns: {question: [민원]}")
    assert "민원" in load_layouts(path).words["question"]
    workbooks.written(path, "columns: {question: [청원]}")
    os.utime(path, ns=(1, 1))
    assert "민원" not in load_layouts(path).words["question"]


@pytest.mark.parametrize(
    ("line", "said", "yaml"),
    [
        (1, "key is unknown", "colums: {}"),
        (2, "key is unknown", "columns:\n  asked: [민원]"),
        (1, "`key: value` lines", "columns: [민원]"),
        (1, "Expected a list of at least one", "columns: {question: 민원}"),
        (1, "Expected a list of at least one", "columns: {question: []}"),
        (1, "Expected one value", "columns: {question: [[민원]]}"),
        (1, "Expected one value", "columns: {question: [true]}"),
        (1, "1 to 30 letters or digits", "columns: {question: ['--']}"),
        (1, "1 to 30 letters or digits", f"columns: {{question: [{'가' * 31}]}}"),
        (2, "same word is also", "columns:\n  question: [민원, '민 원']"),
        (3, "same word is also", "columns:\n  question: [민원]\n  answer: [민원]"),
        (2, "same word is also", "columns:\n  answer: [문의]"),
        (3, "same word is also", "speakers:\n  customer: [갑]\n  agent: [갑]"),
        (1, "is given twice", "speakers: {customer: [갑], customer: [을]}"),
        (2, "key is unknown", "personal:\n  NICKNAME: [별명]"),
        (1, "key name is missing", "vendors: [{columns: {question: [가], answer: [나]}}]"),
        (1, "key columns is missing", "vendors: [{name: a}]"),
        (1, "Expected one pair", "vendors: [{name: a, columns: {question: [가]}}]"),
        (
            1,
            "Expected one pair",
            "vendors: [{name: a, columns: {question: [가], answer: [나], text: [다]}}]",
        ),
        (
            1,
            "same word is also",
            "vendors: [{name: a, columns: {question: [가], answer: [가]}}]",
        ),
        (
            3,
            "layout of this name",
            "vendors:\n- {name: a, columns: {question: [가], answer: [나]}}\n"
            "- {name: a, columns: {question: [가], answer: [나]}}",
        ),
        (
            1,
            "key text is missing",
            "vendors: [{name: a, columns: {question: [가], answer: [나]}, template: {drop: [x]}}]",
        ),
        (
            3,
            "person or conversation",
            "vendors:\n- {name: a, columns: {question: [가], answer: [나]},\n"
            "   people: [{sheets: [x], of: who, id: [id], values: {NAME: [name]}}]}",
        ),
        (2, "This is not YAML", "columns:\n  question: [민원"),
        (1, "holds nothing", "# empty"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_never_repeated(
    tmp_path: Path, line: int, said: str, yaml: str
) -> None:
    path = workbooks.written(tmp_path / "site.yaml", yaml)
    with pytest.raises(SettingsError) as caught:
        load_layouts(path)
    words = caught.value.words
    assert f"line {line}: " in words.en
    assert said in words.en
    assert re.search(rf"site\.yaml {line}행: .+", words.ko)
    assert "민원" not in words.ko.replace(str(path), "")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load_layouts(tmp_path / "gone.yaml")
    assert "gone.yaml" in caught.value.words.ko
    assert "export layouts" in caught.value.words.en
