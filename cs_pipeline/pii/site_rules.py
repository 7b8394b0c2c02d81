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
from cs_pipeline.pii.known_values import KnownValues
from cs_pipeline.pii.normalize import normalize
from cs_pipeline.pii.pattern_checks import LONG, MOST_WAYS, can_be_empty, is_always_filled, ways
from cs_pipeline.pii.rules import VALUE, Found, Rule, RuleSet, compiled
from cs_pipeline.records import KnownValue

DENY_RULE = "site.deny"
"""Rule name of what the deny list finds; that of a pattern is `site.<name>`."""

_KIND, _EXAMPLE = Words(ko="사이트 규칙", en="site rules"), "docs/site-rules.example.yaml"
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
        raise entry.refusal(
            ko="값에 글자나 숫자가 없습니다. 값을 고치거나 이 줄을 지우세요.",
            en="The value holds no letter or digit. Correct it, or remove the line.",
        )
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
                raise entry.refusal(
                    ko="값이 너무 짧아 다른 말과 구별할 수 없습니다. 이름은 두 글자 이상, 다른 "
                    "값은 세 글자 이상으로 쓰거나 patterns에 앞뒤 말과 함께 적으세요.",
                    en="The value is too short to be told from other words. Names take two "
                    "syllables, other values three characters; or write a pattern with the words "
                    "around it.",
                )
            yield known


def _rules(patterns: Entry) -> Iterator[RuleSet]:
    names: set[str] = set()
    for item in patterns.items():
        entries = item.mapping(_PATTERN_KEYS)
        for key in ("name", "type", "pattern"):
            if key not in entries:
                raise item.refusal(
                    ko=f"패턴에 {key} 키가 없습니다. name, type, pattern을 모두 쓰세요.",
                    en=f"The pattern has no key {key}. It needs name, type and pattern.",
                )
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
        raise entry.refusal(
            ko="패턴 이름을 쓸 수 없습니다. 글자, 숫자, _ . -로 40자 이내의 겹치지 않는 이름을 "
            "쓰세요 (deny는 쓸 수 없습니다).",
            en="This pattern name cannot be used. Take up to 40 letters, digits, _ . or -, a name "
            "of its own, and not deny.",
        )
    return name


def _type(entry: Entry) -> str:
    entity_type = entry.text()
    if entity_type not in PLACEHOLDERS:
        raise entry.refusal(
            ko=f"모르는 개인정보 유형입니다. 쓸 수 있는 유형: {', '.join(PLACEHOLDERS)}.",
            en=f"This entity type is unknown. Types: {', '.join(PLACEHOLDERS)}.",
        )
    return entity_type


def _score(entry: Entry) -> float:
    try:
        score = float(entry.text())
    except ValueError:
        score = 0.0
    if not 0 < score <= 1:
        raise entry.refusal(
            ko="score는 0보다 크고 1 이하인 수여야 합니다. 예: 0.9",
            en="score must be a number above 0 and up to 1, such as 0.9.",
        )
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
        raise entry.refusal(
            ko=f"{ko}빈 문자열과도 일치합니다. 한 글자 이상이 꼭 있어야 일치하도록 고치세요.",
            en=f"{en}It matches nothing at all, too. Make it take at least one character.",
        )
    if VALUE in groups and not is_always_filled(regex, VALUE):
        raise entry.refusal(
            ko=f"{ko}value 그룹이 비거나 빠질 수 있습니다. 일치할 때마다 한 글자 이상 담기도록 "
            "선택지(|), ?, *, (?<=…) 밖으로 옮기세요.",
            en=f"{en}The group value can be empty or missing. Move it out of alternatives, "
            "optional parts and look-behinds.",
        )
    if ways(regex) > MOST_WAYS:
        raise _catastrophic(entry, ko, en)
    return whole


def _unreadable(entry: Entry, error: Exception, ko: str, en: str) -> SettingsError:
    reason = Words(ko=type(error).__name__, en=type(error).__name__)
    if isinstance(error, re.error):
        unquoted = error.msg.partition("'")[0].strip()  # what it quotes could be a value
        at = (error.pos or 0) + 1
        reason = Words(ko=f"{at}번째 글자, {unquoted}", en=f"character {at}, {unquoted}")
    return entry.refusal(
        ko=f"{ko}정규식으로 읽을 수 없습니다 ({reason.ko}). 괄호와 \\ 기호를 확인하고, "
        "(?i) 같은 전체 옵션은 빼세요 (대소문자는 구별하지 않습니다).",
        en=f"{en}This is no regular expression ({reason.en}). Check brackets and "
        "backslashes, and leave out options such as (?i): letter case never counts.",
    )


def _catastrophic(entry: Entry, ko: str, en: str) -> SettingsError:
    return entry.refusal(
        ko=f"{ko}글에 따라 검사가 끝나지 않을 수 있습니다. {LONG}번 넘게 반복되는 부분 안에 "
        f"{LONG}번 넘는 반복이 또 있거나, 같은 글자를 나누어 가질 수 있는 반복과 선택지 때문에 "
        f"한 자리에서 시도할 방법이 {MOST_WAYS:,}가지를 넘습니다. + 와 * 대신 {{1,20}}처럼 횟수를 "
        "정하고, 반복 사이에 서로 다른 글자를 두세요.",
        en=f"{en}It may never end on some texts. Either more than {LONG} rounds stand inside "
        f"more than {LONG} rounds, or repetitions and alternatives that can take the same "
        f"characters make more than {MOST_WAYS:,} ways to try it at one place. Write {{1,20}} "
        "rather than + and *, and put a character between repetitions that neither can take.",
    )
