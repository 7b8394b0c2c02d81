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
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.pii.rules import Rule, compiled

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


def triggered_rules() -> list[Rule]:
    """Every rule that has a trigger of its own."""
    for module in pkgutil.walk_packages(finders.__path__, f"{finders.__name__}."):
        importlib.import_module(module.name)
    # By `type`, as `isinstance` would ask lazy objects of other libraries, which import then.
    rules = [one for one in gc.get_objects() if type(one) is Rule and one.trigger]
    return sorted({rule.name: rule for rule in rules}.values(), key=lambda rule: rule.name)


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
