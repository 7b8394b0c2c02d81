"""What an export has to keep to: rules as data, which a site changes and extends.

The built-in rules are in `expectations.yaml`; a site's file has the same form. An entry with the
reason of a built-in rule changes its limits, its severity or from how many rows on it is applied;
any other entry is a rule of the site's own, with words of its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from cs_pipeline.checked_yaml import Entry, read_yaml
from cs_pipeline.language import Words
from cs_pipeline.quality import wording_rules as wording
from cs_pipeline.quality.figures import COLUMNS, EXPORT_COLUMNS, value_range
from cs_pipeline.refused.reasons import ROW_REASONS

BUILT_IN = Path(__file__).with_name("expectations.yaml")
LONGEST_WORDS = 300
_KIND = wording.KIND
_EXAMPLE = "docs/quality-rules.example.yaml"
_REASON = re.compile(r"[a-z][a-z0-9_]{1,39}")
_MOST_ROWS = 1e9

Judge = Literal["row", "export", "columns"]
_JUDGES: dict[str, Judge] = {judge: judge for judge in get_args(Judge)}
_FIGURES: dict[Judge, tuple[str, ...]] = {"row": COLUMNS, "export": EXPORT_COLUMNS, "columns": ()}
_SEVERITIES = ("critical", "warning", "off")
_LIMITS = ("min", "above", "max", "below")
_LIMIT_FIELDS = {
    ("min", "above"): ("least", "above_least"),
    ("max", "below"): ("most", "below_most"),
}
_SITE_KEYS = ("reason", "judge", "figures", *_LIMITS, "severity", "least_rows", "words")


@dataclass(frozen=True, slots=True)
class Rule:
    """Each of `figures` has to lie within `least`..`most`, by `judge` in every row or on average.

    `above_least` and `below_most` say that the limit itself is not allowed. `fixed` names what a
    site may not change; `words` are a site's own for what broke the rule.
    """

    reason: str
    judge: Judge
    figures: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    above_least: bool = False
    below_most: bool = False
    severity: str = "warning"
    least_rows: int = 0
    fixed: str | None = None
    words: Words | None = None


class Check(NamedTuple):
    """One figure that a rule puts limits to."""

    rule: Rule
    figure: str


def load_rules(site: Path | None = None, *, max_text_characters: int) -> tuple[Rule, ...]:
    """The rules that are switched on, the built-in ones first; those for rows by precedence.

    Args:
        site: a site's file; None: the built-in rules alone.
        max_text_characters: what `CS_PIPELINE_MAX_TEXT_CHARACTERS` stands for as a limit.

    Raises:
        SettingsError: the file cannot be read, or an entry is wrong; says the line and what to do.
    """
    named = {"CS_PIPELINE_MAX_TEXT_CHARACTERS": float(max_text_characters)}
    keys = (*_SITE_KEYS, "fixed")
    built_in = tuple(
        _rule(item, item.mapping(keys, required=("reason", "judge")), named)
        for item in _items(BUILT_IN)
    )
    return _with_site(built_in, site) if site else built_in


def _with_site(built_in: Sequence[Rule], site: Path) -> tuple[Rule, ...]:
    rules = {rule.reason: rule for rule in built_in}
    seen: set[str] = set()
    for item in _items(site):
        entries = item.mapping(_SITE_KEYS, required=("reason",))
        reason = entries["reason"].text()
        if reason in seen:
            raise entries["reason"].refusal(wording.REASON_TWICE)
        seen.add(reason)
        known = rules.get(reason)
        rules[reason] = _changed(known, item, entries) if known else _own(item, entries)
    return tuple(rule for rule in rules.values() if rule.severity != "off")


def _items(path: Path) -> list[Entry]:
    top = read_yaml(path, kind=_KIND, example=_EXAMPLE).mapping(("rules",), required=("rules",))
    return top["rules"].items()


def _changed(rule: Rule, item: Entry, entries: Mapping[str, Entry]) -> Rule:
    """A built-in rule as the site wants it."""
    if rule.fixed == "rule":
        raise entries["reason"].refusal(wording.fixed(rule.reason))
    meaning = ("judge", "figures", "words", *(_LIMITS if rule.fixed == "limits" else ()))
    for key in (key for key in meaning if key in entries):
        raise entries[key].refusal(wording.fixed_key(key, rule.reason))
    return _checked(item, replace(rule, **_terms(entries, rule.figures, {})))


def _own(item: Entry, entries: Mapping[str, Entry]) -> Rule:
    """A rule of the site's own."""
    place = entries["reason"]
    if not _REASON.fullmatch(place.text()) or place.text() in ROW_REASONS:
        raise place.refusal(wording.BAD_REASON)
    item.mapping(_SITE_KEYS, required=("judge", "figures", "words"))
    entries["judge"].choice(("row", "export"))
    return _rule(item, entries, {})


def _rule(item: Entry, entries: Mapping[str, Entry], named: Mapping[str, float]) -> Rule:
    judge = _JUDGES[entries["judge"].choice(tuple(_JUDGES))]
    given = entries["figures"].items() if "figures" in entries else []
    figures = tuple(entry.choice(_FIGURES[judge]) for entry in given)
    if judge == "export" and len(figures) > 1:
        raise entries["figures"].refusal(wording.ONE_FIGURE)
    rule = Rule(
        entries["reason"].text(),
        judge,
        figures,
        fixed=entries["fixed"].text() if "fixed" in entries else None,
    )
    return _checked(item, replace(rule, **_terms(entries, figures, named)))


def _terms(
    entries: Mapping[str, Entry], figures: Sequence[str], named: Mapping[str, float]
) -> dict[str, Any]:
    """The fields of a rule that an entry sets: limits, severity, least rows, words."""
    terms: dict[str, Any] = {}
    if "severity" in entries:
        terms["severity"] = entries["severity"].choice(_SEVERITIES)
    if "least_rows" in entries:
        terms["least_rows"] = int(entries["least_rows"].number(0, _MOST_ROWS))
    if "words" in entries:
        terms["words"] = _words(entries["words"])
    for (allowed, forbidden), (field, strict) in _LIMIT_FIELDS.items():
        given = [key for key in (allowed, forbidden) if key in entries]
        if len(given) == 2:
            raise entries[forbidden].refusal(wording.not_together(allowed, forbidden))
        if given:
            terms |= {
                field: _limit(entries[given[0]], figures, named),
                strict: given[0] == forbidden,
            }
    return terms


def _limit(entry: Entry, figures: Sequence[str], named: Mapping[str, float]) -> float:
    if entry.node.id == "scalar" and entry.node.value in named:
        return named[entry.node.value]
    ranges = [value_range(figure) for figure in figures]
    return entry.number(max(low for low, _ in ranges), min(high for _, high in ranges))


def _words(entry: Entry) -> Words:
    languages = entry.mapping(("ko", "en"), required=("ko", "en"))
    for text in languages.values():
        if len(text.text()) > LONGEST_WORDS:
            raise text.refusal(wording.too_long(LONGEST_WORDS))
    return Words(ko=languages["ko"].text(), en=languages["en"].text())


def _checked(item: Entry, rule: Rule) -> Rule:
    """The rule, if its limits can be kept to.

    Raises:
        SettingsError: it has no limit, its lower one is above the upper one, or it counts rows
            where it looks at one at a time.
    """
    least, most = rule.least, rule.most
    if least is None and most is None and rule.figures:
        raise item.refusal(wording.NO_LIMIT)
    if rule.judge == "row" and rule.least_rows:
        raise item.refusal(wording.NO_LEAST_ROWS)
    strict = rule.above_least or rule.below_most
    if least is not None and most is not None and (least > most or (least == most and strict)):
        raise item.refusal(wording.NOTHING_BETWEEN)
    return rule
