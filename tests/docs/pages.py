"""README and `docs/` as the tests read them: headings, links, code and tables."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "data-train" / "README.md",
]
_READER = MarkdownIt("commonmark").enable("table")
# GitHub's rule for anchors: small letters, no signs, a hyphen for each space.
_SIGN = re.compile(r"[^\w\- ]")
# What ends a command in a shell line.
_ENDS = {"|", "||", "&&", ";", ">", ">>", "<", "&", ")"}


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: Path

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tokens(self) -> list[Token]:
        return _READER.parse(self.text)

    @cached_property
    def headings(self) -> list[tuple[int, str]]:
        """Level and words of each heading."""
        return [
            (int(token.tag[1]), plain(following))
            for token, following in zip(self.tokens, self.tokens[1:], strict=False)
            if token.type == "heading_open"
        ]

    @cached_property
    def anchors(self) -> set[str]:
        """As GitHub makes them; the second of a name gets `-1`, and so on."""
        anchors: set[str] = set()
        for _, words in self.headings:
            name = _SIGN.sub("", words.lower()).replace(" ", "-")
            free = (f"{name}-{number}" if number else name for number in count())
            anchors.add(next(anchor for anchor in free if anchor not in anchors))
        return anchors

    @cached_property
    def links(self) -> list[str]:
        """Targets of links and pictures."""
        return [
            str(child.attrs.get("href") or child.attrs.get("src"))
            for token in self.tokens
            for child in token.children or []
            if child.type in {"link_open", "image"}
        ]

    @cached_property
    def spans(self) -> list[str]:
        """Code within sentences and tables."""
        return [
            child.content
            for token in self.tokens
            for child in token.children or []
            if child.type == "code_inline"
        ]

    def blocks(self, *languages: str) -> list[str]:
        """Fenced code in these languages; in all if none is named."""
        return [
            token.content
            for token in self.tokens
            if token.type == "fence" and (not languages or token.info in languages)
        ]

    @cached_property
    def tables(self) -> list[list[list[str]]]:
        """Each table's rows, and each row's cells in Markdown; the heading is the first row."""
        tables: list[list[list[str]]] = []
        for token, following in zip(self.tokens, self.tokens[1:], strict=False):
            if token.type == "table_open":
                tables.append([])
            elif token.type == "tr_open":
                tables[-1].append([])
            elif token.type in {"th_open", "td_open"}:
                tables[-1][-1].append(following.content)
        return tables

    def section(self, heading: str) -> "Section":
        """What is below a heading, up to the next one of its level or above."""
        level = next(level for level, words in self.headings if words == heading)
        begins = rf"^{'#' * level} {re.escape(heading)}\n"
        found = re.search(rf"{begins}(.*?)(?=^#{{1,{level}}} |\Z)", self.text, re.M | re.S)
        assert found, heading
        return Section(self.path, found[1])


@dataclass(frozen=True)
class Section(Page):
    """A part of a page."""

    part: str

    @cached_property
    def text(self) -> str:
        return self.part


def page(name: str) -> Page:
    """The page of this name, from the root of the repository."""
    return Page(ROOT / name)


def plain(inline: Token) -> str:
    """An inline token's words, without marks."""
    kept = {"text", "code_inline"}
    return "".join(child.content for child in inline.children or [] if child.type in kept)


def code(cell: str) -> list[str]:
    """The code spans of a table's cell."""
    return re.findall(r"`([^`]+)`", cell)


def shell_commands(block: str, program: str) -> Iterator[list[str]]:
    """The arguments of each call of `program` in some lines of shell."""
    for line in block.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        tokens = list(lexer)
        for place, token in enumerate(tokens):
            if token == program and (not place or tokens[place - 1] in {*_ENDS, "--", "("}):
                rest = tokens[place + 1 :]
                end = next((at for at, word in enumerate(rest) if word in _ENDS), len(rest))
                yield rest[:end]
