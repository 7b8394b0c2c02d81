"""Numbers that are told over several turns of a conversation, as people do on the phone.

A card in four answers, a phone number in three, what was asked for again after an interruption,
and what the other side reads back: no turn shows the number by itself. Turns that hold nothing but
digits, number words, fillers and corrections are read together (`joined`); a question that asks for
a number holds until the subject changes (`asked`), and so does one that asks for an address (`places`) or for a
code of letters and figures (`codes`); and groups of a number that was told are found again
(`echoes`).
"""

import re
from collections.abc import Iterator, Sequence

from cs_pipeline.pii.dictation import asked, codes, echoes, joined, places
from cs_pipeline.pii.dictation.lines import Line, Told, may_hold_digits, read_lines
from cs_pipeline.pii.normalize import Normalized
from cs_pipeline.records import PiiSpan

_WORDS = "[공영빵일이삼사오육륙칠팔구]"
_GROUP = re.compile(
    rf"\d{{4}}|(?:\d\d|{_WORDS}{{2}})\s?[이가]?\s?(?:아니|말고|번?으?로\s?끝)|(?:{_WORDS}\s?){{4}}"
)


def find(
    turns: Sequence[Normalized], found: Sequence[Sequence[PiiSpan]] = (), *, only_last: bool = False
) -> list[list[PiiSpan]]:
    """What is told over several turns, by turn; offsets are those of the turn as it was written.

    Args:
        turns: what was said, in order and in normal form.
        found: what is known to be in each turn already; its numbers may be read back.
        only_last: leave out what is told in turns before the last one.
    """
    spans: list[list[PiiSpan]] = [[] for _ in turns]
    said = turns[-1:] if only_last else turns
    numbers = any(may_hold_digits(turn.text) for turn in said)
    letters = codes.may_tell(turns, said)
    if not numbers and not letters and not places.may_ask(turns):
        return spans
    lines = read_lines(turns)
    told = [*places.find(lines)]
    if letters:
        told += codes.find(lines)
    before = list(_found_before(lines, found))
    if numbers:
        told += [*asked.find(lines, before), *joined.find(lines)]
    told += echoes.find(lines, [*before, *told])
    for one in {one[:3]: one for one in sorted(told)}.values():
        line = lines[one.line]
        start, end = line.original_span(one.start, one.end)
        spans[line.turn].append(PiiSpan(start, end, one.entity_type, one.score, one.rule))
    return spans


def may_read_back(turn: str) -> bool:
    """A turn in normal form may hold a group of a number that was told before."""
    return _GROUP.search(turn) is not None


def _found_before(lines: Sequence[Line], found: Sequence[Sequence[PiiSpan]]) -> Iterator[Told]:
    """Numbers that the rules found within one turn, as what was told in its line."""
    for number, line in enumerate(lines):
        for span in found[line.turn] if line.turn < len(found) else ():
            if place := line.place_of(span.start, span.end):
                yield Told(number, *place, span.entity_type, span.score, span.rule)
