"""Every command in README and `docs/` is one that there is, with options that it takes."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from cs_pipeline.cli import app
from cs_pipeline.config import Settings
from cs_pipeline.config.group import PREFIX
from cs_pipeline.config.unknown import BESIDE_SETTINGS
from tests.docs.pages import PAGES, ROOT, Page, shell_commands

READ = [Page(path) for path in PAGES if path.name != "CHANGELOG.md"]
SHELL = ("bash", "sh")
VARIABLE = re.compile(rf"\b{PREFIX}[A-Z0-9_]+")
KNOWN = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | BESIDE_SETTINGS


def commands(read: Page) -> Iterator[list[str]]:
    """The arguments of every `cs-pipeline` of a page; what is left open in them is left out."""
    for block in read.blocks(*SHELL):
        yield from shell_commands(block, "cs-pipeline")
    for span in read.spans:
        if span.startswith("cs-pipeline ") and "{" not in span:
            (given,) = shell_commands(span.replace("[", "").replace("]", ""), "cs-pipeline")
            if "…" not in given and "..." not in given:
                yield given


def parsed(given: list[str]) -> tuple[Any, list[str]]:
    """The command that these arguments name, and its own arguments."""
    command: Any = typer.main.get_command(app)
    rest = list(given)
    while hasattr(command, "commands") and rest and not rest[0].startswith("-"):
        assert rest[0] in command.commands, f"there is no command {' '.join(given)}"
        command = command.commands[rest.pop(0)]
    return command, rest


@pytest.mark.parametrize("read", READ, ids=str)
def test_commands_and_their_options_are_known(read: Page) -> None:
    for given in commands(read):
        command, rest = parsed(given)
        known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
        options = {word.split("=")[0] for word in rest if word.startswith("-")}
        assert options <= known | {"--help"}, f"{read}: cs-pipeline {' '.join(given)}"


@pytest.mark.parametrize("read", READ, ids=str)
def test_commands_in_blocks_have_what_they_need(read: Page) -> None:
    for block in read.blocks(*SHELL):
        for given in shell_commands(block, "cs-pipeline"):
            command, rest = parsed(given)
            assert not hasattr(command, "commands"), f"{read}: {given} is not a whole command"
            context = command.context_class(command)
            values, too_many, _ = command.make_parser(context).parse_args(list(rest))
            missing = [one.name for one in command.params if one.required and not values[one.name]]
            assert not too_many, f"{read}: cs-pipeline {' '.join(given)}"
            assert not missing, f"{read}: cs-pipeline {' '.join(given)} lacks {missing}"


@pytest.mark.parametrize("read", READ, ids=str)
def test_targets_of_make_are_known(read: Page) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    spans = "\n".join(span for span in read.spans if span.startswith("make "))
    for block in (*read.blocks(*SHELL), spans):
        for given in shell_commands(block.replace("…", "help"), "make"):
            named = [word for word in given if "=" not in word]
            assert set(named) <= targets, f"{read}: make {' '.join(given)}"


@pytest.mark.parametrize("read", READ, ids=str)
def test_variables_are_settings(read: Page) -> None:
    # A page may write a part of a name, such as CS_PIPELINE_POD_.
    named = {name for name in VARIABLE.findall(read.text) if not name.endswith("_")}
    assert named <= KNOWN, f"{read}: {named - KNOWN}"
