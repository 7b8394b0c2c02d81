"""No rule finds anything in a text without its trigger."""

import gc
import importlib
import pkgutil
import re
from dataclasses import replace
from pathlib import Path

import pytest

from cs_pipeline.pii import finders
from cs_pipeline.pii.joints import join_groups
from cs_pipeline.pii.named_values import NamedValues
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.pii.rules import Rule, RuleSet, compiled, led

STRING = re.compile(r'"([^"\n]*[가-힣0-9][^"\n]*)"')


def texts() -> list[str]:
    """All sentences of the tables beside this module, in normal form."""
    rows = {
        row.replace("[", "").replace("]", "").replace("|", "\n").replace("\\n", "\n")
        for path in Path(__file__).parent.rglob("test_*.py")
        for row in STRING.findall(path.read_text("utf-8"))
    }
    normal = {normalize(row).text for row in rows}
    return sorted(normal | {join_groups(row).text for row in normal})


def all_of(kind: type) -> list:
    """Every rule, or set of rules, of the finders."""
    for module in pkgutil.walk_packages(finders.__path__, f"{finders.__name__}."):
        importlib.import_module(module.name)
    # By `type`, as `isinstance` would ask lazy objects of other libraries, which import then.
    return [one for one in gc.get_objects() if type(one) is kind]


def triggered_rules() -> list[Rule]:
    """Every rule that has a trigger of its own."""
    rules = {rule.name: rule for rule in all_of(Rule) if rule.trigger}
    return sorted(rules.values(), key=lambda rule: rule.name)


# The word for securities may stand anywhere in the text: this trigger is a condition of its own.
NARROWER = {"account.securities"}


def rule_sets() -> list[RuleSet]:
    """Every set of rules that share a trigger."""
    sets = {rules.rules[0].name: rules for rules in all_of(RuleSet)}
    return [rules for name, rules in sorted(sets.items()) if name not in NARROWER]


def named_values() -> list[NamedValues]:
    """Every set of kinds that naming words tell apart."""
    return sorted(all_of(NamedValues), key=lambda named: named.kinds[0].name)


@pytest.fixture(scope="module")
def all_texts() -> list[str]:
    return texts()


@pytest.mark.parametrize("rule", triggered_rules(), ids=lambda rule: rule.name)
def test_no_finding_without_its_trigger(rule, all_texts) -> None:
    trigger, freed = compiled(rule.trigger), replace(rule, trigger="")
    missed = [
        text for text in all_texts if not trigger.search(text) and next(freed.find(text), None)
    ]
    assert missed == []


@pytest.mark.parametrize("rules", rule_sets(), ids=lambda rules: rules.rules[0].name)
def test_no_finding_of_a_set_without_its_trigger(rules, all_texts) -> None:
    trigger = compiled(rules.trigger)
    missed = [
        (rule.name, text)
        for text in all_texts
        if not trigger.search(text)
        for rule in rules.rules
        if next(rule.find(text), None)
    ]
    assert missed == []


@pytest.mark.parametrize("named", named_values(), ids=lambda named: named.kinds[0].name)
def test_no_named_value_without_one_trigger_of_each_group(named, all_texts) -> None:
    freed = replace(named, triggers=())
    missed = [
        text
        for text in all_texts
        if not all(
            any(compiled(one).search(text) for one in triggers) for triggers in named.triggers
        )
        and next(freed.find(text), None)
    ]
    assert missed == []


@pytest.mark.parametrize(
    "text", ["골뱅이", "a)", "A)", "AT)", "xx0", "0", "b", "골", "뱅", "aa", ""]
)
def test_a_led_pattern_finds_what_its_alternatives_find(text) -> None:
    pattern = led({"골": "[뱅벵]", "a": r"t? [)]", "0-9": "(?<= x. )"})
    plain = r"골[뱅벵] | at?[)] | (?<=x)[0-9]"
    found = [match.span() for match in compiled(pattern).finditer(text)]
    assert found == [match.span() for match in compiled(plain).finditer(text)]
