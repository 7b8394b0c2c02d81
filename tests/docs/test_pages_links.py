"""Nothing in README or `docs/` points to what is not there."""

import re
from urllib.parse import unquote, urlsplit

import pytest

from tests.docs.pages import PAGES, ROOT, Page, page

READ = [Page(path) for path in PAGES]
CODE = [
    path
    for folder in ("cs_pipeline", "plugins", "dags", "deploy", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".yaml", ".j2", ".js", ".md", ".template", ".json"}
]
MENTIONED = re.compile(r"docs/[\w./-]+\.(?:md|yaml)")
# Paths of this repository among the code spans of a page.
OWN = re.compile(r"(?:cs_pipeline|dags|deploy|docs|plugins|tests|benchmarks)/[\w./-]*")


@pytest.mark.parametrize("read", READ, ids=str)
def test_every_relative_link_and_anchor_is_there(read: Page) -> None:
    for link in read.links:
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (read.path.parent / unquote(parts.path)).resolve() if parts.path else read.path
        assert target.exists(), f"{read}: {link}"
        if parts.fragment:
            assert unquote(parts.fragment) in Page(target).anchors, f"{read}: {link}"


@pytest.mark.parametrize("read", READ, ids=str)
def test_every_path_of_the_repository_is_there(read: Page) -> None:
    for span in read.spans:
        if OWN.fullmatch(span) and read.path.name != "CHANGELOG.md":
            assert (ROOT / span).exists() or (ROOT / "cs_pipeline" / span).exists(), (
                f"{read}: {span}"
            )


def test_pages_that_the_code_names_are_there() -> None:
    named = {
        (name, path.name)
        for path in CODE
        for name in MENTIONED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    assert [(name, where) for name, where in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_a_readme_leads_to_every_page(name: str) -> None:
    """Within two clicks: there is no other table of contents."""
    seen: set[str] = set()
    for read in (page(name), *(Page(path) for path in _linked(page(name)))):
        seen |= {path.name for path in _linked(read)}
    written = {path.name for path in (ROOT / "docs").rglob("*") if path.suffix in {".md", ".yaml"}}
    assert written <= seen


def _linked(read: Page) -> list:
    targets = [read.path.parent / unquote(urlsplit(link).path) for link in read.links]
    return [path.resolve() for path in targets if path.suffix in {".md", ".yaml"}]
