"""What exports call their columns, and the layouts of known products: data that a site extends.

The built-in words and layouts are in `layouts.yaml`; a site's file has the same form. Its words
are added; its product layouts come first, and one of a built-in's name takes that one's place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, get_args

from cs_pipeline.checked_yaml import Entry, read_yaml
from cs_pipeline.intake.sheets import wording
from cs_pipeline.intake.sheets.cells import label_of
from cs_pipeline.intake.sheets.headings import Headings
from cs_pipeline.intake.sheets.speakers import Speaker, speaker_of
from cs_pipeline.masked.placeholders import PLACEHOLDERS

BUILT_IN = Path(__file__).with_name("layouts.yaml")
LONGEST_WORD = 30
_KIND = wording.KIND
_EXAMPLE = "docs/export-layouts.example.yaml"

Join = Literal["person", "conversation"]
SPEAKERS: tuple[Speaker, ...] = get_args(Speaker)
ROLES = (
    *("question", "answer", "done", "customer", "agent"),
    *("text", "speaker", "conversation", "numbered"),
)
# A word may stand in one of these only.
_OPPOSITES = {"question": "answer", "answer": "question", "customer": "agent", "agent": "customer"}
_SECTIONS = ("columns", "speakers", "personal", "vendors")
_VENDOR_KEYS = ("name", "columns", "speakers", "template", "people")
_VENDOR_COLUMNS = ("question", "answer", "speaker", "text", "conversation", "person", "time")


@dataclass(frozen=True, slots=True)
class Template:
    """Where the text of a JSON cell is: under `text` keys, but not below `drop` keys."""

    text: frozenset[str]
    drop: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PeopleSheet:
    """A product's sheet that lists people; `of` says what its `id` column is in the messages.

    `sheets` and `id` are labels, `values` maps a column's label to the entity type of its values.
    """

    sheets: frozenset[str]
    of: Join
    id: frozenset[str]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vendor:
    """How a product's exports look. `columns` maps a role to the labels its column may have."""

    name: str
    columns: Mapping[str, frozenset[str]]
    speakers: Mapping[str, Speaker] = field(default_factory=dict)
    template: Template | None = None
    people: tuple[PeopleSheet, ...] = ()

    @property
    def pair(self) -> tuple[str, str]:
        """The roles of the two columns that a sheet of this product must have."""
        return ("question", "answer") if "question" in self.columns else ("speaker", "text")


@dataclass(frozen=True)
class Layouts:
    """All that is known of headings, speakers and products."""

    words: Mapping[str, tuple[str, ...]]
    speakers: Mapping[str, Speaker] = field(default_factory=dict)
    personal: Mapping[str, str] = field(default_factory=dict)
    vendors: tuple[Vendor, ...] = ()

    @cached_property
    def headings(self) -> Headings:
        """The words, ready to be compared with a sheet's headings."""
        return Headings(self.words)

    def speaker_of(self, text: str, vendor: Vendor | None = None) -> Speaker | None:
        """Who a cell of a speaker column means: the product's word, the site's, then ours."""
        label = label_of(text)
        if vendor is not None and label in vendor.speakers:
            return vendor.speakers[label]
        return self.speakers.get(label) or speaker_of(text)

    def with_site(self, site: "Layouts") -> "Layouts":
        """These with what a site adds."""
        taken = {vendor.name for vendor in site.vendors}
        return Layouts(
            {role: (*self.words.get(role, ()), *site.words.get(role, ())) for role in ROLES},
            {**self.speakers, **site.speakers},
            {**self.personal, **site.personal},
            (*site.vendors, *(vendor for vendor in self.vendors if vendor.name not in taken)),
        )


def load_layouts(site: Path | None = None) -> Layouts:
    """The built-in layouts and, where it is given, those of a site's file.

    Raises:
        SettingsError: the file cannot be read, or an entry is wrong; says the line and what to do.
    """
    built_in = _built_in()
    return built_in.with_site(_read(site, built_in.words)) if site else built_in


@cache
def _built_in() -> Layouts:
    return _read(BUILT_IN, {})


def _read(path: Path, known: Mapping[str, tuple[str, ...]]) -> Layouts:
    sections = read_yaml(path, kind=_KIND, example=_EXAMPLE).mapping(_SECTIONS)
    return Layouts(
        _words(sections["columns"], known) if "columns" in sections else {},
        _speakers(sections["speakers"]) if "speakers" in sections else {},
        _types(sections["personal"]) if "personal" in sections else {},
        tuple(_vendors(sections["vendors"])) if "vendors" in sections else (),
    )


def _words(columns: Entry, known: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for role, entry in columns.mapping(ROLES).items():
        opposite = _OPPOSITES.get(role, "")
        taken = {*known.get(opposite, ()), *found.get(opposite, ())}
        found[role] = tuple(_labels(entry, taken))
    return found


def _speakers(section: Entry) -> dict[str, Speaker]:
    found: dict[str, Speaker] = {}
    entries = section.mapping(SPEAKERS)
    for speaker in SPEAKERS:
        if speaker in entries:
            found |= dict.fromkeys(_labels(entries[speaker], found), speaker)
    return found


def _types(section: Entry) -> dict[str, str]:
    found: dict[str, str] = {}
    for entity_type, entry in section.mapping(tuple(PLACEHOLDERS)).items():
        found |= dict.fromkeys(_labels(entry, found), entity_type)
    return found


def _vendors(section: Entry) -> Iterable[Vendor]:
    taken: set[str] = set()
    for item in section.items():
        entries = item.mapping(_VENDOR_KEYS)
        name = _required(item, entries, "name").text()
        if name in taken:
            raise entries["name"].refusal(wording.NAMED_TWICE)
        taken.add(name)
        yield Vendor(
            name,
            _vendor_columns(_required(item, entries, "columns")),
            _speakers(entries["speakers"]) if "speakers" in entries else {},
            _template(entries["template"]) if "template" in entries else None,
            tuple(_people(entries["people"])) if "people" in entries else (),
        )


def _vendor_columns(section: Entry) -> dict[str, frozenset[str]]:
    entries = section.mapping(_VENDOR_COLUMNS)
    asked, told = {"question", "answer"} & set(entries), {"speaker", "text"} & set(entries)
    if (len(asked), len(told)) not in {(2, 0), (0, 2)}:
        raise section.refusal(wording.ONE_PAIR)
    found: dict[str, frozenset[str]] = {}
    for role, entry in entries.items():
        found[role] = frozenset(_labels(entry, set().union(*found.values())))
    return found


def _template(section: Entry) -> Template:
    entries = section.mapping(("text", "drop"))
    text = [item.text() for item in _required(section, entries, "text").items()]
    drop = [item.text() for item in entries["drop"].items()] if "drop" in entries else []
    return Template(frozenset(text), frozenset(drop))


def _people(section: Entry) -> Iterable[PeopleSheet]:
    for item in section.items():
        entries = item.mapping(("sheets", "of", "id", "values"))
        of = _required(item, entries, "of")
        joins: dict[str, Join] = {join: join for join in get_args(Join)}
        if of.text() not in joins:
            raise of.refusal(wording.PERSON_OR_CONVERSATION)
        yield PeopleSheet(
            frozenset(_labels(_required(item, entries, "sheets"))),
            joins[of.text()],
            frozenset(_labels(_required(item, entries, "id"))),
            _types(_required(item, entries, "values")),
        )


def _required(place: Entry, entries: Mapping[str, Entry], key: str) -> Entry:
    if key not in entries:
        raise place.refusal(wording.key_missing(key))
    return entries[key]


def _labels(section: Entry, taken: Iterable[str] = ()) -> list[str]:
    """The list's words as labels; each once, and none that is `taken`."""
    found: dict[str, None] = {}
    for entry in section.items():
        label = label_of(entry.text())
        if not 0 < len(label) <= LONGEST_WORD:
            raise entry.refusal(wording.not_a_word(LONGEST_WORD))
        if label in found or label in taken:
            raise entry.refusal(wording.SAID_TWICE)
        found[label] = None
    return list(found)
