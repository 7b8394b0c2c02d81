"""The site's file of quality rules: what it may say, and how a mistake is told."""

import os
import re
from pathlib import Path

import pytest

from cs_pipeline.errors import SettingsError
from cs_pipeline.quality.rules import BUILT_IN, Rule, load_rules

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "quality-rules.example.yaml"
OWN = "judge: row, figures: [answer_characters], words: {ko: 비밀값, en: 비밀값}"


def loaded(site: Path | None = None) -> dict[str, Rule]:
    return {rule.reason: rule for rule in load_rules(site, max_text_characters=50)}


def written(path: Path, yaml: str) -> Path:
    path.write_text(yaml, encoding="utf-8")
    return path


def test_the_built_in_rules_are_those_that_the_pipeline_promises() -> None:
    rules = loaded()
    assert [rule.reason for rule in rules.values() if rule.judge == "row"] == [
        *("empty_question", "empty_answer", "too_long", "no_text", "same_text")
    ]
    assert {rule.reason for rule in rules.values() if rule.severity == "critical"} == {
        *("columns_missing", "nothing_left", "not_korean", "columns_swapped"),
        *("answers_not_sentences", "staff_notes", "answers_misplaced"),
    }
    assert {rule.reason for rule in rules.values() if rule.severity == "warning"} >= {
        *("mostly_refused", "many_duplicates", "drift")
    }
    assert rules["too_long"].most == 50


def test_the_example_can_be_used_as_it_is() -> None:
    before, rules = loaded(), loaded(EXAMPLE)
    assert (rules["mostly_refused"].most, rules["mostly_refused"].severity) == (0.1, "critical")
    assert "same_text" not in rules
    assert rules["columns_swapped"].least_rows == 50
    assert rules["columns_swapped"].most == before["columns_swapped"].most
    assert rules["short_answers"].words is not None
    assert rules["chatty_answer"].severity == "warning"
    assert rules["not_korean"] == before["not_korean"]


@pytest.mark.parametrize(
    ("terms", "least", "most", "strict"),
    [
        ("max: 0.4", None, 0.4, (False, False)),
        ("below: 0.4", None, 0.4, (False, True)),
        ("min: 0.1", 0.1, 0.2, (False, False)),
        ("{above: 0.1, max: 0.4}", 0.1, 0.4, (True, False)),
        ("severity: critical", None, 0.2, (False, False)),
    ],
)
def test_a_site_changes_one_limit_and_leaves_the_other(
    tmp_path: Path, terms: str, least: float | None, most: float, strict: tuple[bool, bool]
) -> None:
    entry = f"{{reason: mostly_refused, {terms.strip('{}')}}}"
    rule = loaded(written(tmp_path / "site.yaml", f"rules: [{entry}]"))["mostly_refused"]
    assert (rule.least, rule.most) == (least, most)
    assert (rule.above_least, rule.below_most) == strict


@pytest.mark.parametrize("off", ["off", "'off'"])
def test_what_is_switched_off_is_gone(tmp_path: Path, off: str) -> None:
    yaml = f"rules: [{{reason: too_long, severity: {off}}}]"
    assert loaded().keys() - loaded(written(tmp_path / "site.yaml", yaml)).keys() == {"too_long"}


def test_an_edited_file_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path / "site.yaml", "rules: [{reason: drift, max: 0.1}]")
    assert loaded(path)["drift"].most == 0.1
    written(path, "rules: [{reason: drift, max: 0.2}]")
    os.utime(path, ns=(1, 1))
    assert loaded(path)["drift"].most == 0.2


@pytest.mark.parametrize(
    ("line", "said", "yaml"),
    [
        (1, "key is unknown", "rulez: []"),
        (1, "`key: value` lines", "[비밀값]"),
        (1, "Expected a list of at least one", "rules: []"),
        (2, "key reason is missing", "rules:\n- {severity: off}"),
        (1, "key is unknown", "rules: [{reason: drift, 비밀값: 1}]"),
        (1, "key is unknown", "rules: [{reason: drift, fixed: rule}]"),
        (3, "is defined above", "rules:\n- {reason: drift, max: 0.1}\n- {reason: drift, max: 0.2}"),
        (2, "must be one of", "rules:\n- {reason: drift, severity: 비밀값}"),
        (1, "must be one of", "rules: [{reason: drift, severity: [off]}]"),
        (1, "Expected a number from 0 to 1.", "rules: [{reason: mostly_refused, max: 20}]"),
        (1, "Expected a number from 0 to 1.", "rules: [{reason: mostly_refused, max: 비밀값}]"),
        (1, "Expected a number from 0 to 1.", "rules: [{reason: mostly_refused, max: .nan}]"),
        (1, "Expected a number from 0 to 1.", "rules: [{reason: mostly_refused, max: [1]}]"),
        (1, "Expected a number from -1 to 1.", "rules: [{reason: columns_swapped, max: 2}]"),
        (1, "Expected a number from 0 to 1,000,000.", "rules: [{reason: too_long, max: -1}]"),
        (1, "cannot be used together", "rules: [{reason: drift, max: 0.1, below: 0.1}]"),
        (1, "No value fits between", "rules: [{reason: drift, min: 0.7}]"),
        (1, "No value fits between", "rules: [{reason: drift, min: 0.1, below: 0.1}]"),
        (1, "guards the program", "rules: [{reason: nothing_left, severity: off}]"),
        (1, "guards the program", "rules: [{reason: nothing_left, below: 0.9}]"),
        (1, "guards the program", "rules: [{reason: columns_missing, severity: warning}]"),
        (1, "min of the rule empty_answer", "rules: [{reason: empty_answer, min: 5}]"),
        (1, "max of the rule same_text", "rules: [{reason: same_text, max: 1}]"),
        (1, "figures of the rule drift", "rules: [{reason: drift, figures: [is_refused]}]"),
        (1, "words of the rule drift", "rules: [{reason: drift, words: {ko: 가, en: a}}]"),
        (1, "check the spelling", f"rules: [{{reason: Drift, {OWN}, max: 1}}]"),
        (1, "check the spelling", f"rules: [{{reason: residual_pii, {OWN}, max: 1}}]"),
        (1, "key judge is missing", "rules: [{reason: drfit, max: 0.1}]"),
        (1, "one of min, above, max and below", f"rules: [{{reason: own_rule, {OWN}}}]"),
        (
            1,
            "key en is missing",
            "rules: [{reason: own, judge: row, figures: [is_duplicate], max: 0, words: {ko: 가}}]",
        ),
        (
            1,
            "300 characters at most",
            "rules: [{reason: own, judge: row, figures: [is_duplicate], max: 0, "
            f"words: {{ko: {'가' * 301}, en: a}}}}]",
        ),
        (
            1,
            "must be one of: row, export",
            "rules: [{reason: own, judge: columns, figures: [drift], max: 0, words: {}}]",
        ),
        (
            1,
            "must be one of: question_characters",
            "rules: [{reason: own, judge: row, figures: [drift], max: 0, words: {ko: 가, en: a}}]",
        ),
        (
            1,
            "takes one figure",
            "rules: [{reason: own, judge: export, figures: [drift, is_refused], max: 0, "
            "words: {ko: 가, en: a}}]",
        ),
        (1, "rules on the export as a whole", "rules: [{reason: too_long, least_rows: 5}]"),
        (2, "This is not YAML", "rules:\n- {reason: 비밀값"),
        (1, "holds nothing", "# empty"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_never_repeated(
    tmp_path: Path, line: int, said: str, yaml: str
) -> None:
    path = written(tmp_path / "site.yaml", yaml)
    with pytest.raises(SettingsError) as caught:
        loaded(path)
    words = caught.value.words
    assert f"line {line}: " in words.en
    assert said in words.en
    assert re.search(rf"site\.yaml {line}행: .+", words.ko)
    assert "비밀값" not in words.ko + words.en


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path / "gone.yaml")
    assert "gone.yaml" in caught.value.words.ko
    assert "quality rules" in caught.value.words.en


def test_the_built_in_file_travels_with_the_package() -> None:
    import tomllib

    project = Path(__file__).resolve().parents[3] / "pyproject.toml"
    shipped = tomllib.loads(project.read_text("utf-8"))["tool"]["setuptools"]["package-data"]
    assert any(BUILT_IN.match(pattern) for pattern in shipped["cs_pipeline"])
