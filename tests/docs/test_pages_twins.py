"""A Korean page holds what its English twin holds."""

import re

import pytest

from tests.docs.pages import ROOT, Page, page

# Shorter on purpose: it sends its reader to the English page for the rest.
SHORTER = {"compose.md"}
TWINS = [("README.md", "README.ko.md")] + [
    (f"docs/{path.name}", f"docs/ko/{path.name}")
    for path in sorted((ROOT / "docs" / "ko").glob("*.md"))
    if path.name not in SHORTER
]
BOTH = pytest.mark.parametrize(("english", "korean"), TWINS)


@BOTH
def test_twins_have_the_same_sections(english: str, korean: str) -> None:
    levels = [[level for level, _ in page(name).headings] for name in (english, korean)]
    assert levels[0] == levels[1]


@BOTH
def test_twins_have_the_same_tables(english: str, korean: str) -> None:
    shapes = [
        [[len(row) for row in table] for table in page(name).tables] for name in (english, korean)
    ]
    assert shapes[0] == shapes[1]


@BOTH
def test_twins_have_the_same_commands(english: str, korean: str) -> None:
    assert _commands(page(english)) == _commands(page(korean))


@BOTH
def test_twins_name_each_other(english: str, korean: str) -> None:
    for here, there in ((english, korean), (korean, english)):
        targets = {(ROOT / here).parent / link for link in page(here).links[:1]}
        assert {path.resolve() for path in targets} == {ROOT / there}


def _commands(read: Page) -> list[str]:
    """Code without comments, spaces and what is quoted."""
    blocks = read.blocks("bash", "python", "yaml", "sh")
    plain = [re.sub(r'"[^"]*"', '""', re.sub(r"\s+#.*", "", block)) for block in blocks]
    return [" ".join(block.split()) for block in plain]
