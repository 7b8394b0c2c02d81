"""Find personal data: normalise, ask every finder, settle overlaps, map back.

Evidence may lie outside the text: what was asked before it, and values that are known to belong
to the people in the conversation. Earlier turns are read together with the text, so a rule sees
them as lines above it; only what it finds inside the text counts.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from cs_pipeline.masked.placeholders import placeholder
from cs_pipeline.pii import dictation, told_names
from cs_pipeline.pii.finders import (
    addresses,
    birth_dates,
    credentials,
    names,
    numbers,
    references,
    web,
)
from cs_pipeline.pii.known_values import KNOWN_VALUE, KnownValues, names_to_find_again
from cs_pipeline.pii.normalize import Normalized, normalize
from cs_pipeline.pii.rules import Found, compiled, led
from cs_pipeline.pii.site_rules import SiteRules
from cs_pipeline.records import PiiSpan

# Of two findings equally long and sure the earlier one counts.
_FINDERS = (numbers, web, addresses, birth_dates, names, references, credentials)
_Span = TypeVar("_Span", Found, PiiSpan)

_TURNS_READ = 2
_TURN_CHARACTERS = 200
_SHORT_TURN = 40
_SURE_NAME = 0.7
# Earlier turns matter when they ask for something, name something, or break off in a number.
_ASKS = (
    r"번호|자리|성함|이름|성명|누구|본인|존함|생년|생일|주소|어디|사시|거주|배송지|수령지|아이디|계좌"
    r"|은행|인증|비밀|비번|연락처|전화|핸드폰|휴대폰|이메일|메일|카드|유효|차량|운송장|송장|주문|예약"
    r"|여권|면허|통관|부호|회원|예금주|수령인|받으시는|받는|보내는|명의|계약자|고객명|코드|기기|시리얼"
    r"|동\s?,?\s?호|몇\s?[동호]|댁|자택|사는|생신|태어|출생"
    r"|사번|학번|닉네임|카톡|인스타|도어락|와이파이|암호|패스워드|만료|등기|택배|계정|현관"
    r"|몇\s?년|년\s?생|월\s?생|도로명|지번"
)
_ASKS_IN_LATIN = led({"i": "d | p", "c": "v[cv]", "o": "tp", "p": "nr"})
_SHORT = 30
_TELLS = re.compile(
    "[0-9A-Za-z#*]|[공영빵일이삼사오육륙칠팔구십백천하둘셋넷][ ]?[공영빵일이삼사오육륙칠팔구십백천둘셋넷나]"
)
_STARTS_WITH_DIGIT = r"(?: 네 | 예 | 아 | 어 | 음 | 그 | 그리고 | 뒤에 | [\s.,~] ){0,6} \d"


@dataclass(frozen=True, slots=True)
class PiiContext:
    """What is known beside a text.

    Args:
        preceding: earlier turns of the conversation, oldest first; the last is what the text
            answers. They are evidence only: nothing in them is reported.
        known_values: values that belong to the people in the conversation, such as an export's
            own name and phone columns; found wherever the text holds them.
    """

    preceding: Sequence[str] = field(default=(), repr=False)
    known_values: KnownValues = field(default_factory=KnownValues, repr=False)


class SpanFinder(Protocol):
    """A further source of findings, such as a model; its spans join those of the rules."""

    def find_batch(self, texts: Sequence[str]) -> Sequence[Sequence[PiiSpan]]:
        """Spans of each text, offsets in code points of the given text; may overlap.

        Must be deterministic, thread-safe and keep no text.
        """
        ...


class NameVeto(Protocol):
    """A second opinion, such as a morphological analyser, on names that are not sure."""

    def is_name(self, text: str, start: int, end: int) -> bool:
        """True when `text[start:end]` is a person's name where it stands."""
        ...


def rule_findings(text: str) -> tuple[Found, ...]:
    """All that the built-in rules find in normalised text; findings may overlap."""
    return findings_of([text])[0]


def findings_of(texts: Sequence[str]) -> list[tuple[Found, ...]]:
    """The same for each of several texts: one kind of rule after the other, as they are long."""
    found: dict[str, list[Found]] = {text: [] for text in texts}
    for room in _FINDERS:
        for text, here in found.items():
            here.extend(room.find(text))
    return [tuple(found[text]) for text in texts]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in normal form, below the earlier turns that are evidence for it."""

    normalized: Normalized = field(repr=False)
    above: str = field(repr=False)

    @property
    def text(self) -> str:
        """What the rules read."""
        return self.above + self.normalized.text


@dataclass(frozen=True, slots=True)
class Detector:
    """The rules, and what a site adds to them. Immutable and safe to share between threads.

    Args:
        site: the site's own allow list, deny list and patterns.
        finder: a plug-in whose spans join those of the rules.
        veto: asked about each name that the rules give a score below 0.7.
        findings: what the rules find in each of some normalised texts.
    """

    site: SiteRules | None = None
    finder: SpanFinder | None = None
    veto: NameVeto | None = None
    findings: Callable[[Sequence[str]], Sequence[Sequence[Found]]] = field(
        default=findings_of, repr=False
    )

    def find_spans(self, text: str, *, context: PiiContext | None = None) -> list[PiiSpan]:
        """Personal data in `text`, sorted by position, without overlaps.

        Where findings overlap the longer one stays; of equal ones that with the higher score.
        """
        further = self.finder.find_batch([text])[0] if self.finder else ()
        spans = self.find_with(text, further, context=context)
        if context and context.preceding:
            turns = [normalize(turn) for turn in (*context.preceding, text)]
            found = self._found_above(context.preceding, turns[-1])
            told = dictation.find(turns, found, only_last=True)[-1]
            told += told_names.find(turns, only_last=True)[-1]
            spans = without_overlaps([*spans, *told]) if told else spans
        return self._with_uncovered(text, spans, context)

    def _found_above(self, preceding: Sequence[str], text: Normalized) -> list[list[PiiSpan]]:
        """What is in each of the turns before `text`, if it may read some of that back."""
        if not dictation.may_read_back(text.text):
            return []
        return [
            self.find_with(turn, (), context=PiiContext(preceding[:at]))
            for at, turn in enumerate(preceding)
        ]

    def _with_uncovered(
        self, text: str, spans: list[PiiSpan], context: PiiContext | None
    ) -> list[PiiSpan]:
        """And what shows once the findings are replaced, as `masker.mask` goes on to find it."""
        found, more = spans, spans
        while more:
            masked, starts = _replaced(text, found)
            more = [
                replace(one, start=starts[one.start], end=starts[one.end - 1] + 1)
                for one in self.find_with(masked, (), context=context)
                if "#" not in masked[one.start : one.end]
            ]
            found = sorted([*found, *more], key=lambda one: one.start)
        return found

    def find_with(
        self, text: str, further: Iterable[PiiSpan], *, context: PiiContext | None = None
    ) -> list[PiiSpan]:
        """Like `find_spans`, with the plug-in's spans given instead of asked for."""
        reading = self.read(text, context.preceding if context else ())
        known = context.known_values if context else None
        return self.settle(reading, self.findings([reading.text])[0], further, known)

    def read(self, text: str, preceding: Sequence[str] = ()) -> Reading:
        """What there is to read of a text after earlier turns."""
        normalized = normalize(text)
        answers = preceding and _may_answer(normalized.text)
        return Reading(normalized, _evidence(preceding, normalized.text) if answers else "")

    def settle(
        self,
        reading: Reading,
        by_rules: Sequence[Found],
        further: Iterable[PiiSpan],
        known_values: KnownValues | None,
    ) -> list[PiiSpan]:
        """Spans of what the rules found, the site's own rules, a plug-in and known values."""
        normalized, above, read = reading.normalized, reading.above, reading.text
        found = list(by_rules)
        if self.site:
            found.extend(self.site.find(read))
        if known_values:
            found.extend(known_values.find(read))
        if names := names_to_find_again(read, found):
            found.extend(KnownValues(names).find(read))
        # Settled in normal form first, where a length does not depend on how Hangul is encoded.
        settled = without_overlaps(self._accepted(read, found))
        spans = list(_original(settled, len(above), normalized))
        spans.extend(self._allowed_to_go(further, normalized))
        return without_overlaps(spans) if spans else spans

    def without_allowed(self, text: str) -> str:
        """`text` with `#` in place of what the site lets stay, for the scan after masking."""
        if self.site is None:
            return text
        normalized = normalize(text)
        for start, end in self.site.allowed(normalized.text):
            first, last = normalized.original_span(start, end)
            text = text[:first] + "#" * (last - first) + text[last:]
        return text

    def _allowed_to_go(
        self, further: Iterable[PiiSpan], normalized: Normalized
    ) -> Iterator[PiiSpan]:
        """The plug-in's spans but for those in stretches that the site lets stay."""
        stays = [
            normalized.original_span(start, end)
            for start, end in (self.site.allowed(normalized.text) if self.site and further else ())
        ]
        for span in further:
            if not any(start <= span.start and span.end <= end for start, end in stays):
                yield span

    def _accepted(self, text: str, found: list[Found]) -> list[Found]:
        """What neither the site allows nor the veto takes for a word."""
        allowed = self.site.allowed(text) if self.site and found else ()
        return [
            one
            for one in found
            if not any(start <= one.start and one.end <= end for start, end in allowed)
            and not self._is_vetoed(text, one)
        ]

    def _is_vetoed(self, text: str, one: Found) -> bool:
        return (
            self.veto is not None
            and one.entity_type == "NAME"
            and one.score < _SURE_NAME
            and not self.veto.is_name(text, one.start, one.end)
        )


_DEFAULT = Detector()


def find_spans(text: str, *, context: PiiContext | None = None) -> list[PiiSpan]:
    """Personal data in `text` by the built-in rules, sorted by position, without overlaps.

    Offsets are code points of `text`. `context` holds evidence from outside the text. Where
    findings overlap the longer one stays; of equal ones that with the higher score.
    """
    return _DEFAULT.find_spans(text, context=context)


def _replaced(text: str, spans: Sequence[PiiSpan]) -> tuple[str, list[int]]:
    """`text` with placeholders for the spans, and where each of its code points comes from."""
    pieces: list[str] = []
    starts: list[int] = []
    position = 0
    for span in spans:
        mark = placeholder(span.entity_type)
        pieces += [text[position : span.start], mark]
        starts += [*range(position, span.start), *[span.start] * len(mark)]
        position = span.end
    pieces.append(text[position:])
    starts += range(position, len(text))
    return "".join(pieces), starts


def _may_answer(text: str) -> bool:
    """A short text, or one with a figure, a Latin letter or number words, may be an answer."""
    return len(text) <= _SHORT or _TELLS.search(text) is not None


def _evidence(preceding: Sequence[str], text: str) -> str:
    """The last turns in normal form, each with a line end, if they bear on `text` at all."""
    turns = [normalize(turn[-_TURN_CHARACTERS:]).text for turn in _still_open(preceding)]
    above = "".join(f"{turn}\n" for turn in turns if turn)
    goes_on = above[-2:-1].isdigit() and compiled(_STARTS_WITH_DIGIT).match(text)
    asks = compiled(_ASKS).search(above) or compiled(_ASKS_IN_LATIN).search(above)
    return above if goes_on or asks else ""


def _still_open(preceding: Sequence[str]) -> Sequence[str]:
    """The last turns that may have asked for something: the last one, and if that is short, two."""
    return preceding[-_TURNS_READ if len(preceding[-1]) <= _SHORT_TURN else -1 :]


def _original(found: Iterable[Found], above: int, normalized: Normalized) -> Iterable[PiiSpan]:
    """Findings that reach into the text, in its own offsets; what lies above it is cut off."""
    for one in found:
        if one.end > above:
            start, end = normalized.original_span(max(one.start - above, 0), one.end - above)
            yield PiiSpan(start, end, one.entity_type, one.score, one.rule)


def without_overlaps(found: list[_Span]) -> list[_Span]:
    """Findings by position; where they overlap the longer one, of equal ones the surer."""
    kept: list[_Span] = []
    for span in sorted(found, key=_precedence):
        at = bisect_left(kept, span.start, key=lambda one: one.start)
        after_previous = at == 0 or kept[at - 1].end <= span.start
        before_next = at == len(kept) or span.end <= kept[at].start
        if after_previous and before_next:
            kept.insert(at, span)
    return kept


def _precedence(span: Found | PiiSpan) -> tuple[int, bool, float, int]:
    """The longest first; of equal ones what a rule found before what was known, then the surest."""
    return span.start - span.end, span.rule == KNOWN_VALUE, -span.score, span.start
