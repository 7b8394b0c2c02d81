r"""What a site adds to the rules: allow list, deny list and patterns, as YAML.

```yaml
allow: ["02-000-1234", "help@shop.example"]     # values that stay
allow_patterns: ['[a-z]{2,20}\.shop\.example']  # what they match stays
deny:
  NAME: ["홍길동"]                               # values that are always masked
patterns:
  - {name: vip, type: MEMBER_NO, pattern: 'VIP-\d{6}', score: 0.9, needs: VIP}
```

Values and patterns meet normalised text (see `normalize`): half-width digits and letters, `-` for
every dash, composed Hangul, digits for spoken numbers. Letter case never counts. What is allowed
stays even if it is denied or a pattern finds it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cs_pipeline.checked_yaml import Entry, read_yaml
from cs_pipeline.errors import SettingsError
from cs_pipeline.language import Words
from cs_pipeline.masked.placeholders import PLACEHOLDERS
from cs_pipeline.pii import site_wording as wording
from cs_pipeline.pii.known_values import KnownValues
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.pii.pattern_checks import LONG, MOST_WAYS, can_be_empty, is_always_filled, ways
from cs_pipeline.pii.rules import VALUE, Found, Rule, RuleSet, compiled
from cs_pipeline.records import KnownValue

DENY_RULE = "site.deny"
"""Rule name of what the deny list finds; that of a pattern is `site.<name>`."""

_KIND, _EXAMPLE = wording.KIND, "docs/site-rules.example.yaml"
_SECTIONS = ("allow", "allow_patterns", "deny", "patterns")
_PATTERN_KEYS = ("name", "type", "pattern", "score", "needs")
_NAME = re.compile(r"[\w.-]{1,40}")

_SEPARATORS = r"[\s.,/()_~:-]{0,3}"
_NUMBER = re.compile(r"[\d\s.,/()_~:+-]*\d[\d\s.,/()_~:-]*")
_PHONE_DIGITS = range(8, 12)
_LATIN = re.compile("[0-9a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SiteRules:
    """A site's own lists and patterns. Immutable and safe to share between threads.

    Args:
        stays: what they match in normalised text is never masked.
        denied: values that are always masked.
        patterns: further ways of writing entity types.
    """

    stays: tuple[re.Pattern[str], ...] = field(default=(), repr=False)
    denied: KnownValues = field(default_factory=KnownValues, repr=False)
    patterns: tuple[RuleSet, ...] = field(default=(), repr=False)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read and check a site's YAML file.

        Raises:
            SettingsError: the file cannot be read, or an entry is wrong; says the line and what
                to do, and repeats no value.
        """
        sections = read_yaml(path, kind=_KIND, example=_EXAMPLE).mapping(_SECTIONS)
        stays = [_values_pattern(sections["allow"])] if "allow" in sections else []
        if "allow_patterns" in sections:
            stays += [compiled(_regex(item)) for item in sections["allow_patterns"].items()]
        return cls(
            tuple(stays),
            KnownValues(_denied(sections["deny"]) if "deny" in sections else ()),
            tuple(_rules(sections["patterns"]) if "patterns" in sections else ()),
        )

    def find(self, text: str) -> Iterator[Found]:
        """Findings of the deny list and the patterns in normalised text; they may overlap."""
        for found in self.denied.find(text):
            yield found._replace(rule=DENY_RULE)
        for rules in self.patterns:
            yield from rules.find(text)

    def allowed(self, text: str) -> Sequence[tuple[int, int]]:
        """Stretches (start, end) of normalised text in which nothing is masked."""
        return [match.span() for pattern in self.stays for match in pattern.finditer(text)]


def _values_pattern(allow: Entry) -> re.Pattern[str]:
    """One pattern for all values; where several begin, the longest wins."""
    values = sorted({_value(item) for item in allow.items()}, key=lambda one: (-len(one), one))
    return re.compile("|".join(map(_exactly, values)), re.IGNORECASE)


def _value(entry: Entry) -> str:
    value = normalize(entry.text()).text.strip()
    if not any(character.isalnum() for character in value):
        raise entry.refusal(wording.NO_LETTER)
    return value


def _exactly(value: str) -> str:
    if _NUMBER.fullmatch(value):
        return _number_pattern(value)
    before = r"(?<![0-9a-z])" if _LATIN.match(value) else ""
    after = r"(?![0-9a-z])" if _LATIN.match(value[-1]) else ""
    return before + r"\s{1,3}".join(map(re.escape, value.split())) + after


def _number_pattern(value: str) -> str:
    """Digits with any separators; a phone number also with +82 or without its leading zero."""
    digits = re.sub(r"\D", "", value)
    if value.startswith("+82"):
        digits = "0" + digits[2:].removeprefix("0")
    first = ""
    if digits[0] == "0" and len(digits) in _PHONE_DIGITS:
        digits = digits[1:]
        first = rf"(?:\+?82{_SEPARATORS}0?{_SEPARATORS}|0{_SEPARATORS})?"
    return rf"(?<!\d)\(?{first}{_SEPARATORS.join(digits)}(?!\d)"


def _denied(deny: Entry) -> Iterator[KnownValue]:
    for entity_type, values in deny.mapping(tuple(PLACEHOLDERS)).items():
        for entry in values.items():
            known = KnownValue(entity_type, _value(entry))
            if not KnownValues([known]):
                raise entry.refusal(wording.TOO_SHORT)
            yield known


def _rules(patterns: Entry) -> Iterator[RuleSet]:
    names: set[str] = set()
    for item in patterns.items():
        entries = item.mapping(_PATTERN_KEYS)
        for key in ("name", "type", "pattern"):
            if key not in entries:
                raise item.refusal(wording.key_missing(key))
        name = _name(entries["name"], names)
        names.add(name)
        rule = Rule(
            f"site.{name}",
            _type(entries["type"]),
            _score(entries["score"]) if "score" in entries else 0.9,
            _regex(entries["pattern"], name),
        )
        trigger = re.escape(_value(entries["needs"])) if "needs" in entries else ""
        yield RuleSet(trigger, (rule,))


def _name(entry: Entry, taken: set[str]) -> str:
    name = entry.text()
    if not _NAME.fullmatch(name) or name == "deny" or name in taken:
        raise entry.refusal(wording.BAD_NAME)
    return name


def _type(entry: Entry) -> str:
    entity_type = entry.text()
    if entity_type not in PLACEHOLDERS:
        raise entry.refusal(wording.unknown_type(", ".join(PLACEHOLDERS)))
    return entity_type


def _score(entry: Entry) -> float:
    try:
        score = float(entry.text())
    except ValueError:
        score = 0.0
    if not 0 < score <= 1:
        raise entry.refusal(wording.BAD_SCORE)
    return score


def _regex(entry: Entry, name: str | None = None) -> str:
    """A checked pattern as `compiled` takes it: spaces count, ^ and $ are edges of lines."""
    regex = unicodedata.normalize("NFC", entry.text())
    ko, en = (f"패턴 {name}: ", f"pattern {name}: ") if name else ("", "")
    whole = f"(?m-x:{regex})"
    try:
        groups = re.compile(regex).groupindex
        compiled(whole)
    except (re.error, RecursionError, OverflowError) as error:
        raise _unreadable(entry, error, ko, en) from None
    if can_be_empty(regex):
        raise entry.refusal(wording.matches_nothing(en, ko))
    if VALUE in groups and not is_always_filled(regex, VALUE):
        raise entry.refusal(wording.empty_group(en, ko))
    if ways(regex) > MOST_WAYS:
        raise _catastrophic(entry, ko, en)
    return whole


def _unreadable(entry: Entry, error: Exception, ko: str, en: str) -> SettingsError:
    reason = Words(ko=type(error).__name__, en=type(error).__name__)
    if isinstance(error, re.error):
        unquoted = error.msg.partition("'")[0].strip()  # what it quotes could be a value
        at = (error.pos or 0) + 1
        reason = wording.at_character(at, unquoted)
    return entry.refusal(wording.not_a_regex(en, reason.en, ko, reason.ko))


def _catastrophic(entry: Entry, ko: str, en: str) -> SettingsError:
    return entry.refusal(wording.may_never_end(en, LONG, MOST_WAYS, ko))
