"""The tables of README and `docs/` say what the code says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
import yaml

from cs_pipeline.cli import app
from cs_pipeline.config import GateLimits, NotifyKind
from cs_pipeline.config.reference import page as settings_page
from cs_pipeline.errors import CsPipelineError
from cs_pipeline.intake.exchanges import read_exchanges
from cs_pipeline.intake.sheets.speakers import speaker_of
from cs_pipeline.language import Language
from cs_pipeline.masked.placeholders import PLACEHOLDERS
from cs_pipeline.recipes.recipe import load_recipe
from tests.docs.pages import PAGES, ROOT, Page, code, page

FOLDERS: dict[Language, str] = {"en": "docs", "ko": "docs/ko"}
LANGUAGES = list(FOLDERS)


def in_both(en: str, ko: str) -> Any:
    """A test's pages: the English heading on the English page, the Korean one on its twin."""
    return pytest.mark.parametrize(("language", "heading"), [("en", en), ("ko", ko)])


def first_table(language: Language, name: str, heading: str) -> list[list[str]]:
    """The rows of the first table below a heading, without its own heading row."""
    return page(f"{FOLDERS[language]}/{name}").section(heading).tables[0][1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_have_the_defaults_of_the_declarations(language: Language) -> None:
    declared = {}
    for line in settings_page(language).splitlines():
        if line.startswith("| `CS_PIPELINE_"):
            name, _, default = line.split(" | ")[:3]
            declared[code(name)[0]] = default
    shown = 0
    for read in (Page(path) for path in PAGES):
        if (read.path.name.endswith(".ko.md") or "ko" in read.path.parts) != (language == "ko"):
            continue
        for table in read.tables:
            if table[0][1:2] not in (["Default"], ["기본값"]) or len(table[0]) != 3:
                continue
            for cell, default, _ in table[1:]:
                name = code(cell)[0]
                wanted = "`ko`" if name == "CS_PIPELINE_LANG" else declared[name]
                assert default == wanted, f"{read}: {name}"
                shown += 1
    assert shown > 10


@in_both("Commands", "명령")
def test_every_command_is_in_the_table(language: Language, heading: str) -> None:
    rows = first_table(language, "command-line.md", heading)
    shown = [name for cell, _ in rows for name in code(cell)]
    assert sorted(shown) == sorted(_leaves(typer.main.get_command(app)))


def _leaves(command: Any, before: str = "") -> Iterator[str]:
    for name, one in command.commands.items():
        if hasattr(one, "commands"):
            yield from _leaves(one, f"{before}{name} ")
        else:
            yield before + name


@in_both("Exit codes", "종료 코드")
def test_every_exit_code_is_in_the_table(language: Language, heading: str) -> None:
    codes = {int(number) for number, _ in first_table(language, "command-line.md", heading)}
    assert codes == {0, *_exit_codes(CsPipelineError)}


def _exit_codes(error: type[CsPipelineError]) -> set[int]:
    below = [_exit_codes(one) for one in error.__subclasses__()]
    return {error.exit_code}.union(*below)


@in_both("Recipes", "레시피")
def test_every_preset_is_in_the_table(language: Language, heading: str) -> None:
    shown = {code(cell)[0] for cell, _ in first_table(language, "model-owner.md", heading)}
    files = {path.stem for path in (ROOT / "cs_pipeline" / "recipes").glob("*.yaml")}
    assert shown == files


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_recipe_can_be_read(language: Language, tmp_path: Path) -> None:
    (example,) = page(f"{FOLDERS[language]}/model-owner.md").blocks("yaml")
    path = tmp_path / "ours.yaml"
    path.write_text(example, encoding="utf-8")
    recipe = load_recipe(str(path))
    assert (recipe.epochs, recipe.learning_rate) == (2, 1e-4)


@in_both("The gate", "판정")
def test_the_gates_table_names_every_limit(language: Language, heading: str) -> None:
    rows = first_table(language, "model-owner.md", heading)
    named = {span for row in rows for cell in row for span in code(cell)} - {"required"}
    # How many questions and how long for an answer are no limits of a rule.
    assert named | {"generation_questions", "approval_timeout_hours"} == set(
        GateLimits.model_fields
    )


@in_both("What is masked", "무엇을 마스킹하나")
def test_every_placeholder_is_in_the_table(language: Language, heading: str) -> None:
    rows = first_table(language, "privacy.md", heading)
    shown = [span for _, cell in rows for span in code(cell)]
    assert sorted(shown) == sorted(PLACEHOLDERS.values())


@in_both("Kinds", "종류")
def test_every_kind_of_message_is_in_the_table(language: Language, heading: str) -> None:
    rows = first_table(language, "notifications.md", heading)
    assert [code(row[0])[0] for row in rows] == list(get_args(NotifyKind))


@in_both("When a run starts", "실행이 시작될 때")
def test_every_dag_is_in_the_table(language: Language, heading: str) -> None:
    shown = {code(row[0])[0] for row in first_table(language, "ops.md", heading)}
    assert shown == {path.stem for path in (ROOT / "dags").glob("*.py")}
    unpaused = re.findall(r"for dag in ([\w ]+);", page(f"{FOLDERS[language]}/ops.md").text)
    assert [set(names.split()) for names in unpaused] == [shown]


@in_both("Headings", "머리글")
def test_headings_are_read_as_the_table_says(
    language: Language, heading: str, tmp_path: Path
) -> None:
    rows = first_table(language, "data-contract.md", heading)
    columns = [row[2].split(", ") for row in rows]
    for place, words in enumerate(columns):
        for word in words:
            named = [words[0] for words in columns]
            named[place] = word
            table = _QA if place < 2 else _MESSAGES
            text = table.format(*named).replace(";", "\n")
            path = tmp_path / f"{place}-{word}.csv"
            path.write_text(text, encoding="utf-8")
            read = read_exchanges(path, max_bytes=10_000)
            asked = [(one.question, one.answer) for one in read.exchanges]
            assert asked == [(_ASKED, _TOLD), (_AGAIN, _BACK)], word


_ASKED, _TOLD = "배송은 언제 도착하나요?", "출고 후 2일 안에 도착합니다."
_AGAIN, _BACK = "다른 상품이 왔어요. 어떻게 하나요?", "바로 다시 보내 드리겠습니다."
_QA = f"{{0}},{{1}};{_ASKED},{_TOLD};{_AGAIN},{_BACK}"
_MESSAGES = (
    f"{{4}},{{2}},{{3}};1001,고객,{_ASKED};1001,상담사,{_TOLD}"
    f";1002,고객,{_AGAIN};1002,상담사,{_BACK}"
)


@in_both("Headings", "머리글")
def test_speakers_are_known(language: Language, heading: str) -> None:
    text = page(f"{FOLDERS[language]}/data-contract.md").section(heading).text
    (line,) = re.findall(r"^\*\*(?:Speakers|발화자)\.\*\* (.+?)\.", text, re.MULTILINE)
    groups = [re.sub(r" ?\(.*", "", group).split(", ") for group in line.split(" · ")]
    told = [{speaker_of(word) for word in group} for group in groups]
    assert told == [{"customer"}, {"agent"}, {"bot"}]


@in_both("Refused files", "거절되는 파일")
def test_limits_of_an_export_are_those_of_the_rules(language: Language, heading: str) -> None:
    text = page(f"{FOLDERS[language]}/data-contract.md").section(heading).text
    rules = yaml.safe_load((ROOT / "cs_pipeline" / "quality" / "expectations.yaml").read_text())
    limits = {
        rule["reason"]: rule.get("max", rule.get("min", rule.get("below")))
        for rule in rules["rules"]
    }
    reasons = ("not_korean", "mostly_refused", "many_duplicates", "answers_not_sentences")
    for reason in (*reasons, "staff_notes", "answers_misplaced"):
        assert f"{limits[reason]:.0%}" in text, reason
    assert str(limits["drift"]) in text


def test_every_target_of_make_is_in_the_table() -> None:
    rows = page("docs/development.md").section("Set up").tables[0][1:]
    shown = [name for cell, _ in rows for name in code(cell)]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert sorted([*shown, "help"]) == sorted(targets)


def test_the_layers_are_those_that_are_checked() -> None:
    (shown,) = page("docs/development.md").section("Layout").blocks()
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r"layers = \[\n(.*?)\n\]", contracts, re.DOTALL)
    assert found
    assert shown.split() == re.findall(r'[^"\s,]+', found[1].replace("cs_pipeline.", ""))


def test_every_folder_of_tests_is_in_the_table() -> None:
    rows = page("docs/development.md").section("Tests").tables[0][1:]
    shown = {code(cell)[0] for cell, _ in rows}
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    tops = {folder.relative_to(ROOT).parts[:2] for folder in folders}
    assert shown == {"/".join(parts) for parts in tops}


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_a_readme_is_short(name: str) -> None:
    assert len(page(name).text.splitlines()) <= 180


def test_images_are_named_with_this_version() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = re.findall(r'^version = "(.+)"', pyproject, re.MULTILINE)
    text = page("docs/kubernetes.md").text
    assert set(re.findall(r"cs-pipeline-(?:airflow|trainer):([\d.]+)", text)) == set(version)
